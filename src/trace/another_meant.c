/* another_meant.c - see another_meant.h. */
#include "another_meant.h"

#include "completed.h"
#include "seen.h"

static int was_never_seen(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    return (s->begun == 0 || s->generation < e.object.generation) && !s->was_there;
}

int means_another(struct judge *j, struct event e)
{
    static struct core after, trial;
    struct object o = object_of_event(e);
    struct event meant = e;
    unsigned right = 0;

    if ((!is_about_memory(e.kind) && !is_completion(e.kind)) || !was_never_seen(j, e)) {
        return 0;
    }
    for (uint32_t slot = 0; slot < table_size(o.kind); slot++) {
        struct event by = e;

        o.handle = (struct handle){slot, generation_of(&j->core, o.kind, slot)};
        if (o.handle.generation == 0) {
            continue;
        }
        by.object = o.handle;
        by.on = event_on(e.kind)[0] != '\0' ? holder_of(j, o).handle : e.on;
        by.irql = PASSIVE;
        trial = j->core;
        if (core_step(&trial, by) == CONFORMING) {
            after = trial;
            meant = by;
            right++;
        }
    }
    if (right != 1) {
        return 0;
    }
    j->core = after;
    was_supposed(&j->going_on, meant);
    return 1;
}
