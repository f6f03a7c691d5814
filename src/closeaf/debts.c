/* debts.c - see debts.h. */
#include "debts.h"

#include "protocol/handle.h"
#include "trace/halts.h"
#include "trace/seen.h"
#include "trace/trace.h"
#include "trace/what_is_left.h"

#include <string.h>

/* ---- Why ---- */

/* The rule by which an operation has to come to its end: a callback that pended it, or a function that
 * NDIS has not ended. Of an MCM another one, where there is one. */
static const struct duty {
    uint16_t event;
    enum requirement rule, of_mcm;
} duties[] = {
    {ENTER_CM_CLOSE_AF, AF_CM_11, MCM_02},
    {CALL_CLOSE_AF, AF_CL_06, AF_CL_06},
    {ENTER_CL_NOTIFY_CLOSE_AF, NTF_23, NTF_23},
    {CALL_CM_NOTIFY, NTF_07, NTF_07},
    {CALL_MCM_NOTIFY, NTF_07, NTF_07},
    {OPEN_AF_ENTER, AF_OP_15, AF_OP_16},
    {OPEN_AF_CALL, AF_OP_07, AF_OP_07},
    {ENTER_BIND, BND_20, BND_20},
    {ENTER_UNBIND, UNB_10, UNB_10},
    {OPEN_ADAPTER_CALL, BND_18, BND_18},
    {CALL_CLOSE_ADAPTER, CAD_04, CAD_04},
    {SAP_REGISTER_ENTER, SAP_04, SAP_04},
    {SAP_REGISTER_CALL, SAP_01, SAP_01},
    {SAP_DEREGISTER_ENTER, SAP_11, SAP_11},
    {SAP_DEREGISTER_CALL, SAP_08, SAP_08},
    {VC_CREATE_BY_CLIENT_CALL, VC_03, VC_03},
    {VC_CREATE_BY_MANAGER_CALL, VC_03, VC_03},
    {VC_DELETE_BY_CLIENT_CALL, VC_11, VC_11},
    {VC_DELETE_BY_MANAGER_CALL, VC_11, VC_11},
    {VC_DEACTIVATE_ENTER, VC_22, VC_22},
    {VC_DEACTIVATE_CALL, VC_21, VC_21},
    {VC_MAKE_CALL_ENTER, CALL_04, CALL_04},
    {VC_MAKE_CALL_CALL, CALL_02, CALL_02},
    {VC_CLOSE_CALL_ENTER, CALL_15, CALL_15},
    {VC_CLOSE_CALL_CALL, CALL_08, CALL_08},
    {VC_INCOMING_CALL_ENTER, CALL_22, CALL_22},
    {VC_INCOMING_CALL_CALL, CALL_23, CALL_23},
    {VC_INCOMING_CLOSE_ENTER, CALL_20, CALL_20},
    {PARTY_INCOMING_DROP_ENTER, PTY_10, PTY_10},
    {PARTY_ADD_ENTER, PTY_13, PTY_13},
    {PARTY_ADD_CALL, PTY_12, PTY_12},
    {PARTY_DROP_ENTER, PTY_06, PTY_06},
    {PARTY_DROP_CALL, PTY_01, PTY_01},
    {REQUEST_BY_CLIENT_ENTER, OID_03, OID_03},
    {REQUEST_BY_CLIENT_CALL, OID_01, OID_01},
    {REQUEST_BY_MANAGER_ENTER, OID_03, OID_03},
    {REQUEST_BY_MANAGER_CALL, OID_01, OID_01},
    {OID_CO_AF_CLOSE_ENTER, OID_03, OID_03},
    {OID_CO_AF_CLOSE_CALL, OID_01, OID_01},
    {REQUEST_TO_MINIPORT_CALL, OID_01, OID_01},
    {PAUSE_ENTER, PNP_08, PNP_08},
    {RESTART_ENTER, PNP_08, PNP_08},
};
#define DUTIES (sizeof duties / sizeof *duties)

static enum requirement rule_of(struct judge *j, const struct debt *debt)
{
    const int is_mcm = j->core.binding[MANAGER_BINDING].miniport == 1;
    enum requirement unmet;

