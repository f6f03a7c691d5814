/* whole_driver.h - drivers as a whole: their registration and unload, and the spin locks that their
 * threads hold. The slot of a driver is that of its binding (TRACE.md). */
#ifndef CLOSEAF_WHOLE_DRIVER_H
#define CLOSEAF_WHOLE_DRIVER_H

#include "nesting.h"

#define SLOTS_OF_DRIVERS (MAX_BINDING + 1) /* one stands for those beyond */
#define MOST_LOCKS_HELD 8
#define LOCKS 5 /* one that has no name, and those of section named_lock */

enum registration { NOT_REGISTERED, REGISTERING, REGISTERED, DEREGISTERING, DEREGISTERED };

struct whole_driver {
    uint32_t generation;
    uint8_t registration;    /* enum registration */
    uint8_t is_unloaded;     /* Unload was entered */
    unsigned long deregister_call; /* the line; 0: none, or it has returned */
    uint8_t held_before[LOCKS][LOCKS]; /* 1: the first was held when the second was acquired */
};

struct locks_held {
    uint8_t count;
    uint8_t lock[MOST_LOCKS_HELD]; /* in the order in which they were acquired */
    struct handle driver[MOST_LOCKS_HELD];
    unsigned long since[MOST_LOCKS_HELD]; /* the line */
    uint8_t depth[MOST_LOCKS_HELD];       /* of the calls and callbacks in which it was */
    unsigned not_kept;             /* acquired, but held already, or too many to be kept */
    uint8_t in_uninstall;          /* by this thread: slot + 1; it is not told when it is left */
};

struct whole_drivers {
    struct whole_driver driver[SLOTS_OF_DRIVERS];
    struct locks_held held[THREADS];
    int lacks_beginning; /* the recording begins in the middle: a lock may have been acquired before */
};

/* What the event breaks, at most so many rules; it is nested already, and the core not asked yet. */
#define MOST_OF_DRIVERS 3
unsigned whole_drivers_step(struct whole_drivers *w, const struct nesting *n, const struct core *c,
                            struct event e, unsigned long line,
                            enum requirement broken[MOST_OF_DRIVERS]);

/* Of a lock that is held (locks_held.lock): the event that releases it. */
uint16_t release_of(uint8_t lock);

/* From this slot on, which goes on behind it: the next driver that is unloaded and has not been deregistered (DRG-01);
 * 0 behind the last. */
int next_left_registered(const struct whole_drivers *w, uint32_t *slot, struct handle *driver);

/* Whether the driver of this slot is being deregistered: a reason to unbind. */
int is_deregistering(const struct whole_drivers *w, uint32_t slot);

#endif
