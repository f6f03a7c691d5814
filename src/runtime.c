/* runtime.c - see runtime.h. The pages named are those of the published reference. */
#include "runtime.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* What a handle's low bits say it is. A VC handle and a SAP handle carry the numbers
 * of what they hang on: the core counts calls and SAPs, it does not tell them apart. */
enum handle_kind { NO_HANDLE, AF_HANDLE, BINDING_HANDLE, VC_OF_AF, VC_OF_BINDING, SAP_HANDLE };

struct adapter_side {
    const struct entry_points *entry;
    NDIS_HANDLE driver_context;
    NDIS_HANDLE binding_context;
    unsigned busy; /* opens and offers under way: the unbind waits for them (AMB-22) */
};

struct af_side {
    NDIS_HANDLE client_context;
    NDIS_HANDLE manager_context;
    uint8_t reserved; /* 1: an open is under way in this slot */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct core core;
static struct runtime_hooks hooks;
static struct adapter_side binding_side[MAX_BINDING];
static struct af_side af_side[MAX_AF];
static uint8_t number_taken[UINT8_MAX + 1];
static unsigned threads; /* started by the runtime and not ended */

static _Thread_local int thread_number = -1;
static _Thread_local uint8_t thread_irql = PASSIVE;

/* Handles and statuses. */

static NDIS_HANDLE encode(enum handle_kind kind, struct handle h)
{
    return (NDIS_HANDLE)((uintptr_t)h.generation << 16 | (uintptr_t)h.slot << 4 |
                         (uintptr_t)kind);
}

static enum handle_kind kind_of(NDIS_HANDLE handle)
{
    return (enum handle_kind)((uintptr_t)handle & 15u);
}

/* A handle of another kind becomes one that no table has, so that the core refuses it. */
static struct handle decode(enum handle_kind kind, NDIS_HANDLE handle)
{
    struct handle h = {UINT16_MAX, 0};

