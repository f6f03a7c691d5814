/* test_core.c - the core through traces: who may do what with a handle, and when the
 * right has ended. Each story begins with a bound call manager and two bound clients;
 * its last event gets the answer that is named, all before it conform. */
#include "trace/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define BOUND(b)                                                                   \
    "t0 enter ProtocolBindAdapterEx binding:" b " - PASSIVE\n"                     \
    "t0 call NdisOpenAdapterEx binding:" b " - PASSIVE\n"                          \
    "t0 return NdisOpenAdapterEx binding:" b " SUCCESS PASSIVE\n"                  \
    "t0 do OwnProtocolOpenAdapterCompleteEx binding:" b " SUCCESS PASSIVE\n"       \
    "t0 do FreeOpenParameters binding:" b " - PASSIVE\n"
#define BINDINGS                                                        \
    "closeaf-trace 2\n" BOUND("0.1")                                    \
    "t0 call NdisCmRegisterAddressFamilyEx binding:0.1 - PASSIVE\n"     \
    "t0 return NdisCmRegisterAddressFamilyEx binding:0.1 SUCCESS PASSIVE\n" \
    "t0 leave ProtocolBindAdapterEx binding:0.1 SUCCESS PASSIVE\n"      \
    BOUND("1.1") "t0 leave ProtocolBindAdapterEx binding:1.1 SUCCESS PASSIVE\n" \
    "t0 enter ProtocolCoAfRegisterNotify binding:1.1 - PASSIVE\n"       \
    BOUND("2.1") "t0 leave ProtocolBindAdapterEx binding:2.1 SUCCESS PASSIVE\n" \
    "t0 enter ProtocolCoAfRegisterNotify binding:2.1 - PASSIVE\n"
#define MINIPORT                                                            \
    "closeaf-trace 2\nt0 enter MiniportInitializeEx binding:0.1 - PASSIVE\n" \
    "t0 call NdisMCmRegisterAddressFamilyEx binding:0.1 - PASSIVE\n"        \
    "t0 return NdisMCmRegisterAddressFamilyEx binding:0.1 SUCCESS PASSIVE\n" \
    "t0 leave MiniportInitializeEx binding:0.1 SUCCESS PASSIVE\n"           \
    BOUND("1.1") "t0 leave ProtocolBindAdapterEx binding:1.1 SUCCESS PASSIVE\n" \
    "t0 enter ProtocolCoAfRegisterNotify binding:1.1 - PASSIVE\n"
#define OPEN(af, on) "t1 call NdisClOpenAddressFamilyEx af:" af " - PASSIVE binding:" on "\n"
#define OPENED(af)                                                                 \
    OPEN(af, "1.1") "t1 enter ProtocolCmOpenAf af:" af " - PASSIVE\n"              \
    "t1 do StoreCallMgrAfContext af:" af " - PASSIVE\n"                            \
    "t1 leave ProtocolCmOpenAf af:" af " SUCCESS PASSIVE\n"                        \
    "t1 return NdisClOpenAddressFamilyEx af:" af " SUCCESS PASSIVE binding:1.1\n"  \
    "t1 do OwnProtocolClOpenAfCompleteEx af:" af " SUCCESS PASSIVE\n"
#define CLOSE(af) "t1 call NdisClCloseAddressFamily af:" af " - PASSIVE\n"
#define ENTER(af) "t1 enter ProtocolCmCloseAf af:" af " - PASSIVE\n"
#define RELEASE(af) "t1 do ReleaseAfResources af:" af " - PASSIVE\n"
#define LEAVE(af, status) "t1 leave ProtocolCmCloseAf af:" af " " status " PASSIVE\n"
#define RETURN(af, status) "t1 return NdisClCloseAddressFamily af:" af " " status " PASSIVE\n"
#define OWN(af, status) "t1 do OwnProtocolClCloseAfComplete af:" af " " status " PASSIVE\n"
#define COMPLETE(af) "t2 call NdisCmCloseAddressFamilyComplete af:" af " SUCCESS PASSIVE\n"
#define COMPLETED(af) "t2 enter ProtocolClCloseAfComplete af:" af " SUCCESS PASSIVE\n"
#define FREE_CLIENT(af) "t1 do FreeClientAfContext af:" af " - PASSIVE\n"
#define FREE_MANAGER(af) "t1 do FreeCallMgrAfContext af:" af " - PASSIVE\n"
#define PENDED(af) CLOSE(af) ENTER(af) LEAVE(af, "PENDING") RETURN(af, "PENDING")
#define CLOSED(af)                                                                 \
    CLOSE(af) ENTER(af) RELEASE(af) LEAVE(af, "SUCCESS") RETURN(af, "SUCCESS")     \
    OWN(af, "SUCCESS") FREE_CLIENT(af) FREE_MANAGER(af)
