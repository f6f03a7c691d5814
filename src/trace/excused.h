/* excused.h - what the core refuses, and is no finding: no rule forbids it, or it follows from an earlier one. */
#ifndef CLOSEAF_EXCUSED_H
#define CLOSEAF_EXCUSED_H

#include "findings.h"

/* Before the event is judged: if it is a call, keeps what is true before it, for is_no_finding. */
void remember_before_call(struct judge *j, struct event e);

/* The call was a breach, and this is its return: it has failed, NDIS has done nothing, and the judge goes
 * on from before the call. */
int ndis_refuses_the_breach(struct judge *j);

/* The core has refused the event by this requirement: 1 if that is no finding, and the judge has gone on. */
int is_no_finding(struct judge *j, struct event e, enum requirement broken);

/* No page says which of the two NDIS asks first for a new VC, the miniport or the other driver; the core has
 * the miniport first. 1 if e is its answer, and comes second. */
int miniport_takes_vc_late(struct judge *j, struct event e);

/* A driver may have allocated nothing for a SAP, a VC or a party that it refuses, or that is refused to it: then
 * there is nothing to free (SAP-05, VC-05, PTY-09). 1 if e is the refusal, and the core goes on without what the
 * driver was taken to hold. */
int refusal_keeps_nothing(struct judge *j, struct event e);

/* It had allocated something after all, and frees it now, for the first time: which event was the refusal, or
 * NO_EVENT. */
uint16_t refusal_before_the_free(struct judge *j, struct event e);

/* As is_no_finding, but the judge has to go on from it: before is what was true before. */
int is_excused(struct judge *j, const struct core *before, struct event e, enum requirement broken);

/* The event was seen before, of this very object. */
int was_seen_before(struct judge *j, struct event e);

#endif
