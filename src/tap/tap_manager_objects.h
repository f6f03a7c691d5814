/* tap_manager_objects.h - part of tap.h: SAPs, VCs, calls and parties as a call manager sees
 * them, stand-alone or MCM. */
#ifndef CLOSEAF_TAP_MANAGER_OBJECTS_H
#define CLOSEAF_TAP_MANAGER_OBJECTS_H

#ifndef TAP_CLIENT

/* SAPs. */
TAP_MADE_HANDLER(CmRegisterSapHandler, PROTOCOL_CM_REG_SAP, ProtocolCmRegisterSap, "", sap,
                 tap_by_context(&tap.af, CallMgrAfContext), NdisSapHandle, CallMgrSapContext,
                 (NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle,
                  PNDIS_HANDLE CallMgrSapContext),
                 (CallMgrAfContext, Sap, NdisSapHandle, CallMgrSapContext))
TAP_STATUS_HANDLER(CmDeregisterSapHandler, PROTOCOL_CM_DEREGISTER_SAP, ProtocolCmDeregisterSap, "",
                 tap_by_context(&tap.sap, CallMgrSapContext), TAP_ENDS_ON_SUCCESS(sap, result),
                 (NDIS_HANDLE CallMgrSapContext), (CallMgrSapContext))

/* A completion by which the call manager hands over its context, or nothing. */
#define TAP_MADE_COMPLETION(function, table, handle, own, parameters, arguments)             \
    static __inline void tap_##function parameters                                           \
    {                                                                                        \
        struct tap_entry *e = tap_find(&tap.table, TAP_BY_HANDLE, handle);                   \
        const struct tap_object o = tap_object_of(&tap.table, e);                            \
                                                                                             \
        if (e != NULL && Status == NDIS_STATUS_SUCCESS) {                                    \
            TAP_WRITE_POINTER(&e->context, own);                                             \
        }                                                                                    \
        TAP_ENDS_ON_FAILURE(table, Status);                                                  \
        tap_line("call", #function, "", o, tap_status(Status));                         \
        function arguments;                                                                  \
        tap_remark("returned", #function);                                                   \
    }

#define TAP_SAP_COMPLETIONS(registered, deregistered)                                        \
    TAP_MADE_COMPLETION(registered, sap, NdisSapHandle, CallMgrSapContext,                   \
                        (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,                      \
                         NDIS_HANDLE CallMgrSapContext),                                     \
                        (Status, NdisSapHandle, CallMgrSapContext))                          \
    TAP_VOID_FUNCTION(deregistered, "", tap_by_handle(&tap.sap, NdisSapHandle),         \
                           tap_status(Status), TAP_ENDS_ON_SUCCESS(sap, Status),             \
                           (NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle),                  \
                           (Status, NdisSapHandle))
TAP_SAP_COMPLETIONS(NdisCmRegisterSapComplete, NdisCmDeregisterSapComplete)

/* VCs. */
TAP_MADE_HANDLER(CmCreateVcHandler, PROTOCOL_CO_CREATE_VC, ProtocolCoCreateVc, TAP_SIDE, vc,
                 tap_by_context(&tap.af, ProtocolAfContext), NdisVcHandle, ProtocolVcContext,
                 (NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle,
                  PNDIS_HANDLE ProtocolVcContext),
                 (ProtocolAfContext, NdisVcHandle, ProtocolVcContext))
TAP_STATUS_HANDLER(CmDeleteVcHandler, PROTOCOL_CO_DELETE_VC, ProtocolCoDeleteVc, TAP_SIDE,
                 tap_by_context(&tap.vc, ProtocolVcContext), TAP_ENDS_ON_SUCCESS(vc, result),
                 (NDIS_HANDLE ProtocolVcContext), (ProtocolVcContext))

/* An activation has one line, its call. */
#define TAP_ACTIVATION(function)                                                             \
    static __inline NDIS_STATUS tap_##function(NDIS_HANDLE NdisVcHandle,                     \
                                               PCO_CALL_PARAMETERS CallParameters)           \
    {                                                                                        \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_line("call", #function, "", tap_by_handle(&tap.vc, NdisVcHandle), "-");     \
        result = function(NdisVcHandle, CallParameters);                                     \
        tap_remark("returned", #function);                                                   \
        return result;                                                                       \
    }
#define TAP_DEACTIVATION(function)                                                           \
    TAP_STATUS_FUNCTION(function, "", tap_by_handle(&tap.vc, NdisVcHandle),     \
                      TAP_STAYS, (NDIS_HANDLE NdisVcHandle), (NdisVcHandle))
TAP_ACTIVATION(NdisCmActivateVc)
TAP_DEACTIVATION(NdisCmDeactivateVc)
TAP_VOID_HANDLER(CmDeactivateVcCompleteHandler, PROTOCOL_CM_DEACTIVATE_VC_COMPLETE,
                      ProtocolCmDeactivateVcComplete, "",
                      tap_by_context(&tap.vc, CallMgrVcContext), tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext),
                      (Status, CallMgrVcContext))

/* Calls. */
TAP_STATUS_HANDLER(CmMakeCallHandler, PROTOCOL_CM_MAKE_CALL, ProtocolCmMakeCall, "",
                 tap_by_context(&tap.vc, CallMgrVcContext), TAP_STAYS,
                 (NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                  NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext),
                 (CallMgrVcContext, CallParameters, NdisPartyHandle, CallMgrPartyContext))
TAP_STATUS_HANDLER(CmCloseCallHandler, PROTOCOL_CM_CLOSE_CALL, ProtocolCmCloseCall, "",
                 tap_by_context(&tap.vc, CallMgrVcContext), TAP_STAYS,
                 (NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext,
                  PVOID CloseData, UINT Size),
                 (CallMgrVcContext, CallMgrPartyContext, CloseData, Size))
TAP_VOID_HANDLER(CmIncomingCallCompleteHandler, PROTOCOL_CM_INCOMING_CALL_COMPLETE,
                      ProtocolCmIncomingCallComplete, "",
                      tap_by_context(&tap.vc, CallMgrVcContext), tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext,
                       PCO_CALL_PARAMETERS CallParameters),
                      (Status, CallMgrVcContext, CallParameters))

#define TAP_CALL_FUNCTIONS(made, closed, incoming, incoming_close)                           \
    TAP_VOID_FUNCTION(made, "", tap_by_handle(&tap.vc, NdisVcHandle),                   \
                           tap_status(Status), TAP_STAYS,                                    \
                           (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,                    \
                            NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,    \
                            PCO_CALL_PARAMETERS CallParameters),                             \
                           (Status, NdisVcHandle, NdisPartyHandle, CallMgrPartyContext,      \
                            CallParameters))                                                 \
    TAP_VOID_FUNCTION(closed, "", tap_by_handle(&tap.vc, NdisVcHandle),                 \
                           tap_status(Status), TAP_STAYS,                                    \
                           (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,                    \
                            NDIS_HANDLE NdisPartyHandle),                                    \
                           (Status, NdisVcHandle, NdisPartyHandle))                          \
    TAP_STATUS_FUNCTION(incoming, "", tap_by_handle(&tap.vc, NdisVcHandle),     \
                      TAP_STAYS,                                                             \
                      (NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,                  \
                       PCO_CALL_PARAMETERS CallParameters),                                  \
                      (NdisSapHandle, NdisVcHandle, CallParameters))                         \
    TAP_VOID_FUNCTION(incoming_close, "", tap_by_handle(&tap.vc, NdisVcHandle), "-",    \
                           TAP_STAYS,                                                        \
                           (NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle, PVOID Buffer, \
                            UINT Size),                                                      \
                           (CloseStatus, NdisVcHandle, Buffer, Size))
TAP_CALL_FUNCTIONS(NdisCmMakeCallComplete, NdisCmCloseCallComplete, NdisCmDispatchIncomingCall,
                   NdisCmDispatchIncomingCloseCall)

/* Parties. */
TAP_MADE_HANDLER(CmAddPartyHandler, PROTOCOL_CM_ADD_PARTY, ProtocolCmAddParty, "", party,
                 tap_by_context(&tap.vc, CallMgrVcContext), NdisPartyHandle,
                 CallMgrPartyContext,
                 (NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                  NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext),
                 (CallMgrVcContext, CallParameters, NdisPartyHandle, CallMgrPartyContext))
TAP_STATUS_HANDLER(CmDropPartyHandler, PROTOCOL_CM_DROP_PARTY, ProtocolCmDropParty, "",
                 tap_by_context(&tap.party, CallMgrPartyContext),
                 TAP_ENDS_ON_SUCCESS(party, result),
                 (NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size),
                 (CallMgrPartyContext, CloseData, Size))

#define TAP_PARTY_FUNCTIONS(added, dropped, incoming_drop)                                   \
    TAP_MADE_COMPLETION(added, party, NdisPartyHandle, CallMgrPartyContext,                  \
                        (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,                    \
                         NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters), \
                        (Status, NdisPartyHandle, CallMgrPartyContext, CallParameters))      \
    TAP_VOID_FUNCTION(dropped, "", tap_by_handle(&tap.party, NdisPartyHandle),          \
                           tap_status(Status), TAP_ENDS_ON_SUCCESS(party, Status),           \
                           (NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle),                \
                           (Status, NdisPartyHandle))                                        \
    TAP_VOID_FUNCTION(incoming_drop, "", tap_by_handle(&tap.party, NdisPartyHandle),    \
                           "-", TAP_STAYS,                                                   \
                           (NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,             \
                            PVOID Buffer, UINT Size),                                        \
                           (DropStatus, NdisPartyHandle, Buffer, Size))
TAP_PARTY_FUNCTIONS(NdisCmAddPartyComplete, NdisCmDropPartyComplete,
                    NdisCmDispatchIncomingDropParty)

TAP_CO_REQUEST_HANDLERS(CmOidRequestHandler, CmOidRequestCompleteHandler)

/* What an MCM calls instead. */
#ifdef TAP_MCM
TAP_SAP_COMPLETIONS(NdisMCmRegisterSapComplete, NdisMCmDeregisterSapComplete)
TAP_MAKING_FUNCTION(NdisMCmCreateVc, "", vc, MiniportVcContext,
                    tap_by_handle(&tap.af, NdisAfHandle), NdisVcHandle,
                    (NDIS_HANDLE MiniportAdapterHandle, NDIS_HANDLE NdisAfHandle,
                     NDIS_HANDLE MiniportVcContext, PNDIS_HANDLE NdisVcHandle),
                    (MiniportAdapterHandle, NdisAfHandle, MiniportVcContext, NdisVcHandle))
TAP_STATUS_FUNCTION(NdisMCmDeleteVc, "", tap_by_handle(&tap.vc, NdisVcHandle),
                  TAP_ENDS_ON_SUCCESS(vc, result), (NDIS_HANDLE NdisVcHandle), (NdisVcHandle))
TAP_ACTIVATION(NdisMCmActivateVc)
TAP_DEACTIVATION(NdisMCmDeactivateVc)
TAP_CALL_FUNCTIONS(NdisMCmMakeCallComplete, NdisMCmCloseCallComplete,
                   NdisMCmDispatchIncomingCall, NdisMCmDispatchIncomingCloseCall)
TAP_PARTY_FUNCTIONS(NdisMCmAddPartyComplete, NdisMCmDropPartyComplete,
                    NdisMCmDispatchIncomingDropParty)

static __inline NDIS_STATUS tap_NdisMCmOidRequest(NDIS_HANDLE NdisAfHandle,
                                                  NDIS_HANDLE NdisVcHandle,
                                                  NDIS_HANDLE NdisPartyHandle,
                                                  PNDIS_OID_REQUEST OidRequest)
{
    TAP_REQUEST("call", "return", "NdisMCmOidRequest", "", NdisAfHandle,
                tap_by_handle(&tap.af, NdisAfHandle),
                NdisMCmOidRequest(NdisAfHandle, NdisVcHandle, NdisPartyHandle, OidRequest));
}

TAP_VOID_FUNCTION(NdisMCmOidRequestComplete, "", tap_by_handle(&tap.request, OidRequest),
                       tap_status(Status), tap_end_named(&tap.request, o),
                       (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                        NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                        NDIS_STATUS Status),
                       (NdisAfHandle, NdisVcHandle, NdisPartyHandle, OidRequest, Status))
#endif

#define TAP_WRAP_CALL_MANAGER_OBJECT_HANDLERS(table)                                         \
    (TAP_WRAP(table, CmRegisterSapHandler), TAP_WRAP(table, CmDeregisterSapHandler),         \
     TAP_WRAP(table, CmMakeCallHandler), TAP_WRAP(table, CmCloseCallHandler),                \
     TAP_WRAP(table, CmIncomingCallCompleteHandler), TAP_WRAP(table, CmAddPartyHandler),     \
     TAP_WRAP(table, CmDropPartyHandler), TAP_WRAP(table, CmDeactivateVcCompleteHandler))
#define TAP_WRAP_CALL_MANAGER_HANDLERS(table) /* NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS */   \
    (TAP_WRAP_CALL_MANAGER_AF_HANDLERS(table), TAP_WRAP_CALL_MANAGER_OBJECT_HANDLERS(table), \
     TAP_WRAP(table, CmCreateVcHandler), TAP_WRAP(table, CmDeleteVcHandler),                 \
     TAP_WRAP(table, CmOidRequestHandler), TAP_WRAP(table, CmOidRequestCompleteHandler))
#endif

#endif
