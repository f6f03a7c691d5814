/* callback.h - the one place where a driver is called: on the calling thread and under no lock
 * (THR-07, NTF-35). The right to it is the core's own: the event and the call are one function,
 * and the event has moved the state on when the driver is called, so that the core refuses it
 * a second time. What the driver does there to NDIS it does through ndis.h: hence the assigns. */
#ifndef CLOSEAF_CALLBACK_H
#define CLOSEAF_CALLBACK_H

#include "runtime_state.h"

/* NDIS makes this event, an enter event, and calls the driver that it names. The arguments
 * stand in the moment already; the driver's answer, success if the callback has no status, is
 * there afterwards. Returns 0 if the core refuses the event, and nobody is called. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
int call_back(uint16_t enter, struct handle object, uint8_t status, struct moment *m);

/* The same of MiniportCoCreateVc and MiniportCoDeleteVc, which have no line with which they are
 * entered: the state of the VC is the right, until the leave event that this makes too. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
void ask_miniport(uint16_t leave, struct handle vc, struct moment *m);

#endif
