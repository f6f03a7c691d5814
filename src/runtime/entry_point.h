/* entry_point.h - the drivers' entry points, called through their pointers. What a driver does
 * there is not proved, and so not how it is called: callback.h says when. */
#ifndef CLOSEAF_ENTRY_POINT_H
#define CLOSEAF_ENTRY_POINT_H

#include "runtime_state.h"

/* The callback that the event of this moment names: an enter event, or, of a callback of the
 * miniport's that has no such line, the leave event that is to come. What the driver gives
 * back besides is in the arguments. Returns the driver's status, or success if the callback
 * has none. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m) && APART(m);
    requires right_to_call: right_to_call.kind == m->event.kind &&
      handles_equal(right_to_call.object, m->event.object);
    assigns STATE_OF_NDIS, m->arguments;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS call_driver(struct moment *m);

/* Is this thread in a callback of this driver's that NDIS has made (DRG-02)? */
/*@ requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
int is_in_callback_of(uint32_t slot);

/* The system calls the driver's DriverEntry, and its Unload; the driver object is there between
 * them. */
/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns STATE_OF_NDIS;) */
NDIS_STATUS call_driver_entry(DRIVER_INITIALIZE *entry, uint32_t slot);
/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns STATE_OF_NDIS;) */
void call_unload(uint32_t slot);

#endif
