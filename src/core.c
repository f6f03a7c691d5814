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

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: af_slot_is_consistent(a) ==> (\result == CONFORMING <==> af_rests(a)); */
static enum requirement af_unmet(struct address_family a)
{
    if (af_client_is_done(a) && af_manager_is_done(a)) {
        return CONFORMING;
    }
    if (opening_unmet(a) != CONFORMING) {
        return opening_unmet(a);
    }
    if (a.close_call == CLOSE_CALL_SUCCEEDED || a.close_call == CLOSE_CALL_FAILED) {
        return AF_CL_04;
    }
    if (a.manager_close == MANAGER_CLOSE_PENDED) {
        return a.miniport == 1 ? MCM_02 : AF_CM_11;
    }
    if (a.phase == AF_CLOSING) {
        return a.manager_close == MANAGER_CLOSE_COMPLETED ? AF_CM_17 : AF_CL_24;
    }
    if (a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE) {
        return NTF_23;
    }
    if (a.report == REPORT_OWED) {
        return NTF_07;
    }
    if (a.notification != NOTIFICATION_NONE || a.notify_call != 0) {
        return NTF_40;
    }
    if (a.phase == AF_OPEN) {
        return a.notified == NEVER_NOTIFIED ? CONFORMING : NTF_06;
    }
    return a.client_context == 1 ? AF_CL_09 : AF_CM_24;
}

/*@ LOOKS_ONLY
    ensures exact: sap_invariant(s) ==> (\result == CONFORMING <==> sap_rests(s)); */
static enum requirement sap_unmet(struct sap s)
{
    if (s.operation.caller != CALLER_NONE || s.again != 0) {
        return s.deregistering == 1 ? SAP_08 : SAP_01;
    }
    if (s.phase == SAP_REGISTERED) {
        return CONFORMING;
    }
    if (s.manager_context != 0) {
        return SAP_10;
    }
    return s.client_context != 0 ? SAP_13 : CONFORMING;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: binding_invariant(b) ==> (\result == CONFORMING <==> binding_rests(b)); */
static enum requirement binding_unmet(struct binding b)
{
    if (b.unbind_owed == 1) {
        return UNB_01;
    }
    if (b.adapter == ADAPTER_CLOSE_PENDED) {
        return CAD_04;
    }
    if (b.adapter == ADAPTER_CLOSE_INSIDE ||
        b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) {
        return CAD_20;
    }
    if (b.phase == UNBIND_PENDED) {
        return UNB_10;
    }
    if (b.phase == UNBINDING || b.phase == BINDING) {
        return UNB_26;
    }
    return b.offer_owed == 1 ? REG_12 : CONFORMING;
}

enum requirement core_unmet(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant rest: \forall integer k; 0 <= k < i ==> af_rests(c->af[k]);
        loop assigns i, unmet;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        unmet = af_unmet(c->af[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_SAP;
        loop invariant rest: \forall integer k; 0 <= k < i ==> sap_rests(c->sap[k]);
        loop assigns i, unmet;
        loop variant MAX_SAP - i; */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        unmet = sap_unmet(c->sap[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop invariant rest: \forall integer k; 0 <= k < i ==> binding_rests(c->binding[k]);
        loop assigns i, unmet;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        unmet = binding_unmet(c->binding[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}
