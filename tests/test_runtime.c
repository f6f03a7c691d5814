/* test_runtime.c - the runtime through its public face: what each function of NDIS brings
 * about when the server succeeds, fails, pends and completes before or after the return; and
 * that what a driver may not do is refused by the requirement and changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "checks.h"
#include "runtime/example_hooks.h"
#include "runtime/runtime_driver.h"
#include "runtime/runtime_thread.h"
#include "runtime/runtime_wait.h"
#include "trace/trace.h"

/* What has been recorded, and what NDIS owes. */
static uint16_t last;            /* event */
static enum requirement broken;  /* by the last event */
static unsigned breaches;
static enum requirement breach;  /* the last of them */
static unsigned count[NAMED_EVENT_COUNT];
static uint16_t owed;
static struct handle owed_to;

static void record(void *context, const struct event *event, enum requirement breaks)
{
    (void)context;
    last = event->kind;
    broken = breaks;
    if (breaks != CONFORMING) {
        breaches++;
        breach = breaks;
    } else {
        count[event->kind]++;
    }
}

/* What happens just before an event, once. */
static uint16_t awaited;
static void (*just_before)(void);

static int before(void *context, const struct event *event)
{
    (void)context;
    if (event->kind == awaited) {
        awaited = NO_EVENT;
        just_before();
    }
    return 0;
}

static void owe_it(void *context, uint16_t enter, struct handle object)
{
    (void)context;
    owed = enter;
    owed_to = object;
}

/* The drivers. Handles as they get them; what they give NDIS as contexts are the addresses of
 * these. */
static NDIS_HANDLE manager_binding, client_binding, af, manager_af, sap, vc, party, second_party;
static int manager_context, client_context, client_af, call_manager_af, client_sap, manager_sap,
    client_vc, manager_vc, miniport_vc, call_party, manager_party, client_party;
static struct _NDIS_OID_REQUEST oid;

/* What the next server does: before it returns, and what. */
static NDIS_STATUS answer;
static void (*meanwhile)(void);

static NDIS_STATUS serve_it(void)
{
    const NDIS_STATUS status = answer;

    if (meanwhile != NULL) {
        meanwhile();
    }
    return status;
}

/* Before its driver opens the adapter: nobody else can, and a driver that is not registered any
 * more cannot. */
static void open_with(NDIS_HANDLE driver, NDIS_HANDLE bind)
{
    NDIS_HANDLE got;

    assert_int_equal(NdisOpenAdapterEx(driver, NULL, NULL, bind, &got), NDIS_STATUS_FAILURE);
}

static void open_by_others(uint32_t slot, NDIS_HANDLE bind)
{
    const unsigned before_it = count[OPEN_ADAPTER_CALL];
    const uint8_t phase = driver_side[slot].phase;

    open_with(NULL, bind);
    open_with(bind, bind);
    open_with(runtime_driver_handle(1 - slot), bind);
    driver_side[slot].phase = DRIVER_ABSENT;
    open_with(runtime_driver_handle(slot), bind);
    driver_side[slot].phase = phase;
    assert_int_equal(count[OPEN_ADAPTER_CALL], before_it);
    assert_int_equal(breaches, 0);
}

