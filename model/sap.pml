/* sap.pml - service access points: what NDIS lets a client and a call manager do with one,
 * and what they do. Client s, of the first SAPS clients, has SAP s on its AF s.
 * Conventions as in ndis.pml. */
#if SAPS > 0

typedef Sap {
    GENERATION generation;
    unsigned phase : 2;
    bit deregistering;           /* which of its two operations is, or was, the last */
    bit client_context;
    bit manager_context;
    Operation operation          /* a SAP has one at a time */
}
Sap sap[SAPS];

#define sap_line(thread, event, s, status)  object_line(thread, event, s, sap[s].generation, status, af_of_sap(s))

/* ---- registering ---- */

inline call_NdisClRegisterSap(thread, s)
{
    d_step {
        sap[s].generation = sap[s].generation + 1;
        sap_line(thread, EV_SAP_REGISTER_CALL, s, 0);
        need_right_to_use(af_of_sap(s));
        need(sap[s].phase == SAP_FREE && !sap[s].client_context && is_over(sap[s].operation), RQ_SAP_02);
        sap[s].phase = SAP_REGISTERING;
        sap[s].deregistering = 0;
        sap[s].client_context = 1;
        af[af_of_sap(s)].saps++;
        begin_operation(sap[s].operation)
    }
}

inline enter_ProtocolCmRegisterSap(thread, s)
{
    d_step {
        sap_line(thread, EV_SAP_REGISTER_ENTER, s, 0);
        need(!sap[s].deregistering, RQ_SAP_04);
        enter_operation(sap[s].operation, RQ_SAP_04);
        need(af[af_of_sap(s)].manager_context, RQ_AF_OP_19);
        need_context(opening[af_of_sap(s)].given_by_manager, af_of_sap(s), RQ_AF_OP_19);
        sap[s].manager_context = 1
    }
}

/* One client holds a SAP; another client's registration of it has to fail (SAP-06). The
 * clients of this model ask for the same SAP; a trace does not tell which it is. */
inline need_no_other_holder(s)
{
    for (other : 0 .. SAPS - 1) {
        need(other == s || sap[other].phase != SAP_REGISTERED, RQ_SAP_06)
    }
    other = 0
}

inline sap_was_registered(s, with_status)
{
    if
    :: with_status == ST_SUCCESS ->
        need_sap_of_its_own(s);
        sap[s].phase = SAP_REGISTERED
    :: else ->
        need(!sap[s].manager_context, RQ_SAP_05);
        sap[s].phase = SAP_FREE;
        af[af_of_sap(s)].saps--
    fi
}

inline leave_ProtocolCmRegisterSap(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_REGISTER_LEAVE, s, with_status);
        need(!sap[s].deregistering, RQ_SAP_04);
        leave_operation(sap[s].operation, with_status, RQ_SAP_04);
        if
        :: with_status != ST_PENDING -> sap_was_registered(s, with_status)
        :: else
        fi
    }
}

inline call_NdisCmRegisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, manager_event(EV_SAP_REGISTER_COMPLETE, EV_SAP_REGISTER_MCM_COMPLETE), s, with_status);
        need(!sap[s].deregistering, RQ_SAP_04);
        complete_operation(sap[s].operation, with_status, RQ_SAP_04);
        sap_was_registered(s, with_status)
    }
}

inline enter_ProtocolClRegisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_REGISTER_DELIVER, s, with_status);
        need(!sap[s].deregistering, RQ_SAP_01);
        deliver_operation(sap[s].operation, with_status, RQ_SAP_01);
        need(sap[s].client_context && af[af_of_sap(s)].client_context, RQ_AF_OP_11)
    }
}

inline return_NdisClRegisterSap(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_REGISTER_RETURN, s, with_status);
        need(!sap[s].deregistering, RQ_SAP_01);
        return_operation(sap[s].operation, with_status, RQ_SAP_01)
    }
}

inline own_ProtocolClRegisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_REGISTER_OWN, s, with_status);
        need(!sap[s].deregistering, RQ_SAP_08);
        own_operation(sap[s].operation, with_status, RQ_SAP_01)
    }
}

/* ---- deregistering ---- */

/* The handle is dead at the call (SAP-07, AMB-28 a). Where NDIS releases the SAPs of an AF
 * that closes (AMB-06 c), it answers by itself, and the call manager never hears of it. */
#define is_released_by_ndis(s)  (AMB_06 == READING_C && af[af_of_sap(s)].phase == AF_CLOSING)

