/* request.c - see request.h. */
#include "request.h"

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> goes_to_client(kind); */
static int goes_to_client(uint8_t kind)
{
    return kind == BY_MANAGER || kind == AF_CLOSE;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> misaddressed(q, kind); */
static int misaddressed(struct request q, uint8_t kind)
{
    return q.operation.caller != CALLER_NONE && q.kind != kind;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> request_is_out(q); */
static int request_is_out(struct request q)
{
    return q.operation.caller != CALLER_NONE && q.operation.delivered != 1;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> closing_was_missed(q); */
static int closing_was_missed(struct request q)
{
    return q.operation.caller == CALLER_ANSWERED && q.operation.status == CLOSING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> close_is_in_progress(kind, af, binding_is_closing); */
static int close_is_in_progress(uint8_t kind, struct address_family af, uint8_t binding_is_closing)
{
    return af.phase == AF_CLOSING || (kind != AF_CLOSE && binding_is_closing != 0);
}

int request_is_free(struct request q)
{
    return q.operation.caller == CALLER_NONE && q.in_memory == 0;
}

/* The call manager's: on its own binding, with the function of its kind, until it has
 * answered the close; and not told in two ways to close (NTF-43). */
/*@ requires is_kind: goes_to_client(kind);
    LOOKS_ONLY
    ensures exact: \result == right_to_request(kind, by_mcm, af, requester, 0); */
static enum requirement right_of_manager(uint8_t kind, uint8_t by_mcm,
                                         struct address_family af, struct binding requester)
{
    if (by_mcm != af.miniport) {
        return MCM_07;
    }
    if (af.miniport == 0 && requester.adapter != ADAPTER_OPEN) {
        return OID_05;
    }
    switch (af.manager_close) {
    case MANAGER_CLOSE_SUCCEEDED: return AF_CM_21;
    case MANAGER_CLOSE_COMPLETED:
    case MANAGER_CLOSE_COMPLETED_INSIDE: return AF_CM_16;
    default: break;
    }
    if (af.manager_context == 0) {
        return AF_CM_24;
    }
    return kind == AF_CLOSE && af.notified != NEVER_NOTIFIED ? NTF_43 : CONFORMING;
}

/*@ requires is_kind: BY_CLIENT <= kind <= TO_MINIPORT;
    LOOKS_ONLY
    ensures exact:
      \result == right_to_request(kind, by_mcm, af, requester, nic_is_resetting); */
static enum requirement right_to_make(uint8_t kind, uint8_t by_mcm, struct address_family af,
                                      struct binding requester, uint8_t nic_is_resetting)
{
    if (kind == BY_CLIENT) {
        switch (af.phase) {
        case AF_OPEN: return CONFORMING;
        case AF_CLOSING: return AF_CL_27;
        case AF_OPENING: return AF_OP_08;
        case AF_FAILED: return AF_OP_05;
        default: return AF_CL_02;
        }
    }
    if (kind == TO_MINIPORT) {
        if (requester.adapter != ADAPTER_OPEN) {
            return OID_05;
        }
        return nic_is_resetting != 0 ? OID_09 : CONFORMING;
    }
    return right_of_manager(kind, by_mcm, af, requester);
}

enum requirement request_call(struct request *q, uint8_t kind, uint8_t by_mcm,
                              struct address_family af, struct binding requester,
                              uint8_t binding_is_closing, uint8_t nic_is_resetting,
                              struct handle on)
{
    enum requirement broken;

    if (!request_is_free(*q)) {
        return OID_04;
    }
    broken = right_to_make(kind, by_mcm, af, requester, nic_is_resetting);
    if (broken != CONFORMING) {
        return broken;
    }
    if (q->generation == UINT32_MAX) {
        return BOUND_REACHED;
    }
    q->generation++;
    q->on = on;
    q->kind = kind;
    q->in_memory = 1;
    q->in_closing = close_is_in_progress(kind, af, binding_is_closing) ? 1 : 0;
    q->operation = operation_begun();
    return CONFORMING;
}

enum requirement request_enter(struct request *q, uint8_t kind, struct address_family af)
{
    if (misaddressed(*q, kind)) {
        return OID_06;
    }
    if (!operation_takes(q->operation, STEP_ENTER, NO_STATUS)) {
        return OID_01;
    }
    if (kind == BY_CLIENT && af.manager_context == 0) {
        return AF_OP_19;
    }
    if (goes_to_client(kind) && af.client_context == 0) {
        return AF_OP_11;
    }
    q->operation = operation_after(q->operation, STEP_ENTER, NO_STATUS);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> pends_too_late(q, kind, af, r, status); */
static int pends_too_late(struct request q, uint8_t kind, struct address_family af,
                              struct readings r, uint8_t status)
{
    return r.amb_33 == 'a' && goes_to_client(kind) && status == PENDING &&
           q.operation.server == SERVER_INSIDE && af.phase != AF_OPEN;
}

enum requirement request_leave(struct request *q, uint8_t kind, struct address_family af,
                               struct readings r, uint8_t status)
{
    if (request_is_free(*q)) {
        return OID_04;
    }
    if (misaddressed(*q, kind)) {
        return OID_03;
    }
    if (kind == AF_CLOSE && status == NOT_SUPPORTED) {
        return NTF_42;
    }
    if (pends_too_late(*q, kind, af, r, status)) {
        return OID_07;
    }
    if (!operation_takes(q->operation, STEP_LEAVE, status)) {
        return OID_03;
    }
    q->operation = operation_after(q->operation, STEP_LEAVE, status);
    return CONFORMING;
}

enum requirement request_complete(struct request *q, uint8_t kind, uint8_t by_mcm,
                                  struct address_family af, uint8_t status)
{
    if (kind == BY_CLIENT && by_mcm != af.miniport) {
        return OID_03;
    }
    if (goes_to_client(kind) && af.phase != AF_OPEN) {
        return AF_CL_02;
    }
    if (misaddressed(*q, kind) || !operation_takes(q->operation, STEP_COMPLETE, status)) {
        return OID_03;
    }
    q->operation = operation_after(q->operation, STEP_COMPLETE, status);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> ndis_aborts(q, af, r, status); */
static int ndis_aborts(struct request q, struct address_family af, struct readings r,
                      uint8_t status)
{
    return r.amb_33 == 'c' && q.kind == BY_MANAGER && q.operation.server == SERVER_PENDED &&
           af.phase != AF_OPEN && status == CLOSING;
}

/* The context of the requester is freed. */
/*@ requires is_kind: BY_CLIENT <= kind <= TO_MINIPORT;
    LOOKS_ONLY
    ensures exact: \result == CONFORMING <==> requester_has_context(kind, af, requester);
    ensures named: \result != CONFORMING ==> \result == (kind == BY_CLIENT ? AF_OP_11 :
      kind == TO_MINIPORT ? CAD_11 : AF_OP_19); */
static enum requirement context_missing(uint8_t kind, struct address_family af,
                                        struct binding requester)
{
    if (kind == BY_CLIENT) {
        return af.client_context == 0 ? AF_OP_11 : CONFORMING;
    }
    if (kind == TO_MINIPORT) {
        return requester.context == 0 ? CAD_11 : CONFORMING;
    }
    return af.manager_context == 0 ? AF_OP_19 : CONFORMING;
}

enum requirement request_deliver(struct request *q, uint8_t kind, struct address_family af,
                                 struct binding requester, struct readings r,
                                 uint8_t status)
{
    struct operation o = q->operation;
    enum requirement broken = context_missing(kind, af, requester);

    if (ndis_aborts(*q, af, r, status)) {
        o = operation_after(o, STEP_COMPLETE, CLOSING);
    }
    if (misaddressed(*q, kind) || !operation_takes(o, STEP_DELIVER, status)) {
        return OID_01;
    }
    if (broken != CONFORMING) {
        return broken;
    }
    q->operation = operation_after(o, STEP_DELIVER, status);
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==>
      ndis_answers_closing(q, af, binding_is_closing, status); */
static int ndis_answers_closing(struct request q, struct address_family af,
                               uint8_t binding_is_closing, uint8_t status)
{
    return q.kind != TO_MINIPORT && q.operation.server == SERVER_OWED && status == CLOSING &&
           (q.in_closing == 1 || close_is_in_progress(q.kind, af, binding_is_closing));
}

enum requirement request_return(struct request *q, uint8_t kind, uint8_t by_mcm,
                                struct address_family af, uint8_t binding_is_closing,
                                uint8_t status)
{
    struct operation o = q->operation;

    if (goes_to_client(kind) && by_mcm != af.miniport) {
        return MCM_07;
    }
    if (ndis_answers_closing(*q, af, binding_is_closing, status)) {
        o = operation_answered(CLOSING);
    }
    if (misaddressed(*q, kind) || !operation_takes(o, STEP_RETURN, status)) {
        return OID_01;
    }
    q->operation = operation_after(o, STEP_RETURN, status);
    return CONFORMING;
}

enum requirement request_own(struct request *q, uint8_t kind, uint8_t status)
{
    if (misaddressed(*q, kind) || !operation_takes(q->operation, STEP_OWN, status)) {
        return OID_01;
    }
    q->operation = operation_after(q->operation, STEP_OWN, status);
    return CONFORMING;
}

enum requirement request_free(struct request *q, uint8_t kind)
{
    if (q->in_memory == 0 || request_is_out(*q) || q->kind != kind) {
        return OID_04;
    }
    q->in_memory = 0;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: \result == request_kind_of(kind); */
static uint8_t request_kind_of(uint16_t kind)
{
    if (FIRST_OF_client_request <= kind && kind <= LAST_OF_client_request) {
        return BY_CLIENT;
    }
    if (FIRST_OF_manager_request <= kind && kind <= LAST_OF_manager_request) {
        return BY_MANAGER;
    }
    if (FIRST_OF_af_close_request <= kind && kind <= LAST_OF_af_close_request) {
        return AF_CLOSE;
    }
    if (FIRST_OF_miniport_request <= kind && kind <= LAST_OF_miniport_request) {
        return TO_MINIPORT;
    }
    return REQUEST_NONE;
}

/*@ LOOKS_ONLY
    ensures exact: \result == request_step_of(kind); */
static uint8_t request_step_of(uint16_t kind)
{
    switch (kind) {
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL:
    case OID_CO_AF_CLOSE_CALL:
    case OID_CO_AF_CLOSE_MCM_CALL:
    case REQUEST_TO_MINIPORT_CALL: return MADE;
    case REQUEST_BY_CLIENT_ENTER:
    case REQUEST_BY_MANAGER_ENTER:
    case OID_CO_AF_CLOSE_ENTER:
    case REQUEST_TO_MINIPORT_ENTER: return STEP_ENTER;
    case REQUEST_BY_CLIENT_LEAVE:
    case REQUEST_BY_MANAGER_LEAVE:
    case OID_CO_AF_CLOSE_LEAVE:
    case REQUEST_TO_MINIPORT_LEAVE: return STEP_LEAVE;
    case REQUEST_BY_CLIENT_COMPLETE:
    case REQUEST_BY_CLIENT_MCM_COMPLETE:
    case REQUEST_BY_MANAGER_COMPLETE:
    case OID_CO_AF_CLOSE_COMPLETE:
    case REQUEST_TO_MINIPORT_COMPLETE: return STEP_COMPLETE;
    case REQUEST_BY_CLIENT_DELIVER:
    case REQUEST_BY_MANAGER_DELIVER:
    case OID_CO_AF_CLOSE_DELIVER:
    case REQUEST_TO_MINIPORT_DELIVER: return STEP_DELIVER;
    case REQUEST_BY_CLIENT_RETURN:
    case REQUEST_BY_MANAGER_RETURN:
    case REQUEST_BY_MANAGER_MCM_RETURN:
    case OID_CO_AF_CLOSE_RETURN:
    case OID_CO_AF_CLOSE_MCM_RETURN:
    case REQUEST_TO_MINIPORT_RETURN: return STEP_RETURN;
    case REQUEST_BY_CLIENT_OWN:
    case REQUEST_BY_MANAGER_OWN:
    case OID_CO_AF_CLOSE_OWN:
    case REQUEST_TO_MINIPORT_OWN: return STEP_OWN;
    case FREE_REQUEST_BY_CLIENT:
    case FREE_REQUEST_BY_MANAGER:
    case FREE_OID_CO_AF_CLOSE:
    case FREE_REQUEST_TO_MINIPORT: return RELEASED;
    default: return NO_STEP;
    }
}

/*@ LOOKS_ONLY
    ensures exact: \result == by_mcm_of(kind); */
static uint8_t by_mcm_of(uint16_t kind)
{
    switch (kind) {
    case REQUEST_BY_CLIENT_MCM_COMPLETE:
    case REQUEST_BY_MANAGER_MCM_CALL:
    case REQUEST_BY_MANAGER_MCM_RETURN:
    case OID_CO_AF_CLOSE_MCM_CALL:
    case OID_CO_AF_CLOSE_MCM_RETURN: return 1;
    default: return 0;
    }
}

/* The rows, each to its function; what request_step promises, in one clause. */
/*@ requires is_status: e.status < STATUS_COUNT;
    BEFORE_A_STEP_OF(request, q)
    ensures OID_03_AF_CL_02_all: STEP_PROMISES(CONJUNCT, request, q)
      REQUEST_STEP_PROMISES(CONJUNCT) \true; */
static enum requirement step_of_request(struct request *q, struct address_family af,
                                        struct binding requester, uint8_t binding_is_closing,
                                        uint8_t nic_is_resetting, struct readings r, struct event e)
{
    uint8_t kind = request_kind_of(e.kind);

    switch (request_step_of(e.kind)) {
    case MADE:
        return request_call(q, kind, by_mcm_of(e.kind), af, requester, binding_is_closing,
                            nic_is_resetting,
                            kind == BY_CLIENT || kind == BY_MANAGER ? e.on : e.object);
    case STEP_ENTER: return request_enter(q, kind, af);
    case STEP_LEAVE: return request_leave(q, kind, af, r, e.status);
    case STEP_COMPLETE: return request_complete(q, kind, by_mcm_of(e.kind), af, e.status);
    case STEP_DELIVER: return request_deliver(q, kind, af, requester, r, e.status);
    case STEP_RETURN:
        return request_return(q, kind, by_mcm_of(e.kind), af, binding_is_closing, e.status);
    case STEP_OWN: return request_own(q, kind, e.status);
    case RELEASED: return request_free(q, kind);
    default: return NOT_AN_EVENT;
    }
}

enum requirement request_step(struct request *q, struct address_family af,
                              struct binding requester, uint8_t binding_is_closing,
                              uint8_t nic_is_resetting, struct readings r, struct event e)
{
    return step_of_request(q, af, requester, binding_is_closing, nic_is_resetting, r, e);
}

enum requirement request_keeps_client(struct request q, struct readings r)
{
    return r.amb_33 == 'a' && goes_to_client(q.kind) && q.operation.server == SERVER_PENDED
               ? OID_07
               : CONFORMING;
}

enum requirement request_keeps_manager(struct request q)
{
    if (q.kind == BY_MANAGER && closing_was_missed(q)) {
        return OID_08;
    }
    return goes_to_client(q.kind) && request_is_out(q) ? OID_07 : CONFORMING;
}

int request_asked_to_close(struct request q, struct handle af)
{
    return q.kind == AF_CLOSE && q.on.slot == af.slot && q.on.generation == af.generation;
}

enum requirement request_owes(struct request q)
{
    if (closing_was_missed(q)) {
        return OID_08;
    }
    if (q.operation.caller != CALLER_NONE) {
        return OID_01;
    }
    return q.in_memory != 0 ? OID_04 : CONFORMING;
}
