/* expect: the source says 'axiom' */
/*@ axiomatic wishes { axiom all_are_positive: \forall integer x; x > 0; } */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures positive: \result > 0; */
int same(int x);
int same(int x) { return x; }
