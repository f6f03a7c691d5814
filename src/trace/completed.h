/* completed.h - completions that complete nothing: with PENDING, which only puts off, or of what is complete. */
#ifndef CLOSEAF_COMPLETED_H
#define CLOSEAF_COMPLETED_H

#include "findings.h"

/* A driver calls the function that completes something. */
int is_completion(uint16_t kind);

/* A driver completes what it has completed already: nothing of the operation has begun since. */
int is_completed_again(struct judge *j, struct event e);

/* A driver completes what it was asked for, and has answered at once. */
int completes_what_did_not_pend(struct judge *j, struct event e);

/* The core has refused the event: 1 if it is a completion that is right but for its status, PENDING. It completes
 * nothing; a proper one may come. */
int completes_with_pending(struct judge *j, struct event e);

/* NDIS passes such a completion on: 1, and the core goes on from the end of the operation. */
int passes_on_a_pending(struct judge *j, struct event e);

/* What is left undone of the object is that it was so completed: a finding has said it. */
int was_completed_with_pending(struct judge *j, struct object o, enum requirement left);

#endif
