/* accept.pml - is a recorded trace a behaviour of the model? The events of the trace are
 * played one by one into the same ndis.pml and binding.pml that SPIN checks; the first
 * one to which there is no right ends the run. accept_reader.c reads the trace. */
#define TRACE
#include "vocabulary.pml"

/* The readings come from the header of the trace; others than these are the recommended. */
int amb_01, amb_02, amb_03, amb_05, amb_06, amb_07, amb_08, amb_09, amb_10, amb_11, amb_13;
#define AMB_01 amb_01
#define AMB_02 amb_02
#define AMB_03 amb_03
#define AMB_05 amb_05
#define AMB_06 amb_06
#define AMB_07 amb_07
#define AMB_08 amb_08
#define AMB_09 amb_09
#define AMB_10 amb_10
#define AMB_11 amb_11
#define AMB_13 amb_13
#include "settings.pml"

#define GENERATION int
#define AFS       8
#define BINDINGS  9

byte other, expected;
byte unbind_thread_of[BINDINGS];
#define unbind_thread(b)  unbind_thread_of[b]

#define af_line(thread, event, i, status)       skip
#define binding_line(thread, event, b, status)  skip
#define open_line(thread, event, i, status, b)  skip

int position, broken;
int thread, kind, slot, generation, status, on_slot, on_generation;

c_decl {
    extern int accept_next(int position, int *event);
    extern int accept_reading(const char *name);
    extern void accept_no_other_reading(void);
    extern void accept_refuse(int position, int broken);
    extern void accept_end(int position);
}

inline need(condition, requirement)
{
    if
    :: (condition)
    :: else -> broken = requirement;
        c_code { accept_refuse (now.position - 1, now.broken); };
        assert(false)
    fi
}

#include "ndis.pml"
#include "binding.pml"

#define is_opening (kind == EV_RETURN_OPEN_AF)
#define is_bind    (kind == EV_ENTER_BIND || kind == EV_ENTER_INITIALIZE)

inline af_event()
{
    need(slot < AFS, RQ_AF_CL_01);
    if
    :: is_opening ->
        need(on_slot > 0 && on_slot < BINDINGS, RQ_CAD_02);
        need(client_is_done(slot) && manager_is_done(slot), RQ_AF_CL_21);
        need(generation == af[slot].generation + 1, RQ_AF_CL_01);
        need(on_generation == binding[on_slot].generation, RQ_CAD_12)
    :: else -> need(af[slot].phase != AF_FREE && generation == af[slot].generation, RQ_AF_CL_01)
    fi;
    if
    :: is_opening -> return_open_af(thread, slot, on_slot)
    :: kind == EV_CALL_CLOSE_AF -> call_close_af(thread, slot)
    :: kind == EV_ENTER_CM_CLOSE_AF -> enter_cm_close_af(thread, slot)
    :: kind == EV_RELEASE_AF_RESOURCES -> release_af_resources(thread, slot)
    :: kind == EV_LEAVE_CM_CLOSE_AF -> leave_cm_close_af(thread, slot, status)
    :: kind == EV_CALL_CM_CLOSE_AF_COMPLETE -> call_close_af_complete(thread, slot, 0, status)
    :: kind == EV_CALL_MCM_CLOSE_AF_COMPLETE -> call_close_af_complete(thread, slot, 1, status)
    :: kind == EV_ENTER_CL_CLOSE_AF_COMPLETE -> enter_cl_close_af_complete(thread, slot, status)
    :: kind == EV_RETURN_CLOSE_AF -> return_close_af(thread, slot, status)
    :: kind == EV_OWN_CLOSE_AF_COMPLETE -> own_close_af_complete(thread, slot, status)
    :: kind == EV_CALL_CM_NOTIFY -> call_notify(thread, slot, 0)
    :: kind == EV_CALL_MCM_NOTIFY -> call_notify(thread, slot, 1)
    :: kind == EV_ENTER_CL_NOTIFY_CLOSE_AF -> enter_cl_notify_close_af(thread, slot)
    :: kind == EV_WAIT_IN_NOTIFICATION -> need(af[slot].phase != AF_CLOSING, RQ_THR_02)
    :: kind == EV_LEAVE_CL_NOTIFY_CLOSE_AF -> leave_cl_notify_close_af(thread, slot, status)
    :: kind == EV_CALL_NOTIFY_COMPLETE -> call_notify_complete(thread, slot, status)
    :: kind == EV_ENTER_CM_NOTIFY_COMPLETE -> enter_cm_notify_complete(thread, slot, status)
    :: kind == EV_RETURN_CM_NOTIFY -> return_notify(thread, slot, 0, status)
    :: kind == EV_RETURN_MCM_NOTIFY -> return_notify(thread, slot, 1, status)
    :: kind == EV_CALL_MAKE_CALL -> call_make_call(thread, slot)
    :: kind == EV_CALL_CLOSE_CALL -> call_close_call(thread, slot)
    :: kind == EV_CALL_REGISTER_SAP -> call_register_sap(thread, slot)
    :: kind == EV_CALL_DEREGISTER_SAP -> call_deregister_sap(thread, slot)
    :: kind == EV_CALL_AF_REQUEST -> call_af_request(thread, slot)
    :: kind == EV_ENTER_AF_REQUEST_COMPLETE -> enter_af_request_complete(thread, slot)
    :: kind == EV_FREE_CLIENT_AF_CONTEXT -> free_client_af_context(thread, slot)
    :: kind == EV_FREE_CALL_MGR_AF_CONTEXT -> free_call_mgr_af_context(thread, slot)
    fi
}

