/* opening.pml - opening an AF: the offer, the open as an operation that may pend, and
 * whose every handle and every context is. Conventions as in ndis.pml.
 *
 * A client has one AF for each of AF_SLOTS; with more than one it can open its AF again
 * while the old one still closes (AMB-41 b). The offers come on a thread of NDIS, so that
 * each open races with every unbind. */
#if OPENING > 0

/* What NDIS keeps of an open. Handle and contexts are named by the open that they belong
 * to, so that those of another open, or of an earlier one, are told apart. */
typedef Opening {
    Operation operation;
    bit kept;                    /* NDIS has not discarded what it allocated (AF-OP-21) */
    GENERATION given_by_client;  /* the contexts that it was given */
    GENERATION given_by_manager;
    GENERATION served_by               /* the call manager's binding, by its generation */
}
Opening opening[AFS];
bit offering[BINDINGS];          /* inside ProtocolCoAfRegisterNotify */
GENERATION offered_by[BINDINGS];       /* whose offer the client had last, by the generation */
bit was_reset;                   /* the miniport has been reset */

/* What the drivers keep; 0: none. */
GENERATION client_handle[AFS];
GENERATION manager_handle[AFS];

#define this_open(i)  (af[i].generation * AFS + i + 1)
#define binding_of(i) (AF_SLOTS > 1 -> 1 : i + 1)
#define open_is_over(i)  is_over(opening[i].operation)
#define open_pends(i) \
    (!opening[i].operation.delivered && \
     (opening[i].operation.caller == CALLER_INSIDE || opening[i].operation.caller == CALLER_PENDED))
#define ndis_has_forgotten(i)  (client_is_done(i) && manager_is_done(i) && open_is_over(i))
#define open_rule  (MINIPORT -> RQ_AF_OP_16 : RQ_AF_OP_15)

/* ---- whose a handle and a context is ---- */

/* A handle that the reset made unusable is NDIS's fault (AF-OP-23), and so is an AF that is
 * closed although nobody has closed it (AF-CL-21). */
inline need_handle(handle, i, requirement)
{
    need(!(was_reset && handle != 0 && handle != this_open(i)), RQ_AF_OP_23);
    need(handle == this_open(i), requirement);
    need(af[i].phase != AF_CLOSED || af[i].manager_close != MANAGER_CLOSE_NONE, RQ_AF_CL_21)
}

inline need_context(context, i, requirement)
{
    need(context == this_open(i), requirement)
}

/* The handle of a notification is that of an open, and not of one that failed. */
inline need_handle_of_manager(i)
{
    need(af[i].phase != AF_FREE || open_pends(i), RQ_AF_OP_18);
    need_handle(manager_handle[i], i, RQ_NTF_09)
}

/* The client uses the handle of an AF that is open for it. */
inline need_open_handle(i)
{
    need(af[i].phase != AF_FREE && !open_pends(i), RQ_AF_OP_05);
    need(client_handle[i] != 0, RQ_AF_OP_04);
    need_handle(client_handle[i], i, RQ_AF_OP_01)
}

inline need_nothing_pending(b)
{
    for (other : 0 .. AFS - 1) {
        need(!(af[other].client == b && open_pends(other)), RQ_AF_OP_08)
    }
    other = 0
}

/* ---- the open ---- */

inline call_NdisClOpenAddressFamilyEx(thread, i, b)
{
    d_step {
        need(!af[i].client_context, RQ_AF_OP_24);
        need(ndis_has_forgotten(i), RQ_AF_OP_03);
        af[i].generation = af[i].generation + 1;
        open_line(thread, EV_OPEN_AF_CALL, i, 0, b);
        need(offering[b], RQ_AF_OP_09);
        need(binding[b].adapter == ADAPTER_OPEN, RQ_CAD_12);
        need_nothing_pending(b);
        for (other : 0 .. AFS - 1) {
            need(client_handle[other] != this_open(i) && manager_handle[other] != this_open(i), RQ_AF_OP_03)
        }
        other = 0;
        af[i].client = b;
        af[i].phase = AF_FREE;
        af[i].close_call = CLOSE_CALL_NONE;
        af[i].manager_close = MANAGER_CLOSE_NONE;
        af[i].notified = NEVER_NOTIFIED;
        af[i].client_context = 1;
        opening[i].given_by_client = this_open(i);
        opening[i].kept = 1;
        begin_operation(opening[i].operation)
    }
}

