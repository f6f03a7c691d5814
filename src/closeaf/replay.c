/* replay.c - see replay.h.
 *
 * A thread acts only while the next line of the trace is its own; otherwise it waits.
 * The thread of the next line can always act: it stands in the runtime before an
 * event, or in the driver, which performs the line. If neither gets anywhere, that is
 * the deviation; so nothing hangs, and no time limit is needed. */
#include "replay.h"

#include "protocol/handle.h"
#include "runtime/example_hooks.h"
#include "runtime/runtime.h"
#include "trace/trace.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define THREADS (UINT8_MAX + 1)

struct line {
    struct event event;
    unsigned long number;
};

/* The replay under way; there is one NDIS in a process. Written under the lock. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    struct line *lines;
    size_t count;
    size_t position;
    int deviated;
    const char *name;
    FILE *out;
} script = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

static _Thread_local uint8_t me;
static _Thread_local uint16_t entered; /* the callback that this thread was last in */

static void print_event(const char *label, struct event e)
{
    fprintf(stderr, "  %s ", label);
    trace_write_event(stderr, e);
}

/* The first deviation is the one that counts. Under the lock. */
static void deviate(const char *what, const struct event *got)
{
    if (script.deviated == 0) {
        const struct line *expected = &script.lines[script.position];
        fprintf(stderr, "%s:%lu: %s\n", script.name, expected->number, what);
        print_event("expected:", expected->event);
        if (got != NULL) {
            print_event("got:     ", *got);
        }
    }
    script.deviated = 1;
    pthread_cond_broadcast(&script.moved);
}

/* Waits until the next line is this thread's: 1, or 0 when the replay is over. */
static int my_turn(struct line *line)
{
    int mine;

    pthread_mutex_lock(&script.lock);
    while (script.deviated == 0 && script.position < script.count &&
           script.lines[script.position].event.thread != me) {
        pthread_cond_wait(&script.moved, &script.lock);
    }
    mine = script.deviated == 0 && script.position < script.count;
    if (mine) {
        *line = script.lines[script.position];
    }
    pthread_mutex_unlock(&script.lock);
    return mine;
}

/* The hooks. */

static int before(void *context, const struct event *event)
{
    struct line line;

    (void)context;
    (void)event;
    if (!my_turn(&line)) {
        return 1;
    }
    runtime_set_irql(line.event.irql);
    return 0;
}

static int same_event(struct event a, struct event b)
{
    return a.kind == b.kind && a.status == b.status && a.irql == b.irql &&
           a.thread == b.thread && handles_equal(a.object, b.object) &&
           handles_equal(a.on, b.on);
}

static void record(void *context, const struct event *event, enum requirement broken)
{
    (void)context;
    pthread_mutex_lock(&script.lock);
    if (script.deviated == 0 && script.position < script.count) {
        if (!same_event(script.lines[script.position].event, *event)) {
            deviate("the runtime deviates from the trace", event);
        } else if (broken != CONFORMING) {
            char what[64];
            (void)snprintf(what, sizeof what, "the event breaks %s", requirement_id(broken));
            deviate(what, NULL);
        } else {
            if (script.out != NULL) {
                trace_write_event(script.out, *event);
            }
            entered = strcmp(event_verb(event->kind), "enter") == 0 ? event->kind : entered;
            script.position++;
            pthread_cond_broadcast(&script.moved);
        }
    }
    pthread_mutex_unlock(&script.lock);
}

/* NDIS chooses what the thread's next line says. */
static void choose(void *context, struct event *event)
{
    (void)context;
    pthread_mutex_lock(&script.lock);
    for (size_t i = script.position; i < script.count; i++) {
        if (script.lines[i].event.thread == me) {
            if (script.lines[i].event.kind == event->kind) {
                event->status = script.lines[i].event.status;
                event->object = script.lines[i].event.object;
            }
            break;
        }
    }
    pthread_mutex_unlock(&script.lock);
}

/* The trace's own threads make the callbacks that NDIS owes. */
static void owe(void *context, uint16_t enter, struct handle object)
{
    (void)context;
    (void)enter;
    (void)object;
}

/* The driver that follows the trace. */

/* The memory of an OID request: each slot of a table has its own. */
static struct _NDIS_OID_REQUEST request[MAX_REQUEST], to_miniport[MAX_BINDING], af_close;

static PNDIS_OID_REQUEST request_of(struct event e)
{
    return &request[e.object.slot < MAX_REQUEST ? e.object.slot : 0];
}

static NDIS_HANDLE of_manager(void)
{
    return runtime_binding_handle(runtime_binding(MANAGER_BINDING));
}

