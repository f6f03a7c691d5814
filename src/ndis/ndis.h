/* ndis.h - NDIS's own names, with the signatures of the published reference pages: all that a
 * driver includes.
 *
 * On Windows a DDK header comes before it, with the structures, what NDIS 5 has in common with
 * this, and what is the system's: then those are left to it. */
#ifndef CLOSEAF_NDIS_H
#define CLOSEAF_NDIS_H

#include "ndis_bindings.h"
#include "ndis_objects.h"
#ifndef _WIN32
#include "driver_characteristics.h"
#include "ndis_system.h"
#include "oid_request.h"
#endif

#endif
