/* judge.h - reads a trace back and lets a core of its own judge it. */
#ifndef CLOSEAF_JUDGE_H
#define CLOSEAF_JUDGE_H

#include <stddef.h>

/* What a trace does on an AF from when a driver is told to leave it, or closes it by itself, to
 * the end of that close. */
enum { CROSSES_SAP = 1, CROSSES_CALL = 2, CROSSES_REQUEST = 4 };

/* 0 if the core accepts the trace to its end and nothing is left undone; 1, with a
 * message, if not. *crosses: what crosses a close in it. */
int judge(char *trace, size_t length, unsigned *crosses);

#endif
