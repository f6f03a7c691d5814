/* entry_point.c - see entry_point.h. */
#include "entry_point.h"

#include "ndis/oid_request.h"

#include <stdlib.h>

static NDIS_STATUS pnp_event(const struct moment *m, NET_PNP_EVENT_CODE code)
{
    struct _NET_PNP_EVENT_NOTIFICATION notification = {.NetPnPEvent = {code}};

    return m->driver.entry->protocol.NetPnPEventHandler(m->context, &notification);
}

/* Those that have no status. */
static void tell(const struct moment *m)
{
    const struct entry_points *to = m->driver.entry;
    const NDIS_CO_CLIENT_OPTIONAL_HANDLERS *client = &to->client;
    const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *manager = &to->call_manager;
    const NDIS_PROTOCOL_CO_CHARACTERISTICS *co_protocol = &to->co_protocol;
    const NDIS_HANDLE handle = runtime_handle(m->event.kind, m->event.object);
    const NDIS_STATUS status = ndis_status_of(m->event.status);
    const struct arguments *a = &m->arguments;

    switch (m->event.kind) {
    case OPEN_AF_DELIVER: client->ClOpenAfCompleteHandlerEx(m->context, handle, status); break;
    case ENTER_CL_CLOSE_AF_COMPLETE: client->ClCloseAfCompleteHandler(status, m->context); break;
    case ENTER_CM_NOTIFY_COMPLETE:
        manager->CmNotifyCloseAfCompleteHandler(m->context, status);
        break;
    case SAP_REGISTER_DELIVER:
        client->ClRegisterSapCompleteHandler(status, m->context, m->what, handle);
        break;
    case SAP_DEREGISTER_DELIVER: client->ClDeregisterSapCompleteHandler(status, m->context); break;
    case VC_DEACTIVATE_DELIVER: manager->CmDeactivateVcCompleteHandler(status, m->context); break;
    case VC_SEND_DELIVER:
        co_protocol->CoSendNetBufferListsCompleteHandler(m->context, NULL, 0);
        break;
    case VC_MAKE_CALL_DELIVER:
        client->ClMakeCallCompleteHandler(status, m->context, a->party, a->what);
        break;
    case VC_CLOSE_CALL_DELIVER:
        client->ClCloseCallCompleteHandler(status, m->context, m->party_context);
        break;
    case VC_INCOMING_CALL_DELIVER:
        manager->CmIncomingCallCompleteHandler(status, m->context, a->what);
        break;
    case VC_INCOMING_CLOSE_ENTER:
        client->ClIncomingCloseCallHandler(a->status, m->context, a->what, a->size);
        break;
    case PARTY_ADD_DELIVER:
        client->ClAddPartyCompleteHandler(status, m->context, handle, a->what);
        break;
    case PARTY_DROP_DELIVER: client->ClDropPartyCompleteHandler(status, m->context); break;
    case PARTY_INCOMING_DROP_ENTER:
        client->ClIncomingDropPartyHandler(a->status, m->context, a->what, a->size);
        break;
    case REQUEST_BY_CLIENT_DELIVER:
        client->ClOidRequestCompleteHandler(m->af_context, m->other_context, m->party_context,
                                            m->what, status);
        break;
    case REQUEST_BY_MANAGER_DELIVER:
        manager->CmOidRequestCompleteHandler(m->af_context, m->other_context, m->party_context,
                                             m->what, status);
        break;
    case OID_CO_AF_CLOSE_DELIVER:
        manager->CmOidRequestCompleteHandler(m->context, NULL, NULL, m->what, status);
        break;
    case REQUEST_TO_MINIPORT_DELIVER:
        (m->event.object.slot == MANAGER_BINDING ? manager->CmOidRequestCompleteHandler
                                                 : client->ClOidRequestCompleteHandler)(
            NULL, NULL, NULL, m->what, status);
        break;
    default: break;
    }
}

