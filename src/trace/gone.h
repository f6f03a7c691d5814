/* gone.h - objects that are gone, though no rule lets them end like that. */
#ifndef CLOSEAF_GONE_H
#define CLOSEAF_GONE_H

#include "supposed.h"

/* A VC that is deleted by the driver that did not create it (VC-07) is gone all the same: 1 if e does
 * that, and c goes on without the VC. */
int vc_is_deleted_by_the_other(struct going_on *g, struct core *c, struct event e);

/* An adapter is closed beneath AFs that are open (AF-CL-15): 1 if e does that, and c goes on with the close,
 * and without what was open on the binding. */
int closes_over_what_is_open(struct going_on *g, struct core *c, struct event e);

/* A VC is not made after all, though its other side has agreed or was taken to have: 1 if e returns so, and
 * c goes on without it. */
int vc_is_not_made_after_all(struct going_on *g, struct core *c, struct event e);

#endif
