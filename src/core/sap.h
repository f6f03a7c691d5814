/* sap.h - a service access point: registered by a client, served by the call manager.
 *
 * Conventions as in address_family.h. That the client has the right to use the AF when it
 * registers is checked in core_sap.c; which SAP of the family is meant no trace says, so that
 * two holders of one SAP (SAP-06) are not told apart. */
#ifndef CLOSEAF_SAP_H
#define CLOSEAF_SAP_H

#include "address_family.h"
#include "contract.h"
#include "operation.h"
#include "protocol/states.h"

struct sap {
    uint32_t generation;
    struct handle af;
    uint8_t phase;               /* enum sap_phase */
    uint8_t deregistering;       /* 1: the last operation is, or was, the deregistration */
    uint8_t again;               /* 1: inside a second NdisClDeregisterSap (AMB-28 b) */
    uint8_t client_context;      /* 1: allocated */
    uint8_t manager_context;     /* 1: allocated */
    struct operation operation;  /* a SAP has one at a time */
};

/* The words of the contracts. */
/*@ // Nothing is to come, and nothing is held: the slot may be used again.
    predicate sap_is_free(struct sap s) =
      s.phase == SAP_FREE && is_over(s.operation) && s.again == 0 &&
      s.client_context == 0 && s.manager_context == 0;

    // A client may close its AF (SAP-08, SAP-15, SAP-16).
    predicate sap_is_gone(struct sap s) = s.phase == SAP_FREE && is_over(s.operation);

    // The handle is dead for good: no call with it is accepted any more (SAP-07).
    predicate sap_dead(struct sap s) =
      s.phase == SAP_DEREGISTERING || (s.phase == SAP_FREE && s.generation > 0);

    logic integer sap_pends(struct event e) =
      (e.kind == SAP_REGISTER_LEAVE || e.kind == SAP_DEREGISTER_LEAVE) && e.status == PENDING
        ? 1 : 0;

    logic integer sap_completes(struct event e) =
      e.kind == SAP_REGISTER_COMPLETE || e.kind == SAP_REGISTER_MCM_COMPLETE ||
      e.kind == SAP_DEREGISTER_COMPLETE || e.kind == SAP_DEREGISTER_MCM_COMPLETE ? 1 : 0;

    predicate sap_invariant(struct sap s) =
      s.phase <= SAP_DEREGISTERING && s.deregistering <= 1 && s.again <= 1 &&
      s.client_context <= 1 && s.manager_context <= 1 && operation_invariant(s.operation) &&
      (s.generation == 0 ==> sap_is_free(s)) &&
      (s.phase == SAP_REGISTERING <==> s.deregistering == 0 &&
         (completion_is_owed(s.operation) || s.operation.server == SERVER_OWED)) &&
      (s.phase == SAP_REGISTERED ==> s.deregistering == 0) &&
      (s.phase == SAP_DEREGISTERING <==> s.deregistering == 1 &&
         (completion_is_owed(s.operation) || s.operation.server == SERVER_OWED)) &&
      // SAP-13, AF-OP-11: the context outlives what NDIS still has to say.
      (s.phase != SAP_FREE || !has_ended(s.operation) ==> s.client_context == 1);

    // Within a generation: what is dead stays dead, and what is freed stays freed.
    predicate sap_evolves(struct sap old, struct sap new) =
      new.generation >= old.generation &&
      (new.generation == old.generation ==>
         new.af == old.af && (sap_dead(old) ==> sap_dead(new)) &&
         (old.client_context == 0 ==> new.client_context == 0));
*/

/* A new SAP, a new generation: an old handle value never comes back (SAP-02). */
/*@ STEP_OF(sap, s)
    behavior SAP_02_not_free:
      assumes !sap_is_free(*s);
      ensures SAP_02: \result == SAP_02;
    behavior SAP_02_generations_used_up:
      assumes sap_is_free(*s) && s->generation == UINT32_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior SAP_01_registering:
      assumes sap_is_free(*s) && s->generation < UINT32_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with
        .generation = (uint32_t)(\old(s->generation) + 1), .af = af,
        .phase = (uint8_t)SAP_REGISTERING, .deregistering = (uint8_t)0,
        .client_context = (uint8_t)1, .operation = begun(\old(s->operation))};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_call_register(struct sap *s, struct handle af);

/* The handle is dead at the call (SAP-07, AMB-28 a). Under AMB-28 b it is alive until the
 * completion, and NDIS answers the second call with a failure (SAP-09). */
