/* expect: pointer cast */
char first(int *numbers);
char first(int *numbers) { return *(char *)numbers; }
