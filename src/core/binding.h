/* binding.h - one binding of a protocol driver to the adapter, or the adapter of an
 * MCM: from bind to unbind, from initialise to halt. Conventions as in
 * address_family.h. What the AFs of the binding allow is decided in core_binding.c. */
#ifndef CLOSEAF_BINDING_H
#define CLOSEAF_BINDING_H

#include "plug_and_play.h"
#include "protocol/readings.h"
#include "protocol/states.h"

struct binding {
    uint32_t generation;
    uint8_t miniport;         /* 1: an MCM's adapter */
    uint8_t phase;            /* enum binding_phase */
    uint8_t adapter;          /* enum adapter */
    uint8_t unbind_owed;      /* 1: removal, reconfiguration or NdisUnbindAdapter (UNB-01) */
    uint8_t unbind_thread;    /* the thread in ProtocolUnbindAdapterEx (AF-CL-14) */
    uint8_t unbind_completed; /* 1: NdisCompleteUnbindAdapterEx was called */
    uint8_t context;          /* 1: ProtocolBindingContext is allocated */
    uint8_t registered;       /* 1: the call manager offers its AF here */
    uint8_t offer_owed;       /* 1: NDIS owes ProtocolCoAfRegisterNotify (REG-12) */
    uint16_t sends;           /* on their way */
    uint16_t requests;
    struct plug_and_play pnp; /* its states, and what comes with them */
};

#include "binding_logic.h"

/* What every function below ensures; the two that end the life of AFs do so by name. */
#define ENDING_BINDING_STEP STEP_OF(binding, b)
#define BINDING_STEP                                                             \
    STEP_OF(binding, b)                                                          \
    ensures only_the_close_ends_the_open:                                        \
      may_have_afs(\old(*b)) ==> may_have_afs(*b);

/* The state of the table (BND-01). */
/*@ LOOKS_ONLY
    ensures exact: \result == binding_state(b); */
uint8_t binding_state(struct binding b);

/* Every function below: a valid record that satisfies the invariant is all it asks. */

