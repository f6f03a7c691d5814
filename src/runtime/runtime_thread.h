/* runtime_thread.h - the threads of the runtime: their numbers, their IRQL, which of them
 * wait and for what. */
#ifndef CLOSEAF_RUNTIME_THREAD_H
#define CLOSEAF_RUNTIME_THREAD_H

#include "runtime_lock.h"

#include <stdint.h>
#include <stdio.h>

/* Forgets all numbers but that of the calling thread, the only one that is awake. */
void threads_reset(void);

/* Starts a thread, which gets the lowest number that is free. */
void thread_start(void (*routine)(void *), void *context);

/* Waits until each thread that was started has ended. */
void threads_join(void);

/* The number of the calling thread, and the IRQL under which it runs. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
uint8_t thread_number(void);
uint8_t thread_irql(void);

/* How many threads there have been at once since threads_reset. */
unsigned threads_most(void);

/* The calling thread is about to wait: 1 if no thread is left that could end it. A wait
 * is ended by threads_wake, on the thread that announces the change. */
int thread_waits(const char *awaited);
void thread_goes_on(void);
void threads_wake(unsigned count);

/* One line for each thread that waits. */
void threads_print_waits(FILE *out);

/* What to do, instead of ending the process with a message, when a rule of the discipline
 * is broken or, which only then is looked for, every thread waits. Ends the process; the
 * threads are all those that thread_start has started, and the one that set this. */
void runtime_on_giving_up(void (*routine)(const char *why));
/*@ requires never: \false; // proved code does not come here
    terminates \true;
    assigns \nothing; */
#ifndef __FRAMAC__
_Noreturn
#endif
void runtime_gives_up(const char *why);

/* Decides instead of the system who runs, one thread at a time. */
struct scheduler {
    unsigned (*admit)(void);         /* one more thread, by the one that starts it */
    void (*begin)(unsigned admitted); /* by the thread itself, before all else */
    void (*end)(void);
    void (*take)(const struct lock *l); /* returns when the lock is free */
    void (*wait)(const struct lock *l, unsigned long seen); /* and has changed since */
};
extern const struct scheduler *scheduler; /* null: the system's; set before any thread */

#endif
