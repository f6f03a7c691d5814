/* callback.c - see callback.h. */
#include "callback.h"

#include "runtime_thread.h"

/* The contract again, for callers that are not proved and for a changed source. */
static void spend_right(const struct moment *m)
{
    hold_no_lock();
    if (right_to_call.kind != m->event.kind ||
        right_to_call.object.slot != m->event.object.slot ||
        right_to_call.object.generation != m->event.object.generation) {
        runtime_gives_up("NDIS makes a callback whose right is spent, or was never given");
    }
    right_to_call.kind = NO_EVENT;
}

NDIS_STATUS call_back(const struct moment *m)
{
    const struct entry_points *client = m->client.entry, *manager = m->manager.entry;
    const struct entry_points *owner = m->binding.entry;
    NDIS_HANDLE handle = runtime_binding_handle(m->event.object);
    NDIS_STATUS status = ndis_status_of(m->event.status);

    spend_right(m);
    switch (m->event.kind) {
    case ENTER_CM_CLOSE_AF: return manager->CmCloseAfHandler(m->manager_context);
    case ENTER_CL_CLOSE_AF_COMPLETE:
        client->ClCloseAfCompleteHandler(status, m->client_context);
        break;
    case ENTER_CL_NOTIFY_CLOSE_AF: return client->ClNotifyCloseAfHandler(m->client_context);
    case ENTER_CM_NOTIFY_COMPLETE:
        manager->CmNotifyCloseAfCompleteHandler(m->manager_context, status);
        break;
    case ENTER_AF_REQUEST_COMPLETE:
        client->CoOidRequestCompleteHandler(m->client_context, NULL, NULL, NULL,
                                            NDIS_STATUS_SUCCESS);
        break;
    case ENTER_BIND:
        return owner->BindAdapterHandlerEx(m->binding.driver_context, handle, NULL);
    case ENTER_INITIALIZE:
        return owner->InitializeHandlerEx(handle, m->binding.driver_context, NULL);
    case ENTER_AF_REGISTER_NOTIFY:
        owner->CoAfRegisterNotifyHandler(m->binding.binding_context, NULL);
        break;
    case ENTER_UNBIND:
        return owner->UnbindAdapterHandlerEx(handle, m->binding.binding_context);
    case ENTER_HALT:
        owner->HaltHandlerEx(m->binding.binding_context, NdisHaltDeviceDisabled);
        break;
    case ENTER_CLOSE_ADAPTER_COMPLETE:
        owner->CloseAdapterCompleteHandlerEx(m->binding.binding_context);
        break;
    case ENTER_SEND_COMPLETE:
        owner->CoSendNetBufferListsCompleteHandler(NULL, NULL, 0);
        break;
    case ENTER_OID_REQUEST_COMPLETE:
        owner->OidRequestCompleteHandler(m->binding.binding_context, NULL,
                                         NDIS_STATUS_SUCCESS);
        break;
    default: break;
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS call_open_af(const struct moment *m, PCO_ADDRESS_FAMILY family,
                         NDIS_HANDLE handle, PNDIS_HANDLE manager_context)
{
    spend_right(m);
    return m->manager.entry->CmOpenAfHandler(m->manager.binding_context, family, handle,
                                             manager_context);
}
