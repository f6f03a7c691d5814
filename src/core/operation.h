/* operation.h - an operation: a function of NDIS that a driver calls and that may pend.
 *
 *   the caller calls the function           begin
 *   NDIS enters the server's callback       enter
 *   the callback answers, or pends          leave
 *   the server completes what it pended     complete, perhaps before its leave (AMB-29)
 *   NDIS enters the caller's completion     deliver, perhaps before the return (AMB-29)
 *   the function returns                    return
 *   the caller runs its own completion      own, exactly if the return was not PENDING
 *
 * Registering a SAP, making a call, an OID request: all have this shape. The owner of the
 * operation names the requirement that a step without a right breaks. */
#ifndef CLOSEAF_OPERATION_H
#define CLOSEAF_OPERATION_H

#include "contract.h"
#include "protocol/event.h"
#include "protocol/states.h"

struct operation {
    uint8_t caller;    /* enum caller */
    uint8_t server;    /* enum server */
    uint8_t delivered; /* 1: the caller's completion was entered */
    uint8_t status;    /* enum status: how it ended */
};

enum operation_step {
    STEP_ENTER,
    STEP_LEAVE,
    STEP_COMPLETE,
    STEP_DELIVER,
    STEP_RETURN,
    STEP_OWN
};

/* The words of the contracts. Each speaks of one operation, by value. */
/*@ predicate is_over(struct operation o) = o.caller == CALLER_NONE;

    // Nothing of it is to come any more, but perhaps the end of calls under way.
    predicate has_ended(struct operation o) = is_over(o) || o.delivered == 1;

    predicate was_completed(struct operation o) =
      o.server == SERVER_COMPLETED || o.server == SERVER_COMPLETED_INSIDE;

    // The server was asked and has not said how it ends: it owes that, once.
    predicate completion_is_owed(struct operation o) =
      o.server == SERVER_INSIDE || o.server == SERVER_PENDED;

    // Pended and not completed: 1; completed and not yet pended (AMB-29): -1. Whatever
    // comes, what was pended and what was completed differ by this.
    logic integer completions_owed(struct operation o) =
      o.server == SERVER_PENDED ? 1 : o.server == SERVER_COMPLETED_INSIDE ? -1 : 0;

    logic integer pends(integer step, integer status) =
      step == STEP_LEAVE && status == PENDING ? 1 : 0;

    logic integer completes(integer step) = step == STEP_COMPLETE ? 1 : 0;

    // NDIS may still enter the server's callback, or the caller's completion.
    predicate server_may_be_called(struct operation o) = o.server == SERVER_OWED;
    predicate caller_may_be_called(struct operation o) =
      o.delivered == 0 && (o.caller == CALLER_INSIDE || o.caller == CALLER_PENDED);

    predicate operation_invariant(struct operation o) =
      o.caller <= CALLER_ANSWERED && o.server <= SERVER_ANSWERED && o.delivered <= 1 &&
      o.status < STATUS_COUNT && o.status != PENDING &&
      (o.caller == CALLER_NONE <==> o.server == SERVER_NONE) &&
      (o.caller == CALLER_ANSWERED ==> o.server == SERVER_ANSWERED) &&
      (o.caller == CALLER_PENDED ==> o.server == SERVER_PENDED || o.server == SERVER_COMPLETED) &&
      (o.delivered == 1 ==> was_completed(o)) &&
      (o.status != NO_STATUS <==> was_completed(o) || o.server == SERVER_ANSWERED) &&
      !(o.caller == CALLER_PENDED && o.delivered == 1);

    // What the function must return; NO_STATUS: it cannot return yet.
    logic integer operation_result(struct operation o) =
      o.caller != CALLER_INSIDE ? NO_STATUS :
      o.server == SERVER_ANSWERED ? o.status :
      o.server == SERVER_PENDED || o.server == SERVER_COMPLETED ? PENDING : NO_STATUS;

    predicate takes(struct operation o, integer step, integer status) =
      step == STEP_ENTER ? o.server == SERVER_OWED :
      step == STEP_LEAVE ?
        (o.server == SERVER_INSIDE && status != NO_STATUS) ||
        (o.server == SERVER_COMPLETED_INSIDE && status == PENDING) :
      step == STEP_COMPLETE ?
        completion_is_owed(o) && status != PENDING && status != NO_STATUS :
      step == STEP_DELIVER ? was_completed(o) && o.delivered == 0 && status == o.status :
      step == STEP_RETURN ? status != NO_STATUS && status == operation_result(o) :
      step == STEP_OWN ? o.caller == CALLER_ANSWERED && status == o.status : \false;

    logic struct operation forgotten_operation(struct operation o) =
      {o \with .caller = (uint8_t)CALLER_NONE, .server = (uint8_t)SERVER_NONE,
        .delivered = (uint8_t)0, .status = (uint8_t)NO_STATUS};

    logic struct operation begun(struct operation o) =
      {o \with .caller = (uint8_t)CALLER_INSIDE, .server = (uint8_t)SERVER_OWED,
        .delivered = (uint8_t)0, .status = (uint8_t)NO_STATUS};

    logic struct operation answered(struct operation o, integer status) =
      {o \with .caller = (uint8_t)CALLER_INSIDE, .server = (uint8_t)SERVER_ANSWERED,
        .delivered = (uint8_t)0, .status = (uint8_t)status};

    // After the last step that was still to come, whichever of three that is, it is over.
    logic struct operation settled(struct operation o) =
      o.caller == CALLER_PENDED && o.delivered == 1 && o.server == SERVER_COMPLETED
        ? forgotten_operation(o) : o;

    logic struct operation after(struct operation o, integer step, integer status) =
      step == STEP_ENTER ? {o \with .server = (uint8_t)SERVER_INSIDE} :
      step == STEP_LEAVE && status != PENDING ?
        {o \with .server = (uint8_t)SERVER_ANSWERED, .status = (uint8_t)status} :
      step == STEP_LEAVE && o.server == SERVER_INSIDE ?
        {o \with .server = (uint8_t)SERVER_PENDED} :
      step == STEP_LEAVE ? settled({o \with .server = (uint8_t)SERVER_COMPLETED}) :
      step == STEP_COMPLETE && o.server == SERVER_INSIDE ?
        {o \with .server = (uint8_t)SERVER_COMPLETED_INSIDE, .status = (uint8_t)status} :
      step == STEP_COMPLETE ?
        {o \with .server = (uint8_t)SERVER_COMPLETED, .status = (uint8_t)status} :
      step == STEP_DELIVER ? settled({o \with .delivered = (uint8_t)1}) :
      step == STEP_RETURN && status == PENDING ?
        settled({o \with .caller = (uint8_t)CALLER_PENDED}) :
      step == STEP_RETURN ? {o \with .caller = (uint8_t)CALLER_ANSWERED} :
      forgotten_operation(o);
*/

