/* convert.c - closeaf convert: writes a trace in another format. */
#include "convert.h"

#include "chart.h"
#include "command.h"
#include "trace/debugger_output.h"

#include <string.h>

static int convert_events(FILE *in, const struct converter *to, struct trace_error *error)
{
    struct readings readings;
    struct event e;
    unsigned long line = 1;
    int more = trace_read_header(in, &readings, error);

    if (more < 0) {
        return more;
    }
    to->begin(stdout, readings);
    while (!ferror(stdout) && (more = trace_read_event(in, &e, &line, error)) > 0) {
        to->event(stdout, e, line);
    }
    to->end(stdout);
    return more < 0 ? -1 : 0;
}

/* What the tap printed, out of a debugger's log (src/tap/TAP.md). */
static int convert_log(const char *path)
{
    struct debugger_output found;
    FILE *in = open_input(path);
    int result;

    if (in == NULL) {
        return UNREADABLE;
    }
    result = debugger_output_convert(in, path, core_recommended_readings(), stdout, stderr, &found);
    close_input(in);
    if (result != UNREADABLE) {
        fprintf(stderr,
                "closeaf: lines of the tap: %lu read, %lu missing, %lu damaged; events: %lu "
                "reordered, %lu filled in\n",
                found.lines, found.missing, found.damaged, found.moved, found.filled);
    }
    return result;
}

static const struct format {
    const char *name;
    const struct converter *converter; /* null: a chart */
    enum chart_style style;
    int takes_several; /* what comes of them may stand one after the other */
} formats[] = {{"jsonl", &to_jsonl, 0, 1},       {"itf", &to_itf, 0, 0},
               {"perfetto", &to_perfetto, 0, 0}, {"trace", &to_trace, 0, 0},
               {"mermaid", NULL, CHART_MERMAID, 0}, {"mscgen", NULL, CHART_MSC, 0},
               {"svg", NULL, CHART_SVG, 0}};
#define FORMATS (sizeof formats / sizeof *formats)

static int convert(const char *path, const struct format *to)
{
    struct trace_error error;
    FILE *in = to->converter != NULL ? open_input(path) : open_input_twice(path);
    int result = GOOD;

    if (in == NULL) {
        return UNREADABLE;
    }
    if ((to->converter != NULL ? convert_events(in, to->converter, &error)
                               : chart_draw(in, to->style, stdout, &error)) < 0) {
        result = unreadable(path, &error);
    }
    close_input(in);
    return result;
}

int convert_verb(char **arguments)
{
    const char *name = NULL, *from = NULL;
    size_t i = 0;
    int result = GOOD;

    options_first(arguments, " --to  --from ");
    for (; at_option(&arguments); arguments++) {
        if (!is_option(&arguments, "--to", &name) && !is_option(&arguments, "--from", &from)) {
            return usage_error("convert does not know ", *arguments);
        }
    }
    if (from != NULL && (name != NULL || strcmp(from, "debugger") != 0)) {
        return usage_error("--from takes only debugger, and no --to with it", "");
    }
    while (name != NULL && i < FORMATS && strcmp(name, formats[i].name) != 0) {
        i++;
    }
    if (from == NULL && (name == NULL || i == FORMATS)) {
        return usage_error("convert needs --to=jsonl, itf, perfetto, trace, mermaid, mscgen "
                           "or svg",
                           "");
    }
    if (arguments[0] != NULL && arguments[1] != NULL &&
        (from != NULL || !formats[i].takes_several)) {
        return usage_error("convert takes one file, unless it is to become jsonl", "");
    }
    do {
        const char *path = arguments[0] != NULL ? *arguments++ : "-";

        result = worse(result, from != NULL ? convert_log(path) : convert(path, &formats[i]));
    } while (*arguments != NULL);
    return result;
}
