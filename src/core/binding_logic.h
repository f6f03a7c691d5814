/* binding_logic.h - the words of the contracts of binding.h. Each speaks of one
 * record, by value. */
#ifndef CLOSEAF_BINDING_LOGIC_H
#define CLOSEAF_BINDING_LOGIC_H

/*@ // The right to use the binding handle: from the open to the close (CAD-12).
    predicate binding_may_use(struct binding b) = b.adapter == ADAPTER_OPEN;

    // Closed, or unbound: this handle value is never valid again.
    predicate binding_dead(struct binding b) =
      b.phase == UNBOUND || b.adapter > ADAPTER_OPEN;

    // NDIS has told the driver that the adapter is closed (CAD-06, UNB-08).
    predicate adapter_close_told(struct binding b) =
      b.adapter == ADAPTER_CLOSED || b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE;

    predicate unbind_is_over(struct binding b) =
      b.phase == UNBIND_PENDED && b.unbind_completed == 1 &&
      b.adapter == ADAPTER_CLOSED && b.context == 0;

    // The state of the table (BND-01); an MCM's adapter is no binding. The record outlives
    // a failed bind until the handler returns, and under AMB-30 b an unbind until the
    // context is freed.
    logic integer binding_state(struct binding b) =
      b.miniport == 1 || b.phase == UNBOUND ||
        (b.phase == BINDING && b.pnp.bind == BIND_COMPLETED_INSIDE) ||
        (b.phase == UNBIND_PENDED && b.unbind_completed == 1 && b.adapter == ADAPTER_CLOSED)
        ? BINDING_UNBOUND :
      b.phase == BINDING ? BINDING_OPENING :
      b.phase == BOUND ? b.pnp.bound_state : BINDING_CLOSING;

    // Where AFs may be alive: whatever else happens, only the close of the adapter, or the
    // end of an MCM's halt, leads out of there (UNB-23, UNB-24).
    predicate may_have_afs(struct binding b) =
      b.miniport == 1 ? b.phase == BOUND || b.phase == UNBINDING : b.adapter == ADAPTER_OPEN;

    // All but pnp stays.
    logic struct binding with_pnp(struct binding b, struct plug_and_play p) =
      {b \with .pnp = p};

    // What the end of an unbind, or of a failed bind, leaves of the record.
    logic struct binding forgotten(struct binding b) =
      {b \with .phase = (uint8_t)UNBOUND, .adapter = (uint8_t)ADAPTER_NONE,
        .unbind_owed = (uint8_t)0, .unbind_completed = (uint8_t)0,
        .registered = (uint8_t)0, .offer_owed = (uint8_t)0};

    predicate flags_are_flags(struct binding b) =
      b.miniport <= 1 && b.unbind_owed <= 1 && b.unbind_completed <= 1 &&
      b.context <= 1 && b.registered <= 1 && b.offer_owed <= 1;

    // UNB-08: while the adapter is open the context is allocated; CAD-10, CAD-11.
    predicate adapter_is_consistent(struct binding b) =
      b.adapter <= ADAPTER_CLOSED &&
      (b.adapter != ADAPTER_NONE ==> b.phase != UNBOUND && b.miniport == 0) &&
      (b.adapter == ADAPTER_NONE && b.miniport == 0 ==>
         b.phase == UNBOUND || b.phase == BINDING) &&
      (b.adapter != ADAPTER_NONE && !adapter_close_told(b) ==> b.context == 1) &&
      (b.adapter != ADAPTER_OPEN ==> b.sends == 0 && b.requests == 0);

    // While the open pends, the bind is not over and its context is allocated (BND-27);
    // of a bind that has failed nothing is left but the return of the handler.
    predicate pnp_is_consistent(struct binding b) =
      plug_and_play_invariant(b.pnp) &&
      (b.miniport == 1 ==> b.pnp.opening == OPEN_OVER && b.pnp.bind == BIND_OVER) &&
      (open_is_pending(b.pnp) ==>
         b.phase == BINDING && b.adapter == ADAPTER_NONE && b.context == 1) &&
      (b.phase == BINDING && b.pnp.bind == BIND_COMPLETED_INSIDE ==>
         b.context == 0 && b.registered == 0 && b.adapter != ADAPTER_OPEN) &&
      (b.phase != UNBOUND ==> BINDING_OPENING <= b.pnp.bound_state);

    predicate binding_invariant(struct binding b) =
      b.phase <= UNBIND_PENDED && flags_are_flags(b) && adapter_is_consistent(b) &&
      pnp_is_consistent(b) &&
      (b.generation == 0 ==> b.phase == UNBOUND) &&
      (b.phase == UNBOUND ==> b.context == 0) &&
      (b.phase == BOUND && b.miniport == 0 ==> b.adapter == ADAPTER_OPEN) &&
      (b.phase == UNBIND_PENDED ==> b.miniport == 0) &&
      (b.unbind_owed == 1 ==> b.phase != UNBOUND && b.phase != BINDING) &&
      (b.unbind_completed == 1 ==>
         (b.phase == UNBINDING || b.phase == UNBIND_PENDED) && b.miniport == 0) &&
      (b.registered == 1 ==> b.phase == BINDING || b.phase == BOUND) &&
      (b.offer_owed == 1 ==> b.phase == BOUND) &&
      !unbind_is_over(b);

    // Generations never decrease; within one, what is dead or freed stays so.
    predicate binding_evolves(struct binding old, struct binding new) =
      new.generation >= old.generation &&
      (new.generation == old.generation ==>
         (binding_dead(old) ==> binding_dead(new)) &&
         (old.phase == UNBOUND ==> new.phase == UNBOUND) &&
         new.miniport == old.miniport && plug_and_play_evolves(old.pnp, new.pnp));
*/

