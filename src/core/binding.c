/* binding.c - see binding.h. */
#include "binding.h"

/* The unbind is over when the handler has returned, the adapter close has returned, the
 * driver has completed what it had pended and its context is freed (only under AMB-30 b
 * that comes last); the last of them ends it and with it the life of the handle. */
/*@ requires valid: \valid(b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures forgotten: *b == forgotten(\old(*b)); */
static void forget(struct binding *b)
{
    b->phase = UNBOUND;
    b->adapter = ADAPTER_NONE;
    b->unbind_owed = 0;
    b->unbind_completed = 0;
    b->registered = 0;
    b->offer_owed = 0;
}

/*@ requires valid: \valid(b);
    terminates \true;
    exits never: \false;
    assigns *b;
    behavior over:
      assumes unbind_is_over(*b);
      ensures forgotten: *b == forgotten(\old(*b));
    behavior not_over:
      assumes !unbind_is_over(*b);
      ensures unchanged: *b == \old(*b);
    complete behaviors;
    disjoint behaviors; */
static void settle_unbind(struct binding *b)
{
    if (b->phase == UNBIND_PENDED && b->unbind_completed == 1 &&
        b->adapter == ADAPTER_CLOSED && b->context == 0) {
        forget(b);
    }
}

uint8_t binding_state(struct binding b)
{
    if (b.miniport == 1) {
        return BINDING_UNBOUND;
    }
    switch (b.phase) {
    case UNBOUND: return BINDING_UNBOUND;
    case BINDING:
        return b.pnp.bind == BIND_COMPLETED_INSIDE ? BINDING_UNBOUND : BINDING_OPENING;
    case BOUND: return b.pnp.bound_state;
    case UNBIND_PENDED:
        return b.unbind_completed == 1 && b.adapter == ADAPTER_CLOSED ? BINDING_UNBOUND
                                                                      : BINDING_CLOSING;
    default: return BINDING_CLOSING;
    }
}

enum requirement binding_enter_bind(struct binding *b, uint8_t miniport)
{
    const struct plug_and_play fresh = {.bound_state = BINDING_PAUSED,
                                        .bind = miniport == 1 ? BIND_OVER : BIND_INSIDE};

