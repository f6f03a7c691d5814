/* core_af.c - the table of AFs: close and notification, and what the other tables have to say
 * to them; see core_tables.h. */
#include "core_tables.h"
#include "protocol/handle.h"

enum requirement core_nothing_opens(const struct core *c, uint32_t client)
{
    /*@ GOES_ON_WHILE(MAX_AF, none, c->af[k].client == client ==> !open_pends(c->af[k])) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (c->af[i].client == client && c->af[i].opening.delivered == 0 &&
            (c->af[i].opening.caller == CALLER_INSIDE ||
             c->af[i].opening.caller == CALLER_PENDED)) {
            return AF_OP_08;
        }
    }
    return CONFORMING;
}

enum requirement core_right_to_use(const struct core *c, struct handle af)
{
    enum requirement broken;

    if (af.slot >= MAX_AF || c->af[af.slot].phase == AF_FREE ||
        c->af[af.slot].generation != af.generation) {
        return AF_CL_01;
    }
    broken = af_right_to_use(c->af[af.slot]);
    if (broken == CONFORMING) {
        broken = core_nothing_opens(c, c->af[af.slot].client);
    }
    return broken;
}

struct address_family core_live_af(const struct core *c, struct handle h)
{
    struct address_family none = {0};

    return h.slot < MAX_AF && c->af[h.slot].generation == h.generation ? c->af[h.slot] : none;
}

/* A slot may be used again when both holders are done with it; a slot whose
 * generations are used up retires, so that no handle value ever comes back. */
int af_slot_is_free(struct address_family a)
{
    return af_client_done(a) && af_manager_done(a) && a.generation < UINT32_MAX;
}

struct handle core_next_af(const struct core *c)
{
    struct handle next = {MAX_AF, 0};

    /*@ loop invariant in_bounds: 0 <= i <= MAX_AF;
        loop invariant none_free: \forall integer k; 0 <= k < i ==> !af_slot_is_free(c->af[k]);
        loop invariant none_found: next.slot == MAX_AF && next.generation == 0;
        loop assigns i, next;
        loop variant MAX_AF - i; */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (af_slot_is_free(c->af[i])) {
            next.slot = i;
            next.generation = c->af[i].generation + 1;
            break;
        }
    }
    return next;
}

/* Which duty of the client's still stands on its binding (UNB-23, AF-CL-15, AF-CL-16). */
/*@ LOOKS_AT(c)
    ensures no_duty: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF && c->af[i].client == slot ==>
        client_is_done(c->af[i]));
    ensures names_it: client_duty_is_named(*c, slot, \result); */