/* What is with SAPs. */
static int perform_on_sap(struct event e, NDIS_HANDLE sap, NDIS_HANDLE af, NDIS_STATUS status)
{
    NDIS_HANDLE got;

    switch (e.kind) {
    case SAP_REGISTER_CALL: (void)NdisClRegisterSap(af, NULL, NULL, &got); break;
    case SAP_DEREGISTER_CALL: (void)NdisClDeregisterSap(sap); break;
    case SAP_REGISTER_COMPLETE: NdisCmRegisterSapComplete(status, sap, NULL); break;
    case SAP_REGISTER_MCM_COMPLETE: NdisMCmRegisterSapComplete(status, sap, NULL); break;
    case SAP_DEREGISTER_COMPLETE: NdisCmDeregisterSapComplete(status, sap); break;
    case SAP_DEREGISTER_MCM_COMPLETE: NdisMCmDeregisterSapComplete(status, sap); break;
    default: return 0;
    }
    return 1;
}

/* With VCs, save for calls. */
static int perform_on_vc(struct event e, NDIS_HANDLE vc, NDIS_HANDLE af, NDIS_STATUS status)
{
    NDIS_HANDLE got;

    switch (e.kind) {
    case VC_CREATE_BY_CLIENT_CALL: (void)NdisCoCreateVc(NULL, af, NULL, &got); break;
    case VC_CREATE_BY_MANAGER_CALL: (void)NdisCoCreateVc(of_manager(), af, NULL, &got); break;
    case VC_CREATE_BY_MANAGER_MCM_CALL: (void)NdisMCmCreateVc(of_manager(), af, NULL, &got); break;
    case VC_DELETE_BY_CLIENT_CALL:
    case VC_DELETE_BY_MANAGER_CALL: (void)NdisCoDeleteVc(vc); break;
    case VC_DELETE_BY_MANAGER_MCM_CALL: (void)NdisMCmDeleteVc(vc); break;
    case VC_ACTIVATE_CALL: (void)NdisCmActivateVc(vc, NULL); break;
    case VC_ACTIVATE_MCM_CALL: (void)NdisMCmActivateVc(vc, NULL); break;
    case VC_DEACTIVATE_CALL: (void)NdisCmDeactivateVc(vc); break;
    case VC_DEACTIVATE_MCM_CALL: (void)NdisMCmDeactivateVc(vc); break;
    case VC_DEACTIVATE_COMPLETE: NdisMCoDeactivateVcComplete(status, vc); break;
    case VC_SEND_CALL: NdisCoSendNetBufferLists(vc, NULL, 0); break;
    default: return 0;
    }
    return 1;
}

/* With calls. */
static int perform_on_call(struct event e, NDIS_HANDLE vc, NDIS_STATUS status)
{
    switch (e.kind) {
    case VC_MAKE_CALL_CALL: (void)NdisClMakeCall(vc, NULL, NULL, NULL); break;
    case VC_MAKE_CALL_COMPLETE: NdisCmMakeCallComplete(status, vc, NULL, NULL, NULL); break;
    case VC_MAKE_CALL_MCM_COMPLETE: NdisMCmMakeCallComplete(status, vc, NULL, NULL, NULL); break;
    case VC_CLOSE_CALL_CALL: (void)NdisClCloseCall(vc, NULL, NULL, 0); break;
    case VC_CLOSE_CALL_COMPLETE: NdisCmCloseCallComplete(status, vc, NULL); break;
    case VC_CLOSE_CALL_MCM_COMPLETE: NdisMCmCloseCallComplete(status, vc, NULL); break;
    case VC_INCOMING_CALL_CALL: (void)NdisCmDispatchIncomingCall(NULL, vc, NULL); break;
    case VC_INCOMING_CALL_MCM_CALL: (void)NdisMCmDispatchIncomingCall(NULL, vc, NULL); break;
    case VC_INCOMING_CALL_COMPLETE: NdisClIncomingCallComplete(status, vc, NULL); break;
    case VC_INCOMING_CLOSE_CALL: NdisCmDispatchIncomingCloseCall(0, vc, NULL, 0); break;
    case VC_DROP_LAST_PARTY_CALL:
        (void)NdisClDropParty(runtime_party_of_call(e.object), NULL, 0);
        break;
    case VC_INCOMING_CLOSE_MCM_CALL: NdisMCmDispatchIncomingCloseCall(0, vc, NULL, 0); break;
    default: return 0;
    }
    return 1;
}

