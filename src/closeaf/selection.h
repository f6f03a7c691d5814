/* selection.h - which findings are wanted: closeaf check --only. */
#ifndef CLOSEAF_SELECTION_H
#define CLOSEAF_SELECTION_H

#include "trace/findings.h"

#define MOST_SELECTED 32

/* Nothing of a sort: all of it. Of one sort any, of different sorts each. */
struct selection {
    unsigned actors; /* a bit for each that is wanted */
    enum requirement rules[MOST_SELECTED];
    struct selected_object {
        enum object_kind kind;
        uint32_t slot, generation; /* ANY_NUMBER: any */
    } objects[MOST_SELECTED];
    unsigned rule_count, object_count;
};
#define ANY_NUMBER UINT32_MAX

/* "af", "af:0" or "af:0.1": 1, or 0 if it is no object. */
int selected_object_of(const char *text, struct selected_object *object);
int is_selected_object(const struct selected_object *selected, struct object object);

/* Adds the words of an option, with commas between: client, manager, mcm, miniport, NDIS; ids of
 * rules; objects. 1, or 0 with a message that names the word, and the nearest. */
int select_words(struct selection *s, const char *words);

int is_selected(const struct selection *s, const struct finding *f);

#endif
