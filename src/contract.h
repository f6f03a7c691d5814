/* contract.h - what the contracts of all records have in common, said once. */
#ifndef CLOSEAF_CONTRACT_H
#define CLOSEAF_CONTRACT_H

/* A step of one record: whatever comes, the record stays consistent, moves forward only, and
 * stays as it was where the answer is a requirement that is broken. For a type T with the
 * predicates T_invariant(record) and T_evolves(old, new). */
#define STEP_OF(T, record)                                                        \
    requires valid: \valid(record);                                               \
    requires consistent: T##_invariant(*record);                                  \
    terminates \true;                                                             \
    exits never: \false;                                                          \
    assigns *record;                                                              \
    ensures consistent: T##_invariant(*record);                                   \
    ensures evolves: T##_evolves(\old(*record), *record);                         \
    ensures refused_is_unchanged: \result != CONFORMING ==> *record == \old(*record);

/* A function that only looks. */
#define LOOKS_ONLY      \
    terminates \true;   \
    exits never: \false; \
    assigns \nothing;

#endif
