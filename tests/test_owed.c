/* test_owed.c - the way to rest (src/trace/rest.h): wherever a trace is cut, the steps that are planned
 * go through a judge that begins anew, and nothing is owed behind them. Figures go to standard error. */
#define _POSIX_C_SOURCE 200809L
#include "trace/rest.h"
#include "trace/seen.h"
#include "trace/trace.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST_LINES 2000u

/* A trace, and how it is judged as far as it was read. */
static struct {
    struct readings readings;
    struct event event[MOST_LINES];
    unsigned long line[MOST_LINES];
    unsigned count;
} trace;

static struct judge judge, anew;
static struct way way;
static struct event planned[MOST_STEPS];
static struct {
    unsigned long cuts, at_rest, plans, but_for, longest;
} figures;

static void read_trace(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct trace_error error;
    unsigned long line = 1;

    assert_non_null(in);
    trace.count = 0;
    assert_int_equal(trace_read_header(in, &trace.readings, &error), 1);
    while (trace_read_any_event(in, &trace.event[trace.count], &line, &error) > 0) {
        trace.line[trace.count++] = line;
        assert_true(trace.count < MOST_LINES);
    }
    (void)fclose(in);
}

/* Judges it from the beginning: what counts as a breach among the first events. */
static unsigned judge_from_the_beginning(struct judge *j, unsigned count)
{
    struct finding f[MOST_FINDINGS];
    unsigned breaches = 0;

    judge_begin(j, trace.readings);
    for (unsigned i = 0; i < count; i++) {
        const unsigned found = judge_event(j, trace.event[i], trace.line[i], f);

        for (unsigned k = 0; k < found; k++) {
            breaches += requirement_level(f[k].requirement) != LEVEL_NOTHING;
        }
    }
    return breaches;
}

/* The steps as lines of a trace, read again. */
static unsigned written_and_read(const struct event steps[], unsigned count)
{
    FILE *file = tmpfile();
    struct trace_error error;
    unsigned long line = 1;
    unsigned read = 0;

    assert_non_null(file);
    trace_write_header(file, trace.readings);
    for (unsigned i = 0; i < count; i++) {
        trace_write_event(file, steps[i]);
    }
    rewind(file);
    assert_int_equal(trace_read_header(file, &trace.readings, &error), 1);
    while (read < MOST_STEPS && trace_read_event(file, &planned[read], &line, &error) > 0) {
        read++;
    }
    (void)fclose(file);
    assert_int_equal(read, count);
    return read;
}

/* 1: what comes back without having begun is an objection, too. */
static unsigned minds_the_recording;

/* What is wrong with these steps behind so many events: findings, and what is left at the end; what is out
 * counts too, unless a breach has begun it. */
static unsigned objections(unsigned cut, const struct event steps[], unsigned count, int counts_what_is_out)
{
    struct finding f[MOST_FINDINGS];
    struct outstanding o;
    unsigned wrong = 0;

    (void)judge_from_the_beginning(&anew, cut);
    for (unsigned i = 0; i < count; i++) {
        const unsigned found = judge_event(&anew, steps[i], trace.line[cut - 1] + 1 + i, f);

        for (unsigned k = 0; k < found; k++) {
            wrong += f[k].requirement == REC_01 ? minds_the_recording
                                                : requirement_level(f[k].requirement) != LEVEL_NOTHING;
        }
    }
    anew.is_cut = 0;
    while (judge_end(&anew, f)) {
        wrong += f[0].kind == LEFT_UNDONE;
    }
    for (int begin = 1; counts_what_is_out && judge_outstanding(&anew, begin, &o); begin = 0) {
        wrong++;
    }
    for (unsigned thread = 0; thread < THREADS; thread++) {
        wrong += innermost(&anew.nesting, thread) != NULL;
    }
    return wrong;
}

/* Nothing begins on the way. */
static int begins(const struct event *e)
{
    return e->kind != PAUSE_ENTER && e->kind < EVENT_KIND_COUNT && begins_something(e->kind);
}

