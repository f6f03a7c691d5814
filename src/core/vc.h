/* vc.h - a virtual connection of an AF: who made it, who may still use it, and what NDIS may
 * still call. The call on it is in call.h; it is one record.
 *
 * Conventions as in address_family.h. A trace does not say when a driver stores the handle
 * (VC-06): its creator has it from the successful return of the creation on, the other side
 * from the success of its ProtocolCoCreateVc on, and both as long as they have the context
 * that it is stored in. */
#ifndef CLOSEAF_VC_H
#define CLOSEAF_VC_H

#include "address_family.h"
#include "contract.h"
#include "operation.h"
#include "protocol/states.h"

struct vc {
    uint32_t generation;
    struct handle af;
    uint8_t made_by_manager;  /* 1: NdisCoCreateVc or NdisMCmCreateVc of the call manager */
    uint8_t phase;            /* enum vc_phase */
    uint8_t answer;           /* enum status: what the failed creation or deletion returns */
    uint8_t activity;         /* enum activity */
    uint8_t call;             /* enum call */
    uint8_t client_context;   /* 1: allocated */
    uint8_t manager_context;  /* 1: allocated */
    uint8_t miniport_context; /* 1: MiniportCoCreateVc has succeeded */
    uint8_t parameters;       /* 1: the call parameters are in NDIS's hands */
    uint8_t hung_up;          /* 1: the other side has ended the call */
    uint16_t sends;           /* on their way */
    uint8_t drops_last_party; /* 1: inside NdisClDropParty of the call's own party */
    struct operation make_call;
    struct operation incoming_call;
    struct operation close_call;
    struct operation deactivation;
};

#include "vc_logic.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> vc_is_free(v); */
int vc_is_free(struct vc v);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> vc_has_no_call(v); */
int vc_has_no_call(struct vc v);

/*@ requires consistent: vc_invariant(v);
    LOOKS_ONLY
    ensures exact: \result == use_by_client(v); */
enum requirement vc_use_by_client(struct vc v);

/*@ requires consistent: vc_invariant(v);
    LOOKS_ONLY
    ensures exact: \result == use_by_manager(v); */
enum requirement vc_use_by_manager(struct vc v);

/* ---- creating ---- */

/* A new VC, a new generation: an old handle value never comes back (VC-12). */
/*@ requires is_flag: by_manager <= 1;
    STEP_OF(vc, v)
    behavior AF_CL_27_client_closes:
      assumes by_manager == 0 && af.phase == AF_CLOSING;
      ensures AF_CL_27: \result == AF_CL_27;
    behavior AF_CL_02_right_withdrawn:
      assumes by_manager == 0 && af.phase != AF_OPEN && af.phase != AF_CLOSING;
      ensures AF_CL_02: \result == AF_CL_02;
    behavior VC_01_slot_in_use:
      assumes (by_manager == 1 || af.phase == AF_OPEN) && !vc_is_free(*v);
      ensures VC_01: \result == VC_01;
    behavior VC_12_generations_used_up:
      assumes (by_manager == 1 || af.phase == AF_OPEN) && vc_is_free(*v) &&
        v->generation == UINT32_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior VC_03_creating:
      assumes (by_manager == 1 || af.phase == AF_OPEN) && vc_is_free(*v) &&
        v->generation < UINT32_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .generation = (uint32_t)(\old(v->generation) + 1), .af = on,
        .made_by_manager = by_manager, .phase = (uint8_t)VC_CREATING,
        .client_context = (uint8_t)(1 - by_manager), .manager_context = by_manager,
        .hung_up = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_create(struct vc *v, struct address_family af, struct handle on,
                                uint8_t by_manager);

/* The miniport below a stand-alone call manager says at once whether it takes the VC. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_25_mcm:
      assumes af.miniport != 0;
      ensures VC_25: \result == VC_25;
    behavior VC_03_not_creating:
      assumes af.miniport == 0 && v->phase != VC_CREATING;
      ensures VC_03: \result == VC_03;
    behavior VC_16_pended:
      assumes af.miniport == 0 && v->phase == VC_CREATING && status == PENDING;
      ensures VC_16: \result == VC_16;
    behavior VC_03_no_status:
      assumes af.miniport == 0 && v->phase == VC_CREATING && status == NO_STATUS;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior VC_03_taken:
      assumes af.miniport == 0 && v->phase == VC_CREATING && status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .miniport_context = (uint8_t)1};
    behavior VC_03_refused:
      assumes af.miniport == 0 && v->phase == VC_CREATING && status != PENDING &&
        status != NO_STATUS && status != SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_CREATION_FAILED,
        .answer = status};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_leave_miniport_create(struct vc *v, struct address_family af,
                                          uint8_t status);

/*@ STEP_OF(vc, v)
    behavior VC_03_not_creating:
      assumes v->phase != VC_CREATING;
      ensures VC_03: \result == VC_03;
    behavior VC_03_client_asked:
      assumes v->phase == VC_CREATING && v->made_by_manager == 1;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_PEER_IS_ASKED,
        .client_context = (uint8_t)1};
    behavior VC_03_manager_asked:
      assumes v->phase == VC_CREATING && v->made_by_manager == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_PEER_IS_ASKED,
        .manager_context = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_create(struct vc *v);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> peer_has_context(v); */
