/* callback.h - the one place where a driver is called: on the calling thread and under no lock
 * (THR-07, NTF-35). The right to it is the core's own: the event and the call are one function,
 * and the event has moved the state on when the driver is called, so that the core refuses it a
 * second time. What the driver does there to NDIS it does through ndis.h: hence the assigns. */
#ifndef CLOSEAF_CALLBACK_H
#define CLOSEAF_CALLBACK_H

#include "runtime_state.h"

/* NDIS makes this event, an enter event, and calls the driver that it names. Returns 0 if the
 * core refuses, and nobody is called; else 1, and what the driver has answered, success if the
 * callback has no status. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(answer) && \separated(answer, &core, binding_side + (..),
      af_side + (..), &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *answer;
    ensures no_lock: lock_is_held == 0;
    ensures refused: \result == 0 ==> right_to_call.kind == NO_EVENT; */
int call_back(uint16_t enter, struct handle object, uint8_t status, NDIS_STATUS *answer);

/* ProtocolCmOpenAf, for which no trace has a line of its own: the right is that of the open
 * that is under way (OPEN_BEGUN), once. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid_read(m) && \valid(manager_context);
    requires in_bounds: m->event.object.slot < MAX_AF;
    requires right_to_call: right_to_call.kind == RETURN_OPEN_AF &&
      right_to_call.kind == m->event.kind && same_handle(right_to_call.object, m->event.object);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call,
      *manager_context \from *m, family, handle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS call_open_af(const struct moment *m, PCO_ADDRESS_FAMILY family,
                         NDIS_HANDLE handle, PNDIS_HANDLE manager_context);

#endif
