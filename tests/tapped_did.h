/* tapped_did.h - what the example drivers say to the runtime by driver_did they say to the tap
 * as well. A driver of one's own would use TAP_DO. Behind tap.h, in each driver. */
#ifndef CLOSEAF_TAPPED_DID_H
#define CLOSEAF_TAPPED_DID_H

#include "runtime/example_hooks.h"
#include "trace/trace.h"

#include <string.h>

static inline struct tap_table *tapped_table(const char *kind)
{
    struct tap_table *tables[] = {&tap.binding, &tap.af, &tap.sap, &tap.vc, &tap.party, &tap.request};
    unsigned i = 0;

    while (strcmp(tables[i]->kind, kind) != 0) {
        i++;
    }
    return tables[i];
}

/* That the context of an AF is stored the tap says by itself. */
static inline void tapped_did(uint16_t act, NDIS_HANDLE object, NDIS_STATUS status)
{
    if (act != STORE_CALL_MGR_AF_CONTEXT) {
        tap_do(tapped_table(event_object(act)), event_name(act), object,
               event_has_status(act) ? tap_status(status) : "-");
    }
    driver_did(act, object, status);
}
#define driver_did(act, object, status) tapped_did(act, object, status)

#endif
