/* rest.c - see rest.h. */
#include "rest.h"

#include "protocol/handle.h"
#include "seen.h"
#include "trace.h"

#include <string.h>

/* ---- Threads ---- */

const struct frame *innermost(const struct nesting *n, unsigned thread)
{
    unsigned place = n->depth[thread];

    while (place > 0 && (!is_open_frame(&n->frames[thread][place - 1]) ||
                         event_is_unknown(n->frames[thread][place - 1].begun))) {
        place--; /* what is around it has come back without it, or nobody knows whether it comes back */
    }
    return place > 0 ? &n->frames[thread][place - 1] : NULL;
}

int is_waiting(const struct judge *j, unsigned thread)
{
    const struct event last = j->nesting.last[thread];

    if (j->nesting.last_line[thread] == 0 || last.kind != WAIT_IN_NOTIFICATION) {
        return j->nesting.last_line[thread] != 0 && last.kind == WAIT;
    }
    return last.object.slot >= MAX_AF || j->core.af[last.object.slot].generation != last.object.generation ||
           j->core.af[last.object.slot].phase != AF_CLOSED;
}

static int is_free(const struct judge *j, unsigned thread)
{
    return innermost(&j->nesting, thread) == NULL && !is_waiting(j, thread) &&
           j->drivers.held[thread].count == 0;
}

/* The first thread that was seen and stands nowhere, or else one that was not seen. */
static uint8_t free_thread(const struct judge *j)
{
    unsigned fresh = THREADS;

    for (unsigned thread = 0; thread < THREADS; thread++) {
        const int is_seen = j->nesting.last_line[thread] != 0;

        if (is_seen && is_free(j, thread)) {
            return (uint8_t)thread;
        }
        fresh = !is_seen && fresh == THREADS ? thread : fresh;
    }
    return (uint8_t)(fresh == THREADS ? THREADS - 1 : fresh);
}

static enum object_kind kind_of_object(uint16_t kind)
{
    static uint8_t kinds[NAMED_EVENT_COUNT];

    if (kinds[kind] == 0) {
        kinds[kind] = (uint8_t)(1 + object_kind_of(event_object(kind)));
    }
    return (enum object_kind)(kinds[kind] - 1);
}

static int calls(uint16_t kind) { return strcmp(event_verb(kind), "call") == 0; }
static int enters(uint16_t kind) { return strcmp(event_verb(kind), "enter") == 0; }
static int does(uint16_t kind) { return strcmp(event_verb(kind), "do") == 0; }

/* ---- Whether a step may be taken ---- */

static const struct event no_event;

/* The core as it is at w->at, or changed by a question. */
static struct core asked;
static int is_asked_afresh;

/* What the core says of it, judged as this event. */
static enum requirement answer_of_core(const struct judge *j, struct event as)
{
    enum requirement broken;

    if (!is_asked_afresh) {
        asked = j->core;
        is_asked_afresh = 1;
    }
    broken = core_left_undone(&asked, as);
    if (broken == CONFORMING) {
        broken = core_step(&asked, as);
        is_asked_afresh = broken != CONFORMING; /* what is refused changes nothing */
    }
    return broken;
}

/* What the judge excuses, though the core refuses it. */
static int may_be_excused(const struct judge *j, struct event e, enum requirement broken)
{
    return (e.kind == ENTER_UNBIND &&
            (broken == PNP_10 || is_deregistering(&j->drivers, e.object.slot))) ||
           (e.kind == CALL_CLOSE_ADAPTER && broken == UNB_24) ||
           (e.kind == LEAVE_INITIALIZE && broken == BND_21);
}

/* It only follows from a breach. */
static int follows_from_a_breach(const struct judge *j, struct event e)
{
    static struct going_on g;

    g = j->going_on;
    return beginning_of(e.kind) != NO_EVENT && is_consequence(&g, e);
}

/* States in which the search has been. */
#define PLACES 16384u
static uint64_t been[PLACES];