/* A new bind, a new generation: an old handle value never comes back. */
/*@ requires is_flag: miniport <= 1;
    BINDING_STEP
    behavior BND_02_not_unbound:
      assumes b->phase != UNBOUND;
      ensures BND_02: \result == BND_02;
    behavior BND_02_generations_used_up:
      assumes b->phase == UNBOUND && b->generation == UINT32_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior BND_02_bound_anew:
      assumes b->phase == UNBOUND && b->generation < UINT32_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .generation = (uint32_t)(\old(b->generation) + 1),
          .miniport = miniport, .phase = (uint8_t)BINDING, .context = miniport,
          .pnp = new_plug_and_play(\old(b->pnp), miniport == 1 ? BIND_OVER : BIND_INSIDE)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_bind(struct binding *b, uint8_t miniport);

/*@ BINDING_STEP
    behavior BND_18_completed_before:
      assumes status == PENDING && b->pnp.opening == OPEN_COMPLETED_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == with_opening(\old(*b), OPEN_OVER);
    behavior BND_18_no_call_to_return:
      assumes b->pnp.opening != OPEN_INSIDE &&
        !(status == PENDING && b->pnp.opening == OPEN_COMPLETED_INSIDE);
      ensures BND_18: \result == BND_18;
    behavior BND_18_no_such_status:
      assumes b->pnp.opening == OPEN_INSIDE &&
        (status == NO_STATUS || status >= STATUS_COUNT);
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior BND_18_pended:
      assumes b->pnp.opening == OPEN_INSIDE && status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == with_opening(\old(*b), OPEN_PENDED);
    behavior BND_18_answered:
      assumes b->pnp.opening == OPEN_INSIDE && status != PENDING &&
        status != NO_STATUS && status < STATUS_COUNT;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == open_answered(with_opening(\old(*b), OPEN_ANSWERED), status);
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_return_open_adapter(struct binding *b, uint8_t status);

/*@ BINDING_STEP
    behavior BND_15_not_binding:
      assumes binding_state(*b) != BINDING_OPENING || b->phase != BINDING;
      ensures BND_15: \result == BND_15;
    behavior BND_22_opened_before:
      assumes binding_state(*b) == BINDING_OPENING && b->phase == BINDING &&
        (b->adapter != ADAPTER_NONE || open_is_pending(b->pnp) ||
         b->pnp.opening == OPEN_COMPLETED_INSIDE);
      ensures BND_22: \result == BND_22;
    behavior BND_15_called:
      assumes binding_state(*b) == BINDING_OPENING && b->phase == BINDING &&
        b->adapter == ADAPTER_NONE && !open_is_pending(b->pnp) &&
        b->pnp.opening != OPEN_COMPLETED_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .context = (uint8_t)1, .pnp =
        {\old(b->pnp) \with .opening = (uint8_t)OPEN_INSIDE,
          .open_failed = (uint8_t)NO_STATUS, .open_parameters = (uint8_t)1,
          .bind_thread = thread}};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_open_adapter(struct binding *b, uint8_t thread);

/*@ BINDING_STEP
    behavior BND_18_none_pends:
      assumes !open_is_pending(b->pnp);
      ensures BND_18: \result == BND_18;
    behavior BND_17_parameters_freed:
      assumes open_is_pending(b->pnp) && b->pnp.open_parameters == 0;
      ensures BND_17: \result == BND_17;
    behavior BND_18_no_such_status:
      assumes open_is_pending(b->pnp) && b->pnp.open_parameters != 0 &&
        (status == NO_STATUS || status == PENDING || status >= STATUS_COUNT);
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior BND_18_delivered:
      assumes open_is_pending(b->pnp) && b->pnp.open_parameters != 0 &&
        status != NO_STATUS && status != PENDING && status < STATUS_COUNT;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == open_answered(with_opening(\old(*b),
        \old(b->pnp.opening) == OPEN_INSIDE ? OPEN_COMPLETED_INSIDE : OPEN_OVER), status);
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_open_adapter_complete(struct binding *b, uint8_t status);

/*@ BINDING_STEP
    behavior BND_02_not_binding:
      assumes b->miniport == 1 && (b->phase != BINDING || b->miniport != miniport);
      ensures BND_02: \result == BND_02;
    behavior REG_11_not_registered:
      assumes b->miniport == 1 && b->phase == BINDING && b->miniport == miniport &&
        status == SUCCESS &&
        must_register != 0 && b->registered == 0;
      ensures REG_11: \result == REG_11;
    behavior BND_22_bound:
      assumes b->miniport == 1 && b->phase == BINDING && b->miniport == miniport &&
        status == SUCCESS &&
        (must_register == 0 || b->registered != 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .phase = (uint8_t)BOUND};
    behavior BND_22_no_such_status:
      assumes b->miniport == 1 && b->phase == BINDING && b->miniport == miniport &&
        status != SUCCESS &&
        status != FAILURE;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior BND_21_failed_with_context_held:
      assumes b->miniport == 1 && b->phase == BINDING && b->miniport == miniport &&
        status == FAILURE &&
        b->context != 0;
      ensures BND_21: \result == BND_21;
    behavior BND_22_failed:
      assumes b->miniport == 1 && b->phase == BINDING && b->miniport == miniport &&
        status == FAILURE &&
        b->context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    behavior BND_14_refused:
      assumes b->miniport == 0 &&
        leave_bind_breaks(*b, miniport, must_register, status) != CONFORMING;
      ensures names_it:
        \result == leave_bind_breaks(\old(*b), miniport, must_register, status);
    behavior BND_20_pended:
      assumes b->miniport == 0 && status == PENDING && b->pnp.bind == BIND_INSIDE &&
        leave_bind_breaks(*b, miniport, must_register, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == with_bind(\old(*b), BIND_PENDED);
    behavior BND_20_completed_before:
      assumes b->miniport == 0 && status == PENDING && b->pnp.bind != BIND_INSIDE &&
        b->phase != BINDING &&
        leave_bind_breaks(*b, miniport, must_register, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == with_bind(\old(*b), BIND_OVER);
    behavior BND_04_bound:
      assumes b->miniport == 0 && status == SUCCESS &&
        leave_bind_breaks(*b, miniport, must_register, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .phase = (uint8_t)BOUND, .pnp =
        {\old(b->pnp) \with .bound_state = (uint8_t)BINDING_PAUSED,
          .bind = (uint8_t)BIND_OVER}};
    behavior BND_03_failed:
      assumes b->miniport == 0 && status != SUCCESS &&
        !(status == PENDING && (b->pnp.bind == BIND_INSIDE || b->phase != BINDING)) &&
        leave_bind_breaks(*b, miniport, must_register, status) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(with_bind(\old(*b), BIND_OVER));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_leave_bind(struct binding *b, uint8_t miniport,
                                    uint8_t must_register, uint8_t status);

/* The end of a bind that pends, once (BND-20). Where the handler is not back yet, the record
 * of a failed bind lasts until it is. What NdisUnbindAdapter has taken over is closing
 * already: only its status is owed (AMB-31 ii). */
