/* ndis.h - NDIS's own names for the functions, callbacks and statuses of
 * vocabulary.def, with the signatures of the published reference pages.
 *
 * Written from the published pages alone. A callback has a function TYPE, so that a
 * driver declares its callback by its role before it defines it (SDV-09). Structures
 * whose content this protocol never reads are left incomplete. */
#ifndef CLOSEAF_NDIS_H
#define CLOSEAF_NDIS_H

#include <stdint.h>

typedef int32_t NDIS_STATUS;
typedef void *NDIS_HANDLE;
typedef NDIS_HANDLE *PNDIS_HANDLE;
typedef uint32_t ULONG;
typedef uint32_t UINT;
typedef void *PVOID;

#define NDIS_STATUS_SUCCESS ((NDIS_STATUS)0x00000000)
#define NDIS_STATUS_PENDING ((NDIS_STATUS)0x00000103)
#define NDIS_STATUS_NOT_ACCEPTED ((NDIS_STATUS)0x00010003)
#define NDIS_STATUS_FAILURE ((NDIS_STATUS)(-0x3FFFFFFF)) /* 0xC0000001 */

/* Imports the annotations of the declaration into the definition (SDV-10). */
#define _Use_decl_annotations_

typedef struct CO_ADDRESS_FAMILY CO_ADDRESS_FAMILY, *PCO_ADDRESS_FAMILY;
typedef struct CO_CALL_PARAMETERS CO_CALL_PARAMETERS, *PCO_CALL_PARAMETERS;
typedef struct CO_SAP CO_SAP, *PCO_SAP;
typedef struct NDIS_OID_REQUEST NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef struct NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct NDIS_BIND_PARAMETERS NDIS_BIND_PARAMETERS, *PNDIS_BIND_PARAMETERS;
typedef struct NDIS_OPEN_PARAMETERS NDIS_OPEN_PARAMETERS, *PNDIS_OPEN_PARAMETERS;
typedef struct NDIS_MINIPORT_INIT_PARAMETERS NDIS_MINIPORT_INIT_PARAMETERS,
    *PNDIS_MINIPORT_INIT_PARAMETERS;

typedef enum { NdisHaltDeviceDisabled, NdisHaltDeviceInstanceDeInitialized } NDIS_HALT_ACTION;

/* Callbacks of any protocol driver. */
typedef NDIS_STATUS PROTOCOL_BIND_ADAPTER_EX(NDIS_HANDLE ProtocolDriverContext,
                                             NDIS_HANDLE BindContext,
                                             PNDIS_BIND_PARAMETERS BindParameters);
typedef NDIS_STATUS PROTOCOL_UNBIND_ADAPTER_EX(NDIS_HANDLE UnbindContext,
                                               NDIS_HANDLE ProtocolBindingContext);
typedef void PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX(NDIS_HANDLE ProtocolBindingContext);
typedef void PROTOCOL_OID_REQUEST_COMPLETE(NDIS_HANDLE ProtocolBindingContext,
                                           PNDIS_OID_REQUEST OidRequest,
                                           NDIS_STATUS Status);
typedef void PROTOCOL_CO_AF_REGISTER_NOTIFY(NDIS_HANDLE ProtocolBindingContext,
                                            PCO_ADDRESS_FAMILY AddressFamily);
typedef void PROTOCOL_CO_OID_REQUEST_COMPLETE(NDIS_HANDLE ProtocolAfContext,
                                              NDIS_HANDLE ProtocolVcContext,
                                              NDIS_HANDLE ProtocolPartyContext,
                                              PNDIS_OID_REQUEST OidRequest,
                                              NDIS_STATUS Status);
typedef void PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE(NDIS_HANDLE ProtocolVcContext,
                                                        PNET_BUFFER_LIST NetBufferLists,
                                                        ULONG SendCompleteFlags);

/* Callbacks of a client. */
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

/* Callbacks of a miniport. */
typedef NDIS_STATUS MINIPORT_INITIALIZE(NDIS_HANDLE NdisMiniportHandle,
                                        NDIS_HANDLE MiniportDriverContext,
                                        PNDIS_MINIPORT_INIT_PARAMETERS InitParameters);
typedef void MINIPORT_HALT(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction);

/* The member of NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES that matters here. */
typedef struct NDIS_MINIPORT_ADAPTER_ATTRIBUTES {
    NDIS_HANDLE MiniportAdapterContext;
} NDIS_MINIPORT_ADAPTER_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;

/* Functions for clients. What each means stands above its definition in runtime.c. */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle);
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle);
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status);
NDIS_STATUS NdisClRegisterSap(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext,
                              PCO_SAP Sap, PNDIS_HANDLE NdisSapHandle);
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle);
NDIS_STATUS NdisCoCreateVc(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                           NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle);
NDIS_STATUS NdisClMakeCall(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle);
NDIS_STATUS NdisClCloseCall(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                            PVOID Buffer, UINT Size);
NDIS_STATUS NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                             NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                             PNDIS_OID_REQUEST OidRequest);

/* Functions for call managers; each stand-alone one has its MCM counterpart (MCM-01). */
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

/* Functions for any protocol driver. */
NDIS_STATUS NdisOpenAdapterEx(NDIS_HANDLE NdisProtocolHandle,
                              NDIS_HANDLE ProtocolBindingContext,
                              PNDIS_OPEN_PARAMETERS OpenParameters,
                              NDIS_HANDLE BindContext, PNDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisCloseAdapterEx(NDIS_HANDLE NdisBindingHandle);
NDIS_STATUS NdisUnbindAdapter(NDIS_HANDLE NdisBindingHandle);
void NdisCompleteUnbindAdapterEx(NDIS_HANDLE UnbindContext);
NDIS_STATUS NdisOidRequest(NDIS_HANDLE NdisBindingHandle, PNDIS_OID_REQUEST OidRequest);
void NdisCoSendNetBufferLists(NDIS_HANDLE NdisVcHandle, PNET_BUFFER_LIST NetBufferLists,
                              ULONG SendFlags);

#endif
