/* explain.c - closeaf explain: a requirement, its source, what judges it and what checks it; an
 * ambiguity; a documented sequence; a function. */
#define _POSIX_C_SOURCE 200809L
#include "ambiguities.h"
#include "command.h"
#include "evidence.h"
#include "nearest.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

struct rule_of_row {
    uint16_t kind;
    const char *highest;
    enum requirement requirement;
};

#define NONE CONFORMING
static const struct rule_of_row rows[] = {
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    {identifier, #level, requirement},
#include "protocol/vocabulary.def"
#undef EVENT
};
#undef NONE

/* How much in this project can fail for a requirement: made by model/matrix --checks. */
static const struct checks {
    const char *id;
    unsigned model, core, contract, defect, test;
} checks[] = {
#define CHECKS(id, model, core, contract, defect, test) {id, model, core, contract, defect, test},
#include "checks.def"
#undef CHECKS
};

static void explain_checks(enum requirement r)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (strcmp(checks[i].id, requirement_id(r)) == 0) {
            printf("    Checks that can fail: %u of the model, %u answers of the core, %u clauses of"
                   " contracts, %u seeded defects, %u traces and tests\n",
                   checks[i].model, checks[i].core, checks[i].contract, checks[i].defect,
                   checks[i].test);
        }
    }
}

static void explain_rows(enum requirement r)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (r != CONFORMING && rows[i].requirement == r &&
            (rows[i].kind < EVENT_KIND_COUNT || rows[i].kind >= MODEL_EVENT_COUNT)) {
            printf("    Judged at: %s %s, above %s_LEVEL\n", event_verb(rows[i].kind),
                   event_name(rows[i].kind), rows[i].highest);
        }
    }
}

/* The documented sequences, with the requirements and ambiguities that each shows. */
static const struct sequence {
    const char *id, *title, *happens, *shows;
} sequences[] = {
#define SEQUENCE(id, title, happens, shows) {id, title, happens, shows},
#include "protocol/sequences.def"
#undef SEQUENCE
};

#define SEQUENCES (sizeof sequences / sizeof *sequences)

static void explain_sequence(const struct sequence *s)
{
    write_wrapped(0, 4, s->id, s->title);
    write_wrapped(4, 4, "What happens", s->happens);
    write_wrapped(4, 4, "Shows", s->shows);
    printf("    Trace: tests/sequences/%s.trace (closeaf draw makes a chart of it)\n", s->id);
}

static void explain_requirement(enum requirement r)
{
    const char *before = "    Shown by: ";

    printf("%s (%s; %s)\n    %s\n    Source: %s\n", requirement_id(r), requirement_priority(r),
           requirement_actor(r), requirement_text(r), requirement_source(r));
    explain_rows(r);
    ambiguities_that_touch(requirement_id(r));
    for (size_t i = 0; i < SEQUENCES; i++) {
        if (strstr(sequences[i].shows, requirement_id(r)) != NULL) {
            printf("%s%s", before, sequences[i].id);
            before = ", ";
        }
    }
    fputs(before[0] == ',' ? "\n" : "", stdout);
    explain_checks(r);
}

/* ---- a function or callback ---- */

/* The name of the page of a function is that of the function in small letters; that of a callback has
 * underscores between its words. */
static int is_but_for_underscores(const char *page, const char *end, const char *name)
{
    for (; page < end; page++) {
        if (*page != '_' && *page != tolower((unsigned char)*name++)) {
            return 0;
        }
    }
    return *name == '\0';
}

static int is_of_page(const char *source, const char *name)
{
    for (const char *end; (source = strstr(source, "-ndis-")) != NULL; source = end) {
        source += strlen("-ndis-");
        end = source + strcspn(source, ".");
        if (is_but_for_underscores(source, end, name)) {
            return 1;
        }
    }
    return 0;
}

static int names(const char *text, const char *name)
{
    const size_t length = strlen(name);

    for (const char *at = text; (at = strstr(at, name)) != NULL; at += length) {
        if (!isalnum((unsigned char)at[length]) && (at == text || !isalnum((unsigned char)at[-1]))) {
            return 1;
        }
    }
    return 0;
}

