/* nesting.h - calls and callbacks nest on a thread (REC-01): what was called or entered last
 * returns or leaves first, on the same thread, and nothing is done in it at a lower IRQL.
 *
 * A recording may leave out returns: only what cannot be is found. What has a name that is unknown
 * nests too; its level says nothing. */
#ifndef CLOSEAF_NESTING_H
#define CLOSEAF_NESTING_H

#include "core/core.h"

#define MOST_FRAMES 24
#define THREADS 256

/* A call or a callback that has not come back. */
struct frame {
    struct event begun;
    unsigned long since;  /* the line */
    unsigned long passed; /* the line at which something around it came back before; 0: none */
    struct event passed_by;
    int is_untold;        /* it must have come back, though no line says so (came_back.h) */
    int is_told;          /* REC-01 was said of it: once is enough, however long it stays */
};

struct nesting {
    struct frame frames[THREADS][MOST_FRAMES];
    uint8_t depth[THREADS];
    struct event last[THREADS]; /* of each thread, and its line; 0: it was not seen */
    unsigned long last_line[THREADS];
    /* Of the last event: */
    int lacks_beginning;  /* it came back from what was never seen to begin */
    int ends_nothing;     /* it came back from nothing that had begun on its thread */
    struct event instead; /* then: what had begun last there, of the same name and another object; kind
                             NO_EVENT if nothing had */
};

/* Whether it may still be there. */
int is_open_frame(const struct frame *frame);

/* Of a return the call, of a leave the enter; NO_EVENT of anything else. */
uint16_t beginning_of(uint16_t kind);

/* Whether such a call returns, or such a callback is left; an unknown one may. */
int has_an_end(uint16_t kind);

/* Takes the next event. 0, or the line of the event that cannot be, which is *wrong: this one, or
 * an earlier one that came back before what it had called. */
unsigned long nest(struct nesting *n, struct event e, unsigned long line, struct event *wrong);

/* The return of a function that makes a request of a binding: few recordings have it, so it ends no frame. */
int returns_a_request(uint16_t kind);

#endif