/* NDIS may refuse when one of the bindings is being closed or nobody serves the family
 * (AF-OP-20); when it has to, AMB-22 says. */
#define family_is_served \
    (binding[0].registered && (binding[0].phase == BINDING || binding[0].phase == BOUND))
#define family_lingers \
    (AMB_22 != READING_A && !MINIPORT && binding[0].phase == UNBINDING && binding[0].adapter == ADAPTER_OPEN)
#define may_be_forwarded(i)  (opening[i].operation.server == SERVER_OWED && (family_is_served || family_lingers))
#define may_be_refused(i) \
    (opening[i].operation.server == SERVER_OWED && (!family_is_served || binding[af[i].client].phase != BOUND))

inline refuse_to_open(i)
{
    d_step {
        need(may_be_refused(i), RQ_AF_OP_10);
        answer_operation(opening[i].operation, ST_FAILURE);
        opening[i].kept = 0
    }
}

inline enter_ProtocolCmOpenAf(thread, i)
{
    d_step {
        af_line(thread, EV_OPEN_AF_ENTER, i, 0);
        need(family_is_served || family_lingers, RQ_AF_OP_20);
        enter_operation(opening[i].operation, RQ_AF_OP_10);
        opening[i].served_by = binding[0].generation
    }
}

/* What the call manager sets up for this open. */
inline store_call_mgr_af_context(thread, i)
{
    d_step {
        af_line(thread, EV_STORE_CALL_MGR_AF_CONTEXT, i, 0);
        need(completion_is_owed(opening[i].operation), RQ_AF_OP_18);
        opening[i].given_by_manager = this_open(i);
        af[i].manager_context = 1;
        af[i].resources = 1
    }
}

/* And gives back when the open fails after all (AF-OP-14, AF-OP-17). */
inline discard_call_mgr_af_context(thread, i)
{
    d_step { release_resources_of_failed_open(thread, i); free_manager_context_of_failed_open(thread, i) }
}

inline release_resources_of_failed_open(thread, i)
{
    d_step {
        af_line(thread, EV_RELEASE_AF_RESOURCES, i, 0);
        need(af[i].resources, RQ_AF_OP_18);
        af[i].resources = 0
    }
}

inline free_manager_context_of_failed_open(thread, i)
{
    d_step {
        af_line(thread, EV_FREE_CALL_MGR_AF_CONTEXT, i, 0);
        need(af[i].manager_context, RQ_AF_OP_18);
        af[i].manager_context = 0
    }
}

inline af_was_opened(i, with_status, if_it_failed)
{
    if
    :: with_status == ST_SUCCESS ->
        need(af[i].manager_context, RQ_AF_OP_13);
        need(binding[0].phase != UNBOUND && (MINIPORT || binding[0].adapter == ADAPTER_OPEN) &&
             binding[af[i].client].adapter == ADAPTER_OPEN, RQ_AF_OP_20);
        af[i].phase = AF_OPEN
    :: else ->
        need(!af[i].manager_context && !af[i].resources, if_it_failed);
        opening[i].kept = 0
    fi
}

inline leave_ProtocolCmOpenAf(thread, i, with_status)
{
    d_step {
        af_line(thread, EV_OPEN_AF_LEAVE, i, with_status);
        leave_operation(opening[i].operation, with_status, open_rule);
        if
        :: with_status != ST_PENDING -> af_was_opened(i, with_status, RQ_AF_OP_14)
        :: else
        fi
    }
}

