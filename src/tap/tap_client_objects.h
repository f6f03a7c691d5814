/* tap_client_objects.h - part of tap.h: SAPs, calls and parties as a client sees them; and
 * VCs and OID requests, which either side makes. */
#ifndef CLOSEAF_TAP_CLIENT_OBJECTS_H
#define CLOSEAF_TAP_CLIENT_OBJECTS_H

/* VCs, of either side. One that is made without an AF is on none that a table has. */
TAP_MAKING_FUNCTION(NdisCoCreateVc, TAP_SIDE, vc, ProtocolVcContext,
                    tap_by_handle(&tap.af, NdisAfHandle), NdisVcHandle,
                    (NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                     NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle),
                    (NdisBindingHandle, NdisAfHandle, ProtocolVcContext, NdisVcHandle))
TAP_STATUS_FUNCTION(NdisCoDeleteVc, TAP_SIDE, tap_by_handle(&tap.vc, NdisVcHandle),
                  TAP_ENDS_ON_SUCCESS(vc, result), (NDIS_HANDLE NdisVcHandle), (NdisVcHandle))

static __inline void tap_NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle,
                                                  PNET_BUFFER_LIST NetBufferLists,
                                                  ULONG SendFlags)
{
    tap_line("call", "NdisCoSendNetBufferLists", "", tap_by_handle(&tap.vc, NdisVcHandle),
                  "-");
    NdisCoSendNetBufferLists(NdisVcHandle, NetBufferLists, SendFlags);
    tap_remark("returned", "NdisCoSendNetBufferLists");
}

TAP_VOID_HANDLER(CoSendNetBufferListsCompleteHandler,
                      PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE,
                      ProtocolCoSendNetBufferListsComplete, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), "SUCCESS", TAP_STAYS,
                      (NDIS_HANDLE ProtocolVcContext, PNET_BUFFER_LIST NetBufferLists,
                       ULONG SendCompleteFlags),
                      (ProtocolVcContext, NetBufferLists, SendCompleteFlags))

/* OID requests, of either side: the request stands for itself, until it is complete. One to the
 * miniport has lines of its binding, which its completion does not get; OID_CO_AF_CLOSE has lines
 * of its AF. */
static __inline struct tap_table *tap_requests(void *af, PNDIS_OID_REQUEST request)
{
    return af == NULL                                                     ? &tap.to_miniport
           : request->DATA.SET_INFORMATION.Oid == (ULONG)OID_CO_AF_CLOSE ? &tap.af_close
                                                                          : &tap.request;
}

static __inline const char *tap_which(struct tap_table *t, const char *side)
{
    return t == &tap.to_miniport ? "/miniport" : t == &tap.af_close ? "/OID_CO_AF_CLOSE" : side;
}

static __inline struct tap_object tap_object_of_request(struct tap_table *t, struct tap_entry *e)
{
    struct tap_object o = tap_object_of(t, e);

    if (t != &tap.request) {
        o.kind = t == &tap.to_miniport ? "binding" : "af";
        o.name = o.on;
    }
    return o;
}

/* A request from its making, or its delivery, to the answer. */
#define TAP_REQUEST(verb, last, what, side, af, parent, asks)                                \
    struct tap_table *t = tap_requests(af, OidRequest);                                      \
    struct tap_entry *e = tap_begin(t, NULL, OidRequest, (parent).name);                     \
    const struct tap_object own = tap_object_of(t, e), o = tap_object_of_request(t, e);      \
    NDIS_STATUS result;                                                                      \
                                                                                             \
    tap_line(verb, what, tap_which(t, side), o, "-");                                        \
    result = asks;                                                                           \
    if (result != NDIS_STATUS_PENDING) {                                                     \
        tap_end_named(t, own);                                                               \
    }                                                                                        \
    tap_line(last, what, tap_which(t, side), o, tap_status(result));                         \
    return result

