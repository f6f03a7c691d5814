/* pnp.pml - plug and play: the seven states of a binding (BND-01), pause, restart, power
 * and removal around the unbind, and the halt of an MCM's adapter. With PNP binding 1, of
 * the first client, answers in every way; all others answer at once. Conventions as in
 * ndis.pml.
 *
 * The table of the documents is binding_states.csv. Each of its rows is an event below,
 * where the requirement of the row stands; adversary.pml compares every cell. */

#define BINDING_INVALID  (BINDING_CLOSING + 1)

#define UNBIND_CALL_NONE     0
#define UNBIND_CALL_STARTED  1
#define UNBIND_CALL_REFUSED  2

typedef PlugAndPlay {
    unsigned state : 3;
    unsigned opening : 2;
    unsigned open_failed : 4;    /* the status with which it has failed */
    unsigned bind : 2;
    byte event;                  /* the PnP event that is not answered: its ENTER event */
    unsigned event_phase : 2;
    bit restarted;
    bit low_power;
    bit filter;                  /* what the driver has asked of the adapter (UNB-06, UNB-07) */
    bit offloads;
    COUNT(held);                 /* indications of data that the driver has not returned */
    unsigned unbind_call : 2;    /* a call of NdisUnbindAdapter that has not returned */
    bit given_up                 /* by NdisUnbindAdapter */
}
PlugAndPlay pnp[BINDINGS];

/* The stack beneath the protocol drivers (PNP-10, PNP-15). */
#define STACK_HALTED  STACK_NOT_TRACED
byte stack;

bit open_parameters[BINDINGS];    /* the memory of NdisOpenAdapterEx's parameters */

/* ---- the driver's flags, apart from NDIS's state ---- */

#if PNP > 0

bit may_use_handle[BINDINGS];     /* OID requests may be made with the binding handle */
bit is_running[BINDINGS];         /* it may send */
bit is_powered[BINDINGS];
byte pended_event[BINDINGS];      /* the event that it has answered with PENDING (PNP-08) */
GENERATION saved_context[BINDINGS];     /* UnbindContext, in the binding context (UNB-15) */
GENERATION unbind_context[BINDINGS];    /* its copy in a local variable (AMB-30) */
bit completes_bind[BINDINGS];     /* the bind pends and ends in the open's completion */
bit open_is_over[BINDINGS];       /* that callback ran while the bind handler waits */
bit bind_has_failed[BINDINGS];    /* the unbind handler is to complete the bind */
bit cannot_give_up[BINDINGS];     /* somebody uses the device (PNP-14) */
#endif

/* ---- the bind ---- */

inline binding_opens(b, for_miniport)
{
    if
    :: for_miniport
    :: else ->
        need(pnp[b].state == BINDING_UNBOUND, RQ_BND_02);
        pnp[b].state = BINDING_OPENING;
        pnp[b].bind = BIND_INSIDE
    fi
}

inline call_NdisOpenAdapterEx(thread, b)
{
    d_step {
        binding_line(thread, EV_OPEN_ADAPTER_CALL, b, 0);
        need(pnp[b].state == BINDING_OPENING && binding[b].phase == BINDING, RQ_BND_15);
        need(binding[b].adapter == ADAPTER_NONE && pnp[b].opening == OPEN_OVER, RQ_BND_22);
        pnp[b].opening = OPEN_INSIDE;
        pnp[b].open_failed = 0;
        binding[b].context = 1;
        IF_REGISTRATION(given_binding_context[b] = binding[b].generation;)
        open_parameters[b] = 1
    }
}

inline open_was_answered(b, with_status)
{
    if
    :: with_status == ST_SUCCESS -> binding[b].adapter = ADAPTER_OPEN
    :: else -> pnp[b].open_failed = with_status
    fi
}

