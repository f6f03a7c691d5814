/* core_logic.h - the words of the contracts of core.h: the state by value, handles and events as
 * they come. It is included there, after the types. */
#ifndef CLOSEAF_CORE_LOGIC_H
#define CLOSEAF_CORE_LOGIC_H

/* Predicates that each table has: of it one slot alone has changed, or all moved forward. */
#define ONLY_ONE(one, size)                                                          \
    predicate only_##one(struct core old, struct core new, integer slot) =           \
      new == {old \with .one = new.one} &&                                           \
      (\forall integer i; 0 <= i < size && i != slot ==> new.one[i] == old.one[i]);
#define EVERY_ONE_EVOLVES(table, one, size, evolves)                                 \
    predicate table##_evolve(struct core old, struct core new) =                     \
      \forall integer i; 0 <= i < size ==> evolves(old.one[i], new.one[i]);

/*@ // The events of an AF that is open: its close and its notification.
    predicate is_af_event(integer kind) =
      FIRST_OF_closing <= kind <= LAST_OF_notification;

    predicate is_binding_event(integer kind) =
      FIRST_OF_binding <= kind <= LAST_OF_binding;

    predicate is_manager_event(integer kind) =
      kind == ENTER_CM_CLOSE_AF || kind == RELEASE_AF_RESOURCES ||
      kind == LEAVE_CM_CLOSE_AF || kind == CALL_CM_CLOSE_AF_COMPLETE ||
      kind == CALL_MCM_CLOSE_AF_COMPLETE || kind == CALL_CM_NOTIFY ||
      kind == CALL_MCM_NOTIFY || kind == RETURN_CM_NOTIFY || kind == RETURN_MCM_NOTIFY ||
      kind == ENTER_CM_NOTIFY_COMPLETE || kind == FREE_CALL_MGR_AF_CONTEXT;

    predicate is_opening_event(integer kind) =
      FIRST_OF_opening <= kind <= LAST_OF_opening;

    predicate is_sap_event(integer kind) = FIRST_OF_sap <= kind <= LAST_OF_sap;

    // Of a VC, its calls included.
    predicate is_vc_event(integer kind) = FIRST_OF_vc <= kind <= LAST_OF_call;

    // The rows whose page says PASSIVE_LEVEL.
    predicate is_passive_only(integer kind) =
      kind == RETURN_OPEN_AF || kind == CALL_CM_NOTIFY || kind == CALL_MCM_NOTIFY ||
      kind == WAIT_IN_NOTIFICATION || kind == RETURN_CM_NOTIFY ||
      kind == RETURN_MCM_NOTIFY || kind == ENTER_BIND || kind == RETURN_OPEN_ADAPTER ||
      kind == LEAVE_BIND || kind == CALL_CM_REGISTER_AF || kind == CALL_MCM_REGISTER_AF ||
      kind == ENTER_AF_REGISTER_NOTIFY || kind == REMOVE_ADAPTER || kind == ENTER_UNBIND ||
      kind == CALL_CLOSE_ADAPTER || kind == ENTER_CLOSE_ADAPTER_COMPLETE ||
      kind == RETURN_CLOSE_ADAPTER || kind == ENTER_INITIALIZE || kind == LEAVE_INITIALIZE ||
      kind == ENTER_HALT || kind == LEAVE_HALT ||
      kind == LEAVE_UNBIND || kind == OPEN_AF_CALL || kind == OPEN_AF_DELIVER ||
      kind == OPEN_AF_OWN || kind == REGISTER_AF_RETURN || kind == REGISTER_AF_MCM_RETURN ||
      kind == OPEN_ADAPTER_CALL || kind == OPEN_ADAPTER_DELIVER || kind == OPEN_ADAPTER_OWN ||
      FIRST_OF_pnp_event <= kind <= LAST_OF_pnp_event ||
      (FIRST_OF_stack <= kind <= LAST_OF_stack && kind != RESET_MINIPORT &&
       kind != RESET_END) ||
      FIRST_OF_removal <= kind <= LAST_OF_removal;

    predicate is_event(struct event e) =
      NO_EVENT < e.kind < EVENT_KIND_COUNT && e.status < STATUS_COUNT &&
      e.irql < IRQL_COUNT && (is_passive_only(e.kind) ==> e.irql == PASSIVE);

    // The client begins something on the AF that the event is on.
    predicate uses_af(integer kind) =
      kind == SAP_REGISTER_CALL || kind == VC_CREATE_BY_CLIENT_CALL ||
      kind == VC_MAKE_CALL_CALL || kind == REQUEST_BY_CLIENT_CALL;

    // When an AF takes an event: the rights and duties of both holders in one table.
    predicate af_accepts(struct address_family a, struct readings r, struct event e) =
      e.kind == CALL_CLOSE_AF ? client_may_close(a) :
      e.kind == ENTER_CM_CLOSE_AF ? a.manager_close == MANAGER_CLOSE_OWED :
      e.kind == RELEASE_AF_RESOURCES ?
        (manager_may_complete(a) || open_awaits_manager(a)) && a.resources != 0 :
      e.kind == LEAVE_CM_CLOSE_AF ?
        (a.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE && e.status == PENDING) ||
        (a.manager_close == MANAGER_CLOSE_INSIDE &&
          ((e.status == PENDING && a.manager_context != 0) ||
           (e.status == SUCCESS && a.resources == 0 &&
              !close_may_not_end(a, r)) ||
           (e.status == NOT_ACCEPTED && r.amb_03 != 'c' && a.resources != 0 &&
           a.manager_context != 0))) :
      e.kind == CALL_CM_CLOSE_AF_COMPLETE || e.kind == CALL_MCM_CLOSE_AF_COMPLETE ?
        (a.miniport == 1 <==> e.kind == CALL_MCM_CLOSE_AF_COMPLETE) &&
        manager_may_complete(a) && e.status == SUCCESS && a.resources == 0 &&
        !close_may_not_end(a, r) :
      e.kind == ENTER_CL_CLOSE_AF_COMPLETE ?
        a.phase != AF_CLOSED && a.client_context != 0 &&
        (e.status == SUCCESS ? manager_completed(a) : failure_is_told(a, r)) :
      e.kind == RETURN_CLOSE_AF ?
        e.status != NO_STATUS && e.status == close_result(a, r) :
      e.kind == OWN_CLOSE_AF_COMPLETE ?
        (a.close_call == CLOSE_CALL_SUCCEEDED && e.status == SUCCESS) ||
        (a.close_call == CLOSE_CALL_FAILED &&
          (e.status == FAILURE || e.status == NOT_ACCEPTED)) :
      e.kind == CALL_CM_NOTIFY || e.kind == CALL_MCM_NOTIFY ?
        (a.miniport == 1 <==> e.kind == CALL_MCM_NOTIFY) && manager_may_notify(a, r) &&
        !(manager_has_closed(a) && a.notified == NOTIFIED_WITH_SUCCESS) && !ndis_has_gone(a, r) &&
        a.notify_call == 0 && a.notification == NOTIFICATION_NONE &&
        a.manager_context != 0 :
      e.kind == ENTER_CL_NOTIFY_CLOSE_AF ?
        a.notification == NOTIFICATION_OWED && !client_was_told(a) && a.client_context != 0 :
      e.kind == WAIT_IN_NOTIFICATION ? a.phase != AF_CLOSING :
      e.kind == LEAVE_CL_NOTIFY_CLOSE_AF ?
        a.notification == NOTIFICATION_INSIDE &&
        ((e.status == PENDING && (a.client_context != 0 || a.report != REPORT_NONE)) ||
         (e.status != PENDING && e.status != NO_STATUS && a.report == REPORT_NONE &&
           (e.status == SUCCESS ==> client_may_say_success(a, r)))) :
      e.kind == CALL_NOTIFY_COMPLETE ?
        client_may_answer(a) && client_may_answer_with(a, r, e.status) &&
        !answer_is_too_late(a, r) && answer_has_its_handle(a, r) :
      e.kind == ENTER_CM_NOTIFY_COMPLETE ?
        a.report == REPORT_OWED && e.status == a.answer && a.manager_context != 0 :
      e.kind == RETURN_CM_NOTIFY || e.kind == RETURN_MCM_NOTIFY ?
        (a.miniport == 1 <==> e.kind == RETURN_MCM_NOTIFY) &&
        e.status != NO_STATUS && e.status == notify_result(a) :
      e.kind == FREE_CLIENT_AF_CONTEXT ?
        a.client_context != 0 && client_context_may_go(a, r) :
      e.kind == FREE_CALL_MGR_AF_CONTEXT ?
        (a.manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(a) ||
         open_awaits_manager(a)) &&
        a.manager_context != 0 && !manager_context_is_spoken_for(a, r) :
      \false;
*/

