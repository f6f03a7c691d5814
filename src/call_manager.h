/* call_manager.h - an example call manager that follows the documents: stand-alone, or
 * integrated into a miniport (MCM). */
#ifndef CLOSEAF_CALL_MANAGER_H
#define CLOSEAF_CALL_MANAGER_H

#include "runtime.h"

/* The NDIS functions that differ between the two kinds (MCM-01). */
struct call_manager_functions {
    NDIS_STATUS (*RegisterAddressFamilyEx)(NDIS_HANDLE, PCO_ADDRESS_FAMILY);
    NDIS_STATUS (*NotifyCloseAddressFamily)(NDIS_HANDLE);
    void (*CloseAddressFamilyComplete)(NDIS_STATUS, NDIS_HANDLE);
};

extern const struct call_manager_functions stand_alone_functions;
extern const struct call_manager_functions miniport_functions;

/* ProtocolDriverContext or MiniportDriverContext. pick: as in client.h. */
struct call_manager_driver {
    const struct call_manager_functions *functions;
    unsigned (*pick)(unsigned options);
};

extern const struct entry_points call_manager_entry_points;

#endif
