/* threads.pml - the threads: a thread is a process, and a callback runs on the thread of
 * whoever caused it, so that a thread that waits is a thread that cannot serve. Only idle
 * servers carry an end label: a thread that is stuck elsewhere is a deadlock. */

proctype call_manager_worker()
{
    bit must_answer_now;
#if REQUESTS > 0
    byte result;
#endif
end:
    do
    :: atomic { completable(0) -> close_queued[0] = 0; manager_closed[0] = 1 };
        complete_close(MANAGER_WORKER, 0)
#if AFS > 1
    :: atomic { completable(1) -> close_queued[1] = 0; manager_closed[1] = 1 };
        complete_close(MANAGER_WORKER, 1)
#endif
#if AFS > 2
    :: atomic { completable(2) -> close_queued[2] = 0; manager_closed[2] = 1 };
        complete_close(MANAGER_WORKER, 2)
#endif
#if REQUESTS > 0
    :: atomic { held[REQUEST_BY_CLIENT(0)] -> held[REQUEST_BY_CLIENT(0)] = 0 };
        CoOidRequestComplete(MANAGER_WORKER, REQUEST_BY_CLIENT(0), MINIPORT, ST_SUCCESS)
    :: atomic { may_ask[REQUEST_BY_MANAGER(0)] && manager_is_open(0) ->
                may_ask[REQUEST_BY_MANAGER(0)] = 0; begin_request_of_manager(0) };
        NdisCoOidRequest(MANAGER_WORKER, REQUEST_BY_MANAGER(0), AF_HANDLE, MINIPORT);
        drop_request_reference(MANAGER_WORKER, 0)
#endif
#if OPENING > 0
    :: atomic { open_queued[0] -> open_queued[0] = 0 }; complete_open(MANAGER_WORKER, 0)
#endif
#if OPENING > 0 && AFS > 1
    :: atomic { open_queued[1] -> open_queued[1] = 0 }; complete_open(MANAGER_WORKER, 1)
#endif
#if PARTIES > 0
    :: atomic { party_queued -> party_queued = 0 }; complete_party(MANAGER_WORKER)
    :: atomic { may_drop_party && manager_party -> may_drop_party = 0; drop_party_remotely(MANAGER_WORKER) }
#endif
#if OFFERS > 0
    :: atomic { may_offer_call -> may_offer = 0; manager_vc[OFFERED] = VC_IS_COMING };
        offer_call(MANAGER_WORKER, OFFERED)
#endif
#if VCS > 0
    :: atomic { may_hang_up && manager_vc[VCS - 1] == VC_HAS_CALL -> may_hang_up = 0;
        if
        :: hang_up(MANAGER_WORKER, VCS - 1, 0)
        :: hang_up(MANAGER_WORKER, VCS - 1, 1)
        fi }
    :: manager_task[0] != NO_TASK -> work_on_vc(MANAGER_WORKER, 0)
#endif
#if VCS > 1
    :: manager_task[1] != NO_TASK -> work_on_vc(MANAGER_WORKER, 1)
#endif
#if SAPS > 0
    :: atomic { sap_queued[0] -> sap_queued[0] = 0 }; complete_sap(MANAGER_WORKER, 0)
#endif
#if SAPS > 1
    :: atomic { sap_queued[1] -> sap_queued[1] = 0 }; complete_sap(MANAGER_WORKER, 1)
#endif
    od
}

/* ProtocolUnbindAdapterEx of a stand-alone call manager, MiniportHaltEx of an MCM: notify
 * every client whose AF is open, holding no lock (NTF-35), wait until every AF is closed
 * and every notification has ended (UNB-24), then close the adapter. */
