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

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> af_slot_is_free(a); */
int af_slot_is_free(struct address_family a);

/*@ LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> nothing_opens(*c, client);
    ensures AF_OP_08: \result == CONFORMING || \result == AF_OP_08; */
enum requirement core_nothing_opens(const struct core *c, uint32_t client);

/*@ // Which duty it is, of the first AF that one is left of (AF-CL-15, AF-CL-16, NTF-01, NTF-03).
    logic integer client_duty_of(struct address_family a) =
      a.opening.caller != CALLER_NONE ? UNB_23 : a.phase == AF_OPEN ? AF_CL_15 :
      a.phase == AF_CLOSED || a.phase == AF_FAILED ? AF_CL_16 : UNB_23;

    logic integer manager_duty_of(struct address_family a) =
      a.phase == AF_OPEN && a.notified == NEVER_NOTIFIED
        ? (a.miniport == 1 ? NTF_03 : NTF_01) : UNB_24;

    predicate is_first_of_client(struct core c, integer client, integer i) =
      0 <= i < MAX_AF && c.af[i].client == client && !client_done(c.af[i]) &&
      (\forall integer k; 0 <= k < i && c.af[k].client == client ==> client_done(c.af[k]));

    predicate is_first_of_manager(struct core c, integer i) =
      0 <= i < MAX_AF && !manager_done(c.af[i]) &&
      (\forall integer k; 0 <= k < i ==> manager_done(c.af[k]));

    predicate client_duty_is_named(struct core c, integer client, integer answer) =
      \forall integer i; is_first_of_client(c, client, i) ==> answer == client_duty_of(c.af[i]);

    predicate manager_duty_is_named(struct core c, integer answer) =
      \forall integer i; is_first_of_manager(c, i) ==> answer == manager_duty_of(c.af[i]);

    predicate duty_is_named(struct core c, integer slot, integer answer) =
      slot == MANAGER_BINDING ? manager_duty_is_named(c, answer)
                              : client_duty_is_named(c, slot, answer);
*/

/* What still hangs on a binding, or on the call manager's (UNB-23, UNB-24). */
/*@ LOOKS_AT(c)
    ensures names_it: duty_is_named(*c, slot, \result);
    ensures no_duty: \result == CONFORMING <==> no_duty(*c, slot); */
enum requirement core_duty(const struct core *c, uint32_t slot);

/*@ // What the call of an open is answered; the events that tell the client how one ended.
    predicate tells_the_client(integer kind) =
      kind == RETURN_OPEN_AF || kind == OPEN_AF_DELIVER || kind == OPEN_AF_OWN;

    predicate is_of_a_client(struct event e) =
      e.object.slot < MAX_AF && MANAGER_BINDING < e.on.slot < MAX_BINDING;

    predicate begin_answers(struct core c, struct event e, integer answer) =
      !is_of_a_client(e) ? answer == NOT_AN_EVENT :
      c.af[e.object.slot].client_context != 0 ? answer == AF_OP_24 :
      !af_slot_is_free(c.af[e.object.slot]) ||
        e.object.generation != c.af[e.object.slot].generation + 1 ? answer == AF_OP_03 :
      c.binding[e.on.slot].generation != e.on.generation ||
        c.binding[e.on.slot].adapter != ADAPTER_OPEN ? answer == CAD_12 :
      nothing_opens(c, e.on.slot) ? answer == CONFORMING : answer == AF_OP_08;

    // An open goes on where it has begun; its return says again on which binding.
    predicate goes_on_there(struct core c, struct event e) =
      c.af[e.object.slot].client < MAX_BINDING &&
      (e.kind == RETURN_OPEN_AF ==> e.on.slot == c.af[e.object.slot].client &&
         e.on.generation == c.binding[e.on.slot].generation);

    predicate go_on_answers(struct core c, struct event e, integer answer) =
      goes_on_there(c, e) ?
        (\forall struct association s;
           is_association(c, c.af[e.object.slot].client, s) ==>
           (answer == CONFORMING <==> opening_accepts(c.af[e.object.slot], s, e))) :
        answer == AF_OP_03;
*/

