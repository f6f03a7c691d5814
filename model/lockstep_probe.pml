/* lockstep_probe.pml - whatever anybody could do, in every state: each event of ndis.pml and
 * binding.pml, with each status, on each AF and binding. It is a question to model and core
 * alike, who have to answer it in the same way; the search goes on as if it had not been
 * asked. A handle that was never given out is nobody's to ask with. */
#define question(event)  c_code { lockstep_ask (); }; event; c_code { lockstep_asked (); }

#define ASKED_BY  NDIS_WORKER

#define EACH_STATUS(event, i) \
    event(ASKED_BY, i, ST_SUCCESS) \
    :: event(ASKED_BY, i, ST_PENDING) \
    :: event(ASKED_BY, i, ST_NOT_ACCEPTED) \
    :: event(ASKED_BY, i, ST_FAILURE)

#define EACH_STATUS_OF_EITHER(event, i) \
    event(ASKED_BY, i, 0, ST_SUCCESS) \
    :: event(ASKED_BY, i, 0, ST_PENDING) \
    :: event(ASKED_BY, i, 0, ST_FAILURE) \
    :: event(ASKED_BY, i, 1, ST_SUCCESS) \
    :: event(ASKED_BY, i, 1, ST_PENDING) \
    :: event(ASKED_BY, i, 1, ST_FAILURE)

inline ask_about_af(i)
{
    if
    :: call_close_af(ASKED_BY, i)
    :: call_close_af(unbind_thread(af[i].client), i)
    :: enter_cm_close_af(ASKED_BY, i)
    :: release_af_resources(ASKED_BY, i)
    :: EACH_STATUS(leave_cm_close_af, i)
    :: EACH_STATUS_OF_EITHER(call_close_af_complete, i)
    :: EACH_STATUS(enter_cl_close_af_complete, i)
    :: EACH_STATUS(return_close_af, i)
    :: EACH_STATUS(own_close_af_complete, i)
    :: call_notify(ASKED_BY, i, 0)
    :: call_notify(ASKED_BY, i, 1)
    :: enter_cl_notify_close_af(ASKED_BY, i)
    :: EACH_STATUS(leave_cl_notify_close_af, i)
    :: EACH_STATUS(call_notify_complete, i)
    :: EACH_STATUS(enter_cm_notify_complete, i)
    :: EACH_STATUS_OF_EITHER(return_notify, i)
    :: free_client_af_context(ASKED_BY, i)
    :: free_call_mgr_af_context(ASKED_BY, i)
    fi
}

inline ask_about_binding(b)
{
    if
    :: return_open_adapter(ASKED_BY, b, ST_SUCCESS)    /* that pends: only of one traced in full */
    :: return_open_adapter(ASKED_BY, b, ST_FAILURE)
    :: leave_bind(ASKED_BY, b, 0, ST_SUCCESS)
    :: leave_bind(ASKED_BY, b, 0, ST_FAILURE)
    :: leave_bind(ASKED_BY, b, 1, ST_SUCCESS)
    :: leave_bind(ASKED_BY, b, 1, ST_FAILURE)
    :: call_register_af(ASKED_BY, b, 0)
    :: call_register_af(ASKED_BY, b, 1)
    :: enter_af_register_notify(ASKED_BY, b)
    :: call_send(ASKED_BY, b)
    :: enter_send_complete(ASKED_BY, b)
    :: call_oid_request(ASKED_BY, b)
    :: enter_oid_request_complete(ASKED_BY, b)
    :: remove_adapter(ASKED_BY, b)
    :: call_unbind_adapter(ASKED_BY, b)
    :: enter_unbind(ASKED_BY, b, 0)
    :: enter_unbind(ASKED_BY, b, 1)
    :: call_close_adapter(ASKED_BY, b)
    :: enter_close_adapter_complete(ASKED_BY, b)
    :: EACH_STATUS(return_close_adapter, b)
    :: free_binding_context(ASKED_BY, b)
    :: call_complete_unbind(ASKED_BY, b)
    :: EACH_STATUS_OF_EITHER(leave_unbind, b)
    fi
}

active proctype probe()
{
end:
    do
    :: atomic { af[0].phase != AF_FREE -> question(ask_about_af(0)) }
#if AFS > 1
    :: atomic { af[1].phase != AF_FREE -> question(ask_about_af(1)) }
#endif
    :: atomic { binding[0].phase != UNBOUND -> question(ask_about_binding(0)) }
    :: atomic { binding[1].phase != UNBOUND -> question(ask_about_binding(1)) }
    :: atomic { binding[0].phase == UNBOUND -> question(enter_bind(ASKED_BY, 0, MINIPORT)) }
    :: atomic { question(enter_bind(ASKED_BY, 1, 0)) }
    od
}