static enum requirement client_duty(const struct core *c, uint32_t slot)
{
    /*@ GOES_ON_WHILE(MAX_AF, done, c->af[k].client == slot ==> client_is_done(c->af[k])) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (c->af[i].client == slot && !af_client_done(c->af[i])) {
            if (c->af[i].opening.caller != CALLER_NONE) {
                return UNB_23;
            }
            if (c->af[i].phase == AF_OPEN) {
                return AF_CL_15;
            }
            return c->af[i].phase == AF_CLOSED || c->af[i].phase == AF_FAILED ? AF_CL_16
                                                                              : UNB_23;
        }
    }
    return CONFORMING;
}

/* Likewise the call manager's (NTF-01 or NTF-03, UNB-24). */
/*@ LOOKS_AT(c)
    ensures no_duty: \result == CONFORMING <==>
      (\forall integer i; 0 <= i < MAX_AF ==> manager_is_done(c->af[i]));
    ensures names_it: manager_duty_is_named(*c, \result); */
static enum requirement manager_duty(const struct core *c)
{
    /*@ GOES_ON_WHILE(MAX_AF, done, manager_is_done(c->af[k])) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (!af_manager_done(c->af[i])) {
            if (c->af[i].phase == AF_OPEN && c->af[i].notified == NEVER_NOTIFIED) {
                return c->af[i].miniport == 1 ? NTF_03 : NTF_01;
            }
            return UNB_24;
        }
    }
    return CONFORMING;
}

enum requirement core_duty(const struct core *c, uint32_t slot)
{
    return slot == MANAGER_BINDING ? manager_duty(c) : client_duty(c, slot);
}

/* What an event leaves as it is, and what stays done (UNB-23, UNB-24). */
/*@ predicate af_event_changes(struct address_family old, struct address_family new,
                               struct event e) =
      new.miniport == old.miniport && new.served_by == old.served_by &&
      (client_is_done(old) ==> client_is_done(new)) &&
      (manager_is_done(old) ==> manager_is_done(new)) &&
      (e.kind != CALL_CLOSE_AF && old.phase == AF_OPEN ==> new.phase == AF_OPEN) &&
      (e.kind != RELEASE_AF_RESOURCES ==> new.resources == old.resources) &&
      (!ends_the_close(e) && manager_has_closed(new) ==> manager_has_closed(old)) &&
      (e.kind != FREE_CALL_MGR_AF_CONTEXT ==> new.manager_context == old.manager_context);
*/

/*@ // The call manager answers a close that it is not asked for, or has completed.
    predicate leave_breaks(struct address_family a, integer status, integer answer) =
      a.manager_close != MANAGER_CLOSE_COMPLETED_INSIDE ? answer == AF_CM_02 :
      status != PENDING ==> answer == AF_CM_20;
*/

/* The rows, each to its function, in two clauses for all of them (CLAUSE in contract.h). */
/*@ BEFORE_A_STEP_OF(af, a)
    ensures AF_CM_20_NTF_24_all: STEP_PROMISES(CONJUNCT, af, a)
      af_event_changes(\old(*a), *a, e) &&
      (e.kind == CALL_CLOSE_AF && \result == CONFORMING ==>
         a->phase == AF_CLOSING && a->close_call == CLOSE_CALL_INSIDE &&
         a->manager_close == MANAGER_CLOSE_OWED);
    ensures AMB_02_AMB_11_as_read: af_as_read(\old(*a), r) ==> af_as_read(*a, r);
    ensures AF_OP_05_AF_CL_03_rights:
      (\result == CONFORMING <==> af_accepts(\old(*a), r, e)) &&
      (!is_af_event(e.kind) ==> \result == NOT_AN_EVENT) &&
      (e.kind == LEAVE_CM_CLOSE_AF && \old(a->manager_close) != MANAGER_CLOSE_INSIDE ==>
         leave_breaks(\old(*a), e.status, \result)) &&
      LIVE_AF_PROMISES(CONJUNCT, \true, \old(*a), *a) \true; */
static enum requirement step_af(struct address_family *a, struct readings r,
                                struct event e)
{
    enum requirement broken = NOT_AN_EVENT;

