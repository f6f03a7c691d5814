/* nearest.h - the known word that a misspelt one is nearest to. */
#ifndef CLOSEAF_NEAREST_H
#define CLOSEAF_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *word;  /* as it was written */
    const char *known; /* the nearest so far; null: nothing is near */
    size_t distance;
};

/* Nothing is near that differs in more than half of the word. */
struct nearest nearest_begin(const char *word);
void nearest_try(struct nearest *n, const char *known);

#endif