/*@ // A slot: never opened, or a consistent AF of some client.
    predicate af_slot_is_consistent(struct address_family a, struct readings r) =
      (a.phase == AF_FREE && a.generation == 0 && a.resources == 0 && closes_owed(a) == 0 &&
       answers_owed(a) == 0) || (af_invariant(a) && af_as_read(a, r));

    // Whose AF it is, is there: its handle has not died (AF-CL-01).
    predicate af_is_of(struct core c, struct handle af) =
      af.slot < MAX_AF && c.af[af.slot].generation == af.generation;

    // An AF has its two bindings under it until its holders are done (UNB-23, UNB-24).
    predicate af_is_held(struct core c, struct address_family a) =
      (!client_is_done(a) ==> MANAGER_BINDING < a.client < MAX_BINDING &&
         c.binding[a.client].adapter == ADAPTER_OPEN) &&
      (!manager_is_done(a) ==> c.binding[MANAGER_BINDING].miniport == a.miniport &&
         c.binding[MANAGER_BINDING].generation == a.served_by &&
         (a.miniport == 1 ? c.binding[MANAGER_BINDING].phase != UNBOUND
                          : c.binding[MANAGER_BINDING].adapter == ADAPTER_OPEN));

    // What the bindings permit to an open of this client (AF-OP-20, AMB-22).
    predicate family_is_served(struct core c) =
      c.binding[MANAGER_BINDING].registered == 1 &&
      (c.binding[MANAGER_BINDING].phase == BINDING || c.binding[MANAGER_BINDING].phase == BOUND);

    predicate family_lingers(struct core c) =
      c.readings.amb_22 != 'a' && c.binding[MANAGER_BINDING].miniport == 0 &&
      c.binding[MANAGER_BINDING].phase == UNBINDING &&
      c.binding[MANAGER_BINDING].adapter == ADAPTER_OPEN;

    predicate is_association(struct core c, integer client, struct association s) =
      s.manager == c.binding[MANAGER_BINDING].generation &&
      s.miniport == c.binding[MANAGER_BINDING].miniport &&
      (s.served != 0 <==> family_is_served(c) || family_lingers(c)) &&
      (s.refusable != 0 <==> !family_is_served(c) || c.binding[client].phase != BOUND) &&
      (s.joined != 0 <==> c.binding[MANAGER_BINDING].phase != UNBOUND &&
         (c.binding[MANAGER_BINDING].miniport == 1 ||
          c.binding[MANAGER_BINDING].adapter == ADAPTER_OPEN) &&
         c.binding[client].adapter == ADAPTER_OPEN);

    // No open of this client pends: it may use its AFs, and open another (AF-OP-08).
    predicate nothing_opens(struct core c, integer client) =
      \forall integer i; 0 <= i < MAX_AF && c.af[i].client == client ==> !open_pends(c.af[i]);

    // A SAP has its AF, and the call manager serves it there (AF-CM-13, AF-CM-27).
    predicate sap_is_held(struct core c, struct sap s) =
      s.phase != SAP_FREE ==> af_is_of(c, s.af) && c.af[s.af.slot].resources == 1;

    // A VC likewise, as long as it has a call, and under AMB-24 a as long as the call manager
    // knows of it (VC-20, AF-CM-26, AF-CM-27).
    predicate vc_is_held(struct core c, struct vc v) =
      vc_is_there(v, c.readings) ==> af_is_of(c, v.af) && c.af[v.af.slot].resources == 1;

    // A party is there while its call is (CALL-12).
    predicate party_is_held(struct core c, struct party p) =
      p.phase != PARTY_FREE ==> p.vc.slot < MAX_VC &&
        c.vc[p.vc.slot].generation == p.vc.generation &&
        c.vc[p.vc.slot].call == CALL_CONNECTED;

    // A client closes when its own requests are over (OID-07), a call manager ends the close
    // when its are, and the adapter closes when those to the miniport are (CAD-11).
    predicate request_is_held_by_af(struct core c, struct request q) =
      (q.kind == BY_CLIENT && caller_may_be_called(q.operation) ==>
         af_is_of(c, q.on) && c.af[q.on.slot].phase == AF_OPEN) &&
      (goes_to_client(q.kind) && request_is_out(q) ==>
         af_is_of(c, q.on) && !manager_has_closed(c.af[q.on.slot]) &&
         c.af[q.on.slot].phase != AF_FREE && c.af[q.on.slot].manager_context != 0);

    // The invariant, table by table. Only the call manager's slot may be an MCM's adapter.
    predicate bindings_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_BINDING ==> binding_invariant(c.binding[i]) &&
        (i != MANAGER_BINDING ==> c.binding[i].miniport == 0);
    predicate afs_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_AF ==> af_slot_is_consistent(c.af[i], c.readings);
    predicate afs_held(struct core c) =
      \forall integer i; 0 <= i < MAX_AF ==> af_is_held(c, c.af[i]);
    predicate saps_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_SAP ==> sap_invariant(c.sap[i]) && sap_is_held(c, c.sap[i]);
    predicate vcs_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_VC ==> vc_invariant(c.vc[i]) && vc_is_held(c, c.vc[i]);
    predicate parties_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_PARTY ==>
        party_invariant(c.party[i]) && party_is_held(c, c.party[i]);
    predicate requests_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_REQUEST ==>
        request_invariant(c.request[i]) && request_is_held_by_af(c, c.request[i]);
    predicate af_closes_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_AF ==>
        request_invariant(c.af_close[i]) && request_is_held_by_af(c, c.af_close[i]);
    predicate to_miniports_consistent(struct core c) =
      \forall integer i; 0 <= i < MAX_BINDING ==> request_invariant(c.to_miniport[i]) &&
        (request_is_out(c.to_miniport[i]) ==> c.binding[i].adapter == ADAPTER_OPEN);

    predicate core_invariant(struct core c) =
      stack_invariant(c.stack) &&
      bindings_consistent(c) && afs_consistent(c) && afs_held(c) && saps_consistent(c) &&
      vcs_consistent(c) && parties_consistent(c) && requests_consistent(c) &&
      af_closes_consistent(c) && to_miniports_consistent(c);

    // Each record by itself, whatever it hangs on.
    predicate records_consistent(struct core c) =
      (\forall integer i; 0 <= i < MAX_AF ==> af_slot_is_consistent(c.af[i], c.readings) &&
         request_invariant(c.af_close[i])) &&
      (\forall integer i; 0 <= i < MAX_SAP ==> sap_invariant(c.sap[i])) &&
      (\forall integer i; 0 <= i < MAX_VC ==> vc_invariant(c.vc[i])) &&
      (\forall integer i; 0 <= i < MAX_PARTY ==> party_invariant(c.party[i])) &&
      (\forall integer i; 0 <= i < MAX_REQUEST ==> request_invariant(c.request[i])) &&
      (\forall integer i; 0 <= i < MAX_BINDING ==> binding_invariant(c.binding[i]) &&
         request_invariant(c.to_miniport[i]));

    // A slot may be used again; its generations are not used up.
    predicate af_slot_is_free(struct address_family a) =
      client_is_done(a) && manager_is_done(a) && a.generation < UINT32_MAX;

    predicate af_handle_live(struct core c, struct handle h) =
      h.slot < MAX_AF && c.af[h.slot].phase != AF_FREE &&
      c.af[h.slot].generation == h.generation;

    // Not valid now and never again: the right to it is gone for good (AF-CL-01).
    predicate af_handle_dead(struct core c, struct handle h) =
      h.slot >= MAX_AF || h.generation < c.af[h.slot].generation ||
      (h.generation == c.af[h.slot].generation &&
       (c.af[h.slot].phase == AF_CLOSED || c.af[h.slot].phase == AF_FAILED));

    // Its open is an operation that is not over.
    predicate is_opening_still(struct core c, struct handle h) =
      af_handle_live(c, h) && !is_over(c.af[h.slot].opening);

    // An open takes a slot that is free, and a new generation.
    predicate takes_a_slot(struct core old, struct core new, struct event e) =
      e.object.slot < MAX_AF && af_slot_is_free(old.af[e.object.slot]) &&
      e.object.generation == old.af[e.object.slot].generation + 1 &&
      is_newly_asked_for(new.af[e.object.slot], e.object.generation, e.on.slot);

    predicate binding_handle_live(struct core c, struct handle h) =
      h.slot < MAX_BINDING && c.binding[h.slot].phase != UNBOUND &&
      c.binding[h.slot].generation == h.generation;

    predicate vc_handle_live(struct core c, struct handle h) =
      h.slot < MAX_VC && h.generation > 0 && c.vc[h.slot].generation == h.generation;

    predicate party_handle_live(struct core c, struct handle h) =
      h.slot < MAX_PARTY && h.generation > 0 && c.party[h.slot].generation == h.generation;

    predicate party_handle_dead(struct core c, struct handle h) =
      h.slot >= MAX_PARTY || h.generation < c.party[h.slot].generation ||
      (h.generation == c.party[h.slot].generation && party_dead(c.party[h.slot]));

    predicate begins_an_open(struct core old, struct core new, struct event e) =
      takes_a_slot(old, new, e) && new.af[e.object.slot].phase == AF_OPENING &&
      binding_handle_live(old, e.on) && e.on.slot != MANAGER_BINDING &&
      binding_may_use(old.binding[e.on.slot]) && nothing_opens(old, e.on.slot);

    predicate sap_handle_live(struct core c, struct handle h) =
      h.slot < MAX_SAP && h.generation > 0 && c.sap[h.slot].generation == h.generation;

    predicate is_next_sap(struct core c, struct handle h) =
      h.slot < MAX_SAP && h.generation == c.sap[h.slot].generation + 1;

    predicate sap_handle_dead(struct core c, struct handle h) =
      h.slot >= MAX_SAP || h.generation < c.sap[h.slot].generation ||
      (h.generation == c.sap[h.slot].generation && sap_dead(c.sap[h.slot]));

    predicate binding_handle_dead(struct core c, struct handle h) =
      h.slot >= MAX_BINDING || h.generation < c.binding[h.slot].generation ||
      (h.generation == c.binding[h.slot].generation && binding_dead(c.binding[h.slot]));

    // A client closes when nothing of its own hangs on the AF (AF-CL-11, SAP-15, OID-07).
    predicate no_sap_left(struct core c, struct handle af) =
      \forall integer i; 0 <= i < MAX_SAP && c.sap[i].af == af ==> sap_is_gone(c.sap[i]);

    predicate vc_keeps_client(struct core c, struct vc v) =
      (v.call == CALL_CONNECTED && v.hung_up == 1) ||
      (!vc_has_no_call(v) && client_has_vc(v)) ||
      (no_vc_may_be_left(c.readings) && (v.call == CALL_HAS_FAILED ||
         (v.phase != VC_FREE && (v.made_by_manager == 0 || client_has_vc(v)))));

    predicate no_vc_of_client(struct core c, struct handle af) =
      \forall integer i; 0 <= i < MAX_VC && c.vc[i].af == af ==> !vc_keeps_client(c, c.vc[i]);

    // Why one of these keeps an AF open; the first of a table is named.
    predicate sap_keeps(struct sap s, integer answer) =
      s.deregistering == 0 && !is_over(s.operation) ? answer == SAP_16 :
      s.phase == SAP_REGISTERED ? answer == SAP_15 : answer == SAP_08;

    predicate vc_of_client_keeps(struct vc v, struct readings r, integer answer) =
      v.call == CALL_CONNECTED && v.hung_up == 1 ? answer == CALL_20 :
      !vc_has_no_call(v) && client_has_vc(v) ? answer == NTF_19 :
      v.call == CALL_HAS_FAILED ? answer == CALL_06 :
      v.made_by_manager == 0 ? answer == VC_19 : answer == AF_CL_11;

    predicate first_sap_keeps(struct core c, struct handle af, integer answer) =
      \forall integer i; 0 <= i < MAX_SAP && c.sap[i].af == af && !sap_is_gone(c.sap[i]) &&
        (\forall integer k; 0 <= k < i && c.sap[k].af == af ==> sap_is_gone(c.sap[k])) ==>
        sap_keeps(c.sap[i], answer);

    predicate first_vc_of_client_keeps(struct core c, struct handle af, integer answer) =
      \forall integer i; 0 <= i < MAX_VC && c.vc[i].af == af && vc_keeps_client(c, c.vc[i]) &&
        (\forall integer k; 0 <= k < i && c.vc[k].af == af ==>
           !vc_keeps_client(c, c.vc[k])) ==>
        vc_of_client_keeps(c.vc[i], c.readings, answer);

    predicate request_keeps_client_of(struct request q, struct readings r, struct handle af) =
      q.on == af && ((q.kind == BY_CLIENT && caller_may_be_called(q.operation)) ||
        (r.amb_33 == 'a' && goes_to_client(q.kind) && request_is_held(q)));

    predicate no_request_of_client(struct core c, struct handle af) =
      (\forall integer i; 0 <= i < MAX_REQUEST ==>
         !request_keeps_client_of(c.request[i], c.readings, af)) &&
      (\forall integer i; 0 <= i < MAX_AF ==>
         !request_keeps_client_of(c.af_close[i], c.readings, af));

    // A call manager releases an AF when its VCs are served (AF-CM-26, AF-CM-27, VC-20), and
    // answers for what the client has left there (AF-CM-08, AF-CM-10).
    predicate vc_keeps_manager(struct core c, struct vc v, struct address_family a) =
      (a.miniport != 0 && v.activity != VC_INACTIVE) ||
      (v.manager_context != 0 && (!vc_has_no_call(v) || no_vc_may_be_left(c.readings)));

    predicate no_vc_of_manager(struct core c, struct handle af, struct address_family a) =
      \forall integer i; 0 <= i < MAX_VC && c.vc[i].af == af ==>
        !vc_keeps_manager(c, c.vc[i], a);

    predicate vcs_left(struct core c, struct handle af) =
      \exists integer i; 0 <= i < MAX_VC && c.vc[i].af == af &&
        no_vc_may_be_left(c.readings) && c.vc[i].manager_context != 0;

    // What a client has left on an AF that it closes all the same (AF-CM-08, AF-CM-13).
    predicate no_sap_is_there(struct core c, struct handle af) =
      \forall integer i; 0 <= i < MAX_SAP && c.sap[i].af == af ==> c.sap[i].phase == SAP_FREE;

    predicate something_left(struct core c, struct handle af) =
      vcs_left(c, af) || !no_sap_is_there(c, af);

    predicate no_call_is_there(struct core c, struct handle af) =
      \forall integer i; 0 <= i < MAX_VC && c.vc[i].af == af ==> vc_has_no_call(c.vc[i]);

    // It ends the close when its own requests are over (OID-07, OID-08).
    predicate request_keeps_manager_of(struct request q, struct handle af) =
      q.on == af && ((q.kind == BY_MANAGER && closing_was_missed(q)) ||
        (goes_to_client(q.kind) && request_is_out(q)));

    predicate no_request_of_manager(struct core c, struct handle af) =
      (\forall integer i; 0 <= i < MAX_REQUEST ==>
         !request_keeps_manager_of(c.request[i], af)) &&
      (\forall integer i; 0 <= i < MAX_AF ==>
         !request_keeps_manager_of(c.af_close[i], af));

    predicate is_close_complete(integer kind) =
      kind == CALL_CM_CLOSE_AF_COMPLETE || kind == CALL_MCM_CLOSE_AF_COMPLETE;

    predicate ends_the_close(struct event e) =
      (e.kind == LEAVE_CM_CLOSE_AF && e.status == SUCCESS) || is_close_complete(e.kind);

    // What the other tables have to say to an event of an AF.
    predicate objects_permit(struct core c, struct event e) =
      (e.kind == CALL_CLOSE_AF ==> no_request_of_client(c, e.object)) &&
      (e.kind == RELEASE_AF_RESOURCES ==>
         no_vc_of_manager(c, e.object, c.af[e.object.slot]) && no_sap_is_there(c, e.object)) &&
      (ends_the_close(e) ==> no_sap_is_there(c, e.object)) &&
      (is_close_complete(e.kind) ==> no_call_is_there(c, e.object)) &&
      (ends_the_close(e) || e.kind == FREE_CALL_MGR_AF_CONTEXT ==>
         no_request_of_manager(c, e.object)) &&
      (e.kind == LEAVE_CM_CLOSE_AF && e.status == SUCCESS ==> !vcs_left(c, e.object)) &&
      (e.kind == CALL_CM_NOTIFY || e.kind == CALL_MCM_NOTIFY ==>
         !asked_to_close(c.af_close[e.object.slot], e.object) &&
         (c.readings.amb_42 == 'a' ==> c.binding[MANAGER_BINDING].phase == UNBINDING));

    // The adapter goes, and with it whatever hangs on it.
    predicate ends_the_adapter(struct binding next, struct event e) =
      e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT ||
      (e.kind == LEAVE_INITIALIZE && next.phase == UNBOUND);

    // Frames: nothing but this table has changed, and of it nothing but this slot.
    predicate only_af(struct core old, struct core new, integer slot) =
      new == {old \with .af = new.af} && new.sap == old.sap &&
      (\forall integer i; 0 <= i < MAX_AF && i != slot ==> new.af[i] == old.af[i]);

    predicate only_bindings(struct core old, struct core new) =
      new.readings == old.readings && new.af == old.af && new.sap == old.sap &&
      new.vc == old.vc && new.party == old.party && new.request == old.request &&
      new.af_close == old.af_close && new.to_miniport == old.to_miniport &&
      new.stack == old.stack;

    predicate only_bindings_whichever(struct core old, struct core new, integer slot) =
      only_bindings(old, new);

    predicate only_binding(struct core old, struct core new, integer slot) =
      only_bindings(old, new) &&
      (\forall integer i; 0 <= i < MAX_BINDING && i != slot ==>
         new.binding[i] == old.binding[i]);

    predicate only_stack(struct core old, struct core new, integer slot) =
      new.readings == old.readings && new.binding == old.binding && new.af == old.af &&
      new.sap == old.sap && new.vc == old.vc && new.party == old.party &&
      new.request == old.request && new.af_close == old.af_close &&
      new.to_miniport == old.to_miniport;

    ONLY_ONE(sap, MAX_SAP)
    ONLY_ONE(vc, MAX_VC)
    ONLY_ONE(party, MAX_PARTY)
    ONLY_ONE(request, MAX_REQUEST)
    ONLY_ONE(af_close, MAX_AF)
    ONLY_ONE(to_miniport, MAX_BINDING)

    // What an event leaves alone: the other slots of its table, and the other tables.
    predicate afs_alone(struct core old, struct core new, struct event e) =
      is_af_event(e.kind) || is_opening_event(e.kind)
        ? only_af(old, new, e.object.slot) : new.af == old.af;

    predicate saps_alone(struct core old, struct core new, struct event e) =
      is_sap_event(e.kind) ? only_sap(old, new, e.object.slot) : new.sap == old.sap;

    // A SAP's handle is given once, and refused when it is dead; what pends completes once.
    predicate sap_given_and_completed_once(struct core old, struct core new, struct event e) =
      e.object.slot < MAX_SAP &&
      (e.kind == SAP_REGISTER_CALL ==>
         e.object.generation == old.sap[e.object.slot].generation + 1 &&
         af_handle_live(old, e.on) && client_may_use(old.af[e.on.slot])) &&
      (e.kind == SAP_DEREGISTER_CALL && old.readings.amb_28 != 'b' ==>
         !sap_handle_dead(old, e.object)) &&
      completions_owed(new.sap[e.object.slot].operation) ==
        completions_owed(old.sap[e.object.slot].operation) + sap_pends(e) - sap_completes(e);

    // A slot either goes on with its AF or starts a newer generation.
    predicate af_slot_evolves(struct address_family old, struct address_family new) =
      new.generation > old.generation || af_evolves(old, new);

    EVERY_ONE_EVOLVES(afs, af, MAX_AF, af_slot_evolves)
    EVERY_ONE_EVOLVES(bindings, binding, MAX_BINDING, binding_evolves)
    EVERY_ONE_EVOLVES(saps, sap, MAX_SAP, sap_evolves)
    EVERY_ONE_EVOLVES(vcs, vc, MAX_VC, vc_evolves)
    EVERY_ONE_EVOLVES(parties, party, MAX_PARTY, party_evolves)
    EVERY_ONE_EVOLVES(requests, request, MAX_REQUEST, request_evolves)
    EVERY_ONE_EVOLVES(af_closes, af_close, MAX_AF, request_evolves)
    EVERY_ONE_EVOLVES(to_miniports, to_miniport, MAX_BINDING, request_evolves)

    predicate core_evolves(struct core old, struct core new) =
      new.readings == old.readings && bindings_evolve(old, new) && afs_evolve(old, new) &&
      saps_evolve(old, new) && vcs_evolve(old, new) && parties_evolve(old, new) &&
      requests_evolve(old, new) && af_closes_evolve(old, new) && to_miniports_evolve(old, new);

    // The adapter of a binding may close: nobody's AF hangs on it (UNB-23, UNB-24).
    predicate no_duty(struct core c, integer slot) =
      \forall integer i; 0 <= i < MAX_AF ==>
        (slot == MANAGER_BINDING ? manager_is_done(c.af[i])
                                 : c.af[i].client == slot ==> client_is_done(c.af[i]));
*/