static uint64_t number_of_state(const struct judge *j)
{
    uint64_t number = mixed(FIRST_NUMBER, &j->core, sizeof j->core);

    number = mixed(number, j->nesting.depth, sizeof j->nesting.depth);
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct frame *frame = innermost(&j->nesting, thread);
        const uint64_t stands[] = {thread, frame != NULL ? frame->begun.kind : 0,
                                   j->drivers.held[thread].count};

        number = stands[1] + stands[2] > 0 ? mixed(number, stands, sizeof stands) : number;
    }
    for (unsigned which = 0;; which++) {
        struct told_event t;

        if (!other_pnp_is_out(&j->other_pnp, which, &t)) {
            return number != 0 ? number : 1;
        }
        if (t.since != 0) {
            number = mixed(number, &which, sizeof which) + t.since;
        }
    }
}

/* Whether the state is new to the search, which then has been there. */
static int is_new(const struct judge *j)
{
    const uint64_t number = number_of_state(j);
    unsigned place = (unsigned)(number % PLACES), looked = 0;

    while (been[place] != 0 && been[place] != number && ++looked < PLACES) {
        place = (place + 1) % PLACES;
    }
    if (been[place] == number || looked == PLACES) {
        return 0;
    }
    been[place] = number;
    return 1;
}

void go_along(struct way *w, unsigned steps)
{
    struct finding f[MOST_FINDINGS];

    w->at = w->before;
    for (unsigned i = 0; i < steps; i++) {
        (void)judge_event(&w->at, w->step[i], w->line + 1 + i, f);
    }
    is_asked_afresh = 0;
}

/* Whether the judge has nothing against the step, beyond what it says of a recording; at is then behind it,
 * and in a state that is new. */
static int takes(struct way *w, struct event e)
{
    struct finding f[MOST_FINDINGS];
    struct event as = e;
    unsigned count, objects = 0;

    as.kind = alias_of(e.kind);
    if (event_is_judged(as)) {
        const enum requirement broken = answer_of_core(&w->at, as);

        if (broken != CONFORMING && !may_be_excused(&w->at, e, broken) &&
            !follows_from_a_breach(&w->at, e)) {
            return 0;
        }
    }
    w->tried++;
    count = judge_event(&w->at, e, w->line + 1 + w->length, f);
    is_asked_afresh = 0;
    for (unsigned i = 0; i < count; i++) {
        objects += level_of_finding(&f[i]) != LEVEL_NOTHING;
    }
    if (objects > 0 || !is_new(&w->at)) {
        go_along(w, w->length);
        return 0;
    }
    return 1;
}

/* ---- The candidates ---- */

/* The threads of one state: those that stand in something, and one that does not. */
struct standing {
    unsigned count;
    uint8_t thread[THREADS], waits[THREADS];
    struct frame in[THREADS];
    uint8_t free;
};

static void look_at_threads(const struct judge *j, struct standing *s)
{
    s->count = 0;
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct frame *frame = innermost(&j->nesting, thread);

        if (frame != NULL) {
            s->thread[s->count] = (uint8_t)thread;
            s->waits[s->count] = (uint8_t)is_waiting(j, thread);
            s->in[s->count++] = *frame;
        }
    }
    s->free = free_thread(j);
}

/* Where the search is among the candidates of one state: those before place were tried. */
struct turn {
    struct way *w;
    unsigned long place, at;
    struct event *step;
    struct standing threads;
};

/* The next candidate: 1 if it is taken. */
static int is_taken(struct turn *t, struct event e)
{
    if (t->at++ < t->place) {
        return 0;
    }
    t->place = t->at;
    *t->step = e;
    return takes(t->w, e);
}

/* Success before a failure, and the most common failure first. */
static const uint8_t failures[] = {FAILURE, NOT_ACCEPTED, RESOURCES, CLOSING, INVALID_DATA, NOT_SUPPORTED};
#define FAILURES (sizeof failures / sizeof *failures)

enum how { SUCCEEDS, PENDS, FAILS, IN_ANY_WAY };

