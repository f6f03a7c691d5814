/* client.pml - a conforming client: one AF, closed by whichever of its threads claims the
 * close first (AF-CL-28): its notification handler, its unbind or its worker. Client i has
 * AF i and binding i + 1.
 *
 * It counts the references to its AF context: one for the open AF, one for a notification
 * that has not been answered, one for a close call that has not returned (AMB-09). */

bit claimed[AFS];              /* one of the client's threads closes, or has closed */
bit closed[AFS];               /* the close has completed with success */
bit must_answer[AFS];          /* a pended notification waits for the close (NTF-39) */
bit work_queued[AFS];          /* the worker is to close */
bit may_close_by_itself[AFS];  /* the client may also close without being told to */
byte client_references[AFS];
IF_FAILS_ONCE(bit has_failed[AFS];)   /* it has failed a notification once (AMB-12) */

inline drop_client_reference(thread, i)
{
    atomic {
        acquire(thread, LIST_LOCK(i + 1));
        acquire(thread, CONTEXT_LOCK(i + 1));
        client_references[i]--;
        if
        IF_OPENING(:: client_references[i] == 0 && client_handle[i] == 0 -> free_context_of_failed_open(thread, i))
        :: last_use_is_over(i) -> free_client_af_context(thread, i) IF_OPENING(; client_handle[i] = 0)
        :: else
        fi;
        release(thread, CONTEXT_LOCK(i + 1));
        release(thread, LIST_LOCK(i + 1))
    }
}

/* The client uses its AF on a thread of its own until it decides to close (AF-CL-27). */
IF_USERS(bit is_using[AFS];)
#define may_use(i)  (client_references[i] > 0 && !claimed[i])
#define nothing_left(i) \
    IF_USERS((!is_using[i] && no_sap_left(i) && no_vc_left(i) && no_request_left(i))) \
    UNLESS_USERS(IF_PROXY(proxy_may_close) UNLESS_PROXY(true))

/* Steps 1 to 3 of the recipe (NTF-18 to NTF-20): nothing may be left (AF-CL-11). Where SAPs, calls
 * or requests may be pended, this waits for their completions (AMB-23 b), so only threads that may
 * wait do it. */
inline tear_down(thread, i)
{
    IF_PROXY(tear_down_proxy(thread, i))
    UNLESS_PROXY(tear_down_what_it_uses(thread, i))
}

inline tear_down_what_it_uses(thread, i)
{
    do
    TEAR_DOWN_OPTIONS_OF_SAPS(thread, i)
    TEAR_DOWN_OPTIONS_OF_REQUESTS(thread, i)
    TEAR_DOWN_OPTIONS_OF_CALLS(thread, i)
    TEAR_DOWN_OPTIONS_OF_PARTIES(thread, i)
    TEAR_DOWN_OPTIONS_OF_VCS(thread, i)
    TEAR_DOWN_OPTIONS_OF_WORK(thread, i)
    IF_USERS(:: atomic { is_torn_down(i) -> break })
    od
}

/* The close has completed with success; a notification that waited is answered now, after
 * the close (NTF-23). */
inline close_has_completed(thread, i)
{
    atomic {
        closed[i] = 1;
        must_answer_now = must_answer[i];
        must_answer[i] = 0
    };
    free_context_with_close(thread, i);
    if
    :: must_answer_now -> must_answer_now = 0; answer_after_close(thread, i)
    :: else
    fi;
    drop_client_reference(thread, i)
}

inline answer_notification(thread, i)
{
    complete_notification(thread, i);
    receive_report(thread, i)
}

inline receive_report_if_any(thread, i)
{
    if
    :: af[i].report == REPORT_OWED -> ProtocolCmNotifyCloseAfComplete(thread, i)
    :: else
    fi
}

inline ProtocolClCloseAfComplete(thread, i)
{
    enter_cl_close_af_complete(thread, i, ST_SUCCESS);
    callback_begins(thread);
    close_has_completed(thread, i);
    callback_ends(thread)
}

/* A pended close has failed all the same (AMB-04 b, c): the worker tries again (AF-CL-26). */
inline failed_ProtocolClCloseAfComplete(thread, i)
{
    enter_cl_close_af_complete(thread, i, ST_FAILURE);
    work_queued[i] = 1
}

/* NDIS runs the completion of a close that has failed (AMB-05 c). */
inline complete_refused_close(thread, i)
{
    if
    :: atomic { close_result(i) != ST_SUCCESS && close_result(i) != ST_PENDING ->
                result = close_result(i); enter_cl_close_af_complete(thread, i, result) }
    :: atomic { close_result(i) == ST_SUCCESS || close_result(i) == ST_PENDING -> skip }
    fi
}

/* Step 4 of the recipe (NTF-21), one attempt. Afterwards result says how it went; after
 * PENDING the completion callback goes on, and perhaps already has (AF-CL-25). */