static NDIS_STATUS Bind(NDIS_HANDLE driver, NDIS_HANDLE bind, PNDIS_BIND_PARAMETERS parameters)
{
    const int is_manager = driver == &manager_context;

    (void)parameters;
    open_by_others(is_manager ? MANAGER_BINDING : 1, bind);
    assert_int_equal(NdisOpenAdapterEx(runtime_driver_handle(is_manager ? MANAGER_BINDING : 1),
                                       driver, NULL, bind,
                                       is_manager ? &manager_binding : &client_binding),
                     NDIS_STATUS_SUCCESS);
    driver_did(OPEN_ADAPTER_OWN, bind, NDIS_STATUS_SUCCESS);
    driver_did(FREE_OPEN_PARAMETERS, bind, 0);
    if (is_manager) {
        assert_int_equal(NdisCmRegisterAddressFamilyEx(bind, NULL), NDIS_STATUS_SUCCESS);
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS Unbind(NDIS_HANDLE unbind, NDIS_HANDLE binding)
{
    (void)unbind;
    (void)binding;
    return NDIS_STATUS_PENDING;
}

static void Nothing(NDIS_HANDLE context)
{
    (void)context;
}

static NDIS_STATUS NetPnPEvent(NDIS_HANDLE binding, PNET_PNP_EVENT_NOTIFICATION event)
{
    assert_ptr_equal(binding, &client_context);
    assert_int_equal(event->NetPnPEvent.NetEvent, last == PAUSE_ENTER ? NetEventPause : NetEventRestart);
    return serve_it();
}

static void Offer(NDIS_HANDLE binding, PCO_ADDRESS_FAMILY family)
{
    (void)family;
    assert_ptr_equal(binding, &client_context);
}

static NDIS_STATUS OpenAf(NDIS_HANDLE binding, PCO_ADDRESS_FAMILY family, NDIS_HANDLE handle,
                          PNDIS_HANDLE context)
{
    (void)family;
    assert_ptr_equal(binding, &manager_context);
    manager_af = handle;
    *context = &call_manager_af;
    return serve_it();
}

static void OpenAfComplete(NDIS_HANDLE context, NDIS_HANDLE handle, NDIS_STATUS status)
{
    (void)status;
    assert_ptr_equal(context, &client_af);
    assert_ptr_equal(handle, manager_af);
}

static NDIS_STATUS CloseAf(NDIS_HANDLE context)
{
    assert_ptr_equal(context, &call_manager_af);
    return serve_it();
}

static void CloseAfComplete(NDIS_STATUS status, NDIS_HANDLE context)
{
    (void)status;
    assert_ptr_equal(context, &client_af);
}

static NDIS_STATUS NotifyCloseAf(NDIS_HANDLE context)
{
    assert_ptr_equal(context, &client_af);
    return serve_it();
}

static void NotifyComplete(NDIS_HANDLE context, NDIS_STATUS status)
{
    (void)status;
    assert_ptr_equal(context, &call_manager_af);
}

static NDIS_STATUS RegisterSap(NDIS_HANDLE context, PCO_SAP what, NDIS_HANDLE handle,
                               PNDIS_HANDLE sap_context)
{
    assert_ptr_equal(context, &call_manager_af);
    assert_ptr_equal(what, &oid);
    sap = handle;
    *sap_context = &manager_sap;
    return serve_it();
}

static NDIS_STATUS DeregisterSap(NDIS_HANDLE context)
{
    assert_ptr_equal(context, &manager_sap);
    return serve_it();
}

static void RegisterSapComplete(NDIS_STATUS status, NDIS_HANDLE context, PCO_SAP what, NDIS_HANDLE handle)
{
    (void)status;
    assert_ptr_equal(context, &client_sap);
    assert_ptr_equal(what, &oid);
    assert_ptr_equal(handle, sap);
}

static void DeregisterSapComplete(NDIS_STATUS status, NDIS_HANDLE context)
{
    (void)status;
    assert_ptr_equal(context, &client_sap);
}

static NDIS_STATUS MiniportCreateVc(NDIS_HANDLE adapter, NDIS_HANDLE handle, PNDIS_HANDLE context)
{
    (void)adapter;
    (void)handle;
    *context = &miniport_vc;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS MiniportDeleteVc(NDIS_HANDLE context)
{
    assert_ptr_equal(context, &miniport_vc);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS MiniportDeactivateVc(NDIS_HANDLE context)
{
    assert_ptr_equal(context, &miniport_vc);
    return serve_it();
}

static NDIS_STATUS CreateVc(NDIS_HANDLE context, NDIS_HANDLE handle, PNDIS_HANDLE vc_context)
{
    const int by_client = context == &call_manager_af;

    assert_true(by_client || context == &client_af);
    vc = handle;
    *vc_context = by_client ? &manager_vc : &client_vc;
    return serve_it();
}

static NDIS_STATUS DeleteVc(NDIS_HANDLE context)
{
    assert_true(context == &manager_vc || context == &client_vc);
    return serve_it();
}

static NDIS_STATUS MakeCall(NDIS_HANDLE context, PCO_CALL_PARAMETERS parameters, NDIS_HANDLE handle,
                            PNDIS_HANDLE party_context)
{
    (void)parameters;
    assert_ptr_equal(context, &manager_vc);
    party = handle;
    *party_context = &manager_party;
    return serve_it();
}

static void MakeCallComplete(NDIS_STATUS status, NDIS_HANDLE context, NDIS_HANDLE handle,
                             PCO_CALL_PARAMETERS parameters)
{
    (void)status;
    (void)parameters;
    assert_ptr_equal(context, &client_vc);
    assert_ptr_equal(handle, party);
}

static NDIS_STATUS CloseCall(NDIS_HANDLE context, NDIS_HANDLE party_context, PVOID data, UINT size)
{
    assert_ptr_equal(context, &manager_vc);
    assert_ptr_equal(party_context, &manager_party);
    assert_ptr_equal(data, &oid);
    assert_int_equal(size, sizeof oid);
    return serve_it();
}

static void CloseCallComplete(NDIS_STATUS status, NDIS_HANDLE context, NDIS_HANDLE party_context)
{
    (void)status;
    assert_ptr_equal(context, &client_vc);
    assert_ptr_equal(party_context, &call_party);
}

static NDIS_STATUS IncomingCall(NDIS_HANDLE sap_context, NDIS_HANDLE context,
                                PCO_CALL_PARAMETERS parameters)
{
    (void)parameters;
    assert_ptr_equal(sap_context, &client_sap);
    assert_ptr_equal(context, &client_vc);
    return serve_it();
}

static void IncomingCallComplete(NDIS_STATUS status, NDIS_HANDLE context, PCO_CALL_PARAMETERS parameters)
{
    (void)status;
    (void)parameters;
    assert_ptr_equal(context, &manager_vc);
}

static void IncomingClose(NDIS_STATUS status, NDIS_HANDLE context, PVOID data, UINT size)
{
    (void)size;
    assert_int_equal(status, NDIS_STATUS_FAILURE);
    assert_ptr_equal(data, &oid);
    assert_true(context == &client_vc || context == &client_party);
}

static NDIS_STATUS AddParty(NDIS_HANDLE context, PCO_CALL_PARAMETERS parameters, NDIS_HANDLE handle,
                            PNDIS_HANDLE party_context)
{
    (void)parameters;
    assert_ptr_equal(context, &manager_vc);
    second_party = handle;
    *party_context = &manager_party;
    return serve_it();
}

static void AddPartyComplete(NDIS_STATUS status, NDIS_HANDLE context, NDIS_HANDLE handle,
                             PCO_CALL_PARAMETERS parameters)
{
    (void)status;
    (void)parameters;
    assert_ptr_equal(context, &client_party);
    assert_ptr_equal(handle, second_party);
}

static NDIS_STATUS DropParty(NDIS_HANDLE context, PVOID data, UINT size)
{
    (void)data;
    (void)size;
    assert_ptr_equal(context, &manager_party);
    return serve_it();
}

static void DropPartyComplete(NDIS_STATUS status, NDIS_HANDLE context)
{
    (void)status;
    assert_ptr_equal(context, &client_party);
}

static void DeactivateComplete(NDIS_STATUS status, NDIS_HANDLE context)
{
    (void)status;
    assert_ptr_equal(context, &manager_vc);
}

static NDIS_STATUS Request(NDIS_HANDLE af_context, NDIS_HANDLE vc_context, NDIS_HANDLE party_context,
                           PNDIS_OID_REQUEST request)
{
    (void)vc_context;
    (void)party_context;
    assert_true(af_context == &call_manager_af || af_context == &client_af);
    assert_ptr_equal(request, &oid);
    return serve_it();
}

static void RequestComplete(NDIS_HANDLE af_context, NDIS_HANDLE vc_context, NDIS_HANDLE party_context,
                            PNDIS_OID_REQUEST request, NDIS_STATUS status)
{
    (void)af_context;
    (void)vc_context;
    (void)party_context;
    (void)status;
    assert_ptr_equal(request, &oid);
}

static NDIS_STATUS RequestToMiniport(NDIS_HANDLE adapter, NDIS_HANDLE vc_context, PNDIS_OID_REQUEST request)
{
    (void)adapter;
    (void)vc_context;
    assert_ptr_equal(request, &oid);
    return serve_it();
}

static void Status(NDIS_HANDLE binding, NDIS_HANDLE vc_context, PNDIS_STATUS_INDICATION indication)
{
    (void)binding;
    (void)vc_context;
    (void)indication;
}

static void SendComplete(NDIS_HANDLE context, PNET_BUFFER_LIST lists, ULONG flags)
{
    (void)lists;
    (void)flags;
    assert_ptr_equal(context, &client_vc);
}

/* What they register. A test may leave something out. */
static PROTOCOL_SET_OPTIONS SetOptions;
static PROTOCOL_UNINSTALL Uninstall;
static MINIPORT_INITIALIZE Initialize;
static MINIPORT_HALT Halt;
static DRIVER_UNLOAD Unload;

static struct structures {
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS protocol;
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_PROTOCOL_CO_CHARACTERISTICS co_protocol;
    NDIS_MINIPORT_CO_CHARACTERISTICS co_miniport;
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS client;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS manager;
} given;

static const struct structures whole = {
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS},
        .SetOptionsHandler = SetOptions,
        .BindAdapterHandlerEx = Bind,
        .UnbindAdapterHandlerEx = Unbind,
        .CloseAdapterCompleteHandlerEx = Nothing,
        .NetPnPEventHandler = NetPnPEvent,
        .UninstallHandler = Uninstall,
    },
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS},
        .SetOptionsHandler = SetOptions,
        .InitializeHandlerEx = Initialize,
        .HaltHandlerEx = Halt,
        .UnloadHandler = Unload,
    },
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS},
        .CoStatusHandlerEx = Status,
        .CoAfRegisterNotifyHandler = Offer,
        .CoSendNetBufferListsCompleteHandler = SendComplete,
    },
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS},
        .CoCreateVcHandler = MiniportCreateVc,
        .CoDeleteVcHandler = MiniportDeleteVc,
        .CoDeactivateVcHandler = MiniportDeactivateVc,
        .CoOidRequestHandler = RequestToMiniport,
    },
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS},
        .ClCreateVcHandler = CreateVc,
        .ClDeleteVcHandler = DeleteVc,
        .ClOidRequestHandler = Request,
        .ClOidRequestCompleteHandler = RequestComplete,
        .ClOpenAfCompleteHandlerEx = OpenAfComplete,
        .ClCloseAfCompleteHandler = CloseAfComplete,
        .ClNotifyCloseAfHandler = NotifyCloseAf,
        .ClRegisterSapCompleteHandler = RegisterSapComplete,
        .ClDeregisterSapCompleteHandler = DeregisterSapComplete,
        .ClMakeCallCompleteHandler = MakeCallComplete,
        .ClCloseCallCompleteHandler = CloseCallComplete,
        .ClIncomingCallHandler = IncomingCall,
        .ClIncomingCloseCallHandler = IncomingClose,
        .ClAddPartyCompleteHandler = AddPartyComplete,
        .ClDropPartyCompleteHandler = DropPartyComplete,
        .ClIncomingDropPartyHandler = IncomingClose,
    },
    {
        .Header = {.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS},
        .CmCreateVcHandler = CreateVc,
        .CmDeleteVcHandler = DeleteVc,
        .CmOidRequestHandler = Request,
        .CmOidRequestCompleteHandler = RequestComplete,
        .CmOpenAfHandler = OpenAf,
        .CmCloseAfHandler = CloseAf,
        .CmNotifyCloseAfCompleteHandler = NotifyComplete,
        .CmRegisterSapHandler = RegisterSap,
        .CmDeregisterSapHandler = DeregisterSap,
        .CmDeactivateVcCompleteHandler = DeactivateComplete,
        .CmMakeCallHandler = MakeCall,
        .CmCloseCallHandler = CloseCall,
        .CmIncomingCallCompleteHandler = IncomingCallComplete,
        .CmAddPartyHandler = AddParty,
        .CmDropPartyHandler = DropParty,
    },
};

