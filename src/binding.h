/* binding.h - one binding of a protocol driver to the adapter, or the adapter of an
 * MCM: from bind to unbind, from initialise to halt. Conventions as in
 * address_family.h. What the AFs of the binding allow is decided in core.c. */
#ifndef CLOSEAF_BINDING_H
#define CLOSEAF_BINDING_H

#include "event.h"
#include "requirement.h"

enum binding_phase {
    UNBOUND,
    BINDING,       /* in ProtocolBindAdapterEx or MiniportInitializeEx */
    BOUND,
    UNBINDING,     /* in ProtocolUnbindAdapterEx or MiniportHaltEx */
    UNBIND_PENDED  /* the handler returned PENDING (UNB-10) */
};

enum adapter {
    ADAPTER_NONE,                   /* not opened; an MCM never opens one */
    ADAPTER_OPEN,                   /* the binding handle is valid */
    ADAPTER_CLOSE_INSIDE,           /* in NdisCloseAdapterEx: the handle is dead (CAD-12) */
    ADAPTER_CLOSE_COMPLETED_INSIDE, /* completed before the call returned (AMB-29) */
    ADAPTER_CLOSE_PENDED,           /* NDIS owes ProtocolCloseAdapterCompleteEx (CAD-04) */
    ADAPTER_CLOSED
};

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
    uint8_t sends;
    uint8_t requests;
};

/* The words of the contracts. Each predicate speaks of one record, by value. */
/*@ // The right to use the binding handle: from the open to the close (CAD-12).
    predicate binding_may_use(struct binding b) = b.adapter == ADAPTER_OPEN;

    // Closed, or unbound: this handle value is never valid again.
    predicate binding_dead(struct binding b) =
      b.phase == UNBOUND || b.adapter > ADAPTER_OPEN;

    // NDIS has told the driver that the adapter is closed (CAD-06, UNB-08).
    predicate adapter_close_told(struct binding b) =
      b.adapter == ADAPTER_CLOSED || b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE;

    predicate unbind_is_over(struct binding b) =
      b.phase == UNBIND_PENDED && b.unbind_completed == 1 && b.adapter == ADAPTER_CLOSED;

    // What the end of an unbind, or of a failed bind, leaves of the record.
    logic struct binding forgotten(struct binding b) =
      {b \with .phase = (uint8_t)UNBOUND, .adapter = (uint8_t)ADAPTER_NONE,
        .unbind_owed = (uint8_t)0, .unbind_completed = (uint8_t)0,
        .registered = (uint8_t)0, .offer_owed = (uint8_t)0};

    predicate flags_are_flags(struct binding b) =
      b.miniport <= 1 && b.unbind_owed <= 1 && b.unbind_completed <= 1 &&
      b.context <= 1 && b.registered <= 1 && b.offer_owed <= 1;

    // UNB-08: while the adapter is open the context is allocated; CAD-10, CAD-11.
    predicate adapter_is_consistent(struct binding b) =
      b.adapter <= ADAPTER_CLOSED &&
      (b.adapter != ADAPTER_NONE ==> b.phase != UNBOUND && b.miniport == 0) &&
      (b.adapter == ADAPTER_NONE && b.miniport == 0 ==>
         b.context == 0 && (b.phase == UNBOUND || b.phase == BINDING)) &&
      (b.adapter != ADAPTER_NONE && !adapter_close_told(b) ==> b.context == 1) &&
      (b.adapter != ADAPTER_OPEN ==> b.sends == 0 && b.requests == 0);

    predicate binding_invariant(struct binding b) =
      b.phase <= UNBIND_PENDED && flags_are_flags(b) && adapter_is_consistent(b) &&
      (b.generation == 0 ==> b.phase == UNBOUND) &&
      (b.phase == UNBOUND ==> b.context == 0) &&
      (b.phase == BOUND && b.miniport == 0 ==> b.adapter == ADAPTER_OPEN) &&
      (b.phase == UNBIND_PENDED ==> b.miniport == 0) &&
      (b.unbind_owed == 1 ==> b.phase != UNBOUND && b.phase != BINDING) &&
      (b.unbind_completed == 1 ==>
         (b.phase == UNBINDING || b.phase == UNBIND_PENDED) && b.context == 0 &&
         b.miniport == 0) &&
      (b.registered == 1 ==> b.phase == BINDING || b.phase == BOUND) &&
      (b.offer_owed == 1 ==> b.phase == BOUND) &&
      !unbind_is_over(b);

    // Generations never decrease; within one, what is dead or freed stays so.
    predicate binding_evolves(struct binding old, struct binding new) =
      new.generation >= old.generation &&
      (new.generation == old.generation ==>
         (binding_dead(old) ==> binding_dead(new)) &&
         (old.phase == UNBOUND ==> new.phase == UNBOUND) &&
         new.miniport == old.miniport);
*/

