/* client.c - a client: opens each AF it is offered, uses it, and gives it back.
 *
 * An AF is closed by whoever claims it first: the notification handler, the unbind
 * handler or the client by itself (AF-CL-28, AMB-16). It is freed by whoever comes last
 * of the close, its completion and the notification. The spin lock of the driver is never held
 * across a call of NDIS (THR-07).
 *
 * What pends is waited for on a thread at PASSIVE_LEVEL, never in a callback that NDIS may
 * make at DISPATCH_LEVEL. Behind PENDING a VC that the call manager has made is not touched:
 * it may be gone. */
#include "client.h"

#include "common.h"

#include <stddef.h>

enum notification_state { NOT_NOTIFIED, UNANSWERED, ANSWERING, ANSWERED };
enum sap_state { NO_SAP, SAP_IS_BUSY, SAP_IS_THERE };
enum vc_state { VC_IS_IDLE, VC_IS_CALLING, VC_HAS_CALL, VC_IS_CLOSING };

struct client_binding {
    struct driver *driver;
    NDIS_HANDLE handle;
    NDIS_HANDLE unbind_context;
    struct client_af *afs;
    struct _NDIS_OID_REQUEST request; /* to the miniport */
    unsigned requests;
    uint8_t adapter_opened; /* ProtocolOpenAdapterCompleteEx was called */
    uint8_t completes_bind; /* and completes the bind (BND-20) */
    uint8_t opens;          /* an open of an AF is under way: one at a time (AF-OP-08) */
    uint8_t deferred;       /* the adapter close completes the unbind (SEQ-14) */
    uint8_t adapter_closed; /* ProtocolCloseAdapterCompleteEx was called (SEQ-15) */
};

struct client_vc {
    struct client_vc *next;
    struct client_af *af;
    NDIS_HANDLE handle, party, second_party;
    enum vc_state state;
    unsigned sends;
    uint8_t is_own;       /* the client has created it */
    uint8_t party_busy;   /* an addition or a drop is under way */
    uint8_t has_second_party;
};

struct client_af {
    struct client_af *next;
    struct client_binding *binding;
    struct work *close_work; /* there is one for the close, which cannot be refused */
    NDIS_HANDLE handle, sap;
    struct client_vc *vcs;
    struct _NDIS_OID_REQUEST request; /* to the call manager */
    PNDIS_OID_REQUEST held;           /* the call manager's, which the client has pended */
    unsigned requests;
    enum notification_state notification;
    enum sap_state sap_state;
    uint8_t busy;          /* the open or what follows it is under way */
    uint8_t claimed;       /* somebody has taken it on him to close */
    uint8_t in_close_call; /* a thread is in NdisClCloseAddressFamily */
    uint8_t in_handler;    /* a thread is in ProtocolClNotifyCloseAf */
    uint8_t closed;
    uint8_t freeing;
};

static DRIVER_UNLOAD ClientUnload;
static PROTOCOL_SET_OPTIONS ClientSetOptions;
static PROTOCOL_UNINSTALL ClientUninstall;
static PROTOCOL_BIND_ADAPTER_EX ClientBindAdapterEx;
static PROTOCOL_UNBIND_ADAPTER_EX ClientUnbindAdapterEx;
static PROTOCOL_OPEN_ADAPTER_COMPLETE_EX ClientOpenAdapterCompleteEx;
static PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ClientCloseAdapterCompleteEx;
static PROTOCOL_NET_PNP_EVENT ClientNetPnPEvent;
static PROTOCOL_OID_REQUEST_COMPLETE ClientOidRequestComplete;
static PROTOCOL_RECEIVE_NET_BUFFER_LISTS ClientReceiveNetBufferLists;
static PROTOCOL_STATUS_EX ClientStatusEx;
static PROTOCOL_CO_STATUS_EX ClientCoStatusEx;
static PROTOCOL_CO_AF_REGISTER_NOTIFY ClientCoAfRegisterNotify;
static PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE ClientCoSendNetBufferListsComplete;
static PROTOCOL_CO_CREATE_VC ClientCoCreateVc;
static PROTOCOL_CO_DELETE_VC ClientCoDeleteVc;
static PROTOCOL_CO_OID_REQUEST ClientCoOidRequest;
static PROTOCOL_CO_OID_REQUEST_COMPLETE ClientCoOidRequestComplete;
static PROTOCOL_CL_OPEN_AF_COMPLETE_EX ClientClOpenAfCompleteEx;
static PROTOCOL_CL_CLOSE_AF_COMPLETE ClientClCloseAfComplete;
static PROTOCOL_CL_NOTIFY_CLOSE_AF ClientClNotifyCloseAf;
static PROTOCOL_CL_REGISTER_SAP_COMPLETE ClientClRegisterSapComplete;
static PROTOCOL_CL_DEREGISTER_SAP_COMPLETE ClientClDeregisterSapComplete;
static PROTOCOL_CL_MAKE_CALL_COMPLETE ClientClMakeCallComplete;
static PROTOCOL_CL_CLOSE_CALL_COMPLETE ClientClCloseCallComplete;
static PROTOCOL_CL_INCOMING_CALL ClientClIncomingCall;
static PROTOCOL_CL_INCOMING_CLOSE_CALL ClientClIncomingCloseCall;
static PROTOCOL_CL_ADD_PARTY_COMPLETE ClientClAddPartyComplete;
static PROTOCOL_CL_DROP_PARTY_COMPLETE ClientClDropPartyComplete;
static PROTOCOL_CL_INCOMING_DROP_PARTY ClientClIncomingDropParty;

