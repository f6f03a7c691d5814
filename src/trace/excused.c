/* excused.c - see excused.h. */
#include "excused.h"

#include "freed_early.h"
#include "gone.h"
#include "protocol/handle.h"
#include "seen.h"
#include "told_before.h"
#include "was_there.h"

#include <string.h>

int was_seen_before(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    return s->generation == e.object.generation && s->line[e.kind] != 0;
}

/* ---- A call that NDIS refuses ---- */

static int is_verb(struct event e, const char *verb) { return strcmp(event_verb(e.kind), verb) == 0; }

/* What a call may have changed is kept until the next event. */
void remember_before_call(struct judge *j, struct event e)
{
    const int refused = j->before_call.e.kind != NO_EVENT && is_verb(e, "return") &&
                        beginning_of(e.kind) == j->before_call.e.kind &&
                        handles_equal(j->before_call.e.object, e.object);

    j->before_call.is_refused = refused && is_failure(e.status);
    if (refused) {
        return;
    }
    j->before_call.e.kind = NO_EVENT;
    if (is_verb(e, "call") && has_an_end(e.kind)) {
        j->before_call.e = e;
        j->before_call.was_a_finding = 0;
        j->before_call.core = j->core;
        j->before_call.going_on = j->going_on;
    }
}

static int go_back_before_call(struct judge *j)
{
    j->core = j->before_call.core;
    j->going_on = j->before_call.going_on;
    consequences_follow(&j->going_on, j->before_call.e);
    return 1;
}

int ndis_refuses_the_breach(struct judge *j)
{
    return j->before_call.is_refused && j->before_call.was_a_finding && go_back_before_call(j);
}

/* ---- An object that is refused ---- */

/* How it is refused: by the driver that is asked for it, or to the one that asks; and how that driver frees what
 * it has allocated for it. And how it is given up, where no page says which comes first. */
static const uint16_t refusals[][2] = {
    {SAP_DEREGISTER_COMPLETE, FREE_CALL_MGR_SAP_CONTEXT},
    {SAP_DEREGISTER_MCM_COMPLETE, FREE_CALL_MGR_SAP_CONTEXT},
    {PARTY_DROP_COMPLETE, FREE_CALL_MGR_PARTY_CONTEXT},
    {PARTY_DROP_MCM_COMPLETE, FREE_CALL_MGR_PARTY_CONTEXT},
    {SAP_REGISTER_LEAVE, FREE_CALL_MGR_SAP_CONTEXT},
    {SAP_REGISTER_COMPLETE, FREE_CALL_MGR_SAP_CONTEXT},
    {SAP_REGISTER_MCM_COMPLETE, FREE_CALL_MGR_SAP_CONTEXT},
    {SAP_REGISTER_DELIVER, FREE_SAP_CONTEXT},
    {SAP_REGISTER_OWN, FREE_SAP_CONTEXT},
    {VC_CREATE_BY_CLIENT_LEAVE, FREE_CALL_MGR_VC_CONTEXT},
    {VC_CREATE_BY_CLIENT_RETURN, FREE_CLIENT_VC_CONTEXT},
    {VC_CREATE_BY_MANAGER_LEAVE, FREE_CLIENT_VC_CONTEXT},
    {VC_CREATE_BY_MANAGER_RETURN, FREE_CALL_MGR_VC_CONTEXT},
    {VC_CREATE_BY_MANAGER_MCM_RETURN, FREE_CALL_MGR_VC_CONTEXT},
    {PARTY_ADD_LEAVE, FREE_CALL_MGR_PARTY_CONTEXT},
    {PARTY_ADD_COMPLETE, FREE_CALL_MGR_PARTY_CONTEXT},
    {PARTY_ADD_MCM_COMPLETE, FREE_CALL_MGR_PARTY_CONTEXT},
    {PARTY_ADD_DELIVER, FREE_CLIENT_PARTY_CONTEXT},
    {PARTY_ADD_OWN, FREE_CLIENT_PARTY_CONTEXT},
};
#define REFUSALS (sizeof refusals / sizeof refusals[0])
#define GIVEN_UP 4u

static int gives_up(unsigned i, uint8_t status)
{
    return i < GIVEN_UP ? status == SUCCESS : is_failure(status);
}

int refusal_keeps_nothing(struct judge *j, struct event e)
{
    struct event by = e;

    by.status = NO_STATUS;
    for (unsigned i = 0; i < REFUSALS; i++) {
        by.kind = refusals[i][1];
        if (refusals[i][0] == e.kind && gives_up(i, e.status) && /* the core frees before it, or behind it */
            (core_takes_both(&j->core, by, e) || core_takes_both(&j->core, e, by))) {
            return 1;
        }
    }
    return 0;
}

