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
    PVOID request; /* the NDIS_OID_REQUEST that is on its way to the miniport */
    unsigned busy; /* opens and offers under way: the unbind waits for them (AMB-22) */
};

/* The drivers as NDIS knows them; the events of object driver, which the core does not judge. A
 * driver comes and goes between these: its bindings between DRIVER_HAS_OPTIONS, before its
 * registration has returned (REG-14), and DRIVER_DEREGISTERING. */
enum driver_phase {
    DRIVER_ABSENT,
    DRIVER_REGISTERING,
    DRIVER_SETS_OPTIONS, /* inside ProtocolSetOptions or MiniportSetOptions */
    DRIVER_HAS_OPTIONS,
    DRIVER_REGISTERED,
    DRIVER_DEREGISTERING
};

/* Which of the driver's own routines the system has called. */
enum driver_routine { NO_ROUTINE, IN_DRIVER_ENTRY, IN_UNLOAD };

struct driver_side {
    uint8_t phase;   /* enum driver_phase */
    uint8_t routine; /* enum driver_routine */
    uint8_t thread;  /* in this routine: so NDIS knows who registers itself */
    uint8_t is_miniport;
    uint8_t is_unloaded;
    struct entry_points entry;
    struct _DRIVER_OBJECT object;
};

/* Who stands at the other end of NDIS: the column "who" of the vocabulary. */
enum driver { DRIVER_NONE, DRIVER_client, DRIVER_manager, DRIVER_owner, DRIVER_system, DRIVERS };

/* What NDIS remembers of an object for the drivers: the contexts that they have given it. */
struct object_side {
    NDIS_HANDLE context[DRIVERS];
    NDIS_HANDLE party_context[DRIVERS]; /* of a VC: those of its call's own party */
    PVOID what;                         /* the CO_SAP or NDIS_OID_REQUEST that was passed */
};

/* One table for the objects of all kinds, each at its place. */
enum {
    SIDE_OF_AF = 0,
    SIDE_OF_SAP = SIDE_OF_AF + MAX_AF,
    SIDE_OF_VC = SIDE_OF_SAP + MAX_SAP,
    SIDE_OF_PARTY = SIDE_OF_VC + MAX_VC,
    SIDE_OF_REQUEST = SIDE_OF_PARTY + MAX_PARTY,
    SIDES = SIDE_OF_REQUEST + MAX_REQUEST
};

/* Read and written under the lock of NDIS. */
extern struct core core;
extern uint32_t events_accepted; /* begins again at 0 */
extern struct adapter_side binding_side[MAX_BINDING];
extern struct adapter_side miniport_side; /* the driver beneath all bindings */
extern struct driver_side driver_side[MAX_BINDING];
extern struct object_side object_side[SIDES];

/* Set by runtime_start, before there is a second thread. */
extern struct runtime_hooks hooks;

/* What this thread may call back now: the event that NDIS has just done. A callback spends
 * it, so that each is made once, and none but for an event that the core has accepted. It is
 * there for the proof alone: no code can give it. */
/*@ ghost extern struct event right_to_call; */

/* In contracts: what is under the lock, and what a function of NDIS may change. */
#define UNDER_THE_LOCK core, events_accepted, binding_side[..], object_side[..], driver_side[..]
#define STATE_OF_NDIS lock_is_held, UNDER_THE_LOCK, right_to_call
#define APART(p) \separated(p, &core, &events_accepted, binding_side + (..), object_side + (..), \
                            driver_side + (..), &lock_is_held, &right_to_call)

/* A function of NDIS, or a part of one: whatever drivers do in their callbacks, no lock is
 * held before and after. */
#define OF_NDIS(...)                      \
    requires no_lock: lock_is_held == 0;  \
    __VA_ARGS__                           \
    ensures no_lock: lock_is_held == 0;
#define FUNCTION_OF_NDIS OF_NDIS(assigns STATE_OF_NDIS;)
#define CREATOR_OF_NDIS(handle)                                              \
    OF_NDIS(requires valid: \valid(handle) && APART(handle); assigns STATE_OF_NDIS, *handle;)
/* It only looks and notes, and comes back. */
#define UNDER_ITS_OWN_LOCK(...) OF_NDIS(terminates \true; exits never: \false; __VA_ARGS__)

/* The lock of NDIS. Whoever takes it finds what the last holder left, and leaves the core
 * consistent: so the precondition of core_step is met without a check. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, UNDER_THE_LOCK;
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
    assigns UNDER_THE_LOCK;
    ensures held: lock_is_held == 1;
    ensures consistent: core_invariant(core); */
void wait_for_ndis(const char *awaited);

/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
void announce_ndis(void);

/* What a driver passes with a call or gives back from a callback, and NDIS hands on. */
struct arguments {
    NDIS_HANDLE context;       /* its own for the object of the event; NDIS keeps it */
    NDIS_HANDLE party_context; /* of a VC: for its call's own party */
    NDIS_HANDLE other, party;  /* handles of a SAP or a VC, and of a party, besides */
    PVOID what;                /* CO_SAP, CO_CALL_PARAMETERS, NDIS_OID_REQUEST or data */
    UINT size;                 /* of the data */
    NDIS_STATUS status;        /* why a call or a party has ended */
};

