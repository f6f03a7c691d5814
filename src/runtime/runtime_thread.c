/* runtime_thread.c - see runtime_thread.h. */
#include "runtime_thread.h"

#include "protocol/event.h"
#include "runtime_wait.h"

#include <stdlib.h>

/* Read and written at the start and at the end of threads, under the lock. */
static struct lock lock = LOCK_INITIALIZER;
static int number_taken[THREAD_NUMBERS];
static unsigned running; /* started and not ended */
static unsigned most;    /* at once */

static _Thread_local uint8_t my_irql = PASSIVE;

static void take_number(void)
{
    take_lock(&lock);
    this_thread = 0;
    while (this_thread < THREAD_NUMBERS && number_taken[this_thread] != 0) {
        this_thread++;
    }
    if (this_thread < THREAD_NUMBERS) {
        number_taken[this_thread] = 1;
    }
    drop_lock(&lock);
    if (this_thread == THREAD_NUMBERS) {
        runtime_gives_up("more threads at once than a trace can number; run fewer clients");
    }
}

void threads_reset(void)
{
    for (unsigned n = 0; n < THREAD_NUMBERS; n++) {
        number_taken[n] = 0;
    }
    waits_reset();
    most = 0;
    take_number();
}

uint8_t thread_number(void)
{
    if (this_thread < 0) {
        take_number();
    }
    return (uint8_t)this_thread;
}

uint8_t thread_irql(void)
{
    return my_irql;
}

void thread_set_irql(uint8_t irql)
{
    my_irql = irql;
}

/* Starting and ending. */

struct work {
    void (*routine)(void *);
    void *context;
    unsigned admitted;
};

static void *run(void *argument)
{
    struct work work = *(struct work *)argument;
    int nobody_is_left;

    free(argument);
    if (scheduler != NULL) {
        scheduler->begin(work.admitted);
    }
    take_number();
    work.routine(work.context);
    take_lock(&lock);
    number_taken[this_thread] = 0;
    running--;
    announce_change(&lock);
    nobody_is_left = thread_ends();
    drop_lock(&lock);
    if (nobody_is_left) {
        runtime_gives_up("a deadlock: every thread waits");
    }
    if (scheduler != NULL) {
        scheduler->end();
    }
    return NULL;
}

void thread_start(void (*routine)(void *), void *context)
{
    struct work *work = malloc(sizeof *work);
    pthread_t thread;

    if (work == NULL) {
        runtime_gives_up("out of memory for a thread");
    }
    work->routine = routine;
    work->context = context;
    take_lock(&lock);
    running++;
    most = running > most ? running : most;
    drop_lock(&lock);
    threads_wake(1);
    work->admitted = scheduler != NULL ? scheduler->admit() : 0;
    if (pthread_create(&thread, NULL, run, work) != 0) {
        runtime_gives_up("cannot start a thread; run fewer clients");
    }
    (void)pthread_detach(thread);
}

void threads_join(void)
{
    take_lock(&lock);
    while (running > 0) {
        wait_for_change(&lock, "the end of all threads");
    }
    drop_lock(&lock);
}

unsigned threads_most(void)
{
    unsigned n;

    take_lock(&lock);
    n = most;
    drop_lock(&lock);
    return n;
}
