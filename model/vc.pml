/* vc.pml - virtual connections of the first client's AF: what NDIS lets the drivers and
 * the miniport do with one, and what they do. Of the VCS of them the client makes those
 * for its CALLS and the call manager those for its OFFERS, the incoming calls. A stand-alone
 * call manager has a miniport below it; an MCM is its own. Conventions as in ndis.pml. */
#if VCS > 0

#define CALL_ENDED_IN_ERROR  (CALL_HAS_FAILED + 1)

typedef VirtualConnection {
    GENERATION generation;
    unsigned phase : 4;
    unsigned activity : 2;
    unsigned call : 3;
    unsigned answer : 4;          /* what the creating or deleting function returns */
    bit client_context;
    bit manager_context;
    bit miniport_context;
    bit parameters;               /* the call parameters are in NDIS's hands */
    bit close_data;               /* the close call carries data to the other side */
    bit transferring;             /* the miniport still moves data */
    bit hung_up;                  /* the other side has ended the call */
    bit remote_error;             /* with an error (CALL-21) */
    COUNT(sends);
    Operation outgoing;           /* NdisClMakeCall */
    Operation incoming;           /* the dispatch of an incoming call */
    Operation closing_call;
    Operation deactivation
}
VirtualConnection vc[VCS];

/* The call manager signals on a VC of its own, from its bind to its unbind; it has no AF
 * and keeps none from closing (VC-24, MCM-08). */
bit signalling_vc;

/* The handles that the drivers have stored (VC-06); a handle is NULL before the creation. */
bit client_vc_handle[VCS];
bit manager_vc_handle[VCS];

#define vc_line(thread, event, v, status)  object_line(thread, event, v, vc[v].generation, status, af_of_vc(v))
#define creation_event(v, by_client, by_manager) \
    (made_by_manager(v) -> by_manager : by_client)

/* Every use of a VC: it is there, and the driver passes the handle that it has stored. */
inline need_vc(v, its_handle)
{
    need(vc[v].phase != VC_FREE, RQ_VC_12);
    need(its_handle, RQ_VC_06)
}

#define vc_has_no_call(v) \
    (vc[v].call == CALL_NONE || vc[v].call == CALL_IS_REJECTED || \
     vc[v].call == CALL_HAS_FAILED || vc[v].call == CALL_ENDED_IN_ERROR)

#define vc_is_at_rest(v) \
    (vc[v].phase == VC_FREE && !vc[v].client_context && !vc[v].manager_context && !vc[v].parameters && \
     is_over(vc[v].outgoing) && is_over(vc[v].incoming) && is_over(vc[v].closing_call) && is_over(vc[v].deactivation))
#define has_ended(an_operation)  (is_over(an_operation) || an_operation.delivered)

/* ---- creating ---- */

inline call_NdisCoCreateVc(thread, v, for_miniport)
{
    d_step {
        vc[v].generation = vc[v].generation + 1;
        if
        :: !made_by_manager(v) -> vc_line(thread, EV_VC_CREATE_BY_CLIENT_CALL, v, 0)
        :: made_by_manager(v) && !for_miniport -> vc_line(thread, EV_VC_CREATE_BY_MANAGER_CALL, v, 0)
        :: else -> vc_line(thread, EV_VC_CREATE_BY_MANAGER_MCM_CALL, v, 0)
        fi;
        need(!made_by_manager(v) || for_miniport == binding[0].miniport, RQ_MCM_07);
        if
        :: !made_by_manager(v) ->
            need_right_to_use(af_of_vc(v));
            need(vc_is_at_rest(v) && !client_vc_handle[v], RQ_VC_01);
            vc[v].client_context = 1
        :: else ->
            need(af[af_of_vc(v)].resources, RQ_AF_CM_16);
            need(vc_is_at_rest(v) && !manager_vc_handle[v], RQ_VC_01);
            vc[v].manager_context = 1
        fi;
        vc[v].phase = VC_CREATING
    }
}

/* The miniport below a stand-alone call manager says at once whether it takes the VC. */
inline leave_MiniportCoCreateVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_MINIPORT_CREATE_VC_LEAVE, v, with_status);
        need(!binding[0].miniport, RQ_VC_25);
        need(vc[v].phase == VC_CREATING, RQ_VC_03);
        need(with_status != ST_PENDING, RQ_VC_16);
        if
        :: with_status == ST_SUCCESS -> vc[v].miniport_context = 1
        :: else -> vc[v].phase = VC_CREATION_FAILED; vc[v].answer = with_status
        fi
    }
}

