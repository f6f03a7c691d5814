/* core.h - the protocol as a pure transition function over one fixed-size struct.
 *
 * An event goes in, an answer comes out: CONFORMING, and the state has moved on, or
 * the requirement that the event breaks, and the state is as it was. The core
 * judges both sides: what a driver does and what NDIS does. Whatever NDIS still
 * owes stands in the state (…_OWED); the runtime reads it there and does it.
 *
 * Binding slot 0 is the call manager's: its binding, or the adapter of an MCM. */
#ifndef CLOSEAF_CORE_H
#define CLOSEAF_CORE_H

#include "address_family.h"
#include "binding.h"
#include "opening.h"
#include "call.h"
#include "party.h"
#include "request.h"
#include "sap.h"

#ifndef MAX_AF
#define MAX_AF 128
#endif
#ifndef MAX_BINDING
#define MAX_BINDING 33
#endif
#ifndef MAX_SAP
#define MAX_SAP 128
#endif
#ifndef MAX_VC
#define MAX_VC 256
#endif
#ifndef MAX_PARTY
#define MAX_PARTY 128
#endif
#ifndef MAX_REQUEST
#define MAX_REQUEST 256
#endif

#define MANAGER_BINDING 0u

struct core {
    struct readings readings;
    struct binding binding[MAX_BINDING];
    struct address_family af[MAX_AF];
    struct sap sap[MAX_SAP];
    struct vc vc[MAX_VC];
    struct party party[MAX_PARTY];
    struct request request[MAX_REQUEST]; /* between a client and its call manager */
    struct request af_close[MAX_AF];     /* OID_CO_AF_CLOSE, one at a time for each AF */
    struct request to_miniport[MAX_BINDING];
    struct stack stack;                  /* beneath the protocol drivers */
};

/* The state after a step is consistent and has moved forward only, table by table: in a
 * contract a clause for each, so that a failed one says which. */
/* Few clauses, because the whole state is in the goal of each; not one, because a prover gives
 * up on that. */
#define CONSISTENT_PROMISES(SAYS, c)                                                          \
    SAYS(bindings_consistent, stack_invariant(c->stack) && bindings_consistent(*c))           \
    SAYS(afs_consistent, afs_consistent(*c) && afs_held(*c))                                  \
    SAYS(saps_and_vcs_consistent, saps_consistent(*c) && vcs_consistent(*c))                  \
    SAYS(parties_consistent, parties_consistent(*c))                                          \
    SAYS(requests_consistent, requests_consistent(*c) && af_closes_consistent(*c) &&          \
         to_miniports_consistent(*c))

#define STAYS_CONSISTENT(c) CONSISTENT_PROMISES(CLAUSE, c)

#define MOVES_FORWARD(c)                                                                      \
    ensures bindings_and_afs_evolve: c->readings == \old(c->readings) &&                      \
      bindings_evolve(\old(*c), *c) && afs_evolve(\old(*c), *c);                              \
    ensures saps_vcs_and_parties_evolve: saps_evolve(\old(*c), *c) &&                         \
      vcs_evolve(\old(*c), *c) && parties_evolve(\old(*c), *c);                               \
    ensures requests_evolve: requests_evolve(\old(*c), *c) &&                                 \
      af_closes_evolve(\old(*c), *c) && to_miniports_evolve(\old(*c), *c);

#include "core_logic.h"
#include "handle_promises.h"

