/* address_family.c - see address_family.h. */
#include "address_family.h"

/* A call manager may use its handle until it has completed the close or has
 * answered it with success (AF-CM-16, AF-CM-21). */
/*@ LOOKS_ONLY
    ensures AF_CM_16: (\result != 0) <==> manager_has_closed(a); */
static int manager_has_closed(struct address_family a)
{
    return a.manager_close == MANAGER_CLOSE_SUCCEEDED ||
           a.manager_close == MANAGER_CLOSE_COMPLETED ||
           a.manager_close == MANAGER_CLOSE_COMPLETED_INSIDE;
}

/* The close has been completed towards the client, by callback or by return value. */
/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> client_was_told(a); */
static int client_was_told(struct address_family a)
{
    return a.phase == AF_CLOSED || a.close_call == CLOSE_CALL_SUCCEEDED;
}

/* The client has not been told how its open has ended (AF-OP-07). */
/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> open_pends(a); */
static int open_pends(struct address_family a)
{
    return a.opening.delivered == 0 &&
           (a.opening.caller == CALLER_INSIDE || a.opening.caller == CALLER_PENDED);
}

/*@ LOOKS_ONLY
    ensures AF_OP_05: (\result != 0) <==> client_has_handle(a); */
static int client_has_handle(struct address_family a)
{
    return (a.phase == AF_OPEN || a.phase == AF_CLOSING || a.phase == AF_CLOSED) &&
           !open_pends(a);
}

enum requirement af_call_close(struct address_family *a)
{
    if (!client_has_handle(*a)) {
        return AF_OP_05;
    }
    if (a->phase != AF_OPEN || a->close_call != CLOSE_CALL_NONE) {
        return AF_CL_03;
    }
    a->phase = AF_CLOSING;
    a->close_call = CLOSE_CALL_INSIDE;
    a->manager_close = MANAGER_CLOSE_OWED;
    return CONFORMING;
}

enum requirement af_enter_manager_close(struct address_family *a)
{
    if (a->manager_close != MANAGER_CLOSE_OWED) {
        return AF_CM_02;
    }
    a->manager_close = MANAGER_CLOSE_INSIDE;
    return CONFORMING;
}

/* Also what was allocated for an open that fails after all (AF-OP-14, AF-OP-17). */
enum requirement af_release_resources(struct address_family *a)
{
    if (a->phase == AF_OPENING || a->phase == AF_FAILED) {
        if (a->resources == 0) {
            return AF_OP_18;
        }
        a->resources = 0;
        return CONFORMING;
    }
    if (a->manager_close != MANAGER_CLOSE_INSIDE &&
        a->manager_close != MANAGER_CLOSE_PENDED) {
        return AF_CM_22;
    }
    if (a->resources == 0) {
        return AF_CM_06;
    }
    a->resources = 0;
    return CONFORMING;
}

/* Reading b of AMB-13: while the client is in its handler, the close may not end (THR-03). */
/*@ LOOKS_ONLY
    ensures THR_03: (\result != 0) <==> close_may_not_end(a, r); */
static int close_may_not_end(struct address_family a, struct readings r)
{
    return r.amb_13 == 'b' && a.notification == NOTIFICATION_INSIDE;
}

enum requirement af_leave_manager_close(struct address_family *a, struct readings r,
                                        uint8_t status)
{
    if (a->manager_close != MANAGER_CLOSE_INSIDE &&
        a->manager_close != MANAGER_CLOSE_COMPLETED_INSIDE) {
        return AF_CM_02;
    }
    if (status == PENDING) {
        if (a->manager_close == MANAGER_CLOSE_INSIDE && a->manager_context == 0) {
            return AF_CM_24;
        }
        a->manager_close = a->manager_close == MANAGER_CLOSE_INSIDE
                               ? MANAGER_CLOSE_PENDED
                               : MANAGER_CLOSE_COMPLETED;
        return CONFORMING;
    }
    if (a->manager_close == MANAGER_CLOSE_COMPLETED_INSIDE) {
        return AF_CM_20;
    }
    if (status == SUCCESS) {
        if (close_may_not_end(*a, r)) {
            return THR_03;
        }
        if (a->resources > 0) {
            return AF_CM_04;
        }
        a->manager_close = MANAGER_CLOSE_SUCCEEDED;
        return CONFORMING;
    }
    if (status == NOT_ACCEPTED && r.amb_03 != 'c') {
        if (a->resources == 0 || a->manager_context == 0) {
            return AF_CM_22;
        }
        a->manager_close = MANAGER_CLOSE_REFUSED;
        return CONFORMING;
    }
    return AF_CM_05;
}

