/* words.pml - how the documents are read where they contradict each other (settings.table), as
 * words for the steps of the model. A word is a condition; a hook is a step, or none, that only
 * one reading takes. No other file switches text by a reading. */

/* ---- the call manager's handle and context ---- */

/* A completion with another status than success leaves it with a dead handle (AMB-04 b). */
IF_AMB_04_B(bit manager_handle_is_dead[AFS];)
#define need_live_handle_of_manager(i)  IF_AMB_04_B(need(!manager_handle_is_dead[i], RQ_AF_CM_16))
#define need_status_of_completion(i, status) \
    IF_AMB_04_B(need(!manager_handle_is_dead[i], RQ_AF_CM_16); manager_handle_is_dead[i] = (status != ST_SUCCESS)) \
    UNLESS_AMB_04_B(need(status == ST_SUCCESS, RQ_AF_CM_14))

/* A close may be refused (AMB-03 a, b). */
#define manager_may_refuse  (AMB_03 != READING_C)

/* The handle of an MCM lives until the completion function returns (AMB-07 a). */
#define may_complete_close(i) \
    IF_AMB_29_A((!has_work(i) && !notifying[i] && af[i].close_call == CLOSE_CALL_PENDED)) \
    UNLESS_AMB_29_A( \
        IF_HANDLE_OUTLIVES_COMPLETION((!has_work(i))) \
        UNLESS_HANDLE_OUTLIVES_COMPLETION( \
            (!has_work(i) && no_request_of_manager(i) && (!notifying[i] || (!patient && af[i].notify_call)))))
#define release_resources_of_close(thread, i) \
    IF_HANDLE_OUTLIVES_COMPLETION(manager_closed[i] = 0;) release_af_resources(thread, i)
#define handle_dies_at_last(i)  IF_HANDLE_OUTLIVES_COMPLETION(manager_closed[i] = 1)

/* The close of an AF may end its context under a notification (AMB-08 a). */
#define begin_of_notification(i)        IF_AMB_08_A(skip) UNLESS_AMB_08_A(manager_references[i]++)
#define end_of_notification(thread, i)  IF_AMB_08_A(skip) UNLESS_AMB_08_A(drop_manager_reference(thread, i))

/* Has the call manager let go of the AF of binding b? It may also have been told that the
 * AF is closed (NTF-14), and then has no part in a close; as the documents are recommended
 * to be read that does not happen, but other readings make it do so. */
#define forgotten_by_manager(b)  (manager_references[b - 1] == 0 or_so_it_believes(b))
#define or_so_it_believes(b) \
    IF_AMB_12_A(|| notification_failed[b - 1]) \
    UNLESS_AMB_12_A( \
    IF_AMB_36_MANAGER_B(|| b > 1) \
    UNLESS_AMB_36_MANAGER_B( \
    IF_AMB_08_A(&& af[b - 1].notification == NOTIFICATION_NONE) \
    UNLESS_AMB_08_A(|| (af[b - 1].notified == NOTIFIED_WITH_SUCCESS && !manager_closed[b - 1]))))

/* How a close ends that the call manager has pended: in success, or in failure too (AMB-04). */
#define complete_close(thread, i) \
    IF_AMB_04_A(complete_close_with_success(thread, i)) \
    UNLESS_AMB_04_A(complete_close_with_any_status(thread, i))
#define fail_to_complete(thread, i) \
    IF_AMB_04_C(release_af_resources(thread, i); call_close_af_complete(thread, i, MINIPORT, ST_SUCCESS); \
                drop_manager_reference(thread, i)) \
    UNLESS_AMB_04_C(call_close_af_complete(thread, i, MINIPORT, ST_FAILURE))

/* ---- the notification ---- */

/* NDIS keeps it from a client that closes, and ends it with the close (AMB-10 b). */
IF_WITHHOLDS(
bit withheld[AFS];                 /* NDIS has pended a notification by itself */
bit report_is_due[AFS];            /* and has to report it, now that the close has ended */
)
#define is_withheld(i)  IF_WITHHOLDS(withheld[i]) UNLESS_WITHHOLDS(false)
#define report_withheld_notification(thread, i)  IF_AMB_10_B(report_what_was_withheld(thread, i))

/* It reaches the other clients too (AMB-36 b), to whom the call manager leaves it then. */
#define notify_the_others()     IF_AMB_36_B(notify_each_open_af())

