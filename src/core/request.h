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

#include "request_logic.h"

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
