/* opening.h - opening an AF: NdisClOpenAddressFamilyEx as an operation that may pend.
 *
 *   AF_OPENING  the client has called, until the call manager, or NDIS by itself, has
 *               said how the open ends
 *   AF_OPEN     with success, though the operation may go on: the call manager may use
 *               the AF at once, the client when it has been told (AF-OP-05)
 *   AF_FAILED   otherwise; the client frees its context when the operation is over */
#ifndef CLOSEAF_OPENING_H
#define CLOSEAF_OPENING_H

#include "address_family.h"
#include "contract.h"

/* What the two bindings permit at the moment, as the tables know it (AF-OP-03). */
struct association {
    uint32_t manager;  /* generation of the call manager's binding */
    uint8_t miniport;  /* 1: it is an MCM */
    uint8_t served;    /* 1: NDIS may forward the open to it (AF-OP-10, AMB-22) */
    uint8_t refusable; /* 1: NDIS may refuse the open by itself (AF-OP-20) */
    uint8_t joined;    /* 1: both still have their adapter: the open may succeed (AF-OP-20) */
};

/*@ predicate is_newly_asked_for(struct address_family a, integer generation, integer client) =
      a.generation == generation && a.client == client &&
      a.close_call == CLOSE_CALL_NONE && a.manager_close == MANAGER_CLOSE_NONE &&
      a.notify_call == 0 && a.notification == NOTIFICATION_NONE &&
      a.report == REPORT_NONE && a.answer == NO_STATUS && a.notified == NEVER_NOTIFIED &&
      a.withheld == 0 &&
      a.client_context == 1;

    predicate refused_by_ndis(struct address_family a, integer status) =
      server_may_be_called(a.opening) && status == FAILURE;

    predicate has_set_up(struct address_family a) = a.manager_context != 0 && a.resources != 0;

    predicate has_given_back(struct address_family a) =
      a.manager_context == 0 && a.resources == 0;

    predicate close_and_notification_are(struct address_family old, struct address_family new) =
      (new.phase == old.phase || new.phase == AF_OPEN || new.phase == AF_FAILED) &&
      new.close_call == old.close_call && new.notify_call == old.notify_call &&
      new.notification == old.notification && new.report == old.report &&
      new.answer == old.answer && new.notified == old.notified &&
      new.withheld == old.withheld && new.client_context == old.client_context;

    // The call manager whom NDIS asked is still there.
    predicate still_joined(struct address_family a, struct association s) =
      s.joined != 0 && s.manager == a.served_by && s.miniport == a.miniport;

    predicate row_of_opening(integer kind) =
      kind == OPEN_AF_ENTER || kind == STORE_CALL_MGR_AF_CONTEXT || kind == OPEN_AF_LEAVE ||
      kind == OPEN_AF_COMPLETE || kind == OPEN_AF_MCM_COMPLETE || kind == OPEN_AF_DELIVER ||
      kind == RETURN_OPEN_AF || kind == OPEN_AF_OWN;

    // When the open takes an event.
    predicate answer_accepted(struct address_family a, struct association s, integer step,
                              integer status) =
      takes(a.opening, step, status) &&
      (status == PENDING ? open_awaits_manager(a) ==> still_joined(a, s) :
       status == SUCCESS ? has_set_up(a) && still_joined(a, s) : has_given_back(a));

    predicate opening_accepts(struct address_family a, struct association s, struct event e) =
      e.status < STATUS_COUNT &&
      (e.kind == OPEN_AF_ENTER ? s.served != 0 && server_may_be_called(a.opening) :
       e.kind == STORE_CALL_MGR_AF_CONTEXT ? open_awaits_manager(a) && still_joined(a, s) :
       e.kind == OPEN_AF_LEAVE ? answer_accepted(a, s, STEP_LEAVE, e.status) :
       e.kind == OPEN_AF_COMPLETE || e.kind == OPEN_AF_MCM_COMPLETE ?
         (a.miniport == 1 <==> e.kind == OPEN_AF_MCM_COMPLETE) &&
         answer_accepted(a, s, STEP_COMPLETE, e.status) :
       e.kind == OPEN_AF_DELIVER ? takes(a.opening, STEP_DELIVER, e.status) :
       e.kind == RETURN_OPEN_AF ?
         (refused_by_ndis(a, e.status) ? s.refusable != 0
                                       : takes(a.opening, STEP_RETURN, e.status)) :
       e.kind == OPEN_AF_OWN ? takes(a.opening, STEP_OWN, e.status) : \false);

    // The call manager's duty to an open that it has pended (MCM: AF-OP-16).
    logic integer duty_to_complete(struct address_family a) =
      a.miniport == 1 ? AF_OP_16 : AF_OP_15;

    // What an open still owes: who it waits for.
    logic integer opening_owes(struct address_family a) =
      a.opening.caller == CALLER_NONE ?
        (a.phase == AF_FAILED && a.client_context != 0 ? AF_OP_21 : CONFORMING) :
      a.opening.caller == CALLER_ANSWERED ? AF_OP_06 :
      a.opening.server == SERVER_OWED ? AF_OP_10 :
      a.opening.server == SERVER_INSIDE || a.opening.server == SERVER_PENDED
        ? duty_to_complete(a) : AF_OP_07;
*/

