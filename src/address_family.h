/* address_family.h - one open address family: the rights of its two holders.
 *
 * Every function takes the record of one AF and an answer or a status, and either
 * accepts the event (CONFORMING, the record moves on) or names the requirement
 * that the event breaks and leaves the record as it was. */
#ifndef CLOSEAF_ADDRESS_FAMILY_H
#define CLOSEAF_ADDRESS_FAMILY_H

#include "event.h"
#include "requirement.h"

enum af_phase {
    AF_FREE,    /* never opened, or forgotten by both holders */
    AF_OPEN,    /* the client may use and close */
    AF_CLOSING, /* from the call of NdisClCloseAddressFamily (AF-CL-02) */
    AF_CLOSED   /* the client has been told of the success */
};

/* Where the client's thread stands in NdisClCloseAddressFamily. */
enum close_call {
    CLOSE_CALL_NONE,
    CLOSE_CALL_INSIDE,
    CLOSE_CALL_PENDED,    /* returned PENDING: NDIS owes the completion (AF-CL-06) */
    CLOSE_CALL_SUCCEEDED, /* returned SUCCESS: the client owes its own (AF-CL-04) */
    CLOSE_CALL_FAILED     /* returned a failure: likewise; the AF is open again (AMB-02) */
};

/* What the call manager has been asked and what it said. */
enum manager_close {
    MANAGER_CLOSE_NONE,
    MANAGER_CLOSE_OWED,             /* NDIS has yet to enter ProtocolCmCloseAf */
    MANAGER_CLOSE_INSIDE,           /* in ProtocolCmCloseAf */
    MANAGER_CLOSE_COMPLETED_INSIDE, /* completed before it has returned (AF-CM-25) */
    MANAGER_CLOSE_PENDED,           /* returned PENDING: owes the completion */
    MANAGER_CLOSE_COMPLETED,        /* completed what it had pended */
    MANAGER_CLOSE_SUCCEEDED,        /* closed at once */
    MANAGER_CLOSE_REFUSED,          /* answered NDIS_STATUS_NOT_ACCEPTED */
    MANAGER_CLOSE_REJECTED          /* never asked: NDIS refused by itself (AMB-06 a) */
};

/* The client's side of a notification. */
enum notification {
    NOTIFICATION_NONE,
    NOTIFICATION_OWED,     /* the call manager has called; NDIS has yet to deliver */
    NOTIFICATION_INSIDE,   /* in ProtocolClNotifyCloseAf */
    NOTIFICATION_PENDED,   /* the handler returned PENDING */
    NOTIFICATION_FINISHED  /* the handler returned its answer; the call has yet to */
};

/* NDIS's report of a pended notification to the call manager. */
enum report { REPORT_NONE, REPORT_OWED, REPORT_DELIVERED };

enum notified { NEVER_NOTIFIED, NOTIFIED, NOTIFIED_WITH_SUCCESS };

struct address_family {
    uint32_t generation;
    uint32_t client;         /* slot of the client's binding */
    uint8_t miniport;        /* 1: the call manager is an MCM */
    uint8_t phase;           /* enum af_phase */
    uint8_t close_call;      /* enum close_call */
    uint8_t manager_close;   /* enum manager_close */
    uint8_t notify_call;     /* 1: the call manager's notify call has not returned */
    uint8_t notification;    /* enum notification */
    uint8_t report;          /* enum report */
    uint8_t answer;          /* enum status: the client's answer to the notification */
    uint8_t notified;        /* enum notified */
    uint8_t client_context;  /* 1: allocated */
    uint8_t manager_context; /* 1: allocated */
    uint8_t resources;       /* 1: what ProtocolCmOpenAf allocated is still held */
    uint8_t calls;
    uint8_t saps;
    uint8_t requests;
};

/* How the documents are read where they contradict each other: the letter of the
 * reading in the register of ambiguities. */
struct readings {
    uint8_t amb_01; /* 'b': the handle may still answer a notification; 'a': it is dead */
    uint8_t amb_03; /* 'a': NDIS passes NOT_ACCEPTED through; 'b': it makes it FAILURE */
    uint8_t amb_06; /* 'b': a close with work left is forwarded; 'a': NDIS rejects it */
    uint8_t amb_10; /* 'c': a notification that meets a close is delivered; 'a': it fails */
};

enum requirement af_call_close(struct address_family *a, struct readings r);
enum requirement af_enter_manager_close(struct address_family *a);
enum requirement af_release_resources(struct address_family *a);
enum requirement af_leave_manager_close(struct address_family *a, uint8_t status);
enum requirement af_call_close_complete(struct address_family *a, uint8_t miniport,
                                        uint8_t status);
enum requirement af_enter_close_complete(struct address_family *a, uint8_t status);
enum requirement af_return_close(struct address_family *a, struct readings r,
                                 uint8_t status);
enum requirement af_own_close_complete(struct address_family *a, uint8_t status);

enum requirement af_call_notify(struct address_family *a, struct readings r,
                                uint8_t miniport);
enum requirement af_enter_notification(struct address_family *a);
enum requirement af_wait_in_notification(struct address_family *a);
enum requirement af_leave_notification(struct address_family *a, uint8_t status);
enum requirement af_call_notify_complete(struct address_family *a, struct readings r,
                                         uint8_t status);
enum requirement af_enter_notify_complete(struct address_family *a, uint8_t status);
enum requirement af_return_notify(struct address_family *a, uint8_t miniport,
                                  uint8_t status);

enum requirement af_make_call(struct address_family *a);
enum requirement af_close_call(struct address_family *a);
enum requirement af_register_sap(struct address_family *a);
enum requirement af_deregister_sap(struct address_family *a);
enum requirement af_request(struct address_family *a);
enum requirement af_request_complete(struct address_family *a);
enum requirement af_free_client_context(struct address_family *a);
enum requirement af_free_manager_context(struct address_family *a);

uint8_t af_close_result(struct address_family a, struct readings r);
uint8_t af_notify_result(struct address_family a);
int af_client_is_done(struct address_family a);
int af_manager_is_done(struct address_family a);

#endif