int vc_peer_has_context(struct vc v);

/* The peer has stored the handle in its context, or wants none of it (VC-05, VC-06). */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_03_not_asked:
      assumes v->phase != VC_PEER_IS_ASKED;
      ensures VC_03: \result == VC_03;
    behavior VC_04_pended:
      assumes v->phase == VC_PEER_IS_ASKED && status == PENDING;
      ensures VC_04: \result == VC_04;
    behavior VC_04_no_status:
      assumes v->phase == VC_PEER_IS_ASKED && status == NO_STATUS;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior VC_05_context_held:
      assumes v->phase == VC_PEER_IS_ASKED && status == RESOURCES && peer_has_context(*v);
      ensures VC_05: \result == VC_05;
    behavior VC_06_context_freed:
      assumes v->phase == VC_PEER_IS_ASKED && status == SUCCESS && !peer_has_context(*v);
      ensures VC_06: \result == VC_06;
    behavior VC_06_agreed:
      assumes v->phase == VC_PEER_IS_ASKED && status == SUCCESS && peer_has_context(*v);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_PEER_HAS_AGREED};
    behavior VC_04_refused:
      assumes v->phase == VC_PEER_IS_ASKED && status != PENDING && status != NO_STATUS &&
        status != SUCCESS && !(status == RESOURCES && peer_has_context(*v));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_CREATION_FAILED,
        .answer = status};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_leave_create(struct vc *v, uint8_t status);

/* On an AF that closes NDIS asks nobody any more: the handle is not valid (VC-02). */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_02_af_handle_is_dead:
      assumes status == SUCCESS && af_closed_meanwhile(*v, af);
      ensures VC_02: \result == VC_02;
    behavior VC_03_not_agreed:
      assumes status == SUCCESS && !af_closed_meanwhile(*v, af) &&
        (v->phase != VC_PEER_HAS_AGREED || (v->miniport_context == 0 && af.miniport == 0));
      ensures VC_03: \result == VC_03;
    behavior VC_03_created:
      assumes status == SUCCESS && v->phase == VC_PEER_HAS_AGREED &&
        (v->miniport_context != 0 || af.miniport != 0);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_CREATED};
    behavior VC_03_no_such_failure:
      assumes status != SUCCESS &&
        (status == NO_STATUS || status != creation_failure(*v, af));
      ensures VC_03: \result == VC_03;
    behavior VC_04_miniport_keeps_it:
      assumes status != SUCCESS && status != NO_STATUS &&
        status == creation_failure(*v, af) && v->miniport_context != 0;
      ensures VC_04: \result == VC_04;
    behavior VC_02_failed:
      assumes status != SUCCESS && status != NO_STATUS &&
        status == creation_failure(*v, af) && v->miniport_context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_FREE,
        .answer = (uint8_t)NO_STATUS};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_return_create(struct vc *v, struct address_family af, uint8_t status);

