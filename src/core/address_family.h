/* address_family.h - one open address family: the rights of its two holders.
 *
 * Every function takes the record of one AF and an answer or a status, and either
 * accepts the event (CONFORMING, the record moves on) or names the requirement
 * that the event breaks and leaves the record as it was. */
#ifndef CLOSEAF_ADDRESS_FAMILY_H
#define CLOSEAF_ADDRESS_FAMILY_H

#include "protocol/event.h"
#include "contract.h"
#include "operation.h"
#include "protocol/readings.h"
#include "protocol/requirement.h"
#include "protocol/states.h"

struct address_family {
    uint32_t generation;
    uint32_t client;         /* slot of the client's binding */
    uint32_t served_by;      /* generation of the call manager's binding (AF-CL-23) */
    uint8_t miniport;        /* 1: the call manager is an MCM */
    uint8_t phase;           /* enum af_phase */
    uint8_t close_call;      /* enum close_call */
    uint8_t manager_close;   /* enum manager_close */
    uint8_t notify_call;     /* 1: the call manager's notify call has not returned */
    uint8_t notification;    /* enum notification */
    uint8_t report;          /* enum report */
    uint8_t answer;          /* enum status: the client's answer to the notification */
    uint8_t notified;        /* enum notified */
    uint8_t withheld;        /* 1: NDIS keeps it from the client until the close (AMB-10 b) */
    uint8_t client_context;  /* 1: allocated */
    uint8_t manager_context; /* 1: allocated */
    uint8_t resources;       /* 1: what ProtocolCmOpenAf allocated is still held */
    struct operation opening; /* NdisClOpenAddressFamilyEx; see opening.h */
};

#include "address_family_logic.h"

/* Every function below: a valid record that satisfies the invariant is all it asks. */

/* The close: the call itself withdraws the rights to use and to close (AF-CL-02). */
/*@ STEP_OF(af, a)
    behavior AF_OP_05_not_opened:
      assumes !client_has_handle(*a);
      ensures AF_OP_05: \result == AF_OP_05;
    behavior AF_CL_03_right_withdrawn:
      assumes client_has_handle(*a) && !client_may_close(*a);
      ensures AF_CL_03: \result == AF_CL_03;
    behavior AF_CL_02_forwarded:
      assumes client_may_close(*a);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_CLOSING,
          .close_call = (uint8_t)CLOSE_CALL_INSIDE,
          .manager_close = (uint8_t)MANAGER_CLOSE_OWED};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_call_close(struct address_family *a);

/*@ STEP_OF(af, a)
    behavior AF_CM_02_not_owed:
      assumes a->manager_close != MANAGER_CLOSE_OWED;
      ensures AF_CM_02: \result == AF_CM_02;
    behavior AF_CM_02_owed:
      assumes a->manager_close == MANAGER_CLOSE_OWED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_INSIDE};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_enter_manager_close(struct address_family *a);

/*@ STEP_OF(af, a)
    behavior AF_OP_18_no_open_in_hand:
      assumes a->phase == AF_FAILED ||
        (a->phase == AF_OPENING && !(open_awaits_manager(*a) && a->resources != 0));
      ensures AF_OP_18: \result == AF_OP_18;
    behavior AF_OP_14_given_back:
      assumes a->phase == AF_OPENING && open_awaits_manager(*a) && a->resources != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .resources = (uint8_t)0};
    behavior AF_CM_22_not_closing:
      assumes a->phase != AF_FAILED && a->phase != AF_OPENING && !manager_may_complete(*a);
      ensures AF_CM_22: \result == AF_CM_22;
    behavior AF_CM_06_released_before:
      assumes manager_may_complete(*a) && a->resources == 0;
      ensures AF_CM_06: \result == AF_CM_06;
    behavior AF_CM_06_released:
      assumes manager_may_complete(*a) && a->resources != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .resources = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_release_resources(struct address_family *a);

/* The call manager's answer: each ends its part in the close, or pends it. */
/*@ STEP_OF(af, a)
    behavior AF_CM_02_not_inside:
      assumes a->manager_close != MANAGER_CLOSE_INSIDE &&
        a->manager_close != MANAGER_CLOSE_COMPLETED_INSIDE;
      ensures AF_CM_02: \result == AF_CM_02;
    behavior AF_CM_24_pended_without_a_context:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == PENDING &&
        a->manager_context == 0;
      ensures AF_CM_24: \result == AF_CM_24;
    behavior AF_CM_05_pended:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == PENDING &&
        a->manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_PENDED};
    behavior AF_CM_25_pended_and_completed:
      assumes a->manager_close == MANAGER_CLOSE_COMPLETED_INSIDE && status == PENDING;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_COMPLETED};
    behavior AF_CM_20_completed_twice:
      assumes a->manager_close == MANAGER_CLOSE_COMPLETED_INSIDE && status != PENDING;
      ensures AF_CM_20: \result == AF_CM_20;
    behavior THR_03_while_the_client_is_told:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == SUCCESS &&
        close_may_not_end(*a, r);
      ensures THR_03: \result == THR_03;
    behavior AF_CM_04_success_with_resources_held:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == SUCCESS &&
        !close_may_not_end(*a, r) && a->resources > 0;
      ensures AF_CM_04: \result == AF_CM_04;
    behavior AF_CM_21_succeeded:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == SUCCESS &&
        !close_may_not_end(*a, r) && a->resources == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_SUCCEEDED};
    behavior AF_CM_22_refused_after_release:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == NOT_ACCEPTED &&
        r.amb_03 != 'c' && (a->resources == 0 || a->manager_context == 0);
      ensures AF_CM_22: \result == AF_CM_22;
    behavior AF_CM_22_refused:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE && status == NOT_ACCEPTED &&
        r.amb_03 != 'c' && a->resources > 0 && a->manager_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_REFUSED};
    behavior AF_CM_05_no_such_answer:
      assumes a->manager_close == MANAGER_CLOSE_INSIDE &&
        status != PENDING && status != SUCCESS &&
        (status != NOT_ACCEPTED || r.amb_03 == 'c');
      ensures AF_CM_05: \result == AF_CM_05;
    complete behaviors;
    disjoint behaviors; */
