/* ndis_bindings.h - the functions and callbacks of vocabulary.def: here those of the AF, the
 * binding and the drivers, in ndis_objects.h those of what an AF holds. Part of ndis.h.
 *
 * Written from the published pages alone. A callback has a function TYPE, so that a
 * driver declares its callback by its role before it defines it (SDV-09). */
#ifndef CLOSEAF_NDIS_BINDINGS_H
#define CLOSEAF_NDIS_BINDINGS_H

#include "ndis_types.h"

/* Callbacks of any protocol driver. */
typedef NDIS_STATUS PROTOCOL_SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef void PROTOCOL_UNINSTALL(void);
typedef NDIS_STATUS PROTOCOL_BIND_ADAPTER_EX(NDIS_HANDLE ProtocolDriverContext,
                                             NDIS_HANDLE BindContext,
                                             PNDIS_BIND_PARAMETERS BindParameters);
typedef NDIS_STATUS PROTOCOL_UNBIND_ADAPTER_EX(NDIS_HANDLE UnbindContext,
                                               NDIS_HANDLE ProtocolBindingContext);
typedef void PROTOCOL_OPEN_ADAPTER_COMPLETE_EX(NDIS_HANDLE ProtocolBindingContext,
                                               NDIS_STATUS Status);
typedef void PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX(NDIS_HANDLE ProtocolBindingContext);
typedef NDIS_STATUS PROTOCOL_NET_PNP_EVENT(NDIS_HANDLE ProtocolBindingContext,
                                           PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification);
typedef void PROTOCOL_OID_REQUEST_COMPLETE(NDIS_HANDLE ProtocolBindingContext,
                                           PNDIS_OID_REQUEST OidRequest,
                                           NDIS_STATUS Status);
typedef void PROTOCOL_RECEIVE_NET_BUFFER_LISTS(NDIS_HANDLE ProtocolBindingContext,
                                               PNET_BUFFER_LIST NetBufferLists,
                                               NDIS_PORT_NUMBER PortNumber,
                                               ULONG NumberOfNetBufferLists,
                                               ULONG ReceiveFlags);
typedef void PROTOCOL_STATUS_EX(NDIS_HANDLE ProtocolBindingContext,
                                PNDIS_STATUS_INDICATION StatusIndication);
typedef void PROTOCOL_CO_STATUS_EX(NDIS_HANDLE ProtocolBindingContext,
                                   NDIS_HANDLE ProtocolVcContext,
                                   PNDIS_STATUS_INDICATION StatusIndication);
typedef void PROTOCOL_CO_AF_REGISTER_NOTIFY(NDIS_HANDLE ProtocolBindingContext,
                                            PCO_ADDRESS_FAMILY AddressFamily);

/* Callbacks of a client. */
typedef void PROTOCOL_CL_OPEN_AF_COMPLETE_EX(NDIS_HANDLE ProtocolAfContext,
                                             NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status);
typedef void PROTOCOL_CL_CLOSE_AF_COMPLETE(NDIS_STATUS Status,
                                           NDIS_HANDLE ProtocolAfContext);
typedef NDIS_STATUS PROTOCOL_CL_NOTIFY_CLOSE_AF(NDIS_HANDLE ClientAfContext);

/* Callbacks of a call manager, stand-alone or MCM. */
typedef NDIS_STATUS PROTOCOL_CM_OPEN_AF(NDIS_HANDLE CallMgrBindingContext,
                                        PCO_ADDRESS_FAMILY AddressFamily,
                                        NDIS_HANDLE NdisAfHandle,
                                        PNDIS_HANDLE CallMgrAfContext);
typedef NDIS_STATUS PROTOCOL_CM_CLOSE_AF(NDIS_HANDLE CallMgrAfContext);
typedef void PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE(NDIS_HANDLE CallMgrAfContext,
                                                  NDIS_STATUS Status);

/* Callbacks of a miniport: MiniportInitializeEx and MiniportHaltEx by their types' names. */
typedef NDIS_STATUS MINIPORT_SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef NDIS_STATUS MINIPORT_INITIALIZE(NDIS_HANDLE NdisMiniportHandle,
                                        NDIS_HANDLE MiniportDriverContext,
                                        PNDIS_MINIPORT_INIT_PARAMETERS InitParameters);
typedef void MINIPORT_HALT(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);
typedef void MINIPORT_UNLOAD(PDRIVER_OBJECT DriverObject);

/* Functions for clients. What each does is written above its definition in src/runtime/ndis_*.c. */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status);

/* Functions for call managers; each stand-alone one has its MCM counterpart (MCM-01). */
void NdisCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
                                     NDIS_HANDLE CallMgrAfContext);
void NdisMCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
                                      NDIS_HANDLE CallMgrAfContext);
void NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle);
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisCmRegisterAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                          PCO_ADDRESS_FAMILY AddressFamily);
NDIS_STATUS NdisMCmRegisterAddressFamilyEx(NDIS_HANDLE NdisMiniportHandle,
                                           PCO_ADDRESS_FAMILY AddressFamily);
NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES Attributes);

/* Functions for a miniport, an MCM too. */
NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath,
                                        NDIS_HANDLE MiniportDriverContext,
                                        PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics,
                                        PNDIS_HANDLE NdisMiniportDriverHandle);
void NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle);

/* Functions for any protocol driver. */
NDIS_STATUS NdisRegisterProtocolDriver(NDIS_HANDLE ProtocolDriverContext,
                                       PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics,
                                       PNDIS_HANDLE NdisProtocolHandle);
void NdisDeregisterProtocolDriver(NDIS_HANDLE NdisProtocolHandle);
NDIS_STATUS NdisSetOptionalHandlers(NDIS_HANDLE NdisHandle,
                                    PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers);
void NdisReEnumerateProtocolBindings(NDIS_HANDLE NdisProtocolHandle);
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle);
void NdisCompleteBindAdapterEx(NDIS_HANDLE BindAdapterContext, NDIS_STATUS Status);
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle);
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext);
void NdisCompleteNetPnPEvent(NDIS_HANDLE NdisBindingHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification,
                             NDIS_STATUS Status);
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);
void NdisReturnNetBufferLists(NDIS_HANDLE NdisBindingHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG ReturnFlags);

#endif
