/* request_logic.h - the words of the contracts of request.h. Each speaks of one
 * request, by value. */
#ifndef CLOSEAF_REQUEST_LOGIC_H
#define CLOSEAF_REQUEST_LOGIC_H

/*@ predicate goes_to_client(integer kind) = kind == BY_MANAGER || kind == AF_CLOSE;

    // Its kind is not the event's: it was not addressed to that driver (OID-06).
    predicate misaddressed(struct request q, integer kind) =
      !is_over(q.operation) && q.kind != kind;

    predicate request_is_out(struct request q) = !has_ended(q.operation);

    // Its server has pended it and is to complete it.
    predicate request_is_held(struct request q) = q.operation.server == SERVER_PENDED;

    // It was answered with CLOSING and its requester has not taken that in (OID-08).
    predicate closing_was_missed(struct request q) =
      q.operation.caller == CALLER_ANSWERED && q.operation.status == CLOSING;

    predicate request_is_free(struct request q) =
      is_over(q.operation) && q.in_memory == 0;

    // The AF was told to close by OID_CO_AF_CLOSE (NTF-43).
    predicate asked_to_close(struct request q, struct handle af) =
      q.kind == AF_CLOSE && q.on == af;

    // The unbind of the call manager does not keep OID_CO_AF_CLOSE from the client: it comes
    // from there, and would then never arrive.
    predicate close_is_in_progress(integer kind, struct address_family af,
                                   uint8_t binding_is_closing) =
      af.phase == AF_CLOSING || (kind != AF_CLOSE && binding_is_closing != 0);

    // NDIS answers by itself and disturbs no server (OID-08).
    predicate ndis_answers_closing(struct request q, struct address_family af,
                                   uint8_t binding_is_closing, integer status) =
      q.kind != TO_MINIPORT && server_may_be_called(q.operation) && status == CLOSING &&
      (q.in_closing == 1 || close_is_in_progress(q.kind, af, binding_is_closing));

    // AMB-33 c: NDIS completes what a closing client holds.
    predicate ndis_aborts(struct request q, struct address_family af, struct readings r,
                          integer status) =
      r.amb_33 == 'c' && q.kind == BY_MANAGER && request_is_held(q) &&
      af.phase != AF_OPEN && status == CLOSING;

    predicate request_invariant(struct request q) =
      q.kind <= TO_MINIPORT && q.in_memory <= 1 && q.in_closing <= 1 &&
      operation_invariant(q.operation) &&
      (q.generation == 0 ==> request_is_free(q) && q.kind == REQUEST_NONE) &&
      (q.kind == REQUEST_NONE ==> q.generation == 0) &&
      // OID-04: as long as NDIS or the server may look at it.
      (q.in_memory == 0 ==> !request_is_out(q));

    // Within a generation: it is made once, ends once, and what is freed stays freed.
    predicate request_evolves(struct request old, struct request new) =
      new.generation >= old.generation &&
      (new.generation == old.generation ==>
         new.kind == old.kind && new.on == old.on &&
         (is_over(old.operation) ==> is_over(new.operation)) &&
         (!request_is_out(old) ==> !request_is_out(new)) &&
         (!caller_may_be_called(old.operation) ==> !caller_may_be_called(new.operation)) &&
         (old.in_memory == 0 ==> new.in_memory == 0) &&
         (old.in_closing == 1 ==> new.in_closing == 1));

    // The right to make a request: CONFORMING, or the requirement that its call breaks.
    logic integer right_to_request(integer kind, integer by_mcm, struct address_family af,
                                   struct binding requester, integer nic_is_resetting) =
      kind == BY_CLIENT ?
        (af.phase == AF_OPEN ? CONFORMING : af.phase == AF_CLOSING ? AF_CL_27 :
         af.phase == AF_OPENING ? AF_OP_08 : af.phase == AF_FAILED ? AF_OP_05 : AF_CL_02) :
      kind == TO_MINIPORT ?
        (requester.adapter != ADAPTER_OPEN ? OID_05 :
         nic_is_resetting != 0 ? OID_09 : CONFORMING) :
      by_mcm != af.miniport ? MCM_07 :
      af.miniport == 0 && requester.adapter != ADAPTER_OPEN ? OID_05 :
      af.manager_close == MANAGER_CLOSE_SUCCEEDED ? AF_CM_21 :
      af.manager_close == MANAGER_CLOSE_COMPLETED ||
        af.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE ? AF_CM_16 :
      af.manager_context == 0 ? AF_CM_24 :
      kind == AF_CLOSE && af.notified != NEVER_NOTIFIED ? NTF_43 : CONFORMING;

    logic struct request made(struct request q, integer kind, struct handle on,
                              integer in_closing) =
      {q \with .generation = (uint32_t)(q.generation + 1), .on = on, .kind = (uint8_t)kind,
        .in_memory = (uint8_t)1, .in_closing = (uint8_t)in_closing,
        .operation = begun(q.operation)};

    logic struct operation answered_closing(struct operation o) =
      after(answered(o, CLOSING), STEP_RETURN, CLOSING);

    logic struct operation aborted(struct operation o) =
      after(after(o, STEP_COMPLETE, CLOSING), STEP_DELIVER, CLOSING);
*/

