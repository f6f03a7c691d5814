/* call_manager.c - a call manager: serves opens, SAPs, calls, parties and requests, offers
 * calls of its own, answers the close of each AF, and asks for it when it has to go.
 *
 * What it does on an AF by itself counts as a use of it: a notify call, a call that it offers, a
 * request. The close that comes meanwhile is pended, and the last use completes it, so that
 * the AF handle is never used after it (AF-CM-16). An AF whose close has begun is not
 * notified. The context lives until the AF is closed and its notification is over (AF-CM-24,
 * AMB-08).
 *
 * Each pended operation is a work item at PASSIVE_LEVEL, which may wait. When a completion
 * function has returned, the object that was given up by it is not touched. */
#include "call_manager.h"

#include "common.h"

/* The NDIS functions that differ between the two kinds (MCM-01). */
struct call_manager_functions {
    int is_miniport;
    NDIS_STATUS (*RegisterAddressFamilyEx)(NDIS_HANDLE, PCO_ADDRESS_FAMILY);
    NDIS_STATUS (*NotifyCloseAddressFamily)(NDIS_HANDLE);
    void (*OpenAddressFamilyComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    void (*CloseAddressFamilyComplete)(NDIS_STATUS, NDIS_HANDLE);
    void (*RegisterSapComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    void (*DeregisterSapComplete)(NDIS_STATUS, NDIS_HANDLE);
    NDIS_STATUS (*CreateVc)(NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE, PNDIS_HANDLE);
    NDIS_STATUS (*DeleteVc)(NDIS_HANDLE);
    NDIS_STATUS (*ActivateVc)(NDIS_HANDLE, PCO_CALL_PARAMETERS);
    NDIS_STATUS (*DeactivateVc)(NDIS_HANDLE);
    void (*MakeCallComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE,
                             PCO_CALL_PARAMETERS);
    void (*CloseCallComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    NDIS_STATUS (*DispatchIncomingCall)(NDIS_HANDLE, NDIS_HANDLE, PCO_CALL_PARAMETERS);
    void (*DispatchIncomingCloseCall)(NDIS_STATUS, NDIS_HANDLE, PVOID, UINT);
    void (*AddPartyComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE, PCO_CALL_PARAMETERS);
    void (*DropPartyComplete)(NDIS_STATUS, NDIS_HANDLE);
    void (*OidRequestComplete)(NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE, PNDIS_OID_REQUEST,
                               NDIS_STATUS);
};

/* The extension of the driver object, and ProtocolDriverContext or MiniportDriverContext. */
struct manager_driver {
    struct driver driver;
    const struct call_manager_functions *functions;
};

struct manager_binding {
    struct manager_driver *driver;
    NDIS_HANDLE handle;
    NDIS_HANDLE unbind_context;
    struct manager_af *afs;
    uint8_t adapter_opened;
    uint8_t unbinding;
    uint8_t deferred;
    uint8_t adapter_closed;
};

struct manager_af {
    struct manager_af *next;
    struct manager_binding *binding;
    NDIS_HANDLE handle;
    struct _NDIS_OID_REQUEST request; /* to the client */
    unsigned uses;
    PKTHREAD notifier;        /* while in the notify call */
    uint8_t in_notify_call;
    uint8_t opening;          /* the open was pended and is not completed */
    uint8_t working;          /* it has a work item of its own: one at a time */
    struct manager_sap *sap;  /* on which that offers a call; NULL if it is deregistered */
    uint8_t offering;         /* in the dispatch call */
    uint8_t notified;
    uint8_t reported;         /* the report came before the notify call returned (AMB-29) */
    uint8_t report_awaited;
    uint8_t closing;
    uint8_t refused;          /* once is enough */
    uint8_t close_pended;     /* the last use completes */
    uint8_t closed;
    uint8_t freeing;
};

struct manager_sap {
    struct manager_af *af;
    NDIS_HANDLE handle;
};

struct manager_vc {
    struct manager_af *af;
    NDIS_HANDLE handle, party;
    uint8_t is_offered;   /* by the call manager; not made by the client */
    uint8_t deactivating;
    uint8_t answered;     /* the client's answer to an offered call has come */
    uint8_t rejected;     /* and it was no */
    uint8_t close_asked;  /* ProtocolCmCloseCall has pended */
    uint8_t has_failed;   /* to close a call: once is enough */
};

struct manager_party {
    struct manager_af *af;
    NDIS_HANDLE handle;
};

static const struct call_manager_functions stand_alone_functions = {
    0,
    NdisCmRegisterAddressFamilyEx,
    NdisCmNotifyCloseAddressFamily,
    NdisCmOpenAddressFamilyComplete,
    NdisCmCloseAddressFamilyComplete,
    NdisCmRegisterSapComplete,
    NdisCmDeregisterSapComplete,
    NdisCoCreateVc,
    NdisCoDeleteVc,
    NdisCmActivateVc,
    NdisCmDeactivateVc,
    NdisCmMakeCallComplete,
    NdisCmCloseCallComplete,
    NdisCmDispatchIncomingCall,
    NdisCmDispatchIncomingCloseCall,
    NdisCmAddPartyComplete,
    NdisCmDropPartyComplete,
    NdisCoOidRequestComplete};
static const struct call_manager_functions miniport_functions = {
    1,
    NdisMCmRegisterAddressFamilyEx,
    NdisMCmNotifyCloseAddressFamily,
    NdisMCmOpenAddressFamilyComplete,
    NdisMCmCloseAddressFamilyComplete,
    NdisMCmRegisterSapComplete,
    NdisMCmDeregisterSapComplete,
    NdisMCmCreateVc,
    NdisMCmDeleteVc,
    NdisMCmActivateVc,
    NdisMCmDeactivateVc,
    NdisMCmMakeCallComplete,
    NdisMCmCloseCallComplete,
    NdisMCmDispatchIncomingCall,
    NdisMCmDispatchIncomingCloseCall,
    NdisMCmAddPartyComplete,
    NdisMCmDropPartyComplete,
    NdisMCmOidRequestComplete};

static DRIVER_UNLOAD ManagerUnload;
static PROTOCOL_SET_OPTIONS ManagerSetOptions;
static PROTOCOL_BIND_ADAPTER_EX ManagerBindAdapterEx;
static PROTOCOL_UNBIND_ADAPTER_EX ManagerUnbindAdapterEx;
static PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ManagerOpenAdapterCompleteEx;
static PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ManagerCloseAdapterCompleteEx;
static PROTOCOL_NET_PNP_EVENT ManagerNetPnPEvent;
static PROTOCOL_OID_REQUEST_COMPLETE ManagerOidRequestComplete;
static PROTOCOL_RECEIVE_NET_BUFFER_LISTS ManagerReceiveNetBufferLists;
static PROTOCOL_STATUS_EX ManagerStatusEx;
static PROTOCOL_CO_STATUS_EX ManagerCoStatusEx;
static PROTOCOL_CO_AF_REGISTER_NOTIFY ManagerCoAfRegisterNotify;
static PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE ManagerCoSendNetBufferListsComplete;
static PROTOCOL_CM_OPEN_AF ManagerCmOpenAf;
static PROTOCOL_CM_CLOSE_AF ManagerCmCloseAf;
static PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE ManagerCmNotifyCloseAfComplete;
static PROTOCOL_CM_REG_SAP ManagerCmRegisterSap;
static PROTOCOL_CM_DEREGISTER_SAP ManagerCmDeregisterSap;
static PROTOCOL_CO_CREATE_VC ManagerCoCreateVc;
static PROTOCOL_CO_DELETE_VC ManagerCoDeleteVc;
static PROTOCOL_CM_DEACTIVATE_VC_COMPLETE ManagerCmDeactivateVcComplete;
static PROTOCOL_CM_MAKE_CALL ManagerCmMakeCall;
static PROTOCOL_CM_CLOSE_CALL ManagerCmCloseCall;
static PROTOCOL_CM_INCOMING_CALL_COMPLETE ManagerCmIncomingCallComplete;
static PROTOCOL_CM_ADD_PARTY ManagerCmAddParty;
static PROTOCOL_CM_DROP_PARTY ManagerCmDropParty;
static PROTOCOL_CO_OID_REQUEST ManagerCoOidRequest;
static PROTOCOL_CO_OID_REQUEST_COMPLETE ManagerCoOidRequestComplete;
static MINIPORT_UNLOAD McmUnload;
static MINIPORT_SET_OPTIONS McmSetOptions;
static MINIPORT_CO_OID_REQUEST McmCoOidRequest;
static MINIPORT_INITIALIZE ManagerInitializeEx;
static MINIPORT_HALT ManagerHaltEx;

static struct driver *of_binding(const struct manager_binding *b)
{
    return &b->driver->driver;
}

static struct driver *of_af(const struct manager_af *af)
{
    return of_binding(af->binding);
}

static struct driver *of_vc(const struct manager_vc *vc)
{
    return of_af(vc->af);
}

static const struct call_manager_functions *functions_of(const struct manager_af *af)
{
    return af->binding->driver->functions;
}

/* The close of an AF. */

/* Frees the context when nothing hangs on it any more. The lock is held, and released;
 * the AF may be gone afterwards. */
static void settle(struct manager_af *af)
{
    struct manager_af **link = &af->binding->afs;

    if (!af->closed || af->uses > 0 || af->report_awaited || af->freeing) {
        NdisReleaseSpinLock(&of_af(af)->lock);
        return;
    }
    af->freeing = 1;
    NdisReleaseSpinLock(&of_af(af)->lock);
    driver_did(FREE_CALL_MGR_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS);
    NdisAcquireSpinLock(&of_af(af)->lock);
    while (*link != af) {
        link = &(*link)->next;
    }
    *link = af->next;
    tell_change(of_af(af));
    NdisReleaseSpinLock(&of_af(af)->lock);
    free_memory(af);
}

/* Completes a close that was pended, or is about to be. Not with the lock held. */
static void complete(struct manager_af *af)
{
    driver_did(RELEASE_AF_RESOURCES, af->handle, NDIS_STATUS_SUCCESS); /* AF-CM-12 */
    functions_of(af)->CloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, af->handle);
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->closed = 1;
    settle(af);
}

/* A work item: may complete at DISPATCH_LEVEL, as from a timer or a receive. */
static void complete_work(void *context)
{
    struct manager_af *af = context;
    KIRQL before;

    KeRaiseIrql(pick(2) == 1 ? DISPATCH_LEVEL : PASSIVE_LEVEL, &before);
    complete(af);
    KeLowerIrql(before);
}

/* The lock is held, and released. The AF may be gone afterwards. */
static void end_use(struct manager_af *af)
{
    af->uses--;
    if (af->uses == 0 && af->close_pended) {
        af->close_pended = 0;
        NdisReleaseSpinLock(&of_af(af)->lock);
        complete(af);
    } else {
        settle(af);
    }
}

/* Success at once; pended and completed by the last use, by a work item or before the
 * return (AF-CM-25); or, unless the call manager is leaving, refused once. */
_Use_decl_annotations_
static NDIS_STATUS ManagerCmCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    enum { AT_ONCE, BY_WORK_ITEM, BEFORE_RETURN, REFUSE, WAYS };
    struct manager_af *af = CallMgrAfContext;
    int way = pick(WAYS);
    unsigned no_danger;
    int left;

    NdisAcquireSpinLock(&of_af(af)->lock);
    /* On the notifier's own thread, in its call, a success is no danger (SEQ-07). */
    no_danger =
        way == AT_ONCE && af->in_notify_call && af->notifier == KeGetCurrentThread() ? 1 : 0;
    left = af->uses > no_danger;
    if (way == REFUSE && !left && !af->refused && !af->binding->unbinding) {
        af->refused = 1;
        NdisReleaseSpinLock(&of_af(af)->lock);
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    af->closing = 1;
    af->close_pended = left ? 1 : 0;
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (left) {
        return NDIS_STATUS_PENDING; /* the AF may be gone already */
    }
    if (way == BY_WORK_ITEM && queue_work(of_af(af), complete_work, af)) {
        return NDIS_STATUS_PENDING;
    }
    if (way == BEFORE_RETURN) {
        complete(af);
        return NDIS_STATUS_PENDING;
    }
    driver_did(RELEASE_AF_RESOURCES, af->handle, NDIS_STATUS_SUCCESS); /* AF-CM-04 */
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->closed = 1;
    settle(af);
    return NDIS_STATUS_SUCCESS;
}

/* The client's answer to a pended notification; any status ends it. */
_Use_decl_annotations_
static void ManagerCmNotifyCloseAfComplete(NDIS_HANDLE CallMgrAfContext, NDIS_STATUS Status)
{
    struct manager_af *af = CallMgrAfContext;

    (void)Status;
    NdisAcquireSpinLock(&of_af(af)->lock);
    if (af->in_notify_call) {
        af->reported = 1;
    } else {
        af->report_awaited = 0;
    }
    settle(af);
}

/* Notifies the client of one AF. The AF may be gone afterwards. */
static void notify(struct manager_af *af)
{
    NDIS_STATUS status = functions_of(af)->NotifyCloseAddressFamily(af->handle);

    NdisAcquireSpinLock(&of_af(af)->lock);
    af->in_notify_call = 0;
    af->report_awaited = status == NDIS_STATUS_PENDING && !af->reported ? 1 : 0;
    end_use(af);
}

static struct manager_af *next_to_notify(struct manager_binding *b)
{
    for (struct manager_af *af = b->afs; af != NULL; af = af->next) {
        if (!af->closing && !af->notified) {
            af->notified = 1;
            af->in_notify_call = 1;
            af->uses++;
            af->notifier = KeGetCurrentThread();
            return af;
        }
    }
    return NULL;
}

static int has_open_in_hand(const struct manager_binding *b)
{
    for (const struct manager_af *af = b->afs; af != NULL; af = af->next) {
        if (af->opening) {
            return 1;
        }
    }
    return 0;
}

/* Notifies each AF that is open (NTF-01, NTF-03), pended opens first (AMB-22), and waits until
 * all are closed and all notifications are over (UNB-24). */
static void close_all(struct manager_binding *b)
{
    struct manager_af *af;

    NdisAcquireSpinLock(&of_binding(b)->lock);
    b->unbinding = 1;
    while (has_open_in_hand(b)) {
        await_change(of_binding(b), "the opens that the call manager has pended (AF-OP-15)");
    }
    while ((af = next_to_notify(b)) != NULL) {
        NdisReleaseSpinLock(&of_binding(b)->lock);
        notify(af);
        NdisAcquireSpinLock(&of_binding(b)->lock);
    }
    while (b->afs != NULL) {
        await_change(of_binding(b), "the AFs of the call manager to be closed (UNB-24)");
    }
    NdisReleaseSpinLock(&of_binding(b)->lock);
}

/* The open of an AF. */

/* A use until the completion function has returned. */
static void complete_open(void *context)
{
    struct manager_af *af = context;

    driver_did(STORE_CALL_MGR_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS);
    functions_of(af)->OpenAddressFamilyComplete(NDIS_STATUS_SUCCESS, af->handle, af);
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->opening = 0;
    tell_change(of_af(af));
    end_use(af);
}

/* It refuses when it is leaving (AMB-22). */
_Use_decl_annotations_
static NDIS_STATUS ManagerCmOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                   PCO_ADDRESS_FAMILY AddressFamily,
                                   NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE CallMgrAfContext)
{
    enum { AT_ONCE, BY_WORK_ITEM, WAYS };
    struct manager_binding *b = CallMgrBindingContext;
    struct manager_af *af = new_memory(of_binding(b)->handle, sizeof *af);
    struct work *work = pick(WAYS) == BY_WORK_ITEM ? new_work(of_binding(b)) : NULL;
    int refuses;

    (void)AddressFamily;
    NdisAcquireSpinLock(&of_binding(b)->lock);
    refuses = b->unbinding || af == NULL;
    if (!refuses) {
        af->binding = b;
        af->handle = NdisAfHandle;
        af->opening = work != NULL ? 1 : 0;
        af->uses = af->opening;
        af->next = b->afs;
        b->afs = af;
    }
    NdisReleaseSpinLock(&of_binding(b)->lock);
    if (refuses) {
        free_work(work);
        free_memory(af);
        return NDIS_STATUS_FAILURE;
    }
    *CallMgrAfContext = af;
    if (work != NULL) {
        start_work(work, complete_open, af);
        return NDIS_STATUS_PENDING;
    }
    driver_did(STORE_CALL_MGR_AF_CONTEXT, NdisAfHandle, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

/* VCs. */

/* Deactivates, and waits until that is over. */
static void deactivate(struct manager_vc *vc)
{
    const struct call_manager_functions *functions = functions_of(vc->af);
    NDIS_STATUS status;

    CHANGE(of_vc(vc), vc->deactivating = 1);
    status = functions->DeactivateVc(vc->handle);
    if (status == NDIS_STATUS_PENDING) {
        WAIT_WHILE(of_vc(vc), vc->deactivating, "a VC to be deactivated (VC-22)");
    } else if (!functions->is_miniport) { /* an MCM has no completion (AMB-26) */
        driver_did(VC_DEACTIVATE_OWN, vc->handle, status);
    }
}

_Use_decl_annotations_
static void ManagerCmDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext)
{
    struct manager_vc *vc = CallMgrVcContext;

    (void)Status;
    CHANGE(of_vc(vc), vc->deactivating = 0);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCoCreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle,
                                     PNDIS_HANDLE ProtocolVcContext)
{
    struct manager_af *af = ProtocolAfContext;
    struct manager_vc *vc =
        pick(8) == 1 ? NULL : new_memory(of_af(af)->handle, sizeof *vc);

    if (vc == NULL) {
        driver_did(FREE_CALL_MGR_VC_CONTEXT, NdisVcHandle, NDIS_STATUS_SUCCESS);
        return NDIS_STATUS_RESOURCES;
    }
    vc->af = af;
    vc->handle = NdisVcHandle;
    *ProtocolVcContext = vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCoDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    struct manager_vc *vc = ProtocolVcContext;

    driver_did(FREE_CALL_MGR_VC_CONTEXT, vc->handle, NDIS_STATUS_SUCCESS);
    free_memory(vc);
    return NDIS_STATUS_SUCCESS;
}

/* Calls that the client makes. */

enum { SUCCEED, SUCCEED_LATER, FAIL, FAIL_LATER, WAYS_OF_CALL };

static void connect_call(void *context)
{
    struct manager_vc *vc = context;

    (void)functions_of(vc->af)->ActivateVc(vc->handle, NULL); /* CALL-26 */
    functions_of(vc->af)->MakeCallComplete(NDIS_STATUS_SUCCESS, vc->handle, vc->party, vc, NULL);
}

static void give_call_up(void *context)
{
    struct manager_vc *vc = context;

    functions_of(vc->af)->MakeCallComplete(NDIS_STATUS_FAILURE, vc->handle, vc->party, NULL, NULL);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmMakeCall(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                                     NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext)
{
    struct manager_vc *vc = CallMgrVcContext;
    int way = pick(WAYS_OF_CALL);

    (void)CallParameters;
    vc->party = NdisPartyHandle;
    *CallMgrPartyContext = vc;
    switch (way) {
    case SUCCEED:
        (void)functions_of(vc->af)->ActivateVc(vc->handle, NULL);
        return NDIS_STATUS_SUCCESS;
    case SUCCEED_LATER:
        return queue_work(of_vc(vc), connect_call, vc) ? NDIS_STATUS_PENDING
                                                       : NDIS_STATUS_RESOURCES;
    case FAIL_LATER:
        return queue_work(of_vc(vc), give_call_up, vc) ? NDIS_STATUS_PENDING
                                                       : NDIS_STATUS_RESOURCES;
    default: return NDIS_STATUS_FAILURE;
    }
}

static void close_call(void *context)
{
    struct manager_vc *vc = context;

    deactivate(vc); /* CALL-16 */
    functions_of(vc->af)->CloseCallComplete(NDIS_STATUS_SUCCESS, vc->handle, vc->party);
}

static void fail_to_close(void *context)
{
    struct manager_vc *vc = context;

    functions_of(vc->af)->CloseCallComplete(NDIS_STATUS_FAILURE, vc->handle, vc->party);
}

/* A call that the client has made: later, an MCM at once, or it fails once (CALL-25). For one
 * that was offered there is a thread that waits. */
_Use_decl_annotations_
static NDIS_STATUS ManagerCmCloseCall(NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext,
                                      PVOID CloseData, UINT Size)
{
    struct manager_vc *vc = CallMgrVcContext;

    (void)CallMgrPartyContext;
    (void)CloseData;
    (void)Size;
    if (vc->is_offered) {
        CHANGE(of_vc(vc), vc->close_asked = 1);
        return NDIS_STATUS_PENDING;
    }
    if (functions_of(vc->af)->is_miniport && pick(2) == 1) {
        deactivate(vc); /* which does not wait (VC-23) */
        return NDIS_STATUS_SUCCESS;
    }
    if (!vc->has_failed && pick(4) == 1) {
        vc->has_failed = 1;
        if (pick(2) == 1 || !queue_work(of_vc(vc), fail_to_close, vc)) {
            return NDIS_STATUS_FAILURE;
        }
        return NDIS_STATUS_PENDING;
    }
    return queue_work(of_vc(vc), close_call, vc) ? NDIS_STATUS_PENDING : NDIS_STATUS_RESOURCES;
}

/* Calls that come in. */

_Use_decl_annotations_
static void ManagerCmIncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext,
                                          PCO_CALL_PARAMETERS CallParameters)
{
    struct manager_vc *vc = CallMgrVcContext;

    (void)CallParameters;
    CHANGE(of_vc(vc), vc->rejected = Status != NDIS_STATUS_SUCCESS; vc->answered = 1);
}

/* The client, or NDIS, takes the call or does not. Once the SAP is going none is offered on it
 * (SAP-17): its deregistration waits for one that is being offered. */
static void dispatch(struct manager_vc *vc)
{
    struct manager_af *af = vc->af;
    NDIS_HANDLE sap = NULL;
    NDIS_STATUS status;

    NdisAcquireSpinLock(&of_af(af)->lock);
    if (af->sap != NULL) {
        sap = af->sap->handle;
        af->offering = 1;
    }
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (sap == NULL) {
        vc->rejected = 1;
        return;
    }
    status = functions_of(af)->DispatchIncomingCall(sap, vc->handle, NULL);
    CHANGE(of_af(af), af->offering = 0);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(VC_INCOMING_CALL_OWN, vc->handle, status);
        ManagerCmIncomingCallComplete(status, vc, NULL);
    }
    WAIT_WHILE(of_af(af), !vc->answered, "an answer to an incoming call (CALL-22)");
}

/* A call from its beginning to its end: the other side may hang up, and the client closes. */
static void offer_call(struct manager_af *af)
{
    const struct call_manager_functions *functions = functions_of(af);
    struct manager_vc *vc = new_memory(of_af(af)->handle, sizeof *vc);

    if (vc == NULL) {
        return;
    }
    vc->af = af;
    vc->is_offered = 1;
    if (functions->CreateVc(af->binding->handle, af->handle, vc, &vc->handle) == NDIS_STATUS_SUCCESS) {
        (void)functions->ActivateVc(vc->handle, NULL);
        dispatch(vc);
        if (!vc->rejected) {
            if (pick(2) == 1) {
                functions->DispatchIncomingCloseCall(NDIS_STATUS_SUCCESS, vc->handle, NULL, 0);
            }
            WAIT_WHILE(of_af(af), !vc->close_asked,
                       "the close of a call that was offered (CALL-20)");
            close_call(vc);
        } else {
            deactivate(vc); /* CALL-24 */
        }
        (void)functions->DeleteVc(vc->handle);
    }
    driver_did(FREE_CALL_MGR_VC_CONTEXT, vc->handle, NDIS_STATUS_SUCCESS);
    free_memory(vc);
}

/* Requests. */

static void ask_client(struct manager_af *af)
{
    NDIS_STATUS status = functions_of(af)->is_miniport
                             ? NdisMCmOidRequest(af->handle, NULL, NULL, &af->request)
                             : NdisCoOidRequest(af->binding->handle, af->handle, NULL, NULL, &af->request);

    if (status != NDIS_STATUS_PENDING) {
        driver_did(REQUEST_BY_MANAGER_OWN, &af->request, status);
        ManagerCoOidRequestComplete(af, NULL, NULL, &af->request, status);
    }
}

/* A use of the AF. */
_Use_decl_annotations_
static void ManagerCoOidRequestComplete(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                                        NDIS_HANDLE ProtocolPartyContext,
                                        PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    struct manager_af *af = ProtocolAfContext;

    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    (void)Status;
    driver_did(FREE_REQUEST_BY_MANAGER, OidRequest, NDIS_STATUS_SUCCESS);
    NdisAcquireSpinLock(&of_af(af)->lock);
    end_use(af);
}

struct held_request {
    struct manager_af *af;
    PNDIS_OID_REQUEST request;
};

static void complete_request(void *context)
{
    struct held_request held = *(struct held_request *)context;

    free_memory(context);
    functions_of(held.af)->OidRequestComplete(held.af->handle, NULL, NULL, held.request,
                                              NDIS_STATUS_SUCCESS);
}

/* The client's AF stays until its request is over (AF-CL-15). */
_Use_decl_annotations_
static NDIS_STATUS ManagerCoOidRequest(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                                       NDIS_HANDLE ProtocolPartyContext, PNDIS_OID_REQUEST OidRequest)
{
    struct manager_af *af = ProtocolAfContext;
    struct held_request *held =
        pick(2) == 1 ? new_memory(of_af(af)->handle, sizeof *held) : NULL;

    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    if (held == NULL) {
        return pick(2) == 1 ? NDIS_STATUS_NOT_SUPPORTED : NDIS_STATUS_SUCCESS;
    }
    held->af = af;
    held->request = OidRequest;
    if (!queue_work(of_af(af), complete_request, held)) {
        free_memory(held);
        return NDIS_STATUS_RESOURCES;
    }
    return NDIS_STATUS_PENDING;
}

/* SAPs. */

/* What the call manager does by itself on an AF that has a SAP: it offers a call, and may ask. */
static void work_on_af(void *context)
{
    struct manager_af *af = context;

    if (pick(2) == 1) {
        CHANGE(of_af(af), af->uses++);
        ask_client(af);
    }
    offer_call(af);
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->working = 0;
    af->sap = NULL;
    end_use(af);
}

static void begin_work(struct manager_sap *sap)
{
    struct manager_af *af = sap->af;
    struct work *work = new_work(of_af(af));
    int begins;

    NdisAcquireSpinLock(&of_af(af)->lock);
    begins = work != NULL && !af->working && !af->closing && !af->binding->unbinding;
    if (begins) {
        af->working = 1;
        af->sap = sap;
        af->uses++;
    }
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (begins) {
        start_work(work, work_on_af, af);
    } else {
        free_work(work);
    }
}

static void register_sap(void *context)
{
    struct manager_sap *sap = context;

    if (pick(2) == 1) {
        begin_work(sap);
    }
    functions_of(sap->af)->RegisterSapComplete(NDIS_STATUS_SUCCESS, sap->handle, sap);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmRegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap,
                                        NDIS_HANDLE NdisSapHandle, PNDIS_HANDLE CallMgrSapContext)
{
    enum { AT_ONCE, BY_WORK_ITEM, REFUSE, WAYS };
    struct manager_af *af = CallMgrAfContext;
    struct manager_sap *sap = new_memory(of_af(af)->handle, sizeof *sap);
    int way = sap == NULL ? REFUSE : pick(WAYS);

    (void)Sap;
    if (way == REFUSE) {
        driver_did(FREE_CALL_MGR_SAP_CONTEXT, NdisSapHandle, NDIS_STATUS_SUCCESS); /* SAP-05 */
        free_memory(sap);
        return NDIS_STATUS_INVALID_DATA;
    }
    sap->af = af;
    sap->handle = NdisSapHandle;
    *CallMgrSapContext = sap;
    if (way == BY_WORK_ITEM && queue_work(of_af(af), register_sap, sap)) {
        return NDIS_STATUS_PENDING;
    }
    begin_work(sap);
    return NDIS_STATUS_SUCCESS;
}

static void deregister_sap(void *context)
{
    struct manager_sap sap = *(struct manager_sap *)context;

    driver_did(FREE_CALL_MGR_SAP_CONTEXT, sap.handle, NDIS_STATUS_SUCCESS); /* SAP-10 */
    free_memory(context);
    functions_of(sap.af)->DeregisterSapComplete(NDIS_STATUS_SUCCESS, sap.handle);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmDeregisterSap(NDIS_HANDLE CallMgrSapContext)
{
    struct manager_sap *sap = CallMgrSapContext;

    NdisAcquireSpinLock(&of_af(sap->af)->lock);
    if (sap->af->sap == sap) {
        while (sap->af->offering) {
            await_change(of_af(sap->af), "a call that is being offered on the SAP (SAP-17)");
        }
        sap->af->sap = NULL;
    }
    NdisReleaseSpinLock(&of_af(sap->af)->lock);
    if (pick(2) == 1 && queue_work(of_af(sap->af), deregister_sap, sap)) {
        return NDIS_STATUS_PENDING;
    }
    driver_did(FREE_CALL_MGR_SAP_CONTEXT, sap->handle, NDIS_STATUS_SUCCESS);
    free_memory(sap);
    return NDIS_STATUS_SUCCESS;
}

/* Parties. */

static void add_party(void *context)
{
    struct manager_party *party = context;

    functions_of(party->af)->AddPartyComplete(NDIS_STATUS_SUCCESS, party->handle, party, NULL);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmAddParty(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                                     NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext)
{
    enum { AT_ONCE, BY_WORK_ITEM, REFUSE, WAYS };
    struct manager_vc *vc = CallMgrVcContext;
    struct manager_party *party = new_memory(of_vc(vc)->handle, sizeof *party);
    int way = party == NULL ? REFUSE : pick(WAYS);

    (void)CallParameters;
    if (way == REFUSE) {
        driver_did(FREE_CALL_MGR_PARTY_CONTEXT, NdisPartyHandle, NDIS_STATUS_SUCCESS); /* PTY-09 */
        free_memory(party);
        return NDIS_STATUS_FAILURE;
    }
    party->af = vc->af;
    party->handle = NdisPartyHandle;
    *CallMgrPartyContext = party;
    if (way == BY_WORK_ITEM && queue_work(of_vc(vc), add_party, party)) {
        return NDIS_STATUS_PENDING;
    }
    return NDIS_STATUS_SUCCESS;
}

static void drop_party(void *context)
{
    struct manager_party party = *(struct manager_party *)context;

    driver_did(FREE_CALL_MGR_PARTY_CONTEXT, party.handle, NDIS_STATUS_SUCCESS);
    free_memory(context);
    functions_of(party.af)->DropPartyComplete(NDIS_STATUS_SUCCESS, party.handle);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmDropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size)
{
    struct manager_party *party = CallMgrPartyContext;

    (void)CloseData;
    (void)Size;
    if (pick(2) == 1 && queue_work(of_af(party->af), drop_party, party)) {
        return NDIS_STATUS_PENDING;
    }
    driver_did(FREE_CALL_MGR_PARTY_CONTEXT, party->handle, NDIS_STATUS_SUCCESS);
    free_memory(party);
    return NDIS_STATUS_SUCCESS;
}

/* The binding, or the adapter. */

static void free_binding(struct manager_binding *b)
{
    driver_did(FREE_BINDING_CONTEXT, b->handle, NDIS_STATUS_SUCCESS);
    free_memory(b);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                        NDIS_HANDLE BindContext,
                                        PNDIS_BIND_PARAMETERS BindParameters)
{
    struct manager_driver *driver = ProtocolDriverContext;
    struct manager_binding *b = new_memory(driver->driver.handle, sizeof *b);
    NDIS_STATUS status;

    (void)BindParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = driver;
    status = NdisOpenAdapterEx(driver->driver.handle, b, NULL, BindContext, &b->handle);
    if (status == NDIS_STATUS_PENDING) {
        WAIT_WHILE(of_binding(b), !b->adapter_opened,
                   "ProtocolOpenAdapterCompleteEx of the call manager (BND-18)");
    } else {
        driver_did(OPEN_ADAPTER_OWN, BindContext, status);
    }
    driver_did(FREE_OPEN_PARAMETERS, BindContext, NDIS_STATUS_SUCCESS);
    (void)b->driver->functions->RegisterAddressFamilyEx(b->handle, NULL); /* REG-11 */
    return NDIS_STATUS_SUCCESS;
}

/* The examples' adapters always open. */
_Use_decl_annotations_
static void ManagerOpenAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status)
{
    struct manager_binding *b = ProtocolBindingContext;

    (void)Status;
    CHANGE(of_binding(b), b->adapter_opened = 1);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerNetPnPEvent(NDIS_HANDLE ProtocolBindingContext,
                                      PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    (void)ProtocolBindingContext;
    (void)NetPnPEventNotification;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static NDIS_STATUS ManagerUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                          NDIS_HANDLE ProtocolBindingContext)
{
    struct manager_binding *b = ProtocolBindingContext;
    int deferred = pick(2) == 1;
    NDIS_STATUS status;

    close_all(b);
    CHANGE(of_binding(b), b->unbind_context = UnbindContext; b->deferred = deferred ? 1 : 0);
    status = NdisCloseAdapterEx(b->handle);
    if (status == NDIS_STATUS_PENDING && deferred) {
        return NDIS_STATUS_PENDING; /* the context may be gone already */
    }
    if (status == NDIS_STATUS_PENDING) {
        WAIT_WHILE(of_binding(b), !b->adapter_closed,
                   "ProtocolCloseAdapterCompleteEx of the call manager (CAD-04)");
    }
    free_binding(b);
    return NDIS_STATUS_SUCCESS;
}

/* As the client's. */
_Use_decl_annotations_
static void ManagerCloseAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext)
{
    struct manager_binding *b = ProtocolBindingContext;
    NDIS_HANDLE unbind_context;

    NdisAcquireSpinLock(&of_binding(b)->lock);
    if (b->deferred) {
        unbind_context = b->unbind_context;
        NdisReleaseSpinLock(&of_binding(b)->lock);
        free_binding(b);
        NdisCompleteUnbindAdapterEx(unbind_context);
    } else {
        b->adapter_closed = 1;
        tell_change(of_binding(b));
        NdisReleaseSpinLock(&of_binding(b)->lock);
    }
}

_Use_decl_annotations_
static NDIS_STATUS ManagerInitializeEx(NDIS_HANDLE NdisMiniportHandle,
                                       NDIS_HANDLE MiniportDriverContext,
                                       PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    struct manager_driver *driver = MiniportDriverContext;
    struct manager_binding *b = new_memory(NdisMiniportHandle, sizeof *b);
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {b};

    (void)InitParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = driver;
    b->handle = NdisMiniportHandle;
    (void)NdisMSetMiniportAttributes(NdisMiniportHandle, &attributes);
    (void)b->driver->functions->RegisterAddressFamilyEx(b->handle, NULL); /* REG-11 */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static void ManagerHaltEx(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    struct manager_binding *b = MiniportAdapterContext;

    (void)HaltAction;
    close_all(b);
    free_binding(b);
}

/* The driver. */

/* It sends nothing and makes no request on its binding, and offers no AF to itself (REG-06). */
_Use_decl_annotations_
static void ManagerOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                      PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    (void)ProtocolBindingContext;
    (void)OidRequest;
    (void)Status;
}

_Use_decl_annotations_
static void ManagerReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                         PNET_BUFFER_LIST NetBufferLists,
                                         NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                         ULONG ReceiveFlags)
{
    const struct manager_binding *b = ProtocolBindingContext;

    (void)PortNumber;
    (void)NumberOfNetBufferLists;
    (void)ReceiveFlags;
    NdisReturnNetBufferLists(b->handle, NetBufferLists, 0); /* PNP-05 */
}

_Use_decl_annotations_
static void ManagerStatusEx(NDIS_HANDLE ProtocolBindingContext,
                            PNDIS_STATUS_INDICATION StatusIndication)
{
    (void)ProtocolBindingContext;
    (void)StatusIndication;
}

_Use_decl_annotations_
static void ManagerCoStatusEx(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
                              PNDIS_STATUS_INDICATION StatusIndication)
{
    (void)ProtocolBindingContext;
    (void)ProtocolVcContext;
    (void)StatusIndication;
}

_Use_decl_annotations_
static void ManagerCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                      PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)ProtocolBindingContext;
    (void)AddressFamily;
}

