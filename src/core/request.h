/* request.h - an OID request: from a client to its call manager, back, to the miniport, or
 * OID_CO_AF_CLOSE, by which a call manager of the older kind tells a client to close.
 *
 * Conventions as in address_family.h. A request between a client and its call manager has a
 * handle of its own in a trace; of the other two kinds an AF, or a binding, has one at a time. */
#ifndef CLOSEAF_REQUEST_H
#define CLOSEAF_REQUEST_H

#include "address_family.h"
#include "binding.h"
#include "contract.h"
#include "operation.h"

enum request_kind {
    REQUEST_NONE,
    BY_CLIENT,
    BY_MANAGER,
    AF_CLOSE,   /* OID_CO_AF_CLOSE (NTF-41) */
    TO_MINIPORT /* made with a NULL AF handle (OID-06) */
};

/* What may happen to a request besides the steps of its operation. */
enum request_step { MADE = STEP_OWN + 1, RELEASED, NO_STEP };

struct request {
    uint32_t generation;
    struct handle on;   /* its AF; the binding of one to the miniport */
    uint8_t kind;       /* enum request_kind */
    uint8_t in_memory;  /* 1: NDIS_OID_REQUEST and its buffers are allocated (OID-04) */
    uint8_t in_closing; /* 1: since its call a close was in progress (OID-08) */
    struct operation operation;
};

/* The words of the contracts. Each speaks of one request, by value. */
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

/* A new request, a new generation: an old handle value never comes back. What the AF counts,
 * and what the binding counts, is theirs. */
/*@ requires is_kind: BY_CLIENT <= kind <= TO_MINIPORT;
    requires is_flag: by_mcm <= 1;
    STEP_OF(request, q)
    behavior OID_04_not_released:
      assumes !request_is_free(*q);
      ensures OID_04: \result == OID_04;
    behavior OID_05_no_right:
      assumes request_is_free(*q) &&
        right_to_request(kind, by_mcm, af, requester, nic_is_resetting) != CONFORMING;
      ensures named: \result == right_to_request(kind, by_mcm, af, requester, nic_is_resetting);
    behavior OID_04_generations_used_up:
      assumes request_is_free(*q) && q->generation == UINT32_MAX &&
        right_to_request(kind, by_mcm, af, requester, nic_is_resetting) == CONFORMING;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior OID_01_made_in_closing:
      assumes request_is_free(*q) && q->generation < UINT32_MAX &&
        right_to_request(kind, by_mcm, af, requester, nic_is_resetting) == CONFORMING &&
        close_is_in_progress(kind, af, binding_is_closing);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == made(\old(*q), kind, on, 1);
    behavior OID_01_made:
      assumes request_is_free(*q) && q->generation < UINT32_MAX &&
        right_to_request(kind, by_mcm, af, requester, nic_is_resetting) == CONFORMING &&
        !close_is_in_progress(kind, af, binding_is_closing);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == made(\old(*q), kind, on, 0);
    complete behaviors;
    disjoint behaviors; */
enum requirement request_call(struct request *q, uint8_t kind, uint8_t by_mcm,
                              struct address_family af, struct binding requester,
                              uint8_t binding_is_closing, uint8_t nic_is_resetting,
                              struct handle on);

