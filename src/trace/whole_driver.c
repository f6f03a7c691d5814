/* whole_driver.c - see whole_driver.h. */
#include "whole_driver.h"

#include "trace.h"

#include <string.h>

static struct whole_driver *driver_of(struct whole_drivers *w, struct handle driver)
{
    static const struct whole_driver fresh;
    struct whole_driver *d =
        &w->driver[driver.slot < SLOTS_OF_DRIVERS ? driver.slot : SLOTS_OF_DRIVERS - 1];

    if (d->generation < driver.generation) {
        *d = fresh;
        d->generation = driver.generation;
    }
    return d;
}

int is_deregistering(const struct whole_drivers *w, uint32_t slot)
{
    return w->driver[slot < SLOTS_OF_DRIVERS ? slot : SLOTS_OF_DRIVERS - 1].registration ==
           DEREGISTERING;
}

int next_left_registered(const struct whole_drivers *w, uint32_t *slot, struct handle *driver)
{
    while (*slot < SLOTS_OF_DRIVERS) {
        const uint32_t this = (*slot)++;
        const struct whole_driver *d = &w->driver[this];

        if (d->is_unloaded != 0 && d->registration == REGISTERED) {
            *driver = (struct handle){this, d->generation};
            return 1;
        }
    }
    return 0;
}

static int is_bound(const struct core *c, uint32_t slot)
{
    return slot < MAX_BINDING && c->binding[slot].phase != UNBOUND;
}

/* ---- Where a thread is ---- */

/* In which callback of NDIS: of a binding or a driver it is that driver's, of anything else the call
 * manager's or a client's. */
static int is_own_callback(struct event begun, uint32_t slot)
{
    const char *object = event_object(begun.kind), *who = event_driver(begun.kind);

    if (strcmp(event_verb(begun.kind), "enter") != 0 ||
        strncmp(event_name(begun.kind), "Protocol", 8) != 0) {
        return 0;
    }
    if (strcmp(object, "binding") == 0 || strcmp(object, "driver") == 0) {
        return begun.object.slot == slot;
    }
    return strcmp(who, "manager") == 0 ? slot == MANAGER_BINDING : slot != MANAGER_BINDING;
}

static int is_in_own_callback(const struct whole_drivers *w, const struct nesting *n, struct event e)
{
    for (unsigned i = 0; i < n->depth[e.thread]; i++) {
        if (is_own_callback(n->frames[e.thread][i].begun, e.object.slot)) {
            return 1;
        }
    }
    return w->held[e.thread].in_uninstall == e.object.slot + 1;
}

/* In bind, unbind, or a PnP event about a binding (BND-25). */
static int is_told_of_a_binding(const struct nesting *n, uint8_t thread)
{
    static const char *const names[] = {"ProtocolBindAdapterEx", "ProtocolUnbindAdapterEx",
                                        "ProtocolNetPnPEvent/"};

    for (unsigned i = 0; i < n->depth[thread]; i++) {
        const uint16_t kind = n->frames[thread][i].begun.kind;

        for (unsigned k = 0; k < sizeof names / sizeof names[0]; k++) {
            if (strncmp(event_name(kind), names[k], strlen(names[k])) == 0 &&
                strcmp(event_object(kind), "binding") == 0) {
                return 1;
            }
        }
    }
    return 0;
}

/* ---- Locks ---- */

static uint8_t lock_of(uint16_t kind)
{
    return kind == ACQUIRE_SPIN_LOCK || kind == RELEASE_SPIN_LOCK
               ? 0
               : (uint8_t)(1 + (kind - FIRST_OF_named_lock) / 2);
}

static int acquires(uint16_t kind)
{
    return kind == ACQUIRE_SPIN_LOCK || kind == ACQUIRE_FIRST_LOCK ||
           kind == ACQUIRE_SECOND_LOCK || kind == ACQUIRE_THIRD_LOCK || kind == ACQUIRE_FOURTH_LOCK;
}