/* The readings recommended in the register of ambiguities. */
/*@ LOOKS_ONLY
    ensures AMB_01: \result.amb_01 == 'b';
    ensures AMB_02: \result.amb_02 == 'b';
    ensures AMB_03: \result.amb_03 == 'a';
    ensures AMB_05: \result.amb_05 == 'a';
    ensures AMB_06: \result.amb_06 == 'b';
    ensures AMB_07: \result.amb_07 == 'b';
    ensures AMB_08: \result.amb_08 == 'b';
    ensures AMB_09: \result.amb_09 == 'c';
    ensures AMB_10: \result.amb_10 == 'c';
    ensures AMB_11: \result.amb_11 == 'b';
    ensures AMB_13: \result.amb_13 == 'a';
    ensures AMB_14_CONTEXT: \result.amb_14_context == 'b';
    ensures AMB_20: \result.amb_20 == 'c';
    ensures AMB_22: \result.amb_22 == 'c';
    ensures AMB_24: \result.amb_24 == 'a';
    ensures AMB_25: \result.amb_25 == 'a';
    ensures AMB_26: \result.amb_26 == 'b';
    ensures AMB_28: \result.amb_28 == 'a';
    ensures AMB_30: \result.amb_30 == 'a';
    ensures AMB_31: \result.amb_31 == 'b';
    ensures AMB_31_BIND: \result.amb_31_bind == 'b';
    ensures AMB_33: \result.amb_33 == 'a';
    ensures AMB_34: \result.amb_34 == 'b';
    ensures AMB_34_CONTEXT: \result.amb_34_context == 'b';
    ensures AMB_42: \result.amb_42 == 'b'; */
struct readings core_recommended_readings(void);

/* Nothing bound, nothing open, no handle ever given out. */
/*@ requires valid: \valid(c);
    terminates \true;
    exits never: \false;
    assigns *c;
    STAYS_CONSISTENT(c)
    ensures readings: c->readings == readings;
    ensures no_af: \forall integer i; 0 <= i < MAX_AF ==>
      c->af[i].phase == AF_FREE && c->af[i].generation == 0;
    ensures no_binding: \forall integer i; 0 <= i < MAX_BINDING ==>
      c->binding[i].phase == UNBOUND && c->binding[i].generation == 0;
    ensures no_sap: \forall integer i; 0 <= i < MAX_SAP ==>
      sap_is_free(c->sap[i]) && c->sap[i].generation == 0;
    ensures no_vc: \forall integer i; 0 <= i < MAX_VC ==>
      c->vc[i].phase == VC_FREE && c->vc[i].generation == 0;
    ensures no_party: \forall integer i; 0 <= i < MAX_PARTY ==>
      party_is_free(c->party[i]) && c->party[i].generation == 0;
    ensures no_request: \forall integer i; 0 <= i < MAX_REQUEST ==>
      request_is_free(c->request[i]) && c->request[i].generation == 0;
    ensures no_stack: c->stack.level == STACK_NOT_TRACED && c->stack.resetting == 0; */
void core_initialise(struct core *c, struct readings readings);

/* What core_step says of handles, and of the rest. */
#define HANDLE_PROMISES(SAYS)                                                                  \
    AF_PROMISES(SAYS, is_event(e) && is_af_event(e.kind))                                      \
    BINDING_PROMISES(SAYS, is_event(e))                                                        \
    SAP_PROMISES(SAYS, is_event(e))                                                            \
    SAYS(AF_CL_01_AF_CL_02_AF_CL_27_right_to_use_withdrawn, uses_af(e.kind) &&                 \
        !(af_handle_live(\old(*c), e.on) && client_may_use(\old(*c).af[e.on.slot])) ==>        \
        \result != CONFORMING)                                                                 \
    SAYS(AF_CM_20_NTF_24_nothing_completed, is_opening_event(e.kind) &&                        \
        \result == CONFORMING ==> e.object.slot < MAX_AF &&                                    \
        nothing_completed(\old(*c).af[e.object.slot], c->af[e.object.slot]))                   \
    SAYS(AF_CL_21_AF_OP_05_a_handle_is_given_once, \result == CONFORMING ==>                   \
        (e.kind == OPEN_AF_CALL ==> takes_a_slot(\old(*c), *c, e)) &&                          \
        ((e.kind == RETURN_OPEN_AF || e.kind == OPEN_AF_DELIVER) && e.status == SUCCESS ==>    \
           !af_handle_dead(\old(*c), e.object)))                                               \
    SAYS(SAP_02_SAP_04_SAP_07_SAP_11_handle_and_completion,                                    \
        is_sap_event(e.kind) && \result == CONFORMING ==>                                      \
          sap_given_and_completed_once(\old(*c), *c, e))

