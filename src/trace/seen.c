/* seen.c - see seen.h. */
#include "seen.h"

#include <string.h>

static const char *const kinds[OBJECT_KIND_COUNT] = {"",   "af",    "binding", "sap",
                                                     "vc", "party", "request", "driver"};
static const uint32_t sizes[OBJECT_KIND_COUNT] = {0,      MAX_AF,    MAX_BINDING, MAX_SAP,
                                                  MAX_VC, MAX_PARTY, MAX_REQUEST};

const char *object_kind_name(enum object_kind kind)
{
    return kind < OBJECT_KIND_COUNT ? kinds[kind] : "";
}

enum object_kind object_kind_of(const char *name)
{
    unsigned k = OBJECT_KIND_COUNT - 1;

    while (k > NO_OBJECT && strcmp(kinds[k], name) != 0) {
        k--;
    }
    return (enum object_kind)k;
}

struct object object_of_event(struct event e)
{
    const struct object o = {object_kind_of(event_object(e.kind)), e.object};

    return o;
}

uint32_t table_size(enum object_kind kind)
{
    return kind < OBJECT_KIND_COUNT ? sizes[kind] : 0;
}

/* The core has no table of drivers: each has a binding, at the most. */
static uint32_t watched(enum object_kind kind)
{
    return kind == A_DRIVER ? MAX_BINDING : sizes[kind];
}

struct seen *seen_of(struct judge *j, struct object o)
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

struct object holder_of(struct judge *j, struct object o)
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

struct object said_holder(struct judge *j, struct event e)
{
    struct object o = object_of_event(e);
    struct object holder = holder_of(j, o);

    if (event_on(e.kind)[0] != '\0') {
        holder.kind = object_kind_of(event_on(e.kind));
        holder.handle = e.on;
    }
    return holder;
}

int thing_of(uint16_t kind, int *comes_back)
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

int remember_object(struct judge *j, struct event e, unsigned long line)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if (s->begun == 0 || s->generation < e.object.generation) {
        const int was_there = s->begun == 0 && s->was_there;
        const int is_astray = was_there && s->is_astray;

        memset(s, 0, sizeof *s);
        s->was_there = was_there;
        s->is_astray = is_astray;
        s->generation = e.object.generation;
        s->begun = line;
        j->objects[object_of_event(e).kind]++;
    }
    return s->generation == e.object.generation;
}

void remember_event(struct judge *j, struct event e, unsigned long line)
{
    struct seen *s = seen_of(j, object_of_event(e));
    int comes_back;
    const int thing = thing_of(e.kind, &comes_back);

    if (!remember_object(j, e, line)) {
        return;
    }
    s->line[e.kind] = line;
    s->status[e.kind] = e.status;
    if (e.kind == RETURN_CLOSE_AF) {
        s->closes_returned |= 1u << e.status;
    }
    s->times[e.kind] = (uint16_t)(s->times[e.kind] + (s->times[e.kind] < UINT16_MAX));
    if (thing != THING_COUNT && comes_back) {
        take_back(&s->out[thing]);
    } else if (thing != THING_COUNT) {
        put_out(&s->out[thing], line);
    }
}

uint32_t generation_of(const struct core *c, enum object_kind kind, uint32_t slot)
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

unsigned long end_of_object(const struct seen *s)
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

int frees(uint16_t kind)
{
    return strcmp(event_verb(kind), "do") == 0 && strncmp(event_name(kind), "Free", 4) == 0;
}

int is_about_memory(uint16_t kind)
{
    return frees(kind) || kind == RELEASE_AF_RESOURCES || kind == STORE_CALL_MGR_AF_CONTEXT;
}