/* With parties. */
static int perform_on_party(struct event e, NDIS_HANDLE party, NDIS_HANDLE vc, NDIS_STATUS status)
{
    NDIS_HANDLE got;

    switch (e.kind) {
    case PARTY_ADD_CALL: (void)NdisClAddParty(vc, NULL, NULL, &got); break;
    case PARTY_ADD_COMPLETE: NdisCmAddPartyComplete(status, party, NULL, NULL); break;
    case PARTY_ADD_MCM_COMPLETE: NdisMCmAddPartyComplete(status, party, NULL, NULL); break;
    case PARTY_DROP_CALL: (void)NdisClDropParty(party, NULL, 0); break;
    case PARTY_DROP_COMPLETE: NdisCmDropPartyComplete(status, party); break;
    case PARTY_DROP_MCM_COMPLETE: NdisMCmDropPartyComplete(status, party); break;
    case PARTY_INCOMING_DROP_CALL: NdisCmDispatchIncomingDropParty(0, party, NULL, 0); break;
    case PARTY_INCOMING_DROP_MCM_CALL: NdisMCmDispatchIncomingDropParty(0, party, NULL, 0); break;
    default: return 0;
    }
    return 1;
}

/* With OID requests. */
static int perform_on_request(struct event e, NDIS_HANDLE own, NDIS_HANDLE af, NDIS_STATUS status)
{
    const PNDIS_OID_REQUEST r = request_of(e);
    const PNDIS_OID_REQUEST m = &to_miniport[e.object.slot < MAX_BINDING ? e.object.slot : 0];

    switch (e.kind) {
    case REQUEST_BY_CLIENT_CALL: (void)NdisCoOidRequest(NULL, af, NULL, NULL, r); break;
    case REQUEST_BY_MANAGER_CALL: (void)NdisCoOidRequest(of_manager(), af, NULL, NULL, r); break;
    case REQUEST_BY_MANAGER_MCM_CALL: (void)NdisMCmOidRequest(af, NULL, NULL, r); break;
    case REQUEST_BY_CLIENT_COMPLETE:
    case REQUEST_BY_MANAGER_COMPLETE: NdisCoOidRequestComplete(af, NULL, NULL, r, status); break;
    case REQUEST_BY_CLIENT_MCM_COMPLETE: NdisMCmOidRequestComplete(af, NULL, NULL, r, status); break;
    case OID_CO_AF_CLOSE_CALL:
        (void)NdisCoOidRequest(of_manager(), own, NULL, NULL, &af_close);
        break;
    case OID_CO_AF_CLOSE_MCM_CALL: (void)NdisMCmOidRequest(own, NULL, NULL, &af_close); break;
    case OID_CO_AF_CLOSE_COMPLETE:
        NdisCoOidRequestComplete(own, NULL, NULL, &af_close, status);
        break;
    case REQUEST_TO_MINIPORT_CALL: (void)NdisCoOidRequest(own, NULL, NULL, NULL, m); break;
    case REQUEST_TO_MINIPORT_COMPLETE: NdisMCoOidRequestComplete(NULL, NULL, m, status); break;
    default: return 0;
    }
    return 1;
}

/* With AFs. */
static int perform_on_af(struct event e, NDIS_HANDLE af, NDIS_STATUS status)
{
    NDIS_HANDLE got;

    switch (e.kind) {
    case OPEN_AF_CALL:
        (void)NdisClOpenAddressFamilyEx(runtime_binding_handle(e.on), NULL, NULL, &got);
        break;
    case OPEN_AF_COMPLETE: NdisCmOpenAddressFamilyComplete(status, af, NULL); break;
    case OPEN_AF_MCM_COMPLETE: NdisMCmOpenAddressFamilyComplete(status, af, NULL); break;
    case CALL_CLOSE_AF: (void)NdisClCloseAddressFamily(af); break;
    case CALL_CM_CLOSE_AF_COMPLETE: NdisCmCloseAddressFamilyComplete(status, af); break;
    case CALL_MCM_CLOSE_AF_COMPLETE: NdisMCmCloseAddressFamilyComplete(status, af); break;
    case CALL_CM_NOTIFY: (void)NdisCmNotifyCloseAddressFamily(af); break;
    case CALL_MCM_NOTIFY: (void)NdisMCmNotifyCloseAddressFamily(af); break;
    case CALL_NOTIFY_COMPLETE: NdisClNotifyCloseAddressFamilyComplete(af, status); break;
    default: return 0;
    }
    return 1;
}

/* This thread's next line after the one that it performs is of this kind. */
static int comes_next(uint16_t kind)
{
    uint16_t next = NO_EVENT;

    pthread_mutex_lock(&script.lock);
    for (size_t i = script.position + 1; i < script.count && next == NO_EVENT; i++) {
        if (script.lines[i].event.thread == me) {
            next = script.lines[i].event.kind;
        }
    }
    pthread_mutex_unlock(&script.lock);
    return next == kind;
}

/* What is told of a binding when it has succeeded only: an adapter that is open, a family that is
 * registered. */
