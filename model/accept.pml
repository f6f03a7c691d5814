/* accept.pml - are recorded traces behaviours of the model? The events of a trace are played one
 * by one into the same inlines that SPIN checks, of every module with all its objects; the first
 * to which there is no right ends it. accept_reader.c reads the traces. Each is a path of one
 * search, so that SPIN itself begins each of them in the first state. */
#define TRACE
#include "vocabulary.pml"         /* the readings too: from the header of the trace */

/* The tables of the core; a party of slot 0 is one like any other here. */
#define AFS           8
#define BINDINGS      9
#define SAPS          16
#define VCS           16
#define PARTIES       15
#define REQUESTS      32
#define OPENING       1
#define PNP           1
#define GENERATION    int
#define COUNT(name)   int name
#define WITHHOLDS     1
#include "settings.pml"

int position, broken;
int thread, kind, slot, generation, status, on_slot, on_generation;
int which;                        /* trace of those that are to be judged */
byte object;                      /* the first letter of its kind */
bit of_manager, fits_manager;     /* the event is the call manager's, and of its kind */
byte other, expected;

#define SYSTEM        0
#define MINIPORT      is_miniport
bit is_miniport;                  /* the call manager is one */
#define CLIENTS_LEAVE 0
#define manager_event(stand_alone, miniport)  (MINIPORT -> miniport : stand_alone)

/* ---- what a trace tells, and what it does not ---- */

/* On which thread NDIS has entered a driver, and which has called NdisUnbindAdapter. */
short unbind_thread_of[BINDINGS]; /* one more; 0: none is in the handler */
byte unbind_caller_of[BINDINGS], bind_thread_of[BINDINGS], close_thread_of[BINDINGS];
#define unbind_thread(b)             (unbind_thread_of[b] - 1)
#define is_unbind_caller(thread, b)  (unbind_caller_of[b] == thread)
#define is_bind_thread(thread, b)    (pnp[b].bind == BIND_INSIDE && bind_thread_of[b] == thread)
#define is_close_thread(thread, b) \
    ((binding[b].adapter == ADAPTER_CLOSED || binding[b].adapter == ADAPTER_CLOSE_COMPLETED_INSIDE) && \
     close_thread_of[b] == thread)

byte open_answer[BINDINGS];       /* with what NdisOpenAdapterEx has returned, until the driver's own completion */

/* Whose each object is, and who has made it. */
int sap_af[SAPS], sap_af_generation[SAPS];
int vc_af[VCS], vc_af_generation[VCS];
bit vc_by_manager[VCS];
int party_vc[PARTIES + 1], party_vc_generation[PARTIES + 1];
#define af_of_sap(s)        sap_af[s]
#define af_of_vc(v)         vc_af[v]
#define made_by_manager(v)  vc_by_manager[v]
#define vc_of_party(p)      party_vc[p]

/* Behind the requests with a handle: OID_CO_AF_CLOSE of each AF, those to the miniport of each
 * binding. Of these on_generation is that of the AF or binding itself. */
#define ALL_REQUESTS        (REQUESTS + AFS + BINDINGS)
#define OF_AF(i)            (REQUESTS + (i))
#define OF_BINDING(b)       (REQUESTS + AFS + (b))
int request_on[ALL_REQUESTS], request_on_generation[ALL_REQUESTS];
byte request_client[ALL_REQUESTS];
bit request_by_manager[ALL_REQUESTS], was_closing[ALL_REQUESTS];
#define af_of(r)            request_on[r]
#define client_of(r)        request_client[r]
#define is_by_client(r)     ((r) < REQUESTS && !request_by_manager[r])
#define is_by_manager(r)    ((r) < REQUESTS && request_by_manager[r])
#define is_af_close(r)      ((r) >= REQUESTS && (r) < REQUESTS + AFS)
#define is_to_miniport(r)   ((r) >= REQUESTS + AFS)

/* Of all objects of an AF, as far as an event of that AF depends on them. */
byte vcs_with_manager;            /* VCs of which the call manager has a context */
bit sap_takes_calls, sap_is_going;
bit deregisters_again[SAPS];      /* AMB-28 b */
bit drops_last_party[VCS];
#define is_dropping_last(v, whether)  (drops_last_party[v] == whether)
#define drop_of_last_is(v, whether)   drops_last_party[v] = whether

/* ---- the right to an event ---- */

inline need(condition, requirement)
{
    if
    :: broken != 0 || (condition)
    :: else -> broken = requirement
    fi
}

/* The line that the model would print is the one that is there. */
int wrong_row;
#define af_line(thread, event, i, status)       need((event) == kind, wrong_row)
#define binding_line(thread, event, b, status)  need((event) == kind, wrong_row)
#define object_line(thread, event, slot, its_generation, status, i)  need((event) == kind, wrong_row)
#define line_on_vc(thread, event, slot, its_generation, status)      need((event) == kind, wrong_row)
#define open_line(thread, event, i, status, b)  is_told_so(event, i, b)

#define need_sap_of_its_own(s)          skip       /* which SAP it is no trace tells */
#define stack_is_traced                 (stack != STACK_HALTED)
#define vcs_left(i)                     (AMB_24 == READING_A && vcs_with_manager > 0)

#include "hooks.pml"
#include "words.pml"
#include "state.pml"
#include "ndis.pml"
#include "pnp.pml"
#include "binding.pml"
#include "operation.pml"
#include "sap.pml"
#include "vc.pml"
#include "party.pml"
#include "call.pml"
#include "requests.pml"
#include "opening.pml"

c_decl {
    \#include <limits.h>
    \#include "trace/trace.h"
    extern int accept_is_trace(int trace);
    extern struct readings accept_begin(int trace);
    extern int accept_next(int position, struct event *event);
    extern enum requirement accept_level(struct event event);
    extern int accept_other_kind(int kind, int is_miniport);
    extern int accept_refuses_unbind(int position);
    extern void accept_end(int position, int broken);
    extern int accept_is_judged(int kind);
    extern const char *accept_asked;  /* where each assertion prints its name, the one asked last */
    \#ifdef PRINTF
    \#define vprintf(format, arguments)  (now.broken == 0 && format[0] == '=' ? (accept_asked = format + 2) : format)
    \#endif
}

/* ---- the handles, before the object is asked ---- */

