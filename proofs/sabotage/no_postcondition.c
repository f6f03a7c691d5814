/* expect: no proved postcondition: same */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing; */
int same(int x);
int same(int x) { return x; }