    if (strcmp(debt->what, "send") == 0) {
        return BND_29;
    }
    if (strcmp(debt->what, "request") == 0) {
        return OID_10;
    }
    if (strcmp(debt->what, "receive") == 0) {
        return BND_28;
    }
    for (size_t i = 0; i < DUTIES; i++) {
        if (strcmp(event_name(duties[i].event), debt->what) == 0 &&
            object_kind_of(event_object(duties[i].event)) == debt->object.kind) {
            return is_mcm ? duties[i].of_mcm : duties[i].rule;
        }
    }
    if (strncmp(debt->what, "ProtocolNetPnPEvent/", 20) == 0) {
        return PNP_08;
    }
    if (debt->object.handle.slot >= table_size(debt->object.kind)) {
        return CONFORMING;
    }
    unmet = unmet_of(j, debt->object.kind, debt->object.handle.slot);
    return debt->object.kind == A_BINDING ? without_rules_of_unbinds(j, debt->object, unmet) : unmet;
}

/* While a thread still stands in the callback it has pended nothing yet. */
static enum requirement rule_inside(const struct judge *j, const struct debt *debt)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        for (unsigned i = 0; i < j->nesting.depth[thread]; i++) {
            const struct frame *frame = &j->nesting.frames[thread][i];

            if (frame->since == debt->since && is_open_frame(frame)) {
                return frame->begun.kind == ENTER_UNBIND               ? UNB_26
                       : frame->begun.kind == ENTER_CL_NOTIFY_CLOSE_AF ? NTF_40
                       : frame->begun.kind == ENTER_CM_CLOSE_AF        ? AF_CL_24
                                                                       : debt->rule;
            }
        }
    }
    return debt->rule;
}

/* ---- Who ---- */

static const char *party_named(const char *driver)
{
    return strcmp(driver, "manager") == 0 ? "call manager" : driver;
}

static const char *owner_of_binding(struct object o)
{
    return o.handle.slot == MANAGER_BINDING ? "call manager" : "client";
}

/* Data or a request without a handle of its own: none waits for another. */
static int is_thing(const struct debt *debt)
{
    return strcmp(debt->what, "send") == 0 || strcmp(debt->what, "request") == 0 ||
           strcmp(debt->what, "receive") == 0;
}

/* Who has asked for the operation: the one who called the function, or NDIS. */
static const char *asker_of(const struct debt *debt)
{
    if (is_thing(debt)) {
        return debt->object.kind == A_BINDING ? owner_of_binding(debt->object) : "client";
    }
    for (unsigned i = 0; i < operation_count(); i++) {
        const uint16_t *operation = operation_of(i);

        for (unsigned k = 0; k < LONGEST_OPERATION && operation[k] != NO_EVENT; k++) {
            if (strcmp(event_name(operation[k]), debt->what) == 0 &&
                object_kind_of(event_object(operation[k])) == debt->object.kind) {
                const char *driver = event_driver(operation[0]);

                return strcmp(event_verb(operation[0]), "call") != 0 ? "NDIS"
                       : strcmp(driver, "owner") == 0                ? owner_of_binding(debt->object)
                                                                     : party_named(driver);
            }
        }
    }
    return "NDIS";
}

static const char *debtor_of_rule(enum requirement rule, struct object o)
{
    const char *actor = requirement_actor(rule);

    return strncmp(actor, "client", 6) == 0     ? "client"
           : strncmp(actor, "CM", 2) == 0 || strcmp(actor, "MCM") == 0 ? "call manager"
           : strncmp(actor, "protocol", 8) == 0 ? owner_of_binding(o)
           : strncmp(actor, "miniport", 8) == 0 ? "miniport"
                                                : "NDIS";
}

static const char *other_side(const char *party, struct object o)
{
    return o.kind == A_BINDING || o.kind == A_DRIVER
               ? (strcmp(party, "NDIS") == 0 ? owner_of_binding(o) : "NDIS")
           : strcmp(party, "client") == 0       ? "call manager"
           : strcmp(party, "call manager") == 0 ? "client"
                                                : "";
}

void write_party(FILE *out, struct judge *j, const struct debt *debt, const char *party)
{
    struct object o = debt->object;

    fprintf(out, "%s%s", strcmp(party, "NDIS") == 0 ? "" : "the ", party);
    if (strcmp(party, "client") != 0) {
        return;
    }
    while (o.kind != A_BINDING && o.kind != A_DRIVER && o.kind != NO_OBJECT) {
        o = holder_of(j, o);
    }
    if (o.kind != NO_OBJECT && o.handle.slot != MANAGER_BINDING) {
        fprintf(out, " of binding %lu", (unsigned long)o.handle.slot);
    }
}

/* ---- What ---- */

static struct debt *add_debt(struct debts *d)
{
    static const struct debt none;

