/* ndis_short.c - the open of an AF, if it is told in one line: the core hears of it when it
 * has succeeded. */
#include "callback.h"
#include "runtime_operation.h"

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures in_bounds: \result != 0 ==> on.slot < MAX_BINDING; */
static int may_open(struct handle on)
{
    return on.slot < MAX_BINDING && core.binding[on.slot].generation == on.generation &&
           core.binding[on.slot].phase == BOUND &&
           core.binding[MANAGER_BINDING].phase == BOUND;
}

/* An open holds both bindings: their unbinds wait for its end. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m) && APART(m);
    terminates \true;
    exits never: \false;
    assigns STATE_OF_NDIS, *m;
    ensures no_lock: lock_is_held == 0;
    ensures in_bounds: \result != 0 ==>
      on.slot < MAX_BINDING && m->event.object.slot < MAX_AF;
    ensures the_open: m->event.kind == \old(m->event.kind) && m->event.on == \old(m->event.on);
    ensures right: \result != 0 ==>
      right_to_call.kind == m->event.kind && same_handle(right_to_call.object, m->event.object); */
static int begin_open(struct handle on, struct moment *m)
{
    struct event call = {.kind = OPEN_AF_CALL, .on = on};
    int possible;

    take_ndis_lock();
    possible = may_open(on) && find_object(&call, &m->arguments) && call.object.slot < MAX_AF;
    if (possible) {
        m->event.object = call.object;
        object_side[SIDE_OF_AF + m->event.object.slot].reserved = 1;
        binding_side[on.slot].busy++;
        binding_side[MANAGER_BINDING].busy++;
        m->driver = binding_side[MANAGER_BINDING];
        right_to_call = m->event;
    }
    drop_ndis_lock();
    return possible;
}

/*@ UNDER_ITS_OWN_LOCK(
      requires in_bounds: on.slot < MAX_BINDING && af.slot < MAX_AF;
      assigns lock_is_held, UNDER_THE_LOCK;) */
static void end_open(struct handle on, struct handle af)
{
    take_ndis_lock();
    object_side[SIDE_OF_AF + af.slot].reserved = 0;
    binding_side[on.slot].busy--;
    binding_side[MANAGER_BINDING].busy--;
    announce_ndis();
    drop_ndis_lock();
}

/*@ CREATOR_OF_NDIS(NdisAfHandle) */
NDIS_STATUS open_in_one(NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily,
                               NDIS_HANDLE ProtocolAfContext, PNDIS_HANDLE NdisAfHandle)
{
    const struct handle on = decode(HANDLE_binding, NdisBindingHandle);
    struct moment m = {.event = {.kind = RETURN_OPEN_AF, .status = SUCCESS, .on = on},
                       .arguments = {.what = AddressFamily}};
    NDIS_STATUS status;
    struct event e;

    if (!begin_open(on, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    e = m.event;
    *NdisAfHandle = encode(HANDLE_af, e.object);
    status = call_back(&m);
    if (status == NDIS_STATUS_SUCCESS) {
        take_ndis_lock();
        object_side[SIDE_OF_AF + e.object.slot].context[DRIVER_client] = ProtocolAfContext;
        object_side[SIDE_OF_AF + e.object.slot].context[DRIVER_manager] = m.arguments.context;
        drop_ndis_lock();
        m.arguments = NOTHING;
        status = step(A_DRIVER, &e, &m) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    }
    end_open(on, e.object);
    return status;
}

