/* findings.c - see findings.h. */
#include "findings.h"

#include "middle.h"
#include "protocol/handle.h"

#include <string.h>

static const char *const kinds[OBJECT_KIND_COUNT] = {"",   "af",    "binding", "sap",
                                                     "vc", "party", "request", "driver"};
static const uint32_t sizes[OBJECT_KIND_COUNT] = {0,      MAX_AF,    MAX_BINDING, MAX_SAP,
                                                  MAX_VC, MAX_PARTY, MAX_REQUEST};

const char *object_kind_name(enum object_kind kind)
{
    return kind < OBJECT_KIND_COUNT ? kinds[kind] : "";
}

static enum object_kind kind_of(const char *name)
{
    unsigned k = OBJECT_KIND_COUNT - 1;

    while (k > NO_OBJECT && strcmp(kinds[k], name) != 0) {
        k--;
    }
    return (enum object_kind)k;
}

static struct object object_of(struct event e)
{
    const struct object o = {kind_of(event_object(e.kind)), e.object};

    return o;
}

/* The core has no table of drivers: each has a binding, at the most. */
static uint32_t watched(enum object_kind kind)
{
    return kind == A_DRIVER ? MAX_BINDING : sizes[kind];
}

static struct seen *seen_of(struct judge *j, struct object o)
{
    static const uint32_t first[OBJECT_KIND_COUNT] = {
        [AN_AF] = 1,
        [A_BINDING] = 2 + MAX_AF,
        [A_SAP] = 3 + MAX_AF + MAX_BINDING,
        [A_VC] = 4 + MAX_AF + MAX_BINDING + MAX_SAP,
        [A_PARTY] = 5 + MAX_AF + MAX_BINDING + MAX_SAP + MAX_VC,
        [A_REQUEST] = 6 + MAX_AF + MAX_BINDING + MAX_SAP + MAX_VC + MAX_PARTY,
        [A_DRIVER] = 7 + MAX_AF + MAX_BINDING + MAX_SAP + MAX_VC + MAX_PARTY + MAX_REQUEST};
    const uint32_t slots = watched(o.kind);

    return &j->seen[first[o.kind] + (o.handle.slot < slots ? o.handle.slot : slots)];
}

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

/* What an object hangs on: a party on its VC, that, a SAP and a request on an AF, an AF on
 * its client's binding. */
static struct object holder_of(struct judge *j, struct object o)
{
    struct object holder = {NO_OBJECT, {0, 0}};
    uint32_t slot = o.handle.slot;

    if (slot >= sizes[o.kind]) {
        return holder;
    }
    switch (o.kind) {
    case AN_AF:
        holder.kind = A_BINDING;
        holder.handle.slot = j->core.af[slot].client;
        break;
    case A_SAP:
        holder.kind = AN_AF;
        holder.handle = j->core.sap[slot].af;
        break;
    case A_VC:
        holder.kind = AN_AF;
        holder.handle = j->core.vc[slot].af;
        break;
    case A_PARTY:
        holder.kind = A_VC;
        holder.handle = j->core.party[slot].vc;
        break;
    case A_REQUEST:
        holder.kind = AN_AF;
        holder.handle = j->core.request[slot].on;
        break;
    default: break;
    }
    return holder;
}

/* What the event says of that; what it does not say, the core knows. */
static struct object said_holder(struct judge *j, struct event e)
{
    struct object o = object_of(e);
    struct object holder = holder_of(j, o);