static struct entry_points attached(void)
{
    struct entry_points e = {0};

    given = whole;
    take_handlers(&e, &given.protocol);
    take_handlers(&e, &given.co_protocol);
    take_handlers(&e, &given.co_miniport);
    take_handlers(&e, &given.client);
    take_handlers(&e, &given.manager);
    return e;
}

/* How far the world is before a test: each on top of the one before. */

static void answering(NDIS_STATUS status, void (*first)(void))
{
    answer = status;
    meanwhile = first;
}

static struct entry_points drivers;

static void started(void)
{
    const struct runtime_hooks to_test = {.before = before, .record = record, .owe = owe_it};

    memset(count, 0, sizeof count);
    breaches = 0;
    drivers = attached();
    runtime_start(core_recommended_readings(), &to_test);
    runtime_attach_miniport(&drivers, NULL);
}

static void bound(void)
{
    started();
    runtime_attach(MANAGER_BINDING, &drivers, &manager_context);
    runtime_attach(1, &drivers, &client_context);
    assert_true(ndis_enter(ENTER_BIND, runtime_binding(MANAGER_BINDING)));
    assert_true(ndis_enter(ENTER_BIND, runtime_binding(1)));
}

static void store_af(void)
{
    driver_did(STORE_CALL_MGR_AF_CONTEXT, manager_af, 0);
}

static void opened(void)
{
    bound();
    answering(NDIS_STATUS_SUCCESS, store_af);
    assert_int_equal(NdisClOpenAddressFamilyEx(client_binding, NULL, &client_af, &af),
                     NDIS_STATUS_SUCCESS);
    driver_did(OPEN_AF_OWN, af, NDIS_STATUS_SUCCESS);
}

static void sap_registered(void)
{
    opened();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(NdisClRegisterSap(af, &client_sap, (PCO_SAP)&oid, &sap), NDIS_STATUS_SUCCESS);
    driver_did(SAP_REGISTER_OWN, sap, NDIS_STATUS_SUCCESS);
}

static void vc_created(void)
{
    opened();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(NdisCoCreateVc(client_binding, af, &client_vc, &vc), NDIS_STATUS_SUCCESS);
}

static void activate_it(void)
{
    assert_int_equal(NdisCmActivateVc(vc, NULL), NDIS_STATUS_SUCCESS);
}

static void connected(void)
{
    vc_created();
    answering(NDIS_STATUS_SUCCESS, activate_it);
    assert_int_equal(NdisClMakeCall(vc, NULL, &call_party, &party), NDIS_STATUS_SUCCESS);
    driver_did(VC_MAKE_CALL_OWN, vc, NDIS_STATUS_SUCCESS);
    driver_did(FREE_CALL_PARAMETERS, vc, 0);
}

static void party_added(void)
{
    connected();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(NdisClAddParty(vc, &client_party, NULL, &second_party), NDIS_STATUS_SUCCESS);
    driver_did(PARTY_ADD_OWN, second_party, NDIS_STATUS_SUCCESS);
}

static void offered(void)
{
    sap_registered();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(NdisCoCreateVc(manager_binding, af, &manager_vc, &vc), NDIS_STATUS_SUCCESS);
    activate_it();
}

/* An operation: how it is called, on which handle; what its server does before it says that it
 * has ended; how the server completes it. */
struct operation_of {
    const char *name;
    void (*before)(void);
    NDIS_HANDLE *handle;
    NDIS_STATUS (*call)(NDIS_HANDLE handle);
    NDIS_HANDLE *object;
    void (*end)(int with_success);
    void (*complete)(NDIS_STATUS status, NDIS_HANDLE object);
    uint16_t deliver, own;
    NDIS_STATUS failure;       /* 0: it cannot fail */
    enum requirement stale, no_handle; /* which a dead handle and one of another kind break */
    enum requirement unasked;  /* and a completion that nobody has asked for */
};

static void no_end(int with_success) { (void)with_success; }

static NDIS_STATUS call_open(NDIS_HANDLE h) { return NdisClOpenAddressFamilyEx(h, NULL, &client_af, &af); }
static void end_open(int with_success) { if (with_success) { store_af(); } }
static void complete_open(NDIS_STATUS s, NDIS_HANDLE h)
{
    NdisCmOpenAddressFamilyComplete(s, h, &call_manager_af);
    if (broken == CONFORMING) {
        assert_int_equal(owed, OPEN_AF_DELIVER);
        assert_true(ndis_enter(owed, owed_to));
    }
}

static NDIS_STATUS call_register(NDIS_HANDLE h) { return NdisClRegisterSap(h, &client_sap, (PCO_SAP)&oid, &sap); }
static void end_register(int with_success) { if (!with_success) { driver_did(FREE_CALL_MGR_SAP_CONTEXT, sap, 0); } }
static void complete_register(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmRegisterSapComplete(s, h, &manager_sap); }

static NDIS_STATUS call_deregister(NDIS_HANDLE h) { return NdisClDeregisterSap(h); }
static void end_deregister(int with_success) { (void)with_success; driver_did(FREE_CALL_MGR_SAP_CONTEXT, sap, 0); }
static void complete_deregister(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmDeregisterSapComplete(s, h); }

static NDIS_STATUS call_make(NDIS_HANDLE h) { return NdisClMakeCall(h, NULL, &call_party, &party); }
static void end_make(int with_success) { if (with_success) { activate_it(); } }
static void complete_make(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmMakeCallComplete(s, h, party, NULL, NULL); }

static NDIS_STATUS call_close(NDIS_HANDLE h) { return NdisClCloseCall(h, party, &oid, sizeof oid); }
static void end_close(int with_success)
{
    if (with_success) {
        answering(NDIS_STATUS_SUCCESS, NULL);
        assert_int_equal(NdisCmDeactivateVc(vc), NDIS_STATUS_SUCCESS);
        driver_did(VC_DEACTIVATE_OWN, vc, NDIS_STATUS_SUCCESS);
    }
}
static void complete_close(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmCloseCallComplete(s, h, party); }

static NDIS_STATUS call_offer(NDIS_HANDLE h) { return NdisCmDispatchIncomingCall(sap, h, NULL); }
static void complete_offer(NDIS_STATUS s, NDIS_HANDLE h) { NdisClIncomingCallComplete(s, h, NULL); }

static NDIS_STATUS call_deactivate(NDIS_HANDLE h) { return NdisCmDeactivateVc(h); }
static void complete_deactivate(NDIS_STATUS s, NDIS_HANDLE h) { NdisMCoDeactivateVcComplete(s, h); }

static NDIS_STATUS call_add(NDIS_HANDLE h) { return NdisClAddParty(h, &client_party, NULL, &second_party); }
static void end_add(int with_success) { if (!with_success) { driver_did(FREE_CALL_MGR_PARTY_CONTEXT, second_party, 0); } }
static void complete_add(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmAddPartyComplete(s, h, &manager_party, NULL); }

static NDIS_STATUS call_drop(NDIS_HANDLE h) { return NdisClDropParty(h, NULL, 0); }
static void end_drop(int with_success) { (void)with_success; driver_did(FREE_CALL_MGR_PARTY_CONTEXT, second_party, 0); }
static void complete_drop(NDIS_STATUS s, NDIS_HANDLE h) { NdisCmDropPartyComplete(s, h); }

static NDIS_HANDLE request = &oid;
static NDIS_STATUS call_request(NDIS_HANDLE h) { return NdisCoOidRequest(client_binding, h, NULL, NULL, &oid); }
static NDIS_STATUS ask_client(NDIS_HANDLE h) { return NdisCoOidRequest(manager_binding, h, NULL, NULL, &oid); }
static NDIS_STATUS ask_miniport_now(NDIS_HANDLE h) { return NdisCoOidRequest(h, NULL, NULL, NULL, &oid); }
static void complete_request(NDIS_STATUS s, NDIS_HANDLE h) { NdisCoOidRequestComplete(af, NULL, NULL, h, s); }
static void complete_by_miniport(NDIS_STATUS s, NDIS_HANDLE h) { NdisMCoOidRequestComplete(NULL, NULL, h, s); }
static NDIS_STATUS ask_to_close(NDIS_HANDLE h)
{
    oid.DATA.SET_INFORMATION.Oid = OID_CO_AF_CLOSE;
    return ask_client(h);
}

