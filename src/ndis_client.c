/* ndis_client.c - the functions of ndis.h for clients. The pages named are those of the
 * published reference. */
#include "callback.h"
#include "ndis_operation.h"

/* The close. */

/* Closes the caller's open of an address family. The handle is dead from the call on
 * (AF-CL-02), save for answering a notification. PENDING: ProtocolClCloseAfComplete
 * follows, or has come already (AMB-29); anything else: the caller completes by itself
 * (AF-CL-04), and after a failure has its handle back (AMB-02).
 * nf-ndis-ndisclcloseaddressfamily */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisClCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    const struct function close = {CALL_CLOSE_AF, ENTER_CM_CLOSE_AF, LEAVE_CM_CLOSE_AF,
                                   RETURN_CLOSE_AF};

    return operate(close, decode(HANDLE_af, NdisAfHandle), NOTHING);
}

/* Answers a notification that ProtocolClNotifyCloseAf has pended; success only when
 * the close has completed (NTF-23). The one use of the handle after the close (AMB-01).
 * nf-ndis-ndisclnotifycloseaddressfamilycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisClNotifyCloseAddressFamilyComplete(NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    complete(CALL_NOTIFY_COMPLETE, ENTER_CM_NOTIFY_COMPLETE, decode(HANDLE_af, NdisAfHandle),
             status_of(Status), NOTHING);
}

/* The open. */

/* A slot that no AF and no open holds. Under the lock of NDIS. core_next_af would give two
 * opens one slot: the core hears of an open only when it returns. */
/*@ requires held: lock_is_held == 1;
    requires valid: \valid(e) && APART(e);
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
        if (object_side[SIDE_OF_AF + i].reserved == 0 && af_client_is_done(a) && af_manager_is_done(a) &&
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
    requires valid: \valid(m) && APART(m);
    terminates \true;
    exits never: \false;
    assigns STATE_OF_NDIS, *m;
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
        object_side[SIDE_OF_AF + m->event.object.slot].reserved = 1;
        binding_side[on.slot].busy++;
        binding_side[MANAGER_BINDING].busy++;
        m->driver = binding_side[MANAGER_BINDING];
        right_to_call = m->event;
    }
    drop_ndis_lock();
    return possible;
}

/*@ UNDER_ITS_OWN_LOCK(
      requires in_bounds: on.slot < MAX_BINDING && af.slot < MAX_AF;
      assigns lock_is_held, UNDER_THE_LOCK;) */
static void end_open(struct handle on, struct handle af)
{
    take_ndis_lock();
    object_side[SIDE_OF_AF + af.slot].reserved = 0;
    binding_side[on.slot].busy--;
    binding_side[MANAGER_BINDING].busy--;
    announce_ndis();
    drop_ndis_lock();
}

/* Opens the call manager's address family on the caller's binding. The context stays
 * allocated until the close has completed and every notification is answered (AMB-09).
 * A notification may arrive before this function has returned.
 * nf-ndis-ndisclopenaddressfamilyex */
