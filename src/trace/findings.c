/* findings.c - see findings.h. */
#include "findings.h"

#include "another_meant.h"
#include "better_rule.h"
#include "came_back.h"
#include "completed.h"
#include "excused.h"
#include "failed_end.h"
#include "failed_notification.h"
#include "freed_early.h"
#include "gone.h"
#include "manager_kind.h"
#include "protocol/handle.h"
#include "plain_miniport.h"
#include "requests.h"
#include "seen.h"
#include "to_miniport.h"
#include "untold_memory.h"
#include "was_there.h"
#include "what_is_left.h"

#include <string.h>

void judge_begin(struct judge *j, struct readings readings)
{
    static const struct judge fresh;

    *j = fresh;
    j->kind = AN_AF;
    core_initialise(&j->core, readings);
    core_initialise(&j->alone, readings);
}

void judge_search_less(struct judge *j)
{
    j->going_on.states = MOST_STATES - MOST_STATES / 8;
}

/* Whoever has more objects at once than the tables of this build hold breaks nothing. Only
 * what takes a slot is looked at: any other line beyond a table has a stale handle. */
static int exceeds_tables(struct event e)
{
    switch (e.kind) {
    case ENTER_BIND:
    case ENTER_INITIALIZE: return e.object.slot >= MAX_BINDING;
    case OPEN_AF_CALL:
    case RETURN_OPEN_AF: return e.object.slot >= MAX_AF || e.on.slot >= MAX_BINDING;
    case SAP_REGISTER_CALL: return e.object.slot >= MAX_SAP || e.on.slot >= MAX_AF;
    case VC_CREATE_BY_CLIENT_CALL:
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL:
        return e.object.slot >= MAX_VC || e.on.slot >= MAX_AF;
    case PARTY_ADD_CALL: return e.object.slot >= MAX_PARTY || e.on.slot >= MAX_VC;
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL:
        return e.object.slot >= MAX_REQUEST || e.on.slot >= MAX_AF;
    default: return 0;
    }
}

/* The line says which driver acts, and it is not the one that holds the object: what that breaks.
 * The core cannot tell, as one handle is as good as another. */
static enum requirement judge_actor(struct judge *j, struct event e)
{
    const char *driver = event_driver(e.kind);
    struct object holder = object_of_event(e);

    if (e.by == 0) {
        return CONFORMING;
    }
    if (strcmp(driver, "client") == 0) {
        holder = said_holder(j, e);
        while (holder.kind != A_BINDING && holder.kind != NO_OBJECT) {
            holder = holder_of(j, holder);
        }
    } else if (strcmp(driver, "manager") == 0) {
        holder.handle.slot = MANAGER_BINDING;
    }
    if (holder.handle.slot == e.by - 1u) {
        return CONFORMING;
    }
    return strcmp(driver, "owner") == 0 ? CAD_02 : AF_OP_03;
}

/* Sends, requests and received data: that there was one before says nothing. */
static int comes_again_and_again(uint16_t kind)
{
    int comes_back;

    return thing_of(kind, &comes_back) != THING_COUNT && !comes_back;
}

/* Which kind of finding it is; nothing was supposed, and no like event would have been right. */
static void classify_what_left_nothing(struct judge *j, struct finding *f)
{
    const struct seen *s = seen_of(j, f->object);
    const int was_seen = s->begun != 0 && s->generation >= f->object.handle.generation;

    if (f->event.kind == WAIT_IN_NOTIFICATION) {
        f->kind = OUT_OF_PLACE; /* wherever the object is by then */
    } else if (!was_seen) {
        f->kind = NEVER_BEGUN;
    } else if (s->generation > f->object.handle.generation) {
        f->kind = AFTER_THE_END;
    } else if (completes_what_did_not_pend(j, f->event)) {
        f->kind = NOTHING_PENDS;
    } else if (comes_again_and_again(f->event.kind)) {
        f->kind = OUT_OF_PLACE;
    } else if (s->line[f->event.kind] != 0 && end_of_object(s) <= s->line[f->event.kind]) {
        f->kind = ONCE_MORE;
        f->first = s->line[f->event.kind];
    } else if (frees(f->event.kind) && s->line[f->event.kind] != 0) {
        f->kind = ONCE_MORE;
        f->first = s->line[f->event.kind];
    } else {
        f->first = frees(f->event.kind) ? 0 : end_of_object(s);
        f->kind = f->first != 0 ? AFTER_THE_END : OUT_OF_PLACE;
    }
}

/* ---- Judging ---- */

/* The levels of the rows: what the core refuses for its level alone is a finding, and the event is
 * judged once more as if it had come at PASSIVE_LEVEL. */