static const struct operation_of operations[] = {
    {"open an AF", bound, &client_binding, call_open, &manager_af, end_open, complete_open,
     OPEN_AF_DELIVER, OPEN_AF_OWN, NDIS_STATUS_RESOURCES, CAD_12, NOT_AN_EVENT, AF_OP_18},
    {"register a SAP", opened, &af, call_register, &sap, end_register, complete_register,
     SAP_REGISTER_DELIVER, SAP_REGISTER_OWN, NDIS_STATUS_INVALID_DATA, AF_CL_01, AF_CL_01, SAP_04},
    {"deregister a SAP", sap_registered, &sap, call_deregister, &sap, end_deregister, complete_deregister,
     SAP_DEREGISTER_DELIVER, SAP_DEREGISTER_OWN, 0, SAP_07, SAP_07, SAP_11},
    {"make a call", vc_created, &vc, call_make, &vc, end_make, complete_make,
     VC_MAKE_CALL_DELIVER, VC_MAKE_CALL_OWN, NDIS_STATUS_FAILURE, VC_12, VC_12, CALL_04},
    {"close a call", connected, &vc, call_close, &vc, end_close, complete_close,
     VC_CLOSE_CALL_DELIVER, VC_CLOSE_CALL_OWN, NDIS_STATUS_FAILURE, VC_12, VC_12, CALL_15},
    {"offer a call", offered, &vc, call_offer, &vc, no_end, complete_offer,
     VC_INCOMING_CALL_DELIVER, VC_INCOMING_CALL_OWN, NDIS_STATUS_FAILURE, VC_12, VC_12, CALL_22},
    {"deactivate a VC", vc_created, &vc, call_deactivate, &vc, no_end, complete_deactivate,
     VC_DEACTIVATE_DELIVER, VC_DEACTIVATE_OWN, 0, VC_12, VC_12, VC_22},
    {"add a party", connected, &vc, call_add, &second_party, end_add, complete_add,
     PARTY_ADD_DELIVER, PARTY_ADD_OWN, NDIS_STATUS_FAILURE, VC_12, VC_12, PTY_13},
    {"drop a party", party_added, &second_party, call_drop, &second_party, end_drop, complete_drop,
     PARTY_DROP_DELIVER, PARTY_DROP_OWN, 0, PTY_02, PTY_02, PTY_08},
    {"ask the call manager", opened, &af, call_request, &request, no_end, complete_request,
     REQUEST_BY_CLIENT_DELIVER, REQUEST_BY_CLIENT_OWN, NDIS_STATUS_NOT_SUPPORTED, AF_CL_01, AF_CL_01, OID_04},
    {"ask the client", opened, &af, ask_client, &request, no_end, complete_request,
     REQUEST_BY_MANAGER_DELIVER, REQUEST_BY_MANAGER_OWN, NDIS_STATUS_NOT_SUPPORTED, AF_CM_15, AF_CM_15, OID_04},
    {"ask the client to close", opened, &af, ask_to_close, &request, no_end, complete_request,
     OID_CO_AF_CLOSE_DELIVER, OID_CO_AF_CLOSE_OWN, 0, AF_CM_15, AF_CM_15, OID_03},
    {"ask the miniport", bound, &client_binding, ask_miniport_now, &request, no_end, complete_by_miniport,
     REQUEST_TO_MINIPORT_DELIVER, REQUEST_TO_MINIPORT_OWN, NDIS_STATUS_NOT_SUPPORTED, CAD_02, CAD_02, CAD_02},
};
enum { OPERATIONS = sizeof operations / sizeof operations[0] };

/* The operation that is being tested, for its server. */
static const struct operation_of *now;

static void end_well(void) { now->end(1); }
static void end_badly(void) { now->end(0); }
static void complete_inside(void)
{
    now->end(1);
    now->complete(NDIS_STATUS_SUCCESS, *now->object);
}

static NDIS_HANDLE object_of_line(void)
{
    const enum handle_kind kind = object_of(now->own);
    return kind == HANDLE_request ? &oid : kind == HANDLE_binding ? client_binding
           : kind == HANDLE_af ? af : *now->object;
}

static void own(NDIS_STATUS status)
{
    driver_did(now->own, object_of_line(), status);
    assert_int_equal(last, now->own);
    assert_int_equal(broken, CONFORMING);
}

static void begin(const struct operation_of *o)
{
    now = o;
    memset(&oid, 0, sizeof oid);
    o->before();
    assert_int_equal(breaches, 0);
}

static void server_succeeds_at_once(void **state)
{
    (void)state;
    CHECKS(SAP_01, CALL_02, OID_01);
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        begin(o);
        answering(NDIS_STATUS_SUCCESS, end_well);
        assert_int_equal(o->call(*o->handle), NDIS_STATUS_SUCCESS);
        assert_int_equal(count[o->deliver], 0);
        own(NDIS_STATUS_SUCCESS);
        assert_int_equal(breaches, 0);
    }
}

static void server_fails(void **state)
{
    (void)state;
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        if (o->failure != 0) {
            begin(o);
            answering(o->failure, end_badly);
            assert_int_equal(o->call(*o->handle), o->failure);
            own(o->failure);
            assert_int_equal(count[o->deliver], 0);
            assert_int_equal(breaches, 0);
        }
    }
}

static void server_pends_and_completes(void **state)
{
    (void)state;
    CHECKS(SAP_04, CALL_04, OID_03);
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        begin(o);
        answering(NDIS_STATUS_PENDING, NULL);
        assert_int_equal(o->call(*o->handle), NDIS_STATUS_PENDING);
        assert_int_equal(count[o->deliver], 0);
        o->end(1);
        o->complete(NDIS_STATUS_SUCCESS, *o->object);
        assert_int_equal(count[o->deliver], 1);
        assert_int_equal(breaches, 0);
    }
}

static void server_pends_and_fails(void **state)
{
    (void)state;
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        if (o->failure != 0) {
            begin(o);
            answering(NDIS_STATUS_PENDING, NULL);
            assert_int_equal(o->call(*o->handle), NDIS_STATUS_PENDING);
            o->end(0);
            o->complete(o->failure, *o->object);
            assert_int_equal(count[o->deliver], 1);
            assert_int_equal(breaches, 0);
        }
    }
}

static void server_completes_before_it_returns(void **state)
{
    (void)state;
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        begin(o);
        answering(NDIS_STATUS_PENDING, complete_inside);
        assert_int_equal(o->call(*o->handle), NDIS_STATUS_PENDING);
        assert_int_equal(count[o->deliver], 1);
        assert_int_equal(breaches, 0);
    }
}

/* Whatever is refused changes nothing, and NDIS goes on. */
static struct core before_it;

static void remember_state(void) { before_it = core; }

static void assert_refused(const char *name, enum requirement expected)
{
    if (broken != expected || breaches == 0) {
        fail_msg("%s: %s instead of %s", name, requirement_id(broken), requirement_id(expected));
    }
    assert_memory_equal(&before_it, &core, sizeof core);
}

/* A NULL AF handle is none of a request's: that goes to the miniport (OID-06). */
static int takes_null(const struct operation_of *o)
{
    return o->call == call_request || o->call == ask_client || o->call == ask_to_close;
}

static void assert_call_refused(const struct operation_of *o, NDIS_HANDLE handle, enum requirement expected)
{
    remember_state();
    breaches = 0;
    assert_int_equal(o->call(handle), NDIS_STATUS_FAILURE);
    assert_refused(o->name, expected);
}

