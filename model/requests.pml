/* requests.pml - OID requests that can cross a close: to the peer on an AF, in both
 * directions, to the miniport, and OID_CO_AF_CLOSE, by which a call manager of the older
 * kind tells its clients to close. Conventions as in ndis.pml.
 *
 * Each AF i has four requests: */
#define REQUEST_BY_CLIENT(i)   (i)                /* the client asks its call manager */
#define REQUEST_BY_MANAGER(i)  (AFS + (i))        /* the call manager asks the client */
#define AF_CLOSE_REQUEST(i)    (2 * AFS + (i))    /* ... to close (OID_CO_AF_CLOSE) */
#define MINIPORT_REQUEST(i)    (3 * AFS + (i))    /* the client asks the miniport, with a NULL AF handle */

#if REQUESTS > 0
#define is_to_client(r)     (is_by_manager(r) || is_af_close(r))

#define NULL_HANDLE  0
#define AF_HANDLE    1

typedef Request {
    GENERATION generation;
    bit af_handle;               /* the handle it was made with: an AF's, or NULL */
    bit in_memory;               /* NDIS_OID_REQUEST and its buffers belong to the requester (OID-04) */
    Operation operation
}
Request request[ALL_REQUESTS];
bit nic_is_resetting;            /* the drivers were told that a reset has begun, and not that it has ended */
bit asked_to_close[AFS];         /* by OID_CO_AF_CLOSE */

#define request_is_out(r)  (!is_over(request[r].operation) && !request[r].operation.delivered)
#define closing_was_missed(r) \
    (request[r].operation.caller == CALLER_ANSWERED && request[r].operation.status == ST_CLOSING)
#define request_is_held(r)         (request[r].operation.server == SERVER_PENDED)

/* A close is in progress: of the AF, or of a binding at either end (OID-08). The unbind of
 * the call manager is no reason to keep OID_CO_AF_CLOSE from the client: it comes from
 * there, and would then never arrive. */
#define is_in_closing(r) \
    (af[af_of(r)].phase == AF_CLOSING || \
     (!is_af_close(r) && (binding[0].phase == UNBINDING || binding[client_of(r)].phase == UNBINDING)))

inline request_line(thread, by_client, by_manager, af_close, to_miniport, r, with_status)
{
    if
    :: is_by_client(r) -> object_line(thread, by_client, r, request[r].generation, with_status, af_of(r))
    :: is_by_manager(r) -> object_line(thread, by_manager, r, request[r].generation, with_status, af_of(r))
    :: is_af_close(r) -> af_line(thread, af_close, af_of(r), with_status)
    :: is_to_miniport(r) -> binding_line(thread, to_miniport, client_of(r), with_status)
    fi
}

/* ---- a request from its call to its end ---- */

inline call_NdisCoOidRequest(thread, r, with_handle, for_miniport)
{
    d_step {
        request[r].generation = request[r].generation + 1;
        if
        :: for_miniport ->
            request_line(thread, 0, EV_REQUEST_BY_MANAGER_MCM_CALL, EV_OID_CO_AF_CLOSE_MCM_CALL, 0, r, 0)
        :: else ->
            request_line(thread, EV_REQUEST_BY_CLIENT_CALL, EV_REQUEST_BY_MANAGER_CALL,
                         EV_OID_CO_AF_CLOSE_CALL, EV_REQUEST_TO_MINIPORT_CALL, r, 0)
        fi;
        need(is_over(request[r].operation) && !request[r].in_memory, RQ_OID_04);
        if
        :: is_by_client(r) ->
            need_right_to_use(af_of(r));
            af[af_of(r)].requests++
        :: is_to_miniport(r) ->
            need(binding[client_of(r)].adapter == ADAPTER_OPEN, RQ_OID_05);
            need(!nic_is_resetting, RQ_OID_09);
            binding[client_of(r)].requests++
        :: else ->
            need(for_miniport == binding[0].miniport, RQ_MCM_07);
            need(binding[0].miniport || binding[0].adapter == ADAPTER_OPEN, RQ_OID_05);
            need(af[af_of(r)].manager_close != MANAGER_CLOSE_SUCCEEDED, RQ_AF_CM_21);
            need(!manager_has_closed(af_of(r)), RQ_AF_CM_16);
            need(af[af_of(r)].manager_context, RQ_AF_CM_24)
        fi;
        if
        :: is_af_close(r) ->
            need(af[af_of(r)].notified == NEVER_NOTIFIED, RQ_NTF_43);
            asked_to_close[af_of(r)] = 1
        :: else
        fi;
        request[r].af_handle = with_handle;
        request[r].in_memory = 1;
        begin_operation(request[r].operation)
    }
}

