/* was_there.c - see was_there.h. */
#include "was_there.h"

#include "manager_kind.h"
#include "middle.h"
#include "seen.h"

#include <string.h>

/* Whether the object may have been there before the recording: nothing of its slot was seen, and
 * the call manager's binding was not seen to begin either, unless the object is a binding itself.
 * A binding that was supposed for an AF may have been of any generation. */
static int may_have_been_there(struct judge *j, struct object o)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};
    const struct seen *of_manager = seen_of(j, manager);

    return j->from_the_middle && o.handle.generation != 0 && o.handle.slot < table_size(o.kind) &&
           seen_of(j, o)->begun == 0 &&
           (!seen_of(j, o)->was_there || (o.kind == A_BINDING &&
                                          generation_of(&j->core, o.kind, o.handle.slot) !=
                                              o.handle.generation)) &&
           (o.kind == A_BINDING || of_manager->begun == 0 || of_manager->was_there);
}

/* A client's binding of which nothing was seen, and on which nothing was supposed: an AF has to be
 * on one, and the line seldom says on which. */
static struct handle some_client(struct judge *j)
{
    struct handle client = {MANAGER_BINDING + 1, 1};

    for (uint32_t slot = MANAGER_BINDING + 1; slot < MAX_BINDING; slot++) {
        const struct object o = {A_BINDING, {slot, 0}};

        if (seen_of(j, o)->was_there) {
            client.slot = slot;
            client.generation = j->core.binding[slot].generation;
            return client;
        }
    }
    while (client.slot + 1 < MAX_BINDING && j->core.binding[client.slot].generation != 0) {
        client.slot++;
    }
    return client;
}

static void suppose(struct judge *j, struct object o, struct handle on, const struct event *e,
                    uint16_t kind)
{
    const struct supposed_object s = {object_kind_name(o.kind), o.handle, on, is_taken_for_an_mcm(j, kind)};

    if ((e == NULL || !suppose_object(&j->core, s, e)) && !suppose_object(&j->core, s, NULL)) {
        seen_of(j, o)->is_astray = 1; /* in a state that nothing is known of */
    }
    seen_of(j, o)->was_there = 1;
}

/* What the object hangs on, before the object. */
static void suppose_with_holders(struct judge *j, struct object o, struct handle on,
                                 const struct event *e, uint16_t kind)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 1}};
    const struct handle nothing = {0, 0};

    if (may_have_been_there(j, manager) && o.kind != A_BINDING) {
        suppose(j, manager, nothing, NULL, kind);
    }
    if (!may_have_been_there(j, o)) {
        return;
    }
    if (o.kind == AN_AF) {
        const struct handle client = on.generation != 0 ? on : some_client(j);
        const struct object binding = {A_BINDING, client};

        suppose_with_holders(j, binding, nothing, NULL, kind);
        on = client;
    } else if (o.kind == A_PARTY) {
        const struct object vc = {A_VC, on};

        suppose_with_holders(j, vc, (struct handle){0, 1}, NULL, kind);
    } else if (o.kind != A_BINDING) {
        const struct object af = {AN_AF, on};

        suppose_with_holders(j, af, nothing, NULL, kind);
    }
    suppose(j, o, on, e, kind);
}

int began_before(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));

    if (!s->was_there || (s->begun != 0 && s->generation != e.object.generation)) {
        return 0;
    }
    for (unsigned o = 0; o < operation_count(); o++) {
        const uint16_t *kinds_of = operation_of(o);
        unsigned place = 0;

        while (place < LONGEST_OPERATION && kinds_of[place] != e.kind) {
            place++;
        }
        if (place == LONGEST_OPERATION || place == 0) {
            continue;
        }
        while (place > 0 && s->line[kinds_of[place - 1]] == 0) {
            place--;
        }
        if (place == 0) {
            return 1;
        }
    }
    return 0;
}

void look_where_it_begins(struct judge *j, struct event e, unsigned long line)
{
    int nothing_seen = !j->from_the_middle;

    for (unsigned kind = AN_AF; nothing_seen && kind < OBJECT_KIND_COUNT; kind++) {
        nothing_seen = j->objects[kind] == 0;
    }
    if (nothing_seen && object_of_event(e).kind != A_DRIVER &&
        strcmp(event_driver(e.kind), "system") != 0 &&
        e.kind != ENTER_BIND && e.kind != ENTER_INITIALIZE && e.object.generation != 0 &&
        !event_is_unknown(e)) {
        j->from_the_middle = 1;
        j->first_used = object_of_event(e);
        j->first_used_at = line;
    }
}

void suppose_what_was_there(struct judge *j, struct event e)
{
    static struct core asked;
    const struct object o = object_of_event(e);
    const int begins = begins_its_object(e.kind);
    struct object holder = {NO_OBJECT, e.on};
    struct handle on = {0, 0};

    if (!j->from_the_middle || o.kind == NO_OBJECT || o.kind == A_DRIVER) {
        return;
    }
    holder.kind = object_kind_of(event_on(e.kind));
    if (o.kind == A_VC && holder.kind == AN_AF && o.handle.slot < MAX_VC && seen_of(j, o)->was_there &&
        seen_of(j, o)->begun == 0 && j->core.vc[o.handle.slot].generation == o.handle.generation) {
        suppose_with_holders(j, holder, on, NULL, e.kind); /* it was supposed for its party: now its AF is told */
        vc_was_on(&j->core, o.handle, e.on);
    }
    if (begins && may_have_been_there(j, o)) {
        earlier_ones_were_before(&j->core, (struct supposed_object){object_kind_name(o.kind), o.handle, on, 0});
    }
    if (begins && holder.kind != NO_OBJECT) {
        on.generation = holder.kind == A_VC; /* its AF is not told */
        suppose_with_holders(j, holder, on, NULL, e.kind);
    } else if (!begins) {
        asked = j->core;
        if (event_is_judged(e) && seen_of(j, o)->was_there && seen_of(j, o)->line[e.kind] == 0 &&
            core_step(&asked, e) != CONFORMING && began_before(j, e)) {
            const struct supposed_object again = {object_kind_name(o.kind), e.object,
                                                  said_holder(j, e).handle,
                                                  is_taken_for_an_mcm(j, e.kind)};

            (void)suppose_object(&j->core, again, &e); /* it was elsewhere than was thought */
        }
        suppose_with_holders(j, o, e.on, event_is_judged(e) ? &e : NULL, e.kind);
    }
}

int came_from_before(struct judge *j, struct event e)
{
    int comes_back;

    return thing_of(e.kind, &comes_back) != THING_COUNT && comes_back &&
           seen_of(j, object_of_event(e))->was_there;
}
