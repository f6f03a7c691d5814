/* runtime_wait.c - see runtime_wait.h.
 *
 * What is written at each wait is atomic and relaxed: an order among threads that comes
 * from bookkeeping would hide from ThreadSanitizer that a lock is missing. */
#include "runtime_wait.h"

#include <stdatomic.h>
#include <stdlib.h>

const struct scheduler *scheduler;
PER_THREAD int this_thread = -1;

static void (*on_giving_up)(const char *why);
static _Atomic(const char *) awaited_by[THREAD_NUMBERS];
static _Atomic unsigned awake; /* threads that do not wait */

void runtime_on_giving_up(void (*routine)(const char *why))
{
    on_giving_up = routine;
}

_Noreturn void runtime_gives_up(const char *why)
{
    if (on_giving_up != NULL) {
        on_giving_up(why);
    }
    fprintf(stderr, "closeaf: %s\n", why);
    _Exit(1);
}

void waits_reset(void)
{
    for (unsigned n = 0; n < THREAD_NUMBERS; n++) {
        atomic_store_explicit(&awaited_by[n], NULL, memory_order_relaxed);
    }
    atomic_store_explicit(&awake, 1u, memory_order_relaxed);
}

int thread_ends(void)
{
    return on_giving_up != NULL &&
           atomic_fetch_sub_explicit(&awake, 1u, memory_order_relaxed) == 1;
}

int thread_waits(const char *awaited)
{
    if (on_giving_up != NULL) {
        atomic_store_explicit(&awaited_by[this_thread], awaited, memory_order_relaxed);
    }
    return thread_ends();
}

void thread_goes_on(void)
{
    if (on_giving_up != NULL) {
        atomic_store_explicit(&awaited_by[this_thread], NULL, memory_order_relaxed);
    }
}

void threads_wake(unsigned count)
{
    atomic_fetch_add_explicit(&awake, count, memory_order_relaxed);
}

void threads_print_waits(FILE *out)
{
    for (unsigned n = 0; n < THREAD_NUMBERS; n++) {
        const char *awaited = atomic_load_explicit(&awaited_by[n], memory_order_relaxed);
        if (awaited != NULL) {
            fprintf(out, "  t%u waits for %s\n", n, awaited);
        }
    }
}
