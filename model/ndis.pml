/* ndis.pml - NDIS: what each event of an AF needs and does. It states the same protocol as
 * src/core/address_family.c, in Promela and by itself; the two are searched in lockstep
 * (lockstep.pml). binding.pml has the events of a binding.
 *
 * An inline of this file is one event. It writes its line of the trace, checks the
 * right to the event, and moves the state on, in one step. */

#define work_left(i)  (af[i].calls + af[i].saps + af[i].requests > 0)
#define manager_has_closed(i) \
    (af[i].manager_close == MANAGER_CLOSE_SUCCEEDED || \
     af[i].manager_close == MANAGER_CLOSE_COMPLETED || \
     af[i].manager_close == MANAGER_CLOSE_COMPLETED_INSIDE)
#define manager_may_complete(i) \
    (af[i].manager_close == MANAGER_CLOSE_INSIDE || \
     af[i].manager_close == MANAGER_CLOSE_PENDED)
#define client_was_told(i) \
    (af[i].phase == AF_CLOSED || af[i].close_call == CLOSE_CALL_SUCCEEDED)
#define client_is_done(i) \
    (af[i].phase == AF_FREE || \
     (af[i].phase == AF_CLOSED && af[i].close_call == CLOSE_CALL_NONE && \
      af[i].client_context == 0))
#define manager_is_done(i) \
    (af[i].phase == AF_FREE || \
     (af[i].manager_context == 0 && af[i].resources == 0 && af[i].notify_call == 0 && \
      af[i].notification == NOTIFICATION_NONE))

/* ---- opening ---- */

/* Where the steps of an open make no difference (OPENING), all of them are one: the call manager
 * accepts it at once. */
inline open_af(thread, i, b)
{
    d_step {
        af[i].generation = af[i].generation + 1;
        open_line(thread, EV_OPEN_AF_CALL, i, 0, b);
        af_line(thread, EV_OPEN_AF_ENTER, i, 0);
        af_line(thread, EV_STORE_CALL_MGR_AF_CONTEXT, i, 0);
        af_line(thread, EV_OPEN_AF_LEAVE, i, ST_SUCCESS);
        open_line(thread, EV_RETURN_OPEN_AF, i, ST_SUCCESS, b);
        af_line(thread, EV_OPEN_AF_OWN, i, ST_SUCCESS);
        need(client_is_done(i) && manager_is_done(i), RQ_AF_CL_21);
        need(binding[b].phase == BOUND, RQ_CAD_12);
        need(binding[0].phase == BOUND && binding[0].registered, RQ_AF_OP_20);
        af[i].client = b;
        af[i].phase = AF_OPEN;
        af[i].close_call = CLOSE_CALL_NONE;
        af[i].manager_close = MANAGER_CLOSE_NONE;
        af[i].notified = NEVER_NOTIFIED;
        af[i].client_context = 1;
        af[i].manager_context = 1;
        af[i].resources = 1
    }
}

/* ---- the close ---- */

#define is_in_unbind(thread, i) \
    (binding[af[i].client].phase == UNBINDING && unbind_thread(af[i].client) == thread)

inline call_close_af(thread, i)
{
    d_step {
        af_line(thread, EV_CALL_CLOSE_AF, i, 0);
        need_open_handle(i);
        need_one_closer(thread, i);
        /* Two threads of a client that both close break this one too: RQ_AF_CL_28. */
        need(af[i].phase == AF_OPEN && af[i].close_call == CLOSE_CALL_NONE, RQ_AF_CL_03);
        need(af[i].requests == 0, RQ_OID_07);
        need_no_request_held(i);
        need_no_sap_in_unbind(thread, i);
        need_no_call_in_unbind(thread, i);
        need(!is_in_unbind(thread, i) || af[i].calls + af[i].saps == 0, RQ_AF_CL_14);
        need_no_sap(i);
        UNLESS_SAPS(
        need(EARLY_CLOSE || af[i].saps == 0, RQ_SAP_15);
        need(EARLY_CLOSE || af[i].calls == 0, RQ_NTF_19);
        )
        need_no_vc_left(i);
        af[i].phase = AF_CLOSING;
        af[i].close_call = CLOSE_CALL_INSIDE;
        if
        :: AMB_06 == READING_A && (work_left(i) || vcs_left(i)) -> af[i].manager_close = MANAGER_CLOSE_REJECTED
        :: else -> af[i].manager_close = MANAGER_CLOSE_OWED
        fi
    }
}

