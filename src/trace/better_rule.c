/* better_rule.c - see better_rule.h. */
#include "better_rule.h"

#include "kept_active.h"
#include "protocol/handle.h"
#include "seen.h"

#include <string.h>

/* The core answers which of its rules refuses the event in this state. Where what has happened is
 * known better, another rule says it: of what was freed, closed or completed already, and of what
 * never was. */
static const struct better_rule {
    uint16_t event;          /* NO_EVENT: any */
    enum requirement answer; /* of the core */
    int kind;                /* enum finding_kind; -1: any */
    enum requirement better;
} better_rules[] = {
    {ENTER_SEND_COMPLETE, CAD_10, -1, BND_29},
    {ENTER_OID_REQUEST_COMPLETE, CAD_11, -1, OID_10},
    {RETURN_RECEIVE, PNP_05, -1, BND_28},
    {PAUSE_COMPLETE, PNP_08, -1, PNP_16},
    {RESTART_COMPLETE, PNP_08, -1, PNP_16},
    {QUERY_REMOVE_COMPLETE, PNP_08, -1, PNP_16},
    {SET_POWER_COMPLETE, PNP_08, -1, PNP_16},
    {CANCEL_REMOVE_COMPLETE, PNP_08, -1, PNP_16},
    {CALL_SEND, UNB_30, -1, CAD_12},
    {NO_EVENT, AF_CL_27, -1, AF_CL_02},
    {VC_MAKE_CALL_CALL, VC_12, NEVER_BEGUN, CALL_01},
    {VC_MAKE_CALL_CALL, CALL_01, AFTER_THE_END, VC_12},
    {CALL_NOTIFY_COMPLETE, NTF_25, ONCE_MORE, NTF_24},
    {CALL_COMPLETE_UNBIND, CAD_02, ONCE_MORE, UNB_14},
    {CALL_COMPLETE_UNBIND, CAD_02, AFTER_THE_END, UNB_11},
    {RESTART_ENTER, PNP_08, -1, BND_09},
    {ENTER_UNBIND, UNB_01, ONCE_MORE, BND_14},
    {REQUEST_TO_MINIPORT_COMPLETE, OID_03, ONCE_MORE, SDV_07},
    {REQUEST_TO_MINIPORT_COMPLETE, OID_04, ONCE_MORE, SDV_07},
    {INDICATE_RECEIVE, CAD_02, -1, BND_12},
    {OPEN_ADAPTER_CALL, CAD_02, -1, BND_15},
    {OPEN_AF_DELIVER, AF_OP_06, ONCE_MORE, AF_OP_07},
    {FREE_CALL_MGR_AF_CONTEXT, AF_CM_22, TOO_EARLY, AF_CM_28},
    {HALT_ADAPTER, CAD_02, -1, HLT_04},
    {REMOVE_ADAPTER, CAD_02, -1, UNB_01},
    {ENTER_BIND, CAD_02, -1, BND_14},
    {ENTER_AF_REGISTER_NOTIFY, CAD_02, -1, BND_14},
    {ENTER_UNBIND, CAD_02, -1, BND_14},
    {ENTER_UNBIND, UNB_01, AFTER_THE_END, BND_14},
    {CALL_NOTIFY_COMPLETE, AF_CL_01, NEVER_BEGUN, NTF_28},
    {OPEN_AF_ENTER, AF_OP_18, NEVER_BEGUN, AF_OP_10},
    {STORE_CALL_MGR_AF_CONTEXT, AF_OP_18, NEVER_BEGUN, AF_OP_13},
    {FREE_CALL_MGR_VC_CONTEXT, VC_12, TOO_EARLY, VC_14},
    {VC_DEACTIVATE_RETURN, VC_23, -1, VC_21}, /* VC-23 is about an MCM */
};

/* A driver uses the handle of a binding that it has closed: CAD-02 is said of a handle that none ever was. */
static enum requirement rule_of_a_closed_binding(const struct seen *s, struct event e)
{
    const int is_closed = s->generation > e.object.generation ||
                          (s->generation == e.object.generation && s->line[CALL_CLOSE_ADAPTER] != 0);