#define is_af(i, its_generation)  ((i) < AFS && (its_generation) != 0 && af[i].generation == (its_generation))
#define opens_here                (is_af(slot, generation) && !open_is_over(slot))
#define is_bind                   (kind == EV_ENTER_BIND || kind == EV_ENTER_INITIALIZE)
#define of_opening                (kind >= FIRST_OF_opening && kind <= LAST_OF_opening)
#define of_stack                  (kind >= FIRST_OF_stack && kind <= LAST_OF_stack)
#define of_af_close               (kind >= FIRST_OF_af_close_request && kind <= LAST_OF_af_close_request)
#define of_miniport_request       (kind >= FIRST_OF_miniport_request && kind <= LAST_OF_miniport_request)
#define begins_vc \
    (kind == EV_VC_CREATE_BY_CLIENT_CALL || kind == EV_VC_CREATE_BY_MANAGER_CALL || \
     kind == EV_VC_CREATE_BY_MANAGER_MCM_CALL)
#define deletes_vc \
    ((kind >= EV_VC_DELETE_BY_CLIENT_CALL && kind <= EV_VC_DELETE_BY_CLIENT_RETURN) || \
     (kind >= EV_VC_DELETE_BY_MANAGER_CALL && kind <= EV_VC_DELETE_BY_MANAGER_RETURN) || \
     kind == EV_VC_DELETE_BY_MANAGER_MCM_CALL || kind == EV_VC_DELETE_BY_MANAGER_MCM_RETURN)
#define begins_call \
    (kind == EV_VC_MAKE_CALL_CALL || kind == EV_VC_INCOMING_CALL_CALL || kind == EV_VC_INCOMING_CALL_MCM_CALL)
#define begins_request \
    (kind == EV_REQUEST_BY_CLIENT_CALL || kind == EV_REQUEST_BY_MANAGER_CALL || kind == EV_REQUEST_BY_MANAGER_MCM_CALL || \
     kind == EV_OID_CO_AF_CLOSE_CALL || kind == EV_OID_CO_AF_CLOSE_MCM_CALL || kind == EV_REQUEST_TO_MINIPORT_CALL)

inline look_up_af()
{
    if
    :: kind == EV_OPEN_AF_CALL ->
        need(slot < AFS && on_slot > 0 && on_slot < BINDINGS, RQ_NOT_AN_EVENT)
    :: kind == EV_RETURN_OPEN_AF || kind == EV_OPEN_AF_DELIVER || kind == EV_OPEN_AF_OWN ->
        need(opens_here, RQ_AF_OP_06);
        need(kind != EV_RETURN_OPEN_AF ||
             (on_slot == af[slot].client && on_generation == binding[on_slot].generation), RQ_AF_OP_03)
    :: of_opening && kind != EV_OPEN_AF_CALL && kind != EV_RETURN_OPEN_AF && kind != EV_OPEN_AF_DELIVER &&
       kind != EV_OPEN_AF_OWN ->
        need(opens_here, RQ_AF_OP_18)
    :: of_af_close ->
        need(is_af(slot, generation), RQ_AF_CM_15);
        need(begins_request || broken != 0 || request_on_generation[OF_AF(slot)] == generation, RQ_OID_04)
    :: else -> need(is_af(slot, generation), (of_manager -> RQ_AF_CM_15 : RQ_AF_CL_01))
    fi;
    if
    :: broken == 0 -> drivers_have_handles(slot); count_vcs(slot)
    :: else
    fi
}

/* Each driver has the handle as soon as NDIS gives it (AF-OP-05, AF-OP-18, NTF-09). */
inline drivers_have_handles(i)
{
    client_handle[i] = (af[i].phase != AF_FREE && !open_pends(i) -> this_open(i) : 0);
    manager_handle[i] = (opening[i].operation.server != SERVER_OWED -> this_open(i) : 0)
}

inline count_vcs(i)
{
    vcs_with_manager = 0;
    for (other : 0 .. VCS - 1) {
        if
        :: af_of_vc(other) == i && vc_af_generation[other] == af[i].generation && vc[other].manager_context ->
            vcs_with_manager++
        :: else
        fi
    }
    other = 0
}

/* A call that began on a binding may end when it is unbound (UNB-22, PNP-05), and so may a bind
 * handler whose bind has failed; under AMB-30 b the context goes last. */
#define outlives_binding \
    (kind == EV_RETURN_UNBIND_ADAPTER || kind == EV_RETURN_RECEIVE || pnp[slot].bind == BIND_COMPLETED_INSIDE || \
     (kind == EV_FREE_BINDING_CONTEXT && AMB_30 == READING_B))

inline look_up_binding()
{
    need(of_stack || slot < BINDINGS, RQ_CAD_02);
    need(of_stack || (is_bind && generation == binding[slot].generation + 1) ||
         (!is_bind && generation != 0 && generation == binding[slot].generation &&
          (binding[slot].phase != UNBOUND || outlives_binding)), RQ_CAD_02);
    if
    :: of_miniport_request && broken == 0 ->
        need(begins_request || request_on_generation[OF_BINDING(slot)] == generation, RQ_OID_04)
    :: else
    fi
}

inline look_up_sap()
{
    if
    :: kind == EV_SAP_REGISTER_CALL ->
        need(slot < SAPS, RQ_SAP_07);
        need(generation == sap[slot].generation + 1, RQ_SAP_02);
        need(is_af(on_slot, on_generation), RQ_AF_CL_01)
    :: else ->
        need(slot < SAPS && generation != 0 && generation == sap[slot].generation, (of_manager -> RQ_SAP_11 : RQ_SAP_07));
        need(on_slot == sap_af[slot] && on_generation == sap_af_generation[slot], RQ_NOT_AN_EVENT)
    fi;
    if
    :: broken == 0 && kind == EV_SAP_REGISTER_CALL -> sap_af[slot] = on_slot; sap_af_generation[slot] = on_generation
    :: else
    fi;
    if
    :: broken == 0 -> drivers_have_handles(on_slot); need(fits_manager, RQ_MCM_07)
    :: else
    fi
}

