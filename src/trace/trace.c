/* trace.c - see trace.h and TRACE.md. */
#include "trace.h"

#include <limits.h>
#include <string.h>

/* The names, from the tables only. */

enum verb { VERB_NONE, VERB_call, VERB_return, VERB_enter, VERB_leave, VERB_do, VERB_COUNT };
static const char *const verbs[VERB_COUNT] = {"", "call", "return", "enter", "leave", "do"};

/* What struct event.on is of. */
static const char *const ons[] = {"", "binding", "af", "vc"};
enum on { ON_none, ON_binding, ON_af, ON_vc, ON_COUNT };

enum has_status { STATUS_none, STATUS_any };

struct row {
    uint8_t verb;       /* enum verb */
    uint8_t on;         /* enum on */
    uint8_t has_status; /* enum has_status */
    const char *name, *object, *who, *section;
};

/* Here and not in event.h, which Frama-C reads: it does not know _Static_assert. */
_Static_assert(NAMED_EVENT_COUNT <= UINT16_MAX, "an event is numbered in two bytes");

static const struct row rows[NAMED_EVENT_COUNT] = {
    [NO_EVENT] = {VERB_NONE, ON_none, STATUS_none, "", "", "", ""},
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {VERB_##verb, ON_##on, STATUS_##status, #name, #object, #who, #section},
#include "protocol/vocabulary.def"
#undef EVENT
};

#define LONGEST_WORD 63

/* The names that the vocabulary does not have: their rows follow on those of the table, in the order
 * in which they were read. */
static struct row unknown[MOST_UNKNOWN];
static char unknown_names[MOST_UNKNOWN][LONGEST_WORD + 1];
static uint8_t unknown_objects[MOST_UNKNOWN]; /* which of any_object */
static unsigned unknown_count;
static const char *const any_object[] = {"af", "binding", "sap", "vc", "party", "request", "driver"};

static const struct row *row_of(uint16_t kind)
{
    return kind < NAMED_EVENT_COUNT                   ? &rows[kind]
           : kind < NAMED_EVENT_COUNT + unknown_count ? &unknown[kind - NAMED_EVENT_COUNT]
                                                      : &rows[NO_EVENT];
}

const char *event_verb(uint16_t kind) { return verbs[row_of(kind)->verb]; }
const char *event_name(uint16_t kind) { return row_of(kind)->name; }
const char *event_object(uint16_t kind) { return row_of(kind)->object; }
const char *event_on(uint16_t kind) { return ons[row_of(kind)->on]; }
const char *event_driver(uint16_t kind) { return row_of(kind)->who; }
const char *event_section(uint16_t kind) { return row_of(kind)->section; }
int event_has_status(uint16_t kind) { return row_of(kind)->has_status; }

static int a_driver_acts(uint16_t kind)
{
    const struct row *row = row_of(kind);

    return (row->verb == VERB_call || row->verb == VERB_do) && strcmp(row->who, "system") != 0;
}

int event_is_judged(struct event e)
{
    return e.kind < EVENT_KIND_COUNT;
}

int event_is_judged_in_traces(struct event e)
{
    return event_is_judged(e) || (e.kind >= MODEL_EVENT_COUNT && e.kind < NAMED_EVENT_COUNT) ||
           (e.kind >= FIRST_OF_driver && e.kind <= LAST_OF_driver) ||
           e.kind == ACQUIRE_SPIN_LOCK || e.kind == RELEASE_SPIN_LOCK;
}

static const char *const statuses[STATUS_COUNT] = {
    "-",
#define STATUS(name) #name,
#include "protocol/statuses.def"
#undef STATUS
};
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
#include "protocol/requirements.def"
#undef REQUIREMENT
    {"BOUND-REACHED", "-", "-",
     "A table, counter or generation is full; not judged.", "-"},
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
enum requirement_level requirement_level(enum requirement requirement)
{
    static const char *const words[] = {"MUST", "SHOULD", "MAY"};
    const char *text = requirement_text(requirement);
    const char *nearest = NULL;
    enum requirement_level level = LEVEL_NOTHING;

    if (strstr(text, "are invalid") != NULL || strstr(text, "treats this as absolute") != NULL) {
        return LEVEL_MUST;
    }
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        const char *found = strstr(text, words[i]);

        if (found != NULL && (nearest == NULL || found < nearest)) {
            nearest = found;
            level = (enum requirement_level)i;
        }
    }
    if (level != LEVEL_SHOULD && (strstr(text, "Only ") != NULL || strstr(text, " only ") != NULL)) {
        return LEVEL_MUST; /* that only one MAY forbids it to all others */
    }
    return level;
}

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
    *reading = (uint8_t)(value[0] & 0x7F);
    return 1;
}

