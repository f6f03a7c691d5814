/* halts.c - see halts.h. */
#include "halts.h"

#include "seen.h"

enum requirement without_rules_of_unbinds(struct judge *j, struct object binding, enum requirement unmet)
{
    const int is_to_halt = unmet == UNB_01 && j->core.binding[binding.handle.slot].miniport == 1;

    return is_to_halt || (unmet == UNB_26 && seen_of(j, binding)->line[ENTER_HALT] != 0) ? CONFORMING : unmet;
}

/* A removal is told of any binding to the adapter. */
static unsigned long line_of_the_removal(struct judge *j)
{
    unsigned long line = 0;

    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        const struct object binding = {A_BINDING, {i, 0}};
        const struct seen *s = seen_of(j, binding);

        line = s->line[REMOVE_ADAPTER] > line ? s->line[REMOVE_ADAPTER] : line;
        line = s->line[HALT_ADAPTER] > line ? s->line[HALT_ADAPTER] : line;
    }
    return line;
}

int halt_is_to_come(struct judge *j, const uint16_t *operation, struct outstanding *o)
{
    const uint32_t slot = o->object.handle.slot;

    if (operation[0] != ENTER_HALT || o->object.kind != A_BINDING || slot != MANAGER_BINDING ||
        j->core.binding[slot].miniport == 0 || j->core.binding[slot].unbind_owed == 0) {
        return 0;
    }
    o->what = event_name(ENTER_HALT);
    o->since = line_of_the_removal(j);
    o->owed_by = "NDIS";
    return o->since != 0;
}
