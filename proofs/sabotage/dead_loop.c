/* expect: contradiction: nothing can satisfy what is required before count_wp_smoke_dead_loop */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures anything: \result == 42; */
unsigned count(unsigned n);
unsigned count(unsigned n)
{
    unsigned i = 0;
    /*@ loop invariant above: i > 5;
        loop invariant below: i < 3;
        loop assigns i;
        loop variant n - i; */
    while (i < n) {
        i++;
    }
    return i;
}
