/* contract.h - what the contracts of all records have in common, said once. */
#ifndef CLOSEAF_CONTRACT_H
#define CLOSEAF_CONTRACT_H

/* A clause of a contract, and the same clause as a part of one clause for several. WP proves
 * each clause of a function with a switch case by case. So a function with many cases and many
 * clauses is proved with one clause, for all cases, of a function that only dispatches; the
 * clauses by name follow from that one. */
#define CLAUSE(name, ...) ensures name: __VA_ARGS__;
#define CONJUNCT(name, ...) (__VA_ARGS__) &&

/* A step of one record: whatever comes, the record stays consistent, moves forward only, and
 * stays as it was where the answer is a requirement that is broken. For a type T with the
 * predicates T_invariant(record) and T_evolves(old, new). */
#define STEP_OF(T, record)         \
    BEFORE_A_STEP_OF(T, record)    \
    STEP_PROMISES(CLAUSE, T, record)

#define BEFORE_A_STEP_OF(T, record)                                      \
    requires valid: \valid(record);                                      \
    requires consistent: T##_invariant(*record);                         \
    terminates \true;                                                    \
    exits never: \false;                                                 \
    assigns *record;

#define STEP_PROMISES(SAYS, T, record)                                             \
    SAYS(consistent, T##_invariant(*record))                                       \
    SAYS(evolves, T##_evolves(\old(*record), *record))                             \
    SAYS(refused_is_unchanged, \result != CONFORMING ==> *record == \old(*record))

/* A function that only looks. */
#define LOOKS_ONLY       \
    terminates \true;    \
    exits never: \false; \
    assigns \nothing;

#define LOOKS_AT(state)              \
    requires valid: \valid_read(state); \
    LOOKS_ONLY

/* A loop through a table that goes on as long as what is said of record k holds of each before;
 * the second one notes what it has found in a variable. */
#define GOES_ON_WHILE(size, name, ...)                                           \
    loop invariant in_bounds: 0 <= i <= size;                                    \
    loop invariant name: \forall integer k; 0 <= k < i ==> __VA_ARGS__;          \
    loop assigns i;                                                              \
    loop variant size - i;

#define NOTES_WHILE(noted, size, name, ...)                                      \
    loop invariant in_bounds: 0 <= i <= size;                                    \
    loop invariant name: \forall integer k; 0 <= k < i ==> __VA_ARGS__;          \
    loop assigns i, noted;                                                       \
    loop variant size - i;

#endif
