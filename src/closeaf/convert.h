/* convert.h - the writers of closeaf convert, one a file: each writes a trace event by
 * event, in memory that does not grow. */
#ifndef CLOSEAF_CONVERT_H
#define CLOSEAF_CONVERT_H

#include "trace/trace.h"

/* In this order: begin, each event with the line on which it stands, end. */
struct converter {
    void (*begin)(FILE *out, struct readings readings);
    void (*event)(FILE *out, struct event e, unsigned long line);
    void (*end)(FILE *out);
};

extern const struct converter to_jsonl;    /* JSON Lines: the header, then a line an event */
extern const struct converter to_itf;      /* Apalache's Informal Trace Format, with the
                                              state of the core after each event */
extern const struct converter to_perfetto; /* trace events, as Perfetto opens them */
extern const struct converter to_trace;    /* the canonical form: without comments */

/* Names of JSON members, each with its value, for which no character need be escaped. */
void write_json_handle(FILE *out, const char *kind, struct handle h);

#endif