static __inline NDIS_STATUS tap_NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle,
                                                 NDIS_HANDLE NdisAfHandle,
                                                 NDIS_HANDLE NdisVcHandle,
                                                 NDIS_HANDLE NdisPartyHandle,
                                                 PNDIS_OID_REQUEST OidRequest)
{
    TAP_REQUEST("call", "return", "NdisCoOidRequest", TAP_SIDE, NdisAfHandle,
                NdisAfHandle == NULL ? tap_by_handle(&tap.binding, NdisBindingHandle)
                                     : tap_by_handle(&tap.af, NdisAfHandle),
                NdisCoOidRequest(NdisBindingHandle, NdisAfHandle, NdisVcHandle, NdisPartyHandle,
                                 OidRequest));
}

/* What ends one, by a call or by NDIS. */
#define TAP_REQUEST_ENDS(verb, done, what, af, ends)                                         \
    struct tap_table *t = tap_requests(af, OidRequest);                                      \
    struct tap_entry *e = tap_find(t, TAP_BY_HANDLE, OidRequest);                            \
                                                                                             \
    tap_line(verb, what, tap_which(t, TAP_SIDE), tap_object_of_request(t, e),                \
             tap_status(Status));                                                            \
    tap_end(e);                                                                              \
    ends;                                                                                    \
    tap_remark(done, what)

static __inline void tap_NdisCoOidRequestComplete(NDIS_HANDLE NdisAfHandle,
                                                  NDIS_HANDLE NdisVcHandle,
                                                  NDIS_HANDLE NdisPartyHandle,
                                                  PNDIS_OID_REQUEST OidRequest,
                                                  NDIS_STATUS Status)
{
    TAP_REQUEST_ENDS("call", "returned", "NdisCoOidRequestComplete", NdisAfHandle,
                     NdisCoOidRequestComplete(NdisAfHandle, NdisVcHandle, NdisPartyHandle,
                                              OidRequest, Status));
}

#define TAP_CO_REQUEST_HANDLERS(request_member, complete_member)                             \
    TAP_OWN_HANDLER(request_member, PROTOCOL_CO_OID_REQUEST)                                 \
    static NDIS_STATUS tap_##request_member(NDIS_HANDLE ProtocolAfContext,                   \
                                            NDIS_HANDLE ProtocolVcContext,                   \
                                            NDIS_HANDLE ProtocolPartyContext,                \
                                            PNDIS_OID_REQUEST OidRequest)                    \
    {                                                                                        \
        TAP_REQUEST("enter", "leave", "ProtocolCoOidRequest", TAP_SIDE, ProtocolAfContext,   \
                    tap_by_context(&tap.af, ProtocolAfContext),                              \
                    tap_own_##request_member(ProtocolAfContext, ProtocolVcContext,           \
                                             ProtocolPartyContext, OidRequest));             \
    }                                                                                        \
    TAP_OWN_HANDLER(complete_member, PROTOCOL_CO_OID_REQUEST_COMPLETE)                       \
    static void tap_##complete_member(NDIS_HANDLE ProtocolAfContext,                         \
                                      NDIS_HANDLE ProtocolVcContext,                         \
                                      NDIS_HANDLE ProtocolPartyContext,                      \
                                      PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)      \
    {                                                                                        \
        TAP_REQUEST_ENDS("enter", "left", "ProtocolCoOidRequestComplete", ProtocolAfContext, \
                         tap_own_##complete_member(ProtocolAfContext, ProtocolVcContext,     \
                                                   ProtocolPartyContext, OidRequest,         \
                                                   Status));                                 \
    }

#ifdef TAP_CLIENT

/* SAPs. */
TAP_MAKING_FUNCTION(NdisClRegisterSap, "", sap, ProtocolSapContext,
                    tap_by_handle(&tap.af, NdisAfHandle), NdisSapHandle,
                    (NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
                     PNDIS_HANDLE NdisSapHandle),
                    (NdisAfHandle, ProtocolSapContext, Sap, NdisSapHandle))
TAP_STATUS_FUNCTION(NdisClDeregisterSap, "", tap_by_handle(&tap.sap, NdisSapHandle),
                  TAP_ENDS_ON_SUCCESS(sap, result), (NDIS_HANDLE NdisSapHandle),
                  (NdisSapHandle))