enum requirement af_call_close_complete(struct address_family *a, struct readings r,
                                        uint8_t miniport, uint8_t status)
{
    if (miniport != a->miniport) {
        return miniport == 0 ? AF_CM_18 : MCM_01;
    }
    if (manager_has_closed(*a)) {
        return a->manager_close == MANAGER_CLOSE_SUCCEEDED ? AF_CM_21 : AF_CM_19;
    }
    if (a->manager_close != MANAGER_CLOSE_INSIDE &&
        a->manager_close != MANAGER_CLOSE_PENDED) {
        return AF_CM_20;
    }
    if (status != SUCCESS) {
        return AF_CM_14;
    }
    if (close_may_not_end(*a, r)) {
        return THR_03;
    }
    if (a->resources > 0) {
        return AF_CM_12;
    }
    a->manager_close = a->manager_close == MANAGER_CLOSE_INSIDE
                           ? MANAGER_CLOSE_COMPLETED_INSIDE
                           : MANAGER_CLOSE_COMPLETED;
    return CONFORMING;
}

/* A notification that NDIS has kept from the client ends with the close (AMB-10 b). */
/*@ requires valid: \valid(a);
    terminates \true;
    exits never: \false;
    assigns *a;
    behavior kept_from_the_client:
      assumes a->withheld != 0;
      ensures NTF_08_to_be_reported: *a ==
        {\old(*a) \with .withheld = (uint8_t)0, .report = (uint8_t)REPORT_OWED,
          .answer = (uint8_t)SUCCESS};
    behavior nothing_kept:
      assumes a->withheld == 0;
      ensures unchanged: *a == \old(*a);
    complete behaviors;
    disjoint behaviors; */
static void end_withheld_notification(struct address_family *a)
{
    if (a->withheld != 0) {
        a->withheld = 0;
        a->report = REPORT_OWED;
        a->answer = SUCCESS;
    }
}

enum requirement af_enter_close_complete(struct address_family *a, struct readings r,
                                         uint8_t status)
{
    if (a->phase == AF_CLOSED) {
        return AF_CL_06;
    }
    /* Reading c of AMB-05: NDIS tells of a close that has failed here too. */
    if (r.amb_05 == 'c' && status != SUCCESS &&
        (a->manager_close == MANAGER_CLOSE_REFUSED ||
         a->manager_close == MANAGER_CLOSE_REJECTED)) {
        return a->client_context == 0 ? AF_CL_08 : CONFORMING;
    }
    if (a->manager_close != MANAGER_CLOSE_COMPLETED &&
        a->manager_close != MANAGER_CLOSE_COMPLETED_INSIDE) {
        return AF_CL_07;
    }
    if (status != SUCCESS) {
        return AF_CM_17;
    }
    if (a->client_context == 0) {
        return AF_CL_08;
    }
    a->phase = AF_CLOSED;
    if (a->close_call == CLOSE_CALL_PENDED) {
        a->close_call = CLOSE_CALL_NONE;
    }
    end_withheld_notification(a);
    return CONFORMING;
}

/* What NdisClCloseAddressFamily returns; NO_STATUS while it cannot return yet. */
uint8_t af_close_result(struct address_family a, struct readings r)
{
    if (a.close_call != CLOSE_CALL_INSIDE) {
        return NO_STATUS;
    }
    if (a.manager_close == MANAGER_CLOSE_SUCCEEDED) {
        return SUCCESS;
    }
    if (a.manager_close == MANAGER_CLOSE_PENDED ||
        a.manager_close == MANAGER_CLOSE_COMPLETED) {
        return PENDING;
    }
    if (a.manager_close == MANAGER_CLOSE_REJECTED) {
        return FAILURE;
    }
    if (a.manager_close == MANAGER_CLOSE_REFUSED) {
        if (r.amb_02 == 'c') { /* NDIS closes its side all the same */
            return SUCCESS;
        }
        return r.amb_03 == 'b' ? FAILURE : NOT_ACCEPTED;
    }
    return NO_STATUS;
}

