/* party.h - a party of a multipoint call that the client has added to it.
 *
 * Conventions as in address_family.h. The party with which the call is made lasts as long
 * as the call (CALL-12) and belongs to the VC's record (call.h); NDIS refuses to drop it
 * (PTY-05). */
#ifndef CLOSEAF_PARTY_H
#define CLOSEAF_PARTY_H

#include "contract.h"
#include "operation.h"
#include "protocol/readings.h"
#include "protocol/requirement.h"
#include "protocol/states.h"

struct party {
    uint32_t generation;
    struct handle vc;           /* whose call it is a party of */
    uint8_t phase;              /* enum party_phase */
    uint8_t client_context;     /* 1: allocated */
    uint8_t manager_context;    /* 1: allocated */
    uint8_t remote_drop;        /* 1: the other side has left (PTY-10) */
    struct operation operation; /* the addition, and when that is over the drop */
};

/* The words of the contracts. Each speaks of one party, by value. */
/*@ // Which of the two its operation is, while it is not over.
    predicate operation_is_the_drop(struct party p) =
      p.phase == PARTY_DROPPING ||
      (p.phase == PARTY_FREE && p.operation.status == SUCCESS);

    predicate addition_takes(struct party p, integer step, integer status) =
      !operation_is_the_drop(p) && takes(p.operation, step, status);

    predicate drop_takes(struct party p, integer step, integer status) =
      operation_is_the_drop(p) && takes(p.operation, step, status);

    // The call manager says how it ended, by its return or by the completion.
    predicate says_how_it_ended(integer step, integer status) =
      step == STEP_COMPLETE || (step == STEP_LEAVE && status != PENDING);

    // An addition that failed, and a drop, leave no context of the call manager (PTY-09).
    predicate addition_accepts(struct party p, integer step, integer status) =
      addition_takes(p, step, status) &&
      !(says_how_it_ended(step, status) && status != SUCCESS && p.manager_context == 1) &&
      !(step == STEP_DELIVER && p.client_context == 0);

    predicate drop_accepts(struct party p, integer step, integer status) =
      drop_takes(p, step, status) &&
      !(step == STEP_ENTER && p.manager_context == 0) &&
      !(says_how_it_ended(step, status) &&
        (status != SUCCESS || p.manager_context == 1)) &&
      !(step == STEP_DELIVER && p.client_context == 0);

    // The slot may be used again.
    predicate party_is_free(struct party p) =
      p.phase == PARTY_FREE && p.client_context == 0 && p.manager_context == 0 &&
      is_over(p.operation);

    // Nothing more is said about it; whoever still has a context may free it (PTY-07).
    predicate party_is_gone(struct party p) =
      p.phase == PARTY_FREE && has_ended(p.operation);

    // The handle is dead for good (PTY-02, PTY-08).
    predicate party_dead(struct party p) =
      p.phase == PARTY_DROPPING || (p.phase == PARTY_FREE && p.generation > 0);

    // ProtocolCmAddParty was entered, so that it may have had a context, and it has none.
    predicate manager_context_freed(struct party p) =
      p.manager_context == 0 &&
      !(p.phase == PARTY_ADDING && server_may_be_called(p.operation));

    // AMB-34 b (ii): the client has its context until the last completion.
    predicate client_context_lasts(struct party p) =
      p.client_context == 0 ==> party_is_gone(p);

    predicate party_invariant(struct party p) =
      p.phase <= PARTY_DROPPING && p.client_context <= 1 && p.manager_context <= 1 &&
      p.remote_drop <= 1 && operation_invariant(p.operation) &&
      (p.generation == 0 ==> party_is_free(p)) &&
      (p.phase == PARTY_ADDING || p.phase == PARTY_DROPPING <==>
         !is_over(p.operation) && p.operation.status == NO_STATUS) &&
      (p.phase == PARTY_THERE ==> is_over(p.operation) || p.operation.status == SUCCESS) &&
      (p.phase == PARTY_FREE ==> p.manager_context == 0) &&
      (p.phase == PARTY_ADDING && server_may_be_called(p.operation) ==>
         p.manager_context == 0) &&
      (p.remote_drop == 1 ==> p.phase == PARTY_THERE);

    // Within a generation it is added, there and dropped, in this order, and no further;
    // what is freed stays freed.
    predicate party_evolves(struct party old, struct party new) =
      new.generation >= old.generation &&
      (new.generation == old.generation ==>
         new.vc == old.vc &&
         (party_dead(old) ==> party_dead(new)) &&
         (old.phase == PARTY_FREE ==> new.phase == PARTY_FREE) &&
         (old.phase == PARTY_THERE ==> new.phase != PARTY_ADDING) &&
         (party_is_gone(old) ==> party_is_gone(new)) &&
         (old.client_context == 0 ==> new.client_context == 0) &&
         (manager_context_freed(old) ==> manager_context_freed(new)));

    logic struct party after_addition(struct party p, integer step, integer status) =
      {p \with .operation = after(p.operation, step, status),
        .manager_context = (uint8_t)(step == STEP_ENTER ? 1 : p.manager_context),
        .phase = (uint8_t)(
          step == STEP_COMPLETE || (step == STEP_LEAVE && status != PENDING)
            ? (status == SUCCESS ? PARTY_THERE : PARTY_FREE) : p.phase)};

    logic struct party after_drop(struct party p, integer step, integer status) =
      {p \with .operation = after(p.operation, step, status),
        .phase = (uint8_t)(
          step == STEP_COMPLETE || (step == STEP_LEAVE && status != PENDING)
            ? PARTY_FREE : p.phase)};
*/