static int say_only(struct event e)
{
    switch (e.kind) {
    case CALL_CM_REGISTER_AF:
    case CALL_MCM_REGISTER_AF:
        if (comes_next(REGISTER_AF_RETURN) || comes_next(REGISTER_AF_MCM_RETURN)) {
            return 0;
        }
        break;
    case RETURN_OPEN_ADAPTER: break;
    default: return 0;
    }
    driver_says(&e);
    return 1;
}

/* What is asked of the adapter. */
static void ask_adapter(uint16_t kind, NDIS_HANDLE binding)
{
    ULONG filter = kind == SET_FILTER ? 1 : 0;
    struct _NDIS_OID_REQUEST r = {.DATA = {{0, &filter, sizeof filter}}};

    r.DATA.SET_INFORMATION.Oid = kind == WITHDRAW_OFFLOADS ? OID_TCP_OFFLOAD_PARAMETERS
                                                           : OID_GEN_CURRENT_PACKET_FILTER;
    (void)NdisOidRequest(binding, kind == CALL_OID_REQUEST ? NULL : &r);
}

/* Sends on a VC without an AF. */
static void send_on(NDIS_HANDLE binding)
{
    NDIS_HANDLE vc;

    (void)NdisCoCreateVc(binding, NULL, NULL, &vc);
    NdisCoSendNetBufferLists(vc, NULL, 0);
}

/* With bindings; NDIS enters a callback of its own accord. */
static int perform_on_binding(struct event e, NDIS_HANDLE binding, NDIS_STATUS status)
{
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {NULL};
    NDIS_HANDLE got;

    switch (e.kind) {
    case OPEN_ADAPTER_CALL:
        (void)NdisOpenAdapterEx(runtime_driver_handle(e.object.slot), NULL, NULL, binding, &got);
        break;
    case BIND_COMPLETE: NdisCompleteBindAdapterEx(binding, status); break;
    case CALL_CM_REGISTER_AF: (void)NdisCmRegisterAddressFamilyEx(binding, NULL); break;
    case CALL_MCM_REGISTER_AF:
        (void)NdisMSetMiniportAttributes(binding, &attributes);
        (void)NdisMCmRegisterAddressFamilyEx(binding, NULL);
        break;
    case CALL_SEND: send_on(binding); break;
    case CALL_OID_REQUEST:
    case SET_FILTER:
    case CLEAR_FILTER:
    case WITHDRAW_OFFLOADS: ask_adapter(e.kind, binding); break;
    case RETURN_RECEIVE: NdisReturnNetBufferLists(binding, NULL, 0); break;
    case PAUSE_COMPLETE:
    case RESTART_COMPLETE:
    case QUERY_REMOVE_COMPLETE:
    case SET_POWER_COMPLETE:
    case CANCEL_REMOVE_COMPLETE: NdisCompleteNetPnPEvent(binding, NULL, status); break;
    case CALL_UNBIND_ADAPTER: (void)NdisUnbindAdapter(binding); break;
    case CALL_CLOSE_ADAPTER: (void)NdisCloseAdapterEx(binding); break;
    case CALL_COMPLETE_UNBIND: NdisCompleteUnbindAdapterEx(binding); break;
    case ENTER_BIND:
    case ENTER_INITIALIZE:
    case ENTER_UNBIND:
    case ENTER_HALT:
    case ENTER_AF_REGISTER_NOTIFY:
    case ENTER_CLOSE_ADAPTER_COMPLETE:
    case ENTER_SEND_COMPLETE:
    case ENTER_OID_REQUEST_COMPLETE:
    case OPEN_AF_DELIVER:
    case OPEN_ADAPTER_DELIVER:
    case PAUSE_ENTER:
    case RESTART_ENTER:
    case QUERY_REMOVE_ENTER:
    case SET_POWER_ENTER:
    case CANCEL_REMOVE_ENTER:
    case INDICATE_RECEIVE:
    case INDICATE_STATUS:
    case INDICATE_CO_STATUS:
    case VC_SEND_DELIVER:
    case RESET_END: (void)ndis_enter(e.kind, e.object); break;
    default: return 0; /* a line that only a call under way can bring about */
    }
    return 1;
}

/* With drivers as a whole. */
static int perform_on_driver(struct event e, NDIS_HANDLE driver);

