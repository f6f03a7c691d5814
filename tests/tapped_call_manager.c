/* tapped_call_manager.c - the same for the example call manager: stand-alone or, with
 * TAPPED_MCM=1, the MCM. */
#if TAPPED_MCM
#define TAP_MCM
#else
#define TAP_CALL_MANAGER
#endif
#include "ndis.h"

#include "tap.h"

#include "tapped.h"
#include "tapped_did.h"

#include "call_manager.c"

void tapped_wrap_call_manager(struct entry_points *table)
{
    TAP_WRAP_CALL_MANAGER_AF_HANDLERS(table);
    TAP_WRAP_CALL_MANAGER_OBJECT_HANDLERS(table);
    tap_wrap_CmCreateVcHandler(&table->CoCreateVcHandler);
    tap_wrap_CmDeleteVcHandler(&table->CoDeleteVcHandler);
    tap_wrap_CmOidRequestHandler(&table->CoOidRequestHandler);
    tap_wrap_CmOidRequestCompleteHandler(&table->CoOidRequestCompleteHandler);
#ifdef TAP_MCM
    TAP_WRAP_MINIPORT_HANDLERS(table);
    table->BindAdapterHandlerEx = NULL; /* an MCM has none */
    table->UnbindAdapterHandlerEx = NULL;
    table->OpenAdapterCompleteHandlerEx = NULL;
    table->CloseAdapterCompleteHandlerEx = NULL;
    table->NetPnPEventHandler = NULL;
#else
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    table->InitializeHandlerEx = NULL;
    table->HaltHandlerEx = NULL;
#endif
}

NDIS_STATUS tapped_unbind_call_manager(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
