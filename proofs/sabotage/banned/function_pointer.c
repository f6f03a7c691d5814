/* expect: function pointer */
static int one(void) { return 1; }
int call(void);
int call(void)
{
    int (*callee)(void) = one;
    return callee();
}
