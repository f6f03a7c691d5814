/* told_before.c - see told_before.h. */
#include "told_before.h"

#include "protocol/handle.h"

static struct core after;
static struct event to_come[MOST_BEHIND]; /* of after: what still comes back */
static unsigned to_come_count;

static int comes_behind(uint16_t kind, struct handle object)
{
    if (to_come_count == MOST_BEHIND) {
        return 0;
    }
    to_come[to_come_count++] = (struct event){.kind = kind, .object = object, .status = PENDING};
    return 1;
}

/* Whether the client was told how it ended, and not all of it has come back: then it is over. */
static int is_over_for_the_client(struct operation *o, struct handle object, uint16_t leave, uint16_t answer)
{
    if (o->caller == CALLER_NONE || o->delivered == 0 ||
        (o->server == SERVER_COMPLETED_INSIDE && !comes_behind(leave, object)) ||
        (o->caller == CALLER_INSIDE && !comes_behind(answer, object))) {
        return 0;
    }
    *o = (struct operation){0};
    return 1;
}

const struct core *core_without_what_was_told(struct judge *j)
{
    int is_any = 0;

    after = j->core;
    to_come_count = 0;
    for (uint32_t i = 0; i < MAX_SAP; i++) {
        struct sap *s = &after.sap[i];
        const struct handle sap = {i, s->generation};

        is_any |= is_over_for_the_client(&s->operation, sap,
                                         s->deregistering != 0 ? SAP_DEREGISTER_LEAVE : SAP_REGISTER_LEAVE,
                                         s->deregistering != 0 ? SAP_DEREGISTER_RETURN : SAP_REGISTER_RETURN);
    }
    for (uint32_t i = 0; i < MAX_PARTY; i++) {
        struct party *p = &after.party[i];
        const struct handle party = {i, p->generation};
        const int is_drop = p->phase == PARTY_FREE && p->operation.status == SUCCESS;

        is_any |= is_over_for_the_client(&p->operation, party, is_drop ? PARTY_DROP_LEAVE : PARTY_ADD_LEAVE,
                                         is_drop ? PARTY_DROP_RETURN : PARTY_ADD_RETURN);
    }
    return is_any && j->behind_count + to_come_count <= MOST_BEHIND ? &after : NULL;
}

void goes_on_from_what_was_told(struct judge *j)
{
    j->core = after;
    for (unsigned i = 0; i < to_come_count; i++) {
        j->behind[j->behind_count++] = to_come[i];
    }
}

int was_told_before(struct judge *j, struct event e)
{
    if (core_without_what_was_told(j) == NULL || core_step(&after, e) != CONFORMING) {
        return 0;
    }
    goes_on_from_what_was_told(j);
    return 1;
}

int comes_back_behind_it(struct judge *j, struct event e)
{
    for (unsigned i = 0; i < j->behind_count; i++) {
        if (j->behind[i].kind == e.kind && handles_equal(j->behind[i].object, e.object) && e.status == PENDING) {
            j->behind[i] = j->behind[--j->behind_count];
            return 1;
        }
    }
    return 0;
}
