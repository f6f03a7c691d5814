/* closeaf.pml - the whole: one adapter, one call manager, its clients, and who leaves
 * when. model/check builds it with one configuration of model/configurations. */

#include "vocabulary.pml"

#define REQUESTS  (CLIENT_REQUESTS + MANAGER_REQUESTS + MINIPORT_REQUESTS + AF_CLOSE_OID)
#define VCS       (CALLS + OFFERS)
#define USERS     (SAPS + VCS + REQUESTS)     /* a client that uses its AF has a thread of its own for that */
#define AFS       (CLIENTS * AF_SLOTS)
#define BINDINGS  (CLIENTS + 1)
#define WITHHOLDS (AMB_10 == READING_B)       /* NDIS keeps a notification from a client that closes */
#include "settings.pml"

/* The threads of the trace. */
#define SYSTEM            0
#define MANAGER_UNBIND    1
#define MANAGER_WORKER    2
#define NDIS_WORKER       3
#define CLIENT_UNBIND(i)  (4 + 2 * (i))
#define CLIENT_WORKER(i)  (5 + 2 * (i))
#define CLIENT_USER(i)    (12 + (i))
#define CLIENT_LEAVER(i)  (16 + (i))

/* A stand-alone call manager and an MCM complete with functions of their own. */
#define manager_event(stand_alone, miniport)  (MINIPORT -> miniport : stand_alone)

byte other;        /* for the loops inside one step; 0 between steps */
byte expected;     /* for the comparisons inside one step; 0 between steps */

/* NDIS unbinds all drivers in parallel, or one after the other in either order (AMB-15). */
#define PARALLEL       0
#define MANAGER_FIRST  1
#define CLIENTS_FIRST  2
byte order;

#define is_unbound(b)  (binding[b].phase == UNBOUND)
#define is_bound(b)    (binding[b].phase == BOUND)
#define handler_has_returned(b) \
    (binding[b].phase != BOUND && binding[b].phase != UNBINDING)
#define done_with(b) \
    (client_is_done(b - 1) && manager_is_done(b - 1) IF_OPENING(&& open_is_over(b - 1)))
#define all_of_clients(condition) \
    (condition(1) IF_SECOND_CLIENT(&& condition(2)) IF_THIRD_CLIENT(&& condition(3)))
#define all_of_afs(condition) \
    (condition(1) IF_SECOND_AF(&& condition(2)) IF_THIRD_AF(&& condition(3)))
#define manager_turn \
    IF_PNP_OF_MINIPORT( \
    ((CLIENTS_LEAVE && stack == STACK_FILTERS_DETACHED) || /* PNP-10, AMB-18 */ \
     (!CLIENTS_LEAVE && binding[1].sends + binding[1].requests == 0)))  /* HLT-02 */ \
    UNLESS_PNP_OF_MINIPORT((order != CLIENTS_FIRST || all_of_clients(handler_has_returned)))
#define client_turn   (order != MANAGER_FIRST || handler_has_returned(0))

#include "hooks.pml"
#include "words.pml"
#include "fixed.pml"
#include "state.pml"
#include "discipline.pml"
#include "ndis.pml"
#include "pnp.pml"
#include "binding.pml"
#include "work.pml"
#include "operation.pml"
#include "sap.pml"
#include "vc.pml"
#include "party.pml"
#include "call.pml"
#include "requests.pml"
#include "call_manager.pml"
#include "proxy.pml"
#include "client.pml"
#include "opening.pml"
#include "registration.pml"
#include "adapter.pml"
#include "pnp_drivers.pml"
#include "threads.pml"
#include "properties.pml"

/* A bind that fails after the adapter was opened (SEQ-17, CAD-08): it closes the adapter
 * and waits before it returns (CAD-19). */
inline fail_to_bind(b)
{
    enter_bind(SYSTEM, b, 0);
    NdisOpenAdapterEx_at_once(SYSTEM, b);
    call_close_adapter(SYSTEM, b);
    if
    :: atomic { binding[b].adapter == ADAPTER_CLOSE_INSIDE -> return_close_adapter(SYSTEM, b, ST_SUCCESS) }
    :: return_close_adapter(SYSTEM, b, ST_PENDING);
        wait_for(SYSTEM, adapter_is_closed[b], adapter_is_closed[b] = 0)
    fi;
    free_binding_context(SYSTEM, b);
    leave_bind(SYSTEM, b, 0, ST_FAILURE)
}

/* The call manager is bound, or the MCM initialised, and offers its AF (REG-11). */
inline bind_manager()
{
    enter_bind(SYSTEM, 0, MINIPORT);
    if
    :: !MINIPORT -> NdisOpenAdapterEx_at_once(SYSTEM, 0)
    :: else
    fi;
    call_register_af(SYSTEM, 0, MINIPORT);
    registration_succeeds();
    leave_bind(SYSTEM, 0, MINIPORT, ST_SUCCESS)
}