inline return_NdisOpenAdapterEx(thread, b, with_status)
{
    d_step {
        binding_line(thread, EV_RETURN_OPEN_ADAPTER, b, with_status);
        if
        :: with_status == ST_PENDING && pnp[b].opening == OPEN_COMPLETED_INSIDE -> pnp[b].opening = OPEN_OVER
        :: else ->
            need(pnp[b].opening == OPEN_INSIDE, RQ_BND_18);
            if
            :: with_status == ST_PENDING -> pnp[b].opening = OPEN_PENDED
            :: else ->
                pnp[b].opening = OPEN_OVER;
                open_was_answered(b, with_status)
            fi
        fi
    }
}

inline enter_ProtocolOpenAdapterCompleteEx(thread, b, with_status)
{
    d_step {
        binding_line(thread, EV_OPEN_ADAPTER_DELIVER, b, with_status);
        need(pnp[b].opening == OPEN_INSIDE || pnp[b].opening == OPEN_PENDED, RQ_BND_18);
        need(binding[b].context, RQ_BND_27);
        need(open_parameters[b], RQ_BND_17);
        if
        :: pnp[b].opening == OPEN_INSIDE -> pnp[b].opening = OPEN_COMPLETED_INSIDE
        :: else -> pnp[b].opening = OPEN_OVER
        fi;
        open_was_answered(b, with_status)
    }
}

inline free_the_open_parameters(thread, b)
{
    d_step {
        binding_line(thread, EV_FREE_OPEN_PARAMETERS, b, 0);
        need(open_parameters[b], RQ_BND_17);
        open_parameters[b] = 0
    }
}

/* What does not pend, as one step where nobody else can tell it apart. */
inline NdisOpenAdapterEx_at_once(thread, b)
{
    atomic {
        call_NdisOpenAdapterEx(thread, b);
        return_NdisOpenAdapterEx(thread, b, ST_SUCCESS);
        free_the_open_parameters(thread, b)
    }
}

/* The open has not said yet how it ends: no handle is to be read (BND-16). */
#define open_is_pending(b)  (pnp[b].opening == OPEN_INSIDE || pnp[b].opening == OPEN_PENDED)

/* The bind ends, in the handler or with NdisCompleteBindAdapterEx. */
inline bind_has_ended(b, for_miniport, with_status)
{
    if
    :: for_miniport
    :: !for_miniport && with_status == ST_SUCCESS ->
        need(pnp[b].state == BINDING_OPENING, RQ_BND_04);
        need(!open_is_pending(b), RQ_BND_16);
        pnp[b].state = BINDING_PAUSED
    :: else ->
        need(pnp[b].state == BINDING_OPENING, RQ_BND_03);
        need(!pnp[b].open_failed || (!binding[b].context && with_status == pnp[b].open_failed), RQ_BND_19);
        need(binding[b].adapter != ADAPTER_OPEN, RQ_BND_22);
        need(binding[b].adapter == ADAPTER_NONE || binding[b].adapter == ADAPTER_CLOSED, RQ_CAD_19);
        need(!binding[b].context, RQ_BND_21)
    fi
}

inline bind_handler_returns(b)
{
    need(binding[b].miniport || pnp[b].bind == BIND_INSIDE, RQ_BND_20);
    pnp[b].bind = BIND_OVER
}

inline leave_ProtocolBindAdapterEx_pending(thread, b)
{
    d_step {
        binding_line(thread, EV_LEAVE_BIND, b, ST_PENDING);
        need(!binding[b].miniport, RQ_BND_02);
        need(pnp[b].bind == BIND_INSIDE || pnp[b].bind == BIND_COMPLETED_INSIDE, RQ_BND_20);
        if
        :: pnp[b].bind == BIND_COMPLETED_INSIDE -> pnp[b].bind = BIND_OVER
        :: else -> pnp[b].bind = BIND_PENDED
        fi
    }
}

/* Once for a bind that pends (BND-20). A pended bind that NdisUnbindAdapter has taken over
 * counts as bound already: only its status is owed (AMB-31 ii). */
