/* left_undone.c - what is still out, and what is left undone at the end of a trace:
 * judge_outstanding and judge_end of findings.h. */
#include "findings.h"

#include "came_back.h"
#include "completed.h"
#include "freed_early.h"
#include "halts.h"
#include "hung_up.h"
#include "kept_active.h"
#include "protocol/handle.h"
#include "requests.h"
#include "seen.h"
#include "untold_memory.h"
#include "what_is_left.h"

#include <string.h>

/* What is left undone of the next object. core_owes looks at each record by itself, so that
 * a core with this record alone says what is left undone of it. An AF has a request of its
 * own, and a binding. */
enum requirement unmet_of(struct judge *j, enum object_kind kind, uint32_t slot)
{
    struct core *only = &j->alone;
    const struct core *c = &j->core;
    const struct object o = {kind, {slot, generation_of(c, kind, slot)}};
    enum requirement owed = j->core_alone ? CONFORMING : owed_to_the_other_side(j, o);

    if (owed != CONFORMING) {
        return owed;
    }
    if (generation_of(c, kind, slot) == 0) {
        return CONFORMING; /* it never was anything */
    }
    core_initialise(only, c->readings);
    switch (kind) {
    case AN_AF:
        only->af[slot] = c->af[slot];
        only->af_close[slot] = c->af_close[slot];
        break;
    case A_BINDING:
        only->binding[slot] = c->binding[slot];
        only->to_miniport[slot] = c->to_miniport[slot];
        break;
    case A_SAP: only->sap[slot] = c->sap[slot]; break;
    case A_VC: only->vc[slot] = c->vc[slot]; break;
    case A_PARTY: only->party[slot] = c->party[slot]; break;
    case A_REQUEST: only->request[slot] = c->request[slot]; break;
    default: break;
    }
    owed = core_owes(only);
    return owed == CONFORMING && kind == A_VC && !j->core_alone && is_rejected_and_active(c->vc[slot]) ? CALL_24
                                                                                                      : owed;
}

static int is_unbinding(const struct core *c, uint32_t slot)
{
    return c->binding[slot].phase == UNBINDING || c->binding[slot].phase == UNBIND_PENDED;
}

/* Whether what is left undone of the object waits for something else that is left undone: that
 * is named then, and this is not. */
static int waits_for_another(struct judge *j, enum object_kind kind, uint32_t slot,
                             enum requirement unmet)
{
    const struct core *c = &j->core;
    const struct handle own = {slot, generation_of(c, kind, slot)};
    const struct object object = {kind, own}, holder = holder_of(j, object);
    const struct seen *s = seen_of(j, object);
    int waits = s->ended_in_vain || s->is_astray ||
                (holder.kind != NO_OBJECT && seen_of(j, holder)->is_astray) ||
                rests_on_supposed(&j->going_on, object_kind_name(kind), own) ||
                (holder.kind == AN_AF && seen_of(j, holder)->left);