/* A client is bound, is offered the AF (REG-12), opens it and uses it. */
inline bind_client(i)
{
    UNLESS_PNP(
    enter_bind(SYSTEM, i + 1, 0);
    NdisOpenAdapterEx_at_once(SYSTEM, i + 1);
    try_to_register(SYSTEM, i + 1);
    leave_bind(SYSTEM, i + 1, 0, ST_SUCCESS);
    )
    enter_af_register_notify(SYSTEM, i + 1);
    open_af(SYSTEM, i, i + 1);
    open_downstream(SYSTEM);
    ask_for_a_placeholder(SYSTEM, i, ST_NOT_SUPPORTED);
    claimed[i] = 0;
    closed[i] = 0;
    client_references[i] = 1;
    manager_closed[i] = 0;
    manager_references[i] = 1;
    may_close_by_itself[i] = BY_ITSELF;
    allow_requests(i);
    IF_USERS(is_using[i] = 0;)
    may_register_again(i);
    IF_VCS(
    if
    :: i == 0 -> use_vcs()
    :: else
    fi;
    )
    if
    :: WORK > 0 -> NdisClMakeCall_whole(SYSTEM, i); NdisClRegisterSap_whole(SYSTEM, i, 0)
    :: i > 0 || WORK == 0 -> skip
    fi
}

inline leave()
{
    if
    :: MANAGER_LEAVES && CLIENTS_LEAVE ->
        remove_adapter(SYSTEM, 0);
        if
        :: AMB_15 == READING_ANY || AMB_15 == READING_B -> order = PARALLEL
        :: AMB_15 == READING_ANY || AMB_15 == READING_A || AMB_15 == READING_C -> order = CLIENTS_FIRST
        :: (AMB_15 == READING_ANY || AMB_15 == READING_A || AMB_15 == READING_D) &&
           !(PNP && MINIPORT) -> order = MANAGER_FIRST
        fi
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && !MINIPORT -> let_unbind(0)
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && MINIPORT -> let_halt()
    :: !MANAGER_LEAVES && CLIENTS_LEAVE ->
        for (k : 1 .. CLIENTS) {
            let_unbind(k)
        }
    :: else
    fi
}

inline end_of_a_round_with_opens()
{
    if
    :: AMB_41 == READING_B && round + 1 < ROUNDS -> completes_in_callback[0] = 0
    :: AMB_41 == READING_A || round + 1 == ROUNDS -> round_ends_at_rest()
    fi
}
#define end_the_round()  IF_OPENING(end_of_a_round_with_opens()) UNLESS_OPENING(round_ends_at_rest())

/* What is played in a round: all are bound and open in one step, or step by step. */
inline play_at_once()
{
    atomic {
        bind_manager();
        for (k : 0 .. CLIENTS - 1) {
            bind_client(k)
        }
        if
        :: SENDS -> NetEventRestart_at_once(SYSTEM, 1); call_send(SYSTEM, 1); call_oid_request(SYSTEM, 1)
        :: else
        fi;
        leave();
        unload_some();
        k = 0
    }
}

inline play_with_opens()
{
    bind_whom_the_system_binds();
    if
    :: STAYS && round + 1 == ROUNDS -> break
    :: !STAYS || round + 1 < ROUNDS -> skip
    fi;
    atomic { leave(); k = 0 }
}

inline play_with_plug_and_play()
{
    plug_in();
    atomic { open_clients(); k = 0 };
    prepare_to_leave();
    atomic { leave(); k = 0 };
    finish_removal()
}

#if ADVERSARY > 0
#include "adversary.pml"
#else
init {
    byte k, round;
    IF_OPENING(bit manager_first;)
    atomic {
        run call_manager_unbind();
        run call_manager_worker();
        run ndis_worker();
        IF_PROXY(run downstream_client();)
        IF_OPENING(run ndis_offers();)
        for (k : 0 .. CLIENTS - 1) {
            run client_unbind(k);
            IF_USERS(run client_user(k);)
            IF_UNBIND_BY_ITSELF(run client_leaver(k);)
            run client_worker(k)
        }
        IF_AF_SLOTS(run client_worker(1);)
        if
        :: patient = 1
        :: AMB_13_MANAGER == READING_A -> patient = 0
        fi
    };
    IF_REGISTRATION(
    load_the_drivers();
    (MINIPORT || may_be_bound(0)) && all_of_clients(may_be_bound);
    )
    do
    :: round < ROUNDS ->
        if
        :: FAIL_BIND && !PNP -> fail_to_bind(1)
        :: else
        fi;
        IF_PNP(play_with_plug_and_play();)
        IF_OPENING(play_with_opens();)
        IF_AT_ONCE(play_at_once();)
        /* The round ends when everybody who leaves has left; a thread that is stuck
         * keeps this one from ever going on, and SPIN reports the deadlock. */
        !MANAGER_LEAVES || is_unbound(0);
        !CLIENTS_LEAVE || all_of_clients(is_unbound);
        plug_out();
        end_the_round();
        round++
    :: else -> break
    od
}
#endif
