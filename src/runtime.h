/* runtime.h - NDIS with real threads around the core.
 *
 * Each event is one step: take the lock, ask core_step, record the event, drop the
 * lock. Then the callback that the core's state says is owed is made, on the calling
 * thread and with no lock held (NTF-35, THR-07). The functions that a driver calls
 * are in ndis.h; here is what plug and play, a test or a replay needs besides.
 * There is one NDIS in a process, as in a kernel. */
#ifndef CLOSEAF_RUNTIME_H
#define CLOSEAF_RUNTIME_H

#include "core.h"
#include "ndis.h"

/* The callbacks of one driver, from its characteristics structures. */
struct entry_points {
    /* any protocol driver */
    PROTOCOL_BIND_ADAPTER_EX *BindAdapterHandlerEx;
    PROTOCOL_UNBIND_ADAPTER_EX *UnbindAdapterHandlerEx;
    PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *OpenAdapterCompleteHandlerEx;
    PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *CloseAdapterCompleteHandlerEx;
    PROTOCOL_NET_PNP_EVENT *NetPnPEventHandler;
    PROTOCOL_OID_REQUEST_COMPLETE *OidRequestCompleteHandler;
    PROTOCOL_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
    PROTOCOL_STATUS_EX *StatusHandlerEx;
    PROTOCOL_CO_STATUS_EX *CoStatusHandlerEx;
    PROTOCOL_CO_AF_REGISTER_NOTIFY *CoAfRegisterNotifyHandler;
    PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE *CoSendNetBufferListsCompleteHandler;
    /* clients and call managers */
    PROTOCOL_CO_CREATE_VC *CoCreateVcHandler;
    PROTOCOL_CO_DELETE_VC *CoDeleteVcHandler;
    PROTOCOL_CO_OID_REQUEST *CoOidRequestHandler;
    PROTOCOL_CO_OID_REQUEST_COMPLETE *CoOidRequestCompleteHandler;
    /* clients */
    PROTOCOL_CL_OPEN_AF_COMPLETE_EX *ClOpenAfCompleteHandlerEx;
    PROTOCOL_CL_CLOSE_AF_COMPLETE *ClCloseAfCompleteHandler;
    PROTOCOL_CL_NOTIFY_CLOSE_AF *ClNotifyCloseAfHandler;
    PROTOCOL_CL_REGISTER_SAP_COMPLETE *ClRegisterSapCompleteHandler;
    PROTOCOL_CL_DEREGISTER_SAP_COMPLETE *ClDeregisterSapCompleteHandler;
    PROTOCOL_CL_MAKE_CALL_COMPLETE *ClMakeCallCompleteHandler;
    PROTOCOL_CL_CLOSE_CALL_COMPLETE *ClCloseCallCompleteHandler;
    PROTOCOL_CL_INCOMING_CALL *ClIncomingCallHandler;
    PROTOCOL_CL_INCOMING_CLOSE_CALL *ClIncomingCloseCallHandler;
    PROTOCOL_CL_ADD_PARTY_COMPLETE *ClAddPartyCompleteHandler;
    PROTOCOL_CL_DROP_PARTY_COMPLETE *ClDropPartyCompleteHandler;
    PROTOCOL_CL_INCOMING_DROP_PARTY *ClIncomingDropPartyHandler;
    /* call managers */
    PROTOCOL_CM_OPEN_AF *CmOpenAfHandler;
    PROTOCOL_CM_CLOSE_AF *CmCloseAfHandler;
    PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE *CmNotifyCloseAfCompleteHandler;
    PROTOCOL_CM_REG_SAP *CmRegisterSapHandler;
    PROTOCOL_CM_DEREGISTER_SAP *CmDeregisterSapHandler;
    PROTOCOL_CM_DEACTIVATE_VC_COMPLETE *CmDeactivateVcCompleteHandler;
    PROTOCOL_CM_MAKE_CALL *CmMakeCallHandler;
    PROTOCOL_CM_CLOSE_CALL *CmCloseCallHandler;
    PROTOCOL_CM_INCOMING_CALL_COMPLETE *CmIncomingCallCompleteHandler;
    PROTOCOL_CM_ADD_PARTY *CmAddPartyHandler;
    PROTOCOL_CM_DROP_PARTY *CmDropPartyHandler;
    /* miniports: an MCM's, and those of the miniport beneath a call manager */
    MINIPORT_INITIALIZE *InitializeHandlerEx;
    MINIPORT_HALT *HaltHandlerEx;
    MINIPORT_CO_CREATE_VC *MiniportCoCreateVcHandler;
    MINIPORT_CO_DELETE_VC *MiniportCoDeleteVcHandler;
    MINIPORT_CO_DEACTIVATE_VC *MiniportCoDeactivateVcHandler;
    MINIPORT_CO_OID_REQUEST *MiniportCoOidRequestHandler;
};