static struct driver *of_af(const struct client_af *af)
{
    return af->binding->driver;
}

static struct driver *of_vc(const struct client_vc *vc)
{
    return of_af(vc->af);
}

/* Takes the AF out of the list and frees it. The lock is held, and released. */
static void release(struct client_af *af)
{
    struct client_af **link = &af->binding->afs;

    while (*link != af) {
        link = &(*link)->next;
    }
    *link = af->next;
    tell_change(of_af(af));
    NdisReleaseSpinLock(&of_af(af)->lock);
    free_work(af->close_work);
    free_memory(af);
}

/* Answers a notification that waits for the close (NTF-23), and frees the context when
 * nothing hangs on it any more (AF-CL-09, AMB-09). The lock is held, and released; the
 * AF may be gone afterwards. */
static void settle(struct client_af *af)
{
    if (af->closed && !af->in_handler && af->notification == UNANSWERED) {
        af->notification = ANSWERING;
        NdisReleaseSpinLock(&of_af(af)->lock);
        NdisClNotifyCloseAddressFamilyComplete(af->handle, NDIS_STATUS_SUCCESS);
        NdisAcquireSpinLock(&of_af(af)->lock);
        af->notification = ANSWERED;
    }
    if (af->closed && !af->in_handler && !af->in_close_call && !af->freeing &&
        (af->notification == NOT_NOTIFIED || af->notification == ANSWERED)) {
        af->freeing = 1;
        NdisReleaseSpinLock(&of_af(af)->lock);
        driver_did(FREE_CLIENT_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS);
        NdisAcquireSpinLock(&of_af(af)->lock);
        release(af);
    } else {
        NdisReleaseSpinLock(&of_af(af)->lock);
    }
}

/* SAPs. */

static void register_sap(struct client_af *af)
{
    NDIS_STATUS status;

    CHANGE(of_af(af), af->sap_state = SAP_IS_BUSY);
    status = NdisClRegisterSap(af->handle, af, NULL, &af->sap);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(SAP_REGISTER_OWN, af->sap, status);
        ClientClRegisterSapComplete(status, af, NULL, af->sap);
    }
    WAIT_WHILE(of_af(af), af->sap_state == SAP_IS_BUSY, "a SAP to be registered (SAP-04)");
}

_Use_decl_annotations_
static void ClientClRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext,
                                        PCO_SAP Sap, NDIS_HANDLE NdisSapHandle)
{
    struct client_af *af = ProtocolSapContext;

    (void)Sap;
    if (Status != NDIS_STATUS_SUCCESS) {
        driver_did(FREE_SAP_CONTEXT, NdisSapHandle, NDIS_STATUS_SUCCESS);
    }
    CHANGE(of_af(af), af->sap_state = Status == NDIS_STATUS_SUCCESS ? SAP_IS_THERE : NO_SAP);
}

static void deregister_sap(struct client_af *af)
{
    NDIS_STATUS status;

    CHANGE(of_af(af), af->sap_state = SAP_IS_BUSY);
    status = NdisClDeregisterSap(af->sap);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(SAP_DEREGISTER_OWN, af->sap, status);
        ClientClDeregisterSapComplete(status, af);
    }
    WAIT_WHILE(of_af(af), af->sap_state == SAP_IS_BUSY, "a SAP to be deregistered (SAP-11)");
}

_Use_decl_annotations_
static void ClientClDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext)
{
    struct client_af *af = ProtocolSapContext;

    (void)Status;
    driver_did(FREE_SAP_CONTEXT, af->sap, NDIS_STATUS_SUCCESS);
    CHANGE(of_af(af), af->sap_state = NO_SAP);
}

/* VCs and calls. */

static struct client_vc *new_vc(struct client_af *af)
{
    struct client_vc *vc = new_memory(of_af(af)->handle, sizeof *vc);

    if (vc != NULL) {
        vc->af = af;
    }
    return vc;
}

/* The lock is held. */
static void unlink_vc(struct client_vc *vc)
{
    struct client_vc **link = &vc->af->vcs;

    while (*link != vc) {
        link = &(*link)->next;
    }
    *link = vc->next;
    tell_change(of_vc(vc));
}

static struct client_vc *create_vc(struct client_af *af)
{
    struct client_vc *vc = new_vc(af);

    if (vc == NULL) {
        return NULL;
    }
    vc->is_own = 1;
    vc->state = VC_IS_CALLING;
    if (NdisCoCreateVc(af->binding->handle, af->handle, vc, &vc->handle) != NDIS_STATUS_SUCCESS) {
        driver_did(FREE_CLIENT_VC_CONTEXT, vc->handle, NDIS_STATUS_SUCCESS);
        free_memory(vc);
        return NULL;
    }
    CHANGE(of_af(af), vc->next = af->vcs; af->vcs = vc);
    return vc;
}

