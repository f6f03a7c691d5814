/* manager_kind.h - a recording that begins in the middle does not say whether its call manager stands alone or is an
 * MCM. It is taken to stand alone until a line shows it, or until only an MCM would be right. */
#ifndef CLOSEAF_MANAGER_KIND_H
#define CLOSEAF_MANAGER_KIND_H

#include "findings.h"

/* Whether only an MCM has such an event, and what becomes of an object that is supposed by it. */
int is_of_an_mcm(uint16_t kind);

/* Of what is supposed by this event: as the call manager is by now, or as the event shows it. */
int is_taken_for_an_mcm(const struct judge *j, uint16_t kind);

/* Before anything is supposed: if the event shows of which kind the call manager is, that holds from now on, and of
 * what was supposed. */
void look_which_call_manager(struct judge *j, struct event e);

/* The core has refused the event: 1 if no line has shown the kind yet, and of the other kind it is right. The core
 * has taken it then. */
int is_right_of_the_other_kind(struct judge *j, struct event e);

#endif
