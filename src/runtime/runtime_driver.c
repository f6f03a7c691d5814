/* runtime_driver.c - see runtime_driver.h. All under the lock of NDIS. */
#include "runtime_driver.h"

#include "entry_point.h"

struct handle driver_in(uint32_t slot)
{
    struct handle h = {slot, 1};
    return h;
}

struct handle driver_loaded_by(uint8_t thread)
{
    struct handle h = {UINT16_MAX, 0};

    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop assigns i, h;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (driver_side[i].routine == IN_DRIVER_ENTRY && driver_side[i].thread == thread) {
            h = driver_in(i);
        }
    }
    return h;
}

int may_be_bound(uint32_t slot)
{
    return slot < MAX_BINDING && (driver_side[slot].phase == DRIVER_HAS_OPTIONS ||
                                  driver_side[slot].phase == DRIVER_REGISTERED);
}

#define CHANGES_A_DRIVER                                    \
    requires held: lock_is_held == 1;                       \
    requires in_bounds: slot < MAX_BINDING;                 \
    requires valid: \valid_read(a) && APART(a);             \
    terminates \true;                                       \
    exits never: \false;                                    \
    assigns driver_side[..], binding_side[..];

/* From DriverEntry, and once (REG-10). NDIS keeps the driver's characteristics, and calls it by
 * them. */
/*@ CHANGES_A_DRIVER */
static enum requirement begin(uint32_t slot, const struct arguments *a, int is_miniport)
{
    struct entry_points entry = {0};
    enum requirement missing;

    if (driver_side[slot].phase != DRIVER_ABSENT || driver_side[slot].routine != IN_DRIVER_ENTRY) {
        return REG_10;
    }
    take_handlers(&entry, a->what);
    missing = missing_in_driver(&entry, is_miniport);
    if (missing != CONFORMING) {
        return missing;
    }
    driver_side[slot].entry = entry;
    driver_side[slot].is_miniport = is_miniport ? 1 : 0;
    driver_side[slot].phase = is_miniport ? DRIVER_SETS_OPTIONS : DRIVER_REGISTERING;
    binding_side[slot].entry = &driver_side[slot].entry;
    binding_side[slot].driver_context = a->context;
    return CONFORMING;
}

/*@ CHANGES_A_DRIVER */
static enum requirement add_handlers(uint32_t slot, const struct arguments *a)
{
    struct entry_points entry = driver_side[slot].entry;

    if (driver_side[slot].phase != DRIVER_SETS_OPTIONS) {
        return REG_10;
    }
    take_handlers(&entry, a->what);
    if (oid_handlers_are_one(&entry)) {
        return REG_13;
    }
    driver_side[slot].entry = entry;
    return CONFORMING;
}

/* If the driver fails, or must be taken for one that does, it has no options: a protocol driver's
 * registration then returns a failure; that of a miniport, whose return is no event, has failed. */
/*@ requires held: lock_is_held == 1;
    requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns driver_side[..]; */
static enum requirement end_options(uint32_t slot, uint8_t status)
{
    const int is_miniport = driver_side[slot].is_miniport;
    enum requirement missing = CONFORMING;

    if (driver_side[slot].phase != DRIVER_SETS_OPTIONS) {
        return NOT_AN_EVENT;
    }
    if (status == SUCCESS) {
        missing = missing_option(&driver_side[slot].entry, slot == MANAGER_BINDING, is_miniport);
    }
    if (status == SUCCESS && missing == CONFORMING) {
        driver_side[slot].phase = is_miniport ? DRIVER_REGISTERED : DRIVER_HAS_OPTIONS;
    } else {
        driver_side[slot].phase = is_miniport ? DRIVER_ABSENT : DRIVER_REGISTERING;
    }
    return missing;
}

/*@ requires held: lock_is_held == 1;
    requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns driver_side[..]; */
static enum requirement begin_to_deregister(uint32_t slot)
{
    if (is_in_callback_of(slot)) {
        return DRG_02;
    }
    if (driver_side[slot].phase != DRIVER_REGISTERED || driver_side[slot].is_miniport ||
        driver_side[slot].routine == NO_ROUTINE) {
        return DRG_01;
    }
    driver_side[slot].phase = DRIVER_DEREGISTERING;
    return CONFORMING;
}

/* From one phase to the next; NDIS does so only when it is time. */
/*@ requires held: lock_is_held == 1;
    requires in_bounds: slot < MAX_BINDING;
    terminates \true;
    exits never: \false;
    assigns driver_side[..]; */
static enum requirement move_on(uint32_t slot, enum driver_phase from, enum driver_phase to)
{
    if (driver_side[slot].phase != from) {
        return NOT_AN_EVENT;
    }
    driver_side[slot].phase = (uint8_t)to;
    return CONFORMING;
}

/* NDIS returns success to whom has set its options, and else a failure. */
/*@ requires held: lock_is_held == 1;
    requires in_bounds: slot < MAX_BINDING;
    requires valid: \valid(e) && APART(e);
    terminates \true;
    exits never: \false;
    assigns driver_side[..], e->status; */
static enum requirement end_protocol(uint32_t slot, struct event *e)
{
    e->status = driver_side[slot].phase == DRIVER_HAS_OPTIONS ? SUCCESS : FAILURE;
    return e->status == SUCCESS ? move_on(slot, DRIVER_HAS_OPTIONS, DRIVER_REGISTERED)
                                : move_on(slot, DRIVER_REGISTERING, DRIVER_ABSENT);
}

enum requirement judge_driver(struct event *e, const struct arguments *a)
{
    const uint32_t slot = e->object.slot;

    /* nobody's handle, or nobody who is being loaded */
    if (slot >= MAX_BINDING || e->object.generation != driver_in(slot).generation) {
        return e->kind == DRIVER_DEREGISTER_CALL ? DRG_01
               : e->kind != REENUMERATE_BINDINGS_CALL ? REG_10
                                                      : CONFORMING;
    }
    switch (e->kind) {
    case DRIVER_REGISTER_CALL: return begin(slot, a, 0);
    case SET_OPTIONS_ENTER: return move_on(slot, DRIVER_REGISTERING, DRIVER_SETS_OPTIONS);
    case SET_OPTIONS_MCM_ENTER: return begin(slot, a, 1);
    case SET_OPTIONAL_HANDLERS_CALL: return add_handlers(slot, a);
    case SET_OPTIONS_LEAVE:
    case SET_OPTIONS_MCM_LEAVE: return end_options(slot, e->status);
    case DRIVER_REGISTER_RETURN: return end_protocol(slot, e);
    case DRIVER_ENTRY_LEAVE:
        return e->status == SUCCESS || driver_side[slot].phase == DRIVER_ABSENT ? CONFORMING
                                                                                : DRG_05;
    case DRIVER_DEREGISTER_CALL: return begin_to_deregister(slot);
    case DRIVER_DEREGISTER_RETURN: /* DRG-03, DRG-04 */
        return core.binding[slot].phase == UNBOUND
                   ? move_on(slot, DRIVER_DEREGISTERING, DRIVER_ABSENT)
                   : NOT_AN_EVENT;
    case DRIVER_UNINSTALL_ENTER: return core.binding[slot].phase != BOUND ? CONFORMING : UNB_27;
    default: return CONFORMING; /* waits and spin locks, and what a proxy is to its clients */
    }
}

enum requirement driver_unmet(void)
{
    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop assigns i;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (driver_side[i].is_unloaded && !driver_side[i].is_miniport &&
            driver_side[i].phase != DRIVER_ABSENT) {
            return DRG_01;
        }
    }
    return CONFORMING;
}