static void make_call(struct client_vc *vc)
{
    NDIS_STATUS status = NdisClMakeCall(vc->handle, NULL, vc, &vc->party);

    if (status != NDIS_STATUS_PENDING) {
        driver_did(VC_MAKE_CALL_OWN, vc->handle, status);
        ClientClMakeCallComplete(status, vc, vc->party, NULL);
    }
    WAIT_WHILE(of_vc(vc), vc->state == VC_IS_CALLING, "a call to be made (CALL-04)");
}

_Use_decl_annotations_
static void ClientClMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                                     NDIS_HANDLE NdisPartyHandle,
                                     PCO_CALL_PARAMETERS CallParameters)
{
    struct client_vc *vc = ProtocolVcContext;

    (void)NdisPartyHandle;
    (void)CallParameters;
    driver_did(FREE_CALL_PARAMETERS, vc->handle, NDIS_STATUS_SUCCESS); /* CALL-03 */
    CHANGE(of_vc(vc), vc->state = Status == NDIS_STATUS_SUCCESS ? VC_HAS_CALL : VC_IS_IDLE);
}

static void add_party(struct client_vc *vc)
{
    NDIS_STATUS status;

    CHANGE(of_vc(vc), vc->party_busy = 1);
    status = NdisClAddParty(vc->handle, vc, NULL, &vc->second_party);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(PARTY_ADD_OWN, vc->second_party, status);
        ClientClAddPartyComplete(status, vc, vc->second_party, NULL);
    }
    WAIT_WHILE(of_vc(vc), vc->party_busy, "a party to be added (PTY-13)");
}

_Use_decl_annotations_
static void ClientClAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext,
                                     NDIS_HANDLE NdisPartyHandle,
                                     PCO_CALL_PARAMETERS CallParameters)
{
    struct client_vc *vc = ProtocolPartyContext;

    (void)CallParameters;
    if (Status != NDIS_STATUS_SUCCESS) {
        driver_did(FREE_CLIENT_PARTY_CONTEXT, NdisPartyHandle, NDIS_STATUS_SUCCESS);
    }
    CHANGE(of_vc(vc), vc->has_second_party = Status == NDIS_STATUS_SUCCESS ? 1 : 0;
           vc->party_busy = 0);
}

static void drop_party(struct client_vc *vc)
{
    NDIS_STATUS status;

    CHANGE(of_vc(vc), vc->party_busy = 1);
    status = NdisClDropParty(vc->second_party, NULL, 0);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(PARTY_DROP_OWN, vc->second_party, status);
        ClientClDropPartyComplete(status, vc);
    }
    WAIT_WHILE(of_vc(vc), vc->party_busy, "a party to be dropped (PTY-06)");
}

_Use_decl_annotations_
static void ClientClDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext)
{
    struct client_vc *vc = ProtocolPartyContext;

    (void)Status;
    driver_did(FREE_CLIENT_PARTY_CONTEXT, vc->second_party, NDIS_STATUS_SUCCESS);
    CHANGE(of_vc(vc), vc->has_second_party = 0; vc->party_busy = 0);
}

/* It is dropped before the call is closed in any case (PTY-10). */
_Use_decl_annotations_
static void ClientClIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE ProtocolPartyContext,
                                      PVOID CloseData, UINT Size)
{
    (void)DropStatus;
    (void)ProtocolPartyContext;
    (void)CloseData;
    (void)Size;
}

static void send_on(struct client_vc *vc)
{
    CHANGE(of_vc(vc), vc->sends++);
    NdisCoSendNetBufferLists(vc->handle, NULL, 0);
}

_Use_decl_annotations_
static void ClientCoSendNetBufferListsComplete(NDIS_HANDLE ProtocolVcContext,
                                               PNET_BUFFER_LIST NetBufferLists,
                                               ULONG SendCompleteFlags)
{
    struct client_vc *vc = ProtocolVcContext;

    (void)NetBufferLists;
    (void)SendCompleteFlags;
    CHANGE(of_vc(vc), vc->sends--);
}

/* One attempt: after a failure the call is there as before (CALL-25). */
static void close_call(struct client_vc *vc)
{
    NDIS_STATUS status;

    if (vc->has_second_party) { /* CALL-12 */
        drop_party(vc);
    }
    status = NdisClCloseCall(vc->handle, vc->party, NULL, 0);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(VC_CLOSE_CALL_OWN, vc->handle, status);
        ClientClCloseCallComplete(status, vc, vc);
    }
}

_Use_decl_annotations_
static void ClientClCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                                      NDIS_HANDLE ProtocolPartyContext)
{
    struct client_vc *vc = ProtocolVcContext;

    (void)ProtocolPartyContext;
    CHANGE(of_vc(vc), vc->state = Status == NDIS_STATUS_SUCCESS ? VC_IS_IDLE : VC_HAS_CALL);
}

static void delete_vc(struct client_vc *vc)
{
    (void)NdisCoDeleteVc(vc->handle); /* the call manager lets go of it */
    driver_did(FREE_CLIENT_VC_CONTEXT, vc->handle, NDIS_STATUS_SUCCESS);
    free_memory(vc);
}