inline call_NdisCompleteBindAdapterEx(thread, b, with_status)
{
    d_step {
        binding_line(thread, EV_BIND_COMPLETE, b, with_status);
        if
        :: pnp[b].state == BINDING_CLOSING -> need(!binding[b].context, RQ_BND_21)
        :: else ->
            bind_has_ended(b, 0, with_status);
            need(with_status != ST_SUCCESS || binding[b].adapter == ADAPTER_OPEN, RQ_CAD_09);
            need(with_status != ST_SUCCESS || b != 0 || binding[b].registered, RQ_REG_11)
        fi;
        need(pnp[b].bind == BIND_INSIDE || pnp[b].bind == BIND_PENDED, RQ_BND_20);
        pnp[b].bind = (pnp[b].bind == BIND_PENDED -> BIND_OVER : BIND_COMPLETED_INSIDE);
        if
        :: pnp[b].state == BINDING_CLOSING
        :: pnp[b].state != BINDING_CLOSING && with_status == ST_SUCCESS ->
            binding[b].offer_owed = (b != 0 && binding[b].phase == BINDING && binding[0].registered);
            binding[b].phase = BOUND
        :: else -> forget_binding(b)
        fi
    }
}

/* What has ended with the binding; a call of NdisUnbindAdapter may yet have to return. */
inline forget_plug_and_play(b)
{
    pnp[b].state = BINDING_UNBOUND;
    pnp[b].open_failed = 0;
    pnp[b].restarted = 0;
    pnp[b].low_power = 0;
    pnp[b].given_up = 0
}

/* ---- PnP events ---- */

inline enter_ProtocolNetPnPEvent(thread, b, which)
{
    d_step {
        binding_line(thread, which, b, 0);
        need(pnp[b].event == 0, RQ_PNP_08);
        if
        :: which == EV_PAUSE_ENTER ->
            need(pnp[b].state == BINDING_RUNNING, RQ_BND_07);
            pnp[b].state = BINDING_PAUSING
        :: which == EV_RESTART_ENTER ->
            need(pnp[b].state == BINDING_PAUSED, RQ_BND_09);
            need(stack == STACK_RUNNING || !stack_is_traced, RQ_PNP_15);
            pnp[b].state = BINDING_RESTARTING
        :: else
        fi;
        pnp[b].event = which;
        pnp[b].event_phase = EVENT_INSIDE
    }
}

inline event_was_answered(b, which, with_status)
{
    need(with_status != ST_NOT_SUPPORTED, RQ_PNP_09);
    if
    :: which == EV_PAUSE_ENTER ->
        need(with_status == ST_SUCCESS, RQ_PNP_06);
        need(pnp[b].state == BINDING_PAUSING, RQ_BND_08);
        need(binding[b].sends == 0, RQ_PNP_01);
        need(pnp[b].held == 0, RQ_PNP_05);
        pnp[b].state = BINDING_PAUSED
    :: which == EV_RESTART_ENTER && with_status == ST_SUCCESS ->
        need(pnp[b].state == BINDING_RESTARTING, RQ_BND_10);
        pnp[b].state = BINDING_RUNNING;
        pnp[b].restarted = 1
    :: which == EV_RESTART_ENTER && with_status != ST_SUCCESS ->
        need(pnp[b].state == BINDING_RESTARTING, RQ_BND_11);
        pnp[b].state = BINDING_PAUSED
    IF_PNP(
    :: which == EV_QUERY_REMOVE_ENTER ->
        need((with_status == ST_SUCCESS && !cannot_give_up[b]) || (with_status == ST_FAILURE && cannot_give_up[b]), RQ_PNP_14)
    )
    :: which == EV_SET_POWER_ENTER -> pnp[b].low_power = !pnp[b].low_power
    :: else -> need(with_status == ST_SUCCESS, RQ_PNP_07)
    fi
}