/* What the surroundings of the runtime decide and see. Any of them may be null. */
struct runtime_hooks {
    void *context;
    /* Before each event, on its thread, with no lock held: may wait. Non-zero: the
     * event does not happen. */
    int (*before)(void *context, const struct event *event);
    /* NDIS's free choices: the slot of a new object, filled in already with the first that is
     * free; how opening and closing an adapter ends, with success; and where there is no
     * status, whether NDIS answers by itself or fails, if the core permits it. */
    void (*choose)(void *context, struct event *event);
    /* Each event in the order in which NDIS saw it, under the lock. broken is
     * CONFORMING, or what a driver has broken: then the event had no effect. */
    void (*record)(void *context, const struct event *event, enum requirement broken);
    /* NDIS owes a callback that no driver's call makes: the enter event. Null: a
     * thread of NDIS's makes it with ndis_enter. */
    void (*owe)(void *context, uint16_t enter, struct handle object);
    /* 1: the hooks decide in which order things happen, and NDIS itself waits for nothing. */
    int in_order;
};

/* Starts NDIS with nothing bound. The hooks stay the caller's until runtime_stop. */
void runtime_start(struct readings readings, const struct runtime_hooks *hooks);

/* Waits until each thread of the runtime's has ended and says what is left undone:
 * core_unmet. */
enum requirement runtime_stop(void);

/* What is undone at this moment. */
enum requirement runtime_unmet(void);

/* The driver that binds in this slot. The entry points stay the caller's. Every driver
 * supplies what NDIS may have to call: the answer is the requirement that a missing
 * callback breaks (AF-CM-01, NTF-17, AF-CL-19, NTF-16, UNB-02, CAD-14, REG-06, REG-07, REG-08,
 * REG-15), and then the driver is not attached. */
enum requirement runtime_attach(uint32_t slot, const struct entry_points *entry,
                                NDIS_HANDLE driver_context);

/* The miniport beneath a stand-alone call manager and its clients. Likewise. */
void runtime_attach_miniport(const struct entry_points *entry, NDIS_HANDLE adapter_context);

/* The handle that the slot has, or, while it is unbound, will have when bound. */
struct handle runtime_binding(uint32_t slot);

/* Waits until the slot is bound, or unbound. At PASSIVE_LEVEL. */
void runtime_wait_until_bound(uint32_t slot);
void runtime_wait_until_unbound(uint32_t slot);

/* NDIS enters a callback of its own accord, on this thread: ENTER_BIND,
 * ENTER_INITIALIZE, ENTER_UNBIND, ENTER_HALT, ENTER_AF_REGISTER_NOTIFY,
 * ENTER_CLOSE_ADAPTER_COMPLETE or one of the request and send completions. Returns
 * 0, and nothing happens, if the callback is not owed. */
int ndis_enter(uint16_t enter, struct handle object);

/* NDIS unbinds a driver, on this thread: it pauses a binding that runs, and when the pause is
 * over it enters ProtocolUnbindAdapterEx (BND-05). */
void ndis_unbind(struct handle binding);

/* What the system does by itself, its "do" lines: the stack goes up and down, the adapter is
 * removed (REMOVE_ADAPTER: every bound driver is owed its unbind or halt, UNB-01, which the
 * caller makes with ndis_enter, in whatever order). */
void system_did(uint16_t act, struct handle object);

/* A driver's own act, the "do" lines: the driver says so at the moment it acts. The object is
 * its handle, or the NDIS_OID_REQUEST of a line of a request. The status is for the lines that
 * have one, the completions that a driver runs by itself; elsewhere it is not used. */
void driver_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status);

/* A line that says only that something has been done, without the steps that led to it. */
void driver_says(const struct event *event);

/* Runs the routine on a thread of its own, as an NDIS work item at PASSIVE_LEVEL. */
void runtime_queue_work(void (*routine)(void *), void *context);

/* The number and the IRQL under which this thread's events are recorded. A thread
 * that sets no number gets the lowest that is free; the level begins PASSIVE. */
void runtime_set_thread(uint8_t number);
void runtime_set_irql(uint8_t irql);

/* Handles as the core sees them, and back. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
NDIS_HANDLE runtime_handle(uint16_t kind, struct handle object); /* the object of this event */
NDIS_HANDLE runtime_party_of_call(struct handle vc); /* that a call has from the beginning (PTY-05) */
NDIS_HANDLE runtime_binding_handle(struct handle binding);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
uint8_t status_of(NDIS_STATUS status);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
NDIS_STATUS ndis_status_of(uint8_t status);

#endif
