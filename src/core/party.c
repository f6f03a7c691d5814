/* party.c - see party.h. */
#include "party.h"

int party_is_free(struct party p)
{
    return p.phase == PARTY_FREE && p.client_context == 0 && p.manager_context == 0 &&
           p.operation.caller == CALLER_NONE;
}

/* Its operation is the drop, not the addition. */
/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> operation_is_the_drop(p); */
static int operation_is_the_drop(struct party p)
{
    return p.phase == PARTY_DROPPING ||
           (p.phase == PARTY_FREE && p.operation.status == SUCCESS);
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> says_how_it_ended(step, status); */
static int says_how_it_ended(uint8_t step, uint8_t status)
{
    return step == STEP_COMPLETE || (step == STEP_LEAVE && status != PENDING);
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==>
      step == STEP_ENTER || step == STEP_LEAVE || step == STEP_COMPLETE; */
static int is_of_the_manager(uint8_t step)
{
    return step == STEP_ENTER || step == STEP_LEAVE || step == STEP_COMPLETE;
}

enum requirement party_call_add(struct party *p, uint8_t vc_is_connected, struct handle vc)
{
    if (vc_is_connected == 0) {
        return CALL_01;
    }
    if (!party_is_free(*p)) {
        return PTY_12;
    }
    if (p->generation == UINT32_MAX) {
        return BOUND_REACHED;
    }
    p->generation++;
    p->vc = vc;
    p->phase = PARTY_ADDING;
    p->client_context = 1;
    p->operation = operation_begun();
    return CONFORMING;
}

enum requirement party_step_addition(struct party *p, uint8_t step, uint8_t status)
{
    if (operation_is_the_drop(*p) || !operation_takes(p->operation, step, status)) {
        return is_of_the_manager(step) ? PTY_13 : PTY_12;
    }
    if (step == STEP_DELIVER && p->client_context == 0) {
        return PTY_12;
    }
    if (says_how_it_ended(step, status)) {
        if (status != SUCCESS && p->manager_context != 0) {
            return PTY_09;
        }
        p->phase = status == SUCCESS ? PARTY_THERE : PARTY_FREE;
    } else if (step == STEP_ENTER) {
        p->manager_context = 1;
    }
    p->operation = operation_after(p->operation, step, status);
    return CONFORMING;
}

enum requirement party_call_drop(struct party *p, struct readings r)
{
    if (p->phase != PARTY_THERE || p->operation.caller != CALLER_NONE ||
        (r.amb_34 == 'a' && p->remote_drop != 0)) {
        return PTY_02;
    }
    p->phase = PARTY_DROPPING;
    p->remote_drop = 0;
    p->operation = operation_begun();
    return CONFORMING;
}

enum requirement party_step_drop(struct party *p, uint8_t step, uint8_t status)
{
    if (step == STEP_COMPLETE && p->phase == PARTY_FREE) {
        return PTY_08;
    }
    if (!operation_is_the_drop(*p) || !operation_takes(p->operation, step, status)) {
        return is_of_the_manager(step) ? PTY_06 : PTY_01;
    }
    if (step == STEP_ENTER && p->manager_context == 0) {
        return PTY_09;
    }
    if (step == STEP_DELIVER && p->client_context == 0) {
        return PTY_07;
    }
    if (says_how_it_ended(step, status)) {
        if (status != SUCCESS) {
            return PTY_06;
        }
        if (p->manager_context != 0) {
            return PTY_09;
        }
        p->phase = PARTY_FREE;
    }
    p->operation = operation_after(p->operation, step, status);
    return CONFORMING;
}

enum requirement party_call_incoming_drop(struct party *p)
{
    if (p->phase != PARTY_THERE) {
        return p->phase == PARTY_FREE ? PTY_11 : PTY_08;
    }
    p->remote_drop = 1;
    return CONFORMING;
}

enum requirement party_enter_incoming_drop(struct party p)
{
    return p.client_context == 0 ? PTY_07 : CONFORMING;
}

enum requirement party_free_client_context(struct party *p, struct readings r)
{
    if (p->client_context == 0) {
        return PTY_07;
    }
    if (r.amb_34_context != 'a' &&
        (p->phase != PARTY_FREE ||
         (p->operation.caller != CALLER_NONE && p->operation.delivered == 0))) {
        return PTY_07;
    }
    p->client_context = 0;
    return CONFORMING;
}

enum requirement party_free_manager_context(struct party *p)
{
    if (p->manager_context == 0) {
        return PTY_09;
    }
    p->manager_context = 0;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> other_kind_calls_it(miniport, kind); */
static int other_kind_calls_it(uint8_t miniport, uint16_t kind)
{
    switch (kind) {
    case PARTY_ADD_COMPLETE:
    case PARTY_DROP_COMPLETE:
    case PARTY_INCOMING_DROP_CALL: return miniport != 0;
    case PARTY_ADD_MCM_COMPLETE:
    case PARTY_DROP_MCM_COMPLETE:
    case PARTY_INCOMING_DROP_MCM_CALL: return miniport == 0;
    default: return 0;
    }
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> is_of_addition(kind); */
static int is_of_addition(uint16_t kind)
{
    return (PARTY_ADD_CALL < kind && kind <= PARTY_ADD_OWN) || kind == PARTY_ADD_MCM_COMPLETE;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> is_of_drop(kind); */
static int is_of_drop(uint16_t kind)
{
    return (PARTY_DROP_CALL < kind && kind <= PARTY_DROP_OWN) ||
           kind == PARTY_DROP_MCM_COMPLETE;
}

/*@ LOOKS_ONLY
    ensures exact: \result == party_step_of(kind); */
static uint8_t party_step_of(uint16_t kind)
{
    switch (kind) {
    case PARTY_ADD_ENTER:
    case PARTY_DROP_ENTER: return STEP_ENTER;
    case PARTY_ADD_LEAVE:
    case PARTY_DROP_LEAVE: return STEP_LEAVE;
    case PARTY_ADD_DELIVER:
    case PARTY_DROP_DELIVER: return STEP_DELIVER;
    case PARTY_ADD_RETURN:
    case PARTY_DROP_RETURN: return STEP_RETURN;
    case PARTY_ADD_OWN:
    case PARTY_DROP_OWN: return STEP_OWN;
    default: return STEP_COMPLETE;
    }
}

enum requirement party_step(struct party *p, uint8_t vc_is_connected, uint8_t miniport,
                            struct readings r, struct event e)
{
    if (other_kind_calls_it(miniport, e.kind)) {
        return MCM_07;
    }
    if (is_of_addition(e.kind)) {
        return party_step_addition(p, party_step_of(e.kind), e.status);
    }
    if (is_of_drop(e.kind)) {
        return party_step_drop(p, party_step_of(e.kind), e.status);
    }
    switch (e.kind) {
    case PARTY_ADD_CALL: return party_call_add(p, vc_is_connected, e.on);
    case PARTY_DROP_CALL: return party_call_drop(p, r);
    case PARTY_INCOMING_DROP_CALL:
    case PARTY_INCOMING_DROP_MCM_CALL: return party_call_incoming_drop(p);
    case PARTY_INCOMING_DROP_ENTER: return party_enter_incoming_drop(*p);
    case FREE_CLIENT_PARTY_CONTEXT: return party_free_client_context(p, r);
    case FREE_CALL_MGR_PARTY_CONTEXT: return party_free_manager_context(p);
    default: return NOT_AN_EVENT;
    }
}

enum requirement party_left(struct party p, uint8_t notified)
{
    if (p.phase == PARTY_FREE) {
        return CONFORMING;
    }
    if (p.remote_drop != 0) {
        return PTY_10;
    }
    return notified != 0 ? NTF_18 : CALL_12;
}

enum requirement party_slot_owes(struct party p)
{
    if (p.phase != PARTY_FREE) {
        return PTY_03;
    }
    if (p.operation.caller != CALLER_NONE) {
        return operation_is_the_drop(p) ? PTY_01 : PTY_12;
    }
    return p.client_context != 0 ? PTY_07 : CONFORMING;
}
