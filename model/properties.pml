/* properties.pml - what must hold beyond the right to each event, which every event of
 * ndis.pml and binding.pml asserts by itself (use without a right, exactly once).
 *
 * Deadlock: SPIN's invalid end states; only idle servers carry an end label. */

/* Leaks: when a round has ended both holders have let go of every AF, and nothing of a
 * binding that left remains. Who has not let go when nothing can happen any more never will:
 * then this goes on, and names it. What the call manager has allocated for an AF (AF-CM-06) its
 * answer to the close asks for (AF-CM-04, AF-CM-12). */
inline round_ends_at_rest()
{
    if
    :: MANAGER_LEAVES || CLIENTS_LEAVE || BY_ITSELF || REGISTRATION ->
        if
        :: all_of_afs(done_with)
        :: timeout
        fi
    :: else
    fi;
    wait_until_all_is_settled();
    wait_until_drivers_are_gone();
    d_step {                         /* from what is held to who holds it, so that the cause is named first */
        IF_PARTIES(need_parties_at_rest();)
        IF_VCS(need_vcs_at_rest();)
        IF_REQUESTS(need_requests_at_rest();)
        for (other : 0 .. AFS - 1) {
            IF_SAPS(need_sap_at_rest(other);)
            need(af[other].phase != AF_CLOSING, RQ_AF_CM_11);
            need(!af[other].client_context, RQ_AF_CL_16);
            need(!af[other].manager_context, RQ_AF_CM_07)
        }
        need_opens_at_rest();
        for (other : 0 .. BINDINGS - 1) {
            need(binding[other].phase == BOUND || binding[other].adapter == ADAPTER_NONE, RQ_CAD_03);
            need(binding[other].phase == BOUND || !binding[other].context, RQ_CAD_01);
            completes_in_callback[other] = 0
        }
        other = 0
    }
}

/* Progress, under weak fairness, for the first client: the clients are alike. The
 * antecedents are shown to happen by the formulas that begin with never_. */
#ifdef PROGRESS
#define closing    (af[0].phase == AF_CLOSING)
#define notifying_client (af[0].notify_call || af[0].notification != NOTIFICATION_NONE)
#define notified_client  (af[0].notification == NOTIFICATION_INSIDE)
#define notified_late    (closing && af[0].notification == NOTIFICATION_OWED)
#define notified_while_open  (notified_client && af[0].phase == AF_OPEN)
#define client_has_af    (af[0].phase == AF_OPEN || af[0].phase == AF_CLOSING)
#define unbinding(b) (binding[b].phase == UNBINDING || binding[b].phase == UNBIND_PENDED)
#define adapter_closing (binding[1].adapter == ADAPTER_CLOSE_INSIDE || \
                         binding[1].adapter == ADAPTER_CLOSE_PENDED)

ltl close_ends        { [] (closing -> <> !closing) }                      /* AF-CL-24, AF-CM-11, AF-CM-17, MCM-02, MCM-05 */
ltl notification_ends { [] (notifying_client -> <> !notifying_client) }    /* NTF-07, NTF-40 */
ltl notified_closes   { [] (notified_client -> <> !client_has_af) }        /* NTF-06, NTF-21 */
ltl report_arrives    { [] (af[0].report == REPORT_OWED -> <> (af[0].report != REPORT_OWED)) }  /* NTF-30 */
ltl unbind_ends       { [] (unbinding(1) -> <> !unbinding(1)) }            /* UNB-26, UNB-10 */
ltl manager_leaves    { [] (unbinding(0) -> <> !unbinding(0)) }            /* UNB-26 */
ltl adapter_closes    { [] (adapter_closing -> <> !adapter_closing) }      /* CAD-04, CAD-20 */
ltl removal_unbinds   { [] (binding[1].unbind_owed -> <> !binding[1].unbind_owed) }  /* UNB-01 */

#define opening_pends  open_pends(0)
#define offer_is_due   (binding[0].phase == BOUND && binding[0].registered && binding[1].phase == BOUND && \
                        offered_by[1] != binding[0].generation)