    if (event_on(e.kind)[0] != '\0') {
        holder.kind = kind_of(event_on(e.kind));
        holder.handle = e.on;
    }
    return holder;
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
    struct object holder = object_of(e);

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

/* ---- What is known of the object ---- */

/* Sends, requests and received data: which an event puts out, and which comes back. */
static int thing_of(uint16_t kind, int *comes_back)
{
    *comes_back = kind == ENTER_SEND_COMPLETE || kind == VC_SEND_DELIVER ||
                  kind == ENTER_OID_REQUEST_COMPLETE || kind == RETURN_RECEIVE ||
                  kind == REQUEST_TO_MINIPORT_DELIVER || kind == REQUEST_TO_MINIPORT_OWN;
    switch (kind) {
    case CALL_SEND:
    case VC_SEND_CALL:
    case ENTER_SEND_COMPLETE:
    case VC_SEND_DELIVER: return A_SEND;
    case CALL_OID_REQUEST:
    case REQUEST_TO_MINIPORT_CALL:
    case REQUEST_TO_MINIPORT_DELIVER:
    case REQUEST_TO_MINIPORT_OWN:
    case ENTER_OID_REQUEST_COMPLETE: return A_PLAIN_REQUEST;
    case INDICATE_RECEIVE:
    case RETURN_RECEIVE: return A_RECEIVE;
    default: return THING_COUNT;
    }
}

static void put_out(struct queue *q, unsigned long line)
{
    if (q->count < MOST_QUEUED) {
        q->line[q->count] = line;
    }
    q->count++;
}

static void take_back(struct queue *q)
{
    if (q->count > 0) {
        q->count--;
        memmove(&q->line[0], &q->line[1], sizeof q->line - sizeof q->line[0]);
    }
}

/* Keeps that the object was seen: 1, or 0 if the handle is of one that was there before. */
static int remember_object(struct judge *j, struct event e, unsigned long line)
{
    struct seen *s = seen_of(j, object_of(e));

    if (s->begun == 0 || s->generation < e.object.generation) {
        const int was_there = s->begun == 0 && s->was_there;

        memset(s, 0, sizeof *s);
        s->was_there = was_there;
        s->generation = e.object.generation;
        s->begun = line;
        j->objects[object_of(e).kind]++;
    }
    return s->generation == e.object.generation;
}

/* Keeps the line of the event. */
static void remember(struct judge *j, struct event e, unsigned long line)
{
    struct seen *s = seen_of(j, object_of(e));
    int comes_back;
    const int thing = thing_of(e.kind, &comes_back);

    if (!remember_object(j, e, line)) {
        return;
    }
    s->line[e.kind] = line;
    s->status[e.kind] = e.status;
    s->times[e.kind] = (uint16_t)(s->times[e.kind] + (s->times[e.kind] < UINT16_MAX));
    if (thing != THING_COUNT && comes_back) {
        take_back(&s->out[thing]);
    } else if (thing != THING_COUNT) {
        put_out(&s->out[thing], line);
    }
}

static uint32_t generation_of(const struct core *c, enum object_kind kind, uint32_t slot)
{
    switch (kind) {
    case AN_AF: return c->af[slot].generation;
    case A_BINDING: return c->binding[slot].generation;
    case A_SAP: return c->sap[slot].generation;
    case A_VC: return c->vc[slot].generation;
    case A_PARTY: return c->party[slot].generation;
    case A_REQUEST: return c->request[slot].generation;
    default: return 0;
    }
}

/* The line at which the object ended: its last event of those that end one. */
static unsigned long end_of(const struct seen *s)
{
    static const uint16_t ends[] = {
        CALL_CLOSE_AF, CALL_CLOSE_ADAPTER, SAP_DEREGISTER_CALL, VC_DELETE_BY_CLIENT_CALL,
        VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_MCM_CALL, PARTY_DROP_CALL,
        FREE_REQUEST_BY_CLIENT, FREE_REQUEST_BY_MANAGER, LEAVE_HALT};
    unsigned long line = 0;

    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++) {
        line = s->line[ends[i]] > line ? s->line[ends[i]] : line;
    }
    return line;
}

static int frees(uint16_t kind)
{
    return strcmp(event_verb(kind), "do") == 0 && strncmp(event_name(kind), "Free", 4) == 0;
}

