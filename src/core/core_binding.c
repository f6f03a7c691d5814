/* core_binding.c - the table of bindings and the stack beneath them; see core_tables.h. */
#include "core_tables.h"

/* The adapter goes: every bound driver is to be unbound, an MCM halted (UNB-01). */
/*@ BEFORE_A_STEP_OF(core, c)
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures objects_alone: only_bindings(\old(*c), *c);
    ensures CONFORMING: \result == CONFORMING;
    ensures UNB_01_every_bound_driver: \forall integer i; 0 <= i < MAX_BINDING ==>
      c->binding[i] == (\old(*c).binding[i].phase == BOUND
        ? {\old(*c).binding[i] \with .unbind_owed = (uint8_t)1} : \old(*c).binding[i]); */
static enum requirement remove_adapter(struct core *c)
{
    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop invariant done: \forall integer k; 0 <= k < i ==> c->binding[k] ==
          (\at(*c, LoopEntry).binding[k].phase == BOUND
            ? {\at(*c, LoopEntry).binding[k] \with .unbind_owed = (uint8_t)1}
            : \at(*c, LoopEntry).binding[k]);
        loop invariant to_do: \forall integer k; i <= k < MAX_BINDING ==>
          c->binding[k] == \at(*c, LoopEntry).binding[k];
        loop assigns i, c->binding[0 .. MAX_BINDING - 1];
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (c->binding[i].phase == BOUND) {
            c->binding[i].unbind_owed = 1;
        }
    }
    return CONFORMING;
}

/* A registration is offered to every client that is bound (REG-12). */
/*@ BEFORE_A_STEP_OF(core, c)
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures objects_alone: only_bindings(\old(*c), *c);
    ensures REG_12_not_to_itself: c->binding[MANAGER_BINDING] ==
      \old(*c).binding[MANAGER_BINDING];
    ensures REG_12_every_bound_client: \forall integer i; 1 <= i < MAX_BINDING ==>
      c->binding[i] == (\old(*c).binding[i].phase == BOUND
        ? {\old(*c).binding[i] \with .offer_owed = (uint8_t)1} : \old(*c).binding[i]); */
static void offer_af(struct core *c)
{
    /*@ loop invariant in_bounds: 1 <= i <= MAX_BINDING;
        loop invariant done: \forall integer k; 1 <= k < i ==> c->binding[k] ==
          (\at(*c, LoopEntry).binding[k].phase == BOUND
            ? {\at(*c, LoopEntry).binding[k] \with .offer_owed = (uint8_t)1}
            : \at(*c, LoopEntry).binding[k]);
        loop invariant to_do: \forall integer k; i <= k < MAX_BINDING ==>
          c->binding[k] == \at(*c, LoopEntry).binding[k];
        loop invariant itself: c->binding[0] == \at(*c, LoopEntry).binding[0];
        loop assigns i, c->binding[0 .. MAX_BINDING - 1];
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 1; i < MAX_BINDING; i++) {
        if (c->binding[i].phase == BOUND) {
            c->binding[i].offer_owed = 1;
        }
    }
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE; */
static int is_bind(struct event e)
{
    return e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE;
}

/* Pausing and detaching speak of all bindings (PNP-10). */
/*@ LOOKS_AT(c)
    ensures is_flag: \result <= 1;
    ensures exact: \result == 1 <==> all_paused(*c); */
static uint8_t all_paused(const struct core *c)
{
    /*@ GOES_ON_WHILE(MAX_BINDING, paused, is_paused(c->binding[k])) */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (c->binding[i].phase == BOUND && c->binding[i].miniport == 0 &&
            binding_state(c->binding[i]) != BINDING_PAUSED) {
            return 0;
        }
    }
    return 1;
}

/*@ LOOKS_AT(c)
    ensures is_flag: \result <= 1;
    ensures exact: \result == 1 <==> no_client_is_bound(*c); */
