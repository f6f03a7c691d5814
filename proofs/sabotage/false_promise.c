/* expect: contradiction: nothing can satisfy what is required before nothing_wp_smoke_dead_call */
/* Its own contract cannot be proved, and what calls it proves anything. */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures above: \result > 5;
    ensures below: \result < 3; */
int nothing(void);
int nothing(void) { return 4; }
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures anything: \result == 42; */
int ask(void);
int ask(void) { return nothing(); }
