/* vocabulary_promela.c - prints the tables as Promela constants.
 *
 * The model includes what this program prints (build/vocabulary.pml), so that its
 * numbers are the numbers of the C core, and a row that is added to a table is in
 * both languages at once; but what is judged in traces alone, which the model does not know. */
#include "event.h"
#include "requirement.h"
#include "states.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct row {
    const char *verb, *name, *object;
    enum irql highest;
} rows[NAMED_EVENT_COUNT] = {
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {#verb, #name, #object, level},
#include "vocabulary.def"
#undef EVENT
};

static int is_verb(unsigned event, const char *verb)
{
    return rows[event].verb != NULL && strcmp(rows[event].verb, verb) == 0;
}

static int is_call(unsigned event) { return is_verb(event, "call"); }

static int is_passive_callback(unsigned event)
{
    return is_verb(event, "enter") && rows[event].highest == PASSIVE;
}

/* Both ends of a callback at up to DISPATCH_LEVEL, where both have a line. */
static int has_other_end(unsigned event, const char *verb)
{
    for (unsigned other = 0; other < MODEL_EVENT_COUNT; other++) {
        if (is_verb(other, verb) && strcmp(rows[other].name, rows[event].name) == 0 &&
            strcmp(rows[other].object, rows[event].object) == 0) {
            return rows[event].highest == DISPATCH;
        }
    }
    return 0;
}

static int is_callback_with_status(unsigned event)
{
    return is_verb(event, "enter") && has_other_end(event, "leave");
}

static int is_end_of_callback(unsigned event)
{
    return is_verb(event, "leave") && has_other_end(event, "enter");
}

/* Each section once, at its first event, as a macro that tells its events. */
static void print_sections(void)
{
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    if ((int)identifier == (int)FIRST_OF_##section && (int)identifier < (int)MODEL_EVENT_COUNT) { \
        printf("#define FIRST_OF_" #section " %d\n#define LAST_OF_" #section " %d\n", \
               FIRST_OF_##section, LAST_OF_##section); \
    }
#include "vocabulary.def"
#undef EVENT
}

/* A set of events, as a macro that looks its argument up in words of 30 bits. */
static void print_set(const char *name, int (*contains)(unsigned event))
{
    printf("#define %s(event) (", name);
    for (unsigned first = 0; first < MODEL_EVENT_COUNT; first += 30) {
        unsigned word = 0;

        for (unsigned n = 0; n < 30 && first + n < MODEL_EVENT_COUNT; n++) {
            word |= (unsigned)contains(first + n) << n;
        }
        printf("%s((event) / 30 == %u && ((%u >> ((event) %% 30)) & 1))",
               first == 0 ? "" : " || ", first / 30, word);
    }
    puts(")");
}

/* A reading as a variable, which a trace sets. */
static void print_reading(const char *name)
{
    printf("byte %s;\n#define ", name);
    for (const char *c = name; *c != '\0'; c++) {
        putchar(toupper((unsigned char)*c));
    }
    printf(" %s\n", name);
}

/* The initialiser of a struct readings, which the model fills with its letters. */
static void print_letters_of_the_core(void)
{
    static const char *const names[] = {
#define READING(name, recommended, letters) #name,
#include "readings.def"
#undef READING
    };

    fputs("#define LETTERS_OF_THE_CORE", stdout);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        printf("%s .%s = LETTER(", i == 0 ? "" : ",", names[i]);
        for (const char *c = names[i]; *c != '\0'; c++) {
            putchar(toupper((unsigned char)*c));
        }
        putchar(')');
    }
    putchar('\n');
}

int main(void)
{
    puts("/* Made of the tables in src/protocol; do not edit. */");
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    if ((int)identifier < (int)MODEL_EVENT_COUNT) { \
        printf("#define EV_" #identifier " %d\n", identifier); \
    }
#include "vocabulary.def"
#undef EVENT
    printf("#define EV_COUNT %d\n#define EV_NAMED_COUNT %d\n", EVENT_KIND_COUNT,
           MODEL_EVENT_COUNT);
    print_sections();

    print_set("is_call", is_call);
    print_set("is_passive_callback", is_passive_callback);
    print_set("is_callback_with_status", is_callback_with_status);
    print_set("is_end_of_callback", is_end_of_callback);

    printf("#define ST_NO_STATUS %d\n", NO_STATUS);
#define STATUS(name) printf("#define ST_" #name " %d\n", name);
#include "statuses.def"
#undef STATUS
    printf("#define ST_COUNT %d\n", STATUS_COUNT);
    printf("#define IRQL_PASSIVE %d\n#define IRQL_DISPATCH %d\n", PASSIVE, DISPATCH);

#define STATES(kind)
#define STATE(name) printf("#define " #name " %d\n", name);
#define END_OF_STATES
#include "states.def"
#undef END_OF_STATES
#undef STATE
#undef STATES

    print_letters_of_the_core();
    puts("#ifdef TRACE");
#define READING(name, recommended, letters) print_reading(#name);
#include "readings.def"
#undef READING
    puts("#endif");

    printf("#define RQ_CONFORMING %d\n", CONFORMING);
#define REQUIREMENT(identifier, id, priority, actor, text, source) \
    printf("#define RQ_" #identifier " %d\n", identifier);
#include "requirements.def"
#undef REQUIREMENT
    printf("#define RQ_BOUND_REACHED %d\n#define RQ_NOT_AN_EVENT %d\n", BOUND_REACHED,
           NOT_AN_EVENT);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