/* The events of one kind follow each other in the vocabulary: enter, leave, complete. */
inline leave_ProtocolNetPnPEvent(thread, b, which, with_status)
{
    d_step {
        binding_line(thread, which + 1, b, with_status);
        need(pnp[b].event == which && (pnp[b].event_phase == EVENT_INSIDE ||
             (pnp[b].event_phase == EVENT_COMPLETED_INSIDE && with_status == ST_PENDING)), RQ_PNP_08);
        if
        :: with_status == ST_PENDING && pnp[b].event_phase == EVENT_INSIDE ->
            pnp[b].event_phase = EVENT_PENDED
        :: with_status == ST_PENDING && pnp[b].event_phase == EVENT_COMPLETED_INSIDE ->
            pnp[b].event = 0;
            pnp[b].event_phase = 0
        :: else ->
            pnp[b].event = 0;
            pnp[b].event_phase = 0;
            event_was_answered(b, which, with_status)
        fi
    }
}

inline call_NdisCompleteNetPnPEvent(thread, b, which, with_status)
{
    d_step {
        binding_line(thread, which + 2, b, with_status);
        need(pnp[b].event == which && pnp[b].event_phase != EVENT_COMPLETED_INSIDE, RQ_PNP_08);
        if
        :: pnp[b].event_phase == EVENT_INSIDE -> pnp[b].event_phase = EVENT_COMPLETED_INSIDE
        :: else ->
            pnp[b].event = 0;
            pnp[b].event_phase = 0
        fi;
        event_was_answered(b, which, with_status)
    }
}

/* What does not pend, as one step. */
inline NetEventRestart_at_once(thread, b)
{
    enter_ProtocolNetPnPEvent(thread, b, EV_RESTART_ENTER);
    leave_ProtocolNetPnPEvent(thread, b, EV_RESTART_ENTER, ST_SUCCESS)
}

inline NetEventPause_at_once(thread, b)
{
    enter_ProtocolNetPnPEvent(thread, b, EV_PAUSE_ENTER);
    leave_ProtocolNetPnPEvent(thread, b, EV_PAUSE_ENTER, ST_SUCCESS)
}

/* ---- sends, requests and indications ---- */

inline need_live_handle(thread, b)
{
    need(!(binding[b].adapter > ADAPTER_OPEN && is_close_thread(thread, b)), RQ_CAD_15);
    need(!(pnp[b].given_up && thread != unbind_thread(b)), RQ_UNB_20)
}

inline need_right_to_send(thread, b)
{
    need(!binding[b].miniport, RQ_CAD_12);
    need_live_handle(thread, b);
    need(binding[b].adapter <= ADAPTER_OPEN, RQ_UNB_30);
    need(pnp[b].restarted || pnp[b].state < BINDING_PAUSED || pnp[b].state == BINDING_CLOSING, RQ_BND_24);
    need(pnp[b].state != BINDING_PAUSED, RQ_PNP_03);
    need(pnp[b].state == BINDING_RUNNING || pnp[b].state == BINDING_PAUSING, RQ_BND_12);
    need(!pnp[b].low_power, RQ_PNP_12)
}

/* The table, the pages about OIDs, or the life of the handle (AMB-20). */
#define may_request(b) \
    ((AMB_20 == READING_C && binding[b].adapter == ADAPTER_OPEN) || \
     (AMB_20 != READING_C && pnp[b].state != BINDING_UNBOUND && pnp[b].state != BINDING_OPENING && \
      (AMB_20 == READING_A || pnp[b].state != BINDING_CLOSING)))

/* NDIS submits no request to a device that halts or has halted (HLT-02). */
#define adapter_halts  (binding[0].miniport && binding[0].phase != BOUND)

