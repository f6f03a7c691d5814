/* expect: timed out, so undecided: same_ensures_no_cubes */
/* with: --timeout 1 */
/*@ requires bounds: 0 < x < 1000 && 0 < y < 1000 && 0 < z < 1000;
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures no_cubes: x * x * x + y * y * y != z * z * z; */
int same(int x, int y, int z);
int same(int x, int y, int z) { return x + y + z; }
