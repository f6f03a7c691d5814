/* expect: bit-field */
struct flags {
    unsigned open : 1;
};
unsigned is_open(struct flags flags);
unsigned is_open(struct flags flags) { return flags.open; }
