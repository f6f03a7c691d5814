/* to_miniport.h - what is asked of a miniport that is being reset, asleep or halted, beyond what the core keeps. */
#ifndef CLOSEAF_TO_MINIPORT_H
#define CLOSEAF_TO_MINIPORT_H

#include "findings.h"

/* A send or a request to the miniport, before it is judged, as is the event that the core knows in its place
 * (alias_of): the rule that it breaks in this state of the miniport, or CONFORMING. */
enum requirement asks_a_miniport_that_cannot(struct judge *j, struct event e, struct event as);

/* NDIS enters MiniportHaltEx, and has not given back each send and each request of a binding (HLT-02).
 * Sends on VCs do not count, as in the core: a halt that unbinds nobody comes while calls stand (AMB-18). */
int halts_over_what_is_out(struct judge *j, struct event e);

/* It does so for a removal, and some driver has not been unbound (PNP-10). Only where the stack is traced, as in
 * the core: elsewhere a trace does not say how far the removal is. */
int halts_over_who_is_bound(struct judge *j, struct event e);

#endif
