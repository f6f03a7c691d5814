/* check.c - closeaf check: judges traces against the requirements. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"
#include "debts.h"
#include "expected.h"
#include "report.h"
#include "selection.h"
#include "suppressions.h"
#include "trace/untold_memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Progress, on a terminal only and not before a second has passed. */

struct progress {
    int wanted, shown;
    off_t size; /* of the file; 0 if it has none */
    time_t said;
};

#define EVENTS_BETWEEN_LOOKS (1ul << 18)

static void begin_progress(struct progress *p, FILE *in)
{
    struct stat about;

    p->wanted = isatty(STDERR_FILENO) != 0;
    p->shown = 0;
    p->said = time(NULL);
    p->size = fstat(fileno(in), &about) == 0 && S_ISREG(about.st_mode) ? about.st_size : 0;
}

static void show_progress(struct progress *p, const char *path, FILE *in,
                          unsigned long events)
{
    const time_t now = p->wanted ? time(NULL) : p->said;

    if (now == p->said) {
        return;
    }
    p->said = now;
    p->shown = 1;
    fprintf(stderr, "\r%s: %lu events", input_name(path), events);
    if (p->size > 0) {
        fprintf(stderr, ", %d%%", (int)(ftello(in) * 100 / p->size));
    }
}

static void end_progress(const struct progress *p)
{
    if (p->shown) {
        fputs("\r\033[K", stderr);
    }
}

struct check {
    struct check_report report;
    struct readings named; /* by options; they win over the header of a trace */
    int any_readings;      /* looks for readings by which the trace conforms */
    int expects, all, core_alone;
    enum finding_level fails_on; /* the least that makes the status 1 */
    struct selection selection;
    struct expectations expected;
    struct suppressions suppressions;
    struct judge judge;
    unsigned long last_line;
    struct readings used;  /* of this file */
    struct file_figures counted;
    struct kept_finding kept[MOST_KEPT]; /* until it is known by which letters they are none */
    size_t kept_count;
    int keeps; /* 0: there were too many; each is reported at once */
};

static const struct file_figures nothing_counted;

/* A name from a later NDIS, or one that is misspelt. */
static void count_unknown(struct file_figures *counted, uint16_t kind, unsigned long line)
{
    const unsigned number = (unsigned)kind - NAMED_EVENT_COUNT;

    if (number < MOST_UNKNOWN && counted->unknown_times[number]++ == 0) {
        counted->unknown_first[number] = line;
    }
    if (counted->unknown++ == 0) {
        counted->first_unknown = kind;
    }
}

/* Reports it, and says what that makes of the status. */
static int tell(struct check *c, const char *path, struct kept_finding *f)
{
    const enum finding_level level = finding_level(f);

    f->suppressed = reason_to_suppress(&c->suppressions, &f->finding);
    if (!is_selected(&c->selection, &f->finding)) {
        c->counted.not_selected++;
        return GOOD;
    }
    if (f->suppressed != NULL) {
        c->counted.suppressed++;
    } else {
        c->counted.of_level[level]++;
    }
    report_finding(&c->report, path, f);
    return level == NO_VERDICT ? UNREADABLE
           : f->suppressed == NULL && level <= (c->expects ? ADVICE : c->fails_on) ? FOUND
                                                           : GOOD;
}

static int tell_kept(struct check *c, const char *path)
{
    int result = GOOD;

    for (size_t i = 0; i < c->kept_count; i++) {
        result = worse(result, tell(c, path, &c->kept[i]));
    }
    c->kept_count = 0;
    return result;
}

/* In the order of the lines: what tells that one is wrong may come later. */
static void keep(struct check *c, const struct finding *f)
{
    size_t place = c->kept_count++;

    for (; place > 0 && f->line != 0 && c->kept[place - 1].finding.line > f->line; place--) {
        c->kept[place] = c->kept[place - 1];
    }
    memset(&c->kept[place], 0, sizeof c->kept[place]);
    c->kept[place].finding = *f;
}

/* One finding: kept, unless it was expected. */
static int meet(struct check *c, const char *path, const struct finding *f)
{
    static struct kept_finding one;
    int result = GOOD;

    if (was_expected(&c->expected, f)) {
        return GOOD;
    }
    c->counted.lack_memory += (unsigned long)lacks_memory_alone(f);
    if (c->keeps && c->kept_count == MOST_KEPT) {
        c->keeps = 0;
        result = tell_kept(c, path);
    }
    if (!c->keeps) {
        one.finding = *f;
        return worse(result, tell(c, path, &one));
    }
    keep(c, f);
    return result;
}

