/* trace.c - see trace.h and TRACE.md. */
#include "trace.h"

#include <limits.h>
#include <string.h>

/* The names, from the tables only. */

struct row {
    const char *verb, *name, *object, *driver;
};

/* Here and not in event.h, which Frama-C reads: it does not know _Static_assert. */
_Static_assert(NAMED_EVENT_COUNT <= UINT8_MAX, "an event is numbered in a byte");

static const struct row rows[NAMED_EVENT_COUNT] = {
    {"", "", "", ""},
#define EVENT(identifier, verb, name, object, driver, irql, requirement) \
    {#verb, #name, #object, #driver},
#include "vocabulary.def"
#include "object_vocabulary.def"
#include "model_vocabulary.def"
#undef EVENT
};

static const struct row *row_of(uint8_t kind)
{
    return &rows[kind < NAMED_EVENT_COUNT ? kind : NO_EVENT];
}

const char *event_verb(uint8_t kind) { return row_of(kind)->verb; }
const char *event_name(uint8_t kind) { return row_of(kind)->name; }
const char *event_object(uint8_t kind) { return row_of(kind)->object; }
const char *event_driver(uint8_t kind) { return row_of(kind)->driver; }

const char *event_on(uint8_t kind)
{
    const char *object = event_object(kind);

    if (kind == OPEN_AF_CALL || kind == RETURN_OPEN_AF) {
        return "binding";
    }
    if (strcmp(object, "party") == 0) {
        return "vc";
    }
    return strcmp(object, "sap") == 0 || strcmp(object, "vc") == 0 ||
                   strcmp(object, "request") == 0
               ? "af"
               : "";
}

int event_is_judged(struct event e)
{
    return e.kind < EVENT_KIND_COUNT;
}

int event_has_status(uint8_t kind)
{
    switch (kind) {
    case CALL_CM_CLOSE_AF_COMPLETE:
    case CALL_MCM_CLOSE_AF_COMPLETE:
    case CALL_NOTIFY_COMPLETE:
    case ENTER_CL_CLOSE_AF_COMPLETE:
    case ENTER_CM_NOTIFY_COMPLETE:
    case OWN_CLOSE_AF_COMPLETE: return 1;
    default:
        return strcmp(event_verb(kind), "return") == 0 ||
               strcmp(event_verb(kind), "leave") == 0 ||
               (kind >= OPEN_AF_CALL && strstr(event_name(kind), "Complete") != NULL);
    }
}

static const char *const statuses[STATUS_COUNT] = {
    "-",         "SUCCESS",      "PENDING", "NOT_ACCEPTED", "FAILURE",
    "RESOURCES", "INVALID_DATA", "CLOSING", "NOT_SUPPORTED"};
static const char *const irqls[IRQL_COUNT] = {"PASSIVE", "DISPATCH"};

const char *status_name(uint8_t status)
{
    return status < STATUS_COUNT ? statuses[status] : "-";
}

const char *irql_name(uint8_t irql) { return irql < IRQL_COUNT ? irqls[irql] : "-"; }

struct register_entry {
    const char *id, *priority, *actor, *text, *source;
};

static const struct register_entry entries[REQUIREMENT_COUNT] = {
    {"CONFORMING", "-", "-", "The event is allowed.", "-"},
#define REQUIREMENT(identifier, id, priority, actor, text, source) \
    {id, priority, actor, text, source},
#include "requirements.def"
#undef REQUIREMENT
    {"BOUND-REACHED", "-", "-",
     "A count, a table or a generation is used up: not judged.", "-"},
    {"NOT-AN-EVENT", "-", "-",
     "This event, its object or its status does not exist.", "-"},
};

static const struct register_entry *entry_of(enum requirement requirement)
{
    return &entries[requirement < REQUIREMENT_COUNT ? requirement : NOT_AN_EVENT];
}

const char *requirement_id(enum requirement r) { return entry_of(r)->id; }
const char *requirement_priority(enum requirement r) { return entry_of(r)->priority; }
const char *requirement_actor(enum requirement r) { return entry_of(r)->actor; }
const char *requirement_text(enum requirement r) { return entry_of(r)->text; }
const char *requirement_source(enum requirement r) { return entry_of(r)->source; }

enum requirement requirement_of_id(const char *id)
{
    unsigned i = 0;

    while (i < REQUIREMENT_COUNT && strcmp(entries[i].id, id) != 0) {
        i++;
    }
    return (enum requirement)i;
}

/* A reading that is set already is not set again: which of the two would hold? */
static int set_reading(uint8_t *reading, const char *letters, const char *value)
{
    if (*reading != 0 || value[0] == '\0' || value[1] != '\0' ||
        strchr(letters, value[0]) == NULL) {
        return 0;
    }
    *reading = (uint8_t)value[0];
    return 1;
}

int trace_set_reading(struct readings *named, const char *setting)
{
#define READING(name, letter, letters)                                     \
    if (strncmp(setting, #name "=", sizeof #name) == 0) {                  \
        return set_reading(&named->name, letters, setting + sizeof #name); \
    }
#include "readings.def"
#undef READING
    return 0;
}

struct readings trace_readings(struct readings named)
{
    struct readings readings = core_recommended_readings();

#define READING(name, letter, letters) \
    if (named.name != 0) {             \
        readings.name = named.name;    \
    }
#include "readings.def"
#undef READING
    return readings;
}

/* Reading. */

#define LONGEST_WORD 63

struct reader {
    FILE *in;
    struct trace_error *error;
    unsigned long line, column; /* of the last character read */
    unsigned long start;        /* column of the current word */
    int end;                    /* what ended the word: ' ' or LF */
    char word[LONGEST_WORD + 1];
};

/* Lines and columns are counted as far as the number goes: a file may be longer. */
static unsigned long one_more(unsigned long number)
{
    return number < ULONG_MAX ? number + 1 : number;
}

static int next_character(struct reader *r)
{
    r->column = one_more(r->column);
    return getc(r->in);
}

/* What should have stood there, put together from pieces: writes one behind the length
 * that is there already, as far as it fits, and returns the new length. */
static size_t say(struct reader *r, size_t length, const char *more)
{
    char piece[sizeof r->error->expected] = ""; /* Eva cannot bound a copy into the whole */

    (void)snprintf(piece, sizeof piece, "%s", more);
    for (size_t i = 0; i < sizeof piece && piece[i] != '\0'; i++) {
        if (length < sizeof piece - 1) {
            r->error->expected[length++] = piece[i];
        }
    }
    r->error->expected[length] = '\0';
    return length;
}

static const char *const as_said = NULL; /* piece by piece, before */

static int fail(struct reader *r, unsigned long column, const char *expected)
{
    if (ferror(r->in)) {
        (void)say(r, 0, "a file that can be read");
    } else if (expected != as_said) {
        (void)say(r, 0, expected);
    }
    r->error->line = r->line;
    r->error->column = column;
    return -1;
}

/* The next word and the single space or LF behind it. */
static int read_word(struct reader *r, const char *expected)
{
    size_t length = 0;
    int c = next_character(r);

    r->start = r->column;
    while (c > ' ' && c <= '~' && length < LONGEST_WORD) {
        r->word[length++] = (char)c;
        c = next_character(r);
    }
    r->word[length] = '\0';
    r->end = c;
    if (length == 0) {
        return fail(r, r->start, expected);
    }
    if (c == ' ' || c == '\n') {
        return 1;
    }
    if (c > ' ' && c <= '~') {
        return fail(r, r->start, expected);
    }
    if (c == EOF) {
        return fail(r, r->column, "LF at the end of the last line");
    }
    return fail(r, r->column, c == '\r' ? "LF alone at the end of a line, not CR LF"
                                        : "a printable ASCII character, space or LF");
}

/* A word that is followed by another one. */
static int read_inner_word(struct reader *r, const char *expected, const char *next)
{
    if (read_word(r, expected) < 0) {
        return -1;
    }
    return r->end == ' ' ? 1 : fail(r, r->column, next);
}

#define LONGEST_NUMBER 10 /* digits of UINT32_MAX */
#define AT_MOST ", each at most 4294967295" /* UINT32_MAX */

/* A decimal number without leading zeros, up to the limit; moves *text behind it. */
static int number(const char **text, uint32_t limit, uint32_t *value)
{
    const char *p = *text;
    uint64_t n = 0;

    if (*p < '0' || *p > '9') {
        return 0;
    }
    if (*p == '0' && p[1] >= '0' && p[1] <= '9') {
        return 0;
    }
    /* What is longer than the longest number ends in a digit, which nobody takes. */
    for (unsigned digits = 0; digits < LONGEST_NUMBER && *p >= '0' && *p <= '9'; digits++) {
        n = n * 10 + (uint64_t)(*p - '0');
        if (n > limit) {
            return 0;
        }
        p++;
    }
    *value = (uint32_t)n;
    *text = p;
    return 1;
}

/* "af:0.1": the kind, then slot and generation. */
static int handle(const char *word, const char *kind, struct handle *h)
{
    size_t length = strlen(kind);
    const char *p = word + length + 1;

    return strncmp(word, kind, length) == 0 && word[length] == ':' &&
           number(&p, UINT32_MAX, &h->slot) && *p++ == '.' &&
           number(&p, UINT32_MAX, &h->generation) && *p == '\0';
}

static int thread(const char *word, uint8_t *thread)
{
    const char *p = word + 1;
    uint32_t n = 0;

    if (word[0] != 't' || !number(&p, UINT8_MAX, &n) || *p != '\0') {
        return 0;
    }
    *thread = (uint8_t)n;
    return 1;
}

static int find_name(const char *const *names, unsigned count, const char *word,
                     uint8_t *found)
{
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(names[i], word) == 0) {
            *found = (uint8_t)i;
            return 1;
        }
    }
    return 0;
}

/* The first row behind this one with the verb and, where a name is given, with both. */
static uint8_t next_kind(uint8_t kind, const char *verb, const char *name)
{
    do {
        kind++;
    } while (kind < NAMED_EVENT_COUNT &&
             (strcmp(rows[kind].verb, verb) != 0 ||
              (name != NULL && strcmp(rows[kind].name, name) != 0)));
    return kind < NAMED_EVENT_COUNT ? kind : NO_EVENT;
}

static int read_kind(struct reader *r, struct event *e)
{
    const char *verbs = "call, return, enter, leave or do";
    char verb[LONGEST_WORD + 1];

    if (read_inner_word(r, verbs, "a space and the name of a function") < 0) {
        return -1;
    }
    memcpy(verb, r->word, sizeof verb);
    if (next_kind(NO_EVENT, verb, NULL) == NO_EVENT) {
        return fail(r, r->start, verbs);
    }
    (void)say(r, say(r, 0, "a name that the vocabulary has for "),
              event_verb(next_kind(NO_EVENT, verb, NULL)));
    if (read_inner_word(r, as_said, "a space and an object") < 0) {
        return -1;
    }
    e->kind = next_kind(NO_EVENT, verb, r->word);
    return e->kind != NO_EVENT ? 1 : fail(r, r->start, as_said);
}

/* The object decides between rows that have verb and name in common. */
static int read_object(struct reader *r, struct event *e)
{
    const struct row *first = row_of(e->kind);
    size_t length = 0;

    for (uint8_t k = e->kind; k != NO_EVENT; k = next_kind(k, first->verb, first->name)) {
        length = say(r, length, length > 0 ? " or " : "");
        length = say(r, length, event_object(k));
        length = say(r, length, ":SLOT.GENERATION");
    }
    (void)say(r, length, AT_MOST);
    if (read_word(r, as_said) < 0) {
        return -1;
    }
    while (e->kind != NO_EVENT && !handle(r->word, event_object(e->kind), &e->object)) {
        e->kind = next_kind(e->kind, first->verb, first->name);
    }
    if (e->kind == NO_EVENT) {
        return fail(r, r->start, as_said);
    }
    return r->end == ' ' ? 1 : fail(r, r->column, "a space and a status");
}

static int read_status(struct reader *r, struct event *e)
{
    const char *any = "-, SUCCESS, PENDING, NOT_ACCEPTED, FAILURE, RESOURCES, INVALID_DATA, "
                      "CLOSING or NOT_SUPPORTED";

    if (read_inner_word(r, any, "a space and an IRQL") < 0) {
        return -1;
    }
    if (!find_name(statuses, STATUS_COUNT, r->word, &e->status)) {
        return fail(r, r->start, any);
    }
    if (e->status != NO_STATUS && !event_has_status(e->kind)) {
        return fail(r, r->start, "- (this event passes no status)");
    }
    return 1;
}

static int read_irql(struct reader *r, struct event *e)
{
    const char *levels = "PASSIVE or DISPATCH";

    if (read_word(r, levels) < 0) {
        return -1;
    }
    return find_name(irqls, IRQL_COUNT, r->word, &e->irql) ? 1 : fail(r, r->start, levels);
}

/* The handle behind the IRQL, on the lines that have one, and the end of the line. */
static int read_on(struct reader *r, struct event *e)
{
    const char *kind = event_on(e->kind);

    if (kind[0] == '\0') {
        return r->end == '\n' ? 1 : fail(r, r->column, "LF after the IRQL");
    }
    if (r->end != ' ') {
        return fail(r, r->column, strcmp(kind, "af") == 0   ? "a space and the AF"
                                  : strcmp(kind, "vc") == 0 ? "a space and the VC"
                                                            : "a space and the client's binding");
    }
    (void)say(r, say(r, say(r, 0, kind), ":SLOT.GENERATION"), AT_MOST);
    if (read_word(r, as_said) < 0) {
        return -1;
    }
    if (!handle(r->word, kind, &e->on)) {
        return fail(r, r->start, as_said);
    }
    return r->end == '\n' ? 1 : fail(r, r->column, "LF at the end of the event");
}

static int read_event_line(struct reader *r, struct event *e)
{
    const char *first = "an event (t0 to t255) or a comment (#)";
    const struct event none = {0};

    *e = none;
    if (read_inner_word(r, first, "a space and a verb") < 0) {
        return -1;
    }
    if (!thread(r->word, &e->thread)) {
        return fail(r, r->start, first);
    }
    if (read_kind(r, e) < 0 || read_object(r, e) < 0 || read_status(r, e) < 0 ||
        read_irql(r, e) < 0) {
        return -1;
    }
    return read_on(r, e);
}

int trace_read_comment(FILE *in, char *text, size_t size, unsigned long *line,
                       struct trace_error *error)
{
    struct reader r = {.in = in, .error = error, .line = one_more(*line), .column = 1};
    size_t length = 0;
    int c = getc(in);

    if (c != '#') {
        (void)ungetc(c, in);
        return 0;
    }
    *line = r.line;
    c = next_character(&r);
    while (c == '\t' || (c >= ' ' && c <= '~') || c >= 0x80) {
        if (length + 1 < size) {
            text[length++] = (char)c;
        }
        c = next_character(&r);
    }
    text[length] = '\0';
    if (c == '\n') {
        return 1;
    }
    return fail(&r, r.column, c == EOF    ? "LF at the end of the last line"
                              : c == '\r' ? "LF alone at the end of a line, not CR LF"
                                          : "a printable character, tab or LF");
}

enum requirement trace_breach(const char *comment)
{
    char id[32], rest;
    enum requirement broken = REQUIREMENT_COUNT;

    if (sscanf(comment, " breaks: %31s %c", id, &rest) == 1) {
        broken = requirement_of_id(id);
    }
    return broken == REQUIREMENT_COUNT ? CONFORMING : broken;
}

int trace_read_event(FILE *in, struct event *event, unsigned long *line,
                     struct trace_error *error)
{
    struct reader r = {.in = in, .error = error};
    char comment[1];
    int more = 1;
    int c;

    while (more > 0) {
        more = trace_read_comment(in, comment, sizeof comment, line, error);
    }
    if (more < 0) {
        return -1;
    }
    c = getc(in);
    if (c == EOF && !ferror(in)) {
        return 0;
    }
    (void)ungetc(c, in);
    *line = one_more(*line);
    r.line = *line;
    return read_event_line(&r, event);
}

int trace_read_header(FILE *in, struct readings *readings, struct trace_error *error)
{
    const char *title = "closeaf-trace 1";
    const char *setting = "a reading that the core knows, once, as in amb_06=a";
    struct reader r = {.in = in, .error = error, .line = 1};
    struct readings named = {0};

    if (read_inner_word(&r, title, title) < 0) {
        return -1;
    }
    if (strcmp(r.word, "closeaf-trace") != 0) {
        return fail(&r, r.start, title);
    }
    if (read_word(&r, title) < 0) {
        return -1;
    }
    if (strcmp(r.word, "1") != 0) {
        return fail(&r, r.start, "version 1");
    }
    while (r.end == ' ') {
        if (read_word(&r, setting) < 0) {
            return -1;
        }
        if (!trace_set_reading(&named, r.word)) {
            return fail(&r, r.start, setting);
        }
    }
    *readings = trace_readings(named);
    return 1;
}

/* Writing. */

void trace_write_header(FILE *out, struct readings readings)
{
    const struct readings recommended = core_recommended_readings();

    fputs("closeaf-trace 1", out);
#define READING(name, letter, letters)                \
    if (readings.name != recommended.name) {          \
        fprintf(out, " " #name "=%c", readings.name); \
    }
#include "readings.def"
#undef READING
    fputc('\n', out);
}

void trace_write_event(FILE *out, struct event e)
{
    fprintf(out, "t%u %s %s %s:%lu.%lu %s %s", (unsigned)e.thread, event_verb(e.kind),
            event_name(e.kind), event_object(e.kind), (unsigned long)e.object.slot,
            (unsigned long)e.object.generation, status_name(e.status),
            irql_name(e.irql));
    if (event_on(e.kind)[0] != '\0') {
        fprintf(out, " %s:%lu.%lu", event_on(e.kind), (unsigned long)e.on.slot,
                (unsigned long)e.on.generation);
    }
    fputc('\n', out);
}
