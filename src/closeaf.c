/* closeaf.c - the command line: judges, draws, decodes, replays and records traces. */
#define _POSIX_C_SOURCE 200809L
#include "chart.h"
#include "record.h"
#include "replay.h"
#include "trace.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { GOOD = 0, FOUND = 1, UNREADABLE = 2 };

static const char usage_text[] =
    "usage: closeaf check [--expect] FILE...   judge traces against the requirements\n"
    "       closeaf draw [--msc] FILE          draw a trace as a sequence chart\n"
    "       closeaf decode [FILE]              make a trace of what SPIN printed\n"
    "       closeaf replay FILE...             run traces through the runtime\n"
    "       closeaf record --seed N --clients N [--miniport]\n"
    "                                          record a run of the drivers' threads\n"
    "       closeaf explain ID...              print requirements: AF-CL-02\n"
    "\n"
    "--expect  the findings must be exactly those that the file names in comments:\n"
    "          # expect: AF-CL-02 at 12, or # expect: AF-CL-24 at end\n"
    "--msc     write input of mscgen instead of text\n"
    "\n"
    "Exit status: 0 nothing was found, 1 a requirement is broken, 2 bad input or not judged.\n"
    "A FILE of - is standard input. The trace format is described in src/TRACE.md.\n";

static int usage_error(const char *what, const char *which)
{
    fprintf(stderr, "closeaf: %s%s; try: closeaf --help\n", what, which);
    return UNREADABLE;
}

static FILE *open_file(const char *path)
{
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");

    if (f == NULL) {
        fprintf(stderr, "closeaf: cannot open %s: %s\n", path, strerror(errno));
    }
    return f;
}

static int unreadable(const char *path, const struct trace_error *e)
{
    fprintf(stderr, "%s:%lu:%lu: not a trace: expected %s\n", path, e->line, e->column,
            e->expected);
    return UNREADABLE;
}

static int worse(int a, int b) { return a > b ? a : b; }

/* check: what the comments of a test say must be found. */

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
                        path, (int)strcspn(text, "\n"), text, MOST_EXPECTED);
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
static int was_expected(struct expectations *expected, enum requirement requirement,
                        unsigned long line)
{
    for (size_t i = 0; i < expected->count; i++) {
        if (expected->list[i].requirement == requirement &&
            expected->list[i].line == line) {
            expected->list[i] = expected->list[--expected->count];
            return 1;
        }
    }
    return 0;
}

static void print_place(const char *path, unsigned long line)
{
    if (line == AT_END) {
        printf("%s:end: ", path);
    } else {
        printf("%s:%lu: ", path, line);
    }
}

static void print_rule(enum requirement broken)
{
    printf("; %s [%s]\n", requirement_text(broken), requirement_source(broken));
}

static void print_what_happened(struct event e)
{
    const char *verb = event_verb(e.kind);
    const char *name = event_name(e.kind);

    if (strcmp(verb, "call") == 0) {
        printf("the %s calls %s", event_driver(e.kind), name);
    } else if (strcmp(verb, "enter") == 0) {
        printf("NDIS calls %s", name);
    } else if (strcmp(verb, "do") == 0) {
        printf("the %s: %s", event_driver(e.kind), name);
    } else {
        printf("%s returns", name);
    }
    if (e.status != NO_STATUS) {
        printf(" %s", status_name(e.status));
    }
    printf(" (%s:%lu.%lu, thread t%u, %s_LEVEL)", event_object(e.kind),
           (unsigned long)e.object.slot, (unsigned long)e.object.generation,
           (unsigned)e.thread, irql_name(e.irql));
}

/* One finding: printed, unless it was expected. */
static int report(const char *path, unsigned long line, const struct event *e,
                  enum requirement broken, struct expectations *expected)
{
    if (was_expected(expected, broken, line)) {
        return GOOD;
    }
    print_place(path, line);
    printf("%s: ", requirement_id(broken));
    if (e != NULL) {
        print_what_happened(*e);
    } else {
        printf("left undone at the end of the trace");
    }
    print_rule(broken);
    return broken == NOT_AN_EVENT || broken == BOUND_REACHED ? UNREADABLE : FOUND;
}