#define CORE_STEP_PROMISES(SAYS)                                                    \
    SAYS(moves_forward, core_evolves(\old(*c), *c))                                 \
    SAYS(refused_is_unchanged, \result != CONFORMING ==> *c == \old(*c))            \
    SAYS(not_an_event_is_refused, !is_event(e) ==> \result != CONFORMING)           \
    SAYS(other_afs_alone, afs_alone(\old(*c), *c, e))                               \
    SAYS(other_saps_alone, saps_alone(\old(*c), *c, e))                             \
    SAYS(binding_event_leaves_objects_alone, is_binding_event(e.kind) ==>           \
        only_bindings(\old(*c), *c))

/* What somebody should have done before this event, or instead of it, and the event happens all
 * the same: NDIS unbinds a driver that it has not paused (UNB-04); a client closes an AF on which
 * it has left SAPs, VCs or calls; the call manager refuses to close it for their sake, where it had
 * better pend (AF-CM-10). The state goes on with the event, and the call manager answers for what
 * is left (AF-CM-08, AF-CM-13, AF-CM-27). To be asked before the step. */
/*@ requires consistent: core_invariant(*c);
    LOOKS_AT(c)
    ensures AF_CL_11_AF_CM_10_nothing_left: \result == CONFORMING <==>
      (is_closed_by_client(*c, e) ==>
         no_sap_left(*c, e.object) && no_vc_of_client(*c, e.object)) &&
      !is_refused_with_vcs_left(*c, e) && !is_closed_in_unbind(*c, e) &&
      !is_unbound_unpaused(*c, e);
    ensures UNB_04: is_unbound_unpaused(*c, e) ==> \result == UNB_04;
    ensures AF_CL_14: is_closed_in_unbind(*c, e) ==> \result == AF_CL_14;
    ensures AF_CM_10: is_refused_with_vcs_left(*c, e) ==> \result == AF_CM_10;
    ensures SAP_15_SAP_16_SAP_08_the_first_sap: is_closed_by_client(*c, e) &&
      !is_closed_in_unbind(*c, e) && !no_sap_left(*c, e.object) ==>
      first_sap_keeps(*c, e.object, \result);
    ensures NTF_19_VC_19_the_first_vc: is_closed_by_client(*c, e) &&
      !is_closed_in_unbind(*c, e) && no_sap_left(*c, e.object) ==>
      first_vc_of_client_keeps(*c, e.object, \result); */
enum requirement core_left_undone(const struct core *c, struct event e);

/* One step. */
/*@ BEFORE_A_STEP_OF(core, c)
    CONSISTENT_PROMISES(CLAUSE, c)
    CORE_STEP_PROMISES(CLAUSE)
    HANDLE_PROMISES(CLAUSE) */
enum requirement core_step(struct core *c, struct event e);

/* The first requirement that the state still owes at the end of a trace; CONFORMING
 * when everything begun has ended (AF-CL-24, NTF-40, CAD-20, UNB-26). Each record is looked
 * at by itself, so that a core that holds one record alone may be asked about it. */
/*@ requires consistent: records_consistent(*c);
    LOOKS_AT(c)
    ensures nothing_half_done: \result == CONFORMING <==> core_rests(*c);
    ensures names_it: core_owes(*c, \result); */
enum requirement core_owes(const struct core *c);

/* The slot and the generation that the next open would get; slot MAX_AF: table full. */
/*@ requires consistent: core_invariant(*c);
    LOOKS_AT(c)
    ensures in_the_table: \result.slot <= MAX_AF;
    ensures full: \result.slot == MAX_AF ==> \result.generation == 0 &&
      (\forall integer i; 0 <= i < MAX_AF ==> !af_slot_is_free(c->af[i]));
    ensures free: \result.slot < MAX_AF ==> af_slot_is_free(c->af[\result.slot]) &&
      \result.generation == c->af[\result.slot].generation + 1;
    ensures first: \forall integer i; 0 <= i < \result.slot ==> !af_slot_is_free(c->af[i]); */
struct handle core_next_af(const struct core *c);

#endif