/* ---- deleting ---- */

/* By the creator. NDIS refuses by itself to delete what is active (VC-15). */
/*@ STEP_OF(vc, v)
    behavior VC_12_handle_is_dead:
      assumes v->phase == VC_FREE || v->phase > VC_CREATED;
      ensures VC_12: \result == VC_12;
    behavior VC_06_no_handle_yet:
      assumes VC_FREE < v->phase < VC_CREATED;
      ensures VC_06: \result == VC_06;
    behavior VC_09_call_not_closed:
      assumes v->phase == VC_CREATED && v->made_by_manager == 0 &&
        (v->call == CALL_CONNECTED || v->call == CALL_IS_CLOSING);
      ensures VC_09: \result == VC_09;
    behavior CALL_24_rejected_but_active:
      assumes v->phase == VC_CREATED && v->made_by_manager == 1 &&
        v->call == CALL_IS_REJECTED && v->activity != VC_INACTIVE;
      ensures CALL_24: \result == CALL_24;
    behavior VC_10_active:
      assumes v->phase == VC_CREATED && v->made_by_manager == 1 &&
        v->call != CALL_IS_REJECTED && v->activity != VC_INACTIVE;
      ensures VC_10: \result == VC_10;
    behavior VC_08_call_on_it:
      assumes v->phase == VC_CREATED && !vc_has_no_call(*v) &&
        (v->made_by_manager == 0 ? v->call != CALL_CONNECTED && v->call != CALL_IS_CLOSING
                                 : v->activity == VC_INACTIVE);
      ensures VC_08: \result == VC_08;
    behavior VC_15_active:
      assumes v->phase == VC_CREATED && vc_has_no_call(*v) && v->made_by_manager == 0 &&
        v->activity != VC_INACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_DELETION_REFUSED,
        .answer = (uint8_t)NOT_ACCEPTED};
    behavior VC_11_deleting:
      assumes v->phase == VC_CREATED && vc_has_no_call(*v) && v->activity == VC_INACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_DELETING};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_delete(struct vc *v);

/*@ STEP_OF(vc, v)
    behavior VC_11_not_deleting:
      assumes v->phase != VC_DELETING;
      ensures VC_11: \result == VC_11;
    behavior VC_11_entered:
      assumes v->phase == VC_DELETING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_PEER_LETS_GO};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_delete(struct vc *v);

/* The peer's context goes exactly if the peer lets the VC go (VC-14). */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_11_not_inside:
      assumes v->phase != VC_PEER_LETS_GO;
      ensures VC_11: \result == VC_11;
    behavior VC_13_pended:
      assumes v->phase == VC_PEER_LETS_GO && status == PENDING;
      ensures VC_13: \result == VC_13;
    behavior VC_13_no_status:
      assumes v->phase == VC_PEER_LETS_GO && status == NO_STATUS;
      ensures NOT_AN_EVENT: \result == NOT_AN_EVENT;
    behavior VC_14_context:
      assumes v->phase == VC_PEER_LETS_GO && status != PENDING && status != NO_STATUS &&
        (status == SUCCESS <==> peer_has_context(*v));
      ensures VC_14: \result == VC_14;
    behavior VC_14_let_go:
      assumes v->phase == VC_PEER_LETS_GO && status == SUCCESS && !peer_has_context(*v);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_PEER_HAS_LET_GO};
    behavior VC_11_refused:
      assumes v->phase == VC_PEER_LETS_GO && status != PENDING && status != NO_STATUS &&
        status != SUCCESS && peer_has_context(*v);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_DELETION_REFUSED,
        .answer = status};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_leave_delete(struct vc *v, uint8_t status);

/* After the peer has let go; or, where the creation failed, in place of it (VC-04). */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_25_mcm:
      assumes af.miniport != 0;
      ensures VC_25: \result == VC_25;
    behavior VC_11_not_deleting:
      assumes af.miniport == 0 && !miniport_is_to_delete(*v, af);
      ensures VC_11: \result == VC_11;
    behavior VC_16_pended:
      assumes af.miniport == 0 && miniport_is_to_delete(*v, af) && status == PENDING;
      ensures VC_16: \result == VC_16;
    behavior VC_11_deleted:
      assumes af.miniport == 0 && miniport_is_to_delete(*v, af) && status != PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .miniport_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_leave_miniport_delete(struct vc *v, struct address_family af,
                                          uint8_t status);

