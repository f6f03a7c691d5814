/* expect: WP is unsound here: */
struct flags {
    unsigned open : 1;
};
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures same: \result == f.open; */
unsigned open(struct flags f);
unsigned open(struct flags f) { return f.open; }