/* Whoever has more objects at once than the tables of this build hold breaks nothing. Only
 * what takes a slot is looked at: any other line beyond a table has a stale handle. */
static int exceeds_tables(struct event e)
{
    switch (e.kind) {
    case ENTER_BIND:
    case ENTER_INITIALIZE: return e.object.slot >= MAX_BINDING;
    case OPEN_AF_CALL:
    case RETURN_OPEN_AF: return e.object.slot >= MAX_AF || e.on.slot >= MAX_BINDING;
    case SAP_REGISTER_CALL: return e.object.slot >= MAX_SAP || e.on.slot >= MAX_AF;
    case VC_CREATE_BY_CLIENT_CALL:
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL:
        return e.object.slot >= MAX_VC || e.on.slot >= MAX_AF;
    case PARTY_ADD_CALL: return e.object.slot >= MAX_PARTY || e.on.slot >= MAX_VC;
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL:
        return e.object.slot >= MAX_REQUEST || e.on.slot >= MAX_AF;
    default: return 0;
    }
}

static int say_not_judged(const char *path, unsigned long line, struct event e)
{
    print_place(path, line);
    printf("the core does not judge %s on a %s; only the model does\n", event_name(e.kind),
           event_object(e.kind));
    return UNREADABLE;
}

/* Goes on behind a finding: a refused event has left the state as it was. Behind a
 * bound, or an event that is not judged, nothing can be said any more. */
static int judge(const char *path, FILE *in, struct expectations *expected)
{
    struct readings readings;
    struct trace_error error;
    struct core core;
    struct event e;
    unsigned long line = 1;
    enum requirement broken;
    int result = GOOD;
    int more = trace_read_header(in, &readings, &error);

    if (more > 0) {
        core_initialise(&core, readings);
    }
    while (more > 0 && (more = trace_read_event(in, &e, &line, &error)) > 0) {
        if (!event_is_judged(e)) {
            return say_not_judged(path, line, e);
        }
        broken = exceeds_tables(e) ? BOUND_REACHED : core_step(&core, e);
        if (broken != CONFORMING) {
            result = worse(result, report(path, line, &e, broken, expected));
        }
        if (broken == BOUND_REACHED) {
            return result;
        }
    }
    if (more < 0) {
        return unreadable(path, &error);
    }
    broken = core_unmet(&core);
    if (broken != CONFORMING) {
        result = worse(result, report(path, AT_END, NULL, broken, expected));
    }
    for (size_t i = 0; i < expected->count; i++) {
        print_place(path, expected->list[i].line);
        printf("%s was expected here and not found\n",
               requirement_id(expected->list[i].requirement));
        result = worse(result, FOUND);
    }
    return result;
}

static int check_verb(char **paths)
{
    struct expectations expected = {.count = 0};
    int expects = *paths != NULL && strcmp(*paths, "--expect") == 0;
    int result = GOOD;

    if (expects) {
        paths++;
    }
    if (*paths == NULL) {
        return usage_error("check needs a file", "");
    }
    for (; *paths != NULL; paths++) {
        FILE *in = open_file(*paths);

        if (in == NULL) {
            result = UNREADABLE;
            continue;
        }
        if (expects && fseek(in, 0, SEEK_SET) != 0) {
            result = usage_error("check --expect reads twice and needs a file, not a pipe: ",
                                 *paths);
        } else if (expects && !read_expectations(*paths, in, &expected)) {
            result = UNREADABLE;
        } else {
            result = worse(result, judge(*paths, in, &expected));
        }
        (void)fclose(in);
    }
    return result;
}

static int draw_verb(char **paths)
{
    enum chart_style style = CHART_TEXT;
    struct trace_error error;
    FILE *in;
    int result = GOOD;

    if (*paths != NULL && strcmp(*paths, "--msc") == 0) {
        style = CHART_MSC;
        paths++;
    }
    if (paths[0] == NULL || paths[1] != NULL) {
        return usage_error("draw needs one file", "");
    }
    in = open_file(*paths);
    if (in == NULL) {
        return UNREADABLE;
    }
    if (fseek(in, 0, SEEK_SET) != 0) {
        result = usage_error("draw reads twice and needs a file, not a pipe: ", *paths);
    } else if (chart_draw(in, style, stdout, &error) < 0) {
        result = unreadable(*paths, &error);
    }
    (void)fclose(in);
    return result;
}

