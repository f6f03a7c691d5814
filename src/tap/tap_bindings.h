/* tap_bindings.h - part of tap.h: the binding from bind to unbind, the adapter of an MCM,
 * and what counts on a binding. */
#ifndef CLOSEAF_TAP_BINDINGS_H
#define CLOSEAF_TAP_BINDINGS_H

static __inline struct tap_object tap_by_operation(void *operation)
{
    return tap_object_of(&tap.binding, tap_find(&tap.binding, TAP_BY_OPERATION, operation));
}

static __inline void tap_set_operation(struct tap_entry *e, void *operation)
{
    if (e != NULL) {
        TAP_WRITE_POINTER(&e->operation, operation);
    }
}

static __inline struct tap_entry *tap_begin_binding(void *handle, void *operation)
{
    const struct tap_name nothing = {TAP_SLOTS, 0};
    struct tap_entry *e = tap_begin(&tap.binding, NULL, handle, nothing);

    tap_set_operation(e, operation);
    return e;
}

/* Bind. The context and the handle are known when the driver opens the adapter. */

static __inline void tap_bind_is_over(struct tap_entry *e, NDIS_STATUS status)
{
    tap_set_operation(e, NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        tap_end(e);
    }
}

TAP_OWN_HANDLER(BindAdapterHandlerEx, PROTOCOL_BIND_ADAPTER_EX)
static NDIS_STATUS tap_BindAdapterHandlerEx(NDIS_HANDLE ProtocolDriverContext,
                                            NDIS_HANDLE BindContext,
                                            PNDIS_BIND_PARAMETERS BindParameters)
{
    struct tap_entry *e = tap_begin_binding(NULL, BindContext);
    const struct tap_object o = tap_object_of(&tap.binding, e);
    NDIS_STATUS status;

    tap_line("enter", "ProtocolBindAdapterEx", "", o, "-");
    status = tap_own_BindAdapterHandlerEx(ProtocolDriverContext, BindContext, BindParameters);
    if (status != NDIS_STATUS_PENDING) {
        tap_bind_is_over(e, status);
    }
    tap_line("leave", "ProtocolBindAdapterEx", "", o, tap_status(status));
    return status;
}

static __inline void tap_NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext,
                                                   NDIS_STATUS Status)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_OPERATION, BindAdapterContext);

    tap_line("call", "NdisCompleteBindAdapterEx", "", tap_object_of(&tap.binding, e),
             tap_status(Status));
    tap_bind_is_over(e, Status);
    NdisCompleteBindAdapterEx(BindAdapterContext, Status);
    tap_remark("returned", "NdisCompleteBindAdapterEx");
}

static __inline NDIS_STATUS tap_NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                                                  NDIS_HANDLE ProtocolBindingContext,
                                                  PNDIS_OPEN_PARAMETERS OpenParameters,
                                                  NDIS_HANDLE BindContext,
                                                  PNDIS_HANDLE NdisBindingHandle)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_OPERATION, BindContext);
    const struct tap_object o = tap_object_of(&tap.binding, e);
    NDIS_STATUS status;

    if (e != NULL) {
        TAP_WRITE_POINTER(&e->context, ProtocolBindingContext);
        TAP_WRITE_POINTER(&e->variable, NdisBindingHandle);
    }
    tap_line("call", "NdisOpenAdapterEx", "", o, "-");
    status = NdisOpenAdapterEx(NdisProtocolHandle, ProtocolBindingContext, OpenParameters,
                               BindContext, NdisBindingHandle);
    e = tap_named(&tap.binding, o);
    /* Pended, it may be complete, and the binding be gone. */
    if (e != NULL && TAP_READ_POINTER(&e->handle) == NULL) {
        tap_set_handle(&tap.binding, e, *NdisBindingHandle);
    }
    if (e != NULL) {
        TAP_WRITE_POINTER(&e->variable, NULL);
    }
    tap_line("return", "NdisOpenAdapterEx", "", o, tap_status(status));
    return status;
}