/* A new party, a new generation: an old handle value never comes back. */
/*@ STEP_OF(party, p)
    behavior CALL_01_no_call:
      assumes vc_is_connected == 0;
      ensures CALL_01: \result == CALL_01;
    behavior PTY_12_not_free:
      assumes vc_is_connected != 0 && !party_is_free(*p);
      ensures PTY_12: \result == PTY_12;
    behavior PTY_12_generations_used_up:
      assumes vc_is_connected != 0 && party_is_free(*p) && p->generation == UINT32_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior PTY_12_adding:
      assumes vc_is_connected != 0 && party_is_free(*p) && p->generation < UINT32_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with
        .generation = (uint32_t)(\old(p->generation) + 1), .vc = vc,
        .phase = (uint8_t)PARTY_ADDING, .client_context = (uint8_t)1,
        .operation = begun(\old(p->operation))};
    complete behaviors;
    disjoint behaviors; */
enum requirement party_call_add(struct party *p, uint8_t vc_is_connected, struct handle vc);

/* The steps of the addition after its call. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(party, p)
    behavior PTY_13_not_asked:
      assumes !addition_takes(*p, step, status) &&
        (step == STEP_ENTER || step == STEP_LEAVE || step == STEP_COMPLETE);
      ensures PTY_13: \result == PTY_13;
    behavior PTY_12_not_now:
      assumes !addition_takes(*p, step, status) &&
        !(step == STEP_ENTER || step == STEP_LEAVE || step == STEP_COMPLETE);
      ensures PTY_12: \result == PTY_12;
    behavior PTY_09_failed_with_context_held:
      assumes addition_takes(*p, step, status) && says_how_it_ended(step, status) &&
        status != SUCCESS && p->manager_context == 1;
      ensures PTY_09: \result == PTY_09;
    behavior PTY_12_context_freed:
      assumes addition_takes(*p, step, status) && step == STEP_DELIVER &&
        p->client_context == 0;
      ensures PTY_12: \result == PTY_12;
    behavior PTY_13_taken:
      assumes addition_accepts(*p, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == after_addition(\old(*p), step, status);
    complete behaviors;
    disjoint behaviors; */
enum requirement party_step_addition(struct party *p, uint8_t step, uint8_t status);

/* The call itself withdraws the right to the handle (PTY-02, AMB-34 b); under AMB-34 a the
 * other side has done that when it left. */
