/* lists.c - closeaf rules and closeaf events: the register and the vocabulary, a line each. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include <string.h>
#include <strings.h>

/* One format for both lists, and the words by which they are narrowed. 0: misused. */
static int read_arguments(char ***arguments, const char *verb, int *as_json)
{
    const char *format = "text";

    options_first(*arguments, " --format ");
    for (; at_option(arguments); ++*arguments) {
        if (!is_option(arguments, "--format", &format)) {
            return usage_error(verb, **arguments), 0;
        }
    }
    *as_json = format != NULL && strcmp(format, "json") == 0;
    if (!*as_json && (format == NULL || strcmp(format, "text") != 0)) {
        return usage_error("--format takes text or json", ""), 0;
    }
    return 1;
}

/* How a column is looked at for a word: the whole of it, or one of the parts between slashes; its
 * beginning; or anywhere in it, in capitals or not. */
enum column { IN_PARTS, AT_ITS_BEGINNING, ANYWHERE };

static int has_word(const char *text, const char *word, enum column how)
{
    const size_t length = strlen(word);

    if (how == AT_ITS_BEGINNING) {
        return strncasecmp(text, word, length) == 0;
    }
    if (how == ANYWHERE) {
        while (*text != '\0' && strncasecmp(text, word, length) != 0) {
            text++;
        }
        return *text != '\0';
    }
    for (; *text != '\0'; text += strspn(text, "/")) {
        const size_t part = strcspn(text, "/");

        if (part == length && strncmp(text, word, length) == 0) {
            return 1;
        }
        text += part;
    }
    return 0;
}

/* Each of the words is in one of the columns. One that is something in a column with parts, in any
 * row, is looked for there alone: CM is a call manager, and not what a text says of it. */
static int is_wanted(char **words, const char *const texts[], const enum column how[],
                     size_t count, int (*is_part)(const char *word))
{
    for (; *words != NULL; words++) {
        const int in_parts_alone = is_part(*words);
        int found = 0;

        for (size_t i = 0; i < count; i++) {
            found |= (how[i] == IN_PARTS || !in_parts_alone) && has_word(texts[i], *words, how[i]);
        }
        if (!found) {
            return 0;
        }
    }
    return 1;
}

/* One more that was found: 1, or 0 if it is still to be written as text. */
static int write_as_json(int as_json, unsigned long *found, const char *const names[],
                         const char *const texts[], size_t count)
{
    ++*found;
    if (!as_json) {
        return 0;
    }
    fputs(*found > 1 ? ",\n" : "\n", stdout);
    for (size_t i = 0; i < count; i++) {
        printf("%s\"%s\":", i == 0 ? "{" : ",", names[i]);
        write_json_string(stdout, texts[i]);
    }
    putchar('}');
    return 1;
}

static int nothing_found(char **words)
{
    fprintf(stderr, "closeaf: nothing has the word%s", words[1] != NULL ? "s" : "");
    for (; *words != NULL; words++) {
        fprintf(stderr, " %s", *words);
    }
    fputc('\n', stderr);
    return UNREADABLE;
}

static const char *const levels[] = {"MUST", "SHOULD", "MAY", "-"};

static int is_level_or_actor(const char *word)
{
    int found = 0;

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        found |= strcmp(word, levels[i]) == 0;
    }
    for (unsigned r = CONFORMING + 1; r < BOUND_REACHED; r++) {
        found |= has_word(requirement_actor((enum requirement)r), word, IN_PARTS);
    }
    return found;
}

int rules_verb(char **arguments)
{
    static const char *const names[] = {"id", "level", "actor", "text", "source"};
    static const enum column how[] = {AT_ITS_BEGINNING, IN_PARTS, IN_PARTS, ANYWHERE, ANYWHERE};
    const size_t count = sizeof names / sizeof *names;
    unsigned long found = 0;
    int as_json;

    if (!read_arguments(&arguments, "rules does not know ", &as_json)) {
        return UNREADABLE;
    }
    fputs(as_json ? "{\"rules\":[" : "", stdout);
    for (unsigned i = CONFORMING + 1; i < BOUND_REACHED; i++) {
        const enum requirement r = (enum requirement)i;
        const char *const texts[] = {requirement_id(r), levels[requirement_level(r)],
                                     requirement_actor(r), requirement_text(r),
                                     requirement_source(r)};

        if (!is_wanted(arguments, texts, how, count, is_level_or_actor)) {
            continue;
        }
        if (!write_as_json(as_json, &found, names, texts, count)) {
            char label[64];

            (void)snprintf(label, sizeof label, "%s (%s; %s)", texts[0], texts[1], texts[2]);
            write_wrapped(0, 4, label, texts[3]);
        }
    }
    fputs(as_json ? "\n]}\n" : "", stdout);
    return found > 0 || *arguments == NULL ? GOOD : nothing_found(arguments);
}

static const struct row {
    const char *name, *level, *judge;
} rows[] = {
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {#name, #level, #judge},
#include "protocol/vocabulary.def"
#undef EVENT
};

/* All columns but the name. */
static int is_of_a_column(const char *word)
{
    int found = 0;

    for (uint16_t kind = NO_EVENT + 1; kind < sizeof rows / sizeof *rows; kind++) {
        if (rows[kind].name != NULL) {
            found |= strcmp(word, event_verb(kind)) == 0 || strcmp(word, event_object(kind)) == 0 ||
                     strcmp(word, event_driver(kind)) == 0 || strcmp(word, rows[kind].level) == 0 ||
                     strcmp(word, rows[kind].judge) == 0;
        }
    }
    return found;
}

int events_verb(char **arguments)
{
    static const char *const names[] = {"verb",   "name", "object", "on",
                                        "status", "who",  "level",  "judged by"};
    static const enum column how[] = {IN_PARTS, ANYWHERE, IN_PARTS, IN_PARTS,
                                      IN_PARTS, IN_PARTS, IN_PARTS, IN_PARTS};
    const size_t count = sizeof names / sizeof *names;
    unsigned long found = 0;
    int as_json;

    if (!read_arguments(&arguments, "events does not know ", &as_json)) {
        return UNREADABLE;
    }
    fputs(as_json ? "{\"events\":[" : "", stdout);
    for (uint16_t kind = NO_EVENT + 1; kind < sizeof rows / sizeof *rows; kind++) {
        const char *const texts[] = {event_verb(kind),
                                     event_name(kind),
                                     event_object(kind),
                                     event_on(kind)[0] != '\0' ? event_on(kind) : "-",
                                     event_has_status(kind) ? "status" : "-",
                                     event_driver(kind),
                                     rows[kind].level,
                                     rows[kind].judge};

        if (rows[kind].name == NULL ||
            !is_wanted(arguments, texts, how, count, is_of_a_column)) {
            continue;
        }
        if (!write_as_json(as_json, &found, names, texts, count)) {
            printf("%-6s %-44s %-8s %-8s %-7s %-8s %-9s %s\n", texts[0], texts[1], texts[2],
                   texts[3], texts[4], texts[5], texts[6], texts[7]);
        }
    }
    fputs(as_json ? "\n]}\n" : "", stdout);
    return found > 0 || *arguments == NULL ? GOOD : nothing_found(arguments);
}
