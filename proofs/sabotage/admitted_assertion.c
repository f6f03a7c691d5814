/* expect: the source says 'admit' */
/*@ terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures positive: \result > 0; */
int same(int x);
int same(int x)
{
    //@ admit positive: x > 0;
    return x;
}
