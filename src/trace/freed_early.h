/* freed_early.h - a context that is freed while it is needed: the free is named, and the object goes on. */
#ifndef CLOSEAF_FREED_EARLY_H
#define CLOSEAF_FREED_EARLY_H

#include "findings.h"

/* Is this the free of a context or of parameters that may be needed still? The core refuses it for the one rule, the
 * finding names the other. */
int may_be_freed_early(uint16_t kind, enum requirement broken, enum requirement named);

/* It was, and a finding has said it: until its time has come the core is to have it. */
void was_freed_early(struct judge *j, struct event e);

/* A context that a finding supposes to have been stored was not: nobody has to free it. */
void was_never_stored(struct judge *j, const struct finding *f);

/* The call manager frees its AF context while the client's handler of the notification runs. If that then says that
 * it is done, nothing came that needs the context; if it pends, a completion may (AF-CM-24), which is told then. */
int is_freed_in_a_notification(struct judge *j, struct event e, enum requirement broken);

/* The handler pends, and the context was so freed: 1, with the event that has freed it. */
int was_freed_in_the_notification(struct judge *j, struct event e, struct event *freed);

/* For each of these whose time has come: now the core has it freed, too. 1 if there was one. */
int free_what_was_freed_early(struct judge *j);

/* The finding lacks, at last, what was freed early: that has happened, and is taken from what it lacks. 1 if it then
 * only follows from the free, which was named: what is left is NDIS's or the miniport's move, and stood in its way. */
int follows_from_an_early_free(struct judge *j, struct finding *f);

/* A free of what was freed early: the line of that, or 0. The core goes on from it. */
unsigned long is_freed_again(struct judge *j, struct event e);

/* The call manager frees its context of a SAP or a party that nobody ends: the rule, or CONFORMING. The core would
 * take it for the beginning of the end. */
enum requirement frees_what_is_in_use(struct judge *j, struct event e);

/* A success of something that has been freed meanwhile: the rule that this breaks, or CONFORMING. The core goes on
 * as if it were there. */
enum requirement lacks_its_context(struct judge *j, struct event e);

#endif
