/* schedule.c - see schedule.h. */
#include "schedule.h"

#include "runtime/runtime_wait.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_THREADS = 1024, MOST_CHOICES = 100000 };

enum at { RUNS, TAKES_LOCK, WAITS, WAITS_FOR_ALL, ENDED };

struct thread {
    enum at at;
    const struct lock *lock;
    unsigned long seen;
    pthread_cond_t chosen;
};

struct choice {
    unsigned chosen, options;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct thread thread[MOST_THREADS];
static unsigned threads, current;
static struct choice choice[MOST_CHOICES];
static unsigned choices; /* of this run so far */
static unsigned given;   /* that the search or the user has fixed */
static unsigned departures, most_departures;
static int repeating;

static _Thread_local unsigned me;

static int others_have_ended(unsigned t)
{
    for (unsigned i = 0; i < threads; i++) {
        if (i != t && thread[i].at != ENDED) {
            return 0;
        }
    }
    return 1;
}

static int can_go_on(unsigned t)
{
    switch (thread[t].at) {
    case RUNS: return 1;
    case TAKES_LOCK: return !thread[t].lock->taken;
    case WAITS: return !thread[t].lock->taken && thread[t].lock->changes != thread[t].seen;
    case WAITS_FOR_ALL: return others_have_ended(t);
    default: return 0;
    }
}

/* Those that can go on; first the one whose turn it is: the one that is running, or else
 * the oldest. */
static unsigned list_options(unsigned *option)
{
    unsigned count = 0;

    if (can_go_on(current)) {
        option[count++] = current;
    }
    for (unsigned t = 0; t < threads; t++) {
        if (t != current && can_go_on(t)) {
            option[count++] = t;
        }
    }
    return !repeating && departures == most_departures && count > 1 ? 1 : count;
}

static unsigned choose(unsigned options)
{
    struct choice *c = &choice[choices];

    if (choices >= given) {
        c->chosen = 0;
    } else if (!repeating && c->options != options) {
        runtime_gives_up("the same schedule went another way: not deterministic");
    } else if (c->chosen >= options) {
        runtime_gives_up("this schedule is not one of this scenario");
    }
    c->options = options;
    choices++;
    return c->chosen;
}

/* Hands over to the chosen thread and waits to be chosen. Under the lock. */
static void go_on(void)
{
    unsigned option[MOST_THREADS];
    unsigned count, chosen;

    count = list_options(option);
    if (count == 0) {
        runtime_gives_up("a deadlock: no thread can go on");
    }
    if (choices == MOST_CHOICES) {
        runtime_gives_up("no end after 100000 choices: the threads run in a circle");
    }
    chosen = choose(count);
    if (chosen > 0) {
        departures++;
    }
    current = option[chosen];
    if (current != me) {
        (void)pthread_cond_signal(&thread[current].chosen);
    }
    while (current != me && thread[me].at != ENDED) {
        (void)pthread_cond_wait(&thread[me].chosen, &lock);
    }
}

static void stand(enum at at, const struct lock *l, unsigned long seen)
{
    (void)pthread_mutex_lock(&lock);
    thread[me].at = at;
    thread[me].lock = l;
    thread[me].seen = seen;
    go_on();
    if (at != ENDED) {
        thread[me].at = RUNS;
    }
    (void)pthread_mutex_unlock(&lock);
}

static unsigned admit(void)
{
    unsigned t;

    (void)pthread_mutex_lock(&lock);
    t = threads++;
    if (t >= MOST_THREADS) {
        runtime_gives_up("more threads than a schedule can tell apart");
    }
    thread[t].at = RUNS;
    (void)pthread_mutex_unlock(&lock);
    return t;
}

static void begin(unsigned admitted)
{
    (void)pthread_mutex_lock(&lock);
    me = admitted;
    while (current != me) {
        (void)pthread_cond_wait(&thread[me].chosen, &lock);
    }
    (void)pthread_mutex_unlock(&lock);
}

static void end(void)
{
    stand(ENDED, NULL, 0);
}

static void take(const struct lock *l)
{
    stand(TAKES_LOCK, l, 0);
}

static void wait(const struct lock *l, unsigned long seen)
{
    stand(WAITS, l, seen);
}

static const struct scheduler one_at_a_time = {admit, begin, end, take, wait};

static void prepare(void)
{
    static int prepared;

    for (unsigned t = 0; !prepared && t < MOST_THREADS; t++) {
        (void)pthread_cond_init(&thread[t].chosen, NULL);
    }
    prepared = 1;
    given = 0;
    scheduler = &one_at_a_time;
}

void schedule_search(unsigned at_most)
{
    prepare();
    repeating = 0;
    most_departures = at_most;
}

int schedule_repeat(const char *text)
{
    unsigned place, chosen;
    int length;

    prepare();
    repeating = 1;
    memset(choice, 0, sizeof choice);
    while (sscanf(text, " %u:%u%n", &place, &chosen, &length) == 2) {
        if (place >= MOST_CHOICES || place < given) {
            return 0;
        }
        choice[place].chosen = chosen;
        given = place + 1;
        text += length;
    }
    return text[strspn(text, " ")] == '\0';
}

void schedule_begin(void)
{
    threads = 1;
    me = 0;
    current = 0;
    thread[0].at = RUNS;
    choices = 0;
    departures = 0;
}

void schedule_end(void)
{
    stand(WAITS_FOR_ALL, NULL, 0);
}

int schedule_next(void)
{
    if (repeating) {
        return 0;
    }
    given = choices;
    while (given > 0 && choice[given - 1].chosen + 1 == choice[given - 1].options) {
        given--;
    }
    if (given == 0) {
        return 0;
    }
    choice[given - 1].chosen++;
    return 1;
}

void schedule_print(FILE *out)
{
    const char *space = "";

    for (unsigned i = 0; i < choices; i++) {
        if (choice[i].chosen != 0) {
            fprintf(out, "%s%u:%u", space, i, choice[i].chosen);
            space = " ";
        }
    }
}

unsigned schedule_length(void)
{
    return choices;
}
