/* expect: contradiction: */
/* The whole state has to be read before a prover sees this: REG-11, only slot 0 is an MCM's. */
#include "core/core.h"
/*@ requires valid: \valid(c);
    requires consistent: core_invariant(*c);
    requires an_mcm_among_the_clients: c->binding[1].miniport == 1;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures anything: \result == 42; */
int same(const struct core *c);
int same(const struct core *c)
{
    return c->binding[0].phase == c->binding[2].phase ? 41 : 40;
}
