/* core_request.c - the OID requests that can cross a close; see core_tables.h. */
#include "core_tables.h"

/* A close is in progress at one of the two ends (OID-08). */
/*@ LOOKS_AT(c)
    ensures exact: \result == binding_is_closing(*c, af); */
static uint8_t binding_is_closing(const struct core *c, struct address_family af)
{
    return c->binding[MANAGER_BINDING].phase == UNBINDING ||
                   (af.client < MAX_BINDING && c->binding[af.client].phase == UNBINDING)
               ? 1
               : 0;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> is_request_call(kind); */
static int is_request_call(uint16_t kind)
{
    return kind == REQUEST_BY_CLIENT_CALL || kind == REQUEST_BY_MANAGER_CALL ||
           kind == REQUEST_BY_MANAGER_MCM_CALL || kind == OID_CO_AF_CLOSE_CALL ||
           kind == OID_CO_AF_CLOSE_MCM_CALL || kind == REQUEST_TO_MINIPORT_CALL;
}

enum requirement core_request_event(struct core *c, struct event e)
{
    struct address_family af;
    struct request next;
    enum requirement broken;

    if (e.object.slot >= MAX_REQUEST) {
        return OID_04;
    }
    next = c->request[e.object.slot];
    af = core_live_af(c, e.on);
    if (is_request_call(e.kind)) {
        if (e.object.generation == 0 || e.object.generation - 1 != next.generation) {
            return OID_04;
        }
        if (af.phase == AF_FREE) {
            return e.kind == REQUEST_BY_CLIENT_CALL ? AF_CL_01 : AF_CM_15;
        }
    } else if (e.object.generation == 0 || e.object.generation != next.generation) {
        return OID_04;
    } else if (e.on.slot != next.on.slot || e.on.generation != next.on.generation) {
        return NOT_AN_EVENT;
    }
    /*@ assert contexts: !is_request_call(e.kind) && contexts_outlive_requests(c->readings) ==>
          !context_was_freed(next, request_kind_of(e.kind), af); */
    broken = request_step(&next, af, c->binding[MANAGER_BINDING],
                          binding_is_closing(c, af), c->stack.resetting, c->readings, e);
    if (broken == CONFORMING && e.kind == REQUEST_BY_CLIENT_CALL) {
        broken = core_right_to_use(c, e.on);
    }
    if (broken == CONFORMING) {
        c->request[e.object.slot] = next;
    }
    return broken;
}

enum requirement core_af_close_event(struct core *c, struct event e)
{
    struct address_family af = core_live_af(c, e.object);
    struct request next;
    enum requirement broken;

    if (e.object.slot >= MAX_AF || af.phase == AF_FREE) {
        return AF_CM_15;
    }
    next = c->af_close[e.object.slot];
    if (!is_request_call(e.kind) && (next.on.slot != e.object.slot ||
                             next.on.generation != e.object.generation)) {
        return OID_04;
    }
    /*@ assert contexts: !is_request_call(e.kind) && contexts_outlive_requests(c->readings) ==>
          !context_was_freed(next, request_kind_of(e.kind), af); */
    broken = request_step(&next, af, c->binding[MANAGER_BINDING],
                          binding_is_closing(c, af), c->stack.resetting, c->readings, e);
    if (broken == CONFORMING) {
        c->af_close[e.object.slot] = next;
    }
    return broken;
}

enum requirement core_to_miniport_event(struct core *c, struct event e)
{
    struct address_family none = {0};
    struct request next;
    enum requirement broken;

    if (e.object.slot >= MAX_BINDING ||
        c->binding[e.object.slot].phase == UNBOUND ||
        c->binding[e.object.slot].generation != e.object.generation) {
        return CAD_02;
    }
    next = c->to_miniport[e.object.slot];
    if (!is_request_call(e.kind) && (next.on.slot != e.object.slot ||
                             next.on.generation != e.object.generation)) {
        return OID_04;
    }
    broken = request_step(&next, none, c->binding[e.object.slot], 0, c->stack.resetting,
                          c->readings, e);
    if (broken == CONFORMING) {
        c->to_miniport[e.object.slot] = next;
    }
    return broken;
}
