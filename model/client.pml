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
#if AMB_12 == READING_D
bit has_failed[AFS];           /* it has failed a notification once */
#endif

inline drop_client_reference(thread, i)
{
    atomic {
        acquire(thread, LIST_LOCK(i + 1));
        acquire(thread, CONTEXT_LOCK(i + 1));
        client_references[i]--;
        if
#if OPENING > 0
        :: client_references[i] == 0 && client_handle[i] == 0 -> free_context_of_failed_open(thread, i)
        :: client_references[i] == 0 && client_handle[i] != 0 -> free_client_af_context(thread, i); client_handle[i] = 0
#elif AMB_09 == READING_C
        :: client_references[i] == 0 -> free_client_af_context(thread, i)
#else
        :: client_references[i] == 0 && af[i].client_context -> free_client_af_context(thread, i)
#endif
        :: else
        fi;
        release(thread, CONTEXT_LOCK(i + 1));
        release(thread, LIST_LOCK(i + 1))
    }
}

/* The client uses its AF on a thread of its own until it decides to close (AF-CL-27). */
#if USERS > 0
bit is_using[AFS];
#define may_use(i)       (client_references[i] > 0 && !claimed[i])
#define nothing_left(i)  (!is_using[i] && no_sap_left(i) && no_vc_left(i) && no_request_left(i))
#elif PROXY > 0 && AMB_39 != READING_B
#define nothing_left(i)  upstream_may_close
#else
#define nothing_left(i)  true
#endif

/* Steps 1 to 3 of the recipe (NTF-18 to NTF-20): nothing may be left (AF-CL-11). Where SAPs, calls
 * or requests may be pended, this waits for their completions (AMB-23 b), so only threads that may
 * wait do it. */
inline tear_down(thread, i)
{
#if PROXY > 0
    tear_down_proxy(thread, i)
#else
    do
#if USERS > 0
#if SAPS > 0
    :: atomic { !is_using[i] && sap_is_there(i) -> client_sap[i] = SAP_IS_GOING }; NdisClDeregisterSap(thread, i)
#endif
#if REQUESTS > 0
    :: atomic { holds_request(i) -> held[REQUEST_BY_MANAGER(i)] = 0; client_completes[i] = 1 };
        complete_request(thread, REQUEST_BY_MANAGER(i))
    :: atomic { held[AF_CLOSE_REQUEST(i)] -> held[AF_CLOSE_REQUEST(i)] = 0; client_completes[i] = 1 };
        complete_request(thread, AF_CLOSE_REQUEST(i))
#endif
#if VCS > 0
    :: atomic { i == 0 && !is_using[0] && call_is_there(0) -> client_vc[0] = VC_IS_CLOSING }; NdisClCloseCall(thread, 0)
#endif
#if PARTIES > 0
    :: atomic { i == 0 && !is_using[0] && party_is_there -> client_party = PARTY_IS_GOING }; NdisClDropParty(thread)
#endif
#if CALLS > 0
    :: atomic { i == 0 && AMB_24_CLIENT == READING_A && !is_using[0] && (client_vc[0] == VC_IS_IDLE || client_vc[0] == VC_IS_SPENT) -> client_vc[0] = VC_IS_GOING }; NdisCoDeleteVc(thread, 0)
#endif
#if VCS > 1
    :: atomic { i == 0 && call_is_there(1) -> client_vc[1] = VC_IS_CLOSING }; NdisClCloseCall(thread, 1)
#endif
#if AMB_23 == READING_A
    :: atomic { !is_using[i] && all_is_asked_of_calls(i) -> break }
#else
    :: atomic { nothing_left(i) -> break }
#endif
#else
    :: af[i].calls > 0 -> NdisClCloseCall_whole(thread, i)
    :: af[i].calls == 0 && af[i].saps > 0 -> NdisClDeregisterSap_whole(thread, i)
    :: else -> break
#endif
    od
#endif
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
#if AMB_09 == READING_B
    free_client_af_context(thread, i);
#endif
    if
#if AMB_01_CLIENT == READING_A
    :: must_answer_now -> must_answer_now = 0        /* without a handle: it owes the answer for ever */
#else
    :: must_answer_now ->
        must_answer_now = 0;
        answer_notification(thread, i);
        drop_client_reference(thread, i)
#endif
    :: else
    fi;
    drop_client_reference(thread, i)
}

inline answer_notification(thread, i)
{
#if AMB_29 == READING_A
    !af[i].notify_call;
#endif
    call_notify_complete(thread, i, ST_SUCCESS);
#if AMB_08 == READING_C
    if
    :: af[i].report == REPORT_OWED -> ProtocolCmNotifyCloseAfComplete(thread, i)
    :: else
    fi
#else
    ProtocolCmNotifyCloseAfComplete(thread, i)
#endif
}

inline ProtocolClCloseAfComplete(thread, i)
{
    enter_cl_close_af_complete(thread, i, ST_SUCCESS);
#if DISCIPLINE > 0
    callback_begins(thread);
#endif
    close_has_completed(thread, i)
#if DISCIPLINE > 0
    ; callback_ends(thread)
#endif
}

