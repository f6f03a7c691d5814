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

/* The miniport may take the VC of a stand-alone call manager, or let go of the one that it has. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int may_ask_miniport(uint16_t leave, struct vc v)
{
    if (leave == MINIPORT_CREATE_VC_LEAVE) {
        return core.binding[MANAGER_BINDING].miniport == 0 && v.phase == VC_CREATING &&
               v.miniport_context == 0;
    }
    return v.miniport_context == 1 && (v.phase == VC_PEER_HAS_LET_GO ||
                                       v.phase == VC_CREATION_FAILED || v.phase == VC_CREATING);
}

/* NDIS does so at once, but gives up a VC as its AF is closing (VC-02). The hooks, where they
 * decide what comes next, have named it: an AF may begin to close while the miniport is asked. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int wants_miniport(struct event chosen, struct vc v)
{
    if (hooks.in_order) {
        return chosen.status != NO_STATUS;
    }
    return v.phase != VC_CREATING || (chosen.kind == MINIPORT_CREATE_VC_LEAVE) == is_alive(v.af);
}

void ask_miniport(uint16_t leave, struct handle vc, struct moment *m)
{
    struct event e = {.kind = leave, .object = vc};
    struct event chosen = e;
    int due;

    if (!before_event(&e)) {
        return;
    }
    choose(&chosen);
    take_ndis_lock();
    due = vc.slot < MAX_VC && core.vc[vc.slot].generation == vc.generation &&
          may_ask_miniport(leave, core.vc[vc.slot]) &&
          wants_miniport(chosen, core.vc[vc.slot]);
    take_moment(e, m);
    /*@ ghost if (due) right_to_call = e; */
    drop_ndis_lock();
    if (due) {
        (void)driver_acts(leave, vc, status_of(call_driver(m)), m);
    }
}
