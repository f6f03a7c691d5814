/* expect: next_assert_rte_signed_overflow */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures one_more: \result == x + 1; */
int next(int x);
int next(int x) { return x + 1; }
