/* failed_end.c - see failed_end.h. */
#include "failed_end.h"

#include "seen.h"

/* Of which of them the event is a part: the call; NO_EVENT: of none. */
static uint16_t call_of(uint16_t kind)
{
    static const uint16_t ends[] = {SAP_DEREGISTER_CALL, PARTY_DROP_CALL};

    for (unsigned i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (kind == ends[i] || follows(ends[i], kind)) {
            return ends[i];
        }
    }
    return NO_EVENT;
}

void remember_before_end(struct judge *j, struct event e)
{
    const uint32_t slot = e.object.slot;

    if ((e.kind == VC_DEACTIVATE_CALL || e.kind == VC_DEACTIVATE_MCM_CALL) && slot < MAX_VC) {
        seen_of(j, object_of_event(e))->was_active = j->core.vc[slot].activity == VC_ACTIVE;
    }
    if (call_of(e.kind) != e.kind || e.kind == NO_EVENT || slot >= table_size(object_of_event(e).kind)) {
        return;
    }
    seen_of(j, object_of_event(e))->end_fails = 0;
    if (e.kind == SAP_DEREGISTER_CALL) {
        j->before_end.sap[slot] = j->core.sap[slot];
    } else {
        j->before_end.party[slot] = j->core.party[slot];
    }
}

/* Contexts stay as they are now: they may have been freed meanwhile. */
static void take_back(struct judge *j, uint16_t call, uint32_t slot)
{
    if (call == SAP_DEREGISTER_CALL) {
        j->core.sap[slot].phase = j->before_end.sap[slot].phase;
        j->core.sap[slot].deregistering = j->before_end.sap[slot].deregistering;
        j->core.sap[slot].operation = j->before_end.sap[slot].operation;
    } else {
        j->core.party[slot].phase = j->before_end.party[slot].phase;
        j->core.party[slot].operation = j->before_end.party[slot].operation;
    }
}

/* NDIS returns a failure that nobody has given: the call manager has pended, and may still succeed. */
static int is_of_what_pends(const struct seen *s, uint16_t returned)
{
    static const uint16_t steps[][4] = {
        {SAP_DEREGISTER_RETURN, SAP_DEREGISTER_LEAVE, SAP_DEREGISTER_COMPLETE, SAP_DEREGISTER_MCM_COMPLETE},
        {PARTY_DROP_RETURN, PARTY_DROP_LEAVE, PARTY_DROP_COMPLETE, PARTY_DROP_MCM_COMPLETE}};

    for (unsigned i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const unsigned long left = s->line[steps[i][1]];

        if (steps[i][0] == returned && s->status[steps[i][1]] == PENDING && left > s->line[steps[i][2]] &&
            left > s->line[steps[i][3]]) {
            return 1;
        }
    }
    return 0;
}

int is_failure_of_an_end(struct judge *j, struct event e)
{
    const uint16_t call = call_of(e.kind);
    const struct seen *s = seen_of(j, object_of_event(e));

    return call != NO_EVENT && e.kind != call && is_failure(e.status) &&
           e.object.slot < table_size(object_of_event(e).kind) &&
           s->generation == e.object.generation && s->line[call] != 0 && !is_of_what_pends(s, e.kind);
}

int goes_on_as_before(struct judge *j, struct event e)
{
    struct seen *s = seen_of(j, object_of_event(e));
    const uint16_t call = call_of(e.kind);

    if (s->end_fails) {
        return 1; /* the same failure, on its way back to the caller */
    }
    s->end_fails = 1;
    take_back(j, call, e.object.slot);
    return call == PARTY_DROP_CALL; /* no page lets a deregistration fail (SAP-11) */
}

void deactivation_has_failed(struct judge *j, struct event e)
{
    if (is_failure(e.status) && e.object.slot < MAX_VC && follows(VC_DEACTIVATE_CALL, e.kind) &&
        seen_of(j, object_of_event(e))->was_active && j->core.vc[e.object.slot].activity == VC_INACTIVE) {
        j->core.vc[e.object.slot].activity = VC_ACTIVE;
    }
}

static int has_failed(const struct seen *s, uint16_t end)
{
    return s->line[end] > s->line[PAUSE_ENTER] && is_failure(s->status[end]);
}

void goes_on_without_the_pause(struct judge *j, struct event e)
{
    for (uint32_t i = 0; (e.kind == PAUSE_FILTERS || e.kind == PAUSE_MINIPORT) && i < MAX_BINDING; i++) {
        struct binding *b = &j->core.binding[i];
        const struct object binding = {A_BINDING, {i, b->generation}};
        struct seen *s = seen_of(j, binding);

        if (s->generation == b->generation && b->pnp.bound_state == BINDING_RUNNING && s->line[PAUSE_ENTER] != 0 &&
            (has_failed(s, PAUSE_LEAVE) || has_failed(s, PAUSE_COMPLETE))) {
            b->pnp.bound_state = BINDING_PAUSED;
            s->is_paused_in_vain = 1;
        }
    }
}
