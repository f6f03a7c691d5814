/* kept_active.c - see kept_active.h. */
#include "kept_active.h"

#include "protocol/handle.h"

int is_rejected_and_active(struct vc v)
{
    return v.phase == VC_CREATED && v.call == CALL_IS_REJECTED && v.activity == VC_ACTIVE;
}

int keeps_a_rejected_vc(const struct core *c, struct handle af)
{
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (handles_equal(c->vc[i].af, af) && is_rejected_and_active(c->vc[i])) {
            return 1;
        }
    }
    return 0;
}

enum requirement left_beside_rejected_vcs(const struct core *c, struct event e)
{
    static struct core asked;

    asked = *c;
    for (uint32_t i = 0; i < MAX_VC; i++) {
        if (is_rejected_and_active(asked.vc[i])) {
            asked.vc[i] = (struct vc){.generation = asked.vc[i].generation, .af = asked.vc[i].af};
        }
    }
    return core_left_undone(&asked, e);
}
