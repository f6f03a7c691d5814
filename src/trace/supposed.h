/* supposed.h - goes on from an event that was not allowed.
 *
 * The core refuses such an event and leaves its state as it was; but the event has happened. What
 * it leaves behind is found here, by the core's own steps, so that the state stays consistent:
 *
 * - the same event as it should have been: at PASSIVE_LEVEL, by the function of this kind of call
 *   manager, with another status (returned is returned);
 * - if something was still to be done before it, that is supposed to have been done: the shortest
 *   sequence of events that only end what has begun (closed is closed, freed is freed). If one of
 *   them happens later, it is late and is no finding of its own;
 * - if the object was never seen, its beginning is supposed too;
 * - else it leaves nothing: it came a second time, or cannot be. What follows from it in the same
 *   operation (its callback, its return, its completion) is no finding of its own either; nor is
 *   anything on an object that it began. */
#ifndef CLOSEAF_SUPPOSED_H
#define CLOSEAF_SUPPOSED_H

#include <stddef.h>

#include "core/core.h"

#define MOST_SUPPOSED 16
#define MOST_LATE 128
#define MOST_STRAY 32
#define MOST_STATES 6000u /* looked at in one trace, in search of what should have been done */

/* An event that has left nothing, and what may follow from it. */
struct stray {
    uint16_t kind;
    struct handle object;
    uint32_t state; /* a number of the state in which it came: it need not be looked at again */
};

/* An event that was taken to have another status. */
#define MOST_MENDED 16
struct mended {
    struct event event;
    uint8_t taken_as;
};

struct going_on {
    struct event late[MOST_LATE]; /* supposed, and not seen yet */
    unsigned late_count;
    struct stray stray[MOST_STRAY];
    unsigned stray_count; /* the oldest is forgotten first */
    struct mended mended[MOST_MENDED];
    unsigned mended_count; /* so are these */
    unsigned states;      /* looked at so far */
    int nothing_has_failed; /* is to be supposed of what came before the event */
};

/* Whether the event, which the core refuses, is no finding of its own: it is late, or it follows
 * from an event that has left nothing. */
int is_consequence(struct going_on *g, struct event e);

/* Whether the event goes on with a status that was taken for another one: c has it then as it would
 * follow from that. */
int follows_from_mended(const struct going_on *g, struct core *c, struct event e);

/* Whether this event of the object was supposed, and not seen to happen. */
int is_only_supposed(const struct going_on *g, uint16_t kind, struct handle object);

/* Whether something was supposed of the object that was not seen to happen. */
int rests_on_supposed(const struct going_on *g, const char *kind, struct handle object);

/* The events of each operation, in the order in which one follows from another; NO_EVENT behind. */
#define LONGEST_OPERATION 12
const uint16_t *operation_of(unsigned which);
unsigned operation_count(void);

/* Whether the second event follows from the first in the same operation. */
int follows(uint16_t first, uint16_t second);

/* A status that says that it did not work; none at all says nothing. */
int is_failure(uint8_t status);

/* The core takes the second event behind the first, and has taken both: 1; or it is as it was. */
int core_takes_both(struct core *c, struct event first, struct event second);

/* Whether the event begins its object. */
int begins_its_object(uint16_t kind);

/* Whether it begins something. All others end, answer, return or free. */
int begins_something(uint16_t kind);

/* The events that the core judges, from 1 on, in an order that depends on their names alone. */
const uint16_t *events_by_name(void);

/* What an MCM calls instead of this, or a stand-alone call manager; the same if both do. */
uint16_t twin_of(uint16_t kind);

/* It was taken to have happened; if it comes later, it is no finding of its own. */
void was_supposed(struct going_on *g, struct event e);

/* It was supposed, and has been seen to happen: before. */
void is_not_late(struct going_on *g, struct event e);

/* Whether the core takes the event by, done by some thread and with some status, of failure too if
 * that may be; e is what it should lead to, or null. */
int is_done_by_somebody(struct core *c, struct event *by, const struct event *e, int may_fail);

/* What follows from this event is no finding of its own. */
void consequences_follow(struct going_on *g, struct event e);

enum going_on_by {
    WENT_ON_AS_IT_SHOULD_BE, /* a like event would have been right */
    WENT_ON_SUPPOSING,       /* something had to be done before */
    LEFT_NOTHING
};

/* After the core has refused the event: c goes on from what is now true. way receives what was
 * supposed. */
enum going_on_by go_on_from(struct going_on *g, struct core *c, struct event e,
                            struct event way[MOST_SUPPOSED], unsigned *length);

/* The shortest way on which nothing begins, to a state in which nothing is left undone: 1, or 0 if
 * none was found. */
#define MOST_TO_REST 60
int way_to_rest(struct core *c, struct event way[MOST_TO_REST], unsigned *length);

/* Whether the search was given up in this trace: what comes after may be named though it only
 * follows from an earlier breach. */
int has_given_up(const struct going_on *g);

/* A number of what stands there, for searches that look whether they have been somewhere: the one before,
 * FIRST_NUMBER at first, mixed with it. */
#define FIRST_NUMBER 14695981039346656037u
uint64_t mixed(uint64_t number, const void *from, size_t size);

#endif
