/* call.c - see call.h. */
#include "call.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> no_call_begun(v); */
static int no_call_begun(struct vc v)
{
    return v.call == CALL_NONE && v.make_call.caller == CALLER_NONE &&
           v.incoming_call.caller == CALLER_NONE;
}

/* ---- making a call ---- */

enum requirement vc_call_make_call(struct vc *v, struct address_family af)
{
    if (v->phase != VC_CREATED) {
        return CALL_01;
    }
    if (v->made_by_manager == 1) {
        return VC_18;
    }
    if (af.phase != AF_OPEN) {
        return AF_CL_02;
    }
    if (v->call == CALL_HAS_FAILED) {
        return CALL_06;
    }
    if (!no_call_begun(*v)) {
        return CALL_14;
    }
    v->call = CALL_IS_MADE;
    v->parameters = 1;
    v->make_call = operation_begun();
    return CONFORMING;
}

enum requirement vc_enter_make_call(struct vc *v)
{
    if (!operation_takes(v->make_call, STEP_ENTER, NO_STATUS)) {
        return CALL_04;
    }
    v->make_call = operation_after(v->make_call, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

enum requirement vc_end_make_call(struct vc *v, uint8_t step, uint8_t status)
{
    enum requirement broken = step == STEP_COMPLETE ? vc_use_by_manager(*v) : CONFORMING;

    if (broken != CONFORMING) {
        return broken;
    }
    if (!operation_takes(v->make_call, step, status)) {
        return CALL_04;
    }
    if (status == SUCCESS && v->activity != VC_ACTIVE) {
        return CALL_26;
    }
    v->make_call = operation_after(v->make_call, step, status);
    if (status != PENDING) {
        v->call = status == SUCCESS ? CALL_CONNECTED : CALL_HAS_FAILED;
    }
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

enum requirement vc_tell_make_call(struct vc *v, uint8_t step, uint8_t status)
{
    if (!operation_takes(v->make_call, step, status)) {
        return CALL_02;
    }
    v->make_call = operation_after(v->make_call, step, status);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> has_ended(o); */
static int has_ended(struct operation o)
{
    return o.caller == CALLER_NONE || o.delivered == 1;
}

enum requirement vc_free_parameters(struct vc *v)
{
    if (v->parameters == 0 || !has_ended(v->make_call) || !has_ended(v->incoming_call)) {
        return CALL_03;
    }
    v->parameters = 0;
    return CONFORMING;
}

/* ---- an incoming call ---- */

enum requirement vc_call_incoming_call(struct vc *v, uint8_t sap_takes_calls)
{
    enum requirement broken = vc_use_by_manager(*v);

    if (broken != CONFORMING) {
        return broken;
    }
    if (v->phase > VC_CREATED) {
        return VC_08;
    }
    if (!no_call_begun(*v)) {
        return CALL_23;
    }
    if (sap_takes_calls != 0) {
        v->incoming_call = operation_begun();
        v->call = CALL_IS_OFFERED;
    } else {
        v->incoming_call = operation_answered(FAILURE);
        v->call = CALL_IS_REJECTED;
    }
    return CONFORMING;
}

enum requirement vc_enter_incoming_call(struct vc *v)
{
    if (!operation_takes(v->incoming_call, STEP_ENTER, NO_STATUS)) {
        return CALL_23;
    }
    v->incoming_call = operation_after(v->incoming_call, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

enum requirement vc_end_incoming_call(struct vc *v, uint8_t step, uint8_t status)
{
    enum requirement broken = step == STEP_COMPLETE ? vc_use_by_client(*v) : CONFORMING;

    if (broken != CONFORMING) {
        return broken;
    }
    if (!operation_takes(v->incoming_call, step, status)) {
        return CALL_22;
    }
    v->incoming_call = operation_after(v->incoming_call, step, status);
    if (status != PENDING) {
        v->call = status == SUCCESS ? CALL_CONNECTED : CALL_IS_REJECTED;
    }
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

enum requirement vc_tell_incoming_call(struct vc *v, uint8_t step, uint8_t status)
{
    if (!operation_takes(v->incoming_call, step, status)) {
        return CALL_23;
    }
    v->incoming_call = operation_after(v->incoming_call, step, status);
    return CONFORMING;
}

/* ---- the other side ends the call ---- */

enum requirement vc_call_incoming_close(struct vc *v)
{
    enum requirement broken = vc_use_by_manager(*v);

    if (broken == CONFORMING) {
        v->hung_up = 1;
    }
    return broken;
}

enum requirement vc_enter_incoming_close(struct vc *v)
{
    if (v->hung_up == 0) {
        return CALL_20;
    }
    return v->client_context == 0 ? VC_14 : CONFORMING;
}

/* ---- data ---- */

enum requirement vc_call_send(struct vc *v)
{
    enum requirement broken = vc_use_by_client(*v);

    if (broken != CONFORMING) {
        return broken;
    }
    if (v->call != CALL_CONNECTED) {
        return CALL_10;
    }
    if (v->sends == UINT16_MAX) {
        return BOUND_REACHED;
    }
    v->sends++;
    return CONFORMING;
}

enum requirement vc_deliver_send(struct vc *v)
{
    if (v->sends == 0) {
        return VC_26;
    }
    v->sends--;
    return CONFORMING;
}

/* ---- the call's own party ---- */

enum requirement vc_call_drop_last_party(struct vc *v)
{
    if (v->call != CALL_CONNECTED || v->drops_last_party != 0) {
        return PTY_02;
    }
    v->drops_last_party = 1;
    return CONFORMING;
}

enum requirement vc_return_drop_last_party(struct vc *v, uint8_t status)
{
    if (v->drops_last_party == 0 || status != FAILURE) {
        return PTY_05;
    }
    v->drops_last_party = 0;
    return CONFORMING;
}

/* ---- closing a call ---- */

enum requirement vc_call_close_call(struct vc *v)
{
    enum requirement broken = vc_use_by_client(*v);

    if (broken != CONFORMING) {
        return broken;
    }
    if (v->made_by_manager == 1 && v->call == CALL_NONE) {
        return VC_18;
    }
    if (v->call == CALL_IS_MADE) {
        return CALL_05;
    }
    if (v->call != CALL_CONNECTED || v->close_call.caller != CALLER_NONE) {
        return CALL_08;
    }
    if (v->sends > 0) {
        return CALL_09;
    }
    v->call = CALL_IS_CLOSING;
    v->close_call = operation_begun();
    return CONFORMING;
}

enum requirement vc_enter_close_call(struct vc *v)
{
    if (!operation_takes(v->close_call, STEP_ENTER, NO_STATUS)) {
        return CALL_11;
    }
    v->close_call = operation_after(v->close_call, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

enum requirement vc_end_close_call(struct vc *v, struct readings r, uint8_t step,
                                   uint8_t status)
{
    enum requirement broken = step == STEP_COMPLETE ? vc_use_by_manager(*v) : CONFORMING;

    if (broken != CONFORMING) {
        return broken;
    }
    if (!operation_takes(v->close_call, step, status)) {
        return CALL_15;
    }
    if (status == SUCCESS && v->activity != VC_INACTIVE && r.amb_25 != 'b') {
        return CALL_16;
    }
    if (status != SUCCESS && status != PENDING && v->activity != VC_ACTIVE) {
        return CALL_25;
    }
    v->close_call = operation_after(v->close_call, step, status);
    if (status == SUCCESS) {
        v->call = CALL_NONE;
        v->hung_up = 0;
    } else if (status != PENDING) {
        v->call = CALL_CONNECTED;
    }
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

enum requirement vc_tell_close_call(struct vc *v, uint8_t step, uint8_t status)
{
    if (!operation_takes(v->close_call, step, status)) {
        return CALL_08;
    }
    v->close_call = operation_after(v->close_call, step, status);
    return CONFORMING;
}

/* ---- every event of a VC ---- */

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> row_of_other_manager(kind, af); */
static int row_of_other_manager(uint16_t kind, struct address_family af)
{
    switch (kind) {
    case VC_CREATE_BY_MANAGER_MCM_CALL:
    case VC_CREATE_BY_MANAGER_MCM_RETURN:
    case VC_DELETE_BY_MANAGER_MCM_CALL:
    case VC_DELETE_BY_MANAGER_MCM_RETURN:
    case VC_ACTIVATE_MCM_CALL:
    case VC_DEACTIVATE_MCM_CALL:
    case VC_DEACTIVATE_MCM_RETURN:
    case VC_MAKE_CALL_MCM_COMPLETE:
    case VC_CLOSE_CALL_MCM_COMPLETE:
    case VC_INCOMING_CALL_MCM_CALL:
    case VC_INCOMING_CALL_MCM_RETURN:
    case VC_INCOMING_CLOSE_MCM_CALL:
        return af.miniport == 0;
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_RETURN:
    case VC_DELETE_BY_MANAGER_CALL:
    case VC_DELETE_BY_MANAGER_RETURN:
    case VC_ACTIVATE_CALL:
    case VC_DEACTIVATE_CALL:
    case VC_DEACTIVATE_RETURN:
    case VC_MAKE_CALL_COMPLETE:
    case VC_CLOSE_CALL_COMPLETE:
    case VC_INCOMING_CALL_CALL:
    case VC_INCOMING_CALL_RETURN:
    case VC_INCOMING_CLOSE_CALL:
        return af.miniport != 0;
    default: return 0;
    }
}

/*@ LOOKS_ONLY
    ensures VC_03: \result == VC_03 <==> creation_of_other(kind, v);
    ensures VC_07: \result == VC_07 <==> deletion_of_other(kind, v);
    ensures nothing_else: \result == VC_03 || \result == VC_07 || \result == CONFORMING; */
static enum requirement row_of_creator(uint16_t kind, struct vc v)
{
    const int creation_by_client = kind == VC_CREATE_BY_CLIENT_ENTER ||
                                   kind == VC_CREATE_BY_CLIENT_LEAVE ||
                                   kind == VC_CREATE_BY_CLIENT_RETURN;
    const int creation_by_manager = kind == VC_CREATE_BY_MANAGER_ENTER ||
                                    kind == VC_CREATE_BY_MANAGER_LEAVE ||
                                    kind == VC_CREATE_BY_MANAGER_RETURN ||
                                    kind == VC_CREATE_BY_MANAGER_MCM_RETURN;
    const int deletion_by_client =
        kind == VC_DELETE_BY_CLIENT_CALL || kind == VC_DELETE_BY_CLIENT_ENTER ||
        kind == VC_DELETE_BY_CLIENT_LEAVE || kind == VC_DELETE_BY_CLIENT_RETURN;
    const int deletion_by_manager =
        kind == VC_DELETE_BY_MANAGER_CALL || kind == VC_DELETE_BY_MANAGER_ENTER ||
        kind == VC_DELETE_BY_MANAGER_LEAVE || kind == VC_DELETE_BY_MANAGER_RETURN ||
        kind == VC_DELETE_BY_MANAGER_MCM_CALL || kind == VC_DELETE_BY_MANAGER_MCM_RETURN;

    if (v.made_by_manager == 1 ? creation_by_client : creation_by_manager) {
        return VC_03;
    }
    return (v.made_by_manager == 1 ? deletion_by_client : deletion_by_manager) ? VC_07
                                                                              : CONFORMING;
}

/* The life of a VC, its contexts, and its activity. The row fits. */
/*@ requires is_status: e.status < STATUS_COUNT;
    requires fits: !row_of_other_manager(e.kind, af) && !creation_of_other(e.kind, *v) &&
      !deletion_of_other(e.kind, *v);
    BEFORE_A_STEP_OF(vc, v)
    ensures AF_CL_02_VC_06_all: STEP_PROMISES(CONJUNCT, vc, v)
      vc_rights_are_kept(\old(*v), af, e.kind, \result) && // AF-CL-02, VC-06
      (row_begins_vc(e.kind) ? (\result == CONFORMING ==> made_anew(\old(*v), *v, e))
                             : goes_on_as_made(\old(*v), *v, e.kind)) && // VC-12, VC-01
      sap_decides_deactivation(\old(*v), sap_goes, e, \result) && // SAP-14, CALL-16
      (row_of_call(e.kind) || !row_of_vc(e.kind) ==> \result == NOT_AN_EVENT);
    ensures accepted_exactly: \result == CONFORMING <==> life_accepts(\old(*v), af, r, e); */
static enum requirement step_of_vc(struct vc *v, struct address_family af, struct readings r,
                                   uint8_t sap_goes, struct event e)
{
    enum requirement broken = NOT_AN_EVENT;

    switch (e.kind) {
    case VC_CREATE_BY_CLIENT_CALL: broken = vc_call_create(v, af, e.on, 0); break;
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL: broken = vc_call_create(v, af, e.on, 1); break;
    case MINIPORT_CREATE_VC_LEAVE: broken = vc_leave_miniport_create(v, af, e.status); break;
    case VC_CREATE_BY_CLIENT_ENTER:
    case VC_CREATE_BY_MANAGER_ENTER: broken = vc_enter_create(v); break;
    case VC_CREATE_BY_CLIENT_LEAVE:
    case VC_CREATE_BY_MANAGER_LEAVE: broken = vc_leave_create(v, e.status); break;
    case VC_CREATE_BY_CLIENT_RETURN:
    case VC_CREATE_BY_MANAGER_RETURN:
    case VC_CREATE_BY_MANAGER_MCM_RETURN: broken = vc_return_create(v, af, e.status); break;
    case VC_DELETE_BY_CLIENT_CALL:
    case VC_DELETE_BY_MANAGER_CALL:
    case VC_DELETE_BY_MANAGER_MCM_CALL: broken = vc_call_delete(v); break;
    case VC_DELETE_BY_CLIENT_ENTER:
    case VC_DELETE_BY_MANAGER_ENTER: broken = vc_enter_delete(v); break;
    case VC_DELETE_BY_CLIENT_LEAVE:
    case VC_DELETE_BY_MANAGER_LEAVE: broken = vc_leave_delete(v, e.status); break;
    case MINIPORT_DELETE_VC_LEAVE: broken = vc_leave_miniport_delete(v, af, e.status); break;
    case VC_DELETE_BY_CLIENT_RETURN:
    case VC_DELETE_BY_MANAGER_RETURN:
    case VC_DELETE_BY_MANAGER_MCM_RETURN: broken = vc_return_delete(v, e.status); break;
    case VC_ACTIVATE_CALL:
    case VC_ACTIVATE_MCM_CALL: broken = vc_call_activate(v); break;
    case VC_DEACTIVATE_CALL:
    case VC_DEACTIVATE_MCM_CALL: broken = vc_call_deactivate(v, af, sap_goes); break;
    case VC_DEACTIVATE_ENTER: broken = vc_enter_deactivate(v); break;
    case VC_DEACTIVATE_LEAVE: broken = vc_end_deactivate(v, STEP_LEAVE, e.status); break;
    case VC_DEACTIVATE_COMPLETE: broken = vc_end_deactivate(v, STEP_COMPLETE, e.status); break;
    case VC_DEACTIVATE_DELIVER:
        broken = vc_tell_deactivate(v, af, r, STEP_DELIVER, e.status); break;
    case VC_DEACTIVATE_RETURN:
    case VC_DEACTIVATE_MCM_RETURN:
        broken = vc_tell_deactivate(v, af, r, STEP_RETURN, e.status); break;
    case VC_DEACTIVATE_OWN: broken = vc_tell_deactivate(v, af, r, STEP_OWN, e.status); break;
    case FREE_CLIENT_VC_CONTEXT: broken = vc_free_client_context(v); break;
    case FREE_CALL_MGR_VC_CONTEXT: broken = vc_free_manager_context(v); break;
    default: break;
    }
    return broken;
}

/* The call, and the data that is sent on it; NOT_AN_EVENT for what is not the call's. */
/*@ requires is_status: e.status < STATUS_COUNT;
    BEFORE_A_STEP_OF(vc, v)
    ensures AF_CL_02_VC_06_all: STEP_PROMISES(CONJUNCT, vc, v)
      (e.kind != VC_CREATE_BY_CLIENT_CALL ==> // AF-CL-02, VC-06
         vc_rights_are_kept(\old(*v), af, e.kind, \result)) &&
      (row_begins_vc(e.kind) ==> \result == NOT_AN_EVENT) &&
      goes_on_as_made(\old(*v), *v, e.kind) && // VC-12
      sap_decides_call(*v, sap_takes_calls, e, \result) && // SAP-03
      (row_of_call(e.kind) <==> \result != NOT_AN_EVENT);
    ensures accepted_exactly: \result == CONFORMING <==> call_accepts(\old(*v), af, r, e); */
static enum requirement step_of_call(struct vc *v, struct address_family af, struct readings r,
                                     uint8_t sap_takes_calls, struct event e)
{
    enum requirement broken = NOT_AN_EVENT;

    switch (e.kind) {
    case VC_MAKE_CALL_CALL: broken = vc_call_make_call(v, af); break;
    case VC_MAKE_CALL_ENTER: broken = vc_enter_make_call(v); break;
    case VC_MAKE_CALL_LEAVE: broken = vc_end_make_call(v, STEP_LEAVE, e.status); break;
    case VC_MAKE_CALL_COMPLETE:
    case VC_MAKE_CALL_MCM_COMPLETE:
        broken = vc_end_make_call(v, STEP_COMPLETE, e.status); break;
    case VC_MAKE_CALL_DELIVER: broken = vc_tell_make_call(v, STEP_DELIVER, e.status); break;
    case VC_MAKE_CALL_RETURN: broken = vc_tell_make_call(v, STEP_RETURN, e.status); break;
    case VC_MAKE_CALL_OWN: broken = vc_tell_make_call(v, STEP_OWN, e.status); break;
    case FREE_CALL_PARAMETERS: broken = vc_free_parameters(v); break;
    case VC_INCOMING_CALL_CALL:
    case VC_INCOMING_CALL_MCM_CALL: broken = vc_call_incoming_call(v, sap_takes_calls); break;
    case VC_INCOMING_CALL_ENTER: broken = vc_enter_incoming_call(v); break;
    case VC_INCOMING_CALL_LEAVE: broken = vc_end_incoming_call(v, STEP_LEAVE, e.status); break;
    case VC_INCOMING_CALL_COMPLETE:
        broken = vc_end_incoming_call(v, STEP_COMPLETE, e.status); break;
    case VC_INCOMING_CALL_DELIVER:
        broken = vc_tell_incoming_call(v, STEP_DELIVER, e.status); break;
    case VC_INCOMING_CALL_RETURN:
    case VC_INCOMING_CALL_MCM_RETURN:
        broken = vc_tell_incoming_call(v, STEP_RETURN, e.status); break;
    case VC_INCOMING_CALL_OWN: broken = vc_tell_incoming_call(v, STEP_OWN, e.status); break;
    case VC_INCOMING_CLOSE_CALL:
    case VC_INCOMING_CLOSE_MCM_CALL: broken = vc_call_incoming_close(v); break;
    case VC_INCOMING_CLOSE_ENTER: broken = vc_enter_incoming_close(v); break;
    case VC_SEND_CALL: broken = vc_call_send(v); break;
    case VC_SEND_DELIVER: broken = vc_deliver_send(v); break;
    case VC_DROP_LAST_PARTY_CALL: broken = vc_call_drop_last_party(v); break;
    case VC_DROP_LAST_PARTY_RETURN: broken = vc_return_drop_last_party(v, e.status); break;
    case VC_CLOSE_CALL_CALL: broken = vc_call_close_call(v); break;
    case VC_CLOSE_CALL_ENTER: broken = vc_enter_close_call(v); break;
    case VC_CLOSE_CALL_LEAVE: broken = vc_end_close_call(v, r, STEP_LEAVE, e.status); break;
    case VC_CLOSE_CALL_COMPLETE:
    case VC_CLOSE_CALL_MCM_COMPLETE:
        broken = vc_end_close_call(v, r, STEP_COMPLETE, e.status); break;
    case VC_CLOSE_CALL_DELIVER: broken = vc_tell_close_call(v, STEP_DELIVER, e.status); break;
    case VC_CLOSE_CALL_RETURN: broken = vc_tell_close_call(v, STEP_RETURN, e.status); break;
    case VC_CLOSE_CALL_OWN: broken = vc_tell_close_call(v, STEP_OWN, e.status); break;
    default: break;
    }
    return broken;
}

enum requirement vc_step(struct vc *v, struct address_family af, struct readings r,
                         uint8_t sap_takes_calls, uint8_t sap_goes, struct event e)
{
    enum requirement broken = row_of_creator(e.kind, *v);

    if (row_of_other_manager(e.kind, af)) {
        return MCM_07;
    }
    if (broken != CONFORMING) {
        return broken;
    }
    broken = step_of_call(v, af, r, sap_takes_calls, e);
    return broken == NOT_AN_EVENT ? step_of_vc(v, af, r, sap_goes, e) : broken;
}
