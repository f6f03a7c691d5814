/* pnp_drivers.pml - how the drivers are bound, paused, restarted and unbound, and what NDIS
 * does with the adapter meanwhile. Flags and conventions as in pnp.pml. */
#if PNP > 0

/* Each of these a client does once in a round, at any time while it may. */
bit may_send[AFS];
bit may_request_now[AFS];
bit may_leave[AFS];
unsigned may_receive : 2;
bit may_indicate[BINDINGS];

bit bind_may_fail;
bit is_waiting_to_be_unbound;
bit session_ends;                 /* the call manager is to notify outside its unbind (HLT-09) */

/* A driver that waits says so, because in a power event it must not (PNP-12). */
inline begin_to_wait_for_io(thread, b)
{
    d_step {
        printf("@ %d %d %d 1 0 0\n", thread, EV_WAIT, b);
        need(!(pnp[b].event == EV_SET_POWER_ENTER && pnp[b].event_phase == EVENT_INSIDE && thread == SYSTEM), RQ_PNP_12)
    }
}

/* ProtocolBindAdapterEx of a client; the open and the bind may pend (BND-18, BND-20). */
inline ProtocolBindAdapterEx(b)
{
    enter_bind(SYSTEM, b, 0);
    if
    :: completes_bind[b] = 1
    :: completes_bind[b] = 0
    fi;
    call_NdisOpenAdapterEx(SYSTEM, b);
    IF_INSIDE(
    if
    :: atomic { pnp[b].opening == OPEN_INSIDE -> the_open_ends(SYSTEM, b) };
        ProtocolOpenAdapterCompleteEx(SYSTEM, b)
    :: skip
    fi;
    )
    if
    :: atomic { pnp[b].opening == OPEN_INSIDE -> return_NdisOpenAdapterEx(SYSTEM, b, ST_SUCCESS) };
        go_on_with_bind(SYSTEM, b, false)
    :: atomic { pnp[b].opening == OPEN_INSIDE && bind_may_fail -> return_NdisOpenAdapterEx(SYSTEM, b, ST_RESOURCES) };
        go_on_with_bind(SYSTEM, b, false)
    :: return_NdisOpenAdapterEx(SYSTEM, b, ST_PENDING);
        if
        :: completes_bind[b] -> leave_ProtocolBindAdapterEx_pending(SYSTEM, b)
        :: else ->
            atomic { open_is_over[b] -> open_is_over[b] = 0 };
            go_on_with_bind(SYSTEM, b, false)
        fi
    fi
}

inline ProtocolOpenAdapterCompleteEx(thread, b)
{
    if
    :: completes_bind[b] -> go_on_with_bind(thread, b, true)
    :: else -> open_is_over[b] = 1
    fi
}

/* The open is over. If a request then fails, the adapter is closed again in the handler
 * (CAD-08, CAD-19); where the bind pends, NdisUnbindAdapter does it (BND-22). */
inline go_on_with_bind(thread, b, pended)
{
    free_the_open_parameters(thread, b);
    if
    :: binding[b].adapter != ADAPTER_OPEN -> end_bind(thread, b, pended, ST_RESOURCES)
    :: binding[b].adapter == ADAPTER_OPEN ->
        call_NdisOidRequest_at_once(thread, EV_SET_FILTER, b, 1, 0);
        atomic { end_bind(thread, b, pended, ST_SUCCESS); may_use_handle[b] = 1; is_powered[b] = 1 }
    :: binding[b].adapter == ADAPTER_OPEN && bind_may_fail && pended && thread != SYSTEM ->   /* UNB-18 */
        bind_has_failed[b] = 1;
        call_unbind_adapter(thread, b);
        return_NdisUnbindAdapter(thread, b, ST_SUCCESS)
    :: binding[b].adapter == ADAPTER_OPEN && bind_may_fail && !pended ->
        call_close_adapter(thread, b);
        if
        :: atomic { binding[b].adapter == ADAPTER_CLOSE_INSIDE -> return_close_adapter(thread, b, ST_SUCCESS) }
        :: return_close_adapter(thread, b, ST_PENDING);
            atomic { adapter_is_closed[b] -> adapter_is_closed[b] = 0 }
        fi;
        end_bind(thread, b, pended, ST_FAILURE)
    fi
}

