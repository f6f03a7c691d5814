/* event_order.c - see event_order.h. Goes through the events as recorded; where the core
 * refuses one, looks for another order of it and its neighbours, of a few first, then of more. */
#include "event_order.h"

#include <stdlib.h>
#include <string.h>

enum {
    FURTHEST_BACK = 32,
    FURTHEST_AHEAD = 8,
    WINDOW = FURTHEST_BACK + 2 + FURTHEST_AHEAD,
    KEPT = 64,              /* states, more than FURTHEST_BACK and what is filled in */
    MOST_STEPS = 4000,      /* of one search */
    MOST_IN_VAIN = 200,     /* searches; then the log is too broken for more */
    SEEN = 8192
};

struct finder {
    struct order *order;
    const struct order_event *events;
    size_t count;
    struct handle *handle; /* of each object */
    uint8_t *done;         /* of each event: 1: it is in the list */
    struct core now;
    struct core before[KEPT]; /* before the entry of the list with this number, modulo KEPT */
    unsigned in_vain;
};

/* Slots and generations. */

static int choose_slot(struct finder *f, const struct core *c, struct event *e, uint32_t slots,
                       uint32_t (*generation)(const struct core *, uint32_t))
{
    struct event fallback = *e;
    int has_fallback = 0;

    for (uint32_t i = 0; i < slots; i++) {
        struct core trial = *c;
        enum requirement broken;

        e->object.slot = i;
        e->object.generation = generation(c, i) + 1;
        broken = core_step(&trial, *e);
        if (broken == CONFORMING) {
            return 1;
        }
        if (!has_fallback && broken != AF_OP_03 && broken != AF_OP_24 && broken != BND_22 &&
            broken != NOT_AN_EVENT) {
            fallback = *e;
            has_fallback = 1;
        }
    }
    (void)f;
    *e = fallback;
    if (!has_fallback) { /* more at once than this build has slots for */
        e->object.slot = slots;
        e->object.generation = 1;
    }
    return has_fallback;
}

static uint32_t af_generation(const struct core *c, uint32_t i) { return c->af[i].generation; }
static uint32_t sap_generation(const struct core *c, uint32_t i) { return c->sap[i].generation; }
static uint32_t vc_generation(const struct core *c, uint32_t i) { return c->vc[i].generation; }
static uint32_t party_generation(const struct core *c, uint32_t i)
{
    return c->party[i].generation;
}
static uint32_t request_generation(const struct core *c, uint32_t i)
{
    return c->request[i].generation;
}

/* The call manager's binding has slot 0; a client's the lowest that is unbound. */
static void choose_binding(const struct core *c, struct event *e, int is_manager)
{
    uint32_t i = MANAGER_BINDING;

    if (!is_manager) {
        for (i = 1; i < MAX_BINDING - 1 && c->binding[i].phase != UNBOUND; i++) {
        }
    }
    e->object.slot = i;
    e->object.generation = c->binding[i].generation + 1;
}

static void begin_object(struct finder *f, const struct core *c, const struct order_event *o,
                         struct event *e)
{
    switch (e->kind) {
    case ENTER_BIND:
    case ENTER_INITIALIZE: choose_binding(c, e, o->is_manager); break;
    case OPEN_AF_CALL:
    case OPEN_AF_ENTER: (void)choose_slot(f, c, e, MAX_AF, af_generation); break;
    case SAP_REGISTER_CALL:
    case SAP_REGISTER_ENTER: (void)choose_slot(f, c, e, MAX_SAP, sap_generation); break;
    case PARTY_ADD_CALL:
    case PARTY_ADD_ENTER: (void)choose_slot(f, c, e, MAX_PARTY, party_generation); break;
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_CLIENT_ENTER:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL:
    case REQUEST_BY_MANAGER_ENTER:
        (void)choose_slot(f, c, e, MAX_REQUEST, request_generation);
        break;
    default: (void)choose_slot(f, c, e, MAX_VC, vc_generation); break;
    }
    f->handle[o->object] = e->object;
}

/* What the system and the miniport beneath do before an event and no driver sees. It is filled
 * in where the core refuses the event without it; always: wherever the core accepts it, since
 * later it would be too late. */
enum { AS_RETURNED = STATUS_COUNT, MOST_UNSEEN = 3 };

struct unseen {
    uint16_t before, kind;
    uint8_t status; /* AS_RETURNED: that of the event */
    uint8_t always;
};