static void handles_that_are_none(void **state)
{
    struct handle older, ahead;
    NDIS_HANDLE good;

    (void)state;
    CHECKS(SAP_07, VC_12, PTY_02, AF_CL_01, AF_CM_15, CAD_02, CAD_12);
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        begin(o);
        good = *o->handle;
        answering(NDIS_STATUS_SUCCESS, end_well);
        older = ahead = decode(kind_of(good), good);
        older.generation -= 1;
        ahead.generation += 1;
        assert_call_refused(o, encode(kind_of(good), older), o->stale);
        assert_call_refused(o, encode(kind_of(good), ahead), o->stale);
        assert_call_refused(o, encode(HANDLE_driver, ahead), o->no_handle);
        assert_call_refused(o, (NDIS_HANDLE)((uintptr_t)good | (uintptr_t)1 << 60), o->no_handle);
        if (!takes_null(o)) {
            assert_call_refused(o, NULL, o->no_handle);
        }
        breaches = 0; /* and NDIS goes on */
        assert_int_equal(o->call(good), NDIS_STATUS_SUCCESS);
        own(NDIS_STATUS_SUCCESS);
        assert_int_equal(breaches, 0);
    }
}

static void completions_that_nobody_asked_for(void **state)
{
    (void)state;
    for (const struct operation_of *o = operations; o < operations + OPERATIONS; o++) {
        begin(o);
        answering(NDIS_STATUS_SUCCESS, end_well);
        assert_int_equal(o->call(*o->handle), NDIS_STATUS_SUCCESS);
        own(NDIS_STATUS_SUCCESS);
        if (object_of(o->own) == HANDLE_request || o->own == REQUEST_TO_MINIPORT_OWN) {
            driver_did(o->own == REQUEST_TO_MINIPORT_OWN ? FREE_REQUEST_TO_MINIPORT
                       : o->own == REQUEST_BY_CLIENT_OWN ? FREE_REQUEST_BY_CLIENT : FREE_REQUEST_BY_MANAGER,
                       object_of_line(), 0);
            assert_int_equal(broken, CONFORMING);
        }
        remember_state();
        o->complete(NDIS_STATUS_SUCCESS, *o->object);
        assert_refused(o->name, o->unasked);
        assert_int_equal(count[o->deliver], 0);
    }
}

/* VCs. */

static NDIS_STATUS refusing_miniport(NDIS_HANDLE adapter, NDIS_HANDLE handle, PNDIS_HANDLE context)
{
    (void)adapter;
    (void)handle;
    (void)context;
    return NDIS_STATUS_RESOURCES;
}

static void the_miniport_may_refuse_a_vc(void **state)
{
    struct entry_points miniport = drivers;

    (void)state;
    CHECKS(VC_03);
    opened();
    miniport.co_miniport.CoCreateVcHandler = refusing_miniport;
    runtime_attach_miniport(&miniport, NULL);
    assert_int_equal(NdisCoCreateVc(client_binding, af, &client_vc, &vc), NDIS_STATUS_RESOURCES);
    assert_int_equal(count[VC_CREATE_BY_CLIENT_ENTER], 0);
    assert_int_equal(count[MINIPORT_DELETE_VC_LEAVE], 0);
    driver_did(FREE_CLIENT_VC_CONTEXT, vc, 0);
    assert_int_equal(breaches, 0);
}

static void free_context_of_manager(void) { driver_did(FREE_CALL_MGR_VC_CONTEXT, vc, 0); }

static void the_peer_may_refuse_a_vc(void **state)
{
    (void)state;
    CHECKS(VC_04);
    opened();
    answering(NDIS_STATUS_RESOURCES, free_context_of_manager);
    assert_int_equal(NdisCoCreateVc(client_binding, af, &client_vc, &vc), NDIS_STATUS_RESOURCES);
    assert_int_equal(count[MINIPORT_DELETE_VC_LEAVE], 1);
    driver_did(FREE_CLIENT_VC_CONTEXT, vc, 0);
    assert_int_equal(breaches, 0);
}

static void a_vc_is_deleted_by_who_made_it(void **state)
{
    (void)state;
    vc_created();
    answering(NDIS_STATUS_SUCCESS, free_context_of_manager);
    assert_int_equal(NdisCoDeleteVc(vc), NDIS_STATUS_SUCCESS);
    assert_int_equal(count[VC_DELETE_BY_CLIENT_RETURN], 1);
    driver_did(FREE_CLIENT_VC_CONTEXT, vc, 0);
    offered();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(NdisCmDeactivateVc(vc), NDIS_STATUS_SUCCESS);
    driver_did(VC_DEACTIVATE_OWN, vc, NDIS_STATUS_SUCCESS);
    answering(NDIS_STATUS_NOT_ACCEPTED, NULL); /* the client may refuse (AMB-35) */
    assert_int_equal(NdisCoDeleteVc(vc), NDIS_STATUS_NOT_ACCEPTED);
    assert_int_equal(count[VC_DELETE_BY_MANAGER_RETURN], 1);
    assert_int_equal(breaches, 0);
}

static void what_may_not_be_done_with_a_vc(void **state)
{
    (void)state;
    CHECKS(VC_07, VC_12, CALL_10);
    connected();
    remember_state();
    assert_int_equal(NdisCoDeleteVc(vc), NDIS_STATUS_FAILURE);
    assert_refused("delete under a call", VC_09);
    assert_int_equal(NdisCoDeleteVc(af), NDIS_STATUS_FAILURE);
    assert_refused("delete an AF as a VC", VC_12);
    assert_int_equal(NdisMCmDeactivateVc(NULL), NDIS_STATUS_FAILURE);
    assert_refused("deactivate NULL", VC_12);
    assert_int_equal(NdisCmActivateVc(sap, NULL), NDIS_STATUS_FAILURE);
    assert_refused("activate a SAP", VC_12);
    vc_created();
    remember_state();
    NdisCoSendNetBufferLists(vc, NULL, 0);
    assert_refused("send without a call", CALL_10);
}

/* Data on a VC comes back on a thread of NDIS's. */
static void data_on_a_vc(void **state)
{
    (void)state;
    connected();
    NdisCoSendNetBufferLists(vc, NULL, 0);
    assert_int_equal(owed, VC_SEND_DELIVER);
    remember_state();
    assert_int_equal(NdisClCloseCall(vc, NULL, NULL, 0), NDIS_STATUS_FAILURE);
    assert_refused("close a call with sends", CALL_09);
    assert_true(ndis_enter(owed, owed_to));
    assert_false(ndis_enter(owed, owed_to));
    assert_int_equal(count[VC_SEND_DELIVER], 1);
}

static void the_other_side_ends_a_call_and_a_party(void **state)
{
    (void)state;
    party_added();
    NdisCmDispatchIncomingDropParty(NDIS_STATUS_FAILURE, second_party, &oid, sizeof oid);
    assert_int_equal(count[PARTY_INCOMING_DROP_ENTER], 1);
    NdisCmDispatchIncomingCloseCall(NDIS_STATUS_FAILURE, vc, &oid, sizeof oid);
    assert_int_equal(count[VC_INCOMING_CLOSE_ENTER], 1);
    assert_int_equal(breaches, 0);
    remember_state();
    NdisCmDispatchIncomingDropParty(NDIS_STATUS_FAILURE, party, NULL, 0); /* the call's own */
    assert_refused("drop the call's own party", PTY_08);
    NdisMCmDispatchIncomingDropParty(NDIS_STATUS_FAILURE, second_party, NULL, 0);
    assert_refused("an MCM's function by a call manager", MCM_07);
}

/* On an AF that is closing NDIS makes no VC, and delivers no request to the client. */
static void while_the_af_closes(void)
{
    NDIS_HANDLE none;

    assert_int_equal(NdisCoOidRequest(manager_binding, af, NULL, NULL, &oid), NDIS_STATUS_CLOSING);
    assert_int_equal(count[REQUEST_BY_MANAGER_ENTER], 0);
    driver_did(REQUEST_BY_MANAGER_OWN, &oid, NDIS_STATUS_CLOSING);
    driver_did(FREE_REQUEST_BY_MANAGER, &oid, 0);
    assert_int_equal(NdisCoCreateVc(manager_binding, af, &manager_vc, &none), NDIS_STATUS_FAILURE);
    assert_int_equal(count[VC_CREATE_BY_MANAGER_ENTER], 0);
    driver_did(FREE_CALL_MGR_VC_CONTEXT, none, 0);
    driver_did(RELEASE_AF_RESOURCES, af, 0);
}

