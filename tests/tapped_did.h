/* tapped_did.h - what the reference drivers say to the runtime by driver_did they say to the
 * tap as well. A driver of one's own would use TAP_DO. Behind tap.h, in each driver. */
#ifndef CLOSEAF_TAPPED_DID_H
#define CLOSEAF_TAPPED_DID_H

#include "trace.h"

#include <string.h>

static inline void tapped_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status)
{
    tap_do(strcmp(event_object(act), "binding") == 0 ? &tap.binding : &tap.af, event_name(act),
           object, event_has_status(act) ? tap_status(status) : "-");
    driver_did(act, object, status);
}
#define driver_did(act, object, status) tapped_did(act, object, status)

#endif
