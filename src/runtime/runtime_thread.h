/* runtime_thread.h - the threads of the runtime: their numbers and their IRQL. */
#ifndef CLOSEAF_RUNTIME_THREAD_H
#define CLOSEAF_RUNTIME_THREAD_H

#include "runtime_lock.h"

#include <stdint.h>

/* Forgets all numbers but that of the calling thread, the only one that is awake. */
void threads_reset(void);

/* Starts a thread, which gets the lowest number that is free. */
void thread_start(void (*routine)(void *), void *context);

/* Waits until each thread that was started has ended. */
void threads_join(void);

/* The number of the calling thread, and the IRQL under which it runs: PASSIVE to begin with. */
/*@ requires no_lock: lock_is_held == 0;
    terminates \true;
    exits never: \false;
    assigns \nothing; */
uint8_t thread_number(void);
uint8_t thread_irql(void);
void thread_set_irql(uint8_t irql);

/* How many threads there have been at once since threads_reset. */
unsigned threads_most(void);

#endif