static void nothing_new_on_an_af_that_closes(void **state)
{
    (void)state;
    CHECKS(OID_08, VC_02);
    opened();
    answering(NDIS_STATUS_SUCCESS, while_the_af_closes);
    assert_int_equal(NdisClCloseAddressFamily(af), NDIS_STATUS_SUCCESS);
    assert_int_equal(breaches, 0);
}

/* The memory of a request that is under way belongs to NDIS. */
static void ask_with_it_again(void)
{
    remember_state();
    assert_int_equal(NdisCoOidRequest(client_binding, af, NULL, NULL, &oid), NDIS_STATUS_FAILURE);
    assert_refused("a request twice", OID_04);
}

static void a_request_is_made_once(void **state)
{
    (void)state;
    CHECKS(OID_04);
    opened();
    answering(NDIS_STATUS_SUCCESS, ask_with_it_again);
    assert_int_equal(NdisCoOidRequest(client_binding, af, NULL, NULL, &oid), NDIS_STATUS_SUCCESS);
    assert_int_equal(breaches, 1);
}

/* An open that nobody serves is refused by NDIS. */
static void nobody_serves(void **state)
{
    (void)state;
    CHECKS(AF_OP_20);
    bound();
    system_did(REMOVE_ADAPTER, runtime_binding(MANAGER_BINDING));
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_true(ndis_enter(ENTER_UNBIND, runtime_binding(MANAGER_BINDING)));
    assert_int_equal(NdisCloseAdapterEx(manager_binding), NDIS_STATUS_SUCCESS);
    assert_int_equal(NdisClOpenAddressFamilyEx(client_binding, NULL, &client_af, &af),
                     NDIS_STATUS_FAILURE);
    assert_int_equal(count[OPEN_AF_ENTER], 0);
    driver_did(OPEN_AF_OWN, af, NDIS_STATUS_FAILURE);
    assert_int_equal(breaches, 0);
}

/* Bindings. */
static void pnp_events_pend_and_complete(void **state)
{
    (void)state;
    CHECKS(PNP_08, PNP_05);
    bound();
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_true(ndis_enter(RESTART_ENTER, runtime_binding(1)));
    assert_false(ndis_enter(RESTART_ENTER, runtime_binding(1)));
    answering(NDIS_STATUS_PENDING, NULL);
    assert_true(ndis_enter(PAUSE_ENTER, runtime_binding(1)));
    assert_int_equal(count[PAUSE_COMPLETE], 0);
    NdisCompleteNetPnPEvent(client_binding, NULL, NDIS_STATUS_SUCCESS);
    assert_int_equal(count[PAUSE_COMPLETE], 1);
    assert_int_equal(breaches, 0);
    remember_state();
    NdisCompleteNetPnPEvent(client_binding, NULL, NDIS_STATUS_SUCCESS);
    assert_refused("an event twice", PNP_08);
    NdisCompleteNetPnPEvent(NULL, NULL, NDIS_STATUS_SUCCESS);
    assert_refused("an event of NULL", CAD_02);
    NdisReturnNetBufferLists(client_binding, NULL, 0);
    assert_refused("data that was not received", PNP_05);
    NdisCompleteBindAdapterEx(client_binding, NDIS_STATUS_SUCCESS);
    assert_refused("a bind that is over", BND_04);
    assert_int_equal(NdisOpenAdapterEx(runtime_driver_handle(1), &client_context, NULL, af, &vc),
                     NDIS_STATUS_FAILURE);
    assert_refused("open an AF as an adapter", CAD_02);
}

/* Drivers that register themselves: the client in slot 1, the call manager or the MCM in slot 0. */
enum { CLIENT = 1 };
static uint32_t slot_of_driver;
static int is_mcm;
static NDIS_HANDLE driver, registered; /* as ProtocolSetOptions gets it, and who registers */
static NDIS_STATUS answer_of_options;
static void (*in_entry)(void), (*in_options)(void), (*in_unload)(void);

static NDIS_STATUS register_it(void)
{
    return is_mcm ? NdisMRegisterMiniportDriver(NULL, NULL, &manager_context, &given.miniport, &registered)
                  : NdisRegisterProtocolDriver(slot_of_driver == CLIENT ? &client_context : &manager_context,
                                               &given.protocol, &registered);
}

static void deregister_it(void)
{
    if (is_mcm) {
        NdisMDeregisterMiniportDriver(driver);
    } else {
        NdisDeregisterProtocolDriver(driver);
    }
}

static void set_them(PVOID of_kind, PVOID of_role)
{
    (void)NdisSetOptionalHandlers(driver, of_kind);
    (void)NdisSetOptionalHandlers(driver, of_role);
}

static NDIS_STATUS SetOptions(NDIS_HANDLE handle, NDIS_HANDLE context)
{
    driver = handle;
    assert_ptr_equal(context, slot_of_driver == CLIENT ? &client_context : &manager_context);
    in_options();
    return answer_of_options;
}

static void set_all(void)
{
    set_them(is_mcm ? (PVOID)&given.co_miniport : &given.co_protocol,
             slot_of_driver == CLIENT ? (PVOID)&given.client : &given.manager);
}

static void Uninstall(void) { assert_int_equal(last, DRIVER_UNINSTALL_ENTER); }
static void Unload(PDRIVER_OBJECT object) { (void)object; in_unload(); }
static void Halt(NDIS_HANDLE adapter, NDIS_HALT_ACTION action) { (void)adapter; (void)action; }
static NDIS_STATUS Initialize(NDIS_HANDLE adapter, NDIS_HANDLE context,
                              PNDIS_MINIPORT_INIT_PARAMETERS parameters)
{
    (void)adapter;
    (void)context;
    (void)parameters;
    return NDIS_STATUS_FAILURE;
}

static NTSTATUS Entry(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
    NDIS_STATUS status;

    (void)path;
    object->DriverUnload = Unload;
    status = register_it();
    in_entry();
    return status;
}

static void do_nothing(void) {}

/* A driver that does all as it should, which a test may change before it is loaded. */
static void driver_for(uint32_t slot, int mcm)
{
    started();
    slot_of_driver = slot;
    is_mcm = mcm;
    answer_of_options = NDIS_STATUS_SUCCESS;
    in_entry = do_nothing;
    in_options = set_all;
    in_unload = deregister_it;
}

static NDIS_STATUS load_it(void) { return ndis_load(slot_of_driver, Entry); }

static void assert_breaks(const char *name, enum requirement expected)
{
    if (breach != expected || breaches != 1) {
        fail_msg("%s: %s instead of %s, %u breaches", name, requirement_id(breach),
                 requirement_id(expected), breaches);
    }
}

/* NDIS binds nobody who has not set his options. */
static void is_not_bound(void)
{
    assert_false(ndis_enter(ENTER_BIND, runtime_binding(slot_of_driver)));
    set_all();
}

static void drivers_come_and_go(void **state)
{
    static const struct { uint32_t slot; int mcm; } kinds[] = {{CLIENT, 0}, {MANAGER_BINDING, 0}, {MANAGER_BINDING, 1}};

    (void)state;
    CHECKS(REG_10, DRG_01);
    for (unsigned i = 0; i < 3; i++) {
        driver_for(kinds[i].slot, kinds[i].mcm);
        in_options = is_not_bound;
        for (unsigned round = 1; round <= 2; round++) {
            assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
            assert_true(may_be_bound(slot_of_driver));
            assert_int_equal(count[SET_OPTIONAL_HANDLERS_CALL], 2 * round);
            assert_int_equal(count[DRIVER_REGISTER_RETURN], is_mcm ? 0 : round);
            assert_int_equal(count[is_mcm ? SET_OPTIONS_MCM_LEAVE : SET_OPTIONS_LEAVE], round);
            assert_int_equal(count[DRIVER_ENTRY_LEAVE], round);
            ndis_unload(slot_of_driver);
            assert_int_equal(count[DRIVER_DEREGISTER_RETURN], is_mcm ? 0 : round);
            assert_false(may_be_bound(slot_of_driver));
        }
        assert_int_equal(breaches, 0);
        assert_int_equal(runtime_stop(), CONFORMING);
    }
}

static void register_again(void) { assert_int_equal(register_it(), NDIS_STATUS_FAILURE); }