TAP_OWN_HANDLER(OpenAdapterCompleteHandlerEx, PROTOCOL_OPEN_ADAPTER_COMPLETE_EX)
static void tap_OpenAdapterCompleteHandlerEx(NDIS_HANDLE ProtocolBindingContext,
                                             NDIS_STATUS Status)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_CONTEXT, ProtocolBindingContext);
    NDIS_HANDLE *variable = e != NULL ? TAP_READ_POINTER(&e->variable) : NULL;

    if (variable != NULL) { /* NdisOpenAdapterEx has not returned yet */
        tap_set_handle(&tap.binding, e, *variable);
    }
    tap_line("enter", "ProtocolOpenAdapterCompleteEx", "", tap_object_of(&tap.binding, e),
             tap_status(Status));
    tap_own_OpenAdapterCompleteHandlerEx(ProtocolBindingContext, Status);
    tap_remark("left", "ProtocolOpenAdapterCompleteEx");
}

/* Unbind. */

TAP_OWN_HANDLER(UnbindAdapterHandlerEx, PROTOCOL_UNBIND_ADAPTER_EX)
static NDIS_STATUS tap_UnbindAdapterHandlerEx(NDIS_HANDLE UnbindContext,
                                              NDIS_HANDLE ProtocolBindingContext)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_CONTEXT, ProtocolBindingContext);
    const struct tap_object o = tap_object_of(&tap.binding, e);
    NDIS_STATUS status;

    tap_set_operation(e, UnbindContext);
    tap_line("enter", "ProtocolUnbindAdapterEx", "", o, "-");
    status = tap_own_UnbindAdapterHandlerEx(UnbindContext, ProtocolBindingContext);
    if (status != NDIS_STATUS_PENDING) {
        tap_end(e);
    }
    tap_line("leave", "ProtocolUnbindAdapterEx", "", o, tap_status(status));
    return status;
}

static __inline void tap_NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_OPERATION, UnbindContext);

    tap_line("call", "NdisCompleteUnbindAdapterEx", "", tap_object_of(&tap.binding, e), "-");
    tap_end(e);
    NdisCompleteUnbindAdapterEx(UnbindContext);
    tap_remark("returned", "NdisCompleteUnbindAdapterEx");
}

TAP_STATUS_FUNCTION(NdisUnbindAdapter, "", tap_by_handle(&tap.binding, NdisBindingHandle), TAP_STAYS,
                    (NDIS_HANDLE NdisBindingHandle), (NdisBindingHandle))
TAP_STATUS_FUNCTION(NdisCloseAdapterEx, "", tap_by_handle(&tap.binding, NdisBindingHandle),
                    TAP_STAYS, (NDIS_HANDLE NdisBindingHandle), (NdisBindingHandle))
TAP_VOID_HANDLER(CloseAdapterCompleteHandlerEx, PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX,
                 ProtocolCloseAdapterCompleteEx, "",
                 tap_by_context(&tap.binding, ProtocolBindingContext), "-", TAP_STAYS,
                 (NDIS_HANDLE ProtocolBindingContext), (ProtocolBindingContext))

/* The adapter of an MCM. */
#ifdef TAP_MCM
#ifndef TAP_ADAPTER_CONTEXT /* of NDIS_MINIPORT_ADAPTER_ATTRIBUTES, or NULL */
#ifdef NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1
#define TAP_ADAPTER_CONTEXT(attributes)                                                      \
    ((attributes)->RegistrationAttributes.Header.Type ==                                     \
             NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES                       \
         ? (attributes)->RegistrationAttributes.MiniportAdapterContext                       \
         : NULL)
#else
#define TAP_ADAPTER_CONTEXT(attributes) ((attributes)->MiniportAdapterContext)
#endif
#endif