/* A call that can be closed, or a VC of the client's that has none. The lock is held. */
static struct client_vc *vc_to_end(const struct client_af *af)
{
    for (struct client_vc *vc = af->vcs; vc != NULL; vc = vc->next) {
        if ((vc->state == VC_HAS_CALL && vc->sends == 0) || (vc->state == VC_IS_IDLE && vc->is_own)) {
            return vc;
        }
    }
    return NULL;
}

/* Until no VC is left; the call manager deletes its own (VC-07). */
static void end_calls(struct client_af *af)
{
    struct client_vc *vc;

    NdisAcquireSpinLock(&of_af(af)->lock);
    while (af->vcs != NULL) {
        vc = vc_to_end(af);
        if (vc == NULL) {
            await_change(of_af(af), "a client's calls to end (AF-CL-11)");
        } else if (vc->state == VC_HAS_CALL) {
            vc->state = VC_IS_CLOSING;
            NdisReleaseSpinLock(&of_af(af)->lock);
            close_call(vc);
            NdisAcquireSpinLock(&of_af(af)->lock);
        } else {
            unlink_vc(vc);
            NdisReleaseSpinLock(&of_af(af)->lock);
            delete_vc(vc);
            NdisAcquireSpinLock(&of_af(af)->lock);
        }
    }
    NdisReleaseSpinLock(&of_af(af)->lock);
}

/* Calls that come in. */

/* No new VC when the AF is about to close (AMB-23). */
_Use_decl_annotations_
static NDIS_STATUS ClientCoCreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle,
                                    PNDIS_HANDLE ProtocolVcContext)
{
    struct client_af *af = ProtocolAfContext;
    struct client_vc *vc = pick(8) == 1 ? NULL : new_vc(af);
    int agrees;

    NdisAcquireSpinLock(&of_af(af)->lock);
    agrees = vc != NULL && !af->claimed;
    if (agrees) {
        vc->handle = NdisVcHandle;
        vc->next = af->vcs;
        af->vcs = vc;
    }
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (!agrees) {
        driver_did(FREE_CLIENT_VC_CONTEXT, NdisVcHandle, NDIS_STATUS_SUCCESS);
        free_memory(vc);
        return NDIS_STATUS_RESOURCES;
    }
    *ProtocolVcContext = vc;
    return NDIS_STATUS_SUCCESS;
}

static void answer_call(void *context)
{
    struct client_vc *vc = context;

    if (pick(4) == 1) {
        CHANGE(of_vc(vc), vc->state = VC_IS_IDLE);
        NdisClIncomingCallComplete(NDIS_STATUS_FAILURE, vc->handle, NULL); /* and it may be gone */
    } else {
        NdisClIncomingCallComplete(NDIS_STATUS_SUCCESS, vc->handle, NULL);
        CHANGE(of_vc(vc), vc->state = VC_HAS_CALL);
    }
}

/* Rejects at once, or thinks about it. It does not accept at once: when the call may be closed,
 * nothing would tell it. */
_Use_decl_annotations_
static NDIS_STATUS ClientClIncomingCall(NDIS_HANDLE ProtocolSapContext, NDIS_HANDLE ProtocolVcContext,
                                        PCO_CALL_PARAMETERS CallParameters)
{
    struct client_vc *vc = ProtocolVcContext;

    (void)ProtocolSapContext;
    (void)CallParameters;
    if (pick(4) == 1) {
        return NDIS_STATUS_FAILURE;
    }
    CHANGE(of_vc(vc), vc->state = VC_IS_CALLING);
    if (!queue_work(of_vc(vc), answer_call, vc)) {
        CHANGE(of_vc(vc), vc->state = VC_IS_IDLE);
        return NDIS_STATUS_RESOURCES;
    }
    return NDIS_STATUS_PENDING;
}

/* The close of the call is left to whoever closes the AF, which comes in any case (CALL-20). */
_Use_decl_annotations_
static void ClientClIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE ProtocolVcContext,
                                      PVOID CloseData, UINT Size)
{
    (void)CloseStatus;
    (void)ProtocolVcContext;
    (void)CloseData;
    (void)Size;
}

_Use_decl_annotations_
static NDIS_STATUS ClientCoDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    struct client_vc *vc = ProtocolVcContext;
    NDIS_HANDLE handle = vc->handle;

    driver_did(FREE_CLIENT_VC_CONTEXT, handle, NDIS_STATUS_SUCCESS);
    NdisAcquireSpinLock(&of_vc(vc)->lock);
    unlink_vc(vc);
    NdisReleaseSpinLock(&of_vc(vc)->lock);
    free_memory(vc);
    return NDIS_STATUS_SUCCESS;
}

/* OID requests. */

static void ask_call_manager(struct client_af *af)
{
    NDIS_STATUS status;

    CHANGE(of_af(af), af->requests++);
    status = NdisCoOidRequest(af->binding->handle, af->handle, NULL, NULL, &af->request);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(REQUEST_BY_CLIENT_OWN, &af->request, status);
        ClientCoOidRequestComplete(af, NULL, NULL, &af->request, status);
    }
}

