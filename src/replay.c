/* replay.c - see replay.h.
 *
 * A thread acts only while the next line of the trace is its own; otherwise it waits.
 * The thread of the next line can always act: it stands in the runtime before an
 * event, or in the driver, which performs the line. If neither gets anywhere, that is
 * the deviation; so nothing hangs, and no time limit is needed. */
#include "replay.h"

#include "runtime.h"
#include "trace.h"

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

static int same_handle(struct handle a, struct handle b)
{
    return a.slot == b.slot && a.generation == b.generation;
}

static int same_event(struct event a, struct event b)
{
    return a.kind == b.kind && a.status == b.status && a.irql == b.irql &&
           a.thread == b.thread && same_handle(a.object, b.object) &&
           same_handle(a.on, b.on);
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

static NDIS_HANDLE vc_of(NDIS_HANDLE binding, NDIS_HANDLE af)
{
    NDIS_HANDLE vc;

    (void)NdisCoCreateVc(binding, af, NULL, &vc);
    return vc;
}

/* Performs one line of a driver's, or has NDIS enter a callback of its own accord. */
static void perform(struct event e)
{
    NDIS_HANDLE af = runtime_af_handle(e.object);
    NDIS_HANDLE binding = runtime_binding_handle(e.object);
    NDIS_HANDLE got;
    NDIS_STATUS status = ndis_status_of(e.status);
    NDIS_MINIPORT_ADAPTER_ATTRIBUTES attributes = {NULL};

    switch (e.kind) {
    case RETURN_OPEN_AF:
        (void)NdisClOpenAddressFamilyEx(runtime_binding_handle(e.on), NULL, NULL, &got);
        break;
    case CALL_CLOSE_AF: (void)NdisClCloseAddressFamily(af); break;
    case CALL_CM_CLOSE_AF_COMPLETE: NdisCmCloseAddressFamilyComplete(status, af); break;
    case CALL_MCM_CLOSE_AF_COMPLETE: NdisMCmCloseAddressFamilyComplete(status, af); break;
    case CALL_CM_NOTIFY: (void)NdisCmNotifyCloseAddressFamily(af); break;
    case CALL_MCM_NOTIFY: (void)NdisMCmNotifyCloseAddressFamily(af); break;
    case CALL_NOTIFY_COMPLETE: NdisClNotifyCloseAddressFamilyComplete(af, status); break;
    case CALL_MAKE_CALL: (void)NdisClMakeCall(vc_of(NULL, af), NULL, NULL, NULL); break;
    case CALL_CLOSE_CALL: (void)NdisClCloseCall(vc_of(NULL, af), NULL, NULL, 0); break;
    case CALL_REGISTER_SAP: (void)NdisClRegisterSap(af, NULL, NULL, &got); break;
    case CALL_DEREGISTER_SAP: (void)NdisClDeregisterSap(runtime_sap_handle(e.object)); break;
    case CALL_AF_REQUEST: (void)NdisCoOidRequest(NULL, af, NULL, NULL, NULL); break;
    case RETURN_OPEN_ADAPTER: (void)NdisOpenAdapterEx(NULL, NULL, NULL, binding, &got); break;
    case CALL_CM_REGISTER_AF: (void)NdisCmRegisterAddressFamilyEx(binding, NULL); break;
    case CALL_MCM_REGISTER_AF:
        (void)NdisMSetMiniportAttributes(binding, &attributes);
        (void)NdisMCmRegisterAddressFamilyEx(binding, NULL);
        break;
    case CALL_SEND: NdisCoSendNetBufferLists(vc_of(binding, NULL), NULL, 0); break;
    case CALL_OID_REQUEST: (void)NdisOidRequest(binding, NULL); break;
    case CALL_UNBIND_ADAPTER: (void)NdisUnbindAdapter(binding); break;
    case CALL_CLOSE_ADAPTER: (void)NdisCloseAdapterEx(binding); break;
    case CALL_COMPLETE_UNBIND: NdisCompleteUnbindAdapterEx(binding); break;
    case RELEASE_AF_RESOURCES:
    case OWN_CLOSE_AF_COMPLETE:
    case WAIT_IN_NOTIFICATION:
    case FREE_CLIENT_AF_CONTEXT:
    case FREE_CALL_MGR_AF_CONTEXT: driver_did(e.kind, af, status); break;
    case FREE_BINDING_CONTEXT: driver_did(e.kind, binding, status); break;
    case REMOVE_ADAPTER: ndis_remove_adapter(e.object); break;
    case ENTER_BIND:
    case ENTER_INITIALIZE:
    case ENTER_UNBIND:
    case ENTER_HALT:
    case ENTER_AF_REGISTER_NOTIFY:
    case ENTER_CLOSE_ADAPTER_COMPLETE:
    case ENTER_SEND_COMPLETE:
    case ENTER_OID_REQUEST_COMPLETE:
    case ENTER_AF_REQUEST_COMPLETE: (void)ndis_enter(e.kind, e.object); break;
    default: break; /* a line that only a call under way can bring about */
    }
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
        perform(line.event);
        pthread_mutex_lock(&script.lock);
        if (script.deviated == 0 && script.position < script.count &&
            script.lines[script.position].number == line.number) {
            deviate("nothing in the runtime brings this event about here", NULL);
        }
        pthread_mutex_unlock(&script.lock);
    }
    return FAILURE;
}