/*@ STEP_OF(party, p)
    behavior PTY_02_handle_is_dead:
      assumes p->phase != PARTY_THERE || !is_over(p->operation) ||
        (r.amb_34 == 'a' && p->remote_drop == 1);
      ensures PTY_02: \result == PTY_02;
    behavior PTY_02_dropping:
      assumes p->phase == PARTY_THERE && is_over(p->operation) &&
        !(r.amb_34 == 'a' && p->remote_drop == 1);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .phase = (uint8_t)PARTY_DROPPING,
        .remote_drop = (uint8_t)0, .operation = begun(\old(p->operation))};
    complete behaviors;
    disjoint behaviors; */
enum requirement party_call_drop(struct party *p, struct readings r);

/* The steps of the drop after its call. No drop fails, but for that of the last party. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(party, p)
    behavior PTY_08_completed_before:
      assumes step == STEP_COMPLETE && p->phase == PARTY_FREE;
      ensures PTY_08: \result == PTY_08;
    behavior PTY_06_not_asked:
      assumes (step == STEP_ENTER || step == STEP_LEAVE ||
          (step == STEP_COMPLETE && p->phase != PARTY_FREE)) &&
        (!drop_takes(*p, step, status) ||
         (says_how_it_ended(step, status) && status != SUCCESS));
      ensures PTY_06: \result == PTY_06;
    behavior PTY_01_not_now:
      assumes !drop_takes(*p, step, status) &&
        !(step == STEP_ENTER || step == STEP_LEAVE || step == STEP_COMPLETE);
      ensures PTY_01: \result == PTY_01;
    behavior PTY_09_entered_without_context:
      assumes drop_takes(*p, step, status) && step == STEP_ENTER && p->manager_context == 0;
      ensures PTY_09: \result == PTY_09;
    behavior PTY_09_gone_with_context_held:
      assumes drop_takes(*p, step, status) && says_how_it_ended(step, status) &&
        status == SUCCESS && p->manager_context == 1;
      ensures PTY_09: \result == PTY_09;
    behavior PTY_07_context_freed:
      assumes drop_takes(*p, step, status) && step == STEP_DELIVER && p->client_context == 0;
      ensures PTY_07: \result == PTY_07;
    behavior PTY_06_taken:
      assumes drop_accepts(*p, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == after_drop(\old(*p), step, status);
    complete behaviors;
    disjoint behaviors; */
enum requirement party_step_drop(struct party *p, uint8_t step, uint8_t status);

/* The other side leaves. Were it the last party, its call would be closed instead. */
/*@ STEP_OF(party, p)
    behavior PTY_11_no_party:
      assumes p->phase == PARTY_FREE;
      ensures PTY_11: \result == PTY_11;
    behavior PTY_08_handle_is_dead:
      assumes p->phase == PARTY_ADDING || p->phase == PARTY_DROPPING;
      ensures PTY_08: \result == PTY_08;
    behavior PTY_10_left:
      assumes p->phase == PARTY_THERE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .remote_drop = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement party_call_incoming_drop(struct party *p);

/* The client may have begun to drop it when it is told: that changes nothing. */
/*@ LOOKS_ONLY
    behavior PTY_07_context_freed:
      assumes p.client_context == 0;
      ensures PTY_07: \result == PTY_07;
    behavior PTY_10_told:
      assumes p.client_context != 0;
      ensures CONFORMING: \result == CONFORMING;
    complete behaviors;
    disjoint behaviors; */
enum requirement party_enter_incoming_drop(struct party p);

