/* call.pml - calls: what NDIS lets a client and a call manager do with the call on a VC, and
 * what they do. Outgoing calls are made on the client's VCs, incoming ones offered on the
 * call manager's. Conventions as in ndis.pml. */
#if VCS > 0

/* ---- making a call ---- */

inline call_NdisClMakeCall(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_CALL, v, 0);
        need_right_to_use(af_of_vc(v));
        need(vc[v].phase == VC_CREATED, RQ_CALL_01);
        need_vc(v, client_vc_handle[v]);
        need(!made_by_manager(v), RQ_VC_18);
        need(vc[v].call != CALL_HAS_FAILED, RQ_CALL_06);
        need(vc[v].call != CALL_ENDED_IN_ERROR, RQ_CALL_21);
        need(vc[v].call == CALL_NONE && is_over(vc[v].outgoing) && is_over(vc[v].incoming), RQ_CALL_14);
        vc[v].call = CALL_IS_MADE;
        vc[v].parameters = 1;
        begin_operation(vc[v].outgoing)
    }
}

inline enter_ProtocolCmMakeCall(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_ENTER, v, 0);
        enter_operation(vc[v].outgoing, RQ_CALL_04);
        need(vc[v].manager_context, RQ_VC_03)
    }
}

inline call_was_made(v, with_status)
{
    if
    :: with_status == ST_SUCCESS ->
        need(vc[v].activity == VC_ACTIVE, RQ_CALL_26);
        call_has_party(1);
        vc[v].call = CALL_CONNECTED
    :: else -> vc[v].call = CALL_HAS_FAILED
    fi
}

inline leave_ProtocolCmMakeCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_LEAVE, v, with_status);
        leave_operation(vc[v].outgoing, with_status, RQ_CALL_04);
        if
        :: with_status != ST_PENDING -> call_was_made(v, with_status)
        :: else
        fi
    }
}

inline call_NdisCmMakeCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_MAKE_CALL_COMPLETE, EV_VC_MAKE_CALL_MCM_COMPLETE), v, with_status);
        need_vc(v, manager_vc_handle[v]);
        complete_operation(vc[v].outgoing, with_status, RQ_CALL_04);
        call_was_made(v, with_status)
    }
}

inline enter_ProtocolClMakeCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_DELIVER, v, with_status);
        deliver_operation(vc[v].outgoing, with_status, RQ_CALL_02);
        need(vc[v].client_context, RQ_CALL_05)
    }
}

inline return_NdisClMakeCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_RETURN, v, with_status);
        return_operation(vc[v].outgoing, with_status, RQ_CALL_02)
    }
}

inline own_ProtocolClMakeCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_MAKE_CALL_OWN, v, with_status);
        own_operation(vc[v].outgoing, with_status, RQ_CALL_02)
    }
}

inline free_call_parameters(thread, v)
{
    d_step {
        vc_line(thread, EV_FREE_CALL_PARAMETERS, v, 0);
        need(vc[v].parameters, RQ_CALL_03);
        need(has_ended(vc[v].outgoing) && has_ended(vc[v].incoming), RQ_CALL_03);
        vc[v].parameters = 0
    }
}

/* ---- an incoming call ---- */

/* On a SAP that has gone in the meantime NDIS refuses. The client may not have been told
 * yet that the SAP is there (SAP-03). */
inline call_NdisCmDispatchIncomingCall(thread, v)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_INCOMING_CALL_CALL, EV_VC_INCOMING_CALL_MCM_CALL), v, 0);
        need(af[af_of_vc(v)].resources, RQ_AF_CM_16);
        need_vc(v, manager_vc_handle[v]);
        need(vc[v].phase <= VC_CREATED, RQ_VC_08);
        need(vc[v].call == CALL_NONE && is_over(vc[v].outgoing) && is_over(vc[v].incoming), RQ_CALL_23);
        if
        :: sap_takes_calls ->
            vc[v].call = CALL_IS_OFFERED;
            begin_operation(vc[v].incoming)
        :: else ->
            vc[v].call = CALL_IS_REJECTED;
            answer_operation(vc[v].incoming, ST_FAILURE)
        fi
    }
}

inline enter_ProtocolClIncomingCall(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CALL_ENTER, v, 0);
        enter_operation(vc[v].incoming, RQ_CALL_23);
        need(vc[v].client_context, RQ_VC_14)
    }
}

inline call_was_answered(v, with_status)
{
    if
    :: with_status == ST_SUCCESS -> vc[v].call = CALL_CONNECTED
    :: else -> vc[v].call = CALL_IS_REJECTED
    fi
}

inline leave_ProtocolClIncomingCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CALL_LEAVE, v, with_status);
        leave_operation(vc[v].incoming, with_status, RQ_CALL_22);
        if
        :: with_status != ST_PENDING -> call_was_answered(v, with_status)
        :: else
        fi
    }
}