IF_OPENING(
ltl open_ends         { [] (opening_pends -> <> !opening_pends) }          /* AF-OP-07, AF-OP-15, AF-OP-16 */
ltl offer_comes       { [] (offer_is_due -> <> !offer_is_due) }            /* REG-03, REG-12 */
ltl never_open        { [] !opening_pends }
ltl never_offer       { [] !offer_is_due }
ltl reach_pended_open          { [] !(opening[0].operation.server == SERVER_PENDED) }                      /* AF-OP-15, AF-OP-16 */
ltl reach_failed_open          { [] !(opening[0].operation.status == ST_FAILURE && opening[0].operation.delivered) }  /* AF-OP-17 */
ltl reach_refused_by_ndis      { [] !(opening[0].operation.server == SERVER_ANSWERED && opening[0].served_by == 0) }  /* AF-OP-20 */
ltl reach_early_open           { [] !(opening[0].operation.delivered && opening[0].operation.caller == CALLER_INSIDE) }  /* AMB-29 */
ltl reach_notified_while_opening { [] !(open_pends(0) && af[0].notification == NOTIFICATION_INSIDE) }      /* AMB-22 */
ltl reach_open_while_leaving   { [] !(open_pends(0) && binding[1].phase == UNBINDING) }                    /* AMB-32 */
)
IF_AF_SLOTS(
ltl reach_open_while_closing   { [] !(open_pends(1) && af[0].phase == AF_CLOSING) }                        /* AMB-41 */
ltl reach_two_afs              { [] !(af[1].phase == AF_OPEN && af[0].client_context) }                    /* AF-OP-24 */
)

/* What the documents permit must be possible: each of these formulas has to fail. */
ltl reach_close_in_notification { [] !(notified_while_open && (notified_client U (notified_client && closing))) }  /* AF-CL-17 */
ltl reach_early_completion      { [] !(af[0].close_call == CLOSE_CALL_INSIDE && af[0].phase == AF_CLOSED) }   /* AF-CL-25 */
ltl reach_second_attempt        { [] !(refusals[0] > 0 && af[0].phase == AF_CLOSED) }                         /* AF-CL-26 */
ltl reach_refusal               { [] !(af[0].manager_close == MANAGER_CLOSE_REFUSED) }                        /* AF-CM-09 */
ltl reach_pended_with_work      { [] !(af[0].manager_close == MANAGER_CLOSE_PENDED && work_left(0)) }         /* AF-CM-10 */
ltl reach_completed_inside      { [] !(af[0].manager_close == MANAGER_CLOSE_COMPLETED_INSIDE) }               /* AF-CM-25 */
ltl reach_reentered_manager     { [] !(af[0].manager_close == MANAGER_CLOSE_INSIDE && af[0].notification == NOTIFICATION_INSIDE) }  /* NTF-35 */
ltl reach_patient_manager       { [] !(patient && af[0].manager_close == MANAGER_CLOSE_PENDED && af[0].notification == NOTIFICATION_INSIDE) }  /* THR-03 */
ltl reach_close_in_unbind       { [] !(binding[1].adapter == ADAPTER_CLOSE_INSIDE && binding[1].phase == UNBINDING) }  /* CAD-07 */
ltl reach_close_in_bind         { [] !(binding[1].adapter == ADAPTER_CLOSE_INSIDE && binding[1].phase == BINDING) }    /* CAD-08 */

ltl reach_pended_notification   { [] !(af[0].notification == NOTIFICATION_PENDED) }                           /* NTF-22 */
ltl reach_notified_while_closing { [] !(notified_late && (closing U (closing && af[0].notification == NOTIFICATION_PENDED))) }  /* NTF-39 */
IF_SAPS(
ltl reach_use_while_notified    { [] !(notified_client && sap[0].phase == SAP_FREE && (notified_client U (notified_client && sap[0].phase == SAP_REGISTERING))) }  /* AF-CL-18 */
)
ltl reach_rejection             { [] !(af[0].manager_close == MANAGER_CLOSE_REJECTED) }                       /* AF-CL-12 */
IF_REDUNDANT(
ltl reach_second_close          { [] !second_close_was_refused }                                              /* AF-CL-13 */
)

