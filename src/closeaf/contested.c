/* contested.c - see contested.h. */
#include "contested.h"

#include "protocol/handle.h"

#include <stddef.h>
#include <string.h>

/* ---- The letters ---- */

static const struct reading {
    const char *name, *letters;
    size_t place; /* in struct readings */
} all_readings[] = {
#define READING(name, recommended, letters) {#name, letters, offsetof(struct readings, name)},
#include "protocol/readings.def"
#undef READING
};
#define READING_COUNT (sizeof all_readings / sizeof all_readings[0])

/* Reading and letter of a number; 0 behind the last. */
static int letter_of(unsigned number, const struct reading **reading, char *letter)
{
    for (size_t i = 0; i < READING_COUNT; i++) {
        const size_t letters = strlen(all_readings[i].letters);

        if (number < letters) {
            *reading = &all_readings[i];
            *letter = all_readings[i].letters[number];
            return 1;
        }
        number -= (unsigned)letters;
    }
    return 0;
}

const char *letter_name(unsigned number)
{
    static char name[40];
    const struct reading *reading;
    char letter;

    if (!letter_of(number, &reading, &letter)) {
        return NULL;
    }
    (void)snprintf(name, sizeof name, "%s=%c", reading->name, letter);
    return name;
}

/* Replaces one letter: 1, or 0 if it stands there already. */
static int is_other_letter(struct readings *r, unsigned number)
{
    const struct reading *reading;
    char letter;

    if (!letter_of(number, &reading, &letter) || ((char *)r)[reading->place] == letter) {
        return 0;
    }
    ((char *)r)[reading->place] = letter;
    return 1;
}

/* ---- Judging again ---- */

/* What was left undone stands behind every line. */
#define BEHIND_ALL_LINES (~0ul)

static unsigned long place_of(const struct finding *f)
{
    return f->line == 0 ? BEHIND_ALL_LINES : f->line;
}

static int is_no_verdict(const struct finding *f)
{
    return f->requirement == BOUND_REACHED || f->requirement == NOT_AN_EVENT;
}

static struct judge judge;

struct listener {
    void (*before)(void *context, const struct judge *j, struct event e); /* may be null */
    int (*meet)(void *context, const struct finding *f); /* 0: enough */
    void *context;
};

/* 1 if the trace was judged to its end. */
static int judge_by(FILE *in, struct readings readings, struct listener l)
{
    struct finding f[MOST_FINDINGS];
    struct trace_error error;
    struct readings of_the_trace;
    struct event e;
    unsigned long line = 1;
    int more;

    rewind(in);
    if (trace_read_header(in, &of_the_trace, &error) < 0) {
        return 0;
    }
    judge_begin(&judge, readings);
    judge_search_less(&judge);
    while ((more = trace_read_any_event(in, &e, &line, &error)) > 0) {
        unsigned count;

        if (l.before != NULL && event_is_judged(e)) {
            l.before(l.context, &judge, e);
        }
        count = judge_event(&judge, e, line, f);
        for (unsigned i = 0; i < count; i++) {
            if (!l.meet(l.context, &f[i])) {
                return 0;
            }
        }
    }
    while (more == 0 && judge_end(&judge, &f[0])) {
        if (!l.meet(l.context, &f[0])) {
            return 0;
        }
    }
    return more == 0;
}

/* ---- Which letters matter ---- */

/* Most letters answer a question that the trace does not ask: on its way the core says and does
 * the same by each. Only the others are tried in full. */
struct shadow {
    uint8_t matters[MOST_LETTERS];
    unsigned count; /* of letters */
    struct core core;
};

static int are_same_but_for_readings(const struct core *a, const struct core *b)
{
    const size_t behind = offsetof(struct core, readings) + sizeof a->readings;

    return memcmp(a, b, offsetof(struct core, readings)) == 0 &&
           memcmp((const char *)a + behind, (const char *)b + behind, sizeof *a - behind) == 0;
}

static void step_by_each(void *context, const struct judge *j, struct event e)
{
    static struct core after;
    struct shadow *s = context;
    enum requirement answer;

    e.irql = PASSIVE; /* no reading is about the level */
    after = j->core;
    answer = core_step(&after, e);
    for (unsigned number = 0; number < s->count; number++) {
        enum requirement other, left;

        s->core = j->core;
        if (s->matters[number] || !is_other_letter(&s->core.readings, number)) {
            continue;
        }
        left = core_left_undone(&s->core, e);
        other = core_step(&s->core, e);
        s->matters[number] = other != answer || !are_same_but_for_readings(&s->core, &after) ||
                             left != core_left_undone(&j->core, e);
    }
}

static int go_on_always(void *context, const struct finding *f)
{
    (void)context;
    return !is_no_verdict(f);
}

/* What is left undone at the end may depend on a letter, too. */
static void end_by_each(struct shadow *s)
{
    for (unsigned number = 0; number < s->count; number++) {
        s->core = judge.core;
        if (is_other_letter(&s->core.readings, number)) {
            s->matters[number] |= core_owes(&s->core) != core_owes(&judge.core);
        }
    }
}