/* Those of a binding. */
static NDIS_STATUS call_owner(const struct moment *m)
{
    const struct entry_points *to = m->driver.entry;
    const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *protocol = &to->protocol;
    const NDIS_PROTOCOL_CO_CHARACTERISTICS *co_protocol = &to->co_protocol;
    const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *miniport = &to->miniport;
    const NDIS_HANDLE handle = runtime_binding_handle(m->event.object);

    switch (m->event.kind) {
    case ENTER_BIND: return protocol->BindAdapterHandlerEx(m->driver.driver_context, handle, NULL);
    case ENTER_INITIALIZE:
        return miniport->InitializeHandlerEx(handle, m->driver.driver_context, NULL);
    case ENTER_UNBIND: return protocol->UnbindAdapterHandlerEx(handle, m->context);
    case ENTER_AF_REGISTER_NOTIFY: co_protocol->CoAfRegisterNotifyHandler(m->context, NULL); break;
    case ENTER_HALT: miniport->HaltHandlerEx(m->context, NdisHaltDeviceDisabled); break;
    case ENTER_CLOSE_ADAPTER_COMPLETE: protocol->CloseAdapterCompleteHandlerEx(m->context); break;
    case ENTER_SEND_COMPLETE:
        co_protocol->CoSendNetBufferListsCompleteHandler(NULL, NULL, 0);
        break;
    case ENTER_OID_REQUEST_COMPLETE:
        protocol->OidRequestCompleteHandler(m->context, NULL, NDIS_STATUS_SUCCESS);
        break;
    case PAUSE_ENTER: return pnp_event(m, NetEventPause);
    case RESTART_ENTER: return pnp_event(m, NetEventRestart);
    case QUERY_REMOVE_ENTER: return pnp_event(m, NetEventQueryRemoveDevice);
    case SET_POWER_ENTER: return pnp_event(m, NetEventSetPower);
    case CANCEL_REMOVE_ENTER: return pnp_event(m, NetEventCancelRemoveDevice);
    case OPEN_ADAPTER_DELIVER:
        protocol->OpenAdapterCompleteHandlerEx(m->context, ndis_status_of(m->event.status));
        break;
    case INDICATE_RECEIVE: protocol->ReceiveNetBufferListsHandler(m->context, NULL, 0, 0, 0); break;
    case INDICATE_STATUS: protocol->StatusHandlerEx(m->context, NULL); break;
    case INDICATE_CO_STATUS:
    case RESET_END: co_protocol->CoStatusHandlerEx(m->context, NULL, NULL); break;
    default: break;
    }
    return NDIS_STATUS_SUCCESS;
}

