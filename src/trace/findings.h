/* findings.h - judges a trace event by event, in memory that does not grow.
 *
 * Two kinds of finding are reported and the event still takes effect: a driver has left something
 * undone before it (core_left_undone), or acts on an object that another driver holds (AF-OP-03,
 * CAD-02). Any other event that breaks a rule is refused, and the state stays as it was. On the
 * machine it happened all the same, so from then on the state is out of date. What the core then
 * says of the same slot, of objects that depend on it, or of objects that it depends on may only
 * follow from that first finding: such a later finding stands in the shadow of the first. The
 * shadow of a slot ends when the core accepts a new generation of it. */
#ifndef CLOSEAF_FINDINGS_H
#define CLOSEAF_FINDINGS_H

#include "trace.h"

enum object_kind {
    NO_OBJECT, AN_AF, A_BINDING, A_SAP, A_VC, A_PARTY, A_REQUEST, OBJECT_KIND_COUNT
};

/* No table has more slots than all of them together; one more slot of the judge stands for those
 * beyond a table. */
#define SLOTS_WATCHED (MAX_AF + MAX_BINDING + MAX_SAP + MAX_VC + MAX_PARTY + MAX_REQUEST)

struct object {
    enum object_kind kind;
    struct handle handle;
};

struct shadow {
    unsigned long line; /* of the finding that casts it; 0: none */
    uint32_t generation;
    struct object on;   /* what the object hangs on, as the event said */
};

struct finding {
    enum requirement requirement; /* what is broken; BOUND_REACHED, NOT_AN_EVENT: no verdict */
    unsigned long line;           /* 0: left undone at the end */
    unsigned long shadow;         /* line of the finding in whose shadow it stands; 0: none */
    struct event event;           /* kind NO_EVENT at the end */
    struct object object;
};

struct judge {
    struct core core;
    struct core alone; /* one record of the core, to be asked what is left undone of it */
    unsigned shadows;  /* how many there are */
    struct shadow shadow[OBJECT_KIND_COUNT][SLOTS_WATCHED + 1];
    enum object_kind kind; /* where judge_end goes on */
    uint32_t slot;
};

/* Begins a trace with these readings. */
void judge_begin(struct judge *j, struct readings readings);

/* Judges the next event, which stands at the line: 1 if it conforms, 0 with the finding.
 * After BOUND_REACHED nothing more can be said. The event must be one that the core
 * judges (event_is_judged). */
int judge_event(struct judge *j, struct event e, unsigned long line, struct finding *f);

/* After the last event: the next object of which something is left undone; 1 with the
 * finding, 0 when there is none. */
int judge_end(struct judge *j, struct finding *f);

/* "af", "binding", ... */
const char *object_kind_name(enum object_kind kind);

#endif
