/* tap_ddk.c - the tap in a driver for Windows: compiled by mingw-w64's cross compiler against
 * its DDK header, which is of NDIS 5; what NDIS 6 changed comes from ndis.h. Compiled for
 * each kind of driver by tests/test_tap.sh, and not run. */
#define DDK_ALONE
#include "ddk_types.c"

#include "ndis.h"

/* Of NDIS 6, what the tap reads: the structures of its handlers, and of these two some members. */
#include "driver_characteristics.h"
struct _NET_PNP_EVENT_NOTIFICATION {
    NET_PNP_EVENT NetPnPEvent;
};
struct _NDIS_OID_REQUEST {
    union {
        struct {
            NDIS_OID Oid;
        } SET_INFORMATION;
    } DATA;
};

#include "tap.h"

void wrap_protocol(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *table,
                   NDIS_PROTOCOL_CO_CHARACTERISTICS *co);
void wrap_protocol(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *table,
                   NDIS_PROTOCOL_CO_CHARACTERISTICS *co)
{
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    TAP_WRAP_PROTOCOL_CO_HANDLERS(co);
}

#ifdef TAP_CLIENT
NDIS_STATUS wrap_and_close(NDIS_CO_CLIENT_OPTIONAL_HANDLERS *table, NDIS_HANDLE af);
NDIS_STATUS wrap_and_close(NDIS_CO_CLIENT_OPTIONAL_HANDLERS *table, NDIS_HANDLE af)
{
    NDIS_STATUS status;

    TAP_WRAP_CLIENT_HANDLERS(table);
    status = NdisClCloseAddressFamily(af);
    if (status != NDIS_STATUS_PENDING) {
        TAP_DO_WITH(OwnProtocolClCloseAfComplete, af, af, status);
        TAP_DO(FreeClientAfContext, af, af);
    }
    TAP_END();
    return status;
}
#else
void wrap_and_complete(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *table, NDIS_HANDLE af);
void wrap_and_complete(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *table, NDIS_HANDLE af)
{
    TAP_WRAP_CALL_MANAGER_HANDLERS(table);
    TAP_DO(ReleaseAfResources, af, af);
#ifdef TAP_MCM
    NdisMCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, af);
#else
    NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, af);
#endif
}
#endif

#ifdef TAP_MCM
void wrap_miniport(NDIS_MINIPORT_DRIVER_CHARACTERISTICS *table);
void wrap_miniport(NDIS_MINIPORT_DRIVER_CHARACTERISTICS *table)
{
    TAP_WRAP_MINIPORT_HANDLERS(table);
}
#endif
