/* registration.pml - a driver registers itself, its handlers and its AF, and is unloaded.
 * Conventions as in ndis.pml. Driver d owns binding d; driver 0 is the call manager, which
 * as an MCM is no protocol driver and registers its handlers only. */
#if REGISTRATION > 0

/* The functions that a driver supplies, one bit each; the OTHERS of a kind are those that
 * this model does not enter. */
#define BIND_ADAPTER                   1
#define UNBIND_ADAPTER                 2
#define CLOSE_ADAPTER_COMPLETE         4
#define OTHERS_OF_A_PROTOCOL           8
#define CO_AF_REGISTER_NOTIFY         16
#define OTHERS_OF_CO                  32
#define CL_CLOSE_AF_COMPLETE          64
#define CL_NOTIFY_CLOSE_AF           128
#define OTHERS_OF_A_CLIENT           256
#define CM_CLOSE_AF                  512
#define CM_NOTIFY_CLOSE_AF_COMPLETE 1024
#define OTHERS_OF_A_CALL_MANAGER    2048

#define DRIVER_ABSENT         0
#define DRIVER_REGISTERING    1
#define DRIVER_REGISTERED     2
#define DRIVER_DEREGISTERING  3

typedef Driver {
    unsigned phase : 2;
    bit in_entry;                /* inside DriverEntry, Unload, ProtocolSetOptions */
    bit in_unload;
    bit in_set_options;
    bit options_are_set;
    short handlers
}
Driver driver[BINDINGS];
byte given_binding_context[BINDINGS];

#define driver_line(thread, event, d, status) \
    printf("@ %d %d %d 1 %d 0\n", thread, event, d, status)
#define has(d, handler)  ((driver[d].handlers & handler) != 0)

/* ---- the driver ---- */

inline call_NdisRegisterProtocolDriver(thread, d, its_handlers)
{
    d_step {
        driver_line(thread, EV_DRIVER_REGISTER_CALL, d, 0);
        need(driver[d].phase == DRIVER_ABSENT && driver[d].in_entry, RQ_REG_10);
        driver[d].handlers = its_handlers;
        need(has(d, UNBIND_ADAPTER), RQ_UNB_02);
        need(has(d, CLOSE_ADAPTER_COMPLETE), RQ_CAD_14);
        driver[d].phase = DRIVER_REGISTERING
    }
}

inline enter_SetOptions(thread, d, for_miniport)
{
    d_step {
        driver_line(thread, (for_miniport -> EV_SET_OPTIONS_MCM_ENTER : EV_SET_OPTIONS_ENTER), d, 0);
        driver[d].in_set_options = 1
    }
}

/* An MCM's handler for the OID requests of its clients gets another context than the one
 * of its miniport (REG-13). */
inline call_NdisSetOptionalHandlers(thread, d, its_handlers, oid_handler, miniport_oid_handler)
{
    d_step {
        driver_line(thread, EV_SET_OPTIONAL_HANDLERS_CALL, d, 0);
        need(driver[d].in_set_options, RQ_REG_10);
        need(oid_handler != miniport_oid_handler, RQ_REG_13);
        driver[d].handlers = driver[d].handlers | (its_handlers)
    }
}

inline leave_SetOptions(thread, d, for_miniport)
{
    d_step {
        driver_line(thread, (for_miniport -> EV_SET_OPTIONS_MCM_LEAVE : EV_SET_OPTIONS_LEAVE), d, ST_SUCCESS);
        if
        :: !for_miniport ->
            need(has(d, CO_AF_REGISTER_NOTIFY), RQ_REG_06);
            need(has(d, OTHERS_OF_CO), RQ_REG_15)
        :: else
        fi;
        if
        :: d == 0 ->
            need(has(d, CM_CLOSE_AF), RQ_AF_CM_01);
            need(has(d, CM_NOTIFY_CLOSE_AF_COMPLETE), RQ_NTF_17);
            need(has(d, OTHERS_OF_A_CALL_MANAGER), RQ_REG_08)
        :: else ->
            need(has(d, CL_CLOSE_AF_COMPLETE), RQ_AF_CL_19);
            need(has(d, CL_NOTIFY_CLOSE_AF), RQ_NTF_16);
            need(has(d, OTHERS_OF_A_CLIENT), RQ_REG_07)
        fi;
        driver[d].in_set_options = 0;
        driver[d].options_are_set = 1
    }
}

inline return_NdisRegisterProtocolDriver(thread, d)
{
    d_step {
        driver_line(thread, EV_DRIVER_REGISTER_RETURN, d, ST_SUCCESS);
        need(driver[d].options_are_set, RQ_REG_10);
        driver[d].phase = DRIVER_REGISTERED
    }
}