    switch (e.kind) {
    case CALL_CLOSE_AF: broken = af_call_close(a); break;
    case ENTER_CM_CLOSE_AF: broken = af_enter_manager_close(a); break;
    case RELEASE_AF_RESOURCES: broken = af_release_resources(a); break;
    case LEAVE_CM_CLOSE_AF: broken = af_leave_manager_close(a, r, e.status); break;
    case CALL_CM_CLOSE_AF_COMPLETE: broken = af_call_close_complete(a, r, 0, e.status); break;
    case CALL_MCM_CLOSE_AF_COMPLETE: broken = af_call_close_complete(a, r, 1, e.status); break;
    case ENTER_CL_CLOSE_AF_COMPLETE: broken = af_enter_close_complete(a, r, e.status); break;
    case RETURN_CLOSE_AF: broken = af_return_close(a, r, e.status); break;
    case OWN_CLOSE_AF_COMPLETE: broken = af_own_close_complete(a, r, e.status); break;
    case CALL_CM_NOTIFY: broken = af_call_notify(a, r, 0); break;
    case CALL_MCM_NOTIFY: broken = af_call_notify(a, r, 1); break;
    case ENTER_CL_NOTIFY_CLOSE_AF: broken = af_enter_notification(a); break;
    case WAIT_IN_NOTIFICATION: broken = af_wait_in_notification(a); break;
    case LEAVE_CL_NOTIFY_CLOSE_AF: broken = af_leave_notification(a, r, e.status); break;
    case CALL_NOTIFY_COMPLETE: broken = af_call_notify_complete(a, r, e.status); break;
    case ENTER_CM_NOTIFY_COMPLETE: broken = af_enter_notify_complete(a, e.status); break;
    case RETURN_CM_NOTIFY: broken = af_return_notify(a, 0, e.status); break;
    case RETURN_MCM_NOTIFY: broken = af_return_notify(a, 1, e.status); break;
    case FREE_CLIENT_AF_CONTEXT: broken = af_free_client_context(a, r); break;
    case FREE_CALL_MGR_AF_CONTEXT: broken = af_free_manager_context(a, r); break;
    default: break;
    }
    return broken;
}

/* Whose handle a stale AF handle is depends on who passed it (AF-CL-01, AF-CM-15). */
#define STALE_client AF_CL_01
#define STALE_manager AF_CM_15
#define STALE_owner CAD_02
#define STALE_system CAD_02
static const uint16_t stale_handle[NAMED_EVENT_COUNT] = {
    [NO_EVENT] = NOT_AN_EVENT,
#define EVENT(identifier, verb, name, object, on, status, who, level, requirement, section, judge) \
    [identifier] = STALE_##who,
#include "protocol/vocabulary.def"
#undef EVENT
};

/*@ LOOKS_ONLY
    ensures AF_CM_15: is_af_event(e.kind) && is_manager_event(e.kind) ==>
      \result == AF_CM_15;
    ensures AF_CL_01: is_af_event(e.kind) && !is_manager_event(e.kind) ==>
      \result == AF_CL_01;
    ensures NOT_AN_EVENT: e.kind >= sizeof(stale_handle) / sizeof(uint16_t) ==>
      \result == NOT_AN_EVENT; */
static enum requirement stale_af(struct event e)
{
    return e.kind < sizeof stale_handle / sizeof stale_handle[0]
               ? (enum requirement)stale_handle[e.kind]
               : NOT_AN_EVENT;
}

/*@ predicate vc_of_manager_keeps(struct vc v, struct address_family a, integer answer) =
      a.miniport != 0 && v.activity != VC_INACTIVE ? answer == MCM_09 :
      !vc_has_no_call(v) ? answer == AF_CM_27 :
      v.made_by_manager == 1 ? answer == VC_20 : answer == AF_CM_26;

    predicate first_vc_of_manager_keeps(struct core c, struct handle af,
                                        struct address_family a, integer answer) =
      \forall integer i; 0 <= i < MAX_VC && c.vc[i].af == af &&
        vc_keeps_manager(c, c.vc[i], a) &&
        (\forall integer k; 0 <= k < i && c.vc[k].af == af ==>
           !vc_keeps_manager(c, c.vc[k], a)) ==>
        vc_of_manager_keeps(c.vc[i], a, answer);
*/

/* The client's SAPs (SAP-08, SAP-15, SAP-16). */
/*@ requires consistent: saps_consistent(*c);
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_sap_left(*c, af);
    ensures names_it: first_sap_keeps(*c, af, \result); */
static enum requirement saps_left(const struct core *c, struct handle af)
{
    enum requirement left;

    /*@ NOTES_WHILE(left, MAX_SAP, at_rest, c->sap[k].af == af ==> sap_is_gone(c->sap[k])) */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        left = sap_left(c->sap[i]);
        if (left != CONFORMING && handles_equal(c->sap[i].af, af)) {
            return left;
        }
    }
    return CONFORMING;
}

/* Its VCs and their calls (AF-CL-11, VC-19, NTF-19, CALL-20). */
/*@ requires consistent: vcs_consistent(*c);
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_vc_of_client(*c, af);
    ensures names_it: first_vc_of_client_keeps(*c, af, \result); */
static enum requirement vcs_of_client(const struct core *c, struct handle af)
{
    enum requirement left;

    /*@ NOTES_WHILE(left, MAX_VC, none, c->vc[k].af == af ==> !vc_keeps_client(*c, c->vc[k])) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        left = vc_left_by_client(c->vc[i], c->readings);
        if (left != CONFORMING && handles_equal(c->vc[i].af, af)) {
            return left;
        }
    }
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> request_keeps_client_of(q, r, af); */
static int request_keeps_client_of(struct request q, struct readings r, struct handle af)
{
    return handles_equal(q.on, af) &&
           ((q.kind == BY_CLIENT && q.operation.delivered == 0 &&
             (q.operation.caller == CALLER_INSIDE || q.operation.caller == CALLER_PENDED)) ||
            request_keeps_client(q, r) != CONFORMING);
}

/* Its requests, and those that it holds (OID-07). */
/*@ LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_request_of_client(*c, af);
    ensures OID_07: \result == CONFORMING || \result == OID_07; */
static enum requirement requests_of_client(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_REQUEST, none,
          !request_keeps_client_of(c->request[k], c->readings, af)) */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (request_keeps_client_of(c->request[i], c->readings, af)) {
            return OID_07;
        }
    }
    /*@ GOES_ON_WHILE(MAX_AF, none, !request_keeps_client_of(c->af_close[k], c->readings, af)) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (request_keeps_client_of(c->af_close[i], c->readings, af)) {
            return OID_07;
        }
    }
    return CONFORMING;
}

/* What the call manager releases with the AF (MCM-09, AF-CM-26, AF-CM-27, VC-20). */
/*@ requires consistent: vcs_consistent(*c);
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_vc_of_manager(*c, af, a);
    ensures names_it: first_vc_of_manager_keeps(*c, af, a, \result); */
static enum requirement vcs_of_manager(const struct core *c, struct handle af,
                                       struct address_family a)
{
    enum requirement left;