/*@ BINDING_STEP
    behavior BND_14_refused:
      assumes complete_bind_breaks(*b, must_register, status) != CONFORMING;
      ensures names_it: \result == complete_bind_breaks(\old(*b), must_register, status);
    behavior BND_20_of_a_closing_binding:
      assumes complete_bind_breaks(*b, must_register, status) == CONFORMING &&
        binding_state(*b) == BINDING_CLOSING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == with_bind(\old(*b), completed_bind(\old(b->pnp.bind)));
    behavior BND_04_bound:
      assumes complete_bind_breaks(*b, must_register, status) == CONFORMING &&
        binding_state(*b) != BINDING_CLOSING && status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .phase = (uint8_t)BOUND, .pnp =
        {\old(b->pnp) \with .bound_state = (uint8_t)BINDING_PAUSED,
          .bind = (uint8_t)completed_bind(\old(b->pnp.bind))}};
    behavior BND_03_failed_inside:
      assumes complete_bind_breaks(*b, must_register, status) == CONFORMING &&
        binding_state(*b) != BINDING_CLOSING && status != SUCCESS && b->pnp.bind == BIND_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {with_bind(\old(*b), BIND_COMPLETED_INSIDE) \with
        .registered = (uint8_t)0};
    behavior BND_03_failed:
      assumes complete_bind_breaks(*b, must_register, status) == CONFORMING &&
        binding_state(*b) != BINDING_CLOSING && status != SUCCESS && b->pnp.bind != BIND_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(with_bind(\old(*b), BIND_OVER));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_complete_bind(struct binding *b, uint8_t must_register,
                                       uint8_t status);

/* From the bind, when the adapter is open (REG-01); an MCM once, from its initialisation. */
/*@ BINDING_STEP
    behavior REG_11_not_its_function:
      assumes b->miniport != miniport;
      ensures REG_11: \result == REG_11;
    behavior REG_01_not_in_its_bind:
      assumes b->miniport == miniport && b->miniport == 0 && !may_register_af(*b, miniport);
      ensures REG_01: \result == REG_01;
    behavior REG_02_not_once_in_its_initialisation:
      assumes b->miniport == miniport && b->miniport == 1 && !may_register_af(*b, miniport);
      ensures REG_02: \result == REG_02;
    behavior REG_11_registered:
      assumes may_register_af(*b, miniport);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .registered = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_register_af(struct binding *b, uint8_t miniport);

/*@ BINDING_STEP
    behavior REG_12_not_owed:
      assumes b->offer_owed == 0;
      ensures REG_12: \result == REG_12;
    behavior REG_12_offered:
      assumes b->offer_owed != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .offer_owed = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_register_notify(struct binding *b);

/*@ BINDING_STEP
    behavior CAD_12_right_withdrawn:
      assumes send_breaks(*b, thread) != CONFORMING;
      ensures names_it: \result == send_breaks(\old(*b), thread);
      ensures CAD_12: \old(b->miniport) == 1 ==> \result == CAD_12;
    behavior CAD_10_used_up:
      assumes send_breaks(*b, thread) == CONFORMING && b->sends == UINT16_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior CAD_10_right_present:
      assumes send_breaks(*b, thread) == CONFORMING && b->sends < UINT16_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .sends = (uint16_t)(\old(b->sends) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_send(struct binding *b, uint8_t thread);

/*@ BINDING_STEP
    behavior CAD_10_none_left:
      assumes b->sends == 0;
      ensures CAD_10: \result == CAD_10;
    behavior CAD_10_one_fewer:
      assumes b->sends > 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .sends = (uint16_t)(\old(b->sends) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_send_complete(struct binding *b);

/*@ BINDING_STEP
    behavior CAD_12_right_withdrawn:
      assumes request_breaks(*b, r, halts, thread) != CONFORMING;
      ensures names_it: \result == request_breaks(\old(*b), r, halts, thread);
      ensures CAD_12: \old(b->miniport) == 1 ==> \result == CAD_12;
    behavior CAD_11_used_up:
      assumes request_breaks(*b, r, halts, thread) == CONFORMING && b->requests == UINT16_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior CAD_11_right_present:
      assumes request_breaks(*b, r, halts, thread) == CONFORMING && b->requests < UINT16_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .requests = (uint16_t)(\old(b->requests) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_request(struct binding *b, struct readings r, uint8_t halts,
                                 uint8_t thread);

/* SET_FILTER, CLEAR_FILTER or WITHDRAW_OFFLOADS: a request that NDIS answers at once. A
 * driver that is being restarted asks for its offloads too (PNP-11). */
