/* runtime.c - see runtime.h: start and stop, and what plug and play, the system and the example
 * drivers say. The functions of ndis.h stand in ndis_*.c. */
#include "example_hooks.h"
#include "runtime_driver.h"
#include "runtime_thread.h"
#include "runtime_wait.h"

#include <stdlib.h>

struct entry_owed {
    uint16_t enter;
    struct handle object;
};

static void make_entry(void *context)
{
    struct entry_owed owed = *(struct entry_owed *)context;

    free(context);
    if (owed.enter == ENTER_UNBIND) {
        ndis_unbind(owed.object);
    } else {
        (void)ndis_enter(owed.enter, owed.object);
    }
}

/* A thread of NDIS's. */
static void owe_to_a_thread(void *context, uint16_t enter, struct handle object)
{
    struct entry_owed *owed = malloc(sizeof *owed);

    (void)context;
    if (owed == NULL) {
        runtime_gives_up("out of memory for a work item");
    }
    owed->enter = enter;
    owed->object = object;
    thread_start(make_entry, owed);
}

unsigned driver_picks(unsigned options)
{
    return hooks.pick != NULL ? hooks.pick(hooks.context, options) : 0;
}

/* Start and stop. */

void runtime_start(struct readings readings, const struct runtime_hooks *given)
{
    const struct runtime_hooks none = {0};
    const struct adapter_side no_binding = {0};
    const struct object_side no_object = {0};
    const struct driver_side no_driver = {0};

    threads_reset();
    hooks = given != NULL ? *given : none;
    if (hooks.owe == NULL) {
        hooks.owe = owe_to_a_thread;
    }
    take_ndis_lock();
    core_initialise(&core, readings);
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        binding_side[i] = no_binding;
        driver_side[i] = no_driver;
    }
    miniport_side = no_binding;
    for (uint32_t i = 0; i < SIDES; i++) {
        object_side[i] = no_object;
    }
    drop_ndis_lock();
}

enum requirement runtime_unmet(void)
{
    enum requirement unmet;

    take_ndis_lock();
    unmet = core_owes(&core);
    if (unmet == CONFORMING) {
        unmet = driver_unmet();
    }
    drop_ndis_lock();
    return unmet;
}

enum requirement runtime_stop(void)
{
    threads_join();
    return runtime_unmet();
}

void runtime_attach(uint32_t slot, const struct entry_points *entry, NDIS_HANDLE driver_context)
{
    take_ndis_lock();
    driver_side[slot].entry = *entry;
    driver_side[slot].phase = DRIVER_REGISTERED;
    driver_side[slot].object.DriverUnload = entry->miniport.UnloadHandler;
    binding_side[slot].entry = &driver_side[slot].entry;
    binding_side[slot].driver_context = driver_context;
    drop_ndis_lock();
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

void runtime_wait_until_bound(uint32_t slot)
{
    take_ndis_lock();
    while (core.binding[slot].phase == BINDING) {
        wait_for_ndis("the end of a bind");
    }
    drop_ndis_lock();
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
    const enum handle_kind kind = object_of(act);
    struct moment m = {.arguments = {.what = kind == HANDLE_request ? object : NULL}};

    (void)driver_acts(act, decode(kind, object), has_status(act) ? status_of(status) : NO_STATUS,
                      &m);
}

void driver_says(const struct event *event)
{
    struct event e = *event;
    struct moment m = {0};

    (void)step(A_DRIVER, &e, &m);
}

void system_did(uint16_t act, struct handle object)
{
    struct moment m = {0};

    (void)ndis_acts(act, object, NO_STATUS, &m);
}

void runtime_attach_miniport(const struct entry_points *entry, NDIS_HANDLE adapter_context)
{
    take_ndis_lock();
    miniport_side.entry = entry;
    miniport_side.binding_context = adapter_context;
    drop_ndis_lock();
}

NDIS_HANDLE runtime_driver_handle(uint32_t slot)
{
    return runtime_handle(DRIVER_REGISTER_CALL, driver_in(slot));
}

NDIS_HANDLE runtime_adapter(void)
{
    return &miniport_side;
}

void runtime_set_thread(uint8_t number)
{
    this_thread = number;
}

void runtime_set_irql(uint8_t irql)
{
    thread_set_irql(irql);
}
