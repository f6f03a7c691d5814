/* supposed.c - see supposed.h. */
#include "supposed.h"

#include "seen.h"
#include "trace.h"
#include "protocol/handle.h"

#include <stdlib.h>
#include <string.h>

/* ---- The operations ---- */

/* The events of one operation, in the order in which one follows from another. */
static const uint16_t operations[][LONGEST_OPERATION] = {
#define OPERATION_OF(o) {o##_CALL, o##_ENTER, o##_LEAVE, o##_COMPLETE, o##_DELIVER, o##_RETURN, o##_OWN}
#define OPERATION_OF_BOTH(o) \
    {o##_CALL, o##_ENTER, o##_LEAVE, o##_COMPLETE, o##_MCM_COMPLETE, o##_DELIVER, o##_RETURN, o##_OWN}
    {CALL_CLOSE_AF, ENTER_CM_CLOSE_AF, LEAVE_CM_CLOSE_AF, CALL_CM_CLOSE_AF_COMPLETE,
     CALL_MCM_CLOSE_AF_COMPLETE, ENTER_CL_CLOSE_AF_COMPLETE, RETURN_CLOSE_AF, OWN_CLOSE_AF_COMPLETE,
     RELEASE_AF_RESOURCES, FREE_CLIENT_AF_CONTEXT, FREE_CALL_MGR_AF_CONTEXT},
    {CALL_CM_NOTIFY, CALL_MCM_NOTIFY, ENTER_CL_NOTIFY_CLOSE_AF, WAIT_IN_NOTIFICATION,
     LEAVE_CL_NOTIFY_CLOSE_AF, CALL_NOTIFY_COMPLETE, ENTER_CM_NOTIFY_COMPLETE, RETURN_CM_NOTIFY,
     RETURN_MCM_NOTIFY},
    {OPEN_AF_CALL, OPEN_AF_ENTER, STORE_CALL_MGR_AF_CONTEXT, OPEN_AF_LEAVE, OPEN_AF_COMPLETE,
     OPEN_AF_MCM_COMPLETE, OPEN_AF_DELIVER, RETURN_OPEN_AF, OPEN_AF_OWN},
    {ENTER_BIND, LEAVE_BIND, BIND_COMPLETE},
    {OPEN_ADAPTER_CALL, OPEN_ADAPTER_DELIVER, RETURN_OPEN_ADAPTER, OPEN_ADAPTER_OWN},
    {CALL_CM_REGISTER_AF, CALL_MCM_REGISTER_AF, ENTER_AF_REGISTER_NOTIFY, REGISTER_AF_RETURN,
     REGISTER_AF_MCM_RETURN},
    {CALL_SEND, ENTER_SEND_COMPLETE},
    {CALL_OID_REQUEST, ENTER_OID_REQUEST_COMPLETE},
    {INDICATE_RECEIVE, RETURN_RECEIVE},
    {VC_SEND_CALL, VC_SEND_DELIVER},
    {CALL_UNBIND_ADAPTER, RETURN_UNBIND_ADAPTER},
    {ENTER_UNBIND, LEAVE_UNBIND, CALL_COMPLETE_UNBIND},
    {CALL_CLOSE_ADAPTER, ENTER_CLOSE_ADAPTER_COMPLETE, RETURN_CLOSE_ADAPTER, FREE_BINDING_CONTEXT},
    {PAUSE_FILTERS, PAUSE_MINIPORT, DETACH_FILTERS},
    {ENTER_INITIALIZE, LEAVE_INITIALIZE},
    {ENTER_HALT, LEAVE_HALT},
    {PAUSE_ENTER, PAUSE_LEAVE, PAUSE_COMPLETE},
    {RESTART_ENTER, RESTART_LEAVE, RESTART_COMPLETE},
    {QUERY_REMOVE_ENTER, QUERY_REMOVE_LEAVE, QUERY_REMOVE_COMPLETE},
    {SET_POWER_ENTER, SET_POWER_LEAVE, SET_POWER_COMPLETE},
    {CANCEL_REMOVE_ENTER, CANCEL_REMOVE_LEAVE, CANCEL_REMOVE_COMPLETE},
    OPERATION_OF_BOTH(SAP_REGISTER),
    OPERATION_OF_BOTH(SAP_DEREGISTER),
    {VC_CREATE_BY_CLIENT_CALL, MINIPORT_CREATE_VC_LEAVE, VC_CREATE_BY_CLIENT_ENTER,
     VC_CREATE_BY_CLIENT_LEAVE, VC_CREATE_BY_CLIENT_RETURN},
    {VC_CREATE_BY_MANAGER_CALL, VC_CREATE_BY_MANAGER_MCM_CALL, VC_CREATE_BY_MANAGER_ENTER,
     VC_CREATE_BY_MANAGER_LEAVE, VC_CREATE_BY_MANAGER_RETURN, VC_CREATE_BY_MANAGER_MCM_RETURN},
    {VC_DELETE_BY_CLIENT_CALL, VC_DELETE_BY_CLIENT_ENTER, VC_DELETE_BY_CLIENT_LEAVE,
     MINIPORT_DELETE_VC_LEAVE, VC_DELETE_BY_CLIENT_RETURN},
    {VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_MCM_CALL, VC_DELETE_BY_MANAGER_ENTER,
     VC_DELETE_BY_MANAGER_LEAVE, VC_DELETE_BY_MANAGER_RETURN, VC_DELETE_BY_MANAGER_MCM_RETURN},
    {VC_DEACTIVATE_CALL, VC_DEACTIVATE_MCM_CALL, VC_DEACTIVATE_ENTER, VC_DEACTIVATE_LEAVE,
     VC_DEACTIVATE_COMPLETE, VC_DEACTIVATE_DELIVER, VC_DEACTIVATE_RETURN,
     VC_DEACTIVATE_MCM_RETURN, VC_DEACTIVATE_OWN},
    OPERATION_OF_BOTH(VC_MAKE_CALL),
    OPERATION_OF_BOTH(VC_CLOSE_CALL),
    {VC_INCOMING_CALL_CALL, VC_INCOMING_CALL_MCM_CALL, VC_INCOMING_CALL_ENTER,
     VC_INCOMING_CALL_LEAVE, VC_INCOMING_CALL_COMPLETE, VC_INCOMING_CALL_DELIVER,
     VC_INCOMING_CALL_RETURN, VC_INCOMING_CALL_MCM_RETURN, VC_INCOMING_CALL_OWN},
    {VC_INCOMING_CLOSE_CALL, VC_INCOMING_CLOSE_MCM_CALL, VC_INCOMING_CLOSE_ENTER},
    {VC_DROP_LAST_PARTY_CALL, VC_DROP_LAST_PARTY_RETURN},
    OPERATION_OF_BOTH(PARTY_ADD),
    OPERATION_OF_BOTH(PARTY_DROP),
    {PARTY_INCOMING_DROP_CALL, PARTY_INCOMING_DROP_MCM_CALL, PARTY_INCOMING_DROP_ENTER},
    OPERATION_OF_BOTH(REQUEST_BY_CLIENT),
    {REQUEST_BY_MANAGER_CALL, REQUEST_BY_MANAGER_MCM_CALL, REQUEST_BY_MANAGER_ENTER,
     REQUEST_BY_MANAGER_LEAVE, REQUEST_BY_MANAGER_COMPLETE, REQUEST_BY_MANAGER_DELIVER,
     REQUEST_BY_MANAGER_RETURN, REQUEST_BY_MANAGER_MCM_RETURN, REQUEST_BY_MANAGER_OWN},
    {OID_CO_AF_CLOSE_CALL, OID_CO_AF_CLOSE_MCM_CALL, OID_CO_AF_CLOSE_ENTER,
     OID_CO_AF_CLOSE_LEAVE, OID_CO_AF_CLOSE_COMPLETE, OID_CO_AF_CLOSE_DELIVER,
     OID_CO_AF_CLOSE_RETURN, OID_CO_AF_CLOSE_MCM_RETURN, OID_CO_AF_CLOSE_OWN},
    OPERATION_OF(REQUEST_TO_MINIPORT),
#undef OPERATION_OF
#undef OPERATION_OF_BOTH
};
#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

const uint16_t *operation_of(unsigned which) { return operations[which]; }

unsigned operation_count(void) { return OPERATION_COUNT; }

int follows(uint16_t first, uint16_t second)
{
    for (unsigned o = 0; o < OPERATION_COUNT; o++) {
        int begun = 0;

        for (unsigned i = 0; i < LONGEST_OPERATION; i++) {
            if (begun && operations[o][i] == second && second != NO_EVENT) {
                return 1;
            }
            begun |= operations[o][i] == first;
        }
    }
    return 0;
}

int begins_its_object(uint16_t kind)
{
    switch (kind) {
    case ENTER_BIND:
    case ENTER_INITIALIZE:
    case OPEN_AF_CALL:
    case SAP_REGISTER_CALL:
    case VC_CREATE_BY_CLIENT_CALL:
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL:
    case PARTY_ADD_CALL:
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL: return 1;
    default: return 0;
    }
}

/* None of them is supposed for an object that was seen. */
int begins_something(uint16_t kind)
{
    switch (kind) {
    case OPEN_AF_CALL:
    case CALL_CM_NOTIFY:
    case CALL_MCM_NOTIFY:
    case WAIT_IN_NOTIFICATION:
    case ENTER_BIND:
    case CALL_CM_REGISTER_AF:
    case CALL_MCM_REGISTER_AF:
    case CALL_SEND:
    case CALL_OID_REQUEST:
    case REMOVE_ADAPTER:
    case CALL_UNBIND_ADAPTER:
    case ENTER_INITIALIZE:
    case RESET_MINIPORT:
    case OPEN_ADAPTER_CALL:
    case PAUSE_ENTER:
    case RESTART_ENTER:
    case QUERY_REMOVE_ENTER:
    case SET_POWER_ENTER:
    case CANCEL_REMOVE_ENTER:
    case SET_FILTER:
    case INDICATE_RECEIVE:
    case INDICATE_STATUS:
    case INDICATE_CO_STATUS:
    case RESTART_MINIPORT:
    case RESTART_FILTERS:
    case HALT_ADAPTER:
    case REMOVE_BINDING:
    case SAP_REGISTER_CALL:
    case VC_CREATE_BY_CLIENT_CALL:
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL:
    case VC_ACTIVATE_CALL:
    case VC_ACTIVATE_MCM_CALL:
    case VC_SEND_CALL:
    case VC_MAKE_CALL_CALL:
    case VC_INCOMING_CALL_CALL:
    case VC_INCOMING_CALL_MCM_CALL:
    case PARTY_ADD_CALL:
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL:
    case OID_CO_AF_CLOSE_CALL:
    case OID_CO_AF_CLOSE_MCM_CALL:
    case REQUEST_TO_MINIPORT_CALL: return 1;
    default: return 0;
    }
}

/* What a stand-alone call manager calls, and an MCM instead. */
static const uint16_t twins[][2] = {
    {CALL_CM_CLOSE_AF_COMPLETE, CALL_MCM_CLOSE_AF_COMPLETE},
    {CALL_CM_NOTIFY, CALL_MCM_NOTIFY},
    {RETURN_CM_NOTIFY, RETURN_MCM_NOTIFY},
    {CALL_CM_REGISTER_AF, CALL_MCM_REGISTER_AF},
    {REGISTER_AF_RETURN, REGISTER_AF_MCM_RETURN},
    {OPEN_AF_COMPLETE, OPEN_AF_MCM_COMPLETE},
    {SAP_REGISTER_COMPLETE, SAP_REGISTER_MCM_COMPLETE},
    {SAP_DEREGISTER_COMPLETE, SAP_DEREGISTER_MCM_COMPLETE},
    {VC_CREATE_BY_MANAGER_CALL, VC_CREATE_BY_MANAGER_MCM_CALL},
    {VC_CREATE_BY_MANAGER_RETURN, VC_CREATE_BY_MANAGER_MCM_RETURN},
    {VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_MCM_CALL},
    {VC_DELETE_BY_MANAGER_RETURN, VC_DELETE_BY_MANAGER_MCM_RETURN},
    {VC_ACTIVATE_CALL, VC_ACTIVATE_MCM_CALL},
    {VC_DEACTIVATE_CALL, VC_DEACTIVATE_MCM_CALL},
    {VC_DEACTIVATE_RETURN, VC_DEACTIVATE_MCM_RETURN},
    {VC_MAKE_CALL_COMPLETE, VC_MAKE_CALL_MCM_COMPLETE},
    {VC_CLOSE_CALL_COMPLETE, VC_CLOSE_CALL_MCM_COMPLETE},
    {VC_INCOMING_CALL_CALL, VC_INCOMING_CALL_MCM_CALL},
    {VC_INCOMING_CALL_RETURN, VC_INCOMING_CALL_MCM_RETURN},
    {VC_INCOMING_CLOSE_CALL, VC_INCOMING_CLOSE_MCM_CALL},
    {PARTY_ADD_COMPLETE, PARTY_ADD_MCM_COMPLETE},
    {PARTY_DROP_COMPLETE, PARTY_DROP_MCM_COMPLETE},
    {PARTY_INCOMING_DROP_CALL, PARTY_INCOMING_DROP_MCM_CALL},
    {REQUEST_BY_CLIENT_COMPLETE, REQUEST_BY_CLIENT_MCM_COMPLETE},
    {REQUEST_BY_MANAGER_CALL, REQUEST_BY_MANAGER_MCM_CALL},
    {REQUEST_BY_MANAGER_RETURN, REQUEST_BY_MANAGER_MCM_RETURN},
    {OID_CO_AF_CLOSE_CALL, OID_CO_AF_CLOSE_MCM_CALL},
    {OID_CO_AF_CLOSE_RETURN, OID_CO_AF_CLOSE_MCM_RETURN},
};

uint16_t twin_of(uint16_t kind)
{
    for (unsigned i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        if (twins[i][0] == kind || twins[i][1] == kind) {
            return twins[i][twins[i][0] == kind];
        }
    }
    return kind;
}

/* ---- The same event as it should have been ---- */

static int accepts(struct core *c, struct event e)
{
    return core_step(c, e) == CONFORMING;
}

int core_takes_both(struct core *c, struct event first, struct event second)
{
    static struct core after;

    after = *c;
    if (!accepts(&after, first) || !accepts(&after, second)) {
        return 0;
    }
    *c = after;
    return 1;
}

int is_failure(uint8_t status)
{
    return status != NO_STATUS && status != SUCCESS && status != PENDING;
}

/* What follows from the event may have the status that it had. */
static void remember_mended(struct going_on *g, struct event e, uint8_t taken_as)
{
    if (g->mended_count == MOST_MENDED) {
        memmove(&g->mended[0], &g->mended[1], sizeof g->mended - sizeof g->mended[0]);
        g->mended_count--;
    }
    g->mended[g->mended_count].event = e;
    g->mended[g->mended_count].taken_as = taken_as;
    g->mended_count++;
}

int follows_from_mended(const struct going_on *g, struct core *c, struct event e)
{
    for (unsigned i = 0; i < g->mended_count; i++) {
        const struct mended *m = &g->mended[i];

        if (handles_equal(m->event.object, e.object) && follows(m->event.kind, e.kind) &&
            m->event.status == e.status) {
            struct event other = e;

            other.status = m->taken_as;
            if (accepts(c, other)) {
                return 1;
            }
        }
    }
    return 0;
}

/* With another status: one of the same sort first. PENDING only puts the answer off. */
static int accepts_with_other_status(struct going_on *g, struct core *c, struct event e)
{
    const int failed = is_failure(e.status);

    for (int round = 0; round < 2; round++) {
        for (uint8_t status = SUCCESS; status < STATUS_COUNT; status++) {
            const int its_round = status == PENDING ? 2 : is_failure(status) != failed;
            struct event other = e;

            other.status = status;
            if (its_round == round && accepts(c, other)) {
                remember_mended(g, e, status);
                return 1;
            }
        }
    }
    return 0;
}

static int accepts_as_it_should_be(struct going_on *g, struct core *c, struct event e)
{
    const struct event as_it_is = e;

    for (int twin = 0; twin < 2; twin++) {
        e.kind = twin == 0 ? as_it_is.kind : twin_of(as_it_is.kind);
        e.irql = PASSIVE;
        if (accepts(c, e) || (event_has_status(e.kind) && accepts_with_other_status(g, c, e))) {
            return 1;
        }
    }
    return 0;
}

static int accepts_if_it_had_pended(struct core *c, struct event e)
{
    e.irql = PASSIVE;
    e.status = PENDING;
    return event_has_status(e.kind) && accepts(c, e);
}

/* ---- What should have been done before ---- */

#ifndef MOST_NODES
#define MOST_NODES 1200u
#endif
#define MOST_OBJECTS 24u
#define BUCKETS 16384u

struct node {
    struct core core;
    struct event by;
    uint32_t number, parent, next;
    uint8_t depth;
};

/* The search has one place, as a judge does one thing at a time. */
static struct node nodes[MOST_NODES];
static uint32_t node_count, buckets[BUCKETS];

struct subject {
    const char *kind;
    struct handle object, on;
};

/* The state's number is the sum of those of its blocks: a step changes few of them. */
#define BLOCK 256u

uint64_t mixed(uint64_t number, const void *from, size_t size)
{
    const unsigned char *bytes = from;
    uint64_t word;
    size_t i = 0;

    for (; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        number = (number ^ word) * 1099511628211u;
        number ^= number >> 32;
    }
    for (; i < size; i++) {
        number = (number ^ bytes[i]) * 1099511628211u;
    }
    return number;
}

static uint32_t number_of_block(const struct core *c, size_t begin)
{
    const size_t size = begin + BLOCK < sizeof *c ? BLOCK : sizeof *c - begin;
    const uint64_t number = mixed(FIRST_NUMBER + begin, (const char *)c + begin, size);

    return (uint32_t)(number ^ number >> 32);
}

static uint32_t number_of(const struct core *c)
{
    uint32_t number = 0;

    for (size_t begin = 0; begin < sizeof *c; begin += BLOCK) {
        number += number_of_block(c, begin);
    }
    return number;
}

static uint32_t number_after(uint32_t number, const struct core *before, const struct core *after)
{
    for (size_t begin = 0; begin < sizeof *before; begin += BLOCK) {
        const size_t size = begin + BLOCK < sizeof *before ? BLOCK : sizeof *before - begin;

        if (memcmp((const char *)before + begin, (const char *)after + begin, size) != 0) {
            number += number_of_block(after, begin) - number_of_block(before, begin);
        }
    }
    return number;
}

static void begin_search(const struct core *c)
{
    memset(buckets, 0, sizeof buckets);
    memset(&nodes[0], 0, sizeof nodes[0]);
    nodes[0].core = *c;
    node_count = 1;
    nodes[0].number = number_of(c);
    buckets[nodes[0].number % BUCKETS] = 1;
}

/* The state that was just written behind the last node becomes one, if it is new. */
static int is_new_node(uint32_t parent, struct event by)
{
    struct node *n = &nodes[node_count];
    const uint32_t number = number_after(nodes[parent].number, &nodes[parent].core, &n->core);
    const uint32_t bucket = number % BUCKETS;

    for (uint32_t i = buckets[bucket]; i != 0; i = nodes[i - 1].next) {
        if (nodes[i - 1].number == number &&
            memcmp(&nodes[i - 1].core, &n->core, sizeof n->core) == 0) {
            return 0;
        }
    }
    n->number = number;
    n->by = by;
    n->parent = parent;
    n->depth = (uint8_t)(nodes[parent].depth + 1);
    n->next = buckets[bucket];
    node_count++;
    buckets[bucket] = node_count;
    return 1;
}

/* The way to the node, if it leads there: to a state that takes the event, or that rests. */
static int has_path_to(struct core *c, const struct event *e, struct event way[], unsigned *length,
                       uint32_t node)
{
    struct core after = nodes[node].core;

    if (e == NULL ? core_owes(&after) != CONFORMING : !accepts(&after, *e)) {
        return 0;
    }
    *c = after;
    *length = nodes[node].depth;
    for (unsigned i = nodes[node].depth; i > 0; i--) {
        way[i - 1] = nodes[node].by;
        node = nodes[node].parent;
    }
    return 1;
}

/* A thread of its own, which is in no handler. */
#define SOME_THREAD 255

/* Whether the core takes the event, done by some thread, and with success if that may be. */
int is_done_by_somebody(struct core *c, struct event *by, const struct event *e, int may_fail)
{
    const uint8_t threads[] = {SOME_THREAD, e != NULL ? e->thread : 0, 1};
    const unsigned count = e != NULL ? 2 : 3;
    const uint8_t first = event_has_status(by->kind) ? SUCCESS : NO_STATUS;

    for (uint8_t status = first; status < (first == NO_STATUS ? SUCCESS : STATUS_COUNT); status++) {
        if (is_failure(status) && !may_fail) {
            continue;
        }
        for (unsigned t = 0; t < count; t++) {
            by->thread = threads[t];
            by->status = status;
            if (accepts(c, *by)) {
                return 1;
            }
        }
    }
    return 0;
}

/* ---- The order in which events are tried ---- */

/* It depends on their names alone: which of two equally short ways is found does not change when
 * rows of the vocabulary change places. */
static uint16_t by_name[EVENT_KIND_COUNT];

static int rank_of(uint16_t kind)
{
    static const char *const verbs[] = {"enter", "leave", "return", "do", "call"};
    int rank = 0;

    while (rank < 5 && strcmp(event_verb(kind), verbs[rank]) != 0) {
        rank++;
    }
    return rank;
}

static int compare_events(const void *a, const void *b)
{
    const uint16_t first = *(const uint16_t *)a, second = *(const uint16_t *)b;
    const int verbs = rank_of(first) - rank_of(second);
    const int names = verbs != 0 ? verbs : strcmp(event_name(first), event_name(second));

    return names != 0 ? names : strcmp(event_object(first), event_object(second));
}

const uint16_t *events_by_name(void)
{
    if (by_name[EVENT_KIND_COUNT - 1] == NO_EVENT) {
        for (uint16_t kind = NO_EVENT; kind < EVENT_KIND_COUNT; kind++) {
            by_name[kind] = kind;
        }
        qsort(&by_name[1], EVENT_KIND_COUNT - 1, sizeof by_name[0], compare_events);
    }
    return by_name;
}

/* The shortest way on which nothing begins from the state of c to one that takes the event, or
 * that rests. The judge gives up searching when it has looked at MOST_STATES in one trace: after
 * that many breaches nobody reads on, and it stays quick whatever it is given. */
static int search_on(struct going_on *g, struct core *c, const struct event *e,
                     const struct subject subjects[], unsigned count, struct event way[],
                     unsigned most, unsigned *length)
{
    const uint16_t *const tried = events_by_name();

    begin_search(c);
    for (uint32_t node = 0; node < node_count && nodes[node].depth < most; node++) {
        int is_copied = 0; /* what stands behind the last node is this one's state */

        g->states += !has_given_up(g);
        if (has_given_up(g)) {
            return 0;
        }
        for (unsigned s = 0; s < count; s++) {
            for (unsigned k = NO_EVENT + 1; k < EVENT_KIND_COUNT; k++) {
                const uint16_t kind = tried[k];
                struct event by = {0};

                if (strcmp(event_object(kind), subjects[s].kind) != 0 || begins_something(kind)) {
                    continue;
                }
                by.kind = kind;
                by.object = subjects[s].object;
                by.on = subjects[s].on;
                by.irql = PASSIVE;
                if (!is_copied) {
                    nodes[node_count].core = nodes[node].core;
                }
                /* A step that is refused leaves the state as it is. */
                is_copied = !is_done_by_somebody(&nodes[node_count].core, &by, e, !g->nothing_has_failed);
                if (is_copied || !is_new_node(node, by)) {
                    continue;
                }
                if (has_path_to(c, e, way, length, node_count - 1)) {
                    return 1;
                }
                if (node_count == MOST_NODES) {
                    return 0;
                }
            }
        }
    }
    return 0;
}

/* ---- The objects that may stand in the way ---- */

static unsigned with(struct subject list[], unsigned count, const char *kind, struct handle object,
                     struct handle on)
{
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(list[i].kind, kind) == 0 && list[i].object.slot == object.slot) {
            return count;
        }
    }
    if (count < MOST_OBJECTS) {
        const struct subject s = {kind, object, on};

        list[count++] = s;
    }
    return count;
}