inline call_NdisCmOpenAddressFamilyComplete(thread, i, for_miniport, with_status)
{
    d_step {
        if
        :: for_miniport -> af_line(thread, EV_OPEN_AF_MCM_COMPLETE, i, with_status)
        :: else -> af_line(thread, EV_OPEN_AF_COMPLETE, i, with_status)
        fi;
        need(for_miniport == binding[0].miniport, open_rule);
        need(manager_handle[i] == this_open(i), RQ_AF_OP_02);
        complete_operation(opening[i].operation, with_status, open_rule);
        af_was_opened(i, with_status, RQ_AF_OP_17)
    }
}

/* A failure reaches the client when NDIS has discarded its own state (AF-OP-21). */
inline need_discarded(i, with_status)
{
    need(with_status == ST_SUCCESS || with_status == ST_PENDING || !opening[i].kept, RQ_AF_OP_21)
}

inline enter_ProtocolClOpenAfCompleteEx(thread, i, with_status)
{
    d_step {
        af_line(thread, EV_OPEN_AF_DELIVER, i, with_status);
        deliver_operation(opening[i].operation, with_status, RQ_AF_OP_07);
        need_discarded(i, with_status);
        need(af[i].client_context, RQ_AF_OP_12);
        need(opening[i].given_by_client == this_open(i), RQ_AF_OP_11)
    }
}

inline return_NdisClOpenAddressFamilyEx(thread, i, b, with_status)
{
    d_step {
        open_line(thread, EV_RETURN_OPEN_AF, i, with_status, b);
        return_operation(opening[i].operation, with_status, RQ_AF_OP_07);
        need_discarded(i, with_status)
    }
}

inline own_ProtocolClOpenAfCompleteEx(thread, i, with_status)
{
    d_step {
        af_line(thread, EV_OPEN_AF_OWN, i, with_status);
        own_operation(opening[i].operation, with_status, RQ_AF_OP_06)
    }
}

/* The client gives up the context of an open that failed (AF-OP-12, AF-OP-21). */
inline free_context_of_failed_open(thread, i)
{
    d_step {
        af_line(thread, EV_FREE_CLIENT_AF_CONTEXT, i, 0);
        need(af[i].client_context, RQ_AF_CL_09);
        need(af[i].phase == AF_FREE, RQ_AF_OP_04);
        need(open_is_over(i), RQ_AF_OP_12);
        af[i].client_context = 0
    }
}

/* A reset of the miniport leaves all handles as they are (AF-OP-23). */
inline reset_miniport(thread)
{
    d_step {
        binding_line(thread, EV_RESET_MINIPORT, 0, 0);
        was_reset = 1
    }
}

/* ---- what an unbind, and a round, leaves behind ---- */

/* The call manager has completed what it pended (AMB-22 i), the client has waited for the
 * end of its open (AMB-32 i). */
inline need_no_open(b)
{
    for (other : 0 .. AFS - 1) {
        need(b != 0 || opening[other].operation.server != SERVER_PENDED, RQ_UNB_24);
        need(b == 0 || af[other].client != b || open_is_over(other), RQ_UNB_23);
        need(b == 0 || af[other].client != b || af[other].phase != AF_FREE || !af[other].client_context, RQ_AF_CL_16)
    }
    other = 0
}

/* Nothing is to come on the binding any more. */
#define is_settled(b) \
    ((binding[b].phase == BOUND || binding[b].phase == UNBOUND) && !binding[b].unbind_owed)
#define client_is_settled(b) \
    (is_settled(b) && !offering[b] && !offer_may_be_made(b) && nothing_opens(b - 1) && no_open_awaits_manager)

inline need_opens_at_rest()
{
    for (other : 0 .. BINDINGS - 1) {
        need(!must_unbind[other], RQ_AF_OP_22)
    }
    for (other : 0 .. AFS - 1) {
        need(manager_handle[other] == 0, RQ_AF_CM_07)
    }
    other = 0
}

