/* core.c - tables, handles and dispatch; see core.h. */
#include "core_tables.h"

struct readings core_recommended_readings(void)
{
    struct readings r = {
#define READING(name, recommended, letters) .name = recommended,
#include "readings.def"
#undef READING
    };
    return r;
}

void core_initialise(struct core *c, struct readings readings)
{
    const struct binding no_binding = {0};
    const struct address_family no_af = {0};
    const struct sap no_sap = {0};

    c->readings = readings;
    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop invariant cleared: \forall integer k; 0 <= k < i ==> c->binding[k] == no_binding;
        loop assigns i, c->binding[0 .. MAX_BINDING - 1];
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        c->binding[i] = no_binding;
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant cleared: \forall integer k; 0 <= k < i ==> c->af[k] == no_af;
        loop assigns i, c->af[0 .. MAX_AF - 1];
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        c->af[i] = no_af;
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_SAP;
        loop invariant cleared: \forall integer k; 0 <= k < i ==> c->sap[k] == no_sap;
        loop assigns i, c->sap[0 .. MAX_SAP - 1];
        loop variant MAX_SAP - i; */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        c->sap[i] = no_sap;
    }
}

enum requirement core_right_to_use(const struct core *c, struct handle af)
{
    if (af.slot >= MAX_AF || c->af[af.slot].phase == AF_FREE ||
        c->af[af.slot].generation != af.generation) {
        return AF_CL_01;
    }
    return af_right_to_use(c->af[af.slot]);
}

/* A slot may be used again when both holders are done with it; a slot whose
 * generations are used up retires, so that no handle value ever comes back. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: (\result != 0) <==> af_slot_free(a); */
static int af_slot_is_free(struct address_family a)
{
    return af_client_is_done(a) && af_manager_is_done(a) && a.generation < UINT32_MAX;
}

struct handle core_next_af(const struct core *c)
{
    struct handle next = {MAX_AF, 0};

    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant none_free: \forall integer k; 0 <= k < i ==> !af_slot_free(c->af[k]);
        loop invariant none_found: next.slot == MAX_AF;
        loop assigns i, next;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (af_slot_is_free(c->af[i])) {
            next.slot = i;
            next.generation = c->af[i].generation + 1;
            break;
        }
    }
    return next;
}

/* Which duty of the client's still stands on its binding (UNB-23, AF-CL-15, AF-CL-16). */
/*@ requires valid: \valid_read(c);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures no_duty: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF && c->af[i].client == slot ==>
        client_done(c->af[i]));
    ensures named: \result == CONFORMING || \result == AF_CL_15 || \result == AF_CL_16 ||
      \result == UNB_23; */
static enum requirement client_duty(const struct core *c, uint32_t slot)
{
    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant done: \forall integer k; 0 <= k < i && c->af[k].client == slot ==>
          client_done(c->af[k]);
        loop assigns i;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (c->af[i].client == slot && !af_client_is_done(c->af[i])) {
            if (c->af[i].phase == AF_OPEN) {
                return AF_CL_15;
            }
            return c->af[i].phase == AF_CLOSED ? AF_CL_16 : UNB_23;
        }
    }
    return CONFORMING;
}

/* Likewise the call manager's (NTF-01 or NTF-03, UNB-24). */
/*@ requires valid: \valid_read(c);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures no_duty: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF ==> manager_done(c->af[i]));
    ensures named: \result == CONFORMING || \result == NTF_01 || \result == NTF_03 ||
      \result == UNB_24; */