_Use_decl_annotations_
static void ManagerCoSendNetBufferListsComplete(NDIS_HANDLE ProtocolVcContext,
                                                PNET_BUFFER_LIST NetBufferLists,
                                                ULONG SendCompleteFlags)
{
    (void)ProtocolVcContext;
    (void)NetBufferLists;
    (void)SendCompleteFlags;
}

/* The handlers of a call manager, stand-alone or MCM (REG-08, REG-10). */
static NDIS_STATUS set_call_manager_handlers(NDIS_HANDLE driver)
{
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS manager = {
        .Header = {NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
                   NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1, sizeof manager},
        .CmCreateVcHandler = ManagerCoCreateVc,
        .CmDeleteVcHandler = ManagerCoDeleteVc,
        .CmOpenAfHandler = ManagerCmOpenAf,
        .CmCloseAfHandler = ManagerCmCloseAf,
        .CmRegisterSapHandler = ManagerCmRegisterSap,
        .CmDeregisterSapHandler = ManagerCmDeregisterSap,
        .CmMakeCallHandler = ManagerCmMakeCall,
        .CmCloseCallHandler = ManagerCmCloseCall,
        .CmIncomingCallCompleteHandler = ManagerCmIncomingCallComplete,
        .CmAddPartyHandler = ManagerCmAddParty,
        .CmDropPartyHandler = ManagerCmDropParty,
        .CmDeactivateVcCompleteHandler = ManagerCmDeactivateVcComplete,
        .CmOidRequestHandler = ManagerCoOidRequest,
        .CmOidRequestCompleteHandler = ManagerCoOidRequestComplete,
        .CmNotifyCloseAfCompleteHandler = ManagerCmNotifyCloseAfComplete,
    };

    return NdisSetOptionalHandlers(driver, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&manager);
}