    if (kind_of(handle) == kind) {
        h.slot = (uint32_t)((uintptr_t)handle >> 4 & 0xFFFu);
        h.generation = (uint32_t)((uintptr_t)handle >> 16);
    }
    return h;
}

NDIS_HANDLE runtime_af_handle(struct handle af)
{
    return encode(AF_HANDLE, af);
}

NDIS_HANDLE runtime_sap_handle(struct handle af)
{
    return encode(SAP_HANDLE, af);
}

NDIS_HANDLE runtime_binding_handle(struct handle binding)
{
    return encode(BINDING_HANDLE, binding);
}

uint8_t status_of(NDIS_STATUS status)
{
    switch (status) {
    case NDIS_STATUS_SUCCESS: return SUCCESS;
    case NDIS_STATUS_PENDING: return PENDING;
    case NDIS_STATUS_NOT_ACCEPTED: return NOT_ACCEPTED;
    default: return FAILURE;
    }
}

NDIS_STATUS ndis_status_of(uint8_t status)
{
    switch (status) {
    case SUCCESS: return NDIS_STATUS_SUCCESS;
    case PENDING: return NDIS_STATUS_PENDING;
    case NOT_ACCEPTED: return NDIS_STATUS_NOT_ACCEPTED;
    default: return NDIS_STATUS_FAILURE;
    }
}

/* Threads. */

void runtime_set_thread(uint8_t number)
{
    thread_number = number;
}

void runtime_set_irql(uint8_t irql)
{
    thread_irql = irql;
}

static void take_number(void)
{
    pthread_mutex_lock(&lock);
    for (int n = 0; thread_number < 0 && n <= UINT8_MAX; n++) {
        if (number_taken[n] == 0) {
            number_taken[n] = 1;
            thread_number = n;
        }
    }
    pthread_mutex_unlock(&lock);
    if (thread_number < 0) {
        fputs("closeaf: more threads at once than a trace can number; "
              "run fewer clients\n", stderr);
        abort();
    }
}

struct work {
    void (*routine)(void *);
    void *context;
    uint8_t enter;
    struct handle object;
};

static void *run_work(void *argument)
{
    struct work work = *(struct work *)argument;

    free(argument);
    take_number();
    if (work.routine != NULL) {
        work.routine(work.context);
    } else {
        (void)ndis_enter(work.enter, work.object);
    }
    pthread_mutex_lock(&lock);
    number_taken[thread_number] = 0;
    threads--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void start_thread(struct work work)
{
    struct work *copy = malloc(sizeof *copy);
    pthread_t thread;

    if (copy == NULL) {
        fputs("closeaf: out of memory for a work item\n", stderr);
        abort();
    }
    *copy = work;
    pthread_mutex_lock(&lock);
    threads++;
    pthread_mutex_unlock(&lock);
    if (pthread_create(&thread, NULL, run_work, copy) != 0) {
        fputs("closeaf: cannot start a thread; lower the number of clients\n", stderr);
        abort();
    }
    pthread_detach(thread);
}

void runtime_queue_work(void (*routine)(void *), void *context)
{
    struct work work = {routine, context, NO_EVENT, {0, 0}};

    start_thread(work);
}

static void owe(uint8_t enter, struct handle object)
{
    struct work work = {NULL, NULL, enter, object};

    if (hooks.owe != NULL) {
        hooks.owe(hooks.context, enter, object);
    } else {
        start_thread(work);
    }
}

/* One step. */

enum actor { A_DRIVER, NDIS };

static struct event event_of(uint8_t kind, struct handle object, uint8_t status)
{
    struct event e = {.kind = kind, .status = status, .object = object};
    return e;
}

static int is_unbind(uint8_t kind)
{
    return kind == ENTER_UNBIND || kind == ENTER_HALT;
}

/* What NDIS answers follows from the state at the moment of the step. */
static void fill_in_status(struct event *e)
{
    if (e->object.slot >= MAX_AF) {
        return;
    }
    switch (e->kind) {
    case RETURN_CLOSE_AF:
        e->status = af_close_result(core.af[e->object.slot], core.readings);
        break;
    case RETURN_CM_NOTIFY:
    case RETURN_MCM_NOTIFY:
        e->status = af_notify_result(core.af[e->object.slot]);
        break;
    case ENTER_CM_NOTIFY_COMPLETE: e->status = core.af[e->object.slot].answer; break;
    default: break;
    }
}

/* A driver's breach is recorded and has no effect; NDIS itself commits none: what the
 * core would refuse it does not do. Returns 1 if the event has happened. */
static int step(enum actor actor, struct event *e)
{
    enum requirement broken;

    if (thread_number < 0) {
        take_number();
    }
    e->thread = (uint8_t)thread_number;
    if (hooks.before != NULL && hooks.before(hooks.context, e) != 0) {
        return 0;
    }
    e->irql = thread_irql;
    pthread_mutex_lock(&lock);
    while (is_unbind(e->kind) && e->object.slot < MAX_BINDING &&
           binding_side[e->object.slot].busy > 0) {
        pthread_cond_wait(&changed, &lock);
    }
    fill_in_status(e);
    broken = core_step(&core, *e);
    if (hooks.record != NULL && (broken == CONFORMING || actor == A_DRIVER)) {
        hooks.record(hooks.context, e, broken);
    }
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return broken == CONFORMING;
}

static int driver_acts(uint8_t kind, struct handle object, uint8_t status)
{
    struct event e = event_of(kind, object, status);
    return step(A_DRIVER, &e);
}

static int ndis_acts(uint8_t kind, struct handle object, uint8_t status)
{
    struct event e = event_of(kind, object, status);
    return step(NDIS, &e);
}

/* NDIS returns to a driver with the status of the state. */
static NDIS_STATUS ndis_returns(uint8_t kind, struct handle object)
{
    struct event e = event_of(kind, object, NO_STATUS);

    return step(NDIS, &e) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}

static void choose(struct event *e)
{
    if (hooks.choose != NULL) {
        hooks.choose(hooks.context, e);
    }
}

/* The state of one AF and of its two drivers, taken under the lock. */
struct af_view {
    struct address_family af;
    NDIS_HANDLE client_context, manager_context;
    const struct entry_points *client, *manager;
};

static struct af_view view_af(struct handle h)
{
    struct af_view v = {0};

    pthread_mutex_lock(&lock);
    if (h.slot < MAX_AF) {
        v.af = core.af[h.slot];
        v.client_context = af_side[h.slot].client_context;
        v.manager_context = af_side[h.slot].manager_context;
        v.client = binding_side[v.af.client].entry;
        v.manager = binding_side[MANAGER_BINDING].entry;
    }
    pthread_mutex_unlock(&lock);
    return v;
}

static struct adapter_side view_binding(uint32_t slot)
{
    struct adapter_side side;

    pthread_mutex_lock(&lock);
    side = binding_side[slot];
    pthread_mutex_unlock(&lock);
    return side;
}

/* Start and stop. */

void runtime_start(struct readings readings, const struct runtime_hooks *given)
{
    const struct runtime_hooks none = {0};
    const struct adapter_side no_binding = {0};
    const struct af_side no_af = {0};

    pthread_mutex_lock(&lock);
    core_initialise(&core, readings);
    hooks = given != NULL ? *given : none;
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        binding_side[i] = no_binding;
    }
    for (uint32_t i = 0; i < MAX_AF; i++) {
        af_side[i] = no_af;
    }
    for (unsigned i = 0; i <= UINT8_MAX; i++) {
        number_taken[i] = 0;
    }
    thread_number = -1;
    pthread_mutex_unlock(&lock);
}

enum requirement runtime_stop(void)
{
    enum requirement unmet;

