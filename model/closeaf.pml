/* closeaf.pml - the whole: one adapter, one call manager, its clients, and who leaves
 * when. model/check builds it with one configuration of model/configurations. */

#include "vocabulary.pml"
#include "settings.pml"

#define REQUESTS  (CLIENT_REQUESTS + MANAGER_REQUESTS + MINIPORT_REQUESTS + AF_CLOSE_OID)
#define VCS       (CALLS + OFFERS)
#define USERS     (SAPS + VCS + REQUESTS)     /* a client that uses its AF has a thread of its own for that */
#define AFS       (CLIENTS * AF_SLOTS)
#define BINDINGS  (CLIENTS + 1)

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
#if OPENING > 0
#define done_with(b)       (client_is_done(b - 1) && manager_is_done(b - 1) && open_is_over(b - 1))
#else
#define done_with(b)       (client_is_done(b - 1) && manager_is_done(b - 1))
#endif
/* Has the call manager let go of the AF of binding b? It may also have been told that the
 * AF is closed (NTF-14), and then has no part in a close; as the documents are recommended
 * to be read that does not happen, but other readings make it do so. */
#if AMB_12 == READING_A
#define forgotten_by_manager(b)  (manager_references[b - 1] == 0 || notification_failed[b - 1])
#elif AMB_36_MANAGER == READING_B
#define forgotten_by_manager(b)  (manager_references[b - 1] == 0 || b > 1)
#elif AMB_08 == READING_A
#define forgotten_by_manager(b) \
    (manager_references[b - 1] == 0 && af[b - 1].notification == NOTIFICATION_NONE)
#else
#define forgotten_by_manager(b) \
    (manager_references[b - 1] == 0 || \
     (af[b - 1].notified == NOTIFIED_WITH_SUCCESS && !manager_closed[b - 1]))
#endif
#if CLIENTS == 1
#define all_of_clients(condition)  (condition(1))
#elif CLIENTS == 2
#define all_of_clients(condition)  (condition(1) && condition(2))
#else
#define all_of_clients(condition)  (condition(1) && condition(2) && condition(3))
#endif
#if AF_SLOTS > 1
#define all_of_afs(condition)  (condition(1) && condition(2))
#else
#define all_of_afs(condition)  all_of_clients(condition)
#endif
#if PNP > 0 && MINIPORT > 0
#define manager_turn \
    ((CLIENTS_LEAVE && stack == STACK_FILTERS_DETACHED) || /* PNP-10, AMB-18 */ \
     (!CLIENTS_LEAVE && binding[1].sends + binding[1].requests == 0))  /* HLT-02 */
#else
#define manager_turn  (order != CLIENTS_FIRST || all_of_clients(handler_has_returned))
#endif
#define client_turn   (order != MANAGER_FIRST || handler_has_returned(0))

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
#if REGISTRATION > 0
    return_NdisCmRegisterAddressFamilyEx(SYSTEM, 0, MINIPORT, ST_SUCCESS);
#endif
    leave_bind(SYSTEM, 0, MINIPORT, ST_SUCCESS)
}

/* A client is bound, is offered the AF (REG-12), opens it and uses it. */
inline bind_client(i)
{
#if PNP == 0
    enter_bind(SYSTEM, i + 1, 0);
    NdisOpenAdapterEx_at_once(SYSTEM, i + 1);
#if REGISTRATION > 0
    try_to_register(SYSTEM, i + 1);
#endif
    leave_bind(SYSTEM, i + 1, 0, ST_SUCCESS);
#endif
    enter_af_register_notify(SYSTEM, i + 1);
    open_af(SYSTEM, i, i + 1);
#if PROXY > 0
    open_downstream(SYSTEM);
#endif
#if REGISTRATION > 0
    ask_for_a_placeholder(SYSTEM, i, ST_NOT_SUPPORTED);
#endif
    claimed[i] = 0;
    closed[i] = 0;
    client_references[i] = 1;
    manager_closed[i] = 0;
    manager_references[i] = 1;
    may_close_by_itself[i] = BY_ITSELF;
#if REQUESTS > 0
    allow_requests(i);
#endif
#if USERS > 0
    is_using[i] = 0;
#endif
#if SAPS > 0
    may_register[i] = (i < SAPS);
#endif
#if VCS > 0
    if
    :: i == 0 -> use_vcs()
    :: else
    fi;
#endif
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
#if PNP > 0
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && !MINIPORT -> unbind_adapter(0)
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && MINIPORT -> halt_adapter(SYSTEM)
#else
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && !MINIPORT -> NdisUnbindAdapter(SYSTEM, 0)
    :: MANAGER_LEAVES && !CLIENTS_LEAVE && MINIPORT -> remove_adapter(SYSTEM, 0)
#endif
    :: !MANAGER_LEAVES && CLIENTS_LEAVE ->
        for (k : 1 .. CLIENTS) {
#if PNP > 0
            unbind_adapter(k)
#else
            NdisUnbindAdapter(SYSTEM, k)
#endif
        }
    :: else
    fi
}

#if ADVERSARY > 0
#include "adversary.pml"
#else
init {
    byte k, round;
#if OPENING > 0
    bit manager_first;
#endif
    atomic {
        run call_manager_unbind();
        run call_manager_worker();
        run ndis_worker();
#if PROXY > 0
        run downstream_client();
#endif
#if OPENING > 0
        run ndis_offers();
#endif
        for (k : 0 .. CLIENTS - 1) {
            run client_unbind(k);
#if USERS > 0
            run client_user(k);
#endif
#if UNBIND_BY_ITSELF > 0
            run client_leaver(k);
#endif
            run client_worker(k)
        }
#if AF_SLOTS > 1
        run client_worker(1);
#endif
        if
        :: patient = 1
        :: AMB_13_MANAGER == READING_A -> patient = 0
        fi
    };
#if REGISTRATION > 0
    load_the_drivers();
    (MINIPORT || may_be_bound(0)) && all_of_clients(may_be_bound);
#endif
    do
    :: round < ROUNDS ->
        if
        :: FAIL_BIND && !PNP -> fail_to_bind(1)
        :: else
        fi;
#if PNP > 0
        plug_in();
        atomic { open_clients(); k = 0 };
        prepare_to_leave();
        atomic { leave(); k = 0 };
        finish_removal();
#elif OPENING > 0
        bind_whom_the_system_binds();
        if
        :: STAYS && round + 1 == ROUNDS -> break
        :: !STAYS || round + 1 < ROUNDS -> skip
        fi;
        atomic { leave(); k = 0 };
#else
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
#if REGISTRATION > 0
            unload_some();
#endif
            k = 0
        };
#endif
        /* The round ends when everybody who leaves has left; a thread that is stuck
         * keeps this one from ever going on, and SPIN reports the deadlock. */
        !MANAGER_LEAVES || is_unbound(0);
        !CLIENTS_LEAVE || all_of_clients(is_unbound);
#if PNP > 0
        plug_out();
#endif
#if OPENING > 0
        if
        :: AMB_41 == READING_B && round + 1 < ROUNDS -> completes_in_callback[0] = 0
        :: AMB_41 == READING_A || round + 1 == ROUNDS -> round_ends_at_rest()
        fi;
#else
        round_ends_at_rest();
#endif
        round++
    :: else -> break
    od
}
#endif
