/* expect: not proved: nothing_ensures_ */
/* Nobody may rest on a promise that is not proved: what calls it proves anything. */
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