/* By either function, and waits for the end: behind NdisUnbindAdapter, on another thread, the
 * handle would be of no use (UNB-20). */
static void ask_miniport(struct client_binding *b)
{
    NDIS_STATUS status;

    CHANGE(b->driver, b->requests = 2);
    (void)NdisOidRequest(b->handle, NULL);
    status = NdisCoOidRequest(b->handle, NULL, NULL, NULL, &b->request);
    if (status != NDIS_STATUS_PENDING) {
        driver_did(REQUEST_TO_MINIPORT_OWN, b->handle, status);
        ClientCoOidRequestComplete(NULL, NULL, NULL, &b->request, status);
    }
    WAIT_WHILE(b->driver, b->requests > 0, "a client's request to the miniport to end (OID-05)");
}

/* A request to the miniport comes back without a context of an AF: the request stands in its
 * binding. */
static struct client_binding *binding_of_request(PNDIS_OID_REQUEST request)
{
    return (struct client_binding *)(void *)((char *)request -
                                             offsetof(struct client_binding, request));
}

_Use_decl_annotations_
static void ClientCoOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
                                       NDIS_HANDLE ProtocolVcContext,
                                       NDIS_HANDLE ProtocolPartyContext,
                                       PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    struct client_af *af = ProtocolAfContext;
    struct client_binding *b;

    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    (void)Status;
    if (af == NULL) {
        b = binding_of_request(OidRequest);
        driver_did(FREE_REQUEST_TO_MINIPORT, b->handle, NDIS_STATUS_SUCCESS);
        CHANGE(b->driver, b->requests--);
    } else {
        driver_did(FREE_REQUEST_BY_CLIENT, OidRequest, NDIS_STATUS_SUCCESS);
        CHANGE(of_af(af), af->requests--);
    }
}

static void complete_held_request(void *context)
{
    struct client_af *af = context;

    NdisCoOidRequestComplete(af->handle, NULL, NULL, af->held, NDIS_STATUS_SUCCESS);
    CHANGE(of_af(af), af->held = NULL);
}

/* Nothing is pended any more when the AF is about to close (OID-07). */
_Use_decl_annotations_
static NDIS_STATUS ClientCoOidRequest(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                                      NDIS_HANDLE ProtocolPartyContext, PNDIS_OID_REQUEST OidRequest)
{
    struct client_af *af = ProtocolAfContext;
    int pends = pick(2) == 1;

    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    NdisAcquireSpinLock(&of_af(af)->lock);
    pends = pends && !af->claimed && af->held == NULL;
    if (pends) {
        af->held = OidRequest;
    }
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (!pends) {
        return pick(2) == 1 ? NDIS_STATUS_NOT_SUPPORTED : NDIS_STATUS_SUCCESS;
    }
    if (!queue_work(of_af(af), complete_held_request, af)) {
        CHANGE(of_af(af), af->held = NULL);
        return NDIS_STATUS_RESOURCES;
    }
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
static void ClientOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                     PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    struct client_binding *b = ProtocolBindingContext;

    (void)OidRequest;
    (void)Status;
    CHANGE(b->driver, b->requests--);
}

/* The close. */

/* Nothing is under way, or held, that the close would have to wait for. The lock is held. */
static int is_idle(const struct client_af *af)
{
    return !af->busy && af->requests == 0 && af->held == NULL;
}

/* Closes an AF that the caller has claimed: calls and SAPs first (AF-CL-11), again after
 * a refusal (AF-CL-26). May wait, hence not in a notification, save when there is nothing to
 * wait for. The AF may be gone afterwards. */
static void give_up_objects(struct client_af *af)
{
    WAIT_WHILE(of_af(af), !is_idle(af), "a client's open or requests to end (AF-CL-15)");
    end_calls(af);
    if (af->sap_state == SAP_IS_THERE) {
        deregister_sap(af);
    }
}

static void close_af(struct client_af *af)
{
    NDIS_STATUS status;

    CHANGE(of_af(af), af->in_close_call = 1);
    do {
        status = NdisClCloseAddressFamily(af->handle);
        if (status != NDIS_STATUS_PENDING) {
            driver_did(OWN_CLOSE_AF_COMPLETE, af->handle, status); /* AF-CL-04 */
            ClientClCloseAfComplete(status, af);
        }
    } while (status != NDIS_STATUS_PENDING && status != NDIS_STATUS_SUCCESS);
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->in_close_call = 0;
    settle(af);
}

/* A work item: waits at PASSIVE_LEVEL, and then may close at DISPATCH_LEVEL. */
static void close_af_work(void *context)
{
    struct client_af *af = context;
    KIRQL before;

    give_up_objects(af);
    KeRaiseIrql(pick(2) == 1 ? DISPATCH_LEVEL : PASSIVE_LEVEL, &before);
    close_af(af);
    KeLowerIrql(before);
}

/* By a work item, for who has claimed the AF. */
static void close_af_later(struct client_af *af)
{
    struct work *work = af->close_work;

    af->close_work = NULL;
    start_work(work, close_af_work, af);
}

