/* completed.c - see completed.h. */
#include "completed.h"

#include "seen.h"

#include <string.h>

int is_completion(uint16_t kind)
{
    return strcmp(event_verb(kind), "call") == 0 && strstr(event_name(kind), "Complete") != NULL;
}

static int begins_an_operation(uint16_t kind)
{
    return strcmp(event_verb(kind), "call") == 0 || strcmp(event_verb(kind), "enter") == 0;
}

int is_completed_again(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    if (!is_completion(e.kind) || s->generation != e.object.generation || s->line[e.kind] == 0 ||
        s->status[e.kind] == PENDING) {
        return 0;
    }
    for (uint16_t kind = NO_EVENT + 1; kind < EVENT_KIND_COUNT; kind++) {
        if (s->line[kind] > s->line[e.kind] && begins_an_operation(kind) && follows(kind, e.kind)) {
            return 0;
        }
    }
    return 1;
}

int completes_what_did_not_pend(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    for (uint16_t kind = NO_EVENT + 1; is_completion(e.kind) && s->generation == e.object.generation &&
                                       kind < EVENT_KIND_COUNT; kind++) {
        if (s->line[kind] != 0 && s->status[kind] != PENDING && strcmp(event_verb(kind), "leave") == 0 &&
            follows(kind, e.kind)) {
            return 1;
        }
    }
    return 0;
}

/* ---- With PENDING ---- */

int completes_with_pending(struct judge *j, struct event e)
{
    static struct core after;

    e.irql = PASSIVE;
    for (uint8_t status = SUCCESS; is_completion(e.kind) && e.status == PENDING && status < STATUS_COUNT; status++) {
        struct event other = e;

        after = j->core;
        other.status = status;
        if (status != PENDING && core_step(&after, other) == CONFORMING) {
            return 1;
        }
    }
    return 0;
}

/* The completion before it, in the operation of this delivery, that came with PENDING; kind NO_EVENT if none did. */
static struct event pending_before(struct judge *j, struct event delivery)
{
    const struct seen *s = seen_of(j, object_of_event(delivery));
    struct event by = delivery;

    for (uint16_t kind = NO_EVENT + 1; s->generation == delivery.object.generation && kind < EVENT_KIND_COUNT; kind++) {
        if (s->line[kind] != 0 && s->status[kind] == PENDING && is_completion(kind) && follows(kind, delivery.kind)) {
            by.kind = kind;
            return by;
        }
    }
    by.kind = NO_EVENT;
    return by;
}

int passes_on_a_pending(struct judge *j, struct event e)
{
    struct event by = pending_before(j, e), told = e;

    if (by.kind == NO_EVENT || strcmp(event_verb(e.kind), "enter") != 0 || strstr(event_name(e.kind), "Complete") == NULL) {
        return 0;
    }
    told.irql = PASSIVE;
    by.irql = PASSIVE;
    for (uint8_t status = SUCCESS; status < STATUS_COUNT; status++) {
        told.status = e.status == PENDING || e.status == NO_STATUS ? status : e.status;
        by.status = status;
        if (status != PENDING && core_takes_both(&j->core, by, told)) {
            return 1;
        }
    }
    return 0;
}

int was_completed_with_pending(struct judge *j, struct object o, enum requirement left)
{
    static struct core asked;
    const struct seen *s = seen_of(j, o);
    struct event e = {.status = PENDING, .object = o.handle, .on = holder_of(j, o).handle, .irql = PASSIVE};

    if (left == CONFORMING || s->generation != o.handle.generation) {
        return 0;
    }
    for (e.kind = NO_EVENT + 1; e.kind < EVENT_KIND_COUNT; e.kind++) {
        if (s->line[e.kind] != 0 && s->status[e.kind] == PENDING && is_completion(e.kind) &&
            object_of_event(e).kind == o.kind && completes_with_pending(j, e)) {
            asked = j->core; /* large */
            if (core_step(&asked, e) == left) {
                return 1;
            }
        }
    }
    return 0;
}
