/* example.h - what only an example has: it says what no call of NDIS's shows, as TAP_DO of tap.h
 * does in a driver of one's own, and leaves to chance what a driver decides. EXAMPLE_HOOKS names a
 * header with these as functions, as runtime/example_hooks.h; without it they are nothing, and so
 * the drivers stand alone: ndis.h is all that they need. */
#ifndef CLOSEAF_EXAMPLE_H
#define CLOSEAF_EXAMPLE_H

#ifdef EXAMPLE_HOOKS
#include EXAMPLE_HOOKS
#else
/* An act of the driver's that a trace tells, at the moment it acts; a status if it has one. */
#define driver_did(act, object, status) ((void)(object), (void)(status))
/* One of so many ways, from 0; 0 is the simplest. */
#define driver_picks(options) ((void)(options), 0u)
/* What the thread waits for next, for who looks at a deadlock. */
#define driver_awaits(what) ((void)(what))
#endif

#endif
