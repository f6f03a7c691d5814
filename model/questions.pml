/* questions.pml - whatever anybody could do with SAPs, VCs, calls, parties, requests, openings and
 * plug and play, in every state, with every status: asked of the model alone, to show that each of
 * its assertions can fail (model/lockstep --assertions). The core is not held against the answers:
 * where an event breaks two rules the two may name either. */
#define EACH_STATUS_FROM(event, arguments) \
    event(arguments, 0) :: event(arguments, ST_SUCCESS) :: event(arguments, ST_PENDING) \
    :: event(arguments, ST_NOT_ACCEPTED) :: event(arguments, ST_FAILURE) :: event(arguments, ST_RESOURCES) \
    :: event(arguments, ST_INVALID_DATA) :: event(arguments, ST_CLOSING) :: event(arguments, ST_NOT_SUPPORTED)

#if SAPS > 0
inline ask_about_sap(s)
{
    if
    :: call_NdisClRegisterSap(ASKED_BY, s)
    :: enter_ProtocolCmRegisterSap(ASKED_BY, s)
    :: EACH_STATUS(leave_ProtocolCmRegisterSap, s)
    :: EACH_STATUS(call_NdisCmRegisterSapComplete, s)
    :: EACH_STATUS(enter_ProtocolClRegisterSapComplete, s)
    :: EACH_STATUS(return_NdisClRegisterSap, s)
    :: EACH_STATUS(own_ProtocolClRegisterSapComplete, s)
    :: call_NdisClDeregisterSap(ASKED_BY, s)
    :: enter_ProtocolCmDeregisterSap(ASKED_BY, s)
    :: EACH_STATUS(leave_ProtocolCmDeregisterSap, s)
    :: EACH_STATUS(call_NdisCmDeregisterSapComplete, s)
    :: EACH_STATUS(enter_ProtocolClDeregisterSapComplete, s)
    :: EACH_STATUS(return_NdisClDeregisterSap, s)
    :: EACH_STATUS(own_ProtocolClDeregisterSapComplete, s)
    :: free_sap_context(ASKED_BY, s)
    :: free_manager_sap_context(ASKED_BY, s)
    fi
}
#endif

#if VCS > 0
inline ask_about_vc(v)
{
    if
    :: call_NdisCoCreateVc(ASKED_BY, v, 0)
    :: call_NdisCoCreateVc(ASKED_BY, v, 1)
    :: EACH_STATUS(leave_MiniportCoCreateVc, v)
    :: enter_ProtocolCoCreateVc(ASKED_BY, v)
    :: EACH_STATUS(leave_ProtocolCoCreateVc, v)
    :: EACH_STATUS(return_NdisCoCreateVc, v)
    :: call_NdisCoDeleteVc(ASKED_BY, v, 0, 0)
    :: call_NdisCoDeleteVc(ASKED_BY, v, 0, 1)
    :: call_NdisCoDeleteVc(ASKED_BY, v, 1, 0)
    :: call_NdisCoDeleteVc(ASKED_BY, v, 1, 1)
    :: enter_ProtocolCoDeleteVc(ASKED_BY, v)
    :: EACH_STATUS(leave_ProtocolCoDeleteVc, v)
    :: EACH_STATUS(leave_MiniportCoDeleteVc, v)
    :: EACH_STATUS(return_NdisCoDeleteVc, v)
    :: call_NdisCmActivateVc(ASKED_BY, v)
    :: call_NdisCmDeactivateVc(ASKED_BY, v)
    :: enter_MiniportCoDeactivateVc(ASKED_BY, v)
    :: EACH_STATUS(leave_MiniportCoDeactivateVc, v)
    :: call_NdisMCoDeactivateVcComplete(ASKED_BY, v)
    :: enter_ProtocolCmDeactivateVcComplete(ASKED_BY, v)
    :: EACH_STATUS(return_NdisCmDeactivateVc, v)
    :: own_ProtocolCmDeactivateVcComplete(ASKED_BY, v)
    :: free_client_vc_context(ASKED_BY, v)
    :: free_manager_vc_context(ASKED_BY, v)
    fi
}
#endif

