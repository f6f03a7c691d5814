/* core_owes.c - what is still owed at the end of a trace; see core.h. */
#include "core_tables.h"

/*@ LOOKS_ONLY
    ensures exact: a.phase == AF_FREE || af_invariant(a) ==>
      (\result == CONFORMING <==> af_rests(a));
    ensures done: client_is_done(a) && manager_is_done(a) ==> \result == CONFORMING;
    ensures names_it: !(client_is_done(a) && manager_is_done(a)) ==> \result == af_owes(a); */
static enum requirement af_owes(struct address_family a)
{
    if (af_client_done(a) && af_manager_done(a)) {
        return CONFORMING;
    }
    if (opening_owes(a) != CONFORMING) {
        return opening_owes(a);
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
    if (a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE && a.withheld == 0) {
        return NTF_23;
    }
    if (a.report == REPORT_OWED || a.withheld != 0) {
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
    ensures exact: sap_invariant(s) ==> (\result == CONFORMING <==> sap_rests(s));
    ensures names_it: \result == sap_owes(s); */
static enum requirement sap_owes(struct sap s)
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

/*@ LOOKS_ONLY
    ensures exact: vc_invariant(v) ==> (\result == CONFORMING <==> vc_rests(v));
    ensures names_it: \result == vc_owes(v); */
static enum requirement vc_owes(struct vc v)
{
    if (v.make_call.caller != CALLER_NONE || v.incoming_call.caller != CALLER_NONE) {
        return CALL_04;
    }
    if (v.close_call.caller != CALLER_NONE) {
        return CALL_15;
    }
    if (v.deactivation.caller != CALLER_NONE) {
        return VC_22;
    }
    if (v.drops_last_party != 0) {
        return PTY_05;
    }
    if (v.phase == VC_CREATED) {
        return CONFORMING;
    }
    if (v.phase != VC_FREE) {
        return v.phase < VC_CREATED ? VC_03 : VC_11;
    }
    if (v.client_context != 0 || v.manager_context != 0) {
        return VC_14;
    }
    return v.parameters != 0 ? CALL_03 : CONFORMING;
}

/*@ requires consistent: party_invariant(p);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==> party_rests(p);
    ensures PTY_03: p.phase != PARTY_FREE && !party_rests(p) <==> \result == PTY_03;
    ensures PTY_12: p.phase == PARTY_FREE && !is_over(p.operation) &&
      !operation_is_the_drop(p) <==> \result == PTY_12;
    ensures PTY_01: p.phase == PARTY_FREE && !is_over(p.operation) &&
      operation_is_the_drop(p) <==> \result == PTY_01;
    ensures PTY_07: p.phase == PARTY_FREE && is_over(p.operation) && p.client_context == 1
      <==> \result == PTY_07; */
static enum requirement party_owes(struct party p)
{
    return p.phase == PARTY_THERE && p.operation.caller == CALLER_NONE ? CONFORMING
                                                                       : party_slot_owes(p);
}

/*@ LOOKS_ONLY
    ensures exact: binding_invariant(b) ==> (\result == CONFORMING <==> binding_rests(b));
    ensures names_it: \result == binding_owes(b); */
static enum requirement binding_owes(struct binding b)
{
    const enum requirement owed = plug_and_play_owes(b.pnp);

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
    if (b.phase == UNBINDING || (b.phase == BINDING && owed == CONFORMING)) {
        return UNB_26;
    }
    return b.offer_owed == 1 && b.phase != BINDING ? REG_12 : owed;
}

/* Of a table: what the first of its records owes that does not rest. */
#define WHAT_THEY_OWE(table)                                     \
    requires consistent: records_consistent(*c);                 \
    LOOKS_AT(c)                                                  \
    ensures exact: \result == CONFORMING <==> table##_rest(*c);  \
    ensures names_it: table##_owe(*c, \result);

/*@ WHAT_THEY_OWE(afs) */
static enum requirement afs_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_AF, rest, af_rests(c->af[k])) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        owed = af_owes(c->af[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(saps) */
static enum requirement saps_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_SAP, rest, sap_rests(c->sap[k])) */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        owed = sap_owes(c->sap[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(vcs) */
static enum requirement vcs_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_VC, rest, vc_rests(c->vc[k])) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        owed = vc_owes(c->vc[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(parties) */
static enum requirement parties_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_PARTY, rest, party_rests(c->party[k])) */
    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        owed = party_owes(c->party[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(requests) */
static enum requirement requests_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_REQUEST, rest, request_is_free(c->request[k])) */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        owed = request_owes(c->request[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(af_closes) */
static enum requirement af_closes_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_AF, rest, request_is_free(c->af_close[k])) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        owed = request_owes(c->af_close[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(to_miniports) */
static enum requirement to_miniports_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_BINDING, rest, request_is_free(c->to_miniport[k])) */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        owed = request_owes(c->to_miniport[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

/*@ WHAT_THEY_OWE(bindings) */
static enum requirement bindings_owe(const struct core *c)
{
    enum requirement owed;

    /*@ NOTES_WHILE(owed, MAX_BINDING, rest, binding_rests(c->binding[k])) */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        owed = binding_owes(c->binding[i]);
        if (owed != CONFORMING) {
            return owed;
        }
    }
    return CONFORMING;
}

enum requirement core_owes(const struct core *c)
{
    enum requirement owed = afs_owe(c);

    if (owed == CONFORMING) {
        owed = saps_owe(c);
    }
    if (owed == CONFORMING) {
        owed = vcs_owe(c);
    }
    if (owed == CONFORMING) {
        owed = parties_owe(c);
    }
    if (owed == CONFORMING) {
        owed = requests_owe(c);
    }
    if (owed == CONFORMING) {
        owed = af_closes_owe(c);
    }
    if (owed == CONFORMING) {
        owed = to_miniports_owe(c);
    }
    if (owed == CONFORMING) {
        owed = bindings_owe(c);
    }
    return owed;
}