inline need_right_to_request(thread, b)
{
    need(!binding[b].miniport, RQ_CAD_12);
    need(!open_is_pending(b), RQ_BND_23);
    need_live_handle(thread, b);
    need(!adapter_halts, RQ_HLT_02);
    need(may_request(b), RQ_BND_13);
    need(!sleeps(b), RQ_PNP_13)
}

/* Requests that NDIS answers at once. */
inline request_at_once(thread, what, b, has_filter, has_offloads)
{
    binding_line(thread, what, b, 0);
    need_right_to_request(thread, b);
    need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
    pnp[b].filter = has_filter;
    pnp[b].offloads = has_offloads
}
inline call_NdisOidRequest_at_once(thread, what, b, has_filter, has_offloads)
{
    d_step { request_at_once(thread, what, b, has_filter, has_offloads) }
}

/* Of an unbind, which owes none in low power, by one reading (AMB-44). */
inline call_NdisOidRequest_if_owed(thread, what, b, has_filter, has_offloads)
{
    d_step {
        if
        :: owes_requests(b) -> request_at_once(thread, what, b, has_filter, has_offloads)
        :: else
        fi
    }
}

/* NDIS decides how the open ends. */
inline the_open_ends(thread, b)
{
    if
    :: enter_ProtocolOpenAdapterCompleteEx(thread, b, ST_SUCCESS)
    :: bind_may_fail -> enter_ProtocolOpenAdapterCompleteEx(thread, b, ST_RESOURCES)
    fi
}

/* Data and status are indicated; until the close has completed the driver must bear it
 * (UNB-17), although the table knows no data but in Running and Pausing (BND-12). */
inline enter_ProtocolReceiveNetBufferLists(thread, b)
{
    d_step {
        binding_line(thread, EV_INDICATE_RECEIVE, b, 0);
        need(pnp[b].state == BINDING_RUNNING || pnp[b].state == BINDING_PAUSING ||
             (data_comes_while_closing && pnp[b].state == BINDING_CLOSING), RQ_BND_12);
        need(binding[b].context, RQ_UNB_17);
        pnp[b].held++
    }
}

/* event: which of the two, ProtocolStatusEx or ProtocolCoStatusEx */
inline enter_StatusEx(thread, b, event)
{
    d_step {
        binding_line(thread, event, b, 0);
        need(binding[b].context, RQ_UNB_17)
    }
}

#define may_indicate_status(b) \
    (binding[b].adapter == ADAPTER_OPEN || close_is_pended(b))
#define may_indicate_data(b) \
    (pnp[b].state == BINDING_RUNNING || pnp[b].state == BINDING_PAUSING || \
     (data_comes_while_closing && pnp[b].state == BINDING_CLOSING && may_indicate_status(b)))

/* The end of the indication: a driver that is not running keeps nothing. */
inline keep_received_data(b)
{
    d_step { need(pnp[b].state == BINDING_RUNNING, RQ_PNP_04) }
}

inline call_NdisReturnNetBufferLists(thread, b)
{
    d_step {
        binding_line(thread, EV_RETURN_RECEIVE, b, 0);
        need(pnp[b].held > 0, RQ_PNP_05);
        pnp[b].held--
    }
}

/* ---- the unbind ---- */

/* NdisUnbindAdapter starts the unbind, or cannot (UNB-22). In a bind that pends NDIS takes
 * the bind for complete (AMB-31 ii), or leaves it where it is (i). */
inline unbind_was_asked_for(b)
{
    pnp[b].unbind_call = UNBIND_CALL_STARTED;
    if
    :: binding[b].phase == BINDING ->
        binding[b].phase = BOUND;
        if
        :: AMB_31_BIND == READING_B -> pnp[b].state = BINDING_PAUSED
        :: else
        fi
    :: else
    fi
}

inline call_NdisUnbindAdapter_in_vain(thread, b)
{
    d_step {
        binding_line(thread, EV_CALL_UNBIND_ADAPTER, b, 0);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        need(!(binding[b].phase == BINDING && is_bind_thread(thread, b)), RQ_UNB_18);
        pnp[b].unbind_call = UNBIND_CALL_REFUSED
    }
}

