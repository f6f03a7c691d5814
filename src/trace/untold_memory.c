/* untold_memory.c - see untold_memory.h. */
#include "untold_memory.h"

#include "seen.h"

int lacks_memory_alone(const struct finding *f)
{
    for (unsigned i = 0; i < f->supposed_count; i++) {
        if (!is_about_memory(f->supposed[i].kind)) {
            return 0;
        }
    }
    return f->kind == TOO_EARLY && f->supposed_count > 0;
}

/* What is done with the memory of the object in the slot: the next event of that kind behind the last, or NO_EVENT. */
static uint16_t next_act(uint16_t last, enum object_kind of)
{
    for (uint16_t kind = last + 1; kind < EVENT_KIND_COUNT; kind++) {
        if (is_about_memory(kind) && object_kind_of(event_object(kind)) == of) {
            return kind;
        }
    }
    return NO_EVENT;
}

static struct event act_on(struct judge *j, struct object o)
{
    struct event act = {0};

    act.object = o.handle;
    act.on = holder_of(j, o).handle;
    act.irql = PASSIVE;
    act.thread = UINT8_MAX; /* of no handler */
    return act;
}

int follows_untold_memory(struct judge *j, struct event e)
{
    static struct core after;
    struct object o = object_of_event(e);
    struct event act;

    if (!j->omits_memory || o.handle.slot >= table_size(o.kind)) {
        return 0;
    }
    o.handle.generation = generation_of(&j->core, o.kind, o.handle.slot);
    act = act_on(j, o);
    while ((act.kind = next_act(act.kind, o.kind)) != NO_EVENT) { /* one of them is enough, mostly */
        if (core_takes_both(&j->core, act, e)) {
            return 1;
        }
    }
    after = j->core;
    while ((act.kind = next_act(act.kind, o.kind)) != NO_EVENT) {
        (void)core_step(&after, act);
    }
    if (core_step(&after, e) != CONFORMING) {
        act.kind = RELEASE_AF_RESOURCES; /* it is not for these that the event is wrong */
        (void)(o.kind == AN_AF && core_step(&j->core, act));
        return 0;
    }
    j->core = after;
    return 1;
}

void free_all_untold(struct judge *j)
{
    for (unsigned i = AN_AF; j->omits_memory && i < OBJECT_KIND_COUNT; i++) {
        const enum object_kind kind = (enum object_kind)i;

        for (uint32_t slot = 0; slot < table_size(kind); slot++) {
            struct event act = act_on(j, (struct object){kind, {slot, generation_of(&j->core, kind, slot)}});

            while ((act.kind = next_act(act.kind, kind)) != NO_EVENT) {
                (void)core_step(&j->core, act);
            }
        }
    }
}
