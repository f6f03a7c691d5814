/* ndis_driver.c - the functions of ndis.h by which a driver registers itself and its handlers, and
 * the system's part: it loads, unloads and uninstalls drivers. The pages named are those of the
 * published reference. */
#include "callback.h"
#include "entry_point.h"
#include "runtime_driver.h"
#include "runtime_operation.h"
#include "runtime_thread.h"

/* Enters ProtocolSetOptions or MiniportSetOptions, and notes how it ends: 1 if the driver has set
 * its options. A miniport is known only when it is entered. */
/*@ OF_NDIS(requires valid: \valid(m) && APART(m); assigns STATE_OF_NDIS, *m;) */
static int set_options(uint16_t enter, uint16_t leave, struct handle driver, struct moment *m)
{
    if (!call_back(enter, driver, NO_STATUS, m)) {
        return 0;
    }
    return driver_acts(leave, m->event.object, status_of(m->answer), m) &&
           m->event.status == SUCCESS;
}

/* Registers a protocol driver, from its DriverEntry. NDIS calls ProtocolSetOptions meanwhile, and
 * binds the driver from then on, perhaps before this returns (REG-14): hence its handle is there
 * before. Failure: a handler is missing, or ProtocolSetOptions has failed.
 * nf-ndis-ndisregisterprotocoldriver */
/*@ CREATOR_OF_NDIS(NdisProtocolHandle) */
NDIS_STATUS NdisRegisterProtocolDriver(NDIS_HANDLE ProtocolDriverContext,
                                       PNDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics,
                                       PNDIS_HANDLE NdisProtocolHandle)
{
    struct moment m = {.arguments = {.context = ProtocolDriverContext, .what = Characteristics}};
    struct handle driver;

    if (!driver_acts(DRIVER_REGISTER_CALL, driver_in(UINT16_MAX), NO_STATUS, &m)) {
        return NDIS_STATUS_FAILURE;
    }
    driver = m.event.object;
    *NdisProtocolHandle = runtime_handle(DRIVER_REGISTER_CALL, driver);
    (void)set_options(SET_OPTIONS_ENTER, SET_OPTIONS_LEAVE, driver, &m);
    return ndis_returns(DRIVER_REGISTER_RETURN, driver);
}

/* Adds the handlers of one of the structures, from ProtocolSetOptions or MiniportSetOptions
 * (REG-10). nf-ndis-ndissetoptionalhandlers */
/*@ FUNCTION_OF_NDIS */
NDIS_STATUS NdisSetOptionalHandlers(NDIS_HANDLE NdisHandle,
                                    PNDIS_DRIVER_OPTIONAL_HANDLERS OptionalHandlers)
{
    return happens(SET_OPTIONAL_HANDLERS_CALL, decode(HANDLE_driver, NdisHandle), NO_STATUS,
                   WITH(.what = OptionalHandlers))
               ? NDIS_STATUS_SUCCESS
               : NDIS_STATUS_FAILURE;
}

/* Registers a miniport, an MCM too, from its DriverEntry. Of this no event tells but
 * MiniportSetOptions. Its adapter may be initialised when this has returned.
 * nf-ndis-ndismregisterminiportdriver */
/*@ CREATOR_OF_NDIS(NdisMiniportDriverHandle) */
NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath,
                                        NDIS_HANDLE MiniportDriverContext,
                                        PNDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics,
                                        PNDIS_HANDLE NdisMiniportDriverHandle)
{
    struct moment m = {.arguments = {.context = MiniportDriverContext, .what = Characteristics}};

    (void)DriverObject;
    (void)RegistryPath;
    if (!set_options(SET_OPTIONS_MCM_ENTER, SET_OPTIONS_MCM_LEAVE, driver_in(UINT16_MAX), &m)) {
        return NDIS_STATUS_FAILURE;
    }
    *NdisMiniportDriverHandle = runtime_handle(SET_OPTIONS_MCM_ENTER, m.event.object);
    return NDIS_STATUS_SUCCESS;
}

/* Asks NDIS to bind the driver where it may be bound and is not: here there is no such adapter.
 * nf-ndis-ndisreenumerateprotocolbindings */
/*@ FUNCTION_OF_NDIS */
void NdisReEnumerateProtocolBindings(NDIS_HANDLE NdisProtocolHandle)
{
    (void)happens(REENUMERATE_BINDINGS_CALL, decode(HANDLE_driver, NdisProtocolHandle), NO_STATUS,
                  NOTHING);
}

/* Leaving. */

/* The binding that the driver has, when no bind is under way any more. */
/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static struct handle binding_of_driver(uint32_t slot)
{
    struct handle binding = {slot, 0};

    take_ndis_lock();
    /*@ loop invariant held: lock_is_held == 1;
        loop invariant consistent: core_invariant(core);
        loop assigns UNDER_THE_LOCK; */
    while (core.binding[slot].phase == BINDING && !hooks.in_order) {
        wait_for_ndis("the end of a bind of a driver that goes");
    }
    binding.generation = core.binding[slot].generation;
    drop_ndis_lock();
    return binding;
}