inline return_NdisUnbindAdapter(thread, b, with_status)
{
    d_step {
        binding_line(thread, EV_RETURN_UNBIND_ADAPTER, b, with_status);
        need(pnp[b].unbind_call != UNBIND_CALL_NONE, RQ_UNB_22);
        need(with_status == (pnp[b].unbind_call == UNBIND_CALL_STARTED -> ST_SUCCESS : ST_RESOURCES), RQ_UNB_22);
        pnp[b].unbind_call = UNBIND_CALL_NONE;
        pnp[b].given_up = (binding[b].phase != UNBOUND)
    }
}

inline NdisUnbindAdapter(thread, b)
{
    atomic {
        call_unbind_adapter(thread, b);
        return_NdisUnbindAdapter(thread, b, ST_SUCCESS)
    }
}

/* The unbind runs on a thread of its own, after the pause; on removal of the adapter only
 * when the whole stack is paused. An MCM's adapter halts when all are unbound. */
inline binding_closes(thread, b, for_miniport)
{
    if
    :: for_miniport -> need_right_to_halt()
    :: else ->
        need_right_to_unbind(thread, b);
        pnp[b].state = BINDING_CLOSING
    fi
}

inline need_right_to_unbind(thread, b)
{
    need(pnp[b].state >= BINDING_PAUSED && pnp[b].state != BINDING_CLOSING, RQ_BND_05);
    need(!(pnp[b].unbind_call != UNBIND_CALL_NONE && is_unbind_caller(thread, b)), RQ_UNB_19);
    need(pnp[b].given_up || pnp[b].unbind_call != UNBIND_CALL_NONE || stack == STACK_PAUSED || !stack_is_traced, RQ_PNP_10);
    need(pnp[b].state == BINDING_PAUSED, RQ_UNB_04) /* last: the core names it and goes on */
}

inline need_right_to_halt()
{
    need(stack >= STACK_PAUSED || !stack_is_traced, RQ_HLT_04);
    for (other : 1 .. BINDINGS - 1) {
        need(!CLIENTS_LEAVE || !stack_is_traced || (stack == STACK_FILTERS_DETACHED && binding[other].phase == UNBOUND), RQ_PNP_10);
        need(binding[other].sends + binding[other].requests == 0 || !stack_is_traced, RQ_HLT_02)
    }
    other = 0
}

/* MiniportHaltEx returns: nothing of the adapter is left (HLT-01), no data (HLT-06), and
 * the clients know (HLT-07, HLT-08). */
inline adapter_has_halted(b)
{
    need(!binding[b].context || !stack_is_traced, RQ_HLT_01);
    for (other : 1 .. BINDINGS - 1) {
        need(pnp[other].held == 0 || !stack_is_traced, RQ_HLT_06);
        need(!stack_is_traced || !(af[other - 1].phase == AF_OPEN && af[other - 1].notified == NEVER_NOTIFIED), RQ_HLT_08);
        need(!stack_is_traced || manager_is_done((other - 1)), RQ_HLT_07)
    }
    other = 0
}

inline need_right_to_close_adapter(thread, b)
{
    need(!open_is_pending(b), RQ_BND_16);
    need(!(AMB_31 == READING_A && pnp[b].given_up), RQ_UNB_20);
    need(!(AMB_14_CONTEXT == READING_A && binding[b].phase == UNBIND_PENDED), RQ_CAD_09);
    need(!pnp[b].filter || !owes_requests(b), RQ_UNB_06);
    need(!pnp[b].offloads || !owes_requests(b), RQ_UNB_07)
}

/* AFs must be gone (AMB-17 c); under the other readings NDIS takes care of them. */
inline need_barrier(b)
{
    if
    :: AMB_17 == READING_C -> need_afs_done(b)
    :: AMB_17 == READING_B && b > 0 && af[b - 1].phase != AF_FREE -> af[b - 1].phase = AF_CLOSED
    :: else
    fi
}

