/* driver_characteristics.c - how NDIS reads the structures of driver_characteristics.h, and what
 * must stand in them. Not proved: what a structure is its first member says. */
#include "runtime_driver.h"

void take_handlers(struct entry_points *to, PVOID characteristics)
{
    switch (((const NDIS_OBJECT_HEADER *)characteristics)->Type) {
    case NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS:
        to->protocol = *(const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *)characteristics;
        break;
    case NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS:
        to->miniport = *(const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *)characteristics;
        break;
    case NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS:
        to->co_protocol = *(const NDIS_PROTOCOL_CO_CHARACTERISTICS *)characteristics;
        break;
    case NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS:
        to->co_miniport = *(const NDIS_MINIPORT_CO_CHARACTERISTICS *)characteristics;
        break;
    case NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS:
        to->client = *(const NDIS_CO_CLIENT_OPTIONAL_HANDLERS *)characteristics;
        break;
    case NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS:
        to->call_manager = *(const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *)characteristics;
        break;
    default: break; /* another service's */
    }
}

/* What must be there. */

enum requirement missing_in_driver(const struct entry_points *e, int is_miniport)
{
    if (is_miniport) {
        return e->miniport.SetOptionsHandler == NULL ? REG_10 : CONFORMING;
    }
    if (e->protocol.UnbindAdapterHandlerEx == NULL) {
        return UNB_02;
    }
    if (e->protocol.CloseAdapterCompleteHandlerEx == NULL) {
        return CAD_14;
    }
    return e->protocol.SetOptionsHandler == NULL ? REG_10 : CONFORMING;
}

static enum requirement missing_in_client(const NDIS_CO_CLIENT_OPTIONAL_HANDLERS *c)
{
    if (c->ClCloseAfCompleteHandler == NULL) {
        return AF_CL_19;
    }
    if (c->ClNotifyCloseAfHandler == NULL) {
        return NTF_16;
    }
    return c->ClCreateVcHandler != NULL && c->ClDeleteVcHandler != NULL &&
                   c->ClOidRequestHandler != NULL && c->ClOidRequestCompleteHandler != NULL &&
                   c->ClOpenAfCompleteHandlerEx != NULL &&
                   c->ClRegisterSapCompleteHandler != NULL &&
                   c->ClDeregisterSapCompleteHandler != NULL &&
                   c->ClMakeCallCompleteHandler != NULL && c->ClCloseCallCompleteHandler != NULL &&
                   c->ClIncomingCallHandler != NULL && c->ClIncomingCloseCallHandler != NULL &&
                   c->ClAddPartyCompleteHandler != NULL && c->ClDropPartyCompleteHandler != NULL &&
                   c->ClIncomingDropPartyHandler != NULL
               ? CONFORMING
               : REG_07;
}

static enum requirement missing_in_call_manager(const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *c)
{
    if (c->CmCloseAfHandler == NULL) {
        return AF_CM_01;
    }
    if (c->CmNotifyCloseAfCompleteHandler == NULL) {
        return NTF_17;
    }
    return c->CmCreateVcHandler != NULL && c->CmDeleteVcHandler != NULL &&
                   c->CmOidRequestHandler != NULL && c->CmOidRequestCompleteHandler != NULL &&
                   c->CmOpenAfHandler != NULL && c->CmRegisterSapHandler != NULL &&
                   c->CmDeregisterSapHandler != NULL && c->CmDeactivateVcCompleteHandler != NULL &&
                   c->CmMakeCallHandler != NULL && c->CmCloseCallHandler != NULL &&
                   c->CmIncomingCallCompleteHandler != NULL && c->CmAddPartyHandler != NULL &&
                   c->CmDropPartyHandler != NULL
               ? CONFORMING
               : REG_08;
}

enum requirement missing_option(const struct entry_points *e, int is_manager, int is_miniport)
{
    if (!is_miniport && e->co_protocol.CoAfRegisterNotifyHandler == NULL) {
        return REG_06;
    }
    if (!is_miniport && (e->co_protocol.CoStatusHandlerEx == NULL ||
                         e->co_protocol.CoSendNetBufferListsCompleteHandler == NULL)) {
        return REG_15;
    }
    return is_manager ? missing_in_call_manager(&e->call_manager) : missing_in_client(&e->client);
}

int oid_handlers_are_one(const struct entry_points *e)
{
    return e->call_manager.CmOidRequestHandler != NULL &&
           (void (*)(void))e->call_manager.CmOidRequestHandler ==
               (void (*)(void))e->co_miniport.CoOidRequestHandler;
}