inline enter_ProtocolCoCreateVc(thread, v)
{
    d_step {
        vc_line(thread, creation_event(v, EV_VC_CREATE_BY_CLIENT_ENTER, EV_VC_CREATE_BY_MANAGER_ENTER), v, 0);
        need(vc[v].phase == VC_CREATING, RQ_VC_03);
        vc[v].phase = VC_PEER_IS_ASKED;
        if
        :: made_by_manager(v) -> vc[v].client_context = 1
        :: else -> vc[v].manager_context = 1
        fi
    }
}

#define context_of_peer(v)  (made_by_manager(v) -> vc[v].client_context : vc[v].manager_context)
#define handle_of_peer(v)   (made_by_manager(v) -> client_vc_handle[v] : manager_vc_handle[v])

/* NDIS lets the miniport delete the VC again where the peer does not want it (VC-04). */
inline leave_ProtocolCoCreateVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, creation_event(v, EV_VC_CREATE_BY_CLIENT_LEAVE, EV_VC_CREATE_BY_MANAGER_LEAVE), v, with_status);
        need(vc[v].phase == VC_PEER_IS_ASKED, RQ_VC_03);
        need(with_status != ST_PENDING, RQ_VC_04);
        expected = context_of_peer(v);
        need(with_status != ST_RESOURCES || expected == 0, RQ_VC_05);
        need(with_status != ST_SUCCESS || expected, RQ_VC_06);
        expected = 0;
        if
        :: with_status == ST_SUCCESS -> vc[v].phase = VC_PEER_HAS_AGREED
        :: else -> vc[v].phase = VC_CREATION_FAILED; vc[v].answer = with_status
        fi
    }
}

/* What the creation returns; 0 while it cannot return yet. On an AF that closes NDIS asks
 * nobody any more: the handle is not valid (VC-02). */
#define af_handle_is_dead(v)  (vc[v].phase == VC_CREATING && af[af_of_vc(v)].phase != AF_OPEN)
#define creation_result(v) \
    (af_handle_is_dead(v) -> ST_FAILURE : \
    (vc[v].phase == VC_PEER_HAS_AGREED -> ST_SUCCESS : \
    (vc[v].phase == VC_CREATION_FAILED -> vc[v].answer : 0)))

inline return_NdisCoCreateVc(thread, v, with_status)
{
    d_step {
        if
        :: !made_by_manager(v) -> vc_line(thread, EV_VC_CREATE_BY_CLIENT_RETURN, v, with_status)
        :: else -> vc_line(thread, manager_event(EV_VC_CREATE_BY_MANAGER_RETURN, EV_VC_CREATE_BY_MANAGER_MCM_RETURN), v, with_status)
        fi;
        if
        :: with_status == ST_SUCCESS ->
            need(!af_handle_is_dead(v), RQ_VC_02);
            need(vc[v].phase == VC_PEER_HAS_AGREED, RQ_VC_03);
            need(vc[v].miniport_context || binding[0].miniport, RQ_VC_03);
            vc[v].phase = VC_CREATED
        :: else ->
            expected = creation_result(v);
            need(with_status == expected, RQ_VC_03);
            expected = 0;
            need(!vc[v].miniport_context, RQ_VC_04);
            vc[v].phase = VC_FREE;
            vc[v].answer = 0
        fi
    }
}

/* ---- deleting ---- */

