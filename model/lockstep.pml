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
        .amb_01 = LETTER(AMB_01),
        .amb_02 = LETTER(AMB_02),
        .amb_03 = LETTER(AMB_03),
        .amb_05 = LETTER(AMB_05),
        .amb_06 = LETTER(AMB_06),
        .amb_07 = LETTER(AMB_07),
        .amb_08 = LETTER(AMB_08),
        .amb_09 = LETTER(AMB_09),
        .amb_10 = LETTER(AMB_10),
        .amb_11 = LETTER(AMB_11),
        .amb_13 = LETTER(AMB_13),
        .amb_14_context = LETTER(AMB_14_CONTEXT),
        .amb_20 = LETTER(AMB_20),
        .amb_22 = LETTER(AMB_22),
        .amb_24 = LETTER(AMB_24),
        .amb_25 = LETTER(AMB_25),
        .amb_26 = LETTER(AMB_26),
        .amb_28 = LETTER(AMB_28),
        .amb_30 = LETTER(AMB_30),
        .amb_31 = LETTER(AMB_31),
        .amb_31_bind = LETTER(AMB_31_BIND),
        .amb_33 = LETTER(AMB_33),
        .amb_34 = LETTER(AMB_34),
        .amb_34_context = LETTER(AMB_34_CONTEXT),
        .amb_42 = LETTER(AMB_42)
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