/* After a failure the handle lives on (AMB-35 b). */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_15_not_refused:
      assumes status == SUCCESS ? v->activity != VC_INACTIVE :
        v->phase != VC_DELETION_REFUSED || v->answer != status;
      ensures VC_15: \result == VC_15;
    behavior VC_11_not_let_go:
      assumes status == SUCCESS && v->activity == VC_INACTIVE &&
        (v->phase != VC_PEER_HAS_LET_GO || v->miniport_context != 0);
      ensures VC_11: \result == VC_11;
    behavior VC_12_deleted:
      assumes status == SUCCESS && v->activity == VC_INACTIVE &&
        v->phase == VC_PEER_HAS_LET_GO && v->miniport_context == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_FREE,
        .call = (uint8_t)CALL_NONE};
    behavior VC_15_refused:
      assumes status != SUCCESS && v->phase == VC_DELETION_REFUSED && v->answer == status;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .phase = (uint8_t)VC_CREATED,
        .answer = (uint8_t)NO_STATUS};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_return_delete(struct vc *v, uint8_t status);

/* ---- activating and deactivating ---- */

/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_manager(*v) != CONFORMING;
      ensures refused: \result == use_by_manager(\old(*v));
    behavior CALL_26_activated:
      assumes use_by_manager(*v) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .activity = (uint8_t)VC_ACTIVE};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_activate(struct vc *v);

/* When the call is over: closed, or rejected (CALL-16, CALL-24); that its SAP goes is no
 * reason (SAP-14). To an MCM NDIS answers at once, NOT_ACCEPTED where the VC is not active
 * (VC-23). */
/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_manager(*v) != CONFORMING;
      ensures refused: \result == use_by_manager(\old(*v));
    behavior SAP_14_call_disturbed:
      assumes use_by_manager(*v) == CONFORMING && v->call == CALL_CONNECTED && sap_goes != 0;
      ensures SAP_14: \result == SAP_14;
    behavior CALL_16_call_not_over:
      assumes use_by_manager(*v) == CONFORMING && v->call == CALL_CONNECTED && sap_goes == 0;
      ensures CALL_16: \result == CALL_16;
    behavior VC_21_not_over:
      assumes use_by_manager(*v) == CONFORMING && v->call != CALL_CONNECTED &&
        !is_over(v->deactivation);
      ensures VC_21: \result == VC_21;
    behavior VC_22_deactivating:
      assumes use_by_manager(*v) == CONFORMING && v->call != CALL_CONNECTED &&
        is_over(v->deactivation) && af.miniport == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .activity = (uint8_t)VC_DEACTIVATING,
        .deactivation = begun(\old(v->deactivation))};
    behavior VC_23_mcm_deactivates:
      assumes use_by_manager(*v) == CONFORMING && v->call != CALL_CONNECTED &&
        is_over(v->deactivation) && af.miniport != 0 && v->activity == VC_ACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .activity = (uint8_t)VC_INACTIVE,
        .deactivation = answered(\old(v->deactivation), SUCCESS)};
    behavior VC_23_mcm_deactivates_again:
      assumes use_by_manager(*v) == CONFORMING && v->call != CALL_CONNECTED &&
        is_over(v->deactivation) && af.miniport != 0 && v->activity != VC_ACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .deactivation = answered(\old(v->deactivation), NOT_ACCEPTED)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_deactivate(struct vc *v, struct address_family af, uint8_t sap_goes);