inline call_NdisCoDeleteVc(thread, v, by_manager, for_miniport)
{
    d_step {
        if
        :: !by_manager -> vc_line(thread, EV_VC_DELETE_BY_CLIENT_CALL, v, 0)
        :: by_manager && !for_miniport -> vc_line(thread, EV_VC_DELETE_BY_MANAGER_CALL, v, 0)
        :: else -> vc_line(thread, EV_VC_DELETE_BY_MANAGER_MCM_CALL, v, 0)
        fi;
        need(!by_manager || for_miniport == binding[0].miniport, RQ_MCM_07);
        need(by_manager == made_by_manager(v), RQ_VC_07);
        expected = (by_manager -> manager_vc_handle[v] : client_vc_handle[v]);
        need_vc(v, expected);
        expected = 0;
        need(vc[v].phase == VC_CREATED, RQ_VC_12);
        need(by_manager || (vc[v].call != CALL_CONNECTED && vc[v].call != CALL_IS_CLOSING), RQ_VC_09);
        need(!(by_manager && vc[v].call == CALL_IS_REJECTED && vc[v].activity != VC_INACTIVE), RQ_CALL_24);
        need(!by_manager || vc[v].activity == VC_INACTIVE, RQ_VC_10);
        need(vc_has_no_call(v), RQ_VC_08);
        if
        :: vc[v].activity == VC_INACTIVE -> vc[v].phase = VC_DELETING
        :: else -> vc[v].phase = VC_DELETION_REFUSED; vc[v].answer = ST_NOT_ACCEPTED
        fi
    }
}

inline enter_ProtocolCoDeleteVc(thread, v)
{
    d_step {
        vc_line(thread, creation_event(v, EV_VC_DELETE_BY_CLIENT_ENTER, EV_VC_DELETE_BY_MANAGER_ENTER), v, 0);
        need(vc[v].phase == VC_DELETING, RQ_VC_11);
        vc[v].phase = VC_PEER_LETS_GO
    }
}

inline leave_ProtocolCoDeleteVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, creation_event(v, EV_VC_DELETE_BY_CLIENT_LEAVE, EV_VC_DELETE_BY_MANAGER_LEAVE), v, with_status);
        need(vc[v].phase == VC_PEER_LETS_GO, RQ_VC_11);
        need(with_status != ST_PENDING, RQ_VC_13);
        if
        :: with_status == ST_SUCCESS ->
            expected = context_of_peer(v) + handle_of_peer(v);
            need(expected == 0, RQ_VC_14);
            expected = 0;
            vc[v].phase = VC_PEER_HAS_LET_GO
        :: else ->
            expected = context_of_peer(v);
            need(expected, RQ_VC_14);
            expected = 0;
            vc[v].phase = VC_DELETION_REFUSED;
            vc[v].answer = with_status
        fi
    }
}

inline leave_MiniportCoDeleteVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_MINIPORT_DELETE_VC_LEAVE, v, with_status);
        need(!binding[0].miniport, RQ_VC_25);
        need(vc[v].miniport_context, RQ_VC_11);
        need(vc[v].phase == VC_PEER_HAS_LET_GO || vc[v].phase == VC_CREATION_FAILED || af_handle_is_dead(v), RQ_VC_11);
        need(with_status != ST_PENDING, RQ_VC_16);
        vc[v].miniport_context = 0
    }
}

inline return_NdisCoDeleteVc(thread, v, with_status)
{
    d_step {
        if
        :: !made_by_manager(v) -> vc_line(thread, EV_VC_DELETE_BY_CLIENT_RETURN, v, with_status)
        :: else -> vc_line(thread, manager_event(EV_VC_DELETE_BY_MANAGER_RETURN, EV_VC_DELETE_BY_MANAGER_MCM_RETURN), v, with_status)
        fi;
        if
        :: with_status == ST_SUCCESS ->
            need(vc[v].activity == VC_INACTIVE, RQ_VC_15);
            need(vc[v].phase == VC_PEER_HAS_LET_GO && !vc[v].miniport_context, RQ_VC_11);
            vc[v].phase = VC_FREE;
            vc[v].call = CALL_NONE;
            vc[v].remote_error = 0
        :: else ->
            need(vc[v].phase == VC_DELETION_REFUSED && vc[v].answer == with_status, RQ_VC_15);
            vc[v].phase = VC_CREATED;
            vc[v].answer = 0
        fi
    }
}

/* ---- activating and deactivating ---- */

inline call_NdisCmActivateVc(thread, v)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_ACTIVATE_CALL, EV_VC_ACTIVATE_MCM_CALL), v, 0);
        need_vc(v, manager_vc_handle[v]);
        vc[v].activity = VC_ACTIVE
    }
}

