/* decode.c - closeaf decode: makes a trace of what SPIN printed. */
#include "command.h"

#include <string.h>

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
    static const unsigned long most[8] = {UINT8_MAX,              MODEL_EVENT_COUNT - 1,
                                          UINT32_MAX,             UINT32_MAX,
                                          STATUS_COUNT - 1, IRQL_COUNT - 1,
                                          UINT32_MAX,             UINT32_MAX};
    unsigned long n[8] = {0};
    int six = 0, end = 0; /* after the sixth and the last number */
    int count = sscanf(text, "%lu %lu %lu %lu %lu %lu %n%lu %lu %n", &n[0], &n[1], &n[2],
                       &n[3], &n[4], &n[5], &six, &n[6], &n[7], &end);

    if ((count != 6 && count != 8) || text[count == 6 ? six : end] != '\0' ||
        !in_range(n, most, count) || n[1] == NO_EVENT ||
        (event_on((uint16_t)n[1])[0] != '\0') != (count == 8) ||
        (n[4] != NO_STATUS && !event_has_status((uint16_t)n[1]))) {
        return 0;
    }
    e->thread = (uint8_t)n[0];
    e->kind = (uint16_t)n[1];
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
    struct event e = {0};
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

/* A line, or as much of it as fits, with its LF; no NUL is left, which would hide the rest. */
static int read_piece(FILE *in, char *text, size_t size)
{
    size_t length = 0;
    int c = '\0';

    while (length + 1 < size && c != '\n' && (c = getc(in)) != EOF) {
        text[length++] = c == '\0' ? '\1' : (char)c;
    }
    text[length] = '\0';
    return length > 0;
}

static int decode_stream(const char *path, FILE *in)
{
    struct readings named = {0};
    char text[256];
    unsigned long line = 0;
    int begun = 0;
    int line_begins = 1;

    while (!ferror(stdout) && read_piece(in, text, sizeof text)) {
        int line_ends = strchr(text, '\n') != NULL;

        line += (unsigned long)line_begins;
        if (line_begins && !decode_line(text, &named, &begun)) {
            fprintf(stderr, "closeaf: %s:%lu: cannot decode this line\n", input_name(path), line);
            return UNREADABLE;
        }
        line_begins = line_ends;
    }
    if (ferror(in)) {
        return usage_error("cannot read ", input_name(path));
    }
    if (!begun) {
        return usage_error("no line with @ and an event in ", input_name(path));
    }
    return GOOD;
}

int decode_verb(char **arguments)
{
    const char *path;
    FILE *in;
    int result;

    if (at_option(&arguments)) {
        return usage_error("decode does not know ", *arguments);
    }
    if (arguments[0] != NULL && arguments[1] != NULL) {
        return usage_error("decode takes one file", "");
    }
    path = arguments[0] != NULL ? arguments[0] : "-";
    in = open_input(path);
    if (in == NULL) {
        return UNREADABLE;
    }
    result = decode_stream(path, in);
    close_input(in);
    return result;
}
