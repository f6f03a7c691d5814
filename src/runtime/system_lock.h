/* system_lock.h - what the system, or a scheduler in its place, does for a lock. */
#ifndef CLOSEAF_SYSTEM_LOCK_H
#define CLOSEAF_SYSTEM_LOCK_H

#include "runtime_lock.h"

/* Not proved: the contracts are what the proof of runtime_lock.c assumes of the system. */
/*@ terminates \true;
    exits never: \false;
    assigns *l; */
void system_take(struct lock *l);
/*@ terminates \true;
    exits never: \false;
    assigns *l; */
void system_drop(struct lock *l);
/*@ assigns *l; */
void system_wait(struct lock *l, const char *awaited);
/*@ terminates \true;
    exits never: \false;
    assigns *l; */
void system_announce(struct lock *l);

#endif