enum requirement af_leave_manager_close(struct address_family *a, struct readings r,
                                        uint8_t status);

/* Exactly once, and only by the call manager that was asked (AF-CM-19, AF-CM-20). */
/*@ STEP_OF(af, a)
    behavior AF_CM_18_not_the_function_of_an_mcm:
      assumes miniport != a->miniport && miniport == 0;
      ensures AF_CM_18: \result == AF_CM_18;
    behavior MCM_01_not_the_function_of_a_call_manager:
      assumes miniport != a->miniport && miniport != 0;
      ensures MCM_01: \result == MCM_01;
    behavior AF_CM_21_closed_with_success:
      assumes miniport == a->miniport && a->manager_close == MANAGER_CLOSE_SUCCEEDED;
      ensures AF_CM_21: \result == AF_CM_21;
    behavior AF_CM_19_completed_before:
      assumes miniport == a->miniport && manager_completed(*a);
      ensures AF_CM_19: \result == AF_CM_19;
    behavior AF_CM_20_right_not_given:
      assumes miniport == a->miniport && !manager_has_closed(*a) && !manager_may_complete(*a);
      ensures AF_CM_20: \result == AF_CM_20;
    behavior AF_CM_14_not_success:
      assumes miniport == a->miniport && manager_may_complete(*a) && status != SUCCESS;
      ensures AF_CM_14: \result == AF_CM_14;
    behavior THR_03_while_the_client_is_told:
      assumes miniport == a->miniport && manager_may_complete(*a) && status == SUCCESS &&
        close_may_not_end(*a, r);
      ensures THR_03: \result == THR_03;
    behavior AF_CM_12_resources_are_held:
      assumes miniport == a->miniport && manager_may_complete(*a) && status == SUCCESS &&
        !close_may_not_end(*a, r) && a->resources > 0;
      ensures AF_CM_12: \result == AF_CM_12;
    behavior AF_CM_16_completed_inside:
      assumes miniport == a->miniport && manager_may_complete(*a) && status == SUCCESS &&
        !close_may_not_end(*a, r) && a->resources == 0 &&
        a->manager_close == MANAGER_CLOSE_INSIDE;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_COMPLETED_INSIDE};
    behavior AF_CM_16_completed:
      assumes miniport == a->miniport && manager_may_complete(*a) && status == SUCCESS &&
        !close_may_not_end(*a, r) && a->resources == 0 &&
        a->manager_close == MANAGER_CLOSE_PENDED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_close = (uint8_t)MANAGER_CLOSE_COMPLETED};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_call_close_complete(struct address_family *a, struct readings r,
                                        uint8_t miniport, uint8_t status);

/*@ STEP_OF(af, a)
    behavior AF_CL_06_told_before:
      assumes a->phase == AF_CLOSED;
      ensures AF_CL_06: \result == AF_CL_06;
    behavior AF_CL_08_failure_told_to_a_freed_context:
      assumes a->phase != AF_CLOSED && failure_is_told(*a, r) && status != SUCCESS &&
        a->client_context == 0;
      ensures AF_CL_08: \result == AF_CL_08;
    behavior AF_CL_07_failure_told:
      assumes a->phase != AF_CLOSED && failure_is_told(*a, r) && status != SUCCESS &&
        a->client_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures unchanged: *a == \old(*a);
    behavior AF_CL_07_not_completed:
      assumes a->phase != AF_CLOSED && !(failure_is_told(*a, r) && status != SUCCESS) &&
        !manager_completed(*a);
      ensures AF_CL_07: \result == AF_CL_07;
    behavior AF_CM_17_other_status:
      assumes a->phase != AF_CLOSED && manager_completed(*a) && status != SUCCESS;
      ensures AF_CM_17: \result == AF_CM_17;
    behavior AF_CL_08_context_freed:
      assumes a->phase != AF_CLOSED && manager_completed(*a) && status == SUCCESS &&
        a->client_context == 0;
      ensures AF_CL_08: \result == AF_CL_08;
    behavior AF_CM_17_told:
      assumes a->phase != AF_CLOSED && manager_completed(*a) && status == SUCCESS &&
        a->client_context != 0 && a->withheld == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_CLOSED,
          .close_call = (uint8_t)(\old(a->close_call) == CLOSE_CALL_PENDED
                                    ? CLOSE_CALL_NONE : \old(a->close_call))};
    behavior AF_CM_17_told_and_the_notification_with_it:
      assumes a->phase != AF_CLOSED && manager_completed(*a) && status == SUCCESS &&
        a->client_context != 0 && a->withheld != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_CLOSED,
          .close_call = (uint8_t)(\old(a->close_call) == CLOSE_CALL_PENDED
                                    ? CLOSE_CALL_NONE : \old(a->close_call)),
          .withheld = (uint8_t)0, .report = (uint8_t)REPORT_OWED,
          .answer = (uint8_t)SUCCESS};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_enter_close_complete(struct address_family *a, struct readings r,
                                         uint8_t status);

/* A failure gives the rights to use and to close back to the same handle, or under AMB-02 a
 * to nobody. */