/*@ CREATOR_OF_NDIS(NdisAfHandle) */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle)
{
    const struct handle on = decode(HANDLE_binding, NdisBindingHandle);
    struct moment m = {.event = {.kind = RETURN_OPEN_AF, .status = SUCCESS, .on = on},
                       .arguments = {.what = AddressFamily}};
    NDIS_STATUS status;
    struct event e;

    if (!begin_open(on, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    e = m.event;
    *NdisAfHandle = encode(HANDLE_af, e.object);
    status = call_back(&m);
    if (status == NDIS_STATUS_SUCCESS) {
        take_ndis_lock();
        object_side[SIDE_OF_AF + e.object.slot].context[DRIVER_client] = ProtocolAfContext;
        object_side[SIDE_OF_AF + e.object.slot].context[DRIVER_manager] = m.arguments.context;
        drop_ndis_lock();
        m.arguments = NOTHING;
        status = step(A_DRIVER, &e, &m) ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    }
    end_open(on, e.object);
    return status;
}

/* SAPs. */

/* Registers a SAP on the AF. PENDING: ProtocolClRegisterSapComplete follows, or has come
 * already (AMB-29); anything else: the caller completes by itself (SAP-01). The context stays
 * allocated until the SAP is deregistered (SAP-13). nf-ndis-ndisclregistersap */
/*@ CREATOR_OF_NDIS(NdisSapHandle) */
NDIS_STATUS NdisClRegisterSap(NDIS_HANDLE NdisAfHandle, NDIS_HANDLE ProtocolSapContext,
                              PCO_SAP Sap, PNDIS_HANDLE NdisSapHandle)
{
    return create(FUNCTION(SAP_REGISTER), decode(HANDLE_af, NdisAfHandle),
                  WITH(.context = ProtocolSapContext, .what = Sap), NdisSapHandle);
}

/* Deregisters it; the handle is dead at the call (SAP-07). PENDING:
 * ProtocolClDeregisterSapComplete follows. nf-ndis-ndisclderegistersap */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisClDeregisterSap(NDIS_HANDLE NdisSapHandle)
{
    return operate(FUNCTION(SAP_DEREGISTER), decode(HANDLE_sap, NdisSapHandle), NOTHING);
}

/* Calls. */

/* Sets up a call on a VC that the caller has created (VC-18). The parameters are NDIS's until
 * the call is set up or has failed (CALL-03). PENDING: ProtocolClMakeCallComplete follows.
 * nf-ndis-ndisclmakecall */
/*@ OF_NDIS(requires valid: NdisPartyHandle != \null ==> \valid(NdisPartyHandle) && APART(NdisPartyHandle);
      assigns STATE_OF_NDIS, *NdisPartyHandle;) */
NDIS_STATUS NdisClMakeCall(NDIS_HANDLE NdisVcHandle, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE ProtocolPartyContext, PNDIS_HANDLE NdisPartyHandle)
{
    const struct handle vc = decode(HANDLE_vc, NdisVcHandle);
    const NDIS_HANDLE party = encode(PARTY_OF_VC, vc);

    if (NdisPartyHandle != NULL) {
        *NdisPartyHandle = party;
    }
    return operate(FUNCTION(VC_MAKE_CALL), vc,
                   WITH(.party_context = ProtocolPartyContext, .party = party,
                        .what = CallParameters));
}

/* Closes the call, with its last party (CALL-12); the AF may not close before (AF-CL-11).
 * PENDING: ProtocolClCloseCallComplete follows. nf-ndis-ndisclclosecall */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisClCloseCall(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE NdisPartyHandle,
                            PVOID Buffer, UINT Size)
{
    return operate(FUNCTION(VC_CLOSE_CALL), decode(HANDLE_vc, NdisVcHandle),
                   WITH(.party = NdisPartyHandle, .what = Buffer, .size = Size));
}

/* Answers an incoming call that ProtocolClIncomingCall has pended (CALL-22).
 * nf-ndis-ndisclincomingcallcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisClIncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                                PCO_CALL_PARAMETERS CallParameters)
{
    complete(VC_INCOMING_CALL_COMPLETE, VC_INCOMING_CALL_DELIVER,
             decode(HANDLE_vc, NdisVcHandle), status_of(Status), WITH(.what = CallParameters));
}

/* Parties. */

/* Adds a party to a call that is connected. PENDING: ProtocolClAddPartyComplete follows.
 * nf-ndis-ndiscladdparty */
/*@ CREATOR_OF_NDIS(NdisPartyHandle) */
NDIS_STATUS NdisClAddParty(NDIS_HANDLE NdisVcHandle, NDIS_HANDLE ProtocolPartyContext,
                           PCO_CALL_PARAMETERS CallParameters, PNDIS_HANDLE NdisPartyHandle)
{
    return create(FUNCTION(PARTY_ADD), decode(HANDLE_vc, NdisVcHandle),
                  WITH(.context = ProtocolPartyContext, .what = CallParameters),
                  NdisPartyHandle);
}

/* Drops a party that is not the call's own (PTY-05); the handle is dead at the call (PTY-02).
 * PENDING: ProtocolClDropPartyComplete follows. nf-ndis-ndiscldropparty */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisClDropParty(NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size)
{
    return operate(FUNCTION(PARTY_DROP), decode(HANDLE_party, NdisPartyHandle),
                   WITH(.what = Buffer, .size = Size));
}
