/* core_vc.c - the table of VCs; see core_tables.h. */
#include "core_tables.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> row_begins_vc(kind); */
static int row_begins_vc(uint16_t kind)
{
    return kind == VC_CREATE_BY_CLIENT_CALL || kind == VC_CREATE_BY_MANAGER_CALL ||
           kind == VC_CREATE_BY_MANAGER_MCM_CALL;
}

/* An incoming call is offered to an AF that has a SAP registered, or to one of which the
 * trace tells no SAPs. */
/*@ LOOKS_AT(c)
    ensures is_flag: \result <= 1;
    ensures exact: \result == 1 <==> a_sap_is(*c, af, SAP_REGISTERED) || no_sap_is_traced(*c); */
static uint8_t takes_calls(const struct core *c, struct handle af)
{
    uint8_t traced = 0;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_SAP && traced <= 1;
        loop invariant none: \forall integer k; 0 <= k < i && c->sap[k].af == af ==>
          c->sap[k].phase != SAP_REGISTERED;
        loop invariant traced: traced == 0 <==>
          (\forall integer k; 0 <= k < i ==> c->sap[k].generation == 0);
        loop assigns i, traced;
        loop variant MAX_SAP - i; */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (c->sap[i].phase == SAP_REGISTERED && c->sap[i].af.slot == af.slot &&
            c->sap[i].af.generation == af.generation) {
            return 1;
        }
        if (c->sap[i].generation > 0) {
            traced = 1;
        }
    }
    return traced == 1 ? 0 : 1;
}

/* A SAP of the AF is being deregistered (SAP-14). */
/*@ LOOKS_AT(c)
    ensures is_flag: \result <= 1;
    ensures exact: \result == 1 <==> a_sap_is(*c, af, SAP_DEREGISTERING); */
static uint8_t sap_goes(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_SAP, none, c->sap[k].af == af ==> c->sap[k].phase != SAP_DEREGISTERING) */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (c->sap[i].phase == SAP_DEREGISTERING && c->sap[i].af.slot == af.slot &&
            c->sap[i].af.generation == af.generation) {
            return 1;
        }
    }
    return 0;
}

/* The client may make VCs and calls on an open AF; the call manager, and the calls that it
 * offers, as long as it has not released it (AF-CM-15, AF-CM-16). */
/*@ requires consistent: core_invariant(*c);
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> may_begin_on_af(*c, e);
    ensures AF_CL_01_AF_CM_15: !af_handle_live(*c, e.on) ==>
      \result == (e.kind == VC_CREATE_BY_CLIENT_CALL || e.kind == VC_MAKE_CALL_CALL
        ? AF_CL_01 : AF_CM_15);
    ensures AF_CM_16: af_handle_live(*c, e.on) && !may_begin_on_af(*c, e) &&
      e.kind != VC_CREATE_BY_CLIENT_CALL && e.kind != VC_MAKE_CALL_CALL ==> \result == AF_CM_16; */
static enum requirement right_to_af(const struct core *c, struct event e)
{
    if (e.kind == VC_CREATE_BY_CLIENT_CALL || e.kind == VC_MAKE_CALL_CALL) {
        return core_right_to_use(c, e.on);
    }
    if (e.on.slot >= MAX_AF || c->af[e.on.slot].phase == AF_FREE ||
        c->af[e.on.slot].generation != e.on.generation) {
        return AF_CM_15;
    }
    return c->af[e.on.slot].resources == 1 ? CONFORMING : AF_CM_16;
}

/* A call is closed with its last party (CALL-12). */
/*@ requires consistent: core_invariant(*c);
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_party_left(*c, vc);
    ensures names_it: \forall integer i; is_first_party_left(*c, vc, i) ==>
      \result == party_left_breaks(c->party[i], notified); */
static enum requirement parties_left(const struct core *c, struct handle vc, uint8_t notified)
{
    enum requirement left;

    /*@ NOTES_WHILE(left, MAX_PARTY, free,
          c->party[k].vc == vc ==> c->party[k].phase == PARTY_FREE) */
    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        left = party_left(c->party[i], notified);
        if (left != CONFORMING && c->party[i].vc.slot == vc.slot &&
            c->party[i].vc.generation == vc.generation) {
            return left;
        }
    }
    return CONFORMING;
}

enum requirement core_vc_event(struct core *c, struct event e)
{
    struct address_family af = {0};
    struct vc next;
    enum requirement broken = CONFORMING;

    if (e.object.slot >= MAX_VC) {
        return VC_12;
    }
    next = c->vc[e.object.slot];
    if (row_begins_vc(e.kind)) {
        broken = e.object.generation == 0 || e.object.generation - 1 != next.generation
                     ? VC_01
                     : right_to_af(c, e);
    } else if (e.object.generation == 0 || e.object.generation != next.generation) {
        broken = VC_12;
    } else if (e.on.slot != next.af.slot || e.on.generation != next.af.generation) {
        broken = NOT_AN_EVENT;
    } else if (e.kind == VC_CREATE_BY_CLIENT_ENTER || e.kind == VC_MAKE_CALL_CALL ||
               e.kind == VC_INCOMING_CALL_CALL || e.kind == VC_INCOMING_CALL_MCM_CALL) {
        broken = right_to_af(c, e);
    }
    if (broken == CONFORMING) {
        if (e.on.slot < MAX_AF) {
            af = c->af[e.on.slot];
        }
        broken = vc_step(&next, af, c->readings, takes_calls(c, e.on), sap_goes(c, e.on), e);
    }
    if (broken == CONFORMING && e.kind == VC_CLOSE_CALL_CALL) {
        broken = parties_left(c, e.object, af.notification != NOTIFICATION_NONE ? 1 : 0);
    }
    if (broken == CONFORMING) {
        /*@ assert consistent: vc_invariant(next); */
        /*@ assert evolves: vc_evolves(c->vc[e.object.slot], next); */
        /*@ assert called: !vc_has_no_call(next) ==> af_is_of(*c, next.af) &&
              c->af[next.af.slot].resources == 1; */
        /*@ assert there: next.phase != VC_FREE && next.manager_context != 0 &&
              no_vc_may_be_left(c->readings) ==>
              af_is_of(*c, next.af) && c->af[next.af.slot].resources == 1; */
        /*@ assert held: vc_is_held(*c, next); */
        /*@ assert call_stays: e.kind != VC_CLOSE_CALL_CALL &&
              c->vc[e.object.slot].call == CALL_CONNECTED ==> next.call == CALL_CONNECTED &&
              next.generation == c->vc[e.object.slot].generation; */
        /*@ assert parties_stay: \forall integer i; 0 <= i < MAX_PARTY &&
              c->party[i].phase != PARTY_FREE && c->party[i].vc.slot == e.object.slot ==>
              next.call == CALL_CONNECTED && next.generation == c->party[i].vc.generation; */
        c->vc[e.object.slot] = next;
        /*@ assert all_held: vcs_consistent(*c); */
    }
    return broken;
}