/*@ // Its unbind handler closes an AF with calls or SAPs (AF-CL-14).
    predicate is_closed_in_unbind(struct core c, struct event e) =
      e.kind == CALL_CLOSE_AF && af_handle_live(c, e.object) &&
      c.af[e.object.slot].client < MAX_BINDING &&
      c.binding[c.af[e.object.slot].client].phase == UNBINDING &&
      c.binding[c.af[e.object.slot].client].unbind_thread == e.thread &&
      !(no_sap_is_there(c, e.object) && no_call_is_there(c, e.object));

    predicate is_refused_with_vcs_left(struct core c, struct event e) =
      e.kind == LEAVE_CM_CLOSE_AF && e.status == NOT_ACCEPTED &&
      af_handle_live(c, e.object) && vcs_left(c, e.object);

    predicate is_unbound_unpaused(struct core c, struct event e) =
      e.kind == ENTER_UNBIND && e.object.slot < MAX_BINDING &&
      c.binding[e.object.slot].generation == e.object.generation &&
      c.binding[e.object.slot].phase == BOUND && c.binding[e.object.slot].miniport == 0 &&
      c.binding[e.object.slot].pnp.bound_state >= BINDING_RESTARTING;

    predicate is_closed_by_client(struct core c, struct event e) =
      e.kind == CALL_CLOSE_AF && af_handle_live(c, e.object);
*/

