/* address_family_logic.h - the words of the contracts of address_family.h: predicates and logic
 * functions, each of one record, by value. It is included there, after the types. */
#ifndef CLOSEAF_ADDRESS_FAMILY_LOGIC_H
#define CLOSEAF_ADDRESS_FAMILY_LOGIC_H

/* The rights (AF-CL-02, AF-CM-16): who may still do what with the handle. */
/*@ // The client has not been told how its open has ended (AF-OP-07).
    predicate open_pends(struct address_family a) = caller_may_be_called(a.opening);

    // In ProtocolCmOpenAf or pended by it: the call manager owes its answer (AF-OP-15).
    predicate open_awaits_manager(struct address_family a) = completion_is_owed(a.opening);

    // Told of the success, by callback or by return value, the client has it (AF-OP-05).
    predicate client_has_handle(struct address_family a) =
      (a.phase == AF_OPEN || a.phase == AF_CLOSING || a.phase == AF_CLOSED) && !open_pends(a);

    predicate client_may_use(struct address_family a) =
      a.phase == AF_OPEN && client_has_handle(a);

    predicate client_may_close(struct address_family a) =
      client_may_use(a) && a.close_call == CLOSE_CALL_NONE;

    // The handler has pended and the client has not yet answered: the context is needed.
    predicate answer_owed(struct address_family a) =
      a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE && a.withheld == 0;

    // Until the answer is given, also after the close (NTF-23).
    predicate client_may_answer(struct address_family a) =
      client_has_handle(a) &&
      (a.notification == NOTIFICATION_INSIDE || a.notification == NOTIFICATION_PENDED) &&
      a.withheld == 0 && a.report == REPORT_NONE;

    predicate manager_completed(struct address_family a) =
      a.manager_close == MANAGER_CLOSE_COMPLETED ||
      a.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE;

    // The call manager has completed the close, or has answered it with success.
    predicate manager_has_closed(struct address_family a) =
      a.manager_close == MANAGER_CLOSE_SUCCEEDED || manager_completed(a);

    predicate manager_may_complete(struct address_family a) =
      a.manager_close == MANAGER_CLOSE_INSIDE || a.manager_close == MANAGER_CLOSE_PENDED;

    // The close has been completed towards the client, by callback or by return value.
    predicate client_was_told(struct address_family a) =
      a.phase == AF_CLOSED || a.close_call == CLOSE_CALL_SUCCEEDED;

    predicate notification_is_over(struct address_family a) =
      a.notify_call == 0 && a.notification == NOTIFICATION_PENDED &&
      a.report == REPORT_DELIVERED;

    // The right to notify: an MCM's until the completion call has returned, under AMB-07 a.
    predicate manager_may_notify(struct address_family a, struct readings r) =
      !manager_has_closed(a) ||
      (r.amb_07 == 'a' && a.miniport == 1 && a.phase != AF_CLOSED &&
       a.manager_close != MANAGER_CLOSE_SUCCEEDED);

    // NDIS has closed its side of an AF whose close was refused, under AMB-02 c.
    predicate ndis_has_gone(struct address_family a, struct readings r) =
      r.amb_02 == 'c' && client_was_told(a);

    // NDIS tells of a failure in ProtocolClCloseAfComplete, under AMB-05 c.
    predicate failure_is_told(struct address_family a, struct readings r) =
      r.amb_05 == 'c' && (a.manager_close == MANAGER_CLOSE_REFUSED ||
        a.manager_close == MANAGER_CLOSE_REJECTED);

    // The client is in its handler, and has to have left it first, under AMB-13 b.
    predicate close_may_not_end(struct address_family a, struct readings r) =
      r.amb_13 == 'b' && a.notification == NOTIFICATION_INSIDE;

    // Success of a notification says that the AF is closed, but for these (AMB-11).
    predicate success_means_closed(struct readings r) =
      r.amb_01 != 'c' && r.amb_10 != 's' && r.amb_11 != 'a';

    // The handler may return success; the client may answer with it later.
    predicate client_may_say_success(struct address_family a, struct readings r) =
      a.phase == AF_CLOSED || (r.amb_11 == 'a' && a.phase == AF_CLOSING);

    predicate client_may_answer_with(struct address_family a, struct readings r,
                                     integer status) =
      status != PENDING && status != NO_STATUS &&
      (status == SUCCESS ==> a.phase == AF_CLOSED || r.amb_01 == 'c');

    // After the close call the handle is dead for the answer too, under AMB-01 a and c.
    predicate answer_is_too_late(struct address_family a, struct readings r) =
      (r.amb_01 == 'a' || r.amb_01 == 'c') && a.phase != AF_OPEN;

    // The answer needs what stood in the context, which AMB-09 a and b let go.
    predicate answer_has_its_handle(struct address_family a, struct readings r) =
      a.client_context != 0 || r.amb_09 == 'c';

    predicate client_context_may_go(struct address_family a, struct readings r) =
      a.phase == AF_CLOSED ? r.amb_09 != 'c' || !answer_owed(a) :
      a.phase == AF_CLOSING ? r.amb_09 == 'a' :
      a.phase == AF_FAILED && is_over(a.opening);

    predicate manager_context_is_spoken_for(struct address_family a, struct readings r) =
      (r.amb_08 != 'a' || a.phase == AF_OPENING) && a.notification != NOTIFICATION_NONE;
*/

