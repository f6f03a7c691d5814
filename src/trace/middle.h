/* middle.h - a recording that begins in the middle: an object whose beginning was not seen is
 * supposed to be where its first event finds it.
 *
 * Its life is played in a core of its own, as the core's own steps go, and its record taken from
 * there: as far as it is in use, or else as far as the event needs it. */
#ifndef CLOSEAF_MIDDLE_H
#define CLOSEAF_MIDDLE_H

#include "core/core.h"

/* What is supposed: "binding", "af", "sap", "vc", "party" or "request"; what it is on; and whether the
 * call manager is an MCM, if it is not known yet. */
struct supposed_object {
    const char *kind;
    struct handle object, on;
    int is_mcm;
};

/* Puts it into c, at a place of its life at which c takes the event, if there is one, else (and
 * with no event) in use. 0: the event fits nowhere, or c has no room. */
int suppose_object(struct core *c, struct supposed_object o, const struct event *e);

/* The object begins here, and those of its slot that came before it are over: the recording lacks them. */
void earlier_ones_were_before(struct core *c, struct supposed_object o);

/* The AF of a VC that was supposed before it was told. */
void vc_was_on(struct core *c, struct handle vc, struct handle af);

#endif