    pthread_mutex_lock(&lock);
    while (threads > 0) {
        pthread_cond_wait(&changed, &lock);
    }
    unmet = core_unmet(&core);
    pthread_mutex_unlock(&lock);
    return unmet;
}

static enum requirement missing_callback(uint32_t slot, const struct entry_points *entry)
{
    if (slot != MANAGER_BINDING && entry->ClCloseAfCompleteHandler == NULL) {
        return AF_CL_19;
    }
    if (slot != MANAGER_BINDING && entry->ClNotifyCloseAfHandler == NULL) {
        return NTF_16;
    }
    if (slot == MANAGER_BINDING && entry->CmCloseAfHandler == NULL) {
        return AF_CM_01;
    }
    if (slot == MANAGER_BINDING && entry->CmNotifyCloseAfCompleteHandler == NULL) {
        return NTF_17;
    }
    if (entry->HaltHandlerEx != NULL) {
        return CONFORMING; /* an MCM is halted, not unbound */
    }
    if (entry->UnbindAdapterHandlerEx == NULL) {
        return UNB_02;
    }
    return entry->CloseAdapterCompleteHandlerEx == NULL ? CAD_14 : CONFORMING;
}

enum requirement runtime_attach(uint32_t slot, const struct entry_points *entry,
                                NDIS_HANDLE driver_context)
{
    enum requirement missing = missing_callback(slot, entry);

    if (missing != CONFORMING) {
        return missing;
    }
    pthread_mutex_lock(&lock);
    binding_side[slot].entry = entry;
    binding_side[slot].driver_context = driver_context;
    pthread_mutex_unlock(&lock);
    return CONFORMING;
}

struct handle runtime_binding(uint32_t slot)
{
    struct handle h = {slot, 0};

    pthread_mutex_lock(&lock);
    h.generation = core.binding[slot].generation;
    if (core.binding[slot].phase == UNBOUND) {
        h.generation++;
    }
    pthread_mutex_unlock(&lock);
    return h;
}

void runtime_wait_until_unbound(uint32_t slot)
{
    pthread_mutex_lock(&lock);
    while (core.binding[slot].phase != UNBOUND) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
}

void driver_did(uint8_t act, NDIS_HANDLE object, NDIS_STATUS status)
{
    enum handle_kind kind = act == FREE_BINDING_CONTEXT ? BINDING_HANDLE : AF_HANDLE;

    (void)driver_acts(act, decode(kind, object),
                      act == OWN_CLOSE_AF_COMPLETE ? status_of(status) : NO_STATUS);
}

/* The close. */

/* Closes the caller's open of an address family. The handle is dead from the call on
 * (AF-CL-02), save for answering a notification. PENDING: ProtocolClCloseAfComplete
 * follows, or has come already (AMB-29); anything else: the caller completes by itself
 * (AF-CL-04), and after a failure has its handle back (AMB-02).
 * nf-ndis-ndisclcloseaddressfamily */
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);
    struct af_view v;

    if (!driver_acts(CALL_CLOSE_AF, af, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    v = view_af(af);
    if (v.af.manager_close == MANAGER_CLOSE_OWED &&
        ndis_acts(ENTER_CM_CLOSE_AF, af, NO_STATUS)) {
        uint8_t answer = status_of(v.manager->CmCloseAfHandler(v.manager_context));
        (void)driver_acts(LEAVE_CM_CLOSE_AF, af, answer);
    }
    return ndis_returns(RETURN_CLOSE_AF, af);
}

static void complete_close(uint8_t call, NDIS_STATUS status, NDIS_HANDLE handle)
{
    struct handle af = decode(AF_HANDLE, handle);
    struct af_view v;

    if (!driver_acts(call, af, status_of(status))) {
        return;
    }
    v = view_af(af);
    if (ndis_acts(ENTER_CL_CLOSE_AF_COMPLETE, af, SUCCESS)) {
        v.client->ClCloseAfCompleteHandler(NDIS_STATUS_SUCCESS, v.client_context);
    }
}

/* Completes a close that ProtocolCmCloseAf has pended or is about to pend; success
 * only (AF-CM-14). The handle is dead at the call (AF-CM-16). Stand-alone call managers.
 * nf-ndis-ndiscmcloseaddressfamilycomplete */
void NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete_close(CALL_CM_CLOSE_AF_COMPLETE, Status, NdisAfHandle);
}

