/* halts.h - the end of a miniport, which NDIS halts and does not unbind. */
#ifndef CLOSEAF_HALTS_H
#define CLOSEAF_HALTS_H

#include "findings.h"

/* The rules of the core speak of an unbind: that it has to come (UNB-01) and to end (UNB-26). No page says by when a
 * miniport is halted, or that its halt ends. */
enum requirement without_rules_of_unbinds(struct judge *j, struct object binding, enum requirement unmet);

/* Whether the operation is the halt, and it is to come: with it and the line that asks for it. */
int halt_is_to_come(struct judge *j, const uint16_t *operation, struct outstanding *o);

#endif
