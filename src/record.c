/* record.c - see record.h. */
#include "record.h"

#include "call_manager.h"
#include "client.h"
#include "trace.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic uint32_t drawn; /* how many choices have been made */
static uint32_t seed_of_run;
static FILE *trace;

/* A number less than options: a hash of the seed and of the number of the choice. */
static unsigned pick(unsigned options)
{
    uint32_t x = seed_of_run * 0x9E3779B9u + atomic_fetch_add(&drawn, 1u) * 0x85EBCA6Bu;

    x = (x ^ x >> 16) * 0x7FEB352Du;
    x = (x ^ x >> 15) * 0x846CA68Bu;
    return (x ^ x >> 16) % options;
}

static int before(void *context, const struct event *event)
{
    (void)context;
    (void)event;
    for (unsigned yields = pick(6); yields > 0; yields--) {
        sched_yield();
    }
    return 0;
}

static void choose(void *context, struct event *event)
{
    (void)context;
    if (event->kind == RETURN_CLOSE_ADAPTER && pick(2) == 1) {
        event->status = PENDING;
    }
}

/* After a breach there is no telling whether the drivers will ever end. */
static void record(void *context, const struct event *event, enum requirement broken)
{
    (void)context;
    trace_write_event(trace, *event);
    if (broken != CONFORMING) {
        (void)fflush(trace);
        fprintf(stderr, "record: the last event of the trace breaks %s: %s\n",
                requirement_id(broken), requirement_text(broken));
        _Exit(1);
    }
}

/* What plug and play does on a thread of its own. */
struct errand {
    uint8_t enter;
    struct handle object;
};

static void *run_errand(void *argument)
{
    struct errand *errand = argument;

    if (errand->enter == CALL_UNBIND_ADAPTER) {
        (void)NdisUnbindAdapter(runtime_binding_handle(errand->object));
    } else {
        (void)ndis_enter(errand->enter, errand->object);
    }
    return NULL;
}

/* Runs the errands together, or one after the other. */
static void run_errands(struct errand *errand, unsigned count, int together)
{
    pthread_t thread[MAX_BINDING];

    for (unsigned i = 0; i < count; i++) {
        if (pthread_create(&thread[i], NULL, run_errand, &errand[i]) != 0) {
            fputs("record: cannot start a thread; lower the number of clients\n", stderr);
            _Exit(1);
        }
        if (!together) {
            pthread_join(thread[i], NULL);
        }
    }
    for (unsigned i = 0; together && i < count; i++) {
        pthread_join(thread[i], NULL);
    }
}

static struct errand errand_of(uint8_t protocol, uint8_t mcm, int miniport, uint32_t slot)
{
    struct errand e = {slot == MANAGER_BINDING && miniport ? mcm : protocol,
                       runtime_binding(slot)};
    return e;
}

/* Some drivers leave by themselves and are bound again. An MCM never does: nothing but
 * the system halts it. */
static void unbind_some(int miniport, unsigned bindings)
{
    struct errand leave[MAX_BINDING], bind[MAX_BINDING];
    unsigned count = 0;

    for (uint32_t slot = miniport ? 1 : 0; slot < bindings; slot++) {
        if (pick(3) == 0) {
            leave[count++] = errand_of(CALL_UNBIND_ADAPTER, NO_EVENT, 0, slot);
        }
    }
    run_errands(leave, count, 1);
    for (unsigned i = 0; i < count; i++) {
        runtime_wait_until_unbound(leave[i].object.slot);
        bind[i] = errand_of(ENTER_BIND, NO_EVENT, 0, leave[i].object.slot);
    }
    run_errands(bind, count, 1);
}

static void remove_adapter(int miniport, unsigned bindings)
{
    enum { TOGETHER, MANAGER_FIRST, CLIENTS_FIRST, ORDERS };
    struct errand unbind[MAX_BINDING];
    unsigned order = pick(ORDERS);

    ndis_remove_adapter(runtime_binding(MANAGER_BINDING));
    for (uint32_t i = 0; i < bindings; i++) {
        uint32_t slot = order == CLIENTS_FIRST ? bindings - 1 - i : i;
        unbind[i] = errand_of(ENTER_UNBIND, ENTER_HALT, miniport, slot);
    }
    run_errands(unbind, bindings, order == TOGETHER);
    for (uint32_t slot = 0; slot < bindings; slot++) {
        runtime_wait_until_unbound(slot);
    }
}

int record_run(unsigned seed, int miniport, unsigned clients, FILE *out)
{
    const struct runtime_hooks hooks = {NULL, before, choose, record, NULL};
    struct call_manager_driver manager = {
        miniport ? &miniport_functions : &stand_alone_functions, pick};
    struct client_driver client = {pick};
    struct errand bind[MAX_BINDING];
    unsigned bindings = clients + 1;
    enum requirement unmet;

    if (clients == 0 || bindings > MAX_BINDING) {
        fprintf(stderr, "record: clients must be from 1 to %u\n", MAX_BINDING - 1u);
        return 1;
    }
    seed_of_run = seed;
    atomic_store(&drawn, 0u);
    trace = out;
    trace_write_header(out, core_recommended_readings());
    runtime_start(core_recommended_readings(), &hooks);
    (void)runtime_attach(MANAGER_BINDING, &call_manager_entry_points, &manager);
    for (uint32_t slot = 0; slot < bindings; slot++) {
        if (slot != MANAGER_BINDING) {
            (void)runtime_attach(slot, &client_entry_points, &client);
        }
        bind[slot] = errand_of(ENTER_BIND, ENTER_INITIALIZE, miniport, slot);
    }
    run_errands(bind, bindings, 1);
    unbind_some(miniport, bindings);
    remove_adapter(miniport, bindings);
    unmet = runtime_stop();
    if (unmet != CONFORMING) {
        fprintf(stderr, "record: at the end %s is unmet: %s\n", requirement_id(unmet),
                requirement_text(unmet));
        return 1;
    }
    if (fflush(out) != 0 || ferror(out)) {
        perror("record: cannot write the trace");
        return 1;
    }
    return 0;
}
