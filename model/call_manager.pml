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
#if AMB_12 != READING_C
bit notification_failed[AFS];
#endif

/* A client is notified again only where it has failed the last one (AMB-12). */
#if AMB_12 == READING_B || AMB_12 == READING_D
#define notifies_again(i)  notification_failed[i]
#else
#define notifies_again(i)  false
#endif

inline drop_manager_reference(thread, i)
{
    atomic {
        acquire(thread, LIST_LOCK(0));
        acquire(thread, CONTEXT_LOCK(0));
        manager_references[i]--;
        if
        :: manager_references[i] == 0 -> free_call_mgr_af_context(thread, i)
#if OPENING > 0
            ; manager_handle[i] = 0
#endif
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
#if AMB_29 == READING_A
#define may_complete_close(i) \
    (!has_work(i) && !notifying[i] && af[i].close_call == CLOSE_CALL_PENDED)
#elif AMB_07 == READING_A && MINIPORT
#define may_complete_close(i)  (!has_work(i))
#else
#define may_complete_close(i) \
    (!has_work(i) && no_request_of_manager(i) && \
     (!notifying[i] || (!patient && af[i].notify_call)))
#endif
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
#if INSIDE > 0                         /* AF-CM-25 */
    :: atomic { may_complete_close(i) -> manager_closed[i] = 1 };
        complete_close(thread, i);
        leave_cm_close_af(thread, i, ST_PENDING)
#endif
#if AMB_03 != READING_C
    :: atomic { refusals[i] < REFUSALS && !manager_has_vc(i) -> refusals[i]++ };
        leave_cm_close_af(thread, i, ST_NOT_ACCEPTED)
#endif
    fi
}

#if AMB_04 == READING_A
inline complete_close(thread, i)
{
#if AMB_07 == READING_A && MINIPORT
    manager_closed[i] = 0;              /* the handle lives until the completion returns */
#endif
    release_af_resources(thread, i);
    call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS);
    ProtocolClCloseAfComplete(thread, i);
#if AMB_10 == READING_B
    report_withheld_notification(thread, i);
#endif
#if AMB_07 == READING_A && MINIPORT
    manager_closed[i] = 1;
#endif
    drop_manager_reference(thread, i)
}
#else
/* Either the call manager fails what it has pended, and stays (AMB-04 b), or NDIS makes
 * failure of its success, and it goes (c). */
inline complete_close(thread, i)
{
    if
    :: atomic { refusals[i] < REFUSALS && af[i].close_call == CLOSE_CALL_PENDED ->
                refusals[i]++; manager_closed[i] = (AMB_04 == READING_C) };
#if AMB_04 == READING_C
        release_af_resources(thread, i);
        call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS);
        drop_manager_reference(thread, i);
#else
        call_close_af_complete(thread, i, MINIPORT, ST_FAILURE);
#endif
        failed_ProtocolClCloseAfComplete(thread, i)
    :: release_af_resources(thread, i);
        call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS);
        ProtocolClCloseAfComplete(thread, i);
        drop_manager_reference(thread, i)
    fi
}
#endif

/* The reference that a notification holds to the AF context; none where the context may
 * go with the close (AMB-08 a). */
#if AMB_08 == READING_A
#define begin_of_notification(i)        skip
#define end_of_notification(thread, i)  skip
#else
#define begin_of_notification(i)        manager_references[i]++
#define end_of_notification(thread, i)  drop_manager_reference(thread, i)
#endif

/* The report of a pended notification ends the notification, unless the notify call has
 * not returned yet: then the notifier ends it, as it still uses the context. */
inline ProtocolCmNotifyCloseAfComplete(thread, i)
{
    enter_cm_notify_complete(thread, i, af[i].answer);
#if DISCIPLINE > 0
    callback_begins(thread);
#endif
    atomic {
        if
#if AMB_29_MANAGER == READING_A
        :: notifying[i]                 /* it awaits no report yet, and loses this one */
#else
        :: notifying[i] -> report_came[i] = 1
#endif
        :: else -> end_of_notification(thread, i)
        fi
    }
#if DISCIPLINE > 0
    ; callback_ends(thread)
#endif
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
#if AMB_12 != READING_C
        notification_failed[i] = (result == ST_FAILURE);
#endif
        result = 0
    }
}