    /*@ NOTES_WHILE(left, MAX_VC, none, c->vc[k].af == af ==> !vc_keeps_manager(*c, c->vc[k], a)) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        left = vc_left_by_manager(c->vc[i], a, c->readings);
        if (left != CONFORMING && handles_equal(c->vc[i].af, af)) {
            return left;
        }
    }
    return CONFORMING;
}

/* A SAP of the AF that the call manager still serves (AF-CM-08, AF-CM-13, AF-CM-27). */
/*@ LOOKS_AT(c)
    ensures exact: (\result == 0) <==> no_sap_is_there(*c, af); */
static int a_sap_is_there(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_SAP, none, c->sap[k].af == af ==> c->sap[k].phase == SAP_FREE) */
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (c->sap[i].phase != SAP_FREE && handles_equal(c->sap[i].af, af)) {
            return 1;
        }
    }
    return 0;
}

/* A call on it (AF-CM-13). */
/*@ LOOKS_AT(c)
    ensures exact: (\result == 0) <==> no_call_is_there(*c, af); */
static int a_call_is_there(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_VC, none, c->vc[k].af == af ==> vc_has_no_call(c->vc[k])) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (!vc_has_no_call(c->vc[i]) && handles_equal(c->vc[i].af, af)) {
            return 1;
        }
    }
    return 0;
}

/* A VC of the AF for which the call manager still holds state, where that counts (AMB-24). */
/*@ LOOKS_AT(c)
    ensures exact: (\result != 0) <==> vcs_left(*c, af); */
static int vcs_left(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_VC, none,
          c->vc[k].af == af ==>
          !(no_vc_may_be_left(c->readings) && c->vc[k].manager_context != 0)) */
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (c->readings.amb_24 != 'b' && c->vc[i].manager_context != 0 &&
            handles_equal(c->vc[i].af, af)) {
            return 1;
        }
    }
    return 0;
}

/* The call manager's own requests (OID-07, OID-08). */
/*@ LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> no_request_of_manager(*c, af);
    ensures named: \result == CONFORMING || \result == OID_07 || \result == OID_08; */
static enum requirement requests_of_manager(const struct core *c, struct handle af)
{
    /*@ GOES_ON_WHILE(MAX_REQUEST, none, !request_keeps_manager_of(c->request[k], af)) */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (request_keeps_manager(c->request[i]) != CONFORMING &&
            handles_equal(c->request[i].on, af)) {
            return request_keeps_manager(c->request[i]);
        }
    }
    /*@ GOES_ON_WHILE(MAX_AF, none, !request_keeps_manager_of(c->af_close[k], af)) */
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (request_keeps_manager(c->af_close[i]) != CONFORMING &&
            handles_equal(c->af_close[i].on, af)) {
            return request_keeps_manager(c->af_close[i]);
        }
    }
    return CONFORMING;
}

/*@ predicate is_answered_too_early(struct core c, struct event e) =
      e.kind == LEAVE_CM_CLOSE_AF && e.status == SUCCESS && something_left(c, e.object);

    // What the call manager answers for when it ends a close is asked before anything else.
    predicate is_asked_first(struct address_family a, struct event e) =
      (e.kind == LEAVE_CM_CLOSE_AF && a.manager_close == MANAGER_CLOSE_INSIDE) ||
      (is_close_complete(e.kind) && e.status == SUCCESS && manager_may_complete(a) &&
       (a.miniport == 1 <==> e.kind == CALL_MCM_CLOSE_AF_COMPLETE));

    predicate is_completed_too_early(struct core c, struct event e) =
      is_close_complete(e.kind) &&
      !(no_sap_is_there(c, e.object) && no_call_is_there(c, e.object));

    predicate objects_name(struct core c, struct event e, integer answer) =
      e.kind == CALL_CLOSE_AF ? answer == CONFORMING || answer == OID_07 :
      e.kind == RELEASE_AF_RESOURCES ?
        (no_vc_of_manager(c, e.object, c.af[e.object.slot])
           ? answer == CONFORMING || answer == AF_CM_27
           : first_vc_of_manager_keeps(c, e.object, c.af[e.object.slot], answer)) :
      is_answered_too_early(c, e) ? answer == AF_CM_08 :
      is_completed_too_early(c, e) ? answer == AF_CM_13 :
      e.kind == FREE_CALL_MGR_AF_CONTEXT ? answer == CONFORMING || answer == AF_CM_24 :
      e.kind == CALL_CM_NOTIFY || e.kind == CALL_MCM_NOTIFY ?
        (c.readings.amb_42 == 'a' && c.binding[MANAGER_BINDING].phase != UNBINDING ?
           answer == (e.kind == CALL_CM_NOTIFY ? NTF_10 : NTF_12) :
           answer == CONFORMING || answer == NTF_43) :
      answer == CONFORMING || answer == OID_07 || answer == OID_08;
*/

