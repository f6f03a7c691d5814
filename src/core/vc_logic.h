/* vc_logic.h - the words of the contracts of vc.h. */
#ifndef CLOSEAF_VC_LOGIC_H
#define CLOSEAF_VC_LOGIC_H

/*@ predicate vc_has_no_call(struct vc v) =
      v.call == CALL_NONE || v.call == CALL_IS_REJECTED || v.call == CALL_HAS_FAILED;

    // The server has yet to say how it ends.
    predicate awaited(struct operation o) = o.server == SERVER_OWED || completion_is_owed(o);

    // The rights (VC-06, VC-12, VC-14): what each breaks that uses the handle.
    logic integer use_by_client(struct vc v) =
      v.phase == VC_FREE ? VC_12 :
      v.client_context == 1 &&
        v.phase >= (v.made_by_manager == 1 ? VC_PEER_HAS_AGREED : VC_CREATED)
        ? CONFORMING : VC_06;
    logic integer use_by_manager(struct vc v) =
      v.phase == VC_FREE ? VC_12 :
      v.manager_context == 1 &&
        v.phase >= (v.made_by_manager == 1 ? VC_CREATED : VC_PEER_HAS_AGREED)
        ? CONFORMING : VC_06;
    predicate client_has_vc(struct vc v) = use_by_client(v) == CONFORMING;

    // NDIS may still enter a callback, or its driver run its own, with this context (CALL-05).
    predicate client_may_be_called_on(struct vc v) =
      !has_ended(v.make_call) || awaited(v.incoming_call) || !has_ended(v.close_call) ||
      (v.made_by_manager == 1 && v.phase == VC_DELETING);
    predicate manager_may_be_called_on(struct vc v) =
      awaited(v.make_call) || !has_ended(v.incoming_call) || awaited(v.close_call) ||
      !has_ended(v.deactivation) || (v.made_by_manager == 0 && v.phase == VC_DELETING);

    // Nothing is to come, and nothing is held: the slot may be used again.
    predicate vc_is_free(struct vc v) =
      v.phase == VC_FREE && v.client_context == 0 && v.manager_context == 0 &&
      v.parameters == 0 && v.drops_last_party == 0 && is_over(v.make_call) &&
      is_over(v.incoming_call) && is_over(v.close_call) && is_over(v.deactivation);
*/