/*@ // The AF whose handle an event carries; one of nothing, if it has died.
    predicate is_no_af(struct address_family a) =
      a.phase == AF_FREE && a.client == 0 && a.miniport == 0 && a.resources == 0 &&
      a.client_context == 0 && a.manager_context == 0 && a.notification == NOTIFICATION_NONE;

    predicate is_live_af(struct core c, struct handle h, struct address_family a) =
      h.slot < MAX_AF && c.af[h.slot].generation == h.generation ? a == c.af[h.slot]
                                                                 : is_no_af(a);
*/

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
    ensures AF_CM_15: is_manager_event(e.kind) && !af_handle_live(\old(*c), e.object) ==>
      \result == AF_CM_15;
    ensures AF_CL_01: !is_manager_event(e.kind) && !af_handle_live(\old(*c), e.object) ==>
      \result == AF_CL_01;
    ensures AF_OP_05: e.kind == CALL_CLOSE_AF && af_handle_live(\old(*c), e.object) &&
      !client_has_handle(\old(*c).af[e.object.slot]) ==> \result == AF_OP_05;
    ensures AF_CL_03: e.kind == CALL_CLOSE_AF && af_handle_live(\old(*c), e.object) &&
      client_has_handle(\old(*c).af[e.object.slot]) &&
      !client_may_close(\old(*c).af[e.object.slot]) ==> \result == AF_CL_03;
    ensures AF_CM_20_NTF_24_completed_once: \result == CONFORMING ==>
      completed_once(\old(*c).af[e.object.slot], c->af[e.object.slot], e);
    ensures accepted_exactly: \result == CONFORMING <==>
      af_handle_live(\old(*c), e.object) && objects_permit(\old(*c), e) &&
      af_accepts(\old(*c).af[e.object.slot], \old(*c).readings, e); */
enum requirement core_af_event(struct core *c, struct event e);

/*@ predicate is_stack_event(integer kind) = FIRST_OF_stack <= kind <= LAST_OF_stack;
    predicate concerns_all_bindings(integer kind) =
      kind == REMOVE_ADAPTER || kind == CALL_CM_REGISTER_AF || kind == CALL_MCM_REGISTER_AF;
*/