static enum requirement manager_duty(const struct core *c)
{
    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant done: \forall integer k; 0 <= k < i ==> manager_done(c->af[k]);
        loop assigns i;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (!af_manager_is_done(c->af[i])) {
            if (c->af[i].phase == AF_OPEN && c->af[i].notified == NEVER_NOTIFIED) {
                return c->af[i].miniport == 1 ? NTF_03 : NTF_01;
            }
            return UNB_24;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid_read(c);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures no_duty: \result == CONFORMING <==> no_duty(*c, slot); */
static enum requirement duty(const struct core *c, uint32_t slot)
{
    return slot == MANAGER_BINDING ? manager_duty(c) : client_duty(c, slot);
}

/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);
    ensures others_alone: only_af(\old(*c), *c, e.object.slot);
    ensures AF_CL_21_only_into_a_free_slot: \result == CONFORMING ==>
      e.object.slot < MAX_AF && af_slot_free(\old(*c).af[e.object.slot]);
    ensures AF_CL_01_a_new_generation: \result == CONFORMING ==>
      e.object.generation == \old(*c).af[e.object.slot].generation + 1 &&
      c->af[e.object.slot].generation == e.object.generation;
    ensures CAD_12_on_a_bound_binding: \result == CONFORMING ==>
      binding_handle_live(\old(*c), e.on) && e.on.slot != MANAGER_BINDING &&
      \old(*c).binding[e.on.slot].phase == BOUND;
    ensures AF_OP_20_of_a_registered_manager: \result == CONFORMING ==>
      \old(*c).binding[MANAGER_BINDING].phase == BOUND &&
      \old(*c).binding[MANAGER_BINDING].registered == 1;
    ensures every_right_begins: \result == CONFORMING ==>
      client_may_use(c->af[e.object.slot]) && client_may_close(c->af[e.object.slot]) &&
      manager_may_use(c->af[e.object.slot]) &&
      !client_may_answer(c->af[e.object.slot]) && !work_left(c->af[e.object.slot]) &&
      c->af[e.object.slot].client_context == 1 &&
      c->af[e.object.slot].manager_context == 1 &&
      c->af[e.object.slot].notified == NEVER_NOTIFIED &&
      c->af[e.object.slot].client == e.on.slot; */
static enum requirement open_af(struct core *c, struct event e)
{
    struct address_family a = {0};