TAP_OWN_HANDLER(ClRegisterSapCompleteHandler, PROTOCOL_CL_REGISTER_SAP_COMPLETE)
static void tap_ClRegisterSapCompleteHandler(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext,
                                             PCO_SAP Sap, NDIS_HANDLE NdisSapHandle)
{
    const struct tap_object o = tap_by_context(&tap.sap, ProtocolSapContext);

    tap_given(&tap.sap, o, NdisSapHandle, Status);
    tap_line("enter", "ProtocolClRegisterSapComplete", "", o, tap_status(Status));
    tap_own_ClRegisterSapCompleteHandler(Status, ProtocolSapContext, Sap, NdisSapHandle);
    tap_remark("left", "ProtocolClRegisterSapComplete");
}

TAP_VOID_HANDLER(ClDeregisterSapCompleteHandler, PROTOCOL_CL_DEREGISTER_SAP_COMPLETE,
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
TAP_STATUS_HANDLER(ClDeleteVcHandler, PROTOCOL_CO_DELETE_VC, ProtocolCoDeleteVc, TAP_SIDE,
                 tap_by_context(&tap.vc, ProtocolVcContext), TAP_ENDS_ON_SUCCESS(vc, result),
                 (NDIS_HANDLE ProtocolVcContext), (ProtocolVcContext))

/* Calls. */
TAP_STATUS_FUNCTION(NdisClMakeCall, "", tap_by_handle(&tap.vc, NdisVcHandle), TAP_STAYS,
                  (NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                   NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle),
                  (NdisVcHandle, CallParameters, ProtocolPartyContext, NdisPartyHandle))
TAP_VOID_HANDLER(ClMakeCallCompleteHandler, PROTOCOL_CL_MAKE_CALL_COMPLETE,
                      ProtocolClMakeCallComplete, "", tap_by_context(&tap.vc, ProtocolVcContext),
                      tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE NdisPartyHandle, PCO_CALL_PARAMETERS CallParameters),
                      (Status, ProtocolVcContext, NdisPartyHandle, CallParameters))
TAP_STATUS_FUNCTION(NdisClCloseCall, "", tap_by_handle(&tap.vc, NdisVcHandle), TAP_STAYS,
                  (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle, PVOID Buffer,
                   UINT Size),
                  (NdisVcHandle, NdisPartyHandle, Buffer, Size))
TAP_VOID_HANDLER(ClCloseCallCompleteHandler, PROTOCOL_CL_CLOSE_CALL_COMPLETE,
                      ProtocolClCloseCallComplete, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), tap_status(Status), TAP_STAYS,
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE ProtocolPartyContext),
                      (Status, ProtocolVcContext, ProtocolPartyContext))
TAP_STATUS_HANDLER(ClIncomingCallHandler, PROTOCOL_CL_INCOMING_CALL, ProtocolClIncomingCall, "",
                 tap_by_context(&tap.vc, ProtocolVcContext), TAP_STAYS,
                 (NDIS_HANDLE ProtocolSapContext, NDIS_HANDLE ProtocolVcContext,
                  PCO_CALL_PARAMETERS CallParameters),
                 (ProtocolSapContext, ProtocolVcContext, CallParameters))
TAP_VOID_FUNCTION(NdisClIncomingCallComplete, "", tap_by_handle(&tap.vc, NdisVcHandle),
                       tap_status(Status), TAP_STAYS,
                       (NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                        PCO_CALL_PARAMETERS CallParameters),
                       (Status, NdisVcHandle, CallParameters))
TAP_VOID_HANDLER(ClIncomingCloseCallHandler, PROTOCOL_CL_INCOMING_CLOSE_CALL,
                      ProtocolClIncomingCloseCall, "",
                      tap_by_context(&tap.vc, ProtocolVcContext), "-", TAP_STAYS,
                      (NDIS_STATUS CloseStatus, NDIS_HANDLE ProtocolVcContext, PVOID CloseData,
                       UINT Size),
                      (CloseStatus, ProtocolVcContext, CloseData, Size))

