/* runtime_wait.h - which threads wait and for what, the end of a process in which none can go on,
 * and who decides in the system's place which of them runs. Beneath all locks. */
#ifndef CLOSEAF_RUNTIME_WAIT_H
#define CLOSEAF_RUNTIME_WAIT_H

#include "system_lock.h"

#include <stdio.h>

/* How many threads a trace can number, and the number of the calling one, or -1. */
enum { THREAD_NUMBERS = 256 };
extern PER_THREAD int this_thread;

/* Nobody waits, and the calling thread alone is awake. */
void waits_reset(void);

/* The calling thread is about to wait, or ends: 1 if no thread is left that could wake another. A
 * wait is ended by threads_wake, on the thread that announces the change; one that starts is awake
 * as well. */
int thread_waits(const char *awaited);
int thread_ends(void);
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