/*@ STEP_OF(af, a)
    behavior AF_CM_02_not_yet:
      assumes close_result(*a, r) == NO_STATUS;
      ensures AF_CM_02: \result == AF_CM_02;
    behavior AF_CL_06_pended_but_not_said:
      assumes close_result(*a, r) == PENDING && status != PENDING;
      ensures AF_CL_06: \result == AF_CL_06;
    behavior AF_CL_07_another_status:
      assumes close_result(*a, r) != NO_STATUS && close_result(*a, r) != PENDING &&
        status != close_result(*a, r);
      ensures AF_CL_07: \result == AF_CL_07;
    behavior AF_CL_06_pended:
      assumes close_result(*a, r) == PENDING && status == PENDING &&
        a->phase != AF_CLOSED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .close_call = (uint8_t)CLOSE_CALL_PENDED};
    behavior AF_CL_25_pended_and_completed:
      assumes close_result(*a, r) == PENDING && status == PENDING &&
        a->phase == AF_CLOSED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .close_call = (uint8_t)CLOSE_CALL_NONE};
    behavior AF_CL_07_succeeded:
      assumes close_result(*a, r) == SUCCESS && status == SUCCESS && a->withheld == 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .close_call = (uint8_t)CLOSE_CALL_SUCCEEDED};
    behavior AF_CL_07_succeeded_and_the_notification_with_it:
      assumes close_result(*a, r) == SUCCESS && status == SUCCESS && a->withheld != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .close_call = (uint8_t)CLOSE_CALL_SUCCEEDED,
          .withheld = (uint8_t)0, .report = (uint8_t)REPORT_OWED,
          .answer = (uint8_t)SUCCESS};
    behavior AF_CL_26_failed_rights_return:
      assumes (close_result(*a, r) == FAILURE || close_result(*a, r) == NOT_ACCEPTED) &&
        status == close_result(*a, r);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)(r.amb_02 == 'a' ? AF_CLOSING : AF_OPEN),
          .close_call = (uint8_t)(r.amb_05 == 'a' ? CLOSE_CALL_FAILED : CLOSE_CALL_NONE),
          .manager_close = (uint8_t)MANAGER_CLOSE_NONE};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_return_close(struct address_family *a, struct readings r,
                                 uint8_t status);

/*@ STEP_OF(af, a)
    behavior AF_CL_05_not_owed:
      assumes !(a->close_call == CLOSE_CALL_SUCCEEDED) &&
        !(a->close_call == CLOSE_CALL_FAILED);
      ensures AF_CL_05_AF_CL_07: \result == (r.amb_05 == 'c' ? AF_CL_07 : AF_CL_05);
    behavior AF_CL_04_not_the_status_of_the_close:
      assumes (a->close_call == CLOSE_CALL_SUCCEEDED && status != SUCCESS) ||
        (a->close_call == CLOSE_CALL_FAILED && status != FAILURE &&
         status != NOT_ACCEPTED);
      ensures AF_CL_04: \result == AF_CL_04;
    behavior AF_CL_04_closed:
      assumes a->close_call == CLOSE_CALL_SUCCEEDED && status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_CLOSED,
          .close_call = (uint8_t)CLOSE_CALL_NONE};
    behavior AF_CL_04_open_again:
      assumes a->close_call == CLOSE_CALL_FAILED &&
        (status == FAILURE || status == NOT_ACCEPTED);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .close_call = (uint8_t)CLOSE_CALL_NONE};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_own_close_complete(struct address_family *a, struct readings r,
                                       uint8_t status);

/* The notification. */
/*@ STEP_OF(af, a)
    behavior NTF_13_not_its_function:
      assumes miniport != a->miniport && !server_may_be_called(a->opening);
      ensures NTF_13: \result == NTF_13;
    behavior AF_OP_18_open_has_failed:
      assumes miniport == a->miniport && a->phase == AF_FAILED;
      ensures AF_OP_18: \result == AF_OP_18;
    behavior NTF_09_handle_not_given:
      assumes server_may_be_called(a->opening);
      ensures NTF_09: \result == NTF_09;
    behavior NTF_36_told_of_the_close:
      assumes miniport == a->miniport && manager_has_closed(*a) &&
        a->notified == NOTIFIED_WITH_SUCCESS;
      ensures NTF_36: \result == NTF_36;
    behavior AF_CM_21_closed_with_success:
      assumes miniport == a->miniport && !manager_may_notify(*a, r) &&
        a->notified != NOTIFIED_WITH_SUCCESS &&
        a->manager_close == MANAGER_CLOSE_SUCCEEDED;
      ensures AF_CM_21: \result == AF_CM_21;
    behavior AF_CM_16_right_withdrawn:
      assumes miniport == a->miniport && !manager_may_notify(*a, r) &&
        a->notified != NOTIFIED_WITH_SUCCESS &&
        a->manager_close != MANAGER_CLOSE_SUCCEEDED;
      ensures AF_CM_16: \result == AF_CM_16;
    behavior AF_CM_22_ndis_has_gone:
      assumes miniport == a->miniport && manager_may_notify(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        ndis_has_gone(*a, r);
      ensures AF_CM_22: \result == AF_CM_22;
    behavior NTF_37_notified_already:
      assumes miniport == a->miniport && manager_may_notify(*a, r) && !ndis_has_gone(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        (a->notify_call != 0 || a->notification != NOTIFICATION_NONE);
      ensures NTF_37: \result == NTF_37;
    behavior AF_CM_24_context_freed:
      assumes miniport == a->miniport && manager_may_notify(*a, r) && !ndis_has_gone(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        a->notify_call == 0 && a->notification == NOTIFICATION_NONE &&
        a->manager_context == 0 && a->phase != AF_FAILED &&
        !server_may_be_called(a->opening);
      ensures AF_CM_24: \result == AF_CM_24;
    behavior NTF_05_met_a_close_and_ended:
      assumes miniport == a->miniport && manager_may_notify(*a, r) && !ndis_has_gone(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        a->notify_call == 0 && a->notification == NOTIFICATION_NONE &&
        a->manager_context != 0 && a->phase == AF_CLOSING &&
        (r.amb_10 == 'a' || r.amb_10 == 's');
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)1, .notified = (uint8_t)NOTIFIED,
          .notification = (uint8_t)NOTIFICATION_FINISHED,
          .answer = (uint8_t)(r.amb_10 == 'a' ? FAILURE : SUCCESS)};
    behavior NTF_05_met_a_close_and_kept:
      assumes miniport == a->miniport && manager_may_notify(*a, r) && !ndis_has_gone(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        a->notify_call == 0 && a->notification == NOTIFICATION_NONE &&
        a->manager_context != 0 && a->phase == AF_CLOSING && r.amb_10 == 'b';
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)1, .notified = (uint8_t)NOTIFIED,
          .notification = (uint8_t)NOTIFICATION_PENDED, .withheld = (uint8_t)1};
    behavior NTF_05_to_be_delivered:
      assumes miniport == a->miniport && manager_may_notify(*a, r) && !ndis_has_gone(*a, r) &&
        !(manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) &&
        a->notify_call == 0 && a->notification == NOTIFICATION_NONE &&
        a->manager_context != 0 && !(a->phase == AF_CLOSING &&
          (r.amb_10 == 'a' || r.amb_10 == 's' || r.amb_10 == 'b'));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)1, .notified = (uint8_t)NOTIFIED,
          .notification = (uint8_t)NOTIFICATION_OWED, .answer = (uint8_t)NO_STATUS};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_call_notify(struct address_family *a, struct readings r,
                                uint8_t miniport);

/*@ STEP_OF(af, a)
    behavior NTF_05_not_owed:
      assumes a->notification != NOTIFICATION_OWED;
      ensures NTF_05: \result == NTF_05;
    behavior NTF_38_client_was_told:
      assumes a->notification == NOTIFICATION_OWED && client_was_told(*a);
      ensures NTF_38: \result == NTF_38;
    behavior AF_CL_08_context_freed:
      assumes a->notification == NOTIFICATION_OWED && !client_was_told(*a) &&
        a->client_context == 0;
      ensures AF_CL_08: \result == AF_CL_08;
    behavior NTF_05_delivered:
      assumes a->notification == NOTIFICATION_OWED && !client_was_told(*a) &&
        a->client_context != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notification = (uint8_t)NOTIFICATION_INSIDE};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_enter_notification(struct address_family *a);

/*@ STEP_OF(af, a)
    behavior THR_02_waits_for_its_own_return:
      assumes a->phase == AF_CLOSING && a->notification == NOTIFICATION_INSIDE;
      ensures THR_02: \result == THR_02;
    behavior THR_01_waits_for_the_close:
      assumes a->phase == AF_CLOSING && a->notification != NOTIFICATION_INSIDE;
      ensures THR_01: \result == THR_01;
    behavior THR_02_nothing_to_wait_for:
      assumes a->phase != AF_CLOSING;
      ensures CONFORMING: \result == CONFORMING;
      ensures unchanged: *a == \old(*a);
    complete behaviors;
    disjoint behaviors; */
