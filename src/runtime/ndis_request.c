/* ndis_request.c - the functions of ndis.h for OID requests: between a client and its call
 * manager on an AF, OID_CO_AF_CLOSE, and to the miniport. A request is known by the address of
 * its NDIS_OID_REQUEST, as long as that is in use. The pages named are those of the published
 * reference. */
#include "runtime_operation.h"

/* Of an object that NDIS finds by the address of the request. */
static const struct handle found_by_address = {UINT16_MAX, 0};

/* A request has no handle that it could give back: what create gives back is not looked at. */
/*@ FUNCTION_OF_NDIS */
static NDIS_STATUS request(struct function f, NDIS_HANDLE af, struct arguments a)
{
    NDIS_HANDLE none = NULL;

    return create(f, decode(HANDLE_af, af), a, &none);
}

/* Asks the other end of the AF or, without an AF, the miniport (OID-06); on OID_CO_AF_CLOSE
 * the client is to close (NTF-41). The memory is NDIS's until the request is over (OID-04).
 * PENDING: ProtocolCoOidRequestComplete follows. CLOSING: NDIS answers by itself, as something
 * is closing (OID-08). nf-ndis-ndiscooidrequest */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                             NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                             PNDIS_OID_REQUEST OidRequest)
{
    const struct handle binding = decode(HANDLE_binding, NdisBindingHandle);
    const struct arguments a = {.other = NdisVcHandle, .party = NdisPartyHandle, .what = OidRequest};

    if (NdisAfHandle == NULL) {
        return operate(FUNCTION(REQUEST_TO_MINIPORT), binding, a);
    }
    if (binding.slot != MANAGER_BINDING) {
        return request(FUNCTION(REQUEST_BY_CLIENT), NdisAfHandle, a);
    }
    return is_af_close(OidRequest)
               ? operate(FUNCTION(OID_CO_AF_CLOSE), decode(HANDLE_af, NdisAfHandle), a)
               : request(FUNCTION(REQUEST_BY_MANAGER), NdisAfHandle, a);
}

/* The same for an MCM, to its client. nf-ndis-ndismcmoidrequest */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmOidRequest(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST NdisOidRequest)
{
    const struct arguments a = {
        .other = NdisVcHandle, .party = NdisPartyHandle, .what = NdisOidRequest};

    return is_af_close(NdisOidRequest)
               ? operate(MCM_FUNCTION(OID_CO_AF_CLOSE), decode(HANDLE_af, NdisAfHandle), a)
               : request(MCM_FUNCTION(REQUEST_BY_MANAGER), NdisAfHandle, a);
}

/* Whose request it is that is in use at this address; the client's, if there is none. */
/*@ UNDER_ITS_OWN_LOCK(assigns lock_is_held, UNDER_THE_LOCK;) */
static int is_of_client(const void *address)
{
    int by_manager = 0;

    take_ndis_lock();
    /*@ loop invariant in_bounds: 0 <= i <= MAX_REQUEST;
        loop assigns i, by_manager;
        loop variant MAX_REQUEST - i; */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (object_side[SIDE_OF_REQUEST + i].what == address && core.request[i].kind == BY_MANAGER &&
            !request_is_free(core.request[i])) {
            by_manager = 1;
        }
    }
    drop_ndis_lock();
    return !by_manager;
}

/* Completes a request that ProtocolCoOidRequest has pended (OID-03).
 * nf-ndis-ndiscooidrequestcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCoOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                              NDIS_STATUS Status)
{
    const struct arguments a = {.other = NdisVcHandle, .party = NdisPartyHandle, .what = OidRequest};

    if (is_af_close(OidRequest)) {
        complete(OID_CO_AF_CLOSE_COMPLETE, OID_CO_AF_CLOSE_DELIVER, decode(HANDLE_af, NdisAfHandle),
                 status_of(Status), a);
    } else if (is_of_client(OidRequest)) {
        complete(REQUEST_BY_CLIENT_COMPLETE, REQUEST_BY_CLIENT_DELIVER, found_by_address,
                 status_of(Status), a);
    } else {
        complete(REQUEST_BY_MANAGER_COMPLETE, REQUEST_BY_MANAGER_DELIVER, found_by_address,
                 status_of(Status), a);
    }
}

/* The same for an MCM. nf-ndis-ndismcmoidrequestcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmOidRequestComplete(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE NdisVcHandle,
                               NDIS_HANDLE NdisPartyHandle, PNDIS_OID_REQUEST OidRequest,
                               NDIS_STATUS Status)
{
    (void)NdisAfHandle;
    complete(REQUEST_BY_CLIENT_MCM_COMPLETE, REQUEST_BY_CLIENT_DELIVER, found_by_address,
             status_of(Status),
             WITH(.other = NdisVcHandle, .party = NdisPartyHandle, .what = OidRequest));
}

/* The miniport completes a request that MiniportCoOidRequest has pended.
 * nf-ndis-ndismcooidrequestcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCoOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle,
                               NDIS_HANDLE NdisMiniportVcHandle, PNDIS_OID_REQUEST Request,
                               NDIS_STATUS Status)
{
    (void)MiniportAdapterHandle;
    (void)NdisMiniportVcHandle;
    complete(REQUEST_TO_MINIPORT_COMPLETE, REQUEST_TO_MINIPORT_DELIVER, found_by_address,
             status_of(Status), WITH(.what = Request));
}
