/* runtime_lock.c - see runtime_lock.h. */
#include "runtime_lock.h"

#include "runtime_wait.h"

void hold_no_lock(void)
{
    if (lock_is_held != 0) {
        runtime_gives_up("THR-07: a lock is held across a call");
    }
}

/*@ requires held: lock_is_held == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
static void hold_the_lock(void)
{
    if (lock_is_held != 1) {
        runtime_gives_up("a lock is used that is not held");
    }
}

void take_lock(struct lock *l)
{
    hold_no_lock();
    system_take(l);
    lock_is_held = 1;
}

void drop_lock(struct lock *l)
{
    hold_the_lock();
    lock_is_held = 0;
    system_drop(l);
}

void wait_for_change(struct lock *l, const char *awaited)
{
    hold_the_lock();
    system_wait(l, awaited);
}

void announce_change(struct lock *l)
{
    hold_the_lock();
    system_announce(l);
}