#define NOTIFY(af) "t3 call NdisCmNotifyCloseAddressFamily af:" af " - PASSIVE\n"

#define ON_VC(verb, name, status) "t1 " verb " " name " vc:0.1 " status " PASSIVE af:0.1\n"
#define ON_PARTY(verb, name, status) "t1 " verb " " name " party:0.1 " status " PASSIVE vc:0.1\n"
#define CREATED(the_miniport)                                                            \
    ON_VC("call", "NdisCoCreateVc/client", "-") the_miniport                             \
    ON_VC("enter", "ProtocolCoCreateVc/manager", "-")                                    \
    ON_VC("leave", "ProtocolCoCreateVc/manager", "SUCCESS")                              \
    ON_VC("return", "NdisCoCreateVc/client", "SUCCESS")
#define CONNECTED(activate)                                                              \
    ON_VC("call", "NdisClMakeCall", "-") ON_VC("enter", "ProtocolCmMakeCall", "-")       \
    ON_VC("call", activate, "-") ON_VC("leave", "ProtocolCmMakeCall", "SUCCESS")         \
    ON_VC("return", "NdisClMakeCall", "SUCCESS")                                         \
    ON_VC("do", "OwnProtocolClMakeCallComplete", "SUCCESS")                              \
    ON_PARTY("call", "NdisClAddParty", "-") ON_PARTY("enter", "ProtocolCmAddParty", "-") \
    ON_PARTY("leave", "ProtocolCmAddParty", "SUCCESS")                                   \
    ON_PARTY("return", "NdisClAddParty", "SUCCESS")                                      \
    ON_PARTY("do", "OwnProtocolClAddPartyComplete", "SUCCESS")
#define OFFERED(call, the_miniport)                                                      \
    ON_VC("call", call, "-") the_miniport ON_VC("enter", "ProtocolCoCreateVc/client", "-") \
    ON_VC("leave", "ProtocolCoCreateVc/client", "SUCCESS") ON_VC("return", call, "SUCCESS")
#define CO_MINIPORT ON_VC("leave", "MiniportCoCreateVc", "SUCCESS")
#define ON_SAP(sap, verb, name, status) "t1 " verb " " name " sap:" sap " " status " PASSIVE af:0.1\n"
#define REGISTERED                                                                       \
    ON_SAP("0.1", "call", "NdisClRegisterSap", "-")                                      \
    ON_SAP("0.1", "enter", "ProtocolCmRegisterSap", "-")                                 \
    ON_SAP("0.1", "leave", "ProtocolCmRegisterSap", "SUCCESS")                           \
    ON_SAP("0.1", "return", "NdisClRegisterSap", "SUCCESS")                              \
    ON_SAP("0.1", "do", "OwnProtocolClRegisterSapComplete", "SUCCESS")
#define ON_REQUEST(verb, name, status) "t1 " verb " " name " request:0.1 " status " PASSIVE af:0.1\n"
#define CALLED CREATED(CO_MINIPORT) CONNECTED("NdisCmActivateVc")

