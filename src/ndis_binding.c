/* ndis_binding.c - the functions of ndis.h for any driver on its binding, and what plug and
 * play does. The pages named are those of the published reference. */
#include "callback.h"
#include "ndis_operation.h"

/* Opens the adapter for the driver that is being bound; only from its bind handler. The
 * context stays allocated until the adapter is closed (UNB-08).
 * nf-ndis-ndisopenadapterex */
/*@ CREATOR_OF_NDIS(NdisBindingHandle) */
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle)
{
    struct event e = {.kind = RETURN_OPEN_ADAPTER, .status = SUCCESS};
    struct moment m = {.arguments = {.context = ProtocolBindingContext}};

    (void)NdisProtocolHandle;
    (void)OpenParameters;
    e.object = decode(HANDLE_binding, BindContext);
    choose(&e);
    *NdisBindingHandle = BindContext;
    return step(A_DRIVER, &e, &m) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}

/* The context that MiniportHaltEx gets. nf-ndis-ndismsetminiportattributes */
/*@ OF_NDIS(requires valid: \valid_read(Attributes); assigns STATE_OF_NDIS;) */
NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes)
{
    struct handle adapter = decode(HANDLE_binding, NdisMiniportHandle);

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
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle)
{
    struct event back = {.kind = RETURN_CLOSE_ADAPTER, .status = SUCCESS};
    struct moment m = {0};

    back.object = decode(HANDLE_binding, NdisBindingHandle);
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
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle)
{
    struct handle binding = decode(HANDLE_binding, NdisBindingHandle);

    if (!happens(CALL_UNBIND_ADAPTER, binding, NO_STATUS, NOTHING)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_UNBIND, binding);
    return NDIS_STATUS_SUCCESS;
}

/* Completes an unbind that the handler has pended or is about to pend; UnbindContext is
 * dead afterwards, the binding context is freed before (AMB-30).
 * nf-ndis-ndiscompleteunbindadapterex */
/*@ FUNCTION_OF_NDIS */
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    (void)happens(CALL_COMPLETE_UNBIND, decode(HANDLE_binding, UnbindContext), NO_STATUS, NOTHING);
}

/* Sends a request to the miniport; ProtocolOidRequestComplete follows.
 * nf-ndis-ndisoidrequest */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    struct handle binding = decode(HANDLE_binding, NdisBindingHandle);

    (void)OidRequest;
    if (!happens(CALL_OID_REQUEST, binding, NO_STATUS, NOTHING)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_OID_REQUEST_COMPLETE, binding);
    return NDIS_STATUS_PENDING;
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

/*@ UNDER_ITS_OWN_LOCK(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void begin_offer(uint32_t slot)
{
    take_ndis_lock();
    binding_side[slot].busy++;
    drop_ndis_lock();
}

/*@ UNDER_ITS_OWN_LOCK(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void end_offer(uint32_t slot)
{
    take_ndis_lock();
    binding_side[slot].busy--;
    announce_ndis();
    drop_ndis_lock();
}

/* Claims the offer before its event, so that no unbind slips between; and the callback has
 * no line for its end: the unbind waits for that too. */
/*@ OF_NDIS(requires in_bounds: object.slot < MAX_BINDING; assigns STATE_OF_NDIS;) */
static int make_offer(struct handle object)
{
    struct moment m = {0};
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

/*@ FUNCTION_OF_NDIS */
int ndis_enter(uint16_t enter, struct handle object)
{
    struct moment m = {0};
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
