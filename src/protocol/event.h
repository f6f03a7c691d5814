/* event.h - one event of the protocol: a line of a trace, a step of the core. */
#ifndef CLOSEAF_EVENT_H
#define CLOSEAF_EVENT_H

#include <stdint.h>

enum event_kind {
    NO_EVENT,
#define EVENT(identifier, verb, name, object, driver, irql, requirement) identifier,
#include "vocabulary.def"
#include "object_vocabulary.def"
    EVENT_KIND_COUNT, /* of those that the core judges; the model's go on from here */
    LAST_JUDGED_EVENT = EVENT_KIND_COUNT - 1,
#include "model_vocabulary.def"
#undef EVENT
    NAMED_EVENT_COUNT
};

enum status {
    NO_STATUS, /* where a line has none */
    SUCCESS,
    PENDING,
    NOT_ACCEPTED,
    FAILURE,
    RESOURCES,
    INVALID_DATA,
    CLOSING,
    NOT_SUPPORTED,
    STATUS_COUNT
};

/* The two levels that the pages of this protocol tell apart. */
enum irql { PASSIVE, DISPATCH, IRQL_COUNT };

/* A handle as the core sees it: a slot of a table and the generation that the
 * slot had when NDIS gave the handle out. A generation is never given out twice. */
struct handle {
    uint32_t slot;
    uint32_t generation;
};

struct event {
    uint16_t kind;         /* enum event_kind */
    uint8_t status;       /* enum status */
    uint8_t irql;         /* enum irql */
    uint8_t thread;       /* tells ProtocolUnbindAdapterEx from other callers (AF-CL-14) */
    struct handle object; /* what the vocabulary names: an AF, a binding, a SAP */
    struct handle on;     /* NdisClOpenAddressFamilyEx: the client's binding; of a SAP, a VC
                             or a request: its AF; of a party: its VC */
    uint8_t by;           /* the driver that acts, if it is not who holds the object: the slot of
                             its binding, plus 1; otherwise 0 */
};

#endif
