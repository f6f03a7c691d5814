/* party.pml - parties of a multipoint call: the client's call on VC 0 begins with one party,
 * slot 0, which lasts as long as the call; a second, slot 1, is added and dropped.
 * Conventions as in ndis.pml. */
#if PARTIES > 0

typedef Party {
    GENERATION generation;
    unsigned phase : 2;
    bit client_context;
    bit manager_context;
    bit remote_drop;               /* the other side has left (PTY-10) */
    Operation operation
}
Party party[PARTIES + 1];
#define SECOND_PARTY  1
bit call_party_context;            /* the call manager's state of the call's own party */

#define party_line(thread, event, p, status)  line_on_vc(thread, event, p, party[p].generation, status)

/* Its operation is the drop, not the addition. */
#define is_the_drop(p) \
    (party[p].phase == PARTY_DROPPING || (party[p].phase == PARTY_FREE && party[p].operation.status == ST_SUCCESS))

/* ---- adding ---- */

inline call_NdisClAddParty(thread, p)
{
    d_step {
        party[p].generation = party[p].generation + 1;
        party_line(thread, EV_PARTY_ADD_CALL, p, 0);
        need(vc[vc_of_party(p)].call == CALL_CONNECTED, RQ_CALL_01);
        need(party[p].phase == PARTY_FREE && !party[p].client_context && is_over(party[p].operation), RQ_PTY_12);
        party[p].phase = PARTY_ADDING;
        party[p].client_context = 1;
        begin_operation(party[p].operation)
    }
}

inline enter_ProtocolCmAddParty(thread, p)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_ENTER, p, 0);
        need(!is_the_drop(p), RQ_PTY_13);
        enter_operation(party[p].operation, RQ_PTY_13);
        party[p].manager_context = 1
    }
}

inline party_was_added(p, with_status)
{
    if
    :: with_status == ST_SUCCESS -> party[p].phase = PARTY_THERE
    :: else ->
        need(!party[p].manager_context, RQ_PTY_09);
        party[p].phase = PARTY_FREE
    fi
}

inline leave_ProtocolCmAddParty(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_LEAVE, p, with_status);
        need(!is_the_drop(p), RQ_PTY_13);
        leave_operation(party[p].operation, with_status, RQ_PTY_13);
        if
        :: with_status != ST_PENDING -> party_was_added(p, with_status)
        :: else
        fi
    }
}

inline call_NdisCmAddPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_ADD_COMPLETE, EV_PARTY_ADD_MCM_COMPLETE), p, with_status);
        need(!is_the_drop(p), RQ_PTY_13);
        complete_operation(party[p].operation, with_status, RQ_PTY_13);
        party_was_added(p, with_status)
    }
}

inline enter_ProtocolClAddPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_DELIVER, p, with_status);
        need(!is_the_drop(p), RQ_PTY_12);
        deliver_operation(party[p].operation, with_status, RQ_PTY_12);
        need(party[p].client_context, RQ_PTY_12)
    }
}

inline return_NdisClAddParty(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_RETURN, p, with_status);
        need(!is_the_drop(p), RQ_PTY_12);
        return_operation(party[p].operation, with_status, RQ_PTY_12)
    }
}

inline own_ProtocolClAddPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_OWN, p, with_status);
        need(!is_the_drop(p), RQ_PTY_12);
        own_operation(party[p].operation, with_status, RQ_PTY_12)
    }
}

/* ---- dropping ---- */

/* The handle is dead at the call (PTY-02, AMB-34 b). */
inline call_NdisClDropParty(thread, p)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_CALL, p, 0);
        need(party[p].phase == PARTY_THERE && is_over(party[p].operation), RQ_PTY_02);
        need(!(AMB_34 == READING_A && party[p].remote_drop), RQ_PTY_02);
        party[p].phase = PARTY_DROPPING;
        party[p].remote_drop = 0;
        begin_operation(party[p].operation)
    }
}

inline enter_ProtocolCmDropParty(thread, p)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_ENTER, p, 0);
        need(is_the_drop(p), RQ_PTY_06);
        enter_operation(party[p].operation, RQ_PTY_06);
        need(party[p].manager_context, RQ_PTY_09)
    }
}

inline party_was_dropped(p, with_status)
{
    need(with_status == ST_SUCCESS, RQ_PTY_06);
    need(!party[p].manager_context, RQ_PTY_09);
    party[p].phase = PARTY_FREE
}

