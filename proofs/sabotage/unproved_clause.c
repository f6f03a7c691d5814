/* expect: not proved: next_ensures_AF_CL_02_two_more (requirement AF-CL-02) */
/*@ requires small: x < 100;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures AF_CL_02_two_more: \result == x + 2; */
int next(int x);
int next(int x) { return x + 1; }
