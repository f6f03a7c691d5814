/* ndis_call_manager.c - the functions of ndis.h for call managers, stand-alone and MCM. The
 * pages named are those of the published reference. */
#include "runtime_operation.h"

/* The open. */

/*@ FUNCTION_OF_NDIS */
static void complete_open(uint16_t call, NDIS_STATUS status, NDIS_HANDLE af, NDIS_HANDLE context)
{
    if (happens(call, decode(HANDLE_af, af), status_of(status), WITH(.context = context))) {
        owe(OPEN_AF_DELIVER, decode(HANDLE_af, af)); /* at PASSIVE_LEVEL, which this need not be */
    }
}

/* Completes an open that ProtocolCmOpenAf has pended (AF-OP-15); ProtocolClOpenAfCompleteEx
 * follows on a thread of NDIS's. nf-ndis-ndiscmopenaddressfamilycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
                                     NDIS_HANDLE CallMgrAfContext)
{
    complete_open(OPEN_AF_COMPLETE, Status, NdisAfHandle, CallMgrAfContext);
}

/* nf-ndis-ndismcmopenaddressfamilycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmOpenAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle,
                                      NDIS_HANDLE CallMgrAfContext)
{
    complete_open(OPEN_AF_MCM_COMPLETE, Status, NdisAfHandle, CallMgrAfContext);
}

/* The close. Each stand-alone function has its MCM counterpart (MCM-01). */

/* Completes a close that ProtocolCmCloseAf has pended or is about to pend; success
 * only (AF-CM-14). The handle is dead at the call (AF-CM-16). Stand-alone call managers.
 * nf-ndis-ndiscmcloseaddressfamilycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete(CALL_CM_CLOSE_AF_COMPLETE, ENTER_CL_CLOSE_AF_COMPLETE, decode(HANDLE_af, NdisAfHandle),
             status_of(Status), NOTHING);
}

/* The same for an MCM (MCM-01). nf-ndis-ndismcmcloseaddressfamilycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)
{
    complete(CALL_MCM_CLOSE_AF_COMPLETE, ENTER_CL_CLOSE_AF_COMPLETE, decode(HANDLE_af, NdisAfHandle),
             status_of(Status), NOTHING);
}

/* The notification. */

/* Asks the client of one AF to close it; the caller is unbinding. Not delivered to a client
 * that has been told of the close meanwhile (NTF-38). At PASSIVE_LEVEL.
 * PENDING: ProtocolCmNotifyCloseAfComplete follows, or has come already.
 * nf-ndis-ndiscmnotifycloseaddressfamily */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    const struct function notify = {CALL_CM_NOTIFY, ENTER_CL_NOTIFY_CLOSE_AF,
                                    LEAVE_CL_NOTIFY_CLOSE_AF, RETURN_CM_NOTIFY};

    return operate(notify, decode(HANDLE_af, NdisAfHandle), NOTHING);
}

/* The same for an MCM that halts. nf-ndis-ndismcmnotifycloseaddressfamily */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmNotifyCloseAddressFamily(NDIS_HANDLE NdisAfHandle)
{
    const struct function notify = {CALL_MCM_NOTIFY, ENTER_CL_NOTIFY_CLOSE_AF,
                                    LEAVE_CL_NOTIFY_CLOSE_AF, RETURN_MCM_NOTIFY};

    return operate(notify, decode(HANDLE_af, NdisAfHandle), NOTHING);
}

/* Registering. */

/* NDIS refuses all but the call manager, whose the AF is (REG-04, REG-05). */
/*@ FUNCTION_OF_NDIS */
static NDIS_STATUS register_af(uint16_t call, uint16_t back, NDIS_HANDLE handle)
{
    const struct handle binding = decode(HANDLE_binding, handle);
    const uint8_t answer = binding.slot == MANAGER_BINDING ? SUCCESS : FAILURE;
    struct moment m = {0};

    if (!happens(call, binding, NO_STATUS, NOTHING)) {
        return NDIS_STATUS_FAILURE;
    }
    offer();
    (void)ndis_acts(back, binding, answer, &m);
    return ndis_status_of(answer);
}

