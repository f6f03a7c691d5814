/* schedule.h - runs the threads of the runtime one at a time, and all their interleavings
 * one after the other.
 *
 * A thread may be put aside before it takes a lock: as all that threads share is under a
 * lock, no other place makes a difference. Whose turn it is, is fixed: the thread that is
 * running goes on while it can, then comes the oldest that can. To choose another one is a
 * departure, be it a preemption or not; the search is for all schedules with at most so
 * many of them, depth first. A schedule is the list of its departures: "17:1 42:2" is, at
 * the 17th choice the second thread in line, at the 42nd the third. */
#ifndef CLOSEAF_SCHEDULE_H
#define CLOSEAF_SCHEDULE_H

#include <stdio.h>

/* The first schedule of a search; the calling thread is the first to run. */
void schedule_search(unsigned departures);

/* One schedule only. Returns 0 if the text is not one. */
int schedule_repeat(const char *choices);

/* At the start and at the end of each run. The end waits for all other threads. */
void schedule_begin(void);
void schedule_end(void);

/* Goes on to the next schedule: 0 if there is none. */
int schedule_next(void);

void schedule_print(FILE *out);
unsigned schedule_length(void); /* choices in the last run */

#endif
