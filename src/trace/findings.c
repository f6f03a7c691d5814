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

static struct shadow *shadow_of(struct judge *j, struct object o)
{
    return &j->shadow[o.kind][o.handle.slot < SLOTS_WATCHED ? o.handle.slot : SLOTS_WATCHED];
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
 * its client's binding, and that on the call manager's. As the core has it or, if it has
 * not, as the event said that cast a shadow on it. */
static struct object holder_of(struct judge *j, struct object o)
{
    struct object holder = {NO_OBJECT, {0, 0}};
    uint32_t slot = o.handle.slot;

    if (o.kind == A_BINDING) {
        holder.kind = slot == MANAGER_BINDING ? NO_OBJECT : A_BINDING;
        return holder;
    }
    if (slot >= sizes[o.kind] || shadow_of(j, o)->line != 0) {
        return shadow_of(j, o)->on;
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

static int same_slot(struct object a, struct object b)
{
    return a.kind == b.kind && a.handle.slot == b.handle.slot;
}

/* Whether the core still holds something of the slot, so that it may stand in the way of
 * what it hangs on. */
static int is_held(const struct judge *j, struct object o)
{
    const struct core *c = &j->core;
    uint32_t slot = o.handle.slot;

    if (slot >= sizes[o.kind]) {
        return 0;
    }
    switch (o.kind) {
    case AN_AF:
        return c->af[slot].phase == AF_OPENING || c->af[slot].phase == AF_OPEN ||
               c->af[slot].phase == AF_CLOSING || c->af[slot].client_context != 0 ||
               c->af[slot].manager_context != 0;
    case A_BINDING: return c->binding[slot].phase != UNBOUND || c->binding[slot].context != 0;
    case A_SAP: return c->sap[slot].phase != SAP_FREE || c->sap[slot].client_context != 0;
    case A_VC: return c->vc[slot].phase != VC_FREE || c->vc[slot].client_context != 0;
    case A_PARTY:
        return c->party[slot].phase != PARTY_FREE || c->party[slot].client_context != 0;
    case A_REQUEST: return c->request[slot].in_memory != 0;
    default: return 0;
    }
}

/* A party, its VC, AF and binding, the call manager's binding. */
#define LONGEST_CHAIN 5

/* Whether the object hangs on the other one, through any number of others; the first step
 * is given. */
static int hangs_on(struct judge *j, struct object holder, struct object other)
{
    for (unsigned step = 0; step < LONGEST_CHAIN && holder.kind != NO_OBJECT; step++) {
        if (same_slot(holder, other)) {
            return 1;
        }
        holder = holder_of(j, holder);
    }
    return 0;
}

/* The line of the earliest finding from which one about this object may only follow. */
static unsigned long cause(struct judge *j, struct object o, struct object holder)
{
    unsigned long line = 0;

    if (j->shadows == 0 || o.kind == NO_OBJECT) {
        return 0;
    }
    for (unsigned k = 0; k < OBJECT_KIND_COUNT; k++) {
        for (uint32_t slot = 0; slot <= SLOTS_WATCHED; slot++) {
            const struct shadow *s = &j->shadow[k][slot];
            const struct object other = {(enum object_kind)k, {slot, s->generation}};

            if (s->line != 0 && (line == 0 || s->line < line) &&
                (shadow_of(j, o) == s || hangs_on(j, holder, other) ||
                 (is_held(j, other) && hangs_on(j, s->on, o)))) {
                line = s->line;
            }
        }
    }
    return line;
}

static void cast_shadow(struct judge *j, struct object o, struct object holder,
                        unsigned long line)
{
    struct shadow *s = shadow_of(j, o);

    if (s->line == 0) {
        j->shadows++;
        s->line = line;
        s->generation = o.handle.generation;
    }
    s->on = holder;
}

/* An event that conforms and begins a new generation of a slot ends its shadow. */
static void lift_shadow(struct judge *j, struct object o)
{
    struct shadow *s = shadow_of(j, o);

    if (s->line != 0 && o.handle.generation > s->generation) {
        s->line = 0;
        j->shadows--;
    }
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

int judge_event(struct judge *j, struct event e, unsigned long line, struct finding *f)
{
    const int fits = !exceeds_tables(e);
    const enum requirement actor = fits ? judge_actor(j, e) : CONFORMING;
    const enum requirement undone = fits ? core_left_undone(&j->core, e) : CONFORMING;
    const enum requirement left = actor != CONFORMING ? actor : undone;
    const enum requirement broken = fits ? core_step(&j->core, e) : BOUND_REACHED;
    struct object holder;

    if (broken == CONFORMING && j->shadows > 0) {
        lift_shadow(j, object_of(e));
    }
    if (broken == CONFORMING && left == CONFORMING) {
        return 1;
    }
    f->requirement = broken != CONFORMING ? broken : left;
    f->line = line;
    f->event = e;
    f->object = object_of(e);
    holder = said_holder(j, e);
    f->shadow = cause(j, f->object, holder);
    if (broken != CONFORMING) {
        cast_shadow(j, f->object, holder, f->shadow != 0 ? f->shadow : line);
    }
    return 0;
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

int judge_end(struct judge *j, struct finding *f)
{
    static const struct event none;

    for (; j->kind < OBJECT_KIND_COUNT; j->kind = (enum object_kind)(j->kind + 1), j->slot = 0) {
        while (j->slot < sizes[j->kind]) {
            const uint32_t slot = j->slot++;

            f->requirement = unmet_of(j, j->kind, slot);
            if (f->requirement != CONFORMING) {
                f->line = 0;
                f->event = none;
                f->object.kind = j->kind;
                f->object.handle.slot = slot;
                f->object.handle.generation = generation_of(&j->core, j->kind, slot);
                f->shadow = cause(j, f->object, holder_of(j, f->object));
                return 1;
            }
        }
    }
    return 0;
}