/* The drivers note under their own lock that their unbind has begun. */
inline note_unbind(b)
{
    if
    :: b == 0 -> manager_leaves = 1
    :: else -> client_leaves[b] = 1
    fi
}

/* A client whose open failed has asked for its unbind, if nothing else was opened on its
 * binding and nobody unbinds it anyway (AF-OP-22). */
bit must_unbind[BINDINGS];

inline note_failed_open(i)
{
    d_step {
        for (other : 0 .. AFS - 1) {
            if
            :: af[other].client == af[i].client && other != i && af[other].client_context -> expected = 1
            :: else
            fi
        }
        other = 0;
        must_unbind[af[i].client] = (expected == 0 && binding[af[i].client].phase == BOUND &&
                                     !binding[af[i].client].unbind_owed);
        expected = 0
    }
}

/* ---- the call manager's part ---- */

bit manager_leaves;              /* its unbind has begun (AMB-22) */
bit manager_opening[AFS];        /* an open that it has neither accepted nor refused yet */
bit open_queued[AFS];            /* the worker is to complete what was pended */

/* It refuses by itself once it leaves, unless it trusts in NDIS (AMB-22 a, b). */
#define manager_refuses  (AMB_22 == READING_C && manager_leaves)

inline accept_the_open(thread, i)
{
    store_call_mgr_af_context(thread, i);
    manager_references[i] = 1;
    manager_closed[i] = 0
}

/* What it accepts is in its list from then on, and is notified. */
inline ProtocolCmOpenAf(thread, i)
{
    if
    :: atomic { may_be_forwarded(i) -> enter_ProtocolCmOpenAf(thread, i) };
        if
        :: atomic { manager_refuses -> leave_ProtocolCmOpenAf(thread, i, ST_FAILURE) }
        :: atomic { !manager_refuses ->
                manager_handle[i] = this_open(i);
                if
                :: accept_the_open(thread, i)
                :: manager_opening[i] = 1 accept_before_it_pends(thread, i)
                fi };
            answer_the_open(thread, i)
        fi
    :: atomic { may_be_refused(i) -> refuse_to_open(i) }
    fi
}

inline answer_the_open(thread, i)
{
    if
    :: manager_opening[i] == 0 ->
        leave_ProtocolCmOpenAf(thread, i, ST_SUCCESS)
    :: manager_opening[i] ->
        open_queued[i] = 1;
        leave_ProtocolCmOpenAf(thread, i, ST_PENDING)
    IF_INSIDE(
    :: manager_opening[i] ->
        complete_open(thread, i);
        deliver_inside(thread, i);
        leave_ProtocolCmOpenAf(thread, i, ST_PENDING)
    )
    :: manager_opening[i] && gives_up_what_pends ->
        atomic { store_call_mgr_af_context(thread, i); discard_call_mgr_af_context(thread, i) };
        atomic {
            manager_opening[i] = 0;
            manager_handle[i] = 0;
            leave_ProtocolCmOpenAf(thread, i, ST_RESOURCES)
        }
    fi
}

/* The worker completes what was pended; a failed open's handle is dead when the completion
 * function has returned (AF-OP-18). */
inline complete_open_that_pends(thread, i)
{
    if
    :: atomic { !manager_refuses -> accept_the_open(thread, i) };
        call_NdisCmOpenAddressFamilyComplete(thread, i, MINIPORT, ST_SUCCESS)
    :: atomic { store_call_mgr_af_context(thread, i); discard_call_mgr_af_context(thread, i) };
        call_NdisCmOpenAddressFamilyComplete(thread, i, MINIPORT, ST_FAILURE);
        manager_handle[i] = 0
    fi;
    manager_opening[i] = 0
}