/* The status decides, never the mere fact of the call (AMB-05): a refused AF is kept
 * (AF-CL-10). May run before the close call has returned (AF-CL-25). */
_Use_decl_annotations_
static void ClientClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext)
{
    struct client_af *af = ProtocolAfContext;

    if (Status == NDIS_STATUS_SUCCESS) {
        NdisAcquireSpinLock(&of_af(af)->lock);
        af->closed = 1;
        settle(af);
    }
}

/* Closes at once, or leaves it to a work item and pends. Never waits here (THR-02). */
_Use_decl_annotations_
static NDIS_STATUS ClientClNotifyCloseAf(NDIS_HANDLE ClientAfContext)
{
    struct client_af *af = ClientAfContext;
    NDIS_STATUS status = NDIS_STATUS_PENDING;
    int mine, idle;

    NdisAcquireSpinLock(&of_af(af)->lock);
    af->in_handler = 1;
    mine = !af->claimed;
    idle = is_idle(af) && af->vcs == NULL && af->sap_state == NO_SAP;
    af->claimed = 1;
    NdisReleaseSpinLock(&of_af(af)->lock);
    if (mine && idle && pick(2) == 0) {
        close_af(af);
    } else if (mine) {
        close_af_later(af);
    }
    NdisAcquireSpinLock(&of_af(af)->lock);
    af->in_handler = 0;
    if (af->closed) {
        af->notification = ANSWERED;
        status = NDIS_STATUS_SUCCESS;
    } else {
        af->notification = UNANSWERED;
    }
    settle(af);
    return status;
}

/* The open. */

/* What a client does with an open AF; a pending notification does not forbid it
 * (AF-CL-18). No close begins before the end, for the AF is busy. */
static void use_af(struct client_af *af)
{
    struct client_vc *vc = NULL;

    if (pick(2) == 1) {
        register_sap(af);
    }
    if (pick(4) == 1) {
        ask_call_manager(af);
    }
    if (pick(2) == 1) {
        vc = create_vc(af);
    }
    if (vc != NULL) {
        make_call(vc);
    }
    if (vc != NULL && vc->state == VC_HAS_CALL) {
        if (pick(2) == 1) {
            send_on(vc);
        }
        if (pick(2) == 1) {
            add_party(vc);
        }
    }
}

/* The open is over, on the thread of the call or in the completion. The context is in the
 * list before: a notification may come first. */
static void open_has_ended(struct client_af *af, NDIS_STATUS status)
{
    struct client_binding *b = af->binding;
    int close_now;

    CHANGE(b->driver, b->opens = 0);
    if (status != NDIS_STATUS_SUCCESS) {
        if (af->handle != NULL) {
            driver_did(FREE_CLIENT_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS); /* AF-OP-21 */
        }
        NdisAcquireSpinLock(&b->driver->lock);
        release(af);
        return;
    }
    use_af(af);
    close_now = pick(8) == 1;
    NdisAcquireSpinLock(&b->driver->lock);
    close_now = close_now && !af->claimed;
    if (close_now) {
        af->claimed = 1;
    }
    af->busy = 0;
    tell_change(b->driver);
    NdisReleaseSpinLock(&b->driver->lock);
    if (close_now) {
        close_af_later(af);
    }
}

_Use_decl_annotations_
static void ClientClOpenAfCompleteEx(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisAfHandle,
                                     NDIS_STATUS Status)
{
    struct client_af *af = ProtocolAfContext;

    (void)NdisAfHandle; /* it stands in the context already */
    open_has_ended(af, Status);
}

/* Each offer is a new open with a context of its own (AF-OP-24, AMB-41). */
_Use_decl_annotations_
static void ClientCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                     PCO_ADDRESS_FAMILY AddressFamily)
{
    struct client_binding *b = ProtocolBindingContext;
    struct client_af *af = new_memory(b->handle, sizeof *af);
    NDIS_STATUS status;

    if (af != NULL) {
        af->close_work = new_work(b->driver);
    }
    if (af == NULL || af->close_work == NULL) {
        free_memory(af);
        return;
    }
    af->binding = b;
    af->busy = 1;
    NdisAcquireSpinLock(&b->driver->lock);
    while (b->opens) {
        await_change(b->driver, "another open of a client's to end (AF-OP-08)");
    }
    b->opens = 1;
    af->next = b->afs;
    b->afs = af;
    NdisReleaseSpinLock(&b->driver->lock);
    status = NdisClOpenAddressFamilyEx(b->handle, AddressFamily, af, &af->handle);
    if (status != NDIS_STATUS_PENDING) {
        if (af->handle != NULL) { /* else NDIS had no room, and nothing has begun */
            driver_did(OPEN_AF_OWN, af->handle, status); /* AF-OP-06 */
        }
        open_has_ended(af, status);
    }
}

/* The binding. */

static void free_binding(struct client_binding *b)
{
    driver_did(FREE_BINDING_CONTEXT, b->handle, NDIS_STATUS_SUCCESS);
    free_memory(b);
}