int trace_set_reading(struct readings *named, const char *setting)
{
#define READING(name, letter, letters)                                     \
    if (strncmp(setting, #name "=", sizeof #name) == 0) {                  \
        return set_reading(&named->name, letters, setting + sizeof #name); \
    }
#include "protocol/readings.def"
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
#include "protocol/readings.def"
#undef READING
    return readings;
}

/* Reading. */

#define MOST_WORDS 7 /* of an event: thread, verb, name, object, status, IRQL, on */

/* An event that is longer has a word that is too long, or one too many. */
#define LONGEST_LINE (MOST_WORDS * (LONGEST_WORD + 1))

struct reader {
    FILE *in;
    struct trace_error *error;
    unsigned long line;
    size_t start, length; /* of the word */
    size_t at;            /* of what ended it: ' ', LF or what should not be there */
    char word[LONGEST_WORD + 1];
    char text[LONGEST_LINE + LONGEST_WORD + 2];
    int takes_unknown;    /* 1: a name that the vocabulary does not have is read too */
    uint8_t verb;         /* of such a name */
    char name[LONGEST_WORD + 1];
};

/* What was expected there, put together from pieces: appends one to the length
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

static unsigned long next(unsigned long n) { return n < ULONG_MAX ? n + 1 : n; }

/* Columns count from 1, places from 0. */
static int fail(struct reader *r, unsigned long place, const char *expected)
{
    if (ferror(r->in)) {
        (void)say(r, 0, "a file that can be read");
    } else if (expected != as_said) {
        (void)say(r, 0, expected);
    }
    r->error->line = r->line;
    r->error->column = next(place);
    return -1;
}

/* The next line, as far as an event can be long: 1, or 0 at the end of the file. */
static int read_line(struct reader *r)
{
    if (fgets(r->text, (int)sizeof r->text, r->in) == NULL) {
        r->text[0] = '\0';
        return 0;
    }
    return 1;
}

static char ending(const struct reader *r) { return r->text[r->at]; }

/* The next word: 1 if there is one, and a space or LF after it; 0 if there is none or it is
 * too long; -1 with the error if a character follows that may stand nowhere. */
static int find_word(struct reader *r, size_t start)
{
    size_t length = 0;

    r->start = start;
    if (start >= LONGEST_LINE) {
        return 0;
    }
    while (length < LONGEST_WORD &&
           r->text[start + length] > ' ' && r->text[start + length] <= '~') {
        r->word[length] = r->text[start + length];
        length++;
    }
    r->word[length] = '\0';
    r->length = length;
    r->at = start + length;
    if (length == 0) {
        return 0;
    }
    switch (ending(r)) {
    case ' ':
    case '\n': return 1;
    case '\r': return fail(r, r->at, "LF alone at the end of a line, not CR LF");
    case '\0':
        return fail(r, r->at, feof(r->in) ? "LF at the end of the last line"
                                          : "a printable ASCII character, space or LF");
    default:
        return ending(r) > ' ' && ending(r) <= '~'
                   ? 0
                   : fail(r, r->at, "a printable ASCII character, space or LF");
    }
}

static int read_word(struct reader *r, size_t start, const char *expected)
{
    const int found = find_word(r, start);

    return found != 0 ? found : fail(r, start, expected);
}

/* The word after the one that was read. */
static int read_next_word(struct reader *r, const char *expected, const char *no_space)
{
    return ending(r) == ' ' ? read_word(r, r->at + 1, expected) : fail(r, r->at, no_space);
}

#define LONGEST_NUMBER 10 /* digits of UINT32_MAX */
#define AT_MOST ", each at most 4294967295" /* UINT32_MAX */

/* A decimal number without leading zeros, up to the limit; moves *text past it. */
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
        p++;
    }
    if (n > limit) {
        return 0;
    }
    *value = (uint32_t)n;
    *text = p;
    return 1;
}