/*@ STEP_OF(party, p)
    behavior PTY_07_still_needed:
      assumes p->client_context == 0 || (r.amb_34_context != 'a' && !party_is_gone(*p));
      ensures PTY_07: \result == PTY_07;
    behavior PTY_07_freed:
      assumes p->client_context != 0 && (r.amb_34_context == 'a' || party_is_gone(*p));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .client_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement party_free_client_context(struct party *p, struct readings r);

/*@ STEP_OF(party, p)
    behavior PTY_09_freed_before:
      assumes p->manager_context == 0;
      ensures PTY_09: \result == PTY_09;
    behavior PTY_09_freed:
      assumes p->manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .manager_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement party_free_manager_context(struct party *p);

/*@ // An MCM calls functions of its own, and nobody else calls those (MCM-07).
    predicate other_kind_calls_it(uint8_t miniport, integer kind) =
      miniport != 0
        ? kind == PARTY_ADD_COMPLETE || kind == PARTY_DROP_COMPLETE ||
          kind == PARTY_INCOMING_DROP_CALL
        : kind == PARTY_ADD_MCM_COMPLETE || kind == PARTY_DROP_MCM_COMPLETE ||
          kind == PARTY_INCOMING_DROP_MCM_CALL;

    predicate is_party_event(integer kind) =
      FIRST_OF_party <= kind <= LAST_OF_party;

    predicate is_of_addition(integer kind) =
      PARTY_ADD_CALL < kind <= PARTY_ADD_OWN || kind == PARTY_ADD_MCM_COMPLETE;
    predicate is_of_drop(integer kind) =
      PARTY_DROP_CALL < kind <= PARTY_DROP_OWN || kind == PARTY_DROP_MCM_COMPLETE;

    predicate is_of_incoming_drop(integer kind) =
      kind == PARTY_INCOMING_DROP_CALL || kind == PARTY_INCOMING_DROP_MCM_CALL;

    // The step of the addition or of the drop that an event of these is.
    logic integer party_step_of(integer kind) =
      kind == PARTY_ADD_ENTER || kind == PARTY_DROP_ENTER ? STEP_ENTER :
      kind == PARTY_ADD_LEAVE || kind == PARTY_DROP_LEAVE ? STEP_LEAVE :
      kind == PARTY_ADD_DELIVER || kind == PARTY_DROP_DELIVER ? STEP_DELIVER :
      kind == PARTY_ADD_RETURN || kind == PARTY_DROP_RETURN ? STEP_RETURN :
      kind == PARTY_ADD_OWN || kind == PARTY_DROP_OWN ? STEP_OWN : STEP_COMPLETE;

    // When a party takes an event: the rights and duties of both drivers in one table.
    predicate party_accepts(struct party p, uint8_t vc_is_connected, uint8_t miniport,
                            struct readings r, struct event e) =
      other_kind_calls_it(miniport, e.kind) ? \false :
      e.kind == PARTY_ADD_CALL ?
        vc_is_connected != 0 && party_is_free(p) && p.generation < UINT32_MAX :
      e.kind == PARTY_DROP_CALL ?
        p.phase == PARTY_THERE && is_over(p.operation) &&
        !(r.amb_34 == 'a' && p.remote_drop == 1) :
      is_of_incoming_drop(e.kind) ? p.phase == PARTY_THERE :
      e.kind == PARTY_INCOMING_DROP_ENTER ? p.client_context != 0 :
      e.kind == FREE_CLIENT_PARTY_CONTEXT ?
        p.client_context != 0 && (r.amb_34_context == 'a' || party_is_gone(p)) :
      e.kind == FREE_CALL_MGR_PARTY_CONTEXT ? p.manager_context != 0 :
      is_of_addition(e.kind) ? addition_accepts(p, party_step_of(e.kind), e.status) :
      is_of_drop(e.kind) && drop_accepts(p, party_step_of(e.kind), e.status);

    logic struct party after_event(struct party p, struct event e) =
      e.kind == PARTY_ADD_CALL ?
        {p \with .generation = (uint32_t)(p.generation + 1), .vc = e.on,
          .phase = (uint8_t)PARTY_ADDING, .client_context = (uint8_t)1,
          .operation = begun(p.operation)} :
      e.kind == PARTY_DROP_CALL ?
        {p \with .phase = (uint8_t)PARTY_DROPPING, .remote_drop = (uint8_t)0,
          .operation = begun(p.operation)} :
      e.kind == PARTY_INCOMING_DROP_CALL || e.kind == PARTY_INCOMING_DROP_MCM_CALL ?
        {p \with .remote_drop = (uint8_t)1} :
      e.kind == FREE_CLIENT_PARTY_CONTEXT ? {p \with .client_context = (uint8_t)0} :
      e.kind == FREE_CALL_MGR_PARTY_CONTEXT ? {p \with .manager_context = (uint8_t)0} :
      (PARTY_ADD_CALL < e.kind <= PARTY_ADD_OWN) || e.kind == PARTY_ADD_MCM_COMPLETE ?
        after_addition(p, party_step_of(e.kind), e.status) :
      (PARTY_DROP_CALL < e.kind <= PARTY_DROP_OWN) || e.kind == PARTY_DROP_MCM_COMPLETE ?
        after_drop(p, party_step_of(e.kind), e.status) : p;
*/

