/* lockstep.h - what the search of lockstep.pml calls; see lockstep.c. */
#ifndef CLOSEAF_LOCKSTEP_H
#define CLOSEAF_LOCKSTEP_H

#include <stdarg.h>
#include <stddef.h>

#include "core/core.h"

/* What the search has in its state vector: which of the core's states, all of which are kept
 * once (lockstep_core), and what the two have said to the last event of the step that is being
 * made; CONFORMING between steps. Two of these are equal exactly if the cores are. */
typedef struct {
    uint32_t core;
    uint16_t broken_for_model, broken_for_core; /* enum requirement */
} Lockstep;

/* The core's state of this number; good until the next event. */
const struct core *lockstep_core(uint32_t number);

/* Before the first event. A letter that the core does not have becomes the recommended one; ends
 * the program if there is none for a reading of readings.def. */
Lockstep lockstep_begin(struct readings readings, int early_close);

/* One printf of the model: an event, which the core takes; an absent right ("@! ..."); or
 * something else, which is printed when a trail is replayed. */
int lockstep_line(const char *format, va_list arguments);

/* After a step: 1 if both accepted all of its events; 0 if both refused one. */
int lockstep_both_accept(void);

/* Ends the search, as a violation, where the two values differ. */
void lockstep_same(const char *field, int slot, long of_model, long of_core);

/* Of a question, a number less than QUESTIONS: has it been asked of this state of the core, with
 * these bytes of the model? It counts as asked then. */
#define QUESTIONS 24
int lockstep_is_new(int question, const void *of_model, size_t size);

/* The core's state refuses every event with a handle that is dead or was never given out, and
 * with another holder; a violation where it does not. Always 0. */
int lockstep_refuses_handles(void);

/* Of pan: the core in the state vector; and a core that forgets what became of one field (a
 * seeded difference): takes that field of each slot from before, and returns its name, or
 * NULL where there is no such field. */
extern Lockstep *const lockstep_now;
const char *lockstep_forget(int field, struct core *c, const struct core *before);

/* Ends the program with status 2. */
_Noreturn void lockstep_give_up(const char *why);

/* Traces in this folder that together make every transition of the search (lockstep_traces.c).
 * Then each event that was taken, as the search comes to it. */
void lockstep_trace(const char *folder, struct readings readings);
void lockstep_add_to_trace(struct event e, uint32_t before, uint32_t after);

/* Of pan: the statement of the model that is being made, as one number; and the one that was
 * made at this depth on the path to it, 0 if it makes no event. */
unsigned long lockstep_statement(void);
unsigned long lockstep_statement_at(long made_at);

#ifdef LOCKSTEP_ITSELF
/* Of pan: how deep the search is, one for each step; whether it replays a trail; and how a
 * violation is reported. */
extern long depth;
extern int readtrail;
extern void (*uerror)(char *what);
#else
#define vprintf lockstep_line /* with -DPRINTF pan has no other use for it */
#endif

#endif
