/* core_tables.h - the steps of core_step, one for each kind of object: they look the handle
 * up, see what the other tables allow, and let the record take its step. */
#ifndef CLOSEAF_CORE_TABLES_H
#define CLOSEAF_CORE_TABLES_H

#include "core.h"

/* A step of the whole, of which one table changes. */
#define STEP_OF_TABLE(only)                                                    \
    requires valid: \valid(c);                                                 \
    requires consistent: core_invariant(*c);                                   \
    requires is_status: e.status < STATUS_COUNT;                               \
    terminates \true;                                                          \
    exits never: \false;                                                       \
    assigns *c;                                                                \
    STAYS_CONSISTENT(c)                                                        \
    MOVES_FORWARD(c)                                                           \
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);    \
    ensures others_alone: only(\old(*c), *c, e.object.slot);

/* The right to use an AF (AF-CL-01, AF-CL-02, AF-CL-27, AF-OP-05). */
/*@ requires valid: \valid_read(c);
    requires consistent: core_invariant(*c);
    LOOKS_ONLY
    ensures right: \result == CONFORMING ==>
      af_handle_live(*c, af) && client_may_use(c->af[af.slot]);
    ensures right_present: af_handle_live(*c, af) && client_may_use(c->af[af.slot]) ==>
      \result == CONFORMING;
    ensures AF_CL_01: !af_handle_live(*c, af) ==> \result == AF_CL_01;
    ensures AF_CL_02: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSED ==>
      \result == AF_CL_02;
    ensures AF_CL_27: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSING ==>
      \result == AF_CL_27; */
enum requirement core_right_to_use(const struct core *c, struct handle af);

/*@ STEP_OF_TABLE(only_sap)
    ensures SAP_07_stale_handle: e.kind != SAP_REGISTER_CALL &&
      !sap_handle_live(\old(*c), e.object) ==> \result == SAP_07 || \result == SAP_11;
    ensures SAP_02_a_registration_gives_a_new_generation:
      e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      e.object.slot < MAX_SAP && sap_slot_free(\old(*c).sap[e.object.slot]) &&
      e.object.generation == \old(*c).sap[e.object.slot].generation + 1 &&
      c->sap[e.object.slot].af == e.on;
    ensures AF_CL_01: e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      af_handle_live(\old(*c), e.on) && client_may_use(\old(*c).af[e.on.slot]);
    ensures SAP_04_SAP_11_completed_once_for_each_pended: \result == CONFORMING ==>
      e.object.slot < MAX_SAP && completions_owed(c->sap[e.object.slot].operation) ==
      completions_owed(\old(*c).sap[e.object.slot].operation) + sap_pends(e) -
      sap_completes(e);
    ensures SAP_07_handle_is_dead: e.kind == SAP_DEREGISTER_CALL &&
      c->readings.amb_28 != 'b' && sap_handle_dead(\old(*c), e.object) ==>
      \result != CONFORMING; */
enum requirement core_sap_event(struct core *c, struct event e);

/*@ predicate no_party_left(struct core c, struct handle vc) =
      \forall integer i; 0 <= i < MAX_PARTY && c.party[i].vc == vc ==>
        c.party[i].phase == PARTY_FREE;
*/

/*@ STEP_OF_TABLE(only_vc)
    ensures VC_12_stale_handle: !row_begins_vc(e.kind) &&
      !vc_handle_live(\old(*c), e.object) ==> \result == VC_12;
    ensures VC_01_a_creation_gives_a_new_generation:
      row_begins_vc(e.kind) && \result == CONFORMING ==> e.object.slot < MAX_VC &&
      e.object.generation == \old(*c).vc[e.object.slot].generation + 1 &&
      af_handle_live(\old(*c), e.on) && \old(*c).af[e.on.slot].resources == 1;
    ensures AF_CL_02_right_withdrawn: e.kind == VC_CREATE_BY_CLIENT_CALL &&
      \result == CONFORMING ==> client_may_use(\old(*c).af[e.on.slot]);
    ensures VC_06_client_without_handle: row_uses_handle_of_client(e.kind) &&
      \result == CONFORMING ==>
      use_by_client(\old(*c).vc[e.object.slot]) == CONFORMING;
    ensures VC_06_manager_without_handle: row_uses_handle_of_manager(e.kind) &&
      \result == CONFORMING ==>
      use_by_manager(\old(*c).vc[e.object.slot]) == CONFORMING;
    ensures CALL_12_closed_with_its_last_party: e.kind == VC_CLOSE_CALL_CALL &&
      \result == CONFORMING ==> no_party_left(\old(*c), e.object); */
enum requirement core_vc_event(struct core *c, struct event e);

/*@ STEP_OF_TABLE(only_party)
    ensures PTY_02_PTY_08_stale_handle: e.kind != PARTY_ADD_CALL &&
      !party_handle_live(\old(*c), e.object) ==> \result == PTY_02 || \result == PTY_08;
    ensures PTY_12_an_addition_gives_a_new_generation:
      e.kind == PARTY_ADD_CALL && \result == CONFORMING ==> e.object.slot < MAX_PARTY &&
      e.object.generation == \old(*c).party[e.object.slot].generation + 1 &&
      vc_handle_live(\old(*c), e.on) && \old(*c).vc[e.on.slot].call == CALL_CONNECTED;
    ensures PTY_02_handle_is_dead: e.kind == PARTY_DROP_CALL &&
      party_handle_dead(\old(*c), e.object) ==> \result != CONFORMING; */
enum requirement core_party_event(struct core *c, struct event e);

/* Of an OID request between a client and its call manager; OID_CO_AF_CLOSE on an AF; a
 * request to the miniport on a binding. */
/*@ STEP_OF_TABLE(only_request)
    ensures OID_04_made_anew: is_request_call(e.kind) && \result == CONFORMING ==>
      e.object.slot < MAX_REQUEST &&
      e.object.generation == \old(*c).request[e.object.slot].generation + 1 &&
      af_handle_live(\old(*c), e.on);
    ensures AF_CL_02_right_withdrawn: e.kind == REQUEST_BY_CLIENT_CALL &&
      \result == CONFORMING ==> client_may_use(\old(*c).af[e.on.slot]); */
enum requirement core_request_event(struct core *c, struct event e);

/*@ STEP_OF_TABLE(only_af_close)
    ensures AF_CM_15_stale_handle: !af_handle_live(\old(*c), e.object) ==>
      \result == AF_CM_15; */
enum requirement core_af_close_event(struct core *c, struct event e);

/*@ STEP_OF_TABLE(only_to_miniport)
    ensures CAD_02_stale_handle: !binding_handle_live(\old(*c), e.object) ==>
      \result == CAD_02; */
enum requirement core_to_miniport_event(struct core *c, struct event e);

#endif
