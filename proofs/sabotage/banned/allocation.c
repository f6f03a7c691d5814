/* expect: dynamic allocation */
void *malloc(unsigned long size);
void *room(void);
void *room(void) { return malloc(16); }
