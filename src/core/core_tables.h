/* core_tables.h - the steps of core_step, one for each kind of object: they look the handle
 * up, see what the other tables allow, and let the record take its step. */
#ifndef CLOSEAF_CORE_TABLES_H
#define CLOSEAF_CORE_TABLES_H

#include "core.h"
#include "core_tables_logic.h"

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

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> af_slot_is_free(a); */
int af_slot_is_free(struct address_family a);

/*@ LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> nothing_opens(*c, client);
    ensures AF_OP_08: \result == CONFORMING || \result == AF_OP_08; */
enum requirement core_nothing_opens(const struct core *c, uint32_t client);

/* What still hangs on a binding, or on the call manager's (UNB-23, UNB-24). */
/*@ LOOKS_AT(c)
    ensures names_it: duty_is_named(*c, slot, \result);
    ensures no_duty: \result == CONFORMING <==> no_duty(*c, slot); */
enum requirement core_duty(const struct core *c, uint32_t slot);

/*@ LOOKS_AT(c)
    ensures exact: is_live_af(*c, h, \result);
    ensures live: (\result.phase != AF_FREE) ==>
      af_handle_live(*c, h) && \result == c->af[h.slot]; */
struct address_family core_live_af(const struct core *c, struct handle h);

/* The opening of an AF: the rows OPEN_AF_*, and the return. */
/*@ STEP_OF_TABLE(only_af)
    ensures AF_OP_03_AF_OP_06_AF_OP_18_names_it:
      e.kind == OPEN_AF_CALL ? begin_answers(\old(*c), e, \result) :
      is_opening_still(\old(*c), e.object) ? go_on_answers(\old(*c), e, \result) :
      tells_the_client(e.kind) ? \result == AF_OP_06 : \result == AF_OP_18;
    ensures AF_OP_03_a_call_takes_a_new_generation:
      e.kind == OPEN_AF_CALL && \result == CONFORMING ==> begins_an_open(\old(*c), *c, e);
    ensures AF_OP_18_stale_handle: e.kind != OPEN_AF_CALL &&
      !is_opening_still(\old(*c), e.object) ==> \result == AF_OP_06 || \result == AF_OP_18;
    ensures AF_OP_05_handle_is_given_once:
      (e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) && e.status == SUCCESS &&
      \result == CONFORMING ==> !af_handle_dead(\old(*c), e.object);
    ensures AF_CM_20_NTF_24_nothing_completed: \result == CONFORMING ==>
      e.object.slot < MAX_AF &&
      nothing_completed(\old(*c).af[e.object.slot], c->af[e.object.slot]); */
enum requirement core_opening_event(struct core *c, struct event e);

/* The close and the notification of an AF. */
/*@ requires its_events: is_af_event(e.kind);
    STEP_OF_TABLE(only_af)
    AF_PROMISES(CLAUSE, is_af_event(e.kind)) */
enum requirement core_af_event(struct core *c, struct event e);

/* A binding, or the stack beneath all. */
/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    requires is_status: e.status < STATUS_COUNT;
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);
    ensures objects_alone: is_stack_event(e.kind) ? only_stack(\old(*c), *c, 0)
                                                  : only_bindings(\old(*c), *c);
    ensures afs_and_saps_alone: c->af == \old(*c).af && c->sap == \old(*c).sap;
    ensures others_alone: !is_stack_event(e.kind) && !concerns_all_bindings(e.kind) ==>
      only_binding(\old(*c), *c, e.object.slot);
    ensures BND_14_names_it: binding_event_answers(\old(*c), e, \result);
    ensures UNB_01_REG_12_changes: \result == CONFORMING ==>
      binding_event_changes(\old(*c), *c, e);
    BINDING_PROMISES(CLAUSE, \true) */
enum requirement core_binding_event(struct core *c, struct event e);