/*@ STEP_OF(vc, v)
    behavior VC_22_not_owed:
      assumes !takes(v->deactivation, STEP_ENTER, NO_STATUS);
      ensures VC_22: \result == VC_22;
    behavior VC_22_entered:
      assumes takes(v->deactivation, STEP_ENTER, NO_STATUS);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .deactivation = after(\old(v->deactivation), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_deactivate(struct vc *v);

/* The miniport has stopped the transfers, or pends. */
/*@ requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_22_not_now:
      assumes !takes(v->deactivation, step, status) || (status != PENDING && v->sends > 0);
      ensures VC_22: \result == VC_22;
    behavior VC_22_pended:
      assumes takes(v->deactivation, step, status) && status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .deactivation = after(\old(v->deactivation), step, status)};
    behavior VC_22_inactive:
      assumes takes(v->deactivation, step, status) && status != PENDING && v->sends == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .activity = (uint8_t)VC_INACTIVE,
        .deactivation = after(\old(v->deactivation), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_end_deactivate(struct vc *v, uint8_t step, uint8_t status);

/* NDIS tells the call manager, by its completion or by the return; what did not pend it
 * completes by itself. An MCM is called back under AMB-26 a only, which ends nothing: for it
 * the deactivation ends with the return. */
/*@ requires is_step: step == STEP_DELIVER || step == STEP_RETURN || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_21_mcm_called_back:
      assumes step == STEP_DELIVER && af.miniport != 0 && r.amb_26 == 'a';
      ensures CONFORMING: \result == CONFORMING;
      ensures ignored: *v == \old(*v);
    behavior VC_21_not_now:
      assumes !deactivation_told(*v, af, step, status) &&
        !(step == STEP_DELIVER && af.miniport != 0 && r.amb_26 == 'a');
      ensures refused: \result == (step == STEP_RETURN ? VC_23 : VC_21);
    behavior VC_23_mcm_is_done:
      assumes deactivation_told(*v, af, step, status) && step == STEP_RETURN &&
        af.miniport != 0 && status != PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .deactivation = forgotten_operation(\old(v->deactivation))};
    behavior VC_21_told:
      assumes deactivation_told(*v, af, step, status) &&
        !(step == STEP_RETURN && af.miniport != 0 && status != PENDING);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .deactivation = after(\old(v->deactivation), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_tell_deactivate(struct vc *v, struct address_family af, struct readings r,
                                    uint8_t step, uint8_t status);

/* ---- the contexts ---- */

/* The creator's context outlives the VC; the peer's ends in ProtocolCoDeleteVc, or in a
 * ProtocolCoCreateVc that refuses. Neither ends before NDIS is done with it. */
/*@ STEP_OF(vc, v)
    behavior VC_14_freed_before:
      assumes v->client_context == 0;
      ensures VC_14: \result == VC_14;
    behavior CALL_05_call_not_told:
      assumes v->client_context != 0 && !open_call_told(*v);
      ensures CALL_05: \result == CALL_05;
    behavior CALL_07_connected:
      assumes v->client_context != 0 && open_call_told(*v) && v->call == CALL_CONNECTED;
      ensures CALL_07: \result == CALL_07;
    behavior CALL_13_too_early:
      assumes v->client_context != 0 && open_call_told(*v) && v->call != CALL_CONNECTED &&
        (!context_may_go(*v, 1 - v->made_by_manager) || !has_ended(v->close_call));
      ensures CALL_13: \result == CALL_13;
    behavior CALL_13_freed:
      assumes v->client_context != 0 && open_call_told(*v) && v->call != CALL_CONNECTED &&
        context_may_go(*v, 1 - v->made_by_manager) && has_ended(v->close_call);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .client_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_free_client_context(struct vc *v);

/*@ STEP_OF(vc, v)
    behavior VC_14_freed_before:
      assumes v->manager_context == 0;
      ensures VC_14: \result == VC_14;
    behavior VC_12_too_early:
      assumes v->manager_context != 0 && !context_may_go(*v, v->made_by_manager);
      ensures VC_12: \result == VC_12;
    behavior VC_21_deactivation_not_told:
      assumes v->manager_context != 0 && context_may_go(*v, v->made_by_manager) &&
        !has_ended(v->deactivation);
      ensures VC_21: \result == VC_21;
    behavior CALL_23_call_not_told:
      assumes v->manager_context != 0 && context_may_go(*v, v->made_by_manager) &&
        has_ended(v->deactivation) && !has_ended(v->incoming_call);
      ensures CALL_23: \result == CALL_23;
    behavior VC_14_freed:
      assumes v->manager_context != 0 && context_may_go(*v, v->made_by_manager) &&
        has_ended(v->deactivation) && has_ended(v->incoming_call);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .manager_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_free_manager_context(struct vc *v);

/* ---- what the AF has to ask before it closes ---- */

