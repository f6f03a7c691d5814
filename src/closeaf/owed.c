/* owed.c - closeaf owed: who owes what to whom where a trace ends, who waits behind it, and the steps
 * that bring the whole to rest. */
#include "command.h"
#include "debts.h"

#include <string.h>

enum owed_format { OWED_TEXT, OWED_JSON, OWED_PLAN };

static struct owed {
    enum owed_format format;
    const char *path;
    unsigned files;
    struct judge judge; /* after the last line */
    unsigned long line, events;
    unsigned long full; /* the line at which a table was full; 0: none was */
    struct object first_used;
    unsigned long first_used_at;
    struct debts debts, remaining;
    struct way way;
    enum rest rest;
} owed;

/* ---- Reading ---- */

static int judge_trace(struct owed *o, FILE *in, struct trace_error *error)
{
    struct finding f[MOST_FINDINGS];
    struct readings readings;
    struct event e;
    int more;

    o->line = 1;
    o->events = 0;
    o->full = 0;
    more = trace_read_header(in, &readings, error);
    if (more > 0) {
        judge_begin(&o->judge, readings);
    }
    while (more > 0 && o->full == 0 && (more = trace_read_any_event(in, &e, &o->line, error)) > 0) {
        const unsigned count = judge_event(&o->judge, e, o->line, f);

        o->events++;
        for (unsigned i = 0; i < count; i++) {
            o->full = f[i].requirement == BOUND_REACHED ? o->line : o->full;
        }
    }
    return more;
}

/* ---- Text ---- */

static void text_place(const struct owed *o, unsigned long line)
{
    printf("%s:", input_name(o->path));
    if (line == 0) {
        fputs("end: ", stdout);
    } else {
        printf("%lu: ", line);
    }
}

static void write_rule(enum requirement rule)
{
    printf("; %s: %s [%s]", requirement_id(rule), requirement_text(rule), requirement_source(rule));
}

static void text_debt(struct owed *o, const struct debt *debt)
{
    text_place(o, debt->since);
    write_party(stdout, &o->judge, debt, debt->by);
    fputs(" owes", stdout);
    if (debt->to[0] != '\0') {
        putchar(' ');
        write_party(stdout, &o->judge, debt, debt->to);
    }
    fputs(debt->what[0] != '\0' ? " the end of " : debt->rule == UNB_01 ? " " : " what is left undone of ",
          stdout);
    write_debt(stdout, debt);
    if (debt->rule != CONFORMING) {
        write_rule(debt->rule);
    }
    putchar('\n');
    if (debt->ended_by != 0) {
        printf("    it ends with step %u: ", debt->ended_by);
        write_event_in_words(stdout, o->way.step[debt->ended_by - 1]);
        putchar('\n');
    }
    if (write_behind(stdout, "    behind it: ", &o->judge, &o->debts, debt)) {
        putchar('\n');
    }
}

/* Where each thread stands that stands somewhere; first what holds one up. */
static void text_threads(const struct owed *o)
{
    const struct judge *j = &o->judge;

    for (unsigned thread = 0; thread < THREADS; thread++) {
        const int waits = is_waiting(j, thread);
        const enum requirement rule = rule_against_wait(j, thread);

        if (!waits && innermost(&j->nesting, thread) == NULL) {
            continue;
        }
        text_place(o, j->nesting.last_line[thread]);
        if (waits) {
            printf("thread t%u is held up: ", thread);
            write_event_in_words(stdout, j->nesting.last[thread]);
            putchar(j->nesting.depth[thread] > 0 ? ',' : ' ');
        } else {
            printf("thread t%u has not come back:", thread);
        }
        write_standing(stdout, &j->nesting, thread);
        if (rule != CONFORMING) {
            write_rule(rule);
        }
        putchar('\n');
    }
}