inline call_NdisClIncomingCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CALL_COMPLETE, v, with_status);
        need_vc(v, client_vc_handle[v]);
        complete_operation(vc[v].incoming, with_status, RQ_CALL_22);
        call_was_answered(v, with_status)
    }
}

inline enter_ProtocolCmIncomingCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CALL_DELIVER, v, with_status);
        deliver_operation(vc[v].incoming, with_status, RQ_CALL_23);
        need(vc[v].manager_context, RQ_VC_14)
    }
}

inline return_NdisCmDispatchIncomingCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_INCOMING_CALL_RETURN, EV_VC_INCOMING_CALL_MCM_RETURN), v, with_status);
        return_operation(vc[v].incoming, with_status, RQ_CALL_23)
    }
}

inline own_ProtocolCmIncomingCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CALL_OWN, v, with_status);
        own_operation(vc[v].incoming, with_status, RQ_CALL_23)
    }
}

/* ---- the other side ends a call ---- */

inline call_NdisCmDispatchIncomingCloseCall(thread, v, with_error)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_INCOMING_CLOSE_CALL, EV_VC_INCOMING_CLOSE_MCM_CALL), v, 0);
        need_vc(v, manager_vc_handle[v]);
        vc[v].hung_up = 1;
        vc[v].remote_error = with_error
    }
}

inline enter_ProtocolClIncomingCloseCall(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_INCOMING_CLOSE_ENTER, v, 0);
        need(vc[v].hung_up, RQ_CALL_20);
        need(vc[v].client_context, RQ_VC_14)
    }
}

/* ---- data ---- */

inline call_NdisCoSendNetBufferLists(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_SEND_CALL, v, 0);
        need_vc(v, client_vc_handle[v]);
        need(vc[v].call == CALL_CONNECTED, RQ_CALL_10);
        vc[v].sends++
    }
}

inline enter_ProtocolCoSendNetBufferListsComplete(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_SEND_DELIVER, v, ST_SUCCESS);
        need(vc[v].sends > 0, RQ_VC_26);
        vc[v].sends--
    }
}

/* The client looks at the buffers that it has sent, or frees them. */
inline touch_send_buffers(v)
{
    d_step { need(vc[v].sends == 0, RQ_VC_26) }
}

/* ---- closing a call ---- */

/* NDIS marks the VC as closing (CALL-11), also on an AF that closes (AF-CM-27). */
inline call_NdisClCloseCall(thread, v, with_data)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_CALL, v, 0);
        need_vc(v, client_vc_handle[v]);
        need(!(made_by_manager(v) && vc[v].call == CALL_NONE), RQ_VC_18);
        need(vc[v].call != CALL_IS_MADE, RQ_CALL_05);
        need(vc[v].call == CALL_CONNECTED && is_over(vc[v].closing_call), RQ_CALL_08);
        need(vc[v].sends == 0, RQ_CALL_09);
        need_last_party(v);
        vc[v].call = CALL_IS_CLOSING;
        vc[v].close_data = with_data;
        begin_operation(vc[v].closing_call)
    }
}

inline enter_ProtocolCmCloseCall(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_ENTER, v, 0);
        enter_operation(vc[v].closing_call, RQ_CALL_11);
        need(vc[v].call == CALL_IS_CLOSING, RQ_CALL_11);
        need(vc[v].manager_context, RQ_VC_14)
    }
}

/* A close that fails leaves the call as it was (CALL-25). */
inline call_was_closed(v, with_status)
{
    if
    :: with_status == ST_SUCCESS ->
        need(vc[v].activity == VC_INACTIVE || AMB_25 == READING_B, RQ_CALL_16);
        need(!vc[v].close_data, RQ_CALL_18);
        IF_PARTIES(need(!call_party_context, RQ_CALL_17);)
        if
        :: vc[v].remote_error -> vc[v].call = CALL_ENDED_IN_ERROR
        :: else -> vc[v].call = CALL_NONE
        fi;
        vc[v].hung_up = 0
    :: else ->
        need(vc[v].activity == VC_ACTIVE, RQ_CALL_25);
        vc[v].call = CALL_CONNECTED
    fi;
    vc[v].close_data = 0
}

inline leave_ProtocolCmCloseCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_LEAVE, v, with_status);
        leave_operation(vc[v].closing_call, with_status, RQ_CALL_15);
        if
        :: with_status != ST_PENDING -> call_was_closed(v, with_status)
        :: else
        fi
    }
}

inline call_NdisCmCloseCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_CLOSE_CALL_COMPLETE, EV_VC_CLOSE_CALL_MCM_COMPLETE), v, with_status);
        need_vc(v, manager_vc_handle[v]);
        complete_operation(vc[v].closing_call, with_status, RQ_CALL_15);
        call_was_closed(v, with_status)
    }
}

