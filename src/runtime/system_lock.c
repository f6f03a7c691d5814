/* system_lock.c - see system_lock.h. */
#include "system_lock.h"

#include "runtime_wait.h"

PER_THREAD int lock_is_held;

void system_take_at_once(struct lock *l)
{
    (void)pthread_mutex_lock(&l->mutex);
    l->taken = 1;
}

void system_take(struct lock *l)
{
    if (scheduler != NULL) {
        scheduler->take(l);
    }
    system_take_at_once(l);
}

void system_drop(struct lock *l)
{
    l->taken = 0;
    (void)pthread_mutex_unlock(&l->mutex);
}

void system_wait(struct lock *l, const char *awaited)
{
    const unsigned long seen = l->changes;

    l->waiting++;
    if (thread_waits(awaited)) { /* nobody is left to announce anything */
        lock_is_held = 0;
        system_drop(l);
        runtime_gives_up("a deadlock: every thread waits");
    }
    if (scheduler != NULL) {
        system_drop(l);
        scheduler->wait(l, seen);
        system_take_at_once(l);
    }
    while (l->changes == seen) {
        l->taken = 0;
        (void)pthread_cond_wait(&l->changed, &l->mutex);
        l->taken = 1;
    }
    thread_goes_on();
}

void system_announce(struct lock *l)
{
    l->changes++;
    if (l->waiting > 0) {
        threads_wake(l->waiting);
        l->waiting = 0;
        (void)pthread_cond_broadcast(&l->changed);
    }
}
