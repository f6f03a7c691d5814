/* expect: recursion */
int is_even(int number);
int is_odd(int number);
int is_even(int number) { return number == 0 || is_odd(number - 1); }
int is_odd(int number) { return number != 0 && is_even(number - 1); }