static const struct {
    uint8_t highest;
    enum requirement requirement;
} levels[NAMED_EVENT_COUNT] = {
#define NONE NOT_AN_EVENT
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {level, requirement},
#include "protocol/vocabulary.def"
#undef EVENT
#undef NONE
};

static int is_at_wrong_level(struct event e)
{
    return e.kind < NAMED_EVENT_COUNT && e.irql > levels[e.kind].highest &&
           strcmp(event_verb(e.kind), "return") != 0; /* that stands at its call */
}

static struct finding *add(struct finding f[], unsigned *count, enum requirement requirement,
                           struct event e, unsigned long line)
{
    static const struct finding none;
    struct finding *next = &f[*count];

    for (unsigned i = 0; i < *count; i++) {
        if (f[i].requirement == requirement) {
            return &f[i];
        }
    }
    *next = none;
    next->requirement = requirement;
    next->kind = OUT_OF_PLACE;
    next->line = line;
    next->event = e;
    next->object = object_of_event(e);
    *count += *count + 1 < MOST_FINDINGS;
    return next;
}

static int is_advice(enum requirement q) { return requirement_level(q) != LEVEL_MUST; }

enum requirement_level level_of_finding(const struct finding *f)
{
    return f->is_of_ndis && strstr(requirement_text(f->requirement), "NDIS MUST") != NULL
               ? LEVEL_MUST
               : requirement_level(f->requirement);
}

/* A recommendation that is not followed hides what else the event breaks: what is supposed is done
 * step by step, and the core asked again. */
static void look_behind_advice(const struct core *before, struct event e, unsigned long line,
                               struct finding f[], unsigned *count)
{
    const struct finding first = f[*count - 1];
    struct core c = *before;

    for (unsigned i = 0; i < first.supposed_count && is_advice(f[*count - 1].requirement); i++) {
        struct core asked;
        enum requirement broken;

        (void)core_step(&c, first.supposed[i]);
        asked = c;
        broken = core_step(&asked, e);
        /* One request clears filter and offloads; an AF that is closed is freed after that. */
        if (broken != CONFORMING && broken != first.requirement && broken != UNB_07 &&
            !(first.requirement == UNB_23 && broken == AF_CL_16)) {
            (void)add(f, count, broken, e, line);
        }
    }
}

/* The client has been told how its close has ended. */
static int was_told(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    return s->line[ENTER_CL_CLOSE_AF_COMPLETE] != 0 ||
           (s->line[RETURN_CLOSE_AF] != 0 && s->status[RETURN_CLOSE_AF] != PENDING);
}

/* The event tells how something has ended; if the state does not follow, it is no longer that of the
 * object. */
static int tells_an_end(struct event e)
{
    return beginning_of(e.kind) != NO_EVENT ||
           (event_has_status(e.kind) && strcmp(event_verb(e.kind), "enter") == 0);
}

