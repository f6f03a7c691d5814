/* example_hooks.h - what the example drivers are compiled with for EXAMPLE_HOOKS
 * (drivers/example.h): functions of the runtime. */
#ifndef CLOSEAF_EXAMPLE_HOOKS_H
#define CLOSEAF_EXAMPLE_HOOKS_H

#include "ndis/ndis.h"
#include "protocol/event.h"

/* A driver's own act, the "do" lines: the driver says so at the moment it acts. The object is
 * its handle, or the NDIS_OID_REQUEST of a line of a request. The status is for the lines that
 * have one, the completions that a driver runs by itself; elsewhere it is not used. */
void driver_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status);

/* One of so many ways, from 0; 0 is the simplest. */
unsigned driver_picks(unsigned options);

/* What this thread waits for in its next NdisWaitEvent: a deadlock is reported with it. */
void driver_awaits(const char *what);

#endif
