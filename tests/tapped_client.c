/* tapped_client.c - the example client, tapped as a driver writer would: tap.h in front of its
 * source, each of its structures wrapped before NDIS gets it. */
#define TAP_CLIENT
#include "ndis.h"

#include "tap.h"

#include "tapped.h"
#include "tapped_did.h"

static NDIS_STATUS tapped_register(NDIS_HANDLE context, PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS table,
                                   PNDIS_HANDLE handle)
{
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    return NdisRegisterProtocolDriver(context, table, handle);
}

static NDIS_STATUS tapped_set(NDIS_HANDLE driver, PNDIS_DRIVER_OPTIONAL_HANDLERS table)
{
    if (table->Header.Type == NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS) {
        TAP_WRAP_PROTOCOL_CO_HANDLERS((PNDIS_PROTOCOL_CO_CHARACTERISTICS)table);
    } else {
        TAP_WRAP_CLIENT_HANDLERS((PNDIS_CO_CLIENT_OPTIONAL_HANDLERS)table);
    }
    return NdisSetOptionalHandlers(driver, table);
}
#define NdisRegisterProtocolDriver tapped_register
#define NdisSetOptionalHandlers tapped_set

#include "client.c"

NDIS_STATUS tapped_unbind_client(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