/* The right to use an AF (AF-CL-01, AF-CL-02, AF-CL-27, AF-OP-05). */
/*@ requires consistent: core_invariant(*c);
    LOOKS_AT(c)
    ensures AF_OP_08: af_handle_live(*c, af) && client_may_use(c->af[af.slot]) &&
      !nothing_opens(*c, c->af[af.slot].client) ==> \result == AF_OP_08;
    ensures right: \result == CONFORMING ==>
      af_handle_live(*c, af) && client_may_use(c->af[af.slot]) &&
      nothing_opens(*c, c->af[af.slot].client);
    ensures right_present: af_handle_live(*c, af) && client_may_use(c->af[af.slot]) &&
      nothing_opens(*c, c->af[af.slot].client) ==> \result == CONFORMING;
    ensures AF_CL_01: !af_handle_live(*c, af) ==> \result == AF_CL_01;
    ensures AF_CL_02: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSED ==>
      \result == AF_CL_02;
    ensures AF_CL_27: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSING ==>
      \result == AF_CL_27;
    ensures no_other: \result != AF_OP_11 && \result != AF_OP_19; */
enum requirement core_right_to_use(const struct core *c, struct handle af);

/*@ STEP_OF_TABLE(only_sap)
    ensures SAP_02_SAP_07_SAP_11_handles: sap_handles_break(\old(*c), e) != CONFORMING ==>
      \result == sap_handles_break(\old(*c), e);
    ensures SAP_07_accepted_exactly: \result == CONFORMING <==>
      sap_event_accepted(\old(*c), e);
    SAP_PROMISES(CLAUSE, \true)
    ensures SAP_02_a_registration_gives_a_new_generation:
      e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      e.object.slot < MAX_SAP && sap_is_free(\old(*c).sap[e.object.slot]) &&
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

/*@ STEP_OF_TABLE(only_vc)
    ensures VC_01_VC_12_handles: vc_handles_break(\old(*c), e) != CONFORMING ==>
      \result == vc_handles_break(\old(*c), e);
    ensures VC_01_made_anew: row_begins_vc(e.kind) && \result == CONFORMING ==>
      made_anew(\old(*c).vc[e.object.slot], c->vc[e.object.slot], e);
    ensures VC_12_accepted_only: \result == CONFORMING ==>
      others_accept_vc_event(\old(*c), e);
    ensures VC_12_accepted_by_the_vc: \result == CONFORMING && e.on.slot < MAX_AF ==>
      vc_accepts_event(\old(*c), e);
    ensures VC_12_accepted_exactly: e.on.slot < MAX_AF &&
      others_accept_vc_event(\old(*c), e) && vc_accepts_event(\old(*c), e) ==>
      \result == CONFORMING;
    ensures SAP_03_SAP_14_CALL_16: e.on.slot < MAX_AF &&
      vc_handles_break(\old(*c), e) == CONFORMING ==>
      saps_decide(\old(*c), c->vc[e.object.slot], e, \result);
    ensures CALL_12_NTF_18_PTY_10_names_it: e.on.slot < MAX_AF &&
      e.kind == VC_CLOSE_CALL_CALL && vc_handles_break(\old(*c), e) == CONFORMING &&
      vc_accepts(\old(*c).vc[e.object.slot], \old(*c).af[e.on.slot],
                 \old(*c).readings, e) ==>
      (\forall integer i; is_first_party_left(\old(*c), e.object, i) ==>
        \result == party_left_breaks(\old(*c).party[i],
          \old(*c).af[e.on.slot].notification != NOTIFICATION_NONE ? 1 : 0));
    ensures AF_CL_01_AF_CM_15_AF_CM_16_no_right: begins_on_af(e.kind) &&
      vc_handles_break(\old(*c), e) == CONFORMING && !may_begin_on_af(\old(*c), e) ==>
      (af_handle_live(\old(*c), e.on)
        ? (e.kind != VC_CREATE_BY_CLIENT_CALL && e.kind != VC_MAKE_CALL_CALL ==>
             \result == AF_CM_16)
        : \result == (e.kind == VC_CREATE_BY_CLIENT_CALL || e.kind == VC_MAKE_CALL_CALL
            ? AF_CL_01 : AF_CM_15));
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
    ensures PTY_02_PTY_08_PTY_12_handles: party_handles_break(\old(*c), e) != CONFORMING ==>
      \result == party_handles_break(\old(*c), e);
    ensures PTY_02_accepted_exactly: \result == CONFORMING <==>
      party_event_accepted(\old(*c), e);
    ensures PTY_12_moved_on: \result == CONFORMING ==>
      c->party[e.object.slot] == after_event(\old(*c).party[e.object.slot], e);
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
/*@ requires its_events: request_kind_of(e.kind) == BY_CLIENT ||
      request_kind_of(e.kind) == BY_MANAGER;
    STEP_OF_TABLE(only_request)
    ensures OID_03_moves_on: \result == CONFORMING ==> request_moves_on(
      \old(*c).request[e.object.slot], c->request[e.object.slot], e);
    ensures OID_04_handles: \forall struct address_family a;
      is_live_af(\old(*c), e.on, a) && request_handles_break(\old(*c), e, a) != CONFORMING ==>
      \result == request_handles_break(\old(*c), e, a);
    ensures OID_04_accepted_exactly: \forall struct address_family a;
      is_live_af(\old(*c), e.on, a) ==>
      (\result == CONFORMING <==> request_event_accepted(\old(*c), e, a));
    ensures OID_04_made_anew: is_request_call(e.kind) && \result == CONFORMING ==>
      e.object.slot < MAX_REQUEST &&
      e.object.generation == \old(*c).request[e.object.slot].generation + 1 &&
      af_handle_live(\old(*c), e.on);
    ensures AF_CL_02_right_withdrawn: e.kind == REQUEST_BY_CLIENT_CALL &&
      \result == CONFORMING ==> client_may_use(\old(*c).af[e.on.slot]);
    ensures AF_OP_11_AF_OP_19_never: contexts_outlive_requests(c->readings) ==>
      \result != AF_OP_11 && \result != AF_OP_19; */
