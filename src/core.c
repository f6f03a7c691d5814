/* core.c - tables, handles and dispatch; see core.h. */
#include "core_tables.h"

struct readings core_recommended_readings(void)
{
    struct readings r = {
#define READING(name, recommended, letters) .name = recommended,
#include "readings.def"
#undef READING
    };
    return r;
}

static const struct core nothing = {0};

void core_initialise(struct core *c, struct readings readings)
{
    *c = nothing;
    c->readings = readings;
}

/* The tables, in the words of the vocabulary's column "object". */
enum table { table_none, table_af, table_binding, table_sap, table_vc, table_party, table_request };

/* The rows of the vocabularies: the table that the event is about, the highest IRQL, and
 * the requirement that says so. */
struct row {
    uint8_t table;
    uint8_t highest;
    uint16_t irql;
};

#define NONE NOT_AN_EVENT
static const struct row rows[EVENT_KIND_COUNT] = {
    {table_none, PASSIVE, NOT_AN_EVENT},
#define EVENT(identifier, verb, name, object, driver, level, requirement) \
    {table_##object, level, requirement},
#include "vocabulary.def"
#include "object_vocabulary.def"
#undef EVENT
};
#undef NONE

/*@ requires known: kind < EVENT_KIND_COUNT;
    LOOKS_ONLY
    ensures af: \result.table == table_af <==>
      RETURN_OPEN_AF <= kind <= FREE_CALL_MGR_AF_CONTEXT || is_opening_event(kind) ||
      OID_CO_AF_CLOSE_CALL <= kind <= OID_CO_AF_CLOSE_OWN ||
      kind == OID_CO_AF_CLOSE_MCM_CALL || kind == OID_CO_AF_CLOSE_MCM_RETURN ||
      kind == FREE_OID_CO_AF_CLOSE;
    ensures sap: \result.table == table_sap <==> is_sap_event(kind);
    ensures vc: \result.table == table_vc <==> is_vc_event(kind);
    ensures party: \result.table == table_party <==> is_party_event(kind);
    ensures request: \result.table == table_request <==>
      request_kind_of(kind) == BY_CLIENT || request_kind_of(kind) == BY_MANAGER;
    ensures none: kind == NO_EVENT <==> \result.table == table_none;
    ensures plain_binding: ENTER_BIND <= kind <= LEAVE_HALT ==>
      \result.table == table_binding;
    ensures PASSIVE: is_passive_only(kind) ==> \result.highest == PASSIVE;
    ensures DISPATCH: kind != NO_EVENT && !is_passive_only(kind) ==>
      \result.highest == DISPATCH;
    ensures refused: \result.irql != CONFORMING; */
static struct row vocabulary_row(uint8_t kind)
{
    return rows[kind];
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> request_kind_of(kind) == TO_MINIPORT; */
static int is_to_miniport(uint8_t kind)
{
    return (kind >= REQUEST_TO_MINIPORT_CALL && kind <= REQUEST_TO_MINIPORT_OWN) ||
           kind == FREE_REQUEST_TO_MINIPORT;
}

enum requirement core_step(struct core *c, struct event e)
{
    struct row r;

    if (e.kind >= EVENT_KIND_COUNT || e.status >= STATUS_COUNT || e.irql >= IRQL_COUNT) {
        return NOT_AN_EVENT;
    }
    r = vocabulary_row(e.kind);
    if (e.irql > r.highest) {
        return (enum requirement)r.irql;
    }
    switch (r.table) {
    case table_af:
        if (e.kind == RETURN_OPEN_AF || (e.kind >= OPEN_AF_CALL && e.kind <= STORE_CALL_MGR_AF_CONTEXT)) {
            return core_opening_event(c, e);
        }
        return e.kind <= FREE_CALL_MGR_AF_CONTEXT ? core_af_event(c, e)
                                                  : core_af_close_event(c, e);
    case table_binding:
        return is_to_miniport(e.kind) ? core_to_miniport_event(c, e)
                                      : core_binding_event(c, e);
    case table_sap: return core_sap_event(c, e);
    case table_vc: return core_vc_event(c, e);
    case table_party: return core_party_event(c, e);
    case table_request: return core_request_event(c, e);
    default: return NOT_AN_EVENT;
    }
}
