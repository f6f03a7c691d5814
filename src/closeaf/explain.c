/* explain.c - closeaf explain: a requirement, its source, what judges it and what checks it. */
#include "command.h"

#include <string.h>

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
        if (r != CONFORMING && rows[i].requirement == r && rows[i].kind < EVENT_KIND_COUNT) {
            printf("    Judged at: %s %s, above %s_LEVEL\n", event_verb(rows[i].kind),
                   event_name(rows[i].kind), rows[i].highest);
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
        explain_checks(r);
    }
    return GOOD;
}