/*@ STEP_OF(sap, s)
    behavior SAP_07_handle_is_dead:
      assumes s->phase != SAP_REGISTERED &&
        !(r.amb_28 == 'b' && s->phase == SAP_DEREGISTERING && s->again == 0);
      ensures SAP_07: \result == SAP_07;
    behavior SAP_16_registration_not_over:
      assumes s->phase == SAP_REGISTERED && !is_over(s->operation);
      ensures SAP_16: \result == SAP_16;
    behavior SAP_07_deregistering:
      assumes s->phase == SAP_REGISTERED && is_over(s->operation);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with
        .phase = (uint8_t)SAP_DEREGISTERING, .deregistering = (uint8_t)1,
        .operation = begun(\old(s->operation))};
    behavior SAP_09_once_more:
      assumes r.amb_28 == 'b' && s->phase == SAP_DEREGISTERING && s->again == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .again = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_call_deregister(struct sap *s, struct readings r);

/* ProtocolCmRegisterSap gives the SAP its context; ProtocolCmDeregisterSap is given it. */
/*@ requires is_flag: deregistering <= 1;
    STEP_OF(sap, s)
    behavior SAP_04_not_owed:
      assumes !(s->deregistering == deregistering && s->operation.server == SERVER_OWED);
      ensures refused: \result == (deregistering == 1 ? SAP_11 : SAP_04);
    behavior AF_OP_19_af_context_freed:
      assumes s->deregistering == deregistering && s->operation.server == SERVER_OWED &&
        deregistering == 0 && af.manager_context == 0;
      ensures AF_OP_19: \result == AF_OP_19;
    behavior SAP_10_context_freed:
      assumes s->deregistering == deregistering && s->operation.server == SERVER_OWED &&
        deregistering == 1 && s->manager_context == 0;
      ensures SAP_10: \result == SAP_10;
    behavior SAP_04_registration_entered:
      assumes s->deregistering == deregistering && s->operation.server == SERVER_OWED &&
        deregistering == 0 && af.manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .manager_context = (uint8_t)1,
        .operation = after(\old(s->operation), STEP_ENTER, NO_STATUS)};
    behavior SAP_11_deregistration_entered:
      assumes s->deregistering == deregistering && s->operation.server == SERVER_OWED &&
        deregistering == 1 && s->manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with
        .operation = after(\old(s->operation), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_enter(struct sap *s, uint8_t deregistering, struct address_family af);

/* The call manager says how it ends, by its return or by the completion; or it pends. */
/*@ requires is_flag: deregistering <= 1;
    requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(sap, s)
    behavior SAP_04_not_asked:
      assumes !(s->deregistering == deregistering && takes(s->operation, step, status));
      ensures refused: \result == (deregistering == 1 ? SAP_11 : SAP_04);
    behavior SAP_11_pended:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with
        .operation = after(\old(s->operation), step, status)};
    behavior SAP_02_registered:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        deregistering == 0 && status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .phase = (uint8_t)SAP_REGISTERED,
        .operation = after(\old(s->operation), step, status)};
    behavior SAP_05_failed_with_context_held:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        deregistering == 0 && status != PENDING && status != SUCCESS &&
        s->manager_context != 0;
      ensures SAP_05: \result == SAP_05;
    behavior SAP_11_deregistration_failed:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        deregistering == 1 && status != PENDING && status != SUCCESS;
      ensures SAP_11: \result == SAP_11;
    behavior SAP_10_gone_with_context_held:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        deregistering == 1 && status == SUCCESS && s->manager_context != 0;
      ensures SAP_10: \result == SAP_10;
    behavior SAP_10_gone:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        status != PENDING && (deregistering == 1 <==> status == SUCCESS) &&
        s->manager_context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .phase = (uint8_t)SAP_FREE,
        .operation = after(\old(s->operation), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_end(struct sap *s, uint8_t deregistering, uint8_t step, uint8_t status);

/* NDIS tells the client how it ended, by its completion or by the return; what did not pend
 * the client completes by itself (SAP-01, SAP-08). */