inline leave_ProtocolCmDropParty(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_LEAVE, p, with_status);
        need(is_the_drop(p), RQ_PTY_06);
        leave_operation(party[p].operation, with_status, RQ_PTY_06);
        if
        :: with_status != ST_PENDING -> party_was_dropped(p, with_status)
        :: else
        fi
    }
}

inline call_NdisCmDropPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_DROP_COMPLETE, EV_PARTY_DROP_MCM_COMPLETE), p, with_status);
        need(!(party[p].phase == PARTY_FREE), RQ_PTY_08);
        need(is_the_drop(p), RQ_PTY_06);
        complete_operation(party[p].operation, with_status, RQ_PTY_06);
        party_was_dropped(p, with_status)
    }
}

inline enter_ProtocolClDropPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_DELIVER, p, with_status);
        need(is_the_drop(p), RQ_PTY_01);
        deliver_operation(party[p].operation, with_status, RQ_PTY_01);
        need(party[p].client_context, RQ_PTY_07)
    }
}

inline return_NdisClDropParty(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_RETURN, p, with_status);
        need(is_the_drop(p), RQ_PTY_01);
        return_operation(party[p].operation, with_status, RQ_PTY_01)
    }
}

inline own_ProtocolClDropPartyComplete(thread, p, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_OWN, p, with_status);
        need(is_the_drop(p), RQ_PTY_01);
        own_operation(party[p].operation, with_status, RQ_PTY_01)
    }
}

/* The call's own party is no surplus one: NDIS refuses to drop it (PTY-05), at once. */
inline call_NdisClDropParty_last(thread, v)
{
    d_step {
        vc_line(thread, EV_VC_DROP_LAST_PARTY_CALL, v, 0);
        need(vc[v].call == CALL_CONNECTED && is_dropping_last(v, 0), RQ_PTY_02);
        drop_of_last_is(v, 1)
    }
}

inline return_NdisClDropParty_last(thread, v, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DROP_LAST_PARTY_RETURN, v, with_status);
        need(with_status == ST_FAILURE && is_dropping_last(v, 1), RQ_PTY_05);
        drop_of_last_is(v, 0)
    }
}

/* ---- the other side drops out ---- */

inline call_NdisCmDispatchIncomingDropParty(thread, p)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_INCOMING_DROP_CALL, EV_PARTY_INCOMING_DROP_MCM_CALL), p, 0);
        need(party[p].phase != PARTY_FREE, RQ_PTY_11);
        need(party[p].phase == PARTY_THERE, RQ_PTY_08);
        party[p].remote_drop = 1
    }
}

inline enter_ProtocolClIncomingDropParty(thread, p)
{
    d_step {
        party_line(thread, EV_PARTY_INCOMING_DROP_ENTER, p, 0);
        need(party[p].client_context, RQ_PTY_07)
    }
}

/* ---- the contexts ---- */

inline free_client_party_context(thread, p)
{
    d_step {
        party_line(thread, EV_FREE_CLIENT_PARTY_CONTEXT, p, 0);
        need(party[p].client_context, RQ_PTY_07);
        need(AMB_34_CONTEXT == READING_A ||
             (party[p].phase == PARTY_FREE && (is_over(party[p].operation) || party[p].operation.delivered)), RQ_PTY_07);
        party[p].client_context = 0
    }
}

inline free_manager_party_context(thread, p)
{
    d_step {
        party_line(thread, EV_FREE_CALL_MGR_PARTY_CONTEXT, p, 0);
        need(party[p].manager_context, RQ_PTY_09);
        party[p].manager_context = 0
    }
}

/* A multipoint call is closed with its last party (CALL-12), those that have left are
 * dropped before (PTY-10); the client's count says the same (PTY-04). */
inline need_last_party(v)
{
    for (other : 0 .. PARTIES) {
        if
        :: vc_of_party(other) == v ->
            need(!(party[other].phase == PARTY_THERE && party[other].remote_drop), RQ_PTY_10);
            need(!(party[other].phase != PARTY_FREE && af[af_of_vc(v)].notification != NOTIFICATION_NONE), RQ_NTF_18);
            need(party[other].phase == PARTY_FREE, RQ_CALL_12)
        :: else
        fi
    }
    other = 0;
    need(active_parties == 1, RQ_PTY_04)
}

