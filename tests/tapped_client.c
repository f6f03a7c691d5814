/* tapped_client.c - the example client, tapped as a driver writer would: tap.h in front of its
 * source, its table of handlers wrapped before it is registered. */
#define TAP_CLIENT
#include "ndis.h"

#include "tap.h"

#include "tapped.h"
#include "tapped_did.h"

#include "client.c"

/* What is one table here is several in NDIS 6, and has other names in that of a client. */
void tapped_wrap_client(struct entry_points *table)
{
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    TAP_WRAP_PROTOCOL_CO_HANDLERS(table);
    TAP_WRAP_CLIENT_AF_HANDLERS(table);
    TAP_WRAP_CLIENT_OBJECT_HANDLERS(table);
    tap_wrap_ClCreateVcHandler(&table->CoCreateVcHandler);
    tap_wrap_ClDeleteVcHandler(&table->CoDeleteVcHandler);
    tap_wrap_ClOidRequestHandler(&table->CoOidRequestHandler);
    tap_wrap_ClOidRequestCompleteHandler(&table->CoOidRequestCompleteHandler);
}

NDIS_STATUS tapped_unbind_client(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
