/* diff.c - closeaf diff: the first difference between two traces, in words. */
#include "command.h"
#include "protocol/handle.h"

#include <string.h>

struct side {
    const char *path;
    FILE *in;
    struct readings readings;
    struct event event;
    unsigned long line;
    int more; /* 1: an event was read, 0: the end, -1: no trace */
    struct trace_error error;
};

/* In what the two lines differ, in the words of TRACE.md; "" if in nothing. */
static const char *differing(struct event a, struct event b)
{
    return strcmp(event_verb(a.kind), event_verb(b.kind)) != 0 ? "another verb"
           : strcmp(event_name(a.kind), event_name(b.kind)) != 0 ? "another name"
           : a.kind != b.kind                                    ? "another kind of object"
           : !handles_equal(a.object, b.object)                    ? "another object"
           : a.status != b.status                                ? "another status"
           : a.irql != b.irql                                    ? "another IRQL"
           : !handles_equal(a.on, b.on)                            ? "another object to which it belongs"
           : a.thread != b.thread                                ? "another thread"
                                                                 : "";
}

static void say_side(const struct side *s, const struct core *c)
{
    struct core next = *c;
    enum requirement broken;

    printf("  %s:", input_name(s->path));
    if (s->more == 0) {
        printf("end: the trace ends\n");
        return;
    }
    printf("%lu: ", s->line);
    write_event_in_words(stdout, s->event);
    if (!event_is_judged(s->event)) {
        printf("; not judged: an event about a driver as a whole\n");
        return;
    }
    broken = core_step(&next, s->event);
    if (broken == CONFORMING) {
        printf("; it conforms here\n");
    } else {
        printf("; here it breaks %s\n", requirement_id(broken));
    }
}

static int next_event(struct side *s)
{
    s->more = trace_read_event(s->in, &s->event, &s->line, &s->error);
    return s->more;
}

static int same_readings(const struct side *a, const struct side *b)
{
#define READING(name, letter, letters)                                              \
    if (a->readings.name != b->readings.name) {                                     \
        printf("the readings differ: " #name " is %c in %s and %c in %s\n",         \
               a->readings.name, input_name(a->path), b->readings.name,             \
               input_name(b->path));                                                \
        return 0;                                                                   \
    }
#include "protocol/readings.def"
#undef READING
    return 1;
}

static int diff(struct side *a, struct side *b)
{
    struct core core;
    unsigned long common = 0;

    if (!same_readings(a, b)) {
        return FOUND;
    }
    core_initialise(&core, a->readings);
    while (next_event(a) > 0 && next_event(b) > 0 &&
           differing(a->event, b->event)[0] == '\0') {
        if (event_is_judged(a->event)) {
            (void)core_step(&core, a->event);
        }
        common++;
    }
    if (a->more == 0) { /* b was not read on */
        (void)next_event(b);
    }
    if (a->more < 0 || b->more < 0) {
        return a->more < 0 ? unreadable(a->path, &a->error) : unreadable(b->path, &b->error);
    }
    if (a->more == 0 && b->more == 0) {
        return GOOD;
    }
    printf("%lu events in common; then %s:\n", common,
           a->more == 0 || b->more == 0 ? "one trace ends"
                                        : differing(a->event, b->event));
    say_side(a, &core);
    say_side(b, &core);
    return FOUND;
}

static int begin(struct side *s)
{
    s->in = open_input(s->path);
    if (s->in == NULL) {
        return UNREADABLE;
    }
    s->line = 1;
    if (trace_read_header(s->in, &s->readings, &s->error) < 0) {
        close_input(s->in);
        return unreadable(s->path, &s->error);
    }
    return GOOD;
}

int diff_verb(char **arguments)
{
    static struct side a, b;
    int result;

    if (at_option(&arguments)) {
        return usage_error("diff does not know ", *arguments);
    }
    if (arguments[0] == NULL || arguments[1] == NULL || arguments[2] != NULL) {
        return usage_error("diff takes two files", "");
    }
    if (strcmp(arguments[0], "-") == 0 && strcmp(arguments[1], "-") == 0) {
        return usage_error("diff can read standard input only once", "");
    }
    a.path = arguments[0];
    b.path = arguments[1];
    result = begin(&a);
    if (result != GOOD) {
        return result;
    }
    result = begin(&b);
    if (result == GOOD) {
        result = diff(&a, &b);
        close_input(b.in);
    }
    close_input(a.in);
    return result;
}