static int judge_rest(struct check *c, const char *path)
{
    struct finding f;
    int result = GOOD;

    while (judge_end(&c->judge, &f)) {
        result = worse(result, meet(c, path, &f));
    }
    for (size_t i = 0; i < c->expected.count; i++) {
        report_lacking(&c->report, path, c->expected.list[i].requirement,
                       c->expected.list[i].line);
        result = worse(result, FOUND);
    }
    c->counted.given_up = has_given_up(&c->judge.going_on);
    c->counted.unclear = c->judge.unclear;
    c->counted.tells_of_memory = c->judge.tells_of_memory;
    return result;
}

/* Goes on after a finding, and after an event of a driver as a whole, which changes nothing that
 * is judged. After a bound nothing can be said any more, nor if nobody listens. */
static int judge_events(struct check *c, const char *path, FILE *in, struct trace_error *error)
{
    struct progress progress;
    struct finding f[MOST_FINDINGS];
    struct event e;
    unsigned long line = 1;
    int result = GOOD;
    int more = 1;

    begin_progress(&progress, in);
    while (!c->counted.ended && (more = trace_read_any_event(in, &e, &line, error)) > 0) {
        const unsigned count = judge_event(&c->judge, e, line, f);

        if (event_is_unknown(e)) {
            count_unknown(&c->counted, e.kind, line);
        } else if (!event_is_judged_in_traces(e) && count == 0 && c->counted.not_judged++ == 0) {
            c->counted.first_not_judged = line;
        }
        for (unsigned i = 0; i < count; i++) {
            result = worse(result, meet(c, path, &f[i]));
            c->counted.ended = f[i].requirement == BOUND_REACHED || ferror(c->report.out);
        }
        if (++c->counted.events % EVENTS_BETWEEN_LOOKS == 0) {
            show_progress(&progress, path, in, c->counted.events);
        }
    }
    end_progress(&progress);
    c->last_line = line;
    if (more < 0) {
        return UNREADABLE;
    }
    return c->counted.ended ? result : worse(result, judge_rest(c, path));
}

/* Whether something is owed: then what a way to rest begins with is searched for. */
static struct {
    struct debts debts;
    struct way way;
    char behind[16384];
} end;

static const char *what_waits_behind(struct check *c, const struct outstanding *o)
{
    FILE *out = fmemopen(end.behind, sizeof end.behind, "w");

    end.behind[0] = '\0';
    for (unsigned i = 0; out != NULL && i < end.debts.count; i++) {
        const struct debt *d = &end.debts.list[i];

        if (d->since == o->since && strcmp(d->what, o->what) == 0 && d->object.kind == o->object.kind &&
            d->object.handle.slot == o->object.handle.slot) {
            (void)write_behind(out, "", &c->judge, &end.debts, d);
            break;
        }
    }
    if (out == NULL || fclose(out) != 0) {
        end.behind[0] = '\0';
    }
    return end.behind;
}

static void tell_what_is_owed(struct check *c, const char *path)
{
    static const struct event none;
    struct outstanding o;
    enum rest rest;

    find_debts(&end.debts, &c->judge);
    if (end.debts.count == 0) {
        return;
    }
    rest = find_rest(&end.way, &c->judge, c->last_line);
    if (rest != HAS_NO_WAY_TO_REST) {
        find_ends(&end.debts, &end.way);
    }
    for (int begin = 1; judge_outstanding(&c->judge, begin, &o); begin = 0) {
        report_outstanding(&c->report, path, &o, what_waits_behind(c, &o));
    }
    for (unsigned thread = 0; thread < THREADS; thread++) {
        if (is_waiting(&c->judge, thread)) {
            report_wait(&c->report, path, &c->judge.nesting, thread, rule_against_wait(&c->judge, thread));
        }
    }
    if (rest != IS_AT_REST && (rest == HAS_NO_WAY_TO_REST || end.way.length > 0)) {
        report_way(&c->report, path, end.way.length, rest == HAS_NO_WAY_TO_REST ? none : end.way.step[0]);
    }
}

/* What is said behind the findings: what is outstanding, and readings by which all would be well. */
static void tell_the_rest(struct check *c, const char *path, FILE *again)
{
    if (!c->expects && !c->core_alone) {
        tell_what_is_owed(c, path);
    }
    if (c->any_readings && again != NULL) {
        struct readings found = c->used;
        unsigned tried;
        const int is_found = find_conforming(again, &found, &tried);

        report_conforming(&c->report, path, is_found ? &found : NULL, tried);
    }
    for (unsigned i = 0; i < c->suppressions.count; i++) {
        if (!c->suppressions.list[i].used) {
            report_useless(&c->report, c->suppressions.path, c->suppressions.list[i].written_at);
        }
    }
}

