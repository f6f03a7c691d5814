/* miniport.c - see miniport.h. What NDIS passes as MiniportAdapterContext is here the handle of the
 * adapter: more a driver's MiniportInitializeEx, which is not shown, would have to keep. */
#include "miniport.h"

#include "common.h"

struct miniport_vc {
    NDIS_HANDLE adapter;
    NDIS_HANDLE handle;
};

static MINIPORT_CO_CREATE_VC MiniportCreateVc;
static MINIPORT_CO_DELETE_VC MiniportDeleteVc;
static MINIPORT_CO_DEACTIVATE_VC MiniportDeactivateVc;
static MINIPORT_CO_OID_REQUEST MiniportOidRequest;
static NDIS_IO_WORKITEM_FUNCTION complete_deactivation;
static NDIS_IO_WORKITEM_FUNCTION complete_request;

_Use_decl_annotations_
static NDIS_STATUS MiniportCreateVc(NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE NdisVcHandle,
                                    PNDIS_HANDLE MiniportVcContext)
{
    struct miniport_vc *vc =
        pick(8) == 1 ? NULL : new_memory(MiniportAdapterContext, sizeof *vc);

    if (vc == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    vc->adapter = MiniportAdapterContext;
    vc->handle = NdisVcHandle;
    *MiniportVcContext = vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static NDIS_STATUS MiniportDeleteVc(NDIS_HANDLE MiniportVcContext)
{
    free_memory(MiniportVcContext);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
static void complete_deactivation(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    struct miniport_vc *vc = WorkItemContext;

    NdisFreeIoWorkItem(NdisIoWorkItemHandle);
    NdisMCoDeactivateVcComplete(NDIS_STATUS_SUCCESS, vc->handle);
}

/* It pends now and then, if there is a work item. */
_Use_decl_annotations_
static NDIS_STATUS MiniportDeactivateVc(NDIS_HANDLE MiniportVcContext)
{
    struct miniport_vc *vc = MiniportVcContext;
    NDIS_HANDLE item = pick(2) == 1 ? NdisAllocateIoWorkItem(vc->adapter) : NULL;

    if (item == NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    NdisQueueIoWorkItem(item, complete_deactivation, vc);
    return NDIS_STATUS_PENDING;
}

struct held_request {
    NDIS_HANDLE adapter;
    PNDIS_OID_REQUEST request;
};

_Use_decl_annotations_
static void complete_request(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    struct held_request held = *(struct held_request *)WorkItemContext;

    NdisFreeIoWorkItem(NdisIoWorkItemHandle);
    free_memory(WorkItemContext);
    NdisMCoOidRequestComplete(held.adapter, NULL, held.request, NDIS_STATUS_SUCCESS);
}

_Use_decl_annotations_
static NDIS_STATUS MiniportOidRequest(NDIS_HANDLE MiniportAdapterContext,
                                      NDIS_HANDLE MiniportVcContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_HANDLE item = pick(2) == 1 ? NdisAllocateIoWorkItem(MiniportAdapterContext) : NULL;
    struct held_request *held =
        item != NULL ? new_memory(MiniportAdapterContext, sizeof *held) : NULL;

    (void)MiniportVcContext;
    if (held == NULL) {
        if (item != NULL) {
            NdisFreeIoWorkItem(item);
        }
        return NDIS_STATUS_SUCCESS;
    }
    held->adapter = MiniportAdapterContext;
    held->request = OidRequest;
    NdisQueueIoWorkItem(item, complete_request, held);
    return NDIS_STATUS_PENDING;
}

NDIS_MINIPORT_CO_CHARACTERISTICS miniport_characteristics = {
    .Header = {NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
               NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1, sizeof miniport_characteristics},
    .CoCreateVcHandler = MiniportCreateVc,
    .CoDeleteVcHandler = MiniportDeleteVc,
    .CoDeactivateVcHandler = MiniportDeactivateVc,
    .CoOidRequestHandler = MiniportOidRequest,
};
