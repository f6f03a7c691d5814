/* client.c - a client: opens each AF it is offered, and gives it back.
 *
 * An AF is closed by whoever claims it first: the notification handler, the unbind
 * handler or the client by itself (AF-CL-28, AMB-16). It is freed by whoever comes last
 * of the close, its completion and the notification. The lock, which stands for a spin lock
 * and an event of NDIS's, is never held across a call of NDIS (THR-07). */
#include "client.h"

#include "runtime_lock.h"

#include <stdlib.h>

enum notification_state { NOT_NOTIFIED, UNANSWERED, ANSWERING, ANSWERED };

struct client_binding {
    const struct client_driver *driver;
    NDIS_HANDLE handle;
    NDIS_HANDLE unbind_context;
    struct client_af *afs;
    unsigned requests;
    uint8_t deferred;       /* the adapter close completes the unbind (SEQ-14) */
    uint8_t adapter_closed; /* ProtocolCloseAdapterCompleteEx was called (SEQ-15) */
};

struct client_af {
    struct client_af *next;
    struct client_binding *binding;
    NDIS_HANDLE handle;
    unsigned requests;
    enum notification_state notification;
    uint8_t has_sap, has_call;
    uint8_t busy;          /* the open or what follows it is under way */
    uint8_t claimed;       /* somebody has taken it on him to close */
    uint8_t in_close_call; /* a thread is in NdisClCloseAddressFamily */
    uint8_t in_handler;    /* a thread is in ProtocolClNotifyCloseAf */
    uint8_t closed;
    uint8_t freeing;
};

static struct lock lock = LOCK_INITIALIZER;

static PROTOCOL_BIND_ADAPTER_EX ClientBindAdapterEx;
static PROTOCOL_UNBIND_ADAPTER_EX ClientUnbindAdapterEx;
static PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ClientCloseAdapterCompleteEx;
static PROTOCOL_OID_REQUEST_COMPLETE ClientOidRequestComplete;
static PROTOCOL_CO_AF_REGISTER_NOTIFY ClientCoAfRegisterNotify;
static PROTOCOL_CO_OID_REQUEST_COMPLETE ClientCoOidRequestComplete;
static PROTOCOL_CL_CLOSE_AF_COMPLETE ClientClCloseAfComplete;
static PROTOCOL_CL_NOTIFY_CLOSE_AF ClientClNotifyCloseAf;

static int pick(const struct client_binding *b, unsigned options)
{
    return (int)b->driver->pick(options);
}

/* Takes the AF out of the list and frees it. The lock is held, and released. */
static void release(struct client_af *af)
{
    struct client_af **link = &af->binding->afs;

    while (*link != af) {
        link = &(*link)->next;
    }
    *link = af->next;
    announce_change(&lock);
    drop_lock(&lock);
    free(af);
}

/* Answers a notification that waits for the close (NTF-23), and frees the context when
 * nothing hangs on it any more (AF-CL-09, AMB-09). The lock is held, and released; the
 * AF may be gone afterwards. */
static void settle(struct client_af *af)
{
    if (af->closed && !af->in_handler && af->notification == UNANSWERED) {
        af->notification = ANSWERING;
        drop_lock(&lock);
        NdisClNotifyCloseAddressFamilyComplete(af->handle, NDIS_STATUS_SUCCESS);
        take_lock(&lock);
        af->notification = ANSWERED;
    }
    if (af->closed && !af->in_handler && !af->in_close_call && !af->freeing &&
        (af->notification == NOT_NOTIFIED || af->notification == ANSWERED)) {
        af->freeing = 1;
        drop_lock(&lock);
        driver_did(FREE_CLIENT_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS);
        take_lock(&lock);
        release(af);
    } else {
        drop_lock(&lock);
    }
}

/* Until the open and the requests under way have ended. At PASSIVE_LEVEL, if there are. */
static void wait_until_idle(struct client_af *af)
{
    take_lock(&lock);
    while (af->busy || af->requests > 0) {
        wait_for_change(&lock, "a client's open or requests to end (AF-CL-15)");
    }
    drop_lock(&lock);
}

/* Closes an AF that the caller has claimed: calls and SAPs first (AF-CL-11), again after
 * a refusal (AF-CL-26). May wait for requests under way, hence not in a notification,
 * save when there are none. The AF may be gone afterwards. */
static void close_af(struct client_af *af)
{
    NDIS_STATUS status;

    wait_until_idle(af);
    take_lock(&lock);
    af->in_close_call = 1;
    drop_lock(&lock);
    do {
        status = NdisClCloseAddressFamily(af->handle);
        if (status != NDIS_STATUS_PENDING) {
            driver_did(OWN_CLOSE_AF_COMPLETE, af->handle, status); /* AF-CL-04 */
            ClientClCloseAfComplete(status, af);
        }
    } while (status != NDIS_STATUS_PENDING && status != NDIS_STATUS_SUCCESS);
    take_lock(&lock);
    af->in_close_call = 0;
    settle(af);
}

/* A work item: waits at PASSIVE_LEVEL, and then may close at DISPATCH_LEVEL. */
static void close_af_work(void *context)
{
    struct client_af *af = context;

    wait_until_idle(af);
    if (pick(af->binding, 2) == 1) {
        runtime_set_irql(DISPATCH);
    }
    close_af(af);
    runtime_set_irql(PASSIVE);
}

/* The status decides, never the mere fact of the call (AMB-05): a refused AF is kept
 * (AF-CL-10). May run before the close call has returned (AF-CL-25). */
