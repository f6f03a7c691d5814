/* untold_memory.h - a recording that does not tell of memory: what is freed and stored is taken as done in time. */
#ifndef CLOSEAF_UNTOLD_MEMORY_H
#define CLOSEAF_UNTOLD_MEMORY_H

#include "findings.h"

/* Nothing is wrong with the event but that memory was not freed, or not stored, before it. */
int lacks_memory_alone(const struct finding *f);

/* The core takes the event behind what may have been freed or stored, untold, of the object of its slot: 1, and it has
 * taken it; or only the resources of an AF may have been released: 0. */
int follows_untold_memory(struct judge *j, struct event e);

/* At the end of the trace: all that may be freed has been. */
void free_all_untold(struct judge *j);

#endif