/* NdisMCmDeactivateVc answers at once: NOT_ACCEPTED where the VC is not active (VC-23). */
inline call_NdisCmDeactivateVc(thread, v)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_DEACTIVATE_CALL, EV_VC_DEACTIVATE_MCM_CALL), v, 0);
        need_vc(v, manager_vc_handle[v]);
        need_call_is_over(v);
        need(is_over(vc[v].deactivation), RQ_VC_21);
        if
        :: binding[0].miniport && vc[v].activity == VC_ACTIVE ->
            answer_operation(vc[v].deactivation, ST_SUCCESS);
            vc[v].activity = VC_INACTIVE
        :: binding[0].miniport && vc[v].activity != VC_ACTIVE ->
            answer_operation(vc[v].deactivation, ST_NOT_ACCEPTED)
        :: else ->
            begin_operation(vc[v].deactivation);
            vc[v].activity = VC_DEACTIVATING
        fi
    }
}

inline enter_MiniportCoDeactivateVc(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_DEACTIVATE_ENTER, v, 0);
        enter_operation(vc[v].deactivation, RQ_VC_22);
        vc[v].transferring = 1
    }
}

inline need_transfers_done(v)
{
    need(vc[v].sends == 0 && !vc[v].transferring, RQ_VC_22);
    vc[v].activity = VC_INACTIVE
}

inline leave_MiniportCoDeactivateVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DEACTIVATE_LEAVE, v, with_status);
        leave_operation(vc[v].deactivation, with_status, RQ_VC_22);
        if
        :: with_status != ST_PENDING -> need_transfers_done(v)
        :: else
        fi
    }
}

inline call_NdisMCoDeactivateVcComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DEACTIVATE_COMPLETE, v, with_status);
        complete_operation(vc[v].deactivation, with_status, RQ_VC_22);
        need_transfers_done(v)
    }
}

inline enter_ProtocolCmDeactivateVcComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DEACTIVATE_DELIVER, v, with_status);
        if
        :: binding[0].miniport -> need(AMB_26 == READING_A, RQ_VC_21)
        :: else -> deliver_operation(vc[v].deactivation, with_status, RQ_VC_21)
        fi
    }
}

inline return_NdisCmDeactivateVc(thread, v, with_status)
{
    d_step {
        vc_line(thread, manager_event(EV_VC_DEACTIVATE_RETURN, EV_VC_DEACTIVATE_MCM_RETURN), v, with_status);
        return_operation(vc[v].deactivation, with_status, RQ_VC_23);
        if
        :: binding[0].miniport -> forget_operation(vc[v].deactivation)
        :: else
        fi
    }
}

inline own_ProtocolCmDeactivateVcComplete(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DEACTIVATE_OWN, v, with_status);
        own_operation(vc[v].deactivation, with_status, RQ_VC_21)
    }
}

/* ---- the contexts ---- */

/* The creator's context outlives the VC; the peer's ends in ProtocolCoDeleteVc, or with a
 * creation that it refuses. */
inline free_client_vc_context(thread, v)
{
    d_step {
        vc_line(thread, EV_FREE_CLIENT_VC_CONTEXT, v, 0);
        need(vc[v].client_context, RQ_VC_14);
        need(has_ended(vc[v].outgoing) && has_ended(vc[v].incoming), RQ_CALL_05);
        need(vc[v].call != CALL_CONNECTED, RQ_CALL_07);
        need(vc[v].phase == VC_FREE || (made_by_manager(v) &&
             (vc[v].phase == VC_PEER_LETS_GO || vc[v].phase == VC_PEER_IS_ASKED)), RQ_CALL_13);
        need(has_ended(vc[v].closing_call), RQ_CALL_13);
        vc[v].client_context = 0;
        client_vc_handle[v] = 0
    }
}

inline free_manager_vc_context(thread, v)
{
    d_step {
        vc_line(thread, EV_FREE_CALL_MGR_VC_CONTEXT, v, 0);
        need(vc[v].manager_context, RQ_VC_14);
        need(vc[v].phase == VC_FREE || (!made_by_manager(v) &&
             (vc[v].phase == VC_PEER_LETS_GO || vc[v].phase == VC_PEER_IS_ASKED)), RQ_VC_12);
        need(has_ended(vc[v].deactivation), RQ_VC_21);
        need(has_ended(vc[v].incoming), RQ_CALL_23);
        vc[v].manager_context = 0;
        manager_vc_handle[v] = 0
    }
}

/* ---- the drivers' parts ---- */

