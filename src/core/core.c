/* core.c - tables, handles and dispatch; see core.h. */
#include "core_tables.h"

struct readings core_recommended_readings(void)
{
    struct readings r = {
#define READING(name, recommended, letters) .name = recommended,
#include "protocol/readings.def"
#undef READING
    };
    return r;
}

/* A loop that clears a table. */
#define CLEARS(table, size, nothing)                                                    \
    loop invariant in_bounds: 0 <= i <= size;                                           \
    loop invariant cleared: \forall integer k; 0 <= k < i ==> c->table[k] == nothing;   \
    loop assigns i, c->table[0 .. size - 1];                                            \
    loop variant size - i;

void core_initialise(struct core *c, struct readings readings)
{
    const struct binding no_binding = {0};
    const struct address_family no_address_family = {0};
    const struct sap no_sap = {0};
    const struct vc no_vc = {0};
    const struct party no_party = {0};
    const struct request no_request = {0};
    const struct stack no_stack = {0};

    c->readings = readings;
    c->stack = no_stack;
    /*@ CLEARS(binding, MAX_BINDING, no_binding) */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        c->binding[i] = no_binding;
    }
    /*@ CLEARS(af, MAX_AF, no_address_family) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        c->af[i] = no_address_family;
    }
    /*@ CLEARS(sap, MAX_SAP, no_sap) */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        c->sap[i] = no_sap;
    }
    /*@ CLEARS(vc, MAX_VC, no_vc) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        c->vc[i] = no_vc;
    }
    /*@ CLEARS(party, MAX_PARTY, no_party) */
    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        c->party[i] = no_party;
    }
    /*@ CLEARS(request, MAX_REQUEST, no_request) */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        c->request[i] = no_request;
    }
    /*@ CLEARS(af_close, MAX_AF, no_request) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        c->af_close[i] = no_request;
    }
    /*@ CLEARS(to_miniport, MAX_BINDING, no_request) */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        c->to_miniport[i] = no_request;
    }
}

/* The tables, in the words of the vocabulary's column "object". */
enum table {
    table_none, table_af, table_binding, table_sap, table_vc, table_party, table_request, table_driver
};

/* The rows of the vocabulary: the table that the event is about, the highest IRQL, and
 * the requirement that says so. */
struct row {
    uint8_t table;
    uint8_t highest;
    uint16_t irql;
};