/* What is true of every AF that was ever asked for: the parts of the record fit, however the
 * documents are read. What the readings add is af_as_read. */
/*@ // AF-OP-13, AF-OP-14, AF-OP-17: the phase says how the open stands.
    predicate opening_is_consistent(struct address_family a) =
      operation_invariant(a.opening) &&
      (a.phase == AF_OPENING <==> server_may_be_called(a.opening) || open_awaits_manager(a)) &&
      (a.phase == AF_FAILED ==> a.opening.status != SUCCESS && a.manager_context == 0 &&
         a.resources == 0) &&
      (a.phase != AF_OPENING && a.phase != AF_FAILED ==>
         is_over(a.opening) || a.opening.status == SUCCESS) &&
      (server_may_be_called(a.opening) ==> a.manager_context == 0 && a.resources == 0) &&
      (open_pends(a) ==> a.report == REPORT_NONE &&
         a.close_call == CLOSE_CALL_NONE && a.phase != AF_CLOSING && a.phase != AF_CLOSED);

    predicate close_is_consistent(struct address_family a) =
      ((a.phase == AF_OPENING || a.phase == AF_FAILED) &&
         a.manager_close == MANAGER_CLOSE_NONE && a.close_call == CLOSE_CALL_NONE) ||
      (a.phase == AF_OPEN && a.manager_close == MANAGER_CLOSE_NONE &&
         (a.close_call == CLOSE_CALL_NONE || a.close_call == CLOSE_CALL_FAILED)) ||
      (a.phase == AF_CLOSING && a.close_call == CLOSE_CALL_INSIDE &&
         MANAGER_CLOSE_OWED <= a.manager_close <= MANAGER_CLOSE_REJECTED) ||
      (a.phase == AF_CLOSING && a.close_call == CLOSE_CALL_PENDED &&
         (a.manager_close == MANAGER_CLOSE_PENDED ||
          a.manager_close == MANAGER_CLOSE_COMPLETED)) ||
      (a.phase == AF_CLOSING && a.manager_close == MANAGER_CLOSE_NONE &&
         (a.close_call == CLOSE_CALL_NONE || a.close_call == CLOSE_CALL_FAILED)) ||
      (a.phase == AF_CLOSING && a.close_call == CLOSE_CALL_SUCCEEDED &&
         (a.manager_close == MANAGER_CLOSE_SUCCEEDED ||
          a.manager_close == MANAGER_CLOSE_REFUSED)) ||
      (a.phase == AF_CLOSED && a.close_call == CLOSE_CALL_INSIDE &&
         (a.manager_close == MANAGER_CLOSE_COMPLETED ||
          a.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE)) ||
      (a.phase == AF_CLOSED && a.close_call == CLOSE_CALL_NONE &&
         (a.manager_close == MANAGER_CLOSE_COMPLETED ||
          a.manager_close == MANAGER_CLOSE_SUCCEEDED ||
          a.manager_close == MANAGER_CLOSE_REFUSED));

    // AF-CM-04, AF-CM-12, AF-CM-27, OID-07: released last, and before the success.
    predicate resources_are_consistent(struct address_family a) =
      a.resources <= 1 &&
      (a.phase == AF_OPEN ==> a.resources == 1) &&
      (manager_has_closed(a) ==> a.resources == 0) &&
      (a.manager_close == MANAGER_CLOSE_OWED || a.manager_close == MANAGER_CLOSE_REFUSED ||
       a.manager_close == MANAGER_CLOSE_REJECTED ==> a.resources == 1);

    predicate notification_is_consistent(struct address_family a) =
      a.notify_call <= 1 && a.notification <= NOTIFICATION_FINISHED &&
      a.report <= REPORT_DELIVERED && a.notified <= NOTIFIED_WITH_SUCCESS &&
      a.withheld <= 1 &&
      (a.withheld == 1 ==> a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE) &&
      (a.notification == NOTIFICATION_NONE ==> a.notify_call == 0) &&
      (a.notification != NOTIFICATION_NONE ==> a.notified == NOTIFIED) &&
      (a.notification != NOTIFICATION_PENDED && a.notification != NOTIFICATION_NONE ==>
         a.notify_call == 1) &&
      (a.report != REPORT_NONE ==>
         a.notification == NOTIFICATION_INSIDE || a.notification == NOTIFICATION_PENDED) &&
      (a.report == REPORT_NONE && a.notification != NOTIFICATION_FINISHED <==>
         a.answer == NO_STATUS) &&
      a.answer != PENDING;

    // AF-CL-08, AF-CM-22, AF-OP-12: no context is freed before its holder has begun to close.
    predicate contexts_are_consistent(struct address_family a) =
      a.client_context <= 1 && a.manager_context <= 1 &&
      (a.client_context == 0 ==> a.phase != AF_OPENING && !open_pends(a) &&
         (a.phase == AF_FAILED ==> is_over(a.opening))) &&
      (a.manager_context == 0 ==>
         a.manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(a) ||
         a.phase == AF_OPENING || a.phase == AF_FAILED) &&
      (a.manager_context == 0 && (a.phase == AF_OPENING || a.phase == AF_FAILED) ==>
         a.notify_call == 0 && a.notification == NOTIFICATION_NONE);

    predicate af_invariant(struct address_family a) =
      a.generation > 0 && a.miniport <= 1 && opening_is_consistent(a) &&
      close_is_consistent(a) && resources_are_consistent(a) &&
      notification_is_consistent(a) && contexts_are_consistent(a);
*/

