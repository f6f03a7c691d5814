/* call_manager.h - an example call manager that follows the documents: stand-alone, or
 * integrated into a miniport (MCM). */
#ifndef CLOSEAF_CALL_MANAGER_H
#define CLOSEAF_CALL_MANAGER_H

#include "ndis.h"

/* Their DriverEntry, as in client.h. */
DRIVER_INITIALIZE CallManagerDriverEntry;
DRIVER_INITIALIZE McmDriverEntry;

#endif