static __inline NDIS_STATUS
tap_NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                               PNDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_HANDLE, NdisMiniportHandle);
    void *context = TAP_ADAPTER_CONTEXT(Attributes);

    if (e != NULL && context != NULL) {
        TAP_WRITE_POINTER(&e->context, context);
    }
    return NdisMSetMiniportAttributes(NdisMiniportHandle, Attributes);
}

TAP_OWN_HANDLER(InitializeHandlerEx, MINIPORT_INITIALIZE)
static NDIS_STATUS tap_InitializeHandlerEx(NDIS_HANDLE NdisMiniportHandle,
                                           NDIS_HANDLE MiniportDriverContext,
                                           PNDIS_MINIPORT_INIT_PARAMETERS InitParameters)
{
    struct tap_entry *e = tap_begin_binding(NdisMiniportHandle, NULL);
    const struct tap_object o = tap_object_of(&tap.binding, e);
    NDIS_STATUS status;

    tap_line("enter", "MiniportInitializeEx", "", o, "-");
    status = tap_own_InitializeHandlerEx(NdisMiniportHandle, MiniportDriverContext,
                                         InitParameters);
    if (status != NDIS_STATUS_SUCCESS) {
        tap_end(e);
    }
    tap_line("leave", "MiniportInitializeEx", "", o, tap_status(status));
    return status;
}

TAP_OWN_HANDLER(HaltHandlerEx, MINIPORT_HALT)
static void tap_HaltHandlerEx(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_CONTEXT, MiniportAdapterContext);
    const struct tap_object o = tap_object_of(&tap.binding, e);

    tap_line("enter", "MiniportHaltEx", "", o, "-");
    tap_own_HaltHandlerEx(MiniportAdapterContext, HaltAction);
    tap_end(e);
    tap_line("leave", "MiniportHaltEx", "", o, "SUCCESS"); /* has none: the trace's word */
}

TAP_STATUS_FUNCTION(NdisMCmRegisterAddressFamilyEx, "",
                    tap_by_handle(&tap.binding, NdisMiniportHandle), TAP_STAYS,
                    (NDIS_HANDLE NdisMiniportHandle, PCO_ADDRESS_FAMILY AddressFamily),
                    (NdisMiniportHandle, AddressFamily))
#endif

/* What a binding is told, and what counts on it. */

TAP_STATUS_FUNCTION(NdisCmRegisterAddressFamilyEx, "",
                    tap_by_handle(&tap.binding, NdisBindingHandle), TAP_STAYS,
                    (NDIS_HANDLE NdisBindingHandle, PCO_ADDRESS_FAMILY AddressFamily),
                    (NdisBindingHandle, AddressFamily))
TAP_VOID_HANDLER(CoAfRegisterNotifyHandler, PROTOCOL_CO_AF_REGISTER_NOTIFY,
                 ProtocolCoAfRegisterNotify, "",
                 tap_by_context(&tap.binding, ProtocolBindingContext), "-", TAP_STAYS,
                 (NDIS_HANDLE ProtocolBindingContext, PCO_ADDRESS_FAMILY AddressFamily),
                 (ProtocolBindingContext, AddressFamily))

/* Answered at once it is complete: the trace counts, and has no other line for that. */
static __inline NDIS_STATUS tap_NdisOidRequest(NDIS_HANDLE NdisBindingHandle,
                                               PNDIS_OID_REQUEST OidRequest)
{
    const struct tap_object o = tap_by_handle(&tap.binding, NdisBindingHandle);
    NDIS_STATUS status;

    tap_line("call", "NdisOidRequest", "", o, "-");
    status = NdisOidRequest(NdisBindingHandle, OidRequest);
    tap_remark("returned", "NdisOidRequest");
    if (status != NDIS_STATUS_PENDING) {
        tap_line("enter", "ProtocolOidRequestComplete", "", o, "-");
    }
    return status;
}

TAP_VOID_HANDLER(OidRequestCompleteHandler, PROTOCOL_OID_REQUEST_COMPLETE,
                 ProtocolOidRequestComplete, "",
                 tap_by_context(&tap.binding, ProtocolBindingContext), "-", TAP_STAYS,
                 (NDIS_HANDLE ProtocolBindingContext, PNDIS_OID_REQUEST OidRequest,
                  NDIS_STATUS Status),
                 (ProtocolBindingContext, OidRequest, Status))

