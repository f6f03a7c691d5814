/* ndis_objects.h - the functions and callbacks of what an AF holds: SAPs, VCs, calls,
 * parties and OID requests. Part of ndis.h.
 *
 * In the published header the NdisMCm completions and dispatches are macros upon their
 * NdisCm counterparts; here each is a function, of the same type. */
#ifndef CLOSEAF_NDIS_OBJECTS_H
#define CLOSEAF_NDIS_OBJECTS_H

#include "ndis_types.h"

/* SAPs: the client. */
NDIS_STATUS NdisClRegisterSap(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext,
                              PCO_SAP Sap, PNDIS_HANDLE NdisSapHandle);
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle);
typedef void PROTOCOL_CL_REGISTER_SAP_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext,
                                               PCO_SAP Sap, NDIS_HANDLE NdisSapHandle);
typedef void PROTOCOL_CL_DEREGISTER_SAP_COMPLETE(NDIS_STATUS Status,
                                                 NDIS_HANDLE ProtocolSapContext);

/* SAPs: the call manager. ProtocolCmRegisterSap has the type PROTOCOL_CM_REG_SAP. */
typedef NDIS_STATUS PROTOCOL_CM_REG_SAP(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap,
                                        NDIS_HANDLE NdisSapHandle, PNDIS_HANDLE CallMgrSapContext);
typedef NDIS_STATUS PROTOCOL_CM_DEREGISTER_SAP(NDIS_HANDLE CallMgrSapContext);
void NdisCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
                               NDIS_HANDLE CallMgrSapContext);
void NdisMCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
                                NDIS_HANDLE CallMgrSapContext);
void NdisCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle);
void NdisMCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle);

/* VCs: either side creates one, the other is told; the miniport beneath takes part. */
NDIS_STATUS NdisCoCreateVc(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                           NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmCreateVc(NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisAfHandle,
                            NDIS_HANDLE MiniportVcContext, PNDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisCoDeleteVc(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDeleteVc(NDIS_HANDLE NdisVcHandle);
typedef NDIS_STATUS PROTOCOL_CO_CREATE_VC(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle,
                                          PNDIS_HANDLE ProtocolVcContext);
typedef NDIS_STATUS PROTOCOL_CO_DELETE_VC(NDIS_HANDLE ProtocolVcContext);
typedef NDIS_STATUS MINIPORT_CO_CREATE_VC(NDIS_HANDLE MiniportAdapterContext,
                                          NDIS_HANDLE NdisVcHandle,
                                          PNDIS_HANDLE MiniportVcContext);
typedef NDIS_STATUS MINIPORT_CO_DELETE_VC(NDIS_HANDLE MiniportVcContext);

/* VCs: activation, by the call manager. */
NDIS_STATUS NdisCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisMCmActivateVc(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisCmDeactivateVc(NDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisMCmDeactivateVc(NDIS_HANDLE NdisVcHandle);
typedef NDIS_STATUS MINIPORT_CO_DEACTIVATE_VC(NDIS_HANDLE MiniportVcContext);
void NdisMCoDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle);
typedef void PROTOCOL_CM_DEACTIVATE_VC_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext);

/* VCs: data. */
void NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags);
typedef void PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE ProtocolVcContext,
                                                        PNET_BUFFER_LIST NetBufferLists,
                                                        ULONG SendCompleteFlags);

/* Calls that the client makes. */
NDIS_STATUS NdisClMakeCall(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle);
typedef NDIS_STATUS PROTOCOL_CM_MAKE_CALL(NDIS_HANDLE CallMgrVcContext,
                                          PCO_CALL_PARAMETERS CallParameters,
                                          NDIS_HANDLE NdisPartyHandle,
                                          PNDIS_HANDLE CallMgrPartyContext);
void NdisCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                            NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
                            PCO_CALL_PARAMETERS CallParameters);
void NdisMCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                             NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
                             PCO_CALL_PARAMETERS CallParameters);
typedef void PROTOCOL_CL_MAKE_CALL_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                                            NDIS_HANDLE NdisPartyHandle,
                                            PCO_CALL_PARAMETERS CallParameters);

/* Calls that come in. */
NDIS_STATUS NdisCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
                                       PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisMCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
                                        PCO_CALL_PARAMETERS CallParameters);