/* The event, ending in one of these ways. */
static int is_taken_with(struct turn *t, struct event e, enum how how)
{
    e.status = event_has_status(e.kind) ? SUCCESS : NO_STATUS;
    if ((how == SUCCEEDS || how == IN_ANY_WAY) && is_taken(t, e)) {
        return 1;
    }
    if (!event_has_status(e.kind)) {
        return 0;
    }
    e.status = PENDING;
    if ((how == PENDS || how == IN_ANY_WAY) && is_taken(t, e)) {
        return 1;
    }
    for (unsigned i = 0; (how == FAILS || how == IN_ANY_WAY) && i < FAILURES; i++) {
        e.status = failures[i];
        if (is_taken(t, e)) {
            return 1;
        }
    }
    return 0;
}

/* ---- What comes back ---- */

/* Of a call the return, of an enter the leave; NO_EVENT: it has none. */
static uint16_t end_of(uint16_t begun)
{
    static uint16_t ends[NAMED_EVENT_COUNT];
    static int are_known;

    for (uint16_t kind = NO_EVENT + 1; !are_known && kind < NAMED_EVENT_COUNT; kind++) {
        ends[beginning_of(kind)] = kind;
    }
    are_known = 1;
    return begun > NO_EVENT && begun < NAMED_EVENT_COUNT ? ends[begun] : (uint16_t)NO_EVENT;
}

/* From where a bind or an initialisation fails, nothing is left of it. */
static int rather_fails(uint16_t kind) { return kind == LEAVE_BIND || kind == LEAVE_INITIALIZE; }

/* The threads that wait, or those that do not, come back with this verb; null: with any. */
static int comes_back(struct turn *t, const char *verb, int waits, enum how how)
{
    for (unsigned i = 0; i < t->threads.count; i++) {
        struct event e = t->threads.in[i].begun;
        const uint8_t irql = e.irql;

        e.kind = end_of(e.kind);
        e.by = 0;
        if (t->threads.waits[i] != waits || (verb != NULL && strcmp(event_verb(e.kind), verb) != 0)) {
            continue;
        }
        if ((how == PENDS && rather_fails(e.kind) && is_taken_with(t, e, FAILS)) ||
            is_taken_with(t, e, how)) {
            return 1;
        }
        e.irql = PASSIVE; /* it should not have been entered at another level */
        if (irql != PASSIVE && is_taken_with(t, e, how)) {
            return 1;
        }
    }
    return 0;
}

/* A call comes back after what was around it: an odd recording, but no breach. */
static int comes_back_late(struct turn *t)
{
    const struct nesting *n = &t->w->at.nesting;

    for (unsigned thread = 0; thread < THREADS; thread++) {
        for (unsigned place = n->depth[thread]; place > 0; place--) {
            struct event e = n->frames[thread][place - 1].begun;

            if (is_open_frame(&n->frames[thread][place - 1]) || event_is_unknown(e)) {
                continue;
            }
            e.kind = end_of(e.kind);
            e.by = 0;
            if (is_taken_with(t, e, IN_ANY_WAY)) {
                return 1;
            }
        }
    }
    return 0;
}

static int releases_a_lock(struct turn *t)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct locks_held *h = &t->w->at.drivers.held[thread];
        struct event e = no_event;

        if (h->count == 0) {
            continue;
        }
        e.kind = release_of(h->lock[h->count - 1]);
        e.object = h->driver[h->count - 1];
        e.thread = (uint8_t)thread;
        e.irql = DISPATCH;
        if (is_taken(t, e)) {
            return 1;
        }
    }
    return 0;
}

/* ---- What an object still has to go through ---- */

/* In this order: what is on something else, before that. */
static const enum object_kind inner_first[] = {A_REQUEST, A_PARTY, A_VC, A_SAP, AN_AF, A_BINDING};
#define KINDS (sizeof inner_first / sizeof *inner_first)

/* What begins the end of an object. */
static const uint16_t closing_calls[] = {
    PARTY_DROP_CALL, VC_CLOSE_CALL_CALL, VC_DEACTIVATE_CALL, VC_DEACTIVATE_MCM_CALL,
    VC_DELETE_BY_CLIENT_CALL, VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_MCM_CALL,
    SAP_DEREGISTER_CALL, CALL_CLOSE_AF, CLEAR_FILTER, WITHDRAW_OFFLOADS, CALL_CLOSE_ADAPTER,
    PAUSE_ENTER, PAUSE_FILTERS, PAUSE_MINIPORT, DETACH_FILTERS, ENTER_UNBIND, ENTER_HALT};