static int judge_file(struct check *c, const char *path, const struct copied_input *input,
                      struct trace_error *error)
{
    FILE *again;
    int result;

#define READING(name, letter, letters)      \
    if (c->named.name != 0) {               \
        c->used.name = c->named.name;       \
    }
#include "protocol/readings.def"
#undef READING
    judge_begin(&c->judge, c->used);
    c->judge.all = c->all;
    c->judge.core_alone = c->core_alone;
    result = judge_events(c, path, input->in, error);
    again = copy_of_input(input);
    if (c->kept_count > 0 && !c->core_alone && error->line == 0) {
        if (again != NULL && c->counted.events <= MOST_JUDGED_AGAIN) {
            find_contested(again, c->used, c->kept, c->kept_count);
        } else {
            c->counted.not_contested = 1;
        }
    }
    result = worse(result, tell_kept(c, path));
    if (error->line == 0 && !c->counted.ended) {
        tell_the_rest(c, path, again);
    }
    for (unsigned kind = 0; kind < OBJECT_KIND_COUNT; kind++) {
        c->counted.objects[kind] = c->judge.objects[kind];
    }
    return result;
}

static int check_file(struct check *c, const char *path, const struct copied_input *input)
{
    struct trace_error error = {0, 0, ""};
    int result = UNREADABLE;

    report_begin_file(&c->report, path);
    c->counted = nothing_counted;
    c->expected.count = 0;
    c->kept_count = 0;
    c->keeps = 1;
    if ((!c->expects || read_expectations(path, input->in, &c->expected)) &&
        (c->core_alone || read_suppressions(&c->suppressions, path)) &&
        trace_read_header(input->in, &c->used, &error) > 0) {
        result = judge_file(c, path, input, &error);
    }
    c->counted.is_silent = c->expects || c->core_alone;
    report_end_file(&c->report, path, result, &c->counted, c->used,
                    error.line != 0 ? &error : NULL);
    return result;
}

static int check_path(struct check *c, const char *path)
{
    struct copied_input input;
    int result;

    if (c->expects) { /* its comments are read first */
        memset(&input, 0, sizeof input);
        input.in = input.from = open_input_twice(path);
    }
    if (c->expects ? input.in == NULL : !open_copied(&input, path)) {
        report_begin_file(&c->report, path);
        report_not_opened(&c->report, path);
        report_end_file(&c->report, path, UNREADABLE, &nothing_counted, core_recommended_readings(),
                        NULL);
        return UNREADABLE;
    }
    result = check_file(c, path, &input);
    close_copied(&input);
    return result;
}

static int has_colours(void)
{
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return (no == NULL || no[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0 && isatty(STDOUT_FILENO);
}

/* Takes the option, and its value if it has one. */
static int take_option(struct check *c, char ***argument)
{
    const char *value = NULL;

    if (strcmp(**argument, "--expect") == 0) {
        c->expects = 1;
    } else if (strcmp(**argument, "--core") == 0) {
        c->core_alone = 1;
    } else if (strcmp(**argument, "--all") == 0) {
        c->all = 1;
    } else if (is_option(argument, "--format", &value)) {
        if (!report_format_of(value, &c->report.format)) {
            return usage_error("--format is text, json or sarif", "");
        }
    } else if (is_option(argument, "--fail-on", &value)) {
        if (!finding_level_of(value, &c->fails_on)) {
            return usage_error("--fail-on is breach, contested or advice", "");
        }
    } else if (is_option(argument, "--only", &value)) {
        if (value == NULL) {
            return usage_error("--only needs a word", "");
        }
        if (!select_words(&c->selection, value)) {
            return UNREADABLE;
        }
    } else if (is_option(argument, "--reading", &value)) {
        if (value != NULL && strcmp(value, "any") == 0) {
            c->any_readings = 1;
        } else if (value == NULL || !trace_set_reading(&c->named, value)) {
            return usage_error("--reading takes any, or one of the readings, each at most once: "
                               "amb_06=a",
                               "");
        }
    } else {
        return usage_error("check does not know ", **argument);
    }
    return GOOD;
}

int check_verb(char **arguments)
{
    static struct check c;
    static char *standard_input[] = {"-", NULL};
    char **paths = arguments;
    size_t count = 0;
    int result = GOOD;
    int only_paths = 0; /* behind "--" */

    c.report.out = stdout;
    c.report.colours = has_colours();
    c.fails_on = CONTESTED;
    for (; *arguments != NULL; arguments++) { /* options may stand behind files */
        if (!only_paths && strcmp(*arguments, "--") == 0) {
            only_paths = 1;
        } else if (only_paths || !at_option(&arguments)) {
            paths[count++] = *arguments;
        } else if (take_option(&c, &arguments) != GOOD) {
            return UNREADABLE;
        }
    }
    paths = count == 0 ? standard_input : paths;
    c.report.is_brief = c.expects || c.core_alone;
    report_begin(&c.report);
    for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
        result = worse(result, check_path(&c, paths[i]));
    }
    report_end(&c.report);
    return result;
}
