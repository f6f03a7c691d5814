/* gone.c - see gone.h. */
#include "gone.h"

#include "protocol/handle.h"

int vc_is_deleted_by_the_other(struct going_on *g, struct core *c, struct event e)
{
    static const uint16_t deletions[][8] = {
        {VC_DELETE_BY_CLIENT_CALL, VC_DELETE_BY_CLIENT_ENTER, FREE_CALL_MGR_VC_CONTEXT,
         VC_DELETE_BY_CLIENT_LEAVE, MINIPORT_DELETE_VC_LEAVE, VC_DELETE_BY_CLIENT_RETURN,
         FREE_CLIENT_VC_CONTEXT},
        {VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_ENTER, FREE_CLIENT_VC_CONTEXT,
         VC_DELETE_BY_MANAGER_LEAVE, MINIPORT_DELETE_VC_LEAVE, VC_DELETE_BY_MANAGER_RETURN,
         FREE_CALL_MGR_VC_CONTEXT},
        {VC_DELETE_BY_MANAGER_MCM_CALL, VC_DELETE_BY_MANAGER_ENTER, FREE_CLIENT_VC_CONTEXT,
         VC_DELETE_BY_MANAGER_LEAVE, VC_DELETE_BY_MANAGER_MCM_RETURN, FREE_CALL_MGR_VC_CONTEXT},
    };
    const int by_client = e.kind == VC_DELETE_BY_CLIENT_CALL;
    struct event by = e;

    if (!by_client && e.kind != VC_DELETE_BY_MANAGER_CALL && e.kind != VC_DELETE_BY_MANAGER_MCM_CALL) {
        return 0;
    }
    for (unsigned d = by_client ? 1 : 0; d < (by_client ? 3 : 1); d++) {
        by.kind = deletions[d][0];
        if (core_step(c, by) != CONFORMING) {
            continue;
        }
        consequences_follow(g, e);
        for (unsigned i = 1; i < 8 && deletions[d][i] != NO_EVENT; i++) {
            by.kind = deletions[d][i];
            if (is_done_by_somebody(c, &by, &e, 1)) {
                was_supposed(g, by);
            }
        }
        return 1;
    }
    return 0;
}

/* ---- With all that is on it ---- */

/* Nothing that is said of the object any more is a finding of its own. */
static void is_forgotten(struct going_on *g, uint16_t beginning, struct handle object)
{
    const struct event e = {.kind = beginning, .object = object};

    consequences_follow(g, e);
}

static void forget_vc(struct going_on *g, struct core *c, uint32_t slot)
{
    const struct handle vc = {slot, c->vc[slot].generation};

    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        if (handles_equal(c->party[i].vc, vc) && c->party[i].generation != 0) {
            is_forgotten(g, PARTY_ADD_CALL, (struct handle){i, c->party[i].generation});
            c->party[i] = (struct party){.generation = c->party[i].generation, .vc = vc};
        }
    }
    is_forgotten(g, VC_CREATE_BY_CLIENT_CALL, vc);
    c->vc[slot] = (struct vc){.generation = vc.generation, .af = c->vc[slot].af};
}

static void forget_af(struct going_on *g, struct core *c, uint32_t slot)
{
    const struct handle af = {slot, c->af[slot].generation};

    for (uint32_t i = 0; i < MAX_SAP; i++) {
        if (handles_equal(c->sap[i].af, af) && c->sap[i].generation != 0) {
            is_forgotten(g, SAP_REGISTER_CALL, (struct handle){i, c->sap[i].generation});
            c->sap[i] = (struct sap){.generation = c->sap[i].generation, .af = af};
        }
    }
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (handles_equal(c->vc[i].af, af) && c->vc[i].generation != 0) {
            forget_vc(g, c, i);
        }
    }
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (handles_equal(c->request[i].on, af) && c->request[i].generation != 0) {
            is_forgotten(g, REQUEST_BY_CLIENT_CALL, (struct handle){i, c->request[i].generation});
            c->request[i] = (struct request){.generation = c->request[i].generation, .on = af};
        }
    }
    is_forgotten(g, OPEN_AF_CALL, af);
    c->af[slot] = (struct address_family){.generation = af.generation, .client = c->af[slot].client};
}

int closes_over_what_is_open(struct going_on *g, struct core *c, struct event e)
{
    struct going_on after_g = *g;
    struct core after = *c;

    if (e.kind != CALL_CLOSE_ADAPTER || e.object.slot >= MAX_BINDING) {
        return 0;
    }
    for (uint32_t i = 0; i < MAX_AF; i++) {
        if (c->af[i].phase != AF_FREE &&
            (e.object.slot == MANAGER_BINDING || c->af[i].client == e.object.slot)) {
            forget_af(&after_g, &after, i);
        }
    }
    e.irql = PASSIVE;
    if (core_step(&after, e) != CONFORMING) {
        return 0;
    }
    *c = after;
    *g = after_g;
    return 1;
}

int vc_is_not_made_after_all(struct going_on *g, struct core *c, struct event e)
{
    const int returns = e.kind == VC_CREATE_BY_CLIENT_RETURN ||
                        e.kind == VC_CREATE_BY_MANAGER_RETURN ||
                        e.kind == VC_CREATE_BY_MANAGER_MCM_RETURN;

    if (!returns || e.status == SUCCESS || e.status == PENDING || e.object.slot >= MAX_VC ||
        c->vc[e.object.slot].generation != e.object.generation) {
        return 0;
    }
    for (unsigned i = 0; i < g->mended_count; i++) {
        if (handles_equal(g->mended[i].event.object, e.object) &&
            follows(g->mended[i].event.kind, e.kind)) {
            forget_vc(g, c, e.object.slot);
            return 1;
        }
    }
    return 0;
}
