/* call_logic.h - the words of the contracts of call.h. */
#ifndef CLOSEAF_CALL_LOGIC_H
#define CLOSEAF_CALL_LOGIC_H

/*@ predicate no_call_begun(struct vc v) =
      v.call == CALL_NONE && is_over(v.make_call) && is_over(v.incoming_call); */

/*@ predicate may_complete_as_manager(struct vc v, integer step) =
      step != STEP_COMPLETE || use_by_manager(v) == CONFORMING; */

/*@ predicate may_complete_as_client(struct vc v, integer step) =
      step != STEP_COMPLETE || use_by_client(v) == CONFORMING; */

/*@ predicate close_call_has_handle(struct vc v) =
      use_by_client(v) == CONFORMING && !(v.made_by_manager == 1 && v.call == CALL_NONE) &&
      v.call != CALL_IS_MADE;

    predicate call_may_close(struct vc v) =
      use_by_client(v) == CONFORMING && v.call == CALL_CONNECTED && is_over(v.close_call); */

/*@ predicate close_call_ends(struct vc v, integer step, integer status) =
      may_complete_as_manager(v, step) && takes(v.close_call, step, status); */

/* What an MCM calls instead of what a stand-alone call manager calls (MCM-07). */
/*@ predicate row_of_mcm(integer kind) =
      kind == VC_CREATE_BY_MANAGER_MCM_CALL || kind == VC_CREATE_BY_MANAGER_MCM_RETURN ||
      kind == VC_DELETE_BY_MANAGER_MCM_CALL || kind == VC_DELETE_BY_MANAGER_MCM_RETURN ||
      kind == VC_ACTIVATE_MCM_CALL || kind == VC_DEACTIVATE_MCM_CALL ||
      kind == VC_DEACTIVATE_MCM_RETURN || kind == VC_MAKE_CALL_MCM_COMPLETE ||
      kind == VC_CLOSE_CALL_MCM_COMPLETE || kind == VC_INCOMING_CALL_MCM_CALL ||
      kind == VC_INCOMING_CALL_MCM_RETURN || kind == VC_INCOMING_CLOSE_MCM_CALL;

    predicate row_of_stand_alone(integer kind) =
      kind == VC_CREATE_BY_MANAGER_CALL || kind == VC_CREATE_BY_MANAGER_RETURN ||
      kind == VC_DELETE_BY_MANAGER_CALL || kind == VC_DELETE_BY_MANAGER_RETURN ||
      kind == VC_ACTIVATE_CALL || kind == VC_DEACTIVATE_CALL ||
      kind == VC_DEACTIVATE_RETURN || kind == VC_MAKE_CALL_COMPLETE ||
      kind == VC_CLOSE_CALL_COMPLETE || kind == VC_INCOMING_CALL_CALL ||
      kind == VC_INCOMING_CALL_RETURN || kind == VC_INCOMING_CLOSE_CALL;

    predicate row_of_other_manager(integer kind, struct address_family af) =
      af.miniport == 0 ? row_of_mcm(kind) : row_of_stand_alone(kind);

    predicate row_begins_vc(integer kind) =
      kind == VC_CREATE_BY_CLIENT_CALL || kind == VC_CREATE_BY_MANAGER_CALL ||
      kind == VC_CREATE_BY_MANAGER_MCM_CALL;

    // Only its creator deletes a VC (VC-07), and only what it calls goes on (VC-03).
    predicate creation_of_other(integer kind, struct vc v) = v.made_by_manager == 1
      ? kind == VC_CREATE_BY_CLIENT_ENTER || kind == VC_CREATE_BY_CLIENT_LEAVE ||
        kind == VC_CREATE_BY_CLIENT_RETURN
      : kind == VC_CREATE_BY_MANAGER_ENTER || kind == VC_CREATE_BY_MANAGER_LEAVE ||
        kind == VC_CREATE_BY_MANAGER_RETURN || kind == VC_CREATE_BY_MANAGER_MCM_RETURN;

    predicate deletion_of_other(integer kind, struct vc v) = v.made_by_manager == 1
      ? kind == VC_DELETE_BY_CLIENT_CALL || kind == VC_DELETE_BY_CLIENT_ENTER ||
        kind == VC_DELETE_BY_CLIENT_LEAVE || kind == VC_DELETE_BY_CLIENT_RETURN
      : kind == VC_DELETE_BY_MANAGER_CALL || kind == VC_DELETE_BY_MANAGER_ENTER ||
        kind == VC_DELETE_BY_MANAGER_LEAVE || kind == VC_DELETE_BY_MANAGER_RETURN ||
        kind == VC_DELETE_BY_MANAGER_MCM_CALL || kind == VC_DELETE_BY_MANAGER_MCM_RETURN;

    // Only its close ends a connected call (CALL-12), and a call begins with its own call.
    predicate call_goes_on(struct vc old, struct vc new, integer kind) =
      (kind != VC_CLOSE_CALL_CALL && old.call == CALL_CONNECTED ==>
         new.call == CALL_CONNECTED && new.generation == old.generation) &&
      (vc_has_no_call(old) && !vc_has_no_call(new) ==> kind == VC_MAKE_CALL_CALL ||
         kind == VC_INCOMING_CALL_CALL || kind == VC_INCOMING_CALL_MCM_CALL);

    // A driver passes the handle of the VC.
    predicate row_uses_handle_of_client(integer kind) =
      kind == VC_DELETE_BY_CLIENT_CALL || kind == VC_MAKE_CALL_CALL ||
      kind == VC_CLOSE_CALL_CALL || kind == VC_INCOMING_CALL_COMPLETE || kind == VC_SEND_CALL;

    predicate row_uses_handle_of_manager(integer kind) =
      kind == VC_DELETE_BY_MANAGER_CALL || kind == VC_DELETE_BY_MANAGER_MCM_CALL ||
      kind == VC_ACTIVATE_CALL || kind == VC_ACTIVATE_MCM_CALL ||
      kind == VC_DEACTIVATE_CALL || kind == VC_DEACTIVATE_MCM_CALL ||
      kind == VC_MAKE_CALL_COMPLETE || kind == VC_MAKE_CALL_MCM_COMPLETE ||
      kind == VC_CLOSE_CALL_COMPLETE || kind == VC_CLOSE_CALL_MCM_COMPLETE ||
      kind == VC_INCOMING_CALL_CALL || kind == VC_INCOMING_CALL_MCM_CALL ||
      kind == VC_INCOMING_CLOSE_CALL || kind == VC_INCOMING_CLOSE_MCM_CALL;

    // Who has no handle, or whose AF is closed, is refused (VC-06, AF-CL-02).
    predicate vc_rights_are_kept(struct vc v, struct address_family af, integer kind,
                                 integer answer) =
      answer == CONFORMING ==>
        (row_uses_handle_of_client(kind) ==> use_by_client(v) == CONFORMING) &&
        (row_uses_handle_of_manager(kind) ==> use_by_manager(v) == CONFORMING) &&
        (kind == VC_CREATE_BY_CLIENT_CALL || kind == VC_MAKE_CALL_CALL ==>
           af.phase == AF_OPEN);

    predicate made_anew(struct vc old, struct vc new, struct event e) =
      vc_is_free(old) && new.generation == old.generation + 1 && new.af == e.on &&
      (new.made_by_manager == 0 <==> e.kind == VC_CREATE_BY_CLIENT_CALL) && vc_has_no_call(new);

    // It stays the VC that it is, and nothing comes to one that rests.
    predicate goes_on_as_made(struct vc old, struct vc new, integer kind) =
      new.generation == old.generation && new.af == old.af &&
      call_goes_on(old, new, kind) && (vc_is_free(old) ==> new == old) &&
      // The call manager's context comes with ProtocolCoCreateVc (VC-03).
      (kind != VC_CREATE_BY_CLIENT_ENTER && kind != VC_CREATE_BY_MANAGER_ENTER &&
       old.manager_context == 0 ==> new.manager_context == 0);
*/

