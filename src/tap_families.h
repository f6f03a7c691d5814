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

    tap_full_line("call", "NdisClOpenAddressFamilyEx", "", o, "-");
    status = NdisClOpenAddressFamilyEx(NdisBindingHandle, AddressFamily, ProtocolAfContext,
                                       NdisAfHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        tap_set_handle(&tap.af, e, *NdisAfHandle);
    } else if (status != NDIS_STATUS_PENDING) {
        tap_end(e);
    }
    tap_opened("NdisClOpenAddressFamilyEx", o, status);
    return status;
}

TAP_OWN_HANDLER(ClOpenAfCompleteHandlerEx, PROTOCOL_CL_OPEN_AF_COMPLETE_EX)
static void tap_ClOpenAfCompleteHandlerEx(NDIS_HANDLE ProtocolAfContext,
                                          NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    struct tap_entry *e = tap_find(&tap.af, TAP_BY_CONTEXT, ProtocolAfContext);
    const struct tap_object o = tap_object_of(&tap.af, e);

    if (Status == NDIS_STATUS_SUCCESS) {
        tap_set_handle(&tap.af, e, NdisAfHandle);
    } else {
        tap_end(e);
    }
    tap_full_line("enter", "ProtocolClOpenAfCompleteEx", "", o, tap_status(Status));
    if (TAP_IS_SHORT && e != NULL) {
        tap_opened("NdisClOpenAddressFamilyEx", tap_on_binding(o, e->on), Status);
    }
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
        tap_full_line("do", "StoreCallMgrAfContext", "", o, "-");
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

    tap_full_line("enter", "ProtocolCmOpenAf", "", o, "-");
    status = tap_own_CmOpenAfHandler(CallMgrBindingContext, AddressFamily, NdisAfHandle,
                                     CallMgrAfContext);
    if (status == NDIS_STATUS_SUCCESS) {
        tap_store_context(e, o, *CallMgrAfContext);
    } else if (status != NDIS_STATUS_PENDING) {
        tap_end(e);
    }
    tap_full_line("leave", "ProtocolCmOpenAf", "", o, tap_status(status));
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
        tap_full_line("call", #function, "", o, tap_status(Status));                         \
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
 * Behind the name of the act the kind of the object, in the words of the trace, and the
 * handle that NDIS gave for it. */
#define TAP_DO(act, kind, handle) tap_do(&tap.kind, #act, handle, "-")
#define TAP_DO_WITH(act, kind, handle, Status) tap_do(&tap.kind, #act, handle, tap_status(Status))

static __inline int tap_begins_with(const char *text, const char *with)
{
    while (*with != '\0' && *text == *with) {
        text++;
        with++;
    }
    return *with == '\0';
}

/* The acts of vocabulary.def; the short form hides the others, so that a driver may say all
 * of its acts whichever the form is. */
static __inline int tap_act_is_short(const char *act)
{
    static const char *const acts[] = {
        "ReleaseAfResources", "OwnProtocolClCloseAfComplete", "WaitInProtocolClNotifyCloseAf",
        "FreeClientAfContext", "FreeCallMgrAfContext", "FreeProtocolBindingContext"};
    unsigned i;

    for (i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (tap_begins_with(act, acts[i]) && tap_begins_with(acts[i], act)) {
            return 1;
        }
    }
    return 0;
}

/* Whoever frees the context of an object has no more to do with it. An AF whose open has failed
 * is none in the short form, and the end of its context no line. */
static __inline void tap_do(struct tap_table *t, const char *act, void *handle,
                            const char *status)
{
    struct tap_entry *e = tap_find(t, TAP_BY_HANDLE, handle);
    const int is_no_line = TAP_IS_SHORT && (!tap_act_is_short(act) || (e == NULL && t == &tap.af));

    tap_print(is_no_line ? "# " : "", "do", act, "", tap_object_of(t, e), status);
    if (tap_begins_with(act, "Free") && t != &tap.binding) {
        tap_end(e);
    }
}

/* The driver unloads: behind this line nothing is missing. */
#define TAP_END() tap_remark("end", TAP_ROLE)

/* In the tables of NDIS 6, by the names of their members. */
#define TAP_WRAP_CLIENT_AF_HANDLERS(table)                                                   \
    (TAP_WRAP(table, ClOpenAfCompleteHandlerEx), TAP_WRAP(table, ClCloseAfCompleteHandler),  \
     TAP_WRAP(table, ClNotifyCloseAfHandler))
#define TAP_WRAP_CALL_MANAGER_AF_HANDLERS(table)                                             \
    (TAP_WRAP(table, CmOpenAfHandler), TAP_WRAP(table, CmCloseAfHandler),                    \
     TAP_WRAP(table, CmNotifyCloseAfCompleteHandler))

#endif