inline look_up_vc()
{
    need(slot < VCS, RQ_VC_12);
    if
    :: begins_vc -> need(generation == vc[slot].generation + 1, RQ_VC_01)
    :: else ->
        need(generation != 0 && generation == vc[slot].generation, RQ_VC_12);
        need(on_slot == vc_af[slot] && on_generation == vc_af_generation[slot], RQ_NOT_AN_EVENT)
    fi;
    need(!(begins_vc || begins_call) || is_af(on_slot, on_generation), (of_manager -> RQ_AF_CM_15 : RQ_AF_CL_01));
    need(!(begins_vc || begins_call) || !of_manager || af[on_slot].resources, RQ_AF_CM_16);
    if
    :: broken == 0 && begins_vc ->
        vc_af[slot] = on_slot;
        vc_af_generation[slot] = on_generation;
        vc_by_manager[slot] = of_manager
    :: else
    fi;
    if
    :: broken == 0 -> drivers_have_handles(on_slot); look_at_saps(); need(fits_manager, RQ_MCM_07); vc[slot].transferring = 0
    :: else
    fi;
    wrong_row = (deletes_vc -> RQ_VC_07 : RQ_VC_03)
}

/* An incoming call is offered to an AF that has a SAP, or to one of which no SAP is traced. */
inline look_at_saps()
{
    sap_takes_calls = 1;
    sap_is_going = 0;
    for (other : 0 .. SAPS - 1) {
        sap_takes_calls = sap_takes_calls && sap[other].generation == 0
    }
    for (other : 0 .. SAPS - 1) {
        if
        :: sap_af[other] == on_slot && sap_af_generation[other] == on_generation ->
            sap_takes_calls = sap_takes_calls || sap[other].phase == SAP_REGISTERED;
            sap_is_going = sap_is_going || sap[other].phase == SAP_DEREGISTERING
        :: else
        fi
    }
    other = 0
}

inline look_up_party()
{
    if
    :: kind == EV_PARTY_ADD_CALL ->
        need(slot <= PARTIES, RQ_PTY_02);
        need(generation == party[slot].generation + 1, RQ_PTY_12);
        need(on_slot < VCS, RQ_VC_12);
        need(on_generation == vc[on_slot].generation, RQ_VC_12)
    :: else ->
        need(slot <= PARTIES && generation != 0 && generation == party[slot].generation, (of_manager -> RQ_PTY_08 : RQ_PTY_02));
        need(on_slot == party_vc[slot] && on_generation == party_vc_generation[slot], RQ_NOT_AN_EVENT)
    fi;
    if
    :: broken == 0 -> party_vc[slot] = on_slot; party_vc_generation[slot] = on_generation
    :: else
    fi;
    need(fits_manager, RQ_MCM_07)
}

inline look_up_request()
{
    need(slot < REQUESTS, RQ_OID_04);
    if
    :: begins_request ->
        need(generation == request[slot].generation + 1, RQ_OID_04);
        need(is_af(on_slot, on_generation), (kind == EV_REQUEST_BY_CLIENT_CALL -> RQ_AF_CL_01 : RQ_AF_CM_15));
        need(is_over(request[slot].operation) && !request[slot].in_memory, RQ_OID_04)
    :: else ->
        need(generation != 0 && generation == request[slot].generation, RQ_OID_04);
        need(on_slot == request_on[slot] && on_generation == request_on_generation[slot], RQ_NOT_AN_EVENT)
    fi;
    if
    :: broken == 0 && begins_request -> request_by_manager[slot] = of_manager; drivers_have_handles(on_slot)
    :: else
    fi
}

inline look_up()
{
    if
    :: object == 'a' -> look_up_af()
    :: object == 'b' -> look_up_binding()
    :: object == 's' -> look_up_sap()
    :: object == 'v' -> look_up_vc()
    :: object == 'p' -> look_up_party()
    :: object == 'r' -> look_up_request()
    fi
}

inline is_told_so(event, i, b)
{
    if
    :: event == EV_OPEN_AF_CALL ->
        need(generation == af[i].generation, RQ_AF_OP_03);
        need(on_generation == binding[b].generation, RQ_CAD_12)
    :: else
    fi
}

/* ---- the events: for each row of the vocabulary that the core judges, on_ and its identifier ---- */

#define on_RETURN_OPEN_AF             end_of_open()
#define on_CALL_CLOSE_AF              call_close_af(thread, slot)
#define on_ENTER_CM_CLOSE_AF          enter_cm_close_af(thread, slot)
#define on_RELEASE_AF_RESOURCES       if :: af[slot].phase == AF_FREE -> release_resources_of_failed_open(thread, slot) \
                                         :: else -> release_af_resources(thread, slot) fi
#define on_LEAVE_CM_CLOSE_AF          leave_cm_close_af(thread, slot, status)
#define on_CALL_CM_CLOSE_AF_COMPLETE  call_close_af_complete(thread, slot, 0, status)
#define on_CALL_MCM_CLOSE_AF_COMPLETE call_close_af_complete(thread, slot, 1, status)
#define on_ENTER_CL_CLOSE_AF_COMPLETE enter_cl_close_af_complete(thread, slot, status)
#define on_RETURN_CLOSE_AF            return_close_af(thread, slot, status)
#define on_OWN_CLOSE_AF_COMPLETE      own_close_af_complete(thread, slot, status)
#define on_CALL_CM_NOTIFY             call_notify(thread, slot, 0)
#define on_CALL_MCM_NOTIFY            call_notify(thread, slot, 1)
#define on_ENTER_CL_NOTIFY_CLOSE_AF   enter_cl_notify_close_af(thread, slot)
#define on_WAIT_IN_NOTIFICATION       wait_in_notification(thread, slot)
#define on_LEAVE_CL_NOTIFY_CLOSE_AF   leave_cl_notify_close_af(thread, slot, status)
#define on_CALL_NOTIFY_COMPLETE       call_notify_complete(thread, slot, status)
#define on_ENTER_CM_NOTIFY_COMPLETE   enter_cm_notify_complete(thread, slot, status)
#define on_RETURN_CM_NOTIFY           return_notify(thread, slot, 0, status)
#define on_RETURN_MCM_NOTIFY          return_notify(thread, slot, 1, status)
#define on_FREE_CLIENT_AF_CONTEXT     if :: af[slot].phase == AF_FREE -> free_context_of_failed_open(thread, slot) \
                                         :: else -> free_client_af_context(thread, slot) fi
#define on_FREE_CALL_MGR_AF_CONTEXT   if :: af[slot].phase == AF_FREE -> free_manager_context_of_failed_open(thread, slot) \
                                         :: else -> free_call_mgr_af_context(thread, slot) fi