static void find_what_matters(FILE *in, struct readings used, struct shadow *s)
{
    const struct listener l = {step_by_each, go_on_always, s};

    memset(s, 0, sizeof *s);
    while (s->count < MOST_LETTERS && letter_name(s->count) != NULL) {
        s->count++;
    }
    (void)judge_by(in, used, l);
    end_by_each(s);
}

/* ---- Contested ---- */

struct comparison {
    const struct kept_finding *kept;
    uint8_t *is_there; /* of each that is kept: found by the other letter too */
    size_t count;
};

static int is_same_object(struct object a, struct object b)
{
    return a.kind == b.kind && handles_equal(a.handle, b.handle);
}

/* Goes on unless it is a breach at a place where there was none. Where it is advice, what follows on
 * the object is not excused by the other letter: it is only judged from another place. */
static int compare(void *context, const struct finding *f)
{
    struct comparison *c = context;
    int is_known = 0;

    for (size_t i = 0; i < c->count; i++) {
        const struct finding *k = &c->kept[i].finding;

        if (place_of(k) == place_of(f) &&
            (f->line != 0 || is_same_object(k->object, f->object))) {
            c->is_there[i] = 1;
            is_known = 1;
        }
    }
    for (size_t i = 0; !is_known && i < c->count; i++) {
        const struct finding *k = &c->kept[i].finding;

        c->is_there[i] |= place_of(k) > place_of(f) && is_same_object(k->object, f->object) &&
                          level_of_finding(f) != LEVEL_NOTHING;
    }
    return !is_no_verdict(f) &&
           (is_known || level_of_finding(f) != LEVEL_MUST);
}

void find_contested(FILE *in, struct readings used, struct kept_finding kept[], size_t count)
{
    static struct shadow shadow;

    find_what_matters(in, used, &shadow);
    for (size_t i = 0; i < count; i++) {
        memset(kept[i].conforms_by, 0, sizeof kept[i].conforms_by);
    }
    for (unsigned number = 0; number < MOST_LETTERS && letter_name(number) != NULL; number++) {
        static uint8_t is_there[MOST_KEPT];
        struct comparison c = {kept, is_there, count < MOST_KEPT ? count : MOST_KEPT};
        const struct listener l = {NULL, compare, &c};
        struct readings other = used;

        memset(is_there, 0, sizeof is_there);
        if (!shadow.matters[number] || !is_other_letter(&other, number) ||
            !judge_by(in, other, l)) {
            continue;
        }
        for (size_t i = 0; i < c.count; i++) {
            kept[i].conforms_by[number] = !is_there[i] && !is_no_verdict(&kept[i].finding);
        }
    }
}

int is_contested(const struct kept_finding *f)
{
    return memchr(f->conforms_by, 1, sizeof f->conforms_by) != NULL;
}

/* ---- Readings by which it conforms ---- */

#define MOST_TRIED 2000u

/* Stops at the first breach. */
static int stop_at_breach(void *context, const struct finding *f)
{
    unsigned long *first = context;

    if (level_of_finding(f) != LEVEL_MUST && !is_no_verdict(f)) {
        return 1;
    }
    *first = place_of(f);
    return 0;
}

/* The place of the first breach; 0 if there is none. */
static unsigned long first_breach(FILE *in, struct readings r, unsigned *tried)
{
    unsigned long first = 0;
    const struct listener l = {NULL, stop_at_breach, &first};

    ++*tried;
    return judge_by(in, r, l) ? 0 : first != 0 ? first : BEHIND_ALL_LINES;
}

/* Whether readings are found that differ from these in those that are not fixed. */
static int goes_further(FILE *in, struct readings *r, uint8_t is_fixed[READING_COUNT],
                        unsigned long from, unsigned *tried)
{
    for (unsigned number = 0; letter_name(number) != NULL && *tried < MOST_TRIED; number++) {
        const struct reading *reading = NULL;
        struct readings other = *r;
        unsigned long first;
        char letter;

        (void)letter_of(number, &reading, &letter);
        if (is_fixed[reading - all_readings] || !is_other_letter(&other, number)) {
            continue;
        }
        first = first_breach(in, other, tried);
        if (first != 0 && first <= from) {
            continue;
        }
        is_fixed[reading - all_readings] = 1;
        if (first == 0 || goes_further(in, &other, is_fixed, first, tried)) {
            *r = other;
            return 1;
        }
        is_fixed[reading - all_readings] = 0;
    }
    return 0;
}

int find_conforming(FILE *in, struct readings *readings, unsigned *tried)
{
    uint8_t is_fixed[READING_COUNT] = {0};
    unsigned long first;

    *tried = 0;
    first = first_breach(in, *readings, tried);
    return first == 0 || goes_further(in, readings, is_fixed, first, tried);
}
