/* runtime_handle.c - the handles and statuses that drivers see, and those of the core; what
 * the rows of the vocabulary say of an event. */
#include "runtime_state.h"

#include "ndis/oid_request.h"
#include "trace/trace.h"

NDIS_HANDLE encode(enum handle_kind kind, struct handle h)
{
    return (NDIS_HANDLE)((uintptr_t)h.generation << 16 | (uintptr_t)h.slot << 4 |
                         (uintptr_t)kind);
}

enum handle_kind kind_of(NDIS_HANDLE handle)
{
    return (enum handle_kind)((uintptr_t)handle & 15u);
}

/* A handle of another kind, or no handle at all, becomes one that no table has, so that the
 * core refuses it. */
struct handle decode(enum handle_kind kind, NDIS_HANDLE handle)
{
    const struct handle none = {UINT16_MAX, 0};
    struct handle h;

    h.slot = (uint32_t)((uintptr_t)handle >> 4 & 0xFFFu);
    h.generation = (uint32_t)((uintptr_t)handle >> 16);
    return encode(kind, h) == handle ? h : none;
}

NDIS_HANDLE runtime_handle(uint16_t kind, struct handle object)
{
    return encode(object_of(kind), object);
}

NDIS_HANDLE runtime_party_of_call(struct handle vc)
{
    return encode(PARTY_OF_VC, vc);
}

NDIS_HANDLE runtime_binding_handle(struct handle binding)
{
    return encode(HANDLE_binding, binding);
}

struct row {
    uint8_t object; /* enum handle_kind */
    uint8_t driver; /* enum driver */
};

static struct row row_of(uint16_t kind)
{
    static const struct row rows[NAMED_EVENT_COUNT] = {
        [NO_EVENT] = {NO_HANDLE, DRIVER_NONE},
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = {HANDLE_##object, DRIVER_##who},
#include "protocol/vocabulary.def"
#undef EVENT
    };
    return rows[kind < NAMED_EVENT_COUNT ? kind : NO_EVENT];
}

enum handle_kind object_of(uint16_t kind)
{
    return (enum handle_kind)row_of(kind).object;
}

enum driver driver_of(uint16_t kind)
{
    return (enum driver)row_of(kind).driver;
}

int has_status(uint16_t kind)
{
    return event_has_status(kind);
}

static const NDIS_STATUS statuses[STATUS_COUNT] = {
    [NO_STATUS] = NDIS_STATUS_FAILURE,
#define STATUS(name) [name] = NDIS_STATUS_##name,
#include "protocol/statuses.def"
#undef STATUS
};

uint8_t status_of(NDIS_STATUS status)
{
    for (uint8_t s = SUCCESS; s < STATUS_COUNT; s++) {
        if (statuses[s] == status) {
            return s;
        }
    }
    return FAILURE;
}

NDIS_STATUS ndis_status_of(uint8_t status)
{
    return statuses[status < STATUS_COUNT ? status : NO_STATUS];
}

int is_af_close(PNDIS_OID_REQUEST request)
{
    return request != NULL && request->DATA.SET_INFORMATION.Oid == OID_CO_AF_CLOSE;
}

uint16_t asked_of_adapter(PNDIS_OID_REQUEST request)
{
    const ULONG oid = request != NULL ? request->DATA.SET_INFORMATION.Oid : 0;

    if (oid == OID_GEN_CURRENT_PACKET_FILTER) {
        return *(const ULONG *)request->DATA.SET_INFORMATION.InformationBuffer != 0 ? SET_FILTER
                                                                                   : CLEAR_FILTER;
    }
    return oid == OID_TCP_OFFLOAD_PARAMETERS ? WITHDRAW_OFFLOADS : CALL_OID_REQUEST;
}