/* Which kind of finding it is; nothing was supposed, and no like event would have been right. */
static void classify_what_left_nothing(struct judge *j, struct finding *f)
{
    const struct seen *s = seen_of(j, f->object);
    const int was_seen = s->begun != 0 && s->generation >= f->object.handle.generation;

    if (!was_seen) {
        f->kind = NEVER_BEGUN;
    } else if (s->generation > f->object.handle.generation) {
        f->kind = AFTER_THE_END;
    } else if (s->line[f->event.kind] != 0 && end_of(s) <= s->line[f->event.kind]) {
        f->kind = ONCE_MORE;
        f->first = s->line[f->event.kind];
    } else if (frees(f->event.kind) && s->line[f->event.kind] != 0) {
        f->kind = ONCE_MORE;
        f->first = s->line[f->event.kind];
    } else {
        f->first = frees(f->event.kind) ? 0 : end_of(s);
        f->kind = f->first != 0 ? AFTER_THE_END : OUT_OF_PLACE;
    }
}

/* ---- The rule that says it best ---- */

/* The core answers which of its rules refuses the event in this state. Where what has happened is
 * known better, another rule says it: of what was freed, closed or completed already, and of what
 * never was. */
static const struct better_rule {
    uint16_t event;          /* NO_EVENT: any */
    enum requirement answer; /* of the core */
    int kind;                /* enum finding_kind; -1: any */
    enum requirement better;
} better_rules[] = {
    {ENTER_SEND_COMPLETE, CAD_10, -1, BND_29},
    {ENTER_OID_REQUEST_COMPLETE, CAD_11, -1, OID_10},
    {RETURN_RECEIVE, PNP_05, -1, BND_28},
    {PAUSE_COMPLETE, PNP_08, -1, PNP_16},
    {RESTART_COMPLETE, PNP_08, -1, PNP_16},
    {QUERY_REMOVE_COMPLETE, PNP_08, -1, PNP_16},
    {SET_POWER_COMPLETE, PNP_08, -1, PNP_16},
    {CANCEL_REMOVE_COMPLETE, PNP_08, -1, PNP_16},
    {CALL_SEND, UNB_30, -1, CAD_12},
    {NO_EVENT, AF_CL_27, -1, AF_CL_02},
    {VC_MAKE_CALL_CALL, VC_12, NEVER_BEGUN, CALL_01},
    {VC_MAKE_CALL_CALL, CALL_01, AFTER_THE_END, VC_12},
    {OPEN_AF_OWN, AF_OP_06, -1, AF_OP_07},
    {CALL_NOTIFY_COMPLETE, NTF_25, ONCE_MORE, NTF_24},
    {CALL_COMPLETE_UNBIND, CAD_02, ONCE_MORE, UNB_14},
    {OPEN_ADAPTER_CALL, CAD_02, -1, BND_15},
    {FREE_CALL_MGR_AF_CONTEXT, AF_CM_22, TOO_EARLY, AF_CM_28},
    {HALT_ADAPTER, CAD_02, -1, HLT_04},
};

static enum requirement rule_that_says_it(const struct core *before, const struct finding *f)
{
    if (frees(f->event.kind) && f->first != 0) {
        return MEM_01;
    }
    if (f->event.kind == FREE_CLIENT_AF_CONTEXT && f->requirement == AF_CL_08 &&
        f->object.handle.slot < MAX_AF &&
        before->af[f->object.handle.slot].close_call == CLOSE_CALL_SUCCEEDED) {
        return AF_CL_04;
    }
    if ((f->event.kind == PAUSE_FILTERS || f->event.kind == PAUSE_MINIPORT) &&
        f->requirement == PNP_10 && before->binding[MANAGER_BINDING].phase == UNBOUND) {
        return BND_14; /* of a miniport that was never initialised */
    }
    if (f->event.kind == LEAVE_BIND && f->requirement == CAD_09 &&
        f->object.handle.slot < MAX_BINDING &&
        before->binding[f->object.handle.slot].pnp.open_failed != NO_STATUS) {
        return BND_19;
    }
    for (unsigned i = 0; i < sizeof better_rules / sizeof better_rules[0]; i++) {
        const struct better_rule *r = &better_rules[i];

        if ((r->event == NO_EVENT || r->event == f->event.kind) && r->answer == f->requirement &&
            (r->kind < 0 || (enum finding_kind)r->kind == f->kind)) {
            return r->better;
        }
    }
    return f->requirement;
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
    next->object = object_of(e);
    *count += *count + 1 < MOST_FINDINGS;
    return next;
}

