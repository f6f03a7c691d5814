/* ndis_binding.c - the functions of ndis.h for any driver on its binding, and what plug and
 * play does. The pages named are those of the published reference. */
#include "callback.h"
#include "runtime_driver.h"
#include "runtime_operation.h"

/* Is this the handle of the driver whose binding it is, and is that registered still? What is no
 * binding at all the core refuses. */
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
static int is_of_its_driver(struct handle binding, NDIS_HANDLE NdisProtocolHandle)
{
    const struct handle driver = decode(HANDLE_driver, NdisProtocolHandle);
    int is_its_own = 1;

    take_ndis_lock();
    if (binding.slot < MAX_BINDING) {
        is_its_own = driver.slot == binding.slot &&
                     driver.generation == driver_in(binding.slot).generation &&
                     driver_side[binding.slot].phase != DRIVER_ABSENT;
    }
    drop_ndis_lock();
    return is_its_own;
}

/* Opens the adapter for the driver that is being bound; only from its bind handler. Failure, and
 * nothing happens: the handle is another driver's, or of one that is not registered. PENDING:
 * ProtocolOpenAdapterCompleteEx follows, or has come already (BND-18). The context stays
 * allocated until the adapter is closed (UNB-08). nf-ndis-ndisopenadapterex */
/*@ CREATOR_OF_NDIS(NdisBindingHandle) */
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle)
{
    const struct handle binding = decode(HANDLE_binding, BindContext);
    struct event back = {.kind = RETURN_OPEN_ADAPTER, .status = SUCCESS, .object = binding};
    struct moment m = {.arguments = {.context = ProtocolBindingContext}};

    (void)OpenParameters;
    *NdisBindingHandle = BindContext;
    if (!is_of_its_driver(binding, NdisProtocolHandle) ||
        !driver_acts(OPEN_ADAPTER_CALL, binding, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    choose(&back);
    if (back.status == PENDING) {
        owe(OPEN_ADAPTER_DELIVER, binding);
    }
    return step(NDIS, &back, &m) ? ndis_status_of(back.status) : NDIS_STATUS_FAILURE;
}

/* Completes a bind that the handler has pended or is about to pend (BND-20).
 * nf-ndis-ndiscompletebindadapterex */
/*@ FUNCTION_OF_NDIS */
void NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext, NDIS_STATUS Status)
{
    if (happens(BIND_COMPLETE, decode(HANDLE_binding, BindAdapterContext), status_of(Status),
                NOTHING)) {
        offer();
    }
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
    const struct handle binding = decode(HANDLE_binding, NdisBindingHandle);
    struct event back = {.kind = RETURN_UNBIND_ADAPTER, .object = binding};
    struct moment m = {0};

    if (!happens(CALL_UNBIND_ADAPTER, binding, NO_STATUS, NOTHING)) {
        return NDIS_STATUS_FAILURE;
    }
    choose(&back);
    if (back.status != RESOURCES) {
        owe(ENTER_UNBIND, binding);
    }
    /* the core has no such line of a binding that was opened in one */
    return step(NDIS, &back, &m) ? ndis_status_of(back.status) : NDIS_STATUS_SUCCESS;
}

/* Completes an unbind that the handler has pended or is about to pend; UnbindContext is
 * dead afterwards, the binding context is freed before (AMB-30).
 * nf-ndis-ndiscompleteunbindadapterex */
/*@ FUNCTION_OF_NDIS */
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    (void)happens(CALL_COMPLETE_UNBIND, decode(HANDLE_binding, UnbindContext), NO_STATUS, NOTHING);
}

/* Sends a request to the miniport; ProtocolOidRequestComplete follows. What asks for a filter
 * or withdraws offloads is done at once (UNB-06, UNB-07). nf-ndis-ndisoidrequest */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    const struct handle binding = decode(HANDLE_binding, NdisBindingHandle);
    const uint16_t call = asked_of_adapter(OidRequest);

    if (!happens(call, binding, NO_STATUS, NOTHING)) {
        return NDIS_STATUS_FAILURE;
    }
    if (call != CALL_OID_REQUEST) {
        return NDIS_STATUS_SUCCESS;
    }
    owe(ENTER_OID_REQUEST_COMPLETE, binding);
    return NDIS_STATUS_PENDING;
}

