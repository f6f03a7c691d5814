/* binding.c - see binding.h. */
#include "binding.h"

/* The unbind is over when the handler has returned, the adapter close has returned
 * and the driver has completed what it had pended; the last of them ends it and
 * with it the life of the handle. */
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
        b->adapter == ADAPTER_CLOSED) {
        forget(b);
    }
}

enum requirement binding_enter_bind(struct binding *b, uint8_t miniport)
{
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
    return CONFORMING;
}

enum requirement binding_return_open_adapter(struct binding *b, uint8_t status)
{
    if (b->phase != BINDING || b->adapter != ADAPTER_NONE || b->miniport == 1) {
        return BND_22;
    }
    if (status == SUCCESS) {
        b->adapter = ADAPTER_OPEN;
        b->context = 1;
        return CONFORMING;
    }
    return status == FAILURE ? CONFORMING : NOT_AN_EVENT;
}

/* must_register: the owner is the call manager, which offers its AF each time it is
 * bound (REG-11). A failed bind leaves nothing behind (CAD-08, BND-22). */
enum requirement binding_leave_bind(struct binding *b, uint8_t miniport,
                                    uint8_t must_register, uint8_t status)
{
    if (b->phase != BINDING || b->miniport != miniport) {
        return BND_02;
    }
    if (status == SUCCESS) {
        if (b->miniport == 0 && b->adapter != ADAPTER_OPEN) {
            return CAD_09;
        }
        if (must_register != 0 && b->registered == 0) {
            return REG_11;
        }
        b->phase = BOUND;
        return CONFORMING;
    }
    if (status != FAILURE) {
        return NOT_AN_EVENT;
    }
    if (b->adapter != ADAPTER_NONE && b->adapter != ADAPTER_CLOSED) {
        return CAD_19;
    }
    if (b->context != 0) {
        return BND_21;
    }
    forget(b);
    return CONFORMING;
}

enum requirement binding_register_af(struct binding *b, uint8_t miniport)
{
    if (b->miniport != miniport) {
        return REG_11;
    }
    if ((b->phase != BINDING && b->phase != BOUND) ||
        (b->miniport == 0 && b->adapter != ADAPTER_OPEN)) {
        return CAD_12;
    }
    b->registered = 1;
    return CONFORMING;
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
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures right_present: binding_may_use(b) ==> \result == CONFORMING;
    ensures CAD_12: !binding_may_use(b) ==> \result == CAD_12; */
static enum requirement right_to_use(struct binding b)
{
    return b.adapter == ADAPTER_OPEN ? CONFORMING : CAD_12;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures right_present: binding_may_use(b) && held < UINT8_MAX ==> \result == CONFORMING;
    ensures used_up: binding_may_use(b) && held == UINT8_MAX ==> \result == BOUND_REACHED;
    ensures CAD_12: !binding_may_use(b) ==> \result == CAD_12; */
static enum requirement acquire(struct binding b, uint8_t held)
{
    enum requirement broken = right_to_use(b);

    if (broken == CONFORMING && held == UINT8_MAX) {
        return BOUND_REACHED;
    }
    return broken;
}

enum requirement binding_send(struct binding *b)
{
    enum requirement broken = acquire(*b, b->sends);

    if (broken == CONFORMING) {
        b->sends++;
    }
    return broken;
}

enum requirement binding_send_complete(struct binding *b)
{
    if (b->sends == 0) {
        return CAD_10;
    }
    b->sends--;
    return CONFORMING;
}

enum requirement binding_request(struct binding *b)
{
    enum requirement broken = acquire(*b, b->requests);

    if (broken == CONFORMING) {
        b->requests++;
    }
    return broken;
}

enum requirement binding_request_complete(struct binding *b)
{
    if (b->requests == 0) {
        return CAD_11;
    }
    b->requests--;
    return CONFORMING;
}

/* Outside bind and unbind this is the only way to close a binding (UNB-18). */
enum requirement binding_call_unbind_adapter(struct binding *b)
{
    if (b->adapter != ADAPTER_OPEN) {
        return CAD_12;
    }
    if (b->phase == BINDING) {
        return UNB_18;
    }
    b->unbind_owed = 1;
    return CONFORMING;
}

enum requirement binding_enter_unbind(struct binding *b, uint8_t miniport,
                                      uint8_t thread)
{
    if (b->phase != BOUND || b->unbind_owed == 0 || b->miniport != miniport) {
        return UNB_01;
    }
    b->phase = UNBINDING;
    b->unbind_thread = thread;
    b->unbind_owed = 0;
    b->registered = 0;
    b->offer_owed = 0;
    return CONFORMING;
}

enum requirement binding_call_close_adapter(struct binding *b)
{
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
    b->adapter = ADAPTER_CLOSE_INSIDE;
    return CONFORMING;
}

enum requirement binding_enter_close_adapter_complete(struct binding *b)
{
    /* Never the last of an unbind: that waits for the context (UNB-08, UNB-13). */
    if (b->adapter == ADAPTER_CLOSE_PENDED) {
        b->adapter = ADAPTER_CLOSED;
        return CONFORMING;
    }
    if (b->adapter == ADAPTER_CLOSE_INSIDE) {
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

/* Not before the adapter is closed (UNB-08); an MCM's, while it halts. */
enum requirement binding_free_context(struct binding *b)
{
    if (b->context == 0) {
        return UNB_25;
    }
    if (b->miniport == 1) {
        if (b->phase == BOUND) {
            return HLT_07;
        }
    } else if (b->adapter != ADAPTER_CLOSED &&
               b->adapter != ADAPTER_CLOSE_COMPLETED_INSIDE) {
        return UNB_08;
    }
    b->context = 0;
    return CONFORMING;
}

enum requirement binding_call_complete_unbind(struct binding *b)
{
    if ((b->phase != UNBINDING && b->phase != UNBIND_PENDED) || b->miniport == 1) {
        return UNB_12;
    }
    if (b->unbind_completed == 1) {
        return UNB_14;
    }
    if (b->context != 0) {
        return UNB_13;
    }
    b->unbind_completed = 1;
    settle_unbind(b);
    return CONFORMING;
}

enum requirement binding_leave_unbind(struct binding *b, uint8_t miniport,
                                      uint8_t status)
{
    if (b->phase != UNBINDING || b->miniport != miniport) {
        return UNB_01;
    }
    if (status == PENDING && b->miniport == 0) {
        b->phase = UNBIND_PENDED;
        settle_unbind(b);
        return CONFORMING;
    }
    if (status != SUCCESS) {
        return UNB_03;
    }
    if (b->unbind_completed == 1) {
        return UNB_11;
    }
    if (b->miniport == 0 && b->adapter != ADAPTER_CLOSED) {
        return UNB_09;
    }
    if (b->context != 0) {
        return UNB_25;
    }
    forget(b);
    return CONFORMING;
}
