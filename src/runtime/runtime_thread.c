/* runtime_thread.c - see runtime_thread.h.
 *
 * What is written at each wait is atomic and relaxed: an order among threads that comes
 * from bookkeeping would hide from ThreadSanitizer that a lock is missing. */
#include "runtime_thread.h"

#include "runtime.h"

#include <stdatomic.h>
#include <stdlib.h>

#define NUMBERS (UINT8_MAX + 1)

const struct scheduler *scheduler;

static void (*on_giving_up)(const char *why);
static _Atomic(const char *) awaited_by[NUMBERS];
static _Atomic unsigned awake; /* threads that do not wait */

/* Read and written at the start and at the end of threads, under the lock. */
static struct lock lock = LOCK_INITIALIZER;
static int number_taken[NUMBERS];
static unsigned running; /* started and not ended */
static unsigned most;    /* at once */

static _Thread_local int my_number = -1;
static _Thread_local uint8_t my_irql = PASSIVE;

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

static void take_number(void)
{
    take_lock(&lock);
    my_number = 0;
    while (my_number < NUMBERS && number_taken[my_number] != 0) {
        my_number++;
    }
    if (my_number < NUMBERS) {
        number_taken[my_number] = 1;
    }
    drop_lock(&lock);
    if (my_number == NUMBERS) {
        runtime_gives_up("more threads at once than a trace can number; run fewer clients");
    }
}

void threads_reset(void)
{
    for (unsigned n = 0; n < NUMBERS; n++) {
        number_taken[n] = 0;
        atomic_store_explicit(&awaited_by[n], NULL, memory_order_relaxed);
    }
    atomic_store_explicit(&awake, 1u, memory_order_relaxed);
    most = 0;
    take_number();
}

uint8_t thread_number(void)
{
    if (my_number < 0) {
        take_number();
    }
    return (uint8_t)my_number;
}

void runtime_set_thread(uint8_t number)
{
    my_number = number;
}

uint8_t thread_irql(void)
{
    return my_irql;
}

void runtime_set_irql(uint8_t irql)
{
    my_irql = irql;
}

/* Waiting. */

static int one_less_is_awake(void)
{
    return on_giving_up != NULL &&
           atomic_fetch_sub_explicit(&awake, 1u, memory_order_relaxed) == 1;
}

int thread_waits(const char *awaited)
{
    if (on_giving_up != NULL) {
        atomic_store_explicit(&awaited_by[my_number], awaited, memory_order_relaxed);
    }
    return one_less_is_awake();
}

void thread_goes_on(void)
{
    if (on_giving_up != NULL) {
        atomic_store_explicit(&awaited_by[my_number], NULL, memory_order_relaxed);
    }
}

void threads_wake(unsigned count)
{
    atomic_fetch_add_explicit(&awake, count, memory_order_relaxed);
}

void threads_print_waits(FILE *out)
{
    for (unsigned n = 0; n < NUMBERS; n++) {
        const char *awaited = atomic_load_explicit(&awaited_by[n], memory_order_relaxed);
        if (awaited != NULL) {
            fprintf(out, "  t%u waits for %s\n", n, awaited);
        }
    }
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
    number_taken[my_number] = 0;
    running--;
    announce_change(&lock);
    nobody_is_left = one_less_is_awake();
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
