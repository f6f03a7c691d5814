/* callback.h - the one place where a driver is called: on the calling thread, under no lock
 * (THR-07, NTF-35), and only with the right that an event has just given, which the call
 * spends. What the driver does there to NDIS it does through ndis.h: hence the assigns. */
#ifndef CLOSEAF_CALLBACK_H
#define CLOSEAF_CALLBACK_H

#include "runtime_state.h"

/* The callback that the event of this moment names: an enter event, or, of a callback of the
 * miniport's that has no such line, the leave event that is to come. What the driver gives
 * back besides is in the arguments. Returns the driver's status, or success if the callback
 * has none. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m) && APART(m);
    requires right_to_call: right_to_call.kind == m->event.kind &&
      same_handle(right_to_call.object, m->event.object);
    assigns STATE_OF_NDIS, m->arguments;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS call_back(struct moment *m);

#endif