proctype call_manager_unbind()
{
    byte i, result;
#if BOTH_ROLES > 0 || INSIDE > 0
    bit must_answer_now;
#endif
end:
    do
    :: atomic { binding[0].unbind_owed && manager_turn -> enter_unbind(MANAGER_UNBIND, 0, MINIPORT) };
#if OPENING > 0
        manager_may_notify;
#endif
        do
        :: i < AFS ->
#if REQUESTS > 0
            ask_to_close(MANAGER_UNBIND, i);
#endif
            if
            :: atomic { notifies && manager_references[i] > 0 && !manager_closed[i] ->
                        acquire(MANAGER_UNBIND, LIST_LOCK(0));
                        notifying[i] = 1; begin_of_notification(i);
                        release(MANAGER_UNBIND, LIST_LOCK(0)) };
                notify(MANAGER_UNBIND, i)
            :: atomic { !(notifies && manager_references[i] > 0 && !manager_closed[i]) -> skip }
            fi;
#if (AMB_12 == READING_B || AMB_12 == READING_D) && AMB_36_MANAGER != READING_B
            if
            :: notification_failed[i] && manager_references[i] > 0 && !manager_closed[i]
            :: else -> i++
            fi
#elif AMB_36_MANAGER == READING_B
            i = AFS
#else
            i++
#endif
        :: else -> break
        od;
        i = 0;
#if BOTH_ROLES > 0
        if
        :: atomic { must_close_own_af -> claimed[0] = 1 }; close_until_accepted(MANAGER_UNBIND, 0, false)
        :: atomic { !must_close_own_af -> skip }
        fi;
#endif
        wait_for(MANAGER_UNBIND, all_of_afs(forgotten_by_manager), skip);
#if OPENING > 0
        all_of_afs(forgotten_by_manager) && no_open_in_hand;
#endif
#if VCS > 0
        signalling_vc = 0;
#endif
        close_the_adapter(MANAGER_UNBIND, 0, MINIPORT)
#if PNP > 0
    :: atomic { session_ends && is_bound(0) -> session_ends = 0 };
        end_session()
#endif
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
#if REQUESTS > 0
    :: atomic { may_complete_late(i) -> held[REQUEST_BY_MANAGER(i)] = 0; client_completes[i] = 1 };
        complete_request(CLIENT_WORKER(i), REQUEST_BY_MANAGER(i))
#endif
    :: atomic { may_close_by_itself[i] && !claimed[i] ->
                may_close_by_itself[i] = 0; claimed[i] = 1 };
        close_until_accepted(CLIENT_WORKER(i), i, EARLY_CLOSE)
#if PNP > 0
    :: atomic { may_send[i] && driver_may_send(i + 1) -> may_send[i] = 0; NdisSendNetBufferLists(CLIENT_WORKER(i), i + 1) }
    :: atomic { may_request_now[i] && driver_may_request(i + 1) ->
                may_request_now[i] = 0; call_oid_request(CLIENT_WORKER(i), i + 1) }
#endif
#if PNP > 0 && AMB_14 == READING_A
    :: atomic { unbind_is_left[i] && may_close_binding(i) -> unbind_is_left[i] = 0 };
        close_the_adapter_later(CLIENT_WORKER(i), i + 1)
#endif
#if AMB_01_CLIENT == READING_D
    :: atomic { may_close_by_itself[i] && af[i].phase == AF_CLOSING ->
                may_close_by_itself[i] = 0; NdisClRegisterSap_whole(CLIENT_WORKER(i), i, 1) }
#endif
    od
}

