/* hung_up.c - see hung_up.h. */
#include "hung_up.h"

#include "seen.h"

/* The client was told, and has not asked for the end since. */
static int is_told_and_has_not_asked(const struct seen *s, uint16_t told, uint16_t asks)
{
    return s->line[told] != 0 && s->line[told] > s->line[asks];
}

/* CALL-20: it MUST call NdisClCloseCall. */
static int owes_the_close(struct judge *j, struct object vc)
{
    const struct vc v = j->core.vc[vc.handle.slot < MAX_VC ? vc.handle.slot : 0];

    return vc.handle.slot < MAX_VC && v.generation == vc.handle.generation && v.hung_up != 0 &&
           v.call == CALL_CONNECTED &&
           is_told_and_has_not_asked(seen_of(j, vc), VC_INCOMING_CLOSE_ENTER, VC_CLOSE_CALL_CALL);
}

/* PTY-10: it MUST call NdisClDropParty; with a call that is closed its parties go. */
static int owes_the_drop(struct judge *j, struct object party)
{
    const struct party p = j->core.party[party.handle.slot < MAX_PARTY ? party.handle.slot : 0];
    const struct object vc = {A_VC, p.vc};

    return party.handle.slot < MAX_PARTY && p.generation == party.handle.generation &&
           p.remote_drop != 0 && p.phase == PARTY_THERE && vc.handle.slot < MAX_VC &&
           j->core.vc[vc.handle.slot].call == CALL_CONNECTED && !owes_the_close(j, vc) &&
           is_told_and_has_not_asked(seen_of(j, party), PARTY_INCOMING_DROP_ENTER, PARTY_DROP_CALL);
}

enum requirement owed_to_the_other_side(struct judge *j, struct object o)
{
    if (o.kind == A_VC && owes_the_close(j, o)) {
        return CALL_20;
    }
    return o.kind == A_PARTY && owes_the_drop(j, o) ? PTY_10 : CONFORMING;
}

int is_told_of_the_end(struct judge *j, const uint16_t *operation, struct outstanding *o)
{
    const uint16_t told = o->object.kind == A_VC ? VC_INCOMING_CLOSE_ENTER : PARTY_INCOMING_DROP_ENTER;
    int is_told = 0;

    for (unsigned i = 0; i < LONGEST_OPERATION; i++) {
        is_told |= operation[i] == told;
    }
    if (!is_told || owed_to_the_other_side(j, o->object) == CONFORMING) {
        return 0;
    }
    o->what = event_name(told);
    o->since = seen_of(j, o->object)->line[told];
    o->owed_by = "client";
    return 1;
}