/* Registers an AF of a stand-alone call manager on its binding, from the bind handler.
 * nf-ndis-ndiscmregisteraddressfamilyex */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCmRegisterAddressFamilyEx(NDIS_HANDLE NdisBindingHandle,
                                          PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_CM_REGISTER_AF, REGISTER_AF_RETURN, NdisBindingHandle);
}

/* The same for an MCM, from MiniportInitializeEx. nf-ndis-ndismcmregisteraddressfamilyex */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmRegisterAddressFamilyEx(NDIS_HANDLE NdisMiniportHandle,
                                           PCO_ADDRESS_FAMILY AddressFamily)
{
    (void)AddressFamily;
    return register_af(CALL_MCM_REGISTER_AF, REGISTER_AF_MCM_RETURN, NdisMiniportHandle);
}

/* SAPs. */

/* Completes a registration that ProtocolCmRegisterSap has pended.
 * nf-ndis-ndiscmregistersapcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
                               NDIS_HANDLE CallMgrSapContext)
{
    complete(SAP_REGISTER_COMPLETE, SAP_REGISTER_DELIVER, decode(HANDLE_sap, NdisSapHandle),
             status_of(Status), WITH(.context = CallMgrSapContext));
}

/* nf-ndis-ndismcmregistersapcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle,
                                NDIS_HANDLE CallMgrSapContext)
{
    complete(SAP_REGISTER_MCM_COMPLETE, SAP_REGISTER_DELIVER, decode(HANDLE_sap, NdisSapHandle),
             status_of(Status), WITH(.context = CallMgrSapContext));
}

/* Completes a deregistration, with success (SAP-11). nf-ndis-ndiscmderegistersapcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle)
{
    complete(SAP_DEREGISTER_COMPLETE, SAP_DEREGISTER_DELIVER, decode(HANDLE_sap, NdisSapHandle),
             status_of(Status), NOTHING);
}

/* nf-ndis-ndismcmderegistersapcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE NdisSapHandle)
{
    complete(SAP_DEREGISTER_MCM_COMPLETE, SAP_DEREGISTER_DELIVER, decode(HANDLE_sap, NdisSapHandle),
             status_of(Status), NOTHING);
}

/* Calls. */

/* Completes a call that ProtocolCmMakeCall has pended (CALL-04).
 * nf-ndis-ndiscmmakecallcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                            NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
                            PCO_CALL_PARAMETERS CallParameters)
{
    complete(VC_MAKE_CALL_COMPLETE, VC_MAKE_CALL_DELIVER, decode(HANDLE_vc, NdisVcHandle),
             status_of(Status),
             WITH(.party_context = CallMgrPartyContext, .party = NdisPartyHandle,
                  .what = CallParameters));
}

/* nf-ndis-ndismcmmakecallcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                             NDIS_HANDLE NdisPartyHandle, NDIS_HANDLE CallMgrPartyContext,
                             PCO_CALL_PARAMETERS CallParameters)
{
    complete(VC_MAKE_CALL_MCM_COMPLETE, VC_MAKE_CALL_DELIVER, decode(HANDLE_vc, NdisVcHandle),
             status_of(Status),
             WITH(.party_context = CallMgrPartyContext, .party = NdisPartyHandle,
                  .what = CallParameters));
}

/* Completes the close of a call that ProtocolCmCloseCall has pended (CALL-15).
 * nf-ndis-ndiscmclosecallcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                             NDIS_HANDLE NdisPartyHandle)
{
    complete(VC_CLOSE_CALL_COMPLETE, VC_CLOSE_CALL_DELIVER, decode(HANDLE_vc, NdisVcHandle),
             status_of(Status), WITH(.party = NdisPartyHandle));
}

/* nf-ndis-ndismcmclosecallcomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE NdisVcHandle,
                              NDIS_HANDLE NdisPartyHandle)
{
    complete(VC_CLOSE_CALL_MCM_COMPLETE, VC_CLOSE_CALL_DELIVER, decode(HANDLE_vc, NdisVcHandle),
             status_of(Status), WITH(.party = NdisPartyHandle));
}

/* Offers an incoming call to the client that has the SAP. The line names the VC only, so a SAP
 * handle that is no longer alive is not told from one that is: its context is NULL then. PENDING:
 * ProtocolCmIncomingCallComplete follows. nf-ndis-ndiscmdispatchincomingcall */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
                                       PCO_CALL_PARAMETERS CallParameters)
{
    return operate(FUNCTION(VC_INCOMING_CALL), decode(HANDLE_vc, NdisVcHandle),
                   WITH(.other = NdisSapHandle, .what = CallParameters));
}