/* One whose client may have been notified meanwhile (AMB-22 ii). */
inline complete_open_that_was_accepted(thread, i)
{
    if
    :: call_NdisCmOpenAddressFamilyComplete(thread, i, MINIPORT, ST_SUCCESS)
    :: atomic { !notifying[i] -> manager_references[i]--; discard_call_mgr_af_context(thread, i) };
        call_NdisCmOpenAddressFamilyComplete(thread, i, MINIPORT, ST_FAILURE);
        manager_handle[i] = 0
    fi;
    manager_opening[i] = 0
}

/* Pended opens are completed before the first notification (AMB-22 i). */
#define no_open_awaits_manager  (!manager_opening[0] IF_SECOND_AF(&& !manager_opening[1]))
#define manager_may_notify  (AMB_22_PENDED == READING_B || no_open_awaits_manager)

/* ---- the client's part ---- */

bit client_leaves[BINDINGS];     /* its unbind has begun */
bit is_opening[AFS];

#define nothing_opens(i)   (IF_AF_SLOTS(!is_opening[0] && !is_opening[1]) UNLESS_AF_SLOTS(!is_opening[i]))
#define nothing_is_left(i) IF_AF_SLOTS((client_references[1 - i] == 0)) UNLESS_AF_SLOTS(true)

#define may_open(i)  (!client_leaves[binding_of(i)] && nothing_opens(i))

/* An open that has succeeded may be used and closed. Who was notified before has put the
 * close off until now. */
inline open_has_succeeded(thread, i)
{
    atomic {
        client_handle[i] = this_open(i);
        is_opening[i] = 0;
        if
        :: must_answer[i] -> work_queued[i] = 1
        :: else -> claimed[i] = 0; may_close_by_itself[i] = BY_ITSELF
        fi
    }
}

/* One that has failed leads to the unbind, unless another AF is left (AMB-32 b). The
 * unbind waits for is_opening, so that the binding handle lives until then (AMB-32 i). */
inline open_has_failed(thread, i)
{
    atomic {
        note_failed_open(i);
        if
        :: AMB_32 == READING_A || (nothing_is_left(i) && !client_leaves[binding_of(i)]) ->
            NdisUnbindAdapter(thread, binding_of(i))
        :: else
        fi
    };
    atomic { is_opening[i] = 0; drop_client_reference(thread, i) }
}

inline open_has_ended(thread, i, with_status)
{
    if
    :: with_status == ST_SUCCESS -> open_has_succeeded(thread, i)
    :: else -> open_has_failed(thread, i)
    fi
}

/* At PASSIVE_LEVEL, so not on the worker of the call manager, which may be above it. */
#define deliver_open(i) \
    atomic { was_completed(opening[i].operation) && !opening[i].operation.delivered -> \
        result = opening[i].operation.status; \
        enter_ProtocolClOpenAfCompleteEx(NDIS_WORKER, i, result) }; \
    open_has_ended(NDIS_WORKER, i, result); \
    result = 0

/* What was completed on the thread of the open may be delivered there. */
inline deliver_inside(thread, i)
{
    if
    :: atomic { was_completed(opening[i].operation) && !opening[i].operation.delivered ->
            result = opening[i].operation.status;
            enter_ProtocolClOpenAfCompleteEx(thread, i, result) };
        open_has_ended(thread, i, result);
        result = 0
    :: skip
    fi
}

/* The reference of the call is dropped when it has returned. */
inline NdisClOpenAddressFamilyEx(thread, i, b)
{
    call_NdisClOpenAddressFamilyEx(thread, i, b);
    ProtocolCmOpenAf(thread, i);
    atomic {
        result = operation_result(opening[i].operation);
        return_NdisClOpenAddressFamilyEx(thread, i, b, result)
    };
    if
    :: result != ST_PENDING ->
        own_ProtocolClOpenAfCompleteEx(thread, i, result);
        open_has_ended(thread, i, result)
    :: else
    fi;
    atomic { drop_client_reference(thread, i); result = 0; offering[b] = 0 }
}

/* The client opens in a slot that is free, if no open pends (AF-OP-08) and it knows the
 * family; it does not open any more when it leaves. The slot is also the number of NDIS's
 * AF and of the call manager's, who may still hold the last one in it: hence is_free. */