/*@ logic struct plug_and_play new_plug_and_play(struct plug_and_play p, integer bind) =
      {p \with .bound_state = (uint8_t)BINDING_PAUSED,
        .opening = (uint8_t)OPEN_OVER, .open_failed = (uint8_t)NO_STATUS,
        .open_parameters = (uint8_t)0, .bind = (uint8_t)bind,
        .bind_thread = (uint8_t)0, .event = (uint16_t)NO_EVENT,
        .event_phase = (uint8_t)EVENT_OVER, .restarted = (uint8_t)0,
        .low_power = (uint8_t)0, .filter = (uint8_t)0, .offloads = (uint8_t)0,
        .held = (uint16_t)0, .unbind_call = (uint8_t)UNBIND_CALL_NONE,
        .unbind_caller = (uint8_t)0, .given_up = (uint8_t)0,
        .close_thread = (uint8_t)0};

    logic struct binding with_opening(struct binding b, integer opening) =
      {b \with .pnp = {b.pnp \with .opening = (uint8_t)opening}};
    logic struct binding open_answered(struct binding b, integer status) =
      status == SUCCESS ? {b \with .adapter = (uint8_t)ADAPTER_OPEN}
        : {b \with .pnp = {b.pnp \with .open_failed = (uint8_t)status}};
    logic struct binding with_bind(struct binding b, integer bind) =
      {b \with .pnp = {b.pnp \with .bind = (uint8_t)bind}};
    logic integer completed_bind(integer bind) =
      bind == BIND_INSIDE ? BIND_COMPLETED_INSIDE : BIND_OVER;
    logic struct binding unbind_call_over(struct binding b) =
      {b \with .pnp = {b.pnp \with .unbind_call = (uint8_t)UNBIND_CALL_NONE,
        .given_up = (uint8_t)(b.phase != UNBOUND ? 1 : b.pnp.given_up)}};

    logic struct binding without_context(struct binding b) =
      {b \with .context = (uint8_t)0};
    logic struct binding completed(struct binding b) =
      {b \with .unbind_completed = (uint8_t)1};
    logic struct binding pended(struct binding b) =
      {b \with .phase = (uint8_t)UNBIND_PENDED};

    // The thread is still in ProtocolBindAdapterEx.
    predicate in_bind_handler(struct binding b, integer thread) =
      b.pnp.bind == BIND_INSIDE && b.pnp.bind_thread == thread;

    // NdisUnbindAdapter has made a bind that pends count as bound (AMB-31 ii).
    predicate bind_was_taken_over(struct binding b) =
      b.phase == BOUND && (b.pnp.bind == BIND_INSIDE || b.pnp.bind == BIND_PENDED);
*/

