/* expect: recursion */
int sum(int number);
int sum(int number) { return number > 0 ? number + sum(number - 1) : 0; }
