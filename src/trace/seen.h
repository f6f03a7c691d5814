/* seen.h - what a trace has told of each object so far. */
#ifndef CLOSEAF_SEEN_H
#define CLOSEAF_SEEN_H

#include "findings.h"

/* How many slots the core has for this kind; 0 of drivers. */
uint32_t table_size(enum object_kind kind);

/* The other way round; NO_OBJECT: no kind has this name. */
enum object_kind object_kind_of(const char *name);

/* Of which object the line carries the handle. */
struct object object_of_event(struct event e);

/* What was seen of the object. */
struct seen *seen_of(struct judge *j, struct object o);

/* What an object hangs on: a party on its VC, that, a SAP and a request on an AF, an AF on
 * its client's binding. */
struct object holder_of(struct judge *j, struct object o);

/* What the event says of that; what it does not say, the core knows. */
struct object said_holder(struct judge *j, struct event e);

/* Sends, requests and received data: which an event puts out, and which comes back. */
int thing_of(uint16_t kind, int *comes_back);

/* Keeps that the object was seen: 1, or 0 if the handle is of one that was there before. */
int remember_object(struct judge *j, struct event e, unsigned long line);

/* Keeps the line of the event. */
void remember_event(struct judge *j, struct event e, unsigned long line);

/* The generation that the core has in the slot; 0 of a driver. */
uint32_t generation_of(const struct core *c, enum object_kind kind, uint32_t slot);

/* The line at which the object ended: its last event of those that end one. */
unsigned long end_of_object(const struct seen *s);

/* Whether the event frees something: a context, parameters, a request. */
int frees(uint16_t kind);

/* Or releases what was allocated, or stores a context. */
int is_about_memory(uint16_t kind);

#endif
