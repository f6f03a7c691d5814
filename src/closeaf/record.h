/* record.h - records a run of the example drivers' threads. */
#ifndef CLOSEAF_RECORD_H
#define CLOSEAF_RECORD_H

#include <stdio.h>

struct recording {
    unsigned seed; /* of what drivers and NDIS choose and where threads yield */
    int miniport;  /* an MCM instead of a stand-alone call manager */
    unsigned clients;
    unsigned long events; /* the adapter comes and goes until so many are recorded */
    /* Somebody else decides who runs: threads do not yield, and drivers are loaded and unloaded one
     * after the other, so that the schedules are of what happens between. */
    int scheduled;
    FILE *out;
    void (*fails)(void); /* before the process ends because of a failure; may be null */
};

/* What has been recorded. */
struct figures {
    unsigned long events;
    unsigned long rounds; /* in which the adapter came and went */
    unsigned threads;     /* at once, at most */
};

/* Loads a call manager and clients, binds them, lets some drivers unbind by themselves and bind
 * again, then removes the adapter, all at once or in either order; again and again, if so many
 * events are wanted. Then it unloads or uninstalls the drivers, bound or not. Writes the trace to
 * out. The system's scheduler decides what the seed does not, so that one seed may give many
 * traces. Returns 0; 1, with a message, if a requirement was left unmet or out cannot be written.
 * If a driver breaks a requirement, the discipline of the locks is broken or every thread waits,
 * the process ends with status 1 and a message; a breach is the last event of the trace. */
int record(const struct recording *recording, struct figures *figures);

/* Once. */
int record_run(unsigned seed, int miniport, unsigned clients, FILE *out);

#endif
