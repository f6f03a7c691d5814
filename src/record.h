/* record.h - records a run of the example drivers' threads. */
#ifndef CLOSEAF_RECORD_H
#define CLOSEAF_RECORD_H

#include <stdio.h>

/* Binds a call manager (an MCM if miniport is not 0) and clients, lets some drivers
 * unbind by themselves and bind again, then removes the adapter, all at once or in
 * either order; writes the trace to out. The seed decides what drivers and NDIS choose
 * and where threads yield; the system's scheduler does the rest, so that one seed may
 * give many traces. Returns 0; 1, with a message, if a requirement was left unmet or out
 * cannot be written. If a driver breaks a requirement the process ends with status 1,
 * the breach being the last event of the trace. */
int record_run(unsigned seed, int miniport, unsigned clients, FILE *out);

#endif
