/* to_miniport.c - see to_miniport.h. */
#include "to_miniport.h"

#include "seen.h"

static const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};

/* The binding of the client whose VC it is; slot MAX_BINDING if there is none. */
static uint32_t client_of_vc(const struct core *c, uint32_t vc)
{
    const uint32_t af = vc < MAX_VC ? c->vc[vc].af.slot : MAX_AF;

    return af < MAX_AF ? c->af[af].client : MAX_BINDING;
}

/* What the core would answer to this request of the binding. */
static enum requirement answer_to(struct judge *j, uint16_t request, uint32_t binding, struct event e)
{
    static struct core asked;

    if (binding >= MAX_BINDING) {
        return CONFORMING;
    }
    asked = j->core;
    e.kind = request;
    e.object.slot = binding;
    e.object.generation = j->core.binding[binding].generation;
    return core_step(&asked, e);
}

static int is_right_otherwise(struct judge *j, struct event e)
{
    static struct core asked;

    asked = j->core;
    return core_step(&asked, e) == CONFORMING;
}

enum requirement asks_a_miniport_that_cannot(struct judge *j, struct event e, struct event as)
{
    const int is_vc_send = e.kind == VC_SEND_CALL;
    const uint32_t binding = is_vc_send ? client_of_vc(&j->core, e.object.slot) : e.object.slot;
    enum requirement broken;

    if (!is_vc_send && as.kind != CALL_SEND && e.kind != REQUEST_TO_MINIPORT_CALL) {
        return CONFORMING;
    }
    /* The page on resets names NdisCoSendNetBufferLists and NdisCoOidRequest (OID-09). */
    if ((is_vc_send || e.kind == CALL_SEND) && seen_of(j, manager)->line[RESET_MINIPORT] != 0 &&
        answer_to(j, REQUEST_TO_MINIPORT_CALL, binding, e) == OID_09) {
        return OID_09;
    }
    if (is_vc_send || !is_right_otherwise(j, as)) {
        return CONFORMING;
    }
    broken = answer_to(j, CALL_OID_REQUEST, binding, e);
    return broken == HLT_02 || (broken == PNP_13 && e.kind == REQUEST_TO_MINIPORT_CALL) ? broken : CONFORMING;
}

/* On this binding: sends and requests that nothing has given back. */
static int are_out_on(struct judge *j, uint32_t slot)
{
    const struct object o = {A_BINDING, {slot, 0}};
    const struct seen *s = seen_of(j, o);

    return s->out[A_SEND].count + s->out[A_PLAIN_REQUEST].count > 0;
}

int halts_over_what_is_out(struct judge *j, struct event e)
{
    int is_out = 0;

    for (uint32_t i = 0; e.kind == ENTER_HALT && i < MAX_BINDING; i++) {
        is_out |= are_out_on(j, i);
    }
    return is_out;
}

int halts_over_who_is_bound(struct judge *j, struct event e)
{
    int is_bound = 0;

    if (e.kind != ENTER_HALT || j->core.stack.level == STACK_NOT_TRACED ||
        seen_of(j, object_of_event(e))->line[REMOVE_ADAPTER] == 0) {
        return 0;
    }
    for (uint32_t i = MANAGER_BINDING + 1; i < MAX_BINDING; i++) {
        const struct object o = {A_BINDING, {i, 0}};
        const struct seen *s = seen_of(j, o);

        is_bound |= s->begun != 0 && s->is_astray == 0 && j->core.binding[i].phase != UNBOUND;
    }
    return is_bound && is_right_otherwise(j, e);
}