/* Each of these names what an event breaks, the first of several, or is CONFORMING. */
/*@ // A bind ends, in the handler or with NdisCompleteBindAdapterEx.
    logic integer end_bind_breaks(struct binding b, integer must_register, integer status) =
      status == SUCCESS ?
        (binding_state(b) != BINDING_OPENING ? BND_04 :
         b.pnp.opening == OPEN_INSIDE || b.pnp.opening == OPEN_PENDED ? BND_16 :
         b.adapter != ADAPTER_OPEN ? CAD_09 :
         must_register != 0 && b.registered == 0 ? REG_11 : CONFORMING) :
      binding_state(b) != BINDING_OPENING ? BND_03 :
      b.pnp.open_failed != NO_STATUS &&
        (b.context != 0 || status != b.pnp.open_failed) ? BND_19 :
      b.adapter == ADAPTER_OPEN ? BND_22 :
      b.adapter != ADAPTER_NONE && b.adapter != ADAPTER_CLOSED ? CAD_19 :
      b.context != 0 ? BND_21 : CONFORMING;

    logic integer leave_bind_breaks(struct binding b, integer miniport,
                                    integer must_register, integer status) =
      b.miniport != miniport ? BND_02 :
      status == PENDING ?
        (b.pnp.bind == BIND_INSIDE || b.pnp.bind == BIND_COMPLETED_INSIDE ? CONFORMING
                                                                          : BND_20) :
      b.phase != BINDING ? BND_02 :
      status == NO_STATUS ? NOT_AN_EVENT :
      end_bind_breaks(b, must_register, status) != CONFORMING ?
        end_bind_breaks(b, must_register, status) :
      b.pnp.bind != BIND_INSIDE ? BND_20 : CONFORMING;

    logic integer complete_bind_breaks(struct binding b, integer must_register,
                                       integer status) =
      b.miniport == 1 ? BND_20 :
      status == NO_STATUS || status == PENDING ? NOT_AN_EVENT :
      binding_state(b) == BINDING_CLOSING && b.context != 0 ? BND_21 :
      binding_state(b) != BINDING_CLOSING &&
        end_bind_breaks(b, must_register, status) != CONFORMING ?
        end_bind_breaks(b, must_register, status) :
      b.pnp.bind != BIND_INSIDE && b.pnp.bind != BIND_PENDED ? BND_20 : CONFORMING;

    // What the binding handle is needed for: not in ProtocolCloseAdapterCompleteEx
    // (CAD-15), nor behind NdisUnbindAdapter, but in the unbind handler (AMB-31 b).
    logic integer handle_breaks(struct binding b, integer thread) =
      (b.adapter == ADAPTER_CLOSED || b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) &&
        b.pnp.close_thread == thread ? CAD_15 :
      b.pnp.given_up == 1 && !(b.phase == UNBINDING && b.unbind_thread == thread) ? UNB_20 :
      CONFORMING;

    logic integer send_breaks(struct binding b, integer thread) =
      b.miniport == 1 ? CAD_12 :
      handle_breaks(b, thread) != CONFORMING ? handle_breaks(b, thread) :
      b.adapter > ADAPTER_OPEN ? UNB_30 :
      b.pnp.restarted == 0 && BINDING_PAUSED <= binding_state(b) <= BINDING_PAUSING ? BND_24 :
      binding_state(b) == BINDING_PAUSED ? PNP_03 :
      binding_state(b) != BINDING_RUNNING && binding_state(b) != BINDING_PAUSING ? BND_12 :
      b.pnp.low_power == 1 ? PNP_12 : CONFORMING;

    // In low power: only those of an unbind, by one reading (AMB-44).
    logic integer sleeps(struct binding b, struct readings r) =
      b.pnp.low_power == 1 &&
      !(r.amb_44 == 'b' && (b.phase == UNBINDING || b.phase == UNBIND_PENDED)) ? 1 : 0;

    // The table, the pages about OIDs, or the life of the handle (AMB-20). halts: an MCM
    // beneath halts or has halted (HLT-02).
    logic integer request_breaks(struct binding b, struct readings r, integer halts,
                                 integer thread) =
      b.miniport == 1 ? CAD_12 :
      b.pnp.opening == OPEN_INSIDE || b.pnp.opening == OPEN_PENDED ? BND_23 :
      handle_breaks(b, thread) != CONFORMING ? handle_breaks(b, thread) :
      halts != 0 ? HLT_02 :
      (r.amb_20 == 'a' || r.amb_20 == 'b'
        ? binding_state(b) <= BINDING_OPENING || (r.amb_20 == 'b' &&
        binding_state(b) == BINDING_CLOSING)
        : b.adapter != ADAPTER_OPEN) ? BND_13 :
      sleeps(b, r) != 0 ? PNP_13 :
      b.adapter != ADAPTER_OPEN ? CAD_12 : CONFORMING;

    logic integer return_unbind_breaks(struct binding b, integer status) =
      (b.pnp.unbind_call != UNBIND_CALL_NONE && status == SUCCESS) ||
        (b.pnp.unbind_call == UNBIND_CALL_MADE && status == RESOURCES) ? CONFORMING : UNB_22;

    // The unbind runs on a thread of its own; on removal of the adapter only when the stack
    // is paused. That the binding is not is left undone (core_left_undone).
    logic integer enter_unbind_breaks(struct binding b, integer miniport, integer thread,
                                      struct stack s) =
      b.phase != BOUND || b.miniport != miniport ||
        (b.unbind_owed == 0 && b.pnp.unbind_call != UNBIND_CALL_MADE) ? UNB_01 :
      b.miniport == 1 && s.level != STACK_NOT_TRACED && s.level < STACK_PAUSED ? HLT_04 :
      b.miniport == 1 ? CONFORMING :
      b.pnp.bound_state < BINDING_PAUSED ? BND_05 :
      b.pnp.unbind_call != UNBIND_CALL_NONE && b.pnp.unbind_caller == thread ? UNB_19 :
      b.pnp.given_up == 0 && b.pnp.unbind_call == UNBIND_CALL_NONE &&
        s.level != STACK_NOT_TRACED && s.level != STACK_PAUSED ? PNP_10 : CONFORMING;

    logic integer close_breaks(struct binding b, struct readings r) =
      r.amb_31 == 'a' && b.pnp.given_up == 1 ? UNB_20 :
      r.amb_14_context == 'a' && b.phase == UNBIND_PENDED ? CAD_09 :
      b.pnp.low_power == 1 && r.amb_44 == 'a' ? CONFORMING :
      b.pnp.filter == 1 ? UNB_06 : b.pnp.offloads == 1 ? UNB_07 : CONFORMING;

    logic integer free_context_breaks(struct binding b) =
      b.context == 0 ? UNB_25 :
      b.miniport == 1 ? (b.phase == BOUND ? HLT_07 : CONFORMING) :
      b.pnp.opening == OPEN_INSIDE || b.pnp.opening == OPEN_PENDED ? BND_27 :
      b.adapter != ADAPTER_NONE && b.adapter != ADAPTER_CLOSED &&
        b.adapter != ADAPTER_CLOSE_COMPLETED_INSIDE ? UNB_08 : CONFORMING;

    logic integer complete_unbind_breaks(struct binding b, struct readings r) =
      (b.phase != UNBINDING && b.phase != UNBIND_PENDED) || b.miniport == 1 ? UNB_12 :
      b.unbind_completed == 1 ? UNB_14 :
      b.pnp.bind != BIND_OVER ? BND_20 :
      b.adapter == ADAPTER_OPEN ? UNB_05 :
      b.context != 0 && r.amb_30 != 'b' ? UNB_13 :
      CONFORMING;

    logic integer leave_unbind_breaks(struct binding b, integer miniport, integer status,
                                      struct stack s) =
      b.phase != UNBINDING || b.miniport != miniport ? UNB_01 :
      status == PENDING && b.miniport == 0 ? CONFORMING :
      status != SUCCESS ? UNB_03 :
      b.unbind_completed == 1 ? UNB_11 :
      b.pnp.bind != BIND_OVER ? BND_20 :
      b.adapter == ADAPTER_OPEN ? UNB_05 :
      b.miniport == 1 && s.level != STACK_NOT_TRACED && b.context != 0 ? HLT_01 :
      b.miniport == 0 && b.adapter != ADAPTER_CLOSED ? UNB_09 :
      b.context != 0 ? UNB_25 : CONFORMING;
*/