uint16_t refusal_before_the_free(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    for (unsigned i = 0; s->generation == e.object.generation && i < REFUSALS; i++) {
        if (refusals[i][1] == e.kind && gives_up(i, s->status[refusals[i][0]]) && !was_seen_before(j, e)) {
            return refusals[i][0];
        }
    }
    return NO_EVENT;
}

/* ---- What crosses ---- */

/* The other side leaves while the client drops the party: the call manager does not know of that before
 * ProtocolCmDropParty. */
static int is_a_drop_that_crosses(struct judge *j, struct event e, enum requirement broken)
{
    return broken == PTY_08 &&
           (e.kind == PARTY_INCOMING_DROP_CALL || e.kind == PARTY_INCOMING_DROP_MCM_CALL) &&
           seen_of(j, object_of_event(e))->line[PARTY_DROP_ENTER] == 0;
}

int miniport_takes_vc_late(struct judge *j, struct event e)
{
    struct vc *v = &j->core.vc[e.object.slot < MAX_VC ? e.object.slot : 0];

    if (e.kind != MINIPORT_CREATE_VC_LEAVE || e.status != SUCCESS || e.object.slot >= MAX_VC ||
        v->generation != e.object.generation || v->miniport_context != 0 ||
        v->af.slot >= MAX_AF || j->core.af[v->af.slot].miniport != 0 ||
        (v->phase != VC_PEER_IS_ASKED && v->phase != VC_PEER_HAS_AGREED)) {
        return 0;
    }
    v->miniport_context = 1;
    return 1;
}

/* Nor does a page say that the peer lets go of a VC before the miniport does. */
static int miniport_lets_go_first(struct judge *j, struct event e)
{
    struct vc *v = &j->core.vc[e.object.slot < MAX_VC ? e.object.slot : 0];

    if (e.kind != MINIPORT_DELETE_VC_LEAVE || e.status != SUCCESS || e.object.slot >= MAX_VC ||
        v->generation != e.object.generation || v->miniport_context == 0 ||
        (v->phase != VC_DELETING && v->phase != VC_PEER_LETS_GO)) {
        return 0;
    }
    v->miniport_context = 0;
    return 1;
}

/* Why NDIS unbinds or halts no driver sees, and few recordings have it. */
static int has_a_reason(struct judge *j, struct event e)
{
    struct event reason = e;

    reason.kind = e.kind == ENTER_UNBIND ? REMOVE_BINDING : HALT_ADAPTER;
    if ((e.kind != ENTER_UNBIND && e.kind != ENTER_HALT) || !core_takes_both(&j->core, reason, e)) {
        return 0;
    }
    seen_of(j, object_of_event(e))->line[reason.kind] = 1;
    return 1;
}

/* Nothing is known of an object that was there before the recording, or of the operation. */
static int began_unseen(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    return j->from_the_middle && s->was_there &&
           (s->begun == 0 || (!was_seen_before(j, e) && began_before(j, e)));
}

/* A VC whose call has failed, or was not taken, is used for another (VC-17), once it is inactive again. */
static int is_another_call(struct judge *j, struct event e)
{
    static struct core after;
    struct vc *v = &after.vc[e.object.slot < MAX_VC ? e.object.slot : 0];

    if ((e.kind != VC_INCOMING_CALL_CALL && e.kind != VC_INCOMING_CALL_MCM_CALL &&
         e.kind != VC_MAKE_CALL_CALL) || e.object.slot >= MAX_VC) {
        return 0;
    }
    after = j->core;
    if (!vc_has_no_call(*v) || v->incoming_call.server == SERVER_OWED ||
        v->make_call.server == SERVER_OWED) {
        return 0;
    }
    v->call = CALL_NONE;
    v->incoming_call = (struct operation){0};
    v->make_call = (struct operation){0};
    if (core_step(&after, e) != CONFORMING) {
        return 0;
    }
    j->core = after;
    return 1;
}

/* The call manager has offered the call before it was told that the SAP is going (SAP-14); or SAP-17 has named it.
 * NDIS passes it on in either case. */