#define on_OPEN_AF_CALL               offering[on_slot] = 1; call_NdisClOpenAddressFamilyEx(thread, slot, on_slot)
#define on_OPEN_AF_ENTER              enter_ProtocolCmOpenAf(thread, slot)
#define on_OPEN_AF_LEAVE              leave_ProtocolCmOpenAf(thread, slot, status)
#define on_OPEN_AF_COMPLETE           call_NdisCmOpenAddressFamilyComplete(thread, slot, 0, status)
#define on_OPEN_AF_MCM_COMPLETE       call_NdisCmOpenAddressFamilyComplete(thread, slot, 1, status)
#define on_OPEN_AF_DELIVER            enter_ProtocolClOpenAfCompleteEx(thread, slot, status)
#define on_OPEN_AF_OWN                own_ProtocolClOpenAfCompleteEx(thread, slot, status)
#define on_STORE_CALL_MGR_AF_CONTEXT  store_call_mgr_af_context(thread, slot)

/* That NDIS refuses by itself no event tells but the return (AF-OP-20). */
inline end_of_open()
{
    if
    :: status == ST_FAILURE && opening[slot].operation.server == SERVER_OWED -> refuse_to_open(slot)
    :: else
    fi;
    return_NdisClOpenAddressFamilyEx(thread, slot, on_slot, status)
}

#define on_ENTER_BIND                 begin_bind(0)
#define on_ENTER_INITIALIZE           need(slot == 0, RQ_NOT_AN_EVENT); begin_bind(1)
#define on_RETURN_OPEN_ADAPTER        end_of_open_adapter()
#define on_LEAVE_BIND                 end_of_bind()
#define on_LEAVE_INITIALIZE           leave_bind(thread, slot, 1, status)
#define on_CALL_CM_REGISTER_AF        call_register_af(thread, slot, 0)
#define on_CALL_MCM_REGISTER_AF       call_register_af(thread, slot, 1)
#define on_REGISTER_AF_RETURN         return_NdisCmRegisterAddressFamilyEx(thread, slot, 0, status)
#define on_REGISTER_AF_MCM_RETURN     return_NdisCmRegisterAddressFamilyEx(thread, slot, 1, status)
#define on_ENTER_AF_REGISTER_NOTIFY   enter_af_register_notify(thread, slot)
#define on_CALL_SEND                  call_send(thread, slot)
#define on_ENTER_SEND_COMPLETE        enter_send_complete(thread, slot)
#define on_CALL_OID_REQUEST           call_oid_request(thread, slot)
#define on_ENTER_OID_REQUEST_COMPLETE enter_oid_request_complete(thread, slot)
#define on_REMOVE_ADAPTER             remove_adapter(thread, slot)
#define on_CALL_UNBIND_ADAPTER        unbind_is_asked_for()
#define on_RETURN_UNBIND_ADAPTER      return_NdisUnbindAdapter(thread, slot, status)
#define on_ENTER_UNBIND               unbind_thread_of[slot] = thread + 1; enter_unbind(thread, slot, 0)
#define on_ENTER_HALT                 unbind_thread_of[slot] = thread + 1; enter_unbind(thread, slot, 1)
#define on_CALL_CLOSE_ADAPTER         call_close_adapter(thread, slot)
#define on_ENTER_CLOSE_ADAPTER_COMPLETE  close_thread_of[slot] = thread; enter_close_adapter_complete(thread, slot)
#define on_RETURN_CLOSE_ADAPTER       return_close_adapter(thread, slot, status)
#define on_FREE_BINDING_CONTEXT       free_binding_context(thread, slot)
#define on_CALL_COMPLETE_UNBIND       unbind_context[slot] = generation; call_complete_unbind(thread, slot)
#define on_LEAVE_UNBIND               leave_unbind(thread, slot, 0, status); unbind_thread_of[slot] = 0
#define on_LEAVE_HALT                 leave_unbind(thread, slot, 1, status); unbind_thread_of[slot] = 0
#define on_OPEN_ADAPTER_CALL          bind_thread_of[slot] = thread; call_NdisOpenAdapterEx(thread, slot)
#define on_OPEN_ADAPTER_DELIVER       enter_ProtocolOpenAdapterCompleteEx(thread, slot, status)
#define on_OPEN_ADAPTER_OWN           need(open_answer[slot] == status, RQ_BND_18); open_answer[slot] = 0
#define on_BIND_COMPLETE              need(!binding[slot].miniport, RQ_BND_20); call_NdisCompleteBindAdapterEx(thread, slot, status)
#define on_PAUSE_ENTER                enter_ProtocolNetPnPEvent(thread, slot, kind)
#define on_PAUSE_LEAVE                leave_ProtocolNetPnPEvent(thread, slot, kind - 1, status)
#define on_PAUSE_COMPLETE             call_NdisCompleteNetPnPEvent(thread, slot, kind - 2, status)
#define on_RESTART_ENTER              on_PAUSE_ENTER
#define on_RESTART_LEAVE              on_PAUSE_LEAVE
#define on_RESTART_COMPLETE           on_PAUSE_COMPLETE
#define on_QUERY_REMOVE_ENTER         on_PAUSE_ENTER
#define on_QUERY_REMOVE_LEAVE         cannot_give_up[slot] = (status == ST_FAILURE); on_PAUSE_LEAVE
#define on_QUERY_REMOVE_COMPLETE      cannot_give_up[slot] = (status == ST_FAILURE); on_PAUSE_COMPLETE
#define on_SET_POWER_ENTER            on_PAUSE_ENTER
#define on_SET_POWER_LEAVE            on_PAUSE_LEAVE
#define on_SET_POWER_COMPLETE         on_PAUSE_COMPLETE
#define on_CANCEL_REMOVE_ENTER        on_PAUSE_ENTER
#define on_CANCEL_REMOVE_LEAVE        on_PAUSE_LEAVE
#define on_CANCEL_REMOVE_COMPLETE     on_PAUSE_COMPLETE
#define on_FREE_OPEN_PARAMETERS       free_the_open_parameters(thread, slot)
#define on_SET_FILTER                 call_NdisOidRequest_at_once(thread, kind, slot, 1, (pnp[slot].offloads || pnp[slot].state == BINDING_RESTARTING))
#define on_CLEAR_FILTER               call_NdisOidRequest_at_once(thread, kind, slot, 0, pnp[slot].offloads)
#define on_WITHDRAW_OFFLOADS          call_NdisOidRequest_at_once(thread, kind, slot, pnp[slot].filter, 0)
#define on_INDICATE_RECEIVE           enter_ProtocolReceiveNetBufferLists(thread, slot)
#define on_RETURN_RECEIVE             call_NdisReturnNetBufferLists(thread, slot)
#define on_INDICATE_STATUS            enter_StatusEx(thread, slot, kind)
#define on_INDICATE_CO_STATUS         on_INDICATE_STATUS
#define on_HALT_ADAPTER               need(slot == 0, RQ_HLT_04); halt_adapter(thread)
#define on_REMOVE_BINDING             unbind_is_owed(thread, slot)

