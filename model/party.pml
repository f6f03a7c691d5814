/* party.pml - parties of a multipoint call: the client's call on VC 0 begins with one party,
 * slot 0, which lasts as long as the call; a second, slot 1, is added and dropped.
 * Conventions as in ndis.pml. */
#if PARTIES > 0

#define PARTY_FREE      0
#define PARTY_ADDING    1
#define PARTY_THERE     2
#define PARTY_DROPPING  3

typedef Party {
    byte generation;
    unsigned phase : 2;
    bit client_context;
    bit manager_context;
    bit remote_drop;               /* the other side has left (PTY-10) */
    Operation operation
}
Party party;
bit call_party_context;            /* the call manager's state of the call's own party */

/* Like object_line, but a party is the VC's. */
#define party_line(thread, event, status) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, 1, party.generation, status, level(thread), \
           0, vc[0].generation); mind(thread, event)

/* ---- adding ---- */

inline call_NdisClAddParty(thread)
{
    d_step {
        party.generation = party.generation + 1;
        party_line(thread, EV_PARTY_ADD_CALL, 0);
        need(vc[0].call == CALL_CONNECTED, RQ_CALL_01);
        need(party.phase == PARTY_FREE && !party.client_context && is_over(party.operation), RQ_PTY_12);
        party.phase = PARTY_ADDING;
        party.client_context = 1;
        begin_operation(party.operation)
    }
}

inline enter_ProtocolCmAddParty(thread)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_ENTER, 0);
        enter_operation(party.operation, RQ_PTY_13);
        party.manager_context = 1
    }
}

inline party_was_added(with_status)
{
    if
    :: with_status == ST_SUCCESS -> party.phase = PARTY_THERE
    :: else ->
        need(!party.manager_context, RQ_PTY_09);
        party.phase = PARTY_FREE
    fi
}

inline leave_ProtocolCmAddParty(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_LEAVE, with_status);
        leave_operation(party.operation, with_status, RQ_PTY_13);
        if
        :: with_status != ST_PENDING -> party_was_added(with_status)
        :: else
        fi
    }
}

inline call_NdisCmAddPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_ADD_COMPLETE, EV_PARTY_ADD_MCM_COMPLETE), with_status);
        complete_operation(party.operation, with_status, RQ_PTY_13);
        party_was_added(with_status)
    }
}

inline enter_ProtocolClAddPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_DELIVER, with_status);
        deliver_operation(party.operation, with_status, RQ_PTY_12);
        need(party.client_context, RQ_PTY_12)
    }
}

inline return_NdisClAddParty(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_RETURN, with_status);
        return_operation(party.operation, with_status, RQ_PTY_12)
    }
}

inline own_ProtocolClAddPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_ADD_OWN, with_status);
        own_operation(party.operation, with_status, RQ_PTY_12)
    }
}

/* ---- dropping ---- */

/* The handle is dead at the call (PTY-02, AMB-34 b). */
inline call_NdisClDropParty(thread)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_CALL, 0);
        need(party.phase == PARTY_THERE && is_over(party.operation), RQ_PTY_02);
        need(!(AMB_34 == READING_A && party.remote_drop), RQ_PTY_02);
        party.phase = PARTY_DROPPING;
        party.remote_drop = 0;
        begin_operation(party.operation)
    }
}

inline enter_ProtocolCmDropParty(thread)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_ENTER, 0);
        enter_operation(party.operation, RQ_PTY_06);
        need(party.manager_context, RQ_PTY_09)
    }
}

inline party_was_dropped(with_status)
{
    need(with_status == ST_SUCCESS, RQ_PTY_06);
    need(!party.manager_context, RQ_PTY_09);
    party.phase = PARTY_FREE
}

inline leave_ProtocolCmDropParty(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_LEAVE, with_status);
        leave_operation(party.operation, with_status, RQ_PTY_06);
        if
        :: with_status != ST_PENDING -> party_was_dropped(with_status)
        :: else
        fi
    }
}