/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void wait_until_unbound(uint32_t slot)
{
    take_ndis_lock();
    /*@ loop invariant held: lock_is_held == 1;
        loop invariant consistent: core_invariant(core);
        loop assigns UNDER_THE_LOCK; */
    while (core.binding[slot].phase != UNBOUND && !hooks.in_order) {
        wait_for_ndis("the unbind of a driver that goes (DRG-04)");
    }
    drop_ndis_lock();
}

/* Unbinds the driver, unless somebody else does so already, and waits until that is over. */
/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns STATE_OF_NDIS;) */
static void unbind_driver(uint32_t slot)
{
    const struct handle binding = binding_of_driver(slot);
    struct moment m = {0};

    (void)ndis_acts(REMOVE_BINDING, binding, NO_STATUS, &m);
    ndis_unbind(binding);
    wait_until_unbound(slot);
}

/* Deregisters a protocol driver, from Unload or from a DriverEntry that fails (DRG-01, DRG-05);
 * what is bound is unbound before this returns (DRG-03, DRG-04). Not in a callback of NDIS's
 * (DRG-02). nf-ndis-ndisderegisterprotocoldriver */
/*@ FUNCTION_OF_NDIS */
void NdisDeregisterProtocolDriver(NDIS_HANDLE NdisProtocolHandle)
{
    const struct handle driver = decode(HANDLE_driver, NdisProtocolHandle);

    if (happens(DRIVER_DEREGISTER_CALL, driver, NO_STATUS, NOTHING) &&
        driver.slot < MAX_BINDING) {
        unbind_driver(driver.slot);
        (void)ndis_returns(DRIVER_DEREGISTER_RETURN, driver);
    }
}

/* Deregisters a miniport, from its Unload or a DriverEntry that fails, when its adapters have been
 * halted. Of this no event tells. nf-ndis-ndismderegisterminiportdriver */
/*@ FUNCTION_OF_NDIS */
void NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle)
{
    const struct handle driver = decode(HANDLE_driver, NdisMiniportDriverHandle);

    take_ndis_lock();
    if (driver.slot < MAX_BINDING && driver_side[driver.slot].is_miniport &&
        driver_side[driver.slot].routine != NO_ROUTINE && core.binding[driver.slot].phase == UNBOUND) {
        driver_side[driver.slot].phase = DRIVER_ABSENT;
    }
    drop_ndis_lock();
}

/* The system. */

/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void begin_routine(uint32_t slot, enum driver_routine routine)
{
    const uint8_t thread = thread_number();

    take_ndis_lock();
    driver_side[slot].routine = (uint8_t)routine;
    driver_side[slot].thread = thread;
    driver_side[slot].is_unloaded = 0;
    drop_ndis_lock();
}

/*@ OF_NDIS(requires in_bounds: slot < MAX_BINDING; assigns lock_is_held, UNDER_THE_LOCK;) */
static void end_routine(uint32_t slot)
{
    take_ndis_lock();
    driver_side[slot].is_unloaded = driver_side[slot].routine == IN_UNLOAD ? 1 : 0;
    driver_side[slot].routine = NO_ROUTINE;
    drop_ndis_lock();
}

/*@ FUNCTION_OF_NDIS */
NDIS_STATUS ndis_load(uint32_t slot, DRIVER_INITIALIZE *entry)
{
    struct moment m = {0};
    NDIS_STATUS status;

    if (slot >= MAX_BINDING) {
        return NDIS_STATUS_FAILURE;
    }
    begin_routine(slot, IN_DRIVER_ENTRY);
    status = call_driver_entry(entry, slot);
    (void)driver_acts(DRIVER_ENTRY_LEAVE, driver_in(slot), status_of(status), &m);
    end_routine(slot);
    return status;
}

/*@ FUNCTION_OF_NDIS */
void ndis_unload(uint32_t slot)
{
    struct moment m = {0};

    if (slot >= MAX_BINDING || !ndis_acts(UNLOAD_ENTER, driver_in(slot), NO_STATUS, &m)) {
        return;
    }
    begin_routine(slot, IN_UNLOAD);
    call_unload(slot);
    end_routine(slot);
}

/*@ FUNCTION_OF_NDIS */
void ndis_uninstall(uint32_t slot)
{
    struct moment m = {0};

    if (slot < MAX_BINDING) {
        unbind_driver(slot);
        (void)call_back(DRIVER_UNINSTALL_ENTER, driver_in(slot), NO_STATUS, &m);
        ndis_unload(slot);
    }
}
