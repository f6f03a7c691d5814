/* told_before.h - a completion that the client hears of before its function has returned PENDING (AMB-29 b).
 *
 * On another processor the completion may overtake the return, and the client goes on from it at once: it drops the
 * party that was added, or closes the AF whose SAP has gone. The core lets a SAP or a party go on only when the
 * function has returned. */
#ifndef CLOSEAF_TOLD_BEFORE_H
#define CLOSEAF_TOLD_BEFORE_H

#include "findings.h"

/* The core as it is when what the client was told is over, the function returned or not; null: there is no such
 * operation. It stays valid until the next call of this. */
const struct core *core_without_what_was_told(struct judge *j);

/* The core is that now; the callback and the function still come back, with PENDING. */
void goes_on_from_what_was_told(struct judge *j);

/* The core refuses the event, and takes it from what the client was told. */
int was_told_before(struct judge *j, struct event e);

/* What comes back, after the client has gone on. */
int comes_back_behind_it(struct judge *j, struct event e);

#endif