#define is_free(i)  (ndis_has_forgotten(i) && !manager_opening[i])

inline ProtocolCoAfRegisterNotify(thread, i)   /* after its entry */
{
    if
    :: atomic { may_open_another(i) -> begin_to_open(i) };
        NdisClOpenAddressFamilyEx(thread, i, binding_of(i))
    IF_AF_SLOTS(
    :: atomic { may_open(i) && client_references[0] > 0 && client_references[1] == 0 && is_free(1) ->
            begin_to_open(1) };
        NdisClOpenAddressFamilyEx(thread, 1, 1)
    )
    :: offering[binding_of(i)] = 0
    fi
}

/* Nobody may close what is not open: the open claims the close until it has succeeded. */
inline begin_to_open(i)
{
    is_opening[i] = 1;
    claimed[i] = 1;
    closed[i] = 0;
    must_answer[i] = 0;
    client_references[i] = 2
}

/* ---- who runs ---- */

#define NDIS_OFFERS  16

/* NDIS offers when the call manager has registered (AMB-22-OFFER a), or when its bind has
 * succeeded besides (b). */
#define offer_may_be_made(b) \
    (binding[b].offer_owed && binding[b].phase == BOUND && \
     (AMB_22_OFFER == READING_A || binding[0].phase == BOUND))

inline begin_to_offer(b)
{
    offering[b] = 1;
    offered_by[b] = binding[0].generation;
    enter_af_register_notify(NDIS_OFFERS, b)
}

/* The call manager registers from its bind, the MCM from its initialisation. NDIS binds it
 * again when none of its callbacks runs for the old binding. */
#define no_open_inside(b)  (opening[b - 1].operation.server != SERVER_INSIDE)

inline bind_the_manager()
{
    atomic {
        all_of_afs(no_open_inside);
        enter_bind(SYSTEM, 0, MINIPORT);
        if
        :: !MINIPORT -> NdisOpenAdapterEx_at_once(SYSTEM, 0)
        :: else
        fi;
        manager_leaves = 0;
        call_register_af(SYSTEM, 0, MINIPORT)
    };
    leave_bind(SYSTEM, 0, MINIPORT, ST_SUCCESS)
}

inline bind_the_client(i)
{
    atomic {
        enter_bind(SYSTEM, i + 1, 0);
        NdisOpenAdapterEx_at_once(SYSTEM, i + 1);
        client_leaves[i + 1] = 0;
        may_register_again(i);
        leave_bind(SYSTEM, i + 1, 0, ST_SUCCESS)
    }
}

/* A reconfiguration rebinds all that it unbound. */
inline bind_whom_the_system_binds()
{
    if
    :: bind_the_manager(); manager_first = 1
    :: manager_first = 0
    fi;
    for (k : 0 .. CLIENTS - 1) {
        if
        :: binding[k + 1].phase == UNBOUND && (round == 0 || CLIENTS_LEAVE) -> bind_the_client(k)
        :: else
        fi
    }
    k = 0;
    if
    :: !manager_first -> bind_the_manager()
    :: else -> manager_first = 0
    fi
}

#endif

/* ---- what the threads do with opens: options of threads.pml and client.pml ---- */

#define MANAGER_WORKER_OPTIONS_OF_OPENING IF_OPENING( \
    :: atomic { open_queued[0] -> open_queued[0] = 0 }; complete_open(MANAGER_WORKER, 0) \
    IF_SECOND_AF( \
    :: atomic { open_queued[1] -> open_queued[1] = 0 }; complete_open(MANAGER_WORKER, 1) \
    ))

#define NDIS_WORKER_OPTIONS_OF_OPENING \
    IF_OPENING( \
    :: deliver_open(0) \
    IF_SECOND_AF(:: deliver_open(1)) \
    ) \
    IF_RESETS( \
    :: atomic { !was_reset -> reset_miniport(SYSTEM) } \
    )
