/* runtime_handle.c - the handles and statuses that drivers see, and those of the core. */
#include "runtime_state.h"

NDIS_HANDLE encode(enum handle_kind kind, struct handle h)
{
    return (NDIS_HANDLE)((uintptr_t)h.generation << 16 | (uintptr_t)h.slot << 4 |
                         (uintptr_t)kind);
}

enum handle_kind kind_of(NDIS_HANDLE handle)
{
    return (enum handle_kind)((uintptr_t)handle & 15u);
}

/* A handle of another kind becomes one that no table has, so that the core refuses it. */
struct handle decode(enum handle_kind kind, NDIS_HANDLE handle)
{
    struct handle h = {UINT16_MAX, 0};

    if (kind_of(handle) == kind) {
        h.slot = (uint32_t)((uintptr_t)handle >> 4 & 0xFFFu);
        h.generation = (uint32_t)((uintptr_t)handle >> 16);
    }
    return h;
}

NDIS_HANDLE runtime_af_handle(struct handle af)
{
    return encode(AF_HANDLE, af);
}

NDIS_HANDLE runtime_sap_handle(struct handle af)
{
    return encode(SAP_HANDLE, af);
}

NDIS_HANDLE runtime_binding_handle(struct handle binding)
{
    return encode(BINDING_HANDLE, binding);
}

uint8_t status_of(NDIS_STATUS status)
{
    switch (status) {
    case NDIS_STATUS_SUCCESS: return SUCCESS;
    case NDIS_STATUS_PENDING: return PENDING;
    case NDIS_STATUS_NOT_ACCEPTED: return NOT_ACCEPTED;
    default: return FAILURE;
    }
}

NDIS_STATUS ndis_status_of(uint8_t status)
{
    switch (status) {
    case SUCCESS: return NDIS_STATUS_SUCCESS;
    case PENDING: return NDIS_STATUS_PENDING;
    case NOT_ACCEPTED: return NDIS_STATUS_NOT_ACCEPTED;
    default: return NDIS_STATUS_FAILURE;
    }
}
