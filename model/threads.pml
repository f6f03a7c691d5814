/* threads.pml - the threads: a thread is a process, and a callback runs on the thread of
 * whoever caused it, so that a thread that waits is a thread that cannot serve. Only idle
 * servers carry an end label: a thread that is stuck elsewhere is a deadlock. */

proctype call_manager_worker()
{
    bit must_answer_now;
    IF_REQUESTS(byte result;)
end:
    do
    :: atomic { completable(0) -> close_queued[0] = 0; manager_closed[0] = 1 };
        complete_close(MANAGER_WORKER, 0)
    IF_SECOND_AF(
    :: atomic { completable(1) -> close_queued[1] = 0; manager_closed[1] = 1 };
        complete_close(MANAGER_WORKER, 1)
    )
    IF_THIRD_AF(
    :: atomic { completable(2) -> close_queued[2] = 0; manager_closed[2] = 1 };
        complete_close(MANAGER_WORKER, 2)
    )
    MANAGER_WORKER_OPTIONS_OF_REQUESTS
    MANAGER_WORKER_OPTIONS_OF_OPENING
    MANAGER_WORKER_OPTIONS_OF_PARTIES
    MANAGER_WORKER_OPTIONS_OF_CALLS
    MANAGER_WORKER_OPTIONS_OF_SAPS
    od
}

/* ProtocolUnbindAdapterEx of a stand-alone call manager, MiniportHaltEx of an MCM: notify
 * every client whose AF is open, holding no lock (NTF-35), wait until every AF is closed
 * and every notification has ended (UNB-24), then close the adapter. */
proctype call_manager_unbind()
{
    byte i, result;
    IF_MANAGER_CLOSES_TOO(bit must_answer_now;)
end:
    do
    :: atomic { binding[0].unbind_owed && manager_turn -> enter_unbind(MANAGER_UNBIND, 0, MINIPORT) };
        wait_for_open_in_hand();
        do
        :: i < AFS ->
            ask_to_close(MANAGER_UNBIND, i);
            if
            :: atomic { notifies && manager_references[i] > 0 && !manager_closed[i] ->
                        acquire(MANAGER_UNBIND, LIST_LOCK(0));
                        notifying[i] = 1; begin_of_notification(i);
                        release(MANAGER_UNBIND, LIST_LOCK(0)) };
                notify(MANAGER_UNBIND, i)
            :: atomic { !(notifies && manager_references[i] > 0 && !manager_closed[i]) -> skip }
            fi;
            go_on_notifying(i)
        :: else -> break
        od;
        i = 0;
        IF_BOTH_ROLES(
        if
        :: atomic { must_close_own_af -> claimed[0] = 1 }; close_until_accepted(MANAGER_UNBIND, 0, false)
        :: atomic { !must_close_own_af -> skip }
        fi;
        )
        wait_for(MANAGER_UNBIND, all_of_afs(forgotten_by_manager), skip);
        wait_for_end_of_opens();
        signal_no_more();
        close_the_adapter(MANAGER_UNBIND, 0, MINIPORT)
    MANAGER_UNBIND_OPTIONS_OF_PNP
    od
}

proctype client_worker(byte i)
{
    byte result;
    bit must_answer_now;
end:
    do
    :: atomic { work_queued[i] -> work_queued[i] = 0 };
        close_until_accepted(CLIENT_WORKER(i), i, false)
    CLIENT_WORKER_OPTIONS_OF_REQUESTS(i)
    :: atomic { may_close_by_itself[i] && !claimed[i] ->
                may_close_by_itself[i] = 0; claimed[i] = 1 };
        close_until_accepted(CLIENT_WORKER(i), i, EARLY_CLOSE)
    CLIENT_WORKER_OPTIONS_OF_PNP(i)
    OPTIONS_AFTER_A_PENDED_UNBIND(i)
    OPTIONS_WITH_A_DYING_HANDLE(i)
    od
}

/* The client's own use of its AF, until it closes. */
IF_USERS(
proctype client_user(byte i)
{
    byte result;
end:
    do
    CLIENT_USER_OPTIONS_OF_CALLS(i)
    CLIENT_USER_OPTIONS_OF_PARTIES(i)
    CLIENT_USER_OPTIONS_OF_VCS(i)
    CLIENT_USER_OPTIONS_OF_REQUESTS(i)
    CLIENT_USER_OPTIONS_OF_SAPS(i)
    od
}
)