/* NDIS answers by itself: the AF or a binding is closing (OID-08). Once the client has
 * begun to close its AF, nothing is delivered to it there. */
inline answer_closing(r)
{
    d_step { answer_operation(request[r].operation, ST_CLOSING) }
}

/* The peer on the AF, or the miniport if the AF handle is NULL (OID-06). */
inline enter_CoOidRequest(thread, r)
{
    d_step {
        request_line(thread, EV_REQUEST_BY_CLIENT_ENTER, EV_REQUEST_BY_MANAGER_ENTER,
                     EV_OID_CO_AF_CLOSE_ENTER, EV_REQUEST_TO_MINIPORT_ENTER, r, 0);
        need(request[r].af_handle == !is_to_miniport(r), RQ_OID_06);
        enter_operation(request[r].operation, RQ_OID_01);
        if
        :: is_by_client(r) -> need(af[af_of(r)].manager_context, RQ_AF_OP_19)
        :: is_to_client(r) -> need(af[af_of(r)].client_context, RQ_AF_OP_11)
        :: else
        fi
    }
}

/* A client that pends a request has an obligation that it cannot keep once its AF closes
 * (OID-07), unless it has kept it already. */
inline leave_CoOidRequest(thread, r, with_status)
{
    d_step {
        request_line(thread, EV_REQUEST_BY_CLIENT_LEAVE, EV_REQUEST_BY_MANAGER_LEAVE,
                     EV_OID_CO_AF_CLOSE_LEAVE, EV_REQUEST_TO_MINIPORT_LEAVE, r, with_status);
        need(request[r].in_memory || request[r].operation.delivered, RQ_OID_04);
        need(!is_af_close(r) || with_status != ST_NOT_SUPPORTED, RQ_NTF_42);
        need(AMB_33 != READING_A || !is_to_client(r) || with_status != ST_PENDING ||
             request[r].operation.server != SERVER_INSIDE || af[af_of(r)].phase == AF_OPEN, RQ_OID_07);
        leave_operation(request[r].operation, with_status, RQ_OID_03)
    }
}

inline call_CoOidRequestComplete(thread, r, for_miniport, with_status)
{
    d_step {
        if
        :: for_miniport -> request_line(thread, EV_REQUEST_BY_CLIENT_MCM_COMPLETE, 0, 0, 0, r, with_status)
        :: else ->
            request_line(thread, EV_REQUEST_BY_CLIENT_COMPLETE, EV_REQUEST_BY_MANAGER_COMPLETE,
                         EV_OID_CO_AF_CLOSE_COMPLETE, EV_REQUEST_TO_MINIPORT_COMPLETE, r, with_status)
        fi;
        need(!is_by_client(r) || for_miniport == binding[0].miniport, RQ_OID_03);
        need(!is_to_client(r) || af[af_of(r)].phase == AF_OPEN, RQ_AF_CL_02);
        complete_operation(request[r].operation, with_status, RQ_OID_03);
        need(request[r].in_memory, RQ_OID_04)
    }
}

inline request_has_ended(r)
{
    if
    :: is_by_client(r) -> af[af_of(r)].requests--
    :: is_to_miniport(r) -> binding[client_of(r)].requests--
    :: else
    fi
}