inline enter_cm_close_af(thread, i)
{
    d_step {
        af_line(thread, EV_ENTER_CM_CLOSE_AF, i, 0);
        need_adapter_not_halted();
        need(af[i].manager_close == MANAGER_CLOSE_OWED, RQ_AF_CM_02);
        need(af[i].manager_context == 1, RQ_AF_CM_03);
        IF_OPENING(need(opening[i].served_by == binding[0].generation, RQ_AF_CL_23);)
        need_context(opening[i].given_by_manager, i, RQ_AF_CM_03);
        af[i].manager_close = MANAGER_CLOSE_INSIDE
    }
}

inline release_af_resources(thread, i)
{
    d_step {
        af_line(thread, EV_RELEASE_AF_RESOURCES, i, 0);
        need(manager_may_complete(i), RQ_AF_CM_22);
        need(af[i].resources == 1, RQ_AF_CM_06);
        need_vcs_released(i);
        need(af[i].calls == 0 || !binding[0].miniport, RQ_MCM_09);
        need(!work_left(i) && !vcs_left(i), RQ_AF_CM_27);
        af[i].resources = 0
    }
}

inline leave_cm_close_af(thread, i, status)
{
    d_step {
        af_line(thread, EV_LEAVE_CM_CLOSE_AF, i, status);
        need(af[i].manager_close == MANAGER_CLOSE_INSIDE ||
             af[i].manager_close == MANAGER_CLOSE_COMPLETED_INSIDE, RQ_AF_CM_02);
        need(status == ST_SUCCESS || status == ST_PENDING ||
             (status == ST_NOT_ACCEPTED && AMB_03 != READING_C), RQ_AF_CM_05);
        if
        :: status == ST_PENDING ->
            if
            :: af[i].manager_close == MANAGER_CLOSE_INSIDE ->
                need(af[i].manager_context, RQ_AF_CM_24);
                af[i].manager_close = MANAGER_CLOSE_PENDED
            :: else -> af[i].manager_close = MANAGER_CLOSE_COMPLETED
            fi
        :: status == ST_SUCCESS ->
            need(af[i].manager_close == MANAGER_CLOSE_INSIDE, RQ_AF_CM_20);
            need(!work_left(i) && !vcs_left(i), RQ_AF_CM_08);
            need(AMB_13 == READING_A || af[i].notification != NOTIFICATION_INSIDE, RQ_THR_03);
            need_no_request_left(i);
            need(af[i].resources == 0, RQ_AF_CM_04);
            af[i].manager_close = MANAGER_CLOSE_SUCCEEDED
        :: else ->
            need(af[i].manager_close == MANAGER_CLOSE_INSIDE, RQ_AF_CM_20);
            need(af[i].resources == 1 && af[i].manager_context, RQ_AF_CM_22);
            need(!vcs_left(i), RQ_AF_CM_10);
            af[i].manager_close = MANAGER_CLOSE_REFUSED
        fi
    }
}

inline call_close_af_complete(thread, i, for_miniport, status)
{
    d_step {
        if
        :: for_miniport -> af_line(thread, EV_CALL_MCM_CLOSE_AF_COMPLETE, i, status)
        :: else -> af_line(thread, EV_CALL_CM_CLOSE_AF_COMPLETE, i, status)
        fi;
        if
        :: for_miniport -> need(binding[0].miniport, RQ_MCM_01)
        :: else -> need(!binding[0].miniport, RQ_AF_CM_18)
        fi;
        need_handle(manager_handle[i], i, (for_miniport -> RQ_MCM_04 : RQ_AF_CM_15));
        need(af[i].manager_close != MANAGER_CLOSE_SUCCEEDED, RQ_AF_CM_21);
        need(!manager_has_closed(i), RQ_AF_CM_19);
        need(manager_may_complete(i), RQ_AF_CM_20);
        need(AMB_29 == READING_B || (af[i].manager_close == MANAGER_CLOSE_PENDED &&
             af[i].close_call == CLOSE_CALL_PENDED), RQ_AF_CM_20);
        need_status_of_completion(i, status);
        need(status != ST_SUCCESS || !work_left(i), RQ_AF_CM_13);
        need(AMB_13 == READING_A || af[i].notification != NOTIFICATION_INSIDE, RQ_THR_03);
        need_calls_closed(i);
        need_no_request_left(i);
        need(status != ST_SUCCESS || af[i].resources == 0, RQ_AF_CM_12);
        if
        :: af[i].manager_close == MANAGER_CLOSE_INSIDE ->
            af[i].manager_close = MANAGER_CLOSE_COMPLETED_INSIDE
        :: else -> af[i].manager_close = MANAGER_CLOSE_COMPLETED
        fi
    }
}