/* Those of a driver as a whole. */
static NDIS_STATUS call_whole_driver(const struct moment *m)
{
    const struct entry_points *to = m->driver.entry;
    const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *protocol = &to->protocol;
    const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *miniport = &to->miniport;
    const NDIS_HANDLE handle = runtime_handle(m->event.kind, m->event.object);

    if (m->event.kind == SET_OPTIONS_ENTER) {
        return protocol->SetOptionsHandler(handle, m->driver.driver_context);
    }
    if (m->event.kind == SET_OPTIONS_MCM_ENTER) {
        return miniport->SetOptionsHandler(handle, m->driver.driver_context);
    }
    if (m->event.kind == DRIVER_UNINSTALL_ENTER && protocol->UninstallHandler != NULL) {
        protocol->UninstallHandler();
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS call_by_event(struct moment *m)
{
    const struct entry_points *to = m->driver.entry;
    const NDIS_CO_CLIENT_OPTIONAL_HANDLERS *client = &to->client;
    const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *manager = &to->call_manager;
    const NDIS_MINIPORT_CO_CHARACTERISTICS *co_miniport = &to->co_miniport;
    const NDIS_HANDLE handle = runtime_handle(m->event.kind, m->event.object);
    struct arguments *a = &m->arguments;
    NDIS_HANDLE *context = &a->context;

    switch (m->event.kind) {
    case OPEN_AF_ENTER:
        return manager->CmOpenAfHandler(m->driver.binding_context, a->what, handle, context);
    case ENTER_CM_CLOSE_AF: return manager->CmCloseAfHandler(m->context);
    case ENTER_CL_NOTIFY_CLOSE_AF: return client->ClNotifyCloseAfHandler(m->context);
    case SAP_REGISTER_ENTER:
        return manager->CmRegisterSapHandler(m->af_context, a->what, handle, context);
    case SAP_DEREGISTER_ENTER: return manager->CmDeregisterSapHandler(m->context);
    case MINIPORT_CREATE_VC_LEAVE:
        return co_miniport->CoCreateVcHandler(m->driver.binding_context, handle, context);
    case MINIPORT_DELETE_VC_LEAVE: return co_miniport->CoDeleteVcHandler(m->context);
    case VC_CREATE_BY_CLIENT_ENTER:
        return manager->CmCreateVcHandler(m->af_context, handle, context);
    case VC_CREATE_BY_MANAGER_ENTER:
        return client->ClCreateVcHandler(m->af_context, handle, context);
    case VC_DELETE_BY_CLIENT_ENTER: return manager->CmDeleteVcHandler(m->context);
    case VC_DELETE_BY_MANAGER_ENTER: return client->ClDeleteVcHandler(m->context);
    case VC_DEACTIVATE_ENTER: return co_miniport->CoDeactivateVcHandler(m->context);
    case VC_MAKE_CALL_ENTER:
        return manager->CmMakeCallHandler(m->context, a->what, a->party, &a->party_context);
    case VC_CLOSE_CALL_ENTER:
        return manager->CmCloseCallHandler(m->context, m->party_context, a->what, a->size);
    case VC_INCOMING_CALL_ENTER:
        return client->ClIncomingCallHandler(m->other_context, m->context, a->what);
    case PARTY_ADD_ENTER:
        return manager->CmAddPartyHandler(m->vc_context, a->what, handle, context);
    case PARTY_DROP_ENTER: return manager->CmDropPartyHandler(m->context, a->what, a->size);
    case REQUEST_BY_CLIENT_ENTER:
        return manager->CmOidRequestHandler(m->af_context, m->other_context, m->party_context,
                                            a->what);
    case REQUEST_BY_MANAGER_ENTER:
        return client->ClOidRequestHandler(m->af_context, m->other_context, m->party_context,
                                           a->what);
    case OID_CO_AF_CLOSE_ENTER:
        return client->ClOidRequestHandler(m->context, NULL, NULL, a->what);
    case REQUEST_TO_MINIPORT_ENTER:
        return co_miniport->CoOidRequestHandler(m->driver.binding_context, NULL, a->what);
    default: break;
    }
    if (object_of(m->event.kind) == HANDLE_driver) {
        return call_whole_driver(m);
    }
    if (object_of(m->event.kind) == HANDLE_binding && m->event.kind != REQUEST_TO_MINIPORT_DELIVER) {
        return call_owner(m);
    }
    tell(m);
    return NDIS_STATUS_SUCCESS;
}

/* The callbacks in which this thread is, from the innermost out. */
struct callback {
    const struct callback *outer;
    const struct entry_points *driver;
};
static PER_THREAD const struct callback *innermost;

NDIS_STATUS call_driver(struct moment *m)
{
    const struct callback callback = {innermost, m->driver.entry};
    NDIS_STATUS status;

    hold_no_lock(); /* the contract again, for a changed source */
    innermost = &callback;
    status = call_by_event(m);
    innermost = callback.outer;
    return status;
}

int is_in_callback_of(uint32_t slot)
{
    const struct callback *c = innermost;

    while (c != NULL && c->driver != &driver_side[slot].entry) {
        c = c->outer;
    }
    return c != NULL;
}

/* What the system calls. */

static void forget_driver_object(PDRIVER_OBJECT object)
{
    const struct _DRIVER_OBJECT none = {0};

    free(object->extension);
    *object = none;
}

NDIS_STATUS call_driver_entry(DRIVER_INITIALIZE *entry, uint32_t slot)
{
    const PDRIVER_OBJECT object = &driver_side[slot].object;
    NDIS_STATUS status;

    hold_no_lock();
    status = entry(object, NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        forget_driver_object(object);
    } else if (driver_side[slot].is_miniport) {
        object->DriverUnload = driver_side[slot].entry.miniport.UnloadHandler;
    }
    return status;
}

void call_unload(uint32_t slot)
{
    const PDRIVER_OBJECT object = &driver_side[slot].object;

    hold_no_lock();
    if (object->DriverUnload != NULL) {
        object->DriverUnload(object);
    }
    forget_driver_object(object);
}
