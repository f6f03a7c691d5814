/* expect: variadic function */
int first(int number, ...);
int first(int number, ...) { return number; }
