/* expect: contradiction: */
/*@ requires above: x > 5;
    requires below: x < 3;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures anything: \result == 42; */
int same(int x);
int same(int x) { return x; }