inline NdisClCloseAddressFamily(thread, i)
{
    IF_VCS(stop_calling(i);)
    atomic { client_references[i]++; call_close_af(thread, i) };
    abort_what_is_held(thread, REQUEST_BY_MANAGER(i));
    if
    :: af[i].manager_close == MANAGER_CLOSE_OWED -> ProtocolCmCloseAf(thread, i)
    :: else
    fi;
    complete_by_ndis(thread, i);
    atomic {
        result = close_result(i);
        return_close_af(thread, i, result)
    };
    if
    :: runs_its_completion(result) -> own_close_af_complete(thread, i, result)   /* AF-CL-04 */
    :: else
    fi;
    report_withheld_notification(thread, i);
    take_refusal_for_success();
    end_of_close_call(thread, i)
}

/* A context that may go with the close call goes when that pends; else with its last use. */
inline free_context_with_close_call(thread, i)
{
    if
    :: atomic { result == ST_PENDING && !closed[i] ->
                client_references[i] = 0; free_client_af_context(thread, i) }
    :: atomic { !(result == ST_PENDING && !closed[i]) -> drop_client_reference(thread, i) }
    fi
}

/* It has no other reference, where it does not expect the completion so early (AMB-29 a). */
inline need_another_reference(i)
{
    d_step { need(result != ST_PENDING || client_references[i] > 1, RQ_AF_CL_25) }
}

inline answer_what_waits(thread, i)
{
    if
    :: atomic { must_answer[i] -> must_answer[i] = 0 };
        answer_notification(thread, i);
        drop_client_reference(thread, i)
    :: else
    fi
}

/* Close until it is accepted. After a refusal remove the cause and close again with the
 * same handle (AF-CL-26, AMB-02). An early client tears down only after its first attempt,
 * to which the call manager answers PENDING or a refusal (SEQ-04, SEQ-05). */
inline close_until_accepted(thread, i, early)
{
    if
    :: early && !is_busy_with_sap(i) && (work_left(i) || has_idle_call(i))
    :: true -> tear_down(thread, i)
    fi;
    answer_before_close(thread, i);
    do
    :: result == 0 || (tries_again && (result == ST_NOT_ACCEPTED || result == ST_FAILURE)) ->
        NdisClCloseAddressFamily(thread, i);
        tear_down(thread, i)
    :: !tries_again && (result == ST_NOT_ACCEPTED || result == ST_FAILURE) -> break
    :: result == ST_SUCCESS -> close_has_completed(thread, i); break
    :: result == ST_PENDING -> break
    od;
    result = 0
}

/* ProtocolClNotifyCloseAf, after its entry, on the call manager's thread. It never waits
 * (THR-02): it closes here, or leaves the close to the worker (NTF-22), or, if another
 * thread of the client closes, lets that one answer (NTF-39).
 *
 * A close on another thread may have ended, and freed the context, between the entry and
 * the handler's first lock. No reference count helps against that, so the handler looks
 * its context up in a list under the client's lock, and finds it or does not. */
inline ProtocolClNotifyCloseAf(thread, i)
{
    if
    :: atomic { client_references[i] == 0 -> leave_cl_notify_close_af(thread, i, ST_SUCCESS) }
    :: atomic { client_references[i] > 0 ->
            acquire(thread, LIST_LOCK(i + 1));
            acquire(thread, CONTEXT_LOCK(i + 1));
            client_references[i]++;
            if
            :: !claimed[i] && may_fail(i) -> note_its_failure(i); result = ST_FAILURE     /* NTF-27 */
            :: !claimed[i] && nothing_left(i) && !answers_before_close -> claimed[i] = 1; must_answer[i] = 1
            :: !claimed[i] -> claimed[i] = 1; must_answer[i] = 1; work_queued[i] = 1;
               result = ST_PENDING
            :: claimed[i] && !closed[i] -> leave_answer_to_the_closer(i)
            :: leaves_close_to_unbind && !claimed[i] && binding[i + 1].phase == UNBINDING ->
                must_answer[i] = 1; result = ST_PENDING
            :: claimed[i] && closed[i] -> result = ST_SUCCESS
            fi;
            release(thread, CONTEXT_LOCK(i + 1));
            release(thread, LIST_LOCK(i + 1)) };
        if
        :: result == 0 -> close_in_notification(thread, i)
        :: else
        fi;
        if
        :: result != ST_PENDING -> drop_client_reference(thread, i)
        :: else
        fi;
        atomic { leave_cl_notify_close_af(thread, i, result); result = 0 }
    fi
}

inline close_in_notification(thread, i)
{
    tear_down(thread, i);
    NdisClCloseAddressFamily(thread, i);
    if
    :: result == ST_SUCCESS ->
        atomic { must_answer[i] = 0; closed[i] = 1 };
        drop_client_reference(thread, i)
    OPTIONS_AFTER_A_PENDED_CLOSE(i)
    :: else -> atomic { work_queued[i] = tries_again; result = ST_PENDING }        /* AF-CL-26 */
    fi
}