static int releases(uint16_t kind)
{
    return kind == RELEASE_SPIN_LOCK ||
           (kind >= FIRST_OF_named_lock && kind <= LAST_OF_named_lock && !acquires(kind));
}

uint16_t release_of(uint8_t lock)
{
    return lock == 0 ? (uint16_t)RELEASE_SPIN_LOCK
                     : (uint16_t)(FIRST_OF_named_lock + 2 * (lock - 1) + 1);
}

static int is_held(const struct locks_held *h, uint8_t lock, struct handle driver)
{
    for (unsigned i = 0; i < h->count; i++) {
        if (h->lock[i] == lock && h->driver[i].slot == driver.slot) {
            return 1;
        }
    }
    return 0;
}

/* Held already, or in another order than once before. A lock without a name may be any. */
static enum requirement acquire(struct whole_driver *d, struct locks_held *h, uint8_t lock,
                                struct handle driver, uint8_t depth, unsigned long line)
{
    enum requirement broken = CONFORMING;

    if (lock != 0 && is_held(h, lock, driver)) {
        h->not_kept++;
        return SDV_13;
    }
    for (unsigned i = 0; lock != 0 && i < h->count; i++) {
        d->held_before[h->lock[i]][lock] = 1;
        if (h->lock[i] != 0 && h->lock[i] != lock && d->held_before[lock][h->lock[i]]) {
            broken = THR_08;
        }
    }
    if (h->count < MOST_LOCKS_HELD) {
        h->driver[h->count] = driver;
        h->since[h->count] = line;
        h->depth[h->count] = depth;
        h->lock[h->count++] = lock;
    } else {
        h->not_kept++;
    }
    return broken;
}

/* No thread holds it, or one of the driver's that may be it. */
static int is_held_by_none(const struct whole_drivers *w, uint8_t lock, struct handle driver)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct locks_held *h = &w->held[thread];

        for (unsigned i = 0; i < h->count; i++) {
            if (h->driver[i].slot == driver.slot && (lock == 0 || h->lock[i] == 0 || h->lock[i] == lock)) {
                return 0;
            }
        }
    }
    return 1;
}

static enum requirement release(const struct whole_drivers *w, struct locks_held *h, uint8_t lock, struct handle driver)
{
    unsigned place = h->count;

    while (place > 0 && h->lock[place - 1] != lock) {
        place--;
    }
    if (place == 0) {
        const int was_not_kept = h->not_kept > 0;

        h->not_kept -= (unsigned)was_not_kept;
        return was_not_kept || w->lacks_beginning || !is_held_by_none(w, lock, driver) ? CONFORMING : SDV_14;
    }
    h->count--;
    for (unsigned i = place - 1; i < h->count; i++) {
        h->lock[i] = h->lock[i + 1];
        h->driver[i] = h->driver[i + 1];
        h->since[i] = h->since[i + 1];
        h->depth[i] = h->depth[i + 1];
    }
    return place - 1 < h->count ? THR_08 : CONFORMING;
}

/* The handler of a miniport that is left (and is off the stack already) has acquired what its thread holds. */
static int returns_with_a_lock(const struct nesting *n, const struct locks_held *h, struct event e)
{
    return h->count > 0 && strcmp(event_verb(e.kind), "leave") == 0 &&
           strncmp(event_name(e.kind), "Miniport", 8) == 0 && h->depth[h->count - 1] > n->depth[e.thread];
}

/* ---- Who holds it ---- */

/* The place of the innermost callback in which the thread makes this call, counted from 1; 0: in none. */
static unsigned innermost_callback(const struct nesting *n, uint8_t thread)
{
    unsigned place = n->depth[thread];

    while (place > 0 && strcmp(event_verb(n->frames[thread][place - 1].begun.kind), "enter") != 0) {
        place--;
    }
    return place;
}