static void look_at_cut(const char *path, unsigned cut, int is_conforming)
{
    const enum rest rest = find_rest(&way, &judge, trace.line[cut - 1]);
    const unsigned count = written_and_read(way.step, way.length);
    const unsigned wrong = objections(cut, planned, count, rest != HAS_WAY_TO_REST_BUT_FOR);

    figures.cuts++;
    figures.at_rest += rest == IS_AT_REST;
    figures.plans += rest == HAS_WAY_TO_REST;
    figures.but_for += rest == HAS_WAY_TO_REST_BUT_FOR;
    figures.longest = count > figures.longest ? count : figures.longest;
    if (rest == HAS_NO_WAY_TO_REST || (is_conforming && rest == HAS_WAY_TO_REST_BUT_FOR) || wrong > 0) {
        fail_msg("%s, cut behind line %lu: outcome %d, %u objections", path, trace.line[cut - 1], (int)rest,
                 wrong);
    }
    for (unsigned i = 0; i < count; i++) {
        if (begins(&planned[i])) {
            fail_msg("%s, cut behind line %lu: step %u begins something", path, trace.line[cut - 1], i + 1);
        }
    }
}

static void for_each(const char *pattern, void (*look)(const char *path))
{
    glob_t found;

    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    memset(&figures, 0, sizeof figures);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        read_trace(found.gl_pathv[i]);
        look(found.gl_pathv[i]);
    }
    fprintf(stderr, "# %s: %lu cuts, %lu at rest, %lu plans, %lu with something that no rule lets end; "
            "the longest plan has %lu steps\n",
            pattern, figures.cuts, figures.at_rest, figures.plans, figures.but_for, figures.longest);
    globfree(&found);
}

static void at_lines(const char *path, unsigned every)
{
    for (unsigned cut = 1; cut <= trace.count; cut += every) {
        if (judge_from_the_beginning(&judge, cut) > 0) {
            return;
        }
        look_at_cut(path, cut, 1);
    }
}

static void at_each_line(const char *path) { at_lines(path, 1); }

/* Many of them begin with the same lines. */
static void at_some_lines(const char *path) { at_lines(path, 3); }

static void at_the_end(const char *path)
{
    if (trace.count > 0) {
        const unsigned breaches = judge_from_the_beginning(&judge, trace.count);

        look_at_cut(path, trace.count, breaches == 0);
    }
}

static void each_cut_of_a_sequence_has_a_plan(void **state)
{
    (void)state;
    for_each("tests/sequences/*.trace", at_each_line);
    assert_true(figures.cuts > 900);
    assert_true(figures.plans > 700);
}

static void cuts_of_the_rules_have_plans(void **state)
{
    (void)state;
    for_each("tests/rules/*.trace", at_some_lines);
    assert_true(figures.plans > 800);
}

/* Behind breaches: no further one, and nothing left undone. */
static void each_sequence_has_a_plan_at_its_end(void **state)
{
    (void)state;
    for_each("tests/sequences/*.trace", at_the_end);
    assert_int_equal(figures.but_for, 0);
}

static void each_rule_has_a_plan_at_its_end(void **state)
{
    (void)state;
    for_each("tests/rules/*.trace", at_the_end);
    assert_true(figures.but_for < figures.cuts / 10);
}

static void each_case_of_the_field_has_a_plan_at_its_end(void **state)
{
    (void)state;
    for_each("tests/field/*.trace", at_the_end);
    assert_true(figures.but_for < figures.cuts / 10);
}

/* ---- A plan that is wrong is noticed ---- */

/* Of an AF that has ended with its binding nobody asks who has freed what. */
static int gives_its_handle_back(struct event e)
{
    return strcmp(event_verb(e.kind), "do") == 0 && strncmp(event_name(e.kind), "Free", 4) == 0;
}

