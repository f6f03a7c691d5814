/* miniport.h - the miniport beneath the example drivers: it takes each VC, and may pend what can
 * pend. */
#ifndef CLOSEAF_MINIPORT_H
#define CLOSEAF_MINIPORT_H

#include "runtime.h"

extern const struct entry_points miniport_entry_points;

#endif
