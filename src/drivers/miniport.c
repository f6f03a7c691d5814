/* miniport.c - see miniport.h. */
#include "miniport.h"

#include <stdlib.h>

struct miniport_vc {
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
    struct miniport_vc *vc = driver_picks(8) == 1 ? NULL : calloc(1, sizeof *vc);

    (void)MiniportAdapterContext;
    if (vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
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

    if (driver_picks(2) == 1) {
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
    (void)MiniportAdapterContext;
    (void)MiniportVcContext;
    if (driver_picks(2) == 1) {
        runtime_queue_work(complete_request, OidRequest);
        return NDIS_STATUS_PENDING;
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_MINIPORT_CO_CHARACTERISTICS miniport_characteristics = {
    .Header = {NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
               NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1, sizeof miniport_characteristics},
    .CoCreateVcHandler = MiniportCreateVc,
    .CoDeleteVcHandler = MiniportDeleteVc,
    .CoDeactivateVcHandler = MiniportDeactivateVc,
    .CoOidRequestHandler = MiniportOidRequest,
};