enum requirement af_return_close(struct address_family *a, struct readings r,
                                 uint8_t status)
{
    uint8_t result = af_close_result(*a, r);

    if (result == NO_STATUS) {
        return AF_CM_02;
    }
    if (status != result) {
        return result == PENDING ? AF_CL_06 : AF_CL_07;
    }
    if (status == PENDING) {
        a->close_call = a->phase == AF_CLOSED ? CLOSE_CALL_NONE : CLOSE_CALL_PENDED;
    } else if (status == SUCCESS) {
        a->close_call = CLOSE_CALL_SUCCEEDED;
        end_withheld_notification(a);
    } else {
        a->close_call = r.amb_05 == 'a' ? CLOSE_CALL_FAILED : CLOSE_CALL_NONE;
        a->manager_close = MANAGER_CLOSE_NONE;
        a->phase = r.amb_02 == 'a' ? AF_CLOSING : AF_OPEN;
    }
    return CONFORMING;
}

enum requirement af_own_close_complete(struct address_family *a, struct readings r,
                                       uint8_t status)
{
    if (a->close_call == CLOSE_CALL_SUCCEEDED) {
        if (status != SUCCESS) {
            return AF_CL_04;
        }
        a->close_call = CLOSE_CALL_NONE;
        a->phase = AF_CLOSED;
        return CONFORMING;
    }
    if (a->close_call == CLOSE_CALL_FAILED) {
        if (status != FAILURE && status != NOT_ACCEPTED) {
            return AF_CL_04;
        }
        a->close_call = CLOSE_CALL_NONE;
        return CONFORMING;
    }
    return r.amb_05 == 'c' ? AF_CL_07 : AF_CL_05;
}

/* Reading a of AMB-07: an MCM's handle lives until its completion call has returned. */
/*@ LOOKS_ONLY
    ensures AF_CM_16: (\result != 0) <==> manager_may_notify(a, r); */
static int manager_may_notify(struct address_family a, struct readings r)
{
    return !manager_has_closed(a) ||
           (r.amb_07 == 'a' && a.miniport == 1 && a.phase != AF_CLOSED &&
            a.manager_close != MANAGER_CLOSE_SUCCEEDED);
}

enum requirement af_call_notify(struct address_family *a, struct readings r,
                                uint8_t miniport)
{
    if (a->opening.server == SERVER_OWED) { /* and whose call manager it is is not told yet */
        return NTF_09;
    }
    if (miniport != a->miniport) {
        return NTF_13;
    }
    if (a->phase == AF_FAILED) {
        return AF_OP_18;
    }
    if (manager_has_closed(*a) && a->notified == NOTIFIED_WITH_SUCCESS) {
        return NTF_36;
    }
    if (!manager_may_notify(*a, r)) {
        return a->manager_close == MANAGER_CLOSE_SUCCEEDED ? AF_CM_21 : AF_CM_16;
    }
    if (r.amb_02 == 'c' && client_was_told(*a)) {
        return AF_CM_22;
    }
    if (a->notification != NOTIFICATION_NONE) {
        return NTF_37;
    }
    if (a->manager_context == 0) {
        return AF_CM_24;
    }
    a->notify_call = 1;
    a->notified = NOTIFIED;
    if (a->phase == AF_CLOSING && (r.amb_10 == 'a' || r.amb_10 == 's')) {
        a->notification = NOTIFICATION_FINISHED;
        a->answer = r.amb_10 == 'a' ? FAILURE : SUCCESS;
    } else if (a->phase == AF_CLOSING && r.amb_10 == 'b') {
        a->notification = NOTIFICATION_PENDED;
        a->withheld = 1;
    } else {
        a->notification = NOTIFICATION_OWED;
    }
    return CONFORMING;
}