/* That each is dropped (PTY-03) the close of the call has asked. */
inline need_parties_at_rest()
{
    need(!party[SECOND_PARTY].client_context, RQ_PTY_07);
    need(!party[SECOND_PARTY].manager_context, RQ_PTY_09)
}

/* ---- the call manager's part ---- */

bit party_queued;                /* the worker is to complete what was pended */
bit may_drop_party;              /* the other side may still drop out */
bit manager_party;               /* the call manager has a second party */

inline ProtocolCmAddParty(thread)
{
    if
    :: party_queued = 1;
        leave_ProtocolCmAddParty(thread, SECOND_PARTY, ST_PENDING)
    IF_INSIDE(
    :: complete_party(thread);
        leave_ProtocolCmAddParty(thread, SECOND_PARTY, ST_PENDING)
    )
    :: atomic { manager_party = 1; leave_ProtocolCmAddParty(thread, SECOND_PARTY, ST_SUCCESS) }
    :: atomic { free_manager_party_context(thread, SECOND_PARTY); leave_ProtocolCmAddParty(thread, SECOND_PARTY, ST_FAILURE) }
    fi
}

inline ProtocolCmDropParty(thread)
{
    if
    :: party_queued = 1;
        leave_ProtocolCmDropParty(thread, SECOND_PARTY, ST_PENDING)
    IF_INSIDE(
    :: complete_party(thread);
        leave_ProtocolCmDropParty(thread, SECOND_PARTY, ST_PENDING)
    )
    :: atomic { free_manager_party_context(thread, SECOND_PARTY); leave_ProtocolCmDropParty(thread, SECOND_PARTY, ST_SUCCESS) }
    fi
}

inline complete_party(thread)
{
    if
    :: atomic { party[SECOND_PARTY].phase == PARTY_ADDING -> manager_party = 1; call_NdisCmAddPartyComplete(thread, SECOND_PARTY, ST_SUCCESS) };
        ProtocolClAddPartyComplete(thread, ST_SUCCESS)
    :: atomic { party[SECOND_PARTY].phase == PARTY_ADDING ->
                free_manager_party_context(thread, SECOND_PARTY); call_NdisCmAddPartyComplete(thread, SECOND_PARTY, ST_FAILURE) };
        ProtocolClAddPartyComplete(thread, ST_FAILURE)
    :: atomic { party[SECOND_PARTY].phase == PARTY_DROPPING ->
                free_manager_party_context(thread, SECOND_PARTY); call_NdisCmDropPartyComplete(thread, SECOND_PARTY, ST_SUCCESS) };
        enter_ProtocolClDropPartyComplete(thread, SECOND_PARTY, ST_SUCCESS);
        drop_party_has_ended(thread)
    fi
}

/* The second party drops out; were it the last, the call would be closed (PTY-11). */
inline drop_party_remotely(thread)
{
    call_NdisCmDispatchIncomingDropParty(thread, SECOND_PARTY);
    enter_ProtocolClIncomingDropParty(thread, SECOND_PARTY);
    know_of_the_drop(thread)
}

/* ---- the client's part ---- */

#define NO_PARTY          0
#define PARTY_IS_COMING   1
#define PARTY_IS_THERE    2
#define PARTY_IS_GOING    3
byte client_party;
byte active_parties;             /* its count (PTY-04) */
bit must_drop_party;             /* the other side has left */
bit may_add_party;
bit may_drop_last;

inline ProtocolClAddPartyComplete(thread, with_status)
{
    enter_ProtocolClAddPartyComplete(thread, SECOND_PARTY, with_status);
    add_party_has_ended(thread, with_status)
}

inline add_party_has_ended(thread, with_status)
{
    atomic {
        if
        :: with_status == ST_SUCCESS -> client_party = PARTY_IS_THERE; active_parties++
        :: else -> free_client_party_context(thread, SECOND_PARTY); client_party = NO_PARTY
        fi
    }
}