/* Whether the driver of this slot makes the call. Which of the clients does it does not say. */
static int is_the_caller(struct event call, uint32_t slot)
{
    const char *driver = event_driver(call.kind);

    return call.by != 0                      ? slot == call.by - 1u
           : strcmp(driver, "manager") == 0 ? slot == MANAGER_BINDING
           : strcmp(driver, "client") == 0  ? slot != MANAGER_BINDING
                                            : slot == call.object.slot;
}

/* The driver that calls holds a lock. Others on the same stack may hold their own: it is not theirs to release those.
 * The miniport has no slot: what it holds it has acquired in its callback. */
static int calls_with_a_lock(const struct nesting *n, const struct locks_held *h, struct event e)
{
    const int is_miniport = strcmp(event_driver(e.kind), "system") == 0;

    for (unsigned i = 0; strcmp(event_verb(e.kind), "call") == 0 && i < h->count; i++) {
        if (is_miniport ? h->depth[i] >= innermost_callback(n, e.thread) : is_the_caller(e, h->driver[i].slot)) {
            return 1;
        }
    }
    return 0;
}

/* ---- One event ---- */

static enum requirement step_of_driver(struct whole_drivers *w, const struct nesting *n,
                                       const struct core *c, struct event e, unsigned long line)
{
    struct whole_driver *d = driver_of(w, e.object);
    const int is_failure = e.status != SUCCESS && e.status != NO_STATUS;

    switch (e.kind) {
    case DRIVER_REGISTER_CALL: d->registration = REGISTERING; break;
    case DRIVER_REGISTER_RETURN:
        d->registration = is_failure ? NOT_REGISTERED : REGISTERED;
        break;
    case DRIVER_DEREGISTER_CALL:
        d->registration = DEREGISTERING;
        d->deregister_call = line;
        return is_in_own_callback(w, n, e) ? DRG_02 : CONFORMING;
    case DRIVER_DEREGISTER_RETURN:
        d->registration = DEREGISTERED;
        d->deregister_call = 0;
        return is_bound(c, e.object.slot) ? DRG_04 : CONFORMING;
    case UNLOAD_ENTER: d->is_unloaded = 1; break;
    case DRIVER_ENTRY_LEAVE:
        return is_failure && d->registration == REGISTERED ? DRG_05 : CONFORMING;
    case DRIVER_UNINSTALL_ENTER:
        w->held[e.thread].in_uninstall = (uint8_t)(e.object.slot < UINT8_MAX ? e.object.slot + 1 : 0);
        return is_bound(c, e.object.slot) ? UNB_27 : CONFORMING;
    case REENUMERATE_BINDINGS_CALL:
        return is_told_of_a_binding(n, e.thread) ? BND_25 : CONFORMING;
    default: break;
    }
    return CONFORMING;
}

unsigned whole_drivers_step(struct whole_drivers *w, const struct nesting *n, const struct core *c,
                            struct event e, unsigned long line,
                            enum requirement broken[MOST_OF_DRIVERS])
{
    struct locks_held *h = &w->held[e.thread];
    enum requirement found = CONFORMING;
    unsigned count = 0;

    if (strcmp(event_verb(e.kind), "enter") == 0 && n->depth[e.thread] == 0) {
        h->in_uninstall = 0; /* nothing is around it: the callback before has been left */
    }
    if (calls_with_a_lock(n, h, e)) {
        broken[count++] = THR_07;
    }
    if (returns_with_a_lock(n, h, e)) {
        broken[count++] = SDV_15;
        h->count = 0;
    }
    if (acquires(e.kind)) {
        found = acquire(driver_of(w, e.object), h, lock_of(e.kind), e.object, n->depth[e.thread], line);
    } else if (releases(e.kind)) {
        found = release(w, h, lock_of(e.kind), e.object);
    } else if (strcmp(event_object(e.kind), "driver") == 0 && !event_is_unknown(e)) {
        found = step_of_driver(w, n, c, e, line);
    }
    if (found != CONFORMING) {
        broken[count++] = found;
    }
    return count;
}