/* Its name without what tells two rows apart, in the capitals of the documents; or null. */
static const char *function_of(const char *argument, char *name, size_t size)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        (void)snprintf(name, size, "%.*s", (int)strcspn(event_name(rows[i].kind), "/"),
                       event_name(rows[i].kind));
        if (strcasecmp(name, argument) == 0 || strcasecmp(event_name(rows[i].kind), argument) == 0) {
            return name;
        }
    }
    return NULL;
}

static void explain_function(const char *name)
{
    printf("%s\n", name);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *row = event_name(rows[i].kind);

        if (strncmp(row, name, strlen(name)) == 0 && strchr("/", row[strlen(name)]) != NULL) {
            printf("    %s %s %s, at most at %s_LEVEL\n", event_verb(rows[i].kind), row,
                   event_object(rows[i].kind), rows[i].highest);
        }
    }
    for (unsigned i = CONFORMING + 1; i < BOUND_REACHED; i++) {
        const enum requirement r = (enum requirement)i;

        if (names(requirement_text(r), name) || is_of_page(requirement_source(r), name)) {
            write_wrapped(2, 4, requirement_id(r), requirement_text(r));
        }
    }
}

/* ---- the nearest id to a word that is none ---- */

#define LONGEST_ID 31 /* of those that are compared */

static int unknown(const char *argument, const char *word)
{
    struct nearest n = nearest_begin(word);

    for (unsigned r = CONFORMING + 1; r < BOUND_REACHED; r++) {
        nearest_try(&n, requirement_id((enum requirement)r));
    }
    for (size_t i = 0; ambiguity_id(i) != NULL; i++) {
        nearest_try(&n, ambiguity_id(i));
    }
    for (size_t i = 0; i < SEQUENCES; i++) {
        nearest_try(&n, sequences[i].id);
    }
    for (size_t i = 0; n.known == NULL && i < sizeof rows / sizeof *rows; i++) {
        struct nearest function = nearest_begin(argument);

        nearest_try(&function, event_name(rows[i].kind));
        if (function.known != NULL && function.distance < 4) {
            n.known = function.known;
        }
    }
    fprintf(stderr, "closeaf: no requirement, ambiguity, sequence or function is called %s%s%s\n", argument,
            n.known != NULL ? "; the nearest is " : "; try: closeaf explain --help",
            n.known != NULL ? n.known : "");
    return UNREADABLE;
}

/* As an id is written: in capitals, with dashes. A word that is too long is none. */
static int as_id(char *id, const char *argument)
{
    size_t i = 0;

    for (; i < LONGEST_ID && argument[i] != '\0'; i++) {
        id[i] = argument[i] == '_' ? '-' : (char)toupper((unsigned char)argument[i]);
    }
    id[i] = '\0';
    return argument[i] == '\0';
}

static int explain(const char *argument, int with_evidence)
{
    char id[LONGEST_ID + 1], name[96];
    const int fits = as_id(id, argument);
    const enum requirement r = requirement_of_id(id);
    const int ambiguity = ambiguity_of(id);

    if (fits && r != REQUIREMENT_COUNT) {
        explain_requirement(r);
        return with_evidence ? show_evidence(requirement_id(r)) : GOOD;
    }
    if (fits && ambiguity >= 0) {
        ambiguity_explain((size_t)ambiguity);
        return GOOD;
    }
    for (size_t i = 0; i < SEQUENCES && fits; i++) {
        if (strcmp(sequences[i].id, id) == 0) {
            explain_sequence(&sequences[i]);
            return GOOD;
        }
    }
    if (function_of(argument, name, sizeof name) != NULL) {
        explain_function(name);
        return GOOD;
    }
    return unknown(argument, id);
}

int explain_verb(char **arguments)
{
    int result = GOOD, with_evidence = 0;

    options_first(arguments, " ");
    for (; at_option(&arguments); arguments++) {
        if (strcmp(*arguments, "--evidence") != 0) {
            return usage_error("explain does not know ", *arguments);
        }
        with_evidence = 1;
    }
    if (*arguments == NULL) {
        return usage_error("explain needs an id, as in AF-CL-02, AMB-06 or SEQ-08, or a function", "");
    }
    for (; *arguments != NULL; arguments++) {
        result = worse(result, explain(*arguments, with_evidence));
    }
    return result;
}
