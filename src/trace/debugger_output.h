/* debugger_output.h - makes a trace of what the tap (tap.h) printed: a debugger's log, or a
 * file of user mode.
 *
 * The log may hold anything besides: prefixes, time stamps, lines of other components. Lines
 * of several drivers, each with a tap, are merged. What is lost, cut or mixed up is said. */
#ifndef CLOSEAF_DEBUGGER_OUTPUT_H
#define CLOSEAF_DEBUGGER_OUTPUT_H

#include "core/core.h"

#include <stdio.h>

/* What was found besides the trace. */
struct debugger_output {
    unsigned long lines;    /* of the tap */
    unsigned long missing;  /* sequence numbers without a line */
    unsigned long damaged;  /* lines that are cut, mixed, doubled or contradict others */
    unsigned long moved;    /* events put where NDIS may have seen them (TAP.md) */
    unsigned long filled;   /* events of the system that no driver sees */
};

/* Reads the log to its end and writes a trace with these readings, a comment wherever a
 * line is missing. What is missing or damaged is written to messages, with the path and the
 * line. Returns 0 if the trace is whole, 1 if it has gaps or damaged lines, 2 if the log
 * cannot be read or there is no line of a tap in it: then no trace is written. Keeps all
 * lines of the tap in memory. The streams stay the caller's. */
int debugger_output_convert(FILE *in, const char *path, struct readings readings, FILE *out,
                            FILE *messages, struct debugger_output *found);

#endif
