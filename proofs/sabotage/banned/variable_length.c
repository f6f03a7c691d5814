/* expect: dynamic allocation */
int last(int size);
int last(int size)
{
    int numbers[size];
    numbers[size - 1] = 0;
    return numbers[size - 1];
}
