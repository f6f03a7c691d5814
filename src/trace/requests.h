/* requests.h - OID requests as drivers make them, beyond what the core keeps of them. */
#ifndef CLOSEAF_REQUESTS_H
#define CLOSEAF_REQUESTS_H

#include "findings.h"

/* The function of a request has returned, and not PENDING: then it is complete, whether its requester runs its
 * completion itself or not (OID-01 asks that of nobody). Each of these goes on from its completion;
 * 1 if there was one. */
int complete_what_did_not_pend(struct judge *j);

/* Keeps what the event says of requests that the core does not count: of those that set or clear something, which it
 * takes for answered at once; and that one did not pend. */
void remember_request(struct judge *j, struct event e);

/* The return of a function that makes a request of a binding: if it did not pend, it is complete. */
void request_has_returned(struct judge *j, struct event e);

/* A request to the miniport in a reset (OID-09): 1 if e is one. NDIS keeps it until the reset ends, and then goes on
 * with it, or it refuses it. */
int is_kept_over_a_reset(struct judge *j, struct finding *f);

/* NDIS has refused the call of a request, which was a breach: it is not out, and the requester may free it. */
void request_was_refused(struct judge *j, struct event returned);

/* What is left undone at the end: of a request that was answered with CLOSING, OID-08. */
enum requirement rule_of_a_request_left(struct judge *j, struct object o, enum requirement left);

/* The core has refused the event. 1: it is right all the same, and the core goes on from it. */
int is_right_of_requests(struct judge *j, struct event e, enum requirement broken);

#endif
