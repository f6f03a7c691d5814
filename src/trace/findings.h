/* findings.h - judges a trace event by event, in memory that does not grow.
 *
 * An event that the core refuses has happened all the same. It is a finding, and the judge goes on
 * from what is true after it (supposed.h): so each breach is named once, with its own rule, and
 * nothing that only follows from it. One event may break several rules. */
#ifndef CLOSEAF_FINDINGS_H
#define CLOSEAF_FINDINGS_H

#include "nesting.h"
#include "other_pnp.h"
#include "supposed.h"
#include "trace.h"
#include "whole_driver.h"

enum object_kind {
    NO_OBJECT, AN_AF, A_BINDING, A_SAP, A_VC, A_PARTY, A_REQUEST, A_DRIVER, OBJECT_KIND_COUNT
};

/* Table after table; behind each one more, which stands for the slots beyond it. */
#define SLOTS_WATCHED \
    (MAX_AF + 2 * MAX_BINDING + MAX_SAP + MAX_VC + MAX_PARTY + MAX_REQUEST + OBJECT_KIND_COUNT)

struct object {
    enum object_kind kind;
    struct handle handle;
};

/* What is wrong with the event, in the words of those who look for it. */
enum finding_kind {
    LEFT_UNDONE,    /* at the end of the trace: begun, and not ended */
    NOT_AS_IT_SHOULD_BE, /* another status, level or function would have been right */
    TOO_EARLY,      /* something had to be done before: finding.supposed */
    ONCE_MORE,      /* the same has happened before, at finding.first */
    NEVER_BEGUN,    /* nothing was seen of the object before */
    AFTER_THE_END,  /* the object has ended, at finding.first */
    OUT_OF_PLACE,   /* nobody has asked for it */
    NOTHING_PENDS,  /* a driver completes what did not pend */
    FROM_THE_MIDDLE /* at the end of the trace: finding.first is the first use of the object */
};

struct finding {
    enum requirement requirement; /* what is broken; BOUND_REACHED, NOT_AN_EVENT: no verdict */
    enum finding_kind kind;
    unsigned long line;           /* 0: left undone at the end */
    unsigned long first;          /* the line that the kind speaks of; 0: none */
    unsigned long begun;          /* the line of the object's first event; 0: not seen */
    struct event event;           /* kind NO_EVENT at the end */
    struct object object;
    int is_of_ndis;               /* it is NDIS that has broken the rule, where it speaks of a driver too */
    struct event supposed[MOST_SUPPOSED]; /* what should have been done before */
    unsigned supposed_count;
};

/* How much the rule asks of who has broken it: what a driver SHOULD complete itself NDIS MUST complete in the other
 * case, and then alone (AF-OP-06, CALL-08). */
enum requirement_level level_of_finding(const struct finding *f);

/* What one event can break at once: whose handle it is, what was left undone, what the core
 * refuses, and what a recommendation hides. */
#define MOST_FINDINGS 7

/* Ends that must have come and that no line has told (came_back.h). */
#define MOST_UNTOLD 4
struct untold {
    struct finding lacks; /* that the recording lacks them: they are what it supposes */
    struct finding early; /* what is broken instead, if they are told later */
    int is_named;         /* one of the two has been said */
};

/* Something that is still out, and whose move it is. */
struct outstanding {
    struct object object;
    const char *what;      /* "send", "request", "receive"; or a function, or a callback */
    unsigned long since;   /* the line */
    const char *owed_by;   /* "NDIS", "client" or "manager" */
};

/* Things that have no handle: the lines at which each went out, the oldest first. */
#define MOST_QUEUED 64
struct queue {
    unsigned count;
    unsigned long line[MOST_QUEUED];
};
enum thing { A_SEND, A_PLAIN_REQUEST, A_RECEIVE, THING_COUNT };

