/* other_pnp.c - see other_pnp.h. */
#include "other_pnp.h"

/* The rows of one code follow each other: enter, leave, complete. */
enum part { ENTERED, LEFT, COMPLETED, PARTS };

int is_other_pnp_event(uint16_t kind)
{
    return kind >= FIRST_OF_other_pnp_event && kind <= LAST_OF_other_pnp_event;
}

/* Those that a driver should succeed (PNP-07). */
static int should_succeed(uint16_t enter)
{
    switch (enter) {
    case RECONFIGURE_ENTER:
    case BIND_LIST_ENTER:
    case BINDS_COMPLETE_ENTER:
    case PNP_CAPABILITIES_ENTER:
    case PORT_DEACTIVATION_ENTER:
    case DRIVER_RECONFIGURE_ENTER:
    case DRIVER_BIND_LIST_ENTER:
    case DRIVER_BINDS_COMPLETE_ENTER: return 1;
    default: return 0;
    }
}

static enum requirement answer_breaks(uint16_t enter, uint8_t status)
{
    if (status == NOT_SUPPORTED) {
        return PNP_09;
    }
    return status != SUCCESS && should_succeed(enter) ? PNP_07 : CONFORMING;
}

static void count_up(uint8_t *n) { *n = (uint8_t)(*n + (*n < UINT8_MAX)); }
static void count_down(uint8_t *n) { *n = (uint8_t)(*n - (*n > 0)); }

static enum requirement leave(struct told *t, uint16_t enter, uint8_t status)
{
    count_down(&t->inside);
    if (t->early > 0) {
        count_down(&t->early); /* it was answered by the completion */
        return status == PENDING ? CONFORMING : PNP_16;
    }
    if (status == PENDING) {
        count_up(&t->pended);
        return CONFORMING;
    }
    return answer_breaks(enter, status);
}

static enum requirement complete(struct told *t, uint16_t enter, uint8_t status)
{
    if (t->pended > 0) {
        count_down(&t->pended);
    } else if (t->inside > t->early) {
        count_up(&t->early);
    } else {
        return PNP_16;
    }
    return answer_breaks(enter, status);
}

enum requirement other_pnp_step(struct other_pnp *o, struct event e, unsigned long line)
{
    static const struct told fresh;
    const unsigned number = (unsigned)(e.kind - FIRST_OF_other_pnp_event);
    const uint16_t enter = (uint16_t)(e.kind - number % PARTS);
    const uint32_t slot = e.object.slot < SLOTS_TOLD ? e.object.slot : SLOTS_TOLD - 1;
    struct told *t = &o->told[number / PARTS][slot];

    if (t->generation < e.object.generation) {
        *t = fresh;
        t->generation = e.object.generation;
    }
    switch ((enum part)(number % PARTS)) {
    case ENTERED:
        count_up(&t->inside);
        t->since = line;
        return CONFORMING;
    case LEFT: return leave(t, enter, e.status);
    case COMPLETED: return complete(t, enter, e.status);
    default: return CONFORMING;
    }
}

int other_pnp_is_out(const struct other_pnp *o, unsigned which, struct told_event *t)
{
    const struct told *told;

    if (which >= (unsigned)OTHER_PNP_COUNT * SLOTS_TOLD) {
        return 0;
    }
    told = &o->told[which / SLOTS_TOLD][which % SLOTS_TOLD];
    t->enter = (uint16_t)(FIRST_OF_other_pnp_event + which / SLOTS_TOLD * PARTS);
    t->object.slot = which % SLOTS_TOLD;
    t->object.generation = told->generation;
    t->since = told->pended > 0 || told->inside > told->early ? told->since : 0;
    t->is_pended = told->pended > 0;
    return 1;
}