inline enter_ProtocolClCloseCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_DELIVER, v, with_status);
        deliver_operation(vc[v].closing_call, with_status, RQ_CALL_08);
        need(vc[v].client_context, RQ_CALL_13)
    }
}

inline return_NdisClCloseCall(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_RETURN, v, with_status);
        return_operation(vc[v].closing_call, with_status, RQ_CALL_08)
    }
}

inline own_ProtocolClCloseCallComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_CLOSE_CALL_OWN, v, with_status);
        own_operation(vc[v].closing_call, with_status, RQ_CALL_08);
        need(vc[v].client_context, RQ_CALL_13)
    }
}

/* A VC is deactivated when its call is over: closed, or rejected (CALL-16, CALL-24). The
 * deregistration of its SAP is no reason (SAP-14). */
inline need_call_is_over(v)
{
    need(!(vc[v].call == CALL_CONNECTED && sap_is_going), RQ_SAP_14);
    need(vc[v].call != CALL_CONNECTED, RQ_CALL_16)
}

/* In its unbind a client has closed its calls before it closes their AF (AF-CL-14). */
inline need_no_call_in_unbind(thread, i)
{
    for (other : 0 .. VCS - 1) {
        need(EARLY_CLOSE || !is_in_unbind(thread, i) || af_of_vc(other) != i || vc_has_no_call(other), RQ_AF_CL_14)
    }
    other = 0
}

/* What an AF that is about to close still has of them (AF-CL-11). */
inline need_no_vc_left(i)
{
    for (other : 0 .. VCS - 1) {
        if
        :: !EARLY_CLOSE && af_of_vc(other) == i ->
            need(!(vc[other].call == CALL_CONNECTED && vc[other].hung_up), RQ_CALL_20);
            need(vc_has_no_call(other) || !client_vc_handle[other], RQ_NTF_19);
            need(vc[other].call != CALL_HAS_FAILED || AMB_24 == READING_B, RQ_CALL_06);
            need(vc[other].call != CALL_ENDED_IN_ERROR || made_by_manager(other) || AMB_24 == READING_B, RQ_CALL_21);
            need(vc[other].phase == VC_FREE || made_by_manager(other) || AMB_24 == READING_B, RQ_VC_19);
            need(!client_vc_handle[other] || vc[other].phase == VC_FREE || AMB_24 == READING_B, RQ_AF_CL_11)
        :: else
        fi
    }
    other = 0
}

/* What the call manager answers for when it releases an AF: an MCM has stopped all activity
 * on it (MCM-09), calls have been served (AF-CM-27), its own VCs are deleted (VC-20), the
 * client's are counted (AF-CM-26). */
inline need_vcs_released(i)
{
    for (other : 0 .. VCS - 1) {
        need(af_of_vc(other) != i || !binding[0].miniport || vc[other].activity == VC_INACTIVE, RQ_MCM_09);
        need(af_of_vc(other) != i || vc_has_no_call(other) || !vc[other].manager_context, RQ_AF_CM_27);
        need(af_of_vc(other) != i || !vc[other].manager_context || !made_by_manager(other) || AMB_24 == READING_B, RQ_VC_20);
        need(af_of_vc(other) != i || !vc[other].manager_context || AMB_24 == READING_B, RQ_AF_CM_26)
    }
    other = 0
}

inline need_calls_closed(i)
{
    for (other : 0 .. VCS - 1) {
        need(af_of_vc(other) != i || vc_has_no_call(other), RQ_AF_CM_13)
    }
    other = 0
}

/* A client that closes early may still be inside NdisCoDeleteVc when its AF is gone. */
inline need_vcs_at_rest()
{
    if
    :: !EARLY_CLOSE ->
        for (other : 0 .. VCS - 1) {
            need(is_over(vc[other].outgoing) && is_over(vc[other].incoming), RQ_CALL_04);
            need(is_over(vc[other].closing_call), RQ_CALL_15);
            need(is_over(vc[other].deactivation), RQ_VC_22);
            need(vc[other].phase == VC_FREE, RQ_CALL_19);
            need(!vc[other].client_context && !vc[other].manager_context, RQ_VC_14);
            need(!vc[other].parameters, RQ_CALL_03)
        }
        other = 0
    :: else
    fi
}

/* ---- the call manager's part ---- */

byte close_failures[VCS];   /* how often it has failed to close the call */

inline ProtocolCmMakeCall(thread, v)
{
    enter_ProtocolCmMakeCall(thread, v);
    if
    :: manager_task[v] = ANSWER_CALL;
        leave_ProtocolCmMakeCall(thread, v, ST_PENDING)
    IF_INSIDE(
    :: answer_call(thread, v);
        leave_ProtocolCmMakeCall(thread, v, ST_PENDING)
    )
    :: call_NdisCmActivateVc(thread, v);
        manager_vc[v] = VC_HAS_CALL;
        leave_ProtocolCmMakeCall(thread, v, ST_SUCCESS)
    :: leave_ProtocolCmMakeCall(thread, v, ST_FAILURE)
    fi
}