#define CLOSING_CALLS (sizeof closing_calls / sizeof *closing_calls)

/* The same from the other side: only if nothing else helps. */
static const uint16_t other_closing_calls[] = {
    VC_DROP_LAST_PARTY_CALL, PARTY_INCOMING_DROP_CALL, PARTY_INCOMING_DROP_MCM_CALL,
    VC_INCOMING_CLOSE_CALL, VC_INCOMING_CLOSE_MCM_CALL};
#define OTHER_CLOSING_CALLS (sizeof other_closing_calls / sizeof *other_closing_calls)

static int is_among(uint16_t kind, const uint16_t list[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == kind) {
            return 1;
        }
    }
    return 0;
}

/* What a recording seldom tells, and nothing waits for. */
static int is_seldom_told(uint16_t kind) { return kind == OPEN_ADAPTER_OWN || kind == FREE_OPEN_PARAMETERS; }

/* It goes on with what has begun, and comes back from nothing. */
static int goes_on(uint16_t kind)
{
    return !is_seldom_told(kind) && !begins_something(kind) && beginning_of(kind) == NO_EVENT &&
           !is_among(kind, closing_calls, CLOSING_CALLS) &&
           !is_among(kind, other_closing_calls, OTHER_CLOSING_CALLS);
}

/* What an object is on, as its events say it. */
static struct handle on_which(struct judge *j, struct object o)
{
    struct object on = holder_of(j, o);

    if (o.kind == AN_AF) { /* its record has the binding's slot alone */
        on.handle.generation = generation_of(&j->core, A_BINDING, on.handle.slot);
    }
    return on.handle;
}

static struct event event_on_object(struct judge *j, uint16_t kind, struct object o)
{
    struct event e = no_event;

    e.kind = kind;
    e.object = o.handle;
    if (event_on(kind)[0] != '\0') {
        e.on = on_which(j, o);
    }
    return e;
}

static int is_same_object(struct event a, struct event b)
{
    return handles_equal(a.object, b.object) && kind_of_object(a.kind) == kind_of_object(b.kind);
}

/* Where it is at home: NDIS enters a callback, or what is beneath answers, inside the call that asks for
 * it; a driver does something in its callback. */
static int is_at_home(const struct frame *frame, struct event e)
{
    if (!is_same_object(frame->begun, e)) {
        return 0;
    }
    if (calls(frame->begun.kind)) {
        return !calls(e.kind) && !does(e.kind) && follows(frame->begun.kind, e.kind);
    }
    return (frame->begun.kind == ENTER_UNBIND && e.kind == CALL_CLOSE_ADAPTER) ||
           (does(e.kind) && strcmp(event_driver(frame->begun.kind), event_driver(e.kind)) == 0);
}

/* On the thread where it is at home, or one that is free. What a driver does with a binding may depend on
 * the thread: inside another callback of the binding. */
static int is_taken_on_some_thread(struct turn *t, struct event e, enum how how)
{
    const struct standing *s = &t->threads;

    for (unsigned i = 0; i < s->count; i++) {
        if (!s->waits[i] && is_at_home(&s->in[i], e)) {
            e.thread = s->thread[i];
            e.irql = s->in[i].begun.irql;
            if (is_taken_with(t, e, how)) {
                return 1;
            }
        }
    }
    e.thread = s->free;
    e.irql = PASSIVE;
    if (is_taken_with(t, e, how)) {
        return 1;
    }
    for (unsigned i = 0; i < s->count; i++) {
        if (!s->waits[i] && !enters(e.kind) && enters(s->in[i].begun.kind) &&
            kind_of_object(e.kind) == A_BINDING && is_same_object(s->in[i].begun, e)) {
            e.thread = s->thread[i];
            e.irql = s->in[i].begun.irql;
            if (is_taken_with(t, e, how)) {
                return 1;
            }
        }
    }
    return 0;
}

