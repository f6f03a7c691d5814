/* call_manager.pml - a conforming call manager, stand-alone or MCM: what it answers,
 * when it completes, and how it leaves. Two threads of its own: the one on which NDIS
 * unbinds or halts it, and a worker that completes what it has pended.
 *
 * It counts the references to its AF context (AF-CM-24): one for the open AF, one for a
 * notification that has not ended; whoever drops the last one frees the context. */

bit manager_closed[AFS];       /* it has decided to answer with success, or to complete */
bit notifying[AFS];            /* its notify call is about to be made or has not returned */
bit report_came[AFS];          /* the report overtook the return of the notify call (AMB-29) */
bit close_queued[AFS];         /* a pended close waits for the worker */
byte refusals[AFS];            /* how often it has refused to close this AF */
byte manager_references[AFS];
bit patient;                   /* it completes no close before its notify call has returned (THR-03) */
IF_REMEMBERS_FAILURES(bit notification_failed[AFS];)   /* of the last notification (AMB-12) */

inline drop_manager_reference(thread, i)
{
    atomic {
        acquire(thread, LIST_LOCK(0));
        acquire(thread, CONTEXT_LOCK(0));
        manager_references[i]--;
        if
        :: manager_references[i] == 0 -> free_call_mgr_af_context(thread, i); forget_manager_handle(i)
        :: else
        fi;
        release(thread, CONTEXT_LOCK(0));
        release(thread, LIST_LOCK(0))
    }
}

/* What the call manager still has to do for the client of an AF (AF-CM-26). */
#define has_work(i)  (work_left(i) || manager_has_vc(i))

/* A pended close may be completed when no call and no SAP is left (AF-CM-13) and the
 * handle is in no other hands (AF-CM-16): by the worker, or with INSIDE on the thread of the
 * close, before it has returned PENDING. */
#define completable(i)  (close_queued[i] && may_complete_close(i))

/* ProtocolCmCloseAf, on the thread of the client that closes (AF-CM-02). Success only
 * where no other thread of its own is about to notify with the handle (AF-CM-21); with
 * work left PENDING or a refusal (AF-CM-08). */
inline ProtocolCmCloseAf(thread, i)
{
    enter_cm_close_af(thread, i);
    if
    :: atomic { !has_work(i) && no_request_of_manager(i) &&
                (!notifying[i] || (thread == MANAGER_UNBIND && AMB_13_MANAGER == READING_A) ||
                 AMB_07_SUCCESS == READING_A) ->
                manager_closed[i] = 1 };
        release_af_resources(thread, i);
        drop_manager_reference(thread, i);
        leave_cm_close_af(thread, i, ST_SUCCESS)
    :: close_queued[i] = 1;
        leave_cm_close_af(thread, i, ST_PENDING)
    IF_INSIDE(
    :: atomic { may_complete_close(i) -> manager_closed[i] = 1 };
        complete_close(thread, i);
        leave_cm_close_af(thread, i, ST_PENDING)
    )
    :: atomic { manager_may_refuse && refusals[i] < REFUSALS && !manager_has_vc(i) -> refusals[i]++ };
        leave_cm_close_af(thread, i, ST_NOT_ACCEPTED)
    fi
}

inline complete_close_with_success(thread, i)
{
    release_resources_of_close(thread, i);
    call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS);
    ProtocolClCloseAfComplete(thread, i);
    report_withheld_notification(thread, i);
    handle_dies_at_last(i);
    drop_manager_reference(thread, i)
}

/* Either the call manager fails what it has pended, and stays (AMB-04 b), or NDIS makes
 * failure of its success, and it goes (c). */
inline complete_close_with_any_status(thread, i)
{
    if
    :: atomic { refusals[i] < REFUSALS && af[i].close_call == CLOSE_CALL_PENDED ->
                refusals[i]++; manager_closed[i] = (AMB_04 == READING_C) };
        fail_to_complete(thread, i);
        failed_ProtocolClCloseAfComplete(thread, i)
    :: release_af_resources(thread, i);
        call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS);
        ProtocolClCloseAfComplete(thread, i);
        drop_manager_reference(thread, i)
    fi
}

/* The report of a pended notification ends the notification, unless the notify call has
 * not returned yet: then the notifier ends it, as it still uses the context. */
inline ProtocolCmNotifyCloseAfComplete(thread, i)
{
    enter_cm_notify_complete(thread, i, af[i].answer);
    callback_begins(thread);
    atomic {
        if
        :: notifying[i] note_early_report(i)
        :: else -> end_of_notification(thread, i)
        fi
    };
    callback_ends(thread)
}

inline notify_the_same_or_the_next(i)
{
    if
    :: notification_failed[i] && manager_references[i] > 0 && !manager_closed[i]
    :: else -> i++
    fi
}

/* One notification, from the call to its return (NTF-02, NTF-04). */
inline notify(thread, i)
{
    d_step {
        need(MINIPORT || notifies_again(i) || af[i].notified == NEVER_NOTIFIED, RQ_NTF_02);
        need(!MINIPORT || notifies_again(i) || af[i].notified == NEVER_NOTIFIED, RQ_NTF_04)
    };
    call_notify(thread, i, MINIPORT);
    if
    :: atomic { notify_result(i) == 0 -> enter_cl_notify_close_af(thread, i) };
        ProtocolClNotifyCloseAf(thread, i)
    :: atomic { notify_result(i) != 0 -> skip }
    fi;
    atomic {
        result = notify_result(i);
        return_notify(thread, i, MINIPORT, result);
        notifying[i] = 0;
        if
        :: result != ST_PENDING || report_came[i] ->
            report_came[i] = 0;
            end_of_notification(thread, i)
        :: else
        fi;
        remember_failure(i, result);
        result = 0
    }
}