/* An MCM may deactivate to be sure; NDIS refuses what is not active (VC-23). */
inline deactivate_for_nothing(thread, v)
{
    IF_DEACTIVATES_IN_VAIN(
    atomic { call_NdisCmDeactivateVc(thread, v); return_NdisCmDeactivateVc(thread, v, ST_NOT_ACCEPTED) }
    )
    UNLESS_DEACTIVATES_IN_VAIN(skip)
}

/* What was pended gets its answer, whatever becomes of the call (AMB-38). */
inline answer_call(thread, v)
{
    if
    :: call_NdisCmActivateVc(thread, v);
        manager_vc[v] = VC_HAS_CALL;
        call_NdisCmMakeCallComplete(thread, v, ST_SUCCESS);
        ProtocolClMakeCallComplete(thread, v, ST_SUCCESS)
    :: deactivate_for_nothing(thread, v);
        call_NdisCmMakeCallComplete(thread, v, ST_FAILURE);
        ProtocolClMakeCallComplete(thread, v, ST_FAILURE)
    fi
}

/* It closes at once, later, or not now: this medium carries no close data (CALL-18), and
 * the other side may fail (CALL-25). */
inline fail_to_close(v)
{
    if
    :: vc[v].close_data
    :: else -> close_failures[v]++
    fi;
    manager_vc[v] = VC_HAS_CALL
}

inline ProtocolCmCloseCall(thread, v)
{
    enter_ProtocolCmCloseCall(thread, v);
    if
    :: atomic { !vc[v].close_data -> manager_vc[v] = VC_IS_CLOSING; manager_task[v] = CLOSE_CALL };
        leave_ProtocolCmCloseCall(thread, v, ST_PENDING)
    :: atomic { AMB_25 == READING_A && AMB_19_MANAGER == READING_A && !vc[v].close_data -> manager_vc[v] = VC_IS_CLOSING };
        NdisCmDeactivateVc(thread, v);
        if
        :: atomic { deactivation_end[v] == HAS_ENDED ->
                deactivation_end[v] = 0;
                call_is_closed(v);
                leave_ProtocolCmCloseCall(thread, v, ST_SUCCESS) }
        :: atomic { deactivation_end[v] != HAS_ENDED -> deactivation_end[v] = LEFT_TO_CALLBACK };
            leave_ProtocolCmCloseCall(thread, v, ST_PENDING)
        fi
    IF_INSIDE(
    :: atomic { AMB_25 == READING_A && AMB_19_MANAGER == READING_A && !vc[v].close_data -> manager_vc[v] = VC_IS_CLOSING };
        deactivate(thread, v);
        leave_ProtocolCmCloseCall(thread, v, ST_PENDING)
    )
    :: atomic { vc[v].close_data || close_failures[v] < CLOSE_FAILURES -> fail_to_close(v) };
        if
        :: vc[v].close_data -> leave_ProtocolCmCloseCall(thread, v, ST_INVALID_DATA)
        :: else -> leave_ProtocolCmCloseCall(thread, v, ST_FAILURE)
        fi
    fi
}

/* The call manager is done with a call: its own VC it deletes (CALL-19), the client's it
 * keeps until the client deletes it. */
inline call_is_closed(v)
{
    manager_vc[v] = VC_IS_IDLE;
    close_failures[v] = 0;
    call_has_party(0);
    if
    :: made_by_manager(v) -> manager_task[v] = DELETE_VC
    :: else
    fi
}

inline complete_close_call(thread, v)
{
    atomic {
        call_has_closed(v);
        call_NdisCmCloseCallComplete(thread, v, ST_SUCCESS) };
    ProtocolClCloseCallComplete(thread, v, ST_SUCCESS)
}

/* The VC is inactive; what follows depends on why it was deactivated. */
inline go_on_without_vc(thread, v)
{
    if
    :: atomic { manager_vc[v] == VC_IS_CLOSING -> skip }; complete_close_call(thread, v)
    :: atomic { manager_vc[v] != VC_IS_CLOSING && manager_vc[v] != NO_VC -> call_is_closed(v) }
    :: atomic { manager_vc[v] == NO_VC -> skip }
    fi
}

/* Deactivate and go on, or leave that to the callback. */
inline deactivate(thread, v)
{
    NdisCmDeactivateVc(thread, v);
    if
    :: atomic { deactivation_end[v] == HAS_ENDED -> deactivation_end[v] = 0 }; go_on_without_vc(thread, v)
    :: atomic { deactivation_end[v] != HAS_ENDED -> deactivation_end[v] = LEFT_TO_CALLBACK }
    fi
}

