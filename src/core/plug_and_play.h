/* plug_and_play.h - what plug and play does to a binding: the open and the bind that pend,
 * the PnP events with pause and restart, received data, NdisUnbindAdapter (BND-01 ... PNP-15);
 * and the stack beneath all bindings. Embedded in struct binding, which decides by it.
 */
#ifndef CLOSEAF_PLUG_AND_PLAY_H
#define CLOSEAF_PLUG_AND_PLAY_H

#include "protocol/readings.h"
#include "contract.h"
#include "protocol/event.h"
#include "protocol/requirement.h"
#include "protocol/states.h"

/* How far a call of NdisUnbindAdapter is. */
enum unbind_call {
    UNBIND_CALL_NONE,
    UNBIND_CALL_MADE,   /* it starts the unbind, or cannot (UNB-22) */
    UNBIND_CALL_STARTED /* the unbind that it has started was seen */
};

struct plug_and_play {
    uint16_t event;        /* the PnP event that is not answered: its ENTER event */
    uint16_t held;         /* indications of data that the driver has not returned */
    uint8_t bound_state;   /* enum binding_state, while the driver is bound */
    uint8_t opening;         /* enum adapter_opening */
    uint8_t open_failed;   /* enum status: how the open has failed (BND-19) */
    uint8_t open_parameters; /* 1: the memory of NdisOpenAdapterEx's parameters (BND-17) */
    uint8_t bind;          /* enum bind_handler */
    uint8_t bind_thread;   /* the thread in ProtocolBindAdapterEx (UNB-18) */
    uint8_t event_phase;   /* enum event_phase */
    uint8_t restarted;     /* 1: once restarted, it may have sent (BND-24) */
    uint8_t low_power;
    uint8_t filter;        /* what the driver has asked of the adapter (UNB-06, UNB-07) */
    uint8_t offloads;
    uint8_t unbind_call;   /* enum unbind_call */
    uint8_t unbind_caller; /* the thread that called (UNB-19) */
    uint8_t given_up;      /* 1: by NdisUnbindAdapter (UNB-20) */
    uint8_t close_thread;  /* the thread of ProtocolCloseAdapterCompleteEx (CAD-15) */
};

struct stack {
    uint8_t level;     /* enum stack_level */
    uint8_t resetting; /* 1: the miniport is being reset (OID-09) */
};

/* The words of the contracts. Each speaks of one record, by value. */
/*@ // The open has not said yet how it ends: no handle is to be read (BND-16).
    predicate open_is_pending(struct plug_and_play p) =
      p.opening == OPEN_INSIDE || p.opening == OPEN_PENDED;

    predicate is_net_pnp_event(integer kind) =
      kind == PAUSE_ENTER || kind == RESTART_ENTER || kind == QUERY_REMOVE_ENTER ||
      kind == SET_POWER_ENTER || kind == CANCEL_REMOVE_ENTER;

    predicate plug_and_play_invariant(struct plug_and_play p) =
      p.bound_state <= BINDING_PAUSING && p.opening <= OPEN_ANSWERED &&
      p.open_failed < STATUS_COUNT && p.open_parameters <= 1 &&
      p.bind <= BIND_COMPLETED_INSIDE && p.event_phase <= EVENT_PENDED &&
      p.restarted <= 1 && p.low_power <= 1 && p.filter <= 1 && p.offloads <= 1 &&
      p.unbind_call <= UNBIND_CALL_STARTED && p.given_up <= 1 &&
      (p.event_phase == EVENT_OVER <==> p.event == NO_EVENT) &&
      (p.event == NO_EVENT || is_net_pnp_event(p.event));

    // What does not come back before the next bind.
    predicate plug_and_play_evolves(struct plug_and_play old, struct plug_and_play new) =
      old.restarted <= new.restarted && old.given_up <= new.given_up;

    predicate stack_invariant(struct stack s) =
      s.level <= STACK_FILTERS_DETACHED && s.resetting <= 1;
    predicate stack_evolves(struct stack old, struct stack new) =
      old.level != STACK_NOT_TRACED ==> new.level != STACK_NOT_TRACED;
*/

