/* core_sap.c - the table of SAPs; see core_tables.h. */
#include "core_tables.h"

/*@ LOOKS_ONLY
    ensures stale: \result == stale_sap_breaks(kind); */
static enum requirement stale_sap_breaks(uint16_t kind)
{
    switch (kind) {
    case SAP_REGISTER_ENTER:
    case SAP_REGISTER_LEAVE:
    case SAP_REGISTER_COMPLETE:
    case SAP_REGISTER_MCM_COMPLETE:
    case SAP_DEREGISTER_ENTER:
    case SAP_DEREGISTER_LEAVE:
    case SAP_DEREGISTER_COMPLETE:
    case SAP_DEREGISTER_MCM_COMPLETE:
    case FREE_CALL_MGR_SAP_CONTEXT: return SAP_11;
    default: return SAP_07;
    }
}

enum requirement core_sap_event(struct core *c, struct event e)
{
    struct sap next;
    enum requirement broken = CONFORMING;

    if (e.object.slot >= MAX_SAP) {
        return stale_sap_breaks(e.kind);
    }
    next = c->sap[e.object.slot];
    if (e.kind == SAP_REGISTER_CALL) {
        broken = e.object.generation == 0 || e.object.generation - 1 != next.generation
                     ? SAP_02
                     : core_right_to_use(c, e.on);
    } else if (e.object.generation == 0 || e.object.generation != next.generation) {
        broken = stale_sap_breaks(e.kind);
    } else if (e.on.slot != next.af.slot || e.on.generation != next.af.generation) {
        broken = NOT_AN_EVENT;
    }
    if (broken == CONFORMING) {
        broken = sap_step(&next, core_live_af(c, e.on), c->readings, e);
    }
    if (broken == CONFORMING) {
        c->sap[e.object.slot] = next;
    }
    return broken;
}