/* An MCM ignores a stray callback (AMB-26 b). */
#define waits_for_callback  (!MINIPORT || AMB_26_MANAGER == READING_A)
inline ProtocolCmDeactivateVcComplete(thread, v)
{
    enter_ProtocolCmDeactivateVcComplete(thread, v, ST_SUCCESS);
    if
    :: atomic { deactivation_end[v] == LEFT_TO_CALLBACK -> deactivation_end[v] = 0 }; go_on_without_vc(thread, v)
    :: atomic { deactivation_end[v] != LEFT_TO_CALLBACK && waits_for_callback -> deactivation_end[v] = HAS_ENDED }
    :: atomic { deactivation_end[v] != LEFT_TO_CALLBACK && !waits_for_callback -> skip }
    fi
}

/* A call comes in: a VC for it, which the client may refuse, and then the call itself. */
bit may_offer;
bit may_hang_up;
#define OFFERED  (CALLS)         /* its slot */
#define may_offer_call \
    (may_offer && manager_references[0] > 0 && !manager_closed[0] && !close_queued[0] && \
     sap_takes_calls)

inline offer_call(thread, v)
{
    NdisCoCreateVc(thread, v);
    if
    :: atomic { manager_vc[v] == VC_IS_IDLE -> manager_vc[v] = VC_IS_CALLING };
        call_NdisCmActivateVc(thread, v);
        NdisCmDispatchIncomingCall(thread, v)
    :: atomic { manager_vc[v] == NO_VC -> skip }
    fi
}

/* The client may have closed the call already. One that it rejects is over: the VC is
 * deactivated (CALL-24) and deleted. */
inline incoming_call_has_ended(v, with_status)
{
    atomic {
        if
        :: with_status != ST_SUCCESS -> manager_task[v] = DEACTIVATE_VC
        :: with_status == ST_SUCCESS && manager_vc[v] == VC_IS_CALLING -> manager_vc[v] = VC_HAS_CALL
        :: else
        fi
    }
}

inline ProtocolCmIncomingCallComplete(thread, v, with_status)
{
    enter_ProtocolCmIncomingCallComplete(thread, v, with_status);
    incoming_call_has_ended(v, with_status)
}

inline NdisCmDispatchIncomingCall(thread, v)
{
    atomic {
        call_NdisCmDispatchIncomingCall(thread, v);
        if
        :: vc[v].incoming.server == SERVER_OWED -> enter_ProtocolClIncomingCall(thread, v)
        :: else
        fi
    };
    if
    :: atomic { vc[v].incoming.server == SERVER_INSIDE -> skip }; ProtocolClIncomingCall(thread, v)
    :: atomic { vc[v].incoming.server != SERVER_INSIDE -> skip }
    fi;
    if
    :: atomic { operation_result(vc[v].incoming) == ST_PENDING -> return_NdisCmDispatchIncomingCall(thread, v, ST_PENDING) }
    :: atomic { operation_result(vc[v].incoming) == ST_SUCCESS -> return_NdisCmDispatchIncomingCall(thread, v, ST_SUCCESS) };
        own_ProtocolCmIncomingCallComplete(thread, v, ST_SUCCESS);
        incoming_call_has_ended(v, ST_SUCCESS)
    :: atomic { operation_result(vc[v].incoming) == ST_FAILURE -> return_NdisCmDispatchIncomingCall(thread, v, ST_FAILURE) };
        own_ProtocolCmIncomingCallComplete(thread, v, ST_FAILURE);
        incoming_call_has_ended(v, ST_FAILURE)
    fi
}

/* The other side ends the call, with an error or without (CALL-20, CALL-21). */
inline hang_up(thread, v, with_error)
{
    call_NdisCmDispatchIncomingCloseCall(thread, v, with_error);
    enter_ProtocolClIncomingCloseCall(thread, v);
    know_of_the_end(v, with_error)
}

/* What the call manager waits for: the other side of a call that is made, unless it gives
 * up by itself (AMB-38), and of one that is closed, to which it may send nothing while its
 * binding is paused (AMB-19). */
#define others_answer    (AMB_38_MANAGER == READING_A)
#define network_answers  (AMB_19_MANAGER == READING_A || AMB_19 != READING_A || binding[0].phase == BOUND)

