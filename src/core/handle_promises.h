/* handle_promises.h - what the core promises of handles, each clause said once.
 *
 * A clause that is added to a list is promised, and has to be proved, by each function on the
 * way: of an AF live_af_steps (core_af.c), core_af_event, step_of_table (core.c) and core_step,
 * of a live one step_af (core_af.c) as well; of a binding and a SAP core_binding_event and
 * core_sap_event, and the last two. proofs/README.md says how one is added.
 *
 *   SAYS      CLAUSE, or CONJUNCT (contract.h)
 *   known     the event is one of the vocabulary, at a level that it may come at, and of this
 *             table: what core_step has to find out, and the other functions are told
 *   old, new  the record of the AF before and after the step, where only a live one is looked at
 *
 * Besides these the lists speak of the state c, the event e and the \result. */
#ifndef CLOSEAF_HANDLE_PROMISES_H
#define CLOSEAF_HANDLE_PROMISES_H

#define LIVE_AF_PROMISES(SAYS, known, old, new)                                              \
    SAYS(AF_CL_03_right_to_close_withdrawn, known && e.kind == CALL_CLOSE_AF &&              \
        client_has_handle(old) && !client_may_close(old) ==> \result == AF_CL_03)            \
    SAYS(AF_OP_05_no_right_before_the_open_has_succeeded, known &&                           \
        e.kind == CALL_CLOSE_AF && !client_has_handle(old) ==> \result == AF_OP_05)          \
    SAYS(AF_CM_20_NTF_24_completed_once, known && \result == CONFORMING ==>                  \
        completed_once(old, new, e))

#define AF_PROMISES(SAYS, known)                                                             \
    SAYS(AF_CM_15_stale_handle_of_the_manager, known && is_manager_event(e.kind) &&          \
        !af_handle_live(\old(*c), e.object) ==> \result == AF_CM_15)                         \
    SAYS(AF_CL_01_stale_handle_of_the_client, known && !is_manager_event(e.kind) &&          \
        !af_handle_live(\old(*c), e.object) ==> \result == AF_CL_01)                         \
    SAYS(AF_CM_15_no_answer_with_a_dead_handle, known &&                                     \
        (e.kind == LEAVE_CM_CLOSE_AF || is_close_complete(e.kind)) &&                        \
        (!af_handle_live(\old(*c), e.object) ||                                              \
         \old(*c).af[e.object.slot].phase == AF_FAILED ||                                    \
         (manager_has_closed(\old(*c).af[e.object.slot]) && is_close_complete(e.kind))) ==>      \
        \result != CONFORMING &&                                                             \
        (!af_handle_live(\old(*c), e.object) ==> \result == AF_CM_15))                       \
    SAYS(accepted_exactly_with_the_right, known ==> (\result == CONFORMING <==>              \
        af_handle_live(\old(*c), e.object) && objects_permit(\old(*c), e) &&                 \
        af_accepts(\old(*c).af[e.object.slot], \old(*c).readings, e)))                       \
    LIVE_AF_PROMISES(SAYS, known && af_handle_live(\old(*c), e.object),                      \
        \old(*c).af[e.object.slot], c->af[e.object.slot])

#define BINDING_PROMISES(SAYS, known)                                                        \
    SAYS(CAD_02_stale_handle_of_a_binding, known && is_binding_event(e.kind) &&              \
        e.kind != ENTER_BIND && e.kind != ENTER_INITIALIZE &&                                \
        !binding_handle_live(\old(*c), e.object) ==> \result == CAD_02)                      \
    SAYS(CAD_12_right_to_the_binding_withdrawn, known &&                                     \
        (e.kind == CALL_SEND || e.kind == CALL_OID_REQUEST) &&                               \
        binding_handle_live(\old(*c), e.object) &&                                           \
        !binding_may_use(\old(*c).binding[e.object.slot]) ==> \result != CONFORMING &&       \
        (\old(*c).binding[e.object.slot].miniport == 1 ==> \result == CAD_12))               \
    SAYS(CAD_02_UNB_23_UNB_24_binding_comes_first_and_goes_last, \result == CONFORMING ==>   \
        (e.kind == ENTER_BIND || e.kind == ENTER_INITIALIZE ==>                              \
           e.object.slot < MAX_BINDING &&                                                    \
           e.object.generation == \old(*c).binding[e.object.slot].generation + 1) &&         \
        (e.kind == CALL_CLOSE_ADAPTER || e.kind == LEAVE_HALT ==>                            \
           no_duty(\old(*c), e.object.slot)))

#define SAP_PROMISES(SAYS, known)                                                            \
    SAYS(AF_CL_02_closed_af_takes_no_sap, known && e.kind == SAP_REGISTER_CALL &&            \
        is_next_sap(\old(*c), e.object) && af_handle_live(\old(*c), e.on) &&                 \
        \old(*c).af[e.on.slot].phase == AF_CLOSED ==> \result == AF_CL_02)                   \
    SAYS(AF_CL_27_closing_af_takes_no_sap, known && e.kind == SAP_REGISTER_CALL &&           \
        is_next_sap(\old(*c), e.object) && af_handle_live(\old(*c), e.on) &&                 \
        \old(*c).af[e.on.slot].phase == AF_CLOSING ==> \result == AF_CL_27)                  \
    SAYS(SAP_07_stale_or_dead_handle_of_a_sap, known && is_sap_event(e.kind) &&              \
        e.kind != SAP_REGISTER_CALL && !sap_handle_live(\old(*c), e.object) ==>              \
        \result == SAP_07 || \result == SAP_11)

#endif
