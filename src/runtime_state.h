/* runtime_state.h - what the files of the runtime share: the state under the lock of NDIS,
 * the one step by which it changes, and the right to call a driver that a step gives. */
#ifndef CLOSEAF_RUNTIME_STATE_H
#define CLOSEAF_RUNTIME_STATE_H

#include "runtime.h"
#include "runtime_lock.h"

struct adapter_side {
    const struct entry_points *entry;
    NDIS_HANDLE driver_context;
    NDIS_HANDLE binding_context;
    unsigned busy; /* opens and offers under way: the unbind waits for them (AMB-22) */
};

struct af_side {
    NDIS_HANDLE client_context;
    NDIS_HANDLE manager_context;
    uint8_t reserved; /* 1: an open is under way in this slot */
};

/* Read and written under the lock of NDIS. */
extern struct core core;
extern struct adapter_side binding_side[MAX_BINDING];
extern struct af_side af_side[MAX_AF];

/* Set by runtime_start, before there is a second thread. */
extern struct runtime_hooks hooks;

/* The lock of NDIS. Whoever takes it finds what the last holder left, and leaves the core
 * consistent: so the precondition of core_step is met without a check. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures held: lock_is_held == 1;
    ensures consistent: core_invariant(core); */
void take_ndis_lock(void);

/*@ requires held: lock_is_held == 1;
    requires consistent: core_invariant(core);
    terminates \true;
    exits never: \false;
    assigns lock_is_held;
    ensures no_lock: lock_is_held == 0; */
void drop_ndis_lock(void);

/*@ requires held: lock_is_held == 1;
    requires consistent: core_invariant(core);
    assigns core, binding_side[..], af_side[..];
    ensures held: lock_is_held == 1;
    ensures consistent: core_invariant(core); */
void wait_for_ndis(const char *awaited);

/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
void announce_ndis(void);

/* What NDIS knows at the moment of an event, taken under the same lock. */
struct moment {
    struct event event;
    struct address_family af;      /* if the event's object is an AF: */
    NDIS_HANDLE client_context;    /* its contexts */
    NDIS_HANDLE manager_context;
    struct adapter_side client;    /* and its client's driver */
    struct adapter_side manager;   /* the driver of MANAGER_BINDING */
    struct adapter_side binding;   /* if its object is a binding: the owner's driver */
};

/* What this thread may call back now: the event that NDIS has just done. A callback spends
 * it, so that each is made once, and none but for an event that the core has accepted. */
extern PER_THREAD struct event right_to_call;

/*@ predicate same_handle(struct handle a, struct handle b) =
      a.slot == b.slot && a.generation == b.generation; */

/* One event, whose status NDIS may fill in. A driver's breach is recorded and has no effect; NDIS itself commits none:
 * what the core would refuse it does not do. Returns 1 if the event has happened. */
enum actor { A_DRIVER, NDIS };
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(e) && \valid(m);
    requires apart: \separated(e, m, &core, binding_side + (..), af_side + (..),
      &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, e->status,
      *m;
    ensures no_lock: lock_is_held == 0;
    ensures moment: \result != 0 ==> m->event.kind == e->kind && same_handle(m->event.object, e->object);
    ensures right_to_call: \result != 0 ==>
      right_to_call.kind == e->kind && same_handle(right_to_call.object, e->object);
    ensures no_right: \result == 0 ==> right_to_call.kind == NO_EVENT; */
int step(enum actor actor, struct event *e, struct moment *m);

/* The same for an event without more to it, by a driver or by NDIS. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *m;
    ensures no_lock: lock_is_held == 0; */
int driver_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m);
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *m;
    ensures no_lock: lock_is_held == 0;
    ensures moment: \result != 0 ==> m->event.kind == kind;
    ensures right: \result != 0 ==>
      right_to_call.kind == kind && same_handle(right_to_call.object, m->event.object); */
int ndis_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m);

/* NDIS returns to a driver with the status of the state. */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS ndis_returns(uint16_t kind, struct handle object);

/* The hooks, or what is done without them. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(e);
    assigns e->thread, e->irql; */
int before_event(struct event *e);
/*@ requires valid: \valid(e);
    terminates \true;
    exits never: \false;
    assigns e->status, e->object; */
void choose(struct event *e);
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
void record_event(struct event e, enum requirement broken);

/* NDIS owes a callback that no driver's call makes. */
/*@ requires no_lock: lock_is_held == 0;
    assigns \nothing; */
void owe(uint16_t enter, struct handle object);

/* NDIS offers a registered AF to each client that has not seen it (REG-12). */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures no_lock: lock_is_held == 0; */
void offer(void);

/* Handles. What a handle's low bits say it is. A VC handle and a SAP handle carry the
 * numbers of what they hang on: the core counts calls and SAPs, it does not tell them
 * apart. */
enum handle_kind { NO_HANDLE, AF_HANDLE, BINDING_HANDLE, VC_OF_AF, VC_OF_BINDING, SAP_HANDLE };

/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
NDIS_HANDLE encode(enum handle_kind kind, struct handle h);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
struct handle decode(enum handle_kind kind, NDIS_HANDLE handle);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
enum handle_kind kind_of(NDIS_HANDLE handle);

#endif