/* Performs one line of a driver's or of the system's. */
static void perform(struct event e)
{
    const NDIS_HANDLE own = runtime_handle(e.kind, e.object);
    const NDIS_HANDLE af = runtime_handle(CALL_CLOSE_AF, e.on);
    const NDIS_HANDLE vc = runtime_handle(VC_MAKE_CALL_CALL, e.on);
    const NDIS_STATUS status = ndis_status_of(e.status);
    const int is_request = strcmp(event_object(e.kind), "request") == 0;

    if (strcmp(event_verb(e.kind), "do") == 0) {
        if (strcmp(event_driver(e.kind), "system") == 0) {
            system_did(e.kind, e.object);
        } else {
            driver_did(e.kind, is_request ? request_of(e) : own, status);
        }
    } else {
        (void)(say_only(e) || perform_on_af(e, own, status) ||
               perform_on_binding(e, own, status) || perform_on_sap(e, own, af, status) ||
               perform_on_vc(e, own, af, status) || perform_on_call(e, own, status) ||
               perform_on_party(e, own, vc, status) || perform_on_request(e, own, af, status) ||
               perform_on_driver(e, own));
    }
}

/* Performs it, and looks whether it has come out. */
static void follow_line(struct line line)
{
    perform(line.event);
    pthread_mutex_lock(&script.lock);
    if (script.deviated == 0 && script.position < script.count &&
        script.lines[script.position].number == line.number) {
        deviate("the runtime cannot make this event here", NULL);
    }
    pthread_mutex_unlock(&script.lock);
}

/* Follows the trace on this thread until the line that leaves the callback; returns its
 * status. Callbacks without such a line return at once, and the lines that follow are
 * performed one frame further out, which is the same to NDIS. */
static uint8_t follow(uint16_t leave)
{
    struct line line;

    while (my_turn(&line)) {
        if (leave != NO_EVENT && line.event.kind == leave) {
            return line.event.status;
        }
        follow_line(line);
    }
    return FAILURE;
}

/* The line that leaves the callback in which this thread is. */
static uint16_t leave_of(uint16_t enter)
{
    for (uint16_t kind = NO_EVENT + 1; kind < NAMED_EVENT_COUNT; kind++) {
        if (strcmp(event_verb(kind), "leave") == 0 &&
            strcmp(event_name(kind), event_name(enter)) == 0 &&
            strcmp(event_object(kind), event_object(enter)) == 0) {
            return kind;
        }
    }
    return NO_EVENT;
}

static NDIS_STATUS follow_callback(void)
{
    return ndis_status_of(follow(leave_of(entered)));
}

static _Thread_local unsigned structures_set; /* by the driver, as its options */

static DRIVER_UNLOAD FollowUnload;

/* The callbacks look at nothing that they are given. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#define FOLLOWS(name, ...) \
    static NDIS_STATUS name(__VA_ARGS__) { return follow_callback(); }
#define FOLLOWS_AS(leave, name, ...) \
    static NDIS_STATUS name(__VA_ARGS__) { return ndis_status_of(follow(leave)); }
#define PASSES(name, ...) \
    static void name(__VA_ARGS__) {}

FOLLOWS(FollowBind, NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS parameters)
FOLLOWS(FollowUnbind, NDIS_HANDLE unbind, NDIS_HANDLE binding)
FOLLOWS(FollowNetPnPEvent, NDIS_HANDLE binding, PNET_PNP_EVENT_NOTIFICATION notification)
FOLLOWS(FollowInitialize, NDIS_HANDLE adapter, NDIS_HANDLE driver,
        PNDIS_MINIPORT_INIT_PARAMETERS parameters)
FOLLOWS(FollowOne, NDIS_HANDLE context)
FOLLOWS(FollowOpenAf, NDIS_HANDLE binding, PCO_ADDRESS_FAMILY family, NDIS_HANDLE af,
        PNDIS_HANDLE context)
FOLLOWS(FollowRegisterSap, NDIS_HANDLE af, PCO_SAP sap, NDIS_HANDLE handle, PNDIS_HANDLE context)
FOLLOWS(FollowCreateVc, NDIS_HANDLE af, NDIS_HANDLE vc, PNDIS_HANDLE context)
FOLLOWS(FollowMakeCall, NDIS_HANDLE vc, PCO_CALL_PARAMETERS parameters, NDIS_HANDLE party,
        PNDIS_HANDLE context)
FOLLOWS(FollowCloseCall, NDIS_HANDLE vc, NDIS_HANDLE party, PVOID data, UINT size)
FOLLOWS(FollowIncomingCall, NDIS_HANDLE sap, NDIS_HANDLE vc, PCO_CALL_PARAMETERS parameters)
FOLLOWS(FollowDropParty, NDIS_HANDLE party, PVOID data, UINT size)
FOLLOWS(FollowRequest, NDIS_HANDLE af, NDIS_HANDLE vc, NDIS_HANDLE party, PNDIS_OID_REQUEST oid)
FOLLOWS(FollowRequestToMiniport, NDIS_HANDLE adapter, NDIS_HANDLE vc, PNDIS_OID_REQUEST oid)
FOLLOWS_AS(MINIPORT_CREATE_VC_LEAVE, FollowMiniportCreateVc, NDIS_HANDLE adapter, NDIS_HANDLE vc,
           PNDIS_HANDLE context)
FOLLOWS_AS(MINIPORT_DELETE_VC_LEAVE, FollowMiniportDeleteVc, NDIS_HANDLE vc)

static NDIS_STATUS FollowSetOptions(NDIS_HANDLE driver, NDIS_HANDLE context)
{
    structures_set = 0;
    return follow_callback();
}

static NTSTATUS FollowDriverEntry(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
    object->DriverUnload = FollowUnload;
    return ndis_status_of(follow(DRIVER_ENTRY_LEAVE));
}

/* It has no line for its end either; in it the driver deregisters itself (DRG-01). */
static void FollowUnload(PDRIVER_OBJECT object)
{
    uint16_t performed = NO_EVENT;
    struct line line;

    while (performed != DRIVER_DEREGISTER_CALL && my_turn(&line)) {
        performed = line.event.kind;
        follow_line(line);
    }
}