    if (!is_closed || strcmp(event_object(e.kind), "binding") != 0 || strcmp(event_verb(e.kind), "call") != 0 ||
        e.kind == OPEN_ADAPTER_CALL || e.kind == CALL_COMPLETE_UNBIND || e.kind == BIND_COMPLETE) {
        return CAD_02; /* or the event has no handle from NdisOpenAdapterEx */
    }
    return e.kind == CALL_CLOSE_ADAPTER ? CAD_13 : CAD_12;
}

/* The AF that the event speaks of has ended, and its slot is that of another now. */
static int is_of_an_earlier_generation(const struct core *before, struct event e)
{
    const struct handle af = strcmp(event_object(e.kind), "af") == 0 ? e.object : e.on;
    const int has_af = strcmp(event_object(e.kind), "af") == 0 || strcmp(event_on(e.kind), "af") == 0;

    return has_af && af.slot < MAX_AF && af.generation != 0 &&
           before->af[af.slot].generation > af.generation;
}

/* The AF that the event speaks of, if its open has failed. */
static int open_has_failed(const struct core *before, struct event e)
{
    const struct handle af = strcmp(event_object(e.kind), "af") == 0 ? e.object : e.on;

    return af.slot < MAX_AF && before->af[af.slot].phase == AF_FAILED &&
           before->af[af.slot].generation == af.generation;
}

/* What a call manager does with the handle of an open that it has failed is AF-OP-18; what it completes though it
 * does not pend is AF-OP-15, or AF-OP-16 of an MCM. */
static enum requirement rule_of_the_open(const struct core *before, const struct finding *f)
{
    const int completes = f->event.kind == OPEN_AF_COMPLETE || f->event.kind == OPEN_AF_MCM_COMPLETE;

    switch (f->requirement) {
    case AF_OP_15:
    case AF_OP_16: return completes && open_has_failed(before, f->event) ? AF_OP_18 : f->requirement;
    case AF_OP_18:
        return !completes || open_has_failed(before, f->event) ? AF_OP_18
               : f->event.kind == OPEN_AF_COMPLETE             ? AF_OP_15
                                                               : AF_OP_16;
    case AF_CM_16:
    case AF_CM_24:
        return strcmp(event_driver(f->event.kind), "manager") == 0 && open_has_failed(before, f->event)
                   ? AF_OP_18
                   : f->requirement;
    default: return f->requirement;
    }
}

/* Of the last notification NDIS has said that the client pends. */
static int notification_pends(const struct seen *s)
{
    const uint16_t returned = s->line[RETURN_CM_NOTIFY] >= s->line[RETURN_MCM_NOTIFY] ? RETURN_CM_NOTIFY : RETURN_MCM_NOTIFY;

    return s->line[returned] != 0 && s->status[returned] == PENDING;
}

static int is_sap_completion(uint16_t kind)
{
    return kind == SAP_REGISTER_COMPLETE || kind == SAP_REGISTER_MCM_COMPLETE;
}

/* Its slot is that of another now, which it is only when all of the earlier one was freed. */
static int is_freed_behind_another(const struct core *before, struct object o)
{
    return o.handle.slot < table_size(o.kind) && o.handle.generation != 0 &&
           generation_of(before, o.kind, o.handle.slot) > o.handle.generation;
}

/* The core names the rule of the unbind where a bind is not over (UNB-08), and that of a bind once more where it is the
 * first (REG-11). */
static enum requirement rule_of_the_bind(const struct core *before, const struct finding *f)
{
    const struct object o = f->object;
    const int is_first = o.handle.generation == 1;

    if (o.kind != A_BINDING || o.handle.slot >= MAX_BINDING) {
        return f->requirement;
    }
    if (f->requirement == REG_11 && is_first && f->event.status == SUCCESS &&
        (f->event.kind == LEAVE_BIND || f->event.kind == BIND_COMPLETE)) {
        return REG_01;
    }
    return f->requirement == UNB_08 && before->binding[o.handle.slot].phase == BINDING ? BND_27 : f->requirement;
}

