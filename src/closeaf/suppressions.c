/* suppressions.c - see suppressions.h. */
#define _POSIX_C_SOURCE 200809L
#include "suppressions.h"

#include "nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int complain(const struct suppressions *s, unsigned long line, const char *what,
                    const char *word)
{
    fprintf(stderr, "%s:%lu: %s%s; write RULE [at LINE|at end] [of OBJECT]: REASON\n", s->path,
            line, what, word);
    return 0;
}

static int complain_of_rule(const struct suppressions *s, unsigned long line, const char *word)
{
    struct nearest n = nearest_begin(word);

    for (unsigned q = CONFORMING + 1; q < BOUND_REACHED; q++) {
        nearest_try(&n, requirement_id((enum requirement)q));
    }
    fprintf(stderr, "%s:%lu: no rule is called %s%s%s\n", s->path, line, word,
            n.known != NULL ? "; the nearest is " : "", n.known != NULL ? n.known : "");
    return 0;
}

static int line_of(const char *word, unsigned long *line)
{
    char *end;

    if (strcmp(word, "end") == 0) {
        *line = 0;
        return 1;
    }
    errno = 0;
    *line = strtoul(word, &end, 10);
    return word[0] >= '1' && word[0] <= '9' && *end == '\0' && errno == 0;
}

/* What stands before the colon: the words are taken one by one. */
static int read_what(const struct suppressions *s, struct suppression *p, char *words)
{
    char *rest = NULL;
    const char *word = strtok_r(words, " ", &rest);

    if (word == NULL) {
        return complain(s, p->written_at, "no rule", "");
    }
    p->rule = requirement_of_id(word);
    if (p->rule == REQUIREMENT_COUNT || p->rule == CONFORMING) {
        return complain_of_rule(s, p->written_at, word);
    }
    while ((word = strtok_r(NULL, " ", &rest)) != NULL) {
        const char *value = strtok_r(NULL, " ", &rest);

        if (value == NULL) {
            return complain(s, p->written_at, "nothing behind ", word);
        }
        if (strcmp(word, "at") == 0 ? !line_of(value, &p->line)
                                    : strcmp(word, "of") != 0 ||
                                          !selected_object_of(value, &p->object)) {
            return complain(s, p->written_at, "cannot use ", value);
        }
    }
    return 1;
}

/* The reason stands behind a colon and a space: an object has a colon, too. */
static int read_line(struct suppressions *s, char *text, unsigned long line)
{
    char *colon = strstr(text, ": ");
    struct suppression *p = &s->list[s->count];

    if (s->count == MOST_SUPPRESSIONS) {
        return complain(s, line, "too many: at most 256", "");
    }
    if (colon == NULL || colon[2 + strspn(colon + 2, " ")] == '\0') {
        return complain(s, line, "no reason", "");
    }
    *colon = '\0';
    memset(p, 0, sizeof *p);
    p->line = ANY_LINE;
    p->written_at = line;
    (void)snprintf(p->reason, sizeof p->reason, "%s", colon + 2 + strspn(colon + 2, " "));
    s->count++;
    return read_what(s, p, text);
}

/* Which an editor on Windows puts before a file. */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

int read_suppressions(struct suppressions *s, const char *trace)
{
    char text[1024];
    unsigned long line = 0;
    int good = 1;
    FILE *in;

    s->count = 0;
    if (snprintf(s->path, sizeof s->path, "%s.suppress", trace) >= (int)sizeof s->path ||
        (in = fopen(s->path, "r")) == NULL) {
        s->path[0] = '\0';
        return 1;
    }
    while (good && fgets(text, sizeof text, in) != NULL) {
        size_t length;

        if (line++ == 0 && strncmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
            memmove(text, text + strlen(BYTE_ORDER_MARK), strlen(text + strlen(BYTE_ORDER_MARK)) + 1);
        }
        length = strcspn(text, "\r\n");
        if (text[length] == '\0' && !feof(in)) {
            good = complain(s, line, "the line is too long", "");
        }
        text[length] = '\0';
        if (good && text[0] != '#' && text[strspn(text, " ")] != '\0') {
            good = read_line(s, text, line);
        }
    }
    (void)fclose(in);
    return good;
}

const char *reason_to_suppress(struct suppressions *s, const struct finding *f)
{
    for (unsigned i = 0; i < s->count; i++) {
        struct suppression *p = &s->list[i];

        if (p->rule == f->requirement && (p->line == ANY_LINE || p->line == f->line) &&
            (p->object.kind == NO_OBJECT || is_selected_object(&p->object, f->object))) {
            p->used = 1;
            return p->reason;
        }
    }
    return NULL;
}
