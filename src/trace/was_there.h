/* was_there.h - what was there before the recording began (middle.h), in the judge's own state. */
#ifndef CLOSEAF_WAS_THERE_H
#define CLOSEAF_WAS_THERE_H

#include "findings.h"

/* The first event of the recording tells whether that begins at the beginning. */
void look_where_it_begins(struct judge *j, struct event e, unsigned long line);

/* Before the core is asked: what the event needs has begun. */
void suppose_what_was_there(struct judge *j, struct event e);

/* Nothing was seen of the operation but what follows from its beginning. */
int began_before(struct judge *j, struct event e);

/* What was on its way before the recording: nobody knows how much it was. */
int came_from_before(struct judge *j, struct event e);

#endif
