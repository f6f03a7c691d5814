/* expect: goto */
int same(int number);
int same(int number)
{
#ifndef __FRAMAC__
    goto end;
end:
#endif
    return number;
}