static void FollowHalt(NDIS_HANDLE adapter, NDIS_HALT_ACTION action)
{
    (void)follow(LEAVE_HALT);
}

PASSES(PassUninstall, void)
PASSES(PassOne, NDIS_HANDLE context)
PASSES(PassStatus, NDIS_STATUS status, NDIS_HANDLE context)
PASSES(PassStatusBehind, NDIS_HANDLE context, NDIS_STATUS status)
PASSES(PassOidRequest, NDIS_HANDLE binding, PNDIS_OID_REQUEST oid, NDIS_STATUS status)
PASSES(PassCoOidRequest, NDIS_HANDLE af, NDIS_HANDLE vc, NDIS_HANDLE party, PNDIS_OID_REQUEST oid,
       NDIS_STATUS status)
PASSES(PassReceive, NDIS_HANDLE binding, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port,
       ULONG number, ULONG flags)
PASSES(PassIndication, NDIS_HANDLE binding, PNDIS_STATUS_INDICATION indication)
PASSES(PassCoIndication, NDIS_HANDLE binding, NDIS_HANDLE vc, PNDIS_STATUS_INDICATION indication)
PASSES(PassOffer, NDIS_HANDLE binding, PCO_ADDRESS_FAMILY family)
PASSES(PassSend, NDIS_HANDLE vc, PNET_BUFFER_LIST lists, ULONG flags)
PASSES(PassOpenAf, NDIS_HANDLE context, NDIS_HANDLE af, NDIS_STATUS status)
PASSES(PassSap, NDIS_STATUS status, NDIS_HANDLE context, PCO_SAP sap, NDIS_HANDLE handle)
PASSES(PassMakeCall, NDIS_STATUS status, NDIS_HANDLE vc, NDIS_HANDLE party,
       PCO_CALL_PARAMETERS parameters)
PASSES(PassCloseCall, NDIS_STATUS status, NDIS_HANDLE vc, NDIS_HANDLE party)
PASSES(PassIncomingCall, NDIS_STATUS status, NDIS_HANDLE vc, PCO_CALL_PARAMETERS parameters)
PASSES(PassEnd, NDIS_STATUS status, NDIS_HANDLE context, PVOID data, UINT size)
#pragma GCC diagnostic pop

/* The structures of any driver, each role. */

static NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol = {
    .Header = {.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS},
    .SetOptionsHandler = FollowSetOptions,
    .BindAdapterHandlerEx = FollowBind,
    .UnbindAdapterHandlerEx = FollowUnbind,
    .OpenAdapterCompleteHandlerEx = PassStatusBehind,
    .CloseAdapterCompleteHandlerEx = PassOne,
    .NetPnPEventHandler = FollowNetPnPEvent,
    .UninstallHandler = PassUninstall,
    .OidRequestCompleteHandler = PassOidRequest,
    .StatusHandlerEx = PassIndication,
    .ReceiveNetBufferListsHandler = PassReceive,
};

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport = {
    .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS},
    .SetOptionsHandler = FollowSetOptions,
    .InitializeHandlerEx = FollowInitialize,
    .HaltHandlerEx = FollowHalt,
    .UnloadHandler = FollowUnload,
};

static NDIS_PROTOCOL_CO_CHARACTERISTICS co_protocol = {
    .Header = {.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS},
    .CoStatusHandlerEx = PassCoIndication,
    .CoAfRegisterNotifyHandler = PassOffer,
    .CoSendNetBufferListsCompleteHandler = PassSend,
};

