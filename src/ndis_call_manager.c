/* ndis_call_manager.c - the functions of ndis.h for call managers, stand-alone and MCM. The
 * pages named are those of the published reference. */
#include "callback.h"

/* Completing a close. */

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static void complete_close(uint16_t call, NDIS_STATUS status, NDIS_HANDLE handle)
{
    struct handle af = decode(AF_HANDLE, handle);
    struct moment m;

    if (driver_acts(call, af, status_of(status), &m) &&
        ndis_acts(ENTER_CL_CLOSE_AF_COMPLETE, af, SUCCESS, &m)) {
        (void)call_back(&m);
    }
}

/* Completes a close that ProtocolCmCloseAf has pended or is about to pend; success
 * only (AF-CM-14). The handle is dead at the call (AF-CM-16). Stand-alone call managers.
 * nf-ndis-ndiscmcloseaddressfamilycomplete */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete_close(CALL_CM_CLOSE_AF_COMPLETE, Status, NdisAfHandle);
}

/* The same for an MCM (MCM-01). nf-ndis-ndismcmcloseaddressfamilycomplete */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete_close(CALL_MCM_CLOSE_AF_COMPLETE, Status, NdisAfHandle);
}

/* The notification. */

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static NDIS_STATUS notify(uint16_t call, uint16_t back, NDIS_HANDLE handle)
{
    struct handle af = decode(AF_HANDLE, handle);
    struct moment m;

    if (!driver_acts(call, af, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    /* Not delivered to a client that has been told of the close meanwhile (NTF-38). */
    if (m.af.notification == NOTIFICATION_OWED &&
        ndis_acts(ENTER_CL_NOTIFY_CLOSE_AF, af, NO_STATUS, &m)) {
        uint8_t answer = status_of(call_back(&m));
        (void)driver_acts(LEAVE_CL_NOTIFY_CLOSE_AF, af, answer, &m);
    }
    return ndis_returns(back, af);
}

/* Asks the client of one AF to close it; the caller is unbinding. At PASSIVE_LEVEL.
 * PENDING: ProtocolCmNotifyCloseAfComplete follows, or has come already.
 * nf-ndis-ndiscmnotifycloseaddressfamily */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    return notify(CALL_CM_NOTIFY, RETURN_CM_NOTIFY, NdisAfHandle);
}

/* The same for an MCM that halts. nf-ndis-ndismcmnotifycloseaddressfamily */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    return notify(CALL_MCM_NOTIFY, RETURN_MCM_NOTIFY, NdisAfHandle);
}

/* Registering. */

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static NDIS_STATUS register_af(uint16_t call, NDIS_HANDLE handle)
{
    const struct handle binding = decode(BINDING_HANDLE, handle);
    struct moment m;

    if (!driver_acts(call, binding, NO_STATUS, &m) || binding.slot != MANAGER_BINDING) {
        return NDIS_STATUS_FAILURE; /* REG-04, REG-05: the AF is the call manager's */
    }
    offer();
    return NDIS_STATUS_SUCCESS;
}

/* Registers an AF of a stand-alone call manager on its binding, from the bind handler.
 * nf-ndis-ndiscmregisteraddressfamilyex */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisCmRegisterAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                          PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_CM_REGISTER_AF, NdisBindingHandle);
}

/* The same for an MCM, from MiniportInitializeEx. nf-ndis-ndismcmregisteraddressfamilyex */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisMCmRegisterAddressFamilyEx(NDIS_HANDLE NdisMiniportHandle,
                                           PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_MCM_REGISTER_AF, NdisMiniportHandle);
}