static int is_passed_on(struct judge *j, struct event e, enum requirement broken)
{
    static struct core after;
    struct vc *v = &after.vc[e.object.slot < MAX_VC ? e.object.slot : 0];
    const struct seen *s = seen_of(j, object_of_event(e));

    if (broken != CALL_23 || e.kind != VC_INCOMING_CALL_ENTER || e.object.slot >= MAX_VC) {
        return 0;
    }
    after = j->core;
    if (v->call != CALL_IS_REJECTED ||
        s->line[VC_INCOMING_CALL_ENTER] > s->line[VC_INCOMING_CALL_CALL] + s->line[VC_INCOMING_CALL_MCM_CALL]) {
        return 0;
    }
    v->call = CALL_IS_OFFERED;
    v->incoming_call = operation_begun();
    if (core_step(&after, e) != CONFORMING) {
        return 0;
    }
    j->core = after;
    return 1;
}

/* The other side has hung up: the call manager may deactivate the VC before the client has closed the call. */
static int deactivates_behind_the_other_side(struct judge *j, struct event e, enum requirement broken)
{
    static struct core after;
    const uint32_t slot = e.object.slot;

    if (broken != CALL_16 || (e.kind != VC_DEACTIVATE_CALL && e.kind != VC_DEACTIVATE_MCM_CALL) ||
        slot >= MAX_VC || j->core.vc[slot].hung_up == 0) {
        return 0;
    }
    after = j->core;
    after.vc[slot].call = CALL_IS_CLOSING;
    if (core_step(&after, e) != CONFORMING) {
        return 0;
    }
    after.vc[slot].call = j->core.vc[slot].call;
    j->core = after;
    return 1;
}

/* Refused for the state of the binding alone. */
static int is_of_the_state(enum requirement broken)
{
    return broken == BND_08 || broken == BND_10 || broken == BND_11 || broken == PNP_08;
}

/* The driver completes the event that it has pended, which NDIS did not wait for (UNB-04, BND-09). */
static int ends_the_event_that_it_pended(struct judge *j, struct event e, enum requirement broken)
{
    static const uint16_t pended[][2] = {
        {PAUSE_LEAVE, PAUSE_COMPLETE},
        {RESTART_LEAVE, RESTART_COMPLETE},
        {QUERY_REMOVE_LEAVE, QUERY_REMOVE_COMPLETE},
        {SET_POWER_LEAVE, SET_POWER_COMPLETE},
        {CANCEL_REMOVE_LEAVE, CANCEL_REMOVE_COMPLETE},
    };
    const struct seen *s = seen_of(j, object_of_event(e));

    for (unsigned i = 0; i < sizeof pended / sizeof pended[0]; i++) {
        if (pended[i][1] == e.kind && is_of_the_state(broken) && e.object.slot < MAX_BINDING && s->generation == e.object.generation &&
            s->status[pended[i][0]] == PENDING && s->line[pended[i][0]] > s->line[e.kind]) {
            j->core.binding[e.object.slot].pnp.event = NO_EVENT;
            j->core.binding[e.object.slot].pnp.event_phase = EVENT_OVER;
            return 1;
        }
    }
    return 0;
}

/* Of a close that it has pended, when nothing is left on the AF and no notification is out, nothing more comes to the
 * call manager: it may free its context, and complete the close with the handle. */
static int frees_before_it_completes(struct judge *j, struct event e, enum requirement broken)
{
    const struct address_family a = j->core.af[e.object.slot < MAX_AF ? e.object.slot : 0];

    if (broken != AF_CM_22 || e.kind != FREE_CALL_MGR_AF_CONTEXT || e.object.slot >= MAX_AF ||
        a.generation != e.object.generation || a.phase != AF_CLOSING || a.manager_close != MANAGER_CLOSE_PENDED ||
        a.resources != 0 || a.notification != NOTIFICATION_NONE || a.notify_call != 0) {
        return 0;
    }
    was_freed_early(j, e);
    return 1;
}

/* An MCM registers each family that it supports (REG-02); the core knows of one, and a trace does not say which it is. */
static int registers_another_family(struct judge *j, struct event e, enum requirement broken)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    return broken == REG_02 && e.kind == CALL_MCM_REGISTER_AF && s->generation == e.object.generation &&
           s->line[REGISTER_AF_MCM_RETURN] > s->line[CALL_MCM_REGISTER_AF] &&
           s->line[LEAVE_INITIALIZE] == 0;
}

/* NDIS answers the deletion with NOT_ACCEPTED, as it must while the VC is active (VC-15): that it was deactivated was
 * only supposed, when a finding said so of the call manager. */
