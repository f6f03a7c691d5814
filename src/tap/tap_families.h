/* tap_families.h - part of tap.h: AFs, from the open to the close and its notification. */
#ifndef CLOSEAF_TAP_FAMILIES_H
#define CLOSEAF_TAP_FAMILIES_H

/* The lines of the open end with the client's binding. */
static __inline struct tap_object tap_on_binding(struct tap_object af, struct tap_name binding)
{
    af.on_kind = "binding";
    af.on = binding;
    return af;
}

/* The client. The context is known from the call on: a notification may come before the
 * return. */

static __inline NDIS_STATUS tap_NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                                          PCO_ADDRESS_FAMILY AddressFamily,
                                                          NDIS_HANDLE ProtocolAfContext,
                                                          PNDIS_HANDLE NdisAfHandle)
{
    const struct tap_name binding = tap_by_handle(&tap.binding, NdisBindingHandle).name;
    struct tap_entry *e = tap_begin(&tap.af, ProtocolAfContext, NULL, binding);
    const struct tap_object o = tap_on_binding(tap_object_of(&tap.af, e), binding);
    NDIS_STATUS status;

    tap_line("call", "NdisClOpenAddressFamilyEx", "", o, "-");
    status = NdisClOpenAddressFamilyEx(NdisBindingHandle, AddressFamily, ProtocolAfContext,
                                       NdisAfHandle);
    if (status != NDIS_STATUS_PENDING) {
        tap_given(&tap.af, o, *NdisAfHandle, status);
    }
    tap_line("return", "NdisClOpenAddressFamilyEx", "", o, tap_status(status));
    return status;
}

TAP_OWN_HANDLER(ClOpenAfCompleteHandlerEx, PROTOCOL_CL_OPEN_AF_COMPLETE_EX)
static void tap_ClOpenAfCompleteHandlerEx(NDIS_HANDLE ProtocolAfContext,
                                          NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    const struct tap_object o = tap_by_context(&tap.af, ProtocolAfContext);

    tap_given(&tap.af, o, NdisAfHandle, Status);
    tap_line("enter", "ProtocolClOpenAfCompleteEx", "", o, tap_status(Status));
    tap_own_ClOpenAfCompleteHandlerEx(ProtocolAfContext, NdisAfHandle, Status);
    tap_remark("left", "ProtocolClOpenAfCompleteEx");
}

TAP_STATUS_FUNCTION(NdisClCloseAddressFamily, "", tap_by_handle(&tap.af, NdisAfHandle),
                    TAP_ENDS_ON_SUCCESS(af, result), (NDIS_HANDLE NdisAfHandle), (NdisAfHandle))
TAP_VOID_HANDLER(ClCloseAfCompleteHandler, PROTOCOL_CL_CLOSE_AF_COMPLETE,
                 ProtocolClCloseAfComplete, "", tap_by_context(&tap.af, ProtocolAfContext),
                 tap_status(Status), TAP_ENDS_ON_SUCCESS(af, Status),
                 (NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext),
                 (Status, ProtocolAfContext))
TAP_STATUS_HANDLER(ClNotifyCloseAfHandler, PROTOCOL_CL_NOTIFY_CLOSE_AF, ProtocolClNotifyCloseAf,
                   "", tap_by_context(&tap.af, ClientAfContext), TAP_STAYS,
                   (NDIS_HANDLE ClientAfContext), (ClientAfContext))
TAP_VOID_FUNCTION(NdisClNotifyCloseAddressFamilyComplete, "",
                  tap_by_handle(&tap.af, NdisAfHandle), tap_status(Status), TAP_STAYS,
                  (NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status), (NdisAfHandle, Status))

/* The call manager. Its context is known when the open is answered, if not pended; the
 * tap says by itself that it was stored. */

static __inline void tap_store_context(struct tap_entry *e, struct tap_object o, void *context)
{
    if (e != NULL) {
        TAP_WRITE_POINTER(&e->context, context);
        tap_line("do", "StoreCallMgrAfContext", "", o, "-");
    }
}

TAP_OWN_HANDLER(CmOpenAfHandler, PROTOCOL_CM_OPEN_AF)
static NDIS_STATUS tap_CmOpenAfHandler(NDIS_HANDLE CallMgrBindingContext,
                                       PCO_ADDRESS_FAMILY AddressFamily,
                                       NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE CallMgrAfContext)
{
    const struct tap_name binding = tap_by_context(&tap.binding, CallMgrBindingContext).name;
    struct tap_entry *e = tap_begin(&tap.af, NULL, NdisAfHandle, binding);
    const struct tap_object o = tap_object_of(&tap.af, e);
    NDIS_STATUS status;

    tap_line("enter", "ProtocolCmOpenAf", "", o, "-");
    status = tap_own_CmOpenAfHandler(CallMgrBindingContext, AddressFamily, NdisAfHandle,
                                     CallMgrAfContext);
    if (status == NDIS_STATUS_SUCCESS) {
        tap_store_context(e, o, *CallMgrAfContext);
    } else if (status != NDIS_STATUS_PENDING) {
        tap_end(e);
    }
    tap_line("leave", "ProtocolCmOpenAf", "", o, tap_status(status));
    return status;
}