inline enter_ProtocolCoOidRequestComplete(thread, r, with_status)
{
    d_step {
        request_line(thread, EV_REQUEST_BY_CLIENT_DELIVER, EV_REQUEST_BY_MANAGER_DELIVER,
                     EV_OID_CO_AF_CLOSE_DELIVER, EV_REQUEST_TO_MINIPORT_DELIVER, r, with_status);
        deliver_operation(request[r].operation, with_status, RQ_OID_01);
        if
        :: is_by_client(r) -> need(af[af_of(r)].client_context, RQ_AF_OP_11)
        :: is_to_client(r) -> need(af[af_of(r)].manager_context, RQ_AF_OP_19)
        :: else -> need(binding[client_of(r)].context, RQ_CAD_11)
        fi;
        request_has_ended(r)
    }
}

inline return_NdisCoOidRequest(thread, r, for_miniport, with_status)
{
    d_step {
        if
        :: for_miniport ->
            request_line(thread, 0, EV_REQUEST_BY_MANAGER_MCM_RETURN, EV_OID_CO_AF_CLOSE_MCM_RETURN, 0, r, with_status)
        :: else ->
            request_line(thread, EV_REQUEST_BY_CLIENT_RETURN, EV_REQUEST_BY_MANAGER_RETURN,
                         EV_OID_CO_AF_CLOSE_RETURN, EV_REQUEST_TO_MINIPORT_RETURN, r, with_status)
        fi;
        need(!is_to_client(r) || for_miniport == binding[0].miniport, RQ_MCM_07);
        return_operation(request[r].operation, with_status, RQ_OID_01);
        if
        :: with_status != ST_PENDING -> request_has_ended(r)
        :: else
        fi
    }
}

inline own_ProtocolCoOidRequestComplete(thread, r, with_status)
{
    d_step {
        request_line(thread, EV_REQUEST_BY_CLIENT_OWN, EV_REQUEST_BY_MANAGER_OWN,
                     EV_OID_CO_AF_CLOSE_OWN, EV_REQUEST_TO_MINIPORT_OWN, r, with_status);
        own_operation(request[r].operation, with_status, RQ_OID_01)
    }
}

inline free_request(thread, r)
{
    d_step {
        request_line(thread, EV_FREE_REQUEST_BY_CLIENT, EV_FREE_REQUEST_BY_MANAGER,
                     EV_FREE_OID_CO_AF_CLOSE, EV_FREE_REQUEST_TO_MINIPORT, r, 0);
        need(request[r].in_memory && !request_is_out(r), RQ_OID_04);
        request[r].in_memory = 0
    }
}

/* ---- what a close asks, and what must be over in the end ---- */

/* Of the client: nothing outstanding either way (OID-07, AMB-33 a). It cannot know of a
 * request that has not been delivered to it yet, so only what it holds counts. */
inline need_no_request_held(i)
{
    for (other : 0 .. ALL_REQUESTS - 1) {
        need(AMB_33 != READING_A || !is_to_client(other) || af_of(other) != i || !request_is_held(other), RQ_OID_07)
    }
    other = 0
}

/* Of the call manager: its own requests are over as well before it ends the close. */
inline need_no_request_left(i)
{
    for (other : 0 .. ALL_REQUESTS - 1) {
        need(!is_by_manager(other) || af_of(other) != i || !closing_was_missed(other), RQ_OID_08);
        need(!is_to_client(other) || af_of(other) != i || !request_is_out(other), RQ_OID_07)
    }
    other = 0
}

/* And before it frees its context. */
inline need_no_request_with_context(i)
{
    for (other : 0 .. ALL_REQUESTS - 1) {
        need(!is_to_client(other) || af_of(other) != i ||
             !(request_is_out(other) || (is_by_manager(other) && closing_was_missed(other))), RQ_AF_CM_24)
    }
    other = 0
}

/* A call manager of the older kind asks before it leaves, and then waits. */
inline need_asked(i)
{
    need(!asks_by_oid || asked_to_close[i] || af[i].phase != AF_OPEN, RQ_NTF_41);
    need(!asked_to_close[i], RQ_UNB_24)
}

inline need_not_asked(i)
{
    need(!asked_to_close[i], RQ_NTF_43)
}

inline need_requests_at_rest()
{
    for (other : 0 .. ALL_REQUESTS - 1) {
        need(!closing_was_missed(other), RQ_OID_08);
        need(is_over(request[other].operation), RQ_OID_01);
        need(!request[other].in_memory, RQ_OID_04)
    }
}

