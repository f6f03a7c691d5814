/* ambiguities.c - see ambiguities.h; and the verb that lists the readings of a trace. */
#include "ambiguities.h"

#include "command.h"

#include <ctype.h>
#include <string.h>

static const struct ambiguity {
    const char *id, *question, *pages, *why, *touches;
} ambiguities[] = {
#define AMBIGUITY(id, question, pages, why, touches) {id, question, pages, why, touches},
#define READING(name, recommended, letters)
#include "protocol/readings.def"
#undef READING
};

/* What stands in a reading: its own question, or a letter. */
struct answer {
    enum { END, QUESTION, LETTER_OF_CORE, LETTER_OF_MODEL } kind;
    const char *letter, *text, *follows;
};

#define MOST_ANSWERS 7

/* Of the core first, a trace may name it; its recommended letter is a string too. */
static const struct reading {
    int in_traces;
    const char *name, *recommended;
    struct answer answers[MOST_ANSWERS]; /* the last is END */
} readings[] = {
#define READING(name, recommended, letters) {1, #name, #recommended, {letters {0}}},
#define MODEL_READING(name, recommended, letters) {0, #name, recommended, {letters {0}}},
#define ASKS(question) {QUESTION, "", question, ""},
#define LETTER(letter, text, follows) {LETTER_OF_CORE, letter, text, follows},
#define LETTER_AS(letter, word, text, follows) {LETTER_OF_CORE, letter, text, follows},
#define MODEL_LETTER(letter, text, follows) {LETTER_OF_MODEL, letter, text, follows},
#include "protocol/readings.def"
#undef READING
};

#define AMBIGUITIES (sizeof ambiguities / sizeof *ambiguities)
#define READINGS (sizeof readings / sizeof *readings)
#define LENGTH_OF_ID (sizeof "AMB-06" - 1)

const char *ambiguity_id(size_t number)
{
    return number < AMBIGUITIES ? ambiguities[number].id : NULL;
}

/* Whether the reading has this name, in capitals and with dashes, or, if it is no longer, the
 * number of this id. */
static int is_of(const struct reading *r, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char c = r->name[i] == '_' ? '-' : (char)toupper((unsigned char)r->name[i]);

        if (c != name[i]) {
            return 0;
        }
    }
    return 1;
}

int ambiguity_of(const char *name)
{
    const size_t length = strlen(name);

    for (size_t i = 0; i < AMBIGUITIES; i++) {
        int found = strcmp(ambiguities[i].id, name) == 0;

        for (size_t j = 0; j < READINGS && !found; j++) {
            found = strlen(readings[j].name) == length && is_of(&readings[j], name, length) &&
                    strncmp(ambiguities[i].id, name, LENGTH_OF_ID) == 0;
        }
        if (found) {
            return (int)i;
        }
    }
    return -1;
}

/* The letter alone: that of the core stands in quotes. */
static int is_recommended(const struct reading *r, const char *letter)
{
    return r->in_traces ? r->recommended[1] == letter[0] : strcmp(r->recommended, letter) == 0;
}

static const char *question_of(const struct reading *r)
{
    for (const struct answer *a = r->answers; a->kind != END; a++) {
        if (a->kind == QUESTION) {
            return a->text;
        }
    }
    for (size_t i = 0; i < AMBIGUITIES; i++) {
        if (is_of(r, ambiguities[i].id, LENGTH_OF_ID)) {
            return ambiguities[i].question;
        }
    }
    return "";
}

static void explain_reading(const struct reading *r)
{
    const char *question = "";

    for (const struct answer *a = r->answers; a->kind != END; a++) {
        question = a->kind == QUESTION ? a->text : question;
    }
    write_wrapped(4, 4, r->name, question);
    for (const struct answer *a = r->answers; a->kind != END; a++) {
        if (a->kind != QUESTION) {
            printf("      %c ", is_recommended(r, a->letter) ? '*' : ' ');
            write_wrapped(0, 8, a->letter, a->text);
            write_wrapped(11, 2, "then", a->follows);
        }
        if (r->in_traces && a->kind == LETTER_OF_MODEL) {
            puts("           (the model alone has this letter)");
        }
    }
    if (strncmp(r->recommended, "AMB_", 4) == 0) {
        printf("        the letter of %s, if no other is set\n", r->recommended);
    }
}