enum requirement core_request_event(struct core *c, struct event e);

/*@ requires its_events: request_kind_of(e.kind) == AF_CLOSE;
    STEP_OF_TABLE(only_af_close)
    ensures OID_03_moves_on: \result == CONFORMING ==> request_moves_on(
      \old(*c).af_close[e.object.slot], c->af_close[e.object.slot], e);
    ensures OID_04_handles: af_close_handles_break(\old(*c), e) != CONFORMING ==>
      \result == af_close_handles_break(\old(*c), e);
    ensures OID_04_accepted_exactly: \result == CONFORMING <==>
      af_close_event_accepted(\old(*c), e);
    ensures AF_CM_15_stale_handle: !af_handle_live(\old(*c), e.object) ==>
      \result == AF_CM_15;
    ensures AF_OP_11_AF_OP_19_never: contexts_outlive_requests(c->readings) ==>
      \result != AF_OP_11 && \result != AF_OP_19; */
enum requirement core_af_close_event(struct core *c, struct event e);

/*@ requires its_events: request_kind_of(e.kind) == TO_MINIPORT;
    STEP_OF_TABLE(only_to_miniport)
    ensures OID_03_moves_on: \result == CONFORMING ==> request_moves_on(
      \old(*c).to_miniport[e.object.slot], c->to_miniport[e.object.slot], e);
    ensures OID_04_handles: to_miniport_handles_break(\old(*c), e) != CONFORMING ==>
      \result == to_miniport_handles_break(\old(*c), e);
    ensures OID_04_accepted_exactly: \forall struct address_family a; is_no_af(a) ==>
      (\result == CONFORMING <==> to_miniport_event_accepted(\old(*c), e, a));
    ensures OID_08_of_no_af_that_closes: e.kind == REQUEST_TO_MINIPORT_CALL &&
      \result == CONFORMING ==> c->to_miniport[e.object.slot].in_closing == 0;
    ensures CAD_02_stale_handle: !binding_handle_live(\old(*c), e.object) ==>
      \result == CAD_02; */
enum requirement core_to_miniport_event(struct core *c, struct event e);

#endif
