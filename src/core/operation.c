/* operation.c - see operation.h. */
#include "operation.h"

struct operation operation_begun(void)
{
    struct operation o = {CALLER_INSIDE, SERVER_OWED, 0, NO_STATUS};
    return o;
}

struct operation operation_answered(uint8_t status)
{
    struct operation o = {CALLER_INSIDE, SERVER_ANSWERED, 0, NO_STATUS};

    o.status = status;
    return o;
}

/*@ LOOKS_ONLY
    ensures exact: (\result != 0) <==> was_completed(o); */
static int was_completed(struct operation o)
{
    return o.server == SERVER_COMPLETED || o.server == SERVER_COMPLETED_INSIDE;
}

int operation_takes(struct operation o, uint8_t step, uint8_t status)
{
    switch (step) {
    case STEP_ENTER: return o.server == SERVER_OWED;
    case STEP_LEAVE:
        return (o.server == SERVER_INSIDE && status != NO_STATUS) ||
               (o.server == SERVER_COMPLETED_INSIDE && status == PENDING);
    case STEP_COMPLETE:
        return (o.server == SERVER_INSIDE || o.server == SERVER_PENDED) &&
               status != PENDING && status != NO_STATUS;
    case STEP_DELIVER: return was_completed(o) && o.delivered == 0 && status == o.status;
    case STEP_RETURN: return status != NO_STATUS && status == operation_result(o);
    case STEP_OWN: return o.caller == CALLER_ANSWERED && status == o.status;
    default: return 0;
    }
}

/*@ LOOKS_ONLY
    ensures exact: \result == forgotten_operation(o); */
static struct operation forgotten_operation(struct operation o)
{
    o.caller = CALLER_NONE;
    o.server = SERVER_NONE;
    o.delivered = 0;
    o.status = NO_STATUS;
    return o;
}

/*@ LOOKS_ONLY
    ensures exact: \result == settled(o); */
static struct operation settled(struct operation o)
{
    return o.caller == CALLER_PENDED && o.delivered == 1 && o.server == SERVER_COMPLETED
               ? forgotten_operation(o)
               : o;
}

struct operation operation_after(struct operation o, uint8_t step, uint8_t status)
{
    switch (step) {
    case STEP_ENTER: o.server = SERVER_INSIDE; break;
    case STEP_LEAVE:
        if (status != PENDING) {
            o.server = SERVER_ANSWERED;
            o.status = status;
        } else {
            o.server = o.server == SERVER_INSIDE ? SERVER_PENDED : SERVER_COMPLETED;
        }
        break;
    case STEP_COMPLETE:
        o.server = o.server == SERVER_INSIDE ? SERVER_COMPLETED_INSIDE : SERVER_COMPLETED;
        o.status = status;
        break;
    case STEP_DELIVER: o.delivered = 1; break;
    case STEP_RETURN: o.caller = status == PENDING ? CALLER_PENDED : CALLER_ANSWERED; break;
    default: o = forgotten_operation(o); break;
    }
    return settled(o);
}

uint8_t operation_result(struct operation o)
{
    if (o.caller != CALLER_INSIDE) {
        return NO_STATUS;
    }
    if (o.server == SERVER_ANSWERED) {
        return o.status;
    }
    return o.server == SERVER_PENDED || o.server == SERVER_COMPLETED ? PENDING : NO_STATUS;
}