/* How to set its readings: in a trace, in a configuration of the model. */
static void tell_who_reads(const struct ambiguity *a)
{
    const char *in_traces = "    A trace may name, and closeaf check --reading may set: ";
    const char *in_model = "    Settings of the model alone: ";

    for (int traces = 1; traces >= 0; traces--) {
        const char *before = traces ? in_traces : in_model;

        for (size_t i = 0; i < READINGS; i++) {
            if (readings[i].in_traces == traces && is_of(&readings[i], a->id, LENGTH_OF_ID)) {
                printf("%s%s", before, readings[i].name);
                before = ", ";
            }
        }
        fputs(before[0] == ',' ? "\n" : "", stdout);
    }
}

void ambiguity_explain(size_t number)
{
    const struct ambiguity *a = &ambiguities[number];

    write_wrapped(0, 4, a->id, a->question);
    write_wrapped(4, 4, "Pages", a->pages);
    for (size_t i = 0; i < READINGS; i++) {
        if (is_of(&readings[i], a->id, LENGTH_OF_ID)) {
            explain_reading(&readings[i]);
        }
    }
    write_wrapped(4, 4, "Why the letters marked * are recommended", a->why);
    write_wrapped(4, 4, "Requirements that it touches", a->touches);
    tell_who_reads(a);
}

void ambiguities_that_touch(const char *requirement)
{
    const size_t length = strlen(requirement);

    for (size_t i = 0; i < AMBIGUITIES; i++) {
        const char *found = strstr(ambiguities[i].touches, requirement);

        if (found != NULL && (found[length] == ',' || found[length] == '\0')) {
            printf("    Left open by the documents: %s (closeaf explain %s)\n",
                   ambiguities[i].question, ambiguities[i].id);
        }
    }
}

static void print_as_text(const struct reading *r)
{
    printf("%-14s ", r->name);
    for (const struct answer *a = r->answers; a->kind != END; a++) {
        fputs(a->kind == LETTER_OF_CORE ? a->letter : "", stdout);
    }
    printf(" %c %s\n", r->recommended[1], question_of(r));
    for (const struct answer *a = r->answers; a->kind != END; a++) {
        if (a->kind == LETTER_OF_CORE) {
            printf("               %c %s: %s\n", is_recommended(r, a->letter) ? '*' : ' ',
                   a->letter, a->text);
        }
    }
}

static void print_as_json(const struct reading *r)
{
    const char *before = "";

    printf("{\"name\":\"%s\",\"recommended\":\"%c\",\"question\":", r->name, r->recommended[1]);
    write_json_string(stdout, question_of(r));
    fputs(",\"letters\":{", stdout);
    for (const struct answer *a = r->answers; a->kind != END; a++) {
        if (a->kind == LETTER_OF_CORE) {
            printf("%s\"%s\":", before, a->letter);
            write_json_string(stdout, a->text);
            before = ",";
        }
    }
    fputs("}}", stdout);
}

int readings_verb(char **arguments)
{
    const char *format = "text", *before = "";
    int as_json;

    for (; *arguments != NULL; arguments++) {
        if (!is_option(&arguments, "--format", &format)) {
            return usage_error("readings does not know ", *arguments);
        }
    }
    as_json = format != NULL && strcmp(format, "json") == 0;
    if (!as_json && (format == NULL || strcmp(format, "text") != 0)) {
        return usage_error("--format takes text or json", "");
    }
    fputs(as_json ? "{\"readings\":[\n" : "", stdout);
    for (size_t i = 0; i < READINGS; i++) {
        if (readings[i].in_traces && as_json) {
            fputs(before, stdout);
            print_as_json(&readings[i]);
            before = ",\n";
        } else if (readings[i].in_traces) {
            print_as_text(&readings[i]);
        }
    }
    fputs(as_json ? "\n]}\n" : "", stdout);
    return GOOD;
}
