/* nearest.c - see nearest.h. */
#include "nearest.h"

#include <string.h>

#define LONGEST_KNOWN 79

/* How many letters have to be added, left out or replaced. */
static size_t distance(const char *from, const char *to)
{
    size_t least[LONGEST_KNOWN + 1]; /* from as much of "from" as was read, to each beginning of "to" */
    const size_t length = strlen(to);

    if (length > LONGEST_KNOWN) {
        return length;
    }
    for (size_t j = 0; j <= length; j++) {
        least[j] = j;
    }
    for (size_t i = 0; from[i] != '\0'; i++) {
        size_t diagonal = least[0];

        least[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            const size_t replaced = diagonal + (from[i] != to[j]);

            diagonal = least[j + 1];
            least[j + 1] = diagonal < least[j] ? diagonal + 1 : least[j] + 1;
            least[j + 1] = replaced < least[j + 1] ? replaced : least[j + 1];
        }
    }
    return least[length];
}

struct nearest nearest_begin(const char *word)
{
    const struct nearest n = {word, NULL, strlen(word) / 2 + 1};

    return n;
}

void nearest_try(struct nearest *n, const char *known)
{
    const size_t d = distance(n->word, known);

    if (d < n->distance) {
        n->known = known;
        n->distance = d;
    }
}
