/* call_manager.h - an example call manager that follows the documents: stand-alone, or
 * integrated into a miniport (MCM). */
#ifndef CLOSEAF_CALL_MANAGER_H
#define CLOSEAF_CALL_MANAGER_H

#include "runtime.h"

/* The NDIS functions that differ between the two kinds (MCM-01). */
struct call_manager_functions {
    int is_miniport;
    NDIS_STATUS (*RegisterAddressFamilyEx)(NDIS_HANDLE, PCO_ADDRESS_FAMILY);
    NDIS_STATUS (*NotifyCloseAddressFamily)(NDIS_HANDLE);
    void (*OpenAddressFamilyComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    void (*CloseAddressFamilyComplete)(NDIS_STATUS, NDIS_HANDLE);
    void (*RegisterSapComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    void (*DeregisterSapComplete)(NDIS_STATUS, NDIS_HANDLE);
    NDIS_STATUS (*CreateVc)(NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE, PNDIS_HANDLE);
    NDIS_STATUS (*DeleteVc)(NDIS_HANDLE);
    NDIS_STATUS (*ActivateVc)(NDIS_HANDLE, PCO_CALL_PARAMETERS);
    NDIS_STATUS (*DeactivateVc)(NDIS_HANDLE);
    void (*MakeCallComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE,
                             PCO_CALL_PARAMETERS);
    void (*CloseCallComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE);
    NDIS_STATUS (*DispatchIncomingCall)(NDIS_HANDLE, NDIS_HANDLE, PCO_CALL_PARAMETERS);
    void (*DispatchIncomingCloseCall)(NDIS_STATUS, NDIS_HANDLE, PVOID, UINT);
    void (*AddPartyComplete)(NDIS_STATUS, NDIS_HANDLE, NDIS_HANDLE, PCO_CALL_PARAMETERS);
    void (*DropPartyComplete)(NDIS_STATUS, NDIS_HANDLE);
    void (*OidRequestComplete)(NDIS_HANDLE, NDIS_HANDLE, NDIS_HANDLE, PNDIS_OID_REQUEST,
                               NDIS_STATUS);
};

extern const struct call_manager_functions stand_alone_functions;
extern const struct call_manager_functions miniport_functions;

/* ProtocolDriverContext or MiniportDriverContext. pick: as in client.h. */
struct call_manager_driver {
    const struct call_manager_functions *functions;
    unsigned (*pick)(unsigned options);
};

extern const struct entry_points call_manager_entry_points;

/* The miniport beneath a stand-alone call manager: it takes each VC, and may pend what can
 * pend. The context of its adapter is what it leaves to chance. */
struct miniport_driver {
    unsigned (*pick)(unsigned options);
};

extern const struct entry_points miniport_entry_points;

#endif