/*@ requires one_of_them: kind == SET_FILTER || kind == CLEAR_FILTER || kind == WITHDRAW_OFFLOADS;
    BINDING_STEP
    behavior CAD_12_right_withdrawn:
      assumes request_breaks(*b, r, halts, thread) != CONFORMING;
      ensures names_it: \result == request_breaks(\old(*b), r, halts, thread);
    behavior UNB_06_filter:
      assumes request_breaks(*b, r, halts, thread) == CONFORMING && kind != WITHDRAW_OFFLOADS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .pnp = {\old(b->pnp) \with
        .filter = (uint8_t)(kind == SET_FILTER ? 1 : 0),
        .offloads = (uint8_t)(kind == SET_FILTER && binding_state(\old(*b)) == BINDING_RESTARTING
          ? 1 : \old(b->pnp.offloads))}};
    behavior UNB_07_offloads_withdrawn:
      assumes request_breaks(*b, r, halts, thread) == CONFORMING && kind == WITHDRAW_OFFLOADS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .pnp = {\old(b->pnp) \with .offloads = (uint8_t)0}};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_request_at_once(struct binding *b, struct readings r, uint8_t halts,
                                         uint16_t kind, uint8_t thread);

/*@ BINDING_STEP
    behavior CAD_11_none_left:
      assumes b->requests == 0;
      ensures CAD_11: \result == CAD_11;
    behavior CAD_11_one_fewer:
      assumes b->requests > 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .requests = (uint16_t)(\old(b->requests) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_request_complete(struct binding *b);

/*@ BINDING_STEP
    behavior CAD_12_right_withdrawn:
      assumes !binding_may_use(*b);
      ensures CAD_12: \result == CAD_12;
    behavior UNB_18_still_binding:
      assumes binding_may_use(*b) && b->phase == BINDING && in_bind_handler(*b, thread);
      ensures UNB_18: \result == UNB_18;
    behavior UNB_22_called:
      assumes binding_may_use(*b) && b->phase != BINDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .pnp = {\old(b->pnp) \with
        .unbind_call = (uint8_t)UNBIND_CALL_MADE, .unbind_caller = thread}};
    behavior BND_22_called_in_a_bind_that_pends:
      assumes binding_may_use(*b) && b->phase == BINDING &&
        !in_bind_handler(*b, thread);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .phase = (uint8_t)BOUND, .pnp =
        {\old(b->pnp) \with .unbind_call = (uint8_t)UNBIND_CALL_MADE, .unbind_caller = thread,
          .bound_state = (uint8_t)(r.amb_31_bind == 'b' ? BINDING_PAUSED : BINDING_OPENING)}};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_unbind_adapter(struct binding *b, struct readings r,
                                             uint8_t thread);

/* SUCCESS: the unbind has been started, and the caller may not use the handle again
 * (UNB-20). RESOURCES: it could not be, and a bind that pends goes on pending. Perhaps the
 * unbind is already over. */