enum requirement af_enter_notification(struct address_family *a)
{
    if (a->notification != NOTIFICATION_OWED) {
        return NTF_05;
    }
    if (client_was_told(*a)) {
        return NTF_38;
    }
    if (a->client_context == 0) {
        return AF_CL_08;
    }
    a->notification = NOTIFICATION_INSIDE;
    return CONFORMING;
}

enum requirement af_wait_in_notification(struct address_family *a)
{
    if (a->phase == AF_CLOSING) {
        return a->notification == NOTIFICATION_INSIDE ? THR_02 : THR_01;
    }
    return CONFORMING;
}

/* The notification is over when the call has returned and, if it had returned
 * PENDING, the report has been delivered; either may come first (AMB-29). */
/*@ requires valid: \valid(a);
    terminates \true;
    exits never: \false;
    assigns *a;
    behavior over:
      assumes notification_is_over(*a);
      ensures settled: *a ==
        {\old(*a) \with .notification = (uint8_t)NOTIFICATION_NONE,
          .report = (uint8_t)REPORT_NONE, .answer = (uint8_t)NO_STATUS,
          .notified = (uint8_t)(\old(a->answer) == SUCCESS ? NOTIFIED_WITH_SUCCESS
                                                          : \old(a->notified))};
    behavior not_over:
      assumes !notification_is_over(*a);
      ensures unchanged: *a == \old(*a);
    complete behaviors;
    disjoint behaviors; */
static void settle_notification(struct address_family *a)
{
    if (a->notify_call == 0 && a->notification == NOTIFICATION_PENDED &&
        a->report == REPORT_DELIVERED) {
        a->notification = NOTIFICATION_NONE;
        a->report = REPORT_NONE;
        if (a->answer == SUCCESS) {
            a->notified = NOTIFIED_WITH_SUCCESS;
        }
        a->answer = NO_STATUS;
    }
}

enum requirement af_leave_notification(struct address_family *a, struct readings r,
                                       uint8_t status)
{
    if (a->notification != NOTIFICATION_INSIDE) {
        return NTF_05;
    }
    if (status == PENDING) {
        /* The answer still needs the handle that the context holds (AMB-09). */
        if (a->client_context == 0 && a->report == REPORT_NONE) {
            return NTF_23;
        }
        a->notification = NOTIFICATION_PENDED;
        return CONFORMING;
    }
    if (a->report != REPORT_NONE) {
        return NTF_25;
    }
    if (status == SUCCESS && a->phase != AF_CLOSED &&
        !(r.amb_11 == 'a' && a->phase == AF_CLOSING)) {
        return NTF_26;
    }
    if (status == NO_STATUS) {
        return NTF_27;
    }
    a->notification = NOTIFICATION_FINISHED;
    a->answer = status;
    return CONFORMING;
}

enum requirement af_call_notify_complete(struct address_family *a, struct readings r,
                                         uint8_t status)
{
    if (!client_has_handle(*a)) {
        return NTF_28;
    }
    if ((a->notification != NOTIFICATION_INSIDE &&
         a->notification != NOTIFICATION_PENDED) || a->withheld != 0) {
        return NTF_25;
    }
    if (a->report != REPORT_NONE) {
        return NTF_24;
    }
    if (status == PENDING || status == NO_STATUS) {
        return NTF_29;
    }
    if (status == SUCCESS && a->phase != AF_CLOSED && r.amb_01 != 'c') {
        return NTF_23;
    }
    if ((r.amb_01 == 'a' || r.amb_01 == 'c') && a->phase != AF_OPEN) {
        return AF_CL_02;
    }
    if (a->client_context == 0 && r.amb_09 != 'c') { /* the handle stood in it */
        return NTF_28;
    }
    /* Reading c of AMB-08: NDIS does not report what comes after the close. */
    a->report = r.amb_08 == 'c' && a->phase == AF_CLOSED ? REPORT_DELIVERED : REPORT_OWED;
    a->answer = status;
    return CONFORMING;
}

