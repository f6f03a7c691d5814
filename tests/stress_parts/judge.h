/* judge.h - reads a trace back and lets a core of its own judge it. */
#ifndef CLOSEAF_JUDGE_H
#define CLOSEAF_JUDGE_H

#include <stddef.h>

/* 0 if the core accepts the trace to its end and nothing is left undone; 1, with a
 * message, if not. */
int judge(char *trace, size_t length);

#endif