/* The peer on the AF is entered, or the miniport. */
/*@ STEP_OF(request, q)
    behavior OID_06_misaddressed:
      assumes misaddressed(*q, kind);
      ensures OID_06: \result == OID_06;
    behavior OID_01_not_owed:
      assumes !misaddressed(*q, kind) && !takes(q->operation, STEP_ENTER, NO_STATUS);
      ensures OID_01: \result == OID_01;
    behavior AF_OP_19_context_freed:
      assumes !misaddressed(*q, kind) && takes(q->operation, STEP_ENTER, NO_STATUS) &&
        kind == BY_CLIENT && af.manager_context == 0;
      ensures AF_OP_19: \result == AF_OP_19;
    behavior AF_OP_11_context_freed:
      assumes !misaddressed(*q, kind) && takes(q->operation, STEP_ENTER, NO_STATUS) &&
        goes_to_client(kind) && af.client_context == 0;
      ensures AF_OP_11: \result == AF_OP_11;
    behavior OID_06_entered:
      assumes !misaddressed(*q, kind) && takes(q->operation, STEP_ENTER, NO_STATUS) &&
        !(kind == BY_CLIENT && af.manager_context == 0) &&
        !(goes_to_client(kind) && af.client_context == 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_enter(struct request *q, uint8_t kind, struct address_family af);

/*@ // A client that pends has an obligation that it cannot keep once its AF closes.
    predicate pends_too_late(struct request q, integer kind, struct address_family af,
                             struct readings r, integer status) =
      r.amb_33 == 'a' && goes_to_client(kind) && status == PENDING &&
      q.operation.server == SERVER_INSIDE && af.phase != AF_OPEN;

    // Every client knows OID_CO_AF_CLOSE (NTF-42).
    predicate denies_af_close(integer kind, integer status) =
      kind == AF_CLOSE && status == NOT_SUPPORTED;
*/