/* What holds besides, as the documents are read. */
/*@ predicate close_as_read(struct address_family a, struct readings r) =
      (r.amb_02 != 'a' ==>
         !(a.phase == AF_CLOSING && a.manager_close == MANAGER_CLOSE_NONE)) &&
      (r.amb_02 != 'c' ==> !(client_was_told(a) && a.manager_close == MANAGER_CLOSE_REFUSED)) &&
      (r.amb_05 != 'a' ==> a.close_call != CLOSE_CALL_FAILED);

    predicate notification_as_read(struct address_family a, struct readings r) =
      // Success is reported only after the close has succeeded (NTF-26, NTF-36).
      (success_means_closed(r) ==> (a.answer == SUCCESS ==> client_was_told(a)) &&
         (a.notified == NOTIFIED_WITH_SUCCESS ==> client_was_told(a))) &&
      (a.withheld == 1 ==> r.amb_10 == 'b' && !client_was_told(a)) &&
      // What is reported and whose call has returned is over (NTF-07).
      (r.amb_08 != 'c' ==> !notification_is_over(a));

    // AF-CL-08 to AF-CL-10, AF-CM-24: no context is freed while a callback may need it.
    predicate contexts_as_read(struct address_family a, struct readings r) =
      (r.amb_09 != 'a' && a.client_context == 0 ==>
         a.phase == AF_CLOSED || a.phase == AF_FAILED) &&
      (r.amb_09 == 'c' && a.client_context == 0 ==> !answer_owed(a)) &&
      (r.amb_08 != 'a' && a.manager_context == 0 ==>
         a.notify_call == 0 && a.notification == NOTIFICATION_NONE);

    predicate af_as_read(struct address_family a, struct readings r) =
      close_as_read(a, r) && notification_as_read(a, r) && contexts_as_read(a, r);
*/

/* What no event changes back. An open ends once, and for good; a refused close returns the
 * rights to use and to close to the same handle (AMB-02); a close that the client was told of
 * never does. */