/* decode: the lines of SPIN's output that begin with @ (build/vocabulary.pml has the numbers):
 *   @ THREAD KIND SLOT GENERATION STATUS IRQL [ON_SLOT ON_GENERATION]
 *                           the two last on the lines of which TRACE.md says "on"
 *   @readings amb_06=a …    before the first event, only if a reading is not the
 *                           recommended one
 *   @! NUMBER               the requirement that the model says is broken here */

static int decode_readings(char *text, struct readings *named)
{
    for (char *word = strtok(text, " \t\r\n"); word != NULL;
         word = strtok(NULL, " \t\r\n")) {
        if (!trace_set_reading(named, word)) {
            return 0;
        }
    }
    return 1;
}

static int in_range(const unsigned long *n, const unsigned long *most, int count)
{
    for (int i = 0; i < count; i++) {
        if (n[i] > most[i]) {
            return 0;
        }
    }
    return 1;
}

static int decode_event(const char *text, struct event *e)
{
    static const unsigned long most[8] = {UINT8_MAX,              NAMED_EVENT_COUNT - 1,
                                          UINT32_MAX,             UINT32_MAX,
                                          STATUS_COUNT - 1, IRQL_COUNT - 1,
                                          UINT32_MAX,             UINT32_MAX};
    unsigned long n[8] = {0};
    char rest;
    int count = sscanf(text, "%lu %lu %lu %lu %lu %lu %lu %lu %c", &n[0], &n[1], &n[2],
                       &n[3], &n[4], &n[5], &n[6], &n[7], &rest);

    if ((count != 6 && count != 8) || !in_range(n, most, count) || n[1] == NO_EVENT ||
        (event_on((uint8_t)n[1])[0] != '\0') != (count == 8) ||
        (n[4] != NO_STATUS && !event_has_status((uint8_t)n[1]))) {
        return 0;
    }
    e->thread = (uint8_t)n[0];
    e->kind = (uint8_t)n[1];
    e->object.slot = (uint32_t)n[2];
    e->object.generation = (uint32_t)n[3];
    e->status = (uint8_t)n[4];
    e->irql = (uint8_t)n[5];
    e->on.slot = (uint32_t)n[6];
    e->on.generation = (uint32_t)n[7];
    return 1;
}

/* One line; *begun: the header has been written, so that no reading comes too late. */
static int decode_line(char *text, struct readings *named, int *begun)
{
    struct event e;
    unsigned long number;
    char rest;
    char *at = text + strspn(text, " \t");

    if (at[0] != '@') {
        return 1;
    }
    if (strncmp(at, "@readings", 9) == 0) {
        return !*begun && decode_readings(at + 9, named);
    }
    if (!*begun) {
        trace_write_header(stdout, trace_readings(*named));
        *begun = 1;
    }
    if (at[1] == '!') {
        if (sscanf(at + 2, "%lu %c", &number, &rest) != 1 ||
            number >= REQUIREMENT_COUNT) {
            return 0;
        }
        printf("# breaks: %s\n", requirement_id((enum requirement)number));
        return 1;
    }
    if (!decode_event(at + 1, &e)) {
        return 0;
    }
    trace_write_event(stdout, e);
    return 1;
}

static int decode_stream(const char *path, FILE *in)
{
    struct readings named = {0};
    char text[256];
    unsigned long line = 0;
    int begun = 0;
    int line_begins = 1;

    while (fgets(text, sizeof text, in) != NULL) {
        int line_ends = strchr(text, '\n') != NULL;

        line += (unsigned long)line_begins;
        if (line_begins && !decode_line(text, &named, &begun)) {
            fprintf(stderr, "closeaf: %s:%lu: cannot decode this line\n", path, line);
            return UNREADABLE;
        }
        line_begins = line_ends;
    }
    if (ferror(in)) {
        return usage_error("cannot read ", path);
    }
    if (!begun) {
        return usage_error("no line with @ and an event in ", path);
    }
    return GOOD;
}

