/* hung_up.h - the other side has ended a call, or has left it: the client is told, and has to end it, too. */
#ifndef CLOSEAF_HUNG_UP_H
#define CLOSEAF_HUNG_UP_H

#include "findings.h"

/* What the client has not done yet of what it was told: CALL-20 of a VC, PTY-10 of a party; CONFORMING: nothing.
 * The core forbids what must not come before it, but does not owe it. */
enum requirement owed_to_the_other_side(struct judge *j, struct object o);

/* Whether the operation is that which tells the client so, and this has not been done: with the callback and its line. */
int is_told_of_the_end(struct judge *j, const uint16_t *operation, struct outstanding *o);

#endif
