/* expect: WP is unsound here: */
union either {
    int number;
    char letter;
};
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures same: \result == e.number; */
int number(union either e);
int number(union either e) { return e.number; }
