/* expect: union */
struct word {
    union {
        unsigned whole;
        unsigned char bytes[4];
    } as;
};
unsigned char first(struct word word);
unsigned char first(struct word word) { return word.as.bytes[0]; }
