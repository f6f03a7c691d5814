/* freed_early.c - see freed_early.h. */
#include "freed_early.h"

#include "protocol/handle.h"
#include "seen.h"

#include <string.h>

static const uint16_t frees_of[] = {
    FREE_SAP_CONTEXT,       FREE_CALL_MGR_SAP_CONTEXT, FREE_CLIENT_PARTY_CONTEXT, FREE_CALL_MGR_PARTY_CONTEXT,
    FREE_CLIENT_VC_CONTEXT, FREE_CALL_MGR_VC_CONTEXT,  FREE_CALL_PARAMETERS,      FREE_BINDING_CONTEXT,
    FREE_OPEN_PARAMETERS,   FREE_CALL_MGR_AF_CONTEXT,  FREE_CLIENT_AF_CONTEXT,
};
#define FREES (sizeof frees_of / sizeof frees_of[0])

static unsigned bit_of(uint16_t kind)
{
    for (unsigned i = 0; i < FREES; i++) {
        if (frees_of[i] == kind) {
            return 1u << i;
        }
    }
    return 0;
}

/* Of an AF's contexts the core knows each of the reasons for which they are kept, but that the call manager SHOULD keep
 * its own (AF-CM-24), and that the AF is open: then it stays so (AF-CM-28, AF-CL-10). The client's may be freed while its
 * close is with the call manager, which may yet succeed at once. */
int may_be_freed_early(uint16_t kind, enum requirement broken, enum requirement named)
{
    switch (kind) {
    case FREE_CALL_MGR_AF_CONTEXT: return broken == AF_CM_24 || broken == AF_CM_22;
    case FREE_CLIENT_AF_CONTEXT: return broken == AF_CL_10 || (broken == AF_CL_08 && named == AF_OP_12);
    default: return bit_of(kind) != 0;
    }
}

void was_freed_early(struct judge *j, struct event e)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if (s->generation == e.object.generation) {
        s->freed_early |= bit_of(e.kind);
        j->is_any_freed_early = 1;
    }
}

void was_never_stored(struct judge *j, const struct finding *f)
{
    for (unsigned i = 0; i < f->supposed_count; i++) {
        struct event e = f->supposed[i];

        if (e.kind == STORE_CALL_MGR_AF_CONTEXT) {
            e.kind = FREE_CALL_MGR_AF_CONTEXT;
            was_freed_early(j, e);
        }
    }
}

int is_freed_in_a_notification(struct judge *j, struct event e, enum requirement broken)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if (broken != AF_CM_24 || e.kind != FREE_CALL_MGR_AF_CONTEXT || e.object.slot >= MAX_AF ||
        s->generation != e.object.generation || (s->freed_early & bit_of(e.kind)) != 0 ||
        j->core.af[e.object.slot].manager_context == 0 ||
        j->core.af[e.object.slot].notification != NOTIFICATION_INSIDE) {
        return 0;
    }
    s->freed_inside = e;
    was_freed_early(j, e);
    return 1;
}

int was_freed_in_the_notification(struct judge *j, struct event e, struct event *freed)
{
    struct seen *s = seen_of(j, object_of_event(e));

    *freed = s->freed_inside;
    return e.kind == LEAVE_CL_NOTIFY_CLOSE_AF && e.status == PENDING && e.object.slot < MAX_AF &&
           freed->kind != NO_EVENT && handles_equal(freed->object, e.object) &&
           (s->freed_early & bit_of(freed->kind)) != 0 && j->core.af[e.object.slot].report == REPORT_NONE;
}

static enum object_kind object_of_free(uint16_t kind)
{
    return object_kind_of(event_object(kind));
}

static int free_now(struct judge *j, uint16_t kind, uint32_t slot)
{
    const struct object o = {object_of_free(kind), {slot, generation_of(&j->core, object_of_free(kind), slot)}};
    struct seen *s = seen_of(j, o);
    struct event e = {0};

    e.kind = kind;
    e.object = o.handle;
    e.on = holder_of(j, o).handle;
    e.irql = PASSIVE;
    e.thread = UINT8_MAX; /* of no handler */
    if ((s->freed_early & bit_of(kind)) == 0 || s->generation != o.handle.generation ||
        core_step(&j->core, e) != CONFORMING) {
        return 0;
    }
    s->freed_early &= ~bit_of(kind);
    return 1;
}