inline NdisClAddParty(thread)
{
    atomic { call_NdisClAddParty(thread, SECOND_PARTY); enter_ProtocolCmAddParty(thread, SECOND_PARTY) };
    ProtocolCmAddParty(thread);
    if
    :: atomic { operation_result(party[SECOND_PARTY].operation) == ST_PENDING -> return_NdisClAddParty(thread, SECOND_PARTY, ST_PENDING) }
    :: atomic { operation_result(party[SECOND_PARTY].operation) == ST_SUCCESS -> return_NdisClAddParty(thread, SECOND_PARTY, ST_SUCCESS) };
        own_ProtocolClAddPartyComplete(thread, SECOND_PARTY, ST_SUCCESS);
        add_party_has_ended(thread, ST_SUCCESS)
    :: atomic { operation_result(party[SECOND_PARTY].operation) == ST_FAILURE -> return_NdisClAddParty(thread, SECOND_PARTY, ST_FAILURE) };
        own_ProtocolClAddPartyComplete(thread, SECOND_PARTY, ST_FAILURE);
        add_party_has_ended(thread, ST_FAILURE)
    fi
}

inline drop_party_has_ended(thread)
{
    atomic {
        if
        :: party[SECOND_PARTY].client_context -> free_client_party_context(thread, SECOND_PARTY)
        :: else
        fi;
        client_party = NO_PARTY;
        must_drop_party = 0
    }
}

inline NdisClDropParty(thread)
{
    atomic { active_parties--; call_NdisClDropParty(thread, SECOND_PARTY); enter_ProtocolCmDropParty(thread, SECOND_PARTY); manager_party = 0 };
    ProtocolCmDropParty(thread);
    if
    :: atomic { operation_result(party[SECOND_PARTY].operation) == ST_PENDING -> return_NdisClDropParty(thread, SECOND_PARTY, ST_PENDING) }
    :: atomic { operation_result(party[SECOND_PARTY].operation) == ST_SUCCESS -> return_NdisClDropParty(thread, SECOND_PARTY, ST_SUCCESS) };
        own_ProtocolClDropPartyComplete(thread, SECOND_PARTY, ST_SUCCESS);
        drop_party_has_ended(thread)
    fi
}

/* ProtocolClIncomingDropParty leaves the drop to the client's own thread. Its context may
 * go at once, the documents say (AMB-34 i), or in the completion (ii). */
inline know_of_the_drop(thread)
{
    d_step {
        if
        :: client_party != PARTY_IS_GOING -> must_drop_party = 1
        :: else
        fi
    };
    party_has_left(thread)
}

/* It tries to drop the last party, is refused, and closes the call (PTY-05). */
inline drop_last_party(thread)
{
    call_NdisClDropParty_last(thread, 0);
    return_NdisClDropParty_last(thread, 0, ST_FAILURE);
    if
    :: other_side_has_ended[0] == 0 -> other_side_has_ended[0] = 1
    :: else
    fi
}

inline use_parties()
{
    may_add_party = 1;
    may_drop_party = 1;
    may_drop_last = REDUNDANT
}
#define party_is_there   (client_party == PARTY_IS_THERE)
#define no_party_on(v)   (v != 0 || client_party == NO_PARTY)
#else
#define no_party_on(v)   true
#endif

/* ---- what the threads do with parties: options of threads.pml and client.pml ---- */

#define MANAGER_WORKER_OPTIONS_OF_PARTIES IF_PARTIES( \
    :: atomic { party_queued -> party_queued = 0 }; complete_party(MANAGER_WORKER) \
    :: atomic { may_drop_party && manager_party -> may_drop_party = 0; drop_party_remotely(MANAGER_WORKER) })

#define CLIENT_USER_OPTIONS_OF_PARTIES(i) IF_PARTIES( \
    :: atomic { i == 0 && may_use(0) && may_add_party && call_is_there(0) -> \
                may_add_party = 0; is_using[0] = 1; client_party = PARTY_IS_COMING }; \
        NdisClAddParty(CLIENT_USER(0)); \
        is_using[0] = 0 \
    :: atomic { i == 0 && may_use(0) && must_drop_party && party_is_there -> is_using[0] = 1; client_party = PARTY_IS_GOING }; \
        NdisClDropParty(CLIENT_USER(0)); \
        is_using[0] = 0 \
    :: atomic { i == 0 && may_use(0) && may_drop_last && call_is_there(0) -> may_drop_last = 0; drop_last_party(CLIENT_USER(0)) })

#define TEAR_DOWN_OPTIONS_OF_PARTIES(thread, i) IF_PARTIES( \
    :: atomic { i == 0 && !is_using[0] && party_is_there -> client_party = PARTY_IS_GOING }; NdisClDropParty(thread))
