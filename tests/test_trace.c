/* test_trace.c - the reader and the writer of TRACE.md: every row of the vocabulary
 * goes out and comes back; what is not a trace is refused where it stops being one. */
#define _POSIX_C_SOURCE 200809L
#include "trace/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static FILE *text(const char *bytes, size_t size)
{
    FILE *in = tmpfile();

    assert_non_null(in);
    assert_int_equal(fwrite(bytes, 1, size, in), size);
    rewind(in);
    return in;
}

/* A row of every kind, with each status and IRQL that it may have. */
/* Not byte by byte: an event has padding. */
static void assert_same_event(struct event a, struct event b)
{
    assert_int_equal(a.kind, b.kind);
    assert_int_equal(a.status, b.status);
    assert_int_equal(a.irql, b.irql);
    assert_int_equal(a.thread, b.thread);
    assert_int_equal(a.object.slot, b.object.slot);
    assert_int_equal(a.object.generation, b.object.generation);
    assert_int_equal(a.on.slot, b.on.slot);
    assert_int_equal(a.on.generation, b.on.generation);
}

static void each_event_comes_back(void **state)
{
    struct readings readings = core_recommended_readings(), read_readings;
    struct trace_error error;
    struct event written = {0}, read;
    unsigned long line = 1, count = 0;
    FILE *file = tmpfile();

    (void)state;
    readings.amb_06 = 'a';
    readings.amb_10 = 'a';
    trace_write_header(file, readings);
    for (int pass = 0; pass < 2; pass++) {
        for (uint16_t kind = NO_EVENT + 1; kind < NAMED_EVENT_COUNT; kind++) {
            for (uint8_t status = 0; status < STATUS_COUNT; status++) {
                if (status != NO_STATUS && !event_has_status(kind)) {
                    continue;
                }
                written.kind = kind;
                written.status = status;
                written.irql = status % IRQL_COUNT;
                written.thread = (uint8_t)(kind * 5u);
                written.object.slot = kind;
                written.object.generation = UINT32_MAX - status;
                written.on.slot = event_on(kind)[0] != '\0' ? 3 : 0;
                written.on.generation = event_on(kind)[0] != '\0' ? UINT32_MAX : 0;
                if (pass == 0) {
                    trace_write_event(file, written);
                    continue;
                }
                assert_int_equal(trace_read_event(file, &read, &line, &error), 1);
                assert_same_event(read, written);
                count++;
            }
        }
        if (pass == 0) {
            rewind(file);
            assert_int_equal(trace_read_header(file, &read_readings, &error), 1);
            assert_memory_equal(&read_readings, &readings, sizeof readings);
        }
    }
    assert_int_equal(trace_read_event(file, &read, &line, &error), 0);
    assert_int_equal(line, count + 1);
    (void)fclose(file);
}

/* The columns of each row. Compared with the register: the requirement that a row names
 * for its IRQL speaks of this function and of this level. */
#define NONE CONFORMING
static const struct row {
    const char *verb, *name, *object, *driver;
    enum irql highest;
    enum requirement irql;
} rows[] = {
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    {#verb, #name, #object, #who, level, requirement},
#include "protocol/vocabulary.def"
#undef EVENT
};
#undef NONE

static int is_one_of(const char *word, const char *words)
{
    const char *found = strstr(words, word);

    return found != NULL && found[strlen(word)] == ' ' && (found == words || found[-1] == ' ');
}

static int agrees_with_the_register(const struct row *r)
{
    const char *text = requirement_text(r->irql);
    int is_own = strncmp(r->name, "Own", 3) == 0;
    const char *name = is_own ? r->name + 3 : r->name;
    char function[64];

    (void)snprintf(function, sizeof function, "%.*s ", (int)strcspn(name, "/"), name);
    return is_one_of(r->verb, "call return enter leave do ") &&
           is_one_of(r->object, "af binding sap vc party request driver ") &&
           is_one_of(r->driver, "client manager owner system ") &&
           (r->irql == CONFORMING ||
            ((strstr(text, function) != NULL || (strcmp(r->verb, "do") == 0 && !is_own)) &&
             (r->highest == DISPATCH) == (strstr(text, "or below DISPATCH_LEVEL") != NULL)));
}

static void rows_agree_with_the_register(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!agrees_with_the_register(&rows[i])) {
            fail_msg("%s %s %s", rows[i].verb, rows[i].name, rows[i].object);
        }
    }
}

/* Rows with verb and name in common are told apart by their object; all are judged but
 * those of drivers. */
