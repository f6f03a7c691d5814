/* hooks.pml - what a module adds to the steps of others: nothing where the module is off.
 * A hook has the name of what it does: where the module is on, sap.pml's need_no_sap(i) is
 * need_no_sap(i), and elsewhere it is no text at all. */

/* ---- drivers, their entry points, and opening (registration.pml, opening.pml) ---- */

#define need_ready(b)                        IF_REGISTRATION(need_ready(b))
#define registration_succeeds()              IF_REGISTRATION(return_NdisCmRegisterAddressFamilyEx(SYSTEM, 0, MINIPORT, ST_SUCCESS))
#define try_to_register(thread, b)           IF_REGISTRATION(try_to_register(thread, b))
#define ask_for_a_placeholder(thread, i, with_status) \
    IF_REGISTRATION(ask_for_a_placeholder(thread, i, with_status))
#define unload_some()                        IF_REGISTRATION(unload_some())

#define need_open_handle(i)                  IF_OPENING(need_open_handle(i))
#define need_handle(handle, i, requirement)  IF_OPENING(need_handle(handle, i, requirement))
#define need_handle_of_manager(i)            IF_OPENING(need_handle_of_manager(i))
#define need_context(context, i, requirement)  IF_OPENING(need_context(context, i, requirement))
#define need_opens_at_rest()                 IF_OPENING(need_opens_at_rest())
#define forget_manager_handle(i)             IF_OPENING(manager_handle[i] = 0)
#define wait_for_open_in_hand()              IF_OPENING(manager_may_notify)
#define wait_for_end_of_opens()              IF_OPENING(all_of_afs(forgotten_by_manager) && no_open_awaits_manager)
#define wait_until_all_is_settled()          IF_OPENING(all_of_clients(client_is_settled) && is_settled(0))
#define wait_until_drivers_are_gone()        IF_REGISTRATION(all_of_clients(is_gone) && is_gone(0))
#define wait_for_own_open(i)                 IF_OPENING(AMB_32_PENDED == READING_B || nothing_opens(i))
#define begin_no_new_open(b)                 IF_OPENING(must_unbind[b] = 0; note_unbind(b))
#define need_not_unbind(b)                   IF_OPENING(must_unbind[b] = 0)

/* ---- what a client uses (sap.pml, vc.pml, call.pml, party.pml) ---- */

#define need_no_sap(i)                       IF_SAPS(need_no_sap(i))
#define need_no_sap_in_unbind(thread, i)     IF_SAPS(need_no_sap_in_unbind(thread, i))
#define need_sap_context()                   IF_SAPS(need(client_sap[0] != NO_SAP, RQ_SAP_03)) UNLESS_SAPS(skip)
#define may_register_again(i)                IF_SAPS(may_register[i] = (i < SAPS))

#define need_vcs_released(i)                 IF_VCS(need_vcs_released(i))
#define need_no_vc_left(i)                   IF_VCS(need_no_vc_left(i))
#define need_calls_closed(i)                 IF_VCS(need_calls_closed(i))
#define need_no_call_in_unbind(thread, i)    IF_VCS(need_no_call_in_unbind(thread, i))
#define signal_no_more()                     IF_VCS(signalling_vc = 0)

#define need_last_party(v)                   IF_PARTIES(need_last_party(v))
#define use_parties()                        IF_PARTIES(use_parties())
#define call_has_party(whether)              IF_PARTIES(call_party_context = whether)

/* ---- requests that cross a close (requests.pml) ---- */

#define allow_requests(i)                    IF_REQUESTS(allow_requests(i))
#define ask_to_close(thread, i)              IF_REQUESTS(ask_to_close(thread, i))
#define abort_what_is_held(thread, r)        IF_REQUESTS(abort_what_is_held(thread, r))
#define need_not_asked(i)                    IF_REQUESTS(need_not_asked(i))
#define need_no_request_held(i)              IF_REQUESTS(need_no_request_held(i))
#define need_no_request_left(i)              IF_REQUESTS(need_no_request_left(i))
#define need_no_request_with_context(i)      IF_REQUESTS(need_no_request_with_context(i))

/* ---- plug and play (pnp.pml, pnp_drivers.pml) ---- */

#define need_adapter_not_halted()            IF_PNP(need_adapter_not_halted())
#define need_right_to_notify(i, for_miniport)  IF_PNP(need_right_to_notify(i, for_miniport))
#define need_time_to_notify(for_miniport)    IF_PNP(need_time_to_notify(for_miniport))
#define let_unbind(b)                        IF_PNP(unbind_adapter(b)) UNLESS_PNP(NdisUnbindAdapter(SYSTEM, b))
#define let_halt()                           IF_PNP(halt_adapter(SYSTEM)) UNLESS_PNP(remove_adapter(SYSTEM, 0))
#define give_up_binding(thread, b)           IF_PNP(give_up_binding(thread, b))
#define stop_using_handle(b)                 IF_PNP(stop_using_handle(b))
#define begin_to_wait_for_io(thread, b)      IF_PNP(begin_to_wait_for_io(thread, b))
#define end_failed_bind(thread, b)           IF_PNP(end_failed_bind(thread, b))
#define complete_event_inside(thread, b)     IF_INSIDE(complete_event_inside(thread, b))
#define plug_out()                           IF_PNP(plug_out())

/* ---- threads and levels (discipline.pml), a driver that is both (proxy.pml) ---- */

#define need_one_closer(thread, i)           IF_DISCIPLINE(need_one_closer(thread, i))
#define need_work_item(thread, b)            IF_DISCIPLINE(need_work_item(thread, b))
#define note_unbind_caller(thread, b)        IF_DISCIPLINE(unbind_caller[b] = thread + 1)
#define NdisMSleep(thread, seconds)          IF_DISCIPLINE(NdisMSleep(thread, seconds))
#define callback_begins(thread)              IF_DISCIPLINE(callbacks[thread]++)     /* one without a status, */
#define callback_ends(thread)                IF_DISCIPLINE(callbacks[thread]--)     /* and so without a line at its end */

#define need_no_downstream(b)                IF_PROXY(need_no_downstream(b))
#define open_downstream(thread)              IF_PROXY(open_downstream(thread))
#define wait_for_downstream(thread)          IF_PROXY(wait_for_downstream(thread))
