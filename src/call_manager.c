/* call_manager.c - a call manager: answers the close of each AF, and asks for it when it
 * has to go.
 *
 * While its notify call for an AF is under way, the completion of a pended close is
 * left to the notifier, so that the AF handle is never used after it (AF-CM-16). An AF
 * whose close has begun is not notified. The context lives until the AF is closed and
 * its notification is over (AF-CM-24, AMB-08). */
#include "call_manager.h"

#include "runtime_lock.h"

#include <stdlib.h>

enum notification_state { NO_NOTIFICATION, IN_NOTIFY_CALL, REPORT_AWAITED };

struct manager_binding {
    const struct call_manager_driver *driver;
    NDIS_HANDLE handle;
    NDIS_HANDLE unbind_context;
    struct manager_af *afs;
    uint8_t unbinding;
    uint8_t deferred;
    uint8_t adapter_closed;
};

struct manager_af {
    struct manager_af *next;
    struct manager_binding *binding;
    NDIS_HANDLE handle;
    enum notification_state notification;
    pthread_t notifier;       /* while in the notify call */
    uint8_t notified;
    uint8_t reported;         /* the report came before the notify call returned (AMB-29) */
    uint8_t closing;
    uint8_t refused;          /* once is enough */
    uint8_t left_to_notifier; /* pended; the notifier completes */
    uint8_t closed;
    uint8_t freeing;
};

static struct lock lock = LOCK_INITIALIZER;

const struct call_manager_functions stand_alone_functions = {
    NdisCmRegisterAddressFamilyEx, NdisCmNotifyCloseAddressFamily,
    NdisCmCloseAddressFamilyComplete};
const struct call_manager_functions miniport_functions = {
    NdisMCmRegisterAddressFamilyEx, NdisMCmNotifyCloseAddressFamily,
    NdisMCmCloseAddressFamilyComplete};

static PROTOCOL_BIND_ADAPTER_EX ManagerBindAdapterEx;
static PROTOCOL_UNBIND_ADAPTER_EX ManagerUnbindAdapterEx;
static PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX ManagerCloseAdapterCompleteEx;
static PROTOCOL_CM_OPEN_AF ManagerCmOpenAf;
static PROTOCOL_CM_CLOSE_AF ManagerCmCloseAf;
static PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE ManagerCmNotifyCloseAfComplete;
static MINIPORT_INITIALIZE ManagerInitializeEx;
static MINIPORT_HALT ManagerHaltEx;

static int pick(const struct manager_binding *b, unsigned options)
{
    return (int)b->driver->pick(options);
}

/* Frees the context when nothing hangs on it any more. The lock is held, and released;
 * the AF may be gone afterwards. */
static void settle(struct manager_af *af)
{
    struct manager_af **link = &af->binding->afs;

    if (!af->closed || af->notification != NO_NOTIFICATION || af->freeing) {
        drop_lock(&lock);
        return;
    }
    af->freeing = 1;
    drop_lock(&lock);
    driver_did(FREE_CALL_MGR_AF_CONTEXT, af->handle, NDIS_STATUS_SUCCESS);
    take_lock(&lock);
    while (*link != af) {
        link = &(*link)->next;
    }
    *link = af->next;
    announce_change(&lock);
    drop_lock(&lock);
    free(af);
}

/* Completes a close that was pended, or is about to be. Not with the lock held. */
static void complete(struct manager_af *af)
{
    driver_did(RELEASE_AF_RESOURCES, af->handle, NDIS_STATUS_SUCCESS); /* AF-CM-12 */
    af->binding->driver->functions->CloseAddressFamilyComplete(NDIS_STATUS_SUCCESS,
                                                               af->handle);
    take_lock(&lock);
    af->closed = 1;
    settle(af);
}