static void a_driver_registers_once_from_its_entry(void **state)
{
    (void)state;
    CHECKS(REG_10);
    driver_for(CLIENT, 0);
    assert_int_equal(register_it(), NDIS_STATUS_FAILURE);
    assert_breaks("registration outside DriverEntry", REG_10);
    breaches = 0;
    in_entry = register_again;
    assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    assert_breaks("registration again", REG_10);
    breaches = 0;
    assert_int_equal(NdisSetOptionalHandlers(driver, (PVOID)&given.client), NDIS_STATUS_FAILURE);
    assert_breaks("handlers outside ProtocolSetOptions", REG_10);
    breaches = 0;
    assert_int_equal(NdisSetOptionalHandlers(NULL, (PVOID)&given.client), NDIS_STATUS_FAILURE);
    assert_breaks("handlers of nobody", REG_10);
    driver_for(MANAGER_BINDING, 1); /* of an MCM no event tells that it tries again */
    assert_int_equal(register_it(), NDIS_STATUS_FAILURE);
    in_entry = register_again;
    assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    assert_int_equal(count[SET_OPTIONS_MCM_ENTER], 1);
    assert_int_equal(breaches, 0);
}

static void leave_the_second_out(void) { (void)NdisSetOptionalHandlers(driver, (PVOID)&given.co_protocol); }

/* ProtocolSetOptions may fail, and then nobody is registered. */
static void options_may_fail(void **state)
{
    (void)state;
    for (int mcm = 0; mcm <= 1; mcm++) {
        driver_for(MANAGER_BINDING, mcm);
        answer_of_options = NDIS_STATUS_RESOURCES;
        assert_int_equal(load_it(), NDIS_STATUS_FAILURE);
        assert_int_equal(breaches, 0);
        answer_of_options = NDIS_STATUS_SUCCESS;
        assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    }
}

#define WITHOUT(handler) (given.handler = NULL, #handler)

static void assert_needed(const char *handler, enum requirement expected)
{
    assert_int_equal(load_it(), NDIS_STATUS_FAILURE);
    assert_breaks(handler, expected);
    assert_false(may_be_bound(slot_of_driver));
    breaches = 0;
}

static void every_handler_is_needed(void **state)
{
    (void)state;
    CHECKS(UNB_02, CAD_14, REG_06, REG_15, AF_CL_19, NTF_16, REG_07, AF_CM_01, NTF_17, REG_08);
    driver_for(CLIENT, 0);
    assert_needed(WITHOUT(client.ClIncomingCallHandler), REG_07);
    assert_needed(WITHOUT(client.ClDeleteVcHandler), REG_07);
    assert_needed(WITHOUT(client.ClNotifyCloseAfHandler), NTF_16);
    assert_needed(WITHOUT(client.ClCloseAfCompleteHandler), AF_CL_19);
    assert_needed(WITHOUT(co_protocol.CoStatusHandlerEx), REG_15);
    assert_needed(WITHOUT(co_protocol.CoAfRegisterNotifyHandler), REG_06);
    assert_needed(WITHOUT(protocol.SetOptionsHandler), REG_10);
    assert_needed(WITHOUT(protocol.CloseAdapterCompleteHandlerEx), CAD_14);
    assert_needed(WITHOUT(protocol.UnbindAdapterHandlerEx), UNB_02);
    driver_for(CLIENT, 0);
    in_options = leave_the_second_out;
    assert_needed("a client's structure", AF_CL_19);
    for (int mcm = 0; mcm <= 1; mcm++) {
        driver_for(MANAGER_BINDING, mcm);
        assert_needed(WITHOUT(manager.CmDropPartyHandler), REG_08);
        assert_needed(WITHOUT(manager.CmNotifyCloseAfCompleteHandler), NTF_17);
        assert_needed(WITHOUT(manager.CmCloseAfHandler), AF_CM_01);
    }
}

static void an_mcm_has_two_oid_handlers(void **state)
{
    (void)state;
    CHECKS(REG_13);
    driver_for(MANAGER_BINDING, 1);
    given.co_miniport.CoOidRequestHandler = (MINIPORT_CO_OID_REQUEST *)(void (*)(void))Request;
    answer_of_options = NDIS_STATUS_FAILURE;
    assert_int_equal(load_it(), NDIS_STATUS_FAILURE);
    assert_breaks("one OID handler for both", REG_13);
}

/* The driver is bound, and unbound in the call with which it deregisters itself. */
static NDIS_STATUS UnbindAtOnce(NDIS_HANDLE unbind, NDIS_HANDLE binding)
{
    (void)unbind;
    assert_ptr_equal(binding, &client_context);
    (void)serve_it();
    assert_int_equal(NdisCloseAdapterEx(client_binding), NDIS_STATUS_SUCCESS);
    driver_did(FREE_BINDING_CONTEXT, client_binding, NDIS_STATUS_SUCCESS);
    return NDIS_STATUS_SUCCESS;
}

static void bound_by_registration(void)
{
    driver_for(CLIENT, 0);
    given.protocol.UnbindAdapterHandlerEx = UnbindAtOnce;
    answering(NDIS_STATUS_SUCCESS, NULL);
    assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    assert_true(ndis_enter(ENTER_BIND, runtime_binding(CLIENT)));
}

static void what_is_bound_is_unbound_first(void **state)
{
    (void)state;
    CHECKS(DRG_03, DRG_04, UNB_27);
    bound_by_registration();
    ndis_unload(CLIENT);
    assert_int_equal(count[REMOVE_BINDING], 1);
    assert_int_equal(count[LEAVE_UNBIND], 1);
    assert_int_equal(count[DRIVER_DEREGISTER_RETURN], 1);
    assert_int_equal(last, DRIVER_DEREGISTER_RETURN);
    assert_int_equal(breaches, 0);
    assert_int_equal(runtime_stop(), CONFORMING);
    bound_by_registration();
    assert_false(ndis_enter(DRIVER_UNINSTALL_ENTER, driver_in(CLIENT)));
    ndis_uninstall(CLIENT);
    assert_int_equal(count[DRIVER_UNINSTALL_ENTER], 1);
    assert_int_equal(count[ENTER_UNBIND], 1);
    assert_int_equal(count[DRIVER_DEREGISTER_RETURN], 1);
    assert_int_equal(breaches, 0);
}

static void bind_it(void)
{
    assert_true(ndis_enter(ENTER_BIND, runtime_binding(CLIENT)));
    assert_ptr_equal(registered, driver);
}

static void a_bind_may_come_before_the_registration_returns(void **state)
{
    (void)state;
    CHECKS(REG_14);
    driver_for(CLIENT, 0);
    registered = NULL;
    awaited = DRIVER_REGISTER_RETURN;
    just_before = bind_it;
    assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    assert_int_equal(awaited, NO_EVENT);
    assert_int_equal(count[LEAVE_BIND], 1);
    assert_int_equal(breaches, 0);
}

static void where_a_driver_may_not_deregister(void **state)
{
    (void)state;
    CHECKS(DRG_01, DRG_02, DRG_05);
    bound_by_registration();
    deregister_it();
    assert_breaks("in no routine", DRG_01);
    breaches = 0;
    NdisDeregisterProtocolDriver(client_binding);
    assert_breaks("a binding", DRG_01);
    breaches = 0;
    answering(NDIS_STATUS_SUCCESS, deregister_it);
    system_did(REMOVE_BINDING, runtime_binding(CLIENT));
    ndis_unbind(runtime_binding(CLIENT));
    assert_breaks("in ProtocolUnbindAdapterEx", DRG_02);
    driver_for(CLIENT, 0);
    in_options = deregister_it;
    answer_of_options = NDIS_STATUS_FAILURE;
    assert_int_equal(load_it(), NDIS_STATUS_FAILURE);
    assert_breaks("in ProtocolSetOptions", DRG_02);
}

static NTSTATUS FailingEntry(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
    (void)Entry(object, path);
    return NDIS_STATUS_RESOURCES;
}