/*@ // ProtocolNetPnPEvent is entered: one event at a time (PNP-08).
    logic integer event_breaks(struct plug_and_play p, integer state, struct stack s,
                               integer which) =
      p.event != NO_EVENT ? PNP_08 :
      which == PAUSE_ENTER && state != BINDING_RUNNING ? BND_07 :
      which == RESTART_ENTER && state != BINDING_PAUSED ? BND_09 :
      which == RESTART_ENTER && s.level != STACK_NOT_TRACED && s.level != STACK_RUNNING
        ? PNP_15 : CONFORMING;

    // The answer to an event, returned or completed.
    logic integer answer_breaks(integer held, integer state, integer sends,
                                integer which, integer status) =
      status == NOT_SUPPORTED ? PNP_09 :
      which == PAUSE_ENTER ?
        (status != SUCCESS ? PNP_06 : state != BINDING_PAUSING ? BND_08 :
         sends > 0 ? PNP_01 : held != 0 ? PNP_05 : CONFORMING) :
      which == RESTART_ENTER ?
        (state == BINDING_RESTARTING ? CONFORMING : status == SUCCESS ? BND_10 : BND_11) :
      which == QUERY_REMOVE_ENTER ?
        (status == SUCCESS || status == FAILURE ? CONFORMING : PNP_14) :
      which == SET_POWER_ENTER || status == SUCCESS ? CONFORMING : PNP_07;

    logic integer leave_event_breaks(struct plug_and_play p, integer state, integer sends,
                                     integer which, integer status) =
      p.event != which || p.event_phase == EVENT_PENDED ||
        (status != PENDING && p.event_phase != EVENT_INSIDE) ? PNP_08 :
      status == NO_STATUS ? NOT_AN_EVENT :
      status == PENDING ? CONFORMING : answer_breaks(p.held, state, sends, which, status);

    logic integer complete_event_breaks(struct plug_and_play p, integer state, integer sends,
                                        integer which, integer status) =
      p.event != which || p.event_phase == EVENT_COMPLETED_INSIDE ? PNP_08 :
      status == NO_STATUS || status == PENDING ? NOT_AN_EVENT :
      answer_breaks(p.held, state, sends, which, status);

    logic struct plug_and_play answered_event(struct plug_and_play p, integer which,
                                              integer status) =
      which == RESTART_ENTER && status == SUCCESS ?
        {p \with .bound_state = (uint8_t)BINDING_RUNNING, .restarted = (uint8_t)1} :
      which == PAUSE_ENTER || which == RESTART_ENTER ?
        {p \with .bound_state = (uint8_t)BINDING_PAUSED} :
      which == SET_POWER_ENTER ? {p \with .low_power = (uint8_t)(1 - p.low_power)} : p;

    logic struct plug_and_play event_over(struct plug_and_play p) =
      {p \with .event = (uint16_t)NO_EVENT, .event_phase = (uint8_t)EVENT_OVER};

    // What comes of an event's three lines, where they are accepted.
    logic struct plug_and_play event_entered(struct plug_and_play p, integer which) =
      {p \with .event = (uint16_t)which, .event_phase = (uint8_t)EVENT_INSIDE,
        .bound_state = (uint8_t)(which == PAUSE_ENTER ? BINDING_PAUSING :
          which == RESTART_ENTER ? BINDING_RESTARTING : p.bound_state)};

    logic struct plug_and_play event_left(struct plug_and_play p, integer which,
                                          integer status) =
      status != PENDING ? event_over(answered_event(p, which, status)) :
      p.event_phase == EVENT_INSIDE ? {p \with .event_phase = (uint8_t)EVENT_PENDED}
                                    : event_over(p);

    logic struct plug_and_play event_completed(struct plug_and_play p, integer which,
                                               integer status) =
      p.event_phase == EVENT_INSIDE
        ? {answered_event(p, which, status) \with
            .event_phase = (uint8_t)EVENT_COMPLETED_INSIDE}
        : event_over(answered_event(p, which, status));
*/

/* Each function below takes the binding's state (BND-01) where it depends on it. */

/*@ requires an_event: is_net_pnp_event(which);
    STEP_OF(plug_and_play, p)
    behavior PNP_08_refused:
      assumes event_breaks(*p, state, stack, which) != CONFORMING;
      ensures names_it: \result == event_breaks(\old(*p), state, stack, which);
    behavior BND_07_BND_09_PNP_08_entered:
      assumes event_breaks(*p, state, stack, which) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == event_entered(\old(*p), which);
    complete behaviors;
    disjoint behaviors; */