/* The client's own use of its AF, until it closes. */
#if USERS > 0
proctype client_user(byte i)
{
    byte result;
end:
    do
#if OFFERS > 0
    :: atomic { i == 0 && client_vc[OFFERED] == VC_IS_CALLING -> client_vc[OFFERED] = VC_IS_COMING };
        answer_incoming_call(CLIENT_USER(0), OFFERED)
#endif
#if VCS > 0
    :: atomic { i == 0 && call_is_there(VCS - 1) && client_was_told[VCS - 1] && may_use(0) ->
                is_using[0] = 1; client_vc[VCS - 1] = VC_IS_CLOSING };
        NdisClCloseCall(CLIENT_USER(0), VCS - 1);
        is_using[0] = 0
    :: atomic { i == 0 && call_is_there(VCS - 1) && may_send && may_use(0) -> may_send = 0; has_sent[VCS - 1] = 1;
                call_NdisCoSendNetBufferLists(CLIENT_USER(0), VCS - 1) }
#endif
#if PARTIES > 0
    :: atomic { i == 0 && may_use(0) && may_add_party && call_is_there(0) ->
                may_add_party = 0; is_using[0] = 1; client_party = PARTY_IS_COMING };
        NdisClAddParty(CLIENT_USER(0));
        is_using[0] = 0
    :: atomic { i == 0 && may_use(0) && must_drop_party && party_is_there -> is_using[0] = 1; client_party = PARTY_IS_GOING };
        NdisClDropParty(CLIENT_USER(0));
        is_using[0] = 0
    :: atomic { i == 0 && may_use(0) && may_drop_last && call_is_there(0) -> may_drop_last = 0; drop_last_party(CLIENT_USER(0)) }
#endif
#if CALLS > 0
    :: atomic { i == 0 && may_use(0) && wants_to_use_its_vc -> is_using[0] = 1 };
        use_its_vc(CLIENT_USER(0));
        is_using[0] = 0
#endif
#if REQUESTS > 0
    :: atomic { may_use(i) && may_ask[REQUEST_BY_CLIENT(i)] ->
                may_ask[REQUEST_BY_CLIENT(i)] = 0; is_using[i] = 1; client_waits_for[REQUEST_BY_CLIENT(i)] = 1 };
        NdisCoOidRequest(CLIENT_USER(i), REQUEST_BY_CLIENT(i), AF_HANDLE, 0);
        is_using[i] = 0
    :: atomic { may_use(i) && may_ask[MINIPORT_REQUEST(i)] && !client_saw_reset ->
                may_ask[MINIPORT_REQUEST(i)] = 0; is_using[i] = 1; client_waits_for[MINIPORT_REQUEST(i)] = 1;
                call_NdisCoOidRequest(CLIENT_USER(i), MINIPORT_REQUEST(i), NULL_HANDLE, 0) };
        finish_request(CLIENT_USER(i), MINIPORT_REQUEST(i), 0);
        is_using[i] = 0
#endif
#if SAPS > 0
    :: atomic { may_use(i) && may_register[i] -> may_register[i] = 0; is_using[i] = 1; client_sap[i] = SAP_IS_COMING };
        NdisClRegisterSap(CLIENT_USER(i), i);
        is_using[i] = 0
#if REDUNDANT > 0
    :: atomic { af[i].phase == AF_CLOSING && !second_close_was_refused ->
                close_af_again(CLIENT_USER(i), i, ST_FAILURE) }
#endif
#if REDUNDANT || AMB_28 == READING_B
    :: atomic { may_deregister_again(i) -> deregister_again(CLIENT_USER(i), i) }
#endif
#endif
    od
}
#endif

#if AMB_16 == READING_A
#define is_outstanding(i)  (client_references[i] > 0 && !closed[i])
#elif AMB_16 == READING_B_UNCLAIMED
#define is_outstanding(i)  (client_references[i] > 0 && !claimed[i] && af[i].notification == NOTIFICATION_NONE)
#else
#define is_outstanding(i)  (client_references[i] > 0 && !claimed[i])
#endif

/* ProtocolUnbindAdapterEx: close the AF unless it is being closed (AF-CL-15, AMB-16), wait
 * until the close has completed and the notification is answered (UNB-23, AMB-14 b), then
 * close the adapter. */
proctype client_unbind(byte i)
{
    byte result;
    bit must_answer_now;
end:
    do
#if PNP > 0
    :: atomic { binding[i + 1].unbind_owed && client_turn && is_to_pause(i + 1) ->
                enter_ProtocolNetPnPEvent(CLIENT_UNBIND(i), i + 1, EV_PAUSE_ENTER) };
        NetEventPause(CLIENT_UNBIND(i), i + 1)
    :: atomic { binding[i + 1].unbind_owed && client_turn && may_be_unbound(i + 1) ->
                enter_unbind(CLIENT_UNBIND(i), i + 1, 0) };
        stop_using_handle(i + 1);
#elif SENDS > 0
    :: atomic { binding[i + 1].unbind_owed && client_turn && pnp[i + 1].state == BINDING_RUNNING && binding[i + 1].sends == 0 ->
                NetEventPause_at_once(CLIENT_UNBIND(i), i + 1) }
    :: atomic { binding[i + 1].unbind_owed && client_turn && pnp[i + 1].state == BINDING_PAUSED ->
                enter_unbind(CLIENT_UNBIND(i), i + 1, 0) };
#else
    :: atomic { binding[i + 1].unbind_owed && client_turn -> enter_unbind(CLIENT_UNBIND(i), i + 1, 0) };
#endif
#if PNP == 0 || !UNBINDS_BY_ANOTHER_READING
#if REGISTRATION > 0
        try_to_register(CLIENT_UNBIND(i), i + 1);
#endif
#if OPENING > 0
        AMB_32_PENDED == READING_B || nothing_opens(i);
#endif
        if
        :: atomic { is_outstanding(i) -> claimed[i] = 1 };
            close_until_accepted(CLIENT_UNBIND(i), i, false)
        :: atomic { !is_outstanding(i) -> skip }
        fi;
#if AF_SLOTS > 1
        if
        :: atomic { is_outstanding(1) -> claimed[1] = 1 };
            close_until_accepted(CLIENT_UNBIND(i), 1, false)
        :: atomic { !is_outstanding(1) -> skip }
        fi;
        client_references[1] == 0;
#endif
#if PROXY > 0
        wait_for_downstream(CLIENT_UNBIND(i));
#endif
#if PNP > 0
        begin_to_wait_for_io(CLIENT_UNBIND(i), i + 1);
#endif
        wait_for_close(CLIENT_UNBIND(i), i, client_references[i] == 0 && nothing_left(i) && binding[i + 1].sends == 0 &&
                       binding[i + 1].requests == 0 && no_request_to_miniport(i), skip);
        close_the_adapter(CLIENT_UNBIND(i), i + 1, 0)
#else
        unbind_by_another_reading(i)
#endif
    od
}