inline call_NdisClDeregisterSap(thread, s)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_CALL, s, 0);
        need(sap[s].phase == SAP_REGISTERED, RQ_SAP_07);
        need(is_over(sap[s].operation), RQ_SAP_16);
        sap[s].deregistering = 1;
        sap[s].phase = SAP_DEREGISTERING;
        begin_operation(sap[s].operation)
    }
}

inline enter_ProtocolCmDeregisterSap(thread, s)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_ENTER, s, 0);
        need(sap[s].deregistering, RQ_SAP_11);
        enter_operation(sap[s].operation, RQ_SAP_11);
        need(sap[s].manager_context, RQ_SAP_10)
    }
}

/* The SAP is gone for the call manager, and with it its context (SAP-10, AMB-28 ii). */
inline sap_was_deregistered(s, with_status)
{
    need(with_status == ST_SUCCESS, RQ_SAP_11);
    need(!sap[s].manager_context, RQ_SAP_10);
    sap[s].phase = SAP_FREE;
    af[af_of_sap(s)].saps--
}

inline leave_ProtocolCmDeregisterSap(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_LEAVE, s, with_status);
        need(sap[s].deregistering, RQ_SAP_11);
        leave_operation(sap[s].operation, with_status, RQ_SAP_11);
        if
        :: with_status != ST_PENDING -> sap_was_deregistered(s, with_status)
        :: else
        fi
    }
}

inline call_NdisCmDeregisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, manager_event(EV_SAP_DEREGISTER_COMPLETE, EV_SAP_DEREGISTER_MCM_COMPLETE), s, with_status);
        need(sap[s].deregistering, RQ_SAP_11);
        complete_operation(sap[s].operation, with_status, RQ_SAP_11);
        sap_was_deregistered(s, with_status)
    }
}

inline enter_ProtocolClDeregisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_DELIVER, s, with_status);
        need(sap[s].deregistering, RQ_SAP_08);
        deliver_operation(sap[s].operation, with_status, RQ_SAP_08);
        need(sap[s].client_context && af[af_of_sap(s)].client_context, RQ_AF_OP_11)
    }
}

inline return_NdisClDeregisterSap(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_RETURN, s, with_status);
        need(sap[s].deregistering, RQ_SAP_08);
        if
        :: is_released_by_ndis(s) ->
            need(with_status == ST_FAILURE, RQ_SAP_12);
            sap[s].phase = SAP_FREE;
            answer_operation(sap[s].operation, ST_FAILURE)
        :: else
        fi;
        return_operation(sap[s].operation, with_status, RQ_SAP_08)
    }
}

inline own_ProtocolClDeregisterSapComplete(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_OWN, s, with_status);
        need(sap[s].deregistering, RQ_SAP_08);
        own_operation(sap[s].operation, with_status, RQ_SAP_08)
    }
}

/* A second deregistration of the same SAP, which NDIS answers by itself. */
inline call_NdisClDeregisterSap_again(thread, s)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_CALL, s, 0);
        need(REDUNDANT || AMB_28 == READING_B, RQ_SAP_07)
    }
}

inline return_NdisClDeregisterSap_again(thread, s, with_status)
{
    d_step {
        sap_line(thread, EV_SAP_DEREGISTER_RETURN, s, with_status);
        need(with_status == ST_FAILURE, RQ_SAP_09)
    }
}

/* In its unbind a client has asked for the end of its SAPs before it closes (AF-CL-14). */
inline need_no_sap_in_unbind(thread, i)
{
    for (other : 0 .. SAPS - 1) {
        need(EARLY_CLOSE || !is_in_unbind(thread, i) || af_of_sap(other) != i ||
             sap[other].phase == SAP_FREE, RQ_AF_CL_14)
    }
    other = 0
}

/* An AF closes when its SAP is gone (SAP-15), also one that was only coming (SAP-16). */
inline need_no_sap(i)
{
    for (other : 0 .. SAPS - 1) {
        if
        :: !EARLY_CLOSE && af_of_sap(other) == i ->
            need(sap[other].deregistering || is_over(sap[other].operation), RQ_SAP_16);
            need(sap[other].phase != SAP_REGISTERED, RQ_SAP_15);
            need(is_over(sap[other].operation), RQ_SAP_08)
        :: else
        fi
    }
    other = 0
}