static int is_advice(enum requirement q) { return requirement_level(q) != LEVEL_MUST; }

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
    const struct seen *s = seen_of(j, object_of(e));

    return s->line[ENTER_CL_CLOSE_AF_COMPLETE] != 0 ||
           (s->line[RETURN_CLOSE_AF] != 0 && s->status[RETURN_CLOSE_AF] != PENDING);
}

static void go_on(struct judge *j, const struct core *before, struct event e, unsigned long line,
                  struct finding f[], unsigned *count)
{
    struct finding *last = &f[*count - 1];

    switch (go_on_from(&j->going_on, &j->core, e, last->supposed, &last->supposed_count)) {
    case WENT_ON_AS_IT_SHOULD_BE: last->kind = NOT_AS_IT_SHOULD_BE; break;
    case WENT_ON_SUPPOSING:
        last->kind = TOO_EARLY;
        look_behind_advice(before, e, line, f, count);
        break;
    case LEFT_NOTHING:
        classify_what_left_nothing(j, last);
        seen_of(j, last->object)->ended_in_vain |= e.kind == CALL_CLOSE_AF && was_told(j, e);
        break;
    }
    last->requirement = rule_that_says_it(before, last);
}

static int was_freed(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of(e));

    return s->generation == e.object.generation && s->line[e.kind] != 0;
}

/* What the core refuses, and no rule forbids. */
static int is_excused(struct judge *j, const struct core *before, struct event e,
                      enum requirement broken)
{
    const struct seen *own = seen_of(j, object_of(e));
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};

    if (broken == REG_12) { /* as many offers as families that were registered */
        const struct seen *s = seen_of(j, manager);

        return own->times[ENTER_AF_REGISTER_NOTIFY] <
               s->times[CALL_CM_REGISTER_AF] + s->times[CALL_MCM_REGISTER_AF];
    }
    if (broken == UNB_24) { /* its own memory for an AF is nobody else's business (UNB-25) */
        for (uint32_t i = 0; i < MAX_AF; i++) {
            const struct address_family a = before->af[i];

            if (a.phase != AF_FREE && a.phase != AF_FAILED &&
                (a.phase != AF_CLOSED || a.notify_call != 0 ||
                 a.notification != NOTIFICATION_NONE)) {
                return 0;
            }
        }
        return 1;
    }
    if (broken == PNP_10 && e.kind == ENTER_UNBIND) { /* one binding goes, the stack stays */
        return own->line[REMOVE_BINDING] != 0;
    }
    return broken == BND_21 && e.kind == LEAVE_INITIALIZE && e.status != SUCCESS;
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

/* Rules that speak of more than the core keeps. */
static void add_what_the_core_lacks(struct judge *j, struct event e, unsigned long line,
                                    struct finding f[], unsigned *count)
{
    const struct seen *s = seen_of(j, object_of(e));
    const struct address_family a =
        e.object.slot < MAX_AF ? j->core.af[e.object.slot] : j->core.af[0];

