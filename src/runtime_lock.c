/* runtime_lock.c - see runtime_lock.h. */
#include "runtime_lock.h"

#include "runtime_thread.h"

PER_THREAD int lock_is_held;

void hold_no_lock(void)
{
    if (lock_is_held != 0) {
        runtime_gives_up("THR-07: a lock is held across a call");
    }
}

static void hold_the_lock(void)
{
    if (lock_is_held != 1) {
        runtime_gives_up("a lock is used that is not held");
    }
}

void take_lock(struct lock *l)
{
    hold_no_lock();
    if (scheduler != NULL) {
        scheduler->take(l);
    }
    (void)pthread_mutex_lock(&l->mutex);
    l->taken = 1;
    lock_is_held = 1;
}

void drop_lock(struct lock *l)
{
    hold_the_lock();
    l->taken = 0;
    lock_is_held = 0;
    (void)pthread_mutex_unlock(&l->mutex);
}

void wait_for_change(struct lock *l, const char *awaited)
{
    const unsigned long seen = l->changes;

    hold_the_lock();
    l->waiting++;
    if (thread_waits(awaited)) { /* nobody is left to announce anything */
        drop_lock(l);
        runtime_gives_up("a deadlock: every thread waits");
    }
    l->taken = 0;
    if (scheduler != NULL) {
        (void)pthread_mutex_unlock(&l->mutex);
        scheduler->wait(l, seen);
        (void)pthread_mutex_lock(&l->mutex);
    }
    while (l->changes == seen) {
        (void)pthread_cond_wait(&l->changed, &l->mutex);
    }
    l->taken = 1;
    thread_goes_on();
}

void announce_change(struct lock *l)
{
    hold_the_lock();
    l->changes++;
    if (l->waiting > 0) {
        threads_wake(l->waiting);
        l->waiting = 0;
        (void)pthread_cond_broadcast(&l->changed);
    }
}