inline end_bind(thread, b, pended, with_status)
{
    if
    :: with_status != ST_SUCCESS -> free_binding_context(thread, b)
    :: else
    fi;
    if
    :: pended -> call_NdisCompleteBindAdapterEx(thread, b, with_status)
    :: else -> leave_bind(thread, b, 0, with_status)
    fi
}

/* The unbind handler of a bind that has failed. */
inline end_failed_bind(thread, b)
{
    if
    :: bind_has_failed[b] ->
        bind_has_failed[b] = 0;
        call_NdisCompleteBindAdapterEx(thread, b, ST_FAILURE)
    :: else
    fi
}

/* ProtocolNetPnPEvent, after its entry. NetEventRestart: requests are allowed (PNP-11). */
inline NetEventRestart(thread, b)
{
    call_NdisOidRequest_at_once(thread, EV_SET_FILTER, b, 1, 1);
    if
    :: atomic { is_running[b] = 1; leave_ProtocolNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_SUCCESS) }
    :: leave_ProtocolNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_FAILURE)
    :: pended_event[b] = EV_RESTART_ENTER;
        complete_event_inside(thread, b);
        leave_ProtocolNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_PENDING)
    fi
}

/* NetEventPause: success when the sends are back and no data is held, else PENDING until
 * they are (AMB-40 b). */
#define io_is_back(b)  (binding[b].sends == 0 && pnp[b].held == 0)
inline NetEventPause(thread, b)
{
    if
    :: atomic { io_is_back(b) || AMB_40 == READING_A -> is_running[b] = 0;
                leave_ProtocolNetPnPEvent(thread, b, EV_PAUSE_ENTER, ST_SUCCESS) }
    :: atomic { is_running[b] = 0; pended_event[b] = EV_PAUSE_ENTER };
        complete_event_inside(thread, b);
        leave_ProtocolNetPnPEvent(thread, b, EV_PAUSE_ENTER, ST_PENDING)
    fi
}

/* NetEventSetPower, down and up; it waits for nothing (PNP-12). */
inline NetEventSetPower(thread, b)
{
    if
    :: is_powered[b] ->
        is_powered[b] = 0;
        leave_ProtocolNetPnPEvent(thread, b, EV_SET_POWER_ENTER, ST_SUCCESS)
    :: else ->
        atomic { leave_ProtocolNetPnPEvent(thread, b, EV_SET_POWER_ENTER, ST_SUCCESS); is_powered[b] = 1 }
    fi
}

/* NetEventQueryRemoveDevice (PNP-14). */
inline NetEventQueryRemoveDevice(thread, b)
{
    if
    :: atomic { cannot_give_up[b] = 1; leave_ProtocolNetPnPEvent(thread, b, EV_QUERY_REMOVE_ENTER, ST_FAILURE) }
    :: leave_ProtocolNetPnPEvent(thread, b, EV_QUERY_REMOVE_ENTER, ST_SUCCESS)
    fi
}

/* The driver's timer, on a processor that NDIS_WORKER stands for, completes what pends. */
inline complete_pended_event(thread, b)
{
    if
    :: atomic { pended_event[b] == EV_PAUSE_ENTER && io_is_back(b) -> pended_event[b] = 0;
                call_NdisCompleteNetPnPEvent(thread, b, EV_PAUSE_ENTER, ST_SUCCESS) }
    :: atomic { pended_event[b] == EV_RESTART_ENTER -> pended_event[b] = 0; is_running[b] = 1;
                call_NdisCompleteNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_SUCCESS) }
    :: atomic { pended_event[b] == EV_RESTART_ENTER -> pended_event[b] = 0;
                call_NdisCompleteNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_FAILURE) }
    fi
}

/* Or the driver itself, before it has returned PENDING. */
IF_INSIDE(
inline complete_event_inside(thread, b)
{
    if
    :: complete_pended_event(thread, b)
    :: skip
    fi
}
)

/* A send on behalf of the driver above: after NdisCloseAdapterEx it fails (UNB-30), in
 * Paused and in low power it fails too. No new send once the pause is answered (PNP-02). */
#define driver_may_send(b)  (may_use_handle[b] && is_running[b] && is_powered[b])
inline NdisSendNetBufferLists(thread, b)
{
    d_step {
        need(!(pnp[b].state == BINDING_PAUSING && pnp[b].event_phase == EVENT_PENDED), RQ_PNP_02)
    };
    call_send(thread, b)
}
#define driver_may_request(b)  (may_use_handle[b] && is_powered[b] && !adapter_halts)

