/* debts.h - who owes what to whom where a trace ends: what is outstanding, what is left undone, and what
 * waits behind it. */
#ifndef CLOSEAF_DEBTS_H
#define CLOSEAF_DEBTS_H

#include "trace/rest.h"

/* Something that is owed. */
struct debt {
    struct object object;
    const char *what;         /* "send", "request", "receive", a function or a callback that has not come to
                                 its end; "": something else is left undone of the object */
    unsigned long since;      /* the line; 0: before the recording */
    const char *by, *to;      /* "client", "call manager", "NDIS", ...; to may be "" */
    enum requirement rule;    /* CONFORMING: no rule asks for it yet */
    unsigned ended_by;        /* the step of the way; 0: none */
};

#define MOST_DEBTS 512u
struct debts {
    struct debt list[MOST_DEBTS];
    unsigned count, beyond; /* those for which there was no room */
};

/* Lists what is owed where j is. */
void find_debts(struct debts *d, struct judge *j);

/* Says of each of them which step of the way ends it. */
void find_ends(struct debts *d, struct way *w);

/* Whether the other cannot come to its end before the debt is paid. */
int waits_behind(struct judge *j, const struct debt *debt, const struct debt *other);

/* The rule against the wait with which the thread ends; CONFORMING: none. */
enum requirement rule_against_wait(const struct judge *j, unsigned thread);

/* "call manager" or "client 1": who holds the object at this end. */
void write_party(FILE *out, struct judge *j, const struct debt *debt, const char *party);

/* "ProtocolCmCloseAf of af:0.1", "the unbind of binding:1.1"; or the object alone. */
void write_debt(FILE *out, const struct debt *debt);

/* The same of all that waits behind it, with their lines, behind the word before: 1, or 0 and nothing is
 * written if nothing does. */
int write_behind(FILE *out, const char *before, struct judge *j, const struct debts *d,
                 const struct debt *debt);

/* In which calls and callbacks the thread stands, the innermost first, with their lines: " in NAME (OBJECT) since line
 * N, in ..."; nothing if it stands in none. */
void write_standing(FILE *out, const struct nesting *n, unsigned thread);

#endif