enum requirement enter_net_pnp_event(struct plug_and_play *p, uint8_t state,
                                     struct stack stack, uint16_t which);

/*@ requires an_event: is_net_pnp_event(which);
    STEP_OF(plug_and_play, p)
    behavior PNP_08_refused:
      assumes leave_event_breaks(*p, state, sends, which, status) != CONFORMING;
      ensures names_it: \result == leave_event_breaks(\old(*p), state, sends, which, status);
    behavior BND_08_PNP_08_left:
      assumes leave_event_breaks(*p, state, sends, which, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == event_left(\old(*p), which, status);
    complete behaviors;
    disjoint behaviors; */
enum requirement leave_net_pnp_event(struct plug_and_play *p, uint8_t state, uint16_t sends,
                                     uint16_t which, uint8_t status);

/*@ requires an_event: is_net_pnp_event(which);
    STEP_OF(plug_and_play, p)
    behavior PNP_08_refused:
      assumes complete_event_breaks(*p, state, sends, which, status) != CONFORMING;
      ensures names_it:
        \result == complete_event_breaks(\old(*p), state, sends, which, status);
    behavior BND_08_PNP_08_completed:
      assumes complete_event_breaks(*p, state, sends, which, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == event_completed(\old(*p), which, status);
    complete behaviors;
    disjoint behaviors; */
enum requirement complete_net_pnp_event(struct plug_and_play *p, uint8_t state, uint16_t sends,
                                        uint16_t which, uint8_t status);

/* Until the close has completed the driver must bear data (UNB-17), although the table
 * knows none but in Running and Pausing (BND-12). */
/*@ logic integer data_may_come(integer state, struct readings r) =
      state == BINDING_RUNNING || state == BINDING_PAUSING ||
        (state == BINDING_CLOSING && r.amb_43 != 'a') ? 1 : 0;
*/
/*@ STEP_OF(plug_and_play, p)
    behavior BND_12_not_in_this_state:
      assumes data_may_come(state, r) == 0;
      ensures BND_12: \result == BND_12;
    behavior UNB_17_context_freed:
      assumes data_may_come(state, r) == 1 && context == 0;
      ensures UNB_17: \result == UNB_17;
    behavior BND_12_more_than_is_counted:
      assumes data_may_come(state, r) == 1 && context != 0 && p->held == UINT16_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior BND_12_received:
      assumes data_may_come(state, r) == 1 && context != 0 && p->held < UINT16_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .held = (uint16_t)(\old(p->held) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement indicate_receive(struct plug_and_play *p, uint8_t state, uint8_t context,
                                  struct readings r);

/*@ STEP_OF(plug_and_play, p)
    behavior PNP_05_nothing_held:
      assumes p->held == 0;
      ensures PNP_05: \result == PNP_05;
    behavior PNP_05_returned:
      assumes p->held != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .held = (uint16_t)(\old(p->held) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement return_receive(struct plug_and_play *p);

/*@ STEP_OF(plug_and_play, p)
    behavior BND_17_freed_before:
      assumes p->open_parameters == 0;
      ensures BND_17: \result == BND_17;
    behavior BND_17_freed:
      assumes p->open_parameters != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .open_parameters = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement free_open_parameters(struct plug_and_play *p);

/* An open that did not pend: the driver runs its own completion, once, with that status. */
/*@ STEP_OF(plug_and_play, p)
    behavior BND_18_not_so_answered:
      assumes p->opening != OPEN_ANSWERED ||
        status != (p->open_failed == NO_STATUS ? SUCCESS : p->open_failed);
      ensures BND_18: \result == BND_18;
    behavior BND_18_own_completion:
      assumes p->opening == OPEN_ANSWERED &&
        status == (p->open_failed == NO_STATUS ? SUCCESS : p->open_failed);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *p == {\old(*p) \with .opening = (uint8_t)OPEN_OVER};
    complete behaviors;
    disjoint behaviors; */
enum requirement own_open_complete(struct plug_and_play *p, uint8_t status);

