/* ndis_types.h - NDIS's own names for handles, statuses and structures.
 *
 * Written from the published pages alone. Structures whose content this protocol never
 * reads are left incomplete, with the tags of the pages, so that a driver may include
 * these headers behind a DDK header that completes them. */
#ifndef CLOSEAF_NDIS_TYPES_H
#define CLOSEAF_NDIS_TYPES_H

#include <stdint.h>

typedef int32_t NDIS_STATUS;
typedef void *NDIS_HANDLE;
typedef NDIS_HANDLE *PNDIS_HANDLE;
#ifdef _WIN32
typedef unsigned long ULONG; /* has 32 bits there */
#else
typedef uint32_t ULONG;
#endif
typedef uint32_t UINT;
typedef void *PVOID;
typedef ULONG NDIS_PORT_NUMBER;

#define NDIS_STATUS_SUCCESS ((NDIS_STATUS)0x00000000)
#define NDIS_STATUS_PENDING ((NDIS_STATUS)0x00000103)
#define NDIS_STATUS_NOT_ACCEPTED ((NDIS_STATUS)0x00010003)
#define NDIS_STATUS_FAILURE ((NDIS_STATUS)(-0x3FFFFFFF))       /* 0xC0000001 */
#define NDIS_STATUS_RESOURCES ((NDIS_STATUS)(-0x3FFFFF66))     /* 0xC000009A */
#define NDIS_STATUS_NOT_SUPPORTED ((NDIS_STATUS)(-0x3FFFFF45)) /* 0xC00000BB */
#define NDIS_STATUS_CLOSING ((NDIS_STATUS)(-0x3FFEFFFE))       /* 0xC0010002 */
#define NDIS_STATUS_INVALID_DATA ((NDIS_STATUS)(-0x3FFEFFEB))  /* 0xC0010015 */

/* Imports the annotations of the declaration into the definition (SDV-10). */
#define _Use_decl_annotations_

typedef struct _CO_ADDRESS_FAMILY CO_ADDRESS_FAMILY, *PCO_ADDRESS_FAMILY;
typedef struct _CO_CALL_PARAMETERS CO_CALL_PARAMETERS, *PCO_CALL_PARAMETERS;
typedef struct _CO_SAP CO_SAP, *PCO_SAP;
typedef struct _NDIS_OID_REQUEST NDIS_OID_REQUEST, *PNDIS_OID_REQUEST;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct _NET_PNP_EVENT_NOTIFICATION NET_PNP_EVENT_NOTIFICATION,
    *PNET_PNP_EVENT_NOTIFICATION;
typedef struct _NDIS_STATUS_INDICATION NDIS_STATUS_INDICATION, *PNDIS_STATUS_INDICATION;
typedef struct _NDIS_BIND_PARAMETERS NDIS_BIND_PARAMETERS, *PNDIS_BIND_PARAMETERS;
typedef struct _NDIS_OPEN_PARAMETERS NDIS_OPEN_PARAMETERS, *PNDIS_OPEN_PARAMETERS;
typedef struct _NDIS_PROTOCOL_DRIVER_CHARACTERISTICS NDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
    *PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS;
typedef struct _NDIS_DRIVER_OPTIONAL_HANDLERS NDIS_DRIVER_OPTIONAL_HANDLERS,
    *PNDIS_DRIVER_OPTIONAL_HANDLERS;
typedef struct _NDIS_MINIPORT_INIT_PARAMETERS NDIS_MINIPORT_INIT_PARAMETERS,
    *PNDIS_MINIPORT_INIT_PARAMETERS;

typedef enum { NdisHaltDeviceDisabled, NdisHaltDeviceInstanceDeInitialized } NDIS_HALT_ACTION;

/* The member of NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES that matters here. */
typedef struct NDIS_MINIPORT_ADAPTER_ATTRIBUTES {
    NDIS_HANDLE MiniportAdapterContext;
} NDIS_MINIPORT_ADAPTER_ATTRIBUTES, *PNDIS_MINIPORT_ADAPTER_ATTRIBUTES;

#endif
