/* command.c - see command.h. */
#define _GNU_SOURCE /* fopencookie, which musl has too */
#include "command.h"
#include "nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST_OPTION 31

int worse(int a, int b) { return a > b ? a : b; }

static const char *help_text = "";

void known_options(const char *help) { help_text = help; }

int usage_error(const char *what, const char *which)
{
    char word[LONGEST_OPTION + 1], known[LONGEST_OPTION + 1], nearest[LONGEST_OPTION + 1] = "";
    struct nearest n;

    (void)snprintf(word, sizeof word, "%.*s", (int)strcspn(which, "="), which);
    n = nearest_begin(word);
    for (const char *at = help_text; strncmp(which, "--", 2) == 0 && (at = strstr(at, "--")) != NULL;
         at += 2) {
        (void)snprintf(known, sizeof known, "%.*s", (int)strcspn(at, "= \n"), at);
        nearest_try(&n, known);
        if (n.known == known) {
            (void)snprintf(nearest, sizeof nearest, "%s", known);
            n.known = nearest;
        }
    }
    fprintf(stderr, "closeaf: %s%s; %s%s\n", what, which,
            nearest[0] != '\0' ? "the nearest is " : "try: closeaf --help", nearest);
    return UNREADABLE;
}

int is_option(char ***argument, const char *option, const char **value)
{
    size_t length = strlen(option);

    if (strncmp(**argument, option, length) != 0) {
        return 0;
    }
    if ((**argument)[length] == '=') {
        *value = **argument + length + 1;
        return 1;
    }
    if ((**argument)[length] != '\0') {
        return 0;
    }
    *value = (*argument)[1];
    if (*value != NULL) {
        ++*argument;
    }
    return 1;
}

int read_number(const char *text, unsigned long least, unsigned long most,
                       unsigned long *number)
{
    char *end;

    if (text == NULL || *text < '0' || *text > '9') {
        return 0;
    }
    errno = 0;
    *number = strtoul(text, &end, 10);
    return *end == '\0' && errno == 0 && *number >= least && *number <= most;
}

int at_option(char ***arguments)
{
    const char *argument = **arguments;

    if (argument == NULL || argument[0] != '-' || argument[1] == '\0') {
        return 0;
    }
    if (strcmp(argument, "--") == 0) {
        ++*arguments;
        return 0;
    }
    return 1;
}

void options_first(char **arguments, const char *with_value)
{
    size_t first = 0; /* of the files */
    char option[LONGEST_OPTION + 3];

    for (size_t i = 0; arguments[i] != NULL && strcmp(arguments[i], "--") != 0; i++) {
        size_t words = 1;

        if (arguments[i][0] != '-' || arguments[i][1] == '\0') {
            continue;
        }
        (void)snprintf(option, sizeof option, " %s ", arguments[i]);
        if (strstr(with_value, option) != NULL && arguments[i + 1] != NULL) {
            words = 2;
        }
        for (; words > 0; words--, i++, first++) {
            char *word = arguments[i];

            memmove(&arguments[first + 1], &arguments[first], (i - first) * sizeof *arguments);
            arguments[first] = word;
        }
        i--;
    }
}

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

FILE *open_input(const char *path)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    struct stat about;

    if (in != NULL && fstat(fileno(in), &about) == 0 && S_ISDIR(about.st_mode)) {
        close_input(in);
        in = NULL;
        errno = EISDIR;
    }
    if (in == NULL) {
        fprintf(stderr, "closeaf: cannot open %s: %s\n", input_name(path), strerror(errno));
    }
    return in;
}

void close_input(FILE *in)
{
    if (in != stdin) {
        (void)fclose(in);
    }
}

FILE *open_input_twice(const char *path)
{
    FILE *in = open_input(path);
    FILE *copy;
    char block[65536];
    size_t size;
    int failed;

    if (in == NULL || fseek(in, 0, SEEK_SET) == 0) {
        return in;
    }
    copy = tmpfile();
    failed = copy == NULL;
    while (!failed && (size = fread(block, 1, sizeof block, in)) > 0) {
        failed = fwrite(block, 1, size, copy) != size;
    }
    if (failed || ferror(in) || fflush(copy) != 0) {
        fprintf(stderr, "closeaf: cannot copy %s: %s\n", input_name(path), strerror(errno));
        if (copy != NULL) {
            (void)fclose(copy);
        }
        copy = NULL;
    } else {
        rewind(copy);
    }
    close_input(in);
    return copy;
}

static ssize_t read_and_copy(void *cookie, char *buffer, size_t size)
{
    struct copied_input *c = cookie;
    const ssize_t count = read(fileno(c->from), buffer, size);

    if (count > 0 && c->to != NULL) {
        c->size += (unsigned long)count;
        if (c->size > MOST_COPIED || fwrite(buffer, 1, (size_t)count, c->to) != (size_t)count) {
            (void)fclose(c->to);
            c->to = NULL;
        }
    }
    return count;
}