/* Parties. */
TAP_MAKING_FUNCTION(NdisClAddParty, "", party, ProtocolPartyContext,
                    tap_by_handle(&tap.vc, NdisVcHandle), NdisPartyHandle,
                    (NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext,
                     PCO_CALL_PARAMETERS CallParameters, PNDIS_HANDLE NdisPartyHandle),
                    (NdisVcHandle, ProtocolPartyContext, CallParameters, NdisPartyHandle))

TAP_OWN_HANDLER(ClAddPartyCompleteHandler, PROTOCOL_CL_ADD_PARTY_COMPLETE)
static void tap_ClAddPartyCompleteHandler(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext,
                                          NDIS_HANDLE NdisPartyHandle,
                                          PCO_CALL_PARAMETERS CallParameters)
{
    const struct tap_object o = tap_by_context(&tap.party, ProtocolPartyContext);

    tap_given(&tap.party, o, NdisPartyHandle, Status);
    tap_line("enter", "ProtocolClAddPartyComplete", "", o, tap_status(Status));
    tap_own_ClAddPartyCompleteHandler(Status, ProtocolPartyContext, NdisPartyHandle,
                                      CallParameters);
    tap_remark("left", "ProtocolClAddPartyComplete");
}

TAP_STATUS_FUNCTION(NdisClDropParty, "", tap_by_handle(&tap.party, NdisPartyHandle),
                  TAP_ENDS_ON_SUCCESS(party, result),
                  (NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size),
                  (NdisPartyHandle, Buffer, Size))
TAP_VOID_HANDLER(ClDropPartyCompleteHandler, PROTOCOL_CL_DROP_PARTY_COMPLETE,
                      ProtocolClDropPartyComplete, "",
                      tap_by_context(&tap.party, ProtocolPartyContext), tap_status(Status),
                      TAP_ENDS_ON_SUCCESS(party, Status),
                      (NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext),
                      (Status, ProtocolPartyContext))
TAP_VOID_HANDLER(ClIncomingDropPartyHandler, PROTOCOL_CL_INCOMING_DROP_PARTY,
                      ProtocolClIncomingDropParty, "",
                      tap_by_context(&tap.party, ProtocolPartyContext), "-", TAP_STAYS,
                      (NDIS_STATUS DropStatus, NDIS_HANDLE ProtocolPartyContext,
                       PVOID CloseData, UINT Size),
                      (DropStatus, ProtocolPartyContext, CloseData, Size))

TAP_CO_REQUEST_HANDLERS(ClOidRequestHandler, ClOidRequestCompleteHandler)

#define TAP_WRAP_CLIENT_OBJECT_HANDLERS(table)                                               \
    (TAP_WRAP(table, ClRegisterSapCompleteHandler),                                          \
     TAP_WRAP(table, ClDeregisterSapCompleteHandler),                                        \
     TAP_WRAP(table, ClMakeCallCompleteHandler), TAP_WRAP(table, ClCloseCallCompleteHandler), \
     TAP_WRAP(table, ClAddPartyCompleteHandler), TAP_WRAP(table, ClDropPartyCompleteHandler), \
     TAP_WRAP(table, ClIncomingCallHandler), TAP_WRAP(table, ClIncomingCloseCallHandler),    \
     TAP_WRAP(table, ClIncomingDropPartyHandler))
#define TAP_WRAP_CLIENT_HANDLERS(table) /* NDIS_CO_CLIENT_OPTIONAL_HANDLERS */               \
    (TAP_WRAP_CLIENT_AF_HANDLERS(table), TAP_WRAP_CLIENT_OBJECT_HANDLERS(table),             \
     TAP_WRAP(table, ClCreateVcHandler), TAP_WRAP(table, ClDeleteVcHandler),                 \
     TAP_WRAP(table, ClOidRequestHandler), TAP_WRAP(table, ClOidRequestCompleteHandler))
#endif

#endif