/* Received data is kept while the driver runs, or given back at once (PNP-04). */
inline ProtocolReceiveNetBufferLists(thread, b)
{
    if
    :: atomic { is_running[b] && pnp[b].event == 0 -> keep_received_data(b) }
    :: call_NdisReturnNetBufferLists(thread, b)
    fi
}

/* ProtocolUnbindAdapterEx begins: no more requests from other threads. */
inline stop_using_handle(b)
{
    atomic { may_use_handle[b] = 0; is_running[b] = 0 }
}

/* Before NdisCloseAdapterEx: what the driver has asked of the adapter is withdrawn (UNB-06,
 * UNB-07) and UnbindContext is saved in the binding context (UNB-15). */
inline give_up_binding(thread, b)
{
    if
    :: b > 0 ->
        call_NdisOidRequest_if_owed(thread, EV_CLEAR_FILTER, b, 0, pnp[b].offloads);
        call_NdisOidRequest_if_owed(thread, EV_WITHDRAW_OFFLOADS, b, pnp[b].filter, 0)
    :: else
    fi;
    saved_context[b] = binding[b].generation
}

/* The end of an unbind in ProtocolCloseAdapterCompleteEx: the copy of UnbindContext, then
 * the memory in which it stood, then the completion (AMB-30 a); or the memory last (b). */
inline complete_unbind(thread, b)
{
    d_step {
        need(saved_context[b] != 0, RQ_UNB_15);
        unbind_context[b] = saved_context[b]
    };
    if
    :: AMB_30 == READING_B ->
        atomic { call_complete_unbind(thread, b); unbind_context[b] = 0 };
        saved_context[b] = 0;
        free_binding_context(thread, b)
    :: else ->
        saved_context[b] = 0;
        free_binding_context(thread, b);
        end_failed_bind(thread, b);
        atomic { call_complete_unbind(thread, b); unbind_context[b] = 0 }
    fi
}

/* Under other readings the client waits for nothing and returns PENDING (AMB-14 a), or
 * leaves its AF open because NDIS is believed to see to it (AMB-17) or the AF to outlive
 * the binding (AMB-18 b). */
bit unbind_is_left[AFS];
#define may_close_binding(i) \
    (client_references[i] == 0 && binding[i + 1].sends == 0 && binding[i + 1].requests == 0)

inline unbind_by_another_reading(i)
{
    if
    :: AMB_14 == READING_A ->
        atomic {
            if
            :: client_references[i] > 0 && !claimed[i] -> claimed[i] = 1; work_queued[i] = 1
            :: else
            fi;
            unbind_is_left[i] = 1;
            saved_context[i + 1] = binding[i + 1].generation
        };
        leave_unbind(CLIENT_UNBIND(i), i + 1, 0, ST_PENDING)
    :: else -> close_the_adapter(CLIENT_UNBIND(i), i + 1, 0)
    fi
}

inline close_the_adapter_later(thread, b)
{
    completes_in_callback[b] = 1;
    give_up_binding(thread, b);
    call_close_adapter(thread, b);
    if
    :: atomic { may_close_at_once(b) -> return_close_adapter(thread, b, ST_SUCCESS) };
        completes_in_callback[b] = 0;
        complete_unbind(thread, b)
    :: return_close_adapter(thread, b, ST_PENDING)
    fi
}

/* ---- what NDIS does to binding 1, on the thread of plug and play ---- */

#define is_quiet(b)        (pnp[b].event == 0)
#define may_be_unbound(b)  (pnp[b].state == BINDING_PAUSED && is_quiet(b) && \
                            pnp[b].bind != BIND_INSIDE && pnp[b].bind != BIND_COMPLETED_INSIDE)
#define is_to_pause(b)     (pnp[b].state == BINDING_RUNNING && is_quiet(b))

/* Has the thread been called back because of this binding? */
#define is_in_callback(thread, b) \
    ((thread == SYSTEM && (pnp[b].bind == BIND_INSIDE || pnp[b].event_phase == EVENT_INSIDE)) || \
     (thread == unbind_thread(b) && binding[b].phase == UNBINDING))

/* A driver has its bindings enumerated once more, between callbacks only (BND-25). */
inline call_NdisReEnumerateProtocolBindings(thread, b)
{
    d_step {
        printf("@ %d %d %d 1 0 0\n", thread, EV_REENUMERATE_BINDINGS_CALL, b);
        need(!is_in_callback(thread, b), RQ_BND_25)
    }
}