/* The client calls, and hands its context over. */
/*@ requires new: generation > 0;
    LOOKS_ONLY
    ensures consistent: af_invariant(\result);
    ensures new: is_newly_asked_for(\result, generation, client);
    ensures AF_OP_10_to_be_forwarded:
      \result.phase == AF_OPENING && \result.opening == begun(\result.opening);
    ensures AF_OP_18_nothing_of_the_manager: has_given_back(\result) &&
      \result.miniport == 0 && \result.served_by == 0; */
struct address_family opening_begun(uint32_t generation, uint32_t client);

/* NDIS enters ProtocolCmOpenAf. */
/*@ requires is_flag: s.miniport <= 1;
    STEP_OF(af, a)
    behavior AF_OP_20_nobody_serves:
      assumes s.served == 0;
      ensures AF_OP_20: \result == AF_OP_20;
    behavior AF_OP_10_not_owed:
      assumes s.served != 0 && !server_may_be_called(a->opening);
      ensures AF_OP_10: \result == AF_OP_10;
    behavior AF_OP_10_forwarded:
      assumes s.served != 0 && server_may_be_called(a->opening);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .miniport = s.miniport, .served_by = s.manager,
          .opening = after(\old(a->opening), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement opening_enter(struct address_family *a, struct association s);

/* The call manager sets up what it needs for this open; without its binding it cannot. */
/*@ STEP_OF(af, a)
    behavior AF_OP_18_no_open_in_hand:
      assumes !open_awaits_manager(*a);
      ensures AF_OP_18: \result == AF_OP_18;
    behavior AF_OP_20_a_binding_is_gone:
      assumes open_awaits_manager(*a) && !still_joined(*a, s);
      ensures AF_OP_20: \result == AF_OP_20;
    behavior AF_OP_13_stored:
      assumes open_awaits_manager(*a) && still_joined(*a, s);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_context = (uint8_t)1, .resources = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement opening_store_context(struct address_family *a, struct association s);

/* The call manager's answer, by the return of ProtocolCmOpenAf (STEP_LEAVE) or by the
 * completion function (STEP_COMPLETE). It says once how the open ends. */
/*@ requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(af, a)
    behavior AF_OP_15_AF_OP_16_not_owed:
      assumes !takes(a->opening, step, status);
      ensures AF_OP_15_AF_OP_16: \result == duty_to_complete(\old(*a));
    behavior AF_OP_15_pended:
      assumes takes(a->opening, step, status) && status == PENDING &&
        (open_awaits_manager(*a) ==> still_joined(*a, s));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .opening = after(\old(a->opening), step, status)};
    behavior AF_OP_13_success_without_a_context:
      assumes takes(a->opening, step, status) && status == SUCCESS && !has_set_up(*a);
      ensures AF_OP_13: \result == AF_OP_13;
    behavior AF_OP_20_a_binding_is_gone:
      assumes takes(a->opening, step, status) && !still_joined(*a, s) &&
        ((status == SUCCESS && has_set_up(*a)) || (status == PENDING && open_awaits_manager(*a)));
      ensures AF_OP_20: \result == AF_OP_20;
    behavior AF_OP_04_opened:
      assumes takes(a->opening, step, status) && status == SUCCESS && has_set_up(*a) &&
        still_joined(*a, s);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_OPEN,
          .opening = after(\old(a->opening), step, status)};
    behavior AF_OP_14_AF_OP_17_failed_but_not_given_back:
      assumes takes(a->opening, step, status) && status != PENDING && status != SUCCESS &&
        !has_given_back(*a);
      ensures AF_OP_14_AF_OP_17: \result == (step == STEP_LEAVE ? AF_OP_14 : AF_OP_17);
    behavior AF_OP_18_failed:
      assumes takes(a->opening, step, status) && status != PENDING && status != SUCCESS &&
        has_given_back(*a);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_FAILED,
          .opening = after(\old(a->opening), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement opening_answer(struct address_family *a, struct association s, uint8_t step,
                                uint8_t status);

/* The client is told: the function returns (STEP_RETURN), and its completion runs. NDIS
 * enters that (STEP_DELIVER) or the client itself does, exactly if the function has not
 * returned PENDING (STEP_OWN). */