/* Every function below: a valid record that satisfies the invariant is all it asks. */

/* A new bind, a new generation: an old handle value never comes back. */
/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    requires is_flag: miniport <= 1;
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
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
          .miniport = miniport, .phase = (uint8_t)BINDING, .context = miniport};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_bind(struct binding *b, uint8_t miniport);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior BND_22_not_binding_or_opened_before:
      assumes (b->phase != BINDING || b->adapter != ADAPTER_NONE || b->miniport == 1);
      ensures BND_22: \result == BND_22;
    behavior CAD_02_opened:
      assumes (!(b->phase != BINDING || b->adapter != ADAPTER_NONE || b->miniport == 1)) &&
        status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_OPEN, .context = (uint8_t)1};
    behavior CAD_02_failed:
      assumes (!(b->phase != BINDING || b->adapter != ADAPTER_NONE || b->miniport == 1)) &&
        status == FAILURE;
      ensures CONFORMING: \result == CONFORMING;
      ensures unchanged: *b == \old(*b);
    behavior CAD_02_no_such_status:
      assumes (!(b->phase != BINDING || b->adapter != ADAPTER_NONE || b->miniport == 1)) &&
        status != SUCCESS && status != FAILURE;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_return_open_adapter(struct binding *b, uint8_t status);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior BND_02_not_binding:
      assumes b->phase != BINDING || b->miniport != miniport;
      ensures BND_02: \result == BND_02;
    behavior CAD_09_adapter_not_open:
      assumes b->phase == BINDING && b->miniport == miniport && status == SUCCESS &&
        (b->miniport == 0 && b->adapter != ADAPTER_OPEN);
      ensures CAD_09: \result == CAD_09;
    behavior REG_11_not_registered:
      assumes b->phase == BINDING && b->miniport == miniport && status == SUCCESS &&
        !(b->miniport == 0 && b->adapter != ADAPTER_OPEN) && must_register != 0 &&
        b->registered == 0;
      ensures REG_11: \result == REG_11;
    behavior BND_22_bound:
      assumes b->phase == BINDING && b->miniport == miniport && status == SUCCESS &&
        !(b->miniport == 0 && b->adapter != ADAPTER_OPEN) &&
        (must_register == 0 || b->registered != 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .phase = (uint8_t)BOUND};
    behavior BND_22_no_such_status:
      assumes b->phase == BINDING && b->miniport == miniport && status != SUCCESS &&
        status != FAILURE;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior CAD_19_failed_with_adapter_open:
      assumes b->phase == BINDING && b->miniport == miniport && status == FAILURE &&
        (b->adapter != ADAPTER_NONE && b->adapter != ADAPTER_CLOSED);
      ensures CAD_19: \result == CAD_19;
    behavior BND_21_failed_with_context_held:
      assumes b->phase == BINDING && b->miniport == miniport && status == FAILURE &&
        !(b->adapter != ADAPTER_NONE && b->adapter != ADAPTER_CLOSED) && b->context != 0;
      ensures BND_21: \result == BND_21;
    behavior BND_22_failed:
      assumes b->phase == BINDING && b->miniport == miniport && status == FAILURE &&
        !(b->adapter != ADAPTER_NONE && b->adapter != ADAPTER_CLOSED) && b->context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_leave_bind(struct binding *b, uint8_t miniport,
                                    uint8_t must_register, uint8_t status);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior REG_11_not_its_function:
      assumes b->miniport != miniport;
      ensures REG_11: \result == REG_11;
    behavior CAD_12_right_withdrawn:
      assumes b->miniport == miniport &&
        ((b->phase != BINDING && b->phase != BOUND) ||
         (b->miniport == 0 && b->adapter != ADAPTER_OPEN));
      ensures CAD_12: \result == CAD_12;
    behavior REG_11_registered:
      assumes b->miniport == miniport &&
        (!((b->phase != BINDING && b->phase != BOUND) ||
         (b->miniport == 0 && b->adapter != ADAPTER_OPEN)));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .registered = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_register_af(struct binding *b, uint8_t miniport);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
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

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_12_right_withdrawn:
      assumes !binding_may_use(*b);
      ensures CAD_12: \result == CAD_12;
    behavior CAD_10_used_up:
      assumes binding_may_use(*b) && b->sends == UINT8_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior CAD_10_right_present:
      assumes binding_may_use(*b) && b->sends < UINT8_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .sends = (uint8_t)(\old(b->sends) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_send(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_10_none_left:
      assumes b->sends == 0;
      ensures CAD_10: \result == CAD_10;
    behavior CAD_10_one_fewer:
      assumes b->sends > 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .sends = (uint8_t)(\old(b->sends) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_send_complete(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_12_right_withdrawn:
      assumes !binding_may_use(*b);
      ensures CAD_12: \result == CAD_12;
    behavior CAD_11_used_up:
      assumes binding_may_use(*b) && b->requests == UINT8_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior CAD_11_right_present:
      assumes binding_may_use(*b) && b->requests < UINT8_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .requests = (uint8_t)(\old(b->requests) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_request(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_11_none_left:
      assumes b->requests == 0;
      ensures CAD_11: \result == CAD_11;
    behavior CAD_11_one_fewer:
      assumes b->requests > 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .requests = (uint8_t)(\old(b->requests) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_request_complete(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_12_right_withdrawn:
      assumes !binding_may_use(*b);
      ensures CAD_12: \result == CAD_12;
    behavior UNB_18_still_binding:
      assumes binding_may_use(*b) && b->phase == BINDING;
      ensures UNB_18: \result == UNB_18;
    behavior UNB_18_unbind_is_owed:
      assumes binding_may_use(*b) && b->phase != BINDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .unbind_owed = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_unbind_adapter(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior UNB_01_not_owed:
      assumes (b->phase != BOUND || b->unbind_owed == 0 || b->miniport != miniport);
      ensures UNB_01: \result == UNB_01;
    behavior UNB_01_entered:
      assumes !(b->phase != BOUND || b->unbind_owed == 0 || b->miniport != miniport);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .phase = (uint8_t)UNBINDING, .unbind_thread = thread,
          .unbind_owed = (uint8_t)0, .registered = (uint8_t)0,
          .offer_owed = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_unbind(struct binding *b, uint8_t miniport,
                                      uint8_t thread);

/* The call itself withdraws the right to the handle (CAD-12, CAD-13). */
/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
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
    behavior CAD_12_handle_dies:
      assumes binding_may_use(*b) && b->phase != BOUND && b->sends == 0 &&
        b->requests == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSE_INSIDE};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_close_adapter(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior CAD_04_pended:
      assumes b->adapter == ADAPTER_CLOSE_PENDED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b == {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSED};
    behavior CAD_04_before_the_return:
      assumes b->adapter == ADAPTER_CLOSE_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .adapter = (uint8_t)ADAPTER_CLOSE_COMPLETED_INSIDE};
    behavior CAD_06_completed_before:
      assumes b->adapter == ADAPTER_CLOSED;
      ensures CAD_06: \result == CAD_06;
    behavior CAD_04_not_owed:
      assumes b->adapter != ADAPTER_CLOSE_PENDED && b->adapter != ADAPTER_CLOSE_INSIDE &&
        b->adapter != ADAPTER_CLOSED;
      ensures CAD_04: \result == CAD_04;
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_enter_close_adapter_complete(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
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
        b->phase == UNBIND_PENDED && b->unbind_completed == 1;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    behavior CAD_03_completed:
      assumes b->adapter == ADAPTER_CLOSE_COMPLETED_INSIDE && status == PENDING &&
        !(b->phase == UNBIND_PENDED && b->unbind_completed == 1);
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

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior UNB_25_freed_before:
      assumes b->context == 0;
      ensures UNB_25: \result == UNB_25;
    behavior HLT_07_adapter_not_halting:
      assumes b->context != 0 && b->miniport == 1 && b->phase == BOUND;
      ensures HLT_07: \result == HLT_07;
    behavior UNB_08_adapter_not_closed:
      assumes b->context != 0 && b->miniport != 1 && !adapter_close_told(*b);
      ensures UNB_08: \result == UNB_08;
    behavior CAD_01_freed_by_an_mcm:
      assumes b->context != 0 && b->miniport == 1 && b->phase != BOUND;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .context = (uint8_t)0};
    behavior CAD_01_freed:
      assumes b->context != 0 && b->miniport != 1 && adapter_close_told(*b);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_free_context(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior UNB_12_not_unbinding:
      assumes ((b->phase != UNBINDING && b->phase != UNBIND_PENDED) ||
         b->miniport == 1);
      ensures UNB_12: \result == UNB_12;
    behavior UNB_14_completed_before:
      assumes (!((b->phase != UNBINDING && b->phase != UNBIND_PENDED) ||
         b->miniport == 1)) &&
        b->unbind_completed == 1;
      ensures UNB_14: \result == UNB_14;
    behavior UNB_13_context_held:
      assumes (!((b->phase != UNBINDING && b->phase != UNBIND_PENDED) ||
         b->miniport == 1)) &&
        b->unbind_completed == 0 && b->context != 0;
      ensures UNB_13: \result == UNB_13;
    behavior UNB_14_completed:
      assumes (!((b->phase != UNBINDING && b->phase != UNBIND_PENDED) ||
         b->miniport == 1)) &&
        b->unbind_completed == 0 && b->context == 0 &&
        !(b->phase == UNBIND_PENDED && b->adapter == ADAPTER_CLOSED);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .unbind_completed = (uint8_t)1};
    behavior UNB_14_last_of_the_unbind:
      assumes (!((b->phase != UNBINDING && b->phase != UNBIND_PENDED) ||
         b->miniport == 1)) &&
        b->unbind_completed == 0 && b->context == 0 && b->phase == UNBIND_PENDED &&
        b->adapter == ADAPTER_CLOSED;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_call_complete_unbind(struct binding *b);

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    behavior UNB_01_not_unbinding:
      assumes b->phase != UNBINDING || b->miniport != miniport;
      ensures UNB_01: \result == UNB_01;
    behavior UNB_09_pended:
      assumes b->phase == UNBINDING && b->miniport == miniport &&
        (status == PENDING && b->miniport == 0) &&
        !(b->unbind_completed == 1 && b->adapter == ADAPTER_CLOSED);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *b ==
        {\old(*b) \with .phase = (uint8_t)UNBIND_PENDED};
    behavior UNB_09_pended_and_all_done:
      assumes b->phase == UNBINDING && b->miniport == miniport &&
        (status == PENDING && b->miniport == 0) &&
        (b->unbind_completed == 1 && b->adapter == ADAPTER_CLOSED);
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    behavior UNB_03_no_such_answer:
      assumes b->phase == UNBINDING && b->miniport == miniport &&
        !(status == PENDING && b->miniport == 0) && status != SUCCESS;
      ensures UNB_03: \result == UNB_03;
    behavior UNB_11_success_after_completion:
      assumes b->phase == UNBINDING && b->miniport == miniport && status == SUCCESS &&
        b->unbind_completed == 1;
      ensures UNB_11: \result == UNB_11;
    behavior UNB_09_adapter_not_closed:
      assumes b->phase == UNBINDING && b->miniport == miniport && status == SUCCESS &&
        b->unbind_completed == 0 && (b->miniport == 0 && b->adapter != ADAPTER_CLOSED);
      ensures UNB_09: \result == UNB_09;
    behavior UNB_25_context_held:
      assumes b->phase == UNBINDING && b->miniport == miniport && status == SUCCESS &&
        b->unbind_completed == 0 && !(b->miniport == 0 && b->adapter != ADAPTER_CLOSED) &&
        b->context != 0;
      ensures UNB_25: \result == UNB_25;
    behavior UNB_09_unbound:
      assumes b->phase == UNBINDING && b->miniport == miniport && status == SUCCESS &&
        b->unbind_completed == 0 && !(b->miniport == 0 && b->adapter != ADAPTER_CLOSED) &&
        b->context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures forgotten: *b == forgotten(\old(*b));
    complete behaviors;
    disjoint behaviors; */
enum requirement binding_leave_unbind(struct binding *b, uint8_t miniport,
                                      uint8_t status);

#endif
