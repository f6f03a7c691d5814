/* record.c - see record.h. */
#include "record.h"

#include "drivers/call_manager.h"
#include "drivers/client.h"
#include "drivers/miniport.h"
#include "runtime/runtime.h"
#include "runtime/runtime_thread.h"
#include "runtime/runtime_wait.h"
#include "trace/trace.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

static _Atomic uint32_t drawn; /* how many choices have been made */
static struct recording run;
static struct figures count;
static struct entry_points miniport; /* beneath a stand-alone call manager */

/* A number less than options: a hash of the seed and of the number of the choice. Relaxed:
 * it must not order threads that no lock orders, or ThreadSanitizer sees no race. */
static unsigned pick(unsigned options)
{
    uint32_t number = atomic_fetch_add_explicit(&drawn, 1u, memory_order_relaxed);
    uint32_t x = run.seed * 0x9E3779B9u + number * 0x85EBCA6Bu;

    x = (x ^ x >> 16) * 0x7FEB352Du;
    x = (x ^ x >> 15) * 0x846CA68Bu;
    return (x ^ x >> 16) % options;
}

static unsigned pick_for_driver(void *context, unsigned options)
{
    (void)context;
    return pick(options);
}

static int before(void *context, const struct event *event)
{
    const struct timespec moment = {0, 20000};

    (void)context;
    (void)event;
    for (unsigned yields = pick(3); yields > 0; yields--) {
        sched_yield();
    }
    if (pick(256) == 0) {
        (void)nanosleep(&moment, NULL);
    }
    return 0;
}

/* What NDIS may answer by itself it does half of the time, where the core permits it. */
static void choose(void *context, struct event *event)
{
    (void)context;
    switch (event->kind) {
    case RETURN_OPEN_ADAPTER:
    case RETURN_CLOSE_ADAPTER: event->status = pick(2) == 1 ? PENDING : SUCCESS; break;
    case RETURN_OPEN_AF: event->status = pick(2) == 1 ? FAILURE : NO_STATUS; break;
    case REQUEST_BY_CLIENT_RETURN:
    case REQUEST_BY_MANAGER_RETURN:
    case REQUEST_BY_MANAGER_MCM_RETURN: event->status = pick(2) == 1 ? CLOSING : NO_STATUS; break;
    default: break;
    }
}

_Noreturn static void fail(void)
{
    (void)fflush(run.out);
    if (run.fails != NULL) {
        run.fails();
    }
    _Exit(1);
}

/* After a breach there is no telling whether the drivers will ever end. */
static void record_event(void *context, const struct event *event, enum requirement broken)
{
    (void)context;
    trace_write_event(run.out, *event);
    count.events++;
    if (broken != CONFORMING) {
        fprintf(stderr, "record: the last event of the trace breaks %s: %s\n",
                requirement_id(broken), requirement_text(broken));
        fail();
    }
}

static void say_unmet(const char *when, enum requirement unmet)
{
    fprintf(stderr, "record: %s %s is unmet: %s\n", when, requirement_id(unmet),
            requirement_text(unmet));
}

/* A deadlock, or a broken discipline. */
static void give_up(const char *why)
{
    fprintf(stderr, "record: %s\n", why);
    threads_print_waits(stderr);
    if (lock_is_held == 0) {
        enum requirement unmet = runtime_unmet();
        if (unmet != CONFORMING) {
            say_unmet("at this point", unmet);
        }
    }
    fail();
}

/* What the system and plug and play do on a thread of their own. */
struct task {
    uint16_t enter;
    struct handle object;
};

static struct lock lock = LOCK_INITIALIZER;
static unsigned tasks; /* under way */

/* A client's may fail; then it is loaded again. */
static void load(uint32_t slot)
{
    DRIVER_INITIALIZE *const entry = slot != MANAGER_BINDING ? ClientDriverEntry
                                     : run.miniport          ? McmDriverEntry
                                                             : CallManagerDriverEntry;

    while (ndis_load(slot, entry) != NDIS_STATUS_SUCCESS) {
    }
}

static void run_task(void *context)
{
    const struct task *task = context;

    switch (task->enter) {
    case DRIVER_ENTRY_LEAVE: load(task->object.slot); break;
    case DRIVER_UNINSTALL_ENTER: ndis_uninstall(task->object.slot); break;
    case UNLOAD_ENTER: ndis_unload(task->object.slot); break;
    case CALL_UNBIND_ADAPTER:
        (void)NdisUnbindAdapter(runtime_binding_handle(task->object));
        break;
    case ENTER_UNBIND: ndis_unbind(task->object); break;
    case ENTER_BIND: /* and then it runs */
        (void)ndis_enter(ENTER_BIND, task->object);
        runtime_wait_until_bound(task->object.slot);
        (void)ndis_enter(RESTART_ENTER, task->object);
        break;
    default: (void)ndis_enter(task->enter, task->object); break;
    }
    take_lock(&lock);
    tasks--;
    announce_change(&lock);
    drop_lock(&lock);
}

static void begin_task(struct task *task)
{
    take_lock(&lock);
    tasks++;
    drop_lock(&lock);
    thread_start(run_task, task);
}

static void await_tasks(void)
{
    take_lock(&lock);
    while (tasks > 0) {
        wait_for_change(&lock, "binds, unbinds and halts to end");
    }
    drop_lock(&lock);
}

/* Runs the tasks together, or one after the other. */
static void run_tasks(struct task *task, unsigned number, int together)
{
    for (unsigned i = 0; i < number; i++) {
        begin_task(&task[i]);
        if (!together) {
            await_tasks();
        }
    }
    await_tasks();
}