/* The same for an MCM (MCM-01). nf-ndis-ndismcmcloseaddressfamilycomplete */
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete_close(CALL_MCM_CLOSE_AF_COMPLETE, Status, NdisAfHandle);
}

/* The notification. */

static NDIS_STATUS notify(uint8_t call, uint8_t back, NDIS_HANDLE handle)
{
    struct handle af = decode(AF_HANDLE, handle);
    struct af_view v;

    if (!driver_acts(call, af, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    v = view_af(af);
    /* Not delivered to a client that has been told of the close meanwhile (NTF-38). */
    if (v.af.notification == NOTIFICATION_OWED &&
        ndis_acts(ENTER_CL_NOTIFY_CLOSE_AF, af, NO_STATUS)) {
        uint8_t answer = status_of(v.client->ClNotifyCloseAfHandler(v.client_context));
        (void)driver_acts(LEAVE_CL_NOTIFY_CLOSE_AF, af, answer);
    }
    return ndis_returns(back, af);
}

/* Asks the client of one AF to close it; the caller is unbinding. At PASSIVE_LEVEL.
 * PENDING: ProtocolCmNotifyCloseAfComplete follows, or has come already.
 * nf-ndis-ndiscmnotifycloseaddressfamily */
NDIS_STATUS NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    return notify(CALL_CM_NOTIFY, RETURN_CM_NOTIFY, NdisAfHandle);
}

/* The same for an MCM that halts. nf-ndis-ndismcmnotifycloseaddressfamily */
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    return notify(CALL_MCM_NOTIFY, RETURN_MCM_NOTIFY, NdisAfHandle);
}

/* Answers a notification that ProtocolClNotifyCloseAf has pended; success only when
 * the close has completed (NTF-23). The one use of the handle after the close (AMB-01).
 * nf-ndis-ndisclnotifycloseaddressfamilycomplete */
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);
    struct af_view v;

    if (!driver_acts(CALL_NOTIFY_COMPLETE, af, status_of(Status))) {
        return;
    }
    v = view_af(af);
    if (ndis_acts(ENTER_CM_NOTIFY_COMPLETE, af, NO_STATUS)) {
        v.manager->CmNotifyCloseAfCompleteHandler(v.manager_context, Status);
    }
}

/* The open. */

/* An open holds both bindings: their unbinds wait for its end. */
static int begin_open(struct handle on, struct event *e)
{
    int possible = 0;

    pthread_mutex_lock(&lock);
    if (on.slot < MAX_BINDING && core.binding[on.slot].generation == on.generation &&
        core.binding[on.slot].phase == BOUND &&
        core.binding[MANAGER_BINDING].phase == BOUND) {
        for (uint32_t i = 0; possible == 0 && i < MAX_AF; i++) {
            const struct address_family *a = &core.af[i];
            if (af_side[i].reserved == 0 && af_client_is_done(*a) &&
                af_manager_is_done(*a) && a->generation < UINT32_MAX) {
                e->object.slot = i;
                e->object.generation = a->generation + 1;
                possible = 1;
            }
        }
    }
    if (possible != 0) {
        choose(e);
        possible = e->object.slot < MAX_AF;
    }
    if (possible != 0) {
        af_side[e->object.slot].reserved = 1;
        binding_side[on.slot].busy++;
        binding_side[MANAGER_BINDING].busy++;
    }
    pthread_mutex_unlock(&lock);
    return possible;
}

