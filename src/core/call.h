/* call.h - the call on a VC: made by the client, or offered to it. Part of the record of the
 * VC; vc_step is what the tables call. Conventions as in vc.h.
 *
 * A trace does not say whether a close carries data (CALL-18), nor whether the other side
 * ended the call with an error (CALL-21): neither is judged here. */
#ifndef CLOSEAF_CALL_H
#define CLOSEAF_CALL_H

#include "vc.h"
#include "call_logic.h"

/* ---- making a call ---- */

/*@ STEP_OF(vc, v)
    behavior CALL_01_no_vc:
      assumes v->phase != VC_CREATED;
      ensures CALL_01: \result == CALL_01;
    behavior VC_18_not_its_own:
      assumes v->phase == VC_CREATED && v->made_by_manager == 1;
      ensures VC_18: \result == VC_18;
    behavior AF_CL_02_right_withdrawn:
      assumes v->phase == VC_CREATED && v->made_by_manager == 0 && af.phase != AF_OPEN;
      ensures AF_CL_02: \result == AF_CL_02;
    behavior CALL_06_failed_before:
      assumes v->phase == VC_CREATED && v->made_by_manager == 0 && af.phase == AF_OPEN &&
        v->call == CALL_HAS_FAILED;
      ensures CALL_06: \result == CALL_06;
    behavior CALL_14_call_on_it:
      assumes v->phase == VC_CREATED && v->made_by_manager == 0 && af.phase == AF_OPEN &&
        v->call != CALL_HAS_FAILED && !no_call_begun(*v);
      ensures CALL_14: \result == CALL_14;
    behavior CALL_01_made:
      assumes v->phase == VC_CREATED && v->made_by_manager == 0 && af.phase == AF_OPEN &&
        no_call_begun(*v);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_IS_MADE,
        .parameters = (uint8_t)1, .make_call = begun(\old(v->make_call))};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_make_call(struct vc *v, struct address_family af);

/*@ STEP_OF(vc, v)
    behavior CALL_04_not_owed:
      assumes !takes(v->make_call, STEP_ENTER, NO_STATUS);
      ensures CALL_04: \result == CALL_04;
    behavior CALL_04_entered:
      assumes takes(v->make_call, STEP_ENTER, NO_STATUS);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .make_call = after(\old(v->make_call), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_make_call(struct vc *v);

/* The call manager says what became of the call, or pends. */
/*@ requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes !may_complete_as_manager(*v, step);
      ensures refused: \result == use_by_manager(\old(*v));
    behavior CALL_04_not_now:
      assumes may_complete_as_manager(*v, step) && !takes(v->make_call, step, status);
      ensures CALL_04: \result == CALL_04;
    behavior CALL_26_not_active:
      assumes may_complete_as_manager(*v, step) && takes(v->make_call, step, status) &&
        status == SUCCESS && v->activity != VC_ACTIVE;
      ensures CALL_26: \result == CALL_26;
    behavior CALL_04_pended:
      assumes may_complete_as_manager(*v, step) && takes(v->make_call, step, status) &&
        status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .make_call = after(\old(v->make_call), step, status)};
    behavior CALL_26_connected:
      assumes may_complete_as_manager(*v, step) && takes(v->make_call, step, status) &&
        status == SUCCESS && v->activity == VC_ACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_CONNECTED,
        .make_call = after(\old(v->make_call), step, status)};
    behavior CALL_06_failed:
      assumes may_complete_as_manager(*v, step) && takes(v->make_call, step, status) &&
        status != SUCCESS && status != PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_HAS_FAILED,
        .make_call = after(\old(v->make_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_end_make_call(struct vc *v, uint8_t step, uint8_t status);

/* The client hears of it; its context is there (CALL-05). */
/*@ requires is_step: step == STEP_DELIVER || step == STEP_RETURN || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    ensures CALL_05_context_is_there:
      \result == CONFORMING && step != STEP_RETURN ==> v->client_context == 1;
    behavior CALL_02_not_now:
      assumes !takes(v->make_call, step, status);
      ensures CALL_02: \result == CALL_02;
    behavior CALL_02_told:
      assumes takes(v->make_call, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .make_call = after(\old(v->make_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_tell_make_call(struct vc *v, uint8_t step, uint8_t status);

/*@ STEP_OF(vc, v)
    behavior CALL_03_needed_or_freed:
      assumes v->parameters == 0 || !open_call_told(*v);
      ensures CALL_03: \result == CALL_03;
    behavior CALL_03_freed:
      assumes v->parameters != 0 && open_call_told(*v);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .parameters = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_free_parameters(struct vc *v);

/* ---- an incoming call ---- */

