/* runtime_lock.h - the locks of the runtime, and the spin locks of the drivers (ndis_system.c).
 *
 * The discipline: a thread holds one lock at most, and none while it calls a driver back
 * or calls NDIS (THR-07), so that no two threads can wait for each other's locks. What a
 * lock protects is changed and announced under it, and who waits looks again under it:
 * so no wake-up is lost. Each function ends the process if its caller breaks a rule; the
 * contracts say the same to the prover, for which lock_is_held is this thread's own. */
#ifndef CLOSEAF_RUNTIME_LOCK_H
#define CLOSEAF_RUNTIME_LOCK_H

#include "system_lock.h"

/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, *l;
    ensures held: lock_is_held == 1; */
void take_lock(struct lock *l);

/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, *l;
    ensures no_lock: lock_is_held == 0; */
void drop_lock(struct lock *l);

/* Gives the lock up until a change is announced, then has it again. Only in a loop that
 * looks whether the change is the one awaited. The text says for what, if nothing comes. */
/*@ requires held: lock_is_held == 1;
    assigns *l;
    ensures held: lock_is_held == 1; */
void wait_for_change(struct lock *l, const char *awaited);

/* After the change and before the lock is dropped. */
/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns *l; */
void announce_change(struct lock *l);

/* Before a call that may not be made under a lock. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
void hold_no_lock(void);

#endif