static uint8_t no_client_is_bound(const struct core *c)
{
    /*@ loop invariant in_bounds: 1 <= i <= MAX_BINDING;
        loop invariant unbound: \forall integer k; 1 <= k < i ==>
          binding_state(c->binding[k]) == BINDING_UNBOUND;
        loop assigns i;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 1; i < MAX_BINDING; i++) {
        if (binding_state(c->binding[i]) != BINDING_UNBOUND) {
            return 0;
        }
    }
    return 1;
}

/*@ STEP_OF_TABLE(only_stack)
    ensures names_it: stack_answers(\old(*c), e, \result);
    ensures moved_on: \result == CONFORMING ==>
      c->stack == after_stack_event(\old(*c).stack, e.kind); */
static enum requirement stack_event(struct core *c, struct event e)
{
    struct stack next = c->stack;
    enum requirement broken = stack_step(&next, e.kind, all_paused(c), no_client_is_bound(c));

    if (broken == CONFORMING) {
        c->stack = next;
    }
    return broken;
}

/* NDIS answers the registration of an AF (REG-04, REG-05). */
/*@ LOOKS_AT(c)
    ensures REG_04_of_the_manager: e.object.slot == MANAGER_BINDING ==>
      \result == (e.status == SUCCESS ? CONFORMING : REG_04);
    ensures REG_05_of_another: e.object.slot != MANAGER_BINDING ==>
      (\result == CONFORMING <==> e.status != SUCCESS);
    ensures names_it: \result == registration_breaks(*c, e); */
static enum requirement registration_breaks(const struct core *c, struct event e)
{
    if (e.object.slot == MANAGER_BINDING) {
        return e.status == SUCCESS ? CONFORMING : REG_04;
    }
    if (e.status != SUCCESS) {
        return CONFORMING;
    }
    return c->binding[MANAGER_BINDING].registered == 1 ? REG_05 : REG_04;
}

/* An MCM's adapter halts when the stack on it has been taken down (PNP-10, HLT-02), and the
 * halt ends when no client has data of it (HLT-06). Only where the stack is traced. */
/*@ LOOKS_AT(c)
    ensures not_traced: c->stack.level == STACK_NOT_TRACED ==> \result == CONFORMING;
    ensures HLT_02: \result == HLT_02 ==> e.kind == ENTER_HALT;
    ensures HLT_06: \result == HLT_06 ==> e.kind == LEAVE_HALT;
    ensures nothing_else: \result == CONFORMING || \result == HLT_02 || \result == HLT_06;
    ensures exact: \result == CONFORMING <==> halt_permits(*c, e); */
static enum requirement what_the_halt_needs(const struct core *c, struct event e)
{
    if (c->stack.level == STACK_NOT_TRACED) {
        return CONFORMING;
    }
    /*@ loop invariant in_bounds: 1 <= i <= MAX_BINDING;
        loop invariant nothing: \forall integer k; 1 <= k < i ==>
          keeps_no_halt(c->binding[k], e.kind);
        loop assigns i;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 1; i < MAX_BINDING; i++) {
        if (e.kind == ENTER_HALT && (c->binding[i].sends != 0 || c->binding[i].requests != 0)) {
            return HLT_02;
        }
        if (e.kind == LEAVE_HALT && c->binding[i].pnp.held != 0) {
            return HLT_06;
        }
    }
    return CONFORMING;
}

/* Nothing hangs on the adapter that is to go (UNB-23, UNB-24, CAD-11). */
/*@ requires in_table: e.object.slot < MAX_BINDING;
    requires consistent: to_miniports_consistent(*c);
    LOOKS_AT(c)
    ensures nothing: \result == CONFORMING && ends_the_adapter(next, e) ==>
      no_duty(*c, e.object.slot) && !request_is_out(c->to_miniport[e.object.slot]);
    ensures exact: ends_the_adapter(next, e) ? adapter_end_answers(*c, e.object.slot, \result)
                                             : \result == CONFORMING; */
static enum requirement what_hangs_on(const struct core *c, struct binding next,
                                      struct event e)
{
    if (e.kind != CALL_CLOSE_ADAPTER && e.kind != LEAVE_HALT &&
        !(e.kind == LEAVE_INITIALIZE && next.phase == UNBOUND)) {
        return CONFORMING;
    }
    if (c->to_miniport[e.object.slot].operation.caller != CALLER_NONE &&
        c->to_miniport[e.object.slot].operation.delivered == 0) {
        return CAD_11;
    }
    return core_duty(c, e.object.slot);
}

/* A call that began on a binding may end when it is unbound (UNB-22, PNP-05). */
/*@ LOOKS_AT(c)
    ensures exact: (\result != 0) <==> knows_the_handle(*c, e); */
static int knows_the_handle(const struct core *c, struct event e)
{
    if (e.object.slot >= MAX_BINDING) {
        return 0;
    }
    if (is_bind(e)) {
        return e.object.generation > 0 &&
               e.object.generation - 1 == c->binding[e.object.slot].generation;
    }
    return (c->binding[e.object.slot].phase != UNBOUND || e.kind == RETURN_UNBIND_ADAPTER ||
            e.kind == RETURN_RECEIVE) &&
           c->binding[e.object.slot].generation == e.object.generation;
}

/* One binding takes its step. */
/*@ requires known: knows_the_handle(*c, e);
    STEP_OF_TABLE(only_binding)
    ensures accepted_exactly: \result == CONFORMING <==> one_binding_accepts(\old(*c), e);
    ensures names_it: one_binding_names(\old(*c), e, \result);
    ensures REG_12_offered: \result == CONFORMING ==> is_offered(\old(*c), *c, e);
    ensures BND_02_CAD_10_CAD_13_moves_on: \result == CONFORMING ==> binding_moves_on(
      \old(*c).binding[e.object.slot], c->binding[e.object.slot], e);
    ensures CAD_12: (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&
      !binding_may_use(\old(*c).binding[e.object.slot]) ==> \result != CONFORMING &&
      (\old(*c).binding[e.object.slot].miniport == 1 ==> \result == CAD_12);
    ensures UNB_23_UNB_24: (e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT) &&
      \result == CONFORMING ==> no_duty(\old(*c), e.object.slot); */
static enum requirement one_binding(struct core *c, struct event e)
{
    const uint8_t is_manager = e.object.slot == MANAGER_BINDING ? 1 : 0;
    const uint8_t halts = c->binding[MANAGER_BINDING].miniport == 1 &&
                                  c->binding[MANAGER_BINDING].phase != BOUND
                              ? 1
                              : 0;
    struct binding next = c->binding[e.object.slot];
    enum requirement broken = binding_step(&next, c->readings, c->stack, is_manager, halts, e);

    if (broken == CONFORMING) {
        broken = what_the_halt_needs(c, e);
    }
    if (broken == CONFORMING) {
        broken = what_hangs_on(c, next, e);
    }
    if (broken != CONFORMING) {
        return broken;
    }
    /* not of a bind that NdisUnbindAdapter has taken over: it counted as bound already */
    if ((e.kind == LEAVE_BIND || e.kind == BIND_COMPLETE) && next.phase == BOUND && is_manager == 0 &&
        c->binding[e.object.slot].phase == BINDING && c->binding[MANAGER_BINDING].registered == 1) {
        next.offer_owed = 1;
    }
    c->binding[e.object.slot] = next;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> is_stack_event(kind); */
static int is_stack_event(uint16_t kind)
{
    return FIRST_OF_stack <= kind && kind <= LAST_OF_stack;
}

/* The call manager registers its AF, which is offered to every client that is bound. */
/*@ requires known: knows_the_handle(*c, e);
    requires its_events: registers_the_af(e);
    STEP_OF_TABLE(only_bindings_whichever)
    ensures exact: \result == CONFORMING <==> one_binding_accepts(\old(*c), e);
    ensures REG_12_every_bound_client: \result == CONFORMING ==>
      offered_to_all(\old(*c), *c); */
static enum requirement register_af(struct core *c, struct event e)
{
    const enum requirement broken = one_binding(c, e);

    switch (broken) {
    case CONFORMING:
        /*@ assert first: only_bindings(\at(*c, Pre), *c); */
        offer_af(c);
        /*@ assert afs: c->af == \at(*c, Pre).af && c->sap == \at(*c, Pre).sap; */
        /*@ assert vcs: c->vc == \at(*c, Pre).vc && c->party == \at(*c, Pre).party; */
        /*@ assert requests: c->request == \at(*c, Pre).request &&
              c->af_close == \at(*c, Pre).af_close &&
              c->to_miniport == \at(*c, Pre).to_miniport; */
        return CONFORMING;
    default: return broken;
    }
}

enum binding_route { OF_THE_STACK, OF_NO_BINDING, OF_REGISTRATION, OF_REMOVAL, OF_A_BINDING,
                     REGISTRATION_RETURNS };

/*@ LOOKS_AT(c)
    ensures stack: \result == OF_THE_STACK <==> is_stack_event(e.kind);
    ensures none: \result == OF_NO_BINDING <==>
      !is_stack_event(e.kind) && !knows_the_handle(*c, e);
    ensures registration: \result == OF_REGISTRATION <==> knows_the_handle(*c, e) &&
      registers_the_af(e);
    ensures removal: \result == OF_REMOVAL <==>
      knows_the_handle(*c, e) && e.kind == REMOVE_ADAPTER;
    ensures one: \result == OF_A_BINDING ==>
      !concerns_all_bindings(e.kind) || e.object.slot != MANAGER_BINDING;
    ensures use: e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST ==>
      \result == OF_A_BINDING || \result == OF_NO_BINDING;
    ensures some: \result <= REGISTRATION_RETURNS;
    ensures returns: \result == REGISTRATION_RETURNS <==> knows_the_handle(*c, e) &&
      (e.kind == REGISTER_AF_RETURN || e.kind == REGISTER_AF_MCM_RETURN); */
static enum binding_route binding_route_of(const struct core *c, struct event e)
{
    if (is_stack_event(e.kind)) {
        return OF_THE_STACK;
    }
    if (!knows_the_handle(c, e)) {
        return OF_NO_BINDING;
    }
    switch (e.kind) {
    case REGISTER_AF_RETURN:
    case REGISTER_AF_MCM_RETURN: return REGISTRATION_RETURNS;
    case REMOVE_ADAPTER: return OF_REMOVAL;
    case CALL_CM_REGISTER_AF:
    case CALL_MCM_REGISTER_AF:
        return e.object.slot == MANAGER_BINDING ? OF_REGISTRATION : OF_A_BINDING;
    default: return OF_A_BINDING;
    }
}

enum requirement core_binding_event(struct core *c, struct event e)
{
    const enum binding_route route = binding_route_of(c, e);

    switch (route) {
    case OF_A_BINDING: return one_binding(c, e);
    case OF_THE_STACK: return stack_event(c, e);
    case OF_REMOVAL: return remove_adapter(c);
    case OF_REGISTRATION: return register_af(c, e);
    case REGISTRATION_RETURNS: return registration_breaks(c, e);
    default: return CAD_02;
    }
}
