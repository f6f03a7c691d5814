/* history_af.c - theorems over histories of AFs: each pended close is completed once, each
 * pended notification answered once, and no callback comes into a context that was freed;
 * see history.c. */
#include "core/core.h"

void history_of_the_closes_of_an_af(struct core *c, const struct event *events,
                                    uint32_t count, uint32_t slot);
void history_of_a_freed_client_context(struct core *c, const struct event *events,
                                       uint32_t count, struct handle af);
void history_of_a_freed_manager_context(struct core *c, const struct event *events,
                                        uint32_t count, struct handle af);

/* Whatever comes, a slot's closes are completed as often as they were pended, but for the one
 * that is pended now, or whose completion came before its PENDING (AMB-29); so with answers. */
/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires nothing_pended: slot < MAX_AF && closes_owed(c->af[slot]) == 0 &&
      answers_owed(c->af[slot]) == 0;
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c); */
void history_of_the_closes_of_an_af(struct core *c, const struct event *events,
                                    uint32_t count, uint32_t slot)
{
    uint32_t pended = 0, completed = 0, answers_asked = 0, answers = 0;

    /*@ loop invariant in_bounds: 0 <= i <= count && pended <= i && completed <= i &&
          answers_asked <= i && answers <= i;
        loop invariant consistent: core_invariant(*c);
        loop invariant AF_CM_20_completed_once_for_each_pended:
          pended - completed == closes_owed(c->af[slot]);
        loop invariant NTF_24_answered_once_for_each_pended:
          answers_asked - answers == answers_owed(c->af[slot]);
        loop assigns i, pended, completed, answers_asked, answers, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        const struct event e = events[i];

        if (core_step(c, e) == CONFORMING && e.object.slot == slot) {
            pended += e.kind == LEAVE_CM_CLOSE_AF && e.status == PENDING ? 1u : 0u;
            completed += e.kind == CALL_CM_CLOSE_AF_COMPLETE ||
                                 e.kind == CALL_MCM_CLOSE_AF_COMPLETE
                             ? 1u
                             : 0u;
            answers_asked += e.kind == LEAVE_CL_NOTIFY_CLOSE_AF && e.status == PENDING ? 1u : 0u;
            answers += e.kind == CALL_NOTIFY_COMPLETE ? 1u : 0u;
        }
    }
    /*@ assert AF_CM_20_at_most_one_differs: -1 <= pended - completed <= 1; */
    /*@ assert NTF_24_at_most_one_differs: -1 <= answers_asked - answers <= 1; */
}

/*@ // The context was handed over with this open, and is freed; or the open is long gone.
    predicate client_context_freed(struct core c, struct handle af) =
      af.slot < MAX_AF && (c.af[af.slot].generation > af.generation ||
        (c.af[af.slot].generation == af.generation && c.af[af.slot].phase != AF_FREE &&
         c.af[af.slot].client_context == 0));

    predicate manager_context_freed_of(struct core c, struct handle af) =
      af.slot < MAX_AF && (c.af[af.slot].generation > af.generation ||
        (c.af[af.slot].generation == af.generation && c.af[af.slot].phase != AF_FREE &&
         c.af[af.slot].phase != AF_OPENING && c.af[af.slot].manager_context == 0));

    predicate enters_client_context(integer kind) =
      kind == ENTER_CL_CLOSE_AF_COMPLETE || kind == ENTER_CL_NOTIFY_CLOSE_AF;

    predicate enters_manager_context(integer kind) =
      kind == ENTER_CM_CLOSE_AF || kind == ENTER_CM_NOTIFY_COMPLETE;
*/

/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires freed: client_context_freed(*c, af);
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c);
    ensures AF_CL_09_freed_for_ever: client_context_freed(*c, af); */
void history_of_a_freed_client_context(struct core *c, const struct event *events,
                                       uint32_t count, struct handle af)
{
    /*@ loop invariant in_bounds: 0 <= i <= count;
        loop invariant consistent: core_invariant(*c);
        loop invariant AF_CL_09_freed: client_context_freed(*c, af);
        loop assigns i, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        /*@ assert AF_CL_08_no_right: events[i].object == af &&
              (enters_client_context(events[i].kind) ||
               events[i].kind == FREE_CLIENT_AF_CONTEXT) ==>
              !(af_handle_live(*c, af) && af_accepts(c->af[af.slot], c->readings, events[i])); */
        enum requirement answer = core_step(c, events[i]);
        /*@ assert AF_CL_08_no_callback_into_it:
              events[i].object == af && enters_client_context(events[i].kind) ==>
              answer != CONFORMING; */
        /*@ assert AF_CL_09_never_freed_again:
              events[i].object == af && events[i].kind == FREE_CLIENT_AF_CONTEXT ==>
              answer != CONFORMING; */
        (void)answer, (void)af; /* they stand in the assertions only */
    }
}

/*@ requires valid: \valid(c) && \valid_read(events + (0 .. count - 1));
    requires separated: \separated(c, events + (0 .. count - 1));
    requires consistent: core_invariant(*c);
    requires freed: manager_context_freed_of(*c, af);
    terminates \true;
    exits never: \false;
    assigns *c;
    ensures consistent: core_invariant(*c);
    ensures AF_CM_24_freed_for_ever: manager_context_freed_of(*c, af); */
void history_of_a_freed_manager_context(struct core *c, const struct event *events,
                                        uint32_t count, struct handle af)
{
    /*@ loop invariant in_bounds: 0 <= i <= count;
        loop invariant consistent: core_invariant(*c);
        loop invariant AF_CM_24_freed: manager_context_freed_of(*c, af);
        loop assigns i, *c;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        /*@ assert AF_CM_24_no_right: events[i].object == af &&
              (enters_manager_context(events[i].kind) ||
               events[i].kind == FREE_CALL_MGR_AF_CONTEXT) ==>
              !(af_handle_live(*c, af) && af_accepts(c->af[af.slot], c->readings, events[i])); */
        enum requirement answer = core_step(c, events[i]);
        /*@ assert AF_CM_24_no_callback_into_it:
              events[i].object == af && enters_manager_context(events[i].kind) ==>
              answer != CONFORMING; */
        /*@ assert AF_CM_24_never_freed_again:
              events[i].object == af && events[i].kind == FREE_CALL_MGR_AF_CONTEXT ==>
              answer != CONFORMING; */
        (void)answer, (void)af; /* they stand in the assertions only */
    }
}
