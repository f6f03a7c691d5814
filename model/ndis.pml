/* ndis.pml - NDIS: the state of every AF and every binding, and what each event needs
 * and does. It states the same protocol as src/core/address_family.c, src/core/binding.c and
 * src/core/core.c, in Promela and by itself; the two are held together by traces.
 *
 * An inline of this file is one event. It writes its line of the trace, checks the
 * right to the event, and moves the state on, in one step. */

/* Phases and stages, in the words of src/core/address_family.h and src/core/binding.h. */
#define AF_FREE     0
#define AF_OPEN     1
#define AF_CLOSING  2
#define AF_CLOSED   3

#define CLOSE_CALL_NONE       0
#define CLOSE_CALL_INSIDE     1
#define CLOSE_CALL_PENDED     2
#define CLOSE_CALL_SUCCEEDED  3
#define CLOSE_CALL_FAILED     4

#define MANAGER_CLOSE_NONE              0
#define MANAGER_CLOSE_OWED              1
#define MANAGER_CLOSE_INSIDE            2
#define MANAGER_CLOSE_COMPLETED_INSIDE  3
#define MANAGER_CLOSE_PENDED            4
#define MANAGER_CLOSE_COMPLETED         5
#define MANAGER_CLOSE_SUCCEEDED         6
#define MANAGER_CLOSE_REFUSED           7
#define MANAGER_CLOSE_REJECTED          8

#define NOTIFICATION_NONE      0
#define NOTIFICATION_OWED      1
#define NOTIFICATION_INSIDE    2
#define NOTIFICATION_PENDED    3
#define NOTIFICATION_FINISHED  4

#define REPORT_NONE       0
#define REPORT_OWED       1
#define REPORT_DELIVERED  2

#define NEVER_NOTIFIED         0
#define NOTIFIED               1
#define NOTIFIED_WITH_SUCCESS  2

#define UNBOUND        0
#define BINDING        1
#define BOUND          2
#define UNBINDING      3
#define UNBIND_PENDED  4

#define ADAPTER_NONE                    0
#define ADAPTER_OPEN                    1
#define ADAPTER_CLOSE_INSIDE            2
#define ADAPTER_CLOSE_COMPLETED_INSIDE  3
#define ADAPTER_CLOSE_PENDED            4
#define ADAPTER_CLOSED                  5

#ifndef TRACE                     /* a recorded trace may have more (accept.pml) */
#define GENERATION   byte
#define COUNT(name)  unsigned name : 3
#endif

typedef AddressFamily {
    GENERATION generation;
    byte client;                  /* the client's binding */
    unsigned phase : 2;
    unsigned close_call : 3;
    unsigned manager_close : 4;
    bit notify_call;
    unsigned notification : 3;
    unsigned report : 2;
    unsigned answer : 4;
    unsigned notified : 2;
    bit client_context;
    bit manager_context;
    bit resources;
    COUNT(calls);
    COUNT(saps);
    COUNT(requests)
}

typedef Binding {
    GENERATION generation;
    bit miniport;
    unsigned phase : 3;
    unsigned adapter : 3;
    bit unbind_owed;
    bit unbind_completed;
    bit context;
    bit registered;
    bit offer_owed;
    COUNT(sends);
    COUNT(requests)
}

AddressFamily af[AFS];
#if AMB_04 == READING_B
bit manager_handle_is_dead[AFS];   /* the call manager has completed a close with failure */
#endif
#if AMB_10 == READING_B || defined(TRACE)
#define WITHHOLDS 1
bit withheld[AFS];                 /* NDIS has pended a notification by itself */
bit report_is_due[AFS];            /* and has to report it, now that the close has ended */
#define is_withheld(i)  withheld[i]
#else
#define WITHHOLDS 0
#define is_withheld(i)  false
#endif
Binding binding[BINDINGS];

/* The threads on which NDIS enters a driver (AF-CL-14, CAD-15, UNB-18), and on which none of its
 * drivers calls NdisUnbindAdapter (UNB-19): always the same ones here, so that they need not be
 * part of the state; a trace says them. */
#ifndef TRACE
#define unbind_thread(b)             (2 + 2 * (b))
#define is_unbind_caller(thread, b)  (thread != unbind_thread(b))
#define is_bind_thread(thread, b)    (thread == SYSTEM)
#define is_close_thread(thread, b)   (thread == NDIS_WORKER)
#endif

#ifndef TRACE
#include "discipline.pml"
#endif

/* One line of the trace: thread, event, object, status, IRQL (TRACE.md). The worker of
 * the call manager runs at DISPATCH_LEVEL, all others at PASSIVE_LEVEL. */