    if (e.object.slot >= MAX_AF || e.on.slot >= MAX_BINDING ||
        e.on.slot == MANAGER_BINDING || e.status != SUCCESS) {
        return NOT_AN_EVENT;
    }
    if (!af_slot_is_free(c->af[e.object.slot])) {
        return AF_CL_21;
    }
    if (e.object.generation != c->af[e.object.slot].generation + 1) {
        return AF_CL_01;
    }
    if (c->binding[e.on.slot].generation != e.on.generation ||
        c->binding[e.on.slot].phase != BOUND) {
        return CAD_12;
    }
    if (c->binding[MANAGER_BINDING].phase != BOUND ||
        c->binding[MANAGER_BINDING].registered == 0) {
        return AF_OP_20;
    }
    a.generation = e.object.generation;
    a.client = e.on.slot;
    a.miniport = c->binding[MANAGER_BINDING].miniport;
    a.phase = AF_OPEN;
    a.client_context = 1;
    a.manager_context = 1;
    a.resources = 1;
    c->af[e.object.slot] = a;
    return CONFORMING;
}

/*@ requires valid: \valid(a);
    requires consistent: af_invariant(*a);
    terminates \true;
    exits never: \false;
    assigns *a;
    ensures consistent: af_invariant(*a);
    ensures evolves: af_evolves(\old(*a), *a);
    ensures refused_is_unchanged: \result != CONFORMING ==> *a == \old(*a);
    ensures accepted_exactly: \result == CONFORMING <==> af_accepts(\old(*a), r, e);
    ensures AF_CL_02: uses_af(e.kind) && \old(a->phase) == AF_CLOSED ==> \result == AF_CL_02;
    ensures AF_CL_27: uses_af(e.kind) && \old(a->phase) == AF_CLOSING ==>
      \result == AF_CL_27;
    ensures AF_CL_03: e.kind == CALL_CLOSE_AF && !client_may_close(\old(*a)) ==>
      \result == AF_CL_03; */
static enum requirement step_af(struct address_family *a, struct readings r,
                                struct event e)
{
    switch (e.kind) {
    case CALL_CLOSE_AF: return af_call_close(a, r);
    case ENTER_CM_CLOSE_AF: return af_enter_manager_close(a);
    case RELEASE_AF_RESOURCES: return af_release_resources(a);
    case LEAVE_CM_CLOSE_AF: return af_leave_manager_close(a, e.status);
    case CALL_CM_CLOSE_AF_COMPLETE: return af_call_close_complete(a, 0, e.status);
    case CALL_MCM_CLOSE_AF_COMPLETE: return af_call_close_complete(a, 1, e.status);
    case ENTER_CL_CLOSE_AF_COMPLETE: return af_enter_close_complete(a, e.status);
    case RETURN_CLOSE_AF: return af_return_close(a, r, e.status);
    case OWN_CLOSE_AF_COMPLETE: return af_own_close_complete(a, e.status);
    case CALL_CM_NOTIFY: return af_call_notify(a, r, 0);
    case CALL_MCM_NOTIFY: return af_call_notify(a, r, 1);
    case ENTER_CL_NOTIFY_CLOSE_AF: return af_enter_notification(a);
    case WAIT_IN_NOTIFICATION: return af_wait_in_notification(a);
    case LEAVE_CL_NOTIFY_CLOSE_AF: return af_leave_notification(a, e.status);
    case CALL_NOTIFY_COMPLETE: return af_call_notify_complete(a, r, e.status);
    case ENTER_CM_NOTIFY_COMPLETE: return af_enter_notify_complete(a, e.status);
    case RETURN_CM_NOTIFY: return af_return_notify(a, 0, e.status);
    case RETURN_MCM_NOTIFY: return af_return_notify(a, 1, e.status);
    case CALL_MAKE_CALL: return af_make_call(a);
    case CALL_CLOSE_CALL: return af_close_call(a);
    case CALL_REGISTER_SAP: return af_register_sap(a);
    case CALL_DEREGISTER_SAP: return af_deregister_sap(a);
    case CALL_AF_REQUEST: return af_request(a);
    case ENTER_AF_REQUEST_COMPLETE: return af_request_complete(a);
    case FREE_CLIENT_AF_CONTEXT: return af_free_client_context(a);
    case FREE_CALL_MGR_AF_CONTEXT: return af_free_manager_context(a);
    default: return NOT_AN_EVENT;
    }
}

/* Whose handle a stale AF handle is depends on who passed it (AF-CL-01, AF-CM-15). */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures AF_CM_15: is_af_event(e.kind) && is_manager_event(e.kind) ==>
      \result == AF_CM_15;
    ensures AF_CL_01: is_af_event(e.kind) && !is_manager_event(e.kind) ==>
      \result == AF_CL_01;
    ensures refused: \result != CONFORMING; */
static enum requirement stale_af(struct event e)
{
    switch (e.kind) {
#define EVENT(identifier, verb, name, object, driver, irql, requirement) \
    case identifier: return STALE_##driver;
#define STALE_client AF_CL_01
#define STALE_manager AF_CM_15
#define STALE_owner CAD_02
#define STALE_system CAD_02
#include "vocabulary.def"
#undef EVENT
    default: return NOT_AN_EVENT;
    }
}

/* What the client must have torn down before it closes the AF (SAP-08, SAP-15, SAP-16). */
/*@ requires valid: \valid_read(c);
    requires consistent: core_invariant(*c);
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==> no_client_work(*c, slot); */
static enum requirement client_work(const struct core *c, uint32_t slot)
{
    enum requirement left;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_SAP;
        loop invariant at_rest: \forall integer k; 0 <= k < i && c->sap[k].af.slot == slot ==>
          sap_at_rest(c->sap[k]);
        loop assigns i, left;
        loop variant MAX_SAP - i; */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        left = sap_left(c->sap[i]);
        if (c->sap[i].af.slot == slot && left != CONFORMING) {
            return left;
        }
    }
    return CONFORMING;
}

