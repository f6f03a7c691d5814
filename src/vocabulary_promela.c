/* vocabulary_promela.c - prints the vocabulary as Promela constants.
 *
 * The model includes what this program prints (build/vocabulary.pml), so that its
 * numbers are the numbers of the C core, and a row that is added to a table is in
 * both languages at once. */
#include "event.h"
#include "requirement.h"

#include <stdio.h>

int main(void)
{
    puts("/* Made from vocabulary.def, model_vocabulary.def and requirements.def; do not edit. */");
#define EVENT(identifier, verb, name, object, driver, irql, requirement) \
    printf("#define EV_" #identifier " %d\n", identifier);
#include "vocabulary.def"
#include "model_vocabulary.def"
#undef EVENT
    printf("#define EV_COUNT %d\n#define EV_NAMED_COUNT %d\n", EVENT_KIND_COUNT,
           NAMED_EVENT_COUNT);

#define STATUS(identifier) printf("#define ST_" #identifier " %d\n", identifier)
    STATUS(NO_STATUS);
    STATUS(SUCCESS);
    STATUS(PENDING);
    STATUS(NOT_ACCEPTED);
    STATUS(FAILURE);
    STATUS(RESOURCES);
    STATUS(INVALID_DATA);
    STATUS(CLOSING);
    STATUS(NOT_SUPPORTED);
    printf("#define ST_COUNT %d\n#define ST_NAMED_COUNT %d\n", STATUS_COUNT,
           NAMED_STATUS_COUNT);
    printf("#define IRQL_PASSIVE %d\n#define IRQL_DISPATCH %d\n", PASSIVE, DISPATCH);

    printf("#define RQ_CONFORMING %d\n", CONFORMING);
#define REQUIREMENT(identifier, id, priority, actor, text, source) \
    printf("#define RQ_" #identifier " %d\n", identifier);
#include "requirements.def"
#undef REQUIREMENT
    printf("#define RQ_BOUND_REACHED %d\n#define RQ_NOT_AN_EVENT %d\n", BOUND_REACHED,
           NOT_AN_EVENT);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