#define TAP_OPEN_COMPLETION(function)                                                        \
    static __inline void tap_##function(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,        \
                                        NDIS_HANDLE CallMgrAfContext)                        \
    {                                                                                        \
        struct tap_entry *e = tap_find(&tap.af, TAP_BY_HANDLE, NdisAfHandle);                \
        const struct tap_object o = tap_object_of(&tap.af, e);                               \
                                                                                             \
        if (Status == NDIS_STATUS_SUCCESS) {                                                 \
            tap_store_context(e, o, CallMgrAfContext);                                       \
        } else {                                                                             \
            tap_end(e);                                                                      \
        }                                                                                    \
        tap_line("call", #function, "", o, tap_status(Status));                         \
        function(Status, NdisAfHandle, CallMgrAfContext);                                    \
        tap_remark("returned", #function);                                              \
    }
TAP_OPEN_COMPLETION(NdisCmOpenAddressFamilyComplete)

TAP_STATUS_HANDLER(CmCloseAfHandler, PROTOCOL_CM_CLOSE_AF, ProtocolCmCloseAf, "",
                   tap_by_context(&tap.af, CallMgrAfContext), TAP_ENDS_ON_SUCCESS(af, result),
                   (NDIS_HANDLE CallMgrAfContext), (CallMgrAfContext))
TAP_VOID_FUNCTION(NdisCmCloseAddressFamilyComplete, "", tap_by_handle(&tap.af, NdisAfHandle),
                  tap_status(Status), TAP_ENDS_ON_SUCCESS(af, Status),
                  (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle), (Status, NdisAfHandle))
TAP_STATUS_FUNCTION(NdisCmNotifyCloseAddressFamily, "", tap_by_handle(&tap.af, NdisAfHandle),
                    TAP_STAYS, (NDIS_HANDLE NdisAfHandle), (NdisAfHandle))
TAP_VOID_HANDLER(CmNotifyCloseAfCompleteHandler, PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE,
                 ProtocolCmNotifyCloseAfComplete, "", tap_by_context(&tap.af, CallMgrAfContext),
                 tap_status(Status), TAP_STAYS, (NDIS_HANDLE CallMgrAfContext, NDIS_STATUS Status),
                 (CallMgrAfContext, Status))

/* The MCM: by the names of its own functions. */
#ifdef TAP_MCM
TAP_OPEN_COMPLETION(NdisMCmOpenAddressFamilyComplete)
TAP_VOID_FUNCTION(NdisMCmCloseAddressFamilyComplete, "", tap_by_handle(&tap.af, NdisAfHandle),
                  tap_status(Status), TAP_ENDS_ON_SUCCESS(af, Status),
                  (NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle), (Status, NdisAfHandle))
TAP_STATUS_FUNCTION(NdisMCmNotifyCloseAddressFamily, "", tap_by_handle(&tap.af, NdisAfHandle),
                    TAP_STAYS, (NDIS_HANDLE NdisAfHandle), (NdisAfHandle))
#endif

/* What no call shows, said by the driver at the moment when it does it (TAP.md):
 *   TAP_DO(FreeClientAfContext, af, handle);
 *   TAP_DO_WITH(OwnProtocolClCloseAfComplete, af, handle, Status);
 *   TAP_END();
 * After the name of the act the kind of the object, in the words of the trace, and a pointer
 * that stands for it: the handle that NDIS gave, or the driver's own context. */
#define TAP_DO(act, kind, handle) tap_do(&tap.kind, #act, handle, "-")
#define TAP_DO_WITH(act, kind, handle, Status) tap_do(&tap.kind, #act, handle, tap_status(Status))

static __inline void tap_do(struct tap_table *t, const char *act, void *pointer,
                            const char *status)
{
    tap_line("do", act, "", tap_object_of(t, tap_find(t, TAP_BY_ANY, pointer)), status);
}

/* The driver unloads: after this line nothing is missing. */
#define TAP_END() tap_remark("end", TAP_ROLE)

/* In the tables of NDIS 6, by the names of their members. */
#define TAP_WRAP_CLIENT_AF_HANDLERS(table)                                                   \
    (TAP_WRAP(table, ClOpenAfCompleteHandlerEx), TAP_WRAP(table, ClCloseAfCompleteHandler),  \
     TAP_WRAP(table, ClNotifyCloseAfHandler))
#define TAP_WRAP_CALL_MANAGER_AF_HANDLERS(table)                                             \
    (TAP_WRAP(table, CmOpenAfHandler), TAP_WRAP(table, CmCloseAfHandler),                    \
     TAP_WRAP(table, CmNotifyCloseAfCompleteHandler))

#endif