static void objects_decide(void **state)
{
    static const char trace[] = "closeaf-trace 2\n"
                                "t1 call NdisCoSendNetBufferLists binding:0.1 - PASSIVE\n"
                                "t1 call NdisCoSendNetBufferLists vc:2.3 - PASSIVE af:0.1\n"
                                "t1 do Wait driver:1.1 - PASSIVE\n";
    FILE *in = text(trace, sizeof trace - 1);
    struct readings readings;
    struct trace_error error;
    struct event e;
    unsigned long line = 1;

    (void)state;
    assert_int_equal(trace_read_header(in, &readings, &error), 1);
    assert_int_equal(trace_read_event(in, &e, &line, &error), 1);
    assert_int_equal(e.kind, CALL_SEND);
    assert_true(event_is_judged(e));
    assert_int_equal(trace_read_event(in, &e, &line, &error), 1);
    assert_int_equal(e.kind, VC_SEND_CALL);
    assert_int_equal(e.object.slot, 2);
    assert_int_equal(e.on.slot, 0);
    assert_int_equal(e.on.generation, 1);
    assert_true(event_is_judged(e));
    assert_int_equal(trace_read_event(in, &e, &line, &error), 1);
    assert_int_equal(e.kind, WAIT);
    assert_false(event_is_judged(e));
    for (uint16_t kind = NO_EVENT + 1; kind < NAMED_EVENT_COUNT; kind++) {
        e.kind = kind;
        assert_int_equal(event_is_judged(e), strcmp(event_object(kind), "driver") != 0 &&
                                                 kind < MODEL_EVENT_COUNT);
    }
    (void)fclose(in);
}

/* A comment is handed out, as much of it as fits; a breach is read from it. */
static void comments_are_read(void **state)
{
    static const char trace[] = "#\n# breaks: AF-CL-02\nt1";
    FILE *in = text(trace, sizeof trace - 1);
    struct trace_error error;
    unsigned long line = 1;
    char comment[8];

    (void)state;
    assert_int_equal(trace_read_comment(in, comment, sizeof comment, &line, &error), 1);
    assert_string_equal(comment, "");
    assert_int_equal(trace_read_comment(in, comment, sizeof comment, &line, &error), 1);
    assert_string_equal(comment, " breaks");
    assert_int_equal(line, 3);
    assert_int_equal(trace_read_comment(in, comment, sizeof comment, &line, &error), 0);
    assert_int_equal(getc(in), 't');
    (void)fclose(in);

    assert_int_equal(trace_breach(" breaks: AF-CL-02"), AF_CL_02);
    assert_int_equal(trace_breach(" breaks: AF-CL-999"), CONFORMING);
    assert_int_equal(trace_breach(" breaks: AF-CL-02 and more"), CONFORMING);
    assert_int_equal(trace_breach(" expect: AF-CL-02 at 3"), CONFORMING);
    assert_int_equal(trace_breach(""), CONFORMING);
}

static void comments_are_skipped(void **state)
{
    static const char trace[] = "closeaf-trace 2\n# one\n#\n#\ttwo \xC2\xB6\n"
                                "t255 call NdisClCloseAddressFamily af:0.1 - DISPATCH\n#\n";
    FILE *in = text(trace, sizeof trace - 1);
    struct readings readings;
    struct trace_error error;
    struct event e;
    unsigned long line = 1;

    (void)state;
    assert_int_equal(trace_read_header(in, &readings, &error), 1);
    assert_int_equal(trace_read_event(in, &e, &line, &error), 1);
    assert_int_equal(line, 5);
    assert_int_equal(e.kind, CALL_CLOSE_AF);
    assert_int_equal(trace_read_event(in, &e, &line, &error), 0);
    (void)fclose(in);
}

#define H "closeaf-trace 2\n"
#define CLOSE "t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE\n"
#define OPEN "t1 return NdisClOpenAddressFamilyEx af:0.1 SUCCESS PASSIVE"
#define BAD(bytes, line, column, expected) {bytes, sizeof(bytes) - 1, line, column, expected}