/* A work item: may complete at DISPATCH_LEVEL, as from a timer or a receive. */
static void complete_work(void *context)
{
    struct manager_af *af = context;

    if (pick(af->binding, 2) == 1) {
        runtime_set_irql(DISPATCH);
    }
    complete(af);
    runtime_set_irql(PASSIVE);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerCmOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                   PCO_ADDRESS_FAMILY AddressFamily,
                                   NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE CallMgrAfContext)
{
    struct manager_binding *b = CallMgrBindingContext;
    struct manager_af *af = calloc(1, sizeof *af);

    (void)AddressFamily;
    if (af == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    af->binding = b;
    af->handle = NdisAfHandle;
    take_lock(&lock);
    af->next = b->afs;
    b->afs = af;
    drop_lock(&lock);
    *CallMgrAfContext = af;
    return NDIS_STATUS_SUCCESS;
}

/* Success at once; pended and completed by the notifier, by a work item or before the
 * return (AF-CM-25); or, unless the call manager is leaving, refused once. */
_Use_decl_annotations_
static NDIS_STATUS ManagerCmCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    enum { AT_ONCE, BY_WORK_ITEM, BEFORE_RETURN, REFUSE, WAYS };
    struct manager_af *af = CallMgrAfContext;
    int way = pick(af->binding, WAYS);
    int left;

    take_lock(&lock);
    /* On the notifier's own thread, in its call, a success is no danger (SEQ-07). */
    left = af->notification == IN_NOTIFY_CALL &&
           (way != AT_ONCE || !pthread_equal(af->notifier, pthread_self()));
    if (way == REFUSE && !af->refused && !af->binding->unbinding) {
        af->refused = 1;
        drop_lock(&lock);
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    af->closing = 1;
    af->left_to_notifier = left ? 1 : 0;
    drop_lock(&lock);
    if (left) {
        return NDIS_STATUS_PENDING; /* the AF may be gone already */
    }
    if (way == BY_WORK_ITEM) {
        runtime_queue_work(complete_work, af);
        return NDIS_STATUS_PENDING;
    }
    if (way == BEFORE_RETURN) {
        complete(af);
        return NDIS_STATUS_PENDING;
    }
    driver_did(RELEASE_AF_RESOURCES, af->handle, NDIS_STATUS_SUCCESS); /* AF-CM-04 */
    take_lock(&lock);
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
    take_lock(&lock);
    if (af->notification == IN_NOTIFY_CALL) {
        af->reported = 1;
    } else {
        af->notification = NO_NOTIFICATION;
    }
    settle(af);
}

/* Notifies the client of one AF. The AF may be gone afterwards. */
static void notify(struct manager_af *af)
{
    NDIS_STATUS status = af->binding->driver->functions->NotifyCloseAddressFamily(af->handle);

    take_lock(&lock);
    af->notification = status == NDIS_STATUS_PENDING && !af->reported ? REPORT_AWAITED
                                                                     : NO_NOTIFICATION;
    if (af->left_to_notifier) {
        af->left_to_notifier = 0;
        drop_lock(&lock);
        complete(af);
    } else {
        settle(af);
    }
}

static struct manager_af *next_to_notify(struct manager_binding *b)
{
    for (struct manager_af *af = b->afs; af != NULL; af = af->next) {
        if (!af->closing && !af->notified) {
            af->notified = 1;
            af->notification = IN_NOTIFY_CALL;
            af->notifier = pthread_self();
            return af;
        }
    }
    return NULL;
}

/* Notifies each AF that is open (NTF-01, NTF-03) and waits until all are closed and all
 * notifications are over (UNB-24). */
static void close_all(struct manager_binding *b)
{
    struct manager_af *af;

    take_lock(&lock);
    b->unbinding = 1;
    while ((af = next_to_notify(b)) != NULL) {
        drop_lock(&lock);
        notify(af);
        take_lock(&lock);
    }
    while (b->afs != NULL) {
        wait_for_change(&lock, "the AFs of the call manager to be closed (UNB-24)");
    }
    drop_lock(&lock);
}

static void free_binding(struct manager_binding *b)
{
    driver_did(FREE_BINDING_CONTEXT, b->handle, NDIS_STATUS_SUCCESS);
    free(b);
}

_Use_decl_annotations_
static NDIS_STATUS ManagerBindAdapterEx(NDIS_HANDLE ProtocolDriverContext,
                                        NDIS_HANDLE BindContext,
                                        PNDIS_BIND_PARAMETERS BindParameters)
{
    struct manager_binding *b = calloc(1, sizeof *b);

    (void)BindParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = ProtocolDriverContext;
    if (NdisOpenAdapterEx(NULL, b, NULL, BindContext, &b->handle) != NDIS_STATUS_SUCCESS) {
        free(b);
        return NDIS_STATUS_FAILURE;
    }
    (void)b->driver->functions->RegisterAddressFamilyEx(b->handle, NULL); /* REG-11 */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static NDIS_STATUS ManagerUnbindAdapterEx(NDIS_HANDLE UnbindContext,
                                          NDIS_HANDLE ProtocolBindingContext)
{
    struct manager_binding *b = ProtocolBindingContext;
    int deferred = pick(b, 2) == 1;
    NDIS_STATUS status;

    close_all(b);
    take_lock(&lock);
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
            wait_for_change(&lock, "ProtocolCloseAdapterCompleteEx of the call manager (CAD-04)");
        }
        drop_lock(&lock);
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

_Use_decl_annotations_
static NDIS_STATUS ManagerInitializeEx(NDIS_HANDLE NdisMiniportHandle,
                                       NDIS_HANDLE MiniportDriverContext,
                                       PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    struct manager_binding *b = calloc(1, sizeof *b);
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {b};

    (void)InitParameters;
    if (b == NULL) {
        return NDIS_STATUS_FAILURE;
    }
    b->driver = MiniportDriverContext;
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

const struct entry_points call_manager_entry_points = {
    .BindAdapterHandlerEx = ManagerBindAdapterEx,
    .UnbindAdapterHandlerEx = ManagerUnbindAdapterEx,
    .CloseAdapterCompleteHandlerEx = ManagerCloseAdapterCompleteEx,
    .CmOpenAfHandler = ManagerCmOpenAf,
    .CmCloseAfHandler = ManagerCmCloseAf,
    .CmNotifyCloseAfCompleteHandler = ManagerCmNotifyCloseAfComplete,
    .InitializeHandlerEx = ManagerInitializeEx,
    .HaltHandlerEx = ManagerHaltEx,
};