/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);
    ensures others_alone: only_af(\old(*c), *c, e.object.slot);
    ensures AF_CM_15: is_af_event(e.kind) && is_manager_event(e.kind) &&
      !af_handle_live(\old(*c), e.object) ==> \result == AF_CM_15;
    ensures AF_CL_01: is_af_event(e.kind) && !is_manager_event(e.kind) &&
      !af_handle_live(\old(*c), e.object) ==> \result == AF_CL_01;
    ensures AF_CL_02: uses_af(e.kind) && af_handle_live(\old(*c), e.object) &&
      \old(*c).af[e.object.slot].phase == AF_CLOSED ==> \result == AF_CL_02;
    ensures AF_CL_27: uses_af(e.kind) && af_handle_live(\old(*c), e.object) &&
      \old(*c).af[e.object.slot].phase == AF_CLOSING ==> \result == AF_CL_27;
    ensures AF_CL_14: af_handle_live(\old(*c), e.object) &&
      closes_too_early(\old(*c), e) ==> \result == AF_CL_14;
    ensures AF_CL_03: e.kind == CALL_CLOSE_AF && af_handle_live(\old(*c), e.object) &&
      !client_may_close(\old(*c).af[e.object.slot]) &&
      !closes_too_early(\old(*c), e) ==> \result == AF_CL_03;
    ensures accepted_exactly: \result == CONFORMING <==>
      af_handle_live(\old(*c), e.object) && !closes_too_early(\old(*c), e) &&
      (e.kind == CALL_CLOSE_AF ==> no_client_work(\old(*c), e.object.slot)) &&
      af_accepts(\old(*c).af[e.object.slot], \old(*c).readings, e); */
static enum requirement af_event(struct core *c, struct event e)
{
    struct address_family next;
    enum requirement broken;

    if (e.object.slot >= MAX_AF) {
        return stale_af(e);
    }
    next = c->af[e.object.slot];
    if (next.phase == AF_FREE || next.generation != e.object.generation) {
        return stale_af(e);
    }
    /* ProtocolUnbindAdapterEx has torn calls and SAPs down before it closes (AF-CL-14). */
    if (e.kind == CALL_CLOSE_AF && next.client < MAX_BINDING &&
        c->binding[next.client].phase == UNBINDING &&
        c->binding[next.client].unbind_thread == e.thread &&
        next.calls + next.saps > 0 && next.phase == AF_OPEN) {
        return AF_CL_14;
    }
    broken = step_af(&next, c->readings, e);
    if (broken == CONFORMING && e.kind == CALL_CLOSE_AF) {
        broken = client_work(c, e.object.slot);
    }
    if (broken == CONFORMING) {
        c->af[e.object.slot] = next;
    }
    return broken;
}

/*@ requires valid: \valid(b);
    requires consistent: binding_invariant(*b);
    terminates \true;
    exits never: \false;
    assigns *b;
    ensures consistent: binding_invariant(*b);
    ensures evolves: binding_evolves(\old(*b), *b);
    ensures refused_is_unchanged: \result != CONFORMING ==> *b == \old(*b);
    ensures CAD_12: (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&
      !binding_may_use(\old(*b)) ==> \result == CAD_12;
    ensures CAD_13_the_call_kills_the_handle: e.kind == CALL_CLOSE_ADAPTER &&
      \result == CONFORMING ==> binding_may_use(\old(*b)) && binding_dead(*b);
    ensures only_bind_gives_a_generation: e.kind != ENTER_BIND &&
      e.kind != ENTER_INITIALIZE ==> b->generation == \old(b->generation);
    ensures only_the_close_ends_the_open: e.kind != CALL_CLOSE_ADAPTER &&
      e.kind != LEAVE_HALT && may_have_afs(\old(*b)) ==> may_have_afs(*b);
    ensures refused_elsewhere: !is_binding_event(e.kind) && !is_plug_and_play_event(e.kind) &&
      e.kind != HALT_ADAPTER ==> \result != CONFORMING; */
static enum requirement step_binding(struct binding *b, struct event e)
{
    const struct stack not_traced = {STACK_NOT_TRACED, 0};
    uint8_t must_register = e.object.slot == MANAGER_BINDING ? 1 : 0;

    if ((e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) && b->adapter != ADAPTER_OPEN) {
        return CAD_12;
    }
    return binding_step(b, core_recommended_readings(), not_traced, must_register, 0, e);
}

/* The adapter goes: every bound driver is to be unbound, an MCM halted (UNB-01). */
/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures objects_alone: only_bindings(\old(*c), *c);
    ensures UNB_01_every_bound_driver: \forall integer i; 0 <= i < MAX_BINDING ==>
      c->binding[i] == (\old(*c).binding[i].phase == BOUND
        ? {\old(*c).binding[i] \with .unbind_owed = (uint8_t)1} : \old(*c).binding[i]); */
static void remove_adapter(struct core *c)
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
}

/* A registration is offered to every client that is bound (REG-12). */
/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    terminates \true;
    exits never: \false;
    assigns *c;
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

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: (\result != 0) <==> e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE; */
static int is_bind(struct event e)
{
    return e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE;
}