static const struct story {
    const char *what;
    const char *trace;
    enum requirement answer;
} stories[] = {
    {"open", OPENED("0.1"), CONFORMING},
    {"open, close at once, free", OPENED("0.1") CLOSED("0.1"), CONFORMING},
    {"pend, complete, free",
     OPENED("0.1") PENDED("0.1") RELEASE("0.1") COMPLETE("0.1") COMPLETED("0.1")
     FREE_CLIENT("0.1") FREE_MANAGER("0.1"), CONFORMING},
    {"a slot is used again under a new generation",
     OPENED("0.1") CLOSED("0.1") OPENED("0.2") CLOSED("0.2"), CONFORMING},
    {"the old generation is dead",
     OPENED("0.1") CLOSED("0.1") OPENED("0.2") CLOSE("0.1"), AF_CL_01},
    {"a generation cannot be skipped", OPEN("0.2", "1.1"), AF_OP_03},
    {"a generation does not come back",
     OPENED("0.1") CLOSED("0.1") OPEN("0.1", "1.1"), AF_OP_03},
    {"an AF that was never opened", CLOSE("0.1"), AF_CL_01},
    {"a slot outside the table", CLOSE("4294967295.1"), AF_CL_01},
    {"an occupied slot is not given out", OPENED("0.1") OPEN("0.1", "1.1"), AF_OP_24},
    {"close twice while closing", OPENED("0.1") PENDED("0.1") CLOSE("0.1"), AF_CL_03},
    {"use after the completion",
     OPENED("0.1") PENDED("0.1") RELEASE("0.1") COMPLETE("0.1") COMPLETED("0.1")
     ON_SAP("0.1", "call", "NdisClRegisterSap", "-"), AF_CL_02},
    {"complete twice",
     OPENED("0.1") PENDED("0.1") RELEASE("0.1") COMPLETE("0.1") COMPLETE("0.1"), AF_CM_19},
    {"complete what was not pended", OPENED("0.1") COMPLETE("0.1"), AF_CM_20},
    {"complete with the resources still held",
     OPENED("0.1") PENDED("0.1") COMPLETE("0.1"), AF_CM_12},
    {"NDIS tells the client twice",
     OPENED("0.1") PENDED("0.1") RELEASE("0.1") COMPLETE("0.1") COMPLETED("0.1")
     COMPLETED("0.1"), AF_CL_06},
    {"NDIS tells the client too early", OPENED("0.1") PENDED("0.1") COMPLETED("0.1"),
     AF_CL_07},
    {"own completion although NDIS owes it", OPENED("0.1") PENDED("0.1")
     OWN("0.1", "SUCCESS"), AF_CL_05},
    {"own completion with another status",
     OPENED("0.1") CLOSE("0.1") ENTER("0.1") RELEASE("0.1") LEAVE("0.1", "SUCCESS")
     RETURN("0.1", "SUCCESS") OWN("0.1", "FAILURE"), AF_CL_04},
    {"a context freed while the close is pended",
     OPENED("0.1") PENDED("0.1") FREE_CLIENT("0.1"), AF_CL_08},
    {"a context freed while the AF is open", OPENED("0.1") FREE_CLIENT("0.1"), AF_CL_10},
    {"the manager's context freed too early", OPENED("0.1") PENDED("0.1")
     FREE_MANAGER("0.1"), AF_CM_22},
    {"a refused close leaves the AF open",
     OPENED("0.1") CLOSE("0.1") ENTER("0.1") LEAVE("0.1", "NOT_ACCEPTED")
     RETURN("0.1", "NOT_ACCEPTED") OWN("0.1", "NOT_ACCEPTED") CLOSED("0.1"), CONFORMING},
    {"success with a SAP left",
     OPENED("0.1") REGISTERED CLOSE("0.1") ENTER("0.1") LEAVE("0.1", "SUCCESS"), AF_CM_08},
    {"two notifications at once", OPENED("0.1") NOTIFY("0.1") NOTIFY("0.1"), NTF_37},
    {"a notification above PASSIVE_LEVEL",
     OPENED("0.1") "t3 call NdisCmNotifyCloseAddressFamily af:0.1 - DISPATCH\n", IRQL_07},
    {"the adapter closed above PASSIVE_LEVEL (checks: SDV-01)",
     "t1 call NdisCloseAdapterEx binding:1.1 - DISPATCH\n", IRQL_04},
    {"a notification of the call manager's above PASSIVE_LEVEL (checks: SDV-02)",
     OPENED("0.1") "t3 call NdisCmNotifyCloseAddressFamily af:0.1 - DISPATCH\n", IRQL_07},
    {"the MCM's function by a stand-alone call manager",
     OPENED("0.1") "t3 call NdisMCmNotifyCloseAddressFamily af:0.1 - PASSIVE\n", NTF_13},
    {"the adapter closed outside an unbind",
     "t1 call NdisCloseAdapterEx binding:1.1 - PASSIVE\n", CAD_09},
    {"a stale binding", "t1 call NdisUnbindAdapter binding:1.2 - PASSIVE\n", CAD_02},
    {"a SAP of an AF that closes", OPENED("0.1") PENDED("0.1")
     ON_SAP("0.1", "call", "NdisClRegisterSap", "-"), AF_CL_27},
    {"a close with a SAP registered", OPENED("0.1") REGISTERED CLOSE("0.1"), SAP_15},
    {"a SAP of another generation",
     OPENED("0.1") REGISTERED ON_SAP("0.2", "call", "NdisClDeregisterSap", "-"), SAP_07},
    {"a SAP deregistered twice",
     OPENED("0.1") REGISTERED ON_SAP("0.1", "call", "NdisClDeregisterSap", "-")
     ON_SAP("0.1", "call", "NdisClDeregisterSap", "-"), SAP_07},
    {"a call, with a party", OPENED("0.1") CALLED, CONFORMING},
    {"a close with a VC", OPENED("0.1") CREATED(CO_MINIPORT) CLOSE("0.1"), VC_19},
    {"a VC deleted while it has a call",
     OPENED("0.1") CALLED ON_VC("call", "NdisCoDeleteVc/client", "-"), VC_09},
    {"a call closed before its last party",
     OPENED("0.1") CALLED ON_VC("call", "NdisClCloseCall", "-"), CALL_12},
    {"a party dropped twice",
     OPENED("0.1") CALLED ON_PARTY("call", "NdisClDropParty", "-")
     ON_PARTY("call", "NdisClDropParty", "-"), PTY_02},
    {"a call's own party, which NDIS does not drop",
     OPENED("0.1") CALLED ON_VC("call", "NdisClDropParty/last", "-")
     ON_VC("return", "NdisClDropParty/last", "FAILURE"), CONFORMING},
    {"a call's own party, dropped",
     OPENED("0.1") CALLED ON_VC("call", "NdisClDropParty/last", "-")
     ON_VC("return", "NdisClDropParty/last", "SUCCESS"), PTY_05},
    {"a call's own party, which nobody asked to drop",
     OPENED("0.1") CALLED ON_VC("return", "NdisClDropParty/last", "FAILURE"), PTY_05},
    {"a call's own party, dropped twice at once",
     OPENED("0.1") CALLED ON_VC("call", "NdisClDropParty/last", "-")
     ON_VC("call", "NdisClDropParty/last", "-"), PTY_02},
    {"the party of no call", OPENED("0.1") CREATED(CO_MINIPORT)
     ON_VC("call", "NdisClDropParty/last", "-"), PTY_02},
    {"a party without a call", OPENED("0.1") CREATED(CO_MINIPORT)
     ON_PARTY("call", "NdisClAddParty", "-"), CALL_01},
    {"a close with a request out",
     OPENED("0.1") ON_REQUEST("call", "NdisCoOidRequest/client", "-") CLOSE("0.1"), OID_07},
    {"a request entered twice",
     OPENED("0.1") ON_REQUEST("call", "NdisCoOidRequest/client", "-")
     ON_REQUEST("enter", "ProtocolCoOidRequest/manager", "-")
     ON_REQUEST("enter", "ProtocolCoOidRequest/manager", "-"), OID_01},
    {"an open that pends, and another",
     OPEN("0.1", "1.1") OPEN("1.1", "1.1"), AF_OP_08},
    {"a close of what opens still",
     OPEN("0.1", "1.1") CLOSE("0.1"), AF_OP_05},
    {"an open over a stale binding", OPEN("0.1", "1.2"), CAD_12},
};