/* What the worker does with a VC. */
#define has_task(v, a_task)  (manager_task[v] == a_task)
inline work_on_vc(thread, v)
{
    if
    :: atomic { has_task(v, ANSWER_CALL) && others_answer -> manager_task[v] = NO_TASK };
        answer_call(thread, v)
    :: atomic { has_task(v, CLOSE_CALL) && network_answers -> manager_task[v] = NO_TASK };
        go_on_closing(thread, v)
    :: atomic { has_task(v, CLOSE_CALL) && close_failures[v] < CLOSE_FAILURES ->
            manager_task[v] = NO_TASK; fail_to_close(v) };
        call_NdisCmCloseCallComplete(thread, v, ST_FAILURE);
        ProtocolClCloseCallComplete(thread, v, ST_FAILURE)
    :: atomic { has_task(v, DEACTIVATE_VC) -> manager_task[v] = NO_TASK };
        deactivate(thread, v)
    :: atomic { has_task(v, DELETE_VC) -> manager_task[v] = NO_TASK };
        NdisCoDeleteVc(thread, v)
    fi
}

/* ---- the client's part ---- */

byte may_call;              /* so many calls it may still make */
byte other_side_has_ended[VCS];   /* the other side has ended the call: 1 well, 2 with an error */
#define vc_is_spent(v)  (other_side_has_ended[v] == 2)
bit knows_of_close_data;    /* it has tried, and was told that this medium carries none */

inline ProtocolClMakeCallComplete(thread, v, with_status)
{
    enter_ProtocolClMakeCallComplete(thread, v, with_status);
    make_call_has_ended(thread, v, with_status)
}

inline make_call_has_ended(thread, v, with_status)
{
    atomic {
        free_call_parameters(thread, v);
        if
        :: with_status == ST_SUCCESS ->
            client_vc[v] = VC_HAS_CALL;
            IF_PARTIES(active_parties = 1)
        :: else -> client_vc[v] = VC_IS_SPENT
        fi
    }
}

inline NdisClMakeCall(thread, v)
{
    call_NdisClMakeCall(thread, v);
    ProtocolCmMakeCall(thread, v);
    if
    :: atomic { operation_result(vc[v].outgoing) == ST_PENDING -> return_NdisClMakeCall(thread, v, ST_PENDING) }
    :: atomic { operation_result(vc[v].outgoing) == ST_SUCCESS -> return_NdisClMakeCall(thread, v, ST_SUCCESS) };
        own_ProtocolClMakeCallComplete(thread, v, ST_SUCCESS);
        make_call_has_ended(thread, v, ST_SUCCESS)
    :: atomic { operation_result(vc[v].outgoing) == ST_FAILURE -> return_NdisClMakeCall(thread, v, ST_FAILURE) };
        own_ProtocolClMakeCallComplete(thread, v, ST_FAILURE);
        make_call_has_ended(thread, v, ST_FAILURE)
    fi
}

inline ProtocolClCloseCallComplete(thread, v, with_status)
{
    enter_ProtocolClCloseCallComplete(thread, v, with_status);
    close_call_has_ended(v, with_status)
}

inline close_call_has_ended(v, with_status)
{
    atomic {
        if
        :: with_status == ST_SUCCESS && vc_is_spent(v) -> client_vc[v] = VC_IS_SPENT; other_side_has_ended[v] = 0
        :: with_status == ST_SUCCESS && !vc_is_spent(v) -> client_vc[v] = VC_IS_IDLE; other_side_has_ended[v] = 0
        :: else -> client_vc[v] = VC_HAS_CALL
        fi
    }
}

/* ProtocolClIncomingCall: accept, reject, or think about it. A client that closes its AF
 * rejects (AMB-23 b). The SAP may be still coming (SAP-03). */
inline ProtocolClIncomingCall(thread, v)
{
    if
    :: atomic { wants_calls -> need_sap_context(); client_vc[v] = VC_HAS_CALL;
            leave_ProtocolClIncomingCall(thread, v, ST_SUCCESS) }
    :: atomic { leave_ProtocolClIncomingCall(thread, v, ST_FAILURE) }
    :: atomic { client_vc[v] = VC_IS_CALLING; leave_ProtocolClIncomingCall(thread, v, ST_PENDING) }
    IF_INSIDE(
    :: client_vc[v] = VC_IS_COMING;
        answer_incoming_call(thread, v);
        leave_ProtocolClIncomingCall(thread, v, ST_PENDING)
    )
    fi
}

/* The answer that was pended; the call is the client's when the completion has returned. */
inline answer_incoming_call(thread, v)
{
    if
    :: atomic { wants_calls -> call_NdisClIncomingCallComplete(thread, v, ST_SUCCESS) };
        ProtocolCmIncomingCallComplete(thread, v, ST_SUCCESS);
        client_vc[v] = VC_HAS_CALL
    :: call_NdisClIncomingCallComplete(thread, v, ST_FAILURE);
        ProtocolCmIncomingCallComplete(thread, v, ST_FAILURE);
        client_vc[v] = VC_IS_IDLE
    fi
}