#define NONE NOT_AN_EVENT
static const struct row rows[NAMED_EVENT_COUNT] = {
    [NO_EVENT] = {table_none, PASSIVE, NOT_AN_EVENT},
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {table_##object, level, requirement},
#include "protocol/vocabulary.def"
#undef EVENT
};
#undef NONE

/*@ requires known: kind < EVENT_KIND_COUNT;
    LOOKS_ONLY
    ensures af: \result.table == table_af <==>
      is_opening_event(kind) || is_af_event(kind) || request_kind_of(kind) == AF_CLOSE;
    ensures sap: \result.table == table_sap <==> is_sap_event(kind);
    ensures vc: \result.table == table_vc <==> is_vc_event(kind);
    ensures party: \result.table == table_party <==> is_party_event(kind);
    ensures request: \result.table == table_request <==>
      request_kind_of(kind) == BY_CLIENT || request_kind_of(kind) == BY_MANAGER;
    ensures none: kind == NO_EVENT <==> \result.table == table_none;
    ensures some: \result.table <= table_request;
    ensures plain_binding: is_binding_event(kind) ==>
      \result.table == table_binding;
    ensures PASSIVE: is_passive_only(kind) ==> \result.highest == PASSIVE;
    ensures DISPATCH: kind != NO_EVENT && !is_passive_only(kind) ==>
      \result.highest == DISPATCH;
    ensures refused: \result.irql != CONFORMING; */
static struct row vocabulary_row(uint16_t kind)
{
    return rows[kind];
}

/* Where the event goes: a table, or what of it has events of its own. */
enum route {
    TO_NOBODY, TO_OPENING, TO_AF, TO_AF_CLOSE, TO_BINDING, TO_MINIPORT_REQUEST, TO_SAP, TO_VC,
    TO_PARTY, TO_REQUEST
};

/*@ requires known: kind < EVENT_KIND_COUNT;
    LOOKS_ONLY
    ensures nobody: \result == TO_NOBODY <==> kind == NO_EVENT;
    ensures opening: \result == TO_OPENING <==> is_opening_event(kind);
    ensures af: \result == TO_AF <==> is_af_event(kind);
    ensures af_close: \result == TO_AF_CLOSE <==> request_kind_of(kind) == AF_CLOSE;
    ensures to_miniport: \result == TO_MINIPORT_REQUEST <==>
      request_kind_of(kind) == TO_MINIPORT;
    ensures sap: \result == TO_SAP <==> is_sap_event(kind);
    ensures vc: \result == TO_VC <==> is_vc_event(kind);
    ensures party: \result == TO_PARTY <==> is_party_event(kind);
    ensures request: \result == TO_REQUEST <==>
      request_kind_of(kind) == BY_CLIENT || request_kind_of(kind) == BY_MANAGER;
    ensures binding: is_binding_event(kind) ==> \result == TO_BINDING;
    ensures some: \result <= TO_REQUEST; */
static enum route route_of(uint16_t kind)
{
    /* of those of one table, in the order of the sections */
    switch (vocabulary_row(kind).table) {
    case table_af:
        return kind <= LAST_OF_opening ? TO_OPENING
               : kind <= LAST_OF_notification ? TO_AF
                                              : TO_AF_CLOSE;
    case table_binding:
        return kind <= LAST_OF_miniport_request ? TO_MINIPORT_REQUEST : TO_BINDING;
    case table_sap: return TO_SAP;
    case table_vc: return TO_VC;
    case table_party: return TO_PARTY;
    case table_request: return TO_REQUEST;
    default: return TO_NOBODY;
    }
}

/* An event that exists, at a level that its page allows; else the requirement broken. */
/*@ LOOKS_ONLY
    ensures exact: \result == CONFORMING <==> is_event(e);
    ensures NOT_AN_EVENT: e.kind == NO_EVENT || e.kind >= EVENT_KIND_COUNT ||
      e.status >= STATUS_COUNT || e.irql >= IRQL_COUNT ==> \result == NOT_AN_EVENT; */
static enum requirement is_possible(struct event e)
{
    struct row r;

    if (e.kind == NO_EVENT || e.kind >= EVENT_KIND_COUNT || e.status >= STATUS_COUNT ||
        e.irql >= IRQL_COUNT) {
        return NOT_AN_EVENT;
    }
    r = vocabulary_row(e.kind);
    return e.irql > r.highest ? (enum requirement)r.irql : CONFORMING;
}

/* Each to its table; what core_step promises in two clauses, and what the tables do in one. */
/*@ BEFORE_A_STEP_OF(core, c)
    ensures all: CONSISTENT_PROMISES(CONJUNCT, c) CORE_STEP_PROMISES(CONJUNCT) \true;
    ensures handles: HANDLE_PROMISES(CONJUNCT) \true;
    ensures objects: is_event(e) ==> objects_judge(\old(*c), e, \result); */
static enum requirement step_of_table(struct core *c, struct event e)
{
    const enum requirement possible = is_possible(e);
    const enum route route = possible == CONFORMING ? route_of(e.kind) : TO_NOBODY;

    switch (route) {
    case TO_OPENING: return core_opening_event(c, e);
    case TO_AF: return core_af_event(c, e);
    case TO_AF_CLOSE: return core_af_close_event(c, e);
    case TO_BINDING: return core_binding_event(c, e);
    case TO_MINIPORT_REQUEST: return core_to_miniport_event(c, e);
    case TO_SAP: return core_sap_event(c, e);
    case TO_VC: return core_vc_event(c, e);
    case TO_PARTY: return core_party_event(c, e);
    case TO_REQUEST: return core_request_event(c, e);
    default: return possible;
    }
}

enum requirement core_step(struct core *c, struct event e)
{
    return step_of_table(c, e);
}