    if (b->phase != UNBOUND) {
        return BND_02;
    }
    if (b->generation == UINT32_MAX) {
        return BOUND_REACHED;
    }
    b->generation++;
    b->miniport = miniport;
    b->phase = BINDING;
    b->context = miniport;
    b->pnp = fresh;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> open_is_pending(p); */
static int open_is_pending(struct plug_and_play p)
{
    return p.opening == OPEN_INSIDE || p.opening == OPEN_PENDED;
}

/* The open says how it ends. */
/*@ requires valid: \valid(b);
    requires is_status: status < STATUS_COUNT;
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures exact: *b == open_answered(\old(*b), status); */
static void end_open(struct binding *b, uint8_t status)
{
    if (status == SUCCESS) {
        b->adapter = ADAPTER_OPEN;
    } else {
        b->pnp.open_failed = status;
    }
}

enum requirement binding_return_open_adapter(struct binding *b, uint8_t status)
{
    if (status == PENDING && b->pnp.opening == OPEN_COMPLETED_INSIDE) {
        b->pnp.opening = OPEN_OVER;
        /*@ assert completed_before: binding_invariant(*b); */
        return CONFORMING;
    }
    if (b->pnp.opening != OPEN_INSIDE) {
        return BND_18;
    }
    if (status == NO_STATUS || status >= STATUS_COUNT) {
        return NOT_AN_EVENT;
    }
    if (status == PENDING) {
        b->pnp.opening = OPEN_PENDED;
        /*@ assert pended: binding_invariant(*b); */
        return CONFORMING;
    }
    b->pnp.opening = OPEN_ANSWERED;
    /*@ assert answered: binding_invariant(*b); */
    end_open(b, status);
    /*@ assert ended: binding_invariant(*b); */
    return CONFORMING;
}

enum requirement binding_call_open_adapter(struct binding *b, uint8_t thread)
{
    if (b->phase != BINDING || binding_state(*b) != BINDING_OPENING) {
        return BND_15;
    }
    if (b->adapter != ADAPTER_NONE || open_is_pending(b->pnp) ||
        b->pnp.opening == OPEN_COMPLETED_INSIDE) {
        return BND_22;
    }
    b->pnp.opening = OPEN_INSIDE;
    b->pnp.open_failed = NO_STATUS;
    b->pnp.open_parameters = 1;
    b->pnp.bind_thread = thread;
    b->context = 1;
    return CONFORMING;
}

enum requirement binding_open_adapter_complete(struct binding *b, uint8_t status)
{
    if (!open_is_pending(b->pnp)) {
        return BND_18;
    }
    if (b->pnp.open_parameters == 0) {
        return BND_17;
    }
    if (status == NO_STATUS || status == PENDING || status >= STATUS_COUNT) {
        return NOT_AN_EVENT;
    }
    b->pnp.opening = b->pnp.opening == OPEN_INSIDE ? OPEN_COMPLETED_INSIDE : OPEN_OVER;
    end_open(b, status);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == end_bind_breaks(b, must_register, status); */
static enum requirement end_bind_breaks(struct binding b, uint8_t must_register,
                                          uint8_t status)
{
    if (status == SUCCESS) {
        if (binding_state(b) != BINDING_OPENING) {
            return BND_04;
        }
        if (open_is_pending(b.pnp)) {
            return BND_16;
        }
        if (b.adapter != ADAPTER_OPEN) {
            return CAD_09;
        }
        return must_register != 0 && b.registered == 0 ? REG_11 : CONFORMING;
    }
    if (binding_state(b) != BINDING_OPENING) {
        return BND_03;
    }
    if (b.pnp.open_failed != NO_STATUS &&
        (b.context != 0 || status != b.pnp.open_failed)) {
        return BND_19;
    }
    if (b.adapter == ADAPTER_OPEN) {
        return BND_22;
    }
    if (b.adapter != ADAPTER_NONE && b.adapter != ADAPTER_CLOSED) {
        return CAD_19;
    }
    return b.context != 0 ? BND_21 : CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == leave_bind_breaks(b, miniport, must_register, status); */
static enum requirement leave_bind_breaks(struct binding b, uint8_t miniport,
                                         uint8_t must_register, uint8_t status)
{
    enum requirement broken;

    if (b.miniport != miniport) {
        return BND_02;
    }
    if (status == PENDING) {
        return b.pnp.bind == BIND_INSIDE || b.pnp.bind == BIND_COMPLETED_INSIDE ? CONFORMING
                                                                               : BND_20;
    }
    if (b.phase != BINDING) {
        return BND_02;
    }
    if (status == NO_STATUS) {
        return NOT_AN_EVENT;
    }
    broken = end_bind_breaks(b, must_register, status);
    if (broken != CONFORMING) {
        return broken;
    }
    return b.pnp.bind != BIND_INSIDE ? BND_20 : CONFORMING;
}

/* The handler of a bind returns, as it may. */
/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    requires of_a_driver: b->miniport == 0;
    requires pending: status == PENDING ==>
      b->pnp.bind == BIND_INSIDE || b->pnp.bind == BIND_COMPLETED_INSIDE;
    requires bound: status == SUCCESS ==> b->phase == BINDING && b->adapter == ADAPTER_OPEN;
    requires failed: status != SUCCESS && status != PENDING ==> b->phase == BINDING &&
      b->context == 0 && b->adapter != ADAPTER_OPEN;
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures pended: status == PENDING && \old(b->pnp.bind) == BIND_INSIDE ==>
      *b == with_bind(\old(*b), BIND_PENDED);
    ensures completed_before: status == PENDING && \old(b->pnp.bind) != BIND_INSIDE &&
      \old(b->phase) != BINDING ==> *b == with_bind(\old(*b), BIND_OVER);
    ensures bound: status == SUCCESS ==> *b == {\old(*b) \with .phase = (uint8_t)BOUND,
      .pnp = {\old(b->pnp) \with .bound_state = (uint8_t)BINDING_PAUSED,
        .bind = (uint8_t)BIND_OVER}};
    ensures failed: status != SUCCESS &&
      !(status == PENDING &&
        (\old(b->pnp.bind) == BIND_INSIDE || \old(b->phase) != BINDING)) ==>
      *b == forgotten(with_bind(\old(*b), BIND_OVER)); */
static void leave_bind(struct binding *b, uint8_t status)
{
    if (status == PENDING && b->pnp.bind == BIND_INSIDE) {
        b->pnp.bind = BIND_PENDED;
        return;
    }
    b->pnp.bind = BIND_OVER;
    if (status == SUCCESS) {
        b->phase = BOUND;
        b->pnp.bound_state = BINDING_PAUSED;
        /*@ assert bound: binding_invariant(*b); */
    } else if (b->phase == BINDING) {
        forget(b);
        /*@ assert failed: binding_invariant(*b); */
    }
}

/* must_register: the owner is the call manager, which offers its AF each time it is
 * bound (REG-11). A failed bind leaves nothing behind (CAD-08, BND-22). */
enum requirement binding_leave_bind(struct binding *b, uint8_t miniport,
                                    uint8_t must_register, uint8_t status)
{
    if (b->miniport == 0) {
        enum requirement broken = leave_bind_breaks(*b, miniport, must_register, status);

        if (broken != CONFORMING) {
            return broken;
        }
        leave_bind(b, status);
        /*@ assert left: binding_invariant(*b); */
        return CONFORMING;
    }
    if (b->phase != BINDING || b->miniport != miniport) {
        return BND_02;
    }
    if (status == SUCCESS) {
        if (must_register != 0 && b->registered == 0) {
            return REG_11;
        }
        b->phase = BOUND;
        /*@ assert bound: binding_invariant(*b); */
        return CONFORMING;
    }
    if (status != FAILURE) {
        return NOT_AN_EVENT;
    }
    if (b->context != 0) {
        return BND_21;
    }
    forget(b);
    /*@ assert failed: binding_invariant(*b); */
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == complete_bind_breaks(b, must_register, status); */
static enum requirement complete_bind_breaks(struct binding b, uint8_t must_register,
                                            uint8_t status)
{
    enum requirement broken;

    if (b.miniport == 1) {
        return BND_20;
    }
    if (status == NO_STATUS || status == PENDING) {
        return NOT_AN_EVENT;
    }
    if (binding_state(b) == BINDING_CLOSING) {
        if (b.context != 0) {
            return BND_21;
        }
    } else {
        broken = end_bind_breaks(b, must_register, status);
        if (broken != CONFORMING) {
            return broken;
        }
    }
    return b.pnp.bind != BIND_INSIDE && b.pnp.bind != BIND_PENDED ? BND_20 : CONFORMING;
}

enum requirement binding_complete_bind(struct binding *b, uint8_t must_register,
                                       uint8_t status)
{
    enum requirement broken = complete_bind_breaks(*b, must_register, status);
    uint8_t state = binding_state(*b);

    if (broken != CONFORMING) {
        return broken;
    }
    b->pnp.bind = b->pnp.bind == BIND_INSIDE ? BIND_COMPLETED_INSIDE : BIND_OVER;
    if (state == BINDING_CLOSING) {
        return CONFORMING;
    }
    if (status == SUCCESS) {
        b->phase = BOUND;
        b->pnp.bound_state = BINDING_PAUSED;
    } else if (b->pnp.bind == BIND_OVER) {
        forget(b);
    } else {
        b->registered = 0;
    }
    return CONFORMING;
}

enum requirement binding_register_af(struct binding *b, uint8_t miniport)
{
    if (b->miniport != miniport) {
        return REG_11;
    }
    if (b->miniport == 0 && (b->phase != BINDING || b->adapter != ADAPTER_OPEN)) {
        return REG_01;
    }
    if (b->miniport == 1 && (b->phase != BINDING || b->registered == 1)) {
        return REG_02;
    }
    b->registered = 1;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures CAD_12: \result == CONFORMING <==> binding_may_use(b);
    ensures names_it: \result == CONFORMING || \result == CAD_12; */
static enum requirement judge_try_to_register(struct binding b)
{
    return b.adapter == ADAPTER_OPEN ? CONFORMING : CAD_12;
}

enum requirement binding_enter_register_notify(struct binding *b)
{
    if (b->offer_owed == 0) {
        return REG_12;
    }
    b->offer_owed = 0;
    return CONFORMING;
}

/* The binding handle may be used from the open to the call of NdisCloseAdapterEx. */
/*@ LOOKS_ONLY
    ensures exact: \result == handle_breaks(b, thread); */
static enum requirement handle_breaks(struct binding b, uint8_t thread)
{
    if ((b.adapter == ADAPTER_CLOSED || b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) &&
        b.pnp.close_thread == thread) {
        return CAD_15;
    }
    if (b.pnp.given_up == 1 && !(b.phase == UNBINDING && b.unbind_thread == thread)) {
        return UNB_20;
    }
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == send_breaks(b, thread); */
static enum requirement send_breaks(struct binding b, uint8_t thread)
{
    uint8_t state = binding_state(b);
    enum requirement broken = handle_breaks(b, thread);

    if (b.miniport == 1) {
        return CAD_12;
    }
    if (broken != CONFORMING) {
        return broken;
    }
    if (b.adapter > ADAPTER_OPEN) {
        return UNB_30;
    }
    if (b.pnp.restarted == 0 && BINDING_PAUSED <= state && state <= BINDING_PAUSING) {
        return BND_24;
    }
    if (state == BINDING_PAUSED) {
        return PNP_03;
    }
    if (state != BINDING_RUNNING && state != BINDING_PAUSING) {
        return BND_12;
    }
    return b.pnp.low_power == 1 ? PNP_12 : CONFORMING;
}

/* Those of an unbind are made all the same, by one reading (AMB-44). */
/*@ LOOKS_ONLY
    ensures exact: \result == sleeps(b, r); */
static int sleeps(struct binding b, struct readings r)
{
    return b.pnp.low_power == 1 &&
           !(r.amb_44 == 'b' && (b.phase == UNBINDING || b.phase == UNBIND_PENDED));
}

/*@ LOOKS_ONLY
    ensures exact: \result == request_breaks(b, r, halts, thread); */
static enum requirement request_breaks(struct binding b, struct readings r, uint8_t halts,
                                      uint8_t thread)
{
    uint8_t state = binding_state(b);
    enum requirement broken = handle_breaks(b, thread);
    int may_request = r.amb_20 == 'a' || r.amb_20 == 'b'
        ? state > BINDING_OPENING && (r.amb_20 == 'a' || state != BINDING_CLOSING)
        : b.adapter == ADAPTER_OPEN;

    if (b.miniport == 1) {
        return CAD_12;
    }
    if (open_is_pending(b.pnp)) {
        return BND_23;
    }
    if (broken != CONFORMING) {
        return broken;
    }
    if (halts != 0) {
        return HLT_02;
    }
    if (!may_request) {
        return BND_13;
    }
    if (sleeps(b, r)) {
        return PNP_13;
    }
    return b.adapter == ADAPTER_OPEN ? CONFORMING : CAD_12;
}

enum requirement binding_send(struct binding *b, uint8_t thread)
{
    enum requirement broken = send_breaks(*b, thread);

    if (broken != CONFORMING) {
        return broken;
    }
    if (b->sends == UINT16_MAX) {
        return BOUND_REACHED;
    }
    b->sends++;
    return CONFORMING;
}

enum requirement binding_send_complete(struct binding *b)
{
    if (b->sends == 0) {
        return CAD_10;
    }
    b->sends--;
    return CONFORMING;
}

enum requirement binding_request(struct binding *b, struct readings r, uint8_t halts,
                                 uint8_t thread)
{
    enum requirement broken = request_breaks(*b, r, halts, thread);

    if (broken != CONFORMING) {
        return broken;
    }
    if (b->requests == UINT16_MAX) {
        return BOUND_REACHED;
    }
    b->requests++;
    return CONFORMING;
}

/* What the driver then has asked of the adapter (UNB-06, UNB-07). */
/*@ requires consistent: plug_and_play_invariant(p);
    LOOKS_ONLY
    ensures consistent: plug_and_play_invariant(\result);
    ensures withdrawn: kind == WITHDRAW_OFFLOADS ==>
      \result == {p \with .offloads = (uint8_t)0};
    ensures cleared: kind == CLEAR_FILTER ==> \result == {p \with .filter = (uint8_t)0};
    ensures set: kind != CLEAR_FILTER && kind != WITHDRAW_OFFLOADS ==>
      \result == {p \with .filter = (uint8_t)1,
        .offloads = (uint8_t)(state == BINDING_RESTARTING ? 1 : p.offloads)}; */
static struct plug_and_play asked(struct plug_and_play p, uint16_t kind, uint8_t state)
{
    if (kind == WITHDRAW_OFFLOADS) {
        p.offloads = 0;
    } else if (kind == CLEAR_FILTER) {
        p.filter = 0;
    } else {
        p.filter = 1;
        if (state == BINDING_RESTARTING) {
            p.offloads = 1;
        }
    }
    return p;
}

enum requirement binding_request_at_once(struct binding *b, struct readings r, uint8_t halts,
                                         uint16_t kind, uint8_t thread)
{
    enum requirement broken = request_breaks(*b, r, halts, thread);
    uint8_t state = binding_state(*b);

    if (broken != CONFORMING) {
        return broken;
    }
    b->pnp = asked(b->pnp, kind, state);
    return CONFORMING;
}

enum requirement binding_request_complete(struct binding *b)
{
    if (b->requests == 0) {
        return CAD_11;
    }
    b->requests--;
    return CONFORMING;
}

/* Outside bind and unbind this is the only way to close a binding (UNB-18). Whether it has
 * started the unbind its return says, perhaps after the unbind has begun (UNB-22). */
enum requirement binding_call_unbind_adapter(struct binding *b, struct readings r,
                                             uint8_t thread)
{
    if (b->adapter != ADAPTER_OPEN) {
        return CAD_12;
    }
    if (b->phase == BINDING && b->pnp.bind == BIND_INSIDE && b->pnp.bind_thread == thread) {
        return UNB_18;
    }
    if (b->phase == BINDING) {
        b->phase = BOUND;
        b->pnp.bound_state = r.amb_31_bind == 'b' ? BINDING_PAUSED : BINDING_OPENING;
    }
    b->pnp.unbind_call = UNBIND_CALL_MADE;
    b->pnp.unbind_caller = thread;
    return CONFORMING;
}

enum requirement binding_return_unbind_adapter(struct binding *b, uint8_t status)
{
    if (b->pnp.unbind_call == UNBIND_CALL_NONE ||
        (status != SUCCESS &&
         (status != RESOURCES || b->pnp.unbind_call != UNBIND_CALL_MADE))) {
        return UNB_22;
    }
    b->pnp.unbind_call = UNBIND_CALL_NONE;
    if (b->phase == UNBOUND) {
        return CONFORMING;
    }
    b->pnp.given_up = 1;
    /*@ assert given_up: binding_invariant(*b); */
    if (b->phase == BOUND && status == SUCCESS) {
        b->unbind_owed = 1;
        /*@ assert started: binding_invariant(*b); */
    } else if (b->phase == BOUND &&
               (b->pnp.bind == BIND_INSIDE || b->pnp.bind == BIND_PENDED)) {
        b->phase = BINDING;
        b->unbind_owed = 0;
        b->offer_owed = 0;
        /*@ assert bind_goes_on: binding_invariant(*b); */
    }
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == enter_unbind_breaks(b, miniport, thread, s); */
static enum requirement enter_unbind_breaks(struct binding b, uint8_t miniport,
                                           uint8_t thread, struct stack s)
{
    if (b.phase != BOUND || b.miniport != miniport ||
        (b.unbind_owed == 0 && b.pnp.unbind_call != UNBIND_CALL_MADE)) {
        return UNB_01;
    }
    if (b.miniport == 1 && s.level != STACK_NOT_TRACED && s.level < STACK_PAUSED) {
        return HLT_04;
    }
    if (b.miniport == 1) {
        return CONFORMING;
    }
    if (b.pnp.bound_state < BINDING_PAUSED) {
        return BND_05;
    }
    if (b.pnp.unbind_call != UNBIND_CALL_NONE) {
        return b.pnp.unbind_caller == thread ? UNB_19 : CONFORMING;
    }
    return b.pnp.given_up == 0 && s.level != STACK_NOT_TRACED && s.level != STACK_PAUSED
        ? PNP_10 : CONFORMING;
}

enum requirement binding_enter_unbind(struct binding *b, uint8_t miniport, uint8_t thread,
                                      struct stack s)
{
    enum requirement broken = enter_unbind_breaks(*b, miniport, thread, s);

    if (broken != CONFORMING) {
        return broken;
    }
    if (b->unbind_owed == 0) {
        b->pnp.unbind_call = UNBIND_CALL_STARTED;
    }
    b->phase = UNBINDING;
    b->unbind_thread = thread;
    b->unbind_owed = 0;
    b->registered = 0;
    b->offer_owed = 0;
    return CONFORMING;
}

enum requirement binding_remove(struct binding *b, uint8_t miniport)
{
    if (b->miniport != miniport || b->phase != BOUND) {
        return miniport == 1 ? HLT_04 : UNB_01;
    }
    b->unbind_owed = 1;
    return CONFORMING;
}

/* A filter that is left would go on indicating into a binding that dies (UNB-06). */
/*@ LOOKS_ONLY
    ensures exact: \result == close_breaks(b, r); */
static enum requirement close_breaks(struct binding b, struct readings r)
{
    if (r.amb_31 == 'a' && b.pnp.given_up == 1) {
        return UNB_20;
    }
    if (r.amb_14_context == 'a' && b.phase == UNBIND_PENDED) {
        return CAD_09;
    }
    if (b.pnp.low_power == 1 && r.amb_44 == 'a') {
        return CONFORMING; /* nothing is owed that would be asked in low power */
    }
    if (b.pnp.filter == 1) {
        return UNB_06;
    }
    return b.pnp.offloads == 1 ? UNB_07 : CONFORMING;
}

enum requirement binding_call_close_adapter(struct binding *b, struct readings r)
{
    enum requirement broken = close_breaks(*b, r);

    if (b->adapter == ADAPTER_NONE) {
        return CAD_02;
    }
    if (b->adapter != ADAPTER_OPEN) {
        return CAD_13;
    }
    if (b->phase == BOUND) {
        return CAD_09;
    }
    if (b->sends > 0) {
        return CAD_10;
    }
    if (b->requests > 0) {
        return CAD_11;
    }
    if (broken != CONFORMING) {
        return broken;
    }
    b->adapter = ADAPTER_CLOSE_INSIDE;
    return CONFORMING;
}

enum requirement binding_enter_close_adapter_complete(struct binding *b, uint8_t thread)
{
    /* Never the last of an unbind: that waits for the context (UNB-08, UNB-13). */
    if (b->adapter == ADAPTER_CLOSE_PENDED) {
        b->pnp.close_thread = thread;
        b->adapter = ADAPTER_CLOSED;
        return CONFORMING;
    }
    if (b->adapter == ADAPTER_CLOSE_INSIDE) {
        b->pnp.close_thread = thread;
        b->adapter = ADAPTER_CLOSE_COMPLETED_INSIDE;
        return CONFORMING;
    }
    return b->adapter == ADAPTER_CLOSED ? CAD_06 : CAD_04;
}

enum requirement binding_return_close_adapter(struct binding *b, uint8_t status)
{
    if (status != SUCCESS && status != PENDING) {
        return CAD_05;
    }
    if (b->adapter == ADAPTER_CLOSE_INSIDE) {
        b->adapter = status == SUCCESS ? ADAPTER_CLOSED : ADAPTER_CLOSE_PENDED;
        return CONFORMING;
    }
    if (b->adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) {
        if (status == SUCCESS) {
            return CAD_06;
        }
        b->adapter = ADAPTER_CLOSED;
        settle_unbind(b);
        return CONFORMING;
    }
    return CAD_03;
}

/* Not before the adapter is closed (UNB-08), or if it has never been opened; an MCM's,
 * while it halts. */
enum requirement binding_free_context(struct binding *b)
{
    if (b->context == 0) {
        return UNB_25;
    }
    if (b->miniport == 1) {
        if (b->phase == BOUND) {
            return HLT_07;
        }
    } else if (open_is_pending(b->pnp)) {
        return BND_27;
    } else if (b->adapter != ADAPTER_NONE && b->adapter != ADAPTER_CLOSED &&
               b->adapter != ADAPTER_CLOSE_COMPLETED_INSIDE) {
        return UNB_08;
    }
    b->context = 0;
    settle_unbind(b);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == complete_unbind_breaks(b, r); */
static enum requirement complete_unbind_breaks(struct binding b, struct readings r)
{
    if ((b.phase != UNBINDING && b.phase != UNBIND_PENDED) || b.miniport == 1) {
        return UNB_12;
    }
    if (b.unbind_completed == 1) {
        return UNB_14;
    }
    if (b.pnp.bind != BIND_OVER) {
        return BND_20;
    }
    if (b.adapter == ADAPTER_OPEN) {
        return UNB_05;
    }
    return b.context != 0 && r.amb_30 != 'b' ? UNB_13 : CONFORMING;
}

enum requirement binding_call_complete_unbind(struct binding *b, struct readings r)
{
    enum requirement broken = complete_unbind_breaks(*b, r);

    if (broken == CONFORMING) {
        b->unbind_completed = 1;
        settle_unbind(b);
    }
    return broken;
}

/*@ LOOKS_ONLY
    ensures exact: \result == leave_unbind_breaks(b, miniport, status, s); */
static enum requirement leave_unbind_breaks(struct binding b, uint8_t miniport,
                                           uint8_t status, struct stack s)
{
    if (b.phase != UNBINDING || b.miniport != miniport) {
        return UNB_01;
    }
    if (status == PENDING && b.miniport == 0) {
        return CONFORMING;
    }
    if (status != SUCCESS) {
        return UNB_03;
    }
    if (b.unbind_completed == 1) {
        return UNB_11;
    }
    if (b.pnp.bind != BIND_OVER) {
        return BND_20;
    }
    if (b.adapter == ADAPTER_OPEN) {
        return UNB_05;
    }
    if (b.miniport == 1 && s.level != STACK_NOT_TRACED && b.context != 0) {
        return HLT_01;
    }
    if (b.miniport == 0 && b.adapter != ADAPTER_CLOSED) {
        return UNB_09;
    }
    return b.context != 0 ? UNB_25 : CONFORMING;
}

enum requirement binding_leave_unbind(struct binding *b, uint8_t miniport, uint8_t status,
                                      struct stack s)
{
    enum requirement broken = leave_unbind_breaks(*b, miniport, status, s);

    if (broken != CONFORMING) {
        return broken;
    }
    if (status == PENDING) {
        b->phase = UNBIND_PENDED;
        settle_unbind(b);
    } else {
        forget(b);
    }
    return CONFORMING;
}

/* The lines of one PnP event are one row of the vocabulary, and follow each other. */
/*@ requires one_of_them: FIRST_OF_pnp_event <= e.kind <= LAST_OF_pnp_event;
    BINDING_STEP
    ensures names_it: \result == net_pnp_breaks(\old(*b), s, e);
    ensures pnp_alone: \result == CONFORMING ==> *b == with_pnp(\old(*b), b->pnp);
    ensures moved_on: \result == CONFORMING ==> b->pnp == after_net_pnp(\old(b->pnp), e); */
static enum requirement step_net_pnp_event(struct binding *b, struct stack s, struct event e)
{
    struct plug_and_play next = b->pnp;
    uint8_t state = binding_state(*b);
    enum requirement broken;

    switch (e.kind) {
    case PAUSE_ENTER:
    case RESTART_ENTER:
    case QUERY_REMOVE_ENTER:
    case SET_POWER_ENTER:
    case CANCEL_REMOVE_ENTER:
        broken = enter_net_pnp_event(&next, state, s, e.kind);
        break;
    case PAUSE_LEAVE:
    case RESTART_LEAVE:
    case QUERY_REMOVE_LEAVE:
    case SET_POWER_LEAVE:
    case CANCEL_REMOVE_LEAVE:
        broken = leave_net_pnp_event(&next, state, b->sends, (uint16_t)(e.kind - 1), e.status);
        break;
    default:
        broken = complete_net_pnp_event(&next, state, b->sends, (uint16_t)(e.kind - 2),
                                        e.status);
        break;
    }
    if (broken == CONFORMING) {
        b->pnp = next;
    }
    return broken;
}

/*@ BINDING_STEP
    ensures names_it: \result == plug_and_play_breaks(\old(*b), r, e);
    ensures moved_on: \result == CONFORMING ==>
      *b == with_pnp(\old(*b), after_plug_and_play(\old(b->pnp), e.kind)); */
static enum requirement step_plug_and_play(struct binding *b, struct readings r, struct event e)
{
    struct plug_and_play next = b->pnp;
    enum requirement broken;

    switch (e.kind) {
    case OPEN_ADAPTER_OWN: broken = own_open_complete(&next, e.status); break;
    case FREE_OPEN_PARAMETERS: broken = free_open_parameters(&next); break;
    case INDICATE_RECEIVE:
        broken = indicate_receive(&next, binding_state(*b), b->context, r);
        break;
    case RETURN_RECEIVE: broken = return_receive(&next); break;
    case INDICATE_STATUS:
    case INDICATE_CO_STATUS: return b->context == 0 ? UNB_17 : CONFORMING;
    default: return NOT_AN_EVENT;
    }
    if (broken == CONFORMING) {
        b->pnp = next;
    }
    return broken;
}

/* The rows, each to its function; what binding_step promises, in one clause. */
/*@ requires stack_is_known: stack_invariant(s);
    BEFORE_A_STEP_OF(binding, b)
    ensures CAD_12_BND_14_all: STEP_PROMISES(CONJUNCT, binding, b)
      BINDING_STEP_PROMISES(CONJUNCT) \true;
    ensures PNP_01_names_it: FIRST_OF_pnp_event <= e.kind <= LAST_OF_pnp_event ==>
      \result == net_pnp_breaks(\old(*b), s, e); */
static enum requirement step_of_binding(struct binding *b, struct readings r, struct stack s,
                                       uint8_t must_register, uint8_t halts, struct event e)
{
    if (FIRST_OF_pnp_event <= e.kind && e.kind <= LAST_OF_pnp_event) {
        return step_net_pnp_event(b, s, e);
    }
    switch (e.kind) {
    case ENTER_BIND: return binding_enter_bind(b, 0);
    case ENTER_INITIALIZE: return must_register == 1 ? binding_enter_bind(b, 1) : NOT_AN_EVENT;
    case OPEN_ADAPTER_CALL: return binding_call_open_adapter(b, e.thread);
    case RETURN_OPEN_ADAPTER: return binding_return_open_adapter(b, e.status);
    case OPEN_ADAPTER_DELIVER: return binding_open_adapter_complete(b, e.status);
    case LEAVE_BIND: return binding_leave_bind(b, 0, must_register, e.status);
    case LEAVE_INITIALIZE: return binding_leave_bind(b, 1, must_register, e.status);
    case BIND_COMPLETE: return binding_complete_bind(b, must_register, e.status);
    case CALL_CM_REGISTER_AF:
        return must_register == 1 ? binding_register_af(b, 0) : judge_try_to_register(*b);
    case CALL_MCM_REGISTER_AF: return must_register == 1 ? binding_register_af(b, 1) : REG_11;
    case ENTER_AF_REGISTER_NOTIFY: return binding_enter_register_notify(b);
    case CALL_SEND: return binding_send(b, e.thread);
    case ENTER_SEND_COMPLETE: return binding_send_complete(b);
    case CALL_OID_REQUEST: return binding_request(b, r, halts, e.thread);
    case ENTER_OID_REQUEST_COMPLETE: return binding_request_complete(b);
    case SET_FILTER:
    case CLEAR_FILTER:
    case WITHDRAW_OFFLOADS: return binding_request_at_once(b, r, halts, e.kind, e.thread);
    case CALL_UNBIND_ADAPTER: return binding_call_unbind_adapter(b, r, e.thread);
    case RETURN_UNBIND_ADAPTER: return binding_return_unbind_adapter(b, e.status);
    case HALT_ADAPTER: return binding_remove(b, 1);
    case REMOVE_BINDING: return binding_remove(b, 0);
    case ENTER_UNBIND: return binding_enter_unbind(b, 0, e.thread, s);
    case ENTER_HALT: return binding_enter_unbind(b, 1, e.thread, s);
    case CALL_CLOSE_ADAPTER: return binding_call_close_adapter(b, r);
    case ENTER_CLOSE_ADAPTER_COMPLETE:
        return binding_enter_close_adapter_complete(b, e.thread);
    case RETURN_CLOSE_ADAPTER: return binding_return_close_adapter(b, e.status);
    case FREE_BINDING_CONTEXT: return binding_free_context(b);
    case CALL_COMPLETE_UNBIND: return binding_call_complete_unbind(b, r);
    case LEAVE_UNBIND: return binding_leave_unbind(b, 0, e.status, s);
    case LEAVE_HALT: return binding_leave_unbind(b, 1, e.status, s);
    default: break;
    }
    return step_plug_and_play(b, r, e);
}

enum requirement binding_step(struct binding *b, struct readings r, struct stack s,
                              uint8_t must_register, uint8_t halts, struct event e)
{
    return step_of_binding(b, r, s, must_register, halts, e);
}