static int is_active_after_all(struct judge *j, struct event e, enum requirement broken)
{
    const int is_supposed = is_only_supposed(&j->going_on, VC_DEACTIVATE_CALL, e.object) ||
                            is_only_supposed(&j->going_on, VC_DEACTIVATE_MCM_CALL, e.object);

    if (broken != VC_15 || e.status != NOT_ACCEPTED || !is_supposed || e.object.slot >= MAX_VC ||
        strcmp(event_object(e.kind), "vc") != 0 || j->core.vc[e.object.slot].phase != VC_DELETING) {
        return 0;
    }
    j->core.vc[e.object.slot].phase = VC_CREATED;
    return 1;
}

/* A callback may come that needs the call manager's AF context, which was not freed: that was only supposed, when a
 * finding said that the AF should have been closed before. */
static int was_not_freed(struct judge *j, struct event e, enum requirement broken)
{
    if (broken != AF_CM_24 || frees(e.kind) || object_of_event(e).kind != AN_AF ||
        !is_only_supposed(&j->going_on, FREE_CALL_MGR_AF_CONTEXT, e.object)) {
        return 0;
    }
    consequences_follow(&j->going_on, e);
    return 1;
}

int is_no_finding(struct judge *j, struct event e, enum requirement broken)
{
    if (j->before_call.is_refused && begins_something(j->before_call.e.kind)) {
        return go_back_before_call(j); /* NDIS may refuse what begins for reasons of its own */
    }
    if (follows_from_mended(&j->going_on, &j->core, e) ||
        vc_is_not_made_after_all(&j->going_on, &j->core, e)) {
        return 1;
    }
    if (miniport_lets_go_first(j, e) || frees_before_it_completes(j, e, broken)) {
        return 1;
    }
    if (registers_another_family(j, e, broken) || is_active_after_all(j, e, broken) || was_not_freed(j, e, broken)) {
        return 1;
    }
    if (comes_back_behind_it(j, e) || was_told_before(j, e)) {
        return 1;
    }
    if (has_a_reason(j, e) || (was_seen_before(j, e) && is_another_call(j, e))) {
        return 1;
    }
    if (refusal_before_the_free(j, e) != NO_EVENT) {
        return 1;
    }
    if (ends_the_event_that_it_pended(j, e, broken) || is_passed_on(j, e, broken) ||
        deactivates_behind_the_other_side(j, e, broken)) {
        return 1;
    }
    if (e.kind == FREE_CALL_PARAMETERS && is_failure(seen_of(j, object_of_event(e))->status[VC_MAKE_CALL_RETURN]) &&
        !was_seen_before(j, e)) {
        return 1; /* NDIS has refused the call, and the parameters are the client's as before */
    }
    if (is_a_drop_that_crosses(j, e, broken)) {
        consequences_follow(&j->going_on, e);
        return 1;
    }
    if (began_unseen(j, e)) {
        seen_of(j, object_of_event(e))->is_astray = 1;
        return 1;
    }
    return 0;
}

/* ---- What no rule forbids ---- */

int is_excused(struct judge *j, const struct core *before, struct event e, enum requirement broken)
{
    const struct seen *own = seen_of(j, object_of_event(e));
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};

    if (broken == REG_12) { /* as many offers as families that were registered */
        const struct seen *s = seen_of(j, manager);

        return own->times[ENTER_AF_REGISTER_NOTIFY] <
               s->times[CALL_CM_REGISTER_AF] + s->times[CALL_MCM_REGISTER_AF];
    }
    if (broken == MCM_07 && is_verb(e, "return")) { /* its call was named */
        return own->line[beginning_of(e.kind)] != 0;
    }
    if (broken == UNB_24) { /* its own memory for an AF is nobody else's business (UNB-25) */
        for (uint32_t i = 0; i < MAX_AF; i++) {
            const struct address_family a = before->af[i];

            if (a.phase != AF_FREE && a.phase != AF_FAILED &&
                (a.phase != AF_CLOSED || a.notify_call != 0 ||
                 a.notification != NOTIFICATION_NONE)) {
                return 0;
            }
        }
        return 1;
    }
    if (broken == PNP_10 && e.kind == ENTER_UNBIND) { /* one binding goes, the stack stays */
        return own->line[REMOVE_BINDING] != 0;
    }
    if (broken == CALL_16) { /* nor is deactivated what was only supposed to be active */
        return is_only_supposed(&j->going_on, VC_ACTIVATE_CALL, e.object) ||
               is_only_supposed(&j->going_on, VC_ACTIVATE_MCM_CALL, e.object);
    }
    return broken == BND_21 && e.kind == LEAVE_INITIALIZE && e.status != SUCCESS;
}
