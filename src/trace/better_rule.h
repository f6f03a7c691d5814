/* better_rule.h - of the rules that speak of what has happened, the one that says it best. */
#ifndef CLOSEAF_BETTER_RULE_H
#define CLOSEAF_BETTER_RULE_H

#include "findings.h"

/* The core has answered with f->requirement in the state before; s is what was seen of the object. */
enum requirement rule_that_says_it(const struct core *before, const struct seen *s, const struct finding *f);

/* The rule by which a driver SHOULD run this completion itself; CONFORMING if it is none. */
enum requirement rule_of_own_completion(uint16_t own);

/* All that was missing before the event are such completions: that is what was wrong. */
int lacks_own_completions(const struct finding *f);

#endif
