/* ndis_system.c - what a driver takes from NDIS and the system besides the protocol
 * (ndis/ndis_system.h), on the locks and threads of the runtime. Not proved.
 *
 * A spin lock is a lock of runtime_lock.h, with its discipline. An event has one of the system's
 * own: it is held for a moment, and nothing is called under it, so it may be taken under a spin
 * lock. There no scheduler is asked: whatever another thread does to the event at that moment, it
 * can do before the spin lock is taken. */
#include "example_hooks.h"
#include "runtime.h"
#include "runtime_thread.h"
#include "runtime_wait.h"

#include <stdlib.h>
#include <string.h>

/* The driver object. */

NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                         PVOID ClientIdentificationAddress,
                                         ULONG DriverObjectExtensionSize,
                                         PVOID *DriverObjectExtension)
{
    (void)ClientIdentificationAddress;
    DriverObject->extension = malloc(DriverObjectExtensionSize);
    *DriverObjectExtension = DriverObject->extension;
    return DriverObject->extension != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress)
{
    (void)ClientIdentificationAddress;
    return DriverObject->extension;
}

/* Memory. */

PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag,
                                        EX_POOL_PRIORITY Priority)
{
    (void)NdisHandle;
    (void)Tag;
    (void)Priority;
    return malloc(Length);
}

void NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags)
{
    (void)Length;
    (void)MemoryFlags;
    free(VirtualAddress);
}

void NdisZeroMemory(PVOID Destination, ULONG Length)
{
    (void)memset(Destination, 0, Length);
}

/* Spin locks. */

_Static_assert(sizeof(struct lock) <= sizeof(NDIS_SPIN_LOCK), "room for a lock");

static struct lock *in_spin_lock(PNDIS_SPIN_LOCK SpinLock)
{
    return (struct lock *)(void *)SpinLock;
}

void NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    const struct lock new = LOCK_INITIALIZER;

    *in_spin_lock(SpinLock) = new;
}

void NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    take_lock(in_spin_lock(SpinLock));
}

void NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    drop_lock(in_spin_lock(SpinLock));
}

/* Whoever released it last may still stand in the release, which reads it: nothing is written here. */
void NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock)
{
    (void)pthread_mutex_destroy(&in_spin_lock(SpinLock)->mutex);
    (void)pthread_cond_destroy(&in_spin_lock(SpinLock)->changed);
}

/* Events. */

struct event_side {
    struct lock lock;
    int is_set;
};
_Static_assert(sizeof(struct event_side) <= sizeof(NDIS_EVENT), "room for an event");

static struct event_side *in_event(PNDIS_EVENT Event)
{
    return (struct event_side *)(void *)Event;
}

static void change(PNDIS_EVENT Event, int is_set)
{
    struct event_side *e = in_event(Event);

    if (lock_is_held) {
        system_take_at_once(&e->lock);
    } else {
        system_take(&e->lock);
    }
    e->is_set = is_set;
    if (is_set) {
        system_announce(&e->lock);
    }
    system_drop(&e->lock);
}

void NdisInitializeEvent(PNDIS_EVENT Event)
{
    const struct event_side new = {LOCK_INITIALIZER, 0};

    *in_event(Event) = new;
}

void NdisSetEvent(PNDIS_EVENT Event)
{
    change(Event, 1);
}

void NdisResetEvent(PNDIS_EVENT Event)
{
    change(Event, 0);
}

static _Thread_local const char *awaited;

void driver_awaits(const char *what)
{
    awaited = what;
}

BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait)
{
    struct event_side *e = in_event(Event);

    (void)MsToWait;
    hold_no_lock();
    if (thread_irql() != PASSIVE) {
        runtime_gives_up("NdisWaitEvent is called above PASSIVE_LEVEL");
    }
    system_take(&e->lock);
    while (!e->is_set) {
        system_wait(&e->lock, awaited != NULL ? awaited : "an event of a driver");
    }
    system_drop(&e->lock);
    awaited = NULL;
    return 1;
}

/* Work items, of both kinds. Each has a thread of its own. The item may be freed, and its
 * driver's memory too, before the routine has returned. */

struct _IO_WORKITEM {
    PVOID object;
    PIO_WORKITEM_ROUTINE_EX routine;
    NDIS_IO_WORKITEM_ROUTINE ndis_routine;
    PVOID context;
};

static void run_item(void *context)
{
    PIO_WORKITEM item = context;

    if (item->ndis_routine != NULL) {
        item->ndis_routine(item->context, item);
    } else {
        item->routine(item->object, item->context, item);
    }
}

static PIO_WORKITEM new_item(PVOID object)
{
    PIO_WORKITEM item = calloc(1, sizeof *item);

    if (item != NULL) {
        item->object = object;
    }
    return item;
}

PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject)
{
    return new_item(DeviceObject);
}

void IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine,
                       WORK_QUEUE_TYPE QueueType, PVOID Context)
{
    (void)QueueType;
    IoWorkItem->routine = WorkerRoutine;
    IoWorkItem->context = Context;
    thread_start(run_item, IoWorkItem);
}

void IoFreeWorkItem(PIO_WORKITEM IoWorkItem)
{
    free(IoWorkItem);
}

NDIS_HANDLE NdisAllocateIoWorkItem(NDIS_HANDLE NdisObjectHandle)
{
    return new_item(NdisObjectHandle);
}

void NdisQueueIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle, NDIS_IO_WORKITEM_ROUTINE Routine,
                         PVOID WorkItemContext)
{
    PIO_WORKITEM item = NdisIoWorkItemHandle;

    item->ndis_routine = Routine;
    item->context = WorkItemContext;
    thread_start(run_item, item);
}

void NdisFreeIoWorkItem(NDIS_HANDLE NdisIoWorkItemHandle)
{
    free(NdisIoWorkItemHandle);
}

/* The IRQL, of which events have two, and the thread. */

void KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql)
{
    *OldIrql = thread_irql() == PASSIVE ? PASSIVE_LEVEL : DISPATCH_LEVEL;
    if (NewIrql < *OldIrql) {
        runtime_gives_up("KeRaiseIrql is asked to lower the IRQL");
    }
    thread_set_irql(NewIrql == PASSIVE_LEVEL ? PASSIVE : DISPATCH);
}

void KeLowerIrql(KIRQL NewIrql)
{
    if (NewIrql != PASSIVE_LEVEL && thread_irql() == PASSIVE) {
        runtime_gives_up("KeLowerIrql is asked to raise the IRQL");
    }
    thread_set_irql(NewIrql == PASSIVE_LEVEL ? PASSIVE : DISPATCH);
}

/* An address that is the thread's own. */
PKTHREAD KeGetCurrentThread(void)
{
    return (PKTHREAD)(void *)&this_thread;
}