/*@ BINDING_STEP
    behavior UNB_22_refused:
      assumes return_unbind_breaks(*b, status) != CONFORMING;
      ensures names_it: \result == return_unbind_breaks(\old(*b), status);
    behavior UNB_22_over:
      assumes return_unbind_breaks(*b, status) == CONFORMING && b->phase == UNBOUND;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == unbind_call_over(\old(*b));
    behavior UNB_20_given_up:
      assumes return_unbind_breaks(*b, status) == CONFORMING && b->phase != UNBOUND &&
        status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {unbind_call_over(\old(*b)) \with .unbind_owed =
        (uint8_t)(\old(b->phase) == BOUND ? 1 : \old(b->unbind_owed))};
    behavior UNB_22_not_started:
      assumes return_unbind_breaks(*b, status) == CONFORMING && b->phase != UNBOUND &&
        status != SUCCESS && !bind_was_taken_over(*b);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == unbind_call_over(\old(*b));
    behavior UNB_22_bind_goes_on:
      assumes return_unbind_breaks(*b, status) == CONFORMING && b->phase != UNBOUND &&
        status != SUCCESS && bind_was_taken_over(*b);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {unbind_call_over(\old(*b)) \with
        .phase = (uint8_t)BINDING, .unbind_owed = (uint8_t)0, .offer_owed = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_return_unbind_adapter(struct binding *b, uint8_t status);

/*@ BINDING_STEP
    behavior UNB_01_refused:
      assumes enter_unbind_breaks(*b, miniport, thread, s) != CONFORMING;
      ensures names_it: \result == enter_unbind_breaks(\old(*b), miniport, thread, s);
    behavior UNB_01_entered:
      assumes enter_unbind_breaks(*b, miniport, thread, s) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .phase = (uint8_t)UNBINDING, .unbind_thread = thread,
          .unbind_owed = (uint8_t)0, .registered = (uint8_t)0,
          .offer_owed = (uint8_t)0, .pnp = {\old(b->pnp) \with .unbind_call =
            (uint8_t)(\old(b->unbind_owed) == 0 ? UNBIND_CALL_STARTED
                                               : \old(b->pnp.unbind_call))}};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_unbind(struct binding *b, uint8_t miniport, uint8_t thread,
                                      struct stack s);

/* One binding is to go, and no other: its driver is unloaded; or the adapter of an MCM halts
 * although nobody is unbound. */
