/* vc.c - see vc.h. */
#include "vc.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> has_ended(o); */
static int has_ended(struct operation o)
{
    return o.caller == CALLER_NONE || o.delivered == 1;
}

int vc_is_free(struct vc v)
{
    return v.phase == VC_FREE && v.client_context == 0 && v.manager_context == 0 &&
           v.parameters == 0 && v.drops_last_party == 0 &&
           v.make_call.caller == CALLER_NONE && v.incoming_call.caller == CALLER_NONE &&
           v.close_call.caller == CALLER_NONE && v.deactivation.caller == CALLER_NONE;
}

int vc_has_no_call(struct vc v)
{
    return v.call == CALL_NONE || v.call == CALL_IS_REJECTED || v.call == CALL_HAS_FAILED;
}

enum requirement vc_use_by_client(struct vc v)
{
    uint8_t first = v.made_by_manager == 1 ? VC_PEER_HAS_AGREED : VC_CREATED;

    if (v.phase == VC_FREE) {
        return VC_12;
    }
    return v.client_context == 1 && v.phase >= first ? CONFORMING : VC_06;
}

enum requirement vc_use_by_manager(struct vc v)
{
    uint8_t first = v.made_by_manager == 1 ? VC_CREATED : VC_PEER_HAS_AGREED;

    if (v.phase == VC_FREE) {
        return VC_12;
    }
    return v.manager_context == 1 && v.phase >= first ? CONFORMING : VC_06;
}

/* ---- creating ---- */

enum requirement vc_call_create(struct vc *v, struct address_family af, struct handle on,
                                uint8_t by_manager)
{
    if (by_manager == 0 && af.phase != AF_OPEN) {
        return af.phase == AF_CLOSING ? AF_CL_27 : AF_CL_02;
    }
    if (!vc_is_free(*v)) {
        return VC_01;
    }
    if (v->generation == UINT32_MAX) {
        return BOUND_REACHED;
    }
    v->generation++;
    v->af = on;
    v->made_by_manager = by_manager;
    v->phase = VC_CREATING;
    v->client_context = by_manager == 0 ? 1 : 0;
    v->manager_context = by_manager;
    v->hung_up = 0;
    return CONFORMING;
}

enum requirement vc_leave_miniport_create(struct vc *v, struct address_family af,
                                          uint8_t status)
{
    if (af.miniport != 0) {
        return VC_25;
    }
    if (v->phase != VC_CREATING) {
        return VC_03;
    }
    if (status == PENDING) {
        return VC_16;
    }
    if (status == NO_STATUS) {
        return NOT_AN_EVENT;
    }
    if (status == SUCCESS) {
        v->miniport_context = 1;
    } else {
        v->phase = VC_CREATION_FAILED;
        v->answer = status;
    }
    return CONFORMING;
}

enum requirement vc_enter_create(struct vc *v)
{
    if (v->phase != VC_CREATING) {
        return VC_03;
    }
    v->phase = VC_PEER_IS_ASKED;
    if (v->made_by_manager == 1) {
        v->client_context = 1;
    } else {
        v->manager_context = 1;
    }
    return CONFORMING;
}

int vc_peer_has_context(struct vc v)
{
    return v.made_by_manager == 1 ? v.client_context == 1 : v.manager_context == 1;
}