#if VCS > 0
inline ask_about_call(v)
{
    if
    :: call_NdisClMakeCall(ASKED_BY, v)
    :: enter_ProtocolCmMakeCall(ASKED_BY, v)
    :: EACH_STATUS(leave_ProtocolCmMakeCall, v)
    :: EACH_STATUS(call_NdisCmMakeCallComplete, v)
    :: EACH_STATUS(enter_ProtocolClMakeCallComplete, v)
    :: EACH_STATUS(return_NdisClMakeCall, v)
    :: EACH_STATUS(own_ProtocolClMakeCallComplete, v)
    :: free_call_parameters(ASKED_BY, v)
    :: call_NdisCmDispatchIncomingCall(ASKED_BY, v)
    :: enter_ProtocolClIncomingCall(ASKED_BY, v)
    :: EACH_STATUS(leave_ProtocolClIncomingCall, v)
    :: EACH_STATUS(call_NdisClIncomingCallComplete, v)
    :: EACH_STATUS(enter_ProtocolCmIncomingCallComplete, v)
    :: EACH_STATUS(return_NdisCmDispatchIncomingCall, v)
    :: EACH_STATUS(own_ProtocolCmIncomingCallComplete, v)
    :: call_NdisCmDispatchIncomingCloseCall(ASKED_BY, v, 0)
    :: enter_ProtocolClIncomingCloseCall(ASKED_BY, v)
    :: call_NdisCoSendNetBufferLists(ASKED_BY, v)
    :: enter_ProtocolCoSendNetBufferListsComplete(ASKED_BY, v)
    :: call_NdisClCloseCall(ASKED_BY, v, 0)
    :: enter_ProtocolCmCloseCall(ASKED_BY, v)
    :: EACH_STATUS(leave_ProtocolCmCloseCall, v)
    :: EACH_STATUS(call_NdisCmCloseCallComplete, v)
    :: EACH_STATUS(enter_ProtocolClCloseCallComplete, v)
    :: EACH_STATUS(return_NdisClCloseCall, v)
    :: EACH_STATUS(own_ProtocolClCloseCallComplete, v)
    fi
}
#endif

#if PARTIES > 0
inline ask_about_party()
{
    if
    :: call_NdisClAddParty(ASKED_BY)
    :: enter_ProtocolCmAddParty(ASKED_BY)
    :: EACH_STATUS_FROM(leave_ProtocolCmAddParty, ASKED_BY)
    :: EACH_STATUS_FROM(call_NdisCmAddPartyComplete, ASKED_BY)
    :: EACH_STATUS_FROM(enter_ProtocolClAddPartyComplete, ASKED_BY)
    :: EACH_STATUS_FROM(return_NdisClAddParty, ASKED_BY)
    :: EACH_STATUS_FROM(own_ProtocolClAddPartyComplete, ASKED_BY)
    :: call_NdisClDropParty(ASKED_BY)
    :: enter_ProtocolCmDropParty(ASKED_BY)
    :: EACH_STATUS_FROM(leave_ProtocolCmDropParty, ASKED_BY)
    :: EACH_STATUS_FROM(call_NdisCmDropPartyComplete, ASKED_BY)
    :: EACH_STATUS_FROM(enter_ProtocolClDropPartyComplete, ASKED_BY)
    :: EACH_STATUS_FROM(return_NdisClDropParty, ASKED_BY)
    :: EACH_STATUS_FROM(own_ProtocolClDropPartyComplete, ASKED_BY)
    :: call_NdisClDropParty_last(ASKED_BY)
    :: EACH_STATUS_FROM(return_NdisClDropParty_last, ASKED_BY)
    :: call_NdisCmDispatchIncomingDropParty(ASKED_BY)
    :: enter_ProtocolClIncomingDropParty(ASKED_BY)
    :: free_client_party_context(ASKED_BY)
    :: free_manager_party_context(ASKED_BY)
    fi
}
#endif

#if REQUESTS > 0
inline ask_about_request(r)
{
    if
    :: call_NdisCoOidRequest(ASKED_BY, r, 0, 0)
    :: call_NdisCoOidRequest(ASKED_BY, r, 0, 1)
    :: call_NdisCoOidRequest(ASKED_BY, r, 1, 0)
    :: call_NdisCoOidRequest(ASKED_BY, r, 1, 1)
    :: enter_CoOidRequest(ASKED_BY, r)
    :: EACH_STATUS(leave_CoOidRequest, r)
    :: EACH_STATUS_OF_EITHER(call_CoOidRequestComplete, r)
    :: EACH_STATUS(enter_ProtocolCoOidRequestComplete, r)
    :: EACH_STATUS_OF_EITHER(return_NdisCoOidRequest, r)
    :: EACH_STATUS(own_ProtocolCoOidRequestComplete, r)
    :: free_request(ASKED_BY, r)
    fi
}
#endif