/*@ requires is_flag: deregistering <= 1;
    requires is_step: step == STEP_DELIVER || step == STEP_RETURN || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(sap, s)
    behavior SAP_09_second_call_returns:
      assumes s->again == 1 && deregistering == 1 && step == STEP_RETURN && status == FAILURE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .again = (uint8_t)0};
    behavior SAP_08_not_now:
      assumes !(s->again == 1 && deregistering == 1 && step == STEP_RETURN &&
          status == FAILURE) &&
        !(s->deregistering == deregistering && takes(s->operation, step, status));
      ensures refused: \result == (deregistering == 1 || (step == STEP_OWN &&
          s->deregistering == 1) ? SAP_08 : SAP_01);
    behavior AF_OP_11_context_freed:
      assumes s->deregistering == deregistering && takes(s->operation, step, status) &&
        step == STEP_DELIVER && af.client_context == 0;
      ensures AF_OP_11: \result == AF_OP_11;
    behavior SAP_01_told:
      assumes !(s->again == 1 && deregistering == 1 && step == STEP_RETURN &&
          status == FAILURE) &&
        s->deregistering == deregistering && takes(s->operation, step, status) &&
        !(step == STEP_DELIVER && af.client_context == 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with
        .operation = after(\old(s->operation), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_tell(struct sap *s, uint8_t deregistering, uint8_t step, uint8_t status,
                          struct address_family af);

/*@ STEP_OF(sap, s)
    behavior SAP_13_still_needed:
      assumes s->client_context == 0 || s->phase != SAP_FREE || !has_ended(s->operation);
      ensures SAP_13: \result == SAP_13;
    behavior SAP_13_freed:
      assumes s->client_context != 0 && s->phase == SAP_FREE && has_ended(s->operation);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .client_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_free_client_context(struct sap *s);

/*@ STEP_OF(sap, s)
    behavior SAP_10_freed_before:
      assumes s->manager_context == 0;
      ensures SAP_10: \result == SAP_10;
    behavior SAP_10_freed:
      assumes s->manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .manager_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement sap_free_manager_context(struct sap *s);

/*@ predicate sap_may_step(struct sap s, integer deregistering, integer step, integer status) =
      s.deregistering == deregistering && takes(s.operation, step, status);

    predicate sap_may_end(struct sap s, integer deregistering, integer step, integer status) =
      sap_may_step(s, deregistering, step, status) &&
      (status == PENDING || (deregistering == 0 && status == SUCCESS) ||
       (s.manager_context == 0 && (deregistering == 0 || status == SUCCESS)));

    // When a SAP takes an event.
    predicate sap_accepts(struct sap s, struct address_family af, struct readings r,
                          struct event e) =
      e.kind == SAP_REGISTER_CALL ? sap_is_free(s) && s.generation < UINT32_MAX :
      e.kind == SAP_DEREGISTER_CALL ?
        (s.phase == SAP_REGISTERED && is_over(s.operation)) ||
        (r.amb_28 == 'b' && s.phase == SAP_DEREGISTERING && s.again == 0) :
      e.kind == SAP_REGISTER_ENTER ?
        sap_may_step(s, 0, STEP_ENTER, NO_STATUS) && af.manager_context != 0 :
      e.kind == SAP_DEREGISTER_ENTER ?
        sap_may_step(s, 1, STEP_ENTER, NO_STATUS) && s.manager_context != 0 :
      e.kind == SAP_REGISTER_LEAVE ? sap_may_end(s, 0, STEP_LEAVE, e.status) :
      e.kind == SAP_DEREGISTER_LEAVE ? sap_may_end(s, 1, STEP_LEAVE, e.status) :
      e.kind == SAP_REGISTER_COMPLETE ?
        af.miniport != 1 && sap_may_end(s, 0, STEP_COMPLETE, e.status) :
      e.kind == SAP_DEREGISTER_COMPLETE ?
        af.miniport != 1 && sap_may_end(s, 1, STEP_COMPLETE, e.status) :
      e.kind == SAP_REGISTER_MCM_COMPLETE ?
        af.miniport != 0 && sap_may_end(s, 0, STEP_COMPLETE, e.status) :
      e.kind == SAP_DEREGISTER_MCM_COMPLETE ?
        af.miniport != 0 && sap_may_end(s, 1, STEP_COMPLETE, e.status) :
      e.kind == SAP_REGISTER_DELIVER ?
        sap_may_step(s, 0, STEP_DELIVER, e.status) && af.client_context != 0 :
      e.kind == SAP_DEREGISTER_DELIVER ?
        sap_may_step(s, 1, STEP_DELIVER, e.status) && af.client_context != 0 :
      e.kind == SAP_REGISTER_RETURN ? sap_may_step(s, 0, STEP_RETURN, e.status) :
      e.kind == SAP_DEREGISTER_RETURN ?
        (s.again == 1 && e.status == FAILURE) || sap_may_step(s, 1, STEP_RETURN, e.status) :
      e.kind == SAP_REGISTER_OWN ? sap_may_step(s, 0, STEP_OWN, e.status) :
      e.kind == SAP_DEREGISTER_OWN ? sap_may_step(s, 1, STEP_OWN, e.status) :
      e.kind == FREE_SAP_CONTEXT ?
        s.client_context != 0 && s.phase == SAP_FREE && has_ended(s.operation) :
      e.kind == FREE_CALL_MGR_SAP_CONTEXT && s.manager_context != 0;

    predicate sap_completes_with_miniport(struct event e) =
      e.kind == SAP_REGISTER_MCM_COMPLETE || e.kind == SAP_DEREGISTER_MCM_COMPLETE;
*/

