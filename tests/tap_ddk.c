/* tap_ddk.c - the tap in a driver for Windows: compiled by mingw-w64's cross compiler against
 * its DDK header, which is of NDIS 5; what NDIS 6 changed comes from ndis.h. Compiled for
 * each kind of driver by tests/test_tap.sh, and not run. */
#define DDK_ALONE
#include "ddk_types.c"

#include "ndis.h"

/* Of NDIS 6, what the tap reads. */
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

/* The tables of NDIS 6 by the names of their members on the published pages. */
struct protocol_table {
    PROTOCOL_BIND_ADAPTER_EX *BindAdapterHandlerEx;
    PROTOCOL_UNBIND_ADAPTER_EX *UnbindAdapterHandlerEx;
    PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *OpenAdapterCompleteHandlerEx;
    PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *CloseAdapterCompleteHandlerEx;
    PROTOCOL_NET_PNP_EVENT *NetPnPEventHandler;
    PROTOCOL_OID_REQUEST_COMPLETE *OidRequestCompleteHandler;
};
struct protocol_co_table {
    PROTOCOL_CO_AF_REGISTER_NOTIFY *CoAfRegisterNotifyHandler;
    PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE *CoSendNetBufferListsCompleteHandler;
};
struct client_table {
    PROTOCOL_CO_CREATE_VC *ClCreateVcHandler;
    PROTOCOL_CO_DELETE_VC *ClDeleteVcHandler;
    PROTOCOL_CO_OID_REQUEST *ClOidRequestHandler;
    PROTOCOL_CO_OID_REQUEST_COMPLETE *ClOidRequestCompleteHandler;
    PROTOCOL_CL_OPEN_AF_COMPLETE_EX *ClOpenAfCompleteHandlerEx;
    PROTOCOL_CL_CLOSE_AF_COMPLETE *ClCloseAfCompleteHandler;
    PROTOCOL_CL_REGISTER_SAP_COMPLETE *ClRegisterSapCompleteHandler;
    PROTOCOL_CL_DEREGISTER_SAP_COMPLETE *ClDeregisterSapCompleteHandler;
    PROTOCOL_CL_MAKE_CALL_COMPLETE *ClMakeCallCompleteHandler;
    PROTOCOL_CL_CLOSE_CALL_COMPLETE *ClCloseCallCompleteHandler;
    PROTOCOL_CL_ADD_PARTY_COMPLETE *ClAddPartyCompleteHandler;
    PROTOCOL_CL_DROP_PARTY_COMPLETE *ClDropPartyCompleteHandler;
    PROTOCOL_CL_INCOMING_CALL *ClIncomingCallHandler;
    PROTOCOL_CL_INCOMING_CLOSE_CALL *ClIncomingCloseCallHandler;
    PROTOCOL_CL_INCOMING_DROP_PARTY *ClIncomingDropPartyHandler;
    PROTOCOL_CL_NOTIFY_CLOSE_AF *ClNotifyCloseAfHandler;
};
struct call_manager_table {
    PROTOCOL_CO_CREATE_VC *CmCreateVcHandler;
    PROTOCOL_CO_DELETE_VC *CmDeleteVcHandler;
    PROTOCOL_CM_OPEN_AF *CmOpenAfHandler;
    PROTOCOL_CM_CLOSE_AF *CmCloseAfHandler;
    PROTOCOL_CM_REG_SAP *CmRegisterSapHandler;
    PROTOCOL_CM_DEREGISTER_SAP *CmDeregisterSapHandler;
    PROTOCOL_CM_MAKE_CALL *CmMakeCallHandler;
    PROTOCOL_CM_CLOSE_CALL *CmCloseCallHandler;
    PROTOCOL_CM_INCOMING_CALL_COMPLETE *CmIncomingCallCompleteHandler;
    PROTOCOL_CM_ADD_PARTY *CmAddPartyHandler;
    PROTOCOL_CM_DROP_PARTY *CmDropPartyHandler;
    PROTOCOL_CM_DEACTIVATE_VC_COMPLETE *CmDeactivateVcCompleteHandler;
    PROTOCOL_CO_OID_REQUEST *CmOidRequestHandler;
    PROTOCOL_CO_OID_REQUEST_COMPLETE *CmOidRequestCompleteHandler;
    PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE *CmNotifyCloseAfCompleteHandler;
};
struct miniport_table {
    MINIPORT_INITIALIZE *InitializeHandlerEx;
    MINIPORT_HALT *HaltHandlerEx;
};

void wrap_protocol(struct protocol_table *table, struct protocol_co_table *co);
void wrap_protocol(struct protocol_table *table, struct protocol_co_table *co)
{
    TAP_WRAP_PROTOCOL_HANDLERS(table);
    TAP_WRAP_PROTOCOL_CO_HANDLERS(co);
}

#ifdef TAP_CLIENT
NDIS_STATUS wrap_and_close(struct client_table *table, NDIS_HANDLE af);
NDIS_STATUS wrap_and_close(struct client_table *table, NDIS_HANDLE af)
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
void wrap_and_complete(struct call_manager_table *table, NDIS_HANDLE af);
void wrap_and_complete(struct call_manager_table *table, NDIS_HANDLE af)
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
void wrap_miniport(struct miniport_table *table);
void wrap_miniport(struct miniport_table *table)
{
    TAP_WRAP_MINIPORT_HANDLERS(table);
}
#endif
