/* core_tables.h - the steps of core_step, one for each kind of object: they look the handle
 * up, see what the other tables allow, and let the record take its step. */
#ifndef CLOSEAF_CORE_TABLES_H
#define CLOSEAF_CORE_TABLES_H

#include "core.h"

/* A step of the whole, of which one table changes. */
#define STEP_OF_TABLE(only)                                                    \
    requires valid: \valid(c);                                                 \
    requires consistent: core_invariant(*c);                                   \
    requires is_status: e.status < STATUS_COUNT;                               \
    terminates \true;                                                          \
    exits never: \false;                                                       \
    assigns *c;                                                                \
    ensures consistent: core_invariant(*c);                                    \
    ensures evolves: core_evolves(\old(*c), *c);                               \
    ensures refused_is_unchanged: \result != CONFORMING ==> *c == \old(*c);    \
    ensures others_alone: only(\old(*c), *c, e.object.slot);

/* The right to use an AF (AF-CL-01, AF-CL-02, AF-CL-27). */
/*@ requires valid: \valid_read(c);
    LOOKS_ONLY
    ensures right: \result == CONFORMING <==>
      af_handle_live(*c, af) && client_may_use(c->af[af.slot]);
    ensures AF_CL_01: !af_handle_live(*c, af) ==> \result == AF_CL_01;
    ensures AF_CL_02: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSED ==>
      \result == AF_CL_02;
    ensures AF_CL_27: af_handle_live(*c, af) && c->af[af.slot].phase == AF_CLOSING ==>
      \result == AF_CL_27; */
enum requirement core_right_to_use(const struct core *c, struct handle af);

/*@ STEP_OF_TABLE(only_sap)
    ensures SAP_07_stale_handle: e.kind != SAP_REGISTER_CALL &&
      !sap_handle_live(\old(*c), e.object) ==> \result == SAP_07 || \result == SAP_11;
    ensures SAP_02_a_registration_gives_a_new_generation:
      e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      e.object.slot < MAX_SAP && sap_slot_free(\old(*c).sap[e.object.slot]) &&
      e.object.generation == \old(*c).sap[e.object.slot].generation + 1 &&
      c->sap[e.object.slot].af == e.on;
    ensures AF_CL_01: e.kind == SAP_REGISTER_CALL && \result == CONFORMING ==>
      af_handle_live(\old(*c), e.on) && client_may_use(\old(*c).af[e.on.slot]);
    ensures SAP_04_SAP_11_completed_once_for_each_pended: \result == CONFORMING ==>
      e.object.slot < MAX_SAP && completions_owed(c->sap[e.object.slot].operation) ==
      completions_owed(\old(*c).sap[e.object.slot].operation) + sap_pends(e) -
      sap_completes(e);
    ensures SAP_07_handle_is_dead: e.kind == SAP_DEREGISTER_CALL &&
      c->readings.amb_28 != 'b' && sap_handle_dead(\old(*c), e.object) ==>
      \result != CONFORMING; */
enum requirement core_sap_event(struct core *c, struct event e);

#endif
