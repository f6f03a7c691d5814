/* system_lock.h - a lock, and what the system, or a scheduler in its place, does for it. */
#ifndef CLOSEAF_SYSTEM_LOCK_H
#define CLOSEAF_SYSTEM_LOCK_H

#include <pthread.h>

#ifdef __FRAMAC__ /* which knows no threads: a proof speaks of one of them */
#define PER_THREAD
#else
#define PER_THREAD _Thread_local
#endif

struct lock {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned long changes; /* announced so far */
    unsigned waiting;      /* threads that the next announcement wakes */
    int taken;
};

#define LOCK_INITIALIZER {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, 0}

extern PER_THREAD int lock_is_held;

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

/* The same as system_take where it makes no difference which thread goes first: a scheduler is not
 * asked. */
void system_take_at_once(struct lock *l);

#endif
