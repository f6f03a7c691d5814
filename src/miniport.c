/* miniport.c - the miniport beneath the example drivers; see call_manager.h. */
#include "call_manager.h"

#include <stdlib.h>

struct miniport_vc {
    const struct miniport_driver *driver;
    NDIS_HANDLE handle;
};

static MINIPORT_CO_CREATE_VC MiniportCreateVc;
static MINIPORT_CO_DELETE_VC MiniportDeleteVc;
static MINIPORT_CO_DEACTIVATE_VC MiniportDeactivateVc;
static MINIPORT_CO_OID_REQUEST MiniportOidRequest;

_Use_decl_annotations_
static NDIS_STATUS MiniportCreateVc(NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE NdisVcHandle,
                                    PNDIS_HANDLE MiniportVcContext)
{
    const struct miniport_driver *driver = MiniportAdapterContext;
    struct miniport_vc *vc = driver->pick(8) == 1 ? NULL : calloc(1, sizeof *vc);

    if (vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    vc->driver = driver;
    vc->handle = NdisVcHandle;
    *MiniportVcContext = vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static NDIS_STATUS MiniportDeleteVc(NDIS_HANDLE MiniportVcContext)
{
    free(MiniportVcContext);
    return NDIS_STATUS_SUCCESS;
}

static void complete_deactivation(void *context)
{
    struct miniport_vc *vc = context;

    NdisMCoDeactivateVcComplete(NDIS_STATUS_SUCCESS, vc->handle);
}

_Use_decl_annotations_
static NDIS_STATUS MiniportDeactivateVc(NDIS_HANDLE MiniportVcContext)
{
    struct miniport_vc *vc = MiniportVcContext;

    if (vc->driver->pick(2) == 1) {
        runtime_queue_work(complete_deactivation, vc);
        return NDIS_STATUS_PENDING;
    }
    return NDIS_STATUS_SUCCESS;
}

static void complete_request(void *context)
{
    NdisMCoOidRequestComplete(NULL, NULL, context, NDIS_STATUS_SUCCESS);
}

_Use_decl_annotations_
static NDIS_STATUS MiniportOidRequest(NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE MiniportVcContext,
                                      PNDIS_OID_REQUEST OidRequest)
{
    const struct miniport_driver *driver = MiniportAdapterContext;

    (void)MiniportVcContext;
    if (driver->pick(2) == 1) {
        runtime_queue_work(complete_request, OidRequest);
        return NDIS_STATUS_PENDING;
    }
    return NDIS_STATUS_SUCCESS;
}

const struct entry_points miniport_entry_points = {
    .MiniportCoCreateVcHandler = MiniportCreateVc,
    .MiniportCoDeleteVcHandler = MiniportDeleteVc,
    .MiniportCoDeactivateVcHandler = MiniportDeactivateVc,
    .MiniportCoOidRequestHandler = MiniportOidRequest,
};
