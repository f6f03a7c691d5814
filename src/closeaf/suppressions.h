/* suppressions.h - findings that somebody has looked at and accepts, with the reason.
 *
 * They stand in a file beside the trace, TRACE.suppress, one a line:
 *
 *     RULE [at LINE|at end] [of OBJECT]: REASON
 *     AF-CL-24 at 120 of af:0.1: known, is mended in the next release
 *
 * Empty lines and those that begin with # say nothing. */
#ifndef CLOSEAF_SUPPRESSIONS_H
#define CLOSEAF_SUPPRESSIONS_H

#include "selection.h"

#define MOST_SUPPRESSIONS 256
#define LONGEST_REASON 255

struct suppression {
    enum requirement rule;
    unsigned long line, written_at; /* ANY_LINE, or of the trace; of the file */
    struct selected_object object;  /* kind NO_OBJECT: any */
    char reason[LONGEST_REASON + 1];
    int used;
};
#define ANY_LINE (~0ul)

struct suppressions {
    char path[4096]; /* "": there is no such file */
    struct suppression list[MOST_SUPPRESSIONS];
    unsigned count;
};

/* Reads the file beside the trace, if there is one: 1, or 0 with a message that names the line. */
int read_suppressions(struct suppressions *s, const char *trace);

/* The reason why the finding is accepted, or null. */
const char *reason_to_suppress(struct suppressions *s, const struct finding *f);

#endif