    for (uint32_t i = 0; kind == A_BINDING && i < MAX_AF; i++) {
        waits |= (slot == MANAGER_BINDING || c->af[i].client == slot) &&
                 unmet_of(j, AN_AF, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == A_BINDING && unmet == UNB_01 && i < MAX_BINDING; i++) {
        waits |= i != slot && is_unbinding(c, i);
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_SAP; i++) {
        waits |= handles_equal(c->sap[i].af, own) && unmet_of(j, A_SAP, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_VC; i++) {
        waits |= handles_equal(c->vc[i].af, own) && unmet_of(j, A_VC, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_REQUEST; i++) {
        waits |= handles_equal(c->request[i].on, own) && unmet_of(j, A_REQUEST, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == A_VC && i < MAX_PARTY; i++) {
        waits |= handles_equal(c->party[i].vc, own) && unmet_of(j, A_PARTY, i) != CONFORMING;
    }
    waits |= (unmet == AF_CM_11 || unmet == MCM_02) && client_keeps_it_open(j, slot);
    waits |= unmet == AF_CL_09 && s->line[ENTER_CL_CLOSE_AF_COMPLETE] != 0 &&
             s->status[ENTER_CL_CLOSE_AF_COMPLETE] != SUCCESS; /* it was told of a failure (AF-CL-10) */
    waits |= unmet == REG_12 && /* one that was registered once: the recording may have stopped */
             s->times[CALL_CM_REGISTER_AF] + s->times[CALL_MCM_REGISTER_AF] <= 1;
    return waits || (kind == A_BINDING && unmet == PNP_08 && c->binding[slot].sends > 0);
}

/* ---- What is out ---- */

static const char *owner_of(struct object o, const char *driver)
{
    if (strcmp(driver, "owner") == 0) {
        return o.handle.slot == MANAGER_BINDING ? "manager" : "client";
    }
    return strcmp(driver, "system") == 0 ? "NDIS" : driver;
}

/* How far the operation is, as the lines of its events tell. */
struct progress_of_operation {
    unsigned long call, enter, leave, complete, deliver, answer;
    uint8_t left_with, returned_with;
    uint16_t call_kind, enter_kind;
    int returns, leaves, comes_back; /* which of these ends it has */
};

static struct progress_of_operation progress_of(const struct seen *s, const uint16_t *operation)
{
    struct progress_of_operation p = {0};
    unsigned long put_off = 0; /* completed with PENDING: that ends it only where NDIS has passed it on */

    for (unsigned i = 0; i < LONGEST_OPERATION && operation[i] != NO_EVENT; i++) {
        const uint16_t kind = operation[i];
        const char *verb = event_verb(kind);
        const int completes = strstr(event_name(kind), "Complete") != NULL;
        const unsigned long line = s->line[kind];

        p.returns |= strcmp(verb, "return") == 0;
        p.leaves |= strcmp(verb, "leave") == 0;
        p.comes_back |= completes && strcmp(verb, "enter") == 0;
        if (line == 0) {
            continue;
        }
        if (strcmp(verb, "call") == 0 && !completes) {
            p.call = line;
            p.call_kind = kind;
        } else if (strcmp(verb, "enter") == 0 && !completes) {
            p.enter = line;
            p.enter_kind = kind;
        } else if (strcmp(verb, "leave") == 0 && line > p.leave) {
            p.leave = line;
            p.left_with = s->status[kind];
        } else if (strcmp(verb, "call") == 0) {
            *(s->status[kind] == PENDING ? &put_off : &p.complete) = line;
        } else if (strcmp(verb, "enter") == 0) {
            p.deliver = line;
        } else if (strcmp(verb, "return") == 0) {
            p.answer = line;
            p.returned_with = s->status[kind];
        }
    }
    p.complete = p.deliver > put_off && put_off > p.complete ? put_off : p.complete;
    return p;
}

/* Whether the callback has not come to its end, or else the function. */
static int operation_is_out(const struct seen *s, const uint16_t *operation, struct outstanding *o)
{
    const struct progress_of_operation p = progress_of(s, operation);

    if (p.leaves && p.enter > p.complete && (p.leave < p.enter || p.left_with == PENDING)) {
        o->what = event_name(p.enter_kind);
        o->since = p.enter;
        o->owed_by = owner_of(o->object, event_driver(p.enter_kind));
        return 1;
    }
    if (p.call_kind == CALL_CM_REGISTER_AF || p.call_kind == CALL_MCM_REGISTER_AF) {
        return 0; /* its return is seldom told */
    }
    if ((p.returns || p.comes_back) && p.call > p.deliver &&
        (p.answer < p.call || p.returned_with == PENDING)) {
        o->what = event_name(p.call_kind);
        o->since = p.call;
        o->owed_by = "NDIS";
        return 1;
    }
    return 0;
}

/* What is out beside what the core knows, which-th. 0 behind the last. */
static int is_out_beyond_the_core(const struct judge *j, unsigned which, struct outstanding *o,
                                  int *is_out_now)
{
    const unsigned codes = OTHER_PNP_COUNT * SLOTS_TOLD;
    struct told_event t;

    if (other_pnp_is_out(&j->other_pnp, which, &t)) {
        o->object.kind = object_kind_of(event_object(t.enter));
        o->object.handle = t.object;
        o->what = event_name(t.enter);
        o->since = t.since;
        o->owed_by = owner_of(o->object, "owner");
        *is_out_now = t.since != 0;
        return 1;
    }
    if (which - codes < SLOTS_OF_DRIVERS) {
        const struct whole_driver *d = &j->drivers.driver[which - codes];

        o->object.kind = A_DRIVER;
        o->object.handle.slot = which - codes;
        o->object.handle.generation = d->generation;
        o->what = event_name(DRIVER_DEREGISTER_CALL);
        o->since = d->deregister_call;
        o->owed_by = "NDIS";
        *is_out_now = d->deregister_call != 0;
        return 1;
    }
    return 0;
}

/* Whose move it is: not that of a call manager which may not complete the close yet. */
static const char *whose_move(struct judge *j, const struct outstanding *o)
{
    return strcmp(o->what, event_name(ENTER_CM_CLOSE_AF)) == 0 && client_keeps_it_open(j, o->object.handle.slot)
               ? "client"
               : o->owed_by;
}

/* The what-th that may be out of the object. */
static int is_out(struct judge *j, unsigned what, struct outstanding *o)
{
    static const char *const names[] = {"send", "request", "receive"};
    const struct seen *s = seen_of(j, o->object);

    if (what >= THING_COUNT * MOST_QUEUED) {
        const uint16_t *operation = operation_of(what - THING_COUNT * MOST_QUEUED);
        int comes_back;

        return thing_of(operation[0], &comes_back) == THING_COUNT &&
               object_kind_of(event_object(operation[0])) == o->object.kind &&
               (operation_is_out(s, operation, o) || is_told_of_the_end(j, operation, o) ||
                halt_is_to_come(j, operation, o));
    }
    o->what = names[what / MOST_QUEUED];
    o->since = s->out[what / MOST_QUEUED].line[what % MOST_QUEUED];
    o->owed_by = what / MOST_QUEUED == A_RECEIVE ? owner_of(o->object, "owner") : "NDIS";
    return what % MOST_QUEUED < s->out[what / MOST_QUEUED].count;
}

int judge_outstanding(struct judge *j, int begin, struct outstanding *o)
{
    if (begin) {
        (void)complete_what_did_not_pend(j);
        j->listed.kind = AN_AF;
        j->listed.slot = 0;
        j->listed.what = 0;
        j->listed.beyond = 0;
    }
    for (; j->listed.kind < OBJECT_KIND_COUNT; j->listed.kind++, j->listed.slot = 0) {
        for (; j->listed.slot < table_size(j->listed.kind); j->listed.slot++, j->listed.what = 0) {
            o->object.kind = (enum object_kind)j->listed.kind;
            o->object.handle.slot = j->listed.slot;
            o->object.handle.generation = seen_of(j, o->object)->generation;
            while (o->object.handle.generation != 0 &&
                   j->listed.what < THING_COUNT * MOST_QUEUED + operation_count()) {
                if (is_out(j, j->listed.what++, o)) {
                    o->owed_by = whose_move(j, o);
                    return 1;
                }
            }
        }
    }
    for (int is_out_now = 0; is_out_beyond_the_core(j, j->listed.beyond++, o, &is_out_now);) {
        if (is_out_now) {
            return 1;
        }
    }
    return 0;
}

/* ---- The end ---- */

/* While the server has not answered or completed, that is what is left undone; not that the caller
 * was not told. */
static enum requirement rule_of_the_server(struct judge *j, enum object_kind kind, uint32_t slot,
                                           enum requirement unmet)
{
    static const struct {
        uint16_t callback;
        enum requirement rule;
    } servers[] = {
        {SAP_REGISTER_ENTER, SAP_04},   {SAP_DEREGISTER_ENTER, SAP_11},
        {VC_INCOMING_CALL_ENTER, CALL_22}, {PARTY_ADD_ENTER, PTY_13}, {PARTY_DROP_ENTER, PTY_06},
        {VC_MAKE_CALL_ENTER, CALL_04},  {VC_CLOSE_CALL_ENTER, CALL_15},
        {REQUEST_BY_CLIENT_ENTER, OID_03}, {REQUEST_BY_MANAGER_ENTER, OID_03}};
    struct outstanding o = {{kind, {slot, generation_of(&j->core, kind, slot)}}, "", 0, ""};

    for (unsigned i = 0; unmet != CONFORMING && i < operation_count(); i++) {
        if (!is_out(j, THING_COUNT * MOST_QUEUED + i, &o)) {
            continue;
        }
        for (unsigned k = 0; k < sizeof servers / sizeof servers[0]; k++) {
            if (strcmp(o.what, event_name(servers[k].callback)) == 0 &&
                seen_of(j, o.object)->line[servers[k].callback] == o.since) {
                return servers[k].rule;
            }
        }
    }
    return unmet;
}

/* The call manager hangs up when the VC is deactivated (CALL-16). While that is with the miniport, or with NDIS, it is
 * what is left undone. */
static enum requirement rule_of_the_deactivation(const struct core *c, enum object_kind kind, uint32_t slot,
                                                 enum requirement unmet)
{
    if (kind != A_VC || unmet != CALL_15) {
        return unmet;
    }
    return c->vc[slot].deactivation.caller == CALLER_INSIDE || c->vc[slot].deactivation.caller == CALLER_PENDED ? VC_22
                                                                                                                : CALL_15;
}

static int has_answered(struct operation o)
{
    return o.caller != CALLER_NONE &&
           (o.server == SERVER_ANSWERED || o.server == SERVER_COMPLETED || o.server == SERVER_COMPLETED_INSIDE);
}

/* The server has answered; then it is what tells the caller that is left undone: of this operation, by this rule. */
static struct operation what_tells_the_caller(const struct core *c, enum object_kind kind, uint32_t slot,
                                              enum requirement unmet, enum requirement *rule)
{
    const int is_a_vc = kind == A_VC, is_a_party = kind == A_PARTY;
    const struct vc v = c->vc[is_a_vc ? slot : 0];
    const struct party p = c->party[is_a_party ? slot : 0];

    *rule = unmet;
    switch (unmet) {
    case SAP_01: return c->sap[slot].operation;
    case CALL_04:
        *rule = v.make_call.caller != CALLER_NONE ? CALL_02 : CALL_23;
        return v.make_call.caller != CALLER_NONE ? v.make_call : v.incoming_call;
    case CALL_15: *rule = CALL_08; return v.close_call;
    case VC_22: *rule = VC_21; return v.deactivation;
    case PTY_03: *rule = p.phase == PARTY_DROPPING ? PTY_01 : PTY_12; return p.operation;
    case PTY_01:
    case PTY_12: return p.operation;
    default: return (struct operation){0};
    }
}

static void find_who_tells_the_caller(const struct core *c, struct finding *f)
{
    enum requirement rule;
    const struct operation o =
        what_tells_the_caller(c, f->object.kind, f->object.handle.slot, f->requirement, &rule);

    f->is_of_ndis = 0;
    if (has_answered(o)) {
        f->requirement = rule;
        f->is_of_ndis = o.caller != CALLER_ANSWERED; /* else the caller completes by itself */
    }
}

/* The client's context of a VC that it has deleted itself is not that of ProtocolCoDeleteVc (VC-14). */
static enum requirement rule_of_a_context(const struct core *c, struct object o, enum requirement unmet)
{
    return unmet == VC_14 && o.kind == A_VC && c->vc[o.handle.slot].made_by_manager == 0 &&
                   c->vc[o.handle.slot].client_context != 0
               ? CALL_13
               : unmet;
}

/* PnP events that were pended, and not completed. */
static int other_pnp_was_left_undone(struct judge *j, struct finding *f)
{
    static const struct finding none;
    struct told_event t;

    while (other_pnp_is_out(&j->other_pnp, j->told++, &t)) {
        if (t.is_pended) {
            *f = none;
            f->requirement = PNP_08;
            f->kind = LEFT_UNDONE;
            f->object.kind = object_kind_of(event_object(t.enter));
            f->object.handle = t.object;
            f->begun = seen_of(j, f->object)->begun;
            return 1;
        }
    }
    return 0;
}

/* A driver that is unloaded while it is registered. */
static int driver_was_left_registered(struct judge *j, struct finding *f)
{
    static const struct finding none;
    struct handle driver;

    if (!next_left_registered(&j->drivers, &j->drivers_told, &driver)) {
        return 0;
    }
    *f = none;
    f->requirement = DRG_01;
    f->kind = LEFT_UNDONE;
    f->object.kind = A_DRIVER;
    f->object.handle = driver;
    f->begun = seen_of(j, f->object)->begun;
    return 1;
}

/* It was there before the recording, and nothing that was seen of it is out. */
static int was_begun_before(struct judge *j, struct object o)
{
    struct outstanding out = {o, "", 0, ""};

    for (unsigned what = 0; what < THING_COUNT * MOST_QUEUED + operation_count(); what++) {
        if (is_out(j, what, &out)) {
            return 0;
        }
    }
    return seen_of(j, o)->was_there;
}

static int is_being_initialised(const struct seen *s)
{
    return s->line[ENTER_INITIALIZE] != 0 && s->line[LEAVE_INITIALIZE] == 0;
}

int judge_end(struct judge *j, struct finding *f)
{
    static const struct event none;

    (void)complete_what_did_not_pend(j);
    (void)free_what_was_freed_early(j);
    if (j->kind == AN_AF && j->slot == 0) {
        free_all_untold(j);
    }
    if (j->first_used_at != 0) {
        static const struct finding fresh;

        *f = fresh;
        f->requirement = REC_02;
        f->kind = FROM_THE_MIDDLE;
        f->first = j->first_used_at;
        f->object = j->first_used;
        j->first_used_at = 0;
        return 1;
    }
    if (is_never_told(j, 1, f)) {
        return 1;
    }
    if (j->is_cut && !j->core_alone) { /* what was not seen is not left undone */
        return 0;
    }
    if (!j->core_alone && (other_pnp_was_left_undone(j, f) || driver_was_left_registered(j, f))) {
        return 1;
    }
    for (; j->kind < OBJECT_KIND_COUNT; j->kind = (enum object_kind)(j->kind + 1), j->slot = 0) {
        while (j->slot < table_size(j->kind)) {
            const uint32_t slot = j->slot++;

            f->requirement = unmet_of(j, j->kind, slot);
            f->requirement = rule_of_the_server(j, j->kind, slot, f->requirement);
            f->requirement = rule_of_the_deactivation(&j->core, j->kind, slot, f->requirement);
            f->object.kind = j->kind;
            f->object.handle.slot = slot;
            f->object.handle.generation = generation_of(&j->core, j->kind, slot);
            f->requirement = rule_of_a_request_left(j, f->object, f->requirement);
            if (f->requirement == UNB_10 && is_failure(seen_of(j, f->object)->status[LEAVE_UNBIND])) {
                f->requirement = CONFORMING; /* UNB-03 has said it */
            }
            f->requirement = j->kind != A_BINDING || j->core_alone
                                 ? f->requirement
                                 : without_rules_of_unbinds(j, f->object, f->requirement);
            if (f->requirement == UNB_26 && is_being_initialised(seen_of(j, f->object))) {
                f->requirement = CONFORMING; /* nobody unbinds it; no page says by when that ends */
            }
            f->requirement =
                j->core_alone ? f->requirement : rule_of_a_context(&j->core, f->object, f->requirement);
            if (was_completed_with_pending(j, f->object, f->requirement)) {
                f->requirement = CONFORMING;
            }
            find_who_tells_the_caller(&j->core, f);
            if (f->requirement != CONFORMING && !was_begun_before(j, f->object) &&
                (j->all || !waits_for_another(j, j->kind, slot, f->requirement))) {
                f->kind = LEFT_UNDONE;
                f->line = 0;
                f->first = 0;
                f->event = none;
                f->supposed_count = 0;
                f->begun = seen_of(j, f->object)->begun;
                return 1;
            }
        }
    }
    return 0;
}
