/* selection.c - see selection.h. */
#include "selection.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

/* Who has to follow a rule, by the words of the register. */
static const struct {
    const char *wanted, *in_register;
} actors[] = {
    {"client", "client"}, {"manager", "CM"}, {"mcm", "MCM"}, {"miniport", "miniport"},
    {"NDIS", "NDIS"},
};
#define ACTORS (sizeof actors / sizeof actors[0])
#define LONGEST_WORD 63

static int is_number(const char **text, uint32_t *number)
{
    char *end;
    unsigned long value;

    if (**text < '0' || **text > '9') {
        return 0;
    }
    value = strtoul(*text, &end, 10);
    *number = (uint32_t)value;
    *text = end;
    return value < ANY_NUMBER;
}

int selected_object_of(const char *text, struct selected_object *object)
{
    const size_t length = strcspn(text, ":");

    object->slot = ANY_NUMBER;
    object->generation = ANY_NUMBER;
    for (unsigned kind = AN_AF; kind < OBJECT_KIND_COUNT; kind++) {
        const char *name = object_kind_name((enum object_kind)kind);

        if (strlen(name) != length || strncmp(name, text, length) != 0) {
            continue;
        }
        object->kind = (enum object_kind)kind;
        text += length;
        if (*text == ':') {
            text++;
            if (!is_number(&text, &object->slot)) {
                return 0;
            }
            if (*text == '.') {
                text++;
                if (!is_number(&text, &object->generation)) {
                    return 0;
                }
            }
        }
        return *text == '\0';
    }
    return 0;
}

int is_selected_object(const struct selected_object *selected, struct object object)
{
    return selected->kind == object.kind &&
           (selected->slot == ANY_NUMBER || selected->slot == object.handle.slot) &&
           (selected->generation == ANY_NUMBER || selected->generation == object.handle.generation);
}

static int select_word(struct selection *s, const char *word)
{
    struct nearest n = nearest_begin(word);
    const enum requirement rule = requirement_of_id(word);

    for (unsigned i = 0; i < ACTORS; i++) {
        if (strcmp(word, actors[i].wanted) == 0) {
            s->actors |= 1u << i;
            return 1;
        }
        nearest_try(&n, actors[i].wanted);
    }
    if (rule != REQUIREMENT_COUNT && s->rule_count < MOST_SELECTED) {
        s->rules[s->rule_count++] = rule;
        return 1;
    }
    if (s->object_count < MOST_SELECTED &&
        selected_object_of(word, &s->objects[s->object_count])) {
        s->object_count++;
        return 1;
    }
    for (unsigned q = CONFORMING + 1; q < BOUND_REACHED; q++) {
        nearest_try(&n, requirement_id((enum requirement)q));
    }
    fprintf(stderr,
            "closeaf: --only takes client, manager, mcm, miniport, NDIS, the id of a rule or an "
            "object (af:0.1), at most %d of each; \"%s\" is none%s%s\n",
            MOST_SELECTED, word, n.known != NULL ? "; the nearest is " : "",
            n.known != NULL ? n.known : "");
    return 0;
}

int select_words(struct selection *s, const char *words)
{
    char word[LONGEST_WORD + 1];

    do {
        const size_t length = strcspn(words, ",");

        (void)snprintf(word, sizeof word, "%.*s", (int)(length < LONGEST_WORD ? length : LONGEST_WORD),
                       words);
        if (!select_word(s, word)) {
            return 0;
        }
        words += length;
    } while (*words++ == ',');
    return 1;
}

/* "CM/MCM" has two; "protocol" is whoever has the binding. */
static int is_actor(unsigned wanted, const struct finding *f)
{
    const char *actor = requirement_actor(f->requirement);

    if (strcmp(actor, "protocol") == 0) {
        return f->object.kind == A_BINDING && f->object.handle.slot == MANAGER_BINDING ? wanted == 1
                                                                                       : wanted == 0;
    }
    while (*actor != '\0') {
        const size_t length = strcspn(actor, "/");

        if (strlen(actors[wanted].in_register) == length &&
            strncmp(actor, actors[wanted].in_register, length) == 0) {
            return 1;
        }
        actor += length + (actor[length] == '/');
    }
    return 0;
}

int is_selected(const struct selection *s, const struct finding *f)
{
    int by_actor = s->actors == 0, by_rule = s->rule_count == 0, by_object = s->object_count == 0;

    if (f->requirement == BOUND_REACHED || f->requirement == NOT_AN_EVENT) {
        return 1; /* that nothing more can be said is of interest to everybody */
    }
    for (unsigned i = 0; i < ACTORS; i++) {
        by_actor |= (s->actors >> i & 1u) != 0 && is_actor(i, f);
    }
    for (unsigned i = 0; i < s->rule_count; i++) {
        by_rule |= s->rules[i] == f->requirement;
    }
    for (unsigned i = 0; i < s->object_count; i++) {
        by_object |= is_selected_object(&s->objects[i], f->object);
    }
    return by_actor && by_rule && by_object;
}