/* nf-ndis-ndismcmdispatchincomingcall */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisMCmDispatchIncomingCall(NDIS_HANDLE NdisSapHandle, NDIS_HANDLE NdisVcHandle,
                                        PCO_CALL_PARAMETERS CallParameters)
{
    return operate(MCM_FUNCTION(VC_INCOMING_CALL), decode(HANDLE_vc, NdisVcHandle),
                   WITH(.other = NdisSapHandle, .what = CallParameters));
}

/* Tells the client that the other side has ended the call (CALL-20).
 * nf-ndis-ndiscmdispatchincomingclosecall */
/*@ FUNCTION_OF_NDIS */
void NdisCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
                                     PVOID Buffer, UINT Size)
{
    complete(VC_INCOMING_CLOSE_CALL, VC_INCOMING_CLOSE_ENTER,
             decode(HANDLE_vc, NdisVcHandle), NO_STATUS,
             WITH(.status = CloseStatus, .what = Buffer, .size = Size));
}

/* nf-ndis-ndismcmdispatchincomingclosecall */
/*@ FUNCTION_OF_NDIS */
void NdisMCmDispatchIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE NdisVcHandle,
                                      PVOID Buffer, UINT Size)
{
    complete(VC_INCOMING_CLOSE_MCM_CALL, VC_INCOMING_CLOSE_ENTER,
             decode(HANDLE_vc, NdisVcHandle), NO_STATUS,
             WITH(.status = CloseStatus, .what = Buffer, .size = Size));
}

/* Parties. */

/* Completes the addition of a party. nf-ndis-ndiscmaddpartycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
                            NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters)
{
    complete(PARTY_ADD_COMPLETE, PARTY_ADD_DELIVER, decode(HANDLE_party, NdisPartyHandle),
             status_of(Status), WITH(.context = CallMgrPartyContext, .what = CallParameters));
}

/* nf-ndis-ndismcmaddpartycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle,
                             NDIS_HANDLE CallMgrPartyContext, PCO_CALL_PARAMETERS CallParameters)
{
    complete(PARTY_ADD_MCM_COMPLETE, PARTY_ADD_DELIVER, decode(HANDLE_party, NdisPartyHandle),
             status_of(Status), WITH(.context = CallMgrPartyContext, .what = CallParameters));
}

/* Completes the drop of a party, with success (PTY-06). nf-ndis-ndiscmdroppartycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle)
{
    complete(PARTY_DROP_COMPLETE, PARTY_DROP_DELIVER, decode(HANDLE_party, NdisPartyHandle),
             status_of(Status), NOTHING);
}

/* nf-ndis-ndismcmdroppartycomplete */
/*@ FUNCTION_OF_NDIS */
void NdisMCmDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisPartyHandle)
{
    complete(PARTY_DROP_MCM_COMPLETE, PARTY_DROP_DELIVER, decode(HANDLE_party, NdisPartyHandle),
             status_of(Status), NOTHING);
}

/* Tells the client that a party has left. nf-ndis-ndiscmdispatchincomingdropparty */
/*@ FUNCTION_OF_NDIS */
void NdisCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
                                     PVOID Buffer, UINT Size)
{
    complete(PARTY_INCOMING_DROP_CALL, PARTY_INCOMING_DROP_ENTER,
             decode(HANDLE_party, NdisPartyHandle), NO_STATUS,
             WITH(.status = DropStatus, .what = Buffer, .size = Size));
}

/* nf-ndis-ndismcmdispatchincomingdropparty */
/*@ FUNCTION_OF_NDIS */
void NdisMCmDispatchIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE NdisPartyHandle,
                                      PVOID Buffer, UINT Size)
{
    complete(PARTY_INCOMING_DROP_MCM_CALL, PARTY_INCOMING_DROP_ENTER,
             decode(HANDLE_party, NdisPartyHandle), NO_STATUS,
             WITH(.status = DropStatus, .what = Buffer, .size = Size));
}
