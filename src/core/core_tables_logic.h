/* core_tables_logic.h - the words of the contracts of core_tables.h. */
#ifndef CLOSEAF_CORE_TABLES_LOGIC_H
#define CLOSEAF_CORE_TABLES_LOGIC_H

/*@ // Which duty it is, of the first AF that one is left of (AF-CL-15, AF-CL-16, NTF-01, NTF-03).
    logic integer client_duty_of(struct address_family a) =
      a.opening.caller != CALLER_NONE ? UNB_23 : a.phase == AF_OPEN ? AF_CL_15 :
      a.phase == AF_CLOSED || a.phase == AF_FAILED ? AF_CL_16 : UNB_23;

    logic integer manager_duty_of(struct address_family a) =
      a.phase == AF_OPEN && a.notified == NEVER_NOTIFIED
        ? (a.miniport == 1 ? NTF_03 : NTF_01) : UNB_24;

    predicate is_first_of_client(struct core c, integer client, integer i) =
      0 <= i < MAX_AF && c.af[i].client == client && !client_is_done(c.af[i]) &&
      (\forall integer k; 0 <= k < i && c.af[k].client == client ==> client_is_done(c.af[k]));

    predicate is_first_of_manager(struct core c, integer i) =
      0 <= i < MAX_AF && !manager_is_done(c.af[i]) &&
      (\forall integer k; 0 <= k < i ==> manager_is_done(c.af[k]));

    predicate client_duty_is_named(struct core c, integer client, integer answer) =
      \forall integer i; is_first_of_client(c, client, i) ==> answer == client_duty_of(c.af[i]);

    predicate manager_duty_is_named(struct core c, integer answer) =
      \forall integer i; is_first_of_manager(c, i) ==> answer == manager_duty_of(c.af[i]);

    predicate duty_is_named(struct core c, integer slot, integer answer) =
      slot == MANAGER_BINDING ? manager_duty_is_named(c, answer)
                              : client_duty_is_named(c, slot, answer);
*/

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

/*@ predicate may_use_af(struct core c, struct handle af) =
      af_handle_live(c, af) && client_may_use(c.af[af.slot]) &&
      nothing_opens(c, c.af[af.slot].client);
*/

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