/* Why the client may not close yet; CONFORMING if it may. Under AMB-24 b only its calls
 * count (AF-CL-11, VC-19). */
/*@ requires consistent: vc_invariant(v);
    LOOKS_ONLY
    behavior CALL_20_hung_up:
      assumes v.call == CALL_CONNECTED && v.hung_up == 1;
      ensures CALL_20: \result == CALL_20;
    behavior NTF_19_call_left:
      assumes !(v.call == CALL_CONNECTED && v.hung_up == 1) && !vc_has_no_call(v) &&
        client_has_vc(v);
      ensures NTF_19: \result == NTF_19;
    behavior CALL_06_failed_call:
      assumes v.call == CALL_HAS_FAILED && no_vc_may_be_left(r);
      ensures CALL_06: \result == CALL_06;
    behavior VC_19_not_deleted:
      assumes !(v.call == CALL_CONNECTED && v.hung_up == 1) && v.call != CALL_HAS_FAILED &&
        (vc_has_no_call(v) || !client_has_vc(v)) && no_vc_may_be_left(r) &&
        v.phase != VC_FREE && v.made_by_manager == 0;
      ensures VC_19: \result == VC_19;
    behavior AF_CL_11_vc_left:
      assumes vc_has_no_call(v) && v.call != CALL_HAS_FAILED && no_vc_may_be_left(r) &&
        client_has_vc(v) && v.made_by_manager == 1;
      ensures AF_CL_11: \result == AF_CL_11;
    behavior AF_CL_11_nothing_left:
      assumes !(v.call == CALL_CONNECTED && v.hung_up == 1) &&
        (vc_has_no_call(v) || !client_has_vc(v)) &&
        (no_vc_may_be_left(r) ==> v.call != CALL_HAS_FAILED &&
           (v.phase == VC_FREE || (v.made_by_manager == 1 && !client_has_vc(v))));
      ensures CONFORMING: \result == CONFORMING;
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_left_by_client(struct vc v, struct readings r);

/* Why the call manager may not release its AF yet: an MCM has stopped all activity (MCM-09),
 * calls have been served (AF-CM-27), its own VCs are deleted (VC-20), the client's are
 * counted (AF-CM-26). */
/*@ requires consistent: vc_invariant(v);
    LOOKS_ONLY
    behavior MCM_09_active:
      assumes af.miniport != 0 && v.activity != VC_INACTIVE;
      ensures MCM_09: \result == MCM_09;
    behavior AF_CM_27_call_left:
      assumes !(af.miniport != 0 && v.activity != VC_INACTIVE) && !vc_has_no_call(v) &&
        v.manager_context == 1;
      ensures AF_CM_27: \result == AF_CM_27;
    behavior VC_20_not_deleted:
      assumes !(af.miniport != 0 && v.activity != VC_INACTIVE) && vc_has_no_call(v) &&
        v.manager_context == 1 && no_vc_may_be_left(r) && v.made_by_manager == 1;
      ensures VC_20: \result == VC_20;
    behavior AF_CM_26_vc_left:
      assumes !(af.miniport != 0 && v.activity != VC_INACTIVE) && vc_has_no_call(v) &&
        v.manager_context == 1 && no_vc_may_be_left(r) && v.made_by_manager == 0;
      ensures AF_CM_26: \result == AF_CM_26;
    behavior AF_CM_26_nothing_left:
      assumes !(af.miniport != 0 && v.activity != VC_INACTIVE) &&
        (v.manager_context == 0 || (vc_has_no_call(v) && !no_vc_may_be_left(r)));
      ensures CONFORMING: \result == CONFORMING;
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_left_by_manager(struct vc v, struct address_family af, struct readings r);

#endif