enum requirement vc_leave_create(struct vc *v, uint8_t status)
{
    if (v->phase != VC_PEER_IS_ASKED) {
        return VC_03;
    }
    if (status == PENDING) {
        return VC_04;
    }
    if (status == NO_STATUS) {
        return NOT_AN_EVENT;
    }
    if (status == RESOURCES && vc_peer_has_context(*v)) {
        return VC_05;
    }
    if (status == SUCCESS) {
        if (!vc_peer_has_context(*v)) {
            return VC_06;
        }
        v->phase = VC_PEER_HAS_AGREED;
    } else {
        v->phase = VC_CREATION_FAILED;
        v->answer = status;
    }
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> af_closed_meanwhile(v, af); */
static int af_closed_meanwhile(struct vc v, struct address_family af)
{
    return v.phase == VC_CREATING && af.phase != AF_OPEN;
}

/*@ LOOKS_ONLY
    ensures exact: \result == creation_failure(v, af); */
static uint8_t creation_failure(struct vc v, struct address_family af)
{
    if (af_closed_meanwhile(v, af)) {
        return FAILURE;
    }
    return v.phase == VC_CREATION_FAILED ? v.answer : NO_STATUS;
}

enum requirement vc_return_create(struct vc *v, struct address_family af, uint8_t status)
{
    if (status == SUCCESS) {
        if (af_closed_meanwhile(*v, af)) {
            return VC_02;
        }
        if (v->phase != VC_PEER_HAS_AGREED || (v->miniport_context == 0 && af.miniport == 0)) {
            return VC_03;
        }
        v->phase = VC_CREATED;
        return CONFORMING;
    }
    if (status == NO_STATUS || status != creation_failure(*v, af)) {
        return VC_03;
    }
    if (v->miniport_context != 0) {
        return VC_04;
    }
    v->phase = VC_FREE;
    v->answer = NO_STATUS;
    return CONFORMING;
}

/* ---- deleting ---- */

enum requirement vc_call_delete(struct vc *v)
{
    if (v->phase != VC_CREATED) {
        return v->phase == VC_FREE || v->phase > VC_CREATED ? VC_12 : VC_06;
    }
    if (v->made_by_manager == 0 &&
        (v->call == CALL_CONNECTED || v->call == CALL_IS_CLOSING)) {
        return VC_09;
    }
    if (v->made_by_manager == 1 && v->activity != VC_INACTIVE) {
        return v->call == CALL_IS_REJECTED ? CALL_24 : VC_10;
    }
    if (!vc_has_no_call(*v)) {
        return VC_08;
    }
    if (v->activity == VC_INACTIVE) {
        v->phase = VC_DELETING;
    } else {
        v->phase = VC_DELETION_REFUSED;
        v->answer = NOT_ACCEPTED;
    }
    return CONFORMING;
}

enum requirement vc_enter_delete(struct vc *v)
{
    if (v->phase != VC_DELETING) {
        return VC_11;
    }
    v->phase = VC_PEER_LETS_GO;
    return CONFORMING;
}

enum requirement vc_leave_delete(struct vc *v, uint8_t status)
{
    int held = vc_peer_has_context(*v);

    if (v->phase != VC_PEER_LETS_GO) {
        return VC_11;
    }
    if (status == PENDING) {
        return VC_13;
    }
    if (status == NO_STATUS) {
        return NOT_AN_EVENT;
    }
    if (status == SUCCESS) {
        if (held) {
            return VC_14;
        }
        v->phase = VC_PEER_HAS_LET_GO;
    } else {
        if (!held) {
            return VC_14;
        }
        v->phase = VC_DELETION_REFUSED;
        v->answer = status;
    }
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

enum requirement vc_leave_miniport_delete(struct vc *v, struct address_family af,
                                          uint8_t status)
{
    if (af.miniport != 0) {
        return VC_25;
    }
    if (v->miniport_context == 0 ||
        (v->phase != VC_PEER_HAS_LET_GO && v->phase != VC_CREATION_FAILED &&
         !af_closed_meanwhile(*v, af))) {
        return VC_11;
    }
    if (status == PENDING) {
        return VC_16;
    }
    v->miniport_context = 0;
    return CONFORMING;
}

enum requirement vc_return_delete(struct vc *v, uint8_t status)
{
    if (status == SUCCESS) {
        if (v->activity != VC_INACTIVE) {
            return VC_15;
        }
        if (v->phase != VC_PEER_HAS_LET_GO || v->miniport_context != 0) {
            return VC_11;
        }
        v->phase = VC_FREE;
        v->call = CALL_NONE;
        return CONFORMING;
    }
    if (v->phase != VC_DELETION_REFUSED || v->answer != status) {
        return VC_15;
    }
    v->phase = VC_CREATED;
    v->answer = NO_STATUS;
    return CONFORMING;
}

/* ---- activating and deactivating ---- */

enum requirement vc_call_activate(struct vc *v)
{
    enum requirement broken = vc_use_by_manager(*v);

    if (broken == CONFORMING) {
        v->activity = VC_ACTIVE;
    }
    return broken;
}

enum requirement vc_call_deactivate(struct vc *v, struct address_family af, uint8_t sap_goes)
{
    enum requirement broken = vc_use_by_manager(*v);