/*@ // A call that began on a binding may end when it is unbound (UNB-22, PNP-05).
    predicate knows_the_handle(struct core c, struct event e) =
      e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE
        ? e.object.slot < MAX_BINDING &&
          e.object.generation == c.binding[e.object.slot].generation + 1
        : binding_handle_live(c, e.object) ||
          ((e.kind == RETURN_UNBIND_ADAPTER || e.kind == RETURN_RECEIVE) &&
           e.object.slot < MAX_BINDING &&
           e.object.generation == c.binding[e.object.slot].generation);

    // The stack moves when all bindings are paused, or all clients' unbound (PNP-10).
    predicate is_paused(struct binding b) =
      b.phase == BOUND && b.miniport == 0 ==> binding_state(b) == BINDING_PAUSED;

    predicate all_paused(struct core c) =
      \forall integer i; 0 <= i < MAX_BINDING ==> is_paused(c.binding[i]);

    predicate no_client_is_bound(struct core c) =
      \forall integer i; 1 <= i < MAX_BINDING ==> binding_state(c.binding[i]) == BINDING_UNBOUND;

    predicate stack_answers(struct core c, struct event e, integer answer) =
      \forall integer paused, unbound;
        (paused == 0 || paused == 1) && (unbound == 0 || unbound == 1) &&
        (paused == 1 <==> all_paused(c)) && (unbound == 1 <==> no_client_is_bound(c)) ==>
        answer == stack_breaks(c.stack, e.kind, paused, unbound);

    logic struct stack after_stack_event(struct stack s, integer kind) =
      kind == RESET_MINIPORT ? {s \with .resetting = (uint8_t)1} :
      kind == RESET_END ? {s \with .resetting = (uint8_t)0} :
      s.level == STACK_NOT_TRACED && kind != RESTART_MINIPORT ? s
        : {s \with .level = (uint8_t)stack_reached(kind)};

    // NDIS answers the registration of an AF: the first is the call manager's.
    logic integer registration_breaks(struct core c, struct event e) =
      e.object.slot == MANAGER_BINDING ? (e.status == SUCCESS ? CONFORMING : REG_04) :
      e.status != SUCCESS ? CONFORMING :
      c.binding[MANAGER_BINDING].registered == 1 ? REG_05 : REG_04;

    // An MCM halts with nothing outstanding, and ends it with nothing held (HLT-02, HLT-06).
    predicate keeps_no_halt(struct binding b, integer kind) =
      (kind == ENTER_HALT ==> !(b.sends + b.requests > 0)) &&
      (kind == LEAVE_HALT ==> b.pnp.held == 0);

    predicate halt_permits(struct core c, struct event e) =
      c.stack.level != STACK_NOT_TRACED ==>
      (\forall integer i; 1 <= i < MAX_BINDING ==> keeps_no_halt(c.binding[i], e.kind));

    // The adapter goes when nothing hangs on it (UNB-23, UNB-24, CAD-11).
    predicate ends_its_adapter(struct event e) =
      e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT ||
      (e.kind == LEAVE_INITIALIZE && e.status != SUCCESS);

    predicate adapter_end_answers(struct core c, integer slot, integer answer) =
      request_is_out(c.to_miniport[slot]) ? answer == CAD_11 :
      (answer == CONFORMING <==> no_duty(c, slot)) && duty_is_named(c, slot, answer);

    predicate step_is_accepted(struct core c, struct event e) =
      binding_accepts(c.binding[e.object.slot], c.readings, c.stack,
        e.object.slot == MANAGER_BINDING ? 1 : 0,
        c.binding[MANAGER_BINDING].miniport == 1 &&
          c.binding[MANAGER_BINDING].phase != BOUND ? 1 : 0, e);

    predicate one_binding_accepts(struct core c, struct event e) =
      step_is_accepted(c, e) && halt_permits(c, e) &&
      (ends_its_adapter(e) ==> no_duty(c, e.object.slot) &&
         !request_is_out(c.to_miniport[e.object.slot]));

    predicate one_binding_names(struct core c, struct event e, integer answer) =
      step_is_accepted(c, e) ==>
      (!halt_permits(c, e) ? answer == (e.kind == ENTER_HALT ? HLT_02 : HLT_06) :
       ends_its_adapter(e) ==> adapter_end_answers(c, e.object.slot, answer));

    // The call manager does; another driver only asks, and is refused (REG-04, REG-05).
    predicate registers_the_af(struct event e) = e.object.slot == MANAGER_BINDING &&
      (e.kind == CALL_CM_REGISTER_AF || e.kind == CALL_MCM_REGISTER_AF);

    // A client that is bound when the AF is registered already is offered it (REG-12).
    predicate is_offered(struct core old, struct core new, struct event e) =
      (e.kind == LEAVE_BIND || e.kind == BIND_COMPLETE) && e.object.slot != MANAGER_BINDING &&
      old.binding[e.object.slot].phase == BINDING &&
      new.binding[e.object.slot].phase == BOUND &&
      old.binding[MANAGER_BINDING].registered == 1
        ? new.binding[e.object.slot].offer_owed == 1
        : new.binding[e.object.slot].offer_owed <= old.binding[e.object.slot].offer_owed;

    predicate offered_to_all(struct core old, struct core new) =
      \forall integer i; 1 <= i < MAX_BINDING ==>
        new.binding[i] == (old.binding[i].phase == BOUND
          ? {old.binding[i] \with .offer_owed = (uint8_t)1} : old.binding[i]);

    predicate unbind_owed_by_all(struct core old, struct core new) =
      \forall integer i; 0 <= i < MAX_BINDING ==>
        new.binding[i] == (old.binding[i].phase == BOUND
          ? {old.binding[i] \with .unbind_owed = (uint8_t)1} : old.binding[i]);

    predicate binding_event_answers(struct core c, struct event e, integer answer) =
      is_stack_event(e.kind) ? stack_answers(c, e, answer) :
      !knows_the_handle(c, e) ? answer == CAD_02 :
      e.kind == REMOVE_ADAPTER ? answer == CONFORMING :
      e.kind == REGISTER_AF_RETURN || e.kind == REGISTER_AF_MCM_RETURN
        ? answer == registration_breaks(c, e)
        : (answer == CONFORMING <==> one_binding_accepts(c, e));

    predicate binding_event_changes(struct core old, struct core new, struct event e) =
      is_stack_event(e.kind) ? new.stack == after_stack_event(old.stack, e.kind) :
      e.kind == REMOVE_ADAPTER ? unbind_owed_by_all(old, new) :
      registers_the_af(e) ? offered_to_all(old, new) :
      e.kind == REGISTER_AF_RETURN || e.kind == REGISTER_AF_MCM_RETURN
        ? new.binding == old.binding :
        is_offered(old, new, e) &&
        binding_moves_on(old.binding[e.object.slot], new.binding[e.object.slot], e);
*/

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
    ensures CAD_02: is_binding_event(e.kind) && e.kind != ENTER_BIND &&
      e.kind != ENTER_INITIALIZE && !binding_handle_live(\old(*c), e.object) ==>
      \result == CAD_02;
    ensures CAD_02_a_bind_gives_a_new_generation:
      (e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE) && \result == CONFORMING ==>
      e.object.slot < MAX_BINDING &&
      e.object.generation == \old(*c).binding[e.object.slot].generation + 1;
    ensures CAD_12: (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&
      binding_handle_live(\old(*c), e.object) &&
      !binding_may_use(\old(*c).binding[e.object.slot]) ==> \result != CONFORMING &&
      (\old(*c).binding[e.object.slot].miniport == 1 ==> \result == CAD_12);
    ensures BND_14_names_it: binding_event_answers(\old(*c), e, \result);
    ensures UNB_01_REG_12_changes: \result == CONFORMING ==>
      binding_event_changes(\old(*c), *c, e);
    ensures UNB_23_UNB_24: (e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT) &&
      \result == CONFORMING ==> no_duty(\old(*c), e.object.slot); */
enum requirement core_binding_event(struct core *c, struct event e);

/* The right to use an AF (AF-CL-01, AF-CL-02, AF-CL-27, AF-OP-05). */
/*@ predicate may_use_af(struct core c, struct handle af) =
      af_handle_live(c, af) && client_may_use(c.af[af.slot]) &&
      nothing_opens(c, c.af[af.slot].client);
*/

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

/*@ // Whose handle a stale one is depends on who passed it.
    logic integer stale_sap_breaks(integer kind) =
      kind == SAP_REGISTER_ENTER || kind == SAP_REGISTER_LEAVE ||
      kind == SAP_REGISTER_COMPLETE || kind == SAP_REGISTER_MCM_COMPLETE ||
      kind == SAP_DEREGISTER_ENTER || kind == SAP_DEREGISTER_LEAVE ||
      kind == SAP_DEREGISTER_COMPLETE || kind == SAP_DEREGISTER_MCM_COMPLETE ||
      kind == FREE_CALL_MGR_SAP_CONTEXT
        ? SAP_11 : SAP_07;

    // What the handles of an event break, before the SAP is asked.
    logic integer sap_handles_break(struct core c, struct event e) =
      e.object.slot >= MAX_SAP ? stale_sap_breaks(e.kind) :
      e.kind == SAP_REGISTER_CALL ?
        (e.object.generation == c.sap[e.object.slot].generation + 1 ? CONFORMING : SAP_02) :
      e.object.generation == 0 || c.sap[e.object.slot].generation != e.object.generation ?
        stale_sap_breaks(e.kind) :
      e.on == c.sap[e.object.slot].af ? CONFORMING : NOT_AN_EVENT;

    predicate sap_event_accepted(struct core c, struct event e) =
      sap_handles_break(c, e) == CONFORMING &&
      (e.kind == SAP_REGISTER_CALL ==> may_use_af(c, e.on)) &&
      (\forall struct address_family a; is_live_af(c, e.on, a) ==>
         sap_accepts(c.sap[e.object.slot], a, c.readings, e));
*/

/*@ STEP_OF_TABLE(only_sap)
    ensures SAP_02_SAP_07_SAP_11_handles: sap_handles_break(\old(*c), e) != CONFORMING ==>
      \result == sap_handles_break(\old(*c), e);
    ensures SAP_07_accepted_exactly: \result == CONFORMING <==>
      sap_event_accepted(\old(*c), e);
    ensures SAP_07_stale_handle: e.kind != SAP_REGISTER_CALL &&
      !sap_handle_live(\old(*c), e.object) ==> \result == SAP_07 || \result == SAP_11;
    ensures SAP_02_a_registration_gives_a_new_generation:
      e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      e.object.slot < MAX_SAP && sap_is_free(\old(*c).sap[e.object.slot]) &&
      e.object.generation == \old(*c).sap[e.object.slot].generation + 1 &&
      c->sap[e.object.slot].af == e.on;
    ensures AF_CL_01: e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      af_handle_live(\old(*c), e.on) && client_may_use(\old(*c).af[e.on.slot]);
    ensures AF_CL_02: e.kind == SAP_REGISTER_CALL && is_next_sap(\old(*c), e.object) &&
      af_handle_live(\old(*c), e.on) && \old(*c).af[e.on.slot].phase == AF_CLOSED ==>
      \result == AF_CL_02;
    ensures AF_CL_27: e.kind == SAP_REGISTER_CALL && is_next_sap(\old(*c), e.object) &&
      af_handle_live(\old(*c), e.on) && \old(*c).af[e.on.slot].phase == AF_CLOSING ==>
      \result == AF_CL_27;
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

    // The party for which a call is not closed, and why.
    predicate is_first_party_left(struct core c, struct handle vc, integer i) =
      0 <= i < MAX_PARTY && c.party[i].vc == vc && c.party[i].phase != PARTY_FREE &&
      (\forall integer k; 0 <= k < i && c.party[k].vc == vc ==>
         c.party[k].phase == PARTY_FREE);

    logic integer party_left_breaks(struct party p, integer notified) =
      p.remote_drop != 0 ? PTY_10 : notified != 0 ? NTF_18 : CALL_12;
*/

/*@ // Who begins something on an AF has the right to it (AF-CM-15, AF-CM-16).
    predicate begins_on_af(integer kind) = row_begins_vc(kind) ||
      kind == VC_CREATE_BY_CLIENT_ENTER || kind == VC_MAKE_CALL_CALL ||
      kind == VC_INCOMING_CALL_CALL || kind == VC_INCOMING_CALL_MCM_CALL;

    predicate may_begin_on_af(struct core c, struct event e) =
      e.kind == VC_CREATE_BY_CLIENT_CALL || e.kind == VC_MAKE_CALL_CALL
        ? may_use_af(c, e.on)
        : af_handle_live(c, e.on) && c.af[e.on.slot].resources == 1;

    predicate a_sap_is(struct core c, struct handle af, integer phase) =
      \exists integer i; 0 <= i < MAX_SAP && c.sap[i].af == af && c.sap[i].phase == phase;

    predicate no_sap_is_traced(struct core c) =
      \forall integer i; 0 <= i < MAX_SAP ==> c.sap[i].generation == 0;

    predicate saps_decide(struct core old, struct vc new, struct event e, integer answer) =
      (a_sap_is(old, e.on, SAP_REGISTERED) || no_sap_is_traced(old)
         ? sap_decides_call(new, 1, e, answer) : sap_decides_call(new, 0, e, answer)) &&
      (!row_of_other_manager(e.kind, old.af[e.on.slot]) ==>
        (a_sap_is(old, e.on, SAP_DEREGISTERING)
           ? sap_decides_deactivation(old.vc[e.object.slot], 1, e, answer)
           : sap_decides_deactivation(old.vc[e.object.slot], 0, e, answer)));

    // What the handles of an event break, before the VC is asked.
    logic integer vc_handles_break(struct core c, struct event e) =
      e.object.slot >= MAX_VC ? VC_12 :
      e.kind == VC_CREATE_BY_CLIENT_CALL || e.kind == VC_CREATE_BY_MANAGER_CALL ||
      e.kind == VC_CREATE_BY_MANAGER_MCM_CALL ?
        (e.object.generation == c.vc[e.object.slot].generation + 1 ? CONFORMING : VC_01) :
      e.object.generation == 0 || c.vc[e.object.slot].generation != e.object.generation ? VC_12 :
      e.on == c.vc[e.object.slot].af ? CONFORMING : NOT_AN_EVENT;

    // What the other tables ask of the event, and what the VC itself.
    predicate others_accept_vc_event(struct core c, struct event e) =
      vc_handles_break(c, e) == CONFORMING &&
      (begins_on_af(e.kind) ==> may_begin_on_af(c, e)) &&
      (e.kind == VC_CLOSE_CALL_CALL ==> no_party_left(c, e.object));

    predicate vc_accepts_event(struct core c, struct event e) =
      vc_accepts(c.vc[e.object.slot], c.af[e.on.slot], c.readings, e);
*/

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

/*@ // Whose handle a stale one is depends on who passed it.
    logic integer stale_party_breaks(integer kind) =
      kind == PARTY_ADD_CALL || kind == PARTY_ADD_RETURN || kind == PARTY_ADD_DELIVER ||
      kind == PARTY_ADD_OWN || kind == PARTY_DROP_CALL || kind == PARTY_DROP_RETURN ||
      kind == PARTY_DROP_DELIVER || kind == PARTY_DROP_OWN ||
      kind == PARTY_INCOMING_DROP_ENTER || kind == FREE_CLIENT_PARTY_CONTEXT
        ? PTY_02 : PTY_08;

    // What the handles of an event break, before the party is asked.
    logic integer party_handles_break(struct core c, struct event e) =
      e.object.slot >= MAX_PARTY ? stale_party_breaks(e.kind) :
      e.kind == PARTY_ADD_CALL ?
        (e.object.generation != c.party[e.object.slot].generation + 1 ? PTY_12 :
         e.on.slot < MAX_VC && c.vc[e.on.slot].generation == e.on.generation
           ? CONFORMING : VC_12) :
      e.object.generation == 0 || c.party[e.object.slot].generation != e.object.generation ?
        stale_party_breaks(e.kind) :
      e.on == c.party[e.object.slot].vc ? CONFORMING : NOT_AN_EVENT;

    logic uint8_t is_on_a_call(struct core c, struct handle vc) =
      (uint8_t)(vc.slot < MAX_VC && c.vc[vc.slot].call == CALL_CONNECTED ? 1 : 0);

    predicate party_event_accepted(struct core c, struct event e) =
      party_handles_break(c, e) == CONFORMING &&
      party_accepts(c.party[e.object.slot], is_on_a_call(c, e.on),
                    c.binding[MANAGER_BINDING].miniport, c.readings, e);
*/

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

/*@ // A context that a request needs is not freed before, but under AMB-02 c and AMB-09 a.
    predicate contexts_outlive_requests(struct readings r) =
      r.amb_02 != 'c' && r.amb_09 != 'a';

    logic uint8_t binding_is_closing(struct core c, struct address_family af) =
      (uint8_t)(c.binding[MANAGER_BINDING].phase == UNBINDING ||
        (af.client < MAX_BINDING && c.binding[af.client].phase == UNBINDING) ? 1 : 0);

    logic integer request_to_live_af_breaks(integer phase, integer kind) =
      phase != AF_FREE ? CONFORMING : kind == REQUEST_BY_CLIENT_CALL ? AF_CL_01 : AF_CM_15;

    // A request that is made is kept, and one that is completed is owed no completion.
    predicate request_moves_on(struct request old, struct request new, struct event e) =
      (is_request_call(e.kind) ==> new.generation == old.generation + 1 && new.in_memory == 1 &&
         new.kind == request_kind_of(e.kind)) &&
      (is_request_complete(e.kind) ==>
         completion_is_owed(old.operation) && !completion_is_owed(new.operation));

    // What the handles of an event break, before the request is asked.
    logic integer request_handles_break(struct core c, struct event e,
                                        struct address_family af) =
      e.object.slot >= MAX_REQUEST ? OID_04 :
      request_step_of(e.kind) == MADE ?
        (e.object.generation == c.request[e.object.slot].generation + 1
          ? request_to_live_af_breaks(af.phase, e.kind) : OID_04) :
      e.object.generation == 0 ||
        c.request[e.object.slot].generation != e.object.generation ? OID_04 :
      e.on == c.request[e.object.slot].on ? CONFORMING : NOT_AN_EVENT;

    logic integer af_close_handles_break(struct core c, struct event e) =
      e.object.slot >= MAX_AF || c.af[e.object.slot].phase == AF_FREE ||
        c.af[e.object.slot].generation != e.object.generation ? AF_CM_15 :
      request_step_of(e.kind) == MADE || c.af_close[e.object.slot].on == e.object
        ? CONFORMING : OID_04;

    logic integer to_miniport_handles_break(struct core c, struct event e) =
      e.object.slot >= MAX_BINDING || c.binding[e.object.slot].phase == UNBOUND ||
        c.binding[e.object.slot].generation != e.object.generation ? CAD_02 :
      request_step_of(e.kind) == MADE || c.to_miniport[e.object.slot].on == e.object
        ? CONFORMING : OID_04;

    predicate request_event_accepted(struct core c, struct event e, struct address_family af) =
      request_handles_break(c, e, af) == CONFORMING &&
      (e.kind == REQUEST_BY_CLIENT_CALL ==> may_use_af(c, e.on)) &&
      request_accepts(c.request[e.object.slot], af, c.binding[MANAGER_BINDING],
                      binding_is_closing(c, af), c.stack.resetting, c.readings, e);

    predicate af_close_event_accepted(struct core c, struct event e) =
      af_close_handles_break(c, e) == CONFORMING &&
      request_accepts(c.af_close[e.object.slot], c.af[e.object.slot],
                      c.binding[MANAGER_BINDING], binding_is_closing(c, c.af[e.object.slot]),
                      c.stack.resetting, c.readings, e);

    // The request to the miniport is on no AF; none is the same as any other.
    predicate to_miniport_event_accepted(struct core c, struct event e,
                                         struct address_family none) =
      to_miniport_handles_break(c, e) == CONFORMING &&
      request_accepts(c.to_miniport[e.object.slot], none, c.binding[e.object.slot], (uint8_t)0,
                      c.stack.resetting, c.readings, e);
*/

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

/*@ // Which events the tables of objects accept, each of its own.
    predicate objects_judge(struct core old, struct event e, integer answer) =
      (is_sap_event(e.kind) ==> (answer == CONFORMING <==> sap_event_accepted(old, e))) &&
      (is_vc_event(e.kind) ==>
         (answer == CONFORMING ==> others_accept_vc_event(old, e)) &&
         (e.on.slot < MAX_AF && others_accept_vc_event(old, e) ==>
            (answer == CONFORMING <==> vc_accepts_event(old, e)))) &&
      (is_party_event(e.kind) ==> (answer == CONFORMING <==> party_event_accepted(old, e))) &&
      (request_kind_of(e.kind) == BY_CLIENT || request_kind_of(e.kind) == BY_MANAGER ==>
         (\forall struct address_family a; is_live_af(old, e.on, a) ==>
            (answer == CONFORMING <==> request_event_accepted(old, e, a)))) &&
      (request_kind_of(e.kind) == AF_CLOSE ==>
         (answer == CONFORMING <==> af_close_event_accepted(old, e))) &&
      (request_kind_of(e.kind) == TO_MINIPORT ==>
         (\forall struct address_family a; is_no_af(a) ==>
            (answer == CONFORMING <==> to_miniport_event_accepted(old, e, a))));
*/

#endif
