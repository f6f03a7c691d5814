/* requests.c - see requests.h. */
#include "requests.h"

#include "seen.h"

/* ---- Complete without a completion ---- */

static const struct own_completion {
    uint16_t kind, returned, returned_of_mcm;
    enum object_kind object;
} own_completions[] = {
    {REQUEST_BY_CLIENT_OWN, REQUEST_BY_CLIENT_RETURN, NO_EVENT, A_REQUEST},
    {REQUEST_BY_MANAGER_OWN, REQUEST_BY_MANAGER_RETURN, REQUEST_BY_MANAGER_MCM_RETURN, A_REQUEST},
    {OID_CO_AF_CLOSE_OWN, OID_CO_AF_CLOSE_RETURN, OID_CO_AF_CLOSE_MCM_RETURN, AN_AF},
    {REQUEST_TO_MINIPORT_OWN, REQUEST_TO_MINIPORT_RETURN, NO_EVENT, A_BINDING},
};
#define OWN_COMPLETIONS (sizeof own_completions / sizeof own_completions[0])

/* The line at which the function returned without pending; 0: it has not. */
static unsigned long returned_at(const struct seen *s, const struct own_completion *own, uint8_t *status)
{
    const uint16_t returned = s->line[own->returned] >= s->line[own->returned_of_mcm] ? own->returned
                                                                                     : own->returned_of_mcm;

    *status = s->status[returned];
    return *status != PENDING ? s->line[returned] : 0;
}

static int complete(struct judge *j, const struct own_completion *own, uint32_t slot)
{
    const struct object o = {own->object, {slot, generation_of(&j->core, own->object, slot)}};
    const struct seen *s = seen_of(j, o);
    struct event e = {0};
    const unsigned long line = returned_at(s, own, &e.status);

    e.kind = own->kind;
    e.object = o.handle;
    if (own->object == A_REQUEST) {
        e.on = j->core.request[slot].on;
    }
    e.irql = PASSIVE;
    e.thread = UINT8_MAX; /* of no handler */
    if (line == 0 || s->generation != o.handle.generation || core_step(&j->core, e) != CONFORMING) {
        return 0;
    }
    remember_event(j, e, line);
    return 1;
}

int complete_what_did_not_pend(struct judge *j)
{
    int is_any = 0;

    for (unsigned i = 0; j->request_did_not_pend && i < OWN_COMPLETIONS; i++) {
        for (uint32_t slot = 0; slot < table_size(own_completions[i].object); slot++) {
            is_any |= complete(j, &own_completions[i], slot);
        }
    }
    j->request_did_not_pend = 0;
    return is_any;
}

enum requirement rule_of_a_request_left(struct judge *j, struct object o, enum requirement left)
{
    const struct seen *s = seen_of(j, o);

    for (unsigned i = 0; left == OID_04 && i < OWN_COMPLETIONS; i++) {
        uint8_t status = NO_STATUS;

        if (own_completions[i].object == o.kind && returned_at(s, &own_completions[i], &status) != 0 &&
            status == CLOSING) {
            return OID_08;
        }
    }
    return left;
}

/* A completion of its own may stand behind what it was supposed for. */
static int is_completed_after_all(struct judge *j, struct event e)
{
    const struct seen *s = seen_of(j, object_of_event(e));
    uint8_t status;

    for (unsigned i = 0; i < OWN_COMPLETIONS; i++) {
        if (own_completions[i].kind == e.kind && s->generation == e.object.generation) {
            return s->line[e.kind] != 0 && s->line[e.kind] == returned_at(s, &own_completions[i], &status);
        }
    }
    return 0;
}

/* ---- Of a binding ---- */

static int sets_something(uint16_t kind)
{
    return kind == SET_FILTER || kind == CLEAR_FILTER || kind == WITHDRAW_OFFLOADS;
}

void request_has_returned(struct judge *j, struct event e)
{
    struct seen *s = seen_of(j, object_of_event(e));
    const int is_of_set = e.kind != OID_REQUEST_RETURN && e.kind != DIRECT_REQUEST_RETURN;

    if (e.status == PENDING || s->generation != e.object.generation) {
        return;
    }
    if (is_of_set) {
        s->sets_out -= s->sets_out > 0;
        return;
    }
    if (e.kind == DIRECT_REQUEST_RETURN) {
        s->plain_out[A_PLAIN_REQUEST] -= s->plain_out[A_PLAIN_REQUEST] > 0;
    }
    s->out[A_PLAIN_REQUEST].count -= s->out[A_PLAIN_REQUEST].count > 0; /* the youngest */
    e.kind = ENTER_OID_REQUEST_COMPLETE;
    e.status = NO_STATUS;
    e.irql = PASSIVE;
    (void)core_step(&j->core, e); /* which may not have taken its call */
}