    if (d->count == MOST_DEBTS) {
        d->beyond++;
        return NULL;
    }
    d->list[d->count] = none;
    d->list[d->count].what = "";
    return &d->list[d->count++];
}

static int is_same(struct object a, struct object b)
{
    return a.kind == b.kind && handles_equal(a.handle, b.handle);
}

static const struct debt *debt_on(const struct debts *d, struct object o)
{
    for (unsigned i = 0; i < d->count; i++) {
        if (is_same(d->list[i].object, o)) {
            return &d->list[i];
        }
    }
    return NULL;
}

static void find_outstanding(struct debts *d, struct judge *j)
{
    struct outstanding o;

    for (int begin = 1; judge_outstanding(j, begin, &o); begin = 0) {
        struct debt *debt = add_debt(d);

        if (debt != NULL) {
            debt->object = o.object;
            debt->what = o.what;
            debt->since = o.since;
            debt->by = party_named(o.owed_by);
            debt->rule = rule_of(j, debt);
            debt->rule = rule_inside(j, debt);
            if (debt->rule == AF_CM_11 || debt->rule == MCM_02) {
                debt->rule = client_keeps_it_open(j, o.object.handle.slot) ? AF_CM_13 : debt->rule;
            }
            debt->to = strcmp(debt->by, "NDIS") == 0 || o.what[0] == 'P' ? asker_of(debt) : "NDIS";
            if (strcmp(debt->to, debt->by) == 0) {
                debt->to = debt->rule == AF_CM_13          ? "call manager"
                           : strcmp(debt->by, "NDIS") == 0 ? other_side(debt->by, o.object)
                                                           : "NDIS";
            }
        }
    }
}

/* The line that brought it on: the removal, of an unbind that is owed; else the object's last. */
static unsigned long last_line_of(struct judge *j, struct object o, enum requirement unmet)
{
    const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};
    const struct seen *s = seen_of(j, o);
    const unsigned long removed = seen_of(j, manager)->line[REMOVE_ADAPTER];
    unsigned long line = 0;

    if (unmet == UNB_01) {
        line = s->line[REMOVE_BINDING] > removed ? s->line[REMOVE_BINDING] : removed;
    }
    for (uint16_t kind = NO_EVENT + 1; (unmet != UNB_01 || line == 0) && kind < EVENT_KIND_COUNT; kind++) {
        line = s->line[kind] > line ? s->line[kind] : line;
    }
    return line;
}

/* What is left undone of objects that have nothing outstanding. */
static void find_left_undone(struct debts *d, struct judge *j)
{
    for (enum object_kind kind = AN_AF; kind < A_DRIVER; kind = (enum object_kind)(kind + 1)) {
        for (uint32_t slot = 0; slot < table_size(kind); slot++) {
            const struct object o = {kind, {slot, generation_of(&j->core, kind, slot)}};
            const enum requirement unmet = unmet_of(j, kind, slot);
            struct debt *debt;

            if (unmet == CONFORMING || debt_on(d, o) != NULL || seen_of(j, o)->ended_in_vain ||
                seen_of(j, o)->is_astray ||
                rests_on_supposed(&j->going_on, object_kind_name(kind), o.handle)) {
                continue;
            }
            debt = add_debt(d);
            if (debt != NULL) {
                debt->object = o;
                debt->since = last_line_of(j, o, unmet);
                debt->rule = unmet;
                debt->by = debtor_of_rule(unmet, o);
                debt->to = other_side(debt->by, o);
            }
        }
    }
}

/* A call or a callback that has not come back, of which nothing else is owed. */
static void find_standing(struct debts *d, struct judge *j)
{
    for (unsigned thread = 0; thread < THREADS; thread++) {
        const struct nesting *n = &j->nesting;

        for (unsigned i = 0; innermost(n, thread) != NULL && i < n->depth[thread]; i++) {
            const struct frame *frame = &n->frames[thread][i];
            const struct object o = object_of_event(frame->begun);
            struct debt *debt;

            if (!is_open_frame(frame) || event_is_unknown(frame->begun) || debt_on(d, o) != NULL) {
                continue;
            }
            debt = add_debt(d);
            if (debt != NULL) {
                const char *driver = event_driver(frame->begun.kind);
                const char *acts = strcmp(driver, "owner") == 0 ? owner_of_binding(o) : party_named(driver);

                debt->object = o;
                debt->what = event_name(frame->begun.kind);
                debt->since = frame->since;
                debt->by = strcmp(event_verb(frame->begun.kind), "call") == 0 ? "NDIS" : acts;
                debt->to = strcmp(debt->by, "NDIS") == 0 ? acts : "NDIS";
                debt->rule = CONFORMING;
            }
        }
    }
}