/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    MOVES_FORWARD(c)
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);
    ensures objects_alone: only_bindings(\old(*c), *c);
    ensures CAD_02: e.kind != ENTER_BIND && e.kind != ENTER_INITIALIZE &&
      !binding_handle_live(\old(*c), e.object) ==> \result == CAD_02;
    ensures CAD_02_a_bind_gives_a_new_generation:
      (e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE) && \result == CONFORMING ==>
      e.object.slot < MAX_BINDING &&
      e.object.generation == \old(*c).binding[e.object.slot].generation + 1;
    ensures CAD_12: (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&
      binding_handle_live(\old(*c), e.object) &&
      !binding_may_use(\old(*c).binding[e.object.slot]) ==> \result == CAD_12;
    ensures UNB_23_UNB_24: (e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT) &&
      \result == CONFORMING ==> no_duty(\old(*c), e.object.slot);
    ensures others_alone: e.kind != REMOVE_ADAPTER && e.kind != CALL_CM_REGISTER_AF &&
      e.kind != CALL_MCM_REGISTER_AF ==>
      only_binding(\old(*c), *c, e.object.slot); */
static enum requirement binding_event(struct core *c, struct event e)
{
    struct binding next;
    enum requirement broken;

    if (e.object.slot >= MAX_BINDING) {
        return CAD_02;
    }
    next = c->binding[e.object.slot];
    if (is_bind(e) ? e.object.generation == 0 || e.object.generation - 1 != next.generation
                   : next.phase == UNBOUND || next.generation != e.object.generation) {
        return CAD_02;
    }
    if (e.kind == REMOVE_ADAPTER) {
        remove_adapter(c);
        return CONFORMING;
    }
    broken = step_binding(&next, e);
    if (broken == CONFORMING && (e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT)) {
        broken = duty(c, e.object.slot);
    }
    if (broken != CONFORMING) {
        return broken;
    }
    c->binding[e.object.slot] = next;
    if (e.kind == CALL_CM_REGISTER_AF || e.kind == CALL_MCM_REGISTER_AF) {
        offer_af(c);
    }
    if (e.kind == LEAVE_BIND && next.phase == BOUND && e.object.slot != MANAGER_BINDING &&
        c->binding[MANAGER_BINDING].registered == 1) {
        c->binding[e.object.slot].offer_owed = 1;
    }
    return CONFORMING;
}

/* The tables, in the words of the vocabulary's column "object". */
enum table { table_none, table_af, table_binding, table_sap, table_vc, table_party, table_request };

/* The rows of the vocabularies: the table that the event is about, the highest IRQL, and
 * the requirement that says so. */
struct row {
    uint8_t table;
    uint8_t highest;
    uint16_t irql;
};

#define NONE NOT_AN_EVENT
static const struct row rows[EVENT_KIND_COUNT] = {
    {table_none, PASSIVE, NOT_AN_EVENT},
#define EVENT(identifier, verb, name, object, driver, level, requirement) \
    {table_##object, level, requirement},
#include "vocabulary.def"
#include "object_vocabulary.def"
#undef EVENT
};
#undef NONE

/*@ requires known: kind < EVENT_KIND_COUNT;
    LOOKS_ONLY
    ensures af: \result.table == table_af <==>
      RETURN_OPEN_AF <= kind <= FREE_CALL_MGR_AF_CONTEXT || is_opening_event(kind) ||
      OID_CO_AF_CLOSE_CALL <= kind <= OID_CO_AF_CLOSE_OWN ||
      kind == OID_CO_AF_CLOSE_MCM_CALL || kind == OID_CO_AF_CLOSE_MCM_RETURN ||
      kind == FREE_OID_CO_AF_CLOSE;
    ensures sap: \result.table == table_sap <==> is_sap_event(kind);
    ensures none: kind == NO_EVENT <==> \result.table == table_none;
    ensures plain_binding: ENTER_BIND <= kind <= LEAVE_HALT ==>
      \result.table == table_binding;
    ensures PASSIVE: is_passive_only(kind) ==> \result.highest == PASSIVE;
    ensures DISPATCH: kind != NO_EVENT && !is_passive_only(kind) ==>
      \result.highest == DISPATCH;
    ensures refused: \result.irql != CONFORMING; */
static struct row vocabulary_row(uint8_t kind)
{
    return rows[kind];
}

enum requirement core_step(struct core *c, struct event e)
{
    struct row r;

    if (e.kind >= EVENT_KIND_COUNT || e.status >= STATUS_COUNT || e.irql >= IRQL_COUNT) {
        return NOT_AN_EVENT;
    }
    r = vocabulary_row(e.kind);
    if (e.irql > r.highest) {
        return (enum requirement)r.irql;
    }
    switch (r.table) {
    case table_af: return e.kind == RETURN_OPEN_AF ? open_af(c, e) : af_event(c, e);
    case table_binding: return binding_event(c, e);
    case table_sap: return core_sap_event(c, e);
    default: return NOT_AN_EVENT;
    }
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: af_slot_is_consistent(a) ==> (\result == CONFORMING <==> af_rests(a)); */
static enum requirement af_unmet(struct address_family a)
{
    if (af_client_is_done(a) && af_manager_is_done(a)) {
        return CONFORMING;
    }
    if (a.close_call == CLOSE_CALL_SUCCEEDED || a.close_call == CLOSE_CALL_FAILED) {
        return AF_CL_04;
    }
    if (a.manager_close == MANAGER_CLOSE_PENDED) {
        return a.miniport == 1 ? MCM_02 : AF_CM_11;
    }
    if (a.phase == AF_CLOSING) {
        return a.manager_close == MANAGER_CLOSE_COMPLETED ? AF_CM_17 : AF_CL_24;
    }
    if (a.notification == NOTIFICATION_PENDED && a.report == REPORT_NONE) {
        return NTF_23;
    }
    if (a.report == REPORT_OWED) {
        return NTF_07;
    }
    if (a.notification != NOTIFICATION_NONE || a.notify_call != 0) {
        return NTF_40;
    }
    if (a.phase == AF_OPEN) {
        return a.notified == NEVER_NOTIFIED ? CONFORMING : NTF_06;
    }
    return a.client_context == 1 ? AF_CL_09 : AF_CM_24;
}

/*@ LOOKS_ONLY
    ensures exact: sap_invariant(s) ==> (\result == CONFORMING <==> sap_rests(s)); */
static enum requirement sap_unmet(struct sap s)
{
    if (s.operation.caller != CALLER_NONE || s.again != 0) {
        return s.deregistering == 1 ? SAP_08 : SAP_01;
    }
    if (s.phase == SAP_REGISTERED) {
        return CONFORMING;
    }
    if (s.manager_context != 0) {
        return SAP_10;
    }
    return s.client_context != 0 ? SAP_13 : CONFORMING;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: binding_invariant(b) ==> (\result == CONFORMING <==> binding_rests(b)); */
static enum requirement binding_unmet(struct binding b)
{
    if (b.unbind_owed == 1) {
        return UNB_01;
    }
    if (b.adapter == ADAPTER_CLOSE_PENDED) {
        return CAD_04;
    }
    if (b.adapter == ADAPTER_CLOSE_INSIDE ||
        b.adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) {
        return CAD_20;
    }
    if (b.phase == UNBIND_PENDED) {
        return UNB_10;
    }
    if (b.phase == UNBINDING || b.phase == BINDING) {
        return UNB_26;
    }
    return b.offer_owed == 1 ? REG_12 : CONFORMING;
}

enum requirement core_unmet(const struct core *c)
{
    enum requirement unmet;

    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant rest: \forall integer k; 0 <= k < i ==> af_rests(c->af[k]);
        loop assigns i, unmet;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        unmet = af_unmet(c->af[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_SAP;
        loop invariant rest: \forall integer k; 0 <= k < i ==> sap_rests(c->sap[k]);
        loop assigns i, unmet;
        loop variant MAX_SAP - i; */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        unmet = sap_unmet(c->sap[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop invariant rest: \forall integer k; 0 <= k < i ==> binding_rests(c->binding[k]);
        loop assigns i, unmet;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        unmet = binding_unmet(c->binding[i]);
        if (unmet != CONFORMING) {
            return unmet;
        }
    }
    return CONFORMING;
}