inline binding_event()
{
    need(slot < BINDINGS, RQ_CAD_02);
    need((is_bind && generation == binding[slot].generation + 1) ||
         (!is_bind && binding[slot].phase != UNBOUND && generation == binding[slot].generation), RQ_CAD_02);
    if
    :: kind == EV_ENTER_BIND -> enter_bind(thread, slot, 0)
    :: kind == EV_ENTER_INITIALIZE -> enter_bind(thread, slot, 1)
    :: kind == EV_RETURN_OPEN_ADAPTER -> return_open_adapter(thread, slot, status)
    :: kind == EV_LEAVE_BIND -> leave_bind(thread, slot, 0, status)
    :: kind == EV_LEAVE_INITIALIZE -> leave_bind(thread, slot, 1, status)
    :: kind == EV_CALL_CM_REGISTER_AF -> call_register_af(thread, slot, 0)
    :: kind == EV_CALL_MCM_REGISTER_AF -> call_register_af(thread, slot, 1)
    :: kind == EV_ENTER_AF_REGISTER_NOTIFY -> enter_af_register_notify(thread, slot)
    :: kind == EV_CALL_SEND -> call_send(thread, slot)
    :: kind == EV_ENTER_SEND_COMPLETE -> enter_send_complete(thread, slot)
    :: kind == EV_CALL_OID_REQUEST -> call_oid_request(thread, slot)
    :: kind == EV_ENTER_OID_REQUEST_COMPLETE -> enter_oid_request_complete(thread, slot)
    :: kind == EV_REMOVE_ADAPTER -> remove_adapter(thread, slot)
    :: kind == EV_CALL_UNBIND_ADAPTER -> call_unbind_adapter(thread, slot)
    :: kind == EV_ENTER_UNBIND -> unbind_thread_of[slot] = thread; enter_unbind(thread, slot, 0)
    :: kind == EV_ENTER_HALT -> unbind_thread_of[slot] = thread; enter_unbind(thread, slot, 1)
    :: kind == EV_CALL_CLOSE_ADAPTER -> call_close_adapter(thread, slot)
    :: kind == EV_ENTER_CLOSE_ADAPTER_COMPLETE -> enter_close_adapter_complete(thread, slot)
    :: kind == EV_RETURN_CLOSE_ADAPTER -> return_close_adapter(thread, slot, status)
    :: kind == EV_FREE_BINDING_CONTEXT -> free_binding_context(thread, slot)
    :: kind == EV_CALL_COMPLETE_UNBIND -> call_complete_unbind(thread, slot)
    :: kind == EV_LEAVE_UNBIND -> leave_unbind(thread, slot, 0, status)
    :: kind == EV_LEAVE_HALT -> leave_unbind(thread, slot, 1, status)
    fi
}

active proctype accept()
{
    c_code {
        now.amb_01 = accept_reading ("amb_01"); now.amb_02 = accept_reading ("amb_02");
        now.amb_03 = accept_reading ("amb_03"); now.amb_05 = accept_reading ("amb_05");
        now.amb_06 = accept_reading ("amb_06"); now.amb_07 = accept_reading ("amb_07");
        now.amb_08 = accept_reading ("amb_08"); now.amb_09 = accept_reading ("amb_09");
        now.amb_10 = accept_reading ("amb_10"); now.amb_11 = accept_reading ("amb_11");
        now.amb_13 = accept_reading ("amb_13");
        accept_no_other_reading ();
    };
    do
    :: atomic { /* one state an event, whatever it takes */
        c_expr { accept_next (now.position, 0) } ->
        c_code {
            int event[8];
            accept_next (now.position++, event);
            now.thread = event[0]; now.kind = event[1]; now.slot = event[2];
            now.generation = event[3]; now.status = event[4];
            now.on_slot = event[5]; now.on_generation = event[6];
        };
        if
        :: kind < EV_ENTER_BIND -> af_event()
        :: else -> binding_event()
        fi
    }
    :: c_expr { !accept_next (now.position, 0) } -> break
    od;
    c_code { accept_end (now.position); }
}