/* On a SAP that has gone in the meantime NDIS refuses. No call begins on a VC that is being
 * deleted (VC-08). */
/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_manager(*v) != CONFORMING;
      ensures refused: \result == use_by_manager(\old(*v));
    behavior VC_08_deleting:
      assumes use_by_manager(*v) == CONFORMING && v->phase > VC_CREATED;
      ensures VC_08: \result == VC_08;
    behavior CALL_23_call_on_it:
      assumes use_by_manager(*v) == CONFORMING && v->phase <= VC_CREATED && !no_call_begun(*v);
      ensures CALL_23: \result == CALL_23;
    behavior CALL_23_offered:
      assumes use_by_manager(*v) == CONFORMING && v->phase <= VC_CREATED &&
        no_call_begun(*v) && sap_takes_calls != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_IS_OFFERED,
        .incoming_call = begun(\old(v->incoming_call))};
    behavior SAP_03_no_sap:
      assumes use_by_manager(*v) == CONFORMING && v->phase <= VC_CREATED &&
        no_call_begun(*v) && sap_takes_calls == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_IS_REJECTED,
        .incoming_call = answered(\old(v->incoming_call), FAILURE)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_incoming_call(struct vc *v, uint8_t sap_takes_calls);

/*@ STEP_OF(vc, v)
    behavior CALL_23_not_owed:
      assumes !takes(v->incoming_call, STEP_ENTER, NO_STATUS);
      ensures CALL_23: \result == CALL_23;
    behavior CALL_23_entered:
      assumes takes(v->incoming_call, STEP_ENTER, NO_STATUS);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .incoming_call = after(\old(v->incoming_call), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_incoming_call(struct vc *v);

/* The client accepts, rejects, or pends. */
/*@ requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes !may_complete_as_client(*v, step);
      ensures refused: \result == use_by_client(\old(*v));
    behavior CALL_22_not_now:
      assumes may_complete_as_client(*v, step) && !takes(v->incoming_call, step, status);
      ensures CALL_22: \result == CALL_22;
    behavior CALL_22_pended:
      assumes may_complete_as_client(*v, step) && takes(v->incoming_call, step, status) &&
        status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .incoming_call = after(\old(v->incoming_call), step, status)};
    behavior CALL_22_accepted:
      assumes may_complete_as_client(*v, step) && takes(v->incoming_call, step, status) &&
        status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_CONNECTED,
        .incoming_call = after(\old(v->incoming_call), step, status)};
    behavior CALL_24_rejected:
      assumes may_complete_as_client(*v, step) && takes(v->incoming_call, step, status) &&
        status != SUCCESS && status != PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_IS_REJECTED,
        .incoming_call = after(\old(v->incoming_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_end_incoming_call(struct vc *v, uint8_t step, uint8_t status);

/* The call manager hears of it; its context is there (VC-14). */
/*@ requires is_step: step == STEP_DELIVER || step == STEP_RETURN || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    ensures VC_14_context_is_there:
      \result == CONFORMING && step != STEP_RETURN ==> v->manager_context == 1;
    behavior CALL_23_not_now:
      assumes !takes(v->incoming_call, step, status);
      ensures CALL_23: \result == CALL_23;
    behavior CALL_23_told:
      assumes takes(v->incoming_call, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .incoming_call = after(\old(v->incoming_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_tell_incoming_call(struct vc *v, uint8_t step, uint8_t status);

/* ---- the other side ends the call ---- */

/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_manager(*v) != CONFORMING;
      ensures refused: \result == use_by_manager(\old(*v));
    behavior CALL_20_hung_up:
      assumes use_by_manager(*v) == CONFORMING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .hung_up = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_incoming_close(struct vc *v);

