/* tap_client_objects.h - part of tap.h: SAPs, calls and parties as a client sees them; and
 * VCs and OID requests, which either side makes. */
#ifndef CLOSEAF_TAP_CLIENT_OBJECTS_H
#define CLOSEAF_TAP_CLIENT_OBJECTS_H

/* VCs, of either side. One that is made without an AF is on none that a table has. */
TAP_MAKING_FUNCTION(tap_full_line, NdisCoCreateVc, TAP_SIDE, vc, ProtocolVcContext,
                    tap_by_handle(&tap.af, NdisAfHandle), NdisVcHandle,
                    (NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                     NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle),
                    (NdisBindingHandle, NdisAfHandle, ProtocolVcContext, NdisVcHandle))
TAP_PART_FUNCTION(tap_full_line, NdisCoDeleteVc, TAP_SIDE, tap_by_handle(&tap.vc, NdisVcHandle),
                  TAP_ENDS_ON_SUCCESS(vc, result), (NDIS_HANDLE NdisVcHandle), (NdisVcHandle))

static __inline void tap_NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle,
                                                  PNET_BUFFER_LIST NetBufferLists,
                                                  ULONG SendFlags)
{
    tap_full_line("call", "NdisCoSendNetBufferLists", "", tap_by_handle(&tap.vc, NdisVcHandle),
                  "-");
    NdisCoSendNetBufferLists(NdisVcHandle, NetBufferLists, SendFlags);
    tap_remark("returned", "NdisCoSendNetBufferLists");
}

TAP_PART_VOID_HANDLER(CoSendNetBufferListsCompleteHandler,
                      PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE,
                      ProtocolCoSendNetBufferListsComplete, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), "SUCCESS", TAP_STAYS,
                      (NDIS_HANDLE ProtocolVcContext, PNET_BUFFER_LIST NetBufferLists,
                       ULONG SendCompleteFlags),
                      (ProtocolVcContext, NetBufferLists, SendCompleteFlags))

/* OID requests, of either side: the request stands for itself, until it is complete. */
static __inline NDIS_STATUS tap_NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle,
                                                 NDIS_HANDLE NdisAfHandle,
                                                 NDIS_HANDLE NdisVcHandle,
                                                 NDIS_HANDLE NdisPartyHandle,
                                                 PNDIS_OID_REQUEST OidRequest)
{
    const int to_miniport = NdisAfHandle == NULL;
    const char *which = to_miniport ? "/miniport" : TAP_SIDE;
    struct tap_object o = tap_by_handle(&tap.binding, NdisBindingHandle);
    NDIS_STATUS status;

    if (!to_miniport) {
        o = tap_object_of(&tap.request,
                          tap_begin(&tap.request, NULL, OidRequest,
                                    tap_by_handle(&tap.af, NdisAfHandle).name));
        tap_count("call", "NdisCoOidRequest", which, o, "-");
    } else {
        tap_full_line("call", "NdisCoOidRequest", which, o, "-");
    }
    status = NdisCoOidRequest(NdisBindingHandle, NdisAfHandle, NdisVcHandle, NdisPartyHandle,
                              OidRequest);
    tap_full_line("return", "NdisCoOidRequest", which, o, tap_status(status));
    if (status != NDIS_STATUS_PENDING && !to_miniport) {
        tap_end_named(&tap.request, o);
        if (TAP_IS_SHORT) { /* answered at once: one fewer */
            tap_line("enter", "ProtocolCoOidRequestComplete", "", tap_af_of(o), "-");
        }
    }
    return status;
}