/* Besides those that any connection-oriented driver has (REG-15). */
_Use_decl_annotations_
static NDIS_STATUS ManagerSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS co = {
        .Header = {NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS,
                   NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1, sizeof co},
        .CoStatusHandlerEx = ManagerCoStatusEx,
        .CoAfRegisterNotifyHandler = ManagerCoAfRegisterNotify,
        .CoSendNetBufferListsCompleteHandler = ManagerCoSendNetBufferListsComplete,
    };
    NDIS_STATUS status;

    (void)DriverContext;
    status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    return status != NDIS_STATUS_SUCCESS ? status : set_call_manager_handlers(NdisDriverHandle);
}

/* As the client's, but that nothing fails behind the registration. */
_Use_decl_annotations_
static void ManagerUnload(PDRIVER_OBJECT DriverObject)
{
    struct driver *driver = driver_of_object(DriverObject);

    NdisDeregisterProtocolDriver(driver->handle);
    end_driver(driver);
}

static struct manager_driver *new_manager(PDRIVER_OBJECT object,
                                          const struct call_manager_functions *functions)
{
    struct manager_driver *driver = new_driver(object, sizeof *driver);

    if (driver != NULL) {
        driver->functions = functions;
    }
    return driver;
}

_Use_decl_annotations_
NTSTATUS CallManagerDriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol = {
        .Header = {NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
                   NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1, sizeof protocol},
        .SetOptionsHandler = ManagerSetOptions,
        .BindAdapterHandlerEx = ManagerBindAdapterEx,
        .UnbindAdapterHandlerEx = ManagerUnbindAdapterEx,
        .OpenAdapterCompleteHandlerEx = ManagerOpenAdapterCompleteEx,
        .CloseAdapterCompleteHandlerEx = ManagerCloseAdapterCompleteEx,
        .NetPnPEventHandler = ManagerNetPnPEvent,
        .OidRequestCompleteHandler = ManagerOidRequestComplete,
        .StatusHandlerEx = ManagerStatusEx,
        .ReceiveNetBufferListsHandler = ManagerReceiveNetBufferLists,
    };
    struct manager_driver *driver = new_manager(DriverObject, &stand_alone_functions);
    NTSTATUS status;

    (void)RegistryPath;
    if (driver == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    DriverObject->DriverUnload = ManagerUnload;
    status = NdisRegisterProtocolDriver(driver, &protocol, &driver->driver.handle);
    if (status != NDIS_STATUS_SUCCESS) {
        end_driver(&driver->driver);
    }
    return status;
}