/* NDIS tells the driver what it has completed by itself before: so the state of the object is known. */
static int driver_has_completed_it(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    for (uint16_t own = NO_EVENT + 1; own < EVENT_KIND_COUNT; own++) {
        if (s->line[own] != 0 && s->status[own] == e.status && strncmp(event_name(own), "Own", 3) == 0 &&
            strcmp(event_name(own) + 3, event_name(e.kind)) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A driver completes what no other has asked it for: it means another object, and does nothing to this one. */
static int nobody_has_asked(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));
    int is_asked_for = 0;

    if (j->from_the_middle || strcmp(event_verb(e.kind), "call") != 0) {
        return 0;
    }
    for (unsigned o = 0; o < operation_count(); o++) {
        const uint16_t *kinds = operation_of(o);

        if (follows(kinds[0], e.kind) && strcmp(event_verb(kinds[0]), "call") == 0 &&
            strcmp(event_driver(kinds[0]), event_driver(e.kind)) != 0) {
            is_asked_for = 1;
            for (unsigned i = 0; i < LONGEST_OPERATION && kinds[i] != e.kind; i++) {
                if (s->generation == e.object.generation && s->line[kinds[i]] != 0) {
                    return 0;
                }
            }
        }
    }
    return is_asked_for;
}

static void go_on(struct judge *j, const struct core *before, struct event e, unsigned long line,
                  struct finding f[], unsigned *count)
{
    struct finding *last = &f[*count - 1];
    int comes_back;

    if (completes_with_pending(j, e)) {
        last->kind = NOT_AS_IT_SHOULD_BE;
        return;
    }
    if (means_another(j, e) || nobody_has_asked(j, e) || is_completed_again(j, e)) {
        consequences_follow(&j->going_on, e);
        classify_what_left_nothing(j, last);
        last->requirement = rule_that_says_it(before, seen_of(j, last->object), last);
        return;
    }
    if (vc_is_deleted_by_the_other(&j->going_on, &j->core, e)) {
        last->kind = NOT_AS_IT_SHOULD_BE;
        return;
    }
    /* No send is right because something has failed, nor a call that comes once more. */
    j->going_on.nothing_has_failed =
        strcmp(event_verb(e.kind), "call") == 0 && strstr(event_name(e.kind), "Complete") == NULL &&
        (thing_of(e.kind, &comes_back) != THING_COUNT || was_seen_before(j, e));
    switch (go_on_from(&j->going_on, &j->core, e, last->supposed, &last->supposed_count)) {
    case WENT_ON_AS_IT_SHOULD_BE:
        last->kind = NOT_AS_IT_SHOULD_BE;
        seen_of(j, last->object)->is_astray |= e.kind == LEAVE_BIND || e.kind == BIND_COMPLETE;
        break;
    case WENT_ON_SUPPOSING:
        last->kind = TOO_EARLY;
        seen_of(j, last->object)->is_astray |=
            (e.kind == LEAVE_BIND || e.kind == BIND_COMPLETE) && e.status != SUCCESS;
        look_behind_advice(before, e, line, f, count);
        break;
    case LEFT_NOTHING:
        if (closes_over_what_is_open(&j->going_on, &j->core, e)) {
            last->kind = NOT_AS_IT_SHOULD_BE;
            break;
        }
        classify_what_left_nothing(j, last);
        seen_of(j, last->object)->ended_in_vain |= e.kind == CALL_CLOSE_AF && was_told(j, e);
        seen_of(j, last->object)->is_astray |=
            tells_an_end(e) && last->kind != ONCE_MORE && last->kind != AFTER_THE_END &&
            !driver_has_completed_it(j, e);
        break;
    }
    last->requirement = rule_that_says_it(before, seen_of(j, last->object), last);
    last->requirement = rule_of_a_failed_notification(j, before, last);
    if (lacks_own_completions(last)) {
        last->requirement = rule_of_own_completion(last->supposed[0].kind);
    }
}

/* The call manager offers a call, and all SAPs of the AF are going or gone. A trace does not say
 * which one it means, and a call may cross the handler that hears of the deregistration: only when
 * that has left are there no more calls. */
static int is_offered_on_a_sap_that_is_going(struct judge *j, struct event e)
{
    const struct core *c = &j->core;
    int going = 0;

    if (e.kind != VC_INCOMING_CALL_CALL && e.kind != VC_INCOMING_CALL_MCM_CALL) {
        return 0;
    }
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (handles_equal(c->sap[i].af, e.on) && c->sap[i].generation != 0) {
            const struct object sap = {A_SAP, {i, c->sap[i].generation}};

            if (c->sap[i].phase == SAP_REGISTERED || c->sap[i].phase == SAP_REGISTERING ||
                (c->sap[i].phase == SAP_DEREGISTERING &&
                 seen_of(j, sap)->line[SAP_DEREGISTER_LEAVE] == 0)) {
                return 0;
            }
            going = 1;
        }
    }
    return going;
}

/* ProtocolCoCreateVc has reported NDIS_STATUS_RESOURCES, and something was allocated after all. */
static int is_freed_after_want_of_resources(struct judge *j, struct event e)
{
    const uint16_t refusal = refusal_before_the_free(j, e);

    return (refusal == VC_CREATE_BY_CLIENT_LEAVE || refusal == VC_CREATE_BY_MANAGER_LEAVE) &&
           seen_of(j, object_of_event(e))->status[refusal] == RESOURCES;
}

static int is_bound_and(const struct judge *j, struct event e, uint8_t state)
{
    const struct binding *b = &j->core.binding[e.object.slot < MAX_BINDING ? e.object.slot : 0];

    return object_of_event(e).kind == A_BINDING && e.object.slot < MAX_BINDING &&
           b->generation == e.object.generation && b->phase == BOUND && b->pnp.bound_state == state;
}

/* The sends that were out before may end; a new one should not begin (PNP-02). */
static int sends_while_pausing(const struct judge *j, struct event e)
{
    int comes_back;

    return thing_of(e.kind, &comes_back) == A_SEND && !comes_back && is_bound_and(j, e, BINDING_PAUSING);
}

/* Rules that speak of more than the core keeps. */
static void add_what_the_core_lacks(struct judge *j, struct event e, unsigned long line,
                                    struct finding f[], unsigned *count)
{
    const struct seen *s = seen_of(j, object_of_event(e));
    const struct address_family a =
        e.object.slot < MAX_AF ? j->core.af[e.object.slot] : j->core.af[0];
    enum requirement rule;
    struct event freed;