/* How the object sends and asks: what went out by the plain function comes back by the plain callback. */
static uint16_t as_it_went_out(struct judge *j, struct object o, uint16_t kind)
{
    const struct seen *s = seen_of(j, o);
    const int is_send = kind == ENTER_SEND_COMPLETE, is_request = kind == ENTER_OID_REQUEST_COMPLETE;

    if (o.kind != A_BINDING || s->generation != o.handle.generation) {
        return kind;
    }
    return is_send && s->plain_out[A_SEND] > 0                ? (uint16_t)PLAIN_SEND_COMPLETE
           : is_request && s->plain_out[A_PLAIN_REQUEST] > 0 ? (uint16_t)DIRECT_REQUEST_COMPLETE
                                                             : kind;
}

/* The objects of the kind, from *slot on: the next that there is. */
static int next_object(const struct core *c, enum object_kind kind, uint32_t *slot, struct object *o)
{
    for (; *slot < table_size(kind); ++*slot) {
        if (generation_of(c, kind, *slot) != 0) {
            o->kind = kind;
            o->handle.slot = *slot;
            o->handle.generation = generation_of(c, kind, *slot);
            ++*slot;
            return 1;
        }
    }
    return 0;
}

/* The events that go on, kind by kind of object; a call of a driver or anything else. What the miniport
 * beneath answers comes first. */
struct events {
    uint16_t kind[EVENT_KIND_COUNT];
    unsigned count;
};

static const struct events *events_that_go_on(enum object_kind kind, int is_call)
{
    static struct events lists[OBJECT_KIND_COUNT][2];
    static int are_known;
    const uint16_t *kinds = events_by_name();

    for (int round = 0; !are_known && round < 2; round++) {
        for (unsigned i = 1; i < EVENT_KIND_COUNT; i++) {
            struct events *list = &lists[kind_of_object(kinds[i])][calls(kinds[i])];

            if (goes_on(kinds[i]) && (strcmp(event_verb(kinds[i]), "leave") != 0) == round) {
                list->kind[list->count++] = kinds[i];
            }
        }
    }
    are_known = 1;
    return &lists[kind][is_call];
}

/* What has begun goes on: NDIS calls a callback, or a driver does something (is_call 0); or a driver
 * completes or gives back (1). */