inline need_sap_at_rest(i)
{
    if
    :: i < SAPS ->
        need(is_over(sap[i].operation) || sap[i].operation.delivered, RQ_SAP_08);
        need(!sap[i].client_context, RQ_SAP_13);
        need(!sap[i].manager_context, RQ_SAP_10)
    :: else
    fi
}

/* ---- the contexts ---- */

inline free_sap_context(thread, s)
{
    d_step {
        sap_line(thread, EV_FREE_SAP_CONTEXT, s, 0);
        need(sap[s].client_context && sap[s].phase == SAP_FREE &&
             (is_over(sap[s].operation) || sap[s].operation.delivered), RQ_SAP_13);
        sap[s].client_context = 0
    }
}

inline free_manager_sap_context(thread, s)
{
    d_step {
        sap_line(thread, EV_FREE_CALL_MGR_SAP_CONTEXT, s, 0);
        need(sap[s].manager_context, RQ_SAP_10);
        sap[s].manager_context = 0
    }
}

/* ---- the call manager's part ---- */

bit sap_queued[SAPS];            /* the worker is to complete what was pended */
#define another_is_registered(s)  (SAPS > 1 && sap[1 - s].phase == SAP_REGISTERED)

inline ProtocolCmRegisterSap(thread, s)
{
    enter_ProtocolCmRegisterSap(thread, s);
    if
    :: sap_queued[s] = 1;
        leave_ProtocolCmRegisterSap(thread, s, ST_PENDING)
    IF_INSIDE(
    :: complete_sap(thread, s);
        leave_ProtocolCmRegisterSap(thread, s, ST_PENDING)
    )
    :: atomic { !another_is_registered(s) -> leave_ProtocolCmRegisterSap(thread, s, ST_SUCCESS) }
    :: free_manager_sap_context(thread, s);
        leave_ProtocolCmRegisterSap(thread, s, ST_INVALID_DATA)
    fi
}

inline ProtocolCmDeregisterSap(thread, s)
{
    enter_ProtocolCmDeregisterSap(thread, s);
    if
    :: AMB_28_SERVER == READING_A ->
        free_manager_sap_context(thread, s);
        sap_queued[s] = 1;
        leave_ProtocolCmDeregisterSap(thread, s, ST_PENDING)
    :: atomic { AMB_28_SERVER != READING_A -> sap_queued[s] = 1 };
        leave_ProtocolCmDeregisterSap(thread, s, ST_PENDING)
    IF_INSIDE(
    :: complete_sap(thread, s);
        leave_ProtocolCmDeregisterSap(thread, s, ST_PENDING)
    )
    :: free_manager_sap_context(thread, s);
        leave_ProtocolCmDeregisterSap(thread, s, ST_SUCCESS)
    fi
}

/* The worker completes what was pended; it finds the handle in its context. */
inline complete_sap(thread, s)
{
    d_step { need(sap[s].manager_context, RQ_SAP_11) };
    if
    :: sap[s].phase == SAP_DEREGISTERING ->
        free_manager_sap_context(thread, s);
        call_NdisCmDeregisterSapComplete(thread, s, ST_SUCCESS);
        ProtocolClDeregisterSapComplete(thread, s)
    :: atomic { sap[s].phase == SAP_REGISTERING && !another_is_registered(s) ->
                call_NdisCmRegisterSapComplete(thread, s, ST_SUCCESS) };
        ProtocolClRegisterSapComplete(thread, s)
    :: sap[s].phase == SAP_REGISTERING ->
        free_manager_sap_context(thread, s);
        call_NdisCmRegisterSapComplete(thread, s, ST_FAILURE);
        ProtocolClRegisterSapComplete(thread, s)
    fi
}

/* ---- the client's part ---- */

/* How the client sees its SAP, apart from NDIS's state. */
#define NO_SAP          0
#define SAP_IS_COMING   1
#define SAP_IS_THERE    2
#define SAP_IS_GOING    3
byte client_sap[SAPS];
bit may_register[SAPS];
byte sap_answer;                 /* within one step */
#define did_not_pend(s)  (sap[s].operation.caller == CALLER_ANSWERED)

inline ProtocolClRegisterSapComplete(thread, s)
{
    enter_ProtocolClRegisterSapComplete(thread, s, sap[s].operation.status);
    registration_has_ended(thread, s)
}

inline registration_has_ended(thread, s)
{
    atomic {
        if
        :: sap[s].phase == SAP_REGISTERED -> client_sap[s] = SAP_IS_THERE
        :: else -> free_sap_context(thread, s); client_sap[s] = NO_SAP
        fi
    }
}