/* Opens the adapter; that may pend, and then the bind may too. */
_Use_decl_annotations_
static NDIS_STATUS ClientBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                       NDIS_HANDLE BindContext,
                                       PNDIS_BIND_PARAMETERS BindParameters)
{
    struct driver *driver = ProtocolDriverContext;
    struct client_binding *b = new_memory(driver->handle, sizeof *b);
    NDIS_STATUS status;
    int completes;

    (void)BindParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = driver;
    b->handle = BindContext;
    completes = pick(2) == 1;
    b->completes_bind = completes ? 1 : 0;
    status = NdisOpenAdapterEx(driver->handle, b, NULL, BindContext, &b->handle);
    if (status == NDIS_STATUS_PENDING && completes) {
        return NDIS_STATUS_PENDING;
    }
    if (status != NDIS_STATUS_PENDING) {
        driver_did(OPEN_ADAPTER_OWN, BindContext, status);
        driver_did(FREE_OPEN_PARAMETERS, BindContext, NDIS_STATUS_SUCCESS);
        if (status != NDIS_STATUS_SUCCESS) {
            free_binding(b);
            return status;
        }
    } else {
        WAIT_WHILE(b->driver, !b->adapter_opened,
                   "ProtocolOpenAdapterCompleteEx of a client (BND-18)");
        driver_did(FREE_OPEN_PARAMETERS, BindContext, NDIS_STATUS_SUCCESS);
    }
    if (pick(2) == 1) {
        ask_miniport(b);
    }
    return NDIS_STATUS_SUCCESS;
}

/* The examples' adapters always open. */
_Use_decl_annotations_
static void ClientOpenAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status)
{
    struct client_binding *b = ProtocolBindingContext;

    if (b->completes_bind) {
        driver_did(FREE_OPEN_PARAMETERS, b->handle, NDIS_STATUS_SUCCESS);
        NdisCompleteBindAdapterEx(b->handle, Status);
    } else {
        CHANGE(b->driver, b->adapter_opened = 1);
    }
}

static void complete_pause(void *context)
{
    struct client_binding *b = context;

    NdisCompleteNetPnPEvent(b->handle, NULL, NDIS_STATUS_SUCCESS);
}

/* A pause may pend; the rest is done at once. */
_Use_decl_annotations_
static NDIS_STATUS ClientNetPnPEvent(NDIS_HANDLE ProtocolBindingContext,
                                     PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    struct client_binding *b = ProtocolBindingContext;

    if (NetPnPEventNotification->NetPnPEvent.NetEvent == NetEventPause && pick(2) == 1 &&
        queue_work(b->driver, complete_pause, b)) {
        return NDIS_STATUS_PENDING;
    }
    return NDIS_STATUS_SUCCESS;
}

static struct client_af *claim_one(struct client_binding *b)
{
    for (struct client_af *af = b->afs; af != NULL; af = af->next) {
        if (!af->claimed) {
            af->claimed = 1;
            return af;
        }
    }
    return NULL;
}

/* Closes what nobody has claimed, waits for the rest and for the requests (AF-CL-15,
 * AF-CL-16, UNB-23), then closes the adapter. */
_Use_decl_annotations_
static NDIS_STATUS ClientUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                         NDIS_HANDLE ProtocolBindingContext)
{
    struct client_binding *b = ProtocolBindingContext;
    struct client_af *af;
    int deferred = pick(2) == 1;
    NDIS_STATUS status;

    NdisAcquireSpinLock(&b->driver->lock);
    while ((af = claim_one(b)) != NULL) {
        NdisReleaseSpinLock(&b->driver->lock);
        give_up_objects(af);
        close_af(af);
        NdisAcquireSpinLock(&b->driver->lock);
    }
    while (b->afs != NULL || b->requests > 0) {
        await_change(b->driver, "a client's AFs to be closed and its requests to end (UNB-23)");
    }
    b->unbind_context = UnbindContext;
    b->deferred = deferred ? 1 : 0;
    NdisReleaseSpinLock(&b->driver->lock);

    status = NdisCloseAdapterEx(b->handle);
    if (status == NDIS_STATUS_PENDING && deferred) {
        return NDIS_STATUS_PENDING; /* the context may be gone already */
    }
    if (status == NDIS_STATUS_PENDING) {
        WAIT_WHILE(b->driver, !b->adapter_closed,
                   "ProtocolCloseAdapterCompleteEx of a client (CAD-04)");
    }
    free_binding(b);
    return NDIS_STATUS_SUCCESS;
}

/* Wakes the unbind handler, or completes the unbind in its stead: UnbindContext is
 * copied and the context freed before the completion (AMB-30). */
_Use_decl_annotations_
static void ClientCloseAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext)
{
    struct client_binding *b = ProtocolBindingContext;
    NDIS_HANDLE unbind_context;

    NdisAcquireSpinLock(&b->driver->lock);
    if (b->deferred) {
        unbind_context = b->unbind_context;
        NdisReleaseSpinLock(&b->driver->lock);
        free_binding(b);
        NdisCompleteUnbindAdapterEx(unbind_context);
    } else {
        b->adapter_closed = 1;
        tell_change(b->driver);
        NdisReleaseSpinLock(&b->driver->lock);
    }
}

/* The driver. */

