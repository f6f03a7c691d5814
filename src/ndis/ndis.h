/* ndis.h - NDIS's own names, with the signatures of the published reference pages: all that a
 * driver includes.
 *
 * Behind a DDK's header, which defines _NDIS_, the structures and what is the system's are left to
 * that; what NDIS 6 changed comes from here. */
#ifndef CLOSEAF_NDIS_H
#define CLOSEAF_NDIS_H

#include "ndis_bindings.h"
#include "ndis_objects.h"
#ifndef _NDIS_
#include "driver_characteristics.h"
#include "ndis_system.h"
#include "oid_request.h"
#endif

#endif
