/* questions.pml - whatever anybody could do with SAPs, VCs, calls, parties, requests, openings and
 * plug and play, in every state, with every status: asked of the model alone, to show that each of
 * its assertions can fail (model/lockstep --assertions). The core is not held against the answers:
 * where an event breaks two rules the two may name either. */
inline ask_about_registration(b)
{
    if
    :: EACH_STATUS_OF_EITHER(return_NdisCmRegisterAddressFamilyEx, b)
    :: unbind_is_owed(ASKED_BY, b)
    fi
}

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
    :: EACH_STATUS(call_NdisMCoDeactivateVcComplete, v)
    :: EACH_STATUS(enter_ProtocolCmDeactivateVcComplete, v)
    :: EACH_STATUS(return_NdisCmDeactivateVc, v)
    :: EACH_STATUS(own_ProtocolCmDeactivateVcComplete, v)
    :: free_client_vc_context(ASKED_BY, v)
    :: free_manager_vc_context(ASKED_BY, v)
    fi
}

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

inline ask_about_party(p)
{
    if
    :: call_NdisClAddParty(ASKED_BY, p)
    :: enter_ProtocolCmAddParty(ASKED_BY, p)
    :: EACH_STATUS(leave_ProtocolCmAddParty, p)
    :: EACH_STATUS(call_NdisCmAddPartyComplete, p)
    :: EACH_STATUS(enter_ProtocolClAddPartyComplete, p)
    :: EACH_STATUS(return_NdisClAddParty, p)
    :: EACH_STATUS(own_ProtocolClAddPartyComplete, p)
    :: call_NdisClDropParty(ASKED_BY, p)
    :: enter_ProtocolCmDropParty(ASKED_BY, p)
    :: EACH_STATUS(leave_ProtocolCmDropParty, p)
    :: EACH_STATUS(call_NdisCmDropPartyComplete, p)
    :: EACH_STATUS(enter_ProtocolClDropPartyComplete, p)
    :: EACH_STATUS(return_NdisClDropParty, p)
    :: EACH_STATUS(own_ProtocolClDropPartyComplete, p)
    :: call_NdisClDropParty_last(ASKED_BY, vc_of_party(p))
    :: EACH_STATUS(return_NdisClDropParty_last, vc_of_party(p))
    :: call_NdisCmDispatchIncomingDropParty(ASKED_BY, p)
    :: enter_ProtocolClIncomingDropParty(ASKED_BY, p)
    :: free_client_party_context(ASKED_BY, p)
    :: free_manager_party_context(ASKED_BY, p)
    fi
}

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

inline ask_about_opening(i)
{
    if
    :: call_NdisClOpenAddressFamilyEx(ASKED_BY, i, i + 1)
    :: refuse_to_open(i)
    :: enter_ProtocolCmOpenAf(ASKED_BY, i)
    :: store_call_mgr_af_context(ASKED_BY, i)
    :: release_resources_of_failed_open(ASKED_BY, i)
    :: free_manager_context_of_failed_open(ASKED_BY, i)
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
    :: enter_StatusEx(ASKED_BY, b, EV_INDICATE_STATUS)
    :: enter_StatusEx(ASKED_BY, b, EV_INDICATE_CO_STATUS)
    :: call_NdisReturnNetBufferLists(ASKED_BY, b)
    :: call_NdisUnbindAdapter_in_vain(ASKED_BY, b)
    :: call_NdisUnbindAdapter_in_vain(SYSTEM, b)
    :: EACH_STATUS(return_NdisUnbindAdapter, b)
    :: pause_filters(ASKED_BY)
    :: detach_filters(ASKED_BY)
    fi
}

active proctype probe_objects()
{
end:
    do
    UNLESS_OPENING(:: atomic { if_new(21, 1) -> question(open_af(ASKED_BY, 0, 1)) })
    :: atomic { if_new(22, now.binding[0].phase != 0) -> question(ask_about_registration(0)) }
    :: atomic { if_new(23, now.binding[1].phase != 0) -> question(ask_about_registration(1)) }
    IF_SAPS(:: atomic { if_new(8, 1) -> question(ask_about_sap(0)) })
    IF_VCS(:: atomic { if_new(9, 1) -> question(ask_about_vc(0)) })
    IF_VCS(:: atomic { if_new(10, 1) -> question(ask_about_call(0)) })
    IF_SECOND_VC(:: atomic { if_new(11, 1) -> question(ask_about_vc(1)) })
    IF_SECOND_VC(:: atomic { if_new(12, 1) -> question(ask_about_call(1)) })
    IF_PARTIES(:: atomic { if_new(13, 1) -> question(ask_about_party(SECOND_PARTY)) })
    IF_REQUESTS(:: atomic { if_new(14, 1) -> question(ask_about_request(0 * AFS)) })
    IF_REQUESTS(:: atomic { if_new(15, 1) -> question(ask_about_request(1 * AFS)) })
    IF_REQUESTS(:: atomic { if_new(16, 1) -> question(ask_about_request(2 * AFS)) })
    IF_REQUESTS(:: atomic { if_new(17, 1) -> question(ask_about_request(3 * AFS)) })
    IF_OPENING(:: atomic { if_new(18, 1) -> question(ask_about_opening(0)) })
    IF_PNP(:: atomic { if_new(19, 1) -> question(ask_about_plug_and_play(0)) })
    IF_PNP(:: atomic { if_new(20, 1) -> question(ask_about_plug_and_play(1)) })
    :: false
    od
}
