/* ndis_client.c - the functions of ndis.h for clients. The pages named are those of the
 * published reference. */
#include "callback.h"

/* The close. */

/* Closes the caller's open of an address family. The handle is dead from the call on
 * (AF-CL-02), save for answering a notification. PENDING: ProtocolClCloseAfComplete
 * follows, or has come already (AMB-29); anything else: the caller completes by itself
 * (AF-CL-04), and after a failure has its handle back (AMB-02).
 * nf-ndis-ndisclcloseaddressfamily */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);
    struct moment m;

    if (!driver_acts(CALL_CLOSE_AF, af, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    if (m.af.manager_close == MANAGER_CLOSE_OWED &&
        ndis_acts(ENTER_CM_CLOSE_AF, af, NO_STATUS, &m)) {
        uint8_t answer = status_of(call_back(&m));
        (void)driver_acts(LEAVE_CM_CLOSE_AF, af, answer, &m);
    }
    return ndis_returns(RETURN_CLOSE_AF, af);
}

/* Answers a notification that ProtocolClNotifyCloseAf has pended; success only when
 * the close has completed (NTF-23). The one use of the handle after the close (AMB-01).
 * nf-ndis-ndisclnotifycloseaddressfamilycomplete */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);
    struct moment m;

    if (driver_acts(CALL_NOTIFY_COMPLETE, af, status_of(Status), &m) &&
        ndis_acts(ENTER_CM_NOTIFY_COMPLETE, af, NO_STATUS, &m)) {
        (void)call_back(&m);
    }
}

/* The open. */

/* A slot that no AF and no open holds. Under the lock of NDIS. core_next_af would give two
 * opens one slot: the core hears of an open only when it returns. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid(e) && \separated(e, &core, af_side + (..));
    terminates \true;
    exits never: \false;
    assigns e->object;
    ensures slot: \result != 0 ==> e->object.slot < MAX_AF; */
static int find_slot(struct event *e)
{
    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop assigns i;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        const struct address_family a = core.af[i];
        if (af_side[i].reserved == 0 && af_client_is_done(a) && af_manager_is_done(a) &&
            a.generation < UINT32_MAX) {
            e->object.slot = i;
            e->object.generation = a.generation + 1;
            return 1;
        }
    }
    return 0;
}

/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures in_bounds: \result != 0 ==> on.slot < MAX_BINDING; */
static int may_open(struct handle on)
{
    return on.slot < MAX_BINDING && core.binding[on.slot].generation == on.generation &&
           core.binding[on.slot].phase == BOUND &&
           core.binding[MANAGER_BINDING].phase == BOUND;
}

/* An open holds both bindings: their unbinds wait for its end. */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(m) && \separated(m, &core, binding_side + (..), af_side + (..),
      &lock_is_held, &right_to_call);
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *m;
    ensures no_lock: lock_is_held == 0;
    ensures in_bounds: \result != 0 ==>
      on.slot < MAX_BINDING && m->event.object.slot < MAX_AF;
    ensures the_open: m->event.kind == \old(m->event.kind) && m->event.on == \old(m->event.on);
    ensures right: \result != 0 ==>
      right_to_call.kind == m->event.kind && same_handle(right_to_call.object, m->event.object); */
static int begin_open(struct handle on, struct moment *m)
{
    int possible;

    take_ndis_lock();
    possible = may_open(on) && find_slot(&m->event);
    if (possible) {
        choose(&m->event);
        possible = m->event.object.slot < MAX_AF;
    }
    if (possible) {
        af_side[m->event.object.slot].reserved = 1;
        binding_side[on.slot].busy++;
        binding_side[MANAGER_BINDING].busy++;
        m->manager = binding_side[MANAGER_BINDING];
        right_to_call = m->event;
    }
    drop_ndis_lock();
    return possible;
}

/*@ requires no_lock: lock_is_held == 0;
    requires in_bounds: on.slot < MAX_BINDING && af.slot < MAX_AF;
    terminates \true;
    exits never: \false;
    assigns lock_is_held, core, binding_side[..], af_side[..];
    ensures no_lock: lock_is_held == 0; */
static void end_open(struct handle on, struct handle af)
{
    take_ndis_lock();
    af_side[af.slot].reserved = 0;
    binding_side[on.slot].busy--;
    binding_side[MANAGER_BINDING].busy--;
    announce_ndis();
    drop_ndis_lock();
}