#if OPENING > 0
inline ask_about_opening(i)
{
    if
    :: call_NdisClOpenAddressFamilyEx(ASKED_BY, i, i + 1)
    :: refuse_to_open(i)
    :: enter_ProtocolCmOpenAf(ASKED_BY, i)
    :: store_call_mgr_af_context(ASKED_BY, i)
    :: discard_call_mgr_af_context(ASKED_BY, i)
    :: EACH_STATUS(leave_ProtocolCmOpenAf, i)
    :: EACH_STATUS_OF_EITHER(call_NdisCmOpenAddressFamilyComplete, i)
    :: EACH_STATUS(enter_ProtocolClOpenAfCompleteEx, i)
    :: EACH_STATUS(own_ProtocolClOpenAfCompleteEx, i)
    :: free_context_of_failed_open(ASKED_BY, i)
    :: return_NdisClOpenAddressFamilyEx(ASKED_BY, i, i + 1, ST_SUCCESS)
    :: return_NdisClOpenAddressFamilyEx(ASKED_BY, i, i + 1, ST_FAILURE)
    :: return_NdisClOpenAddressFamilyEx(ASKED_BY, i, i + 1, ST_PENDING)
    fi
}
#endif

#if PNP > 0
inline ask_about_plug_and_play(b)
{
    if
    :: call_NdisOpenAdapterEx(ASKED_BY, b)
    :: EACH_STATUS(return_NdisOpenAdapterEx, b)
    :: EACH_STATUS(enter_ProtocolOpenAdapterCompleteEx, b)
    :: free_the_open_parameters(ASKED_BY, b)
    :: leave_ProtocolBindAdapterEx_pending(ASKED_BY, b)
    :: EACH_STATUS(call_NdisCompleteBindAdapterEx, b)
    :: enter_ProtocolNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_SUCCESS)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_FAILURE)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_PENDING)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_SUCCESS)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_FAILURE)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_PAUSE_ENTER, ST_NOT_SUPPORTED)
    :: enter_ProtocolNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_SUCCESS)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_FAILURE)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_PENDING)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_SUCCESS)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_FAILURE)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_RESTART_ENTER, ST_NOT_SUPPORTED)
    :: enter_ProtocolNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_SUCCESS)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_FAILURE)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_PENDING)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_SUCCESS)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_FAILURE)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_SET_POWER_ENTER, ST_NOT_SUPPORTED)
    :: enter_ProtocolNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_SUCCESS)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_FAILURE)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_PENDING)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_SUCCESS)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_FAILURE)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_QUERY_REMOVE_ENTER, ST_NOT_SUPPORTED)
    :: enter_ProtocolNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_SUCCESS)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_FAILURE)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_PENDING)
    :: leave_ProtocolNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_SUCCESS)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_FAILURE)
    :: call_NdisCompleteNetPnPEvent(ASKED_BY, b, EV_CANCEL_REMOVE_ENTER, ST_NOT_SUPPORTED)
    :: call_NdisOidRequest_at_once(ASKED_BY, EV_SET_FILTER, b, 1, 0)
    :: enter_ProtocolReceiveNetBufferLists(ASKED_BY, b)
    :: enter_ProtocolStatusEx(ASKED_BY, b)
    :: call_NdisReturnNetBufferLists(ASKED_BY, b)
    :: call_NdisUnbindAdapter_in_vain(ASKED_BY, b)
    :: EACH_STATUS(return_NdisUnbindAdapter, b)
    :: pause_filters(ASKED_BY)
    :: detach_filters(ASKED_BY)
    fi
}
#endif

active proctype probe_objects()
{
end:
    do
#if SAPS > 0
    :: atomic { if_new(8, 1) -> question(ask_about_sap(0)) }
#endif
#if VCS > 0
    :: atomic { if_new(9, 1) -> question(ask_about_vc(0)) }
#endif
#if VCS > 0
    :: atomic { if_new(10, 1) -> question(ask_about_call(0)) }
#endif
#if VCS > 1
    :: atomic { if_new(11, 1) -> question(ask_about_vc(1)) }
#endif
#if VCS > 1
    :: atomic { if_new(12, 1) -> question(ask_about_call(1)) }
#endif
#if PARTIES > 0
    :: atomic { if_new(13, 1) -> question(ask_about_party()) }
#endif
#if REQUESTS > 0
    :: atomic { if_new(14, 1) -> question(ask_about_request(0 * AFS)) }
#endif
#if REQUESTS > 0
    :: atomic { if_new(15, 1) -> question(ask_about_request(1 * AFS)) }
#endif
#if REQUESTS > 0
    :: atomic { if_new(16, 1) -> question(ask_about_request(2 * AFS)) }
#endif
#if REQUESTS > 0
    :: atomic { if_new(17, 1) -> question(ask_about_request(3 * AFS)) }
#endif
#if OPENING > 0
    :: atomic { if_new(18, 1) -> question(ask_about_opening(0)) }
#endif
#if PNP > 0
    :: atomic { if_new(19, 1) -> question(ask_about_plug_and_play(0)) }
#endif
#if PNP > 0
    :: atomic { if_new(20, 1) -> question(ask_about_plug_and_play(1)) }
#endif
    :: false
    od
}