/* How each of the two sees its VC, apart from NDIS's state. */
#define NO_VC          0
#define VC_IS_COMING   1
#define VC_IS_IDLE     2
#define VC_IS_CALLING  3
#define VC_HAS_CALL    4
#define VC_IS_CLOSING  5
#define VC_IS_GOING    6
#define VC_IS_SPENT    7    /* no other call may be made on it (CALL-06, CALL-21) */
byte client_vc[VCS];
byte manager_vc[VCS];

/* What the call manager's worker is to do with a VC. */
#define NO_TASK          0
#define ANSWER_CALL      1
#define CLOSE_CALL       2
#define DEACTIVATE_VC    3
#define DELETE_VC        4
byte manager_task[VCS];
bit deactivation_queued[VCS];    /* the miniport is to complete what it has pended */

#define wants_calls  (!claimed[0] || AMB_23_CALLS == READING_B)

/* The peer agrees or has no resources. A client that closes its AF wants no new VC
 * (AF-CL-27), and no call on it (AMB-23 b). */
inline ProtocolCoCreateVc(thread, v)
{
    if
    :: atomic { !made_by_manager(v) ->
            manager_vc_handle[v] = 1;
            manager_vc[v] = VC_IS_IDLE;
            leave_ProtocolCoCreateVc(thread, v, ST_SUCCESS) }
    :: atomic { !made_by_manager(v) ->
            free_manager_vc_context(thread, v);
            leave_ProtocolCoCreateVc(thread, v, ST_RESOURCES) }
    :: atomic { made_by_manager(v) && wants_calls ->
            client_vc_handle[v] = 1;
            client_vc[v] = VC_IS_IDLE;
            leave_ProtocolCoCreateVc(thread, v, ST_SUCCESS) }
    :: atomic { made_by_manager(v) ->
            free_client_vc_context(thread, v);
            leave_ProtocolCoCreateVc(thread, v, ST_RESOURCES) }
    fi
}

inline MiniportCoDeleteVc(thread, v)
{
    if
    :: atomic { vc[v].miniport_context -> leave_MiniportCoDeleteVc(thread, v, ST_SUCCESS) }
    :: atomic { !vc[v].miniport_context -> skip }
    fi
}

/* The creation as NDIS makes it; afterwards the creator has its VC or has nothing. */
inline NdisCoCreateVc(thread, v)
{
    call_NdisCoCreateVc(thread, v, MINIPORT);
    if
    :: atomic { !MINIPORT && !af_handle_is_dead(v) ->
            if
            :: leave_MiniportCoCreateVc(thread, v, ST_SUCCESS)
            :: leave_MiniportCoCreateVc(thread, v, ST_RESOURCES)
            fi }
    :: atomic { MINIPORT || af_handle_is_dead(v) -> skip }
    fi;
    if
    :: atomic { vc[v].phase == VC_CREATING && !af_handle_is_dead(v) -> enter_ProtocolCoCreateVc(thread, v) };
        ProtocolCoCreateVc(thread, v)
    :: atomic { vc[v].phase == VC_CREATION_FAILED || af_handle_is_dead(v) -> skip }
    fi;
    if
    :: atomic { vc[v].phase == VC_PEER_HAS_AGREED ->
            return_NdisCoCreateVc(thread, v, ST_SUCCESS);
            if
            :: made_by_manager(v) -> manager_vc_handle[v] = 1; manager_vc[v] = VC_IS_IDLE
            :: else -> client_vc_handle[v] = 1; client_vc[v] = VC_IS_IDLE
            fi }
    :: atomic { vc[v].phase != VC_PEER_HAS_AGREED ->
            MiniportCoDeleteVc(thread, v);
            if
            :: vc[v].phase == VC_CREATING -> return_NdisCoCreateVc(thread, v, ST_FAILURE)
            :: else -> return_NdisCoCreateVc(thread, v, vc[v].answer)
            fi;
            if
            :: made_by_manager(v) -> free_manager_vc_context(thread, v); manager_vc[v] = NO_VC
            :: else -> free_client_vc_context(thread, v); client_vc[v] = NO_VC
            fi }
    fi
}

/* A client whose close of the call has not ended yet refuses to let the VC go; the call
 * manager comes again (AMB-35 b). */