/* The answer to the last event, or what was left undone before it; each one before must be
 * accepted. */
static enum requirement judge(const char *what, const char *start, const char *story,
                              struct core *core)
{
    struct readings readings;
    struct trace_error error;
    struct event e;
    unsigned long line = 1;
    enum requirement answer = CONFORMING, left_undone = CONFORMING;
    FILE *in = tmpfile();
    int more;

    assert_non_null(in);
    fputs(start, in);
    fputs(story, in);
    rewind(in);
    more = trace_read_header(in, &readings, &error);
    assert_int_equal(more, 1);
    core_initialise(core, readings);
    while ((more = trace_read_event(in, &e, &line, &error)) > 0) {
        struct core before = *core;

        if (answer != CONFORMING) {
            fail_msg("%s: line %lu already breaks %s", what, line - 1,
                     requirement_id(answer));
        }
        left_undone = core_left_undone(core, e);
        answer = core_step(core, e);
        if (answer != CONFORMING) { /* a refused event changes nothing */
            assert_memory_equal(&before, core, sizeof before);
        }
    }
    assert_int_equal(more, 0);
    (void)fclose(in);
    return answer == CONFORMING ? left_undone : answer;
}

static void stories_get_their_answer(void **state)
{
    struct core core;

    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        enum requirement answer = judge(stories[i].what, BINDINGS, stories[i].trace, &core);

        if (answer != stories[i].answer) {
            fail_msg("%s: %s, not %s", stories[i].what, requirement_id(answer),
                     requirement_id(stories[i].answer));
        }
    }
}