static void text_locks(const struct owed *o)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct locks_held *h = &o->judge.drivers.held[thread];

        for (unsigned i = 0; i < h->count; i++) {
            text_place(o, h->since[i]);
            printf("thread t%u holds a spin lock of driver:%lu.%lu\n", thread,
                   (unsigned long)h->driver[i].slot, (unsigned long)h->driver[i].generation);
        }
    }
}

static void text_remaining(const struct owed *o, const char *before)
{
    for (unsigned i = 0; i < o->remaining.count; i++) {
        fputs(i == 0 ? before : ", ", stdout);
        write_debt(stdout, &o->remaining.list[i]);
        printf(" (line %lu)", o->remaining.list[i].since);
    }
}

static void text_steps(const struct owed *o)
{
    for (unsigned i = 0; i < o->way.length; i++) {
        printf("%5u  ", i + 1);
        write_event_in_words(stdout, o->way.step[i]);
        putchar('\n');
    }
}

static void text_way(const struct owed *o)
{
    const char *s = o->way.length == 1 ? "" : "s";

    text_place(o, 0);
    switch (o->rest) {
    case IS_AT_REST: puts("at rest: nothing is owed"); break;
    case HAS_WAY_TO_REST:
        printf("it comes to rest with %u step%s:\n", o->way.length, s);
        text_steps(o);
        break;
    case HAS_WAY_TO_REST_BUT_FOR:
        printf("%u step%s to rest", o->way.length, s);
        text_remaining(o, ", but for what was begun against the rules and cannot be ended by them: ");
        putchar('\n');
        text_steps(o);
        break;
    case HAS_NO_WAY_TO_REST:
        printf("no way to rest was found within %lu steps", o->way.tried);
        text_remaining(o, "; the nearest leaves: ");
        putchar('\n');
        break;
    }
}

static void write_text(struct owed *o)
{
    if (o->first_used_at != 0) {
        text_place(o, o->first_used_at);
        puts("the recording begins in the middle: what is owed of that which was not seen is not known");
    }
    if (o->judge.is_cut) {
        text_place(o, 0);
        puts("the system has crashed, or the recording has ended: this would have been owed");
    }
    for (unsigned i = 0; i < o->debts.count; i++) {
        text_debt(o, &o->debts.list[i]);
    }
    if (o->debts.beyond > 0) {
        text_place(o, 0);
        printf("%u more are not listed\n", o->debts.beyond);
    }
    text_threads(o);
    text_locks(o);
    text_way(o);
}

/* ---- JSON ---- */

static void json_member(const char *name, const char *text)
{
    printf(",\"%s\":", name);
    write_json_string(stdout, text);
}

static void json_object(const char *name, const char *kind, struct handle h)
{
    printf(",\"%s\":\"%s:%lu.%lu\"", name, kind, (unsigned long)h.slot, (unsigned long)h.generation);
}

static void json_rule(enum requirement rule)
{
    if (rule != CONFORMING) {
        json_member("requirement", requirement_id(rule));
        json_member("rule", requirement_text(rule));
        json_member("source", requirement_source(rule));
    }
}

static void json_what(const struct debt *debt)
{
    printf("{\"since\":%lu", debt->since);
    json_object("object", object_kind_name(debt->object.kind), debt->object.handle);
    if (debt->what[0] != '\0') {
        json_member("what", debt->what);
    }
}

static void json_debts(struct owed *o)
{
    fputs(",\"owed\":[", stdout);
    for (unsigned i = 0; i < o->debts.count; i++) {
        const struct debt *debt = &o->debts.list[i];
        const char *before = "";

        fputs(i > 0 ? ",\n  " : "\n  ", stdout);
        json_what(debt);
        json_member("by", debt->by);
        json_member("to", debt->to);
        json_rule(debt->rule);
        if (debt->ended_by != 0) {
            printf(",\"ends_with\":%u", debt->ended_by);
        }
        fputs(",\"behind\":[", stdout);
        for (unsigned k = 0; k < o->debts.count; k++) {
            if (waits_behind(&o->judge, debt, &o->debts.list[k])) {
                fputs(before, stdout);
                json_what(&o->debts.list[k]);
                putchar('}');
                before = ",";
            }
        }
        fputs("]}", stdout);
    }
    printf("],\"not_listed\":%u", o->debts.beyond);
}