void find_debts(struct debts *d, struct judge *j)
{
    d->count = 0;
    d->beyond = 0;
    find_outstanding(d, j);
    find_left_undone(d, j);
    find_standing(d, j);
}

/* ---- How it ends ---- */

static int is_still_owed(const struct debts *now, const struct debt *debt)
{
    for (unsigned i = 0; i < now->count; i++) {
        const struct debt *other = &now->list[i];

        if (is_same(other->object, debt->object) && other->since == debt->since &&
            strcmp(other->what, debt->what) == 0) {
            return 1;
        }
        if (debt->what[0] == '\0' && is_same(other->object, debt->object)) {
            return 1; /* its end has begun */
        }
    }
    return now->beyond > 0;
}

void find_ends(struct debts *d, struct way *w)
{
    static struct debts now;
    struct finding f[MOST_FINDINGS];

    go_along(w, 0);
    for (unsigned i = 0; i < w->length; i++) {
        (void)judge_event(&w->at, w->step[i], w->line + 1 + i, f);
        find_debts(&now, &w->at);
        for (unsigned k = 0; k < d->count; k++) {
            if (d->list[k].ended_by == 0 && !is_still_owed(&now, &d->list[k])) {
                d->list[k].ended_by = i + 1;
            }
        }
    }
}

/* What hangs on the outer one: a party on its VC, and so on; on a binding of either side its AFs; on the
 * call manager's the others. */
static int hangs_on(struct judge *j, struct object inner, struct object outer)
{
    struct object o = holder_of(j, inner);

    if (outer.kind == A_BINDING && outer.handle.slot == MANAGER_BINDING && inner.kind != A_DRIVER) {
        return inner.kind != A_BINDING || inner.handle.slot != MANAGER_BINDING;
    }
    for (; o.kind != NO_OBJECT; o = holder_of(j, o)) {
        if (o.kind == outer.kind && o.handle.slot == outer.handle.slot) {
            return 1;
        }
    }
    return 0;
}

int waits_behind(struct judge *j, const struct debt *debt, const struct debt *other)
{
    const unsigned never = MOST_STEPS + 1;
    const unsigned end = debt->ended_by != 0 ? debt->ended_by : never;
    const unsigned end_of_other = other->ended_by != 0 ? other->ended_by : never;

    if (debt == other) {
        return 0;
    }
    if (is_same(debt->object, other->object)) {
        return end < end_of_other && !is_thing(other);
    }
    return hangs_on(j, debt->object, other->object) && end <= end_of_other;
}

int write_behind(FILE *out, const char *before, struct judge *j, const struct debts *d,
                 const struct debt *debt)
{
    int found = 0;

    for (unsigned i = 0; i < d->count; i++) {
        if (waits_behind(j, debt, &d->list[i])) {
            fputs(before, out);
            write_debt(out, &d->list[i]);
            fprintf(out, " (line %lu)", d->list[i].since);
            before = ", ";
            found = 1;
        }
    }
    return found;
}

enum requirement rule_against_wait(const struct judge *j, unsigned thread)
{
    static struct core asked;

    if (j->nesting.last[thread].kind != WAIT_IN_NOTIFICATION) {
        return CONFORMING;
    }
    asked = j->core;
    return core_step(&asked, j->nesting.last[thread]);
}

void write_debt(FILE *out, const struct debt *debt)
{
    const char *what = debt->what[0] == '\0' && debt->rule == UNB_01 ? "the unbind" : debt->what;

    fprintf(out, "%s%s%s:%lu.%lu", what, what[0] != '\0' ? " of " : "",
            object_kind_name(debt->object.kind), (unsigned long)debt->object.handle.slot,
            (unsigned long)debt->object.handle.generation);
}

void write_standing(FILE *out, const struct nesting *n, unsigned thread)
{
    const char *before = "";

    for (unsigned place = n->depth[thread]; place > 0; place--) {
        const struct frame *frame = &n->frames[thread][place - 1];

        if (is_open_frame(frame)) {
            fprintf(out, "%s in %s (%s:%lu.%lu) since line %lu", before, event_name(frame->begun.kind),
                    event_object(frame->begun.kind), (unsigned long)frame->begun.object.slot,
                    (unsigned long)frame->begun.object.generation, frame->since);
            before = ",";
        }
    }
}
