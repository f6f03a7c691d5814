/* ddk_types.c - ndis.h against the DDK header of mingw-w64, by the cross compiler.
 *
 * What has the same name in both is declared twice here, and the compiler refuses it
 * unless both have the same type. That DDK header describes NDIS 5: what has another name
 * there is compared by a row below. tests/test_porting.sh compiles this file, requires of
 * it that an altered ndis.h is refused by name, and makes the table from its rows. */

/* The DDK header cannot be compiled as it is: an enumeration of ntddndis.h stands in it
 * once more, and a parameter list lacks a comma. */
#define NDIS51 1
#include <ddk/ntddk.h>
typedef int NDIS_STATUS;
#include <ntddndis.h>
#define _NDIS_REQUEST_TYPE second_request_type
#define NDIS_REQUEST_TYPE SECOND_REQUEST_TYPE
#define PNDIS_REQUEST_TYPE SECOND_REQUEST_TYPE_POINTER
#define NdisRequestQueryInformation SecondRequestQueryInformation
#define NdisRequestSetInformation SecondRequestSetInformation
#define NdisRequestQueryStatistics SecondRequestQueryStatistics
#define NdisRequestOpen SecondRequestOpen
#define NdisRequestClose SecondRequestClose
#define NdisRequestSend SecondRequestSend
#define NdisRequestTransferData SecondRequestTransferData
#define NdisRequestReset SecondRequestReset
#define NdisRequestGeneric1 SecondRequestGeneric1
#define NdisRequestGeneric2 SecondRequestGeneric2
#define NdisRequestGeneric3 SecondRequestGeneric3
#define NdisRequestGeneric4 SecondRequestGeneric4
#define NdisMWanIndicateReceiveComplete(...) NdisMWanIndicateReceiveComplete(void)

/* Where a function stands, in a library or here, is no part of its type. */
#undef DECLSPEC_IMPORT
#define DECLSPEC_IMPORT

#include <ddk/ndis.h>

enum {
    DDK_SUCCESS = NDIS_STATUS_SUCCESS,
    DDK_PENDING = NDIS_STATUS_PENDING,
    DDK_NOT_ACCEPTED = NDIS_STATUS_NOT_ACCEPTED,
    DDK_FAILURE = NDIS_STATUS_FAILURE,
    DDK_RESOURCES = NDIS_STATUS_RESOURCES,
    DDK_NOT_SUPPORTED = NDIS_STATUS_NOT_SUPPORTED,
    DDK_CLOSING = NDIS_STATUS_CLOSING,
    DDK_INVALID_DATA = NDIS_STATUS_INVALID_DATA
};
#undef NDIS_STATUS_SUCCESS
#undef NDIS_STATUS_PENDING
#undef NDIS_STATUS_NOT_ACCEPTED
#undef NDIS_STATUS_FAILURE
#undef NDIS_STATUS_RESOURCES
#undef NDIS_STATUS_NOT_SUPPORTED
#undef NDIS_STATUS_CLOSING
#undef NDIS_STATUS_INVALID_DATA

#ifndef DDK_ALONE /* for the list of what the DDK header has */
#include "ndis.h"

#define COMPATIBLE(ours, theirs) __builtin_types_compatible_p(__typeof__(ours) *, theirs)

/* A callback, by the name that NDIS 5 gave its type. */
#define SAME(ours, theirs) _Static_assert(COMPATIBLE(ours, theirs), #ours " is not " #theirs)

/* The MCM's function is the stand-alone call manager's, by another name (MCM-01). */
#define COUNTERPART(ours, theirs) SAME(ours, __typeof__(theirs) *)

