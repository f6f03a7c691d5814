/* history.c - the theorem over histories: whatever events come, in whatever number, a
 * handle that is dead stays dead, and every later use of it is refused (AF-CL-01,
 * AF-CL-02, CAD-12). The events are arbitrary, so this speaks of every history of every
 * length. It is proved, not called. */
#include "core/core.h"

void history_of_a_dead_af_handle(struct core *c, const struct event *events,
                                 uint32_t count, struct handle dead);
void history_of_a_dead_binding_handle(struct core *c, const struct event *events,
                                      uint32_t count, struct handle dead);

/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires dead: af_handle_dead(*c, dead);
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c);
    ensures AF_CL_01_dead_for_ever: af_handle_dead(*c, dead); */
void history_of_a_dead_af_handle(struct core *c, const struct event *events,
                                 uint32_t count, struct handle dead)
{
    /*@ loop invariant in_bounds: 0 <= i <= count;
        loop invariant consistent: core_invariant(*c);
        loop invariant AF_CL_01_dead: af_handle_dead(*c, dead);
        loop assigns i, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        enum requirement answer = core_step(c, events[i]);
        /*@ assert AF_CL_02_every_use_is_refused:
              (events[i].on == dead && uses_af(events[i].kind)) ||
              (events[i].object == dead && events[i].kind == CALL_CLOSE_AF) ==>
              answer != CONFORMING; */
        /*@ assert AF_CL_21_never_given_out_again:
              events[i].object == dead && (events[i].kind == OPEN_AF_CALL ||
                (events[i].kind == RETURN_OPEN_AF && events[i].status == SUCCESS)) ==>
              answer != CONFORMING; */
        (void)answer, (void)dead; /* they stand in the assertions only */
    }
}

/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires dead: binding_handle_dead(*c, dead);
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c);
    ensures CAD_12_dead_for_ever: binding_handle_dead(*c, dead); */
void history_of_a_dead_binding_handle(struct core *c, const struct event *events,
                                      uint32_t count, struct handle dead)
{
    /*@ loop invariant in_bounds: 0 <= i <= count;
        loop invariant consistent: core_invariant(*c);
        loop invariant CAD_12_dead: binding_handle_dead(*c, dead);
        loop assigns i, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        enum requirement answer = core_step(c, events[i]);
        /*@ assert CAD_12_every_use_is_refused:
              events[i].object == dead &&
              (events[i].kind == CALL_SEND || events[i].kind == CALL_OID_REQUEST) ==>
              answer != CONFORMING; */
        /*@ assert CAD_02_never_given_out_again:
              events[i].object == dead &&
              (events[i].kind == ENTER_BIND || events[i].kind == ENTER_INITIALIZE) ==>
              answer != CONFORMING; */
        (void)answer, (void)dead; /* they stand in the assertions only */
    }
}
