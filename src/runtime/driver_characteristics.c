/* driver_characteristics.c - how NDIS reads the structures of driver_characteristics.h, and what
 * must stand in them. Not proved: what a structure is its first member says. */
#include "runtime_driver.h"

static void take_protocol(struct entry_points *to, const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *c)
{
    to->SetOptionsHandler = c->SetOptionsHandler;
    to->BindAdapterHandlerEx = c->BindAdapterHandlerEx;
    to->UnbindAdapterHandlerEx = c->UnbindAdapterHandlerEx;
    to->OpenAdapterCompleteHandlerEx = c->OpenAdapterCompleteHandlerEx;
    to->CloseAdapterCompleteHandlerEx = c->CloseAdapterCompleteHandlerEx;
    to->NetPnPEventHandler = c->NetPnPEventHandler;
    to->UninstallHandler = c->UninstallHandler;
    to->OidRequestCompleteHandler = c->OidRequestCompleteHandler;
    to->StatusHandlerEx = c->StatusHandlerEx;
    to->ReceiveNetBufferListsHandler = c->ReceiveNetBufferListsHandler;
}

static void take_miniport(struct entry_points *to, const NDIS_MINIPORT_DRIVER_CHARACTERISTICS *c)
{
    to->SetOptionsHandler = c->SetOptionsHandler;
    to->InitializeHandlerEx = c->InitializeHandlerEx;
    to->HaltHandlerEx = c->HaltHandlerEx;
    to->UnloadHandler = c->UnloadHandler;
}

static void take_co_protocol(struct entry_points *to, const NDIS_PROTOCOL_CO_CHARACTERISTICS *c)
{
    to->CoStatusHandlerEx = c->CoStatusHandlerEx;
    to->CoAfRegisterNotifyHandler = c->CoAfRegisterNotifyHandler;
    to->CoSendNetBufferListsCompleteHandler = c->CoSendNetBufferListsCompleteHandler;
}

static void take_co_miniport(struct entry_points *to, const NDIS_MINIPORT_CO_CHARACTERISTICS *c)
{
    to->MiniportCoCreateVcHandler = c->CoCreateVcHandler;
    to->MiniportCoDeleteVcHandler = c->CoDeleteVcHandler;
    to->MiniportCoDeactivateVcHandler = c->CoDeactivateVcHandler;
    to->MiniportCoOidRequestHandler = c->CoOidRequestHandler;
}

static void take_client(struct entry_points *to, const NDIS_CO_CLIENT_OPTIONAL_HANDLERS *c)
{
    to->CoCreateVcHandler = c->ClCreateVcHandler;
    to->CoDeleteVcHandler = c->ClDeleteVcHandler;
    to->CoOidRequestHandler = c->ClOidRequestHandler;
    to->CoOidRequestCompleteHandler = c->ClOidRequestCompleteHandler;
    to->ClOpenAfCompleteHandlerEx = c->ClOpenAfCompleteHandlerEx;
    to->ClCloseAfCompleteHandler = c->ClCloseAfCompleteHandler;
    to->ClRegisterSapCompleteHandler = c->ClRegisterSapCompleteHandler;
    to->ClDeregisterSapCompleteHandler = c->ClDeregisterSapCompleteHandler;
    to->ClMakeCallCompleteHandler = c->ClMakeCallCompleteHandler;
    to->ClCloseCallCompleteHandler = c->ClCloseCallCompleteHandler;
    to->ClAddPartyCompleteHandler = c->ClAddPartyCompleteHandler;
    to->ClDropPartyCompleteHandler = c->ClDropPartyCompleteHandler;
    to->ClIncomingCallHandler = c->ClIncomingCallHandler;
    to->ClIncomingCloseCallHandler = c->ClIncomingCloseCallHandler;
    to->ClIncomingDropPartyHandler = c->ClIncomingDropPartyHandler;
    to->ClNotifyCloseAfHandler = c->ClNotifyCloseAfHandler;
}