enum requirement af_enter_notify_complete(struct address_family *a, uint8_t status)
{
    if (a->report != REPORT_OWED) {
        return a->report == REPORT_DELIVERED ? NTF_07 : NTF_08;
    }
    if (status != a->answer) {
        return NTF_31;
    }
    if (a->manager_context == 0) {
        return AF_CM_24;
    }
    a->report = REPORT_DELIVERED;
    settle_notification(a);
    return CONFORMING;
}

/* What the notify call returns; NO_STATUS while it cannot return yet. A
 * notification that found the AF closed was not delivered (NTF-38): success. */
uint8_t af_notify_result(struct address_family a)
{
    if (a.notify_call == 0) {
        return NO_STATUS;
    }
    if (a.notification == NOTIFICATION_PENDED) {
        return PENDING;
    }
    if (a.notification == NOTIFICATION_FINISHED) {
        return a.answer;
    }
    if (a.notification == NOTIFICATION_OWED && client_was_told(a)) {
        return SUCCESS;
    }
    return NO_STATUS;
}

enum requirement af_return_notify(struct address_family *a, uint8_t miniport,
                                  uint8_t status)
{
    uint8_t result = af_notify_result(*a);

    if (miniport != a->miniport) {
        return NTF_13;
    }
    if (result == NO_STATUS) {
        return NTF_05;
    }
    if (status != result) {
        return result == PENDING ? NTF_07 : NTF_08;
    }
    a->notify_call = 0;
    if (status == PENDING) {
        settle_notification(a);
        return CONFORMING;
    }
    a->notification = NOTIFICATION_NONE;
    a->answer = NO_STATUS;
    if (status == SUCCESS) {
        a->notified = NOTIFIED_WITH_SUCCESS;
    }
    return CONFORMING;
}

enum requirement af_right_to_use(struct address_family a)
{
    if (open_pends(a)) {
        return AF_OP_08;
    }
    switch (a.phase) {
    case AF_OPEN: return CONFORMING;
    case AF_FAILED: return AF_OP_05;
    case AF_CLOSING: return AF_CL_27;
    default: return AF_CL_02;
    }
}

enum requirement af_free_client_context(struct address_family *a, struct readings r)
{
    if (a->client_context == 0) {
        return AF_CL_09;
    }
    if (a->phase == AF_OPENING ||
        (a->phase == AF_FAILED && a->opening.caller != CALLER_NONE)) {
        return AF_OP_12;
    }
    if (a->phase == AF_OPEN) {
        return AF_CL_10;
    }
    if (a->phase == AF_CLOSING && r.amb_09 != 'a') {
        return AF_CL_08;
    }
    if (r.amb_09 == 'c' && a->notification == NOTIFICATION_PENDED &&
        a->report == REPORT_NONE && a->withheld == 0) {
        return NTF_23;
    }
    a->client_context = 0;
    return CONFORMING;
}

enum requirement af_free_manager_context(struct address_family *a, struct readings r)
{
    if (a->phase == AF_OPENING || a->phase == AF_FAILED) {
        if (a->manager_context == 0) {
            return AF_OP_18;
        }
    } else if (a->manager_close != MANAGER_CLOSE_INSIDE && !manager_has_closed(*a)) {
        return AF_CM_22;
    }
    if (a->manager_context == 0 ||
        ((r.amb_08 != 'a' || a->phase == AF_OPENING) &&
         a->notification != NOTIFICATION_NONE)) {
        return AF_CM_24;
    }
    a->manager_context = 0;
    return CONFORMING;
}

/* Nothing of the client hangs on this AF any more (AF-CL-16, UNB-23). */
int af_client_done(struct address_family a)
{
    return a.phase == AF_FREE ||
           (((a.phase == AF_CLOSED && a.close_call == CLOSE_CALL_NONE) ||
             a.phase == AF_FAILED) &&
            a.client_context == 0 && a.opening.caller == CALLER_NONE);
}

/* Nothing of the call manager hangs on this AF any more (UNB-24). */
int af_manager_done(struct address_family a)
{
    return a.phase == AF_FREE ||
           (a.manager_context == 0 && a.resources == 0 && a.notify_call == 0 &&
            a.notification == NOTIFICATION_NONE && a.opening.server != SERVER_PENDED);
}
