/* expect: contradiction: nothing can satisfy what is required before same_wp_smoke_ */
/*@ requires small: x < 100;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures same: \result == x;
    behavior never:
      assumes x > 200;
      ensures anything: \result == 42; */
int same(int x);
int same(int x) { return x; }