/* What a binding that has ended still had to be told has no part in the next. */
inline begin_bind(for_miniport)
{
    need(binding[slot].phase == UNBOUND && pnp[slot].bind != BIND_COMPLETED_INSIDE, RQ_BND_02);
    open_answer[slot] = 0;
    pnp[slot].opening = OPEN_OVER;
    pnp[slot].bind = BIND_OVER;
    pnp[slot].event = 0;
    pnp[slot].event_phase = 0;
    pnp[slot].filter = 0;
    pnp[slot].offloads = 0;
    pnp[slot].held = 0;
    pnp[slot].unbind_call = UNBIND_CALL_NONE;
    enter_bind(thread, slot, for_miniport)
}

inline end_of_open_adapter()
{
    return_NdisOpenAdapterEx(thread, slot, status);
    open_answer[slot] = (status == ST_PENDING -> 0 : status)
}

inline end_of_bind()
{
    if
    :: status == ST_PENDING -> leave_ProtocolBindAdapterEx_pending(thread, slot)
    :: else ->
        need(binding[slot].phase == BINDING && !binding[slot].miniport, RQ_BND_02);
        leave_bind(thread, slot, 0, status)
    fi
}

/* Whether NDIS starts the unbind it knows at the call; the trace tells it later (UNB-22). */
inline unbind_is_asked_for()
{
    unbind_caller_of[slot] = thread;
    if
    :: c_expr { accept_refuses_unbind (now.position) } -> call_NdisUnbindAdapter_in_vain(thread, slot)
    :: else -> call_unbind_adapter(thread, slot)
    fi
}

/* The stack, once it is traced: from the start of its miniport on. That it has been halted since
 * no event tells. */
#define on_RESET_MINIPORT             begin_reset(thread, slot)
#define on_RESET_END                  enter_reset_end(thread, slot)
#define on_RESTART_MINIPORT           if :: stack == STACK_PAUSED || stack == STACK_FILTERS_DETACHED -> stack = STACK_HALTED \
                                         :: else fi; \
                                      move_stack(thread, kind, STACK_HALTED, STACK_MINIPORT_RUNNING, RQ_PNP_15)
#define on_RESTART_FILTERS            once_traced(move_stack(thread, kind, STACK_MINIPORT_RUNNING, STACK_RUNNING, RQ_PNP_15))
#define on_PAUSE_FILTERS              once_traced(pause_filters(thread))
#define on_PAUSE_MINIPORT             once_traced(move_stack(thread, kind, STACK_FILTERS_PAUSED, STACK_PAUSED, RQ_PNP_10))
#define on_DETACH_FILTERS             once_traced(detach_filters(thread))
#define once_traced(step)             if :: stack_is_traced -> step :: else fi

#define on_SAP_REGISTER_CALL          call_NdisClRegisterSap(thread, slot)
#define on_SAP_REGISTER_ENTER         enter_ProtocolCmRegisterSap(thread, slot)
#define on_SAP_REGISTER_LEAVE         leave_ProtocolCmRegisterSap(thread, slot, status)
#define on_SAP_REGISTER_COMPLETE      call_NdisCmRegisterSapComplete(thread, slot, status)
#define on_SAP_REGISTER_MCM_COMPLETE  on_SAP_REGISTER_COMPLETE
#define on_SAP_REGISTER_DELIVER       enter_ProtocolClRegisterSapComplete(thread, slot, status)
#define on_SAP_REGISTER_RETURN        return_NdisClRegisterSap(thread, slot, status)
#define on_SAP_REGISTER_OWN           own_ProtocolClRegisterSapComplete(thread, slot, status)
#define on_SAP_DEREGISTER_CALL        if :: AMB_28 == READING_B && sap[slot].phase == SAP_DEREGISTERING && !deregisters_again[slot] -> \
                                            deregisters_again[slot] = 1; call_NdisClDeregisterSap_again(thread, slot) \
                                         :: else -> call_NdisClDeregisterSap(thread, slot) fi
#define on_SAP_DEREGISTER_ENTER       enter_ProtocolCmDeregisterSap(thread, slot)
#define on_SAP_DEREGISTER_LEAVE       leave_ProtocolCmDeregisterSap(thread, slot, status)
#define on_SAP_DEREGISTER_COMPLETE    call_NdisCmDeregisterSapComplete(thread, slot, status)
#define on_SAP_DEREGISTER_MCM_COMPLETE  on_SAP_DEREGISTER_COMPLETE
#define on_SAP_DEREGISTER_DELIVER     enter_ProtocolClDeregisterSapComplete(thread, slot, status)
#define on_SAP_DEREGISTER_RETURN      if :: deregisters_again[slot] && status == ST_FAILURE -> \
                                            deregisters_again[slot] = 0; return_NdisClDeregisterSap_again(thread, slot, status) \
                                         :: else -> return_NdisClDeregisterSap(thread, slot, status) fi
#define on_SAP_DEREGISTER_OWN         own_ProtocolClDeregisterSapComplete(thread, slot, status)
#define on_FREE_SAP_CONTEXT           free_sap_context(thread, slot)
#define on_FREE_CALL_MGR_SAP_CONTEXT  free_manager_sap_context(thread, slot)

