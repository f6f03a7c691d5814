/* core_opening.c - opening an AF: what the bindings and the other AFs say to it; see
 * core_tables.h. */
#include "core_tables.h"

/* Until when NDIS forwards opens is a question of reading (AMB-22). */
/*@ requires client: client < MAX_BINDING;
    LOOKS_AT(c)
    ensures exact: is_association(*c, client, \result); */
static struct association association_of(const struct core *c, uint32_t client)
{
    const struct binding m = c->binding[MANAGER_BINDING];
    const struct binding b = c->binding[client];
    const int is_served = m.registered == 1 && (m.phase == BINDING || m.phase == BOUND);
    const int family_lingers = c->readings.amb_22 != 'a' && m.miniport == 0 &&
                               m.phase == UNBINDING && m.adapter == ADAPTER_OPEN;
    struct association s = {m.generation, m.miniport, 0, 0, 0};

    s.served = is_served || family_lingers ? 1 : 0;
    s.refusable = !is_served || b.phase != BOUND ? 1 : 0;
    s.joined = m.phase != UNBOUND && (m.miniport == 1 || m.adapter == ADAPTER_OPEN) &&
                       b.adapter == ADAPTER_OPEN
                   ? 1
                   : 0;
    return s;
}

/* The client calls: from here on the handle's generation is taken. */
/*@ STEP_OF_TABLE(only_af)
    ensures names_it: begin_answers(\old(*c), e, \result);
    ensures exact: \result == CONFORMING ==> begins_an_open(\old(*c), *c, e);
    ensures nothing_completed: \result == CONFORMING ==> e.object.slot < MAX_AF &&
      nothing_completed(\old(*c).af[e.object.slot], c->af[e.object.slot]); */
static enum requirement begin_open(struct core *c, struct event e)
{
    const struct address_family old = c->af[e.object.slot < MAX_AF ? e.object.slot : 0];

    if (e.object.slot >= MAX_AF || e.on.slot >= MAX_BINDING || e.on.slot == MANAGER_BINDING) {
        return NOT_AN_EVENT;
    }
    if (old.client_context != 0) {
        return AF_OP_24;
    }
    if (!af_slot_is_free(old) || e.object.generation != old.generation + 1) {
        return AF_OP_03;
    }
    if (c->binding[e.on.slot].generation != e.on.generation ||
        c->binding[e.on.slot].adapter != ADAPTER_OPEN) {
        return CAD_12;
    }
    if (core_nothing_opens(c, e.on.slot) != CONFORMING) {
        return AF_OP_08;
    }
    c->af[e.object.slot] = opening_begun(e.object.generation, e.on.slot);
    return CONFORMING;
}

/*@ LOOKS_AT(c)
    ensures exact: (\result != 0) <==> is_opening_still(*c, h); */
static int is_opening_still(const struct core *c, struct handle h)
{
    return h.slot < MAX_AF && c->af[h.slot].phase != AF_FREE &&
           c->af[h.slot].generation == h.generation &&
           c->af[h.slot].opening.caller != CALLER_NONE;
}

/* An open goes on; its return says again on which binding. */
/*@ requires begun: is_opening_still(*c, e.object);
    STEP_OF_TABLE(only_af)
    ensures names_it: go_on_answers(\old(*c), e, \result);
    ensures AF_OP_05_handle_is_given_once:
      (e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) && e.status == SUCCESS &&
      \result == CONFORMING ==> !af_handle_dead(\old(*c), e.object);
    ensures AF_OP_15_answered_once: \result == CONFORMING && e.status != PENDING &&
      (e.kind == OPEN_AF_LEAVE || e.kind == OPEN_AF_COMPLETE ||
       e.kind == OPEN_AF_MCM_COMPLETE) ==> open_awaits_manager(\old(*c).af[e.object.slot]) &&
      !open_awaits_manager(c->af[e.object.slot]);
    ensures AF_OP_05_client_has_it: \result == CONFORMING && e.status == SUCCESS &&
      (e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) ==>
      client_has_handle(c->af[e.object.slot]);
    ensures nothing_completed: \result == CONFORMING ==>
      nothing_completed(\old(*c).af[e.object.slot], c->af[e.object.slot]); */
static enum requirement go_on(struct core *c, struct event e)
{
    struct address_family next = c->af[e.object.slot];
    enum requirement broken = AF_OP_03;

    if (next.client < MAX_BINDING &&
        (e.kind != RETURN_OPEN_AF ||
         (e.on.slot == next.client &&
          e.on.generation == c->binding[next.client].generation))) {
        broken = opening_step(&next, association_of(c, next.client), e);
    }
    if (broken == CONFORMING) {
        /*@ assert consistent: af_invariant(next); */
        /*@ assert AF_OP_18_as_read: af_as_read(next, c->readings); */
        c->af[e.object.slot] = next;
    }
    return broken;
}

enum opening_route { OPEN_BEGINS, OPEN_GOES_ON, OPEN_WAS_NOT_MADE, OPEN_IS_OVER };

/*@ LOOKS_AT(c)
    ensures begins: \result == OPEN_BEGINS <==> e.kind == OPEN_AF_CALL;
    ensures goes_on: \result == OPEN_GOES_ON <==>
      e.kind != OPEN_AF_CALL && is_opening_still(*c, e.object);
    ensures not_made: \result == OPEN_WAS_NOT_MADE <==>
      tells_the_client(e.kind) && !is_opening_still(*c, e.object);
    ensures some: \result <= OPEN_IS_OVER; */
static enum opening_route opening_route_of(const struct core *c, struct event e)
{
    if (e.kind == OPEN_AF_CALL) {
        return OPEN_BEGINS;
    }
    if (is_opening_still(c, e.object)) {
        return OPEN_GOES_ON;
    }
    return e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER || e.kind == OPEN_AF_OWN
               ? OPEN_WAS_NOT_MADE
               : OPEN_IS_OVER;
}

enum requirement core_opening_event(struct core *c, struct event e)
{
    switch (opening_route_of(c, e)) {
    case OPEN_BEGINS: return begin_open(c, e);
    case OPEN_GOES_ON: return go_on(c, e);
    case OPEN_WAS_NOT_MADE: return AF_OP_06;
    default: return AF_OP_18;
    }
}
