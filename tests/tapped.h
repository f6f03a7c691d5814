/* tapped.h - the reference drivers with the tap around them; see tapped.c. */
#ifndef CLOSEAF_TAPPED_H
#define CLOSEAF_TAPPED_H

#include "runtime/runtime.h"
#include "trace/trace.h"

/* NdisUnbindAdapter, called by the driver: record.c calls it for it. */
NDIS_STATUS tapped_unbind_client(NDIS_HANDLE NdisBindingHandle);
NDIS_STATUS tapped_unbind_call_manager(NDIS_HANDLE NdisBindingHandle);

#endif