/* Bound, perhaps after a first bind that has failed (BND-26). */
inline plug_in()
{
    move_stack(SYSTEM, EV_RESTART_MINIPORT, STACK_HALTED, STACK_MINIPORT_RUNNING, RQ_PNP_15);
    move_stack(SYSTEM, EV_RESTART_FILTERS, STACK_MINIPORT_RUNNING, STACK_RUNNING, RQ_PNP_15);
    bind_manager();
    if
    :: !MINIPORT ->
        atomic {
            enter_ProtocolNetPnPEvent(SYSTEM, 0, EV_RESTART_ENTER);
            leave_ProtocolNetPnPEvent(SYSTEM, 0, EV_RESTART_ENTER, ST_SUCCESS)
        }
    :: else
    fi;
    bind_may_fail = FAIL_BIND;
    call_NdisReEnumerateProtocolBindings(SYSTEM, 1);
    do
    :: ProtocolBindAdapterEx(1);
        if
        :: atomic { is_bound(1) && pnp[1].bind == BIND_OVER && is_quiet(1) -> bind_may_fail = 0; break }
        :: atomic { is_unbound(1) && pnp[1].bind == BIND_OVER && pnp[1].unbind_call == UNBIND_CALL_NONE ->
                    bind_may_fail = 0; completes_in_callback[1] = 0 }
        fi
    od;
    completes_bind[1] = 0;
    enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER);
    NetEventRestart(SYSTEM, 1);
    is_quiet(1)
}

/* To low power, and back, or it is unbound while its adapter sleeps (AMB-44). */
inline change_power()
{
    if
    :: atomic { is_to_pause(1) -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_SET_POWER_ENTER) };
        NetEventSetPower(SYSTEM, 1);
        if
        :: atomic { is_quiet(1) -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_SET_POWER_ENTER) };
            NetEventSetPower(SYSTEM, 1)
        :: skip
        fi
    :: skip
    fi
}

/* A surprise removal asks nobody. A failed query may be overridden (UNB-28). */
inline query_removal()
{
    if
    :: atomic { is_bound(1) && is_quiet(1) -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_QUERY_REMOVE_ENTER) };
        NetEventQueryRemoveDevice(SYSTEM, 1);
        if
        :: atomic { is_bound(1) && is_quiet(1) -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_CANCEL_REMOVE_ENTER) };
            leave_ProtocolNetPnPEvent(SYSTEM, 1, EV_CANCEL_REMOVE_ENTER, ST_SUCCESS)
        :: skip
        fi
    :: skip
    fi
}

inline pause_manager()
{
    if
    :: !MINIPORT ->
        atomic {
            enter_ProtocolNetPnPEvent(SYSTEM, 0, EV_PAUSE_ENTER);
            leave_ProtocolNetPnPEvent(SYSTEM, 0, EV_PAUSE_ENTER, ST_SUCCESS)
        }
    :: else
    fi
}

/* The stack is paused from the top, unless only one driver leaves. */
inline pause_stack()
{
    pause_manager();
    if
    :: atomic { is_to_pause(1) -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_PAUSE_ENTER) };
        NetEventPause(SYSTEM, 1)
    :: atomic { !is_to_pause(1) -> skip }
    fi;
    may_be_paused(1) && is_quiet(1);
    pause_filters(SYSTEM);
    move_stack(SYSTEM, EV_PAUSE_MINIPORT, STACK_FILTERS_PAUSED, STACK_PAUSED, RQ_PNP_10)
}

inline open_clients()
{
    for (k : 0 .. CLIENTS - 1) {
        bind_client(k)
    }
    may_send[0] = SENDS;
    may_request_now[0] = SENDS;
    may_leave[0] = UNBIND_BY_ITSELF;
    may_receive = RECEIVES;
    may_indicate[1] = RECEIVES > 0;
    session_ends = SESSION_ENDS
}

inline unbind_adapter(b)
{
    may_use_handle[b] = 0;
    NdisUnbindAdapter(SYSTEM, b)
}