/* ---- a reset of the NIC ---- */

inline begin_reset(thread, b)
{
    d_step {
        binding_line(thread, EV_RESET_MINIPORT, b, 0);
        nic_is_resetting = 1
    }
}

inline enter_reset_end(thread, b)
{
    d_step {
        binding_line(thread, EV_RESET_END, b, 0);
        nic_is_resetting = 0
    }
}

/* ---- both drivers ---- */

bit held[ALL_REQUESTS];                /* the server has pended it and is to complete it */
bit may_ask[ALL_REQUESTS];             /* the requester has not made it in this round */

/* The call manager counts its references for requests: one until the call has returned, one
 * until the request is over. While there is one the AF handle is in use (AF-CM-16). */
byte requests_of_manager[AFS];
#define no_request_of_manager(i)  (requests_of_manager[i] == 0)

/* The client's own view. */
bit client_waits_for[ALL_REQUESTS];    /* its request is not over (OID-02: noted before the call) */
bit client_completes[AFS];        /* it is completing a request that it has pended */
bit client_saw_reset;

bit asks_by_oid;                  /* the call manager is of the older kind (NTF-41) */
bit may_reset;

inline drop_request_reference(thread, i)
{
    atomic { requests_of_manager[i]--; drop_manager_reference(thread, i) }
}

inline requester_is_done(thread, r)
{
    if
    :: is_by_client(r) || is_to_miniport(r) ->
        atomic { free_request(thread, r); client_waits_for[r] = 0 }
    :: else ->
        free_request(thread, r);
        drop_request_reference(thread, af_of(r))
    fi
}

inline ProtocolCoOidRequestComplete(thread, r)
{
    atomic {
        enter_ProtocolCoOidRequestComplete(thread, r, request[r].operation.status);
        need(is_to_client(r) || client_waits_for[r], RQ_OID_02)
    };
    requester_is_done(thread, r)
}

inline CoOidRequestComplete(thread, r, for_miniport, with_status)
{
    call_CoOidRequestComplete(thread, r, for_miniport, with_status);
    ProtocolCoOidRequestComplete(thread, r)
}

/* The call manager may pend a request of the client, the miniport one of its own; the
 * client pends none once it has decided to close. */
#define client_is_open(i)  (client_references[i] > 0 && !claimed[i])
#define may_hold(r)        (is_by_client(r) || is_to_miniport(r) || client_is_open(af_of(r)))

/* A client that completes does not close meanwhile. */
inline note_completion(r, begun)
{
    client_completes[af_of(r)] = (is_to_client(r) -> begun : client_completes[af_of(r)])
}

/* On the thread of the request, before that has returned. */
inline complete_inside(thread, r)
{
    CoOidRequestComplete(thread, r, (is_by_client(r) -> MINIPORT : 0), ST_SUCCESS);
    note_completion(r, 0);
    leave_CoOidRequest(thread, r, ST_PENDING)
}

inline serve_request(thread, r)
{
    if
    :: atomic { may_hold(r) -> held[r] = 1 }; leave_CoOidRequest(thread, r, ST_PENDING)
    :: leave_CoOidRequest(thread, r, ST_SUCCESS)
    :: leave_CoOidRequest(thread, r, ST_NOT_SUPPORTED)
    IF_INSIDE(:: atomic { may_hold(r) -> note_completion(r, 1) }; complete_inside(thread, r))
    fi
}

/* The client takes OID_CO_AF_CLOSE as it takes a notification: whoever claims the close
 * closes, and a second demand is met already (AMB-21). Its worker closes, after it has
 * completed what was pended (AMB-33). */
inline serve_af_close(thread, r)
{
    if
    :: atomic { client_is_open(af_of(r)) -> claimed[af_of(r)] = 1; work_queued[af_of(r)] = 1; held[r] = 1 };
        leave_CoOidRequest(thread, r, ST_PENDING)
    :: atomic { client_is_open(af_of(r)) -> claimed[af_of(r)] = 1; work_queued[af_of(r)] = 1 };
        leave_CoOidRequest(thread, r, ST_SUCCESS)
    :: atomic { !client_is_open(af_of(r)) -> skip };
        leave_CoOidRequest(thread, r, ST_SUCCESS)
    IF_INSIDE(
    :: atomic { client_is_open(af_of(r)) -> claimed[af_of(r)] = 1; work_queued[af_of(r)] = 1; note_completion(r, 1) };
        complete_inside(thread, r)
    )
    fi
}

