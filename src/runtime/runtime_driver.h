/* runtime_driver.h - which drivers are registered and with which handlers, and the rules of that:
 * those of model/registration.pml. */
#ifndef CLOSEAF_RUNTIME_DRIVER_H
#define CLOSEAF_RUNTIME_DRIVER_H

#include "runtime_state.h"

/* The driver of this slot, as it stands in the trace, and as its handle: there is one, however
 * often it registers itself. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures slot: \result.slot == slot; */
struct handle driver_in(uint32_t slot);

/* Under the lock: the driver of which this thread runs DriverEntry; if there is none, one that no
 * table has. */
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
struct handle driver_loaded_by(uint8_t thread);

/* Under the lock: may NDIS bind this driver, or initialise its adapter? */
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
int may_be_bound(uint32_t slot);

/* Under the lock: what an event of a driver breaks; if nothing, it has happened. A return gets its
 * status. The arguments are what the driver passes: its characteristics and its context. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid(e) && \valid_read(a) && \separated(e, a) && APART(e) && APART(a);
    terminates \true;
    exits never: \false;
    assigns driver_side[..], binding_side[..], e->status; */
enum requirement judge_driver(struct event *e, const struct arguments *a);

/* Under the lock: a driver that was unloaded and is registered still. */
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
enum requirement driver_unmet(void);

/* driver_characteristics.c: the requirement of which a handler is missing, of those that a driver
 * registers itself with, and of those that it sets as its options. CONFORMING: of none. */
/*@ requires valid: \valid_read(e);
    terminates \true;
    exits never: \false;
    assigns \nothing; */
enum requirement missing_in_driver(const struct entry_points *e, int is_miniport);
/*@ requires valid: \valid_read(e);
    terminates \true;
    exits never: \false;
    assigns \nothing; */
enum requirement missing_option(const struct entry_points *e, int is_manager, int is_miniport);

/* An MCM has one handler for the requests to its miniport and to its call manager (REG-13). */
/*@ requires valid: \valid_read(e);
    terminates \true;
    exits never: \false;
    assigns \nothing; */
int oid_handlers_are_one(const struct entry_points *e);

#endif
