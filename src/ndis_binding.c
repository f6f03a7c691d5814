/* ndis_binding.c - the functions of ndis.h for any driver on its binding, and what plug and
 * play does. The pages named are those of the published reference. */
#include "callback.h"

/* Opens the adapter for the driver that is being bound; only from its bind handler. The
 * context stays allocated until the adapter is closed (UNB-08).
 * nf-ndis-ndisopenadapterex */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(NdisBindingHandle) && \separated(NdisBindingHandle, &core, binding_side + (..),
      af_side + (..), &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *NdisBindingHandle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle)
{
    struct event e = {.kind = RETURN_OPEN_ADAPTER, .status = SUCCESS};
    struct moment m;

    (void)NdisProtocolHandle;
    (void)OpenParameters;
    e.object = decode(BINDING_HANDLE, BindContext);
    choose(&e);
    if (e.object.slot < MAX_BINDING) {
        take_ndis_lock();
        binding_side[e.object.slot].binding_context = ProtocolBindingContext;
        drop_ndis_lock();
    }
    *NdisBindingHandle = BindContext;
    return step(A_DRIVER, &e, &m) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}

/* The context that MiniportHaltEx gets. nf-ndis-ndismsetminiportattributes */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid_read(Attributes);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes)
{
    struct handle adapter = decode(BINDING_HANDLE, NdisMiniportHandle);

    if (adapter.slot != MANAGER_BINDING) {
        return NDIS_STATUS_FAILURE;
    }
    take_ndis_lock();
    binding_side[MANAGER_BINDING].binding_context = Attributes->MiniportAdapterContext;
    drop_ndis_lock();
    return NDIS_STATUS_SUCCESS;
}

/* Closes the binding. The handle is dead from the call on (CAD-12). PENDING:
 * ProtocolCloseAdapterCompleteEx follows, or has come already; there is no failure
 * (CAD-05). From the unbind handler, or a bind that fails. At PASSIVE_LEVEL.
 * nf-ndis-ndiscloseadapterex */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle)
{
    struct event back = {.kind = RETURN_CLOSE_ADAPTER, .status = SUCCESS};
    struct moment m;

    back.object = decode(BINDING_HANDLE, NdisBindingHandle);
    if (!driver_acts(CALL_CLOSE_ADAPTER, back.object, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    choose(&back);
    if (back.status == PENDING) {
        owe(ENTER_CLOSE_ADAPTER_COMPLETE, back.object);
    }
    return step(NDIS, &back, &m) ? ndis_status_of(back.status) : NDIS_STATUS_FAILURE;
}

/* Asks NDIS to unbind the caller; a work item enters ProtocolUnbindAdapterEx, possibly
 * before this returns. Outside bind and unbind the only way (UNB-18).
 * nf-ndis-ndisunbindadapter */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle)
{
    struct handle binding = decode(BINDING_HANDLE, NdisBindingHandle);
    struct moment m;

    if (!driver_acts(CALL_UNBIND_ADAPTER, binding, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_UNBIND, binding);
    return NDIS_STATUS_SUCCESS;
}

/* Completes an unbind that the handler has pended or is about to pend; UnbindContext is
 * dead afterwards, the binding context is freed before (AMB-30).
 * nf-ndis-ndiscompleteunbindadapterex */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    struct moment m;

    (void)driver_acts(CALL_COMPLETE_UNBIND, decode(BINDING_HANDLE, UnbindContext), NO_STATUS,
                      &m);
}

/* Sends a request to the miniport; ProtocolOidRequestComplete follows.
 * nf-ndis-ndisoidrequest */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    struct handle binding = decode(BINDING_HANDLE, NdisBindingHandle);
    struct moment m;

    (void)OidRequest;
    if (!driver_acts(CALL_OID_REQUEST, binding, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_OID_REQUEST_COMPLETE, binding);
    return NDIS_STATUS_PENDING;
}

/* The binding of the client that holds an AF. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures no_lock: lock_is_held == 0; */
static struct handle client_binding(struct handle af)
{
    struct handle binding = {UINT16_MAX, 0};

    take_ndis_lock();
    if (af.slot < MAX_AF && core.af[af.slot].client < MAX_BINDING) {
        binding.slot = core.af[af.slot].client;
        binding.generation = core.binding[binding.slot].generation;
    }
    drop_ndis_lock();
    return binding;
}

/* Sends on a VC; ProtocolCoSendNetBufferListsComplete follows.
 * nf-ndis-ndiscosendnetbufferlists */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags)
{
    struct handle binding = decode(VC_OF_BINDING, NdisVcHandle);
    struct moment m;

    (void)NetBufferLists;
    (void)SendFlags;
    if (kind_of(NdisVcHandle) == VC_OF_AF) {
        binding = client_binding(decode(VC_OF_AF, NdisVcHandle));
    }
    if (driver_acts(CALL_SEND, binding, NO_STATUS, &m)) {
        owe(ENTER_SEND_COMPLETE, binding);
    }
}

