/* oid_request.h - the members that the runtime reads of an OID request and of a PnP event,
 * and that drivers write. Part of ndis.h, but behind a DDK's header, which has them.
 *
 * Written from the published pages alone. QUERY_INFORMATION and SET_INFORMATION have their
 * first three members in common, so only one of them is here. */
#ifndef CLOSEAF_OID_REQUEST_H
#define CLOSEAF_OID_REQUEST_H

#include "ndis_types.h"

/* No macros, since events are named after one of them. */
static const ULONG OID_GEN_CURRENT_PACKET_FILTER = 0x0001010E;
static const ULONG OID_TCP_OFFLOAD_PARAMETERS = 0xFC01020C;
static const ULONG OID_CO_AF_CLOSE = 0xFE00000A;

struct _NDIS_OID_REQUEST {
    struct {
        struct {
            ULONG Oid;
            PVOID InformationBuffer; /* a filter is a ULONG; 0: nothing */
            UINT InformationBufferLength;
        } SET_INFORMATION;
    } DATA;
};

typedef enum {
    NetEventSetPower,
    NetEventQueryRemoveDevice,
    NetEventCancelRemoveDevice,
    NetEventPause,
    NetEventRestart
} NET_PNP_EVENT_CODE;

struct _NET_PNP_EVENT_NOTIFICATION {
    struct {
        NET_PNP_EVENT_CODE NetEvent;
    } NetPnPEvent;
};

#endif