static void a_plan_that_lacks_a_step_is_noticed(void **state)
{
    static struct event less[MOST_STEPS];

    (void)state;
    read_trace("tests/sequences/SEQ-11.trace");
    (void)judge_from_the_beginning(&judge, trace.count);
    assert_int_equal(find_rest(&way, &judge, trace.line[trace.count - 1]), HAS_WAY_TO_REST);
    minds_the_recording = 1;
    assert_int_equal(objections(trace.count, way.step, way.length, 1), 0);
    for (unsigned lacking = 0; lacking < way.length; lacking++) {
        memcpy(less, way.step, lacking * sizeof *less);
        memcpy(&less[lacking], &way.step[lacking + 1], (way.length - lacking - 1) * sizeof *less);
        if (!gives_its_handle_back(way.step[lacking]) && objections(trace.count, less, way.length - 1, 1) == 0) {
            fail_msg("step %u of SEQ-11 can be left out", lacking + 1);
        }
    }
}

static void a_wrong_status_is_noticed(void **state)
{
    static struct event other[MOST_STEPS];
    unsigned looked = 0;

    (void)state;
    read_trace("tests/sequences/SEQ-11.trace");
    (void)judge_from_the_beginning(&judge, trace.count);
    assert_int_equal(find_rest(&way, &judge, trace.line[trace.count - 1]), HAS_WAY_TO_REST);
    for (unsigned i = 0; i < way.length; i++) {
        if (!event_has_status(way.step[i].kind)) {
            continue;
        }
        memcpy(other, way.step, way.length * sizeof *other);
        other[i].status = way.step[i].status == SUCCESS ? PENDING : SUCCESS;
        if (objections(trace.count, other, way.length, 1) == 0) {
            fail_msg("step %u of SEQ-11 can have another status", i + 1);
        }
        looked++;
    }
    assert_true(looked > 4);
}

static void two_steps_in_the_wrong_order_are_noticed(void **state)
{
    static struct event other[MOST_STEPS];
    unsigned noticed = 0;

    (void)state;
    read_trace("tests/sequences/SEQ-11.trace");
    (void)judge_from_the_beginning(&judge, trace.count);
    assert_int_equal(find_rest(&way, &judge, trace.line[trace.count - 1]), HAS_WAY_TO_REST);
    for (unsigned i = 0; i + 1 < way.length; i++) {
        memcpy(other, way.step, way.length * sizeof *other);
        other[i] = way.step[i + 1];
        other[i + 1] = way.step[i];
        noticed += objections(trace.count, other, way.length, 1) > 0;
    }
    assert_true(noticed > way.length / 2);
}

/* ---- And again ---- */

/* The way is searched in the same order each time. */
static void the_same_plan_twice(void **state)
{
    static struct way again;

    (void)state;
    read_trace("tests/sequences/SEQ-08.trace");
    for (unsigned cut = 1; cut <= trace.count; cut += 5) {
        (void)judge_from_the_beginning(&judge, cut);
        (void)find_rest(&way, &judge, trace.line[cut - 1]);
        (void)find_rest(&again, &judge, trace.line[cut - 1]);
        assert_int_equal(again.length, way.length);
        assert_int_equal(again.tried, way.tried);
        for (unsigned i = 0; i < way.length; i++) {
            assert_int_equal(again.step[i].kind, way.step[i].kind);
            assert_int_equal(again.step[i].thread, way.step[i].thread);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_cut_of_a_sequence_has_a_plan),
        cmocka_unit_test(cuts_of_the_rules_have_plans),
        cmocka_unit_test(each_sequence_has_a_plan_at_its_end),
        cmocka_unit_test(each_rule_has_a_plan_at_its_end),
        cmocka_unit_test(each_case_of_the_field_has_a_plan_at_its_end),
        cmocka_unit_test(a_plan_that_lacks_a_step_is_noticed),
        cmocka_unit_test(a_wrong_status_is_noticed),
        cmocka_unit_test(two_steps_in_the_wrong_order_are_noticed),
        cmocka_unit_test(the_same_plan_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
