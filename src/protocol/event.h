/* event.h - one event of the protocol: a line of a trace, a step of the core. */
#ifndef CLOSEAF_EVENT_H
#define CLOSEAF_EVENT_H

#include <stdint.h>

/* The events, numbered section by section: what is of section "sap" is from FIRST_OF_sap to
 * LAST_OF_sap. Neighbours are asked for together: "closing" and "notification" (the events of an AF that
 * is open), "vc" and "call" (those of a VC), "adapter" and "pnp_event". */
enum event_kind {
    NO_EVENT,
#define SAME_opening_opening SAME
#define SECTION opening
#include "section.def"
#define SAME_closing_closing SAME
#define SECTION closing
#include "section.def"
#define SAME_notification_notification SAME
#define SECTION notification
#include "section.def"
#define SAME_sap_sap SAME
#define SECTION sap
#include "section.def"
#define SAME_vc_vc SAME
#define SECTION vc
#include "section.def"
#define SAME_call_call SAME
#define SECTION call
#include "section.def"
#define SAME_party_party SAME
#define SECTION party
#include "section.def"
#define SAME_client_request_client_request SAME
#define SECTION client_request
#include "section.def"
#define SAME_manager_request_manager_request SAME
#define SECTION manager_request
#include "section.def"
#define SAME_af_close_request_af_close_request SAME
#define SECTION af_close_request
#include "section.def"
#define SAME_miniport_request_miniport_request SAME
#define SECTION miniport_request
#include "section.def"
#define SAME_binding_binding SAME
#define SECTION binding
#include "section.def"
#define SAME_registration_registration SAME
#define SECTION registration
#include "section.def"
#define SAME_adapter_adapter SAME
#define SECTION adapter
#include "section.def"
#define SAME_pnp_event_pnp_event SAME
#define SECTION pnp_event
#include "section.def"
#define SAME_stack_stack SAME
#define SECTION stack
#include "section.def"
#define SAME_removal_removal SAME
#define SECTION removal
#include "section.def"
    EVENT_KIND_COUNT, /* of those that the core judges; the others go on from here */
    LAST_JUDGED_EVENT = EVENT_KIND_COUNT - 1,
#define SAME_driver_driver SAME
#define SECTION driver
#include "section.def"
#define SAME_thread_thread SAME
#define SECTION thread
#include "section.def"
#define SAME_downstream_downstream SAME
#define SECTION downstream
#include "section.def"
    MODEL_EVENT_COUNT, /* of those that the model knows; the others are judged in traces alone */
    LAST_MODEL_EVENT = MODEL_EVENT_COUNT - 1,
#define SAME_plain_plain SAME
#define SECTION plain
#include "section.def"
#define SAME_other_pnp_event_other_pnp_event SAME
#define SECTION other_pnp_event
#include "section.def"
#define SAME_entry_entry SAME
#define SECTION entry
#include "section.def"
#define SAME_named_lock_named_lock SAME
#define SECTION named_lock
#include "section.def"
#define SAME_recording_recording SAME
#define SECTION recording
#include "section.def"
    NAMED_EVENT_COUNT
};

enum status {
    NO_STATUS, /* where a line has none */
#define STATUS(name) name,
#include "statuses.def"
#undef STATUS
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

/*@ predicate handles_equal(struct handle a, struct handle b) =
      a.slot == b.slot && a.generation == b.generation; */

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