int open_copied(struct copied_input *c, const char *path)
{
    const cookie_io_functions_t functions = {.read = read_and_copy};

    memset(c, 0, sizeof *c);
    c->from = open_input(path);
    if (c->from == NULL) {
        return 0;
    }
    if (fseek(c->from, 0, SEEK_SET) == 0) {
        c->in = c->from;
        return 1;
    }
    c->to = tmpfile();
    c->in = fopencookie(c, "r", functions);
    if (c->in == NULL) {
        fprintf(stderr, "closeaf: cannot read %s: %s\n", input_name(path), strerror(errno));
        close_copied(c);
    }
    return c->in != NULL;
}

FILE *copy_of_input(const struct copied_input *c) { return c->in == c->from ? c->in : c->to; }

void close_copied(struct copied_input *c)
{
    if (c->in != NULL && c->in != c->from) {
        (void)fclose(c->in);
    }
    if (c->to != NULL) {
        (void)fclose(c->to);
    }
    close_input(c->from);
}

int unreadable(const char *path, const struct trace_error *e)
{
    fprintf(stderr, "%s:%lu:%lu: not a trace: expected %s\n", input_name(path), e->line,
            e->column, e->expected);
    return UNREADABLE;
}

/* The length of the UTF-8 sequence that begins here, 0 if none does. */
static unsigned utf8_length(const unsigned char *p)
{
    unsigned length = *p < 0x80 ? 1 : *p >= 0xF0 ? 4 : *p >= 0xE0 ? 3 : 2;

    if ((*p >= 0x80 && *p < 0xC2) || *p > 0xF4 || (*p == 0xE0 && p[1] < 0xA0) ||
        (*p == 0xED && p[1] > 0x9F) || (*p == 0xF0 && p[1] < 0x90) ||
        (*p == 0xF4 && p[1] > 0x8F)) {
        return 0;
    }
    for (unsigned i = 1; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

void write_json_string(FILE *out, const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    fputc('"', out);
    while (*p != '\0') {
        unsigned length = utf8_length(p);

        if (length == 0) {
            fputs("\\ufffd", out);
            length = 1;
        } else if (*p == '"' || *p == '\\') {
            fprintf(out, "\\%c", *p);
        } else if (*p < 0x20) {
            fprintf(out, "\\u%04x", *p);
        } else {
            (void)fwrite(p, 1, length, out);
        }
        p += length;
    }
    fputc('"', out);
}

/* The characters of a word, up to the next space; a character in UTF-8 counts once. */
static unsigned columns_of(const char *word)
{
    unsigned columns = 0;

    for (; *word != ' ' && *word != '\0'; word++) {
        columns += ((unsigned char)*word & 0xC0) != 0x80;
    }
    return columns;
}

void write_wrapped(unsigned indent, unsigned more, const char *label, const char *text)
{
    unsigned column = (unsigned)printf("%*s%s:", (int)indent, "", label);

    while (*text != '\0') {
        const unsigned length = columns_of(text);

        if (column + 1 + length > 96) {
            printf("\n%*s", (int)(indent + more - 1), "");
            column = indent + more - 1;
        }
        column += (unsigned)printf(" %.*s", (int)strcspn(text, " "), text) > 0 ? 1 + length : 0;
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    putchar('\n');
}

/* Whoever acts, in the words of a driver writer. */
static const char *actor_of(struct event e)
{
    const char *driver = event_driver(e.kind);

    return strcmp(driver, "manager") == 0 ? "call manager"
           : strcmp(driver, "owner") == 0 || driver[0] == '\0' ? "driver" /* of an unknown name nobody knows */
                                          : driver;
}

void write_event_in_words(FILE *out, struct event e)
{
    const char *verb = event_verb(e.kind);
    const char *name = event_name(e.kind);

    if (strcmp(verb, "call") == 0) {
        fprintf(out, "the %s calls %s", actor_of(e), name);
    } else if (strcmp(verb, "enter") == 0) {
        fprintf(out, "NDIS calls %s", name);
    } else if (strcmp(verb, "do") == 0) {
        fprintf(out, "the %s: %s", actor_of(e), name);
    } else {
        fprintf(out, "%s returns", name);
    }
    if (e.status != NO_STATUS) {
        fprintf(out, " %s", status_name(e.status));
    }
    fprintf(out, " (%s:%lu.%lu, thread t%u, %s_LEVEL)", event_object(e.kind),
            (unsigned long)e.object.slot, (unsigned long)e.object.generation,
            (unsigned)e.thread, irql_name(e.irql));
    if (e.by != 0) {
        fprintf(out, " by the driver of binding %u", (unsigned)e.by - 1);
    }
}