static int decode_verb(char **paths)
{
    FILE *in;
    int result;

    if (paths[0] == NULL) {
        return decode_stream("standard input", stdin);
    }
    if (paths[1] != NULL) {
        return usage_error("decode takes one file", "");
    }
    in = open_file(*paths);
    if (in == NULL) {
        return UNREADABLE;
    }
    result = decode_stream(*paths, in);
    (void)fclose(in);
    return result;
}

static int replay_verb(char **paths)
{
    int result = GOOD;

    if (*paths == NULL) {
        return usage_error("replay needs a file", "");
    }
    for (; *paths != NULL; paths++) {
        result = worse(result, replay_file(*paths));
    }
    return result;
}

/* A decimal number up to the limit; 0 if it is not one. */
static int read_number(const char *text, unsigned long least, unsigned long most,
                       unsigned *number)
{
    char *end;
    unsigned long n;

    if (text == NULL || *text < '0' || *text > '9') {
        return 0;
    }
    errno = 0;
    n = strtoul(text, &end, 10);
    *number = (unsigned)n;
    return *end == '\0' && errno == 0 && n >= least && n <= most;
}

static int record_verb(char **options)
{
    unsigned seed = 0, clients = 0;
    int miniport = 0, seeded = 0;

    for (; *options != NULL; options++) {
        if (strcmp(*options, "--miniport") == 0) {
            miniport = 1;
        } else if (strcmp(*options, "--seed") == 0) {
            seeded = read_number(*++options, 0, UINT32_MAX, &seed);
            if (!seeded) {
                return usage_error("--seed takes a number up to 4294967295", "");
            }
        } else if (strcmp(*options, "--clients") == 0) {
            if (!read_number(*++options, 1, MAX_BINDING - 1, &clients)) {
                return usage_error("--clients takes a number from 1 to the number of "
                                   "bindings less one", "");
            }
        } else {
            return usage_error("record does not know ", *options);
        }
    }
    if (!seeded || clients == 0) {
        return usage_error("record needs --seed N and --clients N", "");
    }
    return record_run(seed, miniport, clients, stdout);
}

static int explain_verb(char **ids)
{
    if (*ids == NULL) {
        return usage_error("explain needs an id, as in AF-CL-02", "");
    }
    for (; *ids != NULL; ids++) {
        enum requirement r = requirement_of_id(*ids);

        if (r == REQUIREMENT_COUNT) {
            return usage_error("no such requirement: ", *ids);
        }
        printf("%s (%s; %s)\n    %s\n    Source: %s\n", requirement_id(r),
               requirement_priority(r), requirement_actor(r), requirement_text(r),
               requirement_source(r));
    }
    return GOOD;
}

static int run(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(char **arguments);
    } verbs[] = {{"check", check_verb},   {"draw", draw_verb},
                 {"decode", decode_verb}, {"replay", replay_verb},
                 {"record", record_verb}, {"explain", explain_verb}};

    if (argc < 2) {
        return usage_error("no verb", "");
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0) {
            fputs(usage_text, stdout);
            return GOOD;
        }
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(argv[1], verbs[i].name) == 0) {
            for (int j = 2; j < argc; j++) {
                if (argv[j][0] == '-' && argv[j][1] != '\0' && verbs[i].run != record_verb &&
                    !(j == 2 && verbs[i].run == check_verb && !strcmp(argv[j], "--expect")) &&
                    !(j == 2 && verbs[i].run == draw_verb && !strcmp(argv[j], "--msc"))) {
                    return usage_error("unknown option ", argv[j]);
                }
            }
            return verbs[i].run(argv + 2);
        }
    }
    return usage_error("unknown verb ", argv[1]);
}

int main(int argc, char **argv)
{
    int result;

    /* A closed pipe is then a write error like a full disk, and is told like one. */
    (void)signal(SIGPIPE, SIG_IGN);
    result = run(argc, argv);
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "closeaf: cannot write all of the output%s%s\n",
                errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
        return UNREADABLE;
    }
    return result;
}
