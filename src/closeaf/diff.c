/* diff.c - closeaf diff: the differences between two traces, in words. Where the two have come apart
 * it goes on from the nearest place at which the next events of both are the same. */
#include "command.h"
#include "protocol/handle.h"

#include <string.h>

enum {
    AHEAD = 128,   /* events of each trace that are looked at for such a place */
    AGREE = 3,     /* so many have to be the same there */
    MOST_SHOWN = 10 /* lines of each trace at one difference */
};

struct side {
    const char *path;
    FILE *in;
    struct readings readings;
    struct core core;
    struct event event[AHEAD]; /* a ring */
    unsigned long line[AHEAD];
    unsigned first, count;
    unsigned long read; /* the line that was read last */
    int more;           /* 1: there may be more, 0: the end, -1: no trace */
    struct trace_error error;
};

static struct event event_at(const struct side *s, unsigned i)
{
    return s->event[(s->first + i) % AHEAD];
}

/* Up to where the trace cannot be read: what stands before is compared all the same. */
static void fill(struct side *s)
{
    while (s->more > 0 && s->count < AHEAD) {
        const unsigned at = (s->first + s->count) % AHEAD;

        s->more = trace_read_event(s->in, &s->event[at], &s->read, &s->error);
        s->line[at] = s->read;
        s->count += s->more > 0 ? 1 : 0;
    }
}

static int breaks_off(const struct side *s) { return s->count == 0 && s->more < 0; }

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
           : a.by != b.by                                        ? "another driver that acts"
                                                                 : "";
}

/* Takes the next event; the answer of the core: CONFORMING, what it breaks, or NOT_AN_EVENT if it is
 * not judged. */
static enum requirement take(struct side *s)
{
    const struct event e = event_at(s, 0);

    s->first = (s->first + 1) % AHEAD;
    s->count--;
    return event_is_judged(e) ? core_step(&s->core, e) : NOT_AN_EVENT;
}

/* Takes so many events, and says what they are. */
static void say_side(struct side *s, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const struct event e = event_at(s, 0);
        const unsigned long line = s->line[s->first];
        const enum requirement broken = take(s);

        if (i < MOST_SHOWN) {
            printf("  %s:%lu: ", input_name(s->path), line);
            write_event_in_words(stdout, e);
            if (!event_is_judged(e)) {
                printf("; the core does not judge it\n");
            } else if (broken == BOUND_REACHED || broken == NOT_AN_EVENT) {
                printf("; not judged: %s\n", requirement_text(broken));
            } else if (broken == CONFORMING) {
                printf("; it conforms here\n");
            } else {
                printf("; here it breaks %s\n", requirement_id(broken));
            }
        }
    }
    if (count > MOST_SHOWN) {
        printf("  %s: %u more\n", input_name(s->path), count - MOST_SHOWN);
    }
    if (count == 0 && s->count == 0) {
        printf("  %s:end: the trace ends\n", input_name(s->path));
    }
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

/* Whether the two go on alike behind so many events of each; two that both end do. */
static int agree(const struct side *a, unsigned of_a, const struct side *b, unsigned of_b)
{
    if (of_a > a->count || of_b > b->count) {
        return 0;
    }
    for (unsigned i = 0; i < AGREE; i++) {
        if (of_a + i == a->count || of_b + i == b->count) {
            return of_a + i == a->count && of_b + i == b->count && a->more == 0 && b->more == 0;
        }
        if (differing(event_at(a, of_a + i), event_at(b, of_b + i))[0] != '\0') {
            return 0;
        }
    }
    return 1;
}

/* How many events of each belong to the difference; if the two do not meet again, all that is left of
 * both: 0. */
static int meet_again(const struct side *a, unsigned *of_a, const struct side *b, unsigned *of_b)
{
    for (unsigned sum = 1; sum <= a->count + b->count; sum++) {
        for (*of_a = 0; *of_a <= sum; ++*of_a) {
            *of_b = sum - *of_a;
            if (agree(a, *of_a, b, *of_b)) {
                return 1;
            }
        }
    }
    *of_a = a->count;
    *of_b = b->count;
    return 0;
}

static int no_trace(const struct side *a, const struct side *b)
{
    return a->more < 0 ? unreadable(a->path, &a->error)
                       : b->more < 0 ? unreadable(b->path, &b->error) : GOOD;
}

static int diff(struct side *a, struct side *b)
{
    unsigned long common = 0, differences = 0;

    if (!same_readings(a, b)) {
        return FOUND;
    }
    core_initialise(&a->core, a->readings);
    core_initialise(&b->core, b->readings);
    for (;;) {
        unsigned of_a, of_b;
        int met;

        fill(a);
        fill(b);
        if ((a->count == 0 && b->count == 0) || breaks_off(a) || breaks_off(b)) {
            break;
        }
        if (a->count > 0 && b->count > 0 &&
            differing(event_at(a, 0), event_at(b, 0))[0] == '\0') {
            (void)take(a);
            (void)take(b);
            common++;
            continue;
        }
        differences++;
        met = meet_again(a, &of_a, b, &of_b);
        printf("%lu events in common; then %s:\n", common,
               a->count == 0 || b->count == 0 ? "one trace ends"
               : of_a == 0                    ? "more in the second"
               : of_b == 0                    ? "more in the first"
                           : differing(event_at(a, 0), event_at(b, 0)));
        say_side(a, of_a);
        say_side(b, of_b);
        common = 0;
        if (!met) {
            if (a->more > 0 || b->more > 0) {
                printf("nothing in common in the next %d events; not compared further\n", AHEAD);
            }
            break;
        }
    }
    if (differences > 1) {
        printf("%lu differences\n", differences);
    }
    return worse(differences > 0 ? FOUND : GOOD, no_trace(a, b));
}

static int begin(struct side *s)
{
    s->in = open_input(s->path);
    if (s->in == NULL) {
        return UNREADABLE;
    }
    s->read = 1;
    s->more = 1;
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