static struct handle client_of(const struct core *c, uint32_t af)
{
    const uint32_t client = c->af[af].client;

    return (struct handle){client, client < MAX_BINDING ? c->binding[client].generation : 0};
}

/* What hangs on this AF: SAPs, VCs with their parties, requests. */
static unsigned with_objects_of(const struct core *c, struct subject list[], unsigned count,
                                struct handle af)
{
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (handles_equal(c->sap[i].af, af) && c->sap[i].generation != 0) {
            count = with(list, count, "sap", (struct handle){i, c->sap[i].generation}, af);
        }
    }
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (handles_equal(c->vc[i].af, af) && c->vc[i].generation != 0) {
            const struct handle vc = {i, c->vc[i].generation};

            for (uint32_t p = 0; p < MAX_PARTY; p++) {
                if (handles_equal(c->party[p].vc, vc) && c->party[p].generation != 0) {
                    count = with(list, count, "party",
                                 (struct handle){p, c->party[p].generation}, vc);
                }
            }
            count = with(list, count, "vc", vc, af);
        }
    }
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (handles_equal(c->request[i].on, af) && c->request[i].generation != 0) {
            count = with(list, count, "request", (struct handle){i, c->request[i].generation}, af);
        }
    }
    return count;
}

static struct handle af_of(const struct core *c, struct event e)
{
    const char *object = event_object(e.kind), *on = event_on(e.kind);
    struct handle none = {MAX_AF, 0}, vc;

