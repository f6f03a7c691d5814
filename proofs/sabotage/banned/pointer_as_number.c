/* expect: pointer cast */
unsigned long address(int *number);
unsigned long address(int *number) { return (unsigned long)number; }