    if (e.kind == CALL_CLOSE_ADAPTER && s->generation == e.object.generation &&
        s->out[A_RECEIVE].count > 0) {
        add(f, count, BND_28, e, line)->kind = TOO_EARLY;
    }
    if (is_offered_on_a_sap_that_is_going(j, e)) {
        (void)add(f, count, SAP_17, e, line);
        consequences_follow(&j->going_on, e);
    }
    if (e.kind == OWN_CLOSE_AF_COMPLETE && s->line[RETURN_CLOSE_AF] != 0 &&
        s->status[RETURN_CLOSE_AF] != PENDING && s->status[RETURN_CLOSE_AF] != e.status) {
        add(f, count, AF_CL_04, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
    if ((e.kind == PAUSE_FILTERS || e.kind == PAUSE_MINIPORT || e.kind == DETACH_FILTERS) &&
        j->core.stack.level == STACK_NOT_TRACED && j->core.binding[MANAGER_BINDING].phase == UNBOUND &&
        j->core.binding[MANAGER_BINDING].generation == 0) {
        add(f, count, PNP_10, e, line)->kind = NEVER_BEGUN;
    }
    for (uint32_t i = 0; e.kind == LEAVE_HALT && i < MAX_BINDING; i++) {
        const struct object binding = {A_BINDING, {i, 0}};

        if (seen_of(j, binding)->out[A_RECEIVE].count > 0) {
            (void)add(f, count, HLT_06, e, line);
        }
    }
    if (e.kind == CALL_NOTIFY_COMPLETE && a.phase == AF_CLOSED &&
        a.generation == e.object.generation && e.status != SUCCESS &&
        a.notification == NOTIFICATION_PENDED) {
        add(f, count, NTF_29, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
}

/* Of an event that the core does not judge. */
static void judge_level(struct event e, unsigned long line, struct finding f[], unsigned *count)
{
    if (is_at_wrong_level(e) && levels[e.kind].requirement != NOT_AN_EVENT) {
        add(f, count, levels[e.kind].requirement, e, line)->kind = NOT_AS_IT_SHOULD_BE;
    }
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

static int is_of_an_mcm(uint16_t kind)
{
    return strncmp(event_name(kind), "NdisMCm", 7) == 0 ||
           strncmp(event_name(kind), "Miniport", 8) == 0;
}

/* Whether the object may have been there before the recording: nothing of its slot was seen, and the
 * call manager's binding was not seen to begin either, unless the object is a binding itself. A
 * binding that was supposed for an AF may have been of any generation. */
static int may_have_been_there(struct judge *j, struct object o)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};
    const struct seen *of_manager = seen_of(j, manager);

    return j->from_the_middle && o.handle.generation != 0 && o.handle.slot < sizes[o.kind] &&
           seen_of(j, o)->begun == 0 &&
           (!seen_of(j, o)->was_there || (o.kind == A_BINDING &&
                                          generation_of(&j->core, o.kind, o.handle.slot) !=
                                              o.handle.generation)) &&
           (o.kind == A_BINDING || of_manager->begun == 0 || of_manager->was_there);
}

/* A client's binding of which nothing was seen, and on which nothing was supposed: an AF has to be on
 * one, and the line seldom says on which. */
static struct handle some_client(struct judge *j)
{
    struct handle client = {MANAGER_BINDING + 1, 1};

    for (uint32_t slot = MANAGER_BINDING + 1; slot < MAX_BINDING; slot++) {
        const struct object o = {A_BINDING, {slot, 0}};

        if (seen_of(j, o)->was_there) {
            client.slot = slot;
            client.generation = j->core.binding[slot].generation;
            return client;
        }
    }
    while (client.slot + 1 < MAX_BINDING && j->core.binding[client.slot].generation != 0) {
        client.slot++;
    }
    return client;
}

static void suppose(struct judge *j, struct object o, struct handle on, const struct event *e,
                    uint16_t kind)
{
    const struct supposed_object s = {kinds[o.kind], o.handle, on, is_of_an_mcm(kind)};

    if ((e != NULL && suppose_object(&j->core, s, e)) || suppose_object(&j->core, s, NULL)) {
        seen_of(j, o)->was_there = 1;
    }
}

/* What the object hangs on, before the object. */
static void suppose_with_holders(struct judge *j, struct object o, struct handle on,
                                 const struct event *e, uint16_t kind)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 1}};
    const struct handle nothing = {0, 0};