/* What the other tables have to say to an event of a live AF. */
/*@ requires consistent: core_invariant(*c);
    requires live: e.object.slot < MAX_AF;
    LOOKS_AT(c)
    ensures exact: \result == CONFORMING <==> objects_permit(*c, e);
    ensures names_it: objects_name(*c, e, \result); */
static enum requirement what_objects_say(const struct core *c, struct event e)
{
    enum requirement left;

    switch (e.kind) {
    case CALL_CLOSE_AF: return requests_of_client(c, e.object);
    case RELEASE_AF_RESOURCES:
        left = vcs_of_manager(c, e.object, c->af[e.object.slot]);
        return left == CONFORMING && a_sap_is_there(c, e.object) ? AF_CM_27 : left;
    case LEAVE_CM_CLOSE_AF:
        if (e.status != SUCCESS) {
            return CONFORMING;
        }
        return vcs_left(c, e.object) || a_sap_is_there(c, e.object)
                   ? AF_CM_08
                   : requests_of_manager(c, e.object);
    case CALL_CM_CLOSE_AF_COMPLETE:
    case CALL_MCM_CLOSE_AF_COMPLETE:
        return a_sap_is_there(c, e.object) || a_call_is_there(c, e.object)
                   ? AF_CM_13
                   : requests_of_manager(c, e.object);
    case FREE_CALL_MGR_AF_CONTEXT:
        return requests_of_manager(c, e.object) == CONFORMING ? CONFORMING : AF_CM_24;
    case CALL_CM_NOTIFY:
    case CALL_MCM_NOTIFY:
        if (c->readings.amb_42 == 'a' && c->binding[MANAGER_BINDING].phase != UNBINDING) {
            return e.kind == CALL_CM_NOTIFY ? NTF_10 : NTF_12;
        }
        return request_asked_to_close(c->af_close[e.object.slot], e.object) ? NTF_43
                                                                            : CONFORMING;
    default: return CONFORMING;
    }
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> is_asked_first(a, e); */
static int is_asked_first(struct address_family a, struct event e)
{
    switch (e.kind) {
    case LEAVE_CM_CLOSE_AF: return a.manager_close == MANAGER_CLOSE_INSIDE;
    case CALL_CM_CLOSE_AF_COMPLETE:
    case CALL_MCM_CLOSE_AF_COMPLETE:
        return e.status == SUCCESS &&
               (a.miniport == 1) == (e.kind == CALL_MCM_CLOSE_AF_COMPLETE) &&
               (a.manager_close == MANAGER_CLOSE_INSIDE ||
                a.manager_close == MANAGER_CLOSE_PENDED);
    default: return 0;
    }
}

/* How far a close gets: under AMB-06 a NDIS rejects one that leaves the call manager VCs or
 * SAPs. */
/*@ LOOKS_AT(c)
    ensures AMB_06_rejected: e.kind == CALL_CLOSE_AF && c->readings.amb_06 == 'a' &&
      something_left(*c, e.object) ==> \result == MANAGER_CLOSE_REJECTED;
    ensures AMB_06_as_it_is: !(e.kind == CALL_CLOSE_AF && c->readings.amb_06 == 'a' &&
      something_left(*c, e.object)) ==> \result == a.manager_close; */
static uint8_t close_reaches(const struct core *c, struct address_family a, struct event e)
{
    return e.kind == CALL_CLOSE_AF && c->readings.amb_06 == 'a' &&
                   (vcs_left(c, e.object) || a_sap_is_there(c, e.object))
               ? MANAGER_CLOSE_REJECTED
               : a.manager_close;
}

/* A live AF takes its step. What the call manager answers for when it ends a close is asked
 * first; everything else the AF itself knows better. */
/*@ requires its_events: is_af_event(e.kind);
    requires live: af_handle_live(*c, e.object);
    STEP_OF_TABLE(only_af)
    ensures AMB_06_rejected: e.kind == CALL_CLOSE_AF && \result == CONFORMING &&
      \old(*c).readings.amb_06 == 'a' && something_left(\old(*c), e.object) ==>
      c->af[e.object.slot].manager_close == MANAGER_CLOSE_REJECTED;
    ensures AF_CM_08_AF_CM_13_objects_first:
      is_asked_first(\old(*c).af[e.object.slot], e) && !objects_permit(\old(*c), e) ==>
      objects_name(\old(*c), e, \result);
    ensures AF_CM_02_AF_CM_20_not_asked: e.kind == LEAVE_CM_CLOSE_AF &&
      \old(*c).af[e.object.slot].manager_close != MANAGER_CLOSE_INSIDE ==>
      leave_breaks(\old(*c).af[e.object.slot], e.status, \result);
    AF_PROMISES(CLAUSE, \true) */
static enum requirement live_af_steps(struct core *c, struct event e)
{
    struct address_family next = c->af[e.object.slot];
    const enum requirement objects = what_objects_say(c, e);
    enum requirement broken = objects;

