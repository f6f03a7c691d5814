/* usage: schedules [--seed N] [--clients N] [--miniport] [--departures N] [--most N]
 *        schedules [--seed N] [--clients N] [--miniport] --schedule "CHOICES"
 *
 * Runs the example drivers once under each schedule with at most so many departures (1),
 * and has a core judge each trace. With --schedule it repeats one schedule and prints its
 * trace. The output is one line: schedules, different traces, choices in the longest run; in
 * how many of these traces something of a SAP, a VC or a request happens while their AF is
 * being closed (judge.h); and "all", or "stopped" if --most (1000000) ended the search.
 *
 * Exit status: 0 good, 1 a schedule failed, which is printed; 2 bad usage. */
#define _POSIX_C_SOURCE 200809L
#include "judge.h"
#include "closeaf/record.h"
#include "schedule.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Of AddressSanitizer; not there in a build without it. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static struct recording recording = {.seed = 1, .clients = 1, .scheduled = 1};
static unsigned departures = 1;
static unsigned long most = 1000000;
static const char *schedule;

static void print_failure(void)
{
    fprintf(stderr, "schedules: this run failed; again: --seed %u --clients %u%s --schedule \"",
            recording.seed, recording.clients, recording.miniport ? " --miniport" : "");
    schedule_print(stderr);
    fputs("\"\n", stderr);
}

/* The hashes of the traces seen, in a table with open addresses. */
enum { ROOM = 1 << 21 };
static uint64_t seen[ROOM];
static unsigned long different, crossing_saps, crossing_calls, crossing_requests;

static void note(const char *trace, size_t length, unsigned crosses)
{
    uint64_t hash = 1469598103934665603u;
    size_t at;

    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (uint8_t)trace[i]) * 1099511628211u;
    }
    hash |= 1u;
    for (at = hash % ROOM; seen[at] != 0 && seen[at] != hash; at = (at + 1) % ROOM) {
    }
    if (seen[at] == 0 && different < ROOM / 2) {
        seen[at] = hash;
        different++;
        crossing_saps += (crosses & CROSSES_SAP) != 0;
        crossing_calls += (crosses & CROSSES_CALL) != 0;
        crossing_requests += (crosses & CROSSES_REQUEST) != 0;
    }
}

/* 0 if the run and its trace are good. */
static int run(void)
{
    struct figures figures;
    char *trace = NULL;
    size_t length = 0;
    unsigned crosses;
    int result;

    recording.out = open_memstream(&trace, &length);
    if (recording.out == NULL) {
        perror("schedules: no memory for a trace");
        return 1;
    }
    schedule_begin();
    result = record(&recording, &figures);
    schedule_end();
    (void)fclose(recording.out);
    if (result == 0) {
        result = judge(trace, length, &crosses);
    }
    if (result == 0) {
        note(trace, length, crosses);
        if (schedule != NULL) {
            (void)fwrite(trace, 1, length, stdout);
        }
    }
    free(trace);
    return result;
}

static int read_number(const char *text, unsigned long *number)
{
    char *end;

    if (text == NULL || *text < '0' || *text > '9') {
        return 0;
    }
    *number = strtoul(text, &end, 10);
    return *end == '\0' && *number <= UINT32_MAX;
}

/* 0 if the option is not one. *used: 1 if it took a value. */
static int read_option(const char *name, const char *value, int *used)
{
    unsigned long number = 0;

    *used = 0;
    if (strcmp(name, "--miniport") == 0 || strcmp(name, "--stand-alone") == 0) {
        recording.miniport = strcmp(name, "--miniport") == 0;
        return 1;
    }
    *used = 1;
    if (strcmp(name, "--schedule") == 0) {
        schedule = value;
        return value != NULL && schedule_repeat(value);
    }
    if (!read_number(value, &number)) {
        return 0;
    }
    if (strcmp(name, "--seed") == 0) {
        recording.seed = (unsigned)number;
    } else if (strcmp(name, "--clients") == 0) {
        recording.clients = (unsigned)number;
    } else if (strcmp(name, "--departures") == 0) {
        departures = (unsigned)number;
    } else if (strcmp(name, "--most") == 0) {
        most = number;
    } else {
        return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    unsigned long schedules = 0;
    unsigned longest = 0;
    int more = 1, used;

    for (int i = 1; i < argc; i += 1 + used) {
        if (!read_option(argv[i], argv[i + 1], &used)) {
            fprintf(stderr, "schedules: cannot use %s; see the head of schedules.c\n", argv[i]);
            return 2;
        }
    }
    recording.fails = print_failure;
    if (__sanitizer_set_death_callback != NULL) {
        __sanitizer_set_death_callback(print_failure);
    }
    if (schedule == NULL) {
        schedule_search(departures);
    }
    while (more && schedules < most) {
        if (run() != 0) {
            print_failure();
            return 1;
        }
        schedules++;
        longest = schedule_length() > longest ? schedule_length() : longest;
        more = schedule_next();
    }
    if (schedule == NULL) {
        printf("%lu schedules %lu traces %u choices %lu saps %lu calls %lu requests %s\n",
               schedules, different, longest, crossing_saps, crossing_calls, crossing_requests,
               more ? "stopped" : "all");
    }
    return 0;
}