/*@ // Nothing begun that has not ended; an open AF that nobody was asked to close rests.
    predicate af_rests(struct address_family a) =
      (client_is_done(a) && manager_is_done(a)) ||
      (a.phase == AF_OPEN && a.close_call == CLOSE_CALL_NONE &&
       a.notified == NEVER_NOTIFIED && is_over(a.opening));

    predicate sap_rests(struct sap s) =
      is_over(s.operation) && s.again == 0 &&
      (s.phase == SAP_REGISTERED || sap_is_free(s));

    // A VC, and a call on it, may be there at the end; what was begun with them is over.
    predicate vc_rests(struct vc v) =
      is_over(v.make_call) && is_over(v.incoming_call) && is_over(v.close_call) &&
      is_over(v.deactivation) && v.drops_last_party == 0 &&
      (v.phase == VC_CREATED || vc_is_free(v));

    predicate party_rests(struct party p) =
      (p.phase == PARTY_THERE && is_over(p.operation)) || party_is_free(p);

    predicate binding_rests(struct binding b) =
      plug_and_play_rests(b.pnp) && b.unbind_owed == 0 && b.offer_owed == 0 &&
      (b.phase == UNBOUND || b.phase == BOUND);
*/

/* Of each table: all of it rests, or what the first owes that does not. */
#define REST_OR_OWE(table, one, size, rests, ...)                           \
    predicate table##_rest(struct core c) =                                 \
      \forall integer i; 0 <= i < size ==> rests(c.one[i]);                 \
    predicate table##_owe(struct core c, integer answer) =                  \
      \forall integer i; 0 <= i < size && !rests(c.one[i]) &&               \
        (\forall integer k; 0 <= k < i ==> rests(c.one[k])) ==>             \
        __VA_ARGS__;

