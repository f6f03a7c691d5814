/* rest.h - from where a trace ends to where nothing is owed any more: a way on which nothing begins,
 * and to each step of which the judge has no objection.
 *
 * The search is greedy, in an order that depends on names and numbers alone; where it comes to a dead
 * end it goes back, as far as its bound lets it. A way that is found has been judged to its end. That
 * none is found proves nothing but that the search has found none. */
#ifndef CLOSEAF_REST_H
#define CLOSEAF_REST_H

#include "findings.h"

#define MOST_STEPS 2000u       /* of one way */
#define MOST_STEPS_TRIED 300u /* by one search, if it goes back; the first way down is as long as it is */

enum rest {
    IS_AT_REST,
    HAS_WAY_TO_REST,
    HAS_WAY_TO_REST_BUT_FOR, /* then nothing is left undone by the rules, but something is still out
                                that was begun against them, and that nothing allowed can end */
    HAS_NO_WAY_TO_REST
};

struct way {
    struct judge before; /* after the last line of the trace */
    struct judge at;     /* after the steps */
    unsigned long line;  /* the last of the trace */
    struct event step[MOST_STEPS];
    unsigned length;
    unsigned long tried; /* steps */
};

/* Searches from where j is, after this line. If there is no way, the steps are those of the first dead
 * end. */
enum rest find_rest(struct way *w, const struct judge *j, unsigned long line);

/* Puts at where it is after so many of the steps. */
void go_along(struct way *w, unsigned steps);

/* Whether nothing is left undone, nothing outstanding, no lock held, and no call or callback has not come
 * back. */
int is_at_rest(struct judge *j);

/* The innermost call or callback that the thread stands in; null: in none. */
const struct frame *innermost(const struct nesting *n, unsigned thread);

/* Whether the thread's last event is that it waits, for something that has not come yet as far as can be
 * told: the end of a close can, what a driver waits for otherwise cannot. */
int is_waiting(const struct judge *j, unsigned thread);

#endif