    if (strcmp(object, "af") == 0) {
        return e.object;
    }
    if (strcmp(on, "af") == 0) {
        return e.on;
    }
    vc = e.on;
    return strcmp(on, "vc") == 0 && vc.slot < MAX_VC ? c->vc[vc.slot].af : none;
}

/* What the event's own object is on: an AF's events seldom say it. */
static struct handle own_on(const struct core *c, struct event e)
{
    return strcmp(event_object(e.kind), "af") == 0 && e.on.generation == 0 && e.object.slot < MAX_AF
               ? client_of(c, e.object.slot)
               : e.on;
}

/* The event's own object, and what hangs on it. */
static unsigned beneath(const struct core *c, struct event e, struct subject list[])
{
    const char *object = event_object(e.kind);
    unsigned count = with(list, 0, object, e.object, own_on(c, e));

    if (strcmp(object, "af") == 0) {
        count = with_objects_of(c, list, count, e.object);
    } else if (strcmp(object, "vc") == 0) {
        for (uint32_t p = 0; p < MAX_PARTY; p++) {
            if (handles_equal(c->party[p].vc, e.object) && c->party[p].generation != 0) {
                count = with(list, count, "party", (struct handle){p, c->party[p].generation},
                             e.object);
            }
        }
    } else if (strcmp(object, "binding") == 0) {
        for (uint32_t i = 0; i < MAX_AF; i++) {
            if (c->af[i].phase != AF_FREE &&
                (e.object.slot == MANAGER_BINDING || c->af[i].client == e.object.slot)) {
                const struct handle af = {i, c->af[i].generation};

                count = with_objects_of(c, list, count, af);
                count = with(list, count, "af", af, client_of(c, i));
            }
        }
        for (uint32_t i = 1; e.object.slot == MANAGER_BINDING && i < MAX_BINDING; i++) {
            if (c->binding[i].generation != 0) {
                count = with(list, count, "binding", (struct handle){i, c->binding[i].generation},
                             (struct handle){0, 0});
            }
        }
    }
    return count;
}

