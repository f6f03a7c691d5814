/* adversary.pml - every event of binding_states.csv in every state, in both ways in which it
 * may happen: it must be refused where the table has no entry (BND-14), and lead to the
 * state of the table where there is one. What refuses it is the need() of the event, as
 * in every other configuration, which here only says so. With ONE_CELL (lockstep.pml) a
 * refusal is what it is elsewhere, and a search begins with each cell from the first state. */
#if ADVERSARY > 0
#include "binding_states.pml"

inline must(condition, requirement)
{
    d_step {
        if
        :: (condition)
        :: else -> printf("@! %d\n", requirement); assert(false)
        fi
    }
}

inline begin_anew()
{
    binding[1].phase = UNBOUND;
    binding[1].adapter = ADAPTER_NONE;
    binding[1].context = 0;
    binding[1].unbind_owed = 0;
    binding[1].unbind_completed = 0;
    binding[1].sends = 0;
    binding[1].requests = 0;
    pnp[1].state = BINDING_UNBOUND;
    pnp[1].opening = OPEN_OVER;
    pnp[1].bind = BIND_OVER;
    pnp[1].event = 0;
    pnp[1].event_phase = 0;
    pnp[1].restarted = 0;
    pnp[1].filter = 0;
    pnp[1].offloads = 0;
    pnp[1].held = 0;
    pnp[1].given_up = 0;
    unbind_context[1] = 0;
    stack = STACK_HALTED;
    refused = 0
}

/* NDIS unbinds a driver that has asked for it, as far as its state allows. */
inline ask_for_unbind()
{
    if
    :: binding[1].phase == BOUND ->
        call_unbind_adapter(CLIENT_UNBIND(0), 1);
        return_NdisUnbindAdapter(CLIENT_UNBIND(0), 1, ST_SUCCESS)
    :: else
    fi
}

inline close_and_forget(thread)
{
    call_close_adapter(thread, 1);
    return_close_adapter(thread, 1, ST_SUCCESS);
    free_binding_context(thread, 1)
}

/* By events to which there is a right, as far as the row asks. Unbound is a binding whose
 * bind has failed, so that there is a handle to speak of. */
inline reach(target, row, completes)
{
    move_stack(SYSTEM, EV_RESTART_MINIPORT, STACK_HALTED, STACK_MINIPORT_RUNNING, RQ_PNP_15);
    move_stack(SYSTEM, EV_RESTART_FILTERS, STACK_MINIPORT_RUNNING, STACK_RUNNING, RQ_PNP_15);
    enter_bind(SYSTEM, 1, 0);
    call_NdisOpenAdapterEx(SYSTEM, 1);
    return_NdisOpenAdapterEx(SYSTEM, 1, ST_SUCCESS);
    free_the_open_parameters(SYSTEM, 1);
    if
    :: target == BINDING_UNBOUND || (target == BINDING_OPENING && row == ROW_BIND_FAILED) -> close_and_forget(SYSTEM)
    :: else
    fi;
    if
    :: target == BINDING_UNBOUND -> leave_bind(SYSTEM, 1, 0, ST_FAILURE)
    :: target > BINDING_OPENING -> leave_bind(SYSTEM, 1, 0, ST_SUCCESS)
    :: target == BINDING_OPENING && completes && (row == ROW_BIND_FAILED || row == ROW_BIND_IS_COMPLETE) ->
        leave_ProtocolBindAdapterEx_pending(SYSTEM, 1)
    :: else
    fi;
    if
    :: target == BINDING_RESTARTING || target == BINDING_RUNNING || target == BINDING_PAUSING ->
        enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER)
    :: else
    fi;
    if
    :: target == BINDING_RUNNING || target == BINDING_PAUSING ->
        leave_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER, ST_SUCCESS)
    :: else
    fi;
    if
    :: target == BINDING_PAUSING -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_PAUSE_ENTER)
    :: else
    fi;
    if
    :: target == BINDING_CLOSING -> ask_for_unbind(); enter_unbind(CLIENT_UNBIND(0), 1, 0)
    :: else
    fi;
    if
    :: target == BINDING_CLOSING && row == ROW_UNBIND_IS_COMPLETE ->
        close_and_forget(CLIENT_UNBIND(0));
        unbind_context[1] = binding[1].generation;
        if
        :: completes -> leave_unbind(CLIENT_UNBIND(0), 1, 0, ST_PENDING)
        :: else
        fi
    :: else
    fi
}

