/* came_back.h - what must have come back on a thread, although no line says so (REC-01).
 *
 * While a function of NDIS runs, a driver does nothing on that thread but in a callback; and what
 * returns has behind it what it called. Where an event breaks a rule only because such a return or
 * leave is not told, the recording lacks that line, and nobody has broken the rule. If the line comes
 * later all the same, the event was indeed too early: its rule is named then. */
#ifndef CLOSEAF_CAME_BACK_H
#define CLOSEAF_CAME_BACK_H

#include "findings.h"

/* Whether the core, which does not allow the event that nest() has just taken, does so if what must
 * have come back on its thread has: the core has then taken these ends, and lacks says so. 1 if it is
 * certain at once; 0 if not, or if nothing of this is so. */
int has_come_back_untold(struct judge *j, struct event e, unsigned long line, struct finding *lacks);

/* Whether the event, which nest() has just taken, is an end that was taken to be untold: the core has
 * it. *early is what was broken by the event that came before it, requirement CONFORMING if nothing was. */
int is_told_late(struct judge *j, struct event e, struct finding *early);

/* The next end of which it has become certain that no line tells it: 1 with *lacks; 0, there is none. At
 * the end of the trace, whatever was not told. */
int is_never_told(struct judge *j, int at_the_end, struct finding *lacks);

#endif