/* And what it hangs on. */
static unsigned around(const struct core *c, struct event e, struct subject list[])
{
    const struct handle nothing = {0, 0};
    unsigned count = beneath(c, e, list);
    const struct handle af = af_of(c, e);
    uint32_t client = strcmp(event_on(e.kind), "binding") == 0 ? e.on.slot : MAX_BINDING;

    if (strcmp(event_on(e.kind), "vc") == 0 && e.on.slot < MAX_VC) {
        count = with(list, count, "vc", e.on, af);
    }
    if (af.slot < MAX_AF) {
        count = with(list, count, "af", af, client_of(c, af.slot));
        client = client == MAX_BINDING ? c->af[af.slot].client : client;
    }
    if (client < MAX_BINDING) {
        count = with(list, count, "binding",
                     (struct handle){client, c->binding[client].generation}, nothing);
    }
    return with(list, count, "binding",
                (struct handle){MANAGER_BINDING, c->binding[MANAGER_BINDING].generation}, nothing);
}

/* ---- Going on ---- */

static void is_stray(struct going_on *g, const struct core *c, struct event e)
{
    if (g->stray_count == MOST_STRAY) {
        memmove(&g->stray[0], &g->stray[1], sizeof g->stray - sizeof g->stray[0]);
        g->stray_count--;
    }
    g->stray[g->stray_count].kind = e.kind;
    g->stray[g->stray_count].object = e.object;
    g->stray[g->stray_count].state = c != NULL ? number_of(c) : 0;
    g->stray_count++;
}

