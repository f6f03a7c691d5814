/* manager_kind.c - see manager_kind.h. */
#include "manager_kind.h"

#include "middle.h"
#include "seen.h"

#include <string.h>

enum manager_kind { NOT_SHOWN, STANDS_ALONE, IS_AN_MCM };

static const struct object manager = {A_BINDING, {MANAGER_BINDING, 0}};

static int is_named(uint16_t kind, const char *beginning)
{
    return strncmp(event_name(kind), beginning, strlen(beginning)) == 0;
}

/* Its own binding: a protocol driver opens and closes it, a miniport is initialised and halted. */
static enum manager_kind shown_by_its_binding(uint16_t kind)
{
    if (is_named(kind, "MiniportInitialize") || is_named(kind, "MiniportHalt")) {
        return IS_AN_MCM;
    }
    return is_named(kind, "Protocol") || is_named(kind, "NdisOpenAdapter") || is_named(kind, "NdisCloseAdapter") ||
                   is_named(kind, "NdisCompleteBind") || is_named(kind, "NdisCompleteUnbind")
               ? STANDS_ALONE
               : NOT_SHOWN;
}

/* Of a VC NDIS asks the miniport only below a stand-alone call manager (VC-25). */
static int asks_the_miniport_below(uint16_t kind)
{
    return strcmp(event_object(kind), "vc") == 0 && (is_named(kind, "MiniportCo") || is_named(kind, "NdisMCoDeactivate"));
}

static enum manager_kind shown_by(struct event e)
{
    if (twin_of(e.kind) != e.kind) { /* each kind has its own function (MCM-07) */
        return is_named(e.kind, "NdisMCm") ? IS_AN_MCM : STANDS_ALONE;
    }
    if (asks_the_miniport_below(e.kind)) {
        return STANDS_ALONE;
    }
    return object_of_event(e).kind == A_BINDING && e.object.slot == MANAGER_BINDING ? shown_by_its_binding(e.kind)
                                                                                    : NOT_SHOWN;
}

int is_of_an_mcm(uint16_t kind)
{
    return is_named(kind, "NdisMCm") || (is_named(kind, "Miniport") && !asks_the_miniport_below(kind));
}

int is_taken_for_an_mcm(const struct judge *j, uint16_t kind)
{
    return j->core.binding[MANAGER_BINDING].generation > 0 ? j->core.binding[MANAGER_BINDING].miniport
                                                           : is_of_an_mcm(kind);
}

/* What was supposed of a call manager of one kind is now that of the other. Below one that stands alone the miniport
 * has each VC. */
static void becomes_of_the_other_kind(struct core *c)
{
    const uint8_t is_mcm = (uint8_t)!c->binding[MANAGER_BINDING].miniport;
    const struct supposed_object binding = {
        "binding", {MANAGER_BINDING, c->binding[MANAGER_BINDING].generation}, {0, 0}, is_mcm};

    if (!suppose_object(c, binding, NULL)) {
        return;
    }
    for (uint32_t i = 0; i < MAX_AF; i++) {
        c->af[i].miniport = c->af[i].phase != AF_FREE ? is_mcm : c->af[i].miniport;
    }
    for (uint32_t i = 0; i < MAX_VC; i++) {
        c->vc[i].miniport_context = !is_mcm && c->vc[i].phase >= VC_CREATED;
    }
}

/* Nothing was seen of its binding, so that it is all supposed. */
static int is_supposed(struct judge *j)
{
    return j->from_the_middle && seen_of(j, manager)->was_there && seen_of(j, manager)->begun == 0 &&
           j->core.binding[MANAGER_BINDING].generation > 0;
}

void look_which_call_manager(struct judge *j, struct event e)
{
    const enum manager_kind shown = shown_by(e);

    if (shown == NOT_SHOWN || j->manager_kind_is_shown) {
        return;
    }
    j->manager_kind_is_shown = 1;
    if (is_supposed(j) && j->core.binding[MANAGER_BINDING].miniport != (shown == IS_AN_MCM)) {
        becomes_of_the_other_kind(&j->core);
    }
}

int is_right_of_the_other_kind(struct judge *j, struct event e)
{
    static struct core other;

    if (j->manager_kind_is_shown || !is_supposed(j)) {
        return 0;
    }
    other = j->core;
    becomes_of_the_other_kind(&other);
    if (core_step(&other, e) != CONFORMING) {
        return 0;
    }
    j->core = other;
    return 1;
}