static void end_open(struct handle on, struct handle af)
{
    pthread_mutex_lock(&lock);
    af_side[af.slot].reserved = 0;
    binding_side[on.slot].busy--;
    binding_side[MANAGER_BINDING].busy--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

/* Opens the call manager's address family on the caller's binding. The context stays
 * allocated until the close has completed and every notification is answered (AMB-09).
 * A notification may arrive before this function has returned.
 * nf-ndis-ndisclopenaddressfamilyex */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle)
{
    struct event e = {.kind = RETURN_OPEN_AF, .status = SUCCESS};
    struct adapter_side manager;
    NDIS_HANDLE manager_context = NULL;
    NDIS_STATUS status;

    e.on = decode(BINDING_HANDLE, NdisBindingHandle);
    if (!begin_open(e.on, &e)) {
        return NDIS_STATUS_FAILURE;
    }
    manager = view_binding(MANAGER_BINDING);
    *NdisAfHandle = encode(AF_HANDLE, e.object);
    status = manager.entry->CmOpenAfHandler(manager.binding_context, AddressFamily,
                                            *NdisAfHandle, &manager_context);
    if (status == NDIS_STATUS_SUCCESS) {
        pthread_mutex_lock(&lock);
        af_side[e.object.slot].client_context = ProtocolAfContext;
        af_side[e.object.slot].manager_context = manager_context;
        pthread_mutex_unlock(&lock);
        status = step(A_DRIVER, &e) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    }
    end_open(e.on, e.object);
    return status;
}

/* Calls, SAPs and requests: NDIS counts them; they succeed at once. */

/* Creates a VC on an AF or, without one, on the binding. nf-ndis-ndiscocreatevc */
NDIS_STATUS NdisCoCreateVc(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                           NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle)
{
    (void)ProtocolVcContext;
    *NdisVcHandle = NdisAfHandle != NULL
                        ? encode(VC_OF_AF, decode(AF_HANDLE, NdisAfHandle))
                        : encode(VC_OF_BINDING, decode(BINDING_HANDLE, NdisBindingHandle));
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS count(uint8_t call, struct handle object)
{
    return driver_acts(call, object, NO_STATUS) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
}

/* Sets up a call on a VC of an AF. nf-ndis-ndisclmakecall */
NDIS_STATUS NdisClMakeCall(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle)
{
    (void)CallParameters;
    (void)ProtocolPartyContext;
    (void)NdisPartyHandle;
    return count(CALL_MAKE_CALL, decode(VC_OF_AF, NdisVcHandle));
}

/* Closes the call; the AF may not close before (AF-CL-11). nf-ndis-ndisclclosecall */
NDIS_STATUS NdisClCloseCall(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                            PVOID Buffer, UINT Size)
{
    (void)NdisPartyHandle;
    (void)Buffer;
    (void)Size;
    return count(CALL_CLOSE_CALL, decode(VC_OF_AF, NdisVcHandle));
}

/* Registers a SAP on the AF. nf-ndis-ndisclregistersap */
NDIS_STATUS NdisClRegisterSap(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext,
                              PCO_SAP Sap, PNDIS_HANDLE NdisSapHandle)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);

    (void)ProtocolSapContext;
    (void)Sap;
    *NdisSapHandle = encode(SAP_HANDLE, af);
    return count(CALL_REGISTER_SAP, af);
}

/* Deregisters it (AF-CL-11). nf-ndis-ndisclderegistersap */
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle)
{
    return count(CALL_DEREGISTER_SAP, decode(SAP_HANDLE, NdisSapHandle));
}

/* Sends a request to the other end of the AF; NDIS_STATUS_PENDING, and
 * ProtocolCoOidRequestComplete follows. nf-ndis-ndiscooidrequest */
NDIS_STATUS NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                             NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                             PNDIS_OID_REQUEST OidRequest)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);

    (void)NdisBindingHandle;
    (void)NdisVcHandle;
    (void)NdisPartyHandle;
    (void)OidRequest;
    if (!driver_acts(CALL_AF_REQUEST, af, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_AF_REQUEST_COMPLETE, af);
    return NDIS_STATUS_PENDING;
}

/* The binding. */

