/* core_party.c - the table of parties; see core_tables.h. */
#include "core_tables.h"

/*@ LOOKS_ONLY
    ensures stale: \result == stale_party_breaks(kind); */
static enum requirement stale_party_breaks(uint16_t kind)
{
    switch (kind) {
    case PARTY_ADD_CALL:
    case PARTY_ADD_DELIVER:
    case PARTY_ADD_RETURN:
    case PARTY_ADD_OWN:
    case PARTY_DROP_CALL:
    case PARTY_DROP_DELIVER:
    case PARTY_DROP_RETURN:
    case PARTY_DROP_OWN:
    case PARTY_INCOMING_DROP_ENTER:
    case FREE_CLIENT_PARTY_CONTEXT: return PTY_02;
    default: return PTY_08;
    }
}

enum requirement core_party_event(struct core *c, struct event e)
{
    struct party next;
    enum requirement broken = CONFORMING;
    uint8_t vc_is_connected = 0;

    if (e.object.slot >= MAX_PARTY) {
        return stale_party_breaks(e.kind);
    }
    next = c->party[e.object.slot];
    if (e.kind == PARTY_ADD_CALL) {
        if (e.object.generation == 0 || e.object.generation - 1 != next.generation) {
            broken = PTY_12;
        } else if (e.on.slot >= MAX_VC || c->vc[e.on.slot].generation != e.on.generation) {
            broken = VC_12;
        }
    } else if (e.object.generation == 0 || e.object.generation != next.generation) {
        broken = stale_party_breaks(e.kind);
    } else if (e.on.slot != next.vc.slot || e.on.generation != next.vc.generation) {
        broken = NOT_AN_EVENT;
    }
    if (broken == CONFORMING) {
        if (e.on.slot < MAX_VC && c->vc[e.on.slot].call == CALL_CONNECTED) {
            vc_is_connected = 1;
        }
        broken = party_step(&next, vc_is_connected, c->binding[MANAGER_BINDING].miniport,
                            c->readings, e);
    }
    if (broken == CONFORMING) {
        /*@ assert evolves: party_evolves(c->party[e.object.slot], next); */
        /*@ assert held: party_is_held(*c, next); */
        c->party[e.object.slot] = next;
        /*@ assert alone: only_party(\at(*c, Pre), *c, e.object.slot); */
    }
    return broken;
}
