/* accept_reader.c - gives accept.pml the events of the trace that the environment
 * variable TRACE names, and prints its verdict: one line, read by tests/crosscheck. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace.h"

static struct event *events;
static unsigned long *lines;
static int count = -1;
static struct readings readings;

static void load(void)
{
    const char *name = getenv("TRACE");
    FILE *in = name == NULL ? NULL : fopen(name, "r");
    struct trace_error error;
    struct event e;
    unsigned long line = 1;
    int room = 0, got;

    if (in == NULL) {
        fprintf(stderr, "accept: set TRACE to the trace to be accepted\n");
        exit(2);
    }
    if (trace_read_header(in, &readings, &error) < 0) {
        got = -1;
    } else {
        count = 0;
        while ((got = trace_read_event(in, &e, &line, &error)) == 1) {
            if (count == room) {
                room = room == 0 ? 256 : 2 * room;
                events = realloc(events, (size_t)room * sizeof *events);
                lines = realloc(lines, (size_t)room * sizeof *lines);
                if (events == NULL || lines == NULL) {
                    fprintf(stderr, "accept: out of memory\n");
                    exit(2);
                }
            }
            events[count] = e;
            lines[count++] = line;
        }
    }
    if (got < 0) {
        fprintf(stderr, "%s:%lu:%lu: expected %s\n", name, error.line, error.column,
                error.expected);
        exit(2);
    }
    fclose(in);
}

/* The readings of the header, whether the model has asked for them. */
static struct {
    const char *name;
    uint8_t *letter, recommended, asked;
} every_reading[] = {
#define READING(name, recommended, letters) {#name, &readings.name, recommended, 0},
#include "readings.def"
#undef READING
};
enum { READINGS = sizeof every_reading / sizeof every_reading[0] };

/* One of them, as settings.pml numbers them: the letters from 1, "a-success" 5. */
int accept_reading(const char *name)
{
    if (count < 0) {
        load();
    }
    for (size_t i = 0; i < READINGS; i++) {
        if (strcmp(every_reading[i].name, name) == 0) {
            every_reading[i].asked = 1;
            return *every_reading[i].letter == 's' ? 5 : *every_reading[i].letter - 'a' + 1;
        }
    }
    fprintf(stderr, "accept: there is no reading %s\n", name);
    exit(2);
}

/* The model as acceptor has the others as recommended only. */
void accept_no_other_reading(void)
{
    for (size_t i = 0; i < READINGS; i++) {
        if (!every_reading[i].asked && *every_reading[i].letter != every_reading[i].recommended) {
            fprintf(stderr, "accept: the model as acceptor has only reading %c of %s; closeaf check knows %c too\n",
                    every_reading[i].recommended, every_reading[i].name, *every_reading[i].letter);
            exit(2);
        }
    }
}

/* 1 if there is an event at this position; its fields, if event is not null. */
int accept_next(int position, int *event)
{
    if (count < 0) {
        load();
    }
    if (position >= count) {
        return 0;
    }
    if (event != NULL) {
        struct event e = events[position];
        event[0] = e.thread;
        event[1] = e.kind;
        event[2] = (int)e.object.slot;
        event[3] = (int)e.object.generation;
        event[4] = e.status;
        event[5] = (int)e.on.slot;
        event[6] = (int)e.on.generation;
    }
    return 1;
}

void accept_refuse(int position, int broken)
{
    printf("refused at line %lu: %s %s breaks %s\n", lines[position],
           event_verb(events[position].kind), event_name(events[position].kind),
           requirement_id((enum requirement)broken));
}

void accept_end(int position)
{
    printf("accepted %d events\n", position);
}