/* PnP events: those that have lines; of the others nothing is printed. */
static __inline const char *tap_pnp_event(tap_number code)
{
    switch (code) {
    case NetEventPause: return "/NetEventPause";
    case NetEventRestart: return "/NetEventRestart";
    case NetEventQueryRemoveDevice: return "/NetEventQueryRemoveDevice";
    case NetEventSetPower: return "/NetEventSetPower";
    case NetEventCancelRemoveDevice: return "/NetEventCancelRemoveDevice";
    default: return NULL;
    }
}

TAP_OWN_HANDLER(NetPnPEventHandler, PROTOCOL_NET_PNP_EVENT)
static NDIS_STATUS tap_NetPnPEventHandler(NDIS_HANDLE ProtocolBindingContext,
                                          PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_CONTEXT, ProtocolBindingContext);
    const struct tap_object o = tap_object_of(&tap.binding, e);
    const tap_number code = (tap_number)NetPnPEventNotification->NetPnPEvent.NetEvent;
    const char *which = tap_pnp_event(code);
    NDIS_STATUS status;

    if (which == NULL) {
        return tap_own_NetPnPEventHandler(ProtocolBindingContext, NetPnPEventNotification);
    }
    if (e != NULL) {
        TAP_WRITE(&e->event, code);
    }
    tap_line("enter", "ProtocolNetPnPEvent", which, o, "-");
    status = tap_own_NetPnPEventHandler(ProtocolBindingContext, NetPnPEventNotification);
    tap_line("leave", "ProtocolNetPnPEvent", which, o, tap_status(status));
    return status;
}

/* Of the event that the binding was told of last: there is one at a time (PNP-08). */
static __inline void tap_NdisCompleteNetPnPEvent(NDIS_HANDLE NdisBindingHandle,
                                                 PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
                                                 NDIS_STATUS Status)
{
    struct tap_entry *e = tap_find(&tap.binding, TAP_BY_HANDLE, NdisBindingHandle);
    const char *which = tap_pnp_event(e != NULL ? TAP_READ(&e->event) : NetEventPause);

    tap_line("call", "NdisCompleteNetPnPEvent", which, tap_object_of(&tap.binding, e),
             tap_status(Status));
    NdisCompleteNetPnPEvent(NdisBindingHandle, NetPnPEventNotification, Status);
    tap_remark("returned", "NdisCompleteNetPnPEvent");
}

/* In the tables of NDIS 6, by the names of their members. */
#define TAP_WRAP(table, member) tap_wrap_##member(&(table)->member)
#define TAP_WRAP_PROTOCOL_HANDLERS(table) /* NDIS_PROTOCOL_DRIVER_CHARACTERISTICS */         \
    (TAP_WRAP(table, BindAdapterHandlerEx), TAP_WRAP(table, UnbindAdapterHandlerEx),         \
     TAP_WRAP(table, OpenAdapterCompleteHandlerEx),                                          \
     TAP_WRAP(table, CloseAdapterCompleteHandlerEx), TAP_WRAP(table, NetPnPEventHandler),    \
     TAP_WRAP(table, OidRequestCompleteHandler))
#define TAP_WRAP_PROTOCOL_CO_HANDLERS(table) /* NDIS_PROTOCOL_CO_CHARACTERISTICS */          \
    (TAP_WRAP(table, CoAfRegisterNotifyHandler),                                             \
     TAP_WRAP(table, CoSendNetBufferListsCompleteHandler))
#define TAP_WRAP_MINIPORT_HANDLERS(table) /* NDIS_MINIPORT_DRIVER_CHARACTERISTICS */         \
    (TAP_WRAP(table, InitializeHandlerEx), TAP_WRAP(table, HaltHandlerEx))

#endif
