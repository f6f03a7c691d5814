/* history_operation.c - the theorem over histories of one operation: it is pended once at the
 * most, completed once at the most, and completed if it was pended and is over. Calls, VCs,
 * parties, requests and opens take their steps by operation_takes and operation_after, as
 * their contracts say (moved_on); see history.c. */
#include "core/operation.h"

struct operation history_of_an_operation(const uint8_t *steps, const uint8_t *statuses,
                                         uint32_t count);

/*@ // How often it was pended and completed, told from how it stands.
    predicate is_the_count_of(struct operation o, integer pended, integer completed) =
      o.server == SERVER_NONE ? pended == completed && pended <= 1 :
      o.server == SERVER_PENDED ? pended == 1 && completed == 0 :
      o.server == SERVER_COMPLETED ? pended == 1 && completed == 1 :
      o.server == SERVER_COMPLETED_INSIDE ? pended == 0 && completed == 1 :
      pended == 0 && completed == 0;
*/

/*@ requires valid: \valid_read(steps + (0 .. count - 1)) &&
      \valid_read(statuses + (0 .. count - 1));
    terminates \true;
    exits never: \false;
    assigns \nothing;
    ensures consistent: operation_invariant(\result); */
struct operation history_of_an_operation(const uint8_t *steps, const uint8_t *statuses,
                                         uint32_t count)
{
    struct operation o = operation_begun();
    uint32_t pended = 0, completed = 0, told = 0;

    /*@ loop invariant in_bounds: 0 <= i <= count && told <= 1;
        loop invariant consistent: operation_invariant(o);
        loop invariant OID_03_pended_and_completed_once: is_the_count_of(o, pended, completed);
        loop invariant OID_03_told_once: told == 0 || o.delivered == 1 || is_over(o);
        loop assigns i, pended, completed, told, o;
        loop variant count - i; */
    for (uint32_t i = 0; i < count; i++) {
        if (statuses[i] < STATUS_COUNT && operation_takes(o, steps[i], statuses[i])) {
            o = operation_after(o, steps[i], statuses[i]);
            pended += steps[i] == STEP_LEAVE && statuses[i] == PENDING ? 1u : 0u;
            completed += steps[i] == STEP_COMPLETE ? 1u : 0u;
            told += steps[i] == STEP_DELIVER ? 1u : 0u;
        }
    }
    /*@ assert OID_03_each_at_most_once: pended <= 1 && completed <= 1 && told <= 1; */
    /*@ assert OID_03_what_was_pended_was_completed: is_over(o) ==> pended == completed; */
    (void)pended, (void)completed, (void)told; /* they stand in the assertions only */
    return o;
}
