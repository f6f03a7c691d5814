/* check_tables.c - says which row of the tables in this folder is wrong, and what is wrong with it,
 * as a compiler would. It runs before all else is compiled (Makefile), and so needs none of the
 * headers that are made of the tables.
 *
 * Exit status: 0 all rows are right, 1 one is not. */
#include <stdio.h>
#include <string.h>

struct place {
    const char *file;
    int line;
};

#define HERE {__FILE__, __LINE__}

static const struct event_row {
    struct place place;
    const char *columns;
} events[] = {
#define EVENT(...) {HERE, #__VA_ARGS__},
#include "vocabulary.def"
#undef EVENT
};

static const struct requirement_row {
    struct place place;
    const char *identifier, *id, *priority;
} requirements[] = {
#define REQUIREMENT(identifier, id, priority, actor, text, source) {HERE, #identifier, id, priority},
#include "requirements.def"
#undef REQUIREMENT
};

#define COUNT(rows) (sizeof (rows) / sizeof *(rows))

static int errors;

#define SAY(kind, at, ...) \
    ((void)fprintf(stderr, "%s:%d: " kind ": ", (at).file, (at).line), \
     (void)fprintf(stderr, __VA_ARGS__), (void)fputc('\n', stderr))
#define ERROR(...) (errors++, SAY("error", __VA_ARGS__))
#define NOTE(...) SAY("note", __VA_ARGS__)

/* ---- events ---- */

enum { IDENTIFIER, VERB, NAME, OBJECT, ON, STATUS, WHO, LEVEL, REQUIREMENT_, SECTION, JUDGE, COLUMNS };

/* The columns, and the words of those that have only so many. */
static const struct {
    const char *name, *words;
} columns[COLUMNS] = {
    [IDENTIFIER] = {"identifier", NULL},
    [VERB] = {"verb", "call return enter leave do"},
    [NAME] = {"name", NULL},
    [OBJECT] = {"object", "af binding sap vc party request driver"},
    [ON] = {"on", "none binding af vc"},
    [STATUS] = {"status", "none any"},
    [WHO] = {"who", "client manager owner system"},
    [LEVEL] = {"level", "PASSIVE DISPATCH"},
    [REQUIREMENT_] = {"requirement", NULL},
    [SECTION] = {"section",
                 "opening closing notification sap vc call party client_request manager_request "
                 "af_close_request miniport_request binding registration adapter pnp_event stack "
                 "removal driver thread downstream plain other_pnp_event entry named_lock "
                 "recording"},
    [JUDGE] = {"judge", "core runtime model trace"},
};

/* A column: text, not ended by a NUL byte. */
struct word {
    const char *start;
    int length;
};

static struct word column(const char *row, unsigned number)
{
    struct word w;

    for (; number > 0 && *row != '\0'; number--) {
        row += strcspn(row, ",");
        row += *row == ',';
    }
    w.start = row + strspn(row, " ");
    w.length = (int)strcspn(w.start, ",");
    while (w.length > 0 && w.start[w.length - 1] == ' ') {
        w.length--;
    }
    return w;
}

static int is_same(struct word a, struct word b)
{
    return a.length == b.length && strncmp(a.start, b.start, (size_t)a.length) == 0;
}

static int is_text(struct word w, const char *text)
{
    const struct word other = {text, (int)strlen(text)};

    return is_same(w, other);
}

static int is_among(struct word w, const char *words)
{
    for (; *words != '\0'; words += strspn(words, " ")) {
        const struct word one = {words, (int)strcspn(words, " ")};

        if (is_same(w, one)) {
            return 1;
        }
        words += one.length;
    }
    return 0;
}

static int is_requirement(struct word w)
{
    for (size_t i = 0; i < COUNT(requirements); i++) {
        if (is_text(w, requirements[i].identifier)) {
            return 1;
        }
    }
    return is_text(w, "NONE");
}

static unsigned columns_of(const char *row)
{
    unsigned n = 1;

    for (; *row != '\0'; row++) {
        n += *row == ',';
    }
    return n;
}