    if (may_have_been_there(j, manager) && o.kind != A_BINDING) {
        suppose(j, manager, nothing, NULL, kind);
    }
    if (!may_have_been_there(j, o)) {
        return;
    }
    if (o.kind == AN_AF) {
        const struct handle client = on.generation != 0 ? on : some_client(j);
        const struct object binding = {A_BINDING, client};

        suppose_with_holders(j, binding, nothing, NULL, kind);
        on = client;
    } else if (o.kind == A_PARTY) {
        const struct object vc = {A_VC, on};

        suppose_with_holders(j, vc, (struct handle){0, 1}, NULL, kind);
    } else if (o.kind != A_BINDING) {
        const struct object af = {AN_AF, on};

        suppose_with_holders(j, af, nothing, NULL, kind);
    }
    suppose(j, o, on, e, kind);
}

/* Nothing was seen of the operation but what follows from its beginning. */
static int began_before(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of(e));

    if (!s->was_there || (s->begun != 0 && s->generation != e.object.generation)) {
        return 0;
    }
    for (unsigned o = 0; o < operation_count(); o++) {
        const uint16_t *kinds_of = operation_of(o);
        unsigned place = 0;

        while (place < LONGEST_OPERATION && kinds_of[place] != e.kind) {
            place++;
        }
        if (place == LONGEST_OPERATION || place == 0) {
            continue;
        }
        while (place > 0 && s->line[kinds_of[place - 1]] == 0) {
            place--;
        }
        if (place == 0) {
            return 1;
        }
    }
    return 0;
}

/* The first event of the recording tells whether that begins at the beginning. */
static void look_where_it_begins(struct judge *j, struct event e, unsigned long line)
{
    int nothing_seen = !j->from_the_middle;

    for (unsigned kind = AN_AF; nothing_seen && kind < OBJECT_KIND_COUNT; kind++) {
        nothing_seen = j->objects[kind] == 0;
    }
    if (nothing_seen && object_of(e).kind != A_DRIVER &&
        strcmp(event_driver(e.kind), "system") != 0 &&
        e.kind != ENTER_BIND && e.kind != ENTER_INITIALIZE && e.object.generation != 0 &&
        !event_is_unknown(e)) {
        j->from_the_middle = 1;
        j->first_used = object_of(e);
        j->first_used_at = line;
    }
}

/* Before the core is asked: what the event needs has begun. */
static void suppose_what_was_there(struct judge *j, struct event e)
{
    static struct core asked;
    const struct object o = object_of(e);
    const int begins = begins_its_object(e.kind);
    struct object holder = {NO_OBJECT, e.on};
    struct handle on = {0, 0};

    if (!j->from_the_middle || o.kind == NO_OBJECT || o.kind == A_DRIVER) {
        return;
    }
    holder.kind = kind_of(event_on(e.kind));
    if (begins && holder.kind != NO_OBJECT) {
        on.generation = holder.kind == A_VC; /* its AF is not told */
        suppose_with_holders(j, holder, on, NULL, e.kind);
    } else if (!begins) {
        asked = j->core;
        if (event_is_judged(e) && seen_of(j, o)->was_there &&
            core_step(&asked, e) != CONFORMING && began_before(j, e)) {
            const struct supposed_object again = {kinds[o.kind], e.object, said_holder(j, e).handle,
                                                  is_of_an_mcm(e.kind)};

            (void)suppose_object(&j->core, again, &e); /* it was elsewhere than was thought */
        }
        suppose_with_holders(j, o, e.on, event_is_judged(e) ? &e : NULL, e.kind);
    }
}

/* What was on its way before the recording: nobody knows how much it was. */
static int came_from_before(struct judge *j, struct event e)
{
    int comes_back;

    return thing_of(e.kind, &comes_back) != THING_COUNT && comes_back &&
           seen_of(j, object_of(e))->was_there;
}

/* ---- Events that are judged in traces alone ---- */

/* What the core knows and judges in the same way: sends without CoNDIS, and requests that go around
 * the queue of the others. */
