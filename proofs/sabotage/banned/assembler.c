/* expect: assembler */
void stop(void);
void stop(void) { __asm__("nop"); }