static void what_is_owed_at_the_end(void **state)
{
    static const struct story ends[] = {
        {"nothing", "", CONFORMING},
        {"an open AF owes nothing", OPENED("0.1"), CONFORMING},
        {"the completion of the call manager", OPENED("0.1") PENDED("0.1"), AF_CM_11},
        {"the callback of NDIS",
         OPENED("0.1") PENDED("0.1") RELEASE("0.1") COMPLETE("0.1"), AF_CM_17},
        {"the client's own completion",
         OPENED("0.1") CLOSE("0.1") ENTER("0.1") RELEASE("0.1") LEAVE("0.1", "SUCCESS")
         RETURN("0.1", "SUCCESS"), AF_CL_04},
        {"a SAP that is being registered",
         OPENED("0.1") ON_SAP("0.1", "call", "NdisClRegisterSap", "-"), SAP_01},
        {"a SAP and a call with a party owe nothing", OPENED("0.1") REGISTERED CALLED,
         CONFORMING},
        {"an unbind that NDIS owes",
         "t1 call NdisUnbindAdapter binding:1.1 - PASSIVE\n"
         "t1 return NdisUnbindAdapter binding:1.1 SUCCESS PASSIVE\n", UNB_01},
    };
    struct core core;

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        assert_int_equal(judge(ends[i].what, BINDINGS, ends[i].trace, &core),
                         CONFORMING);
        if (core_owes(&core) != ends[i].answer) {
            fail_msg("%s: %s, not %s", ends[i].what, requirement_id(core_owes(&core)),
                     requirement_id(ends[i].answer));
        }
    }
}

/* A walk over any event with any arguments, over and over from a start. A handle is mostly
 * that of an object which is there, or the next of its slot; little else would be tried
 * behind a stale one. */
static uint32_t some(uint32_t below)
{
    static uint32_t state = 1;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (uint32_t)(((uint64_t)state * below) >> 32);
}

static struct readings some_readings(void)
{
    struct readings r;
#define READING(name, recommended, letters) \
    r.name = (uint8_t)(some(2) ? recommended : letters[some(sizeof letters - 1)]);
#include "protocol/readings.def"
#undef READING
    return r;
}

/* What is there in the slot, and on what it is. */
static struct handle there(const struct core *c, uint16_t kind, uint32_t slot,
                           struct handle *on)
{
    struct handle h = {slot, 0};
    const char *object = event_object(kind);

    on->slot = some(2);
    on->generation = c->af[on->slot].generation;
    if (strcmp(object, "sap") == 0 && slot < MAX_SAP) {
        h.generation = c->sap[slot].generation;
        *on = some(4) ? c->sap[slot].af : *on;
    } else if (strcmp(object, "vc") == 0 && slot < MAX_VC) {
        h.generation = c->vc[slot].generation;
        *on = some(4) ? c->vc[slot].af : *on;
    } else if (strcmp(object, "request") == 0 && slot < MAX_REQUEST) {
        h.generation = c->request[slot].generation;
        *on = some(4) ? c->request[slot].on : *on;
    } else if (strcmp(object, "party") == 0 && slot < MAX_PARTY) {
        h.generation = c->party[slot].generation;
        on->generation = c->vc[on->slot].generation;
        *on = some(4) ? c->party[slot].vc : *on;
    } else if (strcmp(object, "binding") == 0 && slot < MAX_BINDING) {
        h.generation = c->binding[slot].generation;
    } else if (strcmp(object, "af") == 0 && slot < MAX_AF) {
        h.generation = c->af[slot].generation;
        on->slot = 1 + some(2);
        on->generation = c->binding[on->slot].generation;
    }
    return h;
}

/* The deeper an object hangs, the more often it is its turn. */
static uint16_t some_kind(void)
{
    static const char *const turns[] = {"af", "binding", "sap",   "request",
                                        "vc", "vc",      "party", "party"};
    const char *object = turns[some(sizeof turns / sizeof *turns)];
    uint16_t kind;

    if (some(64) == 0) {
        return (uint16_t)some(2 * EVENT_KIND_COUNT);
    }
    do {
        kind = (uint16_t)(1 + some(EVENT_KIND_COUNT - 1));
    } while (strcmp(event_object(kind), object) != 0);
    return kind;
}

/* Often of the object of which the last one was, and one of the next rows: the events of one
 * operation stand one below the other. */
static struct event some_event(const struct core *c, struct event last)
{
    const int goes_on = some(2) != 0;
    struct event e;

