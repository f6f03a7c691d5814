/* failed_end.h - what would end a SAP or a party, or pause a binding, and fails: then it goes on as
 * before (AMB-28). */
#ifndef CLOSEAF_FAILED_END_H
#define CLOSEAF_FAILED_END_H

#include "findings.h"

/* Before the core is asked: keeps what the call may end. */
void remember_before_end(struct judge *j, struct event e);

/* Is this such a failure? Where the core has refused it, the object goes on as it was before the call: 1 if that is
 * no finding. */
int is_failure_of_an_end(struct judge *j, struct event e);
int goes_on_as_before(struct judge *j, struct event e);

/* The core has taken the event. A VC whose deactivation has failed is as active as before, so that the call manager
 * can answer the close of its call with a failure (CALL-25). */
void deactivation_has_failed(struct judge *j, struct event e);

/* A pause has failed, and NDIS pauses what is beneath all the same: nothing of this is a breach but the
 * unbind of a binding that is not paused (UNB-04). */
void goes_on_without_the_pause(struct judge *j, struct event e);

#endif
