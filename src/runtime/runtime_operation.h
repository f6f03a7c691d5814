/* runtime_operation.h - the one shape of NDIS's functions (operation.h), on real threads:
 *
 *   a driver calls; NDIS enters the server's callback, if it owes that; this answers or
 *   pends; the function returns what follows from the state. What was pended the server
 *   completes, perhaps before its callback has returned (AMB-29), and NDIS enters the
 *   caller's completion on that thread.
 *
 * So each function of NDIS that may pend is its four events, and a line or two. */
#ifndef CLOSEAF_RUNTIME_OPERATION_H
#define CLOSEAF_RUNTIME_OPERATION_H

#include "runtime_state.h"

/* The events of a function: its call, the server's callback and how that ends, its return. */
struct function {
    uint16_t call, enter, leave, back;
};

/* Of a row OPERATION or SYNCHRONOUS_OPERATION; and where an MCM calls another function. */
#define FUNCTION(row) ((struct function){row##_CALL, row##_ENTER, row##_LEAVE, row##_RETURN})
#define MCM_FUNCTION(row) \
    ((struct function){row##_MCM_CALL, row##_ENTER, row##_LEAVE, row##_MCM_RETURN})

/* What a driver passes besides, or nothing. */
#define WITH(...) ((struct arguments){__VA_ARGS__})
#define NOTHING ((struct arguments){0})

/* A function from call to return, of an object that there is. */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS operate(struct function f, struct handle object, struct arguments a);

/* The same, of a new object on another. Its handle is given out before any callback. */
/*@ CREATOR_OF_NDIS(handle) */
NDIS_STATUS create(struct function f, struct handle on, struct arguments a,
                   PNDIS_HANDLE handle);

/* A driver completes what it has pended, or announces something (NO_STATUS), and NDIS tells
 * the other side. */
/*@ FUNCTION_OF_NDIS */
void complete(uint16_t call, uint16_t deliver, struct handle object, uint8_t status,
              struct arguments a);

/* A driver does something that nothing follows: 1 if it may. */
/*@ FUNCTION_OF_NDIS */
int happens(uint16_t kind, struct handle object, uint8_t status, struct arguments a);

/* What follows a call that was accepted, to the server's answer; 0 if NDIS may not ask it now. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
int serve(struct function f, struct handle object, struct moment *m);

#endif