/* A client whose notification has failed is notified again (AMB-12 b, d). */
#define remember_failure(i, status)  IF_REMEMBERS_FAILURES(notification_failed[i] = (status == ST_FAILURE))
#define notifies_again(i)       IF_NOTIFIES_AGAIN(notification_failed[i]) UNLESS_NOTIFIES_AGAIN(false)
#define go_on_notifying(i) \
    IF_AMB_36_MANAGER_B(i = AFS) \
    UNLESS_AMB_36_MANAGER_B( \
        IF_NOTIFIES_AGAIN(notify_the_same_or_the_next(i)) \
        UNLESS_NOTIFIES_AGAIN(i++))

/* A call manager that awaits no report before the notify call has returned loses it (AMB-29 a). */
#define note_early_report(i)    UNLESS_AMB_29_MANAGER_A(-> report_came[i] = 1)

/* A client may fail it: once only (AMB-12 d), or whenever it likes. */
#define may_fail(i)             FAIL_NOTIFICATION IF_FAILS_ONCE(&& !has_failed[i])
#define note_its_failure(i)     IF_FAILS_ONCE(has_failed[i] = 1)

/* One that meets a close waits for its end (AMB-10 c), or is answered by a second attempt (a); where
 * an answer has to come before the close it is too late for it (AMB-01 c). */
#define leave_answer_to_the_closer(i) \
    IF_AMB_01_CLIENT_C(result = ST_FAILURE) \
    UNLESS_AMB_01_CLIENT_C(must_answer[i] = 1 UNLESS_AMB_10_CLIENT_A(; result = ST_PENDING))

/* Success means that the AF is closed (AMB-11 b), or that its close has begun (a). */
#define OPTIONS_AFTER_A_PENDED_CLOSE(i) \
    UNLESS_AMB_11_A( \
    :: result == ST_PENDING -> skip \
    ) \
    IF_AMB_11_A( \
    :: atomic { result == ST_PENDING && must_answer[i] -> must_answer[i] = 0; result = ST_SUCCESS } \
    :: atomic { result == ST_PENDING && !must_answer[i] -> skip } \
    )

/* ---- the client ---- */

/* Its context may go with the close call (AMB-09 a), with the close (b), or with its last use (c). */
#define last_use_is_over(i) \
    client_references[i] == 0 IF_OPENING(&& client_handle[i] != 0) UNLESS_OPENING(UNLESS_AMB_09_C(&& af[i].client_context))
#define free_context_with_close(thread, i)  IF_AMB_09_B(free_client_af_context(thread, i))
#define end_of_close_call(thread, i) \
    IF_AMB_09_A(free_context_with_close_call(thread, i)) \
    UNLESS_AMB_09_A(IF_AMB_29_CLIENT_A(need_another_reference(i);) drop_client_reference(thread, i))

/* It answers the notification before the close (AMB-01 c), after it (b, d), or never (a). */
#define answers_before_close    (AMB_01_CLIENT == READING_C)
#define answer_before_close(thread, i)  IF_AMB_01_CLIENT_C(answer_what_waits(thread, i))
#define answer_after_close(thread, i)   UNLESS_AMB_01_CLIENT_A(answer_notification(thread, i); drop_client_reference(thread, i))
#define complete_notification(thread, i)  IF_AMB_29_A(!af[i].notify_call;) call_notify_complete(thread, i, ST_SUCCESS)
#define receive_report(thread, i) \
    IF_AMB_08_C(receive_report_if_any(thread, i)) UNLESS_AMB_08_C(ProtocolCmNotifyCloseAfComplete(thread, i))

/* What it makes of a close that NDIS or the call manager refuses. */
#define complete_by_ndis(thread, i)     IF_AMB_05_C(complete_refused_close(thread, i))
#define runs_its_completion(status)     IF_AMB_05_CLIENT_A(status != ST_PENDING) UNLESS_AMB_05_CLIENT_A(status == ST_SUCCESS)
#define take_refusal_for_success()      IF_AMB_03_CLIENT_B(if :: result == ST_NOT_ACCEPTED -> result = ST_SUCCESS :: else fi)

/* Who may not use the handle again, or does not know the status, or reacts to a failure
 * only in the completion, which does not come, does not try again. */
#define tries_again  (AMB_02 != READING_A && AMB_03_CLIENT != READING_C && AMB_05_CLIENT != READING_B)

/* It waits until all is gone (AMB-23 b, c), or until all is asked for (a). */
#define is_torn_down(i)         IF_AMB_23_A(!is_using[i] && all_is_asked_of_calls(i)) UNLESS_AMB_23_A(nothing_left(i))