/* NDIS tells of a failure here too (AMB-05 c). */
#define failure_is_told(i, status) \
    (AMB_05 == READING_C && status != ST_SUCCESS && \
     (af[i].manager_close == MANAGER_CLOSE_REFUSED || af[i].manager_close == MANAGER_CLOSE_REJECTED))

/* NDIS ends with the close the notification that it has kept from the client (AMB-10 b). */
inline end_withheld_notification(i)
{
    IF_WITHHOLDS(
    if
    :: withheld[i] -> withheld[i] = 0; report_is_due[i] = 1; af[i].report = REPORT_OWED; af[i].answer = ST_SUCCESS
    :: else
    fi
    )
    UNLESS_WITHHOLDS(skip)
}

inline enter_cl_close_af_complete(thread, i, status)
{
    d_step {
        af_line(thread, EV_ENTER_CL_CLOSE_AF_COMPLETE, i, status);
        need(af[i].phase != AF_CLOSED, RQ_AF_CL_06);
        need(af[i].manager_close == MANAGER_CLOSE_COMPLETED ||
             af[i].manager_close == MANAGER_CLOSE_COMPLETED_INSIDE ||
             failure_is_told(i, status), RQ_AF_CL_07);
        need(status == ST_SUCCESS || AMB_04 != READING_A || failure_is_told(i, status), RQ_AF_CM_17);
        need_context(opening[i].given_by_client, i, RQ_AF_CL_20);
        need(af[i].client_context == 1, RQ_AF_CL_08);
        if
        :: status == ST_SUCCESS -> af[i].phase = AF_CLOSED; end_withheld_notification(i)
        :: status != ST_SUCCESS && AMB_04 != READING_A ->
            af[i].phase = (AMB_02 == READING_A -> AF_CLOSING : AF_OPEN);
            af[i].manager_close = MANAGER_CLOSE_NONE
        :: else
        fi;
        if
        :: af[i].close_call == CLOSE_CALL_PENDED -> af[i].close_call = CLOSE_CALL_NONE
        :: else
        fi
    }
}

/* What NdisClCloseAddressFamily returns; 0 while it cannot return yet. */
#define close_result(i) \
    (af[i].close_call != CLOSE_CALL_INSIDE -> 0 : \
    (af[i].manager_close == MANAGER_CLOSE_SUCCEEDED -> ST_SUCCESS : \
    (af[i].manager_close == MANAGER_CLOSE_PENDED || \
     af[i].manager_close == MANAGER_CLOSE_COMPLETED -> ST_PENDING : \
    (af[i].manager_close == MANAGER_CLOSE_REJECTED -> ST_FAILURE : \
    (af[i].manager_close == MANAGER_CLOSE_REFUSED -> \
        (AMB_02 == READING_C -> ST_SUCCESS : \
        (AMB_03 == READING_B -> ST_FAILURE : ST_NOT_ACCEPTED)) : 0)))))