/* "af:0.1": the kind, then slot and generation. */
static int handle(const char *word, const char *kind, struct handle *h)
{
    const char *p = word;

    for (size_t i = 0; kind[i] != '\0'; i++) {
        if (*p != kind[i]) {
            return 0;
        }
        p++;
    }
    return *p++ == ':' && number(&p, UINT32_MAX, &h->slot) && *p++ == '.' &&
           number(&p, UINT32_MAX, &h->generation) && *p == '\0';
}

/* The name of the word: its index, or the count if it has none. */
static uint8_t find_name(const struct reader *r, const char *const *names, uint8_t count)
{
    uint8_t i = 0;

    /* The first letter decides nearly always. */
    while (i < count && (r->word[0] != names[i][0] || strcmp(r->word, names[i]) != 0)) {
        i++;
    }
    return i;
}

/* What the reader has to know of each row at once. The rows of a verb and a name are found
 * by a hash of both: a chain of the rows with the same hash, in ascending order, which
 * NO_EVENT ends. Made at the first use. */

#define HASHES 1024

static struct {
    int made;
    uint8_t has_status[NAMED_EVENT_COUNT];
    uint8_t on[NAMED_EVENT_COUNT];
    uint8_t by[NAMED_EVENT_COUNT]; /* 1: a driver acts, so that the line may say which */
    uint16_t first[HASHES];
    uint16_t next[NAMED_EVENT_COUNT];
} names;

/* Of a few characters, evenly spread. */
static unsigned hash_of(uint8_t verb, const char *name, size_t length)
{
    unsigned h = (unsigned)verb * 29 + (unsigned)(length % HASHES) * 5;

    for (size_t i = 0; i < 8; i++) {
        h = h * 3 + (unsigned)(name[length * i / 8] & 0x7F);
    }
    return h % HASHES;
}

static void make_names(void)
{
    /*@ loop unroll NAMED_EVENT_COUNT; */
    for (uint16_t kind = NAMED_EVENT_COUNT - 1; kind > NO_EVENT; kind--) {
        const struct row *row = &rows[kind];
        const unsigned h = hash_of(row->verb, row->name, strlen(row->name));

        names.has_status[kind] = row->has_status;
        names.on[kind] = row->on;
        names.by[kind] = (uint8_t)a_driver_acts(kind);
        names.next[kind] = names.first[h];
        names.first[h] = kind;
    }
    names.made = 1;
}

/* The first row from this one on in its chain that has verb and name. */
static uint16_t same_name(const struct reader *r, uint16_t kind, uint8_t verb)
{
    while (kind != NO_EVENT && (rows[kind].verb != verb || strcmp(r->word, rows[kind].name) != 0)) {
        kind = names.next[kind];
    }
    return kind;
}

static int is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* FUNCTION or FUNCTION/WHICH, as the grammar has them. */
static int is_name(const char *word)
{
    size_t i = 0, which;

    while (is_letter_or_digit(word[i])) {
        i++;
    }
    if (i == 0 || word[i] != '/') {
        return i > 0 && word[i] == '\0';
    }
    for (which = ++i; is_letter_or_digit(word[i]) || word[i] == '_'; i++) {
    }
    return i > which && word[i] == '\0';
}

static int read_kind(struct reader *r, struct event *e)
{
    const char *any = "call, return, enter, leave or do";
    uint8_t verb;

    if (read_next_word(r, any, "a space and a verb") < 0) {
        return -1;
    }
    verb = find_name(r, verbs, VERB_COUNT);
    if (verb == VERB_COUNT) {
        return fail(r, r->start, any);
    }
    if (read_next_word(r, "a name of the vocabulary", "a space and the name of a function") < 0) {
        return -1;
    }
    if (!names.made) {
        make_names();
    }
    e->kind = same_name(
        r, names.first[hash_of(verb, r->word, r->length)], verb);
    if (e->kind != NO_EVENT) {
        return 1;
    }
    if (r->takes_unknown && is_name(r->word)) {
        r->verb = verb;
        memcpy(r->name, r->word, sizeof r->name);
        return 1;
    }
    (void)say(r, say(r, 0, "a name that the vocabulary has for "), verbs[verb]);
    return fail(r, r->start, as_said);
}