#ifndef TRACE
#define af_line(thread, event, i, status) \
    printf("@ %d %d %d %d %d %d\n", thread, event, i, af[i].generation, status, level(thread)); mind(thread, event)
#define binding_line(thread, event, b, status) \
    printf("@ %d %d %d %d %d %d\n", thread, event, b, binding[b].generation, status, level(thread)); mind(thread, event)
#define object_line(thread, event, slot, its_generation, status, i) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, slot, its_generation, status, level(thread), i, af[i].generation); mind(thread, event)
#define open_line(thread, event, i, status, b) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, i, af[i].generation, status, 0, b, binding[b].generation); mind(thread, event)

#if ADVERSARY > 0
bit refused;       /* there was no right to an event */
#endif
/* The right to an event; its absence is named by the requirement that it breaks. */
inline need(condition, requirement)
{
    if
    :: (condition)
#if ADVERSARY > 0 && !defined(ONE_CELL)
    :: else -> refused = 1
#else
    :: else -> printf("@! %d\n", requirement); assert(false)
#endif
    fi
}
#endif

#define work_left(i)  (af[i].calls + af[i].saps + af[i].requests > 0)
#ifdef TRACE
#define vcs_left(i)  (AMB_24 == READING_A && vcs_with_manager > 0)
#elif VCS > 0
#define vcs_left(i)  (i == 0 && AMB_24 == READING_A && vc[0].manager_context + vc[VCS - 1].manager_context > 0)
#else
#define vcs_left(i)  false
#endif
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
#if OPENING == 0
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
#endif

/* ---- the close ---- */

#define is_in_unbind(thread, i) \
    (binding[af[i].client].phase == UNBINDING && unbind_thread(af[i].client) == thread)

inline call_close_af(thread, i)
{
    d_step {
        af_line(thread, EV_CALL_CLOSE_AF, i, 0);
#if OPENING > 0
        need_open_handle(i);
#endif
#if DISCIPLINE > 0
        need_one_closer(thread, i);
#endif
        /* Two threads of a client that both close break this one too: RQ_AF_CL_28. */
        need(af[i].phase == AF_OPEN && af[i].close_call == CLOSE_CALL_NONE, RQ_AF_CL_03);
        need(af[i].requests == 0, RQ_OID_07);
#if REQUESTS > 0
        need_no_request_held(i);
#endif
#if SAPS > 0
        need_no_sap_in_unbind(thread, i);
#endif
#if VCS > 0
        need_no_call_in_unbind(thread, i);
#endif
        need(!is_in_unbind(thread, i) || af[i].calls + af[i].saps == 0, RQ_AF_CL_14);
#if SAPS > 0
        need_no_sap(i);
#else
        need(EARLY_CLOSE || af[i].saps == 0, RQ_SAP_15);
        need(EARLY_CLOSE || af[i].calls == 0, RQ_NTF_19);
#endif
#if VCS > 0
        need_no_vc_left(i);
#endif
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
#if PNP > 0
        need_adapter_not_halted();
#endif
        need(af[i].manager_close == MANAGER_CLOSE_OWED, RQ_AF_CM_02);
        need(af[i].manager_context == 1, RQ_AF_CM_03);
#if OPENING > 0
        need(opening[i].served_by == binding[0].generation, RQ_AF_CL_23);
        need_context(opening[i].given_by_manager, i, RQ_AF_CM_03);
#endif
        af[i].manager_close = MANAGER_CLOSE_INSIDE
    }
}