inline call_NdisCmDropPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_DROP_COMPLETE, EV_PARTY_DROP_MCM_COMPLETE), with_status);
        need(!(party.phase == PARTY_FREE), RQ_PTY_08);
        complete_operation(party.operation, with_status, RQ_PTY_06);
        party_was_dropped(with_status)
    }
}

inline enter_ProtocolClDropPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_DELIVER, with_status);
        deliver_operation(party.operation, with_status, RQ_PTY_01);
        need(party.client_context, RQ_PTY_07)
    }
}

inline return_NdisClDropParty(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_RETURN, with_status);
        return_operation(party.operation, with_status, RQ_PTY_01)
    }
}

inline own_ProtocolClDropPartyComplete(thread, with_status)
{
    d_step {
        party_line(thread, EV_PARTY_DROP_OWN, with_status);
        own_operation(party.operation, with_status, RQ_PTY_01)
    }
}

/* The call's own party is no surplus one: NDIS refuses to drop it (PTY-05). */
inline call_NdisClDropParty_last(thread)
{
    d_step {
        vc_line(thread, EV_VC_DROP_LAST_PARTY_CALL, 0, 0);
        need(vc[0].call == CALL_CONNECTED, RQ_PTY_02)
    }
}

inline return_NdisClDropParty_last(thread, with_status)
{
    d_step {
        vc_line(thread, EV_VC_DROP_LAST_PARTY_RETURN, 0, with_status);
        need(with_status == ST_FAILURE, RQ_PTY_05)
    }
}

/* ---- the other side drops out ---- */

inline call_NdisCmDispatchIncomingDropParty(thread)
{
    d_step {
        party_line(thread, manager_event(EV_PARTY_INCOMING_DROP_CALL, EV_PARTY_INCOMING_DROP_MCM_CALL), 0);
        need(party.phase != PARTY_FREE, RQ_PTY_11);
        need(party.phase == PARTY_THERE, RQ_PTY_08);
        party.remote_drop = 1
    }
}

inline enter_ProtocolClIncomingDropParty(thread)
{
    d_step {
        party_line(thread, EV_PARTY_INCOMING_DROP_ENTER, 0);
        need(party.client_context, RQ_PTY_07)
    }
}

/* ---- the contexts ---- */

inline free_client_party_context(thread)
{
    d_step {
        party_line(thread, EV_FREE_CLIENT_PARTY_CONTEXT, 0);
        need(party.client_context, RQ_PTY_07);
        need(AMB_34_CONTEXT == READING_A ||
             (party.phase == PARTY_FREE && (is_over(party.operation) || party.operation.delivered)), RQ_PTY_07);
        party.client_context = 0
    }
}

inline free_manager_party_context(thread)
{
    d_step {
        party_line(thread, EV_FREE_CALL_MGR_PARTY_CONTEXT, 0);
        need(party.manager_context, RQ_PTY_09);
        party.manager_context = 0
    }
}

/* A multipoint call is closed with its last party (CALL-12), those that have left are
 * dropped before (PTY-10); the client's count says the same (PTY-04). */
inline need_last_party()
{
    need(!(party.phase == PARTY_THERE && party.remote_drop), RQ_PTY_10);
    need(!(party.phase != PARTY_FREE && af[0].notification != NOTIFICATION_NONE), RQ_NTF_18);
    need(party.phase == PARTY_FREE, RQ_CALL_12);
    need(active_parties == 1, RQ_PTY_04)
}

/* That each is dropped (PTY-03) the close of the call has asked. */
inline need_parties_at_rest()
{
    need(!party.client_context, RQ_PTY_07);
    need(!party.manager_context, RQ_PTY_09)
}

/* ---- the call manager's part ---- */

bit party_queued;                /* the worker is to complete what was pended */
bit may_drop_party;              /* the other side may still drop out */
bit manager_party;               /* the call manager has a second party */

inline ProtocolCmAddParty(thread)
{
    if
    :: party_queued = 1;
        leave_ProtocolCmAddParty(thread, ST_PENDING)
#if INSIDE > 0
    :: complete_party(thread);
        leave_ProtocolCmAddParty(thread, ST_PENDING)
#endif
    :: atomic { manager_party = 1; leave_ProtocolCmAddParty(thread, ST_SUCCESS) }
    :: atomic { free_manager_party_context(thread); leave_ProtocolCmAddParty(thread, ST_FAILURE) }
    fi
}

