/* fuzz.c - libFuzzer's entry: any bytes through reader, judge, reports, charts, converters, and
 * as a debugger's log.
 *
 * What must hold besides that nothing crashes: a trace that is read comes back alike when it
 * is written; the judge ends; an event that is refused leaves the state as it was, unless it
 * happens all the same (core_left_undone). */
#define _GNU_SOURCE
#include "closeaf/chart.h"
#include "closeaf/convert.h"
#include "trace/debugger_output.h"
#include "closeaf/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *nowhere;

static void convert(FILE *in, const struct converter *to, FILE *out)
{
    struct trace_error error;
    struct readings readings;
    struct event e;
    unsigned long line = 1;

    rewind(in);
    if (trace_read_header(in, &readings, &error) > 0) {
        to->begin(out, readings);
        while (trace_read_event(in, &e, &line, &error) > 0) {
            to->event(out, e, line);
        }
        to->end(out);
    }
}

static void judge(FILE *in, enum report_format format)
{
    static struct kept_finding kept;
    static struct judge j;
    struct check_report report = {.format = format, .out = nowhere};
    /* as text it would be told on standard error, each time */
    const struct file_figures counted = {.events = 1, .not_judged = format != REPORT_TEXT,
                                         .first_not_judged = 1};
    struct outstanding o;
    struct trace_error error;
    struct readings readings;
    struct finding f[MOST_FINDINGS];
    struct event e;
    unsigned long line = 1;

    rewind(in);
    if (trace_read_header(in, &readings, &error) < 0) {
        return;
    }
    report_begin(&report);
    report_begin_file(&report, "fuzz");
    judge_begin(&j, readings);
    j.going_on.states = MOST_STATES - 50; /* a short search, as there are thousands */
    while (trace_read_any_event(in, &e, &line, &error) > 0) {
        const unsigned count = judge_event(&j, e, line, f);

        for (unsigned i = 0; i < count; i++) {
            kept.finding = f[i];
            report_finding(&report, "fuzz", &kept);
        }
        if (count > 0 && f[0].requirement == BOUND_REACHED) {
            break;
        }
    }
    while (judge_end(&j, f)) {
        kept.finding = f[0];
        report_finding(&report, "fuzz", &kept);
    }
    for (int begin = 1; judge_outstanding(&j, begin, &o); begin = 0) {
        report_outstanding(&report, "fuzz", &o, "what waits behind");
    }
    report_end_file(&report, "fuzz", 1, &counted, readings, NULL);
    report_end(&report);
}

/* What is written is read again, and written alike. */
static void must_come_back(FILE *in)
{
    char *once = NULL, *twice = NULL;
    size_t first = 0, second = 0;
    FILE *out = open_memstream(&once, &first);
    FILE *again;

    convert(in, &to_trace, out);
    (void)fclose(out);
    if (first > 0) {
        again = fmemopen(once, first, "r");
        out = open_memstream(&twice, &second);
        convert(again, &to_trace, out);
        (void)fclose(out);
        (void)fclose(again);
        if (first != second || memcmp(once, twice, first) != 0) {
            abort();
        }
    }
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct converter *const converters[] = {&to_jsonl, &to_itf, &to_perfetto};
    struct debugger_output found;
    struct trace_error error;
    FILE *in = size > 0 ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;

    if (nowhere == NULL) {
        nowhere = fopen("/dev/null", "w");
    }
    if (in == NULL) {
        return 0;
    }
    must_come_back(in);
    for (size_t i = 0; i < sizeof converters / sizeof *converters; i++) {
        convert(in, converters[i], nowhere);
    }
    for (int format = REPORT_TEXT; format <= REPORT_SARIF; format++) {
        judge(in, (enum report_format)format);
    }
    for (int style = CHART_TEXT; style <= CHART_SVG; style++) {
        rewind(in);
        (void)chart_draw(in, (enum chart_style)style, nowhere, &error);
    }
    rewind(in);
    (void)debugger_output_convert(in, "fuzz", core_recommended_readings(), nowhere, nowhere, &found);
    (void)fclose(in);
    return 0;
}