/* Opens the adapter for the driver that is being bound; only from its bind handler. The
 * context stays allocated until the adapter is closed (UNB-08).
 * nf-ndis-ndisopenadapterex */
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle)
{
    struct event e = {.kind = RETURN_OPEN_ADAPTER, .status = SUCCESS};

    (void)NdisProtocolHandle;
    (void)OpenParameters;
    e.object = decode(BINDING_HANDLE, BindContext);
    choose(&e);
    if (e.object.slot < MAX_BINDING) {
        pthread_mutex_lock(&lock);
        binding_side[e.object.slot].binding_context = ProtocolBindingContext;
        pthread_mutex_unlock(&lock);
    }
    *NdisBindingHandle = BindContext;
    return step(A_DRIVER, &e) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}

/* The context that MiniportHaltEx gets. nf-ndis-ndismsetminiportattributes */
NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes)
{
    struct handle adapter = decode(BINDING_HANDLE, NdisMiniportHandle);

    if (adapter.slot != MANAGER_BINDING) {
        return NDIS_STATUS_FAILURE;
    }
    pthread_mutex_lock(&lock);
    binding_side[MANAGER_BINDING].binding_context = Attributes->MiniportAdapterContext;
    pthread_mutex_unlock(&lock);
    return NDIS_STATUS_SUCCESS;
}

/* NDIS offers a registered AF to each client that has not seen it (REG-12), once the
 * call manager is bound: before, no open could succeed. */
static void offer(void)
{
    struct handle owed[MAX_BINDING];
    uint32_t n = 0;

    pthread_mutex_lock(&lock);
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (core.binding[MANAGER_BINDING].phase == BOUND && core.binding[i].offer_owed == 1) {
            owed[n].slot = i;
            owed[n].generation = core.binding[i].generation;
            n++;
        }
    }
    pthread_mutex_unlock(&lock);
    for (uint32_t i = 0; i < n; i++) {
        owe(ENTER_AF_REGISTER_NOTIFY, owed[i]);
    }
}

static NDIS_STATUS register_af(uint8_t call, NDIS_HANDLE handle)
{
    if (!driver_acts(call, decode(BINDING_HANDLE, handle), NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    offer();
    return NDIS_STATUS_SUCCESS;
}

/* Registers an AF of a stand-alone call manager on its binding, from the bind handler.
 * nf-ndis-ndiscmregisteraddressfamilyex */
NDIS_STATUS NdisCmRegisterAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                          PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_CM_REGISTER_AF, NdisBindingHandle);
}

/* The same for an MCM, from MiniportInitializeEx. nf-ndis-ndismcmregisteraddressfamilyex */
NDIS_STATUS NdisMCmRegisterAddressFamilyEx(NDIS_HANDLE NdisMiniportHandle,
                                           PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_MCM_REGISTER_AF, NdisMiniportHandle);
}

/* Closes the binding. The handle is dead from the call on (CAD-12). PENDING:
 * ProtocolCloseAdapterCompleteEx follows, or has come already; there is no failure
 * (CAD-05). From the unbind handler, or a bind that fails. At PASSIVE_LEVEL.
 * nf-ndis-ndiscloseadapterex */
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle)
{
    struct event back = {.kind = RETURN_CLOSE_ADAPTER, .status = SUCCESS};

    back.object = decode(BINDING_HANDLE, NdisBindingHandle);
    if (!driver_acts(CALL_CLOSE_ADAPTER, back.object, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    choose(&back);
    if (back.status == PENDING) {
        owe(ENTER_CLOSE_ADAPTER_COMPLETE, back.object);
    }
    return step(NDIS, &back) ? ndis_status_of(back.status) : NDIS_STATUS_FAILURE;
}

/* Asks NDIS to unbind the caller; a work item enters ProtocolUnbindAdapterEx, possibly
 * before this returns. Outside bind and unbind the only way (UNB-18).
 * nf-ndis-ndisunbindadapter */
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle)
{
    struct handle binding = decode(BINDING_HANDLE, NdisBindingHandle);

    if (!driver_acts(CALL_UNBIND_ADAPTER, binding, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_UNBIND, binding);
    return NDIS_STATUS_SUCCESS;
}

/* Completes an unbind that the handler has pended or is about to pend; UnbindContext is
 * dead afterwards, the binding context is freed before (AMB-30).
 * nf-ndis-ndiscompleteunbindadapterex */
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    (void)driver_acts(CALL_COMPLETE_UNBIND, decode(BINDING_HANDLE, UnbindContext), NO_STATUS);
}

/* Sends a request to the miniport; ProtocolOidRequestComplete follows.
 * nf-ndis-ndisoidrequest */
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest)
{
    struct handle binding = decode(BINDING_HANDLE, NdisBindingHandle);

    (void)OidRequest;
    if (!driver_acts(CALL_OID_REQUEST, binding, NO_STATUS)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_OID_REQUEST_COMPLETE, binding);
    return NDIS_STATUS_PENDING;
}