inline return_close_af(thread, i, status)
{
    d_step {
        af_line(thread, EV_RETURN_CLOSE_AF, i, status);
        expected = close_result(i);
        need(expected != 0, RQ_AF_CM_02);
        need(expected != ST_PENDING || status == ST_PENDING, RQ_AF_CL_06);
        need(status == expected, RQ_AF_CL_07);
        expected = 0;
        if
        :: status == ST_PENDING && af[i].phase == AF_CLOSED -> af[i].close_call = CLOSE_CALL_NONE
        :: status == ST_PENDING && af[i].phase != AF_CLOSED -> af[i].close_call = CLOSE_CALL_PENDED
        :: status == ST_SUCCESS -> af[i].close_call = CLOSE_CALL_SUCCEEDED; end_withheld_notification(i)
        :: else ->
            need(af[i].phase != AF_CLOSED, RQ_AF_CL_22);
            af[i].close_call = (AMB_05 == READING_A -> CLOSE_CALL_FAILED : CLOSE_CALL_NONE);
            af[i].manager_close = MANAGER_CLOSE_NONE;
            af[i].phase = (AMB_02 == READING_A -> AF_CLOSING : AF_OPEN)
        fi
    }
}

/* A second call for an AF that is being closed, which NDIS refuses by itself. */
IF_REDUNDANT(
bit second_close_was_refused;

inline close_af_again(thread, i, status)
{
    d_step {
        af_line(thread, EV_CALL_CLOSE_AF, i, 0);
        af_line(thread, EV_RETURN_CLOSE_AF, i, status);
        need(status == ST_FAILURE, RQ_AF_CL_13);
        second_close_was_refused = 1
    }
}
)

inline own_close_af_complete(thread, i, status)
{
    d_step {
        af_line(thread, EV_OWN_CLOSE_AF_COMPLETE, i, status);
        need(AMB_05 != READING_C || af[i].close_call == CLOSE_CALL_SUCCEEDED, RQ_AF_CL_07);
        need(af[i].close_call == CLOSE_CALL_SUCCEEDED || af[i].close_call == CLOSE_CALL_FAILED, RQ_AF_CL_05);
        if
        :: af[i].close_call == CLOSE_CALL_SUCCEEDED ->
            need(status == ST_SUCCESS, RQ_AF_CL_04);
            af[i].phase = AF_CLOSED
        :: else ->
            need(status == ST_FAILURE || status == ST_NOT_ACCEPTED, RQ_AF_CL_04)
        fi;
        af[i].close_call = CLOSE_CALL_NONE
    }
}

/* ---- the notification ---- */

/* One notification reaches the other clients too (AMB-36 b). */
inline notify_each_open_af()
{
    for (other : 0 .. AFS - 1) {
        if
        :: af[other].phase == AF_OPEN && af[other].notification == NOTIFICATION_NONE ->
            af[other].notification = NOTIFICATION_OWED
        :: else
        fi
    }
    other = 0
}

inline call_notify(thread, i, for_miniport)
{
    d_step {
        if
        :: for_miniport -> af_line(thread, EV_CALL_MCM_NOTIFY, i, 0)
        :: else -> af_line(thread, EV_CALL_CM_NOTIFY, i, 0)
        fi;
        need_handle_of_manager(i);
        need(for_miniport == binding[0].miniport, RQ_NTF_13);
        need_right_to_notify(i, for_miniport);
        need(!(manager_has_closed(i) && af[i].notified == NOTIFIED_WITH_SUCCESS), RQ_NTF_36);
        need(af[i].manager_close != MANAGER_CLOSE_SUCCEEDED, RQ_AF_CM_21);
        need(!manager_has_closed(i) || (AMB_07 == READING_A && binding[0].miniport &&
             af[i].phase != AF_CLOSED), RQ_AF_CM_16);
        need_live_handle_of_manager(i);
        need(AMB_02 != READING_C || !client_was_told(i), RQ_AF_CM_22);
        need(af[i].notify_call == 0 && af[i].notification == NOTIFICATION_NONE, RQ_NTF_37);
        need(af[i].manager_context, RQ_AF_CM_24);
        need_time_to_notify(for_miniport);
        need_not_asked(i);
        af[i].notify_call = 1;
        af[i].notified = NOTIFIED;
        if
        :: AMB_10 == READING_A && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_FINISHED;
            af[i].answer = ST_FAILURE
        :: AMB_10 == READING_A_SUCCESS && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_FINISHED;
            af[i].answer = ST_SUCCESS
        IF_WITHHOLDS(
        :: AMB_10 == READING_B && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_PENDED;
            withheld[i] = 1
        )
        :: else ->
            af[i].notification = NOTIFICATION_OWED;
            af[i].answer = 0
        fi;
        notify_the_others()
    }
}