inline leave_DriverEntry(thread, d, with_status)
{
    d_step {
        driver_line(thread, EV_DRIVER_ENTRY_LEAVE, d, with_status);
        need(with_status == ST_SUCCESS || driver[d].phase == DRIVER_ABSENT, RQ_DRG_05);
        driver[d].in_entry = 0
    }
}

#define on_its_callback_stack(thread, d) \
    (binding[d].phase == UNBINDING && unbind_thread(d) == thread)

/* What is bound is unbound before the return (DRG-03). */
inline call_NdisDeregisterProtocolDriver(thread, d)
{
    d_step {
        driver_line(thread, EV_DRIVER_DEREGISTER_CALL, d, 0);
        need(!on_its_callback_stack(thread, d), RQ_DRG_02);
        need(driver[d].phase == DRIVER_REGISTERED && (driver[d].in_entry || driver[d].in_unload), RQ_DRG_01);
        driver[d].phase = DRIVER_DEREGISTERING;
        remove_binding(thread, d)
    }
}

inline return_NdisDeregisterProtocolDriver(thread, d)
{
    d_step {
        driver_line(thread, EV_DRIVER_DEREGISTER_RETURN, d, 0);
        need(binding[d].phase != BOUND, RQ_DRG_03);
        need(binding[d].phase == UNBOUND, RQ_DRG_04);
        driver[d].phase = DRIVER_ABSENT;
        driver[d].handlers = 0;
        driver[d].options_are_set = 0
    }
}

inline enter_ProtocolUninstall(thread, d)
{
    d_step {
        driver_line(thread, EV_DRIVER_UNINSTALL_ENTER, d, 0);
        need(binding[d].phase != BOUND, RQ_UNB_27)
    }
}

inline enter_Unload(thread, d)
{
    d_step {
        driver_line(thread, EV_UNLOAD_ENTER, d, 0);
        driver[d].in_unload = 1
    }
}

/* ---- the AF ---- */

#define registration_result(b) \
    (binding[b].phase == UNBINDING || (b != 0 && binding[0].registered) -> ST_FAILURE : ST_SUCCESS)

/* Another driver tries to register the family. It is not the call manager that this model
 * is about, and shows only what NDIS answers: it tries when the family is taken, or when its
 * own binding closes. */
inline try_to_register(thread, b)
{
    d_step {
        call_register_af(thread, b, 0);
        expected = registration_result(b);
        return_NdisCmRegisterAddressFamilyEx(thread, b, 0, expected);
        expected = 0
    }
}

/* ---- the drivers' part ---- */

bit is_ready[BINDINGS];          /* its data is initialised: NDIS may enter its callbacks */
bit is_loaded[BINDINGS];         /* the driver that is to be bound; not one that fails to load */
bit unload_owed[BINDINGS];

#define PROTOCOL_HANDLERS \
    (BIND_ADAPTER | UNBIND_ADAPTER | CLOSE_ADAPTER_COMPLETE | OTHERS_OF_A_PROTOCOL)
#define CO_HANDLERS \
    (CO_AF_REGISTER_NOTIFY | OTHERS_OF_CO)
#define CLIENT_HANDLERS \
    (CL_CLOSE_AF_COMPLETE | CL_NOTIFY_CLOSE_AF | OTHERS_OF_A_CLIENT)
#define CALL_MANAGER_HANDLERS \
    (CM_CLOSE_AF | CM_NOTIFY_CLOSE_AF_COMPLETE | OTHERS_OF_A_CALL_MANAGER)
#define CO_OID_REQUEST           1
#define MINIPORT_CO_OID_REQUEST  2

/* A call for each of its structures: those of NDIS_PROTOCOL_CO_CHARACTERISTICS, an MCM's of
 * NDIS_MINIPORT_CO_CHARACTERISTICS, and those of its role. */
inline ProtocolSetOptions(thread, d)
{
    enter_SetOptions(thread, d, 0);
    call_NdisSetOptionalHandlers(thread, d, CO_HANDLERS, CO_OID_REQUEST, 0);
    if
    :: d == 0 -> call_NdisSetOptionalHandlers(thread, d, CALL_MANAGER_HANDLERS, CO_OID_REQUEST, 0)
    :: else -> call_NdisSetOptionalHandlers(thread, d, CLIENT_HANDLERS, CO_OID_REQUEST, 0)
    fi;
    leave_SetOptions(thread, d, 0)
}

inline MiniportSetOptions(thread, d)
{
    enter_SetOptions(thread, d, 1);
    call_NdisSetOptionalHandlers(thread, d, 0, 0, MINIPORT_CO_OID_REQUEST);
    call_NdisSetOptionalHandlers(thread, d, CALL_MANAGER_HANDLERS, CO_OID_REQUEST, MINIPORT_CO_OID_REQUEST);
    leave_SetOptions(thread, d, 1)
}

