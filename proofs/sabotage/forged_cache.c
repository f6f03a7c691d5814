/* expect: not proved: same_ensures_never_42 */
/* gate_test writes into the cache that the goal was found valid. */
/*@ requires small: x < 100;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures never_42: \result != 42; */
int same(int x);
int same(int x) { return x; }