inline enter_cl_notify_close_af(thread, i)
{
    d_step {
        af_line(thread, EV_ENTER_CL_NOTIFY_CLOSE_AF, i, 0);
        need(af[i].notification == NOTIFICATION_OWED, RQ_NTF_05);
        need(!client_was_told(i), RQ_NTF_38);
        need_context(opening[i].given_by_client, i, RQ_NTF_34);
        need(af[i].client_context == 1, RQ_AF_CL_08);
        af[i].notification = NOTIFICATION_INSIDE
    }
}

/* For the close of this AF, which the client has begun (SEQ-11). */
inline wait_in_notification(thread, i)
{
    d_step {
        af_line(thread, EV_WAIT_IN_NOTIFICATION, i, 0);
        need(!(af[i].phase == AF_CLOSING && af[i].notification == NOTIFICATION_INSIDE), RQ_THR_02);
        need(af[i].phase != AF_CLOSING, RQ_THR_01)
    }
}

inline settle_notification(i)
{
    if
    :: af[i].notify_call == 0 && af[i].notification == NOTIFICATION_PENDED &&
       af[i].report == REPORT_DELIVERED ->
        af[i].notification = NOTIFICATION_NONE;
        af[i].report = REPORT_NONE;
        if
        :: af[i].answer == ST_SUCCESS -> af[i].notified = NOTIFIED_WITH_SUCCESS
        :: else
        fi;
        af[i].answer = 0
    :: else
    fi
}

inline leave_cl_notify_close_af(thread, i, status)
{
    d_step {
        af_line(thread, EV_LEAVE_CL_NOTIFY_CLOSE_AF, i, status);
        need(af[i].notification == NOTIFICATION_INSIDE, RQ_NTF_05);
        if
        :: status == ST_PENDING ->
            need(!(af[i].client_context == 0 && af[i].report == REPORT_NONE), RQ_NTF_23);
            af[i].notification = NOTIFICATION_PENDED
        :: else ->
            need(af[i].report == REPORT_NONE, RQ_NTF_25);
            need(!(status == ST_SUCCESS && af[i].phase != AF_CLOSED) ||
                 (AMB_11 == READING_A && af[i].phase == AF_CLOSING), RQ_NTF_26);
            need(status != 0, RQ_NTF_27);
            af[i].notification = NOTIFICATION_FINISHED;
            af[i].answer = status
        fi
    }
}

inline call_notify_complete(thread, i, status)
{
    d_step {
        af_line(thread, EV_CALL_NOTIFY_COMPLETE, i, status);
        need_handle(client_handle[i], i, RQ_NTF_28);
        need(af[i].notification == NOTIFICATION_INSIDE || af[i].notification == NOTIFICATION_PENDED, RQ_NTF_25);
        need(!is_withheld(i), RQ_NTF_25);
        need(af[i].report == REPORT_NONE, RQ_NTF_24);
        need(status != ST_PENDING && status != 0, RQ_NTF_29);
        need(!(status == ST_SUCCESS && af[i].phase != AF_CLOSED && AMB_01 != READING_C), RQ_NTF_23);
        need(!((AMB_01 == READING_A || AMB_01 == READING_C) && af[i].phase != AF_OPEN), RQ_AF_CL_02);
        need(AMB_09 == READING_C || af[i].client_context, RQ_NTF_28);
        need(AMB_29 == READING_B || (af[i].notification == NOTIFICATION_PENDED && !af[i].notify_call), RQ_NTF_25);
        af[i].answer = status;
        af[i].report = (AMB_08 == READING_C && af[i].phase == AF_CLOSED -> REPORT_DELIVERED   /* to nobody */
                                                                        : REPORT_OWED)
    }
}

