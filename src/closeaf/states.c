/* states.c - closeaf states: the state of each object after each event of a trace, who may do what
 * with it, and what the core would accept next; as JSON Lines. */
#include "command.h"
#include "fields.h"
#include "possible.h"
#include "trace/seen.h"

#include <string.h>

struct states {
    unsigned long from, to; /* lines */
    struct judge judge;
    struct core before;     /* of the last line that was written, and what was held then */
    rights held[OBJECT_KIND_COUNT][SLOTS_WATCHED];
    int has_written;
};

static void write_header(struct readings readings)
{
    const char *before = "";

    fputs("{\"closeaf-states\":1,\"readings\":{", stdout);
#define READING(name, letter, letters)                             \
    printf("%s\"" #name "\":\"%c\"", before, readings.name);       \
    before = ",";
#include "protocol/readings.def"
#undef READING
    fputs("}}\n", stdout);
}

static void write_event(struct judge *j, struct event e, unsigned long line)
{
    printf("{\"line\":%lu,\"thread\":%u,\"verb\":\"%s\",\"name\":\"%s\",\"object\":\"%s:%lu.%lu\"", line,
           (unsigned)e.thread, event_verb(e.kind), event_name(e.kind), event_object(e.kind),
           (unsigned long)e.object.slot, (unsigned long)e.object.generation);
    if (e.status == NO_STATUS) {
        fputs(",\"status\":null", stdout);
    } else {
        printf(",\"status\":\"%s\"", status_name(e.status));
    }
    printf(",\"irql\":\"%s\"", irql_name(e.irql));
    if (!event_is_unknown(e) && event_on(e.kind)[0] != '\0') {
        printf(",\"on\":\"%s:%lu.%lu\"", event_on(e.kind), (unsigned long)e.on.slot,
               (unsigned long)e.on.generation);
    }
    if (e.by != 0) {
        printf(",\"by\":%u", (unsigned)e.by - 1);
    }
    fputs(",\"driver\":\"", stdout);
    write_driver(stdout, j, e);
    fputs("\",\"says\":\"", stdout);
    write_event_in_words(stdout, e);
    printf("\",\"judged\":%s", event_is_judged_in_traces(e) ? "true" : "false");
}

/* Some are told late, and stand at an earlier line. */
static void write_breaches(const struct finding f[], unsigned count)
{
    fputs(",\"breaks\":[", stdout);
    for (unsigned i = 0; i < count; i++) {
        printf("%s{\"requirement\":\"%s\",\"line\":%lu}", i > 0 ? "," : "",
               requirement_id(f[i].requirement), f[i].line);
    }
    fputc(']', stdout);
}

/* The object, if it or a right to it is not what it was at the line before; at the first line that is
 * written, any object. */
static int write_object(struct states *s, enum object_kind kind, uint32_t slot, const char *before)
{
    const struct object o = {kind, {slot, generation_of(&s->judge.core, kind, slot)}};
    rights held;

    if (o.handle.generation == 0) {
        return 0;
    }
    held = rights_to(&s->judge, o);
    if (s->has_written && held == s->held[kind][slot] &&
        !fields_differ(&s->before, &s->judge.core, kind, slot)) {
        return 0;
    }
    s->held[kind][slot] = held;
    printf("%s{\"object\":\"%s:%lu.%lu\",\"state\":", before, object_kind_name(kind),
           (unsigned long)slot, (unsigned long)o.handle.generation);
    write_fields(stdout, &s->judge.core, kind, slot);
    fputs(",\"rights\":", stdout);
    write_rights(stdout, kind, held);
    fputc('}', stdout);
    return 1;
}

static void write_objects(struct states *s)
{
    const char *before = "";

    begin_questions(&s->judge);
    fputs(",\"objects\":[", stdout);
    for (enum object_kind kind = AN_AF; kind < A_DRIVER; kind = (enum object_kind)(kind + 1)) {
        for (uint32_t slot = 0; slot < table_size(kind); slot++) {
            if (write_object(s, kind, slot, before)) {
                before = ",";
            }
        }
    }
    if (s->judge.core.stack.level != STACK_NOT_TRACED &&
        (!s->has_written || stack_differs(&s->before, &s->judge.core))) {
        printf("%s{\"object\":\"stack\",\"state\":", before);
        write_stack(stdout, &s->judge.core);
        fputs(",\"rights\":{}}", stdout);
    }
    fputs("]}\n", stdout);
    s->before = s->judge.core;
    s->has_written = 1;
}

static void write_end(struct states *s)
{
    struct finding f;
    const char *before = "";

    fputs("{\"line\":\"end\",\"left_undone\":[", stdout);
    while (judge_end(&s->judge, &f)) {
        printf("%s{\"requirement\":\"%s\",\"object\":\"%s:%lu.%lu\"}", before,
               requirement_id(f.requirement), object_kind_name(f.object.kind),
               (unsigned long)f.object.handle.slot, (unsigned long)f.object.handle.generation);
        before = ",";
    }
    fputs("]}\n", stdout);
}

static int write_states(struct states *s, const char *path, FILE *in, struct trace_error *error)
{
    struct finding f[MOST_FINDINGS];
    struct event e;
    unsigned long line = 1;
    int more = 1, has_ended = 0;

    while (!has_ended && !ferror(stdout) && (more = trace_read_any_event(in, &e, &line, error)) > 0 &&
           line <= s->to) {
        const unsigned count = judge_event(&s->judge, e, line, f);

        for (unsigned i = 0; i < count; i++) {
            has_ended |= f[i].requirement == BOUND_REACHED;
        }
        if (line >= s->from) {
            write_event(&s->judge, e, line);
            write_breaches(f, count);
            write_objects(s);
        }
    }
    if (more < 0) {
        return unreadable(path, error);
    }
    if (!s->has_written) {
        fprintf(stderr, "closeaf: no event of %s is in these lines\n", input_name(path));
        return UNREADABLE;
    }
    if (has_ended) {
        return UNREADABLE;
    }
    write_possible(stdout, &s->judge);
    if (more == 0) {
        write_end(s);
    }
    return GOOD;
}

static int take_option(struct states *s, char ***argument)
{
    const char *value = NULL;

    if (is_option(argument, "--from", &value)) {
        return read_number(value, 1, UINT32_MAX, &s->from)
                   ? GOOD
                   : usage_error("--from takes the number of a line", "");
    }
    if (is_option(argument, "--to", &value)) {
        return read_number(value, 1, UINT32_MAX, &s->to)
                   ? GOOD
                   : usage_error("--to takes the number of a line", "");
    }
    return usage_error("states does not know ", **argument);
}

int states_verb(char **arguments)
{
    static struct states s;
    struct trace_error error;
    struct readings readings;
    const char *path;
    FILE *in;
    int result;

    s.from = 1;
    s.to = UINT32_MAX;
    options_first(arguments, " --from  --to ");
    for (; at_option(&arguments); arguments++) {
        if (take_option(&s, &arguments) != GOOD) {
            return UNREADABLE;
        }
    }
    if (arguments[0] != NULL && arguments[1] != NULL) {
        return usage_error("states takes one file", "");
    }
    if (s.from > s.to) {
        return usage_error("--from is behind --to", "");
    }
    path = arguments[0] != NULL ? arguments[0] : "-";
    in = open_input(path);
    if (in == NULL) {
        return UNREADABLE;
    }
    if (trace_read_header(in, &readings, &error) < 0) {
        result = unreadable(path, &error);
    } else {
        judge_begin(&s.judge, readings);
        write_header(readings);
        result = write_states(&s, path, in, &error);
    }
    close_input(in);
    return result;
}
