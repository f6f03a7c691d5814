/* common.h - what each of the example drivers does with its memory, its lock, those who wait for
 * what is under it, and work items. A copy of a driver takes it along. */
#ifndef CLOSEAF_COMMON_H
#define CLOSEAF_COMMON_H

#include "example.h"
#include "ndis.h"

#include <stddef.h>

/* The extension of the driver object, or its beginning; also ProtocolDriverContext. */
struct driver {
    PDRIVER_OBJECT object;
    NDIS_HANDLE handle; /* of its registration */
    NDIS_SPIN_LOCK lock;
    struct waiter *waiters; /* under the lock */
};

static inline int pick(unsigned options)
{
    return (int)driver_picks(options);
}

/* Memory, zeroed. */

enum { MEMORY_TAG = 0x66616C63 }; /* "claf" to who looks at the pool */

static inline PVOID new_memory(NDIS_HANDLE handle, UINT size)
{
    PVOID memory = NdisAllocateMemoryWithTagPriority(handle, size, MEMORY_TAG, NormalPoolPriority);

    if (memory != NULL) {
        NdisZeroMemory(memory, size);
    }
    return memory;
}

static inline void free_memory(PVOID memory)
{
    if (memory != NULL) {
        NdisFreeMemory(memory, 0, 0);
    }
}

/* The driver, from DriverEntry until the end of Unload, or of a DriverEntry that fails. */

static inline PVOID new_driver(PDRIVER_OBJECT object, ULONG size)
{
    struct driver *d;
    PVOID extension;

    if (IoAllocateDriverObjectExtension(object, object, size, &extension) != NDIS_STATUS_SUCCESS) {
        return NULL;
    }
    NdisZeroMemory(extension, size);
    d = extension;
    d->object = object;
    NdisAllocateSpinLock(&d->lock);
    return extension;
}

static inline struct driver *driver_of_object(PDRIVER_OBJECT object)
{
    return IoGetDriverObjectExtension(object, object);
}

/* Its memory goes with the driver object. */
static inline void end_driver(struct driver *d)
{
    NdisFreeSpinLock(&d->lock);
}

/* Waiting, at PASSIVE_LEVEL, until what is under the lock has changed. Who waits has an event of
 * his own, so that nobody resets another's; it is unset and in the list before the lock is given
 * up, so that no change is missed; and it is set under the lock alone, so that it is there. */

struct waiter {
    struct waiter *next;
    NDIS_EVENT changed;
};

/* The lock is held, and given up meanwhile. Only in a loop that looks whether the change is the one
 * awaited. */
static inline void await_change(struct driver *d, const char *awaited)
{
    struct waiter me;
    struct waiter **link = &d->waiters;

    NdisInitializeEvent(&me.changed);
    me.next = d->waiters;
    d->waiters = &me;
    NdisReleaseSpinLock(&d->lock);
    driver_awaits(awaited);
    (void)NdisWaitEvent(&me.changed, 0);
    NdisAcquireSpinLock(&d->lock);
    while (*link != &me) {
        link = &(*link)->next;
    }
    *link = me.next;
}

/* After the change, and before the lock is released. */
static inline void tell_change(struct driver *d)
{
    for (struct waiter *w = d->waiters; w != NULL; w = w->next) {
        NdisSetEvent(&w->changed);
    }
}

/* Something changes under the lock; and a wait until it has. */
#define CHANGE(of_driver, statement)             \
    do {                                         \
        struct driver *const d_ = (of_driver);   \
        NdisAcquireSpinLock(&d_->lock);          \
        statement;                               \
        tell_change(d_);                         \
        NdisReleaseSpinLock(&d_->lock);          \
    } while (0)
#define WAIT_WHILE(of_driver, condition, awaited) \
    do {                                         \
        struct driver *const d_ = (of_driver);   \
        NdisAcquireSpinLock(&d_->lock);          \
        while (condition) {                      \
            await_change(d_, awaited);           \
        }                                        \
        NdisReleaseSpinLock(&d_->lock);          \
    } while (0)

/* Work items, each for one use: it is gone when its routine begins. Those of the driver object are
 * for any driver; a protocol driver has no others. The routines here wait, and the system has few
 * threads for work items: a driver of many AFs that waits so long has threads of its own. */

struct work {
    PIO_WORKITEM item;
    void (*routine)(PVOID context);
    PVOID context;
};

static IO_WORKITEM_ROUTINE_EX run_work;

static inline void free_work(struct work *work)
{
    if (work != NULL) {
        IoFreeWorkItem(work->item);
        free_memory(work);
    }
}

_Use_decl_annotations_
static inline void run_work(PVOID IoObject, PVOID Context, PIO_WORKITEM IoWorkItem)
{
    struct work work = *(struct work *)Context;

    (void)IoObject;
    (void)IoWorkItem;
    free_work(Context);
    work.routine(work.context);
}

static inline struct work *new_work(struct driver *d)
{
    struct work *work = new_memory(d->handle, sizeof *work);

    if (work != NULL) {
        work->item = IoAllocateWorkItem((PDEVICE_OBJECT)(PVOID)d->object);
        if (work->item == NULL) {
            free_memory(work);
            work = NULL;
        }
    }
    return work;
}

static inline void start_work(struct work *work, void (*routine)(PVOID context), PVOID context)
{
    work->routine = routine;
    work->context = context;
    IoQueueWorkItemEx(work->item, run_work, DelayedWorkQueue, work);
}

/* 0 if there is none: then the driver does the work at once, or refuses it. */
static inline int queue_work(struct driver *d, void (*routine)(PVOID context), PVOID context)
{
    struct work *work = new_work(d);

    if (work != NULL) {
        start_work(work, routine, context);
    }
    return work != NULL;
}

#endif
