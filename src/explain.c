/* explain.c - closeaf explain: a requirement, its source, and what judges it. */
#include "command.h"

#include <string.h>

struct rule_of_row {
    const char *verb, *name, *highest;
    enum requirement requirement;
};

#define NONE CONFORMING
static const struct rule_of_row rows[] = {
#define EVENT(identifier, verb, name, object, driver, highest, requirement) \
    {#verb, #name, #highest, requirement},
#include "vocabulary.def"
#include "object_vocabulary.def"
#undef EVENT
};
#undef NONE

static void explain_rows(enum requirement r)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].requirement == r) {
            printf("    Judged at: %s %s, above %s_LEVEL\n", rows[i].verb, rows[i].name,
                   rows[i].highest);
        }
    }
}

int explain_verb(char **arguments)
{
    if (*arguments == NULL) {
        return usage_error("explain needs an id, as in AF-CL-02", "");
    }
    for (; *arguments != NULL; arguments++) {
        enum requirement r = requirement_of_id(*arguments);

        if (r == REQUIREMENT_COUNT) {
            return usage_error("no such requirement: ", *arguments);
        }
        printf("%s (%s; %s)\n    %s\n    Source: %s\n", requirement_id(r),
               requirement_priority(r), requirement_actor(r), requirement_text(r),
               requirement_source(r));
        explain_rows(r);
    }
    return GOOD;
}
