/* possible.h - what may happen next: each event is put to the core, which answers, and its state is
 * put back. Nothing is decided here. */
#ifndef CLOSEAF_POSSIBLE_H
#define CLOSEAF_POSSIBLE_H

#include "trace/findings.h"

/* To be called after each event, before the first question. */
void begin_questions(const struct judge *j);

/* The rights that there are to the object, a bit each; and the same as a JSON object: of each holder
 * what it may do. */
typedef uint32_t rights;
rights rights_to(struct judge *j, struct object o);
void write_rights(FILE *out, enum object_kind kind, rights held);

/* Lines of JSON: of each event that the core judges and each object that is there, or that could
 * begin, with which statuses it would be accepted, and for which requirement it is refused. */
void write_possible(FILE *out, struct judge *j);

/* "client 1", "call manager" or "system": the driver at the other end of NDIS. */
void write_driver(FILE *out, struct judge *j, struct event e);

#endif
