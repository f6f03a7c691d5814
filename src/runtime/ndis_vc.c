/* ndis_vc.c - the functions of ndis.h for virtual connections: created, deleted, activated
 * and deactivated, with the miniport beneath, and data on them. The pages named are those of
 * the published reference. */
#include "callback.h"
#include "runtime_operation.h"

/* Creating. */

/* If the close of the AF is refused while its VC is given up (AMB-02), NDIS begins anew. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
static NDIS_STATUS make_vc(struct function f, struct handle vc, struct moment *m)
{
    struct event back = {.kind = f.back, .object = vc};
    int returns;

    /*@ loop invariant no_lock: lock_is_held == 0;
        loop assigns STATE_OF_NDIS, *m, back, returns; */
    do {
        back.status = NO_STATUS;
        ask_miniport(MINIPORT_CREATE_VC_LEAVE, vc, m);
        serve(f, vc, m);
        ask_miniport(MINIPORT_DELETE_VC_LEAVE, vc, m);
        returns = step(NDIS, &back, m);
    } while (!returns && m->event.kind != NO_EVENT && m->vc.phase == VC_CREATING);
    return returns ? ndis_status_of(back.status) : NDIS_STATUS_FAILURE;
}

/*@ CREATOR_OF_NDIS(handle) */
static NDIS_STATUS create_vc(struct function f, NDIS_HANDLE af, NDIS_HANDLE context,
                             PNDIS_HANDLE handle)
{
    struct event e = {.kind = f.call, .on = decode(HANDLE_af, af)};
    struct moment m = {.arguments = {.context = context}};

    if (!step(A_DRIVER, &e, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    *handle = encode(HANDLE_vc, e.object);
    return make_vc(f, e.object, &m);
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int is_of_manager(NDIS_HANDLE binding)
{
    return decode(HANDLE_binding, binding).slot == MANAGER_BINDING;
}

/* Creates a VC on an AF: the client's own, or the call manager's for a call that comes in; the
 * other side and the miniport are asked. Without an AF it is the call manager's for its
 * signalling, of which nobody is told (VC-24). Never pends. nf-ndis-ndiscocreatevc */
/*@ CREATOR_OF_NDIS(NdisVcHandle) */
NDIS_STATUS NdisCoCreateVc(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                           NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle)
{
    if (NdisAfHandle == NULL) {
        *NdisVcHandle = encode(VC_OF_BINDING, decode(HANDLE_binding, NdisBindingHandle));
        return NDIS_STATUS_SUCCESS;
    }
    return create_vc(is_of_manager(NdisBindingHandle) ? FUNCTION(VC_CREATE_BY_MANAGER)
                                                      : FUNCTION(VC_CREATE_BY_CLIENT),
                     NdisAfHandle, ProtocolVcContext, NdisVcHandle);
}

/* The same for an MCM, which is its own miniport (VC-25). nf-ndis-ndismcmcreatevc */
/*@ CREATOR_OF_NDIS(NdisVcHandle) */
NDIS_STATUS NdisMCmCreateVc(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisAfHandle,
                            NDIS_HANDLE MiniportVcContext, PNDIS_HANDLE NdisVcHandle)
{
    if (NdisAfHandle == NULL) {
        *NdisVcHandle = encode(VC_OF_BINDING, decode(HANDLE_binding, MiniportAdapterHandle));
        return NDIS_STATUS_SUCCESS;
    }
    return create_vc(MCM_FUNCTION(VC_CREATE_BY_MANAGER), NdisAfHandle, MiniportVcContext,
                     NdisVcHandle);
}

/* Deleting. */

/* Who has created it deletes it (VC-07): the core knows who that was. */
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
static int was_made_by_manager(struct handle vc)
{
    int by_manager;

    take_ndis_lock();
    by_manager = vc.slot < MAX_VC && core.vc[vc.slot].made_by_manager == 1;
    drop_ndis_lock();
    return by_manager;
}

/*@ FUNCTION_OF_NDIS */
static NDIS_STATUS delete_vc(struct function f, struct handle vc)
{
    struct moment m = {0};

    if (!driver_acts(f.call, vc, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    serve(f, vc, &m);
    ask_miniport(MINIPORT_DELETE_VC_LEAVE, vc, &m);
    return ndis_returns(f.back, vc);
}

/* Deletes a VC that the caller has created, if it has no call and is not active; the other
 * side may refuse, and the VC stays (AMB-35). Never pends. nf-ndis-ndiscodeletevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCoDeleteVc(NDIS_HANDLE NdisVcHandle)
{
    const struct handle vc = decode(HANDLE_vc, NdisVcHandle);

    if (kind_of(NdisVcHandle) == VC_OF_BINDING) {
        return NDIS_STATUS_SUCCESS;
    }
    return delete_vc(was_made_by_manager(vc) ? FUNCTION(VC_DELETE_BY_MANAGER)
                                             : FUNCTION(VC_DELETE_BY_CLIENT),
                     vc);
}

/* nf-ndis-ndismcmdeletevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmDeleteVc(NDIS_HANDLE NdisVcHandle)
{
    if (kind_of(NdisVcHandle) == VC_OF_BINDING) {
        return NDIS_STATUS_SUCCESS;
    }
    return delete_vc(MCM_FUNCTION(VC_DELETE_BY_MANAGER), decode(HANDLE_vc, NdisVcHandle));
}

/* Activating and deactivating. */

/*@ FUNCTION_OF_NDIS */
static NDIS_STATUS activate(uint16_t call, NDIS_HANDLE vc, PCO_CALL_PARAMETERS parameters)
{
    return happens(call, decode(HANDLE_vc, vc), NO_STATUS, WITH(.what = parameters))
               ? NDIS_STATUS_SUCCESS
               : NDIS_STATUS_FAILURE;
}

/* Activates a VC for a call that is to be connected (CALL-26). No line says that it returns: it
 * succeeds. nf-ndis-ndiscmactivatevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters)
{
    return activate(VC_ACTIVATE_CALL, NdisVcHandle, CallParameters);
}

/* nf-ndis-ndismcmactivatevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters)
{
    return activate(VC_ACTIVATE_MCM_CALL, NdisVcHandle, CallParameters);
}

/* Deactivates it when the call is over (CALL-16); the miniport stops the transfers (VC-22).
 * PENDING: ProtocolCmDeactivateVcComplete follows. nf-ndis-ndiscmdeactivatevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCmDeactivateVc(NDIS_HANDLE NdisVcHandle)
{
    return operate(FUNCTION(VC_DEACTIVATE), decode(HANDLE_vc, NdisVcHandle), NOTHING);
}

/* The same for an MCM: at once, and NOT_ACCEPTED where the VC is not active (VC-23).
 * nf-ndis-ndismcmdeactivatevc */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmDeactivateVc(NDIS_HANDLE NdisVcHandle)
{
    return operate(MCM_FUNCTION(VC_DEACTIVATE), decode(HANDLE_vc, NdisVcHandle), NOTHING);
}

/* The miniport completes a deactivation that MiniportCoDeactivateVc has pended.
 * nf-ndis-ndismcodeactivatevccomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCoDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle)
{
    complete(VC_DEACTIVATE_COMPLETE, VC_DEACTIVATE_DELIVER, decode(HANDLE_vc, NdisVcHandle),
             status_of(Status), NOTHING);
}

/* Data. */

/* Sends on a VC whose call is connected (CALL-10), or on one without an AF, which counts on
 * its binding; ProtocolCoSendNetBufferListsComplete follows. nf-ndis-ndiscosendnetbufferlists */
/*@ FUNCTION_OF_NDIS */
void NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags)
{
    const int without_af = kind_of(NdisVcHandle) == VC_OF_BINDING;
    const struct handle object = decode(without_af ? VC_OF_BINDING : HANDLE_vc, NdisVcHandle);

    (void)NetBufferLists;
    (void)SendFlags;
    if (happens(without_af ? CALL_SEND : VC_SEND_CALL, object, NO_STATUS, NOTHING)) {
        owe(without_af ? ENTER_SEND_COMPLETE : VC_SEND_DELIVER, object);
    }
}