enum requirement af_wait_in_notification(struct address_family *a);

/*@ STEP_OF(af, a)
    behavior NTF_05_not_inside:
      assumes a->notification != NOTIFICATION_INSIDE;
      ensures NTF_05: \result == NTF_05;
    behavior NTF_23_pended_without_a_context:
      assumes a->notification == NOTIFICATION_INSIDE && status == PENDING &&
        a->client_context == 0 && a->report == REPORT_NONE;
      ensures NTF_23: \result == NTF_23;
    behavior NTF_26_pended:
      assumes a->notification == NOTIFICATION_INSIDE && status == PENDING &&
        (a->client_context != 0 || a->report != REPORT_NONE);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notification = (uint8_t)NOTIFICATION_PENDED};
    behavior NTF_25_answered_before:
      assumes a->notification == NOTIFICATION_INSIDE && status != PENDING &&
        a->report != REPORT_NONE;
      ensures NTF_25: \result == NTF_25;
    behavior NTF_26_success_before_the_close:
      assumes a->notification == NOTIFICATION_INSIDE && a->report == REPORT_NONE &&
        status == SUCCESS && !client_may_say_success(*a, r);
      ensures NTF_26: \result == NTF_26;
    behavior NTF_27_no_answer:
      assumes a->notification == NOTIFICATION_INSIDE && a->report == REPORT_NONE &&
        status == NO_STATUS;
      ensures NTF_27: \result == NTF_27;
    behavior NTF_26_answered:
      assumes a->notification == NOTIFICATION_INSIDE && a->report == REPORT_NONE &&
        status != PENDING && status != NO_STATUS &&
        (status != SUCCESS || client_may_say_success(*a, r));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notification = (uint8_t)NOTIFICATION_FINISHED,
          .answer = (uint8_t)status};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_leave_notification(struct address_family *a, struct readings r,
                                       uint8_t status);

/* The one right that outlives the close, but for reading a of AMB-01 (NTF-23). */
/*@ STEP_OF(af, a)
    behavior NTF_28_no_handle_yet:
      assumes !client_has_handle(*a);
      ensures NTF_28: \result == NTF_28;
    behavior NTF_25_not_notified:
      assumes client_has_handle(*a) &&
        ((a->notification != NOTIFICATION_INSIDE && a->notification != NOTIFICATION_PENDED) ||
         a->withheld != 0);
      ensures NTF_25: \result == NTF_25;
    behavior NTF_24_answered_before:
      assumes client_has_handle(*a) && a->withheld == 0 &&
        (a->notification == NOTIFICATION_INSIDE || a->notification == NOTIFICATION_PENDED) &&
        a->report != REPORT_NONE;
      ensures NTF_24: \result == NTF_24;
    behavior NTF_29_no_answer:
      assumes client_may_answer(*a) && (status == PENDING || status == NO_STATUS);
      ensures NTF_29: \result == NTF_29;
    behavior NTF_23_success_before_the_close:
      assumes client_may_answer(*a) && status == SUCCESS &&
        !client_may_answer_with(*a, r, status);
      ensures NTF_23: \result == NTF_23;
    behavior AF_CL_02_handle_is_dead:
      assumes client_may_answer(*a) && client_may_answer_with(*a, r, status) &&
        answer_is_too_late(*a, r);
      ensures AF_CL_02: \result == AF_CL_02;
    behavior NTF_28_handle_went_with_the_context:
      assumes client_may_answer(*a) && client_may_answer_with(*a, r, status) &&
        !answer_is_too_late(*a, r) && !answer_has_its_handle(*a, r);
      ensures NTF_28: \result == NTF_28;
    behavior NTF_23_answered:
      assumes client_may_answer(*a) && client_may_answer_with(*a, r, status) &&
        !answer_is_too_late(*a, r) && answer_has_its_handle(*a, r);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .answer = (uint8_t)status,
          .report = (uint8_t)(r.amb_08 == 'c' && \old(a->phase) == AF_CLOSED
                                ? REPORT_DELIVERED : REPORT_OWED)};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_call_notify_complete(struct address_family *a, struct readings r,
                                         uint8_t status);

/* Reported before the call has returned, or after it and with that settled (AMB-29). */
/*@ STEP_OF(af, a)
    behavior NTF_07_reported_before:
      assumes a->report == REPORT_DELIVERED;
      ensures NTF_07: \result == NTF_07;
    behavior NTF_08_not_owed:
      assumes a->report == REPORT_NONE;
      ensures NTF_08: \result == NTF_08;
    behavior NTF_31_not_the_answer:
      assumes a->report == REPORT_OWED && status != a->answer;
      ensures NTF_31: \result == NTF_31;
    behavior AF_CM_24_context_freed:
      assumes a->report == REPORT_OWED && status == a->answer && a->manager_context == 0;
      ensures AF_CM_24: \result == AF_CM_24;
    behavior NTF_07_reported_inside:
      assumes a->report == REPORT_OWED && status == a->answer && a->manager_context != 0 &&
        !(a->notify_call == 0 && a->notification == NOTIFICATION_PENDED);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .report = (uint8_t)REPORT_DELIVERED};
    behavior NTF_07_reported_last:
      assumes a->report == REPORT_OWED && status == a->answer && a->manager_context != 0 &&
        a->notify_call == 0 && a->notification == NOTIFICATION_PENDED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notification = (uint8_t)NOTIFICATION_NONE,
          .report = (uint8_t)REPORT_NONE, .answer = (uint8_t)NO_STATUS,
          .notified = (uint8_t)(\old(a->answer) == SUCCESS ? NOTIFIED_WITH_SUCCESS
                                                          : \old(a->notified))};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_enter_notify_complete(struct address_family *a, uint8_t status);

/*@ STEP_OF(af, a)
    behavior NTF_13_not_its_function:
      assumes miniport != a->miniport;
      ensures NTF_13: \result == NTF_13;
    behavior NTF_05_not_yet:
      assumes miniport == a->miniport && notify_result(*a) == NO_STATUS;
      ensures NTF_05: \result == NTF_05;
    behavior NTF_07_pended_but_not_said:
      assumes miniport == a->miniport && notify_result(*a) == PENDING &&
        status != PENDING;
      ensures NTF_07: \result == NTF_07;
    behavior NTF_08_another_status:
      assumes miniport == a->miniport && notify_result(*a) != NO_STATUS &&
        notify_result(*a) != PENDING && status != notify_result(*a);
      ensures NTF_08: \result == NTF_08;
    behavior NTF_08_pended:
      assumes miniport == a->miniport && notify_result(*a) == PENDING &&
        status == PENDING && a->report != REPORT_DELIVERED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)0};
    behavior NTF_08_pended_and_reported:
      assumes miniport == a->miniport && notify_result(*a) == PENDING &&
        status == PENDING && a->report == REPORT_DELIVERED;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)0,
          .notification = (uint8_t)NOTIFICATION_NONE, .report = (uint8_t)REPORT_NONE,
          .answer = (uint8_t)NO_STATUS,
          .notified = (uint8_t)(\old(a->answer) == SUCCESS ? NOTIFIED_WITH_SUCCESS
                                                          : \old(a->notified))};
    behavior NTF_08_succeeded:
      assumes miniport == a->miniport && notify_result(*a) == SUCCESS &&
        status == SUCCESS;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)0,
          .notification = (uint8_t)NOTIFICATION_NONE, .answer = (uint8_t)NO_STATUS,
          .notified = (uint8_t)NOTIFIED_WITH_SUCCESS};
    behavior NTF_08_failed:
      assumes miniport == a->miniport && notify_result(*a) != NO_STATUS &&
        notify_result(*a) != PENDING && notify_result(*a) != SUCCESS &&
        status == notify_result(*a);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .notify_call = (uint8_t)0,
          .notification = (uint8_t)NOTIFICATION_NONE, .answer = (uint8_t)NO_STATUS};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_return_notify(struct address_family *a, uint8_t miniport,
                                  uint8_t status);

/* The right to use: from the end of the open (AF-OP-05, AF-OP-08) until the call of the
 * close, also while a notification is pending (AF-CL-18); a closing AF takes nothing new
 * (AF-CL-27). */