/* From the call to its return. Once the client has begun to close its AF nothing more is
 * delivered to it there. */
inline finish_request(thread, r, for_miniport)
{
    if
    :: atomic { !is_to_miniport(r) && is_in_closing(r) -> answer_closing(r) }
    :: atomic { (!is_to_client(r) || af[af_of(r)].phase == AF_OPEN) -> enter_CoOidRequest(thread, r) };
        if
        :: is_af_close(r) -> serve_af_close(thread, r)
        :: else -> serve_request(thread, r)
        fi;
        abort_what_is_held(thread, r)
    fi;
    atomic {
        result = operation_result(request[r].operation);
        return_NdisCoOidRequest(thread, r, for_miniport, result)
    };
    if
    :: result != ST_PENDING ->
        own_ProtocolCoOidRequestComplete(thread, r, result);
        requester_is_done(thread, r)
    :: else
    fi;
    result = 0
}

inline NdisCoOidRequest(thread, r, with_handle, for_miniport)
{
    call_NdisCoOidRequest(thread, r, with_handle, for_miniport);
    finish_request(thread, r, for_miniport)
}

/* AMB-33 c: NDIS completes what a closing client holds. */
inline abort_what_is_held(thread, r)
{
    if
    :: atomic { AMB_33 == READING_C && is_by_manager(r) && request_is_held(r) && af[af_of(r)].phase != AF_OPEN ->
                held[r] = 0;
                complete_operation(request[r].operation, ST_CLOSING, RQ_OID_03) };
        ProtocolCoOidRequestComplete(thread, r)
    :: else
    fi
}

/* ---- the client's part ---- */

/* It completes what it has pended, at any time before it closes; tear_down when it closes. */
#define holds_request(i)      (held[REQUEST_BY_MANAGER(i)] && AMB_33 == READING_A)
#define may_complete_late(i)  (held[REQUEST_BY_MANAGER(i)] && (!claimed[i] || AMB_33 == READING_B))
#define no_request_left(i) \
    (!client_waits_for[REQUEST_BY_CLIENT(i)] && !client_completes[i] && \
     !holds_request(i) && !held[AF_CLOSE_REQUEST(i)])

#define no_request_to_miniport(i)  (!client_waits_for[MINIPORT_REQUEST(i)])

inline complete_request(thread, r)
{
    CoOidRequestComplete(thread, r, 0, ST_SUCCESS);
    client_completes[af_of(r)] = 0
}

/* ---- the call manager's part ---- */

#define manager_is_open(i)  (manager_references[i] > 0 && !manager_closed[i])

inline begin_request_of_manager(i)
{
    requests_of_manager[i] = requests_of_manager[i] + 2;
    manager_references[i] = manager_references[i] + 2
}

/* Of the older kind: it asks before it leaves (NTF-41), and the answer tells it nothing
 * about the close, for which it waits as always (AMB-21). */
inline ask_to_close(thread, i)
{
    if
    :: atomic { asks_by_oid && manager_is_open(i) -> begin_request_of_manager(i) };
        NdisCoOidRequest(thread, AF_CLOSE_REQUEST(i), AF_HANDLE, MINIPORT);
        drop_request_reference(thread, i)
    :: atomic { !(asks_by_oid && manager_is_open(i)) -> skip }
    fi
}

