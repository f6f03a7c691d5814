/* event_order.h - the order in which NDIS may have seen what drivers have recorded.
 *
 * A driver sees its calls before NDIS does, and NDIS's callbacks after. Two threads may so
 * record two events the other way round than NDIS saw them. Each event has the interval in
 * which NDIS saw it; an order within all intervals that the core accepts is one that may
 * have been, and a driver is only blamed if there is none nearby. */
#ifndef CLOSEAF_EVENT_ORDER_H
#define CLOSEAF_EVENT_ORDER_H

#include "core/core.h"

#include <stddef.h>

/* An event as recorded; kind NO_EVENT for what has only a place. Object and on are numbers of
 * objects, less than the count given; 0 is an object that nobody knows. */
struct order_event {
    struct event event;
    size_t object, on;
    uint8_t begins;     /* 1: the object appears with it, and gets slot and generation */
    uint8_t is_manager; /* 1: by a call manager; 0: by a client */
    size_t earliest, latest;
};

#define NOT_RECORDED SIZE_MAX

/* An event with the slots and generations of the trace. from: its index as recorded, or
 * NOT_RECORDED for what no driver sees: the removal of a binding or of the adapter, and what
 * the miniport beneath does. */
struct ordered {
    struct event event;
    size_t from;
};

struct order {
    struct ordered *list;
    size_t count, room;
    unsigned long moved, filled;
};

/* The order for the recorded events, as near to theirs as it was found. An event that the
 * core accepts nowhere near its place stays there. Returns 0 if there is no memory left. The
 * list is the caller's, who gives it to order_free in any case. */
int order_find(struct order *order, struct readings readings, const struct order_event *events,
               size_t count, size_t objects);
void order_free(struct order *order);

#endif