static PROTOCOL_BIND_ADAPTER_EX FollowBind;
static PROTOCOL_UNBIND_ADAPTER_EX FollowUnbind;
static PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX FollowCloseAdapterComplete;
static PROTOCOL_OID_REQUEST_COMPLETE FollowOidRequestComplete;
static PROTOCOL_CO_AF_REGISTER_NOTIFY FollowAfRegisterNotify;
static PROTOCOL_CO_OID_REQUEST_COMPLETE FollowCoOidRequestComplete;
static PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE FollowSendComplete;
static PROTOCOL_CL_CLOSE_AF_COMPLETE FollowCloseAfComplete;
static PROTOCOL_CL_NOTIFY_CLOSE_AF FollowNotifyCloseAf;
static PROTOCOL_CM_OPEN_AF FollowOpenAf;
static PROTOCOL_CM_CLOSE_AF FollowCloseAf;
static PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE FollowNotifyCloseAfComplete;
static MINIPORT_INITIALIZE FollowInitialize;
static MINIPORT_HALT FollowHalt;

static NDIS_STATUS FollowBind(NDIS_HANDLE ProtocolDriverContext, NDIS_HANDLE BindContext,
                              PNDIS_BIND_PARAMETERS BindParameters)
{
    (void)ProtocolDriverContext;
    (void)BindContext;
    (void)BindParameters;
    return ndis_status_of(follow(LEAVE_BIND));
}

static NDIS_STATUS FollowUnbind(NDIS_HANDLE UnbindContext, NDIS_HANDLE ProtocolBindingContext)
{
    (void)UnbindContext;
    (void)ProtocolBindingContext;
    return ndis_status_of(follow(LEAVE_UNBIND));
}

static void FollowCloseAdapterComplete(NDIS_HANDLE ProtocolBindingContext)
{
    (void)ProtocolBindingContext;
}

static void FollowOidRequestComplete(NDIS_HANDLE ProtocolBindingContext,
                                     PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    (void)ProtocolBindingContext;
    (void)OidRequest;
    (void)Status;
}

static void FollowAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext,
                                   PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)ProtocolBindingContext;
    (void)AddressFamily;
}

static void FollowCoOidRequestComplete(NDIS_HANDLE ProtocolAfContext,
                                       NDIS_HANDLE ProtocolVcContext,
                                       NDIS_HANDLE ProtocolPartyContext,
                                       PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    (void)ProtocolAfContext;
    (void)ProtocolVcContext;
    (void)ProtocolPartyContext;
    (void)OidRequest;
    (void)Status;
}

static void FollowSendComplete(NDIS_HANDLE ProtocolVcContext, PNET_BUFFER_LIST NetBufferLists,
                               ULONG SendCompleteFlags)
{
    (void)ProtocolVcContext;
    (void)NetBufferLists;
    (void)SendCompleteFlags;
}

static void FollowCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext)
{
    (void)Status;
    (void)ProtocolAfContext;
}

static NDIS_STATUS FollowNotifyCloseAf(NDIS_HANDLE ClientAfContext)
{
    (void)ClientAfContext;
    return ndis_status_of(follow(LEAVE_CL_NOTIFY_CLOSE_AF));
}

static NDIS_STATUS FollowOpenAf(NDIS_HANDLE CallMgrBindingContext,
                                PCO_ADDRESS_FAMILY AddressFamily, NDIS_HANDLE NdisAfHandle,
                                PNDIS_HANDLE CallMgrAfContext)
{
    (void)CallMgrBindingContext;
    (void)AddressFamily;
    (void)NdisAfHandle;
    *CallMgrAfContext = NULL;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS FollowCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    (void)CallMgrAfContext;
    return ndis_status_of(follow(LEAVE_CM_CLOSE_AF));
}

static void FollowNotifyCloseAfComplete(NDIS_HANDLE CallMgrAfContext, NDIS_STATUS Status)
{
    (void)CallMgrAfContext;
    (void)Status;
}

static NDIS_STATUS FollowInitialize(NDIS_HANDLE NdisMiniportHandle,
                                    NDIS_HANDLE MiniportDriverContext,
                                    PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    (void)NdisMiniportHandle;
    (void)MiniportDriverContext;
    (void)InitParameters;
    return ndis_status_of(follow(LEAVE_INITIALIZE));
}

static void FollowHalt(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    (void)MiniportAdapterContext;
    (void)HaltAction;
    (void)follow(LEAVE_HALT);
}

static const struct entry_points follower = {
    .BindAdapterHandlerEx = FollowBind,
    .UnbindAdapterHandlerEx = FollowUnbind,
    .CloseAdapterCompleteHandlerEx = FollowCloseAdapterComplete,
    .OidRequestCompleteHandler = FollowOidRequestComplete,
    .CoAfRegisterNotifyHandler = FollowAfRegisterNotify,
    .CoOidRequestCompleteHandler = FollowCoOidRequestComplete,
    .CoSendNetBufferListsCompleteHandler = FollowSendComplete,
    .ClCloseAfCompleteHandler = FollowCloseAfComplete,
    .ClNotifyCloseAfHandler = FollowNotifyCloseAf,
    .CmOpenAfHandler = FollowOpenAf,
    .CmCloseAfHandler = FollowCloseAf,
    .CmNotifyCloseAfCompleteHandler = FollowNotifyCloseAfComplete,
    .InitializeHandlerEx = FollowInitialize,
    .HaltHandlerEx = FollowHalt,
};

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
                fprintf(stderr, "%s: too long for the memory\n", name);
                return 2;
            }
        }
        result = trace_read_event(in, &script.lines[script.count].event, &number, &error);
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
    const struct runtime_hooks hooks = {NULL, before, choose, record, owe};
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
        runtime_start(readings, &hooks);
        for (uint32_t slot = 0; slot < MAX_BINDING; slot++) {
            (void)runtime_attach(slot, &follower, NULL);
        }
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
        printf("%s: replayed, %zu events, each as it stands\n", name, script.count);
    }
    return result;
}