/* The next row with verb and name of this one. */
static uint16_t next_of_name(uint16_t kind)
{
    uint16_t k = names.next[kind];

    while (k != NO_EVENT &&
           (rows[k].verb != rows[kind].verb || strcmp(rows[k].name, rows[kind].name) != 0)) {
        k = names.next[k];
    }
    return k;
}

static int fail_object(struct reader *r, size_t place, uint16_t first)
{
    size_t length = 0;

    for (uint16_t k = first; k != NO_EVENT; k = next_of_name(k)) {
        length = say(r, length, length > 0 ? " or " : "");
        length = say(r, length, event_object(k));
        length = say(r, length, ":SLOT.GENERATION");
    }
    (void)say(r, length, AT_MOST);
    return fail(r, place, as_said);
}

/* The kind of the unknown name: that of an earlier line with verb, name and object, or a new one. */
static uint16_t unknown_kind(const struct reader *r, uint8_t object)
{
    unsigned i = 0;

    while (i < MOST_UNKNOWN && i < unknown_count &&
           (unknown[i].verb != r->verb || unknown_objects[i] != object ||
            strcmp(unknown_names[i], r->name) != 0)) {
        i++;
    }
    if (i >= MOST_UNKNOWN) {
        i = MOST_UNKNOWN - 1;
    } else if (i == unknown_count) {
        const struct row row = {
            r->verb, ON_none, STATUS_any, unknown_names[i], any_object[object], "", ""};

        memcpy(unknown_names[i], r->name, sizeof r->name);
        unknown_objects[i] = object;
        unknown[i] = row;
        unknown_count++;
    }
    return (uint16_t)(NAMED_EVENT_COUNT + i);
}

/* Of an unknown name the object may be of any kind. */
static int read_any_object(struct reader *r, struct event *e)
{
    int found = ending(r) == ' ' ? find_word(r, r->at + 1) : 0;

    for (uint8_t i = 0; found == 1 && i < sizeof any_object / sizeof any_object[0]; i++) {
        if (handle(r->word, any_object[i], &e->object)) {
            e->kind = unknown_kind(r, i);
            return 1;
        }
    }
    return found < 0 ? -1 : fail(r, r->start, "an object: KIND:SLOT.GENERATION" AT_MOST);
}

/* The object decides between rows that have verb and name in common. */
static int read_object(struct reader *r, struct event *e)
{
    const uint16_t first = e->kind;
    int found;

    if (first == NO_EVENT) {
        return read_any_object(r, e);
    }

    if (ending(r) != ' ') {
        return fail(r, r->at, "a space and an object");
    }
    found = find_word(r, r->at + 1);
    if (found < 0) {
        return -1;
    }
    while (found == 1 && e->kind != NO_EVENT && !handle(r->word, rows[e->kind].object, &e->object)) {
        e->kind = next_of_name(e->kind);
    }
    return found == 1 && e->kind != NO_EVENT ? 1 : fail_object(r, r->start, first);
}

static int read_status(struct reader *r, struct event *e)
{
    const char *any = "one of -"
#define STATUS(name) ", " #name
#include "protocol/statuses.def"
#undef STATUS
        ;

    if (read_next_word(r, any, "a space and a status") < 0) {
        return -1;
    }
    e->status = find_name(r, statuses, STATUS_COUNT);
    if (e->status == STATUS_COUNT) {
        return fail(r, r->start, any);
    }
    if (e->status != NO_STATUS && e->kind < NAMED_EVENT_COUNT && !names.has_status[e->kind]) {
        return fail(r, r->start, "- (this event passes no status)");
    }
    return 1;
}

static int read_irql(struct reader *r, struct event *e)
{
    const char *levels = "PASSIVE or DISPATCH";

    if (read_next_word(r, levels, "a space and an IRQL") < 0) {
        return -1;
    }
    e->irql = find_name(r, irqls, IRQL_COUNT);
    return e->irql != IRQL_COUNT ? 1 : fail(r, r->start, levels);
}

/* Nothing is known of what stands on the line of an unknown name. */
static uint8_t on_of(uint16_t kind)
{
    return kind < NAMED_EVENT_COUNT ? names.on[kind] : ON_none;
}