/* What sap_step says of all of its events. */
#define SAP_STEP_PROMISES(SAYS)                                                                  \
    SAYS(SAP_02_registered_anew, e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>        \
        sap_is_free(\old(*s)) && s->generation == \old(s->generation) + 1 &&                   \
        s->af == e.on)                                                                           \
    SAYS(SAP_07_handle_is_dead_at_the_call,                                                      \
        e.kind == SAP_DEREGISTER_CALL && r.amb_28 != 'b' && \old(s->phase) != SAP_REGISTERED ==> \
        \result == SAP_07)                                                                       \
    SAYS(SAP_04_SAP_11_completed_once_for_each_pended, \result == CONFORMING ==>                 \
        completions_owed(s->operation) ==                                                        \
        completions_owed(\old(s->operation)) + sap_pends(e) - sap_completes(e))                  \
    SAYS(SAP_02_SAP_15_only_a_registration_begins, e.kind != SAP_REGISTER_CALL ==>               \
        s->generation == \old(s->generation) && s->af == \old(s->af) &&                          \
        (\old(s->phase) == SAP_FREE ==> s->phase == SAP_FREE) &&                                 \
        (sap_is_gone(\old(*s)) ==> sap_is_gone(*s)))                                             \
    SAYS(accepted_exactly, \result == CONFORMING <==> sap_accepts(\old(*s), af, r, e))           \
    SAYS(MCM_07,                                                                                 \
        (af.miniport == 1 && sap_completes(e) == 1 && !sap_completes_with_miniport(e))           \
        || (af.miniport == 0 && sap_completes_with_miniport(e)) ==> \result == MCM_07)           \
    SAYS(NOT_AN_EVENT, e.kind < FIRST_OF_sap || e.kind > LAST_OF_sap ==>                        \
        \result == NOT_AN_EVENT)                                                                 \
    SAYS(AF_OP_11_AF_OP_19_only_of_a_freed_context,                                              \
        \result == AF_OP_11 || \result == AF_OP_19 ==>                                           \
        e.kind != SAP_REGISTER_CALL && !is_over(\old(s->operation)) &&                           \
        (af.client_context == 0 || af.manager_context == 0))

/* The event of a SAP whose handle is live; registering takes the handle of the AF. */
/*@ requires is_status: e.status < STATUS_COUNT;
    STEP_OF(sap, s)
    SAP_STEP_PROMISES(CLAUSE) */
enum requirement sap_step(struct sap *s, struct address_family af, struct readings r,
                          struct event e);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> sap_is_free(s); */
int sap_is_free(struct sap s);

/* Why the client may not close the AF yet: SAP-16, SAP-15 or SAP-08; CONFORMING if it may. */
/*@ requires consistent: sap_invariant(s);
    LOOKS_ONLY
    ensures at_rest: \result == CONFORMING <==> sap_is_gone(s);
    ensures SAP_16: s.deregistering == 0 && !is_over(s.operation) ==> \result == SAP_16;
    ensures SAP_15: s.phase == SAP_REGISTERED && is_over(s.operation) ==> \result == SAP_15;
    ensures SAP_08: s.deregistering == 1 && !is_over(s.operation) ==> \result == SAP_08; */
enum requirement sap_left(struct sap s);

#endif
