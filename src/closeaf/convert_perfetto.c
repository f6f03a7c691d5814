/* convert_perfetto.c - see convert.h. The JSON of Chrome's trace events.
 *
 * A trace has no clock: a line counts as a microsecond. A call with its return, and a
 * callback from its entry to its leaving, is a slice on its thread, to the end of the picture
 * if the trace ends before it does; what the vocabulary gives no end, and an end without its
 * beginning, is an instant. The life of an AF is an asynchronous slice. */
#include "convert.h"

#include <string.h>

/* As deep as calls and callbacks nest on one thread; what is deeper is an instant. */
#define DEEPEST 32

static struct {
    unsigned depth;
    uint16_t kind[DEEPEST]; /* that began the slice */
} threads[UINT8_MAX + 1];

static const char *before;

static int is_verb(uint16_t kind, const char *verb)
{
    return strcmp(event_verb(kind), verb) == 0;
}

/* The event that ends what this one begins; NO_EVENT if it begins nothing. */
static uint16_t end_of(uint16_t kind)
{
    const char *verb = is_verb(kind, "call")    ? "return"
                       : is_verb(kind, "enter") ? "leave"
                                                : NULL;

    for (uint16_t k = 1; verb != NULL && k < NAMED_EVENT_COUNT; k++) {
        if (is_verb(k, verb) && strcmp(event_name(k), event_name(kind)) == 0 &&
            strcmp(event_object(k), event_object(kind)) == 0) {
            return k;
        }
    }
    return NO_EVENT;
}

static void begin_record(FILE *out, const char *phase, const char *name)
{
    fprintf(out, "%s\n{\"ph\":\"%s\",\"name\":\"%s\"", before, phase, name);
    before = ",";
}

static void end_record(FILE *out, struct event e, unsigned long line)
{
    fprintf(out, ",\"pid\":1,\"tid\":%u,\"ts\":%lu,\"args\":{\"line\":%lu,\"object\":"
                 "\"%s:%lu.%lu\",\"status\":\"%s\",\"irql\":\"%s\"}}",
            (unsigned)e.thread, line, line, event_object(e.kind),
            (unsigned long)e.object.slot, (unsigned long)e.object.generation,
            status_name(e.status), irql_name(e.irql));
}

/* From the success of the opening to that of the close. */
static void life_of_af(FILE *out, struct event e, unsigned long line)
{
    const int begins = (e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) &&
                       e.status == SUCCESS;
    const int ends = (e.kind == ENTER_CL_CLOSE_AF_COMPLETE || e.kind == OWN_CLOSE_AF_COMPLETE) &&
                     e.status == SUCCESS;

    if (begins || ends) {
        begin_record(out, begins ? "b" : "e", "AF");
        fprintf(out, ",\"cat\":\"af\",\"id\":\"af:%lu.%lu\"", (unsigned long)e.object.slot,
                (unsigned long)e.object.generation);
        end_record(out, e, line);
    }
}

static void begin_perfetto(FILE *out, struct readings readings)
{
    (void)readings;
    memset(threads, 0, sizeof threads);
    before = "";
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[", out);
}

static void event_perfetto(FILE *out, struct event e, unsigned long line)
{
    unsigned *depth = &threads[e.thread].depth;
    uint16_t *kind = threads[e.thread].kind;

    if (*depth > 0 && end_of(kind[*depth - 1]) == e.kind) {
        --*depth;
        begin_record(out, "E", event_name(e.kind));
    } else if (end_of(e.kind) != NO_EVENT && *depth < DEEPEST) {
        kind[(*depth)++] = e.kind;
        begin_record(out, "B", event_name(e.kind));
    } else {
        begin_record(out, "i", event_name(e.kind));
        fputs(",\"s\":\"t\"", out);
    }
    end_record(out, e, line);
    life_of_af(out, e, line);
}

static void end_perfetto(FILE *out) { fputs("\n]}\n", out); }

const struct converter to_perfetto = {begin_perfetto, event_perfetto, end_perfetto};