static int something_goes_on(struct turn *t, int is_call, enum how how)
{
    struct judge *j = &t->w->at;

    for (unsigned k = 0; k < KINDS; k++) {
        const struct events *list = events_that_go_on(inner_first[k], is_call);
        struct object o;

        for (uint32_t slot = 0; next_object(&j->core, inner_first[k], &slot, &o);) {
            const int owes = unmet_of(j, o.kind, o.handle.slot) != CONFORMING;

            for (unsigned i = 0; i < list->count; i++) {
                const uint16_t kind = as_it_went_out(j, o, list->kind[i]);

                if ((owes || !does(kind)) && is_taken_on_some_thread(t, event_on_object(j, kind, o), how)) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static int another_pnp_event_is_completed(struct turn *t)
{
    struct told_event told;

    for (unsigned which = 0; other_pnp_is_out(&t->w->at.other_pnp, which, &told); which++) {
        struct event e = no_event;

        e.kind = (uint16_t)(told.enter + 2);
        e.object = told.object;
        e.thread = t->threads.free;
        if (told.is_pended && is_taken_with(t, e, SUCCEEDS)) {
            return 1;
        }
    }
    return 0;
}

/* ---- What has to end ---- */

static int binding_goes(const struct judge *j, uint32_t slot)
{
    const struct binding *b = &j->core.binding[slot];

    return b->unbind_owed == 1 || b->phase == UNBINDING || b->phase == UNBIND_PENDED ||
           b->phase == BINDING || /* and its bind did not succeed */
           (b->phase == BOUND && is_deregistering(&j->drivers, slot));
}

static int af_goes(struct judge *j, uint32_t slot)
{
    const uint32_t client = j->core.af[slot].client;

    return j->core.af[slot].phase != AF_FREE &&
           (unmet_of(j, AN_AF, slot) != CONFORMING || binding_goes(j, MANAGER_BINDING) ||
            (client < MAX_BINDING && binding_goes(j, client)));
}

static int has_to_end(struct judge *j, struct object o)
{
    const struct object holder = holder_of(j, o);

    if (o.kind == A_BINDING) {
        return binding_goes(j, o.handle.slot);
    }
    if (o.kind == AN_AF) {
        return af_goes(j, o.handle.slot);
    }
    return unmet_of(j, o.kind, o.handle.slot) != CONFORMING ||
           (holder.kind != NO_OBJECT && holder.handle.slot < table_size(holder.kind) &&
            has_to_end(j, holder));
}

static int some_binding_goes(const struct judge *j)
{
    for (uint32_t slot = 0; slot < MAX_BINDING; slot++) {
        if (binding_goes(j, slot)) {
            return 1;
        }
    }
    return 0;
}

/* Whether a deactivation leads on: there is no call on it that could go on. */
static int may_be_deactivated(struct vc v)
{
    return v.phase == VC_CREATED && v.activity == VC_ACTIVE &&
           (v.call == CALL_NONE || v.call == CALL_IS_CLOSING || v.call == CALL_IS_REJECTED ||
            v.call == CALL_HAS_FAILED);
}

/* Whether the call is of use to this object; the stack is paused for the sake of any binding that goes, and
 * with it every other. */
static int may_be_needed(struct judge *j, uint16_t kind, struct object o)
{
    switch (kind) {
    case VC_DEACTIVATE_CALL:
    case VC_DEACTIVATE_MCM_CALL: return may_be_deactivated(j->core.vc[o.handle.slot]);
    case CLEAR_FILTER: return j->core.binding[o.handle.slot].pnp.filter != 0;
    case WITHDRAW_OFFLOADS: return j->core.binding[o.handle.slot].pnp.offloads != 0;
    case PAUSE_FILTERS:
    case PAUSE_MINIPORT:
    case DETACH_FILTERS: return o.handle.slot == MANAGER_BINDING;
    default: return 1;
    }
}

/* A call that begins an end, of what has to end. */
static int something_is_closed(struct turn *t, const uint16_t list[], size_t count)
{
    struct judge *j = &t->w->at;

    for (size_t i = 0; i < count; i++) {
        struct object o;

        for (uint32_t slot = 0; next_object(&j->core, kind_of_object(list[i]), &slot, &o);) {
            const int is_of_the_stack = strcmp(event_section(list[i]), "stack") == 0;

            if (may_be_needed(j, list[i], o) &&
                (is_of_the_stack ? some_binding_goes(j) : has_to_end(j, o)) &&
                is_taken_on_some_thread(t, event_on_object(j, list[i], o), SUCCEEDS)) {
                return 1;
            }
        }
    }
    return 0;
}

/* ---- The search ---- */

/* A driver that is unloaded is deregistered (DRG-01), when nothing of it is bound any more. */
static int is_deregistered(struct turn *t)
{
    struct event e = no_event;

    e.kind = DRIVER_DEREGISTER_CALL;
    for (uint32_t slot = 0; next_left_registered(&t->w->at.drivers, &slot, &e.object);) {
        if (is_taken_on_some_thread(t, e, SUCCEEDS)) {
            return 1;
        }
    }
    return 0;
}

/* The next step, in this order: what is most surely right first. */
static int find_step(struct way *w, unsigned long *place, struct event *step)
{
    static struct turn t; /* large */
    int found;

    t.w = w;
    t.place = *place;
    t.at = 0;
    t.step = step;
    look_at_threads(&w->at, &t.threads);
    found =
        releases_a_lock(&t) || comes_back(&t, NULL, 0, SUCCEEDS) ||
        something_goes_on(&t, 0, IN_ANY_WAY) || something_goes_on(&t, 1, SUCCEEDS) ||
        another_pnp_event_is_completed(&t) || comes_back(&t, "return", 0, IN_ANY_WAY) ||
        something_is_closed(&t, closing_calls, CLOSING_CALLS) || comes_back(&t, "leave", 0, PENDS) ||
        comes_back(&t, NULL, 1, IN_ANY_WAY) || comes_back(&t, "leave", 0, FAILS) ||
        something_goes_on(&t, 1, FAILS) ||
        something_is_closed(&t, other_closing_calls, OTHER_CLOSING_CALLS) || comes_back_late(&t) ||
        is_deregistered(&t);

    *place = t.place;
    return found;
}

/* Whether any call or callback has not come back, or a lock is held. */
static int stands_somewhere(const struct judge *j)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        if (innermost(&j->nesting, thread) != NULL || j->drivers.held[thread].count > 0) {
            return 1;
        }
    }
    return 0;
}

static int leaves_something_undone(struct judge *j)
{
    struct finding f;
    int found = 0;

    while (!found && judge_end(j, &f)) {
        found = f.kind == LEFT_UNDONE;
    }
    return found;
}

/* By the rules; j then still is where it was. */
static int nothing_is_left_undone(struct judge *j)
{
    const enum object_kind kind = j->kind;
    const uint32_t slot = j->slot;
    const unsigned told = j->told;
    const uint32_t drivers_told = j->drivers_told;
    const int undone = stands_somewhere(j) || leaves_something_undone(j);

    j->kind = kind;
    j->slot = slot;
    j->told = told;
    j->drivers_told = drivers_told;
    return !undone;
}

int is_at_rest(struct judge *j)
{
    struct outstanding o;

    return nothing_is_left_undone(j) && !judge_outstanding(j, 1, &o);
}

static unsigned count_outstanding(struct judge *j)
{
    struct outstanding o;
    unsigned count = 0;

    while (judge_outstanding(j, count == 0, &o)) {
        count++;
    }
    return count;
}

/* Nothing is left undone by the rules, but something is still out: what was sent or asked against the
 * rules, so that no event that conforms brings it back. Steps that change nothing of that are left out. */
static int leaves_only_what_a_breach_began(struct way *w)
{
    const unsigned length = w->length;
    const unsigned count = count_outstanding(&w->at);

    if (!nothing_is_left_undone(&w->at)) {
        return 0;
    }
    for (w->length = 0; w->length < length; w->length++) {
        go_along(w, w->length);
        if (nothing_is_left_undone(&w->at) && count_outstanding(&w->at) == count) {
            return 1;
        }
    }
    go_along(w, length);
    return 1;
}

enum rest find_rest(struct way *w, const struct judge *j, unsigned long line)
{
    static unsigned long places[MOST_STEPS + 1];
    static struct event dead_end[MOST_STEPS];
    unsigned length_of_dead_end = 0;
    int has_gone_back = 0;

    w->before = *j;
    w->before.is_cut = 0; /* what would have been owed */
    w->before.all = 0;
    w->before.kind = AN_AF; /* judge_end begins anew */
    w->before.slot = 0;
    w->before.told = 0;
    w->before.drivers_told = 0;
    w->before.first_used_at = 0;
    w->line = line;
    w->length = 0;
    w->tried = 0;
    memset(been, 0, sizeof been);
    go_along(w, 0);
    (void)is_new(&w->at);
    places[0] = 0;
    for (;;) {
        if (is_at_rest(&w->at)) {
            return w->length == 0 ? IS_AT_REST : HAS_WAY_TO_REST;
        }
        if (w->length < MOST_STEPS && (!has_gone_back || w->tried < MOST_STEPS_TRIED) &&
            find_step(w, &places[w->length], &w->step[w->length])) {
            places[++w->length] = 0;
            continue;
        }
        if (!has_gone_back) {
            if (leaves_only_what_a_breach_began(w)) {
                return HAS_WAY_TO_REST_BUT_FOR;
            }
            has_gone_back = 1;
            length_of_dead_end = w->length;
            memcpy(dead_end, w->step, w->length * sizeof *dead_end);
        }
        if (w->length == 0 || w->tried >= MOST_STEPS_TRIED) {
            break;
        }
        go_along(w, --w->length);
    }
    w->length = length_of_dead_end;
    memcpy(w->step, dead_end, w->length * sizeof *dead_end);
    go_along(w, w->length);
    return HAS_NO_WAY_TO_REST;
}
