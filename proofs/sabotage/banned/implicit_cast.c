/* expect: pointer cast */
char first(void *anything);
char first(void *anything)
{
    char *text = anything;
    return *text;
}
