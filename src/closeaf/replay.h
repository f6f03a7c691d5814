/* replay.h - runs a trace on the runtime, with one real thread for each of its threads.
 *
 * The drivers' lines (call, leave, do) are performed through the functions of ndis.h by
 * a driver that follows the trace; NDIS's lines (enter, return) must come out of the
 * runtime. What NDIS is free to choose is taken from the trace. A driver of which the trace does
 * not tell how it registers itself is there from the beginning. */
#ifndef CLOSEAF_REPLAY_H
#define CLOSEAF_REPLAY_H

#include <stdio.h>

/* Replays in; name stands in the messages. The recorded trace goes to out, unless it is
 * null. Returns 0 if each line came out as it stands; 1 at the first deviation, which
 * is printed with the line, what was expected and what came; 2 if in is no trace. */
int replay(FILE *in, const char *name, FILE *out);

/* Replays a file, "-" for standard input; prints one line. Likewise. */
int replay_file(const char *path);

#endif