void consequences_follow(struct going_on *g, struct event e) { is_stray(g, NULL, e); }

int is_only_supposed(const struct going_on *g, uint16_t kind, struct handle object)
{
    for (unsigned i = 0; i < g->late_count; i++) {
        if (handles_equal(g->late[i].object, object) && g->late[i].kind == kind) {
            return 1;
        }
    }
    return 0;
}

int rests_on_supposed(const struct going_on *g, const char *kind, struct handle object)
{
    for (unsigned i = 0; i < g->late_count; i++) {
        if (handles_equal(g->late[i].object, object) && strcmp(event_object(g->late[i].kind), kind) == 0 &&
            !is_about_memory(g->late[i].kind)) { /* on that nothing rests but itself */
            return 1;
        }
    }
    return 0;
}

static int is_taken_from_late(struct going_on *g, struct event e)
{
    for (unsigned i = 0; i < g->late_count; i++) {
        if (g->late[i].kind == e.kind && handles_equal(g->late[i].object, e.object)) {
            g->late[i] = g->late[--g->late_count];
            return 1;
        }
    }
    return 0;
}

void is_not_late(struct going_on *g, struct event e) { (void)is_taken_from_late(g, e); }

int is_consequence(struct going_on *g, struct event e)
{
    if (is_taken_from_late(g, e)) {
        is_stray(g, NULL, e); /* what follows from it may have been supposed in another way */
        return 1;
    }
    for (unsigned i = 0; i < g->late_count; i++) {
        if (handles_equal(g->late[i].object, e.object) && follows(g->late[i].kind, e.kind) &&
            strcmp(event_verb(e.kind), "return") == 0) {
            is_stray(g, NULL, e); /* it ends in another way than was supposed */
            return 1;
        }
    }
    for (unsigned i = 0; i < g->stray_count; i++) {
        const uint16_t kind = g->stray[i].kind;

        if (handles_equal(g->stray[i].object, e.object) &&
            (follows(kind, e.kind) ||
             (begins_its_object(kind) && strcmp(event_object(kind), event_object(e.kind)) == 0))) {
            return 1;
        }
    }
    return 0;
}

