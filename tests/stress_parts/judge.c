/* judge.c - see judge.h. */
#define _POSIX_C_SOURCE 200809L
#include "judge.h"

#include "core/core.h"
#include "trace/trace.h"

#include <stdio.h>
#include <string.h>

static int is_being_closed(const struct core *core, struct handle af)
{
    if (af.slot >= MAX_AF || core->af[af.slot].generation != af.generation) {
        return 0;
    }
    const struct address_family a = core->af[af.slot];

    return a.phase == AF_CLOSING || a.notification != NOTIFICATION_NONE ||
           core->binding[a.client].phase == UNBINDING ||
           core->binding[MANAGER_BINDING].phase == UNBINDING;
}

static unsigned crossing(const struct core *core, struct event e)
{
    const char *object = event_object(e.kind);

    if (!is_being_closed(core, e.on)) {
        return 0;
    }
    return strcmp(object, "sap") == 0       ? CROSSES_SAP
           : strcmp(object, "vc") == 0      ? CROSSES_CALL
           : strcmp(object, "request") == 0 ? CROSSES_REQUEST
                                            : 0;
}

static int judge_stream(FILE *in, unsigned *crosses)
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
            *crosses |= crossing(&core, e);
            broken = event_is_judged(e) ? core_step(&core, e) : CONFORMING; /* of drivers, the runtime */
        }
    }
    if (more < 0) {
        fprintf(stderr, "judge: line %lu: expected %s\n", error.line, error.expected);
        return 1;
    }
    if (broken == CONFORMING) {
        broken = core_owes(&core);
    }
    if (broken != CONFORMING) {
        fprintf(stderr, "judge: line %lu breaks %s: %s\n", line, requirement_id(broken),
                requirement_text(broken));
        return 1;
    }
    return 0;
}

int judge(char *trace, size_t length, unsigned *crosses)
{
    FILE *in = fmemopen(trace, length, "r");
    int result = 1;

    if (in == NULL) {
        perror("judge: cannot read the trace");
        return 1;
    }
    *crosses = 0;
    result = judge_stream(in, crosses);
    (void)fclose(in);
    return result;
}
