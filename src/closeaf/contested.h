/* contested.h - findings that only some readings of the documents make.
 *
 * A trace with findings is judged again, by each other letter of each reading. A finding is
 * contested by a letter if nothing is found at its line by that letter, and no breach elsewhere
 * that was not there before. What stands in both letters is said with the finding. */
#ifndef CLOSEAF_CONTESTED_H
#define CLOSEAF_CONTESTED_H

#include "trace/findings.h"

#define MOST_LETTERS 128

/* Of longer traces it would take too long. */
#define MOST_JUDGED_AGAIN 200000ul

/* How many findings of a trace are looked at. */
#define MOST_KEPT 1000u

/* A finding, and the letters by which there is none. */
struct kept_finding {
    struct finding finding;
    uint8_t conforms_by[MOST_LETTERS]; /* 1: letter_name of this number */
    const char *suppressed;            /* the reason why it is accepted; null: it is not */
};

/* The number-th letter: "amb_06=a", or null behind the last. The text lasts until the next call. */
const char *letter_name(unsigned number);

/* The trace, which has findings by these readings, is judged by each other letter: fills
 * conforms_by. The findings are in the order of the trace. */
void find_contested(FILE *in, struct readings used, struct kept_finding kept[], size_t count);

int is_contested(const struct kept_finding *f);

/* Looks for readings by which all of the trace conforms, beginning with those: 1 with them, 0 if
 * none of those tried does. *tried counts them. The search is bounded; it goes on only from
 * readings by which the trace conforms for longer than before. */
int find_conforming(FILE *in, struct readings *readings, unsigned *tried);

#endif
