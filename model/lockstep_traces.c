/* lockstep_traces.c - traces of a search that together make every transition of it: one for
 * each, which ends with it. */
#define LOCKSTEP_ITSELF
#include "lockstep.h"

#include <stdio.h>
#include <stdlib.h>

#include "trace/trace.h"

#define MOST_TRANSITIONS  8192
#define DEEPEST           65536
#define MOST_IN_A_STEP    32

/* A transition: a statement of the model that makes an event, with its status and object. */
static struct transition {
    unsigned long statement;
    uint16_t kind, status;
    uint32_t slot;
} transitions[MOST_TRANSITIONS];
static size_t transition_count;

/* What the last step at each depth made, if its statement makes events: which of these steps
 * are those of the path, pan knows. */
static struct step {
    unsigned long statement;
    struct event events[MOST_IN_A_STEP];
    int count;
    uint32_t core; /* the number of the core's state behind them */
} steps[DEEPEST];

static const char *folder; /* NULL: no traces */
static struct readings readings;

static int is_new(struct event e, unsigned long statement)
{
    const struct transition t = {statement, e.kind, e.status, e.object.slot};

    for (size_t i = 0; i < transition_count; i++) {
        if (transitions[i].statement == t.statement && transitions[i].kind == t.kind &&
            transitions[i].status == t.status && transitions[i].slot == t.slot) {
            return 0;
        }
    }
    if (transition_count == MOST_TRANSITIONS) {
        lockstep_give_up("more transitions than were thought possible");
    }
    transitions[transition_count++] = t;
    return 1;
}

/* The path to where the search is. */
static void write_trace(void)
{
    char name[512];
    FILE *out;

    (void)snprintf(name, sizeof name, "%s/%zu.trace", folder, transition_count);
    out = fopen(name, "w");
    if (out == NULL) {
        lockstep_give_up("a trace cannot be written");
    }
    trace_write_header(out, readings);
    for (long d = 0; d <= depth; d++) {
        if (d == depth || lockstep_statement_at(d) == steps[d].statement) {
            for (int i = 0; i < steps[d].count; i++) {
                trace_write_event(out, steps[d].events[i]);
            }
        }
    }
    if (fclose(out) != 0) {
        lockstep_give_up("a trace cannot be written");
    }
}

/* Has the step that is being made made this event too? It goes on where the last one of it has
 * left the core; the other branches of a choice begin with the same statement, but there where
 * that began. None makes one twice. */
static int begins_step(const struct step *s, struct event e, uint32_t before, unsigned long statement)
{
    for (int i = 0; i < s->count; i++) {
        if (s->events[i].kind == e.kind || s->events[i].object.slot != e.object.slot) {
            return 1;
        }
    }
    return s->statement != statement || s->core != before;
}

void lockstep_add_to_trace(struct event e, uint32_t before, uint32_t after)
{
    const unsigned long statement = lockstep_statement();
    struct step *s;

    if (folder == NULL) {
        return;
    }
    if (depth >= DEEPEST) {
        lockstep_give_up("a search that is deeper than was thought possible");
    }
    s = &steps[depth];
    if (begins_step(s, e, before, statement)) {
        s->count = 0;
        s->statement = statement;
    }
    if (s->count == MOST_IN_A_STEP) {
        lockstep_give_up("a step with more events than were thought possible");
    }
    s->events[s->count++] = e;
    s->core = after;
    if (is_new(e, statement)) {
        write_trace();
    }
}

static void print_transitions(void)
{
    printf("lockstep: transitions %zu\n", transition_count);
    for (size_t i = 0; i < transition_count; i++) {
        printf("lockstep: transition %s %s %s\n", event_verb(transitions[i].kind),
               event_name(transitions[i].kind), status_name(transitions[i].status));
    }
}

void lockstep_trace(const char *name, struct readings of_header)
{
    folder = name;
    readings = of_header;
    (void)atexit(print_transitions);
}