/* It uses its handle until the close has completed (AMB-01 d). */
#define OPTIONS_WITH_A_DYING_HANDLE(i) IF_AMB_01_CLIENT_D( \
    :: atomic { may_close_by_itself[i] && af[i].phase == AF_CLOSING -> \
                may_close_by_itself[i] = 0; NdisClRegisterSap_whole(CLIENT_WORKER(i), i, 1) })

/* Which AFs an unbind has to close (AMB-16): those that nobody closes (b), or also those that are not
 * closed yet (a), or only those of which no notification came (b-unclaimed). */
#define leaves_close_to_unbind  (AMB_16 == READING_B_UNCLAIMED)
#define is_outstanding(i) \
    IF_AMB_16_A((client_references[i] > 0 && !closed[i])) \
    UNLESS_AMB_16_A((client_references[i] > 0 && !claimed[i] \
        IF_AMB_16_B_UNCLAIMED(&& af[i].notification == NOTIFICATION_NONE)))

/* Another way to unbind, where plug and play is traced (AMB-14 a, AMB-17, AMB-18 b). */
#define give_up_afs_and_adapter(i) \
    IF_UNBINDS_IN_ANOTHER_WAY(unbind_by_another_reading(i)) UNLESS_UNBINDS_IN_ANOTHER_WAY(close_af_and_adapter(i))

/* An unbind handler that has returned PENDING leaves the adapter to the worker (AMB-14 a). */
#define OPTIONS_AFTER_A_PENDED_UNBIND(i) IF_PNP(IF_AMB_14_A( \
    :: atomic { unbind_is_left[i] && may_close_binding(i) -> unbind_is_left[i] = 0 }; \
        close_the_adapter_later(CLIENT_WORKER(i), i + 1)))

/* ---- a driver that is client and call manager (AMB-39) ---- */

/* It may close upstream when nobody is left downstream (a), when it likes (b), or when no call is left (c). */
#define upstream_may_close      IF_AMB_39_A((downstream == DOWNSTREAM_NONE)) UNLESS_AMB_39_A((af[0].calls == 0))
#define proxy_may_close         IF_AMB_39_B(true) UNLESS_AMB_39_B(upstream_may_close)
#define tear_down_proxy(thread, i) \
    IF_AMB_39_B(close_calls_upstream(thread, i)) UNLESS_AMB_39_B(wait_until_upstream_may_close(thread))

/* ---- opening ---- */

/* A pended open is refused or completed before the first notification (AMB-22 i), or its client may be
 * notified (ii). */
#define gives_up_what_pends     (AMB_22_PENDED == READING_A)
#define accept_before_it_pends(thread, i)  IF_AMB_22_PENDED_B(; accept_the_open(thread, i))
#define complete_open(thread, i) \
    IF_AMB_22_PENDED_A(complete_open_that_pends(thread, i)) \
    UNLESS_AMB_22_PENDED_A(complete_open_that_was_accepted(thread, i))

/* A client has one AF on a binding (AMB-41 a), or opens the next when it is ready for it (b). */
#define may_open_another(i)  may_open(i) UNLESS_AMB_41_CLIENT_A(&& client_references[i] == 0 && is_free(i))

/* ---- calls and parties ---- */

/* A VC is inactive when its call's close is completed (AMB-25 a), or is deactivated then (b). */
#define call_has_closed(v)  IF_AMB_25_B(manager_vc[v] = VC_IS_IDLE) UNLESS_AMB_25_B(call_is_closed(v))
#define go_on_closing(thread, v) \
    IF_AMB_25_B(manager_task[v] = DEACTIVATE_VC; complete_close_call(thread, v)) \
    UNLESS_AMB_25_B(deactivate(thread, v))

/* The client frees its party when the other side has left (AMB-34 i). */
#define party_has_left(thread)  IF_AMB_34_CONTEXT_A(free_client_party_context(thread, SECOND_PARTY)) UNLESS_AMB_34_CONTEXT_A(skip)

/* ---- data ---- */

/* Data that is received comes until the close has completed (AMB-43 b). */
#define data_comes_while_closing  (AMB_43 == READING_B)

/* A driver that is unbound in low power makes the requests of an unbind (AMB-44 b), or owes none. */
#define sleeps(b) \
    (pnp[b].low_power && \
     !(AMB_44 == READING_B && (binding[b].phase == UNBINDING || binding[b].phase == UNBIND_PENDED)))
#define owes_requests(b)  (AMB_44 == READING_B || !pnp[b].low_power)
