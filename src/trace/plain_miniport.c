/* plain_miniport.c - see plain_miniport.h. */
#include "plain_miniport.h"

#include "seen.h"

static const struct object miniport = {A_BINDING, {MANAGER_BINDING, 0}};

static int has_registered_nothing(struct judge *j)
{
    const struct seen *s = seen_of(j, miniport);

    return s->line[LEAVE_INITIALIZE] != 0 && s->line[CALL_MCM_REGISTER_AF] == 0;
}

/* Some driver was bound, so the miniport had been initialised: few recordings of other drivers have that. */
static int has_run(struct judge *j)
{
    const struct seen *s = seen_of(j, miniport);
    int somebody_is_bound = 0;

    for (uint32_t i = MANAGER_BINDING + 1; i < MAX_BINDING; i++) {
        const struct object o = {A_BINDING, {i, 0}};

        somebody_is_bound |= seen_of(j, o)->line[LEAVE_BIND] != 0 && seen_of(j, o)->status[LEAVE_BIND] == SUCCESS;
    }
    return somebody_is_bound && s->line[ENTER_INITIALIZE] == 0 && s->line[PAUSE_MINIPORT] != 0;
}

int is_right_of_a_plain_miniport(struct judge *j, struct event e, enum requirement broken)
{
    struct event unseen = e;

    unseen.status = NO_STATUS;
    if (broken == REG_11 && e.kind == LEAVE_INITIALIZE && e.status == SUCCESS) {
        unseen.kind = CALL_MCM_REGISTER_AF;
        return core_takes_both(&j->core, unseen, e);
    }
    if (broken == HLT_01 && e.kind == LEAVE_HALT && has_registered_nothing(j)) {
        unseen.kind = FREE_BINDING_CONTEXT;
        return core_takes_both(&j->core, unseen, e);
    }
    return e.kind == HALT_ADAPTER && has_run(j);
}

int offers_what_no_miniport_registered(struct judge *j, struct event e)
{
    return e.kind == ENTER_AF_REGISTER_NOTIFY && has_registered_nothing(j) &&
           seen_of(j, miniport)->status[LEAVE_INITIALIZE] == SUCCESS && seen_of(j, miniport)->line[CALL_CM_REGISTER_AF] == 0;
}