#define TAP_CO_REQUEST_HANDLERS(request_member, complete_member)                             \
    TAP_OWN_HANDLER(request_member, PROTOCOL_CO_OID_REQUEST)                                 \
    static NDIS_STATUS tap_##request_member(NDIS_HANDLE ProtocolAfContext,                   \
                                            NDIS_HANDLE ProtocolVcContext,                   \
                                            NDIS_HANDLE ProtocolPartyContext,                \
                                            PNDIS_OID_REQUEST OidRequest)                    \
    {                                                                                        \
        struct tap_entry *e =                                                                \
            tap_begin(&tap.request, NULL, OidRequest,                                        \
                      tap_by_context(&tap.af, ProtocolAfContext).name);                      \
        const struct tap_object o = tap_object_of(&tap.request, e);                          \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_full_line("enter", "ProtocolCoOidRequest", TAP_SIDE, o, "-");                    \
        result = tap_own_##request_member(ProtocolAfContext, ProtocolVcContext,              \
                                          ProtocolPartyContext, OidRequest);                 \
        if (result != NDIS_STATUS_PENDING) {                                                 \
            tap_end_named(&tap.request, o);                                                  \
        }                                                                                    \
        tap_full_line("leave", "ProtocolCoOidRequest", TAP_SIDE, o, tap_status(result));     \
        return result;                                                                       \
    }                                                                                        \
    TAP_OWN_HANDLER(complete_member, PROTOCOL_CO_OID_REQUEST_COMPLETE)                       \
    static void tap_##complete_member(NDIS_HANDLE ProtocolAfContext,                         \
                                      NDIS_HANDLE ProtocolVcContext,                         \
                                      NDIS_HANDLE ProtocolPartyContext,                      \
                                      PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)      \
    {                                                                                        \
        struct tap_entry *e = tap_find(&tap.request, TAP_BY_HANDLE, OidRequest);             \
        const struct tap_object o = TAP_IS_SHORT                                             \
                                        ? tap_by_context(&tap.af, ProtocolAfContext)         \
                                        : tap_object_of(&tap.request, e);                    \
                                                                                             \
        if (ProtocolAfContext == NULL) { /* whose binding it is is not told */               \
            tap_remark("entered", "ProtocolCoOidRequestComplete/miniport");                  \
        } else {                                                                             \
            tap_count("enter", "ProtocolCoOidRequestComplete", TAP_SIDE, o,                  \
                      tap_status(Status));                                                   \
        }                                                                                    \
        tap_end(e);                                                                          \
        tap_own_##complete_member(ProtocolAfContext, ProtocolVcContext,                      \
                                  ProtocolPartyContext, OidRequest, Status);                 \
        tap_remark("left", "ProtocolCoOidRequestComplete");                                  \
    }

/* Who has got a request completes it under the side of who has made it. */
#define TAP_CO_REQUEST_COMPLETION(function)                                                  \
    TAP_PART_VOID_FUNCTION(function, TAP_SIDE, tap_by_handle(&tap.request, OidRequest),      \
                           tap_status(Status), tap_end_named(&tap.request, o),               \
                           (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,              \
                            NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,       \
                            NDIS_STATUS Status),                                             \
                           (NdisAfHandle, NdisVcHandle, NdisPartyHandle, OidRequest, Status))
TAP_CO_REQUEST_COMPLETION(NdisCoOidRequestComplete)

#ifdef TAP_CLIENT

/* SAPs. */
TAP_MAKING_FUNCTION(tap_count, NdisClRegisterSap, "", sap, ProtocolSapContext,
                    tap_by_handle(&tap.af, NdisAfHandle), NdisSapHandle,
                    (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
                     PNDIS_HANDLE NdisSapHandle),
                    (NdisAfHandle, ProtocolSapContext, Sap, NdisSapHandle))
TAP_PART_FUNCTION(tap_count, NdisClDeregisterSap, "", tap_by_handle(&tap.sap, NdisSapHandle),
                  TAP_ENDS_ON_SUCCESS(sap, result), (NDIS_HANDLE NdisSapHandle),
                  (NdisSapHandle))

TAP_OWN_HANDLER(ClRegisterSapCompleteHandler, PROTOCOL_CL_REGISTER_SAP_COMPLETE)
static void tap_ClRegisterSapCompleteHandler(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext,
                                             PCO_SAP Sap, NDIS_HANDLE NdisSapHandle)
{
    struct tap_entry *e = tap_find(&tap.sap, TAP_BY_CONTEXT, ProtocolSapContext);

    if (Status == NDIS_STATUS_SUCCESS) {
        tap_set_handle(&tap.sap, e, NdisSapHandle);
    } else {
        tap_end(e);
    }
    tap_full_line("enter", "ProtocolClRegisterSapComplete", "", tap_object_of(&tap.sap, e),
                  tap_status(Status));
    tap_own_ClRegisterSapCompleteHandler(Status, ProtocolSapContext, Sap, NdisSapHandle);
    tap_remark("left", "ProtocolClRegisterSapComplete");
}

