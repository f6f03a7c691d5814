/* runtime.h - NDIS with real threads around the core.
 *
 * Each event is one step: take the lock, ask core_step, record the event, drop the
 * lock. Then the callback that the core's state says is owed is made, on the calling
 * thread and with no lock held (NTF-35, THR-07). The functions that a driver calls
 * are in ndis.h; here is what plug and play, a test or a replay needs besides.
 * There is one NDIS in a process, as in a kernel. */
#ifndef CLOSEAF_RUNTIME_H
#define CLOSEAF_RUNTIME_H

#include "core/core.h"
#include "ndis/ndis.h"

/* The callbacks of one driver, in the structures that it has set; of each kind of driver the
 * others stay empty. */
struct entry_points {
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_CO_CHARACTERISTICS co_protocol;
    NDIS_MINIPORT_CO_CHARACTERISTICS co_miniport;
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS client;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS call_manager;
};

/* Adds one of these structures; what it is, its first member says. */
/*@ requires valid: \valid(to);
    terminates \true;
    exits never: \false;
    assigns *to; */
void take_handlers(struct entry_points *to, PVOID characteristics);

/* What the surroundings of the runtime decide and see. Any of them may be null. */
struct runtime_hooks {
    void *context;
    /* Before each event, on its thread, with no lock held: may wait. Non-zero: the
     * event does not happen. */
    int (*before)(void *context, const struct event *event);
    /* NDIS's free choices: the slot of a new object, filled in already with the first that is
     * free; how opening and closing an adapter ends, with success; and where there is no
     * status, whether NDIS answers by itself or fails, if the core permits it. */
    void (*choose)(void *context, struct event *event);
    /* Each event in the order in which NDIS saw it, under the lock. broken is
     * CONFORMING, or what a driver has broken: then the event had no effect. */
    void (*record)(void *context, const struct event *event, enum requirement broken);
    /* NDIS owes a callback that no driver's call makes: the enter event. Null: a
     * thread of NDIS's makes it with ndis_enter. */
    void (*owe)(void *context, uint16_t enter, struct handle object);
    /* What the example drivers leave to chance: a number less than options. Null: 0. */
    unsigned (*pick)(void *context, unsigned options);
    /* 1: the hooks decide in which order things happen, and NDIS itself waits for nothing. */
    int in_order;
};

/* Starts NDIS with nothing bound. The hooks stay the caller's until runtime_stop. */
void runtime_start(struct readings readings, const struct runtime_hooks *hooks);

/* Waits until each thread of the runtime's has ended and says what is left undone:
 * core_owes, or that a driver was unloaded and is registered still (DRG-01). */
enum requirement runtime_stop(void);

/* What is undone at this moment. */
enum requirement runtime_unmet(void);

/* The system loads the driver that binds in this slot, on this thread: DriverEntry is called.
 * MANAGER_BINDING is the call manager's or the MCM's. Returns the status of DriverEntry; with a
 * failure the driver is not loaded. */
NDIS_STATUS ndis_load(uint32_t slot, DRIVER_INITIALIZE *entry);

/* The system unloads a driver, on this thread: Unload is called, which deregisters the driver
 * (DRG-01); within that NDIS unbinds it (DRG-03). An uninstall of a protocol driver unbinds it
 * before, and calls ProtocolUninstall (UNB-27). */
void ndis_unload(uint32_t slot);
void ndis_uninstall(uint32_t slot);

/* A driver that is there, without a word of how it was loaded and registered; the entry points
 * are copied. */
void runtime_attach(uint32_t slot, const struct entry_points *entry, NDIS_HANDLE driver_context);

/* The miniport beneath a stand-alone call manager and its clients, of which no event tells how it
 * was registered. The entry points stay the caller's. */
void runtime_attach_miniport(const struct entry_points *entry, NDIS_HANDLE adapter_context);

/* The handle of the adapter that this miniport drives. */
NDIS_HANDLE runtime_adapter(void);

/* The handle that the slot has, or, while it is unbound, will have when bound. */
struct handle runtime_binding(uint32_t slot);

/* Waits until the slot is bound, or unbound. At PASSIVE_LEVEL. */
void runtime_wait_until_bound(uint32_t slot);
void runtime_wait_until_unbound(uint32_t slot);

/* NDIS enters a callback of its own accord, on this thread: ENTER_BIND,
 * ENTER_INITIALIZE, ENTER_UNBIND, ENTER_HALT, ENTER_AF_REGISTER_NOTIFY,
 * ENTER_CLOSE_ADAPTER_COMPLETE, DRIVER_UNINSTALL_ENTER or one of the request and send
 * completions. Returns 0, and nothing happens, if the callback is not owed, or nobody is there:
 * NDIS binds a driver when it has set its options (REG-10), which may be before its registration
 * has returned (REG-14). */
int ndis_enter(uint16_t enter, struct handle object);

/* NDIS unbinds a driver, on this thread: it pauses a binding that runs, and when the pause is
 * over it enters ProtocolUnbindAdapterEx (BND-05). */
void ndis_unbind(struct handle binding);

/* What the system does by itself, its "do" lines: the stack goes up and down, the adapter is
 * removed (REMOVE_ADAPTER: every bound driver is owed its unbind or halt, UNB-01, which the
 * caller makes with ndis_enter, in whatever order). */
void system_did(uint16_t act, struct handle object);

/* A line that says only that something has been done, without the steps that led to it. */
void driver_says(const struct event *event);

/* The number under which this thread's events are recorded. A thread that sets none gets the
 * lowest that is free. */
void runtime_set_thread(uint8_t number);

/* The IRQL under which this thread's events are recorded. It begins PASSIVE. */
void runtime_set_irql(uint8_t irql);

/* Handles as the core sees them, and back. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
NDIS_HANDLE runtime_handle(uint16_t kind, struct handle object); /* the object of this event */
NDIS_HANDLE runtime_party_of_call(struct handle vc); /* that a call has from the beginning (PTY-05) */
NDIS_HANDLE runtime_binding_handle(struct handle binding);
NDIS_HANDLE runtime_driver_handle(uint32_t slot); /* as its registration returns it */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
uint8_t status_of(NDIS_STATUS status);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
NDIS_STATUS ndis_status_of(uint8_t status);

#endif