/* The same has come before, in the same state. */
static int has_left_nothing(const struct going_on *g, const struct core *c, struct event e)
{
    for (unsigned i = 0; i < g->stray_count; i++) {
        if (g->stray[i].kind == e.kind && handles_equal(g->stray[i].object, e.object) &&
            g->stray[i].state == number_of(c)) {
            return 1;
        }
    }
    return 0;
}

/* A PnP event that was failed, though it must not be, is answered; and a pause did not happen. */
static int is_answered_all_the_same(struct core *c, struct event e)
{
    struct binding *b = &c->binding[e.object.slot < MAX_BINDING ? e.object.slot : 0];
    const uint16_t begun = (uint16_t)(e.kind == PAUSE_LEAVE || e.kind == PAUSE_COMPLETE ? PAUSE_ENTER
                           : e.kind == RESTART_LEAVE || e.kind == RESTART_COMPLETE ? RESTART_ENTER
                           : e.kind == QUERY_REMOVE_LEAVE || e.kind == QUERY_REMOVE_COMPLETE
                               ? QUERY_REMOVE_ENTER
                           : e.kind == SET_POWER_LEAVE || e.kind == SET_POWER_COMPLETE
                               ? SET_POWER_ENTER
                           : e.kind == CANCEL_REMOVE_LEAVE || e.kind == CANCEL_REMOVE_COMPLETE
                               ? CANCEL_REMOVE_ENTER
                               : NO_EVENT);

    if (begun == NO_EVENT || e.status == SUCCESS || e.status == PENDING ||
        e.object.slot >= MAX_BINDING || b->generation != e.object.generation ||
        b->pnp.event != begun) {
        return 0;
    }
    b->pnp.event = NO_EVENT;
    b->pnp.event_phase = EVENT_OVER;
    if (begun == PAUSE_ENTER && b->pnp.bound_state == BINDING_PAUSING) {
        b->pnp.bound_state = BINDING_RUNNING;
    }
    return 1;
}

