/* plug_and_play.c - see plug_and_play.h. */
#include "plug_and_play.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> s.level == STACK_NOT_TRACED || s.level == level; */
static int is_at(struct stack s, uint8_t level)
{
    return s.level == STACK_NOT_TRACED || s.level == level;
}

enum requirement enter_net_pnp_event(struct plug_and_play *p, uint8_t state,
                                     struct stack stack, uint16_t which)
{
    if (p->event != NO_EVENT) {
        return PNP_08;
    }
    if (which == PAUSE_ENTER) {
        if (state != BINDING_RUNNING) {
            return BND_07;
        }
        p->bound_state = BINDING_PAUSING;
    }
    if (which == RESTART_ENTER) {
        if (state != BINDING_PAUSED) {
            return BND_09;
        }
        if (!is_at(stack, STACK_RUNNING)) {
            return PNP_15;
        }
        p->bound_state = BINDING_RESTARTING;
    }
    p->event = which;
    p->event_phase = EVENT_INSIDE;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == answer_breaks(held, state, sends, which, status); */
static enum requirement answer_breaks(uint16_t held, uint8_t state, uint16_t sends,
                                     uint16_t which, uint8_t status)
{
    if (status == NOT_SUPPORTED) {
        return PNP_09;
    }
    if (which == PAUSE_ENTER) {
        if (status != SUCCESS) {
            return PNP_06;
        }
        if (state != BINDING_PAUSING) {
            return BND_08;
        }
        if (sends > 0) {
            return PNP_01;
        }
        return held != 0 ? PNP_05 : CONFORMING;
    }
    if (which == RESTART_ENTER) {
        if (state == BINDING_RESTARTING) {
            return CONFORMING;
        }
        return status == SUCCESS ? BND_10 : BND_11;
    }
    if (which == QUERY_REMOVE_ENTER) {
        return status == SUCCESS || status == FAILURE ? CONFORMING : PNP_14;
    }
    return which == SET_POWER_ENTER || status == SUCCESS ? CONFORMING : PNP_07;
}

/* Each NetEventSetPower leads to low power, or back. */
/*@ requires is_flag: p.low_power <= 1;
    LOOKS_ONLY
    ensures exact: \result == answered_event(p, which, status); */
static struct plug_and_play answered_event(struct plug_and_play p, uint16_t which, uint8_t status)
{
    if (which == RESTART_ENTER && status == SUCCESS) {
        p.bound_state = BINDING_RUNNING;
        p.restarted = 1;
    } else if (which == PAUSE_ENTER || which == RESTART_ENTER) {
        p.bound_state = BINDING_PAUSED;
    } else if (which == SET_POWER_ENTER) {
        p.low_power = p.low_power == 1 ? 0 : 1;
    }
    return p;
}

enum requirement leave_net_pnp_event(struct plug_and_play *p, uint8_t state, uint16_t sends,
                                     uint16_t which, uint8_t status)
{
    enum requirement broken;

    if (p->event != which || p->event_phase == EVENT_PENDED ||
        (status != PENDING && p->event_phase != EVENT_INSIDE)) {
        return PNP_08;
    }
    if (status == NO_STATUS) {
        return NOT_AN_EVENT;
    }
    if (status == PENDING && p->event_phase == EVENT_INSIDE) {
        p->event_phase = EVENT_PENDED;
        return CONFORMING;
    }
    if (status != PENDING) {
        broken = answer_breaks(p->held, state, sends, which, status);
        if (broken != CONFORMING) {
            return broken;
        }
        *p = answered_event(*p, which, status);
    }
    p->event = NO_EVENT;
    p->event_phase = EVENT_OVER;
    return CONFORMING;
}

enum requirement complete_net_pnp_event(struct plug_and_play *p, uint8_t state, uint16_t sends,
                                        uint16_t which, uint8_t status)
{
    enum requirement broken;

    if (p->event != which || p->event_phase == EVENT_COMPLETED_INSIDE) {
        return PNP_08;
    }
    if (status == NO_STATUS || status == PENDING) {
        return NOT_AN_EVENT;
    }
    broken = answer_breaks(p->held, state, sends, which, status);
    if (broken != CONFORMING) {
        return broken;
    }
    *p = answered_event(*p, which, status);
    if (p->event_phase == EVENT_INSIDE) {
        p->event_phase = EVENT_COMPLETED_INSIDE;
    } else {
        p->event = NO_EVENT;
        p->event_phase = EVENT_OVER;
    }
    return CONFORMING;
}

enum requirement indicate_receive(struct plug_and_play *p, uint8_t state, uint8_t context,
                                  struct readings r)
{
    if (state != BINDING_RUNNING && state != BINDING_PAUSING &&
        (state != BINDING_CLOSING || r.amb_43 == 'a')) {
        return BND_12;
    }
    if (context == 0) {
        return UNB_17;
    }
    if (p->held == UINT16_MAX) {
        return BOUND_REACHED;
    }
    p->held++;
    return CONFORMING;
}

enum requirement return_receive(struct plug_and_play *p)
{
    if (p->held == 0) {
        return PNP_05;
    }
    p->held--;
    return CONFORMING;
}

enum requirement free_open_parameters(struct plug_and_play *p)
{
    if (p->open_parameters == 0) {
        return BND_17;
    }
    p->open_parameters = 0;
    return CONFORMING;
}

enum requirement own_open_complete(struct plug_and_play *p, uint8_t status)
{
    if (p->opening != OPEN_ANSWERED ||
        status != (p->open_failed == NO_STATUS ? SUCCESS : p->open_failed)) {
        return BND_18;
    }
    p->opening = OPEN_OVER;
    return CONFORMING;
}

enum requirement plug_and_play_owes(struct plug_and_play p)
{
    if (p.opening != OPEN_OVER && p.opening != OPEN_ANSWERED) {
        return BND_18;
    }
    if (p.bind != BIND_OVER) {
        return BND_20;
    }
    if (p.event != NO_EVENT) {
        return PNP_08;
    }
    return p.unbind_call != UNBIND_CALL_NONE ? UNB_22 : CONFORMING;
}

enum requirement stack_step(struct stack *s, uint16_t kind, uint8_t paused, uint8_t unbound)
{
    uint8_t traced = s->level != STACK_NOT_TRACED ? 1 : 0;
    uint8_t reached;