/*@ STEP_OF(vc, v)
    ensures never_moves: *v == \old(*v);
    behavior CALL_20_not_hung_up:
      assumes v->hung_up == 0;
      ensures CALL_20: \result == CALL_20;
    behavior VC_14_context_freed:
      assumes v->hung_up != 0 && v->client_context == 0;
      ensures VC_14: \result == VC_14;
    behavior CALL_20_entered:
      assumes v->hung_up != 0 && v->client_context != 0;
      ensures CONFORMING: \result == CONFORMING;
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_incoming_close(struct vc *v);

/* ---- data ---- */

/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_client(*v) != CONFORMING;
      ensures refused: \result == use_by_client(\old(*v));
    behavior CALL_10_no_call:
      assumes use_by_client(*v) == CONFORMING && v->call != CALL_CONNECTED;
      ensures CALL_10: \result == CALL_10;
    behavior CALL_10_sends_used_up:
      assumes use_by_client(*v) == CONFORMING && v->call == CALL_CONNECTED &&
        v->sends == UINT16_MAX;
      ensures BOUND_REACHED: \result == BOUND_REACHED;
    behavior CALL_10_sent:
      assumes use_by_client(*v) == CONFORMING && v->call == CALL_CONNECTED &&
        v->sends < UINT16_MAX;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .sends = (uint16_t)(\old(v->sends) + 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_send(struct vc *v);

/*@ STEP_OF(vc, v)
    behavior VC_26_nothing_sent:
      assumes v->sends == 0;
      ensures VC_26: \result == VC_26;
    behavior VC_26_returned:
      assumes v->sends > 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .sends = (uint16_t)(\old(v->sends) - 1)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_deliver_send(struct vc *v);

/* ---- the call's own party ---- */

/* The client tries to drop the party with which the call was made. It is the last one, and NDIS
 * answers by itself. The handle is dead from the call on, as another party's is (PTY-02). */
/*@ STEP_OF(vc, v)
    behavior PTY_02_handle_is_dead:
      assumes v->call != CALL_CONNECTED || v->drops_last_party != 0;
      ensures PTY_02: \result == PTY_02;
    behavior PTY_05_dropping:
      assumes v->call == CALL_CONNECTED && v->drops_last_party == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .drops_last_party = (uint8_t)1};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_drop_last_party(struct vc *v);

/* NDIS refuses; the client closes the call. */
/*@ requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior PTY_05_not_refused:
      assumes v->drops_last_party == 0 || status != FAILURE;
      ensures PTY_05: \result == PTY_05;
    behavior PTY_05_refused:
      assumes v->drops_last_party != 0 && status == FAILURE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .drops_last_party = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_return_drop_last_party(struct vc *v, uint8_t status);

/* ---- closing a call ---- */

/* Also on an AF that closes (AF-CM-27). Its parties are checked in the table (CALL-12). */
/*@ STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes use_by_client(*v) != CONFORMING;
      ensures refused: \result == use_by_client(\old(*v));
    behavior VC_18_dead:
      assumes use_by_client(*v) == CONFORMING && v->made_by_manager == 1 &&
        v->call == CALL_NONE;
      ensures VC_18: \result == VC_18;
    behavior CALL_05_not_told:
      assumes use_by_client(*v) == CONFORMING && v->call == CALL_IS_MADE;
      ensures CALL_05: \result == CALL_05;
    behavior CALL_08_no_call:
      assumes close_call_has_handle(*v) && !call_may_close(*v);
      ensures CALL_08: \result == CALL_08;
    behavior CALL_09_sends_left:
      assumes call_may_close(*v) && v->sends > 0;
      ensures CALL_09: \result == CALL_09;
    behavior CALL_11_closing:
      assumes call_may_close(*v) && v->sends == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_IS_CLOSING,
        .close_call = begun(\old(v->close_call))};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_call_close_call(struct vc *v);

/*@ STEP_OF(vc, v)
    behavior CALL_11_not_owed:
      assumes !takes(v->close_call, STEP_ENTER, NO_STATUS);
      ensures CALL_11: \result == CALL_11;
    behavior CALL_11_entered:
      assumes takes(v->close_call, STEP_ENTER, NO_STATUS);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .close_call = after(\old(v->close_call), STEP_ENTER, NO_STATUS)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_enter_close_call(struct vc *v);

/* A close that fails leaves the call as it was (CALL-25); one that succeeds finds the VC
 * deactivated (CALL-16), or, under AMB-25 b, leaves that for later. */
/*@ requires is_step: step == STEP_LEAVE || step == STEP_COMPLETE;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    behavior VC_12_no_handle:
      assumes !may_complete_as_manager(*v, step);
      ensures refused: \result == use_by_manager(\old(*v));
    behavior CALL_15_not_now:
      assumes may_complete_as_manager(*v, step) && !takes(v->close_call, step, status);
      ensures CALL_15: \result == CALL_15;
    behavior CALL_16_not_deactivated:
      assumes close_call_ends(*v, step, status) && status == SUCCESS &&
        v->activity != VC_INACTIVE && r.amb_25 != 'b';
      ensures CALL_16: \result == CALL_16;
    behavior CALL_25_not_as_it_was:
      assumes close_call_ends(*v, step, status) && status != SUCCESS && status != PENDING &&
        v->activity != VC_ACTIVE;
      ensures CALL_25: \result == CALL_25;
    behavior CALL_15_pended:
      assumes close_call_ends(*v, step, status) && status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .close_call = after(\old(v->close_call), step, status)};
    behavior CALL_14_closed:
      assumes close_call_ends(*v, step, status) && status == SUCCESS &&
        (v->activity == VC_INACTIVE || r.amb_25 == 'b');
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_NONE,
        .hung_up = (uint8_t)0, .close_call = after(\old(v->close_call), step, status)};
    behavior CALL_25_failed:
      assumes close_call_ends(*v, step, status) && status != SUCCESS && status != PENDING &&
        v->activity == VC_ACTIVE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with .call = (uint8_t)CALL_CONNECTED,
        .close_call = after(\old(v->close_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_end_close_call(struct vc *v, struct readings r, uint8_t step,
                                   uint8_t status);

/* The client hears of it; its context is there (CALL-13). */
/*@ requires is_step: step == STEP_DELIVER || step == STEP_RETURN || step == STEP_OWN;
    requires is_status: status < STATUS_COUNT;
    STEP_OF(vc, v)
    ensures CALL_13_context_is_there:
      \result == CONFORMING && step != STEP_RETURN ==> v->client_context == 1;
    behavior CALL_08_not_now:
      assumes !takes(v->close_call, step, status);
      ensures CALL_08: \result == CALL_08;
    behavior CALL_08_told:
      assumes takes(v->close_call, step, status);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *v == {\old(*v) \with
        .close_call = after(\old(v->close_call), step, status)};
    complete behaviors;
    disjoint behaviors; */
enum requirement vc_tell_close_call(struct vc *v, uint8_t step, uint8_t status);

/* ---- every event of a VC ---- */

/* The event of a VC, whose handle the table has found to be this slot's: its generation, or
 * for a creation the next one. sap_takes_calls: the AF has a SAP that is registered, or none
 * was ever traced; sap_goes: one is being deregistered. */
/*@ requires is_status: e.status < STATUS_COUNT;
    STEP_OF(vc, v)
    ensures MCM_07_family: row_of_other_manager(e.kind, af) ==> \result == MCM_07;
    ensures AF_CL_02_VC_06_rights: vc_rights_are_kept(\old(*v), af, e.kind, \result);
    ensures VC_12_VC_01_made_anew_only: row_begins_vc(e.kind) ?
      (\result == CONFORMING ==> made_anew(\old(*v), *v, e)) :
      goes_on_as_made(\old(*v), *v, e.kind);
    ensures SAP_03_offered_or_refused: sap_decides_call(*v, sap_takes_calls, e, \result);
    ensures SAP_14_CALL_16: !row_of_other_manager(e.kind, af) ==>
      sap_decides_deactivation(\old(*v), sap_goes, e, \result);
    ensures accepted_exactly: \result == CONFORMING <==> vc_accepts(\old(*v), af, r, e); */
enum requirement vc_step(struct vc *v, struct address_family af, struct readings r,
                         uint8_t sap_takes_calls, uint8_t sap_goes, struct event e);

#endif