static NDIS_MINIPORT_CO_CHARACTERISTICS co_miniport = {
    .Header = {.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS},
    .CoCreateVcHandler = FollowMiniportCreateVc,
    .CoDeleteVcHandler = FollowMiniportDeleteVc,
    .CoDeactivateVcHandler = FollowOne,
    .CoOidRequestHandler = FollowRequestToMiniport,
};

static NDIS_CO_CLIENT_OPTIONAL_HANDLERS client = {
    .Header = {.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS},
    .ClCreateVcHandler = FollowCreateVc,
    .ClDeleteVcHandler = FollowOne,
    .ClOidRequestHandler = FollowRequest,
    .ClOidRequestCompleteHandler = PassCoOidRequest,
    .ClOpenAfCompleteHandlerEx = PassOpenAf,
    .ClCloseAfCompleteHandler = PassStatus,
    .ClRegisterSapCompleteHandler = PassSap,
    .ClDeregisterSapCompleteHandler = PassStatus,
    .ClMakeCallCompleteHandler = PassMakeCall,
    .ClCloseCallCompleteHandler = PassCloseCall,
    .ClAddPartyCompleteHandler = PassMakeCall,
    .ClDropPartyCompleteHandler = PassStatus,
    .ClIncomingCallHandler = FollowIncomingCall,
    .ClIncomingCloseCallHandler = PassEnd,
    .ClIncomingDropPartyHandler = PassEnd,
    .ClNotifyCloseAfHandler = FollowOne,
};

static NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS call_manager = {
    .Header = {.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS},
    .CmCreateVcHandler = FollowCreateVc,
    .CmDeleteVcHandler = FollowOne,
    .CmOpenAfHandler = FollowOpenAf,
    .CmCloseAfHandler = FollowOne,
    .CmRegisterSapHandler = FollowRegisterSap,
    .CmDeregisterSapHandler = FollowOne,
    .CmMakeCallHandler = FollowMakeCall,
    .CmCloseCallHandler = FollowCloseCall,
    .CmIncomingCallCompleteHandler = PassIncomingCall,
    .CmAddPartyHandler = FollowMakeCall,
    .CmDropPartyHandler = FollowDropParty,
    .CmDeactivateVcCompleteHandler = PassStatus,
    .CmOidRequestHandler = FollowRequest,
    .CmOidRequestCompleteHandler = PassCoOidRequest,
    .CmNotifyCloseAfCompleteHandler = PassStatusBehind,
};

/* One that is there from the beginning. */
static struct entry_points whole_driver(void)
{
    struct entry_points e = {0};

    take_handlers(&e, &protocol);
    take_handlers(&e, &miniport);
    take_handlers(&e, &co_protocol);
    take_handlers(&e, &co_miniport);
    take_handlers(&e, &client);
    take_handlers(&e, &call_manager);
    return e;
}

/* A driver sets the structure of its kind, then that of its role; the trace does not say which. */
static void set_next_structure(uint32_t slot, NDIS_HANDLE driver)
{
    const int is_miniport = entered == SET_OPTIONS_MCM_ENTER;
    const PVOID of_kind = is_miniport ? (PVOID)&co_miniport : &co_protocol;
    const PVOID of_role = slot == MANAGER_BINDING ? (PVOID)&call_manager : &client;

    (void)NdisSetOptionalHandlers(driver, structures_set == 0 ? of_kind : of_role);
    structures_set++;
}

/* The driver's first line is that of its registration, from its DriverEntry. */
static void register_driver(struct event e)
{
    static _Thread_local int is_in_driver_entry;
    NDIS_HANDLE got;

    if (!is_in_driver_entry) {
        is_in_driver_entry = 1;
        (void)ndis_load(e.object.slot, FollowDriverEntry);
        is_in_driver_entry = 0;
    } else if (e.kind == DRIVER_REGISTER_CALL) {
        (void)NdisRegisterProtocolDriver(NULL, &protocol, &got);
    } else {
        (void)NdisMRegisterMiniportDriver(NULL, NULL, NULL, &miniport, &got);
    }
}

static int perform_on_driver(struct event e, NDIS_HANDLE driver)
{
    switch (e.kind) {
    case DRIVER_REGISTER_CALL:
    case SET_OPTIONS_MCM_ENTER: register_driver(e); break;
    case SET_OPTIONAL_HANDLERS_CALL: set_next_structure(e.object.slot, driver); break;
    case DRIVER_DEREGISTER_CALL: NdisDeregisterProtocolDriver(driver); break;
    case REENUMERATE_BINDINGS_CALL: NdisReEnumerateProtocolBindings(driver); break;
    case DRIVER_UNINSTALL_ENTER: (void)ndis_enter(e.kind, e.object); break;
    case UNLOAD_ENTER: ndis_unload(e.object.slot); break;
    case DOWNSTREAM_OPEN_CALL:
    case DOWNSTREAM_NOTIFY_CALL:
    case DOWNSTREAM_CLOSE_CALL: driver_says(&e); break;
    default: return 0;
    }
    return 1;
}

