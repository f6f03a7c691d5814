/* tapped_call_manager.c - the same for the reference call manager: stand-alone or, with
 * TAPPED_MCM=1, the MCM. */
#if TAPPED_MCM
#define TAP_MCM
#else
#define TAP_CALL_MANAGER
#endif
#define TAP_SHORT
#include "ndis.h"

#include "tap.h"

#include "tapped.h"
#include "tapped_did.h"

#include "call_manager.c"

void tapped_wrap_call_manager(struct entry_points *table)
{
    TAP_WRAP(table, CmOpenAfHandler);
    TAP_WRAP(table, CmCloseAfHandler);
    TAP_WRAP(table, CmNotifyCloseAfCompleteHandler);
#ifdef TAP_MCM
    TAP_WRAP_MINIPORT_HANDLERS(table);
    table->BindAdapterHandlerEx = NULL; /* an MCM has none */
    table->UnbindAdapterHandlerEx = NULL;
    table->OpenAdapterCompleteHandlerEx = NULL;
    table->CloseAdapterCompleteHandlerEx = NULL;
#else
    TAP_WRAP(table, BindAdapterHandlerEx);
    TAP_WRAP(table, UnbindAdapterHandlerEx);
    TAP_WRAP(table, OpenAdapterCompleteHandlerEx);
    TAP_WRAP(table, CloseAdapterCompleteHandlerEx);
    table->InitializeHandlerEx = NULL;
    table->HaltHandlerEx = NULL;
#endif
}

NDIS_STATUS tapped_unbind_call_manager(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
