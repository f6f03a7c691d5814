/* runtime_state.c - the state under the lock of NDIS, that lock, and the hooks: see
 * runtime_state.h. */
#include "runtime_state.h"

#include "runtime_thread.h"

struct core core;
uint32_t events_accepted;
struct runtime_hooks hooks;
struct adapter_side binding_side[MAX_BINDING];
struct adapter_side miniport_side;
struct object_side object_side[SIDES];
struct driver_side driver_side[MAX_BINDING];

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

/* Without a hook runtime_start has set its own. */
void owe(uint16_t enter, struct handle object)
{
    hooks.owe(hooks.context, enter, object);
}