/* When a VC takes an event of its life, and when one of its call. */
/*@ predicate creation_may_begin(struct vc v, struct address_family af, integer by_manager) =
      (by_manager == 1 || af.phase == AF_OPEN) && vc_is_free(v) && v.generation < UINT32_MAX;

    predicate creation_may_return(struct vc v, struct address_family af, integer status) =
      status == SUCCESS ?
        v.phase == VC_PEER_HAS_AGREED && (v.miniport_context != 0 || af.miniport != 0) :
        status != NO_STATUS && status == creation_failure(v, af) && v.miniport_context == 0;

    predicate peer_may_answer(struct vc v, integer status) =
      v.phase == VC_PEER_IS_ASKED && status != PENDING && status != NO_STATUS &&
      (status == SUCCESS ==> peer_has_context(v)) &&
      (status == RESOURCES ==> !peer_has_context(v));

    predicate deletion_may_begin(struct vc v) =
      v.phase == VC_CREATED && vc_has_no_call(v) &&
      (v.made_by_manager == 0 || v.activity == VC_INACTIVE);

    predicate peer_may_let_go(struct vc v, integer status) =
      v.phase == VC_PEER_LETS_GO && status != PENDING && status != NO_STATUS &&
      (status == SUCCESS <==> !peer_has_context(v));

    predicate deletion_may_return(struct vc v, integer status) =
      status == SUCCESS ?
        v.activity == VC_INACTIVE && v.phase == VC_PEER_HAS_LET_GO && v.miniport_context == 0 :
        v.phase == VC_DELETION_REFUSED && v.answer == status;

    predicate deactivation_may_end(struct vc v, integer step, integer status) =
      takes(v.deactivation, step, status) && (status == PENDING || v.sends == 0);

    predicate life_accepts(struct vc v, struct address_family af, struct readings r,
                           struct event e) =
      e.kind == VC_CREATE_BY_CLIENT_CALL ? creation_may_begin(v, af, 0) :
      e.kind == VC_CREATE_BY_MANAGER_CALL || e.kind == VC_CREATE_BY_MANAGER_MCM_CALL ?
        creation_may_begin(v, af, 1) :
      e.kind == MINIPORT_CREATE_VC_LEAVE ? af.miniport == 0 && v.phase == VC_CREATING &&
        e.status != PENDING && e.status != NO_STATUS :
      e.kind == VC_CREATE_BY_CLIENT_ENTER || e.kind == VC_CREATE_BY_MANAGER_ENTER ?
        v.phase == VC_CREATING :
      e.kind == VC_CREATE_BY_CLIENT_LEAVE || e.kind == VC_CREATE_BY_MANAGER_LEAVE ?
        peer_may_answer(v, e.status) :
      e.kind == VC_CREATE_BY_CLIENT_RETURN || e.kind == VC_CREATE_BY_MANAGER_RETURN ||
        e.kind == VC_CREATE_BY_MANAGER_MCM_RETURN ? creation_may_return(v, af, e.status) :
      e.kind == VC_DELETE_BY_CLIENT_CALL || e.kind == VC_DELETE_BY_MANAGER_CALL ||
        e.kind == VC_DELETE_BY_MANAGER_MCM_CALL ? deletion_may_begin(v) :
      e.kind == VC_DELETE_BY_CLIENT_ENTER || e.kind == VC_DELETE_BY_MANAGER_ENTER ?
        v.phase == VC_DELETING :
      e.kind == VC_DELETE_BY_CLIENT_LEAVE || e.kind == VC_DELETE_BY_MANAGER_LEAVE ?
        peer_may_let_go(v, e.status) :
      e.kind == MINIPORT_DELETE_VC_LEAVE ? af.miniport == 0 &&
        miniport_is_to_delete(v, af) && e.status != PENDING :
      e.kind == VC_DELETE_BY_CLIENT_RETURN || e.kind == VC_DELETE_BY_MANAGER_RETURN ||
        e.kind == VC_DELETE_BY_MANAGER_MCM_RETURN ? deletion_may_return(v, e.status) :
      e.kind == VC_ACTIVATE_CALL || e.kind == VC_ACTIVATE_MCM_CALL ?
        use_by_manager(v) == CONFORMING :
      e.kind == VC_DEACTIVATE_CALL || e.kind == VC_DEACTIVATE_MCM_CALL ?
        use_by_manager(v) == CONFORMING && v.call != CALL_CONNECTED &&
        is_over(v.deactivation) :
      e.kind == VC_DEACTIVATE_ENTER ? takes(v.deactivation, STEP_ENTER, NO_STATUS) :
      e.kind == VC_DEACTIVATE_LEAVE ? deactivation_may_end(v, STEP_LEAVE, e.status) :
      e.kind == VC_DEACTIVATE_COMPLETE ? deactivation_may_end(v, STEP_COMPLETE, e.status) :
      e.kind == VC_DEACTIVATE_DELIVER ? (af.miniport != 0 && r.amb_26 == 'a') ||
        deactivation_told(v, af, STEP_DELIVER, e.status) :
      e.kind == VC_DEACTIVATE_RETURN || e.kind == VC_DEACTIVATE_MCM_RETURN ?
        deactivation_told(v, af, STEP_RETURN, e.status) :
      e.kind == VC_DEACTIVATE_OWN ? deactivation_told(v, af, STEP_OWN, e.status) :
      e.kind == FREE_CLIENT_VC_CONTEXT ? v.client_context != 0 && open_call_told(v) &&
        v.call != CALL_CONNECTED && context_may_go(v, 1 - v.made_by_manager) &&
        has_ended(v.close_call) :
      e.kind == FREE_CALL_MGR_VC_CONTEXT && v.manager_context != 0 &&
        context_may_go(v, v.made_by_manager) && has_ended(v.deactivation) &&
        has_ended(v.incoming_call);

    predicate make_call_may_end(struct vc v, integer step, integer status) =
      may_complete_as_manager(v, step) && takes(v.make_call, step, status) &&
      (status == SUCCESS ==> v.activity == VC_ACTIVE);

    predicate incoming_call_may_end(struct vc v, integer step, integer status) =
      may_complete_as_client(v, step) && takes(v.incoming_call, step, status);

    predicate close_call_may_end(struct vc v, struct readings r, integer step,
                                 integer status) =
      close_call_ends(v, step, status) && (status == PENDING || (status == SUCCESS ?
        v.activity == VC_INACTIVE || r.amb_25 == 'b' : v.activity == VC_ACTIVE));

    predicate call_accepts(struct vc v, struct address_family af, struct readings r,
                           struct event e) =
      e.kind == VC_MAKE_CALL_CALL ? v.phase == VC_CREATED && v.made_by_manager == 0 &&
        af.phase == AF_OPEN && no_call_begun(v) :
      e.kind == VC_MAKE_CALL_ENTER ? takes(v.make_call, STEP_ENTER, NO_STATUS) :
      e.kind == VC_MAKE_CALL_LEAVE ? make_call_may_end(v, STEP_LEAVE, e.status) :
      e.kind == VC_MAKE_CALL_COMPLETE || e.kind == VC_MAKE_CALL_MCM_COMPLETE ?
        make_call_may_end(v, STEP_COMPLETE, e.status) :
      e.kind == VC_MAKE_CALL_DELIVER ? takes(v.make_call, STEP_DELIVER, e.status) :
      e.kind == VC_MAKE_CALL_RETURN ? takes(v.make_call, STEP_RETURN, e.status) :
      e.kind == VC_MAKE_CALL_OWN ? takes(v.make_call, STEP_OWN, e.status) :
      e.kind == FREE_CALL_PARAMETERS ? v.parameters != 0 && open_call_told(v) :
      e.kind == VC_INCOMING_CALL_CALL || e.kind == VC_INCOMING_CALL_MCM_CALL ?
        use_by_manager(v) == CONFORMING && v.phase <= VC_CREATED && no_call_begun(v) :
      e.kind == VC_INCOMING_CALL_ENTER ? takes(v.incoming_call, STEP_ENTER, NO_STATUS) :
      e.kind == VC_INCOMING_CALL_LEAVE ? incoming_call_may_end(v, STEP_LEAVE, e.status) :
      e.kind == VC_INCOMING_CALL_COMPLETE ?
        incoming_call_may_end(v, STEP_COMPLETE, e.status) :
      e.kind == VC_INCOMING_CALL_DELIVER ? takes(v.incoming_call, STEP_DELIVER, e.status) :
      e.kind == VC_INCOMING_CALL_RETURN || e.kind == VC_INCOMING_CALL_MCM_RETURN ?
        takes(v.incoming_call, STEP_RETURN, e.status) :
      e.kind == VC_INCOMING_CALL_OWN ? takes(v.incoming_call, STEP_OWN, e.status) :
      e.kind == VC_INCOMING_CLOSE_CALL || e.kind == VC_INCOMING_CLOSE_MCM_CALL ?
        use_by_manager(v) == CONFORMING :
      e.kind == VC_INCOMING_CLOSE_ENTER ? v.hung_up != 0 && v.client_context != 0 :
      e.kind == VC_SEND_CALL ? use_by_client(v) == CONFORMING &&
        v.call == CALL_CONNECTED && v.sends < UINT16_MAX :
      e.kind == VC_SEND_DELIVER ? v.sends > 0 :
      e.kind == VC_DROP_LAST_PARTY_CALL ?
        v.call == CALL_CONNECTED && v.drops_last_party == 0 :
      e.kind == VC_DROP_LAST_PARTY_RETURN ? v.drops_last_party != 0 && e.status == FAILURE :
      e.kind == VC_CLOSE_CALL_CALL ? call_may_close(v) && v.sends == 0 :
      e.kind == VC_CLOSE_CALL_ENTER ? takes(v.close_call, STEP_ENTER, NO_STATUS) :
      e.kind == VC_CLOSE_CALL_LEAVE ? close_call_may_end(v, r, STEP_LEAVE, e.status) :
      e.kind == VC_CLOSE_CALL_COMPLETE || e.kind == VC_CLOSE_CALL_MCM_COMPLETE ?
        close_call_may_end(v, r, STEP_COMPLETE, e.status) :
      e.kind == VC_CLOSE_CALL_DELIVER ? takes(v.close_call, STEP_DELIVER, e.status) :
      e.kind == VC_CLOSE_CALL_RETURN ? takes(v.close_call, STEP_RETURN, e.status) :
      e.kind == VC_CLOSE_CALL_OWN && takes(v.close_call, STEP_OWN, e.status);

    // What the SAPs of the AF decide: whether an incoming call is offered or refused (SAP-03),
    // and which requirement a deactivation under a call breaks (SAP-14, CALL-16).
    predicate sap_decides_call(struct vc new, integer sap_takes_calls, struct event e,
                               integer answer) =
      (e.kind == VC_INCOMING_CALL_CALL || e.kind == VC_INCOMING_CALL_MCM_CALL) &&
      answer == CONFORMING ==>
      new.call == (sap_takes_calls != 0 ? CALL_IS_OFFERED : CALL_IS_REJECTED);

    predicate sap_decides_deactivation(struct vc old, integer sap_goes, struct event e,
                                       integer answer) =
      (e.kind == VC_DEACTIVATE_CALL || e.kind == VC_DEACTIVATE_MCM_CALL) &&
      use_by_manager(old) == CONFORMING && old.call == CALL_CONNECTED ==>
      answer == (sap_goes != 0 ? SAP_14 : CALL_16);

    predicate row_of_vc(integer kind) = FIRST_OF_vc <= kind <= LAST_OF_call;

    predicate row_of_call(integer kind) = FIRST_OF_call <= kind <= LAST_OF_call;

    predicate vc_accepts(struct vc v, struct address_family af, struct readings r,
                         struct event e) =
      !row_of_other_manager(e.kind, af) && !creation_of_other(e.kind, v) &&
      !deletion_of_other(e.kind, v) && (call_accepts(v, af, r, e) || life_accepts(v, af, r, e));
*/

#endif