    if (e.kind == CALL_CLOSE_ADAPTER && s->generation == e.object.generation &&
        s->out[A_RECEIVE].count > 0) {
        add(f, count, BND_28, e, line)->kind = TOO_EARLY;
    }
    if (e.kind == ENTER_UNBIND && s->is_paused_in_vain) {
        (void)add(f, count, UNB_04, e, line);
    }
    if (is_offered_on_a_sap_that_is_going(j, e)) {
        (void)add(f, count, SAP_17, e, line);
    }
    if (e.kind == OWN_CLOSE_AF_COMPLETE && s->line[RETURN_CLOSE_AF] != 0 &&
        s->status[RETURN_CLOSE_AF] != PENDING && (s->closes_returned >> e.status & 1u) == 0) {
        add(f, count, AF_CL_04, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
    if ((e.kind == PAUSE_FILTERS || e.kind == PAUSE_MINIPORT || e.kind == DETACH_FILTERS) &&
        j->core.stack.level == STACK_NOT_TRACED &&
        j->core.binding[MANAGER_BINDING].phase == UNBOUND &&
        j->core.binding[MANAGER_BINDING].generation == 0) {
        add(f, count, PNP_10, e, line)->kind = NEVER_BEGUN;
    }
    for (uint32_t i = 0; e.kind == LEAVE_HALT && i < MAX_BINDING; i++) {
        const struct object binding = {A_BINDING, {i, 0}};

        if (seen_of(j, binding)->out[A_RECEIVE].count > 0) {
            (void)add(f, count, HLT_06, e, line);
        }
    }
    if (offers_what_no_miniport_registered(j, e)) {
        (void)add(f, count, REG_12, e, line);
    }
    rule = lacks_its_context(j, e);
    if (rule != CONFORMING) {
        add(f, count, rule, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
    if (halts_over_what_is_out(j, e)) {
        (void)add(f, count, HLT_02, e, line);
    }
    if (halts_over_who_is_bound(j, e)) {
        (void)add(f, count, PNP_10, e, line);
    }
    if (is_freed_after_want_of_resources(j, e)) {
        (void)add(f, count, VC_05, e, line);
    }
    if (e.kind == CALL_COMPLETE_UNBIND && e.object.slot < MAX_BINDING &&
        j->core.binding[e.object.slot].adapter == ADAPTER_CLOSE_PENDED) {
        add(f, count, UNB_13, e, line)->kind = TOO_EARLY; /* by any reading: the close is under way */
    }
    for (uint32_t i = 0; e.kind == LEAVE_CM_CLOSE_AF && e.status == SUCCESS && i < MAX_REQUEST; i++) {
        const struct handle request = {i, j->core.request[i].generation};

        if (handles_equal(j->core.request[i].on, e.object) &&
            rests_on_supposed(&j->going_on, "request", request)) {
            add(f, count, AF_CM_08, e, line)->kind = TOO_EARLY; /* OID-07 has said it of the client */
        }
    }
    if (e.kind == CALL_NOTIFY_COMPLETE && a.phase == AF_CLOSED &&
        a.generation == e.object.generation && e.status != SUCCESS &&
        a.notification == NOTIFICATION_PENDED) {
        add(f, count, NTF_29, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
    if (was_freed_in_the_notification(j, e, &freed)) {
        add(f, count, AF_CM_24, freed, s->line[freed.kind])->kind = TOO_EARLY;
    }
    if (sends_while_pausing(j, e)) {
        (void)add(f, count, PNP_02, e, line);
    }
    if ((e.kind == RESTART_LEAVE || e.kind == RESTART_COMPLETE) && is_failure(e.status) && e.status != NOT_SUPPORTED &&
        is_bound_and(j, e, BINDING_RESTARTING)) {
        add(f, count, PNP_07, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
}

/* Of an event that the core does not judge. */
static void judge_level(struct event e, unsigned long line, struct finding f[], unsigned *count)
{
    /* Of some no page says anything of their level. */
    if (is_at_wrong_level(e) && levels[e.kind].requirement != NOT_AN_EVENT) {
        add(f, count, levels[e.kind].requirement, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
}

/* A wait, in a callback that NDIS may enter at DISPATCH_LEVEL. */
static int waits_where_none_may(const struct judge *j, struct event e)
{
    for (unsigned i = 0; e.kind == WAIT && i < j->nesting.depth[e.thread]; i++) {
        const uint16_t begun = j->nesting.frames[e.thread][i].begun.kind;

        if (begun < NAMED_EVENT_COUNT && strcmp(event_verb(begun), "enter") == 0 && levels[begun].highest >= DISPATCH) {
            return 1;
        }
    }
    return 0;
}

static void judge_nesting(struct judge *j, struct event e, unsigned long line, struct finding f[],
                          unsigned *count)
{
    struct event wrong;
    const unsigned long found = nest(&j->nesting, e, line, &wrong);

    if (found != 0 && !(j->nesting.lacks_beginning && j->from_the_middle)) {
        (void)add(f, count, REC_01, wrong, found);
    }
}

/* ---- A recording that begins in the middle ---- */

uint16_t alias_of(uint16_t kind)
{
    switch (kind) {
    case PLAIN_SEND_CALL: return CALL_SEND;
    case PLAIN_SEND_COMPLETE: return ENTER_SEND_COMPLETE;
    case DIRECT_REQUEST_CALL: return CALL_OID_REQUEST;
    case DIRECT_REQUEST_COMPLETE: return ENTER_OID_REQUEST_COMPLETE;
    case RECEIVE_RESOURCES: return INDICATE_RECEIVE;
    default: return kind;
    }
}

/* Of MiniportInitializeEx the core knows one failure, and of MiniportHaltEx, which has no status, success. */
static uint8_t status_for_the_core(struct event e)
{
    if (e.kind == LEAVE_INITIALIZE && e.status != SUCCESS && e.status != PENDING && e.status != NO_STATUS) {
        return FAILURE;
    }
    return e.kind == LEAVE_HALT && e.status == NO_STATUS ? (uint8_t)SUCCESS : e.status;
}

/* And its name, if that is how the object sends or asks. */
static uint16_t plain_name_of(uint16_t kind)
{
    switch (kind) {
    case CALL_SEND: return PLAIN_SEND_CALL;
    case ENTER_SEND_COMPLETE: return PLAIN_SEND_COMPLETE;
    case CALL_OID_REQUEST: return DIRECT_REQUEST_CALL;
    case ENTER_OID_REQUEST_COMPLETE: return DIRECT_REQUEST_COMPLETE;
    default: return kind;
    }
}

/* It comes back by the other callback than it was sent for: the rule that is broken. */
static enum requirement comes_back_as_another(struct judge *j, struct event e, struct event as)
{
    int comes_back;
    const int thing = thing_of(as.kind, &comes_back);
    const struct seen *s = seen_of(j, object_of_event(as));
    const int is_plain = as.kind != e.kind;
    unsigned its_own;

    if ((as.kind != ENTER_SEND_COMPLETE && as.kind != ENTER_OID_REQUEST_COMPLETE) ||
        s->generation != as.object.generation || s->out[thing].count == 0) {
        return CONFORMING;
    }
    its_own = is_plain ? s->plain_out[thing] : s->out[thing].count - s->plain_out[thing];
    return its_own > 0 ? CONFORMING : thing == A_SEND ? BND_29 : OID_10;
}

static void remember_as(struct judge *j, struct event e, struct event as, unsigned long line)
{
    struct seen *s = seen_of(j, object_of_event(as));
    int comes_back;
    const int thing = thing_of(as.kind, &comes_back);

    remember_event(j, as, line);
    remember_request(j, as);
    if (as.kind == e.kind || thing == THING_COUNT || s->generation != as.object.generation) {
        return;
    }
    if (e.kind == RECEIVE_RESOURCES) {
        s->out[thing].count--; /* the youngest: NDIS has it back when the callback has returned */
    } else if (!comes_back) {
        s->plain_out[thing]++;
    } else if (s->plain_out[thing] > 0) {
        s->plain_out[thing]--;
    }
}

static void judge_other_pnp(struct judge *j, struct event e, unsigned long line, struct finding f[],
                            unsigned *count)
{
    static struct core asked;
    struct event known = e;
    enum requirement broken = other_pnp_step(&j->other_pnp, e, line);

    known.kind = CANCEL_REMOVE_ENTER;
    known.status = NO_STATUS;
    known.irql = PASSIVE;
    suppose_what_was_there(j, e);
    if (broken == PNP_16 && seen_of(j, object_of_event(e))->was_there) {
        broken = CONFORMING; /* it may have been pended before the recording */
    }
    if (object_of_event(e).kind == A_BINDING && strcmp(event_verb(e.kind), "enter") == 0) {
        asked = j->core;
        if (e.object.slot < MAX_BINDING) {
            asked.binding[e.object.slot].pnp.event = NO_EVENT;
            asked.binding[e.object.slot].pnp.event_phase = EVENT_OVER;
        }
        broken = core_step(&asked, known); /* whether there is such a binding */
    }
    if (broken != CONFORMING) {
        add(f, count, broken, e, line)->kind =
            broken == PNP_09 || broken == PNP_07 ? NOT_AS_IT_SHOULD_BE : OUT_OF_PLACE;
    }
    if (judge_actor(j, e) != CONFORMING) {
        (void)add(f, count, judge_actor(j, e), e, line);
    }
    (void)remember_object(j, e, line);
}

static void judge_drivers(struct judge *j, struct event e, unsigned long line, struct finding f[],
                          unsigned *count)
{
    enum requirement broken[MOST_OF_DRIVERS];
    const unsigned found = whole_drivers_step(&j->drivers, &j->nesting, &j->core, e, line, broken);

    for (unsigned i = 0; i < found; i++) {
        (void)add(f, count, broken[i], e, line);
    }
}

/* What the core does not know: 1 if there is nothing more to judge. */
static int judge_beyond_the_core(struct judge *j, struct event e, unsigned long line,
                                 struct finding f[], unsigned *count)
{
    j->from_the_middle |= e.kind == RECORDING_BEGINS;
    j->is_cut |= e.kind == SYSTEM_CRASH || e.kind == RECORDING_ENDS;
    j->omits_memory |= e.kind == RECORDING_OMITS_MEMORY;
    j->tells_of_memory |= frees(e.kind);
    j->drivers.lacks_beginning = j->from_the_middle;
    judge_drivers(j, e, line, f, count);
    if (event_is_judged(e) || alias_of(e.kind) != e.kind) {
        return 0;
    }
    judge_level(e, line, f, count);
    if (waits_where_none_may(j, e)) {
        (void)add(f, count, THR_05, e, line);
    }
    if (strcmp(event_section(e.kind), "driver") == 0 || e.kind == DRIVER_ENTRY_ENTER) {
        (void)remember_object(j, e, line);
    }
    if (is_other_pnp_event(e.kind)) {
        judge_other_pnp(j, e, line, f, count);
    }
    if (returns_a_request(e.kind)) {
        request_has_returned(j, e);
    }
    return 1;
}

/* What comes back without having begun may have begun all the same, unseen. */
static int began_unseen(struct judge *j, struct event e)
{
    struct event begin = e;

    begin.kind = beginning_of(e.kind);
    begin.status = NO_STATUS;
    if (!core_takes_both(&j->core, begin, e)) {
        return 0;
    }
    was_supposed(&j->going_on, begin);
    return 1;
}

/* It names another object than what comes back. */
static int names_another(struct judge *j, struct event e, unsigned long line)
{
    const struct event begun = j->nesting.instead;

    e.object = begun.object;
    e.on = begun.on;
    if (begun.kind == NO_EVENT || core_step(&j->core, e) != CONFORMING) {
        return 0;
    }
    remember_event(j, e, line);
    return 1;
}

/* The object, or what it hangs on, is in a state that nobody knows. */
static int is_on_what_is_astray(struct judge *j, struct event e)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};
    struct object o = object_of_event(e);
    const struct object own = o;

    for (unsigned depth = 0; depth < 4 && o.kind != NO_OBJECT; depth++) {
        if (seen_of(j, o)->is_astray) {
            return 1;
        }
        o = depth == 0 ? said_holder(j, e) : holder_of(j, o);
    }
    for (unsigned kind = A_SAP; kind <= A_REQUEST; kind++) { /* nor is it known what is on it */
        for (uint32_t i = 0; i < table_size((enum object_kind)kind); i++) {
            const struct object other = {(enum object_kind)kind,
                                         {i, generation_of(&j->core, (enum object_kind)kind, i)}};
            const struct object holder = holder_of(j, other);

            if (holder.kind == own.kind && handles_equal(holder.handle, own.handle) &&
                seen_of(j, other)->is_astray) {
                return 1;
            }
        }
    }
    return own.kind != A_BINDING && seen_of(j, manager)->is_astray;
}

/* What is wrong a second time whatever the state is. */
static int happens_once(struct judge *j, struct event e)
{
    return frees(e.kind) || e.kind == CALL_CLOSE_AF || e.kind == CALL_CLOSE_ADAPTER ||
           is_completed_again(j, e);
}

/* The core has refused the event, and is as it was before it. */
static void judge_refused(struct judge *j, struct event e, unsigned long line,
                          enum requirement broken, struct finding f[], unsigned *count)
{
    static struct core before;
    static struct going_on going_on;
    const unsigned found = *count;
    int excused;
    struct event way[MOST_SUPPOSED];
    unsigned length;

    if (j->nesting.ends_nothing &&
        (was_seen_before(j, e) || began_unseen(j, e) || names_another(j, e, line))) {
        return; /* REC-01 has said it */
    }
    if (is_failure_of_an_end(j, e)) {
        if (!goes_on_as_before(j, e)) {
            add(f, count, broken, e, line)->kind = NOT_AS_IT_SHOULD_BE;
        }
        return;
    }
    if (passes_on_a_pending(j, e) || is_right_of_requests(j, e, broken) || is_right_of_a_plain_miniport(j, e, broken) ||
        is_no_finding(j, e, broken) || is_freed_in_a_notification(j, e, broken)) {
        return;
    }
    before = j->core;
    if (is_on_what_is_astray(j, e) && !(was_seen_before(j, e) && happens_once(j, e))) {
        (void)go_on_from(&j->going_on, &j->core, e, way, &length);
        j->unclear++;
        return;
    }
    j->before_call.was_a_finding |= handles_equal(j->before_call.e.object, e.object) &&
                                    j->before_call.e.kind == e.kind;
    excused = is_excused(j, &before, e, broken);
    if (is_kept_over_a_reset(j, add(f, count, broken, e, line))) {
        return;
    }
    going_on = j->going_on;
    go_on(j, &before, e, line, f, count);
    if (follows_from_an_early_free(j, &f[*count - 1])) {
        *count = found;
        return;
    }
    was_never_stored(j, &f[*count - 1]);
    if (may_be_freed_early(e.kind, broken, f[*count - 1].requirement) && f[*count - 1].kind != ONCE_MORE && f[*count - 1].kind != AFTER_THE_END &&
        f[*count - 1].kind != NEVER_BEGUN && !lacks_own_completions(&f[*count - 1])) {
        j->core = before; /* nothing of what should have been before it is supposed */
        j->going_on = going_on;
        was_freed_early(j, e);
    }
    if (*count > 1 && f[*count - 1].requirement == BND_21 && e.kind == LEAVE_BIND &&
        before.binding[e.object.slot].adapter == ADAPTER_CLOSE_PENDED) {
        (*count)--; /* CAD-19 has said it; and BND-27 forbids the free while the close pends */
    }
    *count -= (unsigned)excused;
}

/* A VC is created once (VC-03): a second answer of the miniport changes nothing. */
static int miniport_answers_again(struct judge *j, struct event e, unsigned long line, struct finding f[],
                                  unsigned *count)
{
    struct finding *again;

    if (e.kind != MINIPORT_CREATE_VC_LEAVE || !was_seen_before(j, e)) {
        return 0;
    }
    again = add(f, count, VC_03, e, line);
    again->kind = ONCE_MORE;
    again->first = seen_of(j, object_of_event(e))->line[e.kind];
    return 1;
}

static unsigned held_by(const struct judge *j, struct handle binding)
{
    return binding.slot < MAX_BINDING ? j->core.binding[binding.slot].pnp.held : 0;
}

static void add_whole(struct finding f[], unsigned *count, struct finding whole)
{
    if (whole.requirement != CONFORMING) {
        *add(f, count, whole.requirement, whole.event, whole.line) = whole;
    }
}

/* What came back, and no line said so: 1 if the event says it now, and there is nothing more to judge. */
static int judge_what_came_back(struct judge *j, struct event e, unsigned long line, struct finding f[],
                                unsigned *count)
{
    struct finding whole;
    const int is_late = is_told_late(j, e, &whole);

    if (is_late) {
        add_whole(f, count, whole);
    }
    while (is_never_told(j, 0, &whole)) {
        add_whole(f, count, whole);
    }
    if (is_late) {
        return 1;
    }
    if (has_come_back_untold(j, e, line, &whole)) {
        add_whole(f, count, whole);
    }
    return 0;
}

/* What the core answers to the event, or to the one that is judged in the same way. */
static void judge_by_the_core(struct judge *j, struct event e, struct event as, unsigned long line,
                              struct finding f[], unsigned *count)
{
    enum requirement broken = comes_back_as_another(j, e, as);
    enum requirement left[MOST_LEFT];
    unsigned long first;
    unsigned held, left_count;

    look_which_call_manager(j, as);
    suppose_what_was_there(j, as);
    goes_on_without_the_pause(j, as);
    if (judge_what_came_back(j, as, line, f, count)) {
        return;
    }
    held = held_by(j, as.object);
    if (broken != CONFORMING) {
        (void)add(f, count, broken, as, line);
        return;
    }
    add_what_the_core_lacks(j, as, line, f, count);
    broken = asks_a_miniport_that_cannot(j, e, as);
    if (broken != CONFORMING) {
        (void)add(f, count, broken, as, line);
    }
    left_count = rules_of_what_is_left(j, as, left);
    for (unsigned i = 0; i < left_count && !is_on_what_is_astray(j, as); i++) {
        add(f, count, left[i], as, line)->kind = TOO_EARLY;
    }
    first = is_freed_again(j, as);
    if (first != 0) {
        struct finding *again = add(f, count, MEM_01, as, line);

        again->kind = ONCE_MORE;
        again->first = first;
        remember_as(j, e, as, line);
        return;
    }
    broken = frees_what_is_in_use(j, as);
    if (broken != CONFORMING) {
        add(f, count, broken, as, line)->kind = TOO_EARLY;
        was_freed_early(j, as);
        remember_as(j, e, as, line);
        return;
    }
    remember_before_call(j, as);
    remember_before_end(j, as);
    if (ndis_refuses_the_breach(j)) {
        request_was_refused(j, as);
        remember_as(j, e, as, line);
        return;
    }
    if (miniport_answers_again(j, as, line, f, count)) {
        remember_as(j, e, as, line);
        return;
    }
    broken = miniport_takes_vc_late(j, as) || refusal_keeps_nothing(j, as) ? CONFORMING
                                                                          : core_step(&j->core, as);
    if (broken != CONFORMING && (complete_what_did_not_pend(j) | free_what_was_freed_early(j))) {
        broken = core_step(&j->core, as);
    }
    if (broken != CONFORMING && is_right_of_the_other_kind(j, as)) {
        broken = CONFORMING;
    }
    if (broken == CONFORMING) {
        deactivation_has_failed(j, as);
    }
    if (broken == CONFORMING && e.kind == CALL_CLOSE_AF) {
        seen_of(j, object_of_event(e))->closes_returned = 0;
    }
    if (broken != CONFORMING && !came_from_before(j, as) && !follows_untold_memory(j, as)) {
        if ((frees(as.kind) && was_seen_before(j, as)) || !is_consequence(&j->going_on, as)) {
            judge_refused(j, as, line, broken, f, count);
        } else if (frees(as.kind)) {
            was_freed_early(j, as);
        }
    }
    if (e.kind == RECEIVE_RESOURCES && held_by(j, as.object) > held) {
        struct event back = as;

        back.kind = RETURN_RECEIVE;
        (void)core_step(&j->core, back);
    }
    remember_as(j, e, as, line);
}

/* Findings speak of the events by the names that they have in the trace. */
static void name_as_in_the_trace(struct judge *j, struct event e, struct event as,
                                 struct finding *f)
{
    const struct seen *s = seen_of(j, f->object);

    if (f->event.kind == as.kind) {
        f->event.kind = e.kind;
    }
    for (unsigned i = 0; i < f->supposed_count; i++) {
        int comes_back;
        const int thing = thing_of(f->supposed[i].kind, &comes_back);

        if (thing != THING_COUNT && s->plain_out[thing] > 0) {
            f->supposed[i].kind = plain_name_of(f->supposed[i].kind);
        }
    }
}

/* Without those that only lack what this recording never tells: how many are left. */
static unsigned without_untold_memory(const struct judge *j, struct finding f[], unsigned count)
{
    unsigned left = 0;

    for (unsigned i = 0; i < count; i++) {
        if (!j->omits_memory || !lacks_memory_alone(&f[i])) {
            f[left++] = f[i];
        }
    }
    return left;
}

/* Only what the core answers, by its own rule. */
static unsigned judge_by_the_core_alone(struct judge *j, struct event e, unsigned long line,
                                        struct finding f[])
{
    enum requirement broken, left;
    unsigned count = 0;

    if (!event_is_judged(e)) {
        return 0;
    }
    left = core_left_undone(&j->core, e);
    broken = core_step(&j->core, e);
    if (broken != CONFORMING || left != CONFORMING) {
        (void)add(f, &count, broken != CONFORMING ? broken : left, e, line);
    }
    remember_event(j, e, line);
    return count;
}

unsigned judge_event(struct judge *j, struct event e, unsigned long line,
                     struct finding f[MOST_FINDINGS])
{
    struct event as = e;
    unsigned count = 0, own;

    as.kind = alias_of(e.kind);
    as.status = status_for_the_core(e);
    if (exceeds_tables(e)) {
        (void)add(f, &count, BOUND_REACHED, e, line);
        return count;
    }
    if (j->core_alone) {
        return judge_by_the_core_alone(j, e, line, f);
    }
    look_where_it_begins(j, e, line);
    judge_nesting(j, e, line, f, &count);
    if (judge_beyond_the_core(j, e, line, f, &count)) {
        return count;
    }
    judge_level(e, line, f, &count);
    if (is_at_wrong_level(e)) {
        as.irql = PASSIVE;
    }
    if (strcmp(event_verb(e.kind), "return") == 0 || strcmp(event_verb(e.kind), "leave") == 0) {
        as.irql = PASSIVE; /* the level that it began at was judged there */
    }
    if (judge_actor(j, e) != CONFORMING) {
        (void)add(f, &count, judge_actor(j, e), e, line);
    }
    own = count;
    judge_by_the_core(j, e, as, line, f, &count);
    for (unsigned i = 0; i < count; i++) {
        const struct seen *s = seen_of(j, f[i].object);

        if (f[i].kind == TOO_EARLY && f[i].supposed_count == 0) {
            seen_of(j, f[i].object)->left = 1;
        }
        f[i].is_of_ndis = strcmp(event_verb(f[i].event.kind), "enter") == 0 ||
                          strcmp(event_verb(f[i].event.kind), "return") == 0;
        f[i].begun = s->generation == e.object.generation && s->begun != line ? s->begun : 0;
        if (i >= own) {
            name_as_in_the_trace(j, e, as, &f[i]);
        }
    }
    return without_untold_memory(j, f, count);
}
