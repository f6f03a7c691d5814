/* callback.c - see callback.h. */
#include "callback.h"

#include "entry_point.h"

int call_back(uint16_t enter, struct handle object, uint8_t status, struct moment *m)
{
    if (!ndis_acts(enter, object, status, m)) {
        return 0;
    }
    m->answer = call_driver(m);
    return 1;
}

/* The miniport beneath. */

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int is_alive(struct handle af)
{
    return af.slot < MAX_AF && core.af[af.slot].phase == AF_OPEN;
}

/* The miniport has yet to take the VC of a stand-alone call manager, or to let go of one that
 * is deleted or that nobody wants: the peer, or, as the AF is closing, NDIS (VC-02). */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int miniport_is_due(uint16_t leave, struct vc v)
{
    if (leave == MINIPORT_CREATE_VC_LEAVE) {
        return core.binding[MANAGER_BINDING].miniport == 0 && v.phase == VC_CREATING &&
               v.miniport_context == 0 && is_alive(v.af);
    }
    return v.miniport_context == 1 &&
           (v.phase == VC_PEER_HAS_LET_GO || v.phase == VC_CREATION_FAILED ||
            (v.phase == VC_CREATING && !is_alive(v.af)));
}

void ask_miniport(uint16_t leave, struct handle vc, struct moment *m)
{
    struct event e = {.kind = leave, .object = vc};
    int due;

    if (!before_event(&e)) {
        return;
    }
    take_ndis_lock();
    due = vc.slot < MAX_VC && core.vc[vc.slot].generation == vc.generation &&
          miniport_is_due(leave, core.vc[vc.slot]);
    take_moment(e, m);
    /*@ ghost if (due) right_to_call = e; */
    drop_ndis_lock();
    if (due) {
        (void)driver_acts(leave, vc, status_of(call_driver(m)), m);
    }
}