/* ---- Several to the miniport ---- */

static const uint16_t to_miniport[] = {
    REQUEST_TO_MINIPORT_ENTER,   REQUEST_TO_MINIPORT_LEAVE,  REQUEST_TO_MINIPORT_COMPLETE,
    REQUEST_TO_MINIPORT_DELIVER, REQUEST_TO_MINIPORT_RETURN, REQUEST_TO_MINIPORT_OWN,
    FREE_REQUEST_TO_MINIPORT,
};
#define TO_MINIPORT (sizeof to_miniport / sizeof to_miniport[0])
_Static_assert(sizeof ((struct seen *)0)->besides / sizeof(unsigned) == TO_MINIPORT, "a count for each");

/* How many of this event may come besides; it is one of those above, or there is none. */
static unsigned *besides(struct seen *s, uint16_t kind)
{
    static unsigned none;

    for (unsigned i = 0; i < TO_MINIPORT; i++) {
        if (to_miniport[i] == kind) {
            return &s->besides[i];
        }
    }
    none = 0;
    return &none;
}

static int one_less(unsigned *count)
{
    const int is_any = *count > 0;

    *count -= (unsigned)is_any;
    return is_any;
}

static void is_besides(struct seen *s)
{
    for (unsigned i = 0; i < TO_MINIPORT; i++) {
        s->besides[i]++;
    }
}

int is_kept_over_a_reset(struct judge *j, struct finding *f)
{
    struct event *end = &f->supposed[0];

    if (f->event.kind != REQUEST_TO_MINIPORT_CALL || f->requirement != OID_09) {
        return 0;
    }
    is_besides(seen_of(j, f->object));
    *end = f->event;
    end->kind = RESET_END;
    f->supposed_count = 1;
    f->kind = TOO_EARLY;
    return 1;
}

void request_was_refused(struct judge *j, struct event returned)
{
    struct seen *s = seen_of(j, object_of_event(returned));

    if (returned.kind != REQUEST_TO_MINIPORT_RETURN || s->generation != returned.object.generation) {
        return;
    }
    j->going_on = j->before_call.going_on; /* what follows is counted, and not excused of each request after it */
    (void)one_less(&s->out[A_PLAIN_REQUEST].count); /* the youngest */
    if (*besides(s, REQUEST_TO_MINIPORT_RETURN) == 0) { /* else it is counted already */
        ++*besides(s, FREE_REQUEST_TO_MINIPORT);
        ++*besides(s, REQUEST_TO_MINIPORT_OWN);
    }
    for (unsigned i = 0; i < TO_MINIPORT; i++) {
        (void)(to_miniport[i] != FREE_REQUEST_TO_MINIPORT && to_miniport[i] != REQUEST_TO_MINIPORT_OWN &&
               one_less(&s->besides[i]));
    }
}

/* The core keeps one; each that is made beside it has each of its events once more. */
static int is_of_another_to_miniport(struct judge *j, struct event e, enum requirement broken)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if (e.kind == REQUEST_TO_MINIPORT_CALL && broken == OID_04) {
        is_besides(s);
        return 1;
    }
    if (e.kind == FREE_REQUEST_TO_MINIPORT && *besides(s, e.kind) <= *besides(s, REQUEST_TO_MINIPORT_DELIVER)) {
        return 0; /* none has come back */
    }
    if (!one_less(besides(s, e.kind))) {
        return 0;
    }
    if (e.kind == REQUEST_TO_MINIPORT_RETURN && e.status != PENDING) {
        (void)one_less(besides(s, REQUEST_TO_MINIPORT_DELIVER)); /* it comes back by this alone */
    }
    return 1;
}

void remember_request(struct judge *j, struct event e)
{
    struct seen *s = seen_of(j, object_of_event(e));

    for (unsigned i = 0; i < OWN_COMPLETIONS; i++) {
        j->request_did_not_pend |= e.status != PENDING && (e.kind == own_completions[i].returned ||
                                                           e.kind == own_completions[i].returned_of_mcm);
    }
    s->sets_out += sets_something(e.kind) && s->generation == e.object.generation;
}

int is_right_of_requests(struct judge *j, struct event e, enum requirement broken)
{
    struct seen *s = seen_of(j, object_of_event(e));

    if (object_of_event(e).kind == A_BINDING && s->generation == e.object.generation) {
        if (e.kind == ENTER_OID_REQUEST_COMPLETE && broken == CAD_11 && s->sets_out > 0) {
            s->sets_out--;
            return 1;
        }
        if (is_of_another_to_miniport(j, e, broken)) {
            return 1;
        }
    }
    return is_completed_after_all(j, e);
}