_Use_decl_annotations_
static void ClientClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext)
{
    struct client_af *af = ProtocolAfContext;

    if (Status == NDIS_STATUS_SUCCESS) {
        take_lock(&lock);
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

    take_lock(&lock);
    af->in_handler = 1;
    mine = !af->claimed;
    idle = !af->busy && af->requests == 0;
    af->claimed = 1;
    drop_lock(&lock);
    if (mine && idle && pick(af->binding, 2) == 0) {
        close_af(af);
    } else if (mine) {
        runtime_queue_work(close_af_work, af);
    }
    take_lock(&lock);
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

_Use_decl_annotations_
static void ClientCoOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
                                       NDIS_HANDLE ProtocolVcContext,
                                       NDIS_HANDLE ProtocolPartyContext,
                                       PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    struct client_af *af = ProtocolAfContext;

    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    (void)OidRequest;
    (void)Status;
    take_lock(&lock);
    af->requests--;
    announce_change(&lock);
    drop_lock(&lock);
}

_Use_decl_annotations_
static void ClientOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                     PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    struct client_binding *b = ProtocolBindingContext;

    (void)OidRequest;
    (void)Status;
    take_lock(&lock);
    b->requests--;
    announce_change(&lock);
    drop_lock(&lock);
}

/* What a client does with an open AF; a pending notification does not forbid it
 * (AF-CL-18). No close begins before the end, for the AF is busy. */
static void use_af(struct client_af *af)
{
    struct client_binding *b = af->binding;

    if (pick(b, 4) == 1) {
        take_lock(&lock);
        b->requests++;
        drop_lock(&lock);
        (void)NdisOidRequest(b->handle, NULL);
    }
}

/* Each offer is a new open with a context of its own (AF-OP-24, AMB-41). The context is
 * in the list before the open: a notification may come before it returns. */
_Use_decl_annotations_
static void ClientCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                     PCO_ADDRESS_FAMILY AddressFamily)
{
    struct client_binding *b = ProtocolBindingContext;
    struct client_af *af = calloc(1, sizeof *af);
    int close_now;

    if (af == NULL) {
        return;
    }
    af->binding = b;
    af->busy = 1;
    take_lock(&lock);
    af->next = b->afs;
    b->afs = af;
    drop_lock(&lock);
    if (NdisClOpenAddressFamilyEx(b->handle, AddressFamily, af, &af->handle) !=
        NDIS_STATUS_SUCCESS) {
        take_lock(&lock);
        release(af);
        return;
    }
    use_af(af);
    close_now = pick(b, 8) == 1;
    take_lock(&lock);
    close_now = close_now && !af->claimed;
    if (close_now) {
        af->claimed = 1;
    }
    af->busy = 0;
    announce_change(&lock);
    drop_lock(&lock);
    if (close_now) {
        runtime_queue_work(close_af_work, af);
    }
}

_Use_decl_annotations_
static NDIS_STATUS ClientBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                       NDIS_HANDLE BindContext,
                                       PNDIS_BIND_PARAMETERS BindParameters)
{
    struct client_binding *b = calloc(1, sizeof *b);

    (void)BindParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = ProtocolDriverContext;
    if (NdisOpenAdapterEx(NULL, b, NULL, BindContext, &b->handle) != NDIS_STATUS_SUCCESS) {
        free(b);
        return NDIS_STATUS_FAILURE;
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

static void free_binding(struct client_binding *b)
{
    driver_did(FREE_BINDING_CONTEXT, b->handle, NDIS_STATUS_SUCCESS);
    free(b);
}

/* Closes what nobody has claimed, waits for the rest and for the requests (AF-CL-15,
 * AF-CL-16, UNB-23), then closes the adapter. */
_Use_decl_annotations_
static NDIS_STATUS ClientUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                         NDIS_HANDLE ProtocolBindingContext)
{
    struct client_binding *b = ProtocolBindingContext;
    struct client_af *af;
    int deferred = pick(b, 2) == 1;
    NDIS_STATUS status;

    take_lock(&lock);
    while ((af = claim_one(b)) != NULL) {
        drop_lock(&lock);
        close_af(af);
        take_lock(&lock);
    }
    while (b->afs != NULL || b->requests > 0) {
        wait_for_change(&lock, "a client's AFs to be closed and its requests to end (UNB-23)");
    }
    b->unbind_context = UnbindContext;
    b->deferred = deferred ? 1 : 0;
    drop_lock(&lock);

    status = NdisCloseAdapterEx(b->handle);
    if (status == NDIS_STATUS_PENDING && deferred) {
        return NDIS_STATUS_PENDING; /* the context may be gone already */
    }
    if (status == NDIS_STATUS_PENDING) {
        take_lock(&lock);
        while (!b->adapter_closed) {
            wait_for_change(&lock, "ProtocolCloseAdapterCompleteEx of a client (CAD-04)");
        }
        drop_lock(&lock);
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

    take_lock(&lock);
    if (b->deferred) {
        unbind_context = b->unbind_context;
        drop_lock(&lock);
        free_binding(b);
        NdisCompleteUnbindAdapterEx(unbind_context);
    } else {
        b->adapter_closed = 1;
        announce_change(&lock);
        drop_lock(&lock);
    }
}

const struct entry_points client_entry_points = {
    .BindAdapterHandlerEx = ClientBindAdapterEx,
    .UnbindAdapterHandlerEx = ClientUnbindAdapterEx,
    .CloseAdapterCompleteHandlerEx = ClientCloseAdapterCompleteEx,
    .OidRequestCompleteHandler = ClientOidRequestComplete,
    .CoAfRegisterNotifyHandler = ClientCoAfRegisterNotify,
    .CoOidRequestCompleteHandler = ClientCoOidRequestComplete,
    .ClCloseAfCompleteHandler = ClientClCloseAfComplete,
    .ClNotifyCloseAfHandler = ClientClNotifyCloseAf,
};