/* What is still to come at the end of a trace; CONFORMING: nothing. */
/*@ predicate plug_and_play_rests(struct plug_and_play p) =
      p.opening != OPEN_INSIDE && p.opening != OPEN_COMPLETED_INSIDE &&
      p.opening != OPEN_PENDED && p.bind == BIND_OVER && p.event == NO_EVENT &&
      p.unbind_call == UNBIND_CALL_NONE;

    logic integer plug_and_play_owes(struct plug_and_play p) =
      p.opening != OPEN_OVER && p.opening != OPEN_ANSWERED ? BND_18 :
      p.bind != BIND_OVER ? BND_20 : p.event != NO_EVENT ? PNP_08 :
      p.unbind_call != UNBIND_CALL_NONE ? UNB_22 : CONFORMING; */
/*@ LOOKS_ONLY
    ensures exact: plug_and_play_invariant(p) ==>
      (\result == CONFORMING <==> plug_and_play_rests(p));
    ensures names_it: \result == plug_and_play_owes(p); */
enum requirement plug_and_play_owes(struct plug_and_play p);

/*@ // From where the stack may go there, and what it breaks elsewhere.
    logic integer stack_breaks(struct stack s, integer kind, integer paused,
                               integer unbound) =
      kind == RESET_MINIPORT || kind == RESET_END ? CONFORMING :
      kind == RESTART_MINIPORT ?
        (s.level == STACK_NOT_TRACED || s.level == STACK_PAUSED ||
         s.level == STACK_FILTERS_DETACHED ? CONFORMING : PNP_15) :
      kind == RESTART_FILTERS ?
        (s.level == STACK_NOT_TRACED || s.level == STACK_MINIPORT_RUNNING
          ? CONFORMING : PNP_15) :
      kind == PAUSE_FILTERS ?
        (s.level == STACK_NOT_TRACED || (paused != 0 && s.level == STACK_RUNNING)
          ? CONFORMING : PNP_10) :
      kind == PAUSE_MINIPORT ?
        (s.level == STACK_NOT_TRACED || s.level == STACK_FILTERS_PAUSED
          ? CONFORMING : PNP_10) :
      kind == DETACH_FILTERS ?
        (s.level == STACK_NOT_TRACED || (unbound != 0 && s.level == STACK_PAUSED)
          ? CONFORMING : PNP_10) : NOT_AN_EVENT;

    logic integer stack_reached(integer kind) =
      kind == RESTART_MINIPORT ? STACK_MINIPORT_RUNNING :
      kind == RESTART_FILTERS ? STACK_RUNNING :
      kind == PAUSE_FILTERS ? STACK_FILTERS_PAUSED :
      kind == PAUSE_MINIPORT ? STACK_PAUSED : STACK_FILTERS_DETACHED;
*/

/* The stack moves, or the miniport is reset. paused: every binding is paused or not bound;
 * unbound: every client's is unbound (PNP-10). The stack is traced from RESTART_MINIPORT on. */
/*@ STEP_OF(stack, s)
    behavior PNP_10_refused:
      assumes stack_breaks(*s, kind, paused, unbound) != CONFORMING;
      ensures names_it: \result == stack_breaks(\old(*s), kind, paused, unbound);
    behavior OID_09_reset:
      assumes kind == RESET_MINIPORT || kind == RESET_END;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s ==
        {\old(*s) \with .resetting = (uint8_t)(kind == RESET_MINIPORT ? 1 : 0)};
    behavior PNP_10_not_traced:
      assumes stack_breaks(*s, kind, paused, unbound) == CONFORMING &&
        kind != RESET_MINIPORT && kind != RESET_END &&
        s->level == STACK_NOT_TRACED && kind != RESTART_MINIPORT;
      ensures CONFORMING: \result == CONFORMING;
      ensures unchanged: *s == \old(*s);
    behavior PNP_15_moved:
      assumes stack_breaks(*s, kind, paused, unbound) == CONFORMING &&
        kind != RESET_MINIPORT && kind != RESET_END &&
        (s->level != STACK_NOT_TRACED || kind == RESTART_MINIPORT);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *s == {\old(*s) \with .level = (uint8_t)stack_reached(kind)};
    complete behaviors;
    disjoint behaviors; */
enum requirement stack_step(struct stack *s, uint16_t kind, uint8_t paused, uint8_t unbound);

#endif
