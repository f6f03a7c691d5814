/* expect: not proved: count_ */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures all: \result == n; */
unsigned count(unsigned n);
unsigned count(unsigned n)
{
    unsigned i = 0;
    /*@ loop invariant bound: i <= n;
        loop assigns i; */
    while (i < n) {
        i++;
    }
    return i;
}