static uint16_t alias_of(uint16_t kind)
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
    const struct seen *s = seen_of(j, object_of(as));
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
    struct seen *s = seen_of(j, object_of(as));
    int comes_back;
    const int thing = thing_of(as.kind, &comes_back);

    remember(j, as, line);
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
    if (broken == PNP_16 && seen_of(j, object_of(e))->was_there) {
        broken = CONFORMING; /* it may have been pended before the recording */
    }
    if (object_of(e).kind == A_BINDING && strcmp(event_verb(e.kind), "enter") == 0) {
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
    if (e.kind == ENTER_UNBIND && is_deregistering(&j->drivers, e.object.slot)) {
        struct event reason = e;

        reason.kind = REMOVE_BINDING; /* an unbind needs one, and this is as good */
        (void)core_step(&j->core, reason);
        seen_of(j, object_of(e))->line[REMOVE_BINDING] = line;
    }
}

/* What the core does not know: 1 if there is nothing more to judge. */
static int judge_beyond_the_core(struct judge *j, struct event e, unsigned long line,
                                 struct finding f[], unsigned *count)
{
    j->from_the_middle |= e.kind == RECORDING_BEGINS;
    j->is_cut |= e.kind == SYSTEM_CRASH || e.kind == RECORDING_ENDS;
    judge_drivers(j, e, line, f, count);
    if (event_is_judged(e) || alias_of(e.kind) != e.kind) {
        return 0;
    }
    judge_level(e, line, f, count);
    if (strcmp(event_section(e.kind), "driver") == 0 || e.kind == DRIVER_ENTRY_ENTER) {
        (void)remember_object(j, e, line);
    }
    if (is_other_pnp_event(e.kind)) {
        judge_other_pnp(j, e, line, f, count);
    }
    return 1;
}

/* The core has refused the event, and is as it was before it. */
static void judge_refused(struct judge *j, struct event e, unsigned long line,
                          enum requirement broken, struct finding f[], unsigned *count)
{
    static struct core before;
    int excused;

    before = j->core;
    excused = is_excused(j, &before, e, broken);
    (void)add(f, count, broken, e, line);
    go_on(j, &before, e, line, f, count);
    *count -= (unsigned)excused;
}

static unsigned held_by(const struct judge *j, struct handle binding)
{
    return binding.slot < MAX_BINDING ? j->core.binding[binding.slot].pnp.held : 0;
}

/* What the core answers to the event, or to the one that is judged in the same way. */
static void judge_by_the_core(struct judge *j, struct event e, struct event as, unsigned long line,
                              struct finding f[], unsigned *count)
{
    enum requirement broken = comes_back_as_another(j, e, as);
    enum requirement left;
    unsigned held;

    suppose_what_was_there(j, as);
    held = held_by(j, as.object);
    if (broken != CONFORMING) {
        (void)add(f, count, broken, as, line);
        return;
    }
    add_what_the_core_lacks(j, as, line, f, count);
    left = core_left_undone(&j->core, as);
    if (left != CONFORMING) {
        add(f, count, left, as, line)->kind = TOO_EARLY;
    }
    broken = core_step(&j->core, as);
    if (broken != CONFORMING && !came_from_before(j, as) &&
        ((frees(as.kind) && was_freed(j, as)) || !is_consequence(&j->going_on, as))) {
        judge_refused(j, as, line, broken, f, count);
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
    remember(j, e, line);
    return count;
}

unsigned judge_event(struct judge *j, struct event e, unsigned long line,
                     struct finding f[MOST_FINDINGS])
{
    struct event as = e;
    unsigned count = 0, own;

