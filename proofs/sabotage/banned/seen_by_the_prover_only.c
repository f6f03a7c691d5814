/* expect: union */
#ifdef __FRAMAC__
typedef union { int number; char text[4]; } value;
#else
typedef int value;
#endif
int same(value *one);
int same(value *one) { return one != (void *)0; }
