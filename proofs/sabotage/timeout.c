/* expect: timed out, so undecided: same_ensures_never */
/* with: --timeout 1 */
/*@ logic integer f(integer n) = n <= 1 ? n : f(n - 1) * f(n - 2) + f(n - 3); */
/*@ requires bounds: 0 < x < 1000;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures never: \forall integer i, j; 0 <= i ==> f(i) * f(j) - f(j + 3) * f(i + j) != x; */
int same(int x);
int same(int x) { return x; }
