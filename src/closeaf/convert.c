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

int convert_verb(char **arguments)
{
    static const struct {
        const char *name;
        const struct converter *converter; /* null: a chart */
        enum chart_style style;
    } formats[] = {{"jsonl", &to_jsonl, 0},       {"itf", &to_itf, 0},
                   {"perfetto", &to_perfetto, 0}, {"trace", &to_trace, 0},
                   {"mermaid", NULL, CHART_MERMAID}, {"mscgen", NULL, CHART_MSC},
                   {"svg", NULL, CHART_SVG}};
    const size_t count = sizeof formats / sizeof *formats;
    const char *name = NULL, *from = NULL, *path;
    struct trace_error error;
    size_t i = 0;
    FILE *in;
    int result = GOOD;

    for (; at_option(&arguments); arguments++) {
        if (!is_option(&arguments, "--to", &name) && !is_option(&arguments, "--from", &from)) {
            return usage_error("convert does not know ", *arguments);
        }
    }
    if (from != NULL && (name != NULL || strcmp(from, "debugger") != 0)) {
        return usage_error("--from takes only debugger, and no --to with it", "");
    }
    while (name != NULL && i < count && strcmp(name, formats[i].name) != 0) {
        i++;
    }
    if (from == NULL && (name == NULL || i == count)) {
        return usage_error("convert needs --to=jsonl, itf, perfetto, trace, mermaid, mscgen "
                           "or svg",
                           "");
    }
    if (arguments[0] != NULL && arguments[1] != NULL) {
        return usage_error("convert takes one file", "");
    }
    path = arguments[0] != NULL ? arguments[0] : "-";
    if (from != NULL) {
        return convert_log(path);
    }
    in = formats[i].converter != NULL ? open_input(path) : open_input_twice(path);
    if (in == NULL) {
        return UNREADABLE;
    }
    if ((formats[i].converter != NULL ? convert_events(in, formats[i].converter, &error)
                                      : chart_draw(in, formats[i].style, stdout, &error)) < 0) {
        result = unreadable(path, &error);
    }
    close_input(in);
    return result;
}
