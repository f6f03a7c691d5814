/* expect: ot yet implemented */
/*@ requires callable: \valid_function(f);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures same: \result == x; */
int same(int x, int (*f)(int));
int same(int x, int (*f)(int))
{
    (void)f;
    return x;
}
