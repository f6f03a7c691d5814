/* ndis_client.c - the functions of ndis.h for clients. The pages named are those of the
 * published reference. */
#include "runtime_operation.h"

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

/* Opens the call manager's address family on the caller's binding. PENDING:
 * ProtocolClOpenAfCompleteEx follows; a failure leaves a handle that is dead (AF-OP-18). The
 * context stays allocated until the close has completed and every notification is answered
 * (AMB-09). A notification may arrive before this function has returned.
 * nf-ndis-ndisclopenaddressfamilyex */
/*@ CREATOR_OF_NDIS(NdisAfHandle) */
NDIS_STATUS NdisClOpenAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                      PCO_ADDRESS_FAMILY AddressFamily,
                                      NDIS_HANDLE ProtocolAfContext,
                                      PNDIS_HANDLE NdisAfHandle)
{
    const struct function open = {OPEN_AF_CALL, OPEN_AF_ENTER, OPEN_AF_LEAVE, RETURN_OPEN_AF};
    const struct handle on = decode(HANDLE_binding, NdisBindingHandle);
    NDIS_STATUS status;

    hold_binding(on.slot); /* what ProtocolCmOpenAf has returned must be known before an unbind */
    hold_binding(MANAGER_BINDING);
    status = create(open, on, WITH(.context = ProtocolAfContext, .what = AddressFamily),
                    NdisAfHandle);
    let_binding_go(MANAGER_BINDING);
    let_binding_go(on.slot);
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

/* NDIS refuses at once to drop the party that a call has from the beginning (PTY-05). */
/*@ FUNCTION_OF_NDIS */
static NDIS_STATUS drop_own_party(struct handle vc)
{
    struct moment m = {0};

    return driver_acts(VC_DROP_LAST_PARTY_CALL, vc, NO_STATUS, &m)
               ? ndis_returns(VC_DROP_LAST_PARTY_RETURN, vc)
               : NDIS_STATUS_FAILURE;
}

/* Drops a party that is not the call's own (PTY-05); the handle is dead at the call (PTY-02).
 * PENDING: ProtocolClDropPartyComplete follows. nf-ndis-ndiscldropparty */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisClDropParty(NDIS_HANDLE NdisPartyHandle, PVOID Buffer, UINT Size)
{
    if (kind_of(NdisPartyHandle) == PARTY_OF_VC) {
        return drop_own_party(decode(PARTY_OF_VC, NdisPartyHandle));
    }
    return operate(FUNCTION(PARTY_DROP), decode(HANDLE_party, NdisPartyHandle),
                   WITH(.what = Buffer, .size = Size));
}