static void json_threads(const struct owed *o)
{
    const struct nesting *n = &o->judge.nesting;
    const char *comma = "";

    fputs(",\"threads\":[", stdout);
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const char *before = "";

        if (!is_waiting(&o->judge, thread) && innermost(n, thread) == NULL) {
            continue;
        }
        printf("%s\n  {\"thread\":%u,\"line\":%lu,\"waits\":%s", comma, thread, n->last_line[thread],
               is_waiting(&o->judge, thread) ? "true" : "false");
        json_rule(rule_against_wait(&o->judge, thread));
        fputs(",\"stands_in\":[", stdout);
        for (unsigned place = n->depth[thread]; place > 0; place--) {
            const struct frame *frame = &n->frames[thread][place - 1];

            if (is_open_frame(frame)) {
                printf("%s{\"since\":%lu", before, frame->since);
                json_member("name", event_name(frame->begun.kind));
                json_object("object", event_object(frame->begun.kind), frame->begun.object);
                putchar('}');
                before = ",";
            }
        }
        fputs("]}", stdout);
        comma = ",";
    }
    putchar(']');
}

static void json_step(const struct event *e, unsigned number)
{
    printf("%s\n  {\"step\":%u,\"thread\":%u,\"verb\":\"%s\"", number > 1 ? "," : "", number,
           (unsigned)e->thread, event_verb(e->kind));
    json_member("name", event_name(e->kind));
    json_object("object", event_object(e->kind), e->object);
    printf(",\"status\":\"%s\",\"irql\":\"%s\"", status_name(e->status), irql_name(e->irql));
    if (event_on(e->kind)[0] != '\0') {
        json_object("on", event_on(e->kind), e->on);
    }
    fputs(",\"says\":\"", stdout);
    write_event_in_words(stdout, *e);
    fputs("\"}", stdout);
}

static void json_way(const struct owed *o)
{
    static const char *const words[] = {"at rest", "owed", "owed, and more than can be ended",
                                        "no way to rest was found"};

    json_member("verdict", words[o->rest]);
    printf(",\"tried\":%lu,\"plan\":", o->way.tried);
    if (o->rest == HAS_NO_WAY_TO_REST) {
        fputs("null", stdout);
    } else {
        putchar('[');
        for (unsigned i = 0; i < o->way.length; i++) {
            json_step(&o->way.step[i], i + 1);
        }
        putchar(']');
    }
    fputs(",\"remaining\":[", stdout);
    for (unsigned i = 0; i < o->remaining.count; i++) {
        fputs(i > 0 ? "," : "", stdout);
        json_what(&o->remaining.list[i]);
        putchar('}');
    }
    putchar(']');
}

static void write_json(struct owed *o)
{
    printf(",\"events\":%lu,\"from_the_middle\":%s,\"cut\":%s", o->events,
           o->judge.from_the_middle ? "true" : "false", o->judge.is_cut ? "true" : "false");
    json_debts(o);
    json_threads(o);
    json_way(o);
}

static void begin_json_file(struct owed *o)
{
    if (o->format == OWED_JSON) {
        fputs(o->files++ == 0 ? "\n {\"file\":" : ",\n {\"file\":", stdout);
        write_json_string(stdout, input_name(o->path));
    }
}

/* ---- The plan ---- */

static void write_plan(const struct owed *o)
{
    switch (o->rest) {
    case IS_AT_REST: puts("# closeaf: at rest: nothing is owed"); return;
    case HAS_NO_WAY_TO_REST:
        fprintf(stderr, "closeaf: no way to rest was found within %lu steps\n", o->way.tried);
        return;
    default: break;
    }
    printf("# closeaf: plan: %u step%s to rest%s\n", o->way.length, o->way.length == 1 ? "" : "s",
           o->rest == HAS_WAY_TO_REST_BUT_FOR ? ", but for what no rule lets end" : "");
    for (unsigned i = 0; i < o->way.length; i++) {
        trace_write_event(stdout, o->way.step[i]);
    }
}

