/* ambiguities.h - the register of ambiguities in words: readings.def, printed. */
#ifndef CLOSEAF_AMBIGUITIES_H
#define CLOSEAF_AMBIGUITIES_H

#include <stddef.h>

/* The id of the ambiguity with this number, from 0: null behind the last. */
const char *ambiguity_id(size_t number);

/* The number of the ambiguity that has this id, or a reading of this name (AMB-14-CONTEXT),
 * both in capitals and with dashes: -1 if there is none. */
int ambiguity_of(const char *name);

/* Prints one: its question, the pages, its readings with their letters, the recommended one. */
void ambiguity_explain(size_t number);

/* Prints a line for each ambiguity that touches this requirement. */
void ambiguities_that_touch(const char *requirement);

#endif