inline release_af_resources(thread, i)
{
    d_step {
        af_line(thread, EV_RELEASE_AF_RESOURCES, i, 0);
        need(manager_may_complete(i), RQ_AF_CM_22);
        need(af[i].resources == 1, RQ_AF_CM_06);
#if VCS > 0
        need_vcs_released(i);
#endif
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
#if REQUESTS > 0
            need_no_request_left(i);
#endif
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
#if OPENING > 0
        need_handle(manager_handle[i], i, (for_miniport -> RQ_MCM_04 : RQ_AF_CM_15));
#endif
        need(af[i].manager_close != MANAGER_CLOSE_SUCCEEDED, RQ_AF_CM_21);
        need(!manager_has_closed(i), RQ_AF_CM_19);
        need(manager_may_complete(i), RQ_AF_CM_20);
        need(AMB_29 == READING_B || (af[i].manager_close == MANAGER_CLOSE_PENDED &&
             af[i].close_call == CLOSE_CALL_PENDED), RQ_AF_CM_20);
#if AMB_04 == READING_B
        need(!manager_handle_is_dead[i], RQ_AF_CM_16);
        manager_handle_is_dead[i] = (status != ST_SUCCESS);
#else
        need(status == ST_SUCCESS, RQ_AF_CM_14);
#endif
        need(status != ST_SUCCESS || !work_left(i), RQ_AF_CM_13);
        need(AMB_13 == READING_A || af[i].notification != NOTIFICATION_INSIDE, RQ_THR_03);
#if VCS > 0
        need_calls_closed(i);
#endif
#if REQUESTS > 0
        need_no_request_left(i);
#endif
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
#if WITHHOLDS
    if
    :: withheld[i] -> withheld[i] = 0; report_is_due[i] = 1; af[i].report = REPORT_OWED; af[i].answer = ST_SUCCESS
    :: else
    fi
#else
    skip
#endif
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
#if OPENING > 0
        need_context(opening[i].given_by_client, i, RQ_AF_CL_20);
#endif
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
#if REDUNDANT > 0
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
#endif

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

inline call_notify(thread, i, for_miniport)
{
    d_step {
        if
        :: for_miniport -> af_line(thread, EV_CALL_MCM_NOTIFY, i, 0)
        :: else -> af_line(thread, EV_CALL_CM_NOTIFY, i, 0)
        fi;
#if OPENING > 0
        need_handle_of_manager(i);
#endif
        need(for_miniport == binding[0].miniport, RQ_NTF_13);
#if PNP > 0
        need_right_to_notify(i, for_miniport);
#endif
        need(!(manager_has_closed(i) && af[i].notified == NOTIFIED_WITH_SUCCESS), RQ_NTF_36);
        need(af[i].manager_close != MANAGER_CLOSE_SUCCEEDED, RQ_AF_CM_21);
        need(!manager_has_closed(i) || (AMB_07 == READING_A && binding[0].miniport &&
             af[i].phase != AF_CLOSED), RQ_AF_CM_16);
#if AMB_04 == READING_B
        need(!manager_handle_is_dead[i], RQ_AF_CM_16);
#endif
        need(AMB_02 != READING_C || !client_was_told(i), RQ_AF_CM_22);
        need(af[i].notify_call == 0 && af[i].notification == NOTIFICATION_NONE, RQ_NTF_37);
        need(af[i].manager_context, RQ_AF_CM_24);
#if PNP > 0
        need_time_to_notify(for_miniport);
#endif
#if REQUESTS > 0
        need_not_asked(i);
#endif
        af[i].notify_call = 1;
        af[i].notified = NOTIFIED;
        if
        :: AMB_10 == READING_A && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_FINISHED;
            af[i].answer = ST_FAILURE
        :: AMB_10 == READING_A_SUCCESS && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_FINISHED;
            af[i].answer = ST_SUCCESS
#if WITHHOLDS
        :: AMB_10 == READING_B && af[i].phase == AF_CLOSING ->
            af[i].notification = NOTIFICATION_PENDED;
            withheld[i] = 1
#endif
        :: else ->
            af[i].notification = NOTIFICATION_OWED;
            af[i].answer = 0
        fi;
#if AMB_36 == READING_B
        for (other : 0 .. AFS - 1) {
            if
            :: af[other].phase == AF_OPEN && af[other].notification == NOTIFICATION_NONE ->
                af[other].notification = NOTIFICATION_OWED
            :: else
            fi
        }
        other = 0
#endif
    }
}

inline enter_cl_notify_close_af(thread, i)
{
    d_step {
        af_line(thread, EV_ENTER_CL_NOTIFY_CLOSE_AF, i, 0);
        need(af[i].notification == NOTIFICATION_OWED, RQ_NTF_05);
        need(!client_was_told(i), RQ_NTF_38);
#if OPENING > 0
        need_context(opening[i].given_by_client, i, RQ_NTF_34);
#endif
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
#if OPENING > 0
        need_handle(client_handle[i], i, RQ_NTF_28);
#endif
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
#if OPENING > 0
        need_context(opening[i].given_by_manager, i, RQ_NTF_32);
#endif
        need(status != ST_SUCCESS || client_was_told(i) || AMB_01 == READING_C, RQ_NTF_33);
#if OPENING > 0
        need_context(opening[i].given_by_manager, i, RQ_NTF_32);
#endif
        need(af[i].manager_context == 1, RQ_AF_CM_24);
        af[i].report = REPORT_DELIVERED;
        settle_notification(i)
    }
}

#if AMB_10 == READING_B
inline report_withheld_notification(thread, i)
{
    if
    :: d_step { report_is_due[i] -> report_is_due[i] = 0 };
        ProtocolCmNotifyCloseAfComplete(thread, i)
    :: else
    fi
}
#endif

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
#if OPENING > 0
    need_nothing_pending(af[i].client);
    need_open_handle(i);
#endif
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
#if REQUESTS > 0
        need_no_request_with_context(i);
#endif
        af[i].manager_context = 0
    }
}