ltl reach_early_report          { [] !(af[0].notification == NOTIFICATION_INSIDE && af[0].report != REPORT_NONE) }  /* NTF-44 */
#define outstanding(r)  (!is_over(request[r].operation))
IF_REQUESTS(
ltl request_of_client_ends  { [] (outstanding(REQUEST_BY_CLIENT(0)) -> <> !outstanding(REQUEST_BY_CLIENT(0))) }    /* OID-01, OID-03 */
ltl request_of_manager_ends { [] (outstanding(REQUEST_BY_MANAGER(0)) -> <> !outstanding(REQUEST_BY_MANAGER(0))) }  /* OID-01, OID-03 */
ltl asked_closes            { [] (asked_to_close[0] -> <> !client_has_af) }                                        /* NTF-41 */
ltl never_request_of_client  { [] !outstanding(REQUEST_BY_CLIENT(0)) }
ltl never_request_of_manager { [] !outstanding(REQUEST_BY_MANAGER(0)) }
ltl never_asked              { [] !asked_to_close[0] }

ltl reach_early_request_completion { [] !(request[REQUEST_BY_CLIENT(0)].operation.caller == CALLER_INSIDE && request[REQUEST_BY_CLIENT(0)].operation.delivered) }  /* OID-02 */
ltl reach_request_while_unbinding  { [] !(request[REQUEST_BY_MANAGER(0)].operation.caller == CALLER_INSIDE && binding[1].phase == UNBINDING) }                      /* OID-05 */
ltl reach_closing_of_client        { [] (request[REQUEST_BY_CLIENT(0)].operation.status != ST_CLOSING) }                                                          /* OID-08 */
ltl reach_closing_of_manager       { [] (request[REQUEST_BY_MANAGER(0)].operation.status != ST_CLOSING) }                                                         /* OID-08 */
)
IF_DISCIPLINE(
ltl reach_wait_for_adapter      { [] !(waits[CLIENT_UNBIND(0)] && binding[1].adapter == ADAPTER_CLOSE_PENDED) }  /* THR-06 */
ltl reach_manager_waits         { [] !(waits[MANAGER_UNBIND] && af[0].notification == NOTIFICATION_PENDED) }     /* THR-10 */
ltl reach_truthful_success      { [] !(af[0].close_call == CLOSE_CALL_SUCCEEDED && af[0].notification == NOTIFICATION_INSIDE && callbacks[MANAGER_UNBIND] > 0) }  /* NTF-26 */
)

/* Nothing about a VC, a call or a party stays pending. */
#define call_pends  (vc[0].outgoing.caller != CALLER_NONE || vc[0].incoming.caller != CALLER_NONE)
IF_VCS(
ltl call_is_answered  { [] (call_pends -> <> !call_pends) }        /* CALL-04, CALL-22 */
ltl call_close_ends   { [] (vc[0].closing_call.caller != CALLER_NONE -> <> (vc[0].closing_call.caller == CALLER_NONE)) }          /* CALL-15 */
ltl closed_call_ends_vc { [] (vc[0].closing_call.caller != CALLER_NONE -> <> (vc[0].phase == VC_FREE)) }                   /* CALL-19 */
ltl deactivation_ends { [] (vc[0].deactivation.caller != CALLER_NONE -> <> (vc[0].deactivation.caller == CALLER_NONE)) } /* VC-22 */
ltl remote_close_ends { [] (vc[0].hung_up -> <> !vc[0].hung_up) }                                                       /* CALL-20 */

ltl reach_call_answered  { [] !call_pends }
ltl reach_call_closed    { [] (vc[0].closing_call.caller == CALLER_NONE) }
ltl reach_deactivation   { [] (vc[0].deactivation.caller == CALLER_NONE) }
ltl reach_remote_close   { [] !vc[0].hung_up }
ltl reach_reused_vc      { [] !(vc[0].call == CALL_IS_MADE && may_call == 0 && vc[0].generation == 1) }                 /* VC-17, CALL-14 */
ltl reach_failed_close   { [] (close_failures[0] == 0) }                                                                /* CALL-25 */
ltl reach_served_close   { [] !(af[0].manager_close == MANAGER_CLOSE_PENDED && vc[0].call == CALL_IS_CLOSING) }         /* AF-CM-27 */
ltl reach_rejected_close { [] !(af[0].manager_close == MANAGER_CLOSE_REJECTED) }                                        /* AF-CL-12 */
ltl reach_signalling     { [] !(signalling_vc && af[0].phase == AF_CLOSED) }                                            /* MCM-08, VC-24 */
ltl reach_refused_delete { [] !(vc[0].phase == VC_DELETION_REFUSED) }                                                   /* AMB-35 */
ltl reach_late_vc        { [] !af_handle_is_dead(0) }                                                                   /* VC-02 */
IF_SAPS(
ltl reach_early_call     { [] !(vc[0].call == CALL_CONNECTED && client_sap[0] == SAP_IS_COMING) }                       /* SAP-03 */
ltl reach_call_outlives  { [] !(vc[0].call == CALL_CONNECTED && sap[0].phase == SAP_DEREGISTERING) }                    /* SAP-14 */
)
IF_PARTIES(
ltl party_is_served      { [] (party[1].operation.caller != CALLER_NONE -> <> (party[1].operation.caller == CALLER_NONE)) }   /* PTY-06, PTY-13 */
ltl remote_drop_ends     { [] (party[1].remote_drop -> <> !party[1].remote_drop) }                                            /* PTY-10 */
ltl reach_party          { [] (party[1].operation.caller == CALLER_NONE) }
ltl reach_remote_drop    { [] !party[1].remote_drop }
)
)

