/* expect: pointer cast */
void clear(const int *number);
void clear(const int *number) { *(int *)number = 0; }