/*@ BINDING_STEP
    behavior HLT_04_not_initialized:
      assumes miniport == 1 && (b->miniport != miniport || b->phase != BOUND);
      ensures HLT_04: \result == HLT_04;
    behavior UNB_01_not_bound:
      assumes miniport != 1 && (b->miniport != miniport || b->phase != BOUND);
      ensures UNB_01: \result == UNB_01;
    behavior HLT_04_UNB_01_is_owed:
      assumes b->miniport == miniport && b->phase == BOUND;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .unbind_owed = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_remove(struct binding *b, uint8_t miniport);

/* The call itself withdraws the right to the handle (CAD-12, CAD-13). */
/*@ ENDING_BINDING_STEP
    behavior CAD_02_never_opened:
      assumes b->adapter == ADAPTER_NONE;
      ensures CAD_02: \result == CAD_02;
    behavior CAD_13_right_withdrawn:
      assumes b->adapter != ADAPTER_NONE && !binding_may_use(*b);
      ensures CAD_13: \result == CAD_13;
    behavior CAD_09_not_unbinding:
      assumes binding_may_use(*b) && b->phase == BOUND;
      ensures CAD_09: \result == CAD_09;
    behavior CAD_10_sends_outstanding:
      assumes binding_may_use(*b) && b->phase != BOUND && b->sends > 0;
      ensures CAD_10: \result == CAD_10;
    behavior CAD_11_requests_outstanding:
      assumes binding_may_use(*b) && b->phase != BOUND && b->sends == 0 &&
        b->requests > 0;
      ensures CAD_11: \result == CAD_11;
    behavior UNB_06_refused:
      assumes binding_may_use(*b) && b->phase != BOUND && b->sends == 0 &&
        b->requests == 0 && close_breaks(*b, r) != CONFORMING;
      ensures names_it: \result == close_breaks(\old(*b), r);
    behavior CAD_12_handle_dies:
      assumes binding_may_use(*b) && b->phase != BOUND && b->sends == 0 &&
        b->requests == 0 && close_breaks(*b, r) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSE_INSIDE};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_close_adapter(struct binding *b, struct readings r);

/*@ BINDING_STEP
    behavior CAD_04_pended:
      assumes b->adapter == ADAPTER_CLOSE_PENDED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSED,
          .pnp = {\old(b->pnp) \with .close_thread = thread}};
    behavior CAD_04_before_the_return:
      assumes b->adapter == ADAPTER_CLOSE_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSE_COMPLETED_INSIDE,
          .pnp = {\old(b->pnp) \with .close_thread = thread}};
    behavior CAD_06_completed_before:
      assumes b->adapter == ADAPTER_CLOSED;
      ensures CAD_06: \result == CAD_06;
    behavior CAD_04_not_owed:
      assumes b->adapter != ADAPTER_CLOSE_PENDED && b->adapter != ADAPTER_CLOSE_INSIDE &&
        b->adapter != ADAPTER_CLOSED;
      ensures CAD_04: \result == CAD_04;
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_close_adapter_complete(struct binding *b, uint8_t thread);

/*@ BINDING_STEP
    behavior CAD_05_no_such_status:
      assumes status != SUCCESS && status != PENDING;
      ensures CAD_05: \result == CAD_05;
    behavior CAD_03_closed:
      assumes b->adapter == ADAPTER_CLOSE_INSIDE && status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSED};
    behavior CAD_03_pended:
      assumes b->adapter == ADAPTER_CLOSE_INSIDE && status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSE_PENDED};
    behavior CAD_06_success_after_completion:
      assumes b->adapter == ADAPTER_CLOSE_COMPLETED_INSIDE && status == SUCCESS;
      ensures CAD_06: \result == CAD_06;
    behavior CAD_03_completed_and_last_of_the_unbind:
      assumes b->adapter == ADAPTER_CLOSE_COMPLETED_INSIDE && status == PENDING &&
        b->phase == UNBIND_PENDED && b->unbind_completed == 1 && b->context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    behavior CAD_03_completed:
      assumes b->adapter == ADAPTER_CLOSE_COMPLETED_INSIDE && status == PENDING &&
        !(b->phase == UNBIND_PENDED && b->unbind_completed == 1 && b->context == 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSED};
    behavior CAD_03_not_inside:
      assumes (status == SUCCESS || status == PENDING) &&
        b->adapter != ADAPTER_CLOSE_INSIDE &&
        b->adapter != ADAPTER_CLOSE_COMPLETED_INSIDE;
      ensures CAD_03: \result == CAD_03;
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_return_close_adapter(struct binding *b, uint8_t status);

/*@ BINDING_STEP
    behavior UNB_25_refused:
      assumes free_context_breaks(*b) != CONFORMING;
      ensures names_it: \result == free_context_breaks(\old(*b));
    behavior CAD_01_freed:
      assumes free_context_breaks(*b) == CONFORMING && !unbind_is_over(without_context(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == without_context(\old(*b));
    behavior UNB_16_last_of_the_unbind:
      assumes free_context_breaks(*b) == CONFORMING && unbind_is_over(without_context(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(without_context(\old(*b)));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_free_context(struct binding *b);

/*@ BINDING_STEP
    behavior UNB_12_refused:
      assumes complete_unbind_breaks(*b, r) != CONFORMING;
      ensures names_it: \result == complete_unbind_breaks(\old(*b), r);
    behavior UNB_14_completed:
      assumes complete_unbind_breaks(*b, r) == CONFORMING && !unbind_is_over(completed(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == completed(\old(*b));
    behavior UNB_14_last_of_the_unbind:
      assumes complete_unbind_breaks(*b, r) == CONFORMING && unbind_is_over(completed(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_complete_unbind(struct binding *b, struct readings r);

/*@ ENDING_BINDING_STEP
    ensures only_the_close_ends_the_open:
      miniport == 0 && may_have_afs(\old(*b)) ==> may_have_afs(*b);
    behavior UNB_01_refused:
      assumes leave_unbind_breaks(*b, miniport, status, s) != CONFORMING;
      ensures names_it: \result == leave_unbind_breaks(\old(*b), miniport, status, s);
    behavior UNB_09_pended:
      assumes leave_unbind_breaks(*b, miniport, status, s) == CONFORMING &&
        status == PENDING && !unbind_is_over(pended(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == pended(\old(*b));
    behavior UNB_09_pended_and_all_done:
      assumes leave_unbind_breaks(*b, miniport, status, s) == CONFORMING &&
        status == PENDING && unbind_is_over(pended(*b));
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    behavior UNB_09_unbound:
      assumes leave_unbind_breaks(*b, miniport, status, s) == CONFORMING &&
        status != PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_leave_unbind(struct binding *b, uint8_t miniport, uint8_t status,
                                      struct stack s);

/* What binding_step says of all of its events. */
#define BINDING_STEP_PROMISES(SAYS)                                                            \
    SAYS(BND_14_accepted_exactly, \result == CONFORMING <==>                                   \
        binding_accepts(\old(*b), r, s, must_register, halts, e))                              \
    SAYS(BND_22_initialised_or_not, e.kind == LEAVE_INITIALIZE && \result == CONFORMING ==>    \
        (b->phase == UNBOUND <==> e.status != SUCCESS))                                        \
    SAYS(REG_12_offered_elsewhere, b->offer_owed <= \old(b->offer_owed))                       \
    SAYS(UNB_18_UNB_19_CAD_15_thread, \result == CONFORMING ==> remembers_thread(*b, e))       \
    SAYS(only_the_close_ends_the_open,                                                         \
        e.kind != CALL_CLOSE_ADAPTER && e.kind != LEAVE_HALT && may_have_afs(\old(*b)) ==>     \
        may_have_afs(*b))                                                                      \
    SAYS(BND_02_CAD_10_CAD_13_moves_on, \result == CONFORMING ==>                              \
        binding_moves_on(\old(*b), *b, e))                                                     \
    SAYS(REG_11_only_the_call_manager, must_register != 1 ==>                                  \
        (e.kind == ENTER_INITIALIZE ==> \result == NOT_AN_EVENT) &&                            \
        (e.kind == CALL_MCM_REGISTER_AF ==> \result == REG_11))                                \
    SAYS(REG_05_another_changes_nothing, must_register != 1 && e.kind == CALL_CM_REGISTER_AF ==> \
        *b == \old(*b))                                                                        \
    SAYS(HLT_01_REG_11_stays_what_it_is,                                                       \
        (e.kind != ENTER_BIND && e.kind != ENTER_INITIALIZE ==>                                \
           b->generation == \old(b->generation)) &&                                            \
        (must_register == 0 && \old(b->miniport) == 0 ==> b->miniport == 0) &&                 \
        (\old(b->miniport) == 1 && \old(b->phase) != UNBOUND && e.kind != LEAVE_HALT &&        \
         e.kind != LEAVE_INITIALIZE ==> b->phase != UNBOUND))                                  \
    SAYS(CAD_12_right_withdrawn, (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&        \
        !binding_may_use(\old(*b)) ==>                                                         \
        \result != CONFORMING && (\old(b->miniport) == 1 ==> \result == CAD_12))                   \
    SAYS(CAD_10_names_it, e.kind == CALL_SEND &&                                               \
        send_breaks(\old(*b), e.thread) != CONFORMING ==>                                      \
        \result == send_breaks(\old(*b), e.thread))                                            \
    SAYS(BND_14_state_of_the_table, FIRST_OF_pnp_event <= e.kind <= LAST_OF_pnp_event ==>    \
        *b == with_pnp(\old(*b), b->pnp))                                                      \
    SAYS(refused_elsewhere, !(FIRST_OF_binding <= e.kind <= LAST_OF_binding) &&                \
        !is_plug_and_play_event(e.kind) && e.kind != HALT_ADAPTER &&                           \
        e.kind != REMOVE_BINDING ==> \result == NOT_AN_EVENT)

/* One step of a binding. must_register: it is the call manager's, which offers its AF each
 * time it is bound (REG-11); halts: the adapter is an MCM's and is not bound (HLT-02). */
/*@ requires stack_is_known: stack_invariant(s);
    STEP_OF(binding, b)
    BINDING_STEP_PROMISES(CLAUSE) */
enum requirement binding_step(struct binding *b, struct readings r, struct stack s,
                              uint8_t must_register, uint8_t halts, struct event e);

#endif