/* A callback that has succeeded, though it should have failed, and cleaned up before. */
static int search_for_a_failure(struct going_on *g, struct core *c, struct event e,
                                    const struct subject subjects[], unsigned count,
                                    struct event way[MOST_SUPPOSED], unsigned *length)
{
    if (strcmp(event_verb(e.kind), "leave") != 0 || e.status != SUCCESS) {
        return 0;
    }
    e.irql = PASSIVE;
    for (uint8_t status = SUCCESS; status < STATUS_COUNT; status++) {
        e.status = status;
        if (is_failure(status) &&
            search_on(g, c, &e, subjects, count, way, MOST_SUPPOSED, length)) {
            return 1;
        }
    }
    return 0;
}

static void remember_late(struct going_on *g, const struct event way[], unsigned length)
{
    for (unsigned i = 0; i < length && g->late_count < MOST_LATE; i++) {
        g->late[g->late_count++] = way[i];
    }
}

void was_supposed(struct going_on *g, struct event e) { remember_late(g, &e, 1); }

/* What has succeeded, or has come, though what it needs was not begun: that is supposed, too, as a
 * failure in its place would make breaches of all that follows from the success. */
static int accepts_behind_a_beginning(struct core *c, struct event e, struct event way[MOST_SUPPOSED],
                                      unsigned *length)
{
    static const struct {
        uint16_t kind, lacks;
    } beginnings[] = {
        {LEAVE_BIND, CALL_CM_REGISTER_AF},
        {LEAVE_INITIALIZE, CALL_MCM_REGISTER_AF},
        {OPEN_ADAPTER_CALL, ENTER_BIND},
        {RETURN_OPEN_ADAPTER, OPEN_ADAPTER_CALL},
        {VC_MAKE_CALL_LEAVE, VC_ACTIVATE_CALL},
        {VC_MAKE_CALL_LEAVE, VC_ACTIVATE_MCM_CALL},
        {VC_MAKE_CALL_COMPLETE, VC_ACTIVATE_CALL},
        {VC_MAKE_CALL_MCM_COMPLETE, VC_ACTIVATE_MCM_CALL},
    };

    if (e.status != SUCCESS && e.status != NO_STATUS) {
        return 0;
    }
    e.irql = PASSIVE;
    for (unsigned i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        struct core after = *c;
        struct event by = {.kind = beginnings[i].lacks, .object = e.object, .on = e.on, .irql = PASSIVE};

        if (beginnings[i].kind == e.kind && is_done_by_somebody(&after, &by, &e, 1) &&
            accepts(&after, e)) {
            *c = after;
            way[0] = by;
            *length = 1;
            return 1;
        }
    }
    return 0;
}