/* Opens the call manager's address family on the caller's binding. The context stays
 * allocated until the close has completed and every notification is answered (AMB-09).
 * A notification may arrive before this function has returned.
 * nf-ndis-ndisclopenaddressfamilyex */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(NdisAfHandle) && \separated(NdisAfHandle, &core, binding_side + (..),
      af_side + (..), &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *NdisAfHandle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle)
{
    const struct handle on = decode(BINDING_HANDLE, NdisBindingHandle);
    struct moment m = {.event = {.kind = RETURN_OPEN_AF, .status = SUCCESS, .on = on}};
    NDIS_HANDLE manager_context = NULL;
    NDIS_STATUS status;
    struct event e;

    if (!begin_open(on, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    e = m.event;
    *NdisAfHandle = encode(AF_HANDLE, e.object);
    status = call_open_af(&m, AddressFamily, *NdisAfHandle, &manager_context);
    if (status == NDIS_STATUS_SUCCESS) {
        take_ndis_lock();
        af_side[e.object.slot].client_context = ProtocolAfContext;
        af_side[e.object.slot].manager_context = manager_context;
        drop_ndis_lock();
        status = step(A_DRIVER, &e, &m) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    }
    end_open(on, e.object);
    return status;
}

/* Calls, SAPs and requests: NDIS counts them; they succeed at once. */

/* Creates a VC on an AF or, without one, on the binding. nf-ndis-ndiscocreatevc */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(NdisVcHandle) && \separated(NdisVcHandle, &core, binding_side + (..),
      af_side + (..), &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *NdisVcHandle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisCoCreateVc(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                           NDIS_HANDLE ProtocolVcContext, PNDIS_HANDLE NdisVcHandle)
{
    (void)ProtocolVcContext;
    *NdisVcHandle = NdisAfHandle != NULL
                        ? encode(VC_OF_AF, decode(AF_HANDLE, NdisAfHandle))
                        : encode(VC_OF_BINDING, decode(BINDING_HANDLE, NdisBindingHandle));
    return NDIS_STATUS_SUCCESS;
}

/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
static NDIS_STATUS count(uint16_t call, struct handle object)
{
    struct moment m;

    return driver_acts(call, object, NO_STATUS, &m) ? NDIS_STATUS_SUCCESS
                                                    : NDIS_STATUS_FAILURE;
}

/* Sets up a call on a VC of an AF. nf-ndis-ndisclmakecall */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClMakeCall(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle)
{
    (void)CallParameters;
    (void)ProtocolPartyContext;
    (void)NdisPartyHandle;
    return count(CALL_MAKE_CALL, decode(VC_OF_AF, NdisVcHandle));
}

/* Closes the call; the AF may not close before (AF-CL-11). nf-ndis-ndisclclosecall */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClCloseCall(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                            PVOID Buffer, UINT Size)
{
    (void)NdisPartyHandle;
    (void)Buffer;
    (void)Size;
    return count(CALL_CLOSE_CALL, decode(VC_OF_AF, NdisVcHandle));
}

/* Registers a SAP on the AF. nf-ndis-ndisclregistersap */
/*@ requires no_lock: lock_is_held == 0;
    requires valid: \valid(NdisSapHandle) && \separated(NdisSapHandle, &core, binding_side + (..),
      af_side + (..), &lock_is_held, &right_to_call);
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call, *NdisSapHandle;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClRegisterSap(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext,
                              PCO_SAP Sap, PNDIS_HANDLE NdisSapHandle)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);

    (void)ProtocolSapContext;
    (void)Sap;
    *NdisSapHandle = encode(SAP_HANDLE, af);
    return count(CALL_REGISTER_SAP, af);
}

/* Deregisters it (AF-CL-11). nf-ndis-ndisclderegistersap */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle)
{
    return count(CALL_DEREGISTER_SAP, decode(SAP_HANDLE, NdisSapHandle));
}

/* Sends a request to the other end of the AF; NDIS_STATUS_PENDING, and
 * ProtocolCoOidRequestComplete follows. nf-ndis-ndiscooidrequest */
/*@ requires no_lock: lock_is_held == 0;
    assigns lock_is_held, core, binding_side[..], af_side[..], right_to_call;
    ensures no_lock: lock_is_held == 0; */
NDIS_STATUS NdisCoOidRequest(NDIS_HANDLE NdisBindingHandle, NDIS_HANDLE NdisAfHandle,
                             NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                             PNDIS_OID_REQUEST OidRequest)
{
    struct handle af = decode(AF_HANDLE, NdisAfHandle);
    struct moment m;

    (void)NdisBindingHandle;
    (void)NdisVcHandle;
    (void)NdisPartyHandle;
    (void)OidRequest;
    if (!driver_acts(CALL_AF_REQUEST, af, NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    owe(ENTER_AF_REQUEST_COMPLETE, af);
    return NDIS_STATUS_PENDING;
}