/* Does the trace tell how this driver is registered? */
static int is_registered_by_trace(uint32_t slot)
{
    for (size_t i = 0; i < script.count; i++) {
        const struct event *e = &script.lines[i].event;
        if ((e->kind == DRIVER_REGISTER_CALL || e->kind == SET_OPTIONS_MCM_ENTER) &&
            e->object.slot == slot) {
            return 1;
        }
    }
    return 0;
}

static void attach(const struct entry_points *follower)
{
    for (uint32_t slot = 0; slot < MAX_BINDING; slot++) {
        if (!is_registered_by_trace(slot)) {
            runtime_attach(slot, follower, NULL);
        }
    }
    runtime_attach_miniport(follower, NULL);
}

static void *run_thread(void *number)
{
    me = (uint8_t)(uintptr_t)number;
    runtime_set_thread(me);
    (void)follow(NO_EVENT);
    return NULL;
}

/* Reads the whole trace: 0, or 2 with a message. */
static int read_lines(FILE *in, const char *name, struct readings *readings)
{
    struct trace_error error;
    unsigned long number = 1;
    size_t room = 0;
    int result = trace_read_header(in, readings, &error);

    while (result > 0) {
        if (script.count == room) {
            room = room == 0 ? 64 : room * 2;
            script.lines = realloc(script.lines, room * sizeof *script.lines);
            if (script.lines == NULL) {
                fprintf(stderr, "%s: not enough memory for this trace\n", name);
                return 2;
            }
        }
        result = trace_read_event(in, &script.lines[script.count].event, &number, &error);
        if (result > 0 && script.lines[script.count].event.kind >= MODEL_EVENT_COUNT) {
            fprintf(stderr, "%s:%lu: %s: replay's drivers make no such event; judge this trace with "
                            "closeaf check\n",
                    name, number, event_name(script.lines[script.count].event.kind));
            return 2;
        }
        if (result > 0 && script.lines[script.count].event.by != 0) {
            fprintf(stderr, "%s:%lu: by: replay's drivers use only their own objects; judge this "
                            "trace with closeaf check\n", name, number);
            return 2;
        }
        if (result > 0) {
            script.lines[script.count++].number = number;
        }
    }
    if (result < 0) {
        fprintf(stderr, "%s:%lu:%lu: expected %s\n", name, error.line, error.column,
                error.expected);
        return 2;
    }
    return 0;
}

static int run_threads(void)
{
    uint8_t wanted[THREADS] = {0};
    pthread_t thread[THREADS];
    int started = 1;

    for (size_t i = 0; i < script.count; i++) {
        wanted[script.lines[i].event.thread] = 1;
    }
    for (unsigned t = 0; t < THREADS; t++) {
        if (wanted[t] != 0 && started != 0 &&
            pthread_create(&thread[t], NULL, run_thread, (void *)(uintptr_t)t) != 0) {
            pthread_mutex_lock(&script.lock);
            deviate("cannot start a thread for this trace", NULL);
            pthread_mutex_unlock(&script.lock);
            started = 0;
        }
        if (started == 0) {
            wanted[t] = 0;
        }
    }
    for (unsigned t = 0; t < THREADS; t++) {
        if (wanted[t] != 0) {
            pthread_join(thread[t], NULL);
        }
    }
    return script.deviated;
}

int replay(FILE *in, const char *name, FILE *out)
{
    const struct runtime_hooks hooks = {
        .before = before, .choose = choose, .record = record, .owe = owe, .in_order = 1};
    const struct entry_points follower = whole_driver();
    struct readings readings;
    int result;

    script.lines = NULL;
    script.count = 0;
    script.position = 0;
    script.deviated = 0;
    script.name = name;
    script.out = out;
    result = read_lines(in, name, &readings);
    if (result == 0) {
        af_close.DATA.SET_INFORMATION.Oid = OID_CO_AF_CLOSE;
        runtime_start(readings, &hooks);
        attach(&follower);
        if (out != NULL) {
            trace_write_header(out, readings);
        }
        result = run_threads();
    }
    free(script.lines);
    return result;
}

int replay_file(const char *path)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    const char *name = in == stdin ? "standard input" : path;
    int result;

    if (in == NULL) {
        perror(path);
        return 2;
    }
    result = replay(in, name, NULL);
    if (in != stdin) {
        (void)fclose(in);
    }
    if (result == 0) {
        printf("%s: replayed %zu events, each identical\n", name, script.count);
    }
    return result;
}