    as.kind = alias_of(e.kind);
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
    if (is_at_wrong_level(e)) {
        add(f, &count, levels[e.kind].requirement, e, line)->kind = NOT_AS_IT_SHOULD_BE;
        as.irql = PASSIVE;
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
        f[i].begun = s->generation == e.object.generation && s->begun != line ? s->begun : 0;
        if (i >= own) {
            name_as_in_the_trace(j, e, as, &f[i]);
        }
    }
    return count;
}

/* What is left undone of the next object. core_owes looks at each record by itself, so that
 * a core with this record alone says what is left undone of it. An AF has a request of its
 * own, and a binding. */
static enum requirement unmet_of(struct judge *j, enum object_kind kind, uint32_t slot)
{
    struct core *only = &j->alone;
    const struct core *c = &j->core;

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
    return core_owes(only);
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
    int waits = seen_of(j, object)->ended_in_vain ||
                rests_on_supposed(&j->going_on, kinds[kind], own) ||
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
        } else if (strcmp(verb, "leave") == 0) {
            p.leave = line;
            p.left_with = s->status[kind];
        } else if (strcmp(verb, "call") == 0) {
            p.complete = line;
        } else if (strcmp(verb, "enter") == 0) {
            p.deliver = line;
        } else if (strcmp(verb, "return") == 0) {
            p.answer = line;
            p.returned_with = s->status[kind];
        }
    }
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
    if ((p.returns || p.comes_back) && p.call > p.deliver && (p.answer < p.call || p.returned_with == PENDING)) {
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
        o->object.kind = kind_of(event_object(t.enter));
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

/* The what-th that may be out of the object. */
static int is_out(struct judge *j, unsigned what, struct outstanding *o)
{
    static const char *const names[] = {"send", "request", "receive"};
    const struct seen *s = seen_of(j, o->object);

    if (what >= THING_COUNT * MOST_QUEUED) {
        const uint16_t *operation = operation_of(what - THING_COUNT * MOST_QUEUED);
        int comes_back;

        return thing_of(operation[0], &comes_back) == THING_COUNT && strcmp(event_object(operation[0]), kinds[o->object.kind]) == 0 &&
               operation_is_out(s, operation, o);
    }
    o->what = names[what / MOST_QUEUED];
    o->since = s->out[what / MOST_QUEUED].line[what % MOST_QUEUED];
    o->owed_by = what / MOST_QUEUED == A_RECEIVE ? owner_of(o->object, "owner") : "NDIS";
    return what % MOST_QUEUED < s->out[what / MOST_QUEUED].count;
}

int judge_outstanding(struct judge *j, int begin, struct outstanding *o)
{
    if (begin) {
        j->listed.kind = AN_AF;
        j->listed.slot = 0;
        j->listed.what = 0;
        j->listed.beyond = 0;
    }
    for (; j->listed.kind < OBJECT_KIND_COUNT; j->listed.kind++, j->listed.slot = 0) {
        for (; j->listed.slot < sizes[j->listed.kind]; j->listed.slot++, j->listed.what = 0) {
            o->object.kind = (enum object_kind)j->listed.kind;
            o->object.handle.slot = j->listed.slot;
            o->object.handle.generation = seen_of(j, o->object)->generation;
            while (o->object.handle.generation != 0 &&
                   j->listed.what < THING_COUNT * MOST_QUEUED + operation_count()) {
                if (is_out(j, j->listed.what++, o)) {
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
            f->object.kind = kind_of(event_object(t.enter));
            f->object.handle = t.object;
            f->begun = seen_of(j, f->object)->begun;
            return 1;
        }
    }
    return 0;
}

int judge_end(struct judge *j, struct finding *f)
{
    static const struct event none;

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
    if (j->is_cut && !j->core_alone) { /* what was not seen is not left undone */
        return 0;
    }
    if (!j->core_alone && other_pnp_was_left_undone(j, f)) {
        return 1;
    }
    for (; j->kind < OBJECT_KIND_COUNT; j->kind = (enum object_kind)(j->kind + 1), j->slot = 0) {
        while (j->slot < sizes[j->kind]) {
            const uint32_t slot = j->slot++;

            f->requirement = unmet_of(j, j->kind, slot);
            f->requirement = rule_of_the_server(j, j->kind, slot, f->requirement);
            if (f->requirement != CONFORMING &&
                (j->all || !waits_for_another(j, j->kind, slot, f->requirement))) {
                f->kind = LEFT_UNDONE;
                f->line = 0;
                f->first = 0;
                f->event = none;
                f->supposed_count = 0;
                f->object.kind = j->kind;
                f->object.handle.slot = slot;
                f->object.handle.generation = generation_of(&j->core, j->kind, slot);
                f->begun = seen_of(j, f->object)->begun;
                return 1;
            }
        }
    }
    return 0;
}