/* What happened to the object of a slot. */
struct seen {
    uint32_t generation;
    unsigned long begun;
    unsigned long line[EVENT_KIND_COUNT];  /* the last of each kind */
    uint8_t status[EVENT_KIND_COUNT];
    uint16_t times[EVENT_KIND_COUNT];
    int ended_in_vain;                     /* a second close: it left nothing behind */
    int was_there;                         /* it was supposed to have begun before the recording */
    int left;                              /* a finding says that something was left on it */
    int is_astray;                         /* a line contradicts what was known of it, and nobody can
                                              tell in which state it is */
    unsigned closes_returned;              /* a bit for each status, of the close that is allowed and
                                              of those that come besides */
    struct queue out[THING_COUNT];
    unsigned plain_out[THING_COUNT];       /* of these: without CoNDIS, or direct */
    unsigned freed_early;                  /* contexts, a bit for each: freed while they were needed */
    struct event freed_inside;             /* an AF: the free of the call manager's context in a notification */
    int was_active;                        /* a VC, when its deactivation was called */
    int is_paused_in_vain;                 /* a binding: its pause failed, and NDIS went on (UNB-04) */
    int end_fails;                         /* what would have ended it has failed */
    unsigned sets_out;                     /* requests that set or clear something */
    unsigned besides[7];                   /* of each event of a request to the miniport: how many may
                                              come from others than the one that the core keeps */
};

#define MOST_BEHIND 16

struct judge {
    struct core core;
    struct core alone; /* one record of the core, to be asked what is left undone of it */
    struct going_on going_on;
    struct { /* the last event, if it was a call */
        struct event e;
        struct core core; /* before it */
        struct going_on going_on;
        int was_a_finding;
        int is_refused;   /* and this event is its return, and it has failed */
    } before_call;
    struct { /* as they were before the call that would end them */
        struct sap sap[MAX_SAP];
        struct party party[MAX_PARTY];
    } before_end;
    struct event behind[MOST_BEHIND]; /* what comes back after the client has gone on (told_before.h) */
    unsigned behind_count;
    struct nesting nesting;
    struct untold untold[MOST_UNTOLD];
    unsigned untold_count;
    struct other_pnp other_pnp;
    struct whole_drivers drivers;
    int from_the_middle;   /* 1: what was not seen to begin has begun before the recording */
    int manager_kind_is_shown; /* a line has shown whether the call manager is an MCM */
    struct object first_used; /* so; the line, if no line says it (REC-02) */
    unsigned long first_used_at;
    int is_cut;            /* the system has crashed, or the recording ended in the middle */
    struct seen seen[SLOTS_WATCHED];
    unsigned long unclear; /* lines that the core refuses, of objects that are astray */
    int request_did_not_pend; /* and no completion has been supposed since */
    int is_any_freed_early;
    int tells_of_memory;   /* some line says that something was freed; the tap tells what is stored by itself */
    int omits_memory;      /* a line says that none does so: it is not judged by what it lacks of them */
    int core_alone;        /* only what the core answers, by its own rule; its state then stays */
    unsigned long objects[OBJECT_KIND_COUNT]; /* that were seen */
    unsigned told;         /* PnP events that judge_end has looked at, and drivers */
    uint32_t drivers_told;
    int all;               /* judge_end tells also what waits for something else left undone */
    enum object_kind kind; /* where judge_end goes on */
    uint32_t slot;
    struct {
        unsigned kind, slot, what, beyond;
    } listed; /* and judge_outstanding */
};

/* Begins a trace with these readings. */
void judge_begin(struct judge *j, struct readings readings);

/* Searches less for what should have been done: for a judge that is asked many times over. */
void judge_search_less(struct judge *j);

/* Judges the next event, which stands at the line: how many findings there are, 0 if it conforms.
 * Behind BOUND_REACHED nothing can be said any more. Of any event its level and its place on the
 * thread are judged; of one with an unknown name its place alone. */
unsigned judge_event(struct judge *j, struct event e, unsigned long line,
                     struct finding f[MOST_FINDINGS]);

/* After the last event: the next object of which something is left undone; 1 with the
 * finding, 0 when there is none. */
int judge_end(struct judge *j, struct finding *f);

/* At any time: the next thing that is still out, from the beginning if begin is not 0; 1 with it,
 * 0 when there is none. */
int judge_outstanding(struct judge *j, int begin, struct outstanding *o);

/* What is left undone of the object in this slot, by the rule of the core; CONFORMING: nothing. */
enum requirement unmet_of(struct judge *j, enum object_kind kind, uint32_t slot);

/* "af", "binding", ..., "driver" */
const char *object_kind_name(enum object_kind kind);

/* What the core knows and judges in the same way: of sends without CoNDIS, and requests that go around
 * the queue of the others; any other event is itself. */
uint16_t alias_of(uint16_t kind);

#endif
