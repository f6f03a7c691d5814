/* expect: goto */
int count(int limit);
int count(int limit)
{
    int counted = 0;
again:
    if (++counted < limit) goto again;
    return counted;
}
