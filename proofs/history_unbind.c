/* history_unbind.c - an unbind cannot complete while anything of the binding is alive. The
 * invariant that core_step keeps says so of every state that any history leads to; here it is
 * drawn out. The functions look at nothing: their contracts are the theorems. */
#include "core/core.h"

void nothing_of_a_client_outlives_its_adapter(const struct core *c, uint32_t slot);
void nothing_of_a_manager_outlives_its_adapter(const struct core *c);

/*@ predicate adapter_is_gone(struct binding b) =
      b.miniport == 1 ? b.phase == UNBOUND : b.adapter != ADAPTER_OPEN;

    // The AF of this object is one of this client's.
    predicate is_of_client(struct core c, struct handle af, integer slot) =
      af_is_of(c, af) && c.af[af.slot].client == slot;
*/

/*@ requires valid: \valid_read(c);
    requires reached: core_invariant(*c);
    requires gone: MANAGER_BINDING < slot < MAX_BINDING && adapter_is_gone(c->binding[slot]);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures UNB_23_no_af: \forall integer i; 0 <= i < MAX_AF && c->af[i].client == slot ==>
      client_is_done(c->af[i]);
    ensures SAP_15_no_sap: c->readings.amb_02 != 'c' ==> \forall integer i; 0 <= i < MAX_SAP &&
      is_of_client(*c, c->sap[i].af, slot) ==> c->sap[i].phase == SAP_FREE;
    ensures VC_19_no_call: c->readings.amb_02 != 'c' ==> \forall integer i; 0 <= i < MAX_VC &&
      is_of_client(*c, c->vc[i].af, slot) ==> !vc_is_there(c->vc[i], c->readings);
    ensures OID_07_no_request: \forall integer i; 0 <= i < MAX_REQUEST &&
      is_of_client(*c, c->request[i].on, slot) && c->request[i].kind == BY_CLIENT ==>
      !caller_may_be_called(c->request[i].operation);
    ensures CAD_11_no_request_to_the_miniport: !request_is_out(c->to_miniport[slot]); */
void nothing_of_a_client_outlives_its_adapter(const struct core *c, uint32_t slot)
{
    (void)c, (void)slot;
}

/*@ requires valid: \valid_read(c);
    requires reached: core_invariant(*c);
    requires gone: adapter_is_gone(c->binding[MANAGER_BINDING]);
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures UNB_24_no_af: \forall integer i; 0 <= i < MAX_AF ==> manager_is_done(c->af[i]);
    ensures SAP_15_no_sap: \forall integer i; 0 <= i < MAX_SAP ==> c->sap[i].phase == SAP_FREE;
    ensures AF_CM_27_VC_20_no_vc: \forall integer i; 0 <= i < MAX_VC ==>
      !vc_is_there(c->vc[i], c->readings);
    ensures CALL_12_no_party: \forall integer i; 0 <= i < MAX_PARTY ==>
      c->party[i].phase == PARTY_FREE;
    ensures OID_07_no_request: \forall integer i; 0 <= i < MAX_REQUEST &&
      goes_to_client(c->request[i].kind) ==> !request_is_out(c->request[i]); */
void nothing_of_a_manager_outlives_its_adapter(const struct core *c)
{
    (void)c;
}