TAP_PART_VOID_HANDLER(ClDeregisterSapCompleteHandler, PROTOCOL_CL_DEREGISTER_SAP_COMPLETE,
                      ProtocolClDeregisterSapComplete, "",
                      tap_by_context(&tap.sap, ProtocolSapContext), tap_status(Status),
                      TAP_ENDS_ON_SUCCESS(sap, Status),
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext),
                      (Status, ProtocolSapContext))

/* VCs that the call manager makes. */
TAP_MADE_HANDLER(ClCreateVcHandler, PROTOCOL_CO_CREATE_VC, ProtocolCoCreateVc, TAP_SIDE, vc,
                 tap_by_context(&tap.af, ProtocolAfContext), NdisVcHandle, ProtocolVcContext,
                 (NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle,
                  PNDIS_HANDLE ProtocolVcContext),
                 (ProtocolAfContext, NdisVcHandle, ProtocolVcContext))
TAP_PART_HANDLER(ClDeleteVcHandler, PROTOCOL_CO_DELETE_VC, ProtocolCoDeleteVc, TAP_SIDE,
                 tap_by_context(&tap.vc, ProtocolVcContext), TAP_ENDS_ON_SUCCESS(vc, result),
                 (NDIS_HANDLE ProtocolVcContext), (ProtocolVcContext))

/* Calls. */
TAP_PART_FUNCTION(tap_count, NdisClMakeCall, "", tap_by_handle(&tap.vc, NdisVcHandle), TAP_STAYS,
                  (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                   NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle),
                  (NdisVcHandle, CallParameters, ProtocolPartyContext, NdisPartyHandle))
TAP_PART_VOID_HANDLER(ClMakeCallCompleteHandler, PROTOCOL_CL_MAKE_CALL_COMPLETE,
                      ProtocolClMakeCallComplete, "", tap_by_context(&tap.vc, ProtocolVcContext),
                      tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE NdisPartyHandle, PCO_CALL_PARAMETERS CallParameters),
                      (Status, ProtocolVcContext, NdisPartyHandle, CallParameters))
TAP_PART_FUNCTION(tap_count, NdisClCloseCall, "", tap_by_handle(&tap.vc, NdisVcHandle), TAP_STAYS,
                  (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle, PVOID Buffer,
                   UINT Size),
                  (NdisVcHandle, NdisPartyHandle, Buffer, Size))
TAP_PART_VOID_HANDLER(ClCloseCallCompleteHandler, PROTOCOL_CL_CLOSE_CALL_COMPLETE,
                      ProtocolClCloseCallComplete, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE ProtocolPartyContext),
                      (Status, ProtocolVcContext, ProtocolPartyContext))
TAP_PART_HANDLER(ClIncomingCallHandler, PROTOCOL_CL_INCOMING_CALL, ProtocolClIncomingCall, "",
                 tap_by_context(&tap.vc, ProtocolVcContext), TAP_STAYS,
                 (NDIS_HANDLE ProtocolSapContext, NDIS_HANDLE ProtocolVcContext,
                  PCO_CALL_PARAMETERS CallParameters),
                 (ProtocolSapContext, ProtocolVcContext, CallParameters))
TAP_PART_VOID_FUNCTION(NdisClIncomingCallComplete, "", tap_by_handle(&tap.vc, NdisVcHandle),
                       tap_status(Status), TAP_STAYS,
                       (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                        PCO_CALL_PARAMETERS CallParameters),
                       (Status, NdisVcHandle, CallParameters))
TAP_PART_VOID_HANDLER(ClIncomingCloseCallHandler, PROTOCOL_CL_INCOMING_CLOSE_CALL,
                      ProtocolClIncomingCloseCall, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), "-", TAP_STAYS,
                      (NDIS_STATUS CloseStatus, NDIS_HANDLE ProtocolVcContext, PVOID CloseData,
                       UINT Size),
                      (CloseStatus, ProtocolVcContext, CloseData, Size))