#if AMB_04 != READING_A
/* A pended close has failed all the same: the worker tries again (AF-CL-26). */
inline failed_ProtocolClCloseAfComplete(thread, i)
{
    enter_cl_close_af_complete(thread, i, ST_FAILURE);
    work_queued[i] = 1
}
#endif

/* Step 4 of the recipe (NTF-21), one attempt. Afterwards result says how it went; after
 * PENDING the completion callback goes on, and perhaps already has (AF-CL-25). */
inline NdisClCloseAddressFamily(thread, i)
{
#if VCS > 0
    stop_calling(i);
#endif
    atomic { client_references[i]++; call_close_af(thread, i) };
#if REQUESTS > 0
    abort_what_is_held(thread, REQUEST_BY_MANAGER(i));
#endif
    if
    :: af[i].manager_close == MANAGER_CLOSE_OWED -> ProtocolCmCloseAf(thread, i)
    :: else
    fi;
#if AMB_05 == READING_C
    if
    :: atomic { close_result(i) != ST_SUCCESS && close_result(i) != ST_PENDING ->
                result = close_result(i); enter_cl_close_af_complete(thread, i, result) }
    :: atomic { close_result(i) == ST_SUCCESS || close_result(i) == ST_PENDING -> skip }
    fi;
#endif
    atomic {
        result = close_result(i);
        return_close_af(thread, i, result)
    };
    if
#if AMB_05_CLIENT == READING_A
    :: result != ST_PENDING -> own_close_af_complete(thread, i, result)   /* AF-CL-04 */
#else
    :: result == ST_SUCCESS -> own_close_af_complete(thread, i, result)
#endif
    :: else
    fi;
#if AMB_10 == READING_B
    report_withheld_notification(thread, i);
#endif
#if AMB_03_CLIENT == READING_B
    if
    :: result == ST_NOT_ACCEPTED -> result = ST_SUCCESS
    :: else
    fi;
#endif
#if AMB_09 == READING_A
    if
    :: atomic { result == ST_PENDING && !closed[i] ->
                client_references[i] = 0; free_client_af_context(thread, i) }
    :: atomic { !(result == ST_PENDING && !closed[i]) -> drop_client_reference(thread, i) }
    fi
#elif AMB_29_CLIENT == READING_A
    d_step { need(result != ST_PENDING || client_references[i] > 1, RQ_AF_CL_25) };   /* it has no other */
    drop_client_reference(thread, i)
#else
    drop_client_reference(thread, i)
#endif
}

/* Who may not use the handle again, or does not know the status, or reacts to a failure
 * only in the completion, which does not come, does not try again. */
#define tries_again  (AMB_02 != READING_A && AMB_03_CLIENT != READING_C && AMB_05_CLIENT != READING_B)

/* Close until it is accepted. After a refusal remove the cause and close again with the
 * same handle (AF-CL-26, AMB-02). An early client tears down only after its first attempt,
 * to which the call manager answers PENDING or a refusal (SEQ-04, SEQ-05). */
inline close_until_accepted(thread, i, early)
{
    if
    :: early && !is_busy_with_sap(i) && (work_left(i) || has_idle_call(i))
    :: true -> tear_down(thread, i)
    fi;
#if AMB_01_CLIENT == READING_C
    if
    :: atomic { must_answer[i] -> must_answer[i] = 0 };
        answer_notification(thread, i);
        drop_client_reference(thread, i)
    :: else
    fi;
#endif
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
#if AMB_12 == READING_D
            :: !claimed[i] && FAIL_NOTIFICATION && !has_failed[i] -> has_failed[i] = 1; result = ST_FAILURE
#else
            :: !claimed[i] && FAIL_NOTIFICATION -> result = ST_FAILURE          /* NTF-27 */
#endif
#if AMB_01_CLIENT != READING_C
            :: !claimed[i] && nothing_left(i) -> claimed[i] = 1; must_answer[i] = 1
#endif
            :: !claimed[i] -> claimed[i] = 1; must_answer[i] = 1; work_queued[i] = 1;
               result = ST_PENDING
#if AMB_01_CLIENT == READING_C
            :: claimed[i] && !closed[i] -> result = ST_FAILURE     /* too late to answer before the close */
#elif AMB_10_CLIENT == READING_A
            :: claimed[i] && !closed[i] -> must_answer[i] = 1
#else
            :: claimed[i] && !closed[i] -> must_answer[i] = 1; result = ST_PENDING
#endif
#if AMB_16 == READING_B_UNCLAIMED
            :: !claimed[i] && binding[i + 1].phase == UNBINDING -> must_answer[i] = 1; result = ST_PENDING
#endif
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
#if AMB_11 == READING_A
    :: atomic { result == ST_PENDING && must_answer[i] -> must_answer[i] = 0; result = ST_SUCCESS }
    :: atomic { result == ST_PENDING && !must_answer[i] -> skip }
#else
    :: result == ST_PENDING -> skip
#endif
    :: else -> atomic { work_queued[i] = tries_again; result = ST_PENDING }        /* AF-CL-26 */
    fi
}
