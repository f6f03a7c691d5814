/* expected.c - see expected.h. */
#include "expected.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>

/* "AF-CL-02 at 12" or "AF-CL-24 at end". */
static int parse_expectation(const char *text, struct expectation *e)
{
    char id[32], place[16], rest;

    if (sscanf(text, "%31s at %15s %c", id, place, &rest) != 2) {
        return 0;
    }
    e->requirement = requirement_of_id(id);
    e->line = AT_END;
    if (strcmp(place, "end") != 0) {
        char *end;

        e->line = strtoul(place, &end, 10);
        if (*end != '\0' || e->line == 0) {
            return 0;
        }
    }
    return e->requirement != REQUIREMENT_COUNT && e->requirement != CONFORMING;
}

int read_expectations(const char *path, FILE *in, struct expectations *expected)
{
    static const char mark[] = "# expect:";
    char text[256];
    int line_begins = 1;

    expected->count = 0;
    while (fgets(text, sizeof text, in) != NULL) {
        if (line_begins && strncmp(text, mark, sizeof mark - 1) == 0) {
            if (expected->count == MOST_EXPECTED ||
                !parse_expectation(text + sizeof mark - 1,
                                   &expected->list[expected->count])) {
                fprintf(stderr,
                        "%s: cannot use \"%.*s\"; write # expect: ID at LINE, or "
                        "at end, at most %d times\n",
                        input_name(path), (int)strcspn(text, "\n"), text, MOST_EXPECTED);
                return 0;
            }
            expected->count++;
        }
        line_begins = strchr(text, '\n') != NULL;
    }
    rewind(in);
    return 1;
}

int was_expected(struct expectations *expected, const struct finding *f)
{
    for (size_t i = 0; i < expected->count; i++) {
        if (expected->list[i].requirement == f->requirement &&
            expected->list[i].line == f->line) {
            expected->list[i] = expected->list[--expected->count];
            return 1;
        }
    }
    return 0;
}
