/* fields.h - the records of the core in words: each field by its name, each state by that of
 * states.def. */
#ifndef CLOSEAF_FIELDS_H
#define CLOSEAF_FIELDS_H

#include "trace/findings.h"

/* Whether the two cores differ in what write_fields writes. */
int fields_differ(const struct core *a, const struct core *b, enum object_kind kind, uint32_t slot);

/* A JSON object with the fields. The first, which says where the object is in its life, always
 * stands there; any other only if it is not as it began. */
void write_fields(FILE *out, const struct core *c, enum object_kind kind, uint32_t slot);

/* The same of the stack beneath the protocol drivers. */
int stack_differs(const struct core *a, const struct core *b);
void write_stack(FILE *out, const struct core *c);

#endif