/*@ requires consistent: af_invariant(a);
    LOOKS_ONLY
    ensures right: client_may_use(a) <==> \result == CONFORMING;
    ensures AF_OP_08: open_pends(a) ==> \result == AF_OP_08;
    ensures AF_OP_05: a.phase == AF_FAILED && !open_pends(a) ==> \result == AF_OP_05;
    ensures AF_CL_27: a.phase == AF_CLOSING ==> \result == AF_CL_27;
    ensures AF_CL_02: a.phase == AF_CLOSED ==> \result == AF_CL_02; */
enum requirement af_right_to_use(struct address_family a);

/* The contexts: freed once, and not while a callback may still be given them. */
/*@ STEP_OF(af, a)
    behavior AF_CL_09_freed_before:
      assumes a->client_context == 0;
      ensures AF_CL_09: \result == AF_CL_09;
    behavior AF_OP_12_open_not_over:
      assumes a->client_context != 0 && (a->phase == AF_OPENING ||
        (a->phase == AF_FAILED && !is_over(a->opening)));
      ensures AF_OP_12: \result == AF_OP_12;
    behavior AF_OP_21_freed_after_the_failure:
      assumes a->client_context != 0 && a->phase == AF_FAILED && is_over(a->opening);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .client_context = (uint8_t)0};
    behavior AF_CL_10_still_open:
      assumes a->client_context != 0 && a->phase == AF_OPEN;
      ensures AF_CL_10: \result == AF_CL_10;
    behavior AF_CL_08_not_told_yet:
      assumes a->client_context != 0 && a->phase == AF_CLOSING &&
        !client_context_may_go(*a, r);
      ensures AF_CL_08: \result == AF_CL_08;
    behavior NTF_23_answer_owed:
      assumes a->client_context != 0 && a->phase == AF_CLOSED &&
        !client_context_may_go(*a, r);
      ensures NTF_23: \result == NTF_23;
    behavior AF_CL_09_freed:
      assumes a->client_context != 0 && a->phase != AF_FAILED &&
        client_context_may_go(*a, r);
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .client_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_free_client_context(struct address_family *a, struct readings r);

/*@ STEP_OF(af, a)
    behavior AF_OP_18_no_open_in_hand:
      assumes a->phase == AF_FAILED ||
        (a->phase == AF_OPENING && !(open_awaits_manager(*a) && a->manager_context != 0));
      ensures AF_OP_18: \result == AF_OP_18;
    behavior AF_CM_22_not_closed:
      assumes a->phase != AF_FAILED && a->phase != AF_OPENING &&
        !(a->manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(*a));
      ensures AF_CM_22: \result == AF_CM_22;
    behavior AF_CM_24_callback_may_come_or_freed_before:
      assumes ((a->phase == AF_OPENING && open_awaits_manager(*a) && a->manager_context != 0) ||
               a->manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(*a)) &&
        (a->manager_context == 0 || manager_context_is_spoken_for(*a, r));
      ensures AF_CM_24: \result == AF_CM_24;
    behavior AF_CM_24_freed:
      assumes ((a->phase == AF_OPENING && open_awaits_manager(*a) && a->manager_context != 0) ||
               a->manager_close == MANAGER_CLOSE_INSIDE || manager_has_closed(*a)) &&
        !(a->manager_context == 0 || manager_context_is_spoken_for(*a, r));
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .manager_context = (uint8_t)0};
    complete behaviors;
    disjoint behaviors; */
enum requirement af_free_manager_context(struct address_family *a, struct readings r);

/*@ LOOKS_ONLY
    ensures exact: \result == close_result(a, r); */
uint8_t af_close_result(struct address_family a, struct readings r);

/*@ LOOKS_ONLY
    ensures exact: \result == notify_result(a); */
uint8_t af_notify_result(struct address_family a);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> client_is_done(a); */
int af_client_done(struct address_family a);

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> manager_is_done(a); */
int af_manager_done(struct address_family a);

#endif
