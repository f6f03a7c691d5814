/* binding.h - one binding of a protocol driver to the adapter, or the adapter of an
 * MCM: from bind to unbind, from initialise to halt. Conventions as in
 * address_family.h. What the AFs of the binding allow is decided in core.c. */
#ifndef CLOSEAF_BINDING_H
#define CLOSEAF_BINDING_H

#include "event.h"
#include "requirement.h"

enum binding_phase {
    UNBOUND,
    BINDING,       /* in ProtocolBindAdapterEx or MiniportInitializeEx */
    BOUND,
    UNBINDING,     /* in ProtocolUnbindAdapterEx or MiniportHaltEx */
    UNBIND_PENDED  /* the handler returned PENDING (UNB-10) */
};

enum adapter {
    ADAPTER_NONE,                   /* not opened; an MCM never opens one */
    ADAPTER_OPEN,                   /* the binding handle is valid */
    ADAPTER_CLOSE_INSIDE,           /* in NdisCloseAdapterEx: the handle is dead (CAD-12) */
    ADAPTER_CLOSE_COMPLETED_INSIDE, /* completed before the call returned (AMB-29) */
    ADAPTER_CLOSE_PENDED,           /* NDIS owes ProtocolCloseAdapterCompleteEx (CAD-04) */
    ADAPTER_CLOSED
};

struct binding {
    uint32_t generation;
    uint8_t miniport;         /* 1: an MCM's adapter */
    uint8_t phase;            /* enum binding_phase */
    uint8_t adapter;          /* enum adapter */
    uint8_t unbind_owed;      /* 1: removal, reconfiguration or NdisUnbindAdapter (UNB-01) */
    uint8_t unbind_completed; /* 1: NdisCompleteUnbindAdapterEx was called */
    uint8_t context;          /* 1: ProtocolBindingContext is allocated */
    uint8_t registered;       /* 1: the call manager offers its AF here */
    uint8_t offer_owed;       /* 1: NDIS owes ProtocolCoAfRegisterNotify (REG-12) */
    uint8_t sends;
    uint8_t requests;
};

enum requirement binding_enter_bind(struct binding *b, uint8_t miniport);
enum requirement binding_return_open_adapter(struct binding *b, uint8_t status);
enum requirement binding_leave_bind(struct binding *b, uint8_t miniport,
                                    uint8_t must_register, uint8_t status);
enum requirement binding_register_af(struct binding *b, uint8_t miniport);
enum requirement binding_enter_register_notify(struct binding *b);
enum requirement binding_send(struct binding *b);
enum requirement binding_send_complete(struct binding *b);
enum requirement binding_request(struct binding *b);
enum requirement binding_request_complete(struct binding *b);
enum requirement binding_call_unbind_adapter(struct binding *b);
enum requirement binding_enter_unbind(struct binding *b, uint8_t miniport);
enum requirement binding_call_close_adapter(struct binding *b);
enum requirement binding_enter_close_adapter_complete(struct binding *b);
enum requirement binding_return_close_adapter(struct binding *b, uint8_t status);
enum requirement binding_free_context(struct binding *b);
enum requirement binding_call_complete_unbind(struct binding *b);
enum requirement binding_leave_unbind(struct binding *b, uint8_t miniport,
                                      uint8_t status);

#endif