/*@ requires is_step: step == STEP_RETURN || step == STEP_DELIVER || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(af, a)
    behavior AF_OP_06_AF_OP_07_not_owed:
      assumes !takes(a->opening, step, status);
      ensures AF_OP_06_AF_OP_07: \result == (step == STEP_OWN ? AF_OP_06 : AF_OP_07);
    behavior AF_OP_06_AF_OP_07_told:
      assumes takes(a->opening, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .opening = after(\old(a->opening), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement opening_tell(struct address_family *a, uint8_t step, uint8_t status);

/* NdisClOpenAddressFamilyEx returns. A failure that no call manager was asked about is
 * NDIS's own answer: no event but this one tells of it. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(af, a)
    behavior AF_OP_10_must_be_forwarded:
      assumes refused_by_ndis(*a, status) && s.refusable == 0;
      ensures AF_OP_10: \result == AF_OP_10;
    behavior AF_OP_20_refused_by_ndis:
      assumes refused_by_ndis(*a, status) && s.refusable != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_FAILED,
          .opening = after(answered(\old(a->opening), FAILURE), STEP_RETURN, FAILURE)};
    behavior AF_OP_07_not_its_status:
      assumes !refused_by_ndis(*a, status) && !takes(a->opening, STEP_RETURN, status);
      ensures AF_OP_07: \result == AF_OP_07;
    behavior AF_OP_07_returned:
      assumes !refused_by_ndis(*a, status) && takes(a->opening, STEP_RETURN, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .opening = after(\old(a->opening), STEP_RETURN, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement opening_return(struct address_family *a, struct association s,
                                uint8_t status);

/* An event of an open that has begun: the rows OPEN_AF_*, but for the call, and the return. */
/*@ requires is_flag: s.miniport <= 1;
    STEP_OF(af, a)
    ensures accepted_exactly: \result == CONFORMING <==> opening_accepts(\old(*a), s, e);
    ensures NOT_AN_EVENT: e.status >= STATUS_COUNT || !row_of_opening(e.kind) ==>
      \result == NOT_AN_EVENT;
    ensures AF_OP_15_AF_OP_16_by_its_own_function: e.status < STATUS_COUNT ==>
      (e.kind == OPEN_AF_COMPLETE && \old(a->miniport) == 1 ==> \result == AF_OP_16) &&
      (e.kind == OPEN_AF_MCM_COMPLETE && \old(a->miniport) != 1 ==> \result == AF_OP_15);
    ensures AF_OP_15_answered_once: \result == CONFORMING && e.status != PENDING &&
      (e.kind == OPEN_AF_LEAVE || e.kind == OPEN_AF_COMPLETE ||
       e.kind == OPEN_AF_MCM_COMPLETE) ==>
        open_awaits_manager(\old(*a)) && !open_awaits_manager(*a);
    ensures AF_OP_05_given_once: \result == CONFORMING && e.status == SUCCESS &&
      (e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) ==>
      \old(a->phase) == AF_OPEN && !client_has_handle(\old(*a)) && client_has_handle(*a);
    ensures AF_OP_07_AF_OP_18_UNB_24_keeps_what_is_set_up:
      (manager_is_done(\old(*a)) && !manager_is_done(*a) ==> still_joined(*a, s)) &&
      (\old(a->phase) != AF_OPENING ==> a->phase == \old(a->phase)) &&
      a->resources >= \old(a->resources) &&
      a->manager_context >= \old(a->manager_context) &&
      a->manager_close == \old(a->manager_close) && nothing_completed(\old(*a), *a);
    ensures AF_OP_18_close_and_notification_alone: close_and_notification_are(\old(*a), *a); */
enum requirement opening_step(struct address_family *a, struct association s, struct event e);

/* What an open still owes: CONFORMING if it is over, and a failed one left no context. */
/*@ LOOKS_ONLY
    ensures over: \result == CONFORMING <==>
      is_over(a.opening) && (a.phase == AF_FAILED ==> a.client_context == 0);
    ensures names_it: \result == opening_owes(a); */
enum requirement opening_owes(struct address_family a);

#endif