/* ---- The verb ---- */

static void look_at_end(struct owed *o)
{
    o->first_used = o->judge.first_used;
    o->first_used_at = o->judge.first_used_at;
    o->rest = find_rest(&o->way, &o->judge, o->line);
    find_debts(&o->debts, &o->judge);
    if (o->rest != HAS_NO_WAY_TO_REST) {
        find_ends(&o->debts, &o->way);
    }
    find_debts(&o->remaining, &o->way.at);
}

static int tell_full(const struct owed *o)
{
    if (o->format == OWED_JSON) {
        printf(",\"verdict\":\"not judged\",\"full\":%lu", o->full);
    } else {
        fprintf(stderr, "%s:%lu: BOUND-REACHED: a table is full: what is owed cannot be said\n",
                input_name(o->path), o->full);
    }
    return UNREADABLE;
}

static int tell_error(const struct owed *o, const struct trace_error *error)
{
    if (o->format == OWED_JSON) {
        fputs(",\"verdict\":\"not judged\"", stdout);
    }
    return unreadable(o->path, error);
}

static int tell(struct owed *o)
{
    look_at_end(o);
    switch (o->format) {
    case OWED_TEXT:
        if (o->events == 0) {
            text_place(o, 0);
            puts("no event: nothing is owed");
            return GOOD;
        }
        write_text(o);
        break;
    case OWED_JSON: write_json(o); break;
    case OWED_PLAN: write_plan(o); break;
    }
    return o->rest == IS_AT_REST ? GOOD : FOUND;
}

static int tell_of_file(struct owed *o, const char *path)
{
    struct trace_error error = {0, 0, ""};
    FILE *in;
    int result;

    o->path = path;
    begin_json_file(o);
    in = open_input(path);
    if (in == NULL) {
        fputs(o->format == OWED_JSON ? ",\"verdict\":\"not judged\"}" : "", stdout);
        return UNREADABLE;
    }
    result = judge_trace(o, in, &error) < 0 ? tell_error(o, &error)
             : o->full != 0                 ? tell_full(o)
                                            : tell(o);
    close_input(in);
    fputs(o->format == OWED_JSON ? "}" : "", stdout);
    return result;
}

static int take_option(struct owed *o, char ***argument)
{
    const char *value = NULL;

    if (strcmp(**argument, "--plan") == 0) {
        o->format = OWED_PLAN;
        return GOOD;
    }
    if (is_option(argument, "--format", &value)) {
        if (value == NULL || (strcmp(value, "text") != 0 && strcmp(value, "json") != 0)) {
            return usage_error("--format is text or json", "");
        }
        o->format = value[0] == 'j' ? OWED_JSON : OWED_TEXT;
        return GOOD;
    }
    return usage_error("owed does not know ", **argument);
}

int owed_verb(char **arguments)
{
    static char *standard_input[] = {"-", NULL};
    struct owed *o = &owed;
    int result = GOOD;

    options_first(arguments, " --format ");
    for (; at_option(&arguments); arguments++) {
        if (take_option(o, &arguments) != GOOD) {
            return UNREADABLE;
        }
    }
    arguments = *arguments == NULL ? standard_input : arguments;
    if (o->format == OWED_PLAN && arguments[1] != NULL) {
        return usage_error("--plan takes one file", "");
    }
    if (o->format == OWED_JSON) {
        fputs("{\"closeaf\":\"owed\",\"version\":1,\"files\":[", stdout);
    }
    for (; *arguments != NULL; arguments++) {
        result = worse(result, tell_of_file(o, *arguments));
    }
    fputs(o->format == OWED_JSON ? "]}\n" : "", stdout);
    return result;
}