inline ProtocolClDeregisterSapComplete(thread, s)
{
    enter_ProtocolClDeregisterSapComplete(thread, s, ST_SUCCESS);
    deregistration_has_ended(thread, s)
}

inline deregistration_has_ended(thread, s)
{
    atomic { free_sap_context(thread, s); client_sap[s] = NO_SAP }
}

inline NdisClRegisterSap(thread, s)
{
    call_NdisClRegisterSap(thread, s);
    ProtocolCmRegisterSap(thread, s);
    atomic {
        sap_answer = operation_result(sap[s].operation);
        return_NdisClRegisterSap(thread, s, sap_answer);
        sap_answer = 0
    };
    if
    :: did_not_pend(s) ->
        own_ProtocolClRegisterSapComplete(thread, s, sap[s].operation.status);
        registration_has_ended(thread, s)
    :: else
    fi
}

inline NdisClDeregisterSap(thread, s)
{
    call_NdisClDeregisterSap(thread, s);
    if
    :: is_released_by_ndis(s)
    :: else -> ProtocolCmDeregisterSap(thread, s)
    fi;
    atomic {
        sap_answer = (is_released_by_ndis(s) -> ST_FAILURE : operation_result(sap[s].operation));
        return_NdisClDeregisterSap(thread, s, sap_answer);
        sap_answer = 0
    };
    if
    :: did_not_pend(s) && AMB_27 == READING_A ->
        own_ProtocolClDeregisterSapComplete(thread, s, sap[s].operation.status);
        deregistration_has_ended(thread, s)
    :: did_not_pend(s) && AMB_27 == READING_B ->
        own_ProtocolClRegisterSapComplete(thread, s, sap[s].operation.status);
        registration_has_ended(thread, s)
    :: else
    fi
}

/* A client that holds the handle for alive until the completion (AMB-28 b) may call again;
 * the failure makes it free the context that the first call still needs. One that knows
 * better ignores the failure (SAP-09). */
#define may_deregister_again(s)  (client_sap[s] == SAP_IS_GOING && sap[s].phase == SAP_DEREGISTERING)

inline deregister_again(thread, s)
{
    call_NdisClDeregisterSap_again(thread, s);
    return_NdisClDeregisterSap_again(thread, s, ST_FAILURE);
    if
    :: AMB_28 == READING_B -> free_sap_context(thread, s)
    :: else
    fi
}

/* Tearing down: an option of tear_down's loop, and when nothing is left to wait for. */
#define is_busy_with_sap(s)  (s < SAPS && is_using[s])
#define sap_is_there(s)  (s < SAPS && client_sap[s] == SAP_IS_THERE)
#define no_sap_left(s)   (s >= SAPS || client_sap[s] == NO_SAP)
#else
#define is_busy_with_sap(s)  false
#define no_sap_left(s)  true
#endif

/* ---- what the threads do with SAPs: options of threads.pml and client.pml ---- */

#define MANAGER_WORKER_OPTIONS_OF_SAPS IF_SAPS( \
    :: atomic { sap_queued[0] -> sap_queued[0] = 0 }; complete_sap(MANAGER_WORKER, 0) \
    IF_SECOND_SAP( \
    :: atomic { sap_queued[1] -> sap_queued[1] = 0 }; complete_sap(MANAGER_WORKER, 1) \
    ))

#define CLIENT_USER_OPTIONS_OF_SAPS(i) IF_SAPS( \
    :: atomic { may_use(i) && may_register[i] -> may_register[i] = 0; is_using[i] = 1; client_sap[i] = SAP_IS_COMING }; \
        NdisClRegisterSap(CLIENT_USER(i), i); \
        is_using[i] = 0 \
    IF_REDUNDANT( \
    :: atomic { af[i].phase == AF_CLOSING && !second_close_was_refused -> \
                close_af_again(CLIENT_USER(i), i, ST_FAILURE) } \
    ) \
    IF_DEREGISTERS_AGAIN( \
    :: atomic { may_deregister_again(i) -> deregister_again(CLIENT_USER(i), i) } \
    ))

#define TEAR_DOWN_OPTIONS_OF_SAPS(thread, i) IF_SAPS( \
    :: atomic { !is_using[i] && sap_is_there(i) -> client_sap[i] = SAP_IS_GOING }; NdisClDeregisterSap(thread, i))