typedef NDIS_STATUS PROTOCOL_CL_INCOMING_CALL(NDIS_HANDLE ProtocolSapContext,
                                              NDIS_HANDLE ProtocolVcContext,
                                              PCO_CALL_PARAMETERS CallParameters);
void NdisClIncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                                PCO_CALL_PARAMETERS CallParameters);
typedef void PROTOCOL_CM_INCOMING_CALL_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext,
                                                PCO_CALL_PARAMETERS CallParameters);

/* Calls: the end, asked for by the client, or announced by the call manager. */
NDIS_STATUS NdisClCloseCall(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                            PVOID Buffer, UINT Size);
typedef NDIS_STATUS PROTOCOL_CM_CLOSE_CALL(NDIS_HANDLE CallMgrVcContext,
                                           NDIS_HANDLE CallMgrPartyContext,
                                           PVOID CloseData, UINT Size);
void NdisCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                             NDIS_HANDLE NdisPartyHandle);
void NdisMCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle);
typedef void PROTOCOL_CL_CLOSE_CALL_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                                             NDIS_HANDLE ProtocolPartyContext);
void NdisCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
                                     PVOID Buffer, UINT Size);
void NdisMCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
                                      PVOID Buffer, UINT Size);
typedef void PROTOCOL_CL_INCOMING_CLOSE_CALL(NDIS_STATUS CloseStatus,
                                             NDIS_HANDLE ProtocolVcContext,
                                             PVOID CloseData, UINT Size);

/* Parties of a multipoint call. */
NDIS_STATUS NdisClAddParty(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext,
                           PCO_CALL_PARAMETERS CallParameters, PNDIS_HANDLE NdisPartyHandle);
typedef NDIS_STATUS PROTOCOL_CM_ADD_PARTY(NDIS_HANDLE CallMgrVcContext,
                                          PCO_CALL_PARAMETERS CallParameters,
                                          NDIS_HANDLE NdisPartyHandle,
                                          PNDIS_HANDLE CallMgrPartyContext);
void NdisCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
                            NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters);
void NdisMCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
                             NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters);
typedef void PROTOCOL_CL_ADD_PARTY_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext,
                                            NDIS_HANDLE NdisPartyHandle,
                                            PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS NdisClDropParty(NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size);
typedef NDIS_STATUS PROTOCOL_CM_DROP_PARTY(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData,
                                           UINT Size);
void NdisCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle);
void NdisMCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle);
typedef void PROTOCOL_CL_DROP_PARTY_COMPLETE(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext);
void NdisCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
                                     PVOID Buffer, UINT Size);
void NdisMCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
                                      PVOID Buffer, UINT Size);
typedef void PROTOCOL_CL_INCOMING_DROP_PARTY(NDIS_STATUS DropStatus,
                                             NDIS_HANDLE ProtocolPartyContext,
                                             PVOID CloseData, UINT Size);

/* OID requests between a client and its call manager, and to the miniport. */
NDIS_STATUS NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                             NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                             PNDIS_OID_REQUEST OidRequest);
NDIS_STATUS NdisMCmOidRequest(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST NdisOidRequest);
typedef NDIS_STATUS PROTOCOL_CO_OID_REQUEST(NDIS_HANDLE ProtocolAfContext,
                                            NDIS_HANDLE ProtocolVcContext,
                                            NDIS_HANDLE ProtocolPartyContext,
                                            PNDIS_OID_REQUEST OidRequest);
void NdisCoOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status);
void NdisMCmOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                               NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                               NDIS_STATUS Status);
typedef void PROTOCOL_CO_OID_REQUEST_COMPLETE(NDIS_HANDLE ProtocolAfContext,
                                              NDIS_HANDLE ProtocolVcContext,
                                              NDIS_HANDLE ProtocolPartyContext,
                                              PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
typedef NDIS_STATUS MINIPORT_CO_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext,
                                            NDIS_HANDLE MiniportVcContext,
                                            PNDIS_OID_REQUEST OidRequest);
void NdisMCoOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle,
                               NDIS_HANDLE NdisMiniportVcHandle, PNDIS_OID_REQUEST Request,
                               NDIS_STATUS Status);

#endif
