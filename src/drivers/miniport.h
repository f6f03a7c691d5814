/* miniport.h - the miniport beneath the example drivers: it takes each VC, and may pend what can
 * pend. */
#ifndef CLOSEAF_MINIPORT_H
#define CLOSEAF_MINIPORT_H

#include "ndis.h"

extern NDIS_MINIPORT_CO_CHARACTERISTICS miniport_characteristics;

#endif