/* NDIS 6 changed the type, and why; refused if the two are the same after all. */
#define CHANGED(ours, theirs, why) \
    _Static_assert(!COMPATIBLE(ours, theirs), #ours " is " #theirs " after all: " why)
#define CHANGED_FUNCTION(ours, theirs, why) CHANGED(ours, __typeof__(theirs) *, why)

_Static_assert(NDIS_STATUS_SUCCESS == DDK_SUCCESS, "NDIS_STATUS_SUCCESS");
_Static_assert(NDIS_STATUS_PENDING == DDK_PENDING, "NDIS_STATUS_PENDING");
_Static_assert(NDIS_STATUS_NOT_ACCEPTED == DDK_NOT_ACCEPTED, "NDIS_STATUS_NOT_ACCEPTED");
_Static_assert(NDIS_STATUS_FAILURE == DDK_FAILURE, "NDIS_STATUS_FAILURE");
_Static_assert(NDIS_STATUS_RESOURCES == DDK_RESOURCES, "NDIS_STATUS_RESOURCES");
_Static_assert(NDIS_STATUS_NOT_SUPPORTED == DDK_NOT_SUPPORTED, "NDIS_STATUS_NOT_SUPPORTED");
_Static_assert(NDIS_STATUS_CLOSING == DDK_CLOSING, "NDIS_STATUS_CLOSING");
_Static_assert(NDIS_STATUS_INVALID_DATA == DDK_INVALID_DATA, "NDIS_STATUS_INVALID_DATA");

/* AFs. */
SAME(PROTOCOL_CO_AF_REGISTER_NOTIFY, CO_AF_REGISTER_NOTIFY_HANDLER);
SAME(PROTOCOL_CM_OPEN_AF, CM_OPEN_AF_HANDLER);
SAME(PROTOCOL_CM_CLOSE_AF, CM_CLOSE_AF_HANDLER);
SAME(PROTOCOL_CL_CLOSE_AF_COMPLETE, CL_CLOSE_AF_COMPLETE_HANDLER);
COUNTERPART(NdisMCmOpenAddressFamilyComplete, NdisCmOpenAddressFamilyComplete);
COUNTERPART(NdisMCmCloseAddressFamilyComplete, NdisCmCloseAddressFamilyComplete);
CHANGED(PROTOCOL_CL_OPEN_AF_COMPLETE_EX, CL_OPEN_AF_COMPLETE_HANDLER, "the status is last");
CHANGED_FUNCTION(NdisClOpenAddressFamilyEx, NdisClOpenAddressFamily, "the handlers are registered before");
CHANGED_FUNCTION(NdisCmRegisterAddressFamilyEx, NdisCmRegisterAddressFamily, "the handlers are registered before");
CHANGED_FUNCTION(NdisMCmRegisterAddressFamilyEx, NdisMCmRegisterAddressFamily, "the handlers are registered before");

/* SAPs. */
SAME(PROTOCOL_CM_REG_SAP, CM_REG_SAP_HANDLER);
SAME(PROTOCOL_CM_DEREGISTER_SAP, CM_DEREG_SAP_HANDLER);
SAME(PROTOCOL_CL_REGISTER_SAP_COMPLETE, CL_REG_SAP_COMPLETE_HANDLER);
SAME(PROTOCOL_CL_DEREGISTER_SAP_COMPLETE, CL_DEREG_SAP_COMPLETE_HANDLER);
COUNTERPART(NdisMCmRegisterSapComplete, NdisCmRegisterSapComplete);
COUNTERPART(NdisMCmDeregisterSapComplete, NdisCmDeregisterSapComplete);

/* VCs. */
SAME(PROTOCOL_CO_CREATE_VC, CO_CREATE_VC_HANDLER);
SAME(PROTOCOL_CO_DELETE_VC, CO_DELETE_VC_HANDLER);
SAME(PROTOCOL_CM_DEACTIVATE_VC_COMPLETE, CM_DEACTIVATE_VC_COMPLETE_HANDLER);
CHANGED_FUNCTION(NdisCoSendNetBufferLists, NdisCoSendPackets, "NET_BUFFER_LIST replaces NDIS_PACKET");
CHANGED(PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE, CO_SEND_COMPLETE_HANDLER, "NET_BUFFER_LIST replaces NDIS_PACKET");

/* Calls. */
SAME(PROTOCOL_CM_MAKE_CALL, CM_MAKE_CALL_HANDLER);
SAME(PROTOCOL_CL_MAKE_CALL_COMPLETE, CL_MAKE_CALL_COMPLETE_HANDLER);
SAME(PROTOCOL_CL_INCOMING_CALL, CL_INCOMING_CALL_HANDLER);
SAME(PROTOCOL_CM_INCOMING_CALL_COMPLETE, CM_INCOMING_CALL_COMPLETE_HANDLER);
SAME(PROTOCOL_CM_CLOSE_CALL, CM_CLOSE_CALL_HANDLER);
SAME(PROTOCOL_CL_CLOSE_CALL_COMPLETE, CL_CLOSE_CALL_COMPLETE_HANDLER);
SAME(PROTOCOL_CL_INCOMING_CLOSE_CALL, CL_INCOMING_CLOSE_CALL_HANDLER);
COUNTERPART(NdisMCmMakeCallComplete, NdisCmMakeCallComplete);
COUNTERPART(NdisMCmDispatchIncomingCall, NdisCmDispatchIncomingCall);
COUNTERPART(NdisMCmCloseCallComplete, NdisCmCloseCallComplete);
COUNTERPART(NdisMCmDispatchIncomingCloseCall, NdisCmDispatchIncomingCloseCall);

/* Parties. */
SAME(PROTOCOL_CM_ADD_PARTY, CM_ADD_PARTY_HANDLER);
SAME(PROTOCOL_CL_ADD_PARTY_COMPLETE, CL_ADD_PARTY_COMPLETE_HANDLER);
SAME(PROTOCOL_CM_DROP_PARTY, CM_DROP_PARTY_HANDLER);
SAME(PROTOCOL_CL_DROP_PARTY_COMPLETE, CL_DROP_PARTY_COMPLETE_HANDLER);
SAME(PROTOCOL_CL_INCOMING_DROP_PARTY, CL_INCOMING_DROP_PARTY_HANDLER);
COUNTERPART(NdisMCmAddPartyComplete, NdisCmAddPartyComplete);
COUNTERPART(NdisMCmDropPartyComplete, NdisCmDropPartyComplete);
COUNTERPART(NdisMCmDispatchIncomingDropParty, NdisCmDispatchIncomingDropParty);

/* OID requests. */
CHANGED_FUNCTION(NdisCoOidRequest, NdisCoRequest, "NDIS_OID_REQUEST replaces NDIS_REQUEST");
CHANGED_FUNCTION(NdisMCmOidRequest, NdisMCmRequest, "NDIS_OID_REQUEST replaces NDIS_REQUEST");
CHANGED(PROTOCOL_CO_OID_REQUEST, CO_REQUEST_HANDLER, "NDIS_OID_REQUEST replaces NDIS_REQUEST");
CHANGED(MINIPORT_CO_OID_REQUEST, W_CO_REQUEST_HANDLER, "NDIS_OID_REQUEST replaces NDIS_REQUEST");
CHANGED_FUNCTION(NdisCoOidRequestComplete, NdisCoRequestComplete, "NDIS_OID_REQUEST, and the status is last");
CHANGED_FUNCTION(NdisMCoOidRequestComplete, NdisMCoRequestComplete, "NDIS_OID_REQUEST, and the status is last");
CHANGED(PROTOCOL_CO_OID_REQUEST_COMPLETE, CO_REQUEST_COMPLETE_HANDLER, "NDIS_OID_REQUEST, and the status is last");
CHANGED_FUNCTION(NdisOidRequest, NdisRequest, "NDIS_OID_REQUEST, and the status is returned");
CHANGED(PROTOCOL_OID_REQUEST_COMPLETE, REQUEST_COMPLETE_HANDLER, "NDIS_OID_REQUEST replaces NDIS_REQUEST");

/* Drivers and bindings. */
SAME(PROTOCOL_UNINSTALL, UNLOAD_PROTOCOL_HANDLER);
CHANGED_FUNCTION(NdisRegisterProtocolDriver, NdisRegisterProtocol, "the status is returned");
CHANGED_FUNCTION(NdisDeregisterProtocolDriver, NdisDeregisterProtocol, "there is no status");
CHANGED(PROTOCOL_BIND_ADAPTER_EX, BIND_HANDLER, "the status is returned, and the parameters are a structure");
CHANGED(PROTOCOL_UNBIND_ADAPTER_EX, UNBIND_HANDLER, "the status is returned");
CHANGED_FUNCTION(NdisOpenAdapterEx, NdisOpenAdapter, "the status is returned, and the parameters are a structure");
CHANGED(PROTOCOL_OPEN_ADAPTER_COMPLETE_EX, OPEN_ADAPTER_COMPLETE_HANDLER, "there is no second status");
CHANGED_FUNCTION(NdisCloseAdapterEx, NdisCloseAdapter, "the status is returned");
CHANGED(PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX, CLOSE_ADAPTER_COMPLETE_HANDLER, "there is no status");
CHANGED_FUNCTION(NdisCompleteBindAdapterEx, NdisCompleteBindAdapter, "there is no second status");
CHANGED_FUNCTION(NdisCompleteUnbindAdapterEx, NdisCompleteUnbindAdapter, "there is no status");
CHANGED_FUNCTION(NdisCompleteNetPnPEvent, NdisCompletePnPEvent, "NET_PNP_EVENT_NOTIFICATION, and the status is last");
CHANGED(PROTOCOL_NET_PNP_EVENT, PNP_EVENT_HANDLER, "NET_PNP_EVENT_NOTIFICATION replaces NET_PNP_EVENT");
CHANGED_FUNCTION(NdisReturnNetBufferLists, NdisReturnPackets, "NET_BUFFER_LIST replaces NDIS_PACKET");
CHANGED(PROTOCOL_RECEIVE_NET_BUFFER_LISTS, RECEIVE_PACKET_HANDLER, "NET_BUFFER_LIST replaces NDIS_PACKET");
CHANGED(PROTOCOL_STATUS_EX, STATUS_HANDLER, "NDIS_STATUS_INDICATION replaces its members");
CHANGED(PROTOCOL_CO_STATUS_EX, CO_STATUS_HANDLER, "NDIS_STATUS_INDICATION replaces its members");

/* Miniports. */
CHANGED(MINIPORT_INITIALIZE, W_INITIALIZE_HANDLER, "the parameters are a structure");
CHANGED(MINIPORT_HALT, W_HALT_HANDLER, "there is a reason");
#endif
