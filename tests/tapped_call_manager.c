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

#ifdef TAP_MCM
static NDIS_STATUS tapped_register(PDRIVER_OBJECT object, PUNICODE_STRING path, NDIS_HANDLE context,
                                   PNDIS_MINIPORT_DRIVER_CHARACTERISTICS table, PNDIS_HANDLE handle)
{
    TAP_WRAP_MINIPORT_HANDLERS(table);
    return NdisMRegisterMiniportDriver(object, path, context, table, handle);
}
#define NdisMRegisterMiniportDriver tapped_register
#else
static NDIS_STATUS tapped_register(NDIS_HANDLE context, PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS table,
                                   PNDIS_HANDLE handle)
{
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    return NdisRegisterProtocolDriver(context, table, handle);
}
#define NdisRegisterProtocolDriver tapped_register
#endif

static NDIS_STATUS tapped_set(NDIS_HANDLE driver, PNDIS_DRIVER_OPTIONAL_HANDLERS table)
{
    if (table->Header.Type == NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS) {
        TAP_WRAP_CALL_MANAGER_HANDLERS((PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS)table);
    }
#ifndef TAP_MCM
    else {
        TAP_WRAP_PROTOCOL_CO_HANDLERS((PNDIS_PROTOCOL_CO_CHARACTERISTICS)table);
    }
#endif
    return NdisSetOptionalHandlers(driver, table);
}
#define NdisSetOptionalHandlers tapped_set

#include "call_manager.c"

NDIS_STATUS tapped_unbind_call_manager(NDIS_HANDLE NdisBindingHandle)
{
    return NdisUnbindAdapter(NdisBindingHandle);
}