/* A round begins. */
inline allow_requests(i)
{
    may_ask[REQUEST_BY_CLIENT(i)] = (i == 0 && CLIENT_REQUESTS);
    may_ask[REQUEST_BY_MANAGER(i)] = (i == 0 && MANAGER_REQUESTS);
    may_ask[MINIPORT_REQUEST(i)] = (i == 0 && MINIPORT_REQUESTS);
    may_reset = (MINIPORT_REQUESTS > 0);
    asked_to_close[i] = 0;
    if
    :: AMB_21 == READING_A -> asks_by_oid = 1
    :: AMB_21 == READING_A -> asks_by_oid = 0
    :: AMB_21 != READING_A -> asks_by_oid = AF_CLOSE_OID
    fi
}
#define notifies  (!asks_by_oid || AMB_21 == READING_C)
#else
#define no_request_left(i)        true
#define no_request_to_miniport(i) true
#define no_request_of_manager(i)  true
#define notifies                  true
#endif

/* ---- what the threads do with requests: options of threads.pml and client.pml ---- */

#define MANAGER_WORKER_OPTIONS_OF_REQUESTS IF_REQUESTS( \
    :: atomic { held[REQUEST_BY_CLIENT(0)] -> held[REQUEST_BY_CLIENT(0)] = 0 }; \
        CoOidRequestComplete(MANAGER_WORKER, REQUEST_BY_CLIENT(0), MINIPORT, ST_SUCCESS) \
    :: atomic { may_ask[REQUEST_BY_MANAGER(0)] && manager_is_open(0) -> \
                may_ask[REQUEST_BY_MANAGER(0)] = 0; begin_request_of_manager(0) }; \
        NdisCoOidRequest(MANAGER_WORKER, REQUEST_BY_MANAGER(0), AF_HANDLE, MINIPORT); \
        drop_request_reference(MANAGER_WORKER, 0))

#define NDIS_WORKER_OPTIONS_OF_REQUESTS IF_REQUESTS( \
    :: atomic { held[MINIPORT_REQUEST(0)] -> held[MINIPORT_REQUEST(0)] = 0 }; \
        CoOidRequestComplete(NDIS_WORKER, MINIPORT_REQUEST(0), 0, ST_SUCCESS) \
    :: atomic { may_reset && binding[1].phase == BOUND -> \
                may_reset = 0; begin_reset(NDIS_WORKER, 1); client_saw_reset = 1 }; \
        atomic { enter_reset_end(NDIS_WORKER, 1); client_saw_reset = 0 })

#define CLIENT_WORKER_OPTIONS_OF_REQUESTS(i) IF_REQUESTS( \
    :: atomic { may_complete_late(i) -> held[REQUEST_BY_MANAGER(i)] = 0; client_completes[i] = 1 }; \
        complete_request(CLIENT_WORKER(i), REQUEST_BY_MANAGER(i)))

#define CLIENT_USER_OPTIONS_OF_REQUESTS(i) IF_REQUESTS( \
    :: atomic { may_use(i) && may_ask[REQUEST_BY_CLIENT(i)] -> \
                may_ask[REQUEST_BY_CLIENT(i)] = 0; is_using[i] = 1; client_waits_for[REQUEST_BY_CLIENT(i)] = 1 }; \
        NdisCoOidRequest(CLIENT_USER(i), REQUEST_BY_CLIENT(i), AF_HANDLE, 0); \
        is_using[i] = 0 \
    :: atomic { may_use(i) && may_ask[MINIPORT_REQUEST(i)] && !client_saw_reset -> \
                may_ask[MINIPORT_REQUEST(i)] = 0; is_using[i] = 1; client_waits_for[MINIPORT_REQUEST(i)] = 1; \
                call_NdisCoOidRequest(CLIENT_USER(i), MINIPORT_REQUEST(i), NULL_HANDLE, 0) }; \
        finish_request(CLIENT_USER(i), MINIPORT_REQUEST(i), 0); \
        is_using[i] = 0)

#define TEAR_DOWN_OPTIONS_OF_REQUESTS(thread, i) IF_REQUESTS( \
    :: atomic { holds_request(i) -> held[REQUEST_BY_MANAGER(i)] = 0; client_completes[i] = 1 }; \
        complete_request(thread, REQUEST_BY_MANAGER(i)) \
    :: atomic { held[AF_CLOSE_REQUEST(i)] -> held[AF_CLOSE_REQUEST(i)] = 0; client_completes[i] = 1 }; \
        complete_request(thread, AF_CLOSE_REQUEST(i)))