inline ProtocolCoDeleteVc(thread, v)
{
    if
    :: atomic { !made_by_manager(v) ->
            free_manager_vc_context(thread, v);
            manager_vc[v] = NO_VC;
            leave_ProtocolCoDeleteVc(thread, v, ST_SUCCESS) }
    :: atomic { made_by_manager(v) && client_vc[v] == VC_IS_IDLE ->
            free_client_vc_context(thread, v);
            client_vc[v] = NO_VC;
            leave_ProtocolCoDeleteVc(thread, v, ST_SUCCESS) }
    :: atomic { made_by_manager(v) && client_vc[v] != VC_IS_IDLE ->
            leave_ProtocolCoDeleteVc(thread, v, ST_NOT_ACCEPTED) }
    fi
}

inline NdisCoDeleteVc(thread, v)
{
    call_NdisCoDeleteVc(thread, v, made_by_manager(v), MINIPORT);
    if
    :: atomic { vc[v].phase == VC_DELETING -> enter_ProtocolCoDeleteVc(thread, v) };
        ProtocolCoDeleteVc(thread, v)
    :: atomic { vc[v].phase != VC_DELETING -> skip }
    fi;
    if
    :: atomic { vc[v].phase == VC_PEER_HAS_LET_GO ->
            MiniportCoDeleteVc(thread, v);
            return_NdisCoDeleteVc(thread, v, ST_SUCCESS);
            if
            :: made_by_manager(v) -> free_manager_vc_context(thread, v); manager_vc[v] = NO_VC
            :: else -> free_client_vc_context(thread, v); client_vc[v] = NO_VC
            fi }
    :: atomic { vc[v].phase == VC_DELETION_REFUSED ->
            return_NdisCoDeleteVc(thread, v, vc[v].answer);
            if
            :: AMB_35 == READING_A                       /* the handle is said to be dead */
            :: AMB_35 == READING_B && made_by_manager(v) -> manager_task[v] = DELETE_VC
            :: else -> client_vc[v] = VC_IS_IDLE
            fi }
    fi
}

/* Afterwards the deactivation has ended, or its callback goes on. A callback that comes
 * before the function has returned lets the thread that deactivates go on (AMB-29). */
#define LEFT_TO_CALLBACK  1
#define HAS_ENDED         2
byte deactivation_end[VCS];

/* The miniport stops the transfers, at once or later. */
inline MiniportCoDeactivateVc(thread, v)
{
    enter_MiniportCoDeactivateVc(thread, v);
    if
    :: atomic { vc[v].transferring = 0; leave_MiniportCoDeactivateVc(thread, v, ST_SUCCESS) }
    :: deactivation_queued[v] = 1;
        leave_MiniportCoDeactivateVc(thread, v, ST_PENDING)
    IF_INSIDE(
    :: finish_deactivation(thread, v);
        enter_ProtocolCmDeactivateVcComplete(thread, v, ST_SUCCESS);
        deactivation_end[v] = HAS_ENDED;      /* the thread that deactivates goes on */
        leave_MiniportCoDeactivateVc(thread, v, ST_PENDING)
    )
    fi
}

inline finish_deactivation(thread, v)
{
    vc[v].transferring = 0;
    if
    :: MINIPORT -> skip
    :: else -> call_NdisMCoDeactivateVcComplete(thread, v, ST_SUCCESS)
    fi
}

inline NdisCmDeactivateVc(thread, v)
{
    call_NdisCmDeactivateVc(thread, v);
    if
    :: atomic { vc[v].deactivation.server == SERVER_OWED -> MiniportCoDeactivateVc(thread, v) }
    :: atomic { vc[v].deactivation.server != SERVER_OWED -> skip }
    fi;
    if
    :: atomic { operation_result(vc[v].deactivation) == ST_PENDING ->
            return_NdisCmDeactivateVc(thread, v, ST_PENDING) }
    :: atomic { operation_result(vc[v].deactivation) == ST_SUCCESS ->
            return_NdisCmDeactivateVc(thread, v, ST_SUCCESS);
            deactivation_queued[v] = (MINIPORT && AMB_26 == READING_A);
            deactivation_end[v] = (MINIPORT && AMB_26_MANAGER == READING_A -> deactivation_end[v] : HAS_ENDED);
            if
            :: MINIPORT
            :: else -> own_ProtocolCmDeactivateVcComplete(thread, v, ST_SUCCESS)
            fi }
    fi
}
#endif