#define on_VC_CREATE_BY_CLIENT_CALL   call_NdisCoCreateVc(thread, slot, 0)
#define on_VC_CREATE_BY_CLIENT_ENTER  enter_ProtocolCoCreateVc(thread, slot)
#define on_VC_CREATE_BY_CLIENT_LEAVE  leave_ProtocolCoCreateVc(thread, slot, status)
#define on_VC_CREATE_BY_CLIENT_RETURN return_NdisCoCreateVc(thread, slot, status)
#define on_VC_CREATE_BY_MANAGER_CALL  call_NdisCoCreateVc(thread, slot, 0)
#define on_VC_CREATE_BY_MANAGER_ENTER on_VC_CREATE_BY_CLIENT_ENTER
#define on_VC_CREATE_BY_MANAGER_LEAVE on_VC_CREATE_BY_CLIENT_LEAVE
#define on_VC_CREATE_BY_MANAGER_RETURN  on_VC_CREATE_BY_CLIENT_RETURN
#define on_VC_CREATE_BY_MANAGER_MCM_CALL  call_NdisCoCreateVc(thread, slot, 1)
#define on_VC_CREATE_BY_MANAGER_MCM_RETURN  on_VC_CREATE_BY_CLIENT_RETURN
#define on_VC_DELETE_BY_CLIENT_CALL   call_NdisCoDeleteVc(thread, slot, 0, 0)
#define on_VC_DELETE_BY_CLIENT_ENTER  enter_ProtocolCoDeleteVc(thread, slot)
#define on_VC_DELETE_BY_CLIENT_LEAVE  leave_ProtocolCoDeleteVc(thread, slot, status)
#define on_VC_DELETE_BY_CLIENT_RETURN return_NdisCoDeleteVc(thread, slot, status)
#define on_VC_DELETE_BY_MANAGER_CALL  call_NdisCoDeleteVc(thread, slot, 1, 0)
#define on_VC_DELETE_BY_MANAGER_ENTER on_VC_DELETE_BY_CLIENT_ENTER
#define on_VC_DELETE_BY_MANAGER_LEAVE on_VC_DELETE_BY_CLIENT_LEAVE
#define on_VC_DELETE_BY_MANAGER_RETURN  on_VC_DELETE_BY_CLIENT_RETURN
#define on_VC_DELETE_BY_MANAGER_MCM_CALL  call_NdisCoDeleteVc(thread, slot, 1, 1)
#define on_VC_DELETE_BY_MANAGER_MCM_RETURN  on_VC_DELETE_BY_CLIENT_RETURN
#define on_VC_ACTIVATE_CALL           call_NdisCmActivateVc(thread, slot)
#define on_VC_ACTIVATE_MCM_CALL       on_VC_ACTIVATE_CALL
#define on_VC_DEACTIVATE_CALL         call_NdisCmDeactivateVc(thread, slot)
#define on_VC_DEACTIVATE_MCM_CALL     on_VC_DEACTIVATE_CALL
#define on_VC_DEACTIVATE_ENTER        enter_MiniportCoDeactivateVc(thread, slot)
#define on_VC_DEACTIVATE_LEAVE        leave_MiniportCoDeactivateVc(thread, slot, status)
#define on_VC_DEACTIVATE_COMPLETE     call_NdisMCoDeactivateVcComplete(thread, slot, status)
#define on_VC_DEACTIVATE_DELIVER      enter_ProtocolCmDeactivateVcComplete(thread, slot, status)
#define on_VC_DEACTIVATE_RETURN       return_NdisCmDeactivateVc(thread, slot, status)
#define on_VC_DEACTIVATE_MCM_RETURN   on_VC_DEACTIVATE_RETURN
#define on_VC_DEACTIVATE_OWN          own_ProtocolCmDeactivateVcComplete(thread, slot, status)
#define on_VC_SEND_CALL               call_NdisCoSendNetBufferLists(thread, slot)
#define on_VC_SEND_DELIVER            enter_ProtocolCoSendNetBufferListsComplete(thread, slot)
#define on_FREE_CLIENT_VC_CONTEXT     free_client_vc_context(thread, slot)
#define on_FREE_CALL_MGR_VC_CONTEXT   free_manager_vc_context(thread, slot)
#define on_FREE_CALL_PARAMETERS       free_call_parameters(thread, slot)
#define on_MINIPORT_CREATE_VC_LEAVE   leave_MiniportCoCreateVc(thread, slot, status)
#define on_MINIPORT_DELETE_VC_LEAVE   leave_MiniportCoDeleteVc(thread, slot, status)

#define on_VC_MAKE_CALL_CALL          call_NdisClMakeCall(thread, slot)
#define on_VC_MAKE_CALL_ENTER         enter_ProtocolCmMakeCall(thread, slot)
#define on_VC_MAKE_CALL_LEAVE         leave_ProtocolCmMakeCall(thread, slot, status); call_party_context = 0
#define on_VC_MAKE_CALL_COMPLETE      call_NdisCmMakeCallComplete(thread, slot, status); call_party_context = 0
#define on_VC_MAKE_CALL_MCM_COMPLETE  on_VC_MAKE_CALL_COMPLETE
#define on_VC_MAKE_CALL_DELIVER       enter_ProtocolClMakeCallComplete(thread, slot, status)
#define on_VC_MAKE_CALL_RETURN        return_NdisClMakeCall(thread, slot, status)
#define on_VC_MAKE_CALL_OWN           own_ProtocolClMakeCallComplete(thread, slot, status)
#define on_VC_CLOSE_CALL_CALL         active_parties = 1; call_NdisClCloseCall(thread, slot, 0)
#define on_VC_CLOSE_CALL_ENTER        enter_ProtocolCmCloseCall(thread, slot)
#define on_VC_CLOSE_CALL_LEAVE        leave_ProtocolCmCloseCall(thread, slot, status)
#define on_VC_CLOSE_CALL_COMPLETE     call_NdisCmCloseCallComplete(thread, slot, status)
#define on_VC_CLOSE_CALL_MCM_COMPLETE on_VC_CLOSE_CALL_COMPLETE
#define on_VC_CLOSE_CALL_DELIVER      enter_ProtocolClCloseCallComplete(thread, slot, status)
#define on_VC_CLOSE_CALL_RETURN       return_NdisClCloseCall(thread, slot, status)
#define on_VC_CLOSE_CALL_OWN          own_ProtocolClCloseCallComplete(thread, slot, status)
#define on_VC_INCOMING_CALL_CALL      call_NdisCmDispatchIncomingCall(thread, slot)
#define on_VC_INCOMING_CALL_MCM_CALL  on_VC_INCOMING_CALL_CALL
#define on_VC_INCOMING_CALL_ENTER     enter_ProtocolClIncomingCall(thread, slot)
#define on_VC_INCOMING_CALL_LEAVE     leave_ProtocolClIncomingCall(thread, slot, status)
#define on_VC_INCOMING_CALL_COMPLETE  call_NdisClIncomingCallComplete(thread, slot, status)
#define on_VC_INCOMING_CALL_DELIVER   enter_ProtocolCmIncomingCallComplete(thread, slot, status)
#define on_VC_INCOMING_CALL_RETURN    return_NdisCmDispatchIncomingCall(thread, slot, status)
#define on_VC_INCOMING_CALL_MCM_RETURN  on_VC_INCOMING_CALL_RETURN
#define on_VC_INCOMING_CALL_OWN       own_ProtocolCmIncomingCallComplete(thread, slot, status)
#define on_VC_INCOMING_CLOSE_CALL     call_NdisCmDispatchIncomingCloseCall(thread, slot, 0)
#define on_VC_INCOMING_CLOSE_MCM_CALL on_VC_INCOMING_CLOSE_CALL
#define on_VC_INCOMING_CLOSE_ENTER    enter_ProtocolClIncomingCloseCall(thread, slot)

