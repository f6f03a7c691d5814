/* expect: accepted */
/* What looks like something banned, and is not. */
#include <stdint.h>
enum size { SIZE = 4 };
struct slot {
    uint32_t generation;
    int values[SIZE];
};
static int sum(const struct slot *slot) { return slot->values[0] + slot->values[SIZE - 1]; }
int narrow(struct slot *slot, int (*row)[SIZE], int wide);
int narrow(struct slot *slot, int (*row)[SIZE], int wide)
{
    if (slot == ((void *)0)) return 0;
    slot->generation = (uint32_t)wide;
    (void)wide;
    return sum(slot) + (*row)[1];
}