/* Parties. */
TAP_MAKING_FUNCTION(tap_full_line, NdisClAddParty, "", party, ProtocolPartyContext,
                    tap_by_handle(&tap.vc, NdisVcHandle), NdisPartyHandle,
                    (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext,
                     PCO_CALL_PARAMETERS CallParameters, PNDIS_HANDLE NdisPartyHandle),
                    (NdisVcHandle, ProtocolPartyContext, CallParameters, NdisPartyHandle))

TAP_OWN_HANDLER(ClAddPartyCompleteHandler, PROTOCOL_CL_ADD_PARTY_COMPLETE)
static void tap_ClAddPartyCompleteHandler(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext,
                                          NDIS_HANDLE NdisPartyHandle,
                                          PCO_CALL_PARAMETERS CallParameters)
{
    struct tap_entry *e = tap_find(&tap.party, TAP_BY_CONTEXT, ProtocolPartyContext);

    if (Status == NDIS_STATUS_SUCCESS) {
        tap_set_handle(&tap.party, e, NdisPartyHandle);
    } else {
        tap_end(e);
    }
    tap_full_line("enter", "ProtocolClAddPartyComplete", "", tap_object_of(&tap.party, e),
                  tap_status(Status));
    tap_own_ClAddPartyCompleteHandler(Status, ProtocolPartyContext, NdisPartyHandle,
                                      CallParameters);
    tap_remark("left", "ProtocolClAddPartyComplete");
}

TAP_PART_FUNCTION(tap_full_line, NdisClDropParty, "", tap_by_handle(&tap.party, NdisPartyHandle),
                  TAP_ENDS_ON_SUCCESS(party, result),
                  (NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size),
                  (NdisPartyHandle, Buffer, Size))
TAP_PART_VOID_HANDLER(ClDropPartyCompleteHandler, PROTOCOL_CL_DROP_PARTY_COMPLETE,
                      ProtocolClDropPartyComplete, "",
                      tap_by_context(&tap.party, ProtocolPartyContext), tap_status(Status),
                      TAP_ENDS_ON_SUCCESS(party, Status),
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext),
                      (Status, ProtocolPartyContext))
TAP_PART_VOID_HANDLER(ClIncomingDropPartyHandler, PROTOCOL_CL_INCOMING_DROP_PARTY,
                      ProtocolClIncomingDropParty, "",
                      tap_by_context(&tap.party, ProtocolPartyContext), "-", TAP_STAYS,
                      (NDIS_STATUS DropStatus, NDIS_HANDLE ProtocolPartyContext,
                       PVOID CloseData, UINT Size),
                      (DropStatus, ProtocolPartyContext, CloseData, Size))

TAP_CO_REQUEST_HANDLERS(ClOidRequestHandler, ClOidRequestCompleteHandler)

#define TAP_WRAP_CLIENT_HANDLERS(table) /* NDIS_CO_CLIENT_OPTIONAL_HANDLERS */               \
    (TAP_WRAP_CLIENT_AF_HANDLERS(table), TAP_WRAP(table, ClCreateVcHandler),                 \
     TAP_WRAP(table, ClDeleteVcHandler), TAP_WRAP(table, ClOidRequestHandler),               \
     TAP_WRAP(table, ClOidRequestCompleteHandler),                                           \
     TAP_WRAP(table, ClRegisterSapCompleteHandler),                                          \
     TAP_WRAP(table, ClDeregisterSapCompleteHandler),                                        \
     TAP_WRAP(table, ClMakeCallCompleteHandler), TAP_WRAP(table, ClCloseCallCompleteHandler), \
     TAP_WRAP(table, ClAddPartyCompleteHandler), TAP_WRAP(table, ClDropPartyCompleteHandler), \
     TAP_WRAP(table, ClIncomingCallHandler), TAP_WRAP(table, ClIncomingCloseCallHandler),    \
     TAP_WRAP(table, ClIncomingDropPartyHandler))
#endif

#endif