static int may_say_by(uint16_t kind) { return kind < NAMED_EVENT_COUNT && names.by[kind]; }

/* The handle after the IRQL, on the lines that have one. */
static int read_on(struct reader *r, struct event *e)
{
    const uint8_t on = on_of(e->kind);
    int found;

    if (on == ON_none) {
        return 1;
    }
    if (ending(r) != ' ') {
        return fail(r, r->at, on == ON_af   ? "a space and the AF"
                              : on == ON_vc ? "a space and the VC"
                                            : "a space and the client's binding");
    }
    found = find_word(r, r->at + 1);
    if (found < 0) {
        return -1;
    }
    if (found == 0 || !handle(r->word, ons[on], &e->on)) {
        (void)say(r, say(r, say(r, 0, ons[on]), ":SLOT.GENERATION"), AT_MOST);
        return fail(r, r->start, as_said);
    }
    return 1;
}

/* Which driver acts, if the line says it; and the end of the line. */
static int read_by(struct reader *r, struct event *e)
{
    const char *end = on_of(e->kind) == ON_none ? "LF after the IRQL" : "LF at the end of the event";
    const char *slot = "by:SLOT, a driver's binding";
    const char *p = r->word + 3;
    uint32_t n = 0;
    int found;

    if (ending(r) != ' ' || !may_say_by(e->kind) || r->text[r->at + 1] != 'b' ||
        r->text[r->at + 2] != 'y') {
        return ending(r) == '\n' ? 1 : fail(r, r->at, end);
    }
    found = find_word(r, r->at + 1);
    if (found < 0) {
        return -1;
    }
    if (found == 0 || strncmp(r->word, "by:", 3) != 0 || !number(&p, UINT8_MAX - 1, &n) || *p != '\0') {
        return fail(r, r->start, slot);
    }
    e->by = (uint8_t)(n + 1);
    return ending(r) == '\n' ? 1 : fail(r, r->at, "LF at the end of the event");
}

static int read_thread(struct reader *r, struct event *e)
{
    const char *first = "an event (t0 to t255) or a comment (#)";
    const char *p = r->word + 1;
    uint32_t n = 0;

    if (read_word(r, 0, first) < 0) {
        return -1;
    }
    if (strcmp(r->word, "closeaf-trace") == 0) {
        return fail(r, 0, "one trace in a file; here another begins");
    }
    if (ending(r) != ' ') {
        return fail(r, r->at, "a space and a verb");
    }
    if (r->word[0] != 't' || !number(&p, UINT8_MAX, &n) || *p != '\0') {
        return fail(r, 0, first);
    }
    e->thread = (uint8_t)n;
    return 1;
}

/* What may stand behind the IRQL of a line with an unknown name. */
static int read_the_rest(struct reader *r)
{
    static const char *const rest[] = {"binding", "af", "vc"};
    const char *expected = "an object, by:SLOT, or LF at the end of the event";
    struct handle on;
    uint32_t by;

    for (int words = 0; ending(r) == ' ' && words < 2; words++) {
        const char *p;
        int is_one = 0;

        if (find_word(r, r->at + 1) < 0) {
            return -1;
        }
        for (unsigned i = 0; words == 0 && i < sizeof rest / sizeof rest[0]; i++) {
            is_one |= handle(r->word, rest[i], &on);
        }
        p = r->word + 3;
        is_one |= strncmp(r->word, "by:", 3) == 0 && number(&p, UINT8_MAX - 1, &by) && *p == '\0';
        if (!is_one) {
            return fail(r, r->start, expected);
        }
    }
    return ending(r) == '\n' ? 1 : fail(r, r->at, expected);
}

static int read_event_line(struct reader *r, struct event *e)
{
    const struct event none = {0};

    *e = none;
    if (read_thread(r, e) < 0 || read_kind(r, e) < 0 || read_object(r, e) < 0 ||
        read_status(r, e) < 0 || read_irql(r, e) < 0) {
        return -1;
    }
    if (event_is_unknown(*e)) {
        return read_the_rest(r);
    }
    return read_on(r, e) < 0 ? -1 : read_by(r, e);
}

/* The rest of a line that begins with #, however long: 1, or -1 with the error. Keeps what
 * of it fits after the #. */
