/* driver_characteristics.h - the structures by which a driver registers itself and its callbacks,
 * by the names of the published pages. Part of ndis.h, but behind a DDK's header, which has
 * them.
 *
 * Written from the published pages alone; members that nothing here reads are left out, so the
 * layout is not that of Windows. */
#ifndef CLOSEAF_DRIVER_CHARACTERISTICS_H
#define CLOSEAF_DRIVER_CHARACTERISTICS_H

#include "ndis_bindings.h"
#include "ndis_objects.h"

#ifndef _NDIS_ /* these a DDK for NDIS 5 has too */
/* What a structure is: NdisSetOptionalHandlers takes any. */
typedef struct NDIS_OBJECT_HEADER {
    uint8_t Type;
    uint8_t Revision;
    uint16_t Size;
} NDIS_OBJECT_HEADER;

enum {
    NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS = 0x8A,
    NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS = 0x90,
    NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS = 0x91,
    NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS = 0x95,
    NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS = 0xA5,
    NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS = 0xA6
};
enum {
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1 = 1,
    NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1 = 1,
    NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1 = 1,
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1 = 1,
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1 = 1,
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1 = 1
};
#endif

/* Any protocol driver, for NdisRegisterProtocolDriver.
 * ns-ndis-_ndis_protocol_driver_characteristics */
struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    PROTOCOL_SET_OPTIONS *SetOptionsHandler;
    PROTOCOL_BIND_ADAPTER_EX *BindAdapterHandlerEx;
    PROTOCOL_UNBIND_ADAPTER_EX *UnbindAdapterHandlerEx;
    PROTOCOL_OPEN_ADAPTER_COMPLETE_EX *OpenAdapterCompleteHandlerEx;
    PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX *CloseAdapterCompleteHandlerEx;
    PROTOCOL_NET_PNP_EVENT *NetPnPEventHandler;
    PROTOCOL_UNINSTALL *UninstallHandler;
    PROTOCOL_OID_REQUEST_COMPLETE *OidRequestCompleteHandler;
    PROTOCOL_STATUS_EX *StatusHandlerEx;
    PROTOCOL_RECEIVE_NET_BUFFER_LISTS *ReceiveNetBufferListsHandler;
};

/* A miniport, for NdisMRegisterMiniportDriver. ns-ndis-_ndis_miniport_driver_characteristics */
struct _NDIS_MINIPORT_DRIVER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    MINIPORT_SET_OPTIONS *SetOptionsHandler;
    MINIPORT_INITIALIZE *InitializeHandlerEx;
    MINIPORT_HALT *HaltHandlerEx;
    MINIPORT_UNLOAD *UnloadHandler;
};

/* What NdisSetOptionalHandlers takes begins with this. ns-ndis-_ndis_driver_optional_handlers */
struct _NDIS_DRIVER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
};

/* Clients and stand-alone call managers. ns-ndis-_ndis_protocol_co_characteristics */
typedef struct _NDIS_PROTOCOL_CO_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    PROTOCOL_CO_STATUS_EX *CoStatusHandlerEx;
    PROTOCOL_CO_AF_REGISTER_NOTIFY *CoAfRegisterNotifyHandler;
    PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE *CoSendNetBufferListsCompleteHandler;
} NDIS_PROTOCOL_CO_CHARACTERISTICS, *PNDIS_PROTOCOL_CO_CHARACTERISTICS;

/* Miniports, an MCM's too. ns-ndis-_ndis_miniport_co_characteristics */
typedef struct _NDIS_MINIPORT_CO_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    MINIPORT_CO_CREATE_VC *CoCreateVcHandler;
    MINIPORT_CO_DELETE_VC *CoDeleteVcHandler;
    MINIPORT_CO_DEACTIVATE_VC *CoDeactivateVcHandler;
    MINIPORT_CO_OID_REQUEST *CoOidRequestHandler;
} NDIS_MINIPORT_CO_CHARACTERISTICS, *PNDIS_MINIPORT_CO_CHARACTERISTICS;

/* Clients. ns-ndis-_ndis_co_client_optional_handlers */
typedef struct _NDIS_CO_CLIENT_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
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
} NDIS_CO_CLIENT_OPTIONAL_HANDLERS, *PNDIS_CO_CLIENT_OPTIONAL_HANDLERS;

/* Call managers, stand-alone or MCM. ns-ndis-_ndis_co_call_manager_optional_handlers */
typedef struct _NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
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
} NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS, *PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS;

#endif