inline ProtocolCmDropParty(thread)
{
    if
    :: party_queued = 1;
        leave_ProtocolCmDropParty(thread, ST_PENDING)
#if INSIDE > 0
    :: complete_party(thread);
        leave_ProtocolCmDropParty(thread, ST_PENDING)
#endif
    :: atomic { free_manager_party_context(thread); leave_ProtocolCmDropParty(thread, ST_SUCCESS) }
    fi
}

inline complete_party(thread)
{
    if
    :: atomic { party.phase == PARTY_ADDING -> manager_party = 1; call_NdisCmAddPartyComplete(thread, ST_SUCCESS) };
        ProtocolClAddPartyComplete(thread, ST_SUCCESS)
    :: atomic { party.phase == PARTY_ADDING ->
                free_manager_party_context(thread); call_NdisCmAddPartyComplete(thread, ST_FAILURE) };
        ProtocolClAddPartyComplete(thread, ST_FAILURE)
    :: atomic { party.phase == PARTY_DROPPING ->
                free_manager_party_context(thread); call_NdisCmDropPartyComplete(thread, ST_SUCCESS) };
        enter_ProtocolClDropPartyComplete(thread, ST_SUCCESS);
        drop_party_has_ended(thread)
    fi
}

/* The second party drops out; were it the last, the call would be closed (PTY-11). */
inline drop_party_remotely(thread)
{
    call_NdisCmDispatchIncomingDropParty(thread);
    enter_ProtocolClIncomingDropParty(thread);
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
    enter_ProtocolClAddPartyComplete(thread, with_status);
    add_party_has_ended(thread, with_status)
}

inline add_party_has_ended(thread, with_status)
{
    atomic {
        if
        :: with_status == ST_SUCCESS -> client_party = PARTY_IS_THERE; active_parties++
        :: else -> free_client_party_context(thread); client_party = NO_PARTY
        fi
    }
}

inline NdisClAddParty(thread)
{
    atomic { call_NdisClAddParty(thread); enter_ProtocolCmAddParty(thread) };
    ProtocolCmAddParty(thread);
    if
    :: atomic { result_of(party.operation) == ST_PENDING -> return_NdisClAddParty(thread, ST_PENDING) }
    :: atomic { result_of(party.operation) == ST_SUCCESS -> return_NdisClAddParty(thread, ST_SUCCESS) };
        own_ProtocolClAddPartyComplete(thread, ST_SUCCESS);
        add_party_has_ended(thread, ST_SUCCESS)
    :: atomic { result_of(party.operation) == ST_FAILURE -> return_NdisClAddParty(thread, ST_FAILURE) };
        own_ProtocolClAddPartyComplete(thread, ST_FAILURE);
        add_party_has_ended(thread, ST_FAILURE)
    fi
}

inline drop_party_has_ended(thread)
{
    atomic {
        if
        :: party.client_context -> free_client_party_context(thread)
        :: else
        fi;
        client_party = NO_PARTY;
        must_drop_party = 0
    }
}

inline NdisClDropParty(thread)
{
    atomic { active_parties--; call_NdisClDropParty(thread); enter_ProtocolCmDropParty(thread); manager_party = 0 };
    ProtocolCmDropParty(thread);
    if
    :: atomic { result_of(party.operation) == ST_PENDING -> return_NdisClDropParty(thread, ST_PENDING) }
    :: atomic { result_of(party.operation) == ST_SUCCESS -> return_NdisClDropParty(thread, ST_SUCCESS) };
        own_ProtocolClDropPartyComplete(thread, ST_SUCCESS);
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
#if AMB_34_CONTEXT == READING_A
    free_client_party_context(thread)
#else
    skip
#endif
}

/* It tries to drop the last party, is refused, and closes the call (PTY-05). */
inline drop_last_party(thread)
{
    call_NdisClDropParty_last(thread);
    return_NdisClDropParty_last(thread, ST_FAILURE);
    if
    :: client_was_told[0] == 0 -> client_was_told[0] = 1
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