#define on_PARTY_ADD_CALL             call_NdisClAddParty(thread, slot)
#define on_PARTY_ADD_ENTER            enter_ProtocolCmAddParty(thread, slot)
#define on_PARTY_ADD_LEAVE            leave_ProtocolCmAddParty(thread, slot, status)
#define on_PARTY_ADD_COMPLETE         call_NdisCmAddPartyComplete(thread, slot, status)
#define on_PARTY_ADD_MCM_COMPLETE     on_PARTY_ADD_COMPLETE
#define on_PARTY_ADD_DELIVER          enter_ProtocolClAddPartyComplete(thread, slot, status)
#define on_PARTY_ADD_RETURN           return_NdisClAddParty(thread, slot, status)
#define on_PARTY_ADD_OWN              own_ProtocolClAddPartyComplete(thread, slot, status)
#define on_PARTY_DROP_CALL            call_NdisClDropParty(thread, slot)
#define on_PARTY_DROP_ENTER           enter_ProtocolCmDropParty(thread, slot)
#define on_PARTY_DROP_LEAVE           leave_ProtocolCmDropParty(thread, slot, status)
#define on_PARTY_DROP_COMPLETE        call_NdisCmDropPartyComplete(thread, slot, status)
#define on_PARTY_DROP_MCM_COMPLETE    on_PARTY_DROP_COMPLETE
#define on_PARTY_DROP_DELIVER         enter_ProtocolClDropPartyComplete(thread, slot, status)
#define on_PARTY_DROP_RETURN          return_NdisClDropParty(thread, slot, status)
#define on_PARTY_DROP_OWN             own_ProtocolClDropPartyComplete(thread, slot, status)
#define on_VC_DROP_LAST_PARTY_CALL    call_NdisClDropParty_last(thread, slot)
#define on_VC_DROP_LAST_PARTY_RETURN  return_NdisClDropParty_last(thread, slot, status)
#define on_PARTY_INCOMING_DROP_CALL   call_NdisCmDispatchIncomingDropParty(thread, slot)
#define on_PARTY_INCOMING_DROP_MCM_CALL  on_PARTY_INCOMING_DROP_CALL
#define on_PARTY_INCOMING_DROP_ENTER  enter_ProtocolClIncomingDropParty(thread, slot)
#define on_FREE_CLIENT_PARTY_CONTEXT  free_client_party_context(thread, slot)
#define on_FREE_CALL_MGR_PARTY_CONTEXT  free_manager_party_context(thread, slot)

/* A request is on its AF, or is the one of an AF or of a binding, r. */
#define on_REQUEST_BY_CLIENT_CALL     make_request(slot, on_slot, on_generation, AF_HANDLE, 0)
#define on_REQUEST_BY_CLIENT_ENTER    wrong_row = (is_over(request[slot].operation) -> RQ_OID_01 : RQ_OID_06); enter_CoOidRequest(thread, slot)
#define on_REQUEST_BY_CLIENT_LEAVE    wrong_row = (is_over(request[slot].operation) && !request[slot].in_memory -> RQ_OID_04 : RQ_OID_03); leave_CoOidRequest(thread, slot, status)
#define on_REQUEST_BY_CLIENT_COMPLETE wrong_row = RQ_OID_03; call_CoOidRequestComplete(thread, slot, 0, status)
#define on_REQUEST_BY_CLIENT_MCM_COMPLETE  wrong_row = RQ_OID_03; call_CoOidRequestComplete(thread, slot, 1, status)
#define on_REQUEST_BY_CLIENT_DELIVER  deliver_request(slot)
#define on_REQUEST_BY_CLIENT_RETURN   return_request(slot, 0)
#define on_REQUEST_BY_CLIENT_OWN      wrong_row = RQ_OID_01; own_ProtocolCoOidRequestComplete(thread, slot, status)
#define on_FREE_REQUEST_BY_CLIENT     wrong_row = RQ_OID_04; free_request(thread, slot)
#define on_REQUEST_BY_MANAGER_CALL    on_REQUEST_BY_CLIENT_CALL
#define on_REQUEST_BY_MANAGER_MCM_CALL  make_request(slot, on_slot, on_generation, AF_HANDLE, 1)
#define on_REQUEST_BY_MANAGER_ENTER   on_REQUEST_BY_CLIENT_ENTER
#define on_REQUEST_BY_MANAGER_LEAVE   on_REQUEST_BY_CLIENT_LEAVE
#define on_REQUEST_BY_MANAGER_COMPLETE  on_REQUEST_BY_CLIENT_COMPLETE
#define on_REQUEST_BY_MANAGER_DELIVER on_REQUEST_BY_CLIENT_DELIVER
#define on_REQUEST_BY_MANAGER_RETURN  on_REQUEST_BY_CLIENT_RETURN
#define on_REQUEST_BY_MANAGER_MCM_RETURN  return_request(slot, 1)
#define on_REQUEST_BY_MANAGER_OWN     on_REQUEST_BY_CLIENT_OWN
#define on_FREE_REQUEST_BY_MANAGER    on_FREE_REQUEST_BY_CLIENT
#define on_OID_CO_AF_CLOSE_CALL       make_request(OF_AF(slot), slot, generation, AF_HANDLE, 0)
#define on_OID_CO_AF_CLOSE_MCM_CALL   make_request(OF_AF(slot), slot, generation, AF_HANDLE, 1)
#define on_OID_CO_AF_CLOSE_ENTER      enter_CoOidRequest(thread, OF_AF(slot))
#define on_OID_CO_AF_CLOSE_LEAVE      leave_CoOidRequest(thread, OF_AF(slot), status)
#define on_OID_CO_AF_CLOSE_COMPLETE   call_CoOidRequestComplete(thread, OF_AF(slot), 0, status)
#define on_OID_CO_AF_CLOSE_DELIVER    deliver_request(OF_AF(slot))
#define on_OID_CO_AF_CLOSE_RETURN     return_request(OF_AF(slot), 0)
#define on_OID_CO_AF_CLOSE_MCM_RETURN return_request(OF_AF(slot), 1)
#define on_OID_CO_AF_CLOSE_OWN        own_ProtocolCoOidRequestComplete(thread, OF_AF(slot), status)
#define on_FREE_OID_CO_AF_CLOSE       free_request(thread, OF_AF(slot))
#define on_REQUEST_TO_MINIPORT_CALL   make_request(OF_BINDING(slot), slot, generation, NULL_HANDLE, 0)
#define on_REQUEST_TO_MINIPORT_ENTER  enter_CoOidRequest(thread, OF_BINDING(slot))
#define on_REQUEST_TO_MINIPORT_LEAVE  leave_CoOidRequest(thread, OF_BINDING(slot), status)
#define on_REQUEST_TO_MINIPORT_COMPLETE  call_CoOidRequestComplete(thread, OF_BINDING(slot), 0, status)
#define on_REQUEST_TO_MINIPORT_DELIVER  deliver_request(OF_BINDING(slot))
#define on_REQUEST_TO_MINIPORT_RETURN return_request(OF_BINDING(slot), 0)
#define on_REQUEST_TO_MINIPORT_OWN    own_ProtocolCoOidRequestComplete(thread, OF_BINDING(slot), status)
#define on_FREE_REQUEST_TO_MINIPORT   free_request(thread, OF_BINDING(slot))