/* ProtocolUnbindAdapterEx: close the AF unless it is being closed (AF-CL-15, AMB-16), wait
 * until the close has completed and the notification is answered (UNB-23, AMB-14 b), then
 * close the adapter. */
inline close_af_and_adapter(i)
{
    close_what_is_outstanding(CLIENT_UNBIND(i), i);
    IF_AF_SLOTS(
    close_what_is_outstanding(CLIENT_UNBIND(i), 1);
    client_references[1] == 0;
    )
    wait_for_downstream(CLIENT_UNBIND(i));
    begin_to_wait_for_io(CLIENT_UNBIND(i), i + 1);
    wait_for_close(CLIENT_UNBIND(i), i, client_references[i] == 0 && nothing_left(i) && binding[i + 1].sends == 0 &&
                   binding[i + 1].requests == 0 && no_request_to_miniport(i), skip);
    close_the_adapter(CLIENT_UNBIND(i), i + 1, 0)
}

inline close_what_is_outstanding(thread, which)
{
    if
    :: atomic { is_outstanding(which) -> claimed[which] = 1 };
        close_until_accepted(thread, which, false)
    :: atomic { !is_outstanding(which) -> skip }
    fi
}

/* Where nothing is paused first, or the binding is in any state. */
#define is_paused_before(b) \
    IF_PNP(&& may_be_unbound(b)) IF_SENDS_ONLY(&& pnp[b].state == BINDING_PAUSED)

proctype client_unbind(byte i)
{
    byte result;
    bit must_answer_now;
end:
    do
    CLIENT_UNBIND_OPTIONS_OF_PNP(i)
    CLIENT_UNBIND_OPTIONS_OF_SENDS(i)
    :: atomic { binding[i + 1].unbind_owed && client_turn is_paused_before(i + 1) -> enter_unbind(CLIENT_UNBIND(i), i + 1, 0) };
        stop_using_handle(i + 1);
        try_to_register(CLIENT_UNBIND(i), i + 1);
        wait_for_own_open(i);
        give_up_afs_and_adapter(i)
    od
}

/* completes_in_callback belongs to one unbind: it is cleared when the binding is unbound. */
proctype ndis_worker()
{
    byte b;
    IF_OPENING(byte result;)
end:
    do
    :: atomic { close_is_pended(0) -> b = 0; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
    :: atomic { close_is_pended(1) -> b = 1; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
    IF_SECOND_CLIENT(
    :: atomic { close_is_pended(2) -> b = 2; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
    )
    IF_THIRD_CLIENT(
    :: atomic { close_is_pended(3) -> b = 3; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
    )
    NDIS_WORKER_OPTIONS_OF_OPENING
    NDIS_WORKER_OPTIONS_OF_REQUESTS
    NDIS_WORKER_OPTIONS_OF_CALLS
    NDIS_WORKER_OPTIONS_OF_PNP
    NDIS_WORKER_OPTIONS_OF_SENDS
    od
}

/* The offers come on a thread of NDIS, so that each open races with every unbind (opening.pml). */
IF_OPENING(
proctype ndis_offers()
{
    byte result;
end:
    do
    :: atomic { offer_may_be_made(1) -> begin_to_offer(1) };
        ProtocolCoAfRegisterNotify(NDIS_OFFERS, 0)
    IF_SECOND_CLIENT(
    :: atomic { offer_may_be_made(2) -> begin_to_offer(2) };
        ProtocolCoAfRegisterNotify(NDIS_OFFERS, 1)
    )
    od
}
)

/* A client that unbinds itself, from outside bind and unbind (UNB-18), and waits until it
 * is unbound, not for its handler (UNB-21). */
IF_UNBIND_BY_ITSELF(
proctype client_leaver(byte i)
{
end:
    do
    :: atomic { may_leave[i] && may_use_handle[i + 1] -> may_leave[i] = 0; may_use_handle[i + 1] = 0;
                call_unbind_adapter(CLIENT_LEAVER(i), i + 1) };
        return_NdisUnbindAdapter(CLIENT_LEAVER(i), i + 1, ST_SUCCESS);
        is_waiting_to_be_unbound = 1;
        is_unbound(i + 1);
        is_waiting_to_be_unbound = 0
    :: atomic { may_leave[i] && may_use_handle[i + 1] -> may_leave[i] = 0; may_use_handle[i + 1] = 0;
                call_NdisUnbindAdapter_in_vain(CLIENT_LEAVER(i), i + 1) };
        return_NdisUnbindAdapter(CLIENT_LEAVER(i), i + 1, ST_RESOURCES)
    od
}
)
