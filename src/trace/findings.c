/* findings.c - see findings.h. */
#include "findings.h"

#include <string.h>

static const char *const kinds[OBJECT_KIND_COUNT] = {"",   "af",    "binding", "sap",
                                                     "vc", "party", "request"};
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

static int is_same(struct handle a, struct handle b)
{
    return a.slot == b.slot && a.generation == b.generation;
}

static struct seen *seen_of(struct judge *j, struct object o)
{
    return &j->seen[o.kind][o.handle.slot < SLOTS_WATCHED ? o.handle.slot : SLOTS_WATCHED];
}

void judge_begin(struct judge *j, struct readings readings)
{
    static const struct judge fresh;

    *j = fresh;
    j->kind = AN_AF;
    core_initialise(&j->core, readings);
    core_initialise(&j->alone, readings);
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

static void note(unsigned long *since, unsigned before, unsigned after, unsigned long line)
{
    if (before == 0 && after != 0) {
        *since = line;
    }
}

/* Keeps the lines; before and after are the states around the event. */
static void remember(struct judge *j, const struct core *before, struct event e,
                     unsigned long line)
{
    const struct object o = object_of(e);
    struct seen *s = seen_of(j, o);
    const uint32_t slot = e.object.slot;

    if (s->begun == 0 || s->generation < e.object.generation) {
        static const struct seen nothing;

        *s = nothing;
        s->generation = e.object.generation;
        s->begun = line;
    }
    if (s->generation == e.object.generation) {
        s->line[e.kind] = line;
    }
    if (o.kind == A_BINDING && slot < MAX_BINDING) {
        const struct binding *was = &before->binding[slot], *is = &j->core.binding[slot];

        note(&s->sends, was->sends, is->sends, line);
        note(&s->requests, was->requests, is->requests, line);
        note(&s->held, was->pnp.held, is->pnp.held, line);
    } else if (o.kind == A_VC && slot < MAX_VC) {
        note(&s->sends, before->vc[slot].sends, j->core.vc[slot].sends, line);
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

/* Which kind of finding it is; nothing was supposed, and no like event would have been right. */
static void classify_what_left_nothing(struct judge *j, struct finding *f)
{
    const struct seen *s = seen_of(j, f->object);
    const int was_seen = s->begun != 0 && s->generation >= f->object.handle.generation;

    if (!was_seen) {
        f->kind = NEVER_BEGUN;
    } else if (s->generation > f->object.handle.generation) {
        f->kind = AFTER_THE_END;
    } else if (s->line[f->event.kind] != 0) {
        f->kind = ONCE_MORE;
        f->first = s->line[f->event.kind];
    } else {
        f->first = end_of(s);
        f->kind = f->first != 0 ? AFTER_THE_END : OUT_OF_PLACE;
    }
}

/* ---- Judging ---- */

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
        if (broken != CONFORMING && !is_advice(broken)) {
            (void)add(f, count, broken, e, line);
        }
    }
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
    case LEFT_NOTHING: classify_what_left_nothing(j, last); break;
    }
}

unsigned judge_event(struct judge *j, struct event e, unsigned long line,
                     struct finding f[MOST_FINDINGS])
{
    const struct core before = j->core;
    enum requirement broken;
    unsigned count = 0;

    if (exceeds_tables(e)) {
        (void)add(f, &count, BOUND_REACHED, e, line);
        return count;
    }
    if (judge_actor(j, e) != CONFORMING) {
        (void)add(f, &count, judge_actor(j, e), e, line);
    }
    if (core_left_undone(&before, e) != CONFORMING) {
        add(f, &count, core_left_undone(&before, e), e, line)->kind = TOO_EARLY;
    }
    broken = core_step(&j->core, e);
    if (broken != CONFORMING && !is_consequence(&j->going_on, e)) {
        (void)add(f, &count, broken, e, line);
        go_on(j, &before, e, line, f, &count);
    }
    for (unsigned i = 0; i < count; i++) {
        const struct seen *s = seen_of(j, f[i].object);

        f[i].begun = s->generation == e.object.generation ? s->begun : 0;
    }
    remember(j, &before, e, line);
    return count;
}

/* What is left undone of the next object. core_unmet looks at each record by itself, so that
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
    return core_unmet(only);
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
    int waits = 0;

    for (uint32_t i = 0; kind == A_BINDING && i < MAX_AF; i++) {
        waits |= (slot == MANAGER_BINDING || c->af[i].client == slot) &&
                 unmet_of(j, AN_AF, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == A_BINDING && unmet == UNB_01 && i < MAX_BINDING; i++) {
        waits |= i != slot && is_unbinding(c, i);
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_SAP; i++) {
        waits |= is_same(c->sap[i].af, own) && unmet_of(j, A_SAP, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_VC; i++) {
        waits |= is_same(c->vc[i].af, own) && unmet_of(j, A_VC, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == AN_AF && i < MAX_REQUEST; i++) {
        waits |= is_same(c->request[i].on, own) && unmet_of(j, A_REQUEST, i) != CONFORMING;
    }
    for (uint32_t i = 0; kind == A_VC && i < MAX_PARTY; i++) {
        waits |= is_same(c->party[i].vc, own) && unmet_of(j, A_PARTY, i) != CONFORMING;
    }
    return waits || (kind == A_BINDING && unmet == PNP_08 && c->binding[slot].sends > 0);
}

int judge_end(struct judge *j, struct finding *f)
{
    static const struct event none;

    for (; j->kind < OBJECT_KIND_COUNT; j->kind = (enum object_kind)(j->kind + 1), j->slot = 0) {
        while (j->slot < sizes[j->kind]) {
            const uint32_t slot = j->slot++;

            f->requirement = unmet_of(j, j->kind, slot);
            if (f->requirement != CONFORMING &&
                !waits_for_another(j, j->kind, slot, f->requirement)) {
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

/* What may be out of the object of a slot, one after the other: what, how many, since when. */
static int is_out(struct judge *j, enum object_kind kind, uint32_t slot, unsigned what,
                  struct outstanding *o)
{
    static const char *const names[] = {"send", "request", "received data"};
    const struct seen *s = &j->seen[kind][slot];

    o->object.kind = kind;
    o->object.handle.slot = slot;
    o->object.handle.generation = generation_of(&j->core, kind, slot);
    o->what = names[what];
    o->owed_by = what == 2 ? "the driver" : "NDIS";
    if (kind == A_BINDING) {
        const struct binding *b = &j->core.binding[slot];

        o->count = what == 0 ? b->sends : what == 1 ? b->requests : b->pnp.held;
        o->since = what == 0 ? s->sends : what == 1 ? s->requests : s->held;
    } else {
        o->count = kind == A_VC && what == 0 ? j->core.vc[slot].sends : 0;
        o->since = s->sends;
    }
    return o->count != 0;
}

int judge_outstanding(struct judge *j, struct outstanding *o)
{
    if (j->kind >= OBJECT_KIND_COUNT) { /* judge_end has come to its end: begin again */
        j->kind = AN_AF;
        j->slot = 0;
        j->what = 0;
    }
    for (; j->kind < OBJECT_KIND_COUNT; j->kind = (enum object_kind)(j->kind + 1), j->slot = 0) {
        for (; j->slot < sizes[j->kind]; j->slot++, j->what = 0) {
            while (j->what < 3) {
                if (is_out(j, j->kind, j->slot, j->what++, o)) {
                    return 1;
                }
            }
        }
    }
    j->kind = NO_OBJECT;
    return 0;
}