enum requirement rule_that_says_it(const struct core *before, const struct seen *s,
                                   const struct finding *f)
{
    const int open_has_returned = s->line[RETURN_OPEN_AF] != 0 && s->status[RETURN_OPEN_AF] != PENDING;
    const enum requirement of_the_bind = rule_of_the_bind(before, f);

    if (frees(f->event.kind) && (f->first != 0 || is_freed_behind_another(before, f->object))) {
        return MEM_01;
    }
    if (of_the_bind != f->requirement) {
        return of_the_bind;
    }
    if (f->event.kind == VC_SEND_DELIVER && f->requirement == VC_26 && f->object.handle.slot < MAX_VC &&
        before->vc[f->object.handle.slot].phase >= VC_CREATED) {
        return BND_29; /* NDIS gives back more than was sent */
    }
    if (f->event.kind == OWN_CLOSE_AF_COMPLETE && f->requirement == AF_CL_05 && s->line[RETURN_CLOSE_AF] != 0 &&
        s->status[RETURN_CLOSE_AF] != PENDING && s->line[OWN_CLOSE_AF_COMPLETE] > s->line[CALL_CLOSE_AF]) {
        return AF_CL_04; /* nothing pends: it SHOULD have run once, and has */
    }
    if (f->event.kind == ENTER_CM_NOTIFY_COMPLETE && f->requirement == NTF_08 && notification_pends(s) &&
        f->object.handle.slot < MAX_AF && before->af[f->object.handle.slot].phase != AF_CLOSED) {
        return NTF_33;
    }
    if (f->requirement == PNP_08 && f->event.kind == PAUSE_COMPLETE &&
        s->line[PAUSE_ENTER] + s->line[PAUSE_COMPLETE] == 0) {
        return BND_08; /* nobody has asked for a pause */
    }
    if (f->requirement == PNP_08 && f->event.kind == RESTART_COMPLETE &&
        s->line[RESTART_ENTER] + s->line[RESTART_COMPLETE] == 0) {
        return f->event.status == SUCCESS ? BND_10 : BND_11;
    }
    if (f->event.kind == RELEASE_AF_RESOURCES && (f->requirement == MCM_09 || f->requirement == VC_20) &&
        keeps_a_rejected_vc(before, f->object.handle)) {
        return CALL_24; /* a MUST: the call was rejected */
    }
    if (f->event.kind == OPEN_AF_OWN && f->requirement == AF_OP_06 && !open_has_returned) {
        return AF_OP_07; /* the open has not returned, or pends */
    }
    if (f->event.kind == ENTER_CL_CLOSE_AF_COMPLETE && f->requirement == AF_CL_06 &&
        s->line[RETURN_CLOSE_AF] != 0 && s->status[RETURN_CLOSE_AF] != PENDING) {
        return AF_CL_07;
    }
    if (f->event.kind == OPEN_AF_DELIVER && f->requirement == AF_OP_07 && open_has_returned) {
        return AF_OP_06;
    }
    if (f->event.kind == STORE_CALL_MGR_AF_CONTEXT && f->requirement == AF_OP_18 &&
        f->object.handle.slot < MAX_AF && before->af[f->object.handle.slot].phase == AF_OPENING) {
        return AF_OP_13; /* the open has not failed */
    }
    if (rule_of_the_open(before, f) != f->requirement) {
        return rule_of_the_open(before, f);
    }
    if ((f->requirement == CAD_02 || f->requirement == BND_13) && rule_of_a_closed_binding(s, f->event) != CAD_02) {
        return rule_of_a_closed_binding(s, f->event);
    }
    if (is_sap_completion(f->event.kind) && f->requirement == SAP_04 && f->object.handle.slot < MAX_SAP &&
        before->sap[f->object.handle.slot].phase == SAP_FREE) {
        return SAP_05; /* the registration has failed */
    }
    if (f->event.kind == VC_CLOSE_CALL_CALL && f->requirement == CALL_08 && f->object.handle.slot < MAX_VC) {
        if (before->vc[f->object.handle.slot].call == CALL_HAS_FAILED) {
            return CALL_06;
        }
        if (s->line[VC_CLOSE_CALL_CALL] != 0) {
            return CALL_14; /* what a client may do with the VC of a call that it has closed */
        }
    }
    if (f->event.kind == FREE_CLIENT_AF_CONTEXT && f->requirement == AF_CL_08 && f->object.handle.slot < MAX_AF &&
        before->af[f->object.handle.slot].phase == AF_CLOSING &&
        before->af[f->object.handle.slot].manager_close == MANAGER_CLOSE_INSIDE) {
        return AF_OP_12; /* it does not pend, and the AF is not closed */
    }
    if (f->event.kind == FREE_CLIENT_AF_CONTEXT && f->requirement == AF_CL_08 &&
        f->object.handle.slot < MAX_AF &&
        before->af[f->object.handle.slot].close_call == CLOSE_CALL_SUCCEEDED) {
        return AF_CL_04;
    }
    if ((f->event.kind == PAUSE_FILTERS || f->event.kind == PAUSE_MINIPORT) &&
        f->requirement == PNP_10 && before->binding[MANAGER_BINDING].phase == UNBOUND) {
        return BND_14; /* of a miniport that was never initialised */
    }
    if (f->event.kind == LEAVE_BIND && f->requirement == CAD_09 &&
        f->object.handle.slot < MAX_BINDING &&
        before->binding[f->object.handle.slot].pnp.open_failed != NO_STATUS) {
        return BND_19;
    }
    if (f->event.kind == PAUSE_ENTER && f->requirement == PNP_08 &&
        f->object.handle.slot < MAX_BINDING &&
        before->binding[f->object.handle.slot].pnp.bound_state != BINDING_RUNNING) {
        return BND_07; /* NDIS pauses what is not Running */
    }
    if (is_of_an_earlier_generation(before, f->event)) {
        switch (f->requirement) {
        case AF_CL_01:
            return f->event.kind == CALL_CLOSE_AF                ? AF_CL_03
                   : f->event.kind == ENTER_CL_CLOSE_AF_COMPLETE ? AF_CL_06 /* NDIS calls it once */
                                                                 : AF_CL_02;
        case AF_CM_15: return AF_CM_21;
        default: break;
        }
    }
    for (unsigned i = 0; i < sizeof better_rules / sizeof better_rules[0]; i++) {
        const struct better_rule *r = &better_rules[i];

        if ((r->event == NO_EVENT || r->event == f->event.kind) && r->answer == f->requirement &&
            (r->kind < 0 || (enum finding_kind)r->kind == f->kind)) {
            return r->better;
        }
    }
    return f->requirement;
}

enum requirement rule_of_own_completion(uint16_t own)
{
    switch (own) {
    case OPEN_AF_OWN: return AF_OP_06;
    case OWN_CLOSE_AF_COMPLETE: return AF_CL_04;
    case SAP_REGISTER_OWN: return SAP_01;
    case SAP_DEREGISTER_OWN: return SAP_13;
    case VC_MAKE_CALL_OWN: return CALL_02;
    case VC_CLOSE_CALL_OWN: return CALL_08;
    case VC_INCOMING_CALL_OWN: return CALL_23;
    case VC_DEACTIVATE_OWN: return VC_21;
    case PARTY_ADD_OWN: return PTY_12;
    case PARTY_DROP_OWN: return PTY_01;
    default: return CONFORMING;
    }
}

int lacks_own_completions(const struct finding *f)
{
    for (unsigned i = 0; i < f->supposed_count; i++) {
        if (rule_of_own_completion(f->supposed[i].kind) == CONFORMING) {
            return 0;
        }
    }
    return f->supposed_count > 0;
}
