/* sap.c - see sap.h. */
#include "sap.h"

int sap_is_free(struct sap s)
{
    return s.phase == SAP_FREE && s.operation.caller == CALLER_NONE && s.again == 0 &&
           s.client_context == 0 && s.manager_context == 0;
}

enum requirement sap_call_register(struct sap *s, struct handle af)
{
    if (!sap_is_free(*s)) {
        return SAP_02;
    }
    if (s->generation == UINT32_MAX) {
        return BOUND_REACHED;
    }
    s->generation++;
    s->af = af;
    s->phase = SAP_REGISTERING;
    s->deregistering = 0;
    s->client_context = 1;
    s->operation = operation_begun();
    return CONFORMING;
}

enum requirement sap_call_deregister(struct sap *s, struct readings r)
{
    if (r.amb_28 == 'b' && s->phase == SAP_DEREGISTERING && s->again == 0) {
        s->again = 1;
        return CONFORMING;
    }
    if (s->phase != SAP_REGISTERED) {
        return SAP_07;
    }
    if (s->operation.caller != CALLER_NONE) {
        return SAP_16;
    }
    s->phase = SAP_DEREGISTERING;
    s->deregistering = 1;
    s->operation = operation_begun();
    return CONFORMING;
}

/* The operation is of this kind and takes the step. */
/*@ requires consistent: sap_invariant(s);
    LOOKS_ONLY
    ensures exact: (\result != 0) <==>
      s.deregistering == deregistering && takes(s.operation, step, status); */
static int may_step(struct sap s, uint8_t deregistering, uint8_t step, uint8_t status)
{
    return s.deregistering == deregistering && operation_takes(s.operation, step, status);
}

enum requirement sap_enter(struct sap *s, uint8_t deregistering, struct address_family af)
{
    if (!may_step(*s, deregistering, STEP_ENTER, NO_STATUS)) {
        return deregistering == 1 ? SAP_11 : SAP_04;
    }
    if (deregistering == 0) {
        if (af.manager_context == 0) {
            return AF_OP_19;
        }
        s->manager_context = 1;
    } else if (s->manager_context == 0) {
        return SAP_10;
    }
    s->operation = operation_after(s->operation, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

enum requirement sap_end(struct sap *s, uint8_t deregistering, uint8_t step, uint8_t status)
{
    if (!may_step(*s, deregistering, step, status)) {
        return deregistering == 1 ? SAP_11 : SAP_04;
    }
    if (status != PENDING) {
        if (deregistering == 0 && status == SUCCESS) {
            s->phase = SAP_REGISTERED;
        } else if (deregistering == 1 && status != SUCCESS) {
            return SAP_11;
        } else if (s->manager_context != 0) {
            return deregistering == 1 ? SAP_10 : SAP_05;
        } else {
            s->phase = SAP_FREE;
        }
    }
    s->operation = operation_after(s->operation, step, status);
    return CONFORMING;
}

enum requirement sap_tell(struct sap *s, uint8_t deregistering, uint8_t step, uint8_t status,
                          struct address_family af)
{
    if (s->again == 1 && deregistering == 1 && step == STEP_RETURN && status == FAILURE) {
        s->again = 0;
        return CONFORMING;
    }
    if (!may_step(*s, deregistering, step, status)) {
        return deregistering == 1 || (step == STEP_OWN && s->deregistering == 1) ? SAP_08
                                                                                 : SAP_01;
    }
    if (step == STEP_DELIVER && af.client_context == 0) {
        return AF_OP_11;
    }
    s->operation = operation_after(s->operation, step, status);
    return CONFORMING;
}

enum requirement sap_free_client_context(struct sap *s)
{
    if (s->client_context == 0 || s->phase != SAP_FREE ||
        (s->operation.caller != CALLER_NONE && s->operation.delivered == 0)) {
        return SAP_13;
    }
    s->client_context = 0;
    return CONFORMING;
}

enum requirement sap_free_manager_context(struct sap *s)
{
    if (s->manager_context == 0) {
        return SAP_10;
    }
    s->manager_context = 0;
    return CONFORMING;
}

enum requirement sap_left(struct sap s)
{
    if (s.deregistering == 0 && s.operation.caller != CALLER_NONE) {
        return SAP_16;
    }
    if (s.phase == SAP_REGISTERED) {
        return SAP_15;
    }
    return s.operation.caller != CALLER_NONE ? SAP_08 : CONFORMING;
}

/* The rows, each to its function; what sap_step promises, in one clause. */
/*@ requires is_status: e.status < STATUS_COUNT;
    BEFORE_A_STEP_OF(sap, s)
    ensures SAP_07_all: STEP_PROMISES(CONJUNCT, sap, s)
      SAP_STEP_PROMISES(CONJUNCT) \true; */
static enum requirement step_of_sap(struct sap *s, struct address_family af, struct readings r,
                                    struct event e)
{
    enum requirement broken = NOT_AN_EVENT;

    switch (e.kind) {
    case SAP_REGISTER_CALL: broken = sap_call_register(s, e.on); break;
    case SAP_REGISTER_ENTER: broken = sap_enter(s, 0, af); break;
    case SAP_REGISTER_LEAVE: broken = sap_end(s, 0, STEP_LEAVE, e.status); break;
    case SAP_REGISTER_COMPLETE:
        broken = af.miniport == 1 ? MCM_07 : sap_end(s, 0, STEP_COMPLETE, e.status); break;
    case SAP_REGISTER_MCM_COMPLETE:
        broken = af.miniport == 0 ? MCM_07 : sap_end(s, 0, STEP_COMPLETE, e.status); break;
    case SAP_REGISTER_DELIVER: broken = sap_tell(s, 0, STEP_DELIVER, e.status, af); break;
    case SAP_REGISTER_RETURN: broken = sap_tell(s, 0, STEP_RETURN, e.status, af); break;
    case SAP_REGISTER_OWN: broken = sap_tell(s, 0, STEP_OWN, e.status, af); break;
    case SAP_DEREGISTER_CALL: broken = sap_call_deregister(s, r); break;
    case SAP_DEREGISTER_ENTER: broken = sap_enter(s, 1, af); break;
    case SAP_DEREGISTER_LEAVE: broken = sap_end(s, 1, STEP_LEAVE, e.status); break;
    case SAP_DEREGISTER_COMPLETE:
        broken = af.miniport == 1 ? MCM_07 : sap_end(s, 1, STEP_COMPLETE, e.status); break;
    case SAP_DEREGISTER_MCM_COMPLETE:
        broken = af.miniport == 0 ? MCM_07 : sap_end(s, 1, STEP_COMPLETE, e.status); break;
    case SAP_DEREGISTER_DELIVER: broken = sap_tell(s, 1, STEP_DELIVER, e.status, af); break;
    case SAP_DEREGISTER_RETURN: broken = sap_tell(s, 1, STEP_RETURN, e.status, af); break;
    case SAP_DEREGISTER_OWN: broken = sap_tell(s, 1, STEP_OWN, e.status, af); break;
    case FREE_SAP_CONTEXT: broken = sap_free_client_context(s); break;
    case FREE_CALL_MGR_SAP_CONTEXT: broken = sap_free_manager_context(s); break;
    default: break;
    }
    return broken;
}

enum requirement sap_step(struct sap *s, struct address_family af, struct readings r,
                          struct event e)
{
    return step_of_sap(s, af, r, e);
}
