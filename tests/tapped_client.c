/* tapped_client.c - the reference client, tapped as a driver writer would: tap.h in front of
 * its source, its table of handlers wrapped before it is registered. */
#define TAP_CLIENT
#define TAP_SHORT
#include "ndis.h"

#include "tap.h"

#include "tapped.h"
#include "tapped_did.h"

#include "client.c"

void tapped_wrap_client(struct entry_points *table)
{
    TAP_WRAP(table, BindAdapterHandlerEx);
    TAP_WRAP(table, UnbindAdapterHandlerEx);
    TAP_WRAP(table, OpenAdapterCompleteHandlerEx);
    TAP_WRAP(table, CloseAdapterCompleteHandlerEx);
    TAP_WRAP(table, OidRequestCompleteHandler);
    TAP_WRAP(table, CoAfRegisterNotifyHandler);
    TAP_WRAP(table, ClOpenAfCompleteHandlerEx);
    TAP_WRAP(table, ClCloseAfCompleteHandler);
    TAP_WRAP(table, ClNotifyCloseAfHandler);
    tap_wrap_ClOidRequestCompleteHandler(&table->CoOidRequestCompleteHandler);
}

NDIS_STATUS tapped_unbind_client(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