/* The event of a party whose handle is live; adding takes the handle of its VC. */
/*@ requires is_status: e.status < STATUS_COUNT;
    STEP_OF(party, p)
    ensures accepted_exactly_with_the_right: \result == CONFORMING <==>
      party_accepts(\old(*p), vc_is_connected, miniport, r, e);
    ensures moved_on: \result == CONFORMING ==> *p == after_event(\old(*p), e);
    ensures NOT_AN_EVENT: !is_party_event(e.kind) <==> \result == NOT_AN_EVENT;
    ensures MCM_07: other_kind_calls_it(miniport, e.kind) <==> \result == MCM_07;
    ensures PTY_02_dropped_once: e.kind == PARTY_DROP_CALL && party_dead(\old(*p)) ==>
      \result == PTY_02;
    ensures PTY_08_completed_once: !other_kind_calls_it(miniport, e.kind) &&
      is_of_drop(e.kind) && party_step_of(e.kind) == STEP_COMPLETE &&
      \old(p->phase) == PARTY_FREE ==> \result == PTY_08;
    ensures completed_once: \result == CONFORMING && party_step_of(e.kind) == STEP_COMPLETE &&
      (is_of_addition(e.kind) || is_of_drop(e.kind)) ==>
      completion_is_owed(\old(p->operation)) && !completion_is_owed(p->operation);
    ensures PTY_07_context_lasts: r.amb_34_context != 'a' && client_context_lasts(\old(*p)) ==>
      client_context_lasts(*p); */
enum requirement party_step(struct party *p, uint8_t vc_is_connected, uint8_t miniport,
                            struct readings r, struct event e);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> party_is_free(p); */
int party_is_free(struct party p);

/* Why its call may not be closed yet; CONFORMING if it may (need be, with its own party). */
/*@ requires consistent: party_invariant(p);
    LOOKS_ONLY
    ensures gone: \result == CONFORMING <==> p.phase == PARTY_FREE;
    ensures PTY_10: p.phase == PARTY_THERE && p.remote_drop == 1 <==> \result == PTY_10;
    ensures NTF_18: p.phase != PARTY_FREE && p.remote_drop == 0 && notified != 0 <==>
      \result == NTF_18;
    ensures CALL_12: p.phase != PARTY_FREE && p.remote_drop == 0 && notified == 0 <==>
      \result == CALL_12; */
enum requirement party_left(struct party p, uint8_t notified);

/* What it still owes at the end of a trace. */
/*@ requires consistent: party_invariant(p);
    LOOKS_ONLY
    ensures at_rest: \result == CONFORMING <==> party_is_free(p);
    ensures PTY_03: p.phase != PARTY_FREE <==> \result == PTY_03;
    ensures PTY_12: p.phase == PARTY_FREE && !is_over(p.operation) &&
      !operation_is_the_drop(p) <==> \result == PTY_12;
    ensures PTY_01: p.phase == PARTY_FREE && !is_over(p.operation) &&
      operation_is_the_drop(p) <==> \result == PTY_01;
    ensures PTY_07: p.phase == PARTY_FREE && is_over(p.operation) && p.client_context == 1
      <==> \result == PTY_07; */
enum requirement party_slot_owes(struct party p);

#endif