/*@ predicate af_evolves(struct address_family old, struct address_family new) =
      new.generation == old.generation && new.client == old.client &&
      (server_may_be_called(old.opening) ||
       (new.miniport == old.miniport && new.served_by == old.served_by)) &&
      (old.phase != AF_FREE ==> new.phase != AF_FREE) &&
      (new.phase == AF_OPENING ==> old.phase == AF_OPENING) &&
      (old.phase == AF_FAILED ==> new.phase == AF_FAILED) &&
      (new.phase == AF_FAILED ==> old.phase == AF_OPENING || old.phase == AF_FAILED) &&
      (is_over(old.opening) ==> is_over(new.opening)) &&
      (open_awaits_manager(new) ==>
         open_awaits_manager(old) || server_may_be_called(old.opening)) &&
      (client_has_handle(old) ==> client_has_handle(new)) &&
      (old.phase == AF_CLOSED ==> new.phase == AF_CLOSED) &&
      (client_was_told(old) ==> client_was_told(new)) &&
      (manager_has_closed(old) ==> manager_has_closed(new)) &&
      (old.client_context == 0 ==> new.client_context == 0) &&
      (old.manager_context == 0 && old.phase != AF_OPENING ==> new.manager_context == 0) &&
      (old.resources == 0 && old.phase != AF_OPENING ==> new.resources == 0);
*/

/* What NdisClCloseAddressFamily, and the notify call, must return; NO_STATUS: not yet. */
/*@ logic integer close_result(struct address_family a, struct readings r) =
      a.close_call != CLOSE_CALL_INSIDE ? NO_STATUS :
      a.manager_close == MANAGER_CLOSE_SUCCEEDED ? SUCCESS :
      a.manager_close == MANAGER_CLOSE_PENDED ? PENDING :
      a.manager_close == MANAGER_CLOSE_COMPLETED ? PENDING :
      a.manager_close == MANAGER_CLOSE_REJECTED ? FAILURE :
      a.manager_close != MANAGER_CLOSE_REFUSED ? NO_STATUS :
      r.amb_02 == 'c' ? SUCCESS :
      r.amb_03 == 'b' ? FAILURE : NOT_ACCEPTED;

    logic integer notify_result(struct address_family a) =
      a.notify_call == 0 ? NO_STATUS :
      a.notification == NOTIFICATION_PENDED ? PENDING :
      a.notification == NOTIFICATION_FINISHED ? a.answer :
      a.notification != NOTIFICATION_OWED ? NO_STATUS :
      a.phase == AF_CLOSED || a.close_call == CLOSE_CALL_SUCCEEDED ? SUCCESS : NO_STATUS;

    predicate client_is_done(struct address_family a) =
      a.phase == AF_FREE ||
      (((a.phase == AF_CLOSED && a.close_call == CLOSE_CALL_NONE) || a.phase == AF_FAILED) &&
       a.client_context == 0 && is_over(a.opening));

    predicate manager_is_done(struct address_family a) =
      a.phase == AF_FREE ||
      (a.manager_context == 0 && a.resources == 0 && a.notify_call == 0 &&
       a.notification == NOTIFICATION_NONE && a.opening.server != SERVER_PENDED);
*/

/* Exactly once: what was pended and what was completed differ by this, whatever comes. 1 is
 * pended and not completed; -1 completed and not yet pended (AMB-29). */
/*@ logic integer closes_owed(struct address_family a) =
      a.manager_close == MANAGER_CLOSE_PENDED ? 1 :
      a.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE ? -1 : 0;

    logic integer closes_pended(struct event e) =
      e.kind == LEAVE_CM_CLOSE_AF && e.status == PENDING ? 1 : 0;

    logic integer closes_completed(struct event e) =
      e.kind == CALL_CM_CLOSE_AF_COMPLETE || e.kind == CALL_MCM_CLOSE_AF_COMPLETE ? 1 : 0;

    logic integer answers_owed(struct address_family a) =
      a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE && a.withheld == 0 ? 1 :
      a.notification == NOTIFICATION_INSIDE && a.report != REPORT_NONE ? -1 : 0;

    logic integer answers_pended(struct event e) =
      e.kind == LEAVE_CL_NOTIFY_CLOSE_AF && e.status == PENDING ? 1 : 0;

    logic integer answers_given(struct event e) = e.kind == CALL_NOTIFY_COMPLETE ? 1 : 0;

    predicate completed_once(struct address_family old, struct address_family new,
                             struct event e) =
      closes_owed(new) == closes_owed(old) + closes_pended(e) - closes_completed(e) &&
      answers_owed(new) == answers_owed(old) + answers_pended(e) - answers_given(e);

    predicate nothing_completed(struct address_family old, struct address_family new) =
      closes_owed(new) == closes_owed(old) && answers_owed(new) == answers_owed(old);
*/

#endif
