/* work.pml - what an AF holds where a configuration needs that, and not the life of each object
 * (WORK): one call and one SAP of its client. Each begins, and ends, in one step, which tells
 * the whole of it; only whether it is there is part of the state. Conventions as in ndis.pml. */

#define work_line(thread, event, slot, i, status)  object_line(thread, event, slot, af[i].generation, status, i)

/* A client that takes its dead handle for alive (AMB-01 d) may have a second SAP. */
#define sap_of(i, number)  ((i) + AFS * (number))

inline NdisClRegisterSap_whole(thread, i, number)
{
    d_step {
        work_line(thread, EV_SAP_REGISTER_CALL, sap_of(i, number), i, 0);
        need_right_to_use(i);
        work_line(thread, EV_SAP_REGISTER_ENTER, sap_of(i, number), i, 0);
        work_line(thread, EV_SAP_REGISTER_LEAVE, sap_of(i, number), i, ST_SUCCESS);
        work_line(thread, EV_SAP_REGISTER_RETURN, sap_of(i, number), i, ST_SUCCESS);
        work_line(thread, EV_SAP_REGISTER_OWN, sap_of(i, number), i, ST_SUCCESS);
        af[i].saps++
    }
}

inline NdisClDeregisterSap_whole(thread, i)
{
    d_step {
        af[i].saps--;
        work_line(thread, EV_SAP_DEREGISTER_CALL, sap_of(i, af[i].saps), i, 0);
        work_line(thread, EV_SAP_DEREGISTER_ENTER, sap_of(i, af[i].saps), i, 0);
        work_line(thread, EV_FREE_CALL_MGR_SAP_CONTEXT, sap_of(i, af[i].saps), i, 0);
        work_line(thread, EV_SAP_DEREGISTER_LEAVE, sap_of(i, af[i].saps), i, ST_SUCCESS);
        work_line(thread, EV_SAP_DEREGISTER_RETURN, sap_of(i, af[i].saps), i, ST_SUCCESS);
        work_line(thread, EV_SAP_DEREGISTER_OWN, sap_of(i, af[i].saps), i, ST_SUCCESS);
        work_line(thread, EV_FREE_SAP_CONTEXT, sap_of(i, af[i].saps), i, 0)
    }
}

/* A VC for the call, and the call. */
inline NdisClMakeCall_whole(thread, i)
{
    d_step {
        work_line(thread, EV_VC_CREATE_BY_CLIENT_CALL, i, i, 0);
        need_right_to_use(i);
        UNLESS_MINIPORT(work_line(thread, EV_MINIPORT_CREATE_VC_LEAVE, i, i, ST_SUCCESS);)
        work_line(thread, EV_VC_CREATE_BY_CLIENT_ENTER, i, i, 0);
        work_line(thread, EV_VC_CREATE_BY_CLIENT_LEAVE, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_CREATE_BY_CLIENT_RETURN, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_MAKE_CALL_CALL, i, i, 0);
        work_line(thread, EV_VC_MAKE_CALL_ENTER, i, i, 0);
        IF_MINIPORT(work_line(thread, EV_VC_ACTIVATE_MCM_CALL, i, i, 0);)
        UNLESS_MINIPORT(work_line(thread, EV_VC_ACTIVATE_CALL, i, i, 0);)
        work_line(thread, EV_VC_MAKE_CALL_LEAVE, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_MAKE_CALL_RETURN, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_MAKE_CALL_OWN, i, i, ST_SUCCESS);
        work_line(thread, EV_FREE_CALL_PARAMETERS, i, i, 0);
        af[i].calls++
    }
}

inline NdisClCloseCall_whole(thread, i)
{
    d_step {
        af[i].calls--;
        work_line(thread, EV_VC_CLOSE_CALL_CALL, i, i, 0);
        work_line(thread, EV_VC_CLOSE_CALL_ENTER, i, i, 0);
        IF_MINIPORT(
        work_line(thread, EV_VC_DEACTIVATE_MCM_CALL, i, i, 0);
        work_line(thread, EV_VC_DEACTIVATE_MCM_RETURN, i, i, ST_SUCCESS);
        )
        UNLESS_MINIPORT(
        work_line(thread, EV_VC_DEACTIVATE_CALL, i, i, 0);
        work_line(thread, EV_VC_DEACTIVATE_ENTER, i, i, 0);
        work_line(thread, EV_VC_DEACTIVATE_LEAVE, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_DEACTIVATE_RETURN, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_DEACTIVATE_OWN, i, i, ST_SUCCESS);
        )
        work_line(thread, EV_VC_CLOSE_CALL_LEAVE, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_CLOSE_CALL_RETURN, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_CLOSE_CALL_OWN, i, i, ST_SUCCESS);
        work_line(thread, EV_VC_DELETE_BY_CLIENT_CALL, i, i, 0);
        work_line(thread, EV_VC_DELETE_BY_CLIENT_ENTER, i, i, 0);
        work_line(thread, EV_FREE_CALL_MGR_VC_CONTEXT, i, i, 0);
        work_line(thread, EV_VC_DELETE_BY_CLIENT_LEAVE, i, i, ST_SUCCESS);
        UNLESS_MINIPORT(work_line(thread, EV_MINIPORT_DELETE_VC_LEAVE, i, i, ST_SUCCESS);)
        work_line(thread, EV_VC_DELETE_BY_CLIENT_RETURN, i, i, ST_SUCCESS);
        work_line(thread, EV_FREE_CLIENT_VC_CONTEXT, i, i, 0)
    }
}

/* ---- tearing it down: options of client.pml ---- */

#define TEAR_DOWN_OPTIONS_OF_WORK(thread, i) \
    UNLESS_USERS( \
    :: af[i].calls > 0 -> NdisClCloseCall_whole(thread, i) \
    :: af[i].calls == 0 && af[i].saps > 0 -> NdisClDeregisterSap_whole(thread, i) \
    :: else -> break \
    )
