/* what_is_left.h - what the client has left on an AF that it closes, and what that keeps the call manager from. */
#ifndef CLOSEAF_WHAT_IS_LEFT_H
#define CLOSEAF_WHAT_IS_LEFT_H

#include "findings.h"

/* The rules by which something had to be done before the event: none, one, or a SHOULD with the MUST that it hides. */
#define MOST_LEFT 2
unsigned rules_of_what_is_left(struct judge *j, struct event e, enum requirement rules[MOST_LEFT]);

/* The call manager has pended the close of the AF, and may not complete it yet (AF-CM-13, AF-CM-26): the client has
 * to deregister, to close a call or to delete a VC first. */
int client_keeps_it_open(const struct judge *j, uint32_t af);

#endif
