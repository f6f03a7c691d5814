/* what_is_left.c - see what_is_left.h. */
#include "what_is_left.h"

#include "freed_early.h"
#include "kept_active.h"
#include "protocol/handle.h"
#include "requests.h"
#include "told_before.h"

/* Inside ProtocolUnbindAdapterEx the core names a SHOULD (AF-CL-14); what it would name elsewhere. */
static enum requirement left_outside_the_unbind(const struct judge *j, struct event e)
{
    e.thread = (uint8_t)(e.thread + 1);
    return core_left_undone(&j->core, e);
}

/* Nothing was notified: the client closes of its own accord. */
static enum requirement rule_of_the_close(const struct judge *j, struct event e, enum requirement left)
{
    return left == NTF_19 && e.object.slot < MAX_AF && j->core.af[e.object.slot].notified == NEVER_NOTIFIED
               ? AF_CL_11
               : left;
}

/* The client was told of the end before its function has returned. */
static int is_left_no_more(struct judge *j, struct event e, enum requirement left)
{
    const struct core *told = core_without_what_was_told(j);

    if (told == NULL || core_left_undone(told, e) == left) {
        return 0;
    }
    goes_on_from_what_was_told(j);
    return 1;
}

unsigned rules_of_what_is_left(struct judge *j, struct event e, enum requirement rules[MOST_LEFT])
{
    enum requirement left = core_left_undone(&j->core, e), behind = CONFORMING;

    if (left != CONFORMING && (complete_what_did_not_pend(j) | free_what_was_freed_early(j))) {
        left = core_left_undone(&j->core, e);
    }
    if (left != CONFORMING && is_left_no_more(j, e, left)) {
        left = core_left_undone(&j->core, e);
    }
    if (left == AF_CL_11) {
        left = left_beside_rejected_vcs(&j->core, e); /* those are the call manager's */
    }
    if (left == AF_CL_14) {
        behind = rule_of_the_close(j, e, left_outside_the_unbind(j, e));
    } else if (left == CALL_06) {
        behind = VC_19; /* that the VC is deleted before the close */
    }
    rules[0] = rule_of_the_close(j, e, left);
    rules[1] = behind;
    return left == CONFORMING ? 0 : behind == CONFORMING ? 1 : 2;
}

int client_keeps_it_open(const struct judge *j, uint32_t af)
{
    const struct core *c = &j->core;
    const struct handle handle = {af, c->af[af].generation};

    if (c->af[af].manager_close != MANAGER_CLOSE_PENDED) {
        return 0;
    }
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (handles_equal(c->sap[i].af, handle) && c->sap[i].phase == SAP_REGISTERED) {
            return 1;
        }
    }
    for (uint32_t i = 0; i < MAX_VC; i++) {
        const struct vc v = c->vc[i];
        const int has_to_delete = v.made_by_manager == 0 && v.phase == VC_CREATED && vc_has_no_call(v) &&
                                  c->readings.amb_24 != 'b';

        if (handles_equal(v.af, handle) && (v.call == CALL_CONNECTED || has_to_delete)) {
            return 1;
        }
    }
    return 0;
}