#define VC_WITH_MINIPORT(who)                                                    \
    {VC_CREATE_BY_##who##_ENTER, MINIPORT_CREATE_VC_LEAVE, SUCCESS, 1},          \
    {VC_CREATE_BY_##who##_RETURN, MINIPORT_CREATE_VC_LEAVE, AS_RETURNED, 0},     \
    {VC_CREATE_BY_##who##_RETURN, MINIPORT_DELETE_VC_LEAVE, SUCCESS, 0},         \
    {VC_DELETE_BY_##who##_RETURN, MINIPORT_DELETE_VC_LEAVE, SUCCESS, 0}
#define ASKS_MINIPORT(operation)                                                 \
    {operation##_RETURN, operation##_ENTER, NO_STATUS, 0},                       \
    {operation##_RETURN, operation##_LEAVE, AS_RETURNED, 0},                     \
    {operation##_DELIVER, operation##_ENTER, NO_STATUS, 0},                      \
    {operation##_DELIVER, operation##_LEAVE, PENDING, 0},                        \
    {operation##_DELIVER, operation##_COMPLETE, AS_RETURNED, 0}

static const struct unseen unseen[] = {
    /* For an unbind there is no other reason: this binding is removed, which may be the only
     * one; for a halt, the adapter is. */
    {ENTER_UNBIND, REMOVE_BINDING, NO_STATUS, 0},
    {ENTER_HALT, REMOVE_ADAPTER, NO_STATUS, 0},
    VC_WITH_MINIPORT(CLIENT),
    VC_WITH_MINIPORT(MANAGER),
    ASKS_MINIPORT(VC_DEACTIVATE),
    ASKS_MINIPORT(REQUEST_TO_MINIPORT),
};

struct filled {
    struct event event[MOST_UNSEEN];
    unsigned count;
};

/* Each of them that the core accepts, in the order of the rows. */
static void fill_in(struct core *c, struct event e, int always, struct filled *filled)
{
    filled->count = 0;
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++) {
        struct event u = e;

        if (unseen[i].before != e.kind || unseen[i].always != always) {
            continue;
        }
        u.kind = unseen[i].kind;
        u.status = unseen[i].status == AS_RETURNED ? e.status : unseen[i].status;
        u.irql = PASSIVE;
        if (core_step(c, u) == CONFORMING) {
            filled->event[filled->count++] = u;
        }
    }
}

/* The event with its slots, stepped, and what was filled in before it. Returns CONFORMING, or
 * what is broken; then the core is as it was. */
static enum requirement step_event(struct finder *f, struct core *c, size_t i, struct event *e,
                                   struct filled *filled)
{
    const struct order_event *o = &f->events[i];
    enum requirement broken = NOT_AN_EVENT;

    *e = o->event;
    e->object = f->handle[o->object];
    e->on = f->handle[o->on];
    if (o->begins == 1) {
        begin_object(f, c, o, e);
    }
    for (int always = 1; always >= 0 && broken != CONFORMING; always--) {
        struct core before = *c;

        fill_in(&before, *e, always, filled);
        if (filled->count > 0 && core_step(&before, *e) == CONFORMING) {
            *c = before;
            return CONFORMING;
        }
        filled->count = 0;
        if (always == 1) {
            broken = core_step(c, *e);
        }
    }
    return broken;
}

/* The list. */

static int append(struct finder *f, struct event e, size_t from, const struct core *before)
{
    struct order *o = f->order;

    if (o->count == o->room) {
        const size_t room = o->room * 2 + 1024;
        struct ordered *list = realloc(o->list, room * sizeof *list);

        if (list == NULL) {
            return 0;
        }
        o->list = list;
        o->room = room;
    }
    f->before[o->count % KEPT] = *before;
    o->list[o->count].event = e;
    o->list[o->count].from = from;
    o->count++;
    if (from == NOT_RECORDED) {
        o->filled++;
    } else {
        f->done[from] = 1;
    }
    return 1;
}

/* The event is accepted, or at the end of all tries stays where it is. */
static enum requirement go_on(struct finder *f, size_t i, int in_any_case, int *good)
{
    const struct core before = f->now;
    struct filled filled;
    struct event e;
    const enum requirement broken = step_event(f, &f->now, i, &e, &filled);

    if (broken == CONFORMING || in_any_case) {
        *good = 1;
        for (unsigned j = 0; *good && j < filled.count; j++) {
            *good = append(f, filled.event[j], NOT_RECORDED, &before);
        }
        *good = *good && append(f, e, i, &before);
    }
    return broken;
}

/* The search. */

struct search {
    struct finder *f;
    size_t event[WINDOW];
    uint64_t first[WINDOW]; /* which of them come before this one in any case */
    unsigned count;
    uint64_t needed; /* all but those that are looked ahead at */
    unsigned path[WINDOW];
    unsigned depth;
    unsigned steps;
    uint64_t seen[SEEN];
};

/* Whether this set of events has been tried to this very state before. */
static int was_here(struct search *s, uint64_t used, const struct core *c)
{
    const unsigned char *bytes = (const unsigned char *)c;
    uint64_t hash = 0xCBF29CE484222325u ^ used;

    for (size_t i = 0; i < sizeof *c; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001B3u;
    }
    hash |= 1;
    if (s->seen[hash % SEEN] == hash) {
        return 1;
    }
    s->seen[hash % SEEN] = hash;
    return 0;
}

static int search_from(struct search *s, uint64_t used, const struct core *c)
{
    if ((used & s->needed) == s->needed) {
        return 1;
    }
    if (was_here(s, used, c)) {
        return 0;
    }
    for (unsigned i = 0; i < s->count; i++) {
        struct filled filled;
        struct core next;
        struct event e;

        if ((used >> i & 1) != 0 || (s->first[i] & ~used) != 0 || s->steps == MOST_STEPS) {
            continue;
        }
        s->steps++;
        next = *c;
        if (step_event(s->f, &next, s->event[i], &e, &filled) != CONFORMING) {
            continue;
        }
        s->path[s->depth++] = i;
        if (search_from(s, used | (uint64_t)1 << i, &next)) {
            return 1;
        }
        s->depth--;
    }
    return 0;
}

static int must_precede(const struct order_event *events, size_t a, size_t b)
{
    return (events[a].event.thread == events[b].event.thread && a < b) ||
           events[a].latest < events[b].earliest;
}

static void begin_search(struct search *s, struct finder *f, size_t base, size_t i)
{
    s->f = f;
    s->count = 0;
    s->needed = 0;
    s->depth = 0;
    s->steps = 0;
    memset(s->seen, 0, sizeof s->seen);
    for (size_t j = base; j < f->order->count; j++) {
        const size_t from = f->order->list[j].from;

        if (from != NOT_RECORDED && f->events[from].event.kind != NO_EVENT) {
            s->event[s->count++] = from;
        }
    }
    s->event[s->count++] = i;
    s->needed = ((uint64_t)1 << s->count) - 1;
    for (size_t j = i + 1, ahead = 0; j < f->count && ahead < FURTHEST_AHEAD; j++) {
        if (f->events[j].event.kind != NO_EVENT && f->done[j] == 0) {
            s->event[s->count++] = j;
            ahead++;
        }
    }
    for (unsigned a = 0; a < s->count; a++) {
        s->first[a] = 0;
        for (unsigned b = 0; b < s->count; b++) {
            if (a != b && must_precede(f->events, s->event[b], s->event[a])) {
                s->first[a] |= (uint64_t)1 << b;
            }
        }
    }
}

/* Puts what was found into the list, in place of its end; what has only a place goes first. */
static int take_over(struct finder *f, const struct search *s, size_t base)
{
    const size_t end = f->order->count;
    struct ordered replaced[KEPT];
    const struct core start = f->before[base % KEPT];
    int good = 1;

    memcpy(replaced, &f->order->list[base], (end - base) * sizeof *replaced);
    f->order->count = base;
    f->now = start;
    for (size_t j = 0; good && j < end - base; j++) {
        if (replaced[j].from == NOT_RECORDED) {
            f->order->filled--;
        } else if (replaced[j].event.kind == NO_EVENT) {
            good = append(f, replaced[j].event, replaced[j].from, &start);
        }
    }
    for (unsigned j = 0; good && j < s->depth; j++) {
        const size_t from = s->event[s->path[j]];

        f->order->moved += j > 0 && from < s->event[s->path[j - 1]] ? 1 : 0;
        (void)go_on(f, from, 1, &good);
    }
    return good;
}

/* Another order in which the event has its place: 1; or 0. */
static int find_order(struct finder *f, size_t i, int *good)
{
    static struct search s;

    if (f->in_vain == MOST_IN_VAIN) {
        return 0;
    }
    for (size_t back = 0; back <= FURTHEST_BACK; back = back == 0 ? 1 : back * 2) {
        size_t base = f->order->count < back ? 0 : f->order->count - back;
        struct core start = f->now;

        while (base > 0 && back > 0 && f->order->list[base - 1].from == NOT_RECORDED) {
            base--; /* what was filled in belongs to the next one */
        }
        if (base < f->order->count) {
            start = f->before[base % KEPT];
        }
        begin_search(&s, f, base, i);
        if (search_from(&s, 0, &start)) {
            f->before[base % KEPT] = start;
            *good = take_over(f, &s, base);
            return 1;
        }
        if (base == 0) {
            break;
        }
    }
    f->in_vain++;
    return 0;
}

int order_find(struct order *order, struct readings readings, const struct order_event *events,
               size_t count, size_t objects)
{
    const struct order nothing = {0};
    const struct handle nobody = {UINT16_MAX, 0};
    struct finder *f = calloc(1, sizeof *f);
    int good = f != NULL;

    *order = nothing;
    if (good) {
        f->order = order;
        f->events = events;
        f->count = count;
        f->handle = calloc(objects, sizeof *f->handle);
        f->done = calloc(count + 1, 1);
        good = f->handle != NULL && f->done != NULL;
    }
    for (size_t i = 0; good && i < objects; i++) {
        f->handle[i] = nobody;
    }
    if (good) {
        core_initialise(&f->now, readings);
    }
    for (size_t i = 0; good && i < count; i++) {
        if (f->done[i] == 1) {
            continue;
        }
        if (events[i].event.kind == NO_EVENT) {
            good = append(f, events[i].event, i, &f->now);
        } else if (go_on(f, i, 0, &good) != CONFORMING && !find_order(f, i, &good)) {
            (void)go_on(f, i, 1, &good);
        }
    }
    if (f != NULL) {
        free(f->handle);
        free(f->done);
    }
    free(f);
    return good;
}

void order_free(struct order *order)
{
    free(order->list);
    order->list = NULL;
}