/* What is true of every slot: the parts of the record fit. */
/*@ predicate vc_values(struct vc v) =
      v.made_by_manager <= 1 && v.phase <= VC_PEER_HAS_LET_GO && v.activity <= VC_DEACTIVATING &&
      v.call <= CALL_HAS_FAILED && v.client_context <= 1 && v.manager_context <= 1 &&
      v.miniport_context <= 1 && v.parameters <= 1 && v.hung_up <= 1 &&
      v.drops_last_party <= 1 &&
      operation_invariant(v.make_call) && operation_invariant(v.incoming_call) &&
      operation_invariant(v.close_call) && operation_invariant(v.deactivation);

    predicate vc_life_is_consistent(struct vc v) =
      (v.generation == 0 ==> vc_is_free(v)) &&
      (v.answer != NO_STATUS <==>
         v.phase == VC_CREATION_FAILED || v.phase == VC_DELETION_REFUSED) &&
      v.answer != SUCCESS && v.answer != PENDING && v.answer < STATUS_COUNT &&
      // Nothing is done with it before somebody has the handle, or after it is gone.
      (v.phase < VC_PEER_HAS_AGREED ==> v.activity == VC_INACTIVE && v.call == CALL_NONE) &&
      (VC_FREE < v.phase < VC_PEER_HAS_AGREED ==>
         is_over(v.make_call) && is_over(v.incoming_call) && is_over(v.close_call) &&
         is_over(v.deactivation)) &&
      (v.phase == VC_FREE ==> v.miniport_context == 0);

    predicate call_is_consistent(struct vc v) =
      (v.call == CALL_IS_MADE <==> awaited(v.make_call)) &&
      (v.call == CALL_IS_OFFERED <==> awaited(v.incoming_call)) &&
      (v.call == CALL_IS_CLOSING <==> awaited(v.close_call)) &&
      (is_over(v.make_call) || is_over(v.incoming_call)) &&
      (v.sends > 0 ==> v.call == CALL_CONNECTED) &&
      // VC-08: no call uses what is being deleted.
      (!vc_has_no_call(v) ==> v.phase <= VC_CREATED) &&
      (v.activity == VC_DEACTIVATING ==> awaited(v.deactivation)) &&
      (awaited(v.deactivation) ==> v.activity != VC_INACTIVE);

    // VC-14, CALL-05, CALL-13: no context is freed while it is needed.
    predicate vc_contexts_are_consistent(struct vc v) =
      (v.phase != VC_FREE ==>
         (v.made_by_manager == 1 ? v.manager_context == 1 : v.client_context == 1)) &&
      (v.phase == VC_CREATING || v.phase == VC_PEER_HAS_LET_GO ==>
         (v.made_by_manager == 1 ? v.client_context == 0 : v.manager_context == 0)) &&
      (VC_PEER_HAS_AGREED <= v.phase <= VC_DELETION_REFUSED ==>
         v.client_context == 1 && v.manager_context == 1) &&
      (client_may_be_called_on(v) ==> v.client_context == 1) &&
      (manager_may_be_called_on(v) ==> v.manager_context == 1);

    predicate vc_invariant(struct vc v) =
      vc_values(v) && vc_life_is_consistent(v) && call_is_consistent(v) &&
      vc_contexts_are_consistent(v);

    predicate owed_at_most_once(struct operation old, struct operation new) =
      completion_is_owed(new) ==> completion_is_owed(old) || old.server == SERVER_OWED;

    // Within a generation: what is gone, and what is freed, never comes back; a completion
    // that was given is not owed again. A new one begins at rest.
    predicate vc_evolves(struct vc old, struct vc new) =
      (new.generation == old.generation ||
         (new.generation == old.generation + 1 && vc_is_free(old))) &&
      (new.generation == old.generation ==>
         new.af == old.af && new.made_by_manager == old.made_by_manager &&
         (old.phase == VC_FREE ==> new.phase == VC_FREE) &&
         (old.phase != VC_CREATING ==> new.phase != VC_CREATING) &&
         (old.phase >= VC_CREATED ==> new.phase >= VC_CREATED || new.phase == VC_FREE) &&
         (old.phase != VC_CREATING && old.client_context == 0 ==> new.client_context == 0) &&
         (old.phase != VC_CREATING && old.manager_context == 0 ==> new.manager_context == 0) &&
         (old.phase != VC_CREATING && old.miniport_context == 0 ==>
            new.miniport_context == 0)) &&
      owed_at_most_once(old.make_call, new.make_call) &&
      owed_at_most_once(old.incoming_call, new.incoming_call) &&
      owed_at_most_once(old.close_call, new.close_call) &&
      owed_at_most_once(old.deactivation, new.deactivation);
*/

/*@ predicate peer_has_context(struct vc v) =
      v.made_by_manager == 1 ? v.client_context == 1 : v.manager_context == 1; */

/*@ predicate af_closed_meanwhile(struct vc v, struct address_family af) =
      v.phase == VC_CREATING && af.phase != AF_OPEN;

    logic integer creation_failure(struct vc v, struct address_family af) =
      v.phase == VC_CREATING && af.phase != AF_OPEN ? FAILURE :
      v.phase == VC_CREATION_FAILED ? v.answer : NO_STATUS; */

/*@ predicate miniport_is_to_delete(struct vc v, struct address_family af) =
      v.miniport_context == 1 && (v.phase == VC_PEER_HAS_LET_GO ||
        v.phase == VC_CREATION_FAILED || af_closed_meanwhile(v, af)); */

/*@ predicate deactivation_told(struct vc v, struct address_family af, integer step,
                                integer status) =
      takes(v.deactivation, step, status) && !(step == STEP_DELIVER && af.miniport != 0); */

/*@ predicate context_may_go(struct vc v, integer of_creator) =
      v.phase == VC_FREE ||
      (of_creator == 0 && (v.phase == VC_PEER_LETS_GO || v.phase == VC_PEER_IS_ASKED));

    predicate open_call_told(struct vc v) =
      has_ended(v.make_call) && has_ended(v.incoming_call); */

/*@ predicate no_vc_may_be_left(struct readings r) = r.amb_24 != 'b';

    // It has a call, or the call manager knows of it, where that counts (AMB-24).
    predicate vc_is_there(struct vc v, struct readings r) =
      !vc_has_no_call(v) || (v.phase != VC_FREE && v.manager_context != 0 && no_vc_may_be_left(r));
*/

#endif