/* Plug and play. */

/* Only when the call manager is bound: before, no open could succeed. */
void offer(void)
{
    struct handle owed[MAX_BINDING];
    uint32_t n = 0;

    take_ndis_lock();
    /*@ loop invariant in_bounds: 0 <= n <= i <= MAX_BINDING;
        loop assigns i, n, owed[0 .. MAX_BINDING - 1];
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (core.binding[MANAGER_BINDING].phase == BOUND && core.binding[i].offer_owed == 1) {
            owed[n].slot = i;
            owed[n].generation = core.binding[i].generation;
            n++;
        }
    }
    drop_ndis_lock();
    /*@ loop invariant in_bounds: 0 <= i <= n;
        loop assigns i;
        loop variant n - i; */
    for (uint32_t i = 0; i < n; i++) {
        owe(ENTER_AF_REGISTER_NOTIFY, owed[i]);
    }
}

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void ndis_remove_adapter(struct handle object)
{
    struct moment m;

    (void)ndis_acts(REMOVE_ADAPTER, object, NO_STATUS, &m);
}

/*@ requires no_lock: lock_is_held == 0;
    requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures no_lock: lock_is_held == 0; */
static void begin_offer(uint32_t slot)
{
    take_ndis_lock();
    binding_side[slot].busy++;
    drop_ndis_lock();
}

/*@ requires no_lock: lock_is_held == 0;
    requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures no_lock: lock_is_held == 0; */
static void end_offer(uint32_t slot)
{
    take_ndis_lock();
    binding_side[slot].busy--;
    announce_ndis();
    drop_ndis_lock();
}

/* Claims the offer before its event, so that no unbind slips between; and the callback has
 * no line for its end: the unbind waits for that too. */
/*@ requires no_lock: lock_is_held == 0;
    requires in_bounds: object.slot < MAX_BINDING;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static int make_offer(struct handle object)
{
    struct moment m;
    int happens;

    begin_offer(object.slot);
    happens = ndis_acts(ENTER_AF_REGISTER_NOTIFY, object, NO_STATUS, &m);
    if (happens) {
        (void)call_back(&m);
    }
    end_offer(object.slot);
    return happens;
}

/* The line with which a callback ends; NO_EVENT if it has none. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static uint16_t end_of(uint16_t enter)
{
    switch (enter) {
    case ENTER_BIND: return LEAVE_BIND;
    case ENTER_INITIALIZE: return LEAVE_INITIALIZE;
    case ENTER_UNBIND: return LEAVE_UNBIND;
    case ENTER_HALT: return LEAVE_HALT;
    default: return NO_EVENT;
    }
}

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
int ndis_enter(uint16_t enter, struct handle object)
{
    struct moment m;
    uint8_t status;

    if (enter == ENTER_AF_REGISTER_NOTIFY && object.slot < MAX_BINDING) {
        return make_offer(object);
    }
    if (!ndis_acts(enter, object, NO_STATUS, &m)) {
        return 0;
    }
    status = status_of(call_back(&m));
    if (end_of(enter) != NO_EVENT) {
        (void)driver_acts(end_of(enter), object, status, &m);
    }
    if (enter == ENTER_BIND || enter == ENTER_INITIALIZE) {
        offer();
    }
    return 1;
}
