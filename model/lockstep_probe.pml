/* lockstep_probe.pml - whatever anybody could do, in every state: each event of ndis.pml and
 * binding.pml, with each status, on each AF and binding. It is a question to model and core
 * alike, who have to answer it in the same way; the search goes on as if it had not been
 * asked. What the drivers think of it is nothing to the answer: so it is asked once of each state
 * of NDIS (is_new).
 *
 * A handle that is dead, or was never given out, the model does not know: it could not be used
 * there. That the core refuses it, lockstep_refuses_handles asks. */
#define question(event)  c_code { lockstep_ask (); }; event; c_code { lockstep_asked (); }

#define ASKED_BY  19    /* a thread of its own: no driver is entered on it */

#define EACH_STATUS(event, i) \
    event(ASKED_BY, i, 0) \
    :: event(ASKED_BY, i, ST_SUCCESS) \
    :: event(ASKED_BY, i, ST_PENDING) \
    :: event(ASKED_BY, i, ST_NOT_ACCEPTED) \
    :: event(ASKED_BY, i, ST_FAILURE) \
    :: event(ASKED_BY, i, ST_RESOURCES) \
    :: event(ASKED_BY, i, ST_INVALID_DATA) \
    :: event(ASKED_BY, i, ST_CLOSING) \
    :: event(ASKED_BY, i, ST_NOT_SUPPORTED)

#define EACH_STATUS_OF(event, i, for_miniport) \
    event(ASKED_BY, i, for_miniport, 0) \
    :: event(ASKED_BY, i, for_miniport, ST_SUCCESS) \
    :: event(ASKED_BY, i, for_miniport, ST_PENDING) \
    :: event(ASKED_BY, i, for_miniport, ST_NOT_ACCEPTED) \
    :: event(ASKED_BY, i, for_miniport, ST_FAILURE) \
    :: event(ASKED_BY, i, for_miniport, ST_RESOURCES) \
    :: event(ASKED_BY, i, for_miniport, ST_INVALID_DATA) \
    :: event(ASKED_BY, i, for_miniport, ST_CLOSING) \
    :: event(ASKED_BY, i, for_miniport, ST_NOT_SUPPORTED)

#define EACH_STATUS_OF_EITHER(event, i) \
    EACH_STATUS_OF(event, i, 0) \
    :: EACH_STATUS_OF(event, i, 1)

inline ask_about_af(i)
{
    if
    :: call_close_af(ASKED_BY, i)
    :: call_close_af(unbind_thread(af[i].client), i)
    :: call_close_af(unbind_thread(0), i)
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
    :: wait_in_notification(ASKED_BY, i)
    :: EACH_STATUS(leave_cl_notify_close_af, i)
    :: EACH_STATUS(call_notify_complete, i)
    :: EACH_STATUS(enter_cm_notify_complete, i)
    :: EACH_STATUS_OF_EITHER(return_notify, i)
    :: free_client_af_context(ASKED_BY, i)
    :: free_call_mgr_af_context(ASKED_BY, i)
    fi
}

inline leave_bind_in_any_way(thread, b, for_miniport, status)
{
    skip;
    if
    :: status == 0                       /* no event at all, says the core */
    :: status == ST_PENDING && !for_miniport -> leave_ProtocolBindAdapterEx_pending(thread, b)
    :: else -> leave_bind(thread, b, for_miniport, status)
    fi
}

inline ask_about_binding(b)
{
    if
    :: call_NdisOpenAdapterEx(ASKED_BY, b)
    :: EACH_STATUS(return_NdisOpenAdapterEx, b)
    :: EACH_STATUS_OF_EITHER(leave_bind_in_any_way, b)
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

#define if_new(number, condition)  c_expr { (condition) && is_new (number) }

active proctype probe()
{
end:
    do
    :: atomic { if_new(0, now.af[0].phase != 0) -> question(ask_about_af(0)) }
    IF_SECOND_AF(:: atomic { if_new(1, now.af[1].phase != 0) -> question(ask_about_af(1)) })
    :: atomic { if_new(2, now.binding[0].phase != 0) -> question(ask_about_binding(0)) }
    :: atomic { if_new(3, now.binding[1].phase != 0) -> question(ask_about_binding(1)) }
    :: atomic { if_new(4, now.binding[0].phase == 0) -> question(enter_bind(ASKED_BY, 0, MINIPORT)) }
    :: atomic { if_new(5, 1) -> question(enter_bind(ASKED_BY, 1, 0)) }
    :: c_expr { is_new (7) && lockstep_refuses_handles () }
    od
}

#ifdef QUESTIONS_OF_OBJECTS
#include "questions.pml"
#endif