    if (objects == CONFORMING || !is_asked_first(next, e)) {
        broken = step_af(&next, c->readings, e);
        if (broken == CONFORMING) {
            broken = objects;
        }
    }
    if (broken == CONFORMING) {
        next.manager_close = close_reaches(c, next, e);
        /*@ assert consistent: af_invariant(next); */
        /*@ assert AMB_06_as_read: af_as_read(next, c->readings); */
        c->af[e.object.slot] = next;
    }
    return broken;
}

/*@ LOOKS_AT(c)
    ensures exact: (\result != 0) <==> af_handle_live(*c, e.object); */
static int is_live(const struct core *c, struct event e)
{
    return e.object.slot < MAX_AF && c->af[e.object.slot].phase != AF_FREE &&
           c->af[e.object.slot].generation == e.object.generation;
}

enum requirement core_af_event(struct core *c, struct event e)
{
    return is_live(c, e) ? live_af_steps(c, e) : stale_af(e);
}

/* ProtocolUnbindAdapterEx has torn calls and SAPs down before it closes (AF-CL-14). */
/*@ requires live: af_handle_live(*c, e.object) && e.kind == CALL_CLOSE_AF;
    LOOKS_AT(c)
    ensures exact: (\result != 0) <==> is_closed_in_unbind(*c, e); */
static int is_closed_in_unbind(const struct core *c, struct event e)
{
    const struct address_family a = c->af[e.object.slot];

    return a.client < MAX_BINDING && c->binding[a.client].phase == UNBINDING &&
           c->binding[a.client].unbind_thread == e.thread &&
           (a_sap_is_there(c, e.object) || a_call_is_there(c, e.object));
}

/* NDIS pauses a binding before it unbinds it (UNB-04). */
/*@ LOOKS_AT(c)
    ensures exact: (\result != 0) <==> is_unbound_unpaused(*c, e); */
static int is_unbound_unpaused(const struct core *c, struct event e)
{
    if (e.kind != ENTER_UNBIND || e.object.slot >= MAX_BINDING) {
        return 0;
    }
    const struct binding b = c->binding[e.object.slot];

    return b.generation == e.object.generation && b.phase == BOUND && b.miniport == 0 &&
           b.pnp.bound_state >= BINDING_RESTARTING;
}

enum requirement core_left_undone(const struct core *c, struct event e)
{
    enum requirement left;

    if (is_unbound_unpaused(c, e)) {
        return UNB_04;
    }
    if (!is_live(c, e)) {
        return CONFORMING;
    }
    switch (e.kind) {
    case CALL_CLOSE_AF:
        if (is_closed_in_unbind(c, e)) {
            return AF_CL_14;
        }
        left = saps_left(c, e.object);
        return left == CONFORMING ? vcs_of_client(c, e.object) : left;
    case LEAVE_CM_CLOSE_AF:
        return e.status == NOT_ACCEPTED && vcs_left(c, e.object) ? AF_CM_10 : CONFORMING;
    default: return CONFORMING;
    }
}
