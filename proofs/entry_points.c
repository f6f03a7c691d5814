/* entry_points.c - what Eva runs (proofs/eva): the reader of traces on any file, and the
 * core on any event. It is analysed, not called. */
#include "trace.h"

void read_any_file(void);
void any_events_from_the_beginning(struct readings readings);
void any_event_in_any_state(struct core c, struct event e);

static volatile uint8_t any_byte; /* whatever is read of it may be anything */
static volatile uint32_t any_number;

static struct core state; /* as in the runtime: one object, zero at the start */

static struct event any_event(void)
{
    struct event e;

    e.kind = any_byte;
    e.status = any_byte;
    e.irql = any_byte;
    e.thread = any_byte;
    e.object.slot = any_number;
    e.object.generation = any_number;
    e.on.slot = any_number;
    e.on.generation = any_number;
    return e;
}

void read_any_file(void)
{
    struct readings readings;
    struct trace_error error;
    struct event event;
    unsigned long line = 1;
    FILE *in = fopen("any.trace", "r");

    if (in == NULL || trace_read_header(in, &readings, &error) < 0) {
        return;
    }
    while (trace_read_event(in, &event, &line, &error) > 0) {
    }
}

void any_events_from_the_beginning(struct readings readings)
{
    core_initialise(&state, readings);
    while (any_byte) {
        (void)core_step(&state, any_event());
        (void)core_unmet(&state);
        (void)core_next_af(&state);
    }
}

/* Not even the invariant is asked for: Eva takes each field for arbitrary. */
void any_event_in_any_state(struct core c, struct event e)
{
    (void)core_step(&c, e);
    (void)core_unmet(&c);
    (void)core_next_af(&c);
}
