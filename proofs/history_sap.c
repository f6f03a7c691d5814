/* history_sap.c - theorems over histories of SAPs; see history.c. */
#include "core/core.h"

void history_of_a_dead_sap_handle(struct core *c, const struct event *events, uint32_t count,
                                  struct handle dead);
void history_of_the_operations_of_a_sap(struct core *c, const struct event *events,
                                        uint32_t count, uint32_t slot);

/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires dead: sap_handle_dead(*c, dead) && c->readings.amb_28 != 'b';
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c);
    ensures SAP_07_dead_for_ever: sap_handle_dead(*c, dead); */
void history_of_a_dead_sap_handle(struct core *c, const struct event *events, uint32_t count,
                                  struct handle dead)
{
    /*@ loop invariant in_bounds: 0 <= i <= count;
        loop invariant consistent: core_invariant(*c);
        loop invariant readings: c->readings == \at(c->readings, Pre);
        loop invariant SAP_07_dead: sap_handle_dead(*c, dead);
        loop assigns i, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        enum requirement answer = core_step(c, events[i]);
        /*@ assert SAP_07_every_use_is_refused:
              events[i].object == dead && events[i].kind == SAP_DEREGISTER_CALL ==>
              answer != CONFORMING; */
        /*@ assert SAP_02_never_given_out_again:
              events[i].object == dead && events[i].kind == SAP_REGISTER_CALL ==>
              answer != CONFORMING; */
        (void)answer, (void)dead; /* they stand in the assertions only */
    }
}

/* Whatever comes, a SAP's operations are completed as often as they were pended, but for
 * the one that is pended now, or whose completion came before its PENDING (AMB-29). */
/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires nothing_pended: slot < MAX_SAP && completions_owed(c->sap[slot].operation) == 0;
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c); */
void history_of_the_operations_of_a_sap(struct core *c, const struct event *events,
                                        uint32_t count, uint32_t slot)
{
    uint32_t pended = 0, completed = 0;

    /*@ loop invariant in_bounds: 0 <= i <= count && pended <= i && completed <= i;
        loop invariant consistent: core_invariant(*c);
        loop invariant SAP_04_SAP_11_completed_once_for_each_pended:
          pended - completed == completions_owed(c->sap[slot].operation);
        loop assigns i, pended, completed, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        const struct event e = events[i];

        if (core_step(c, e) == CONFORMING && e.object.slot == slot) {
            pended += (e.kind == SAP_REGISTER_LEAVE || e.kind == SAP_DEREGISTER_LEAVE) &&
                              e.status == PENDING
                          ? 1u
                          : 0u;
            completed += e.kind == SAP_REGISTER_COMPLETE ||
                                 e.kind == SAP_REGISTER_MCM_COMPLETE ||
                                 e.kind == SAP_DEREGISTER_COMPLETE ||
                                 e.kind == SAP_DEREGISTER_MCM_COMPLETE
                             ? 1u
                             : 0u;
        }
    }
    /*@ assert SAP_04_SAP_11_at_most_one_differs: -1 <= pended - completed <= 1; */
}
