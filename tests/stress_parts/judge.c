/* judge.c - see judge.h. */
#define _POSIX_C_SOURCE 200809L
#include "judge.h"

#include "core.h"
#include "trace.h"

#include <stdio.h>

static int judge_stream(FILE *in)
{
    static struct core core;
    struct readings readings;
    struct trace_error error;
    struct event e;
    unsigned long line = 1;
    enum requirement broken = CONFORMING;
    int more = trace_read_header(in, &readings, &error);

    if (more > 0) {
        core_initialise(&core, readings);
        while (broken == CONFORMING && (more = trace_read_event(in, &e, &line, &error)) > 0) {
            broken = event_is_judged(e) ? core_step(&core, e) : CONFORMING; /* of drivers, the runtime */
        }
    }
    if (more < 0) {
        fprintf(stderr, "judge: line %lu: expected %s\n", error.line, error.expected);
        return 1;
    }
    if (broken == CONFORMING) {
        broken = core_unmet(&core);
    }
    if (broken != CONFORMING) {
        fprintf(stderr, "judge: line %lu breaks %s: %s\n", line, requirement_id(broken),
                requirement_text(broken));
        return 1;
    }
    return 0;
}

int judge(char *trace, size_t length)
{
    FILE *in = fmemopen(trace, length, "r");
    int result = 1;

    if (in == NULL) {
        perror("judge: cannot read the trace");
        return 1;
    }
    result = judge_stream(in);
    (void)fclose(in);
    return result;
}