/*@ predicate may_register_af(struct binding b, integer miniport) =
      b.miniport == miniport && b.phase == BINDING &&
      (b.miniport == 0 ? b.adapter == ADAPTER_OPEN : b.registered == 0);
*/

/*@ // Opening the adapter, and what plug and play does with a binding.
    predicate is_plug_and_play_event(integer kind) =
      FIRST_OF_adapter <= kind <= LAST_OF_pnp_event;

    // The lines of one PnP event follow each other: _ENTER, _LEAVE, _COMPLETE.
    logic integer net_pnp_line(integer kind) =
      kind == PAUSE_ENTER || kind == RESTART_ENTER || kind == QUERY_REMOVE_ENTER ||
      kind == SET_POWER_ENTER || kind == CANCEL_REMOVE_ENTER ? 0 :
      kind == PAUSE_LEAVE || kind == RESTART_LEAVE || kind == QUERY_REMOVE_LEAVE ||
      kind == SET_POWER_LEAVE || kind == CANCEL_REMOVE_LEAVE ? 1 : 2;

    logic integer net_pnp_breaks(struct binding b, struct stack s, struct event e) =
      net_pnp_line(e.kind) == 0 ? event_breaks(b.pnp, binding_state(b), s, e.kind) :
      net_pnp_line(e.kind) == 1
        ? leave_event_breaks(b.pnp, binding_state(b), b.sends, e.kind - 1, e.status)
        : complete_event_breaks(b.pnp, binding_state(b), b.sends, e.kind - 2, e.status);

    logic struct plug_and_play after_net_pnp(struct plug_and_play p, struct event e) =
      net_pnp_line(e.kind) == 0 ? event_entered(p, e.kind) :
      net_pnp_line(e.kind) == 1 ? event_left(p, e.kind - 1, e.status)
                                : event_completed(p, e.kind - 2, e.status);

    // The rows that change, or look at, plug and play alone.
    logic integer plug_and_play_breaks(struct binding b, struct readings r, struct event e) =
      e.kind == OPEN_ADAPTER_OWN ?
        (b.pnp.opening == OPEN_ANSWERED &&
         e.status == (b.pnp.open_failed == NO_STATUS ? SUCCESS : b.pnp.open_failed)
           ? CONFORMING : BND_18) :
      e.kind == FREE_OPEN_PARAMETERS ? (b.pnp.open_parameters != 0 ? CONFORMING : BND_17) :
      e.kind == INDICATE_RECEIVE ?
        (data_may_come(binding_state(b), r) == 0 ? BND_12 : b.context == 0 ? UNB_17 :
         b.pnp.held == UINT16_MAX ? BOUND_REACHED : CONFORMING) :
      e.kind == RETURN_RECEIVE ? (b.pnp.held != 0 ? CONFORMING : PNP_05) :
      e.kind == INDICATE_STATUS || e.kind == INDICATE_CO_STATUS ?
        (b.context != 0 ? CONFORMING : UNB_17) : NOT_AN_EVENT;

    logic struct plug_and_play after_plug_and_play(struct plug_and_play p, integer kind) =
      kind == OPEN_ADAPTER_OWN ? {p \with .opening = (uint8_t)OPEN_OVER} :
      kind == FREE_OPEN_PARAMETERS ? {p \with .open_parameters = (uint8_t)0} :
      kind == INDICATE_RECEIVE ? {p \with .held = (uint16_t)(p.held + 1)} :
      kind == RETURN_RECEIVE ? {p \with .held = (uint16_t)(p.held - 1)} : p;

    predicate may_bind(struct binding b) =
      b.phase == UNBOUND && b.generation < UINT32_MAX;

    predicate may_call_open_adapter(struct binding b) =
      binding_state(b) == BINDING_OPENING && b.phase == BINDING && b.adapter == ADAPTER_NONE &&
      !open_is_pending(b.pnp) && b.pnp.opening != OPEN_COMPLETED_INSIDE;

    predicate may_return_open_adapter(struct binding b, integer status) =
      (status == PENDING && b.pnp.opening == OPEN_COMPLETED_INSIDE) ||
      (b.pnp.opening == OPEN_INSIDE && status != NO_STATUS && status < STATUS_COUNT);

    predicate may_leave_bind(struct binding b, integer miniport, integer must_register,
                             integer status) =
      b.miniport == 0 ? leave_bind_breaks(b, miniport, must_register, status) == CONFORMING :
      b.phase == BINDING && b.miniport == miniport &&
      (status == SUCCESS ? must_register == 0 || b.registered != 0
                         : status == FAILURE && b.context == 0);

    predicate may_close_adapter(struct binding b, struct readings r) =
      binding_may_use(b) && b.phase != BOUND && b.sends == 0 && b.requests == 0 &&
      close_breaks(b, r) == CONFORMING;

    predicate may_return_close_adapter(struct binding b, integer status) =
      (b.adapter == ADAPTER_CLOSE_INSIDE && (status == SUCCESS || status == PENDING)) ||
      (b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE && status == PENDING);

    // When a binding takes an event.
    predicate binding_accepts(struct binding b, struct readings r, struct stack s,
                              integer must_register, integer halts, struct event e) =
      FIRST_OF_pnp_event <= e.kind <= LAST_OF_pnp_event ?
        net_pnp_breaks(b, s, e) == CONFORMING :
      e.kind == ENTER_BIND ? may_bind(b) :
      e.kind == ENTER_INITIALIZE ? must_register == 1 && may_bind(b) :
      e.kind == OPEN_ADAPTER_CALL ? may_call_open_adapter(b) :
      e.kind == RETURN_OPEN_ADAPTER ? may_return_open_adapter(b, e.status) :
      e.kind == OPEN_ADAPTER_DELIVER ?
        open_is_pending(b.pnp) && b.pnp.open_parameters != 0 && e.status != NO_STATUS &&
        e.status != PENDING && e.status < STATUS_COUNT :
      e.kind == LEAVE_BIND ? may_leave_bind(b, 0, must_register, e.status) :
      e.kind == LEAVE_INITIALIZE ? may_leave_bind(b, 1, must_register, e.status) :
      e.kind == BIND_COMPLETE ?
        complete_bind_breaks(b, must_register, e.status) == CONFORMING :
      e.kind == CALL_CM_REGISTER_AF ?
        (must_register == 1 ? may_register_af(b, 0) : binding_may_use(b)) :
      e.kind == CALL_MCM_REGISTER_AF ? must_register == 1 && may_register_af(b, 1) :
      e.kind == ENTER_AF_REGISTER_NOTIFY ? b.offer_owed != 0 :
      e.kind == CALL_SEND ? send_breaks(b, e.thread) == CONFORMING && b.sends < UINT16_MAX :
      e.kind == ENTER_SEND_COMPLETE ? b.sends > 0 :
      e.kind == CALL_OID_REQUEST ?
        request_breaks(b, r, halts, e.thread) == CONFORMING && b.requests < UINT16_MAX :
      e.kind == ENTER_OID_REQUEST_COMPLETE ? b.requests > 0 :
      e.kind == SET_FILTER || e.kind == CLEAR_FILTER || e.kind == WITHDRAW_OFFLOADS ?
        request_breaks(b, r, halts, e.thread) == CONFORMING :
      e.kind == CALL_UNBIND_ADAPTER ?
        binding_may_use(b) && !(b.phase == BINDING && in_bind_handler(b, e.thread)) :
      e.kind == RETURN_UNBIND_ADAPTER ? return_unbind_breaks(b, e.status) == CONFORMING :
      e.kind == HALT_ADAPTER ? b.miniport == 1 && b.phase == BOUND :
      e.kind == REMOVE_BINDING ? b.miniport == 0 && b.phase == BOUND :
      e.kind == ENTER_UNBIND ? enter_unbind_breaks(b, 0, e.thread, s) == CONFORMING :
      e.kind == ENTER_HALT ? enter_unbind_breaks(b, 1, e.thread, s) == CONFORMING :
      e.kind == CALL_CLOSE_ADAPTER ? may_close_adapter(b, r) :
      e.kind == ENTER_CLOSE_ADAPTER_COMPLETE ?
        b.adapter == ADAPTER_CLOSE_PENDED || b.adapter == ADAPTER_CLOSE_INSIDE :
      e.kind == RETURN_CLOSE_ADAPTER ? may_return_close_adapter(b, e.status) :
      e.kind == FREE_BINDING_CONTEXT ? free_context_breaks(b) == CONFORMING :
      e.kind == CALL_COMPLETE_UNBIND ? complete_unbind_breaks(b, r) == CONFORMING :
      e.kind == LEAVE_UNBIND ? leave_unbind_breaks(b, 0, e.status, s) == CONFORMING :
      e.kind == LEAVE_HALT ? leave_unbind_breaks(b, 1, e.status, s) == CONFORMING :
      plug_and_play_breaks(b, r, e) == CONFORMING;

    // Which thread is remembered (UNB-18, UNB-19, AMB-31, CAD-15).
    predicate remembers_thread(struct binding b, struct event e) =
      (e.kind == OPEN_ADAPTER_CALL ==> b.pnp.bind_thread == e.thread) &&
      (e.kind == CALL_UNBIND_ADAPTER ==> b.pnp.unbind_caller == e.thread) &&
      (e.kind == ENTER_UNBIND || e.kind == ENTER_HALT ==> b.unbind_thread == e.thread) &&
      (e.kind == ENTER_CLOSE_ADAPTER_COMPLETE ==> b.pnp.close_thread == e.thread);

    // A bind begins anew, what is counted is counted, and the call kills the handle.
    predicate binding_moves_on(struct binding old, struct binding new, struct event e) =
      (e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE ==>
         old.phase == UNBOUND && new.phase == BINDING &&
         new.generation == old.generation + 1 &&
         (new.miniport == 1 <==> e.kind == ENTER_INITIALIZE)) &&
      (e.kind == CALL_SEND ==> new.sends == old.sends + 1) &&
      (e.kind == ENTER_SEND_COMPLETE ==> new.sends == old.sends - 1) &&
      (e.kind == CALL_OID_REQUEST ==> new.requests == old.requests + 1) &&
      (e.kind == ENTER_OID_REQUEST_COMPLETE ==> new.requests == old.requests - 1) &&
      (e.kind == CALL_CLOSE_ADAPTER ==> binding_may_use(old) && binding_dead(new)) &&
      (e.kind == FREE_BINDING_CONTEXT ==> new.context == 0);
*/

#endif
