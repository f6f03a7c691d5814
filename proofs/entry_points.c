/* entry_points.c - what Eva runs (proofs/eva): the reader of traces on any file, and the
 * core on any event. It is analysed, not called. */
#include "trace/trace.h"

void read_any_file(void);
void any_events_from_the_beginning(struct readings readings);
void any_event_in_any_state(struct core c);

static volatile uint8_t any_byte; /* whatever is read of it may be anything */
static volatile uint16_t any_kind;
static volatile uint32_t any_number;

static struct core state; /* as in the runtime: one object, zero at the start */

static struct event any_event(void)
{
    struct event e;

    e.kind = any_kind;
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

/* The core asks its questions of copies, and Eva does not carry the answer back to what was
 * copied. So what guards an access or a sum is told apart here, and the core is followed
 * once for each answer; together they leave out no event and no state. */
static void step(struct core *c, struct event e)
{
    if (e.kind >= EVENT_KIND_COUNT) {
        (void)core_step(c, e);
    } else if (e.object.slot < MAX_AF && c->af[e.object.slot].generation == UINT32_MAX) {
        (void)core_step(c, e); /* on a slot that has retired */
    } else {
        (void)core_step(c, e);
    }
}

static void any_step(struct core *c)
{
    const struct event e = any_event();

    for (uint32_t slot = 0; slot < MAX_BINDING; slot++) { /* so each slot of an AF as well */
        if (e.object.slot == slot) {
            step(c, e);
            return;
        }
    }
    step(c, e);
}

/* Which slots have retired: 256 states, which proofs/eva keeps apart. */
static void next_af(const struct core *c)
{
    unsigned retired = 0;

    for (uint32_t slot = 0; slot < MAX_AF; slot++) {
        if (c->af[slot].generation == UINT32_MAX) {
            retired++;
        }
    }
    (void)core_next_af(c);
}

void any_events_from_the_beginning(struct readings readings)
{
    core_initialise(&state, readings);
    while (any_byte) {
        any_step(&state);
    }
    next_af(&state);
    (void)core_owes(&state);
}

/* Not even the invariant is asked for: Eva takes each field for arbitrary. */
void any_event_in_any_state(struct core c)
{
    any_step(&c);
    next_af(&c);
    (void)core_owes(&c);
}