/* completes_in_callback belongs to one unbind: it is cleared when the binding is unbound. */
proctype ndis_worker()
{
    byte b;
#if OPENING > 0
    byte result;
#endif
end:
    do
    :: atomic { close_is_pended(0) -> b = 0; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
    :: atomic { close_is_pended(1) -> b = 1; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
#if CLIENTS > 1
    :: atomic { close_is_pended(2) -> b = 2; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
#endif
#if CLIENTS > 2
    :: atomic { close_is_pended(3) -> b = 3; enter_close_adapter_complete(NDIS_WORKER, b) };
        ProtocolCloseAdapterCompleteEx(NDIS_WORKER, b); b = 0
#endif
#if OPENING > 0
    :: deliver_open(0)
#endif
#if OPENING > 0 && AFS > 1
    :: deliver_open(1)
#endif
#if RESETS > 0
    :: atomic { !was_reset -> reset_miniport(SYSTEM) }
#endif
#if REQUESTS > 0
    :: atomic { held[MINIPORT_REQUEST(0)] -> held[MINIPORT_REQUEST(0)] = 0 };
        CoOidRequestComplete(NDIS_WORKER, MINIPORT_REQUEST(0), 0, ST_SUCCESS)
    :: atomic { may_reset && binding[1].phase == BOUND ->
                may_reset = 0; begin_reset(NDIS_WORKER, 1); client_saw_reset = 1 };
        atomic { enter_reset_end(NDIS_WORKER, 1); client_saw_reset = 0 }
#endif
#if CALL_SENDS > 0
    :: atomic { vc[VCS - 1].sends > 0 -> enter_ProtocolCoSendNetBufferListsComplete(NDIS_WORKER, VCS - 1);
                touch_send_buffers(VCS - 1); has_sent[VCS - 1] = 0 }
#endif
#if VCS > 0
    :: atomic { deactivation_queued[0] -> deactivation_queued[0] = 0; b = 0; finish_deactivation(NDIS_WORKER, 0) };
        ProtocolCmDeactivateVcComplete(NDIS_WORKER, 0)
#endif
#if VCS > 1
    :: atomic { deactivation_queued[1] -> deactivation_queued[1] = 0; finish_deactivation(NDIS_WORKER, 1) };
        ProtocolCmDeactivateVcComplete(NDIS_WORKER, 1)
#endif
#if PNP > 0
    :: atomic { open_is_pending(1) -> open_ends(NDIS_WORKER, 1) };
        ProtocolOpenAdapterCompleteEx(NDIS_WORKER, 1)
    :: complete_pended_event(NDIS_WORKER, 1)
    :: atomic { may_receive > 0 && may_indicate_data(1) ->
                may_receive--; enter_ProtocolReceiveNetBufferLists(NDIS_WORKER, 1) };
        ProtocolReceiveNetBufferLists(NDIS_WORKER, 1)
    :: pnp[1].held > 0 -> call_NdisReturnNetBufferLists(NDIS_WORKER, 1)
    :: atomic { may_indicate[1] && may_indicate_status(1) ->
                may_indicate[1] = 0; enter_ProtocolStatusEx(NDIS_WORKER, 1) }
#endif
#if SENDS > 0
    :: atomic { binding[1].sends > 0 && pnp[1].event != EV_SET_POWER_ENTER -> enter_send_complete(NDIS_WORKER, 1) }
    :: atomic { binding[1].requests > 0 -> enter_oid_request_complete(NDIS_WORKER, 1) }
#endif
    od
}

/* A client that unbinds itself, from outside bind and unbind (UNB-18), and waits until it
 * is unbound, not for its handler (UNB-21). */
#if UNBIND_BY_ITSELF > 0
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
#endif
