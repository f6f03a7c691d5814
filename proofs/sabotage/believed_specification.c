/* expect: a contract but no body, so nothing is proved of it: oracle */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures positive: \result > 0; */
int oracle(void);
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures positive: \result > 0; */
int ask(void);
int ask(void) { return oracle(); }