ltl never_close        { [] !closing }
ltl never_notification { [] !notifying_client }
ltl never_notified     { [] !notified_client }
ltl never_report       { [] (af[0].report != REPORT_OWED) }
ltl never_unbind       { [] !unbinding(1) }
ltl never_manager      { [] !unbinding(0) }
ltl never_adapter      { [] !adapter_closing }
ltl never_removal      { [] !binding[1].unbind_owed }

/* Plug and play, of binding 1. */
#define is_opening    (pnp[1].state == BINDING_OPENING)
#define has_event     (pnp[1].event != 0)
IF_PNP(
ltl bind_ends           { [] (is_opening -> <> !is_opening) }                              /* BND-18, BND-20 */
ltl event_ends          { [] (has_event -> <> !has_event) }                                /* PNP-08 */
ltl adapter_is_bound    { [] (stack == STACK_MINIPORT_RUNNING -> <> is_bound(1)) }         /* BND-26 */
ltl pended_unbind_ends  { [] (binding[1].phase == UNBIND_PENDED -> <> is_unbound(1)) }     /* UNB-10, UNB-05 */
ltl caller_goes_on      { [] (is_waiting_to_be_unbound -> <> !is_waiting_to_be_unbound) }  /* UNB-21 */
ltl removal_is_imposed  { [] (cannot_give_up[1] && unbinding(1) -> <> is_unbound(1)) }     /* UNB-28 */

ltl never_binds         { [] !is_opening }
ltl never_event         { [] !has_event }
ltl never_starts        { [] !(stack == STACK_MINIPORT_RUNNING) }
ltl never_pended        { [] !(binding[1].phase == UNBIND_PENDED) }
ltl never_calls         { [] !is_waiting_to_be_unbound }
ltl never_imposed       { [] !(cannot_give_up[1] && unbinding(1)) }

ltl reach_pended_open       { [] !(pnp[1].opening == OPEN_PENDED) }                                           /* BND-16, BND-17, BND-18 */
ltl reach_pended_bind       { [] !(pnp[1].bind == BIND_PENDED) }                                              /* BND-20 */
ltl reach_failed_open       { [] !(pnp[1].open_failed) }                                                      /* BND-19 */
ltl reach_unbind_of_bind    { [] !(bind_has_failed[1] && pnp[1].state == BINDING_CLOSING) }                   /* BND-22 */
ltl reach_request_in_restart { [] !(pnp[1].state == BINDING_RESTARTING && pnp[1].offloads) }                  /* PNP-11 */
ltl reach_failed_restart    { [] !(pnp[1].state == BINDING_PAUSED && pnp[1].offloads && !pnp[1].restarted) }  /* BND-11 */
ltl reach_pended_pause      { [] !(pnp[1].event == EV_PAUSE_ENTER && pnp[1].event_phase == EVENT_PENDED && binding[1].sends > 0) }  /* PNP-01 */
ltl reach_held_data         { [] !(pnp[1].event == EV_PAUSE_ENTER && pnp[1].held > 0) }                           /* PNP-04, PNP-05 */
ltl reach_data_while_closing { [] !(pnp[1].state == BINDING_CLOSING && pnp[1].held > 0) }                         /* UNB-17 */
ltl reach_low_power         { [] !(pnp[1].low_power && may_send[0]) }                                         /* PNP-12, PNP-13 */
ltl reach_early_unbind      { [] !(pnp[1].unbind_call == UNBIND_CALL_STARTED && is_unbound(1)) }              /* UNB-19, UNB-20 */
ltl reach_no_resources      { [] !(pnp[1].unbind_call == UNBIND_CALL_REFUSED) }                               /* UNB-22 */
ltl reach_unbind_completed_inside { [] !(binding[1].phase == UNBINDING && binding[1].unbind_completed) }      /* UNB-29 */
ltl reach_signal            { [] !(adapter_is_closed[1] && binding[1].phase == UNBINDING) }                  /* CAD-17 */
ltl reach_free_in_callback  { [] !(binding[1].phase == UNBIND_PENDED && !binding[1].context) }                /* CAD-18 */
ltl reach_wait_in_halt      { [] !(MINIPORT && binding[0].phase == UNBINDING && af[0].notification == NOTIFICATION_PENDED) }  /* HLT-05 */
ltl reach_end_of_session    { [] !(af[0].notify_call && is_bound(0)) }                                        /* HLT-09 */
)
#endif