static int read_comment(struct reader *r, char *text, size_t size)
{
    const size_t most = sizeof r->text - 1;
    unsigned long before = 0; /* characters of the line before those in r->text */
    size_t length = 0, at = 1;

    while (at == most || r->text[at] == '\t' || (r->text[at] & 0x80) != 0 ||
           (r->text[at] >= ' ' && r->text[at] <= '~')) {
        if (at == most) {
            before = before <= ULONG_MAX - most ? before + most : before;
            at = 0;
            (void)read_line(r);
        } else {
            if (length + 1 < size) {
                text[length++] = r->text[at];
            }
            at++;
        }
    }
    text[length] = '\0';
    if (r->text[at] == '\n') {
        return 1;
    }
    return fail(r, before <= ULONG_MAX - at ? before + at : before,
                r->text[at] == '\r'                  ? "LF alone at the end of a line, not CR LF"
                : r->text[at] == '\0' && feof(r->in) ? "LF at the end of the last line"
                                                     : "a printable character, tab or LF");
}

int trace_read_comment(FILE *in, char *text, size_t size, unsigned long *line,
                       struct trace_error *error)
{
    struct reader r = {.in = in, .error = error, .line = next(*line)};
    int c = getc(in);

    (void)ungetc(c, in);
    if (c != '#') {
        return 0;
    }
    (void)read_line(&r);
    *line = r.line;
    return read_comment(&r, text, size);
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

static int read_event(FILE *in, struct event *event, unsigned long *line,
                      struct trace_error *error, int takes_unknown)
{
    struct reader r = {.in = in, .error = error, .takes_unknown = takes_unknown};
    char comment[1];
    int is_comment;

    do {
        r.line = next(*line);
        if (!read_line(&r) && !ferror(in)) {
            return 0;
        }
        *line = r.line;
        is_comment = r.text[0] == '#';
        if (is_comment && read_comment(&r, comment, sizeof comment) < 0) {
            return -1;
        }
    } while (is_comment);
    return read_event_line(&r, event);
}

int trace_read_event(FILE *in, struct event *event, unsigned long *line,
                     struct trace_error *error)
{
    return read_event(in, event, line, error, 0);
}

int trace_read_any_event(FILE *in, struct event *event, unsigned long *line,
                         struct trace_error *error)
{
    return read_event(in, event, line, error, 1);
}

/* Of UTF-8, or of UTF-16 in either order. */
static int has_byte_order_mark(const char *text)
{
    return (text[0] == '\xEF' && text[1] == '\xBB') || (text[0] == '\xFF' && text[1] == '\xFE') ||
           (text[0] == '\xFE' && text[1] == '\xFF');
}

int trace_read_header(FILE *in, struct readings *readings, struct trace_error *error)
{
    const char *title = "closeaf-trace 2";
    const char *in_place_of_1 =
        "version 2 (version 1 lacks the steps of an open and single SAPs, calls and requests)";
    const char *setting = "a reading of readings.def, at most once, such as amb_06=a";
    struct reader r = {.in = in, .error = error, .line = 1};
    struct readings named = {0};

    (void)read_line(&r);
    if (has_byte_order_mark(r.text)) {
        return fail(&r, 0, "UTF-8 without a byte order mark");
    }
    if (read_word(&r, 0, title) < 0) {
        return -1;
    }
    if (ending(&r) != ' ') {
        return fail(&r, r.at, title);
    }
    if (strcmp(r.word, "closeaf-trace") != 0) {
        return fail(&r, r.start, title);
    }
    if (read_word(&r, r.at + 1, title) < 0) {
        return -1;
    }
    if (strcmp(r.word, "2") != 0) {
        return fail(&r, r.start, strcmp(r.word, "1") == 0 ? in_place_of_1 : "version 2");
    }
    while (ending(&r) == ' ') {
        if (read_word(&r, r.at + 1, setting) < 0) {
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

    fputs("closeaf-trace 2", out);
#define READING(name, letter, letters)                \
    if (readings.name != recommended.name) {          \
        fprintf(out, " " #name "=%c", readings.name); \
    }
#include "protocol/readings.def"
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
    if (e.by != 0) {
        fprintf(out, " by:%u", (unsigned)e.by - 1);
    }
    fputc('\n', out);
}
