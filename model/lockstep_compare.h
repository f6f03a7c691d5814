/* lockstep_compare.h - the two states against each other; part of pan.c, where the model's
 * is now. lockstep.def names the fields. */

Lockstep *const lockstep_now = &now.lockstep;

static unsigned long statement(int process_type, int state)
{
    return (unsigned long)process_type << 16 | (unsigned long)state;
}

extern uchar *_this;

unsigned long lockstep_statement(void)
{
    return statement(((P0 *)_this)->_t, ((P0 *)_this)->_p);
}

/* The steps with an event, as model/lockstep finds them in pan.m. */
static int has_event(int step)
{
    switch (step) {
#include "lockstep_steps.h"
        return 1;
    default:
        return 0;
    }
}

extern Trail *trpt;
extern long depth;

unsigned long lockstep_statement_at(long made_at)
{
    const Trail *after = trpt - (depth - made_at - 1);

    return has_event(after->o_t->forw) ? statement(after->o_ot, after->o_tt) : 0;
}

#define SAME(table, slots, field) \
    FIELD(#table "." #field, slots, now.table[i].field, c->table[i].field, c->table[i].field)

int lockstep_agrees(void)
{
    const struct core *c = lockstep_core(now.lockstep.core);

    if (!lockstep_both_accept()) {
        return 0;
    }
#define FIELD(name, slots, of_model, field, of_core) \
    for (int i = 0; i < (slots); i++) { \
        lockstep_same(name, i, (of_model), (of_core)); \
    }
#include "lockstep.def"
#undef FIELD
    return 1;
}

const char *lockstep_forget(int field, struct core *c, const struct core *before)
{
    struct core *const next = c;
    int number = 0;

#define FIELD(name, slots, of_model, field_of_core, of_core) \
    if (number++ == field) { \
        for (int i = 0; c != NULL && i < (slots); i++) { \
            c = (struct core *)before; \
            typeof(field_of_core) kept = field_of_core; \
            c = next; \
            field_of_core = kept; \
        } \
        return name; \
    }
#include "lockstep.def"
#undef FIELD
    return NULL;
}

/* The answer to a question follows from NDIS's part of the model, and from the core. */
static int is_new(int question)
{
    struct {
        struct AddressFamily af[MODEL_AFS];
        struct Binding binding[MODEL_BINDINGS];
    } ndis;

    memset(&ndis, 0, sizeof ndis);
    memcpy(ndis.af, now.af, sizeof ndis.af);
    memcpy(ndis.binding, now.binding, sizeof ndis.binding);
    return lockstep_is_new(question, &ndis, sizeof ndis);
}

/* Around a question (lockstep_probe.pml): both answer it, and nothing has happened. */
static char before_the_question[offsetof(State, sv)];

void lockstep_ask(void)
{
    memcpy(before_the_question, &now, sizeof before_the_question);
}

void lockstep_asked(void)
{
    (void)lockstep_agrees();
    memcpy(&now, before_the_question, sizeof before_the_question);
}
