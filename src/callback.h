/* callback.h - the one place where a driver is called: on the calling thread, under no lock
 * (THR-07, NTF-35), and only with the right that an event has just given, which the call
 * spends. What the driver does there to NDIS it does through ndis.h: hence the assigns. */
#ifndef CLOSEAF_CALLBACK_H
#define CLOSEAF_CALLBACK_H

#include "runtime_state.h"

/* The callback that the event of this moment, an enter event, names. Returns the driver's
 * status, or success if the callback has none. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid_read(m);
    requires right_to_call: right_to_call.kind == m->event.kind &&
      same_handle(right_to_call.object, m->event.object);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS call_back(const struct moment *m);

/* ProtocolCmOpenAf, for which no trace has a line of its own: the right is that of the open
 * that is under way (RETURN_OPEN_AF). */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid_read(m) && \valid(manager_context);
    requires right_to_call: right_to_call.kind == RETURN_OPEN_AF &&
      right_to_call.kind == m->event.kind && same_handle(right_to_call.object, m->event.object);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call,
      *manager_context \from *m, family, handle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS call_open_af(const struct moment *m, PCO_ADDRESS_FAMILY family,
                         NDIS_HANDLE handle, PNDIS_HANDLE manager_context);

#endif