/*@ // A client that pends has an obligation that it cannot keep once its AF closes.
    predicate pends_too_late(struct request q, integer kind, struct address_family af,
                             struct readings r, integer status) =
      r.amb_33 == 'a' && goes_to_client(kind) && status == PENDING &&
      q.operation.server == SERVER_INSIDE && af.phase != AF_OPEN;

    // Every client knows OID_CO_AF_CLOSE (NTF-42).
    predicate denies_af_close(integer kind, integer status) =
      kind == AF_CLOSE && status == NOT_SUPPORTED;
*/

/*@ predicate may_deliver(struct request q, integer kind, struct address_family af,
                          struct readings r, integer status) =
      !misaddressed(q, kind) &&
      (takes(q.operation, STEP_DELIVER, status) || ndis_aborts(q, af, r, status));

    // The context that the requester's completion is entered with.
    predicate requester_has_context(integer kind, struct address_family af,
                                    struct binding requester) =
      kind == BY_CLIENT ? af.client_context != 0 :
      kind == TO_MINIPORT ? requester.context != 0 : af.manager_context != 0;
*/

/*@ predicate returns_by_the_other_function(integer kind, integer by_mcm,
                                            struct address_family af) =
      goes_to_client(kind) && by_mcm != af.miniport;
*/

/*@ logic integer request_kind_of(integer kind) =
      FIRST_OF_client_request <= kind <= LAST_OF_client_request ? BY_CLIENT :
      FIRST_OF_manager_request <= kind <= LAST_OF_manager_request ? BY_MANAGER :
      FIRST_OF_af_close_request <= kind <= LAST_OF_af_close_request ? AF_CLOSE :
      FIRST_OF_miniport_request <= kind <= LAST_OF_miniport_request ? TO_MINIPORT :
      REQUEST_NONE;

    logic integer by_mcm_of(integer kind) =
      kind == REQUEST_BY_CLIENT_MCM_COMPLETE || kind == REQUEST_BY_MANAGER_MCM_CALL ||
      kind == REQUEST_BY_MANAGER_MCM_RETURN || kind == OID_CO_AF_CLOSE_MCM_CALL ||
      kind == OID_CO_AF_CLOSE_MCM_RETURN ? 1 : 0;

    // Which step of its request an event is.
    logic integer request_step_of(integer kind) =
      kind == REQUEST_BY_CLIENT_CALL || kind == REQUEST_BY_MANAGER_CALL ||
      kind == REQUEST_BY_MANAGER_MCM_CALL || kind == OID_CO_AF_CLOSE_CALL ||
      kind == OID_CO_AF_CLOSE_MCM_CALL || kind == REQUEST_TO_MINIPORT_CALL ?
        MADE :
      kind == REQUEST_BY_CLIENT_ENTER || kind == REQUEST_BY_MANAGER_ENTER ||
      kind == OID_CO_AF_CLOSE_ENTER || kind == REQUEST_TO_MINIPORT_ENTER ?
        STEP_ENTER :
      kind == REQUEST_BY_CLIENT_LEAVE || kind == REQUEST_BY_MANAGER_LEAVE ||
      kind == OID_CO_AF_CLOSE_LEAVE || kind == REQUEST_TO_MINIPORT_LEAVE ?
        STEP_LEAVE :
      kind == REQUEST_BY_CLIENT_COMPLETE || kind == REQUEST_BY_CLIENT_MCM_COMPLETE ||
      kind == REQUEST_BY_MANAGER_COMPLETE || kind == OID_CO_AF_CLOSE_COMPLETE ||
      kind == REQUEST_TO_MINIPORT_COMPLETE ?
        STEP_COMPLETE :
      kind == REQUEST_BY_CLIENT_DELIVER || kind == REQUEST_BY_MANAGER_DELIVER ||
      kind == OID_CO_AF_CLOSE_DELIVER || kind == REQUEST_TO_MINIPORT_DELIVER ?
        STEP_DELIVER :
      kind == REQUEST_BY_CLIENT_RETURN || kind == REQUEST_BY_MANAGER_RETURN ||
      kind == REQUEST_BY_MANAGER_MCM_RETURN || kind == OID_CO_AF_CLOSE_RETURN ||
      kind == OID_CO_AF_CLOSE_MCM_RETURN || kind == REQUEST_TO_MINIPORT_RETURN ?
        STEP_RETURN :
      kind == REQUEST_BY_CLIENT_OWN || kind == REQUEST_BY_MANAGER_OWN ||
      kind == OID_CO_AF_CLOSE_OWN || kind == REQUEST_TO_MINIPORT_OWN ?
        STEP_OWN :
      kind == FREE_REQUEST_BY_CLIENT || kind == FREE_REQUEST_BY_MANAGER ||
      kind == FREE_OID_CO_AF_CLOSE || kind == FREE_REQUEST_TO_MINIPORT ?
        RELEASED :
      NO_STEP;

    predicate is_request_call(integer kind) = request_step_of(kind) == MADE;
    predicate is_request_enter(integer kind) = request_step_of(kind) == STEP_ENTER;
    predicate is_request_leave(integer kind) = request_step_of(kind) == STEP_LEAVE;
    predicate is_request_complete(integer kind) = request_step_of(kind) == STEP_COMPLETE;
    predicate is_request_deliver(integer kind) = request_step_of(kind) == STEP_DELIVER;
    predicate is_request_return(integer kind) = request_step_of(kind) == STEP_RETURN;
    predicate is_request_own(integer kind) = request_step_of(kind) == STEP_OWN;

    // When a request takes an event: the rights and duties of all drivers in one table.
    predicate request_accepts(struct request q, struct address_family af,
                              struct binding requester, uint8_t binding_is_closing,
                              uint8_t nic_is_resetting, struct readings r, struct event e) =
      request_kind_of(e.kind) != REQUEST_NONE &&
      (is_request_call(e.kind) ?
        request_is_free(q) && q.generation < UINT32_MAX &&
        right_to_request(request_kind_of(e.kind), by_mcm_of(e.kind), af, requester,
                         nic_is_resetting) == CONFORMING :
      is_request_enter(e.kind) ?
        !misaddressed(q, request_kind_of(e.kind)) &&
        takes(q.operation, STEP_ENTER, NO_STATUS) &&
        !(q.kind == BY_CLIENT && af.manager_context == 0) &&
        !(goes_to_client(q.kind) && af.client_context == 0) :
      is_request_leave(e.kind) ?
        !misaddressed(q, request_kind_of(e.kind)) &&
        takes(q.operation, STEP_LEAVE, e.status) &&
        !denies_af_close(q.kind, e.status) && !pends_too_late(q, q.kind, af, r, e.status) :
      is_request_complete(e.kind) ?
        !misaddressed(q, request_kind_of(e.kind)) &&
        takes(q.operation, STEP_COMPLETE, e.status) &&
        !(q.kind == BY_CLIENT && by_mcm_of(e.kind) != af.miniport) &&
        !(goes_to_client(q.kind) && af.phase != AF_OPEN) :
      is_request_deliver(e.kind) ?
        may_deliver(q, request_kind_of(e.kind), af, r, e.status) &&
        requester_has_context(q.kind, af, requester) :
      is_request_return(e.kind) ?
        !returns_by_the_other_function(q.kind, by_mcm_of(e.kind), af) &&
        !misaddressed(q, request_kind_of(e.kind)) &&
        (takes(q.operation, STEP_RETURN, e.status) ||
         ndis_answers_closing(q, af, binding_is_closing, e.status)) :
      is_request_own(e.kind) ?
        !misaddressed(q, request_kind_of(e.kind)) && takes(q.operation, STEP_OWN, e.status) :
      q.in_memory != 0 && !request_is_out(q) && q.kind == request_kind_of(e.kind));
*/

/*@ // Who would be called has freed its context: the invariant of the core excludes it.
    predicate context_was_freed(struct request q, integer kind, struct address_family af) =
      q.kind == kind && (af.client_context == 0 || af.manager_context == 0) &&
      (kind == BY_CLIENT ? caller_may_be_called(q.operation)
                         : goes_to_client(kind) && request_is_out(q));
*/

#endif