/* ProtocolClIncomingCloseCall leaves the close to the client's own thread. */
inline know_of_the_end(v, with_error)
{
    d_step {
        if
        :: client_vc[v] == VC_HAS_CALL || client_vc[v] == VC_IS_CALLING || client_vc[v] == VC_IS_COMING ->
            other_side_has_ended[v] = 1 + with_error
        :: else
        fi
    }
}

/* One attempt; after a failed one the call is there as before, and is closed again. */
inline NdisClCloseCall(thread, v)
{
    if
    :: CLOSE_DATA && !knows_of_close_data -> knows_of_close_data = 1; call_NdisClCloseCall(thread, v, 1)
    :: call_NdisClCloseCall(thread, v, 0)
    fi;
    ProtocolCmCloseCall(thread, v);
    if
    :: atomic { operation_result(vc[v].closing_call) == ST_PENDING -> return_NdisClCloseCall(thread, v, ST_PENDING) }
    :: atomic { operation_result(vc[v].closing_call) == ST_SUCCESS -> return_NdisClCloseCall(thread, v, ST_SUCCESS) };
        own_ProtocolClCloseCallComplete(thread, v, ST_SUCCESS);
        close_call_has_ended(v, ST_SUCCESS)
    :: atomic { operation_result(vc[v].closing_call) != ST_PENDING && operation_result(vc[v].closing_call) != ST_SUCCESS &&
                operation_result(vc[v].closing_call) != 0 -> return_NdisClCloseCall(thread, v, vc[v].closing_call.status) };
        atomic {
            own_ProtocolClCloseCallComplete(thread, v, vc[v].closing_call.status);
            close_call_has_ended(v, ST_FAILURE)
        }
    fi
}

/* What the client does until it closes its AF: it makes a VC and a call on it, and when the
 * call is over another one on the same VC (VC-17), or gives the VC up. */
#define wants_to_use_its_vc \
    ((client_vc[0] == NO_VC && may_call > 0) || client_vc[0] == VC_IS_SPENT || client_vc[0] == VC_IS_IDLE)
inline use_its_vc(thread)
{
    if
    :: atomic { client_vc[0] == NO_VC -> client_vc[0] = VC_IS_COMING; NdisCoCreateVc(thread, 0) };
        if
        :: atomic { client_vc[0] == VC_IS_IDLE -> may_call--; client_vc[0] = VC_IS_CALLING }; NdisClMakeCall(thread, 0)
        :: atomic { client_vc[0] == NO_VC -> may_call = 0 }
        fi
    IF_CALL_ATTEMPTS(
    :: atomic { client_vc[0] == VC_IS_IDLE && may_call > 0 -> may_call--; client_vc[0] = VC_IS_CALLING };
        NdisClMakeCall(thread, 0)
    )
    :: atomic { client_vc[0] == VC_IS_IDLE || client_vc[0] == VC_IS_SPENT -> client_vc[0] = VC_IS_GOING };
        NdisCoDeleteVc(thread, 0)
    fi
}

inline use_vcs()
{
    signalling_vc = 1;
    may_call = CALLS * CALL_ATTEMPTS;
    may_offer = OFFERS;
    may_hang_up = REMOTE_CLOSES;
    may_send = CALL_SENDS;
    use_parties()
}

/* It closes the AF, and makes no more calls. The generations that it has not used are
 * skipped, so that the rest of a round is the same with and without them. */
inline stop_calling(i)
{
    d_step {
        if
        :: i == 0 && may_call > 0 && vc[0].phase == VC_FREE ->
            vc[0].generation = vc[0].generation + may_call;
            may_call = 0
        :: i == 0 && may_call > 0 && vc[0].phase != VC_FREE -> may_call = 0
        :: else
        fi;
        knows_of_close_data = 0;
        IF_PARTIES(
        may_add_party = 0;
        may_drop_last = 0;
        active_parties = 0;
        party[SECOND_PARTY].generation = af[i].generation;
        )
        may_send = 0
    }
}

/* What it has sent on the call has come back (CALL-09). */
bit may_send;
bit has_sent[VCS];
#define call_is_there(v) \
    ((client_vc[v] == VC_HAS_CALL || (AMB_38 == READING_B && client_vc[v] == VC_IS_CALLING)) && !has_sent[v] && no_party_on(v))
/* A VC is something left as long as it is there (AMB-24 a), or as a call is on it (b). */
#define is_gone(v) \
    (client_vc[v] == NO_VC || (AMB_38 == READING_C && client_vc[v] == VC_IS_CALLING) || \
     (leaves_behind(v) && (client_vc[v] == VC_IS_IDLE || client_vc[v] == VC_IS_SPENT)))
#define leaves_behind(v)  (AMB_24_CLIENT == READING_B || (AMB_24_OFFERED == READING_B && made_by_manager(v)))
#define no_vc_left(i)     (i != 0 || (is_gone(0) && is_gone(VCS - 1)))
#define is_with_manager(v) \
    ((manager_vc[v] != NO_VC && (AMB_24 == READING_A || manager_vc[v] != VC_IS_IDLE)) || \
     (AMB_25 == READING_B && !is_over(vc[v].deactivation)))
