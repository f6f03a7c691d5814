/* driver.h - what a driver has besides ndis.h. Its driver object, DriverEntry and Unload; locks
 * (runtime_lock.h, which stands for a spin lock and an event of NDIS's), work items and the IRQL:
 * on Windows these are the system's, in wdm.h. And what only an example does: it says what no
 * call of NDIS's shows, as TAP_DO of tap.h does in a driver of one's own, and leaves things to
 * chance. */
#ifndef CLOSEAF_DRIVER_H
#define CLOSEAF_DRIVER_H

#include "driver_characteristics.h"
#include "protocol/event.h"
#include "ndis/oid_request.h"
#include "runtime_lock.h"

typedef int32_t NTSTATUS;

/* DriverEntry and Unload by their types' names. */
typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef void DRIVER_UNLOAD(PDRIVER_OBJECT DriverObject);

struct _DRIVER_OBJECT {
    DRIVER_UNLOAD *DriverUnload; /* set by DriverEntry, or by NDIS for a miniport */
    PVOID extension;             /* not the driver's to touch */
};

/* A driver's own memory, which is there as long as its driver object is. Here a driver has one
 * extension, whatever identifies it. nf-wdm-ioallocatedriverobjectextension,
 * nf-wdm-iogetdriverobjectextension */
NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                         PVOID ClientIdentificationAddress,
                                         ULONG DriverObjectExtensionSize,
                                         PVOID *DriverObjectExtension);
PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress);

/* Runs the routine on a thread of its own, as an NDIS work item at PASSIVE_LEVEL. */
void runtime_queue_work(void (*routine)(void *), void *context);

/* The IRQL under which this thread's events are recorded. It begins PASSIVE. */
void runtime_set_irql(uint8_t irql);

/* A driver's own act, the "do" lines: the driver says so at the moment it acts. The object is
 * its handle, or the NDIS_OID_REQUEST of a line of a request. The status is for the lines that
 * have one, the completions that a driver runs by itself; elsewhere it is not used. */
void driver_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status);

/* One of so many ways, from 0; 0 is the simplest. */
unsigned driver_picks(unsigned options);

#endif