/* NDIS may bind the driver before NdisRegisterProtocolDriver has returned (REG-14); here
 * a client's. */
inline DriverEntry(thread, d)
{
    atomic {
        driver[d].in_entry = 1;
        is_ready[d] = 1;
        call_NdisRegisterProtocolDriver(thread, d, PROTOCOL_HANDLERS);
        ProtocolSetOptions(thread, d);
        is_loaded[d] = (d != 0)
    };
    atomic {
        return_NdisRegisterProtocolDriver(thread, d);
        is_loaded[d] = 1;
        leave_DriverEntry(thread, d, ST_SUCCESS)
    }
}

/* Something else fails after the registration (DRG-05). */
inline failing_DriverEntry(thread, d)
{
    atomic {
        driver[d].in_entry = 1;
        is_ready[d] = 1;
        call_NdisRegisterProtocolDriver(thread, d, PROTOCOL_HANDLERS);
        ProtocolSetOptions(thread, d);
        return_NdisRegisterProtocolDriver(thread, d);
        NdisDeregisterProtocolDriver(thread, d);
        is_ready[d] = 0;
        leave_DriverEntry(thread, d, ST_FAILURE)
    }
}

inline NdisDeregisterProtocolDriver(thread, d)
{
    call_NdisDeregisterProtocolDriver(thread, d);
    atomic { binding[d].phase == UNBOUND -> return_NdisDeregisterProtocolDriver(thread, d) }
}

inline Unload(thread, d)
{
    enter_Unload(thread, d);
    NdisDeregisterProtocolDriver(thread, d);
    atomic { driver[d].in_unload = 0; is_loaded[d] = 0; is_ready[d] = 0; unload_owed[d] = 0 }
}

/* A client that takes no incoming calls has a placeholder for their VCs (REG-09), which is
 * all that comes of the VC that the call manager creates for one. */
inline ask_for_a_placeholder(thread, i, with_status)
{
    d_step {
        if
        :: MINIPORT -> object_line(thread, EV_VC_CREATE_BY_MANAGER_MCM_CALL, 0, 1, 0, i)
        :: else -> object_line(thread, EV_VC_CREATE_BY_MANAGER_CALL, 0, 1, 0, i)
        fi;
        object_line(thread, EV_VC_CREATE_BY_MANAGER_ENTER, 0, 1, 0, i);
        object_line(thread, EV_FREE_CLIENT_VC_CONTEXT, 0, 1, 0, i);
        object_line(thread, EV_VC_CREATE_BY_MANAGER_LEAVE, 0, 1, with_status, i);
        need(with_status == ST_NOT_SUPPORTED, RQ_REG_09);
        if
        :: MINIPORT -> object_line(thread, EV_VC_CREATE_BY_MANAGER_MCM_RETURN, 0, 1, with_status, i)
        :: else -> object_line(thread, EV_VC_CREATE_BY_MANAGER_RETURN, 0, 1, with_status, i)
        fi;
        object_line(thread, EV_FREE_CALL_MGR_VC_CONTEXT, 0, 1, 0, i)
    }
}

/* ---- who runs ---- */

#define DRIVER(d)  (20 + (d))

/* The thread of DriverEntry and Unload, which the system calls; an uninstall unbinds first. */
proctype driver_object(byte d)
{
    if
    :: d > 0 -> failing_DriverEntry(DRIVER(d), d)
    :: true
    fi;
    DriverEntry(DRIVER(d), d);
end:
    do
    :: unload_owed[d] ->
        if
        :: d > 0 ->
            remove_binding(DRIVER(d), d);
            atomic { binding[d].phase != BOUND -> enter_ProtocolUninstall(DRIVER(d), d) }
        :: true
        fi;
        Unload(DRIVER(d), d)
    od
}

/* NDIS binds who is registered and has set its options. */
#define may_be_bound(b)  is_loaded[b]
#define is_gone(b)       (!unload_owed[b])

inline load_the_drivers()
{
    for (k : 1 .. CLIENTS) {
        run driver_object(k)
    }
    if
    :: MINIPORT ->
        is_ready[0] = 1;
        driver[0].in_entry = 1;
        MiniportSetOptions(SYSTEM, 0);
        leave_DriverEntry(SYSTEM, 0, ST_SUCCESS)
    :: else -> run driver_object(0)
    fi;
    k = 0
}

/* Some drivers are unloaded, or the client's driver besides what plug and play does. */
inline unload_some()
{
    if
    :: !MINIPORT && !MANAGER_LEAVES -> unload_owed[0] = 1
    :: unload_owed[1] = 1
    :: !MINIPORT && !MANAGER_LEAVES -> unload_owed[0] = 1; unload_owed[1] = 1
    fi
}

inline need_ready(b)
{
    need(is_ready[b], RQ_REG_14)
}
#endif