/* The context may go when the adapter is closed, or has never been opened. */
inline need_unused_context(b)
{
    need(!open_is_pending(b), RQ_BND_27);
    need(binding[b].miniport || binding[b].adapter == ADAPTER_NONE || binding[b].adapter == ADAPTER_CLOSED ||
         binding[b].adapter == ADAPTER_CLOSE_COMPLETED_INSIDE, RQ_UNB_08)
}

/* A driver that finds no UnbindContext in its binding context has saved it too late or has
 * freed it too early; one that finds another passes that of another unbind. */
inline need_unbind_context(b)
{
    need(pnp[b].state == BINDING_CLOSING, RQ_BND_06);
    need(pnp[b].bind == BIND_OVER, RQ_BND_20);
    need(binding[b].adapter != ADAPTER_OPEN, RQ_UNB_05)
    IF_PNP(
    ; need(unbind_context[b] != 0, RQ_UNB_16);
    need(unbind_context[b] == binding[b].generation, RQ_UNB_12)
    )
}

inline unbind_has_ended(b, for_miniport)
{
    if
    :: for_miniport -> adapter_has_halted(b)
    :: else ->
        need(pnp[b].state == BINDING_CLOSING, RQ_BND_06);
        need(pnp[b].bind == BIND_OVER, RQ_BND_20);
        need(binding[b].adapter != ADAPTER_OPEN, RQ_UNB_05)
    fi
}

/* An MCM's handle is dead when its completion function has returned (MCM-06). */
IF_PNP(
inline need_right_to_notify(i, for_miniport)
{
    need(!(for_miniport && af[i].manager_close == MANAGER_CLOSE_COMPLETED && af[i].phase == AF_CLOSED), RQ_MCM_06)
}

inline need_time_to_notify(for_miniport)
{
    need(!(AMB_42 == READING_A && !for_miniport && binding[0].phase != UNBINDING), RQ_NTF_10);
    need(!(AMB_42 == READING_A && for_miniport && binding[0].phase != UNBINDING), RQ_NTF_12)
}

inline need_adapter_not_halted()
{
    need(!(binding[0].miniport && binding[0].phase == UNBOUND), RQ_HLT_03)
}
)

/* ---- the stack ---- */

inline move_stack(thread, what, from, to, requirement)
{
    d_step {
        binding_line(thread, what, 0, 0);
        need(stack == from, requirement);
        stack = to
    }
}

#define may_be_paused(b) \
    (binding[b].phase != BOUND || (b == 0 && MINIPORT) || pnp[b].state == BINDING_PAUSED)

inline pause_filters(thread)
{
    d_step {
        binding_line(thread, EV_PAUSE_FILTERS, 0, 0);
        for (other : 0 .. BINDINGS - 1) {
            need(may_be_paused(other), RQ_PNP_10)
        }
        other = 0;
        need(stack == STACK_RUNNING, RQ_PNP_10);
        stack = STACK_FILTERS_PAUSED
    }
}

inline detach_filters(thread)
{
    d_step {
        binding_line(thread, EV_DETACH_FILTERS, 0, 0);
        for (other : 1 .. BINDINGS - 1) {
            need(binding[other].phase == UNBOUND, RQ_PNP_10)
        }
        other = 0;
        need(stack == STACK_PAUSED, RQ_PNP_10);
        stack = STACK_FILTERS_DETACHED
    }
}

/* A halt that unbinds nobody, for instance after a failure (AMB-18 a). */
inline halt_adapter(thread)
{
    d_step {
        binding_line(thread, EV_HALT_ADAPTER, 0, 0);
        need(binding[0].phase == BOUND && binding[0].miniport, RQ_HLT_04);
        binding[0].unbind_owed = 1
    }
}