    e.kind = goes_on ? (uint16_t)((last.kind + some(8)) % EVENT_KIND_COUNT) : some_kind();
    e.status = (uint8_t)(some(2) ? some(2) ? SUCCESS : PENDING : some(STATUS_COUNT + 1));
    e.irql = some(16) == 0 ? DISPATCH : PASSIVE;
    e.thread = (uint8_t)some(2);
    e.object = there(c, e.kind, goes_on ? last.object.slot
                                : some(16) == 0 ? some(MAX_REQUEST + 2) : some(2), &e.on);
    e.object.generation += some(4) == 0;
    return e;
}

/* What takes an adapter or an AF away: tried seldom, so that there is time before. */
static int takes_away(uint16_t kind)
{
    return kind == REMOVE_ADAPTER || kind == CALL_UNBIND_ADAPTER || kind == HALT_ADAPTER ||
           kind == REMOVE_BINDING || kind == ENTER_HALT || kind == CALL_CLOSE_ADAPTER || kind == CALL_CLOSE_AF ||
           kind == CALL_CM_NOTIFY || kind == CALL_MCM_NOTIFY;
}

#define ON_BINDING(verb, name, status) "t0 " verb " " name " binding:1.1 " status " PASSIVE\n"
#define BINDS                                                                            \
    "closeaf-trace 2\nt0 do RestartMiniport binding:0.0 - PASSIVE\n"                     \
    "t0 do RestartFilters binding:0.0 - PASSIVE\n"                                       \
    ON_BINDING("enter", "ProtocolBindAdapterEx", "-") ON_BINDING("call", "NdisOpenAdapterEx", "-")
#define RESTARTED                                                                        \
    ON_BINDING("return", "NdisOpenAdapterEx", "SUCCESS")                                 \
    ON_BINDING("do", "FreeOpenParameters", "-")                                          \
    ON_BINDING("leave", "ProtocolBindAdapterEx", "SUCCESS")                              \
    ON_BINDING("enter", "ProtocolNetPnPEvent/NetEventRestart", "-")                      \
    ON_BINDING("leave", "ProtocolNetPnPEvent/NetEventRestart", "SUCCESS")

static const char *const starts[] = {
    "closeaf-trace 2\n",
    BINDS,
    BINDS RESTARTED,
    BINDINGS OPENED("0.1"),
    BINDINGS OPENED("0.1") CREATED(CO_MINIPORT),
    BINDINGS OPENED("0.1") CREATED(CO_MINIPORT) CONNECTED("NdisCmActivateVc"),
    BINDINGS OPENED("0.1") OFFERED("NdisCoCreateVc/manager", CO_MINIPORT),
    MINIPORT OPENED("0.1"),
    MINIPORT OPENED("0.1") CREATED(""),
    MINIPORT OPENED("0.1") CREATED("") CONNECTED("NdisMCmActivateVc"),
    MINIPORT OPENED("0.1") OFFERED("NdisMCmCreateVc", ""),
};

static void any_event_gets_an_answer(void **state)
{
    static unsigned long accepted[EVENT_KIND_COUNT];
    static struct core core, before;
    struct event last = {0};
    unsigned never = 0;

    (void)state;
    for (unsigned walk = 0; walk < 1100; walk++) {
        assert_int_equal(judge("start", starts[walk % (sizeof starts / sizeof *starts)], "", &core), CONFORMING);
        core.readings = some_readings();
        before = core;
        last.kind = NO_EVENT;
        for (int i = 0; i < 40000; i++) {
            struct event e = some_event(&core, last);
            enum requirement answer;

            if (takes_away(e.kind) && some(10) != 0) {
                continue;
            }
            answer = core_step(&core, e);
            assert_true(answer < REQUIREMENT_COUNT);
            if (answer == CONFORMING) {
                accepted[e.kind]++;
                before = core;
                last = e;
                assert_true(core_owes(&core) < REQUIREMENT_COUNT);
            } else { /* only what conforms changes anything */
                assert_int_equal(memcmp(&before, &core, sizeof core), 0);
            }
        }
    }
    for (uint16_t kind = NO_EVENT + 1; kind < EVENT_KIND_COUNT; kind++) {
        if (accepted[kind] == 0) {
            print_message("never accepted: %s %s of a %s\n", event_verb(kind),
                          event_name(kind), event_object(kind));
            never++;
        }
    }
    assert_int_equal(never, 0); /* else the walk has proved nothing of these */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_get_their_answer),
        cmocka_unit_test(what_is_owed_at_the_end),
        cmocka_unit_test(any_event_gets_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