_Use_decl_annotations_
static void ClientReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext,
                                        PNET_BUFFER_LIST NetBufferLists,
                                        NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                        ULONG ReceiveFlags)
{
    const struct client_binding *b = ProtocolBindingContext;

    (void)PortNumber;
    (void)NumberOfNetBufferLists;
    (void)ReceiveFlags;
    NdisReturnNetBufferLists(b->handle, NetBufferLists, 0); /* PNP-05 */
}

_Use_decl_annotations_
static void ClientStatusEx(NDIS_HANDLE ProtocolBindingContext,
                           PNDIS_STATUS_INDICATION StatusIndication)
{
    (void)ProtocolBindingContext;
    (void)StatusIndication;
}

_Use_decl_annotations_
static void ClientCoStatusEx(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
                             PNDIS_STATUS_INDICATION StatusIndication)
{
    (void)ProtocolBindingContext;
    (void)ProtocolVcContext;
    (void)StatusIndication;
}

/* The handlers that only a connection-oriented driver has, and those of a client (REG-07, REG-10,
 * REG-15). */
_Use_decl_annotations_
static NDIS_STATUS ClientSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS co = {
        .Header = {NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS,
                   NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1, sizeof co},
        .CoStatusHandlerEx = ClientCoStatusEx,
        .CoAfRegisterNotifyHandler = ClientCoAfRegisterNotify,
        .CoSendNetBufferListsCompleteHandler = ClientCoSendNetBufferListsComplete,
    };
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS client = {
        .Header = {NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS,
                   NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1, sizeof client},
        .ClCreateVcHandler = ClientCoCreateVc,
        .ClDeleteVcHandler = ClientCoDeleteVc,
        .ClOidRequestHandler = ClientCoOidRequest,
        .ClOidRequestCompleteHandler = ClientCoOidRequestComplete,
        .ClOpenAfCompleteHandlerEx = ClientClOpenAfCompleteEx,
        .ClCloseAfCompleteHandler = ClientClCloseAfComplete,
        .ClRegisterSapCompleteHandler = ClientClRegisterSapComplete,
        .ClDeregisterSapCompleteHandler = ClientClDeregisterSapComplete,
        .ClMakeCallCompleteHandler = ClientClMakeCallComplete,
        .ClCloseCallCompleteHandler = ClientClCloseCallComplete,
        .ClAddPartyCompleteHandler = ClientClAddPartyComplete,
        .ClDropPartyCompleteHandler = ClientClDropPartyComplete,
        .ClIncomingCallHandler = ClientClIncomingCall,
        .ClIncomingCloseCallHandler = ClientClIncomingCloseCall,
        .ClIncomingDropPartyHandler = ClientClIncomingDropParty,
        .ClNotifyCloseAfHandler = ClientClNotifyCloseAf,
    };
    NDIS_STATUS status;

    (void)DriverContext;
    status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&co);
    if (status == NDIS_STATUS_SUCCESS) {
        status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&client);
    }
    return status;
}

/* What is the driver's as a whole, and not a binding's, would go here: all of these are unbound
 * (UNB-27). */
_Use_decl_annotations_
static void ClientUninstall(void)
{
}

/* NDIS unbinds what is bound, and returns when all are (DRG-03, DRG-04). */
_Use_decl_annotations_
static void ClientUnload(PDRIVER_OBJECT DriverObject)
{
    struct driver *driver = driver_of_object(DriverObject);

    NdisDeregisterProtocolDriver(driver->handle);
    end_driver(driver);
}

/* All is ready before the registration: NDIS may bind the driver before that has returned
 * (REG-14). If something fails behind it, the driver deregisters itself (DRG-05). */
_Use_decl_annotations_
NTSTATUS ClientDriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol = {
        .Header = {NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS,
                   NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1, sizeof protocol},
        .SetOptionsHandler = ClientSetOptions,
        .BindAdapterHandlerEx = ClientBindAdapterEx,
        .UnbindAdapterHandlerEx = ClientUnbindAdapterEx,
        .OpenAdapterCompleteHandlerEx = ClientOpenAdapterCompleteEx,
        .CloseAdapterCompleteHandlerEx = ClientCloseAdapterCompleteEx,
        .NetPnPEventHandler = ClientNetPnPEvent,
        .UninstallHandler = ClientUninstall,
        .OidRequestCompleteHandler = ClientOidRequestComplete,
        .StatusHandlerEx = ClientStatusEx,
        .ReceiveNetBufferListsHandler = ClientReceiveNetBufferLists,
    };
    struct driver *driver = new_driver(DriverObject, sizeof *driver);
    NTSTATUS status;

    (void)RegistryPath;
    if (driver == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    DriverObject->DriverUnload = ClientUnload;
    status = NdisRegisterProtocolDriver(driver, &protocol, &driver->handle);
    if (status == NDIS_STATUS_SUCCESS && pick(8) == 1) { /* something else fails */
        NdisDeregisterProtocolDriver(driver->handle);
        status = NDIS_STATUS_RESOURCES;
    }
    if (status != NDIS_STATUS_SUCCESS) {
        end_driver(driver);
    }
    return status;
}