static const struct bad {
    const char *bytes;
    size_t size;
    unsigned long line, column;
    const char *expected;
} bad[] = {
    BAD("", 1, 1, "closeaf-trace 2"),
    BAD("closeaf-trace", 1, 14, "LF at the end"),
    BAD("closeaf-trace 2", 1, 16, "LF at the end"),
    BAD("closeaf-trace 1\n", 1, 15, "version 2 (version 1 lacks"),
    BAD("closeaf-trace 3\n", 1, 15, "version 2"),
    BAD("closeaf-trace  2\n", 1, 15, "closeaf-trace 2"),
    BAD("Closeaf-trace 2\n", 1, 1, "closeaf-trace 2"),
    BAD("# first\ncloseaf-trace 2\n", 1, 1, "closeaf-trace 2"),
    BAD("\xEF\xBB\xBF" H, 1, 1, "UTF-8 without a byte order mark"),
    BAD("closeaf-trace 2\r\n", 1, 16, "LF alone"),
    BAD("closeaf-trace 2 \n", 1, 17, "a reading"),
    BAD("closeaf-trace 2 amb_99=a\n", 1, 17, "a reading"),
    BAD("closeaf-trace 2 amb_06=c\n", 1, 17, "a reading"),
    BAD("closeaf-trace 2 amb_06=\n", 1, 17, "a reading"),
    BAD("closeaf-trace 2 amb_06=ab\n", 1, 17, "a reading"),
    BAD("closeaf-trace 2 amb_06=a amb_06=b\n", 1, 26, "a reading"),
    BAD(H "\n", 2, 1, "an event"),
    BAD(H " " CLOSE, 2, 1, "an event"),
    BAD(H "t256 call NdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 1, "an event"),
    BAD(H "t01 call NdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 1, "an event"),
    BAD(H "t-1 call NdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 1, "an event"),
    BAD(H "t1\n", 2, 3, "a space and a verb"),
    BAD(H "t1 calls NdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 4, "call, return"),
    BAD(H "t1 call NdisClCloseAddressFamil af:0.1 - PASSIVE\n", 2, 9, "for call"),
    BAD(H "t1 enter NdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 10, "for enter"),
    BAD(H "t1 call NdisClCloseAddressFamily binding:0.1 - PASSIVE\n", 2, 34, "af:SLOT"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0 - PASSIVE\n", 2, 34, "af:SLOT"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1.2 - PASSIVE\n", 2, 34, "af:SLOT"),
    BAD(H "t1 call NdisClCloseAddressFamily af:00.1 - PASSIVE\n", 2, 34, "af:SLOT"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.01 - PASSIVE\n", 2, 34, "af:SLOT"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.4294967296 - PASSIVE\n", 2, 34, "at most"),
    BAD(H "t1 call NdisClCloseAddressFamily af:99999999999999999999999.1 - PASSIVE\n", 2,
        34, "at most"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 SUCCESS PASSIVE\n", 2, 41, "no status"),
    BAD(H "t1 return NdisClCloseAddressFamily af:0.1 success PASSIVE\n", 2, 43, "PENDING"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 - APC\n", 2, 43, "PASSIVE or DISPATCH"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 -\n", 2, 42, "a space and an IRQL"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE \n", 2, 50, "LF"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE binding:1.1\n", 2, 50, "LF"),
    BAD(H CLOSE "t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE", 3, 50, "LF at the end"),
    BAD(H "t1 call NdisClCloseAddressFamily af:0.1 - PASSIVE\r\n", 2, 50, "LF alone"),
    BAD(H "t1 call\tNdisClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 8, "printable"),
    BAD(H "t1 call Ndis\0ClCloseAddressFamily af:0.1 - PASSIVE\n", 2, 13, "printable"),
    BAD(H "t1 call Ndis\xC3\xA9 af:0.1 - PASSIVE\n", 2, 13, "printable"),
    BAD(H "\0\0\0\0", 2, 1, "an event"),
    BAD(H OPEN "\n", 2, 59, "client's binding"),
    BAD(H OPEN " af:1.1\n", 2, 60, "binding:SLOT"),
    BAD(H OPEN " binding:1.1 \n", 2, 71, "LF"),
    BAD(H "t1 call NdisCoSendNetBufferLists sap:0.1 - PASSIVE\n", 2, 34,
        "vc:SLOT.GENERATION or binding:SLOT.GENERATION, each at most"),
    BAD(H "t1 call NdisClRegisterSap vc:0.1 - PASSIVE\n", 2, 27, "sap:SLOT"),
    BAD(H "t1 call NdisClRegisterSap sap:0.1 - PASSIVE\n", 2, 44, "a space and the AF"),
    BAD(H "t1 call NdisClRegisterSap sap:0.1 - PASSIVE binding:1.1\n", 2, 45, "af:SLOT"),
    BAD(H "t1 call NdisClRegisterSap sap:0.1 - PASSIVE af:0.1 \n", 2, 51, "LF"),
    BAD(H "t1 call NdisClRegisterSap sap:0.1 SUCCESS PASSIVE af:0.1\n", 2, 35, "no status"),
    BAD(H "t1 return NdisClRegisterSap sap:0.1 ADAPTER_NOT_FOUND PASSIVE af:0.1\n", 2, 37,
        "RESOURCES"),
    BAD(H "t1 call NdisCoCreateVc vc:0.1 - PASSIVE af:0.1\n", 2, 9, "for call"),
    BAD(H "t1 do Wait binding:1.1 - PASSIVE\n", 2, 12, "driver:SLOT"),
    BAD(H "t1 do Wait driver:1.1 - PASSIVE af:0.1\n", 2, 32, "LF"),
    BAD(H "# no end", 2, 9, "LF at the end"),
    BAD(H "# carriage\r\n", 2, 11, "LF alone"),
    BAD(H "# nul \0\n", 2, 7, "printable"),
};

static int first_error(FILE *in, struct trace_error *error)
{
    struct readings readings;
    struct event e;
    unsigned long line = 1;
    int more = trace_read_header(in, &readings, error);

    while (more > 0) {
        more = trace_read_event(in, &e, &line, error);
    }
    return more;
}

static void malformed_traces_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        FILE *in = text(bad[i].bytes, bad[i].size);
        struct trace_error error = {0, 0, ""};

        print_message("# row %lu: %lu:%lu %s\n", (unsigned long)i, bad[i].line,
                      bad[i].column, bad[i].expected);
        assert_int_equal(first_error(in, &error), -1);
        assert_int_equal(error.line, bad[i].line);
        assert_int_equal(error.column, bad[i].column);
        assert_non_null(strstr(error.expected, bad[i].expected));
        (void)fclose(in);
    }
}

/* Ten million characters without a space: refused at once, in the same memory. */
static void long_line_is_refused(void **state)
{
    FILE *in = tmpfile();
    struct trace_error error;

    (void)state;
    fputs(H "t1 call ", in);
    for (int i = 0; i < 10000000; i++) {
        fputc('N', in);
    }
    rewind(in);
    assert_int_equal(first_error(in, &error), -1);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 9);
    assert_true(ftell(in) < 1000);
    (void)fclose(in);
}

/* A comment may be as long as it likes, with a tab at each place where a block may end; what
 * is wrong in it stands at its own column. */
static void long_comments_are_skipped(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\1\n", ""};

    (void)state;
    for (size_t length = 1; length < 2100; length += length < 500 ? 50 : 1) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            FILE *in = tmpfile();
            struct trace_error error;

            fputs(H "#", in);
            for (size_t n = 1; n < length; n++) {
                fputc(n % 7 == 0 ? '\t' : 't', in);
            }
            fprintf(in, "%s%s", ends[i], i == 0 ? CLOSE : "");
            rewind(in);
            assert_int_equal(first_error(in, &error), i == 0 ? 0 : -1);
            if (i > 0) {
                assert_int_equal(error.line, 2);
                assert_int_equal(error.column, length + 1);
            }
            (void)fclose(in);
        }
    }
}

/* Whatever byte of a good trace is changed, the reader ends, and never writes what it
 * did not read. */
static void changed_bytes_never_go_unnoticed(void **state)
{
    static const char good[] = H OPEN " binding:1.1\n" CLOSE
        "t1 leave ProtocolCoCreateVc/client vc:0.1 RESOURCES PASSIVE af:0.1\n";
    char bytes[sizeof good];

    (void)state;
    for (size_t place = 0; place < sizeof good - 1; place++) {
        for (int value = 0; value < 256; value++) {
            struct trace_error error;
            struct readings readings;
            struct event e;
            unsigned long line = 1;
            char written[sizeof good + 64];
            FILE *in, *out;
            int more;

            memcpy(bytes, good, sizeof good);
            bytes[place] = (char)value;
            in = fmemopen(bytes, sizeof good - 1, "r");
            out = fmemopen(written, sizeof written, "w");
            more = trace_read_header(in, &readings, &error);
            if (more > 0) {
                trace_write_header(out, readings);
            }
            while (more > 0 && (more = trace_read_event(in, &e, &line, &error)) > 0) {
                trace_write_event(out, e);
            }
            (void)fclose(out);
            (void)fclose(in);
            if (more == 0 && memchr(bytes, '#', sizeof good) == NULL) {
                assert_memory_equal(written, bytes, sizeof good - 1);
            }
        }
    }
}

static void ids_are_found(void **state)
{
    (void)state;
    for (int r = 0; r < REQUIREMENT_COUNT; r++) {
        assert_int_equal(requirement_of_id(requirement_id((enum requirement)r)), r);
        assert_true(requirement_text((enum requirement)r)[0] != '\0');
        assert_true(requirement_source((enum requirement)r)[0] != '\0');
    }
    assert_int_equal(requirement_of_id("AF-CL-2"), REQUIREMENT_COUNT);
    assert_int_equal(requirement_of_id(""), REQUIREMENT_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_event_comes_back),
        cmocka_unit_test(rows_agree_with_the_register),
        cmocka_unit_test(objects_decide),
        cmocka_unit_test(comments_are_read),
        cmocka_unit_test(comments_are_skipped),
        cmocka_unit_test(malformed_traces_are_refused),
        cmocka_unit_test(long_line_is_refused),
        cmocka_unit_test(long_comments_are_skipped),
        cmocka_unit_test(changed_bytes_never_go_unnoticed),
        cmocka_unit_test(ids_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
