/* expect: no proved postcondition: same */
int same(int x);
int same(int x) { return x; }