/* The driver of an MCM. */

/* Not the one of the call manager, which gets another context (REG-13). */
_Use_decl_annotations_
static NDIS_STATUS McmCoOidRequest(NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE MiniportVcContext,
                                   PNDIS_OID_REQUEST OidRequest)
{
    (void)MiniportAdapterContext;
    (void)MiniportVcContext;
    (void)OidRequest;
    return NDIS_STATUS_NOT_SUPPORTED; /* a placeholder (REG-09) */
}

_Use_decl_annotations_
static NDIS_STATUS McmSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    NDIS_MINIPORT_CO_CHARACTERISTICS co = {
        .Header = {NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
                   NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1, sizeof co},
        .CoOidRequestHandler = McmCoOidRequest,
    };
    NDIS_STATUS status;

    (void)DriverContext;
    status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    return status != NDIS_STATUS_SUCCESS ? status : set_call_manager_handlers(NdisDriverHandle);
}

/* Its adapter has been halted. */
_Use_decl_annotations_
static void McmUnload(PDRIVER_OBJECT DriverObject)
{
    struct driver *driver = driver_of_object(DriverObject);

    NdisMDeregisterMiniportDriver(driver->handle);
    end_driver(driver);
}

_Use_decl_annotations_
NTSTATUS McmDriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport = {
        .Header = {NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                   NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1, sizeof miniport},
        .SetOptionsHandler = McmSetOptions,
        .InitializeHandlerEx = ManagerInitializeEx,
        .HaltHandlerEx = ManagerHaltEx,
        .UnloadHandler = McmUnload,
    };
    struct manager_driver *driver = new_manager(DriverObject, &miniport_functions);
    NTSTATUS status;

    if (driver == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, driver, &miniport,
                                         &driver->driver.handle);
    if (status != NDIS_STATUS_SUCCESS) {
        end_driver(&driver->driver);
    }
    return status;
}
