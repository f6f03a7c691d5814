/* core_unmet.c - what is still owed at the end of a trace; see core.h. */
#include "core_tables.h"

/*@ LOOKS_ONLY
    ensures exact: a.phase == AF_FREE || af_invariant(a) ==> (\result == CONFORMING <==> af_rests(a));
    ensures done: client_done(a) && manager_done(a) ==> \result == CONFORMING;
    ensures names_it: !(client_done(a) && manager_done(a)) ==> \result == af_owes(a); */
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

/*@ LOOKS_ONLY
    ensures exact: vc_invariant(v) ==> (\result == CONFORMING <==> vc_rests(v));
    ensures names_it: \result == vc_owes(v); */
static enum requirement vc_unmet(struct vc v)
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
static enum requirement party_unmet(struct party p)
{
    return p.phase == PARTY_THERE && p.operation.caller == CALLER_NONE ? CONFORMING
                                                                       : party_owes(p);
}

/*@ LOOKS_ONLY
    ensures exact: binding_invariant(b) ==> (\result == CONFORMING <==> binding_rests(b));
    ensures names_it: \result == binding_owes(b); */
static enum requirement binding_unmet(struct binding b)
{
    const enum requirement unmet = plug_and_play_unmet(b.pnp);

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
    if (b.phase == UNBINDING || (b.phase == BINDING && unmet == CONFORMING)) {
        return UNB_26;
    }
    return b.offer_owed == 1 && b.phase != BINDING ? REG_12 : unmet;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF ==> af_rests(c->af[i]));
    ensures names_it: afs_owe(*c, \result); */
static enum requirement unmet_of_afs(const struct core *c)
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
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_SAP ==> sap_rests(c->sap[i]));
    ensures names_it: saps_owe(*c, \result); */
static enum requirement unmet_of_saps(const struct core *c)
{
    enum requirement unmet;

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
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_VC ==> vc_rests(c->vc[i]));
    ensures names_it: vcs_owe(*c, \result); */
static enum requirement unmet_of_vcs(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_VC;
        loop invariant rest: \forall integer k; 0 <= k < i ==> vc_rests(c->vc[k]);
        loop assigns i, unmet;
        loop variant MAX_VC - i; */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        unmet = vc_unmet(c->vc[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_PARTY ==> party_rests(c->party[i]));
    ensures names_it: parties_owe(*c, \result); */
static enum requirement unmet_of_parties(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_PARTY;
        loop invariant rest: \forall integer k; 0 <= k < i ==> party_rests(c->party[k]);
        loop assigns i, unmet;
        loop variant MAX_PARTY - i; */
    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        unmet = party_unmet(c->party[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_REQUEST ==> request_slot_free(c->request[i]));
    ensures names_it: requests_owe(*c, \result); */
static enum requirement unmet_of_requests(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_REQUEST;
        loop invariant rest: \forall integer k; 0 <= k < i ==> request_slot_free(c->request[k]);
        loop assigns i, unmet;
        loop variant MAX_REQUEST - i; */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        unmet = request_owes(c->request[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF ==> request_slot_free(c->af_close[i]));
    ensures names_it: af_closes_owe(*c, \result); */
static enum requirement unmet_of_af_closes(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant rest: \forall integer k; 0 <= k < i ==> request_slot_free(c->af_close[k]);
        loop assigns i, unmet;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        unmet = request_owes(c->af_close[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_BINDING ==> request_slot_free(c->to_miniport[i]));
    ensures names_it: to_miniports_owe(*c, \result); */
static enum requirement unmet_of_to_miniports(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop invariant rest: \forall integer k; 0 <= k < i ==> request_slot_free(c->to_miniport[k]);
        loop assigns i, unmet;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        unmet = request_owes(c->to_miniport[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    requires consistent: records_consistent(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_BINDING ==> binding_rests(c->binding[i]));
    ensures names_it: bindings_owe(*c, \result); */
static enum requirement unmet_of_bindings(const struct core *c)
{
    enum requirement unmet;

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

enum requirement core_unmet(const struct core *c)
{
    enum requirement unmet = unmet_of_afs(c);

    if (unmet == CONFORMING) {
        unmet = unmet_of_saps(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_vcs(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_parties(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_requests(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_af_closes(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_to_miniports(c);
    }
    if (unmet == CONFORMING) {
        unmet = unmet_of_bindings(c);
    }
    return unmet;
}