/* Gives received data back (PNP-05). nf-ndis-ndisreturnnetbufferlists */
/*@ FUNCTION_OF_NDIS */
void NdisReturnNetBufferLists(NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG ReturnFlags)
{
    (void)NetBufferLists;
    (void)ReturnFlags;
    (void)happens(RETURN_RECEIVE, decode(HANDLE_binding, NdisBindingHandle), NO_STATUS, NOTHING);
}

/* The line that completes the PnP event of which the binding has not given its answer. */
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
static uint16_t completion_of_event(struct handle binding)
{
    uint16_t enter = NO_EVENT;

    take_ndis_lock();
    if (binding.slot < MAX_BINDING) {
        enter = core.binding[binding.slot].pnp.event;
    }
    drop_ndis_lock();
    switch (enter) {
    case RESTART_ENTER: return RESTART_COMPLETE;
    case QUERY_REMOVE_ENTER: return QUERY_REMOVE_COMPLETE;
    case SET_POWER_ENTER: return SET_POWER_COMPLETE;
    case CANCEL_REMOVE_ENTER: return CANCEL_REMOVE_COMPLETE;
    default: return PAUSE_COMPLETE;
    }
}

/* Completes a PnP event that ProtocolNetPnPEvent has pended or is about to pend (PNP-08).
 * nf-ndis-ndiscompletenetpnpevent */
/*@ FUNCTION_OF_NDIS */
void NdisCompleteNetPnPEvent(NDIS_HANDLE NdisBindingHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
                             NDIS_STATUS Status)
{
    const struct handle binding = decode(HANDLE_binding, NdisBindingHandle);

    (void)NetPnPEventNotification;
    (void)happens(completion_of_event(binding), binding, status_of(Status), NOTHING);
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

void hold_binding(uint32_t slot)
{
    take_ndis_lock();
    if (slot < MAX_BINDING) {
        binding_side[slot].busy++;
    }
    drop_ndis_lock();
}

void let_binding_go(uint32_t slot)
{
    take_ndis_lock();
    if (slot < MAX_BINDING) {
        binding_side[slot].busy--;
    }
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

    hold_binding(object.slot);
    happens = call_back(ENTER_AF_REGISTER_NOTIFY, object, NO_STATUS, &m);
    let_binding_go(object.slot);
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
    case PAUSE_ENTER: return PAUSE_LEAVE;
    case RESTART_ENTER: return RESTART_LEAVE;
    case QUERY_REMOVE_ENTER: return QUERY_REMOVE_LEAVE;
    case SET_POWER_ENTER: return SET_POWER_LEAVE;
    case CANCEL_REMOVE_ENTER: return CANCEL_REMOVE_LEAVE;
    default: return NO_EVENT;
    }
}

/*@ FUNCTION_OF_NDIS */
int ndis_enter(uint16_t enter, struct handle object)
{
    struct event e = {.kind = enter, .object = object};
    struct moment m = {0};

    if (enter == ENTER_AF_REGISTER_NOTIFY && object.slot < MAX_BINDING) {
        return make_offer(object);
    }
    choose(&e);
    if (!call_back(enter, e.object, e.status, &m)) {
        return 0;
    }
    if (end_of(enter) != NO_EVENT) {
        (void)driver_acts(end_of(enter), object, status_of(m.answer), &m);
    }
    if (enter == ENTER_BIND || enter == ENTER_INITIALIZE) {
        offer();
    }
    return 1;
}

/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
static int is_running(struct handle binding)
{
    int runs;

    take_ndis_lock();
    runs = binding.slot < MAX_BINDING &&
           core.binding[binding.slot].generation == binding.generation &&
           binding_state(core.binding[binding.slot]) == BINDING_RUNNING;
    drop_ndis_lock();
    return runs;
}

/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void wait_for_pnp_event(uint32_t slot)
{
    take_ndis_lock();
    /*@ loop invariant held: lock_is_held == 1;
        loop invariant consistent: core_invariant(core);
        loop assigns UNDER_THE_LOCK; */
    while (core.binding[slot].pnp.event != NO_EVENT) {
        wait_for_ndis("the answer to a PnP event (PNP-08)");
    }
    drop_ndis_lock();
}

void ndis_unbind(struct handle binding)
{
    if (is_running(binding) && ndis_enter(PAUSE_ENTER, binding) && binding.slot < MAX_BINDING) {
        wait_for_pnp_event(binding.slot);
    }
    (void)ndis_enter(ENTER_UNBIND, binding);
}