inline enter_cm_notify_complete(thread, i, status)
{
    d_step {
        af_line(thread, EV_ENTER_CM_NOTIFY_COMPLETE, i, status);
        need(af[i].report != REPORT_DELIVERED, RQ_NTF_07);
        need(af[i].report == REPORT_OWED, RQ_NTF_08);
        need(AMB_29 == READING_B || !af[i].notify_call, RQ_NTF_07);
        need(status == af[i].answer, RQ_NTF_31);
        need_context(opening[i].given_by_manager, i, RQ_NTF_32);
        need(status != ST_SUCCESS || client_was_told(i) || AMB_01 == READING_C, RQ_NTF_33);
        need(af[i].manager_context == 1, RQ_AF_CM_24);
        af[i].report = REPORT_DELIVERED;
        settle_notification(i)
    }
}

/* The thread that ends the close reports what NDIS has kept from the client (AMB-10 b). */
inline report_what_was_withheld(thread, i)
{
    if
    :: d_step { report_is_due[i] -> report_is_due[i] = 0 };
        ProtocolCmNotifyCloseAfComplete(thread, i)
    :: else
    fi
}

/* What the notify call returns; 0 while it cannot return yet. */
#define notify_result(i) \
    (af[i].notify_call == 0 -> 0 : \
    (af[i].notification == NOTIFICATION_PENDED -> ST_PENDING : \
    (af[i].notification == NOTIFICATION_FINISHED -> af[i].answer : \
    (af[i].notification == NOTIFICATION_OWED && client_was_told(i) -> ST_SUCCESS : 0))))

inline return_notify(thread, i, for_miniport, status)
{
    d_step {
        if
        :: for_miniport -> af_line(thread, EV_RETURN_MCM_NOTIFY, i, status)
        :: else -> af_line(thread, EV_RETURN_CM_NOTIFY, i, status)
        fi;
        need(for_miniport == binding[0].miniport, RQ_NTF_13);
        expected = notify_result(i);
        need(expected != 0, RQ_NTF_05);
        need(expected != ST_PENDING || status == ST_PENDING, RQ_NTF_07);
        need(status == expected, RQ_NTF_08);
        expected = 0;
        af[i].notify_call = 0;
        if
        :: status == ST_PENDING -> settle_notification(i)
        :: else ->
            af[i].notification = NOTIFICATION_NONE;
            af[i].answer = 0;
            if
            :: status == ST_SUCCESS ->
                need(client_was_told(i) || AMB_10 == READING_A_SUCCESS || AMB_11 == READING_A, RQ_NTF_14);
                af[i].notified = NOTIFIED_WITH_SUCCESS
            :: else
            fi
        fi
    }
}

/* ---- what must be gone before the AF closes, and the contexts ---- */

inline need_right_to_use(i)
{
    IF_OPENING(need_nothing_pending(af[i].client);)
    IF_OPENING(need_open_handle(i);)
    need(af[i].phase != AF_CLOSING || AMB_01 == READING_D, RQ_AF_CL_27);
    need(af[i].phase == AF_OPEN || (AMB_01 == READING_D && af[i].phase == AF_CLOSING), RQ_AF_CL_02)
}

inline free_client_af_context(thread, i)
{
    d_step {
        af_line(thread, EV_FREE_CLIENT_AF_CONTEXT, i, 0);
        need(af[i].client_context == 1, RQ_AF_CL_09);
        need(af[i].phase != AF_OPEN, RQ_AF_CL_10);
        need(af[i].phase == AF_CLOSED || AMB_09 == READING_A, RQ_AF_CL_08);
        need(AMB_09 != READING_C ||
             !(af[i].notification == NOTIFICATION_PENDED && af[i].report == REPORT_NONE && !is_withheld(i)), RQ_NTF_23);
        af[i].client_context = 0
    }
}

inline free_call_mgr_af_context(thread, i)
{
    d_step {
        af_line(thread, EV_FREE_CALL_MGR_AF_CONTEXT, i, 0);
        need(af[i].manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(i), RQ_AF_CM_22);
        need(af[i].manager_context == 1, RQ_AF_CM_24);
        need(AMB_08 == READING_A ||
             (af[i].notify_call == 0 && af[i].notification == NOTIFICATION_NONE), RQ_AF_CM_24);
        need_no_request_with_context(i);
        af[i].manager_context = 0
    }
}
