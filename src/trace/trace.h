/* trace.h - reads and writes the trace format of TRACE.md, and knows the names.
 *
 * The reader keeps one line, as far as an event can be long, whatever the length of the file. A
 * malformed trace is never repaired: the error says where it goes wrong and what was expected. */
#ifndef CLOSEAF_TRACE_H
#define CLOSEAF_TRACE_H

#include "core/core.h"

#include <stdio.h>

struct trace_error {
    unsigned long line, column;
    char expected[160];
};

/* Reads the first line: 1, or -1 with the error. */
int trace_read_header(FILE *in, struct readings *readings, struct trace_error *error);

/* Reads the next line if it is a comment, and keeps what of it fits after the #: 1, 0 if
 * the next line is none, or -1 with the error. *line is the number of the last line read;
 * it is 1 after the header. */
int trace_read_comment(FILE *in, char *text, size_t size, unsigned long *line,
                       struct trace_error *error);

/* The requirement that a comment says is broken at the event before it, in the words of
 * closeaf decode (" breaks: AF-CL-02"), or CONFORMING. */
enum requirement trace_breach(const char *comment);

/* Reads the next event, skipping comments: 1, 0 at the end, or -1 with the error. */
int trace_read_event(FILE *in, struct event *event, unsigned long *line,
                     struct trace_error *error);

/* The same, but a line with a name that the vocabulary does not have, and which is otherwise well
 * formed, is read too: its kind is one behind NAMED_EVENT_COUNT, and the names below tell it as it
 * was written. What stands behind the IRQL of such a line is read and not kept. */
int trace_read_any_event(FILE *in, struct event *event, unsigned long *line,
                         struct trace_error *error);
#define MOST_UNKNOWN 100 /* such names; what comes after so many has the last */
static inline int event_is_unknown(struct event e) { return e.kind >= NAMED_EVENT_COUNT; }

void trace_write_header(FILE *out, struct readings readings);
void trace_write_event(FILE *out, struct event event);

/* The names of the vocabulary: "call", "NdisClCloseAddressFamily", "af", "client". */
const char *event_verb(uint16_t kind);
const char *event_name(uint16_t kind);
const char *event_object(uint16_t kind);
const char *event_driver(uint16_t kind);
const char *event_on(uint16_t kind); /* of struct event.on: "binding", "af", "vc" or "" */
const char *event_section(uint16_t kind);
int event_has_status(uint16_t kind);

/* Whether the core judges such an event. */
int event_is_judged(struct event e);

/* Whether the judge of a trace (findings.h) judges it, beyond its level: all but what the model
 * alone speaks of, and names that are unknown. */
int event_is_judged_in_traces(struct event e);

const char *status_name(uint8_t status);
const char *irql_name(uint8_t irql);

/* The register of requirements. An id that is not in it: REQUIREMENT_COUNT. */
const char *requirement_id(enum requirement requirement);
/* How much it asks: what its text says first. */
enum requirement_level { LEVEL_MUST, LEVEL_SHOULD, LEVEL_MAY, LEVEL_NOTHING };
enum requirement_level requirement_level(enum requirement requirement);
const char *requirement_priority(enum requirement requirement);
const char *requirement_actor(enum requirement requirement);
const char *requirement_text(enum requirement requirement);
const char *requirement_source(enum requirement requirement);
enum requirement requirement_of_id(const char *id);

/* Sets a reading that is still 0 from "amb_06=a": 1, or 0 if it is not such a one. */
int trace_set_reading(struct readings *named, const char *setting);

/* The readings that were set, and the recommended ones for the others. */
struct readings trace_readings(struct readings named);

#endif
