/* expect: contradiction: */
/* WP does not see this contradiction; Z3 does, if the smoke tests give it the steps. */
struct table { unsigned char slot[4]; };
/*@ predicate empty(struct table t) = \forall integer i; 0 <= i < 4 ==> t.slot[i] == 0; */
/*@ requires valid: \valid(t);
    requires empty: empty(*t);
    requires in_use: \exists integer i; 0 <= i < 4 && t->slot[i] > 0;
    terminates \true;
    exits never: \false;
    assigns *t;
    ensures anything: \result == 42; */
int same(struct table *t);
int same(struct table *t)
{
    t->slot[0] = 1;
    return 41;
}
