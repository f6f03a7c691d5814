/* runtime.c - see runtime.h: start and stop, what drivers and plug and play ask, and the
 * hooks. The functions of ndis.h stand in ndis_client.c, ndis_call_manager.c and
 * ndis_binding.c. */
#include "runtime_state.h"
#include "runtime_thread.h"

#include <stdlib.h>

struct core core;
struct runtime_hooks hooks;
struct adapter_side binding_side[MAX_BINDING];
struct af_side af_side[MAX_AF];

static struct lock lock = LOCK_INITIALIZER;

void take_ndis_lock(void)
{
    take_lock(&lock);
}

void drop_ndis_lock(void)
{
    drop_lock(&lock);
}

void wait_for_ndis(const char *awaited)
{
    wait_for_change(&lock, awaited);
}

void announce_ndis(void)
{
    announce_change(&lock);
}

/* The hooks. */

int before_event(struct event *e)
{
    e->thread = thread_number();
    if (hooks.before != NULL && hooks.before(hooks.context, e) != 0) {
        return 0;
    }
    e->irql = thread_irql();
    return 1;
}

void choose(struct event *e)
{
    if (hooks.choose != NULL) {
        hooks.choose(hooks.context, e);
    }
}

void record_event(struct event e, enum requirement broken)
{
    if (hooks.record != NULL) {
        hooks.record(hooks.context, &e, broken);
    }
}

struct debt {
    uint16_t enter;
    struct handle object;
};

static void pay(void *context)
{
    struct debt debt = *(struct debt *)context;

    free(context);
    (void)ndis_enter(debt.enter, debt.object);
}

void owe(uint16_t enter, struct handle object)
{
    struct debt *debt;

    if (hooks.owe != NULL) {
        hooks.owe(hooks.context, enter, object);
        return;
    }
    debt = malloc(sizeof *debt);
    if (debt == NULL) {
        runtime_gives_up("out of memory for a work item");
    }
    debt->enter = enter;
    debt->object = object;
    thread_start(pay, debt);
}

void runtime_queue_work(void (*routine)(void *), void *context)
{
    thread_start(routine, context);
}

/* Start and stop. */

void runtime_start(struct readings readings, const struct runtime_hooks *given)
{
    const struct runtime_hooks none = {0};
    const struct adapter_side no_binding = {0};
    const struct af_side no_af = {0};

    threads_reset();
    hooks = given != NULL ? *given : none;
    take_ndis_lock();
    core_initialise(&core, readings);
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        binding_side[i] = no_binding;
    }
    for (uint32_t i = 0; i < MAX_AF; i++) {
        af_side[i] = no_af;
    }
    drop_ndis_lock();
}

enum requirement runtime_unmet(void)
{
    enum requirement unmet;

    take_ndis_lock();
    unmet = core_unmet(&core);
    drop_ndis_lock();
    return unmet;
}

enum requirement runtime_stop(void)
{
    threads_join();
    return runtime_unmet();
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
    take_ndis_lock();
    binding_side[slot].entry = entry;
    binding_side[slot].driver_context = driver_context;
    drop_ndis_lock();
    return CONFORMING;
}

struct handle runtime_binding(uint32_t slot)
{
    struct handle h = {slot, 0};

    take_ndis_lock();
    h.generation = core.binding[slot].generation;
    if (core.binding[slot].phase == UNBOUND) {
        h.generation++;
    }
    drop_ndis_lock();
    return h;
}

void runtime_wait_until_unbound(uint32_t slot)
{
    take_ndis_lock();
    while (core.binding[slot].phase != UNBOUND) {
        wait_for_ndis("the end of an unbind or a halt");
    }
    drop_ndis_lock();
}

void driver_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status)
{
    enum handle_kind kind = act == FREE_BINDING_CONTEXT ? BINDING_HANDLE : AF_HANDLE;
    struct moment m;

    (void)driver_acts(act, decode(kind, object),
                      act == OWN_CLOSE_AF_COMPLETE ? status_of(status) : NO_STATUS, &m);
}
