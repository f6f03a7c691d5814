/* expect: a call of what is not proved */
int elsewhere(int number);
int here(int number);
int here(int number) { return elsewhere(number); }
