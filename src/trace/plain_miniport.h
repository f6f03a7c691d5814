/* plain_miniport.h - a miniport that is no MCM: it registers no AF, and its context is nobody's business here. */
#ifndef CLOSEAF_PLAIN_MINIPORT_H
#define CLOSEAF_PLAIN_MINIPORT_H

#include "findings.h"

/* The core, which knows MCMs only, has refused the event. 1: of a plain miniport it is right, and the core goes
 * on from it. */
int is_right_of_a_plain_miniport(struct judge *j, struct event e, enum requirement broken);

/* NDIS offers the AF of an MCM that has registered none. */
int offers_what_no_miniport_registered(struct judge *j, struct event e);

#endif
