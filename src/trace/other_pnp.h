/* other_pnp.h - the PnP events that the core does not know (vocabulary.def, section other_pnp_event):
 * what a driver may answer, and that what it pends is completed once.
 *
 * Nothing says that NDIS waits for the answer to one before it tells the next. Each is kept by
 * itself. */
#ifndef CLOSEAF_OTHER_PNP_H
#define CLOSEAF_OTHER_PNP_H

#include "core/core.h"

#define OTHER_PNP_COUNT ((LAST_OF_other_pnp_event - FIRST_OF_other_pnp_event + 1) / 3)
#define SLOTS_TOLD (MAX_BINDING + 1) /* one stands for those beyond */

struct told {
    uint32_t generation;
    unsigned long since; /* the line of the last that is not answered yet */
    uint8_t inside;      /* entered, and not left */
    uint8_t early;       /* of these: completed before the callback returned */
    uint8_t pended;
};

struct other_pnp {
    struct told told[OTHER_PNP_COUNT][SLOTS_TOLD];
};

int is_other_pnp_event(uint16_t kind);

/* Takes the event: what it breaks, or CONFORMING. */
enum requirement other_pnp_step(struct other_pnp *o, struct event e, unsigned long line);

/* The which-th that may be out, counted from 0: its enter and its object if it is, and whether the
 * callback has pended it; 0 behind the last. */
struct told_event {
    uint16_t enter;
    struct handle object;
    unsigned long since; /* 0: it is not out */
    int is_pended;
};
int other_pnp_is_out(const struct other_pnp *o, unsigned which, struct told_event *t);

#endif