int free_what_was_freed_early(struct judge *j)
{
    int is_any = 0;

    for (unsigned i = 0; j->is_any_freed_early && i < FREES; i++) {
        for (uint32_t slot = 0; slot < table_size(object_of_free(frees_of[i])); slot++) {
            is_any |= free_now(j, frees_of[i], slot);
        }
    }
    return is_any;
}

/* A driver should have done it. */
static int is_a_move_of_a_driver(struct event e)
{
    return strcmp(event_verb(e.kind), "enter") != 0 && strcmp(event_driver(e.kind), "system") != 0;
}

int follows_from_an_early_free(struct judge *j, struct finding *f)
{
    const struct event last = f->supposed[f->supposed_count > 0 ? f->supposed_count - 1 : 0];
    struct seen *s = seen_of(j, object_of_event(last));

    if (f->supposed_count == 0 || (s->freed_early & bit_of(last.kind)) == 0 || s->generation != last.object.generation) {
        return 0;
    }
    s->freed_early &= ~bit_of(last.kind); /* now the core has it freed */
    is_not_late(&j->going_on, last);
    f->supposed_count--;
    for (unsigned i = 0; i < f->supposed_count; i++) {
        if (is_a_move_of_a_driver(f->supposed[i])) {
            return 0;
        }
    }
    return 1;
}

unsigned long is_freed_again(struct judge *j, struct event e)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if ((s->freed_early & bit_of(e.kind)) == 0 || s->generation != e.object.generation) {
        return 0;
    }
    if (s->line[e.kind] == 0) { /* it was never stored, as a finding has said: now it is freed all the same */
        s->freed_early &= ~bit_of(e.kind);
        return 0;
    }
    if (core_step(&j->core, e) == CONFORMING) {
        s->freed_early &= ~bit_of(e.kind);
    }
    return s->line[e.kind];
}

enum requirement frees_what_is_in_use(struct judge *j, struct event e)
{
    const uint32_t slot = e.object.slot;

    if (seen_of(j, object_of_event(e))->was_there) {
        return CONFORMING; /* its end may have begun before the recording */
    }
    if (e.kind == FREE_CALL_MGR_SAP_CONTEXT && slot < MAX_SAP &&
        j->core.sap[slot].generation == e.object.generation && j->core.sap[slot].manager_context != 0 &&
        j->core.sap[slot].phase == SAP_REGISTERED) {
        return SAP_10;
    }
    if (e.kind == FREE_CALL_MGR_PARTY_CONTEXT && slot < MAX_PARTY &&
        j->core.party[slot].generation == e.object.generation && j->core.party[slot].manager_context != 0 &&
        j->core.party[slot].phase == PARTY_THERE) {
        return PTY_09;
    }
    return CONFORMING;
}

enum requirement lacks_its_context(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));
    const uint32_t slot = e.object.slot;
    struct event freed = e;
    uint8_t *context;
    enum requirement rule;

    if (e.status != SUCCESS || slot >= table_size(object_of_event(e).kind) || s->generation != e.object.generation) {
        return CONFORMING;
    }
    switch (e.kind) {
    case SAP_REGISTER_LEAVE:
    case SAP_REGISTER_COMPLETE:
    case SAP_REGISTER_MCM_COMPLETE:
        freed.kind = FREE_CALL_MGR_SAP_CONTEXT;
        context = &j->core.sap[slot].manager_context;
        rule = SAP_10;
        break;
    case PARTY_ADD_LEAVE:
    case PARTY_ADD_COMPLETE:
    case PARTY_ADD_MCM_COMPLETE:
        freed.kind = FREE_CALL_MGR_PARTY_CONTEXT;
        context = &j->core.party[slot].manager_context;
        rule = PTY_09;
        break;
    case OPEN_ADAPTER_DELIVER:
        freed.kind = FREE_OPEN_PARAMETERS;
        context = &j->core.binding[slot].pnp.open_parameters;
        rule = BND_17;
        break;
    default: return CONFORMING;
    }
    if (*context != 0 || s->line[freed.kind] == 0) {
        return CONFORMING;
    }
    *context = 1;
    was_freed_early(j, freed);
    return rule;
}