/* The caller calls the function. */
/*@ LOOKS_ONLY
    ensures exact: \result == begun(\result);
    ensures consistent: operation_invariant(\result); */
struct operation operation_begun(void);

/* NDIS answers by itself and disturbs no server. */
/*@ requires final: NO_STATUS < status < STATUS_COUNT && status != PENDING;
    LOOKS_ONLY
    ensures exact: \result == answered(\result, status);
    ensures consistent: operation_invariant(\result); */
struct operation operation_answered(uint8_t status);

/* Whether the operation takes this step with this status (0 where the step has none). */
/*@ requires consistent: operation_invariant(o);
    LOOKS_ONLY
    ensures exact: (\result != 0) <==> takes(o, step, status); */
int operation_takes(struct operation o, uint8_t step, uint8_t status);

/* The operation after the step. */
/*@ requires consistent: operation_invariant(o);
    requires possible: takes(o, step, status) && status < STATUS_COUNT;
    LOOKS_ONLY
    ensures exact: \result == after(o, step, status);
    ensures consistent: operation_invariant(\result);
    ensures completed_once_for_each_pended: completions_owed(\result) ==
      completions_owed(o) + pends(step, status) - completes(step); */
struct operation operation_after(struct operation o, uint8_t step, uint8_t status);

/*@ requires consistent: operation_invariant(o);
    LOOKS_ONLY
    ensures exact: \result == operation_result(o); */
uint8_t operation_result(struct operation o);

#endif
