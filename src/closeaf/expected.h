/* expected.h - what the comments of a test trace say must be found: closeaf check --expect. */
#ifndef CLOSEAF_EXPECTED_H
#define CLOSEAF_EXPECTED_H

#include "trace/findings.h"

#define MOST_EXPECTED 64
#define AT_END 0ul /* as a line */

struct expectation {
    enum requirement requirement;
    unsigned long line;
};

struct expectations {
    struct expectation list[MOST_EXPECTED];
    size_t count;
};

/* Reads the lines "# expect: AF-CL-02 at 12" and "# expect: AF-CL-24 at end" of the file, and goes
 * back to its beginning: 1, or 0 with a message. */
int read_expectations(const char *path, FILE *in, struct expectations *expected);

/* Whether the finding was expected; an expectation is used up by one finding. */
int was_expected(struct expectations *expected, const struct finding *f);

#endif
