/* runtime_operation.c - see runtime_operation.h. */
#include "runtime_operation.h"

#include "callback.h"

int serve(struct function f, struct handle object, struct moment *m)
{
    if (!call_back(f.enter, object, NO_STATUS, m)) {
        return 0;
    }
    (void)driver_acts(f.leave, object, status_of(m->answer), m);
    return 1;
}

/* NDIS may answer by itself and disturb no server, where the core permits it: the AF or a
 * binding is closing (OID-08), or nobody serves (AF-OP-20). */
/*@ OF_NDIS(requires valid: \valid(status) && APART(status); assigns STATE_OF_NDIS, *status;) */
static int answers_by_itself(uint16_t back, struct handle object, NDIS_STATUS *status)
{
    struct event e = {.kind = back, .status = NO_STATUS, .object = object};
    struct moment m = {0};

    choose(&e);
    if (e.status == NO_STATUS || !step(NDIS, &e, &m)) {
        return 0;
    }
    *status = ndis_status_of(e.status);
    return 1;
}

/* What follows a call that was accepted, to the return. That NDIS may not ask the server, and
 * that it may answer without, are two questions: if something has happened between them, such as
 * a call manager that is there again, it begins anew. No status, as the surroundings do not let
 * it happen or a driver's breach left nothing to return, is a failure. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
static NDIS_STATUS go_on(struct function f, struct moment *m)
{
    const struct handle object = m->event.object;
    struct event back = {.kind = f.back, .object = object};
    NDIS_STATUS status = NDIS_STATUS_FAILURE;
    uint32_t accepted;
    int is_over;

    /*@ loop invariant no_lock: lock_is_held == 0;
        loop assigns STATE_OF_NDIS, *m, back, status, accepted, is_over; */
    do {
        if (answers_by_itself(f.back, object, &status)) {
            return status;
        }
        is_over = serve(f, object, m);
        accepted = m->events_accepted;
        back.status = NO_STATUS;
        if (step(NDIS, &back, m)) {
            return ndis_status_of(back.status);
        }
    } while (!is_over && m->events_accepted != accepted);
    return NDIS_STATUS_FAILURE;
}

NDIS_STATUS operate(struct function f, struct handle object, struct arguments a)
{
    struct moment m = {.arguments = a};

    return driver_acts(f.call, object, NO_STATUS, &m) ? go_on(f, &m) : NDIS_STATUS_FAILURE;
}

NDIS_STATUS create(struct function f, struct handle on, struct arguments a,
                   PNDIS_HANDLE handle)
{
    struct event e = {.kind = f.call, .on = on};
    struct moment m = {.arguments = a};

    if (!step(A_DRIVER, &e, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    *handle = runtime_handle(e.kind, e.object);
    return go_on(f, &m);
}

void complete(uint16_t call, uint16_t deliver, struct handle object, uint8_t status,
              struct arguments a)
{
    struct moment m = {.arguments = a};

    if (driver_acts(call, object, status, &m)) {
        (void)call_back(deliver, m.event.object, NO_STATUS, &m);
    }
}

int happens(uint16_t kind, struct handle object, uint8_t status, struct arguments a)
{
    struct moment m = {.arguments = a};

    return driver_acts(kind, object, status, &m);
}