/* Each row once by the return of a callback, and once by the completion function. Offloads are
 * asked for in a restart (PNP-11). */
inline fire(row, completes)
{
    if
    :: row == ROW_PROTOCOLBINDADAPTEREX -> enter_bind(SYSTEM, 1, 0)
    :: row == ROW_BIND_FAILED && !completes -> leave_bind(SYSTEM, 1, 0, ST_FAILURE)
    :: row == ROW_BIND_FAILED && completes -> call_NdisCompleteBindAdapterEx(SYSTEM, 1, ST_FAILURE)
    :: row == ROW_BIND_IS_COMPLETE && !completes -> leave_bind(SYSTEM, 1, 0, ST_SUCCESS)
    :: row == ROW_BIND_IS_COMPLETE && completes -> call_NdisCompleteBindAdapterEx(SYSTEM, 1, ST_SUCCESS)
    :: row == ROW_PROTOCOLUNBINDADAPTEREX -> ask_for_unbind(); enter_unbind(CLIENT_UNBIND(0), 1, 0)
    :: row == ROW_UNBIND_IS_COMPLETE && !completes -> leave_unbind(CLIENT_UNBIND(0), 1, 0, ST_SUCCESS)
    :: row == ROW_UNBIND_IS_COMPLETE && completes -> call_complete_unbind(NDIS_WORKER, 1)
    :: row == ROW_PNP_PAUSE -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_PAUSE_ENTER)
    :: row == ROW_PAUSE_IS_COMPLETE && !completes -> leave_ProtocolNetPnPEvent(SYSTEM, 1, EV_PAUSE_ENTER, ST_SUCCESS)
    :: row == ROW_PAUSE_IS_COMPLETE && completes -> call_NdisCompleteNetPnPEvent(SYSTEM, 1, EV_PAUSE_ENTER, ST_SUCCESS)
    :: row == ROW_PNP_RESTART -> enter_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER)
    :: row == ROW_RESTART_IS_COMPLETE && !completes -> leave_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER, ST_SUCCESS)
    :: row == ROW_RESTART_IS_COMPLETE && completes -> call_NdisCompleteNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER, ST_SUCCESS)
    :: row == ROW_RESTART_FAILED && !completes -> leave_ProtocolNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER, ST_FAILURE)
    :: row == ROW_RESTART_FAILED && completes -> call_NdisCompleteNetPnPEvent(SYSTEM, 1, EV_RESTART_ENTER, ST_FAILURE)
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && !completes -> call_send(SYSTEM, 1)
    :: row == ROW_SEND_AND_RECEIVE_OPERATIONS && completes -> enter_ProtocolReceiveNetBufferLists(SYSTEM, 1)
    :: row == ROW_OID_REQUESTS && !completes -> call_oid_request(CLIENT_UNBIND(0), 1)
    :: row == ROW_OID_REQUESTS && completes ->
        call_NdisOidRequest_at_once(CLIENT_UNBIND(0), EV_SET_FILTER, 1, 1, (pnp[1].state == BINDING_RESTARTING))
    fi
}

inline try_cell(from, row, completes, next)
{
    reach(from, row, completes);
    must(pnp[1].state == from && !refused, RQ_BND_01);
    fire(row, completes);
    d_step {
        look_up(row, from, next);
        must(refused == (next == BINDING_INVALID), RQ_BND_14);
        must(refused || pnp[1].state == next, RQ_BND_14);
        next = 0
    }
}

init {
    byte from, row, next;
    bit completes;
#ifdef ONE_CELL
    select(from : 0 .. TABLE_STATES - 1);
    select(row : 0 .. TABLE_ROWS - 1);
    select(completes : 0 .. 1);
    try_cell(from, row, completes, next)
#else
    do
    :: from < TABLE_STATES ->
        begin_anew();
        try_cell(from, row, completes, next);
        if
        :: !completes -> completes = 1
        :: completes && row < TABLE_ROWS - 1 -> completes = 0; row++
        :: else -> completes = 0; row = 0; from++
        fi
    :: else -> break
    od
#endif
}
#endif