/* The call manager makes its clients close although nobody leaves (HLT-09, AMB-42 b). */
inline end_session()
{
    if
    :: atomic { manager_references[0] > 0 && !manager_closed[0] ->
                notifying[0] = 1; manager_references[0]++ };
        notify(MANAGER_UNBIND, 0)
    :: atomic { !(manager_references[0] > 0 && !manager_closed[0]) -> skip }
    fi;
    all_of_afs(forgotten_by_manager)
}

inline prepare_to_leave()
{
    if
    :: POWER -> change_power(); query_removal()
    :: else
    fi;
    session_ends = session_ends || (AMB_18 == READING_C);
    if
    :: MANAGER_LEAVES && (CLIENTS_LEAVE || MINIPORT) -> pause_stack()
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && !MINIPORT -> pause_manager()
    :: else
    fi
}

/* All are unbound: the filters go, and then an MCM's adapter halts. */
inline finish_removal()
{
    if
    :: MANAGER_LEAVES && CLIENTS_LEAVE ->
        all_of_clients(is_unbound) && (MINIPORT || is_unbound(0));
        detach_filters(SYSTEM)
    :: else
    fi
}

inline plug_out()
{
    stack = STACK_HALTED;
    session_ends = 0;
    cannot_give_up[1] = 0;
    may_send[0] = 0;
    may_request_now[0] = 0;
    may_leave[0] = 0;
    may_receive = 0;
    may_indicate[1] = 0;
    unbind_context[0] = 0;
    saved_context[0] = 0;
    saved_context[1] = 0
}
#endif

/* ---- what the threads do with plug and play: options of threads.pml and client.pml ---- */

#define NDIS_WORKER_OPTIONS_OF_PNP IF_PNP( \
    :: atomic { open_is_pending(1) -> the_open_ends(NDIS_WORKER, 1) }; \
        ProtocolOpenAdapterCompleteEx(NDIS_WORKER, 1) \
    :: complete_pended_event(NDIS_WORKER, 1) \
    :: atomic { may_receive > 0 && may_indicate_data(1) -> \
                may_receive--; enter_ProtocolReceiveNetBufferLists(NDIS_WORKER, 1) }; \
        ProtocolReceiveNetBufferLists(NDIS_WORKER, 1) \
    :: pnp[1].held > 0 -> call_NdisReturnNetBufferLists(NDIS_WORKER, 1) \
    :: atomic { may_indicate[1] && may_indicate_status(1) -> \
                may_indicate[1] = 0; \
                if \
                :: enter_StatusEx(NDIS_WORKER, 1, EV_INDICATE_STATUS) \
                :: enter_StatusEx(NDIS_WORKER, 1, EV_INDICATE_CO_STATUS) \
                fi })

#define MANAGER_UNBIND_OPTIONS_OF_PNP IF_PNP( \
    :: atomic { session_ends && is_bound(0) -> session_ends = 0 }; \
        end_session())

#define CLIENT_WORKER_OPTIONS_OF_PNP(i) IF_PNP( \
    :: atomic { may_send[i] && driver_may_send(i + 1) -> may_send[i] = 0; NdisSendNetBufferLists(CLIENT_WORKER(i), i + 1) } \
    :: atomic { may_request_now[i] && driver_may_request(i + 1) -> \
                may_request_now[i] = 0; call_oid_request(CLIENT_WORKER(i), i + 1) })

#define CLIENT_UNBIND_OPTIONS_OF_PNP(i) IF_PNP( \
    :: atomic { binding[i + 1].unbind_owed && client_turn && is_to_pause(i + 1) -> \
                enter_ProtocolNetPnPEvent(CLIENT_UNBIND(i), i + 1, EV_PAUSE_ENTER) }; \
        NetEventPause(CLIENT_UNBIND(i), i + 1))

/* Where a pause is one step (SENDS without PNP). */
#define NDIS_WORKER_OPTIONS_OF_SENDS IF_SENDS( \
    :: atomic { binding[1].sends > 0 && pnp[1].event != EV_SET_POWER_ENTER -> enter_send_complete(NDIS_WORKER, 1) } \
    :: atomic { binding[1].requests > 0 -> enter_oid_request_complete(NDIS_WORKER, 1) })

#define CLIENT_UNBIND_OPTIONS_OF_SENDS(i) IF_SENDS_ONLY( \
    :: atomic { binding[i + 1].unbind_owed && client_turn && pnp[i + 1].state == BINDING_RUNNING && binding[i + 1].sends == 0 -> \
                NetEventPause_at_once(CLIENT_UNBIND(i), i + 1) })