inline make_request(r, its_on, its_on_generation, with_handle, for_miniport)
{
    request_on[r] = its_on;
    request_on_generation[r] = its_on_generation;
    if
    :: is_to_miniport(r) -> request_client[r] = its_on
    :: else -> request_client[r] = af[its_on].client
    fi;
    call_NdisCoOidRequest(thread, r, with_handle, for_miniport);
    was_closing[r] = (!is_to_miniport(r) && is_in_closing(r))
}

/* NDIS may have answered by itself, at any time since the call (OID-08): no event tells but the
 * return. Under AMB-33 c it completes what a closing client holds: but the delivery. */
inline return_request(r, for_miniport)
{
    wrong_row = RQ_OID_01;
    if
    :: !is_to_miniport(r) && request[r].operation.server == SERVER_OWED && status == ST_CLOSING &&
       (was_closing[r] || is_in_closing(r)) -> answer_closing(r)
    :: else
    fi;
    return_NdisCoOidRequest(thread, r, for_miniport, status)
}

inline deliver_request(r)
{
    wrong_row = RQ_OID_01;
    if
    :: AMB_33 == READING_C && is_by_manager(r) && request_is_held(r) && af[af_of(r)].phase != AF_OPEN && status == ST_CLOSING ->
        complete_operation(request[r].operation, ST_CLOSING, RQ_OID_03)
    :: else
    fi;
    enter_ProtocolCoOidRequestComplete(thread, r, status)
}

/* Each driver has a VC's handle as soon as NDIS gives it: its creator at the return, the peer
 * when it has agreed (VC-06). */
inline drivers_have_vc(v)
{
    client_vc_handle[v] = (vc[v].client_context && vc[v].phase >= (made_by_manager(v) -> VC_PEER_HAS_AGREED : VC_CREATED));
    manager_vc_handle[v] = (vc[v].manager_context && vc[v].phase >= (made_by_manager(v) -> VC_CREATED : VC_PEER_HAS_AGREED))
}

inline happen()
{
    if
#define JUDGED_BY_core(identifier)  :: kind == EV_##identifier -> on_##identifier
#define JUDGED_BY_runtime(identifier)
#define JUDGED_BY_model(identifier)
#define JUDGED_BY_trace(identifier)
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    JUDGED_BY_##judge(identifier)
#include "protocol/vocabulary.def"
#undef EVENT
    fi
}

active proctype accept()
{
    do
    :: c_expr { accept_is_trace (now.which) } -> break        /* judge it */
    :: c_expr { accept_is_trace (now.which) } -> which++      /* and the next */
    :: c_expr { !accept_is_trace (now.which) } -> goto done
    od;
    atomic {
        c_code {
            struct readings readings = accept_begin (now.which);
#define READING(name, recommended, letters) now.name = readings.name == 's' ? READING_A_SUCCESS : readings.name - 'a' + 1;
#include "protocol/readings.def"
#undef READING
        };
        do
        :: c_expr { now.broken == 0 && accept_next (now.position, 0) } -> d_step {
            c_code {
                struct event e;
                accept_next (now.position++, &e);
                accept_asked = 0;
                now.thread = e.thread;
                now.kind = e.kind;
                now.object = event_object (e.kind)[0];
                now.of_manager = event_driver (e.kind)[0] == 'm';
                now.slot = e.object.slot > INT_MAX ? INT_MAX : (int)e.object.slot;
                now.generation = (int)e.object.generation;
                now.status = e.status;
                now.on_slot = e.on.slot > INT_MAX ? INT_MAX : (int)e.on.slot;
                now.on_generation = (int)e.on.generation;
                now.broken = accept_level (e);
                now.is_miniport = now.binding[0].miniport;
                now.fits_manager = !accept_other_kind (e.kind, now.is_miniport);
                now.wrong_row = RQ_MCM_07;
            };
            if
            :: broken == 0 && kind < EV_COUNT -> look_up()
            :: else
            fi };
            if
            :: broken == 0 && kind < EV_COUNT -> happen()
            :: else                       /* of some only the model speaks */
            fi;
            if
            :: broken == 0 && object == 'v' -> drivers_have_vc(slot)
            :: else
            fi
        :: c_expr { now.broken != 0 || !accept_next (now.position, 0) } -> break
        od;
        c_code { accept_end (now.position, now.broken); }
    };
done:
    skip
}
