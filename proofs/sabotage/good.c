/* expect: accepted */
/*@ requires small: x < 100;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures AF_CL_01_one_more: \result == x + 1; */
int next(int x);
int next(int x) { return x + 1; }