/* What NDIS knows at the moment of an event, taken under the same lock. */
struct moment {
    struct event event;
    uint32_t events_accepted;   /* until now: the same number, the same state */
    struct arguments arguments; /* given by the caller of the step */
    struct adapter_side driver; /* whom the event's row names */
    NDIS_HANDLE context;        /* this driver's for the object of the event */
    NDIS_HANDLE af_context, vc_context; /* and for what it stands on */
    NDIS_HANDLE other_context, party_context; /* and for what the arguments name */
    PVOID what;                 /* what NDIS was given when the object was made */
    struct vc vc;               /* if the event's object is a VC */
    NDIS_STATUS answer;         /* the driver's, when it has been called back */
};

/* One event, whose status NDIS may fill in, and the slot and generation of an object that it
 * begins. A driver's breach is recorded and has no effect; NDIS itself commits none: what the
 * core would refuse it does not do. Returns 1 if the event has happened. If the surroundings
 * do not let it happen, the moment is NO_EVENT's. */
enum actor { A_DRIVER, NDIS };
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(e) && \valid(m);
    requires apart: APART(e) && APART(m) && \separated(e, m);
    assigns STATE_OF_NDIS, *e, *m;
    ensures no_lock: lock_is_held == 0;
    ensures moment: \result != 0 ==> m->event.kind == e->kind && handles_equal(m->event.object, e->object);
    ensures kind: e->kind == \old(e->kind);
    ensures right_to_call: actor == NDIS && \result != 0 ==>
      right_to_call.kind == e->kind && handles_equal(right_to_call.object, e->object);
    ensures no_right: actor != NDIS || \result == 0 ==> right_to_call.kind == NO_EVENT; */
int step(enum actor actor, struct event *e, struct moment *m);

/* The same for an event without more to it, by a driver or by NDIS. The arguments stand in
 * the moment already. */
#define ACTS                                                                                   \
    requires no_lock: lock_is_held == 0;                                                       \
    requires valid: \valid(m) && APART(m);                                                     \
    assigns STATE_OF_NDIS, *m;                                                                 \
    ensures no_lock: lock_is_held == 0;                                                        \
    ensures moment: \result != 0 ==> m->event.kind == kind;
/*@ ACTS */
int driver_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m);
/*@ ACTS
    ensures right: \result != 0 ==>
      right_to_call.kind == kind && handles_equal(right_to_call.object, m->event.object); */
int ndis_acts(uint16_t kind, struct handle object, uint8_t status, struct moment *m);

/* NDIS returns to a driver with the status of the state. */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS ndis_returns(uint16_t kind, struct handle object);

/* The moment of an event, without a step. Under the lock. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid(m) && APART(m);
    terminates \true;
    exits never: \false;
    assigns *m;
    ensures moment: m->event == e; */
void take_moment(struct event e, struct moment *m);

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

/* From here to there the binding is not unbound. */
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
void hold_binding(uint32_t slot);
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
void let_binding_go(uint32_t slot);

/* As runtime.h says. */
/*@ FUNCTION_OF_NDIS */
void ndis_unbind(struct handle binding);

/* NDIS offers a registered AF to each client that has not seen it (REG-12). */
/*@ OF_NDIS(assigns lock_is_held, UNDER_THE_LOCK;) */
void offer(void);

/* Handles: slot, generation and kind. The first kinds are named as the column "object" of the
 * vocabulary. A VC without an AF has the numbers of its binding (VC-24), and a call's own
 * party those of its VC (PTY-05). */
enum handle_kind {
    NO_HANDLE, HANDLE_af, HANDLE_binding, HANDLE_sap, HANDLE_vc, HANDLE_party, HANDLE_request,
    HANDLE_driver, HANDLE_KINDS, VC_OF_BINDING = HANDLE_KINDS, PARTY_OF_VC
};

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

/* What the rows of the vocabulary say of an event: the kind of its object, the driver, and
 * whether it passes a status. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures in_bounds: \result < HANDLE_KINDS; */
enum handle_kind object_of(uint16_t kind);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures in_bounds: \result < DRIVERS; */
enum driver driver_of(uint16_t kind);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
int has_status(uint16_t kind);

/* What an OID request says: that an AF is to be closed; which of the lines of NdisOidRequest it
 * is. The driver's memory is only read. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
int is_af_close(PNDIS_OID_REQUEST request);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
uint16_t asked_of_adapter(PNDIS_OID_REQUEST request);

/* Under the lock: the slot and the generation of an object that the event begins, and what an
 * object that there is stands on. 0 if no slot is free. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid(e) && \valid_read(a) && \separated(e, a) && APART(e);
    terminates \true;
    exits never: \false;
    assigns e->object, e->on, e->status; */
int find_object(struct event *e, const struct arguments *a);

/* Under the lock: keeps the contexts that a driver has given. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid_read(a) && APART(a);
    terminates \true;
    exits never: \false;
    assigns object_side[..], binding_side[..]; */
void remember(struct event e, const struct arguments *a);

#endif
