/* callback.c - see callback.h. */
#include "callback.h"

#include "runtime_thread.h"

/* The driver that this event names. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid_read(m);
    requires right_to_call: right_to_call.kind == m->event.kind &&
      same_handle(right_to_call.object, m->event.object);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static NDIS_STATUS call_driver(const struct moment *m)
{
    const struct entry_points *client = m->client.entry, *manager = m->manager.entry;
    const struct entry_points *owner = m->binding.entry;
    NDIS_HANDLE handle = runtime_binding_handle(m->event.object);
    NDIS_STATUS status = ndis_status_of(m->event.status);

    hold_no_lock(); /* the contract again, for callers that are not proved */
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

int call_back(uint16_t enter, struct handle object, uint8_t status, NDIS_STATUS *answer)
{
    struct moment m;

    if (!ndis_acts(enter, object, status, &m)) {
        return 0;
    }
    *answer = call_driver(&m);
    return 1;
}

NDIS_STATUS call_open_af(const struct moment *m, PCO_ADDRESS_FAMILY family,
                         NDIS_HANDLE handle, PNDIS_HANDLE manager_context)
{
    uint8_t *const open = &af_side[m->event.object.slot].open;

    take_ndis_lock();
    if (*open != OPEN_BEGUN) {
        runtime_gives_up("NDIS forwards an open that nobody has begun, or for a second time");
    }
    *open = OPEN_FORWARDED;
    drop_ndis_lock();
    return m->manager.entry->CmOpenAfHandler(m->manager.binding_context, family, handle,
                                             manager_context);
}
