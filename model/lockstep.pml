/* lockstep.pml - the model and the C core step by step: SPIN's search of closeaf.pml with
 * the core in its state vector. Every line of the trace that a step of the model prints is
 * an event for core_step, every absent right a requirement for its answer; and after each
 * step the never claim holds the two states against each other. Nothing in the model knows
 * of this: pan hands each printf to vprintf, and that is lockstep_line here (lockstep.h).
 *
 * A step to which there is no right is no error here but a question to both; the search does
 * not go on behind it, since the claim blocks; so the adversary begins anew for each cell of its
 * table (adversary.pml). */
#define assert(condition)  skip
#define ONE_CELL
#include "closeaf.pml"
c_decl {
    \#define MODEL_AFS       AFS
    \#define MODEL_EARLY_CLOSE EARLY_CLOSE
    \#define MODEL_BINDINGS  BINDINGS
    \#define MODEL_SAPS      SAPS
    \#define MODEL_WORK      WORK
    \#define MODEL_PROXY     PROXY
    \#define MODEL_VCS       VCS
    \#define MODEL_CALLS     CALLS
    \#define MODEL_PARTIES   PARTIES
    \#define MODEL_REQUESTS  REQUESTS
    \#define MODEL_OPENING   OPENING
    \#define MODEL_PNP       PNP
    \#define MODEL_WITHHOLDS WITHHOLDS
    \#define MODEL_NOTIFIES_ALL (AMB_36 == READING_B)
    \#include "lockstep.h"
};

c_state "Lockstep lockstep" "Global" "lockstep_begin(readings_of_model, MODEL_EARLY_CLOSE)"

c_code {
    \#define LETTER(reading)  ((reading) == READING_A_SUCCESS ? 's' : 'a' - 1 + (reading))
    static const struct readings readings_of_model = {
        LETTERS_OF_THE_CORE
    };
    \#include "lockstep_compare.h"
};

#ifdef QUESTIONS
#include "lockstep_probe.pml"
#endif

never {
    do
    :: c_expr { lockstep_agrees () }
    od
}