static void who_goes_without_deregistering(void **state)
{
    (void)state;
    CHECKS(DRG_01, DRG_05);
    driver_for(CLIENT, 0);
    assert_int_equal(ndis_load(CLIENT, FailingEntry), NDIS_STATUS_RESOURCES);
    assert_breaks("DriverEntry fails", DRG_05);
    driver_for(CLIENT, 0);
    in_entry = deregister_it;
    assert_int_equal(ndis_load(CLIENT, FailingEntry), NDIS_STATUS_RESOURCES);
    assert_int_equal(breaches, 0);
    driver_for(CLIENT, 0);
    in_unload = do_nothing;
    assert_int_equal(load_it(), NDIS_STATUS_SUCCESS);
    assert_int_equal(runtime_unmet(), CONFORMING);
    ndis_unload(CLIENT);
    assert_int_equal(runtime_stop(), DRG_01);
}

/* The driver's memory lives as long as its driver object. */
static PVOID first_extension;
static PDRIVER_OBJECT driver_object;

static NTSTATUS EntryWithExtension(PDRIVER_OBJECT object, PUNICODE_STRING path)
{
    driver_object = object;
    assert_int_equal(IoAllocateDriverObjectExtension(object, &given, 64, &first_extension),
                     NDIS_STATUS_SUCCESS);
    return Entry(object, path);
}

static void use_the_extension(void)
{
    assert_ptr_equal(IoGetDriverObjectExtension(driver_object, &given), first_extension);
    deregister_it();
}

static void a_driver_object_has_an_extension(void **state)
{
    (void)state;
    driver_for(CLIENT, 0);
    in_unload = use_the_extension;
    assert_int_equal(ndis_load(CLIENT, EntryWithExtension), NDIS_STATUS_SUCCESS);
    ndis_unload(CLIENT);
    assert_null(IoGetDriverObjectExtension(driver_object, &given));
    assert_int_equal(runtime_stop(), CONFORMING);
}

/* What a driver takes from the system. A work item counts under a spin lock, and sets an event. */
static NDIS_SPIN_LOCK spin;
static NDIS_EVENT ran;
static unsigned runs;

static void run_once(void)
{
    assert_int_equal(thread_irql(), PASSIVE);
    NdisAcquireSpinLock(&spin);
    runs++;
    NdisSetEvent(&ran);
    NdisReleaseSpinLock(&spin);
}

static void run_item(PVOID object, PVOID context, PIO_WORKITEM item)
{
    assert_ptr_equal(object, &given);
    assert_ptr_equal(context, &oid);
    IoFreeWorkItem(item);
    run_once();
}

static void run_ndis_item(PVOID context, NDIS_HANDLE item)
{
    assert_ptr_equal(context, &oid);
    NdisFreeIoWorkItem(item);
    run_once();
}

static void work_items_and_events(void **state)
{
    (void)state;
    started();
    NdisAllocateSpinLock(&spin);
    NdisInitializeEvent(&ran);
    runs = 0;
    IoQueueWorkItemEx(IoAllocateWorkItem((PDEVICE_OBJECT)(PVOID)&given), run_item,
                      DelayedWorkQueue, &oid);
    assert_int_equal(NdisWaitEvent(&ran, 0), 1);
    assert_int_equal(NdisWaitEvent(&ran, 0), 1); /* it stays set */
    NdisResetEvent(&ran);
    NdisQueueIoWorkItem(NdisAllocateIoWorkItem(runtime_adapter()), run_ndis_item, &oid);
    assert_int_equal(NdisWaitEvent(&ran, 0), 1);
    assert_int_equal(runtime_stop(), CONFORMING);
    assert_int_equal(runs, 2);
    NdisFreeSpinLock(&spin);
}

static void irql_and_thread(void **state)
{
    KIRQL before_it = DISPATCH_LEVEL, raised = PASSIVE_LEVEL;

    (void)state;
    started();
    KeRaiseIrql(DISPATCH_LEVEL, &before_it);
    assert_int_equal(before_it, PASSIVE_LEVEL);
    assert_int_equal(thread_irql(), DISPATCH);
    KeRaiseIrql(DISPATCH_LEVEL, &raised);
    assert_int_equal(raised, DISPATCH_LEVEL);
    KeLowerIrql(before_it);
    assert_int_equal(thread_irql(), PASSIVE);
    assert_ptr_equal(KeGetCurrentThread(), KeGetCurrentThread());
    assert_int_equal(runtime_stop(), CONFORMING);
}

/* What ends the process elsewhere, here jumps back. */
static jmp_buf given_up;
static const char *why_given_up;

static void give_up(const char *why)
{
    why_given_up = why;
    longjmp(given_up, 1);
}

static void wait_at_dispatch_level(void)
{
    KIRQL before_it;

    KeRaiseIrql(DISPATCH_LEVEL, &before_it);
    (void)NdisWaitEvent(&ran, 0);
}

static void wait_under_a_lock(void)
{
    NdisAcquireSpinLock(&spin);
    (void)NdisWaitEvent(&ran, 0);
}

static void wait_for_ever(void)
{
    (void)NdisWaitEvent(&ran, 0);
}

static void lower_by_raising(void)
{
    KIRQL before_it;

    KeRaiseIrql(DISPATCH_LEVEL, &before_it);
    KeRaiseIrql(PASSIVE_LEVEL, &before_it);
}

static void raise_by_lowering(void) { KeLowerIrql(DISPATCH_LEVEL); }

static void act_until_given_up(void (*act)(void))
{
    if (setjmp(given_up) == 0) {
        act();
    }
}

static void what_ends_the_process(void **state)
{
    static const struct { void (*act)(void); const char *why; } acts[] = {
        {wait_at_dispatch_level, "NdisWaitEvent is called above PASSIVE_LEVEL"},
        {wait_under_a_lock, "THR-07: a lock is held across a call"},
        {wait_for_ever, "a deadlock: every thread waits"},
        {lower_by_raising, "KeRaiseIrql is asked to lower the IRQL"},
        {raise_by_lowering, "KeLowerIrql is asked to raise the IRQL"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        started();
        NdisAllocateSpinLock(&spin);
        NdisInitializeEvent(&ran);
        why_given_up = NULL;
        runtime_on_giving_up(give_up);
        act_until_given_up(acts[i].act);
        runtime_on_giving_up(NULL);
        assert_string_equal(why_given_up, acts[i].why);
        if (lock_is_held) {
            NdisReleaseSpinLock(&spin);
        }
        KeLowerIrql(PASSIVE_LEVEL);
    }
    assert_int_equal(runtime_stop(), CONFORMING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(server_succeeds_at_once),
        cmocka_unit_test(server_fails),
        cmocka_unit_test(server_pends_and_completes),
        cmocka_unit_test(server_pends_and_fails),
        cmocka_unit_test(server_completes_before_it_returns),
        cmocka_unit_test(handles_that_are_none),
        cmocka_unit_test(completions_that_nobody_asked_for),
        cmocka_unit_test(the_miniport_may_refuse_a_vc),
        cmocka_unit_test(the_peer_may_refuse_a_vc),
        cmocka_unit_test(a_vc_is_deleted_by_who_made_it),
        cmocka_unit_test(what_may_not_be_done_with_a_vc),
        cmocka_unit_test(data_on_a_vc),
        cmocka_unit_test(the_other_side_ends_a_call_and_a_party),
        cmocka_unit_test(nothing_new_on_an_af_that_closes),
        cmocka_unit_test(a_request_is_made_once),
        cmocka_unit_test(nobody_serves),
        cmocka_unit_test(pnp_events_pend_and_complete),
        cmocka_unit_test(drivers_come_and_go),
        cmocka_unit_test(a_driver_registers_once_from_its_entry),
        cmocka_unit_test(options_may_fail),
        cmocka_unit_test(every_handler_is_needed),
        cmocka_unit_test(an_mcm_has_two_oid_handlers),
        cmocka_unit_test(what_is_bound_is_unbound_first),
        cmocka_unit_test(a_bind_may_come_before_the_registration_returns),
        cmocka_unit_test(where_a_driver_may_not_deregister),
        cmocka_unit_test(who_goes_without_deregistering),
        cmocka_unit_test(a_driver_object_has_an_extension),
        cmocka_unit_test(work_items_and_events),
        cmocka_unit_test(irql_and_thread),
        cmocka_unit_test(what_ends_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
