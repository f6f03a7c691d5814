/* check.c - closeaf check: judges traces against the requirements. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What the comments of a test say must be found. */

#define MOST_EXPECTED 64
#define AT_END 0ul

struct expectation {
    enum requirement requirement;
    unsigned long line;
};

struct expectations {
    struct expectation list[MOST_EXPECTED];
    size_t count;
};

/* "AF-CL-02 at 12" or "AF-CL-24 at end". */
static int parse_expectation(const char *text, struct expectation *e)
{
    char id[32], place[16], rest;

    if (sscanf(text, "%31s at %15s %c", id, place, &rest) != 2) {
        return 0;
    }
    e->requirement = requirement_of_id(id);
    e->line = AT_END;
    if (strcmp(place, "end") != 0) {
        char *end;

        e->line = strtoul(place, &end, 10);
        if (*end != '\0' || e->line == 0) {
            return 0;
        }
    }
    return e->requirement != REQUIREMENT_COUNT && e->requirement != CONFORMING;
}

static int read_expectations(const char *path, FILE *in, struct expectations *expected)
{
    static const char mark[] = "# expect:";
    char text[256];
    int line_begins = 1;

    expected->count = 0;
    while (fgets(text, sizeof text, in) != NULL) {
        if (line_begins && strncmp(text, mark, sizeof mark - 1) == 0) {
            if (expected->count == MOST_EXPECTED ||
                !parse_expectation(text + sizeof mark - 1,
                                   &expected->list[expected->count])) {
                fprintf(stderr,
                        "%s: cannot use \"%.*s\"; write # expect: ID at LINE, or "
                        "at end, at most %d times\n",
                        input_name(path), (int)strcspn(text, "\n"), text, MOST_EXPECTED);
                return 0;
            }
            expected->count++;
        }
        line_begins = strchr(text, '\n') != NULL;
    }
    rewind(in);
    return 1;
}

/* Whether the finding was expected; an expectation is used up by one finding. */
static int was_expected(struct expectations *expected, const struct finding *f)
{
    for (size_t i = 0; i < expected->count; i++) {
        if (expected->list[i].requirement == f->requirement &&
            expected->list[i].line == f->line) {
            expected->list[i] = expected->list[--expected->count];
            return 1;
        }
    }
    return 0;
}

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
    int expects, all, core_alone;
    struct expectations expected;
    struct judge judge;
    struct file_figures counted; /* of this file */
};

static const struct file_figures nothing_counted;

/* One finding: reported, unless it was expected. */
static int meet(struct check *c, const char *path, const struct finding *f)
{
    if (was_expected(&c->expected, f)) {
        return GOOD;
    }
    report_finding(&c->report, path, f);
    return f->requirement == NOT_AN_EVENT || f->requirement == BOUND_REACHED ? UNREADABLE
                                                                             : FOUND;
}

static int judge_rest(struct check *c, const char *path)
{
    struct finding f;
    struct outstanding o;
    int result = GOOD;

    while (judge_end(&c->judge, &f)) {
        result = worse(result, meet(c, path, &f));
    }
    for (size_t i = 0; i < c->expected.count; i++) {
        report_lacking(&c->report, path, c->expected.list[i].requirement,
                       c->expected.list[i].line);
        result = worse(result, FOUND);
    }
    for (int begin = 1; !c->expects && judge_outstanding(&c->judge, begin, &o); begin = 0) {
        report_outstanding(&c->report, path, &o);
    }
    c->counted.given_up = has_given_up(&c->judge.going_on);
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
    int ended = 0;

    begin_progress(&progress, in);
    while (!ended && (more = trace_read_event(in, &e, &line, error)) > 0) {
        const unsigned count = event_is_judged(e) ? judge_event(&c->judge, e, line, f)
                                                  : judge_level(e, line, f);

        if (!event_is_judged(e) && c->counted.not_judged++ == 0) {
            c->counted.first_not_judged = line;
        }
        for (unsigned i = 0; i < count; i++) {
            result = worse(result, meet(c, path, &f[i]));
            ended = f[i].requirement == BOUND_REACHED || ferror(c->report.out);
        }
        if (++c->counted.events % EVENTS_BETWEEN_LOOKS == 0) {
            show_progress(&progress, path, in, c->counted.events);
        }
    }
    end_progress(&progress);
    if (more < 0) {
        return UNREADABLE;
    }
    return ended ? result : worse(result, judge_rest(c, path));
}

static int check_file(struct check *c, const char *path, FILE *in)
{
    struct readings readings;
    struct trace_error error = {0, 0, ""};
    int result = UNREADABLE;

    report_begin_file(&c->report, path);
    c->counted = nothing_counted;
    c->expected.count = 0;
    if (!c->expects || read_expectations(path, in, &c->expected)) {
        if (trace_read_header(in, &readings, &error) > 0) {
#define READING(name, letter, letters)      \
    if (c->named.name != 0) {               \
        readings.name = c->named.name;      \
    }
#include "protocol/readings.def"
#undef READING
            judge_begin(&c->judge, readings);
            c->judge.all = c->all;
            c->judge.core_alone = c->core_alone;
            result = judge_events(c, path, in, &error);
        }
    }
    report_end_file(&c->report, path, result, &c->counted, error.line != 0 ? &error : NULL);
    return result;
}

static int check_path(struct check *c, const char *path)
{
    FILE *in = c->expects ? open_input_twice(path) : open_input(path);
    int result;

    if (in == NULL) {
        report_begin_file(&c->report, path);
        report_not_opened(&c->report, path);
        report_end_file(&c->report, path, UNREADABLE, &nothing_counted, NULL);
        return UNREADABLE;
    }
    result = check_file(c, path, in);
    close_input(in);
    return result;
}

static int has_colours(void)
{
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");

    return (no == NULL || no[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0 && isatty(STDOUT_FILENO);
}

int check_verb(char **arguments)
{
    static struct check c;
    static char *standard_input[] = {"-", NULL};
    const char *value = NULL;
    int result = GOOD;

    c.report.out = stdout;
    c.report.colours = has_colours();
    for (; at_option(&arguments); arguments++) {
        if (strcmp(*arguments, "--expect") == 0) {
            c.expects = 1;
        } else if (strcmp(*arguments, "--core") == 0) {
            c.core_alone = 1;
        } else if (strcmp(*arguments, "--all") == 0) {
            c.all = 1;
        } else if (is_option(&arguments, "--format", &value)) {
            if (!report_format_of(value, &c.report.format)) {
                return usage_error("--format is text, json or sarif", "");
            }
        } else if (is_option(&arguments, "--reading", &value)) {
            if (value == NULL || !trace_set_reading(&c.named, value)) {
                return usage_error("--reading takes one of the readings, each at most once: "
                                   "amb_06=a",
                                   "");
            }
        } else {
            return usage_error("check does not know ", *arguments);
        }
    }
    if (*arguments == NULL) {
        arguments = standard_input;
    }
    report_begin(&c.report);
    for (; *arguments != NULL; arguments++) {
        result = worse(result, check_path(&c, *arguments));
    }
    report_end(&c.report);
    return result;
}
