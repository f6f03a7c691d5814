/* ndis_system.h - what a driver takes from NDIS and the system besides the protocol: its driver
 * object, memory, spin locks, events, work items and the IRQL. Part of ndis.h.
 *
 * Written from the published pages alone; the page that is named says the rest. On Windows these
 * stand in wdm.h and in NDIS's own header, some as macros; the layouts are our own. */
#ifndef CLOSEAF_NDIS_SYSTEM_H
#define CLOSEAF_NDIS_SYSTEM_H

#include "ndis_types.h"

typedef int32_t NTSTATUS;
typedef uint8_t BOOLEAN;

/* The driver object, DriverEntry and Unload by their types' names. The rest of the object is not
 * the driver's to touch. ns-wdm-_driver_object, nc-wdm-driver_initialize, nc-wdm-driver_unload */
typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef void DRIVER_UNLOAD(PDRIVER_OBJECT DriverObject);
struct _DRIVER_OBJECT {
    DRIVER_UNLOAD *DriverUnload; /* set by DriverEntry, or by NDIS for a miniport */
    PVOID extension;
};

/* A driver's own memory, which is there as long as its driver object is. Here a driver has
 * one extension, whatever identifies it. nf-wdm-ioallocatedriverobjectextension,
 * nf-wdm-iogetdriverobjectextension */
NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                         PVOID ClientIdentificationAddress,
                                         ULONG DriverObjectExtensionSize,
                                         PVOID *DriverObjectExtension);
PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress);

/* Memory that is never paged out; NULL if there is none. The handle is one that the driver got when
 * it was initialised: of its registration, or of its binding or adapter. To free it the length and
 * the flags are 0. At DISPATCH_LEVEL at most. nf-ndis-ndisallocatememorywithtagpriority,
 * nf-ndis-ndisfreememory, nf-ndis-ndiszeromemory */
typedef enum _EX_POOL_PRIORITY {
    LowPoolPriority = 0,
    NormalPoolPriority = 16,
    HighPoolPriority = 32
} EX_POOL_PRIORITY;
PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag,
                                        EX_POOL_PRIORITY Priority);
void NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags);
void NdisZeroMemory(PVOID Destination, ULONG Length);

/* Spin locks. NdisAllocateSpinLock sets one up in the driver's memory, before all else, and
 * NdisFreeSpinLock gives it up. Who holds one is at DISPATCH_LEVEL: it neither waits nor calls
 * NDIS (THR-07). nf-ndis-ndisallocatespinlock, nf-ndis-ndisacquirespinlock,
 * nf-ndis-ndisreleasespinlock, nf-ndis-ndisfreespinlock */
typedef struct _NDIS_SPIN_LOCK {
    uint64_t opaque[20];
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;
void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock);

/* Events, in the driver's memory. Once set, an event lets through all who wait for it until it is
 * reset; set and reset may be called under a spin lock. To wait is for PASSIVE_LEVEL alone; 0 is
 * without an end, the only way here, where there is no clock. nf-ndis-ndisinitializeevent,
 * nf-ndis-ndissetevent, nf-ndis-ndisresetevent, nf-ndis-ndiswaitevent */
typedef struct _NDIS_EVENT {
    uint64_t opaque[20];
} NDIS_EVENT, *PNDIS_EVENT;
void NdisInitializeEvent(PNDIS_EVENT Event);
void NdisSetEvent(PNDIS_EVENT Event);
void NdisResetEvent(PNDIS_EVENT Event);
BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait);

/* Work items: the system runs the routine later, at PASSIVE_LEVEL; NULL if there is none. It may
 * free its own item. A protocol driver has those of its driver object, for NDIS has none for it.
 * nf-wdm-ioallocateworkitem, nf-wdm-ioqueueworkitemex, nf-wdm-iofreeworkitem,
 * nc-wdm-io_workitem_routine_ex */
typedef struct _DEVICE_OBJECT *PDEVICE_OBJECT; /* or a driver object, says the page */
typedef struct _IO_WORKITEM *PIO_WORKITEM;
typedef void IO_WORKITEM_ROUTINE_EX(PVOID IoObject, PVOID Context, PIO_WORKITEM IoWorkItem);
typedef IO_WORKITEM_ROUTINE_EX *PIO_WORKITEM_ROUTINE_EX;
typedef enum _WORK_QUEUE_TYPE { CriticalWorkQueue, DelayedWorkQueue } WORK_QUEUE_TYPE;
PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject);
void IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine,
                       WORK_QUEUE_TYPE QueueType, PVOID Context);
void IoFreeWorkItem(PIO_WORKITEM IoWorkItem);

/* The same for a miniport, by the handle of its adapter or of its registration.
 * nf-ndis-ndisallocateioworkitem, nf-ndis-ndisqueueioworkitem, nf-ndis-ndisfreeioworkitem */
typedef void NDIS_IO_WORKITEM_FUNCTION(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM_FUNCTION *NDIS_IO_WORKITEM_ROUTINE;
NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle);
void NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine,
                         PVOID WorkItemContext);
void NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle);

/* The IRQL of the calling thread, raised and brought back.
 * nf-wdm-keraiseirql, nf-wdm-kelowerirql */
typedef uint8_t KIRQL, *PKIRQL;
enum { PASSIVE_LEVEL = 0, DISPATCH_LEVEL = 2 };
void KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql);
void KeLowerIrql(KIRQL NewIrql);

/* The calling thread. nf-wdm-kegetcurrentthread */
typedef struct _KTHREAD *PKTHREAD;
PKTHREAD KeGetCurrentThread(void);

#endif
