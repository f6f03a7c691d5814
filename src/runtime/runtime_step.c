/* runtime_step.c - one event: take the lock of NDIS, ask the core, record, announce. */
#include "runtime_driver.h"

/*@ ghost struct event right_to_call; */

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int is_unbind(uint16_t kind)
{
    return kind == ENTER_UNBIND || kind == ENTER_HALT;
}

/* Once a client closes its AF NDIS delivers nothing new to it there (OID-08), and makes no
 * VC (VC-02); the core leaves that to NDIS. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int needs_an_open_af(struct event e)
{
    switch (e.kind) {
    case VC_CREATE_BY_CLIENT_ENTER:
    case VC_CREATE_BY_MANAGER_ENTER:
    case REQUEST_BY_MANAGER_ENTER: return e.on.slot < MAX_AF && core.af[e.on.slot].phase != AF_OPEN;
    case OID_CO_AF_CLOSE_ENTER:
        return e.object.slot < MAX_AF && core.af[e.object.slot].phase != AF_OPEN;
    default: return 0;
    }
}

/* NDIS binds whom has registered itself and set its options (REG-10). */
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
static int finds_nobody(struct event e)
{
    return (e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE) && !may_be_bound(e.object.slot);
}

/* Asks the core. What NDIS answers follows from the state: it is the status that the core
 * accepts, and no other. Of drivers as a whole the runtime judges itself. */
/*@ requires held: lock_is_held == 1;
    requires consistent: core_invariant(core);
    requires valid: \valid(e) && \valid_read(a) && \separated(e, a) && APART(e) && APART(a);
    terminates \true;
    exits never: \false;
    assigns core, driver_side[..], binding_side[..], e->status;
    ensures consistent: core_invariant(core); */
static enum requirement judge(enum actor actor, struct event *e, const struct arguments *a)
{
    const enum requirement not_now = NOT_AN_EVENT;

    if (e->kind >= EVENT_KIND_COUNT) {
        return judge_driver(e, a);
    }
    if (actor == NDIS && (needs_an_open_af(*e) || finds_nobody(*e))) {
        return not_now;
    }
    if (actor == A_DRIVER || e->status != NO_STATUS || !has_status(e->kind)) {
        return core_step(&core, *e);
    }
    /*@ loop invariant consistent: core_invariant(core);
        loop invariant in_bounds: SUCCESS <= status <= STATUS_COUNT;
        loop assigns status, core, e->status;
        loop variant STATUS_COUNT - status; */
    for (uint8_t status = SUCCESS; status < STATUS_COUNT; status++) {
        e->status = status;
        if (core_step(&core, *e) == CONFORMING) {
            return CONFORMING;
        }
    }
    return not_now;
}

int step(enum actor actor, struct event *e, struct moment *m)
{
    const struct event nothing = {.kind = NO_EVENT};
    struct event now = *e;
    enum requirement broken = BOUND_REACHED;

    /*@ ghost right_to_call.kind = NO_EVENT; */
    if (!before_event(&now)) {
        m->event = nothing;
        return 0;
    }
    take_ndis_lock();
    /*@ loop invariant held: lock_is_held == 1;
        loop invariant consistent: core_invariant(core);
        loop assigns UNDER_THE_LOCK; */
    while (is_unbind(now.kind) && !hooks.in_order && now.object.slot < MAX_BINDING &&
           binding_side[now.object.slot].busy > 0) {
        wait_for_ndis("the opens and offers under way on a binding");
    }
    if (find_object(&now, &m->arguments)) {
        broken = judge(actor, &now, &m->arguments);
        if (broken == CONFORMING) {
            remember(now, &m->arguments);
            events_accepted = events_accepted == UINT32_MAX ? 0 : events_accepted + 1;
        }
        if (broken == CONFORMING || actor == A_DRIVER) {
            record_event(now, broken);
        }
    }
    take_moment(now, m);
    announce_ndis();
    drop_ndis_lock();
    if (broken != CONFORMING) {
        return 0;
    }
    *e = now;
    /*@ ghost if (actor == NDIS) right_to_call = now; */
    return 1;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures event: \result.kind == kind && \result.object == object; */
static struct event event_of(uint16_t kind, struct handle object, uint8_t status)
{
    struct event e = {.kind = kind, .status = status, .object = object};
    return e;
}

int driver_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m)
{
    struct event e = event_of(kind, object, status);
    return step(A_DRIVER, &e, m);
}

int ndis_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m)
{
    struct event e = event_of(kind, object, status);
    return step(NDIS, &e, m);
}

/* No status, as the surroundings do not let it happen or a driver's breach left nothing to
 * return, is a failure. */
NDIS_STATUS ndis_returns(uint16_t kind, struct handle object)
{
    struct event e = event_of(kind, object, NO_STATUS);
    struct moment m = {0};

    return step(NDIS, &e, &m) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}