static int has_all_columns(const struct event_row *r)
{
    const struct word identifier = column(r->columns, IDENTIFIER);
    const unsigned n = columns_of(r->columns);

    if (n == COLUMNS) {
        return 1;
    }
    ERROR(r->place, "%.*s has %u columns, and an EVENT has %u:", identifier.length,
          identifier.start, n, (unsigned)COLUMNS);
    for (unsigned i = 0; i < COLUMNS; i++) {
        const struct word w = column(r->columns, i);

        NOTE(r->place, "%s: %.*s", columns[i].name, w.length, w.start);
    }
    return 0;
}

static void check_words(const struct event_row *r)
{
    const struct word identifier = column(r->columns, IDENTIFIER);

    for (unsigned i = 0; i < COLUMNS; i++) {
        const struct word w = column(r->columns, i);

        if (w.length == 0) {
            ERROR(r->place, "%.*s has no %s", identifier.length, identifier.start,
                  columns[i].name);
        } else if (columns[i].words != NULL && !is_among(w, columns[i].words)) {
            ERROR(r->place, "%.*s: %s \"%.*s\" is none of: %s", identifier.length,
                  identifier.start, columns[i].name, w.length, w.start, columns[i].words);
        } else if (i == REQUIREMENT_ && !is_requirement(w)) {
            ERROR(r->place, "%.*s: requirement \"%.*s\" is not in requirements.def",
                  identifier.length, identifier.start, w.length, w.start);
        }
    }
    if ((is_text(column(r->columns, VERB), "return") ||
         is_text(column(r->columns, VERB), "leave")) &&
        is_text(column(r->columns, STATUS), "none")) {
        ERROR(r->place, "%.*s: a return or leave is traced for its status, which is none",
              identifier.length, identifier.start);
    }
}

static int same_columns(const struct event_row *a, const struct event_row *b, unsigned first,
                        unsigned last)
{
    for (unsigned i = first; i <= last; i++) {
        if (!is_same(column(a->columns, i), column(b->columns, i))) {
            return 0;
        }
    }
    return 1;
}

/* What an earlier row has, and this one too or otherwise. */
static void check_against_earlier(const struct event_row *r)
{
    const struct word identifier = column(r->columns, IDENTIFIER);

    for (const struct event_row *earlier = events; earlier < r; earlier++) {
        const struct word other = column(earlier->columns, IDENTIFIER);

        if (same_columns(earlier, r, IDENTIFIER, IDENTIFIER)) {
            ERROR(r->place, "%.*s stands in the vocabulary twice", identifier.length,
                  identifier.start);
        } else if (same_columns(earlier, r, VERB, OBJECT)) {
            ERROR(r->place, "%.*s has verb, name and object of %.*s", identifier.length,
                  identifier.start, other.length, other.start);
        } else if (same_columns(earlier, r, SECTION, SECTION) &&
                   !same_columns(earlier, r, JUDGE, JUDGE)) {
            ERROR(r->place, "%.*s is of one section with %.*s, and of another judge",
                  identifier.length, identifier.start, other.length, other.start);
        } else {
            continue;
        }
        NOTE(earlier->place, "%.*s is here", other.length, other.start);
        return;
    }
}

/* ---- requirements ---- */

static void check_requirement(const struct requirement_row *r)
{
    size_t i = 0;

    while (r->id[i] != '\0' && r->identifier[i] == (r->id[i] == '-' ? '_' : r->id[i])) {
        i++;
    }
    if (r->id[i] != '\0' || r->identifier[i] != '\0') {
        ERROR(r->place, "%s has the id \"%s\": they differ in more than - and _", r->identifier,
              r->id);
    }
    if (strcmp(r->priority, "core") != 0 && strcmp(r->priority, "related") != 0) {
        ERROR(r->place, "%s: priority \"%s\" is none of: core related", r->identifier,
              r->priority);
    }
    for (const struct requirement_row *earlier = requirements; earlier < r; earlier++) {
        if (strcmp(earlier->identifier, r->identifier) == 0) {
            ERROR(r->place, "%s stands among the requirements twice", r->identifier);
            NOTE(earlier->place, "%s is here", earlier->identifier);
        }
    }
}

int main(void)
{
    for (const struct event_row *r = events; r < events + COUNT(events); r++) {
        if (has_all_columns(r)) {
            check_words(r);
            check_against_earlier(r);
        }
    }
    for (const struct requirement_row *r = requirements; r < requirements + COUNT(requirements);
         r++) {
        check_requirement(r);
    }
    return errors > 0;
}
