/* lockstep_traces.c - traces of a search that together make every transition of it. */
#define LOCKSTEP_ITSELF
#include "lockstep.h"

#include <stdio.h>
#include <stdlib.h>

#include "trace.h"

/* A transition: a statement of the model that makes an event, with the event's status and
 * object. One that is new is on the path of a trace that is written when the search leaves it. */
static struct transition {
    unsigned long statement;
    uint8_t kind, status, slot;
} transitions[8192];
static size_t transition_count;

static struct {
    struct event event;
    long depth;
} path[4096];
static size_t path_length;
static int path_is_new;
static unsigned traces;
static const char *folder; /* NULL: no traces */
static struct readings readings;

static int is_new(struct event e)
{
    const struct transition t = {lockstep_statement(), e.kind, e.status, (uint8_t)e.object.slot};

    for (size_t i = 0; i < transition_count; i++) {
        if (transitions[i].statement == t.statement && transitions[i].kind == t.kind &&
            transitions[i].status == t.status && transitions[i].slot == t.slot) {
            return 0;
        }
    }
    if (transition_count == sizeof transitions / sizeof transitions[0]) {
        lockstep_give_up("more transitions than were thought possible");
    }
    transitions[transition_count++] = t;
    return 1;
}

static void write_path(void)
{
    char name[512];
    FILE *out;

    if (!path_is_new) {
        return;
    }
    (void)snprintf(name, sizeof name, "%s/%u.trace", folder, ++traces);
    out = fopen(name, "w");
    if (out == NULL) {
        lockstep_give_up("a trace cannot be written");
    }
    trace_write_header(out, readings);
    for (size_t i = 0; i < path_length; i++) {
        trace_write_event(out, path[i].event);
    }
    if (fclose(out) != 0) {
        lockstep_give_up("a trace cannot be written");
    }
    path_is_new = 0;
}

void lockstep_add_to_trace(struct event e, int same_step)
{
    if (folder == NULL) {
        return;
    }
    if (path_length > 0 && path[path_length - 1].depth >= depth && !same_step) {
        write_path();
        while (path_length > 0 && path[path_length - 1].depth >= depth) {
            path_length--;
        }
    }
    if (path_length == sizeof path / sizeof path[0]) {
        lockstep_give_up("a trace that is longer than was thought possible");
    }
    path[path_length].event = e;
    path[path_length++].depth = depth;
    path_is_new |= is_new(e);
}

static void print_traces(void)
{
    write_path();
    printf("lockstep: traces %u transitions %zu\n", traces, transition_count);
    for (size_t i = 0; i < transition_count; i++) {
        printf("lockstep: transition %s %s %s\n", event_verb(transitions[i].kind),
               event_name(transitions[i].kind), status_name(transitions[i].status));
    }
}

void lockstep_trace(const char *name, struct readings of_header)
{
    folder = name;
    readings = of_header;
    (void)atexit(print_traces);
}