#define manager_has_vc(i) (i == 0 && (is_with_manager(0) || is_with_manager(VCS - 1)))
#define all_is_asked_of_calls(i)  (i != 0 || (!call_is_there(0) && !call_is_there(VCS - 1)))
#define has_idle_call(i)  (i == 0 && !is_using[0] && client_vc[0] == VC_HAS_CALL)
#else
#define all_is_asked_of_calls(i)  true
#define has_idle_call(i)   false
#define no_vc_left(i)      true
#define manager_has_vc(i)  false
#endif

/* ---- what the threads do with VCs and calls: options of threads.pml and client.pml ---- */

#define MANAGER_WORKER_OPTIONS_OF_CALLS IF_VCS( \
    IF_OFFERS( \
    :: atomic { may_offer_call -> may_offer = 0; manager_vc[OFFERED] = VC_IS_COMING }; \
        offer_call(MANAGER_WORKER, OFFERED) \
    ) \
    :: atomic { may_hang_up && manager_vc[VCS - 1] == VC_HAS_CALL -> may_hang_up = 0; \
        if \
        :: hang_up(MANAGER_WORKER, VCS - 1, 0) \
        :: hang_up(MANAGER_WORKER, VCS - 1, 1) \
        fi } \
    :: manager_task[0] != NO_TASK -> work_on_vc(MANAGER_WORKER, 0) \
    IF_SECOND_VC( \
    :: manager_task[1] != NO_TASK -> work_on_vc(MANAGER_WORKER, 1) \
    ))

#define NDIS_WORKER_OPTIONS_OF_CALLS IF_VCS( \
    IF_CALL_SENDS( \
    :: atomic { vc[VCS - 1].sends > 0 -> enter_ProtocolCoSendNetBufferListsComplete(NDIS_WORKER, VCS - 1); \
                touch_send_buffers(VCS - 1); has_sent[VCS - 1] = 0 } \
    ) \
    :: atomic { deactivation_queued[0] -> deactivation_queued[0] = 0; b = 0; finish_deactivation(NDIS_WORKER, 0) }; \
        ProtocolCmDeactivateVcComplete(NDIS_WORKER, 0) \
    IF_SECOND_VC( \
    :: atomic { deactivation_queued[1] -> deactivation_queued[1] = 0; finish_deactivation(NDIS_WORKER, 1) }; \
        ProtocolCmDeactivateVcComplete(NDIS_WORKER, 1) \
    ))

#define CLIENT_USER_OPTIONS_OF_CALLS(i) IF_VCS( \
    IF_OFFERS( \
    :: atomic { i == 0 && client_vc[OFFERED] == VC_IS_CALLING -> client_vc[OFFERED] = VC_IS_COMING }; \
        answer_incoming_call(CLIENT_USER(0), OFFERED) \
    ) \
    :: atomic { i == 0 && call_is_there(VCS - 1) && other_side_has_ended[VCS - 1] && may_use(0) -> \
                is_using[0] = 1; client_vc[VCS - 1] = VC_IS_CLOSING }; \
        NdisClCloseCall(CLIENT_USER(0), VCS - 1); \
        is_using[0] = 0 \
    :: atomic { i == 0 && call_is_there(VCS - 1) && may_send && may_use(0) -> may_send = 0; has_sent[VCS - 1] = 1; \
                call_NdisCoSendNetBufferLists(CLIENT_USER(0), VCS - 1) })

#define CLIENT_USER_OPTIONS_OF_VCS(i) IF_CALLS( \
    :: atomic { i == 0 && may_use(0) && wants_to_use_its_vc -> is_using[0] = 1 }; \
        use_its_vc(CLIENT_USER(0)); \
        is_using[0] = 0)

#define TEAR_DOWN_OPTIONS_OF_CALLS(thread, i) IF_VCS( \
    :: atomic { i == 0 && !is_using[0] && call_is_there(0) -> client_vc[0] = VC_IS_CLOSING }; NdisClCloseCall(thread, 0))

#define TEAR_DOWN_OPTIONS_OF_VCS(thread, i) \
    IF_CALLS( \
    :: atomic { i == 0 && AMB_24_CLIENT == READING_A && !is_using[0] && (client_vc[0] == VC_IS_IDLE || client_vc[0] == VC_IS_SPENT) -> client_vc[0] = VC_IS_GOING }; NdisCoDeleteVc(thread, 0) \
    ) \
    IF_SECOND_VC( \
    :: atomic { i == 0 && call_is_there(1) -> client_vc[1] = VC_IS_CLOSING }; NdisClCloseCall(thread, 1) \
    )