    if (broken != CONFORMING) {
        return broken;
    }
    if (v->call == CALL_CONNECTED) {
        return sap_goes != 0 ? SAP_14 : CALL_16;
    }
    if (v->deactivation.caller != CALLER_NONE) {
        return VC_21;
    }
    if (af.miniport == 0) {
        v->deactivation = operation_begun();
        v->activity = VC_DEACTIVATING;
        //@ assert consistent: vc_invariant(*v);
    } else {
        v->deactivation = operation_answered(v->activity == VC_ACTIVE ? SUCCESS : NOT_ACCEPTED);
        v->activity = VC_INACTIVE;
        //@ assert consistent: vc_invariant(*v);
    }
    return CONFORMING;
}

enum requirement vc_enter_deactivate(struct vc *v)
{
    if (!operation_takes(v->deactivation, STEP_ENTER, NO_STATUS)) {
        return VC_22;
    }
    v->deactivation = operation_after(v->deactivation, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

enum requirement vc_end_deactivate(struct vc *v, uint8_t step, uint8_t status)
{
    if (!operation_takes(v->deactivation, step, status) ||
        (status != PENDING && v->sends > 0)) {
        return VC_22;
    }
    v->deactivation = operation_after(v->deactivation, step, status);
    if (status != PENDING) {
        v->activity = VC_INACTIVE;
    }
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

enum requirement vc_tell_deactivate(struct vc *v, struct address_family af, struct readings r,
                                    uint8_t step, uint8_t status)
{
    struct operation o;

    if (step == STEP_DELIVER && af.miniport != 0) {
        return r.amb_26 == 'a' ? CONFORMING : VC_21;
    }
    if (!operation_takes(v->deactivation, step, status)) {
        return step == STEP_RETURN ? VC_23 : VC_21;
    }
    o = operation_after(v->deactivation, step, status);
    if (step == STEP_RETURN && af.miniport != 0 && status != PENDING) {
        o = operation_after(o, STEP_OWN, status);
    }
    v->deactivation = o;
    //@ assert consistent: vc_invariant(*v);
    return CONFORMING;
}

/* ---- the contexts ---- */

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> context_may_go(v, of_creator); */
static int context_may_go(struct vc v, int of_creator)
{
    return v.phase == VC_FREE ||
           (of_creator == 0 && (v.phase == VC_PEER_LETS_GO || v.phase == VC_PEER_IS_ASKED));
}

enum requirement vc_free_client_context(struct vc *v)
{
    if (v->client_context == 0) {
        return VC_14;
    }
    if (!has_ended(v->make_call) || !has_ended(v->incoming_call)) {
        return CALL_05;
    }
    if (v->call == CALL_CONNECTED) {
        return CALL_07;
    }
    if (!context_may_go(*v, v->made_by_manager == 0) || !has_ended(v->close_call)) {
        return CALL_13;
    }
    v->client_context = 0;
    return CONFORMING;
}

enum requirement vc_free_manager_context(struct vc *v)
{
    if (v->manager_context == 0) {
        return VC_14;
    }
    if (!context_may_go(*v, v->made_by_manager == 1)) {
        return VC_12;
    }
    if (!has_ended(v->deactivation)) {
        return VC_21;
    }
    if (!has_ended(v->incoming_call)) {
        return CALL_23;
    }
    v->manager_context = 0;
    return CONFORMING;
}

/* ---- what the AF has to ask before it closes ---- */

enum requirement vc_left_by_client(struct vc v, struct readings r)
{
    int has_handle = vc_use_by_client(v) == CONFORMING;

    if (v.call == CALL_CONNECTED && v.hung_up == 1) {
        return CALL_20;
    }
    if (!vc_has_no_call(v) && has_handle) {
        return NTF_19;
    }
    if (r.amb_24 == 'b' || v.phase == VC_FREE) {
        return CONFORMING;
    }
    if (v.call == CALL_HAS_FAILED) {
        return CALL_06;
    }
    if (v.made_by_manager == 0) {
        return VC_19;
    }
    return has_handle ? AF_CL_11 : CONFORMING;
}

enum requirement vc_left_by_manager(struct vc v, struct address_family af, struct readings r)
{
    if (af.miniport != 0 && v.activity != VC_INACTIVE) {
        return MCM_09;
    }
    if (v.manager_context == 0) {
        return CONFORMING;
    }
    if (!vc_has_no_call(v)) {
        return AF_CM_27;
    }
    if (r.amb_24 == 'b') {
        return CONFORMING;
    }
    return v.made_by_manager == 1 ? VC_20 : AF_CM_26;
}