/*@ // What each object still owes, the nearest duty first. Of an AF: if somebody is not done.
    logic integer af_owes(struct address_family a) =
      opening_owes(a) != CONFORMING ? opening_owes(a) :
      a.close_call == CLOSE_CALL_SUCCEEDED || a.close_call == CLOSE_CALL_FAILED ? AF_CL_04 :
      a.manager_close == MANAGER_CLOSE_PENDED ? (a.miniport == 1 ? MCM_02 : AF_CM_11) :
      a.phase == AF_CLOSING ?
        (a.manager_close == MANAGER_CLOSE_COMPLETED ? AF_CM_17 : AF_CL_24) :
      a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE && a.withheld == 0 ? NTF_23 :
      a.report == REPORT_OWED || a.withheld != 0 ? NTF_07 :
      a.notification != NOTIFICATION_NONE || a.notify_call != 0 ? NTF_40 :
      a.phase == AF_OPEN ? (a.notified == NEVER_NOTIFIED ? CONFORMING : NTF_06) :
      a.client_context == 1 ? AF_CL_09 : AF_CM_24;

    logic integer sap_owes(struct sap s) =
      s.operation.caller != CALLER_NONE || s.again != 0 ? (s.deregistering == 1 ? SAP_08 : SAP_01) :
      s.phase == SAP_REGISTERED ? CONFORMING :
      s.manager_context != 0 ? SAP_10 : s.client_context != 0 ? SAP_13 : CONFORMING;

    logic integer vc_owes(struct vc v) =
      v.make_call.caller != CALLER_NONE || v.incoming_call.caller != CALLER_NONE ? CALL_04 :
      v.close_call.caller != CALLER_NONE ? CALL_15 : v.deactivation.caller != CALLER_NONE ? VC_22 :
      v.drops_last_party != 0 ? PTY_05 : v.phase == VC_CREATED ? CONFORMING :
      v.phase != VC_FREE ? (v.phase < VC_CREATED ? VC_03 : VC_11) :
      v.client_context != 0 || v.manager_context != 0 ? VC_14 :
      v.parameters != 0 ? CALL_03 : CONFORMING;

    logic integer binding_owes(struct binding b) =
      b.unbind_owed == 1 ? UNB_01 : b.adapter == ADAPTER_CLOSE_PENDED ? CAD_04 :
      b.adapter == ADAPTER_CLOSE_INSIDE || b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE ? CAD_20 :
      b.phase == UNBIND_PENDED ? UNB_10 :
      b.phase == UNBINDING || (b.phase == BINDING && plug_and_play_owes(b.pnp) == CONFORMING)
        ? UNB_26 :
      b.offer_owed == 1 && b.phase != BINDING ? REG_12 : plug_and_play_owes(b.pnp);

    predicate party_owes(struct party p, integer answer) =
      p.phase != PARTY_FREE ? answer == PTY_03 :
      is_over(p.operation) ? answer == PTY_07 :
      operation_is_the_drop(p) ? answer == PTY_01 : answer == PTY_12;

    predicate request_owes(struct request q, integer answer) =
      closing_was_missed(q) ? answer == OID_08 :
      is_over(q.operation) ? answer == OID_04 : answer == OID_01;

    REST_OR_OWE(afs, af, MAX_AF, af_rests, answer == af_owes(c.af[i]))
    REST_OR_OWE(saps, sap, MAX_SAP, sap_rests, answer == sap_owes(c.sap[i]))
    REST_OR_OWE(vcs, vc, MAX_VC, vc_rests, answer == vc_owes(c.vc[i]))
    REST_OR_OWE(parties, party, MAX_PARTY, party_rests, party_owes(c.party[i], answer))
    REST_OR_OWE(requests, request, MAX_REQUEST, request_is_free, request_owes(c.request[i], answer))
    REST_OR_OWE(af_closes, af_close, MAX_AF, request_is_free, request_owes(c.af_close[i], answer))
    REST_OR_OWE(to_miniports, to_miniport, MAX_BINDING, request_is_free,
                request_owes(c.to_miniport[i], answer))
    REST_OR_OWE(bindings, binding, MAX_BINDING, binding_rests, answer == binding_owes(c.binding[i]))

    predicate core_rests(struct core c) =
      afs_rest(c) && saps_rest(c) && vcs_rest(c) && parties_rest(c) && requests_rest(c) &&
      af_closes_rest(c) && to_miniports_rest(c) && bindings_rest(c);

    predicate core_owes(struct core c, integer answer) =
      !afs_rest(c) ? afs_owe(c, answer) :
      !saps_rest(c) ? saps_owe(c, answer) :
      !vcs_rest(c) ? vcs_owe(c, answer) :
      !parties_rest(c) ? parties_owe(c, answer) :
      !requests_rest(c) ? requests_owe(c, answer) :
      !af_closes_rest(c) ? af_closes_owe(c, answer) :
      !to_miniports_rest(c) ? to_miniports_owe(c, answer) :
      bindings_owe(c, answer);
*/

#endif
