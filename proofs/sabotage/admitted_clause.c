/* expect: the source says 'admit' */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    admit ensures positive: \result > 0; */
int same(int x);
int same(int x) { return x; }