    switch (kind) {
    case RESET_MINIPORT:
        s->resetting = 1;
        return CONFORMING;
    case RESET_END:
        s->resetting = 0;
        return CONFORMING;
    case RESTART_MINIPORT:
        if (traced == 1 && s->level != STACK_PAUSED && s->level != STACK_FILTERS_DETACHED) {
            return PNP_15;
        }
        s->level = STACK_MINIPORT_RUNNING;
        return CONFORMING;
    case RESTART_FILTERS:
        if (!is_at(*s, STACK_MINIPORT_RUNNING)) {
            return PNP_15;
        }
        reached = STACK_RUNNING;
        break;
    case PAUSE_FILTERS:
        if (traced == 1 && (paused == 0 || s->level != STACK_RUNNING)) {
            return PNP_10;
        }
        reached = STACK_FILTERS_PAUSED;
        break;
    case PAUSE_MINIPORT:
        if (!is_at(*s, STACK_FILTERS_PAUSED)) {
            return PNP_10;
        }
        reached = STACK_PAUSED;
        break;
    case DETACH_FILTERS:
        if (traced == 1 && (unbound == 0 || s->level != STACK_PAUSED)) {
            return PNP_10;
        }
        reached = STACK_FILTERS_DETACHED;
        break;
    default: return NOT_AN_EVENT;
    }
    if (traced == 1) {
        s->level = reached;
    }
    return CONFORMING;
}