/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(request, q)
    behavior OID_04_released_before:
      assumes q->in_memory == 0 && is_over(q->operation);
      ensures OID_04: \result == OID_04;
    behavior NTF_42_not_supported:
      assumes !(q->in_memory == 0 && is_over(q->operation)) && !misaddressed(*q, kind) &&
        denies_af_close(kind, status);
      ensures NTF_42: \result == NTF_42;
    behavior OID_07_pended_in_closing:
      assumes !(q->in_memory == 0 && is_over(q->operation)) && !misaddressed(*q, kind) &&
        pends_too_late(*q, kind, af, r, status);
      ensures OID_07: \result == OID_07;
    behavior OID_03_not_asked:
      assumes !(q->in_memory == 0 && is_over(q->operation)) &&
        (misaddressed(*q, kind) ||
         (!denies_af_close(kind, status) && !takes(q->operation, STEP_LEAVE, status)));
      ensures OID_03: \result == OID_03;
    behavior OID_03_left:
      assumes !misaddressed(*q, kind) && takes(q->operation, STEP_LEAVE, status) &&
        !denies_af_close(kind, status) && !pends_too_late(*q, kind, af, r, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_LEAVE, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_leave(struct request *q, uint8_t kind, struct address_family af,
                               struct readings r, uint8_t status);

/* The completion is made with the AF handle, which a client that closes has no more. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(request, q)
    behavior OID_03_by_the_other_function:
      assumes kind == BY_CLIENT && by_mcm != af.miniport;
      ensures OID_03: \result == OID_03;
    behavior AF_CL_02_handle_is_dead:
      assumes goes_to_client(kind) && af.phase != AF_OPEN;
      ensures AF_CL_02: \result == AF_CL_02;
    behavior OID_03_not_held:
      assumes !(kind == BY_CLIENT && by_mcm != af.miniport) &&
        !(goes_to_client(kind) && af.phase != AF_OPEN) &&
        (misaddressed(*q, kind) || !takes(q->operation, STEP_COMPLETE, status));
      ensures OID_03: \result == OID_03;
    behavior OID_03_completed:
      assumes !(kind == BY_CLIENT && by_mcm != af.miniport) &&
        !(goes_to_client(kind) && af.phase != AF_OPEN) &&
        !misaddressed(*q, kind) && takes(q->operation, STEP_COMPLETE, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_COMPLETE, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_complete(struct request *q, uint8_t kind, uint8_t by_mcm,
                                  struct address_family af, uint8_t status);

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

/*@ requires is_kind: BY_CLIENT <= kind <= TO_MINIPORT;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(request, q)
    behavior OID_01_not_now:
      assumes !may_deliver(*q, kind, af, r, status);
      ensures OID_01: \result == OID_01;
    behavior AF_OP_11_context_freed:
      assumes may_deliver(*q, kind, af, r, status) &&
        !requester_has_context(kind, af, requester);
      ensures named: \result == (kind == BY_CLIENT ? AF_OP_11 :
        kind == TO_MINIPORT ? CAD_11 : AF_OP_19);
    behavior OID_01_delivered:
      assumes may_deliver(*q, kind, af, r, status) &&
        requester_has_context(kind, af, requester) && !ndis_aborts(*q, af, r, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_DELIVER, status)};
    behavior OID_07_aborted_by_ndis:
      assumes may_deliver(*q, kind, af, r, status) &&
        requester_has_context(kind, af, requester) && ndis_aborts(*q, af, r, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with .operation = aborted(\old(q->operation))};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_deliver(struct request *q, uint8_t kind, struct address_family af,
                                 struct binding requester, struct readings r,
                                 uint8_t status);

/*@ predicate returns_by_the_other_function(integer kind, integer by_mcm,
                                            struct address_family af) =
      goes_to_client(kind) && by_mcm != af.miniport;
*/

/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(request, q)
    behavior MCM_07_by_the_other_function:
      assumes returns_by_the_other_function(kind, by_mcm, af);
      ensures MCM_07: \result == MCM_07;
    behavior OID_01_not_now:
      assumes !returns_by_the_other_function(kind, by_mcm, af) &&
        (misaddressed(*q, kind) ||
         (!takes(q->operation, STEP_RETURN, status) &&
          !ndis_answers_closing(*q, af, binding_is_closing, status)));
      ensures OID_01: \result == OID_01;
    behavior OID_08_answered_by_ndis:
      assumes !returns_by_the_other_function(kind, by_mcm, af) &&
        !misaddressed(*q, kind) && ndis_answers_closing(*q, af, binding_is_closing, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = answered_closing(\old(q->operation))};
    behavior OID_01_returned:
      assumes !returns_by_the_other_function(kind, by_mcm, af) &&
        !misaddressed(*q, kind) && takes(q->operation, STEP_RETURN, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_RETURN, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_return(struct request *q, uint8_t kind, uint8_t by_mcm,
                                struct address_family af, uint8_t binding_is_closing,
                                uint8_t status);

/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(request, q)
    behavior OID_01_pended_or_done:
      assumes misaddressed(*q, kind) || !takes(q->operation, STEP_OWN, status);
      ensures OID_01: \result == OID_01;
    behavior OID_01_own_completion:
      assumes !misaddressed(*q, kind) && takes(q->operation, STEP_OWN, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with
        .operation = after(\old(q->operation), STEP_OWN, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_own(struct request *q, uint8_t kind, uint8_t status);

/*@ STEP_OF(request, q)
    behavior OID_04_still_needed:
      assumes q->in_memory == 0 || request_is_out(*q) || q->kind != kind;
      ensures OID_04: \result == OID_04;
    behavior OID_04_released:
      assumes q->in_memory != 0 && !request_is_out(*q) && q->kind == kind;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *q == {\old(*q) \with .in_memory = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement request_free(struct request *q, uint8_t kind);

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

/* What request_step says of all of its events. */
#define REQUEST_STEP_PROMISES(SAYS)                                                             \
    SAYS(accepted_exactly_with_the_right, \result == CONFORMING <==>                            \
        request_accepts(\old(*q), af, requester, binding_is_closing, nic_is_resetting, r, e))   \
    SAYS(NOT_AN_EVENT, request_kind_of(e.kind) == REQUEST_NONE <==>                             \
        \result == NOT_AN_EVENT)                                                                \
    SAYS(OID_04_made_anew, is_request_call(e.kind) && \result == CONFORMING ==>                 \
        q->generation == \old(q->generation) + 1 && q->kind == request_kind_of(e.kind) &&       \
        q->on == (request_kind_of(e.kind) == BY_CLIENT || request_kind_of(e.kind) == BY_MANAGER \
          ? e.on : e.object) &&                                                                 \
        q->in_memory == 1 && request_is_out(*q) &&                                              \
        (q->in_closing == 1 <==>                                                                \
          close_is_in_progress(request_kind_of(e.kind), af, binding_is_closing)))               \
    SAYS(OID_04_only_a_call_gives_a_generation, !is_request_call(e.kind) ==>                    \
        q->generation == \old(q->generation))                                                   \
    SAYS(OID_04_released_only_after_its_end, !is_request_call(e.kind) &&                        \
        q->in_memory != \old(q->in_memory) ==>                                                  \
        q->in_memory == 0 && !request_is_out(\old(*q)) && q->operation == \old(q->operation))   \
    SAYS(AF_CL_27, e.kind == REQUEST_BY_CLIENT_CALL && request_is_free(\old(*q)) &&           \
        af.phase == AF_CLOSING ==> \result == AF_CL_27)                                         \
    SAYS(AF_CL_02, e.kind == REQUEST_BY_CLIENT_CALL && request_is_free(\old(*q)) &&           \
        af.phase == AF_CLOSED ==> \result == AF_CL_02)                                          \
    SAYS(AF_CL_02_dead_for_the_completion, is_request_complete(e.kind) &&                       \
        goes_to_client(request_kind_of(e.kind)) && af.phase != AF_OPEN ==> \result == AF_CL_02) \
    SAYS(OID_03_completed_once, is_request_complete(e.kind) && \result == CONFORMING ==>        \
        completion_is_owed(\old(q->operation)) && !completion_is_owed(q->operation))            \
    SAYS(AF_OP_11_AF_OP_19_only_of_a_freed_context,                                             \
        \result == AF_OP_11 || \result == AF_OP_19 ==>                                          \
        !is_request_call(e.kind) && context_was_freed(\old(*q), request_kind_of(e.kind), af))   \
    SAYS(OID_03_owed_once_entered, completion_is_owed(q->operation) ==>                         \
        completion_is_owed(\old(q->operation)) || is_request_enter(e.kind))

/* The event of a request whose handle is live; requester is the binding of the driver that
 * made it (of one to the miniport, or of the call manager). What the AF and the binding count
 * of it (their field requests) is theirs: one more at the call, one less at the delivery or at
 * a return that is not PENDING. */
/*@ requires is_status: e.status < STATUS_COUNT;
    STEP_OF(request, q)
    REQUEST_STEP_PROMISES(CLAUSE) */
enum requirement request_step(struct request *q, struct address_family af,
                              struct binding requester, uint8_t binding_is_closing,
                              uint8_t nic_is_resetting, struct readings r, struct event e);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> request_is_free(q); */
int request_is_free(struct request q);

/* Why the client may not close the AF yet: it cannot know of what has not been delivered to
 * it, so that only what it holds counts (OID-07, AMB-33 a). */
/*@ LOOKS_ONLY
    ensures OID_07: \result == OID_07 <==>
      r.amb_33 == 'a' && goes_to_client(q.kind) && request_is_held(q);
    ensures CONFORMING: \result == CONFORMING || \result == OID_07; */
enum requirement request_keeps_client(struct request q, struct readings r);

/* Why the call manager may not end the close yet: a request of its own. */
/*@ LOOKS_ONLY
    ensures OID_08: \result == OID_08 <==> q.kind == BY_MANAGER && closing_was_missed(q);
    ensures OID_07: \result == OID_07 <==> goes_to_client(q.kind) && request_is_out(q) &&
      !(q.kind == BY_MANAGER && closing_was_missed(q));
    ensures CONFORMING: \result == CONFORMING || \result == OID_07 || \result == OID_08; */
enum requirement request_keeps_manager(struct request q);

/* OID_CO_AF_CLOSE has told the client of this AF to close. */
/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> asked_to_close(q, af); */
int request_asked_to_close(struct request q, struct handle af);

/* What it still owes at the end of a trace. */
/*@ requires consistent: request_invariant(q);
    LOOKS_ONLY
    ensures at_rest: \result == CONFORMING <==> request_is_free(q);
    ensures OID_08: \result == OID_08 <==> closing_was_missed(q);
    ensures OID_01: \result == OID_01 <==> !is_over(q.operation) && !closing_was_missed(q);
    ensures OID_04: \result == OID_04 <==> is_over(q.operation) && q.in_memory == 1; */
enum requirement request_owes(struct request q);

#endif
