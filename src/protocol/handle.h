/* handle.h - whether two handles are the same. */
#ifndef CLOSEAF_HANDLE_H
#define CLOSEAF_HANDLE_H

#include "event.h"

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures exact: (\result != 0) <==> a == b; */
static inline int handles_equal(struct handle a, struct handle b)
{
    return a.slot == b.slot && a.generation == b.generation;
}

#endif