enum going_on_by go_on_from(struct going_on *g, struct core *c, struct event e,
                            struct event way[MOST_SUPPOSED], unsigned *length)
{
    struct subject subjects[MOST_OBJECTS];

    *length = 0;
    if (has_left_nothing(g, c, e)) {
        return LEFT_NOTHING;
    }
    if (e.kind == WAIT_IN_NOTIFICATION) { /* a wait changes nothing */
        return LEFT_NOTHING;
    }
    if (is_answered_all_the_same(c, e)) {
        return WENT_ON_AS_IT_SHOULD_BE;
    }
    if (e.kind == CALL_CM_NOTIFY || e.kind == CALL_MCM_NOTIFY || e.kind == OPEN_AF_CALL) {
        is_stray(g, c, e); /* nothing that ends would make room for it */
        return LEFT_NOTHING;
    }
    if (!search_on(g, c, &e, subjects, with(subjects, 0, event_object(e.kind), e.object, own_on(c, e)),
                   way, MOST_SUPPOSED, length) &&
        !search_on(g, c, &e, subjects, beneath(c, e, subjects), way, MOST_SUPPOSED, length) &&
        !accepts_behind_a_beginning(c, e, way, length)) {
        if (accepts_as_it_should_be(g, c, e)) {
            return WENT_ON_AS_IT_SHOULD_BE;
        }
        if (search_for_a_failure(g, c, e, subjects, beneath(c, e, subjects), way, length)) {
            remember_late(g, way, *length);
            *length = 0;
            return WENT_ON_AS_IT_SHOULD_BE;
        }
        if (accepts_if_it_had_pended(c, e)) {
            return WENT_ON_AS_IT_SHOULD_BE;
        }
        if (!search_on(g, c, &e, subjects, around(c, e, subjects), way, MOST_SUPPOSED, length)) {
            is_stray(g, c, e);
            return LEFT_NOTHING;
        }
    }
    remember_late(g, way, *length);
    return WENT_ON_SUPPOSING;
}

int way_to_rest(struct core *c, struct event way[MOST_TO_REST], unsigned *length)
{
    struct going_on g = {.states = 0};
    struct subject subjects[MOST_OBJECTS];
    unsigned count = 0;
    const struct handle nothing = {0, 0};

    for (uint32_t i = 0; i < MAX_AF; i++) {
        const struct handle af = {i, c->af[i].generation};

        if (c->af[i].phase != AF_FREE) {
            count = with_objects_of(c, subjects, count, af);
            count = with(subjects, count, "af", af, client_of(c, i));
        }
    }
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (c->binding[i].generation != 0) {
            count = with(subjects, count, "binding", (struct handle){i, c->binding[i].generation},
                         nothing);
        }
    }
    *length = 0;
    return core_owes(c) == CONFORMING ||
           search_on(&g, c, NULL, subjects, count, way, MOST_TO_REST, length);
}

int has_given_up(const struct going_on *g) { return g->states > MOST_STATES; }
