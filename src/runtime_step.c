/* runtime_step.c - one event: take the lock of NDIS, ask the core, record, announce. */
#include "runtime_state.h"

PER_THREAD struct event right_to_call;

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int is_unbind(uint16_t kind)
{
    return kind == ENTER_UNBIND || kind == ENTER_HALT;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
static int is_af_event(uint16_t kind)
{
    return kind <= FREE_CALL_MGR_AF_CONTEXT;
}

/* What NDIS answers follows from the state at the moment of the step. */
/*@ requires valid: \valid(e);
    requires consistent: core_invariant(core);
    terminates \true;
    exits never: \false;
    assigns e->status; */
static void fill_in_status(struct event *e)
{
    if (e->object.slot >= MAX_AF) {
        return;
    }
    switch (e->kind) {
    case RETURN_CLOSE_AF:
        e->status = af_close_result(core.af[e->object.slot], core.readings);
        break;
    case RETURN_CM_NOTIFY:
    case RETURN_MCM_NOTIFY:
        e->status = af_notify_result(core.af[e->object.slot]);
        break;
    case ENTER_CM_NOTIFY_COMPLETE: e->status = core.af[e->object.slot].answer; break;
    default: break;
    }
}

/*@ requires valid: \valid(m);
    requires apart: \separated(m, &core, binding_side + (..), af_side + (..));
    terminates \true;
    exits never: \false;
    assigns *m;
    ensures moment: m->event.kind == e.kind && same_handle(m->event.object, e.object); */
static void take_moment(struct event e, struct moment *m)
{
    const struct moment nothing = {0};

    *m = nothing;
    m->manager = binding_side[MANAGER_BINDING];
    if (is_af_event(e.kind)) {
        if (e.object.slot < MAX_AF) {
            m->af = core.af[e.object.slot];
            m->client_context = af_side[e.object.slot].client_context;
            m->manager_context = af_side[e.object.slot].manager_context;
            if (m->af.client < MAX_BINDING) {
                m->client = binding_side[m->af.client];
            }
        }
    } else if (e.object.slot < MAX_BINDING) {
        m->binding = binding_side[e.object.slot];
    }
    m->event = e;
}

int step(enum actor actor, struct event *e, struct moment *m)
{
    const struct event nothing = {.kind = NO_EVENT};
    struct event now = *e;
    enum requirement broken;

    right_to_call = nothing;
    if (!before_event(&now)) {
        return 0;
    }
    take_ndis_lock();
    /*@ loop invariant held: lock_is_held == 1;
        loop invariant consistent: core_invariant(core);
        loop assigns core, binding_side[..], af_side[..]; */
    while (is_unbind(now.kind) && now.object.slot < MAX_BINDING &&
           binding_side[now.object.slot].busy > 0) {
        wait_for_ndis("the opens and offers under way on a binding");
    }
    fill_in_status(&now);
    broken = core_step(&core, now);
    if (broken == CONFORMING || actor == A_DRIVER) {
        record_event(now, broken);
    }
    take_moment(now, m);
    announce_ndis();
    drop_ndis_lock();
    if (broken != CONFORMING) {
        return 0;
    }
    e->status = now.status;
    right_to_call = now;
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

NDIS_STATUS ndis_returns(uint16_t kind, struct handle object)
{
    struct event e = event_of(kind, object, NO_STATUS);
    struct moment m;

    return step(NDIS, &e, &m) ? ndis_status_of(e.status) : NDIS_STATUS_FAILURE;
}