static struct task task_of(uint16_t protocol, uint16_t mcm, int miniport, uint32_t slot)
{
    struct task e = {slot == MANAGER_BINDING && miniport ? mcm : protocol,
                       runtime_binding(slot)};
    return e;
}

/* Some drivers leave by themselves and are bound again. An MCM never does: nothing but
 * the system halts it. */
static void unbind_some(int miniport, unsigned bindings)
{
    struct task leave[MAX_BINDING], bind[MAX_BINDING];
    unsigned count = 0;

    for (uint32_t slot = miniport ? 1 : 0; slot < bindings; slot++) {
        if (pick(3) == 0) {
            leave[count++] = task_of(CALL_UNBIND_ADAPTER, NO_EVENT, 0, slot);
        }
    }
    run_tasks(leave, count, 1);
    for (unsigned i = 0; i < count; i++) {
        runtime_wait_until_unbound(leave[i].object.slot);
        bind[i] = task_of(ENTER_BIND, NO_EVENT, 0, leave[i].object.slot);
    }
    run_tasks(bind, count, 1);
}

static void remove_adapter(int miniport, unsigned bindings)
{
    enum { TOGETHER, MANAGER_FIRST, CLIENTS_FIRST, ORDERS };
    struct task unbind[MAX_BINDING];
    unsigned order = pick(ORDERS);

    system_did(REMOVE_ADAPTER, runtime_binding(MANAGER_BINDING));
    for (uint32_t i = 0; i < bindings; i++) {
        uint32_t slot = order == CLIENTS_FIRST ? bindings - 1 - i : i;
        unbind[i] = task_of(ENTER_UNBIND, ENTER_HALT, miniport, slot);
    }
    run_tasks(unbind, bindings, order == TOGETHER);
    for (uint32_t slot = 0; slot < bindings; slot++) {
        runtime_wait_until_unbound(slot);
    }
}

static void load_all(unsigned bindings)
{
    struct task load[MAX_BINDING];

    for (uint32_t slot = 0; slot < bindings; slot++) {
        load[slot] = task_of(DRIVER_ENTRY_LEAVE, DRIVER_ENTRY_LEAVE, 0, slot);
    }
    run_tasks(load, bindings, !run.scheduled);
}

/* An MCM's adapter is initialised before anybody is bound to it. */
static void bind_all(int miniport, unsigned bindings)
{
    struct task bind[MAX_BINDING];
    unsigned first = miniport ? 1 : 0;

    for (uint32_t slot = 0; slot < bindings; slot++) {
        bind[slot] = task_of(ENTER_BIND, ENTER_INITIALIZE, miniport, slot);
    }
    run_tasks(bind, first, 1);
    run_tasks(bind + first, bindings - first, 1);
}

/* Protocol drivers may be bound when they are unloaded or uninstalled (DRG-03). The adapter of an
 * MCM is halted before. */
static void unload_all(int miniport, unsigned bindings)
{
    struct task unload[MAX_BINDING];
    unsigned first = miniport ? 1 : 0;
    int are_bound = !run.scheduled && pick(2) == 1;

    if (are_bound) {
        bind_all(miniport, bindings);
    }
    for (uint32_t slot = 0; slot < bindings; slot++) {
        unload[slot] = task_of(pick(2) == 1 ? DRIVER_UNINSTALL_ENTER : UNLOAD_ENTER, UNLOAD_ENTER,
                                 miniport, slot);
    }
    run_tasks(unload + first, bindings - first, !run.scheduled);
    if (are_bound && miniport) {
        remove_adapter(miniport, bindings);
    }
    run_tasks(unload, first, 1);
}

/* Read while no other thread runs, save those that have nothing to record any more. */
static unsigned long events_so_far(void)
{
    (void)runtime_unmet(); /* takes the lock under which the events are counted */
    return count.events;
}

int record(const struct recording *recording, struct figures *figures)
{
    const struct figures none = {0};
    const struct runtime_hooks hooks = {.before = recording->scheduled ? NULL : before,
                                        .choose = choose, .record = record_event,
                                        .pick = pick_for_driver};
    unsigned bindings = recording->clients + 1;
    enum requirement unmet;

    if (recording->clients == 0 || bindings > MAX_BINDING) {
        fprintf(stderr, "record: clients must be from 1 to %u\n", MAX_BINDING - 1u);
        return 1;
    }
    run = *recording;
    count = none;
    atomic_store(&drawn, 0u);
    trace_write_header(run.out, core_recommended_readings());
    runtime_on_giving_up(give_up);
    runtime_start(core_recommended_readings(), &hooks);
    take_handlers(&miniport, &miniport_characteristics);
    runtime_attach_miniport(&miniport, runtime_adapter());
    load_all(bindings);
    do {
        bind_all(run.miniport, bindings);
        unbind_some(run.miniport, bindings);
        remove_adapter(run.miniport, bindings);
        count.rounds++;
    } while (events_so_far() < run.events && !ferror(run.out));
    unload_all(run.miniport, bindings);
    unmet = runtime_stop();
    runtime_on_giving_up(NULL);
    count.threads = threads_most();
    *figures = count;
    if (unmet != CONFORMING) {
        say_unmet("at the end", unmet);
        return 1;
    }
    if (fflush(run.out) != 0 || ferror(run.out)) {
        perror("record: cannot write the trace");
        return 1;
    }
    return 0;
}

int record_run(unsigned seed, int miniport, unsigned clients, FILE *out)
{
    const struct recording once = {.seed = seed, .miniport = miniport, .clients = clients,
                                   .out = out};
    struct figures figures;

    return record(&once, &figures);
}