/* Sends on a VC; ProtocolCoSendNetBufferListsComplete follows.
 * nf-ndis-ndiscosendnetbufferlists */
void NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags)
{
    struct handle binding = decode(VC_OF_BINDING, NdisVcHandle);

    (void)NetBufferLists;
    (void)SendFlags;
    if (kind_of(NdisVcHandle) == VC_OF_AF) {
        struct handle af = decode(VC_OF_AF, NdisVcHandle);
        binding = runtime_binding(view_af(af).af.client);
    }
    if (driver_acts(CALL_SEND, binding, NO_STATUS)) {
        owe(ENTER_SEND_COMPLETE, binding);
    }
}

/* Plug and play. */

void ndis_remove_adapter(struct handle object)
{
    (void)ndis_acts(REMOVE_ADAPTER, object, NO_STATUS);
}

/* The offer's callback has no line for its end: the unbind waits for it. */
static void enter_register_notify(struct handle object, struct adapter_side side)
{
    side.entry->CoAfRegisterNotifyHandler(side.binding_context, NULL);
    pthread_mutex_lock(&lock);
    binding_side[object.slot].busy--;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

/* Claims the offer before its event, so that no unbind slips between. */
static int begin_register_notify(struct handle object)
{
    int happens;

    pthread_mutex_lock(&lock);
    binding_side[object.slot].busy++;
    pthread_mutex_unlock(&lock);
    happens = ndis_acts(ENTER_AF_REGISTER_NOTIFY, object, NO_STATUS);
    if (!happens) {
        pthread_mutex_lock(&lock);
        binding_side[object.slot].busy--;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return happens;
}

static int enter_af_request_complete(struct handle af)
{
    struct af_view v = view_af(af);

    if (!ndis_acts(ENTER_AF_REQUEST_COMPLETE, af, NO_STATUS)) {
        return 0;
    }
    v.client->CoOidRequestCompleteHandler(v.client_context, NULL, NULL, NULL,
                                          NDIS_STATUS_SUCCESS);
    return 1;
}

int ndis_enter(uint8_t enter, struct handle object)
{
    NDIS_HANDLE handle = encode(BINDING_HANDLE, object);
    struct adapter_side side;
    uint8_t status;

    if (enter == ENTER_AF_REQUEST_COMPLETE) {
        return enter_af_request_complete(object);
    }
    if (object.slot >= MAX_BINDING) {
        return 0;
    }
    if (enter == ENTER_AF_REGISTER_NOTIFY) {
        if (begin_register_notify(object)) {
            enter_register_notify(object, view_binding(object.slot));
            return 1;
        }
        return 0;
    }
    if (!ndis_acts(enter, object, NO_STATUS)) {
        return 0;
    }
    side = view_binding(object.slot);
    switch (enter) {
    case ENTER_BIND:
        status = status_of(side.entry->BindAdapterHandlerEx(side.driver_context, handle, NULL));
        (void)driver_acts(LEAVE_BIND, object, status);
        offer();
        break;
    case ENTER_INITIALIZE:
        status = status_of(side.entry->InitializeHandlerEx(handle, side.driver_context, NULL));
        (void)driver_acts(LEAVE_INITIALIZE, object, status);
        offer();
        break;
    case ENTER_UNBIND:
        status = status_of(side.entry->UnbindAdapterHandlerEx(handle, side.binding_context));
        (void)driver_acts(LEAVE_UNBIND, object, status);
        break;
    case ENTER_HALT:
        side.entry->HaltHandlerEx(side.binding_context, NdisHaltDeviceDisabled);
        (void)driver_acts(LEAVE_HALT, object, SUCCESS);
        break;
    case ENTER_CLOSE_ADAPTER_COMPLETE:
        side.entry->CloseAdapterCompleteHandlerEx(side.binding_context);
        break;
    case ENTER_SEND_COMPLETE:
        side.entry->CoSendNetBufferListsCompleteHandler(NULL, NULL, 0);
        break;
    case ENTER_OID_REQUEST_COMPLETE:
        side.entry->OidRequestCompleteHandler(side.binding_context, NULL, NDIS_STATUS_SUCCESS);
        break;
    default: break;
    }
    return 1;
}
