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

inline drop_client_reference(thread, i)
{
    atomic {
        client_references[i]--;
        if
        :: client_references[i] == 0 -> free_client_af_context(thread, i)
        :: else
        fi
    }
}

/* The client uses its AF on a thread of its own until it decides to close (AF-CL-27). */
#if USERS > 0
bit is_using[AFS];
#define may_use(i)       (client_references[i] > 0 && !claimed[i])
#define nothing_left(i)  (!is_using[i] && no_sap_left(i))
#else
#define nothing_left(i)  true
#endif

/* Steps 1 to 3 of the recipe (NTF-18 to NTF-20): nothing may be left (AF-CL-11). Where the
 * client has SAPs, calls or requests in full, and not only counts of them, this waits for
 * their completions (AMB-23 b), so only threads that may wait do it. */
inline tear_down(thread, i)
{
    do
#if USERS > 0
#if SAPS > 0
    :: atomic { !is_using[i] && sap_is_there(i) -> client_sap[i] = SAP_IS_GOING }; NdisClDeregisterSap(thread, i)
#endif
    :: atomic { nothing_left(i) -> break }
#else
    :: af[i].calls > 0 -> call_close_call(thread, i)
    :: af[i].calls == 0 && af[i].saps > 0 -> call_deregister_sap(thread, i)
    :: else -> break
#endif
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
    if
    :: must_answer_now ->
        must_answer_now = 0;
        call_notify_complete(thread, i, ST_SUCCESS);
        ProtocolCmNotifyCloseAfComplete(thread, i);
        drop_client_reference(thread, i)
    :: else
    fi;
    drop_client_reference(thread, i)
}

inline ProtocolClCloseAfComplete(thread, i)
{
    enter_cl_close_af_complete(thread, i, ST_SUCCESS);
    close_has_completed(thread, i)
}

/* Step 4 of the recipe (NTF-21), one attempt. Afterwards result says how it went; after
 * PENDING the completion callback goes on, and perhaps already has (AF-CL-25). */
inline NdisClCloseAddressFamily(thread, i)
{
    atomic { client_references[i]++; call_close_af(thread, i) };
    if
    :: af[i].manager_close == MANAGER_CLOSE_OWED -> ProtocolCmCloseAf(thread, i)
    :: else
    fi;
    atomic {
        result = close_result(i);
        return_close_af(thread, i, result)
    };
    if
    :: result != ST_PENDING -> own_close_af_complete(thread, i, result)   /* AF-CL-04 */
    :: else
    fi;
    drop_client_reference(thread, i)
}

/* Close until it is accepted. After a refusal remove the cause and close again with the
 * same handle (AF-CL-26, AMB-02). An early client tears down only after its first attempt,
 * to which the call manager answers PENDING or a refusal (SEQ-04, SEQ-05). */
inline close_until_accepted(thread, i, early)
{
    if
    :: early && work_left(i)
    :: true -> tear_down(thread, i)
    fi;
    do
    :: result == 0 || result == ST_NOT_ACCEPTED || result == ST_FAILURE ->
        NdisClCloseAddressFamily(thread, i);
        tear_down(thread, i)
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
    :: atomic { client_references[i] > 0 -> client_references[i]++;
            if
            :: !claimed[i] && FAIL_NOTIFICATION -> result = ST_FAILURE          /* NTF-27 */
            :: !claimed[i] && nothing_left(i) -> claimed[i] = 1; must_answer[i] = 1
            :: !claimed[i] -> claimed[i] = 1; must_answer[i] = 1; work_queued[i] = 1;
               result = ST_PENDING
            :: claimed[i] && !closed[i] -> must_answer[i] = 1; result = ST_PENDING
            :: claimed[i] && closed[i] -> result = ST_SUCCESS
            fi };
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
    :: result == ST_PENDING -> skip
    :: else -> atomic { work_queued[i] = 1; result = ST_PENDING }        /* AF-CL-26 */
    fi
}