static void take_call_manager(struct entry_points *to,
                              const NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *c)
{
    to->CoCreateVcHandler = c->CmCreateVcHandler;
    to->CoDeleteVcHandler = c->CmDeleteVcHandler;
    to->CmOpenAfHandler = c->CmOpenAfHandler;
    to->CmCloseAfHandler = c->CmCloseAfHandler;
    to->CmRegisterSapHandler = c->CmRegisterSapHandler;
    to->CmDeregisterSapHandler = c->CmDeregisterSapHandler;
    to->CmMakeCallHandler = c->CmMakeCallHandler;
    to->CmCloseCallHandler = c->CmCloseCallHandler;
    to->CmIncomingCallCompleteHandler = c->CmIncomingCallCompleteHandler;
    to->CmAddPartyHandler = c->CmAddPartyHandler;
    to->CmDropPartyHandler = c->CmDropPartyHandler;
    to->CmDeactivateVcCompleteHandler = c->CmDeactivateVcCompleteHandler;
    to->CoOidRequestHandler = c->CmOidRequestHandler;
    to->CoOidRequestCompleteHandler = c->CmOidRequestCompleteHandler;
    to->CmNotifyCloseAfCompleteHandler = c->CmNotifyCloseAfCompleteHandler;
}

void take_handlers(struct entry_points *to, PVOID characteristics)
{
    switch (((const NDIS_OBJECT_HEADER *)characteristics)->Type) {
    case NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS: take_protocol(to, characteristics); break;
    case NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS: take_miniport(to, characteristics); break;
    case NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS: take_co_protocol(to, characteristics); break;
    case NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS: take_co_miniport(to, characteristics); break;
    case NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS: take_client(to, characteristics); break;
    case NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS:
        take_call_manager(to, characteristics);
        break;
    default: break; /* another service's */
    }
}

/* What must be there. */

enum requirement missing_in_driver(const struct entry_points *e, int is_miniport)
{
    if (!is_miniport && e->UnbindAdapterHandlerEx == NULL) {
        return UNB_02;
    }
    if (!is_miniport && e->CloseAdapterCompleteHandlerEx == NULL) {
        return CAD_14;
    }
    return e->SetOptionsHandler == NULL ? REG_10 : CONFORMING;
}

/* The four that a client and a call manager have each in its own structure. */
static int has_common_handlers(const struct entry_points *e)
{
    return e->CoCreateVcHandler != NULL && e->CoDeleteVcHandler != NULL &&
           e->CoOidRequestHandler != NULL && e->CoOidRequestCompleteHandler != NULL;
}

static enum requirement missing_in_client(const struct entry_points *e)
{
    if (e->ClCloseAfCompleteHandler == NULL) {
        return AF_CL_19;
    }
    if (e->ClNotifyCloseAfHandler == NULL) {
        return NTF_16;
    }
    return has_common_handlers(e) && e->ClOpenAfCompleteHandlerEx != NULL &&
                   e->ClRegisterSapCompleteHandler != NULL &&
                   e->ClDeregisterSapCompleteHandler != NULL &&
                   e->ClMakeCallCompleteHandler != NULL && e->ClCloseCallCompleteHandler != NULL &&
                   e->ClIncomingCallHandler != NULL && e->ClIncomingCloseCallHandler != NULL &&
                   e->ClAddPartyCompleteHandler != NULL && e->ClDropPartyCompleteHandler != NULL &&
                   e->ClIncomingDropPartyHandler != NULL
               ? CONFORMING
               : REG_07;
}

static enum requirement missing_in_call_manager(const struct entry_points *e)
{
    if (e->CmCloseAfHandler == NULL) {
        return AF_CM_01;
    }
    if (e->CmNotifyCloseAfCompleteHandler == NULL) {
        return NTF_17;
    }
    return has_common_handlers(e) && e->CmOpenAfHandler != NULL && e->CmRegisterSapHandler != NULL &&
                   e->CmDeregisterSapHandler != NULL && e->CmDeactivateVcCompleteHandler != NULL &&
                   e->CmMakeCallHandler != NULL && e->CmCloseCallHandler != NULL &&
                   e->CmIncomingCallCompleteHandler != NULL && e->CmAddPartyHandler != NULL &&
                   e->CmDropPartyHandler != NULL
               ? CONFORMING
               : REG_08;
}

enum requirement missing_option(const struct entry_points *e, int is_manager, int is_miniport)
{
    if (!is_miniport && e->CoAfRegisterNotifyHandler == NULL) {
        return REG_06;
    }
    if (!is_miniport &&
        (e->CoStatusHandlerEx == NULL || e->CoSendNetBufferListsCompleteHandler == NULL)) {
        return REG_15;
    }
    return is_manager ? missing_in_call_manager(e) : missing_in_client(e);
}

int oid_handlers_are_one(const struct entry_points *e)
{
    return e->CoOidRequestHandler != NULL &&
           (void (*)(void))e->CoOidRequestHandler == (void (*)(void))e->MiniportCoOidRequestHandler;
}
