/* test_plug_and_play.c - the seven states of a binding: each cell of model/binding_states.csv
 * through core_step, in both ways in which its event may happen,
 * and stories of pended opens and binds, pause, restart, power, and NdisUnbindAdapter. */
#include "trace/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CLIENT 1u
#define INVALID 7u
#define STATES 7u
#define TABLE "model/binding_states.csv"

static const char *const states[] = {"Unbound", "Opening", "Paused",  "Restarting",
                                     "Running", "Pausing", "Closing", "INVALID"};
static const char *const rows[] = {
    "ProtocolBindAdapterEx", "Bind failed", "Bind is complete", "ProtocolUnbindAdapterEx",
    "Unbind is complete", "PnP pause", "Pause is complete", "PnP restart",
    "Restart is complete", "Restart failed", "Send and receive operations", "OID requests"};
enum { BIND, BIND_FAILED, BIND_IS_COMPLETE, UNBIND, UNBIND_IS_COMPLETE, PNP_PAUSE,
       PAUSE_IS_COMPLETE, PNP_RESTART, RESTART_IS_COMPLETE, RESTART_FAILED,
       SEND_AND_RECEIVE, OID_REQUESTS, ROWS };

/* One event of the first client's binding, or of the binding that it is to have next. */
/* What the judge says: the event itself, or what was left undone before it. */
static enum requirement judged(struct core *c, struct event e)
{
    enum requirement left = core_left_undone(c, e), broken = core_step(c, e);

    return broken != CONFORMING ? broken : left;
}

static enum requirement happens(struct core *c, uint16_t kind, uint8_t status, uint8_t thread)
{
    struct event e = {.kind = kind, .status = status, .irql = PASSIVE, .thread = thread};

    e.object.slot = CLIENT;
    e.object.generation = c->binding[CLIENT].generation + (kind == ENTER_BIND ? 1 : 0);
    return judged(c, e);
}

static void must(struct core *c, uint16_t kind, uint8_t status)
{
    enum requirement broken = happens(c, kind, status, kind == ENTER_UNBIND ? 2 : 1);

    if (broken != CONFORMING) {
        fail_msg("%s %s: %s", event_verb(kind), event_name(kind), requirement_id(broken));
    }
}

/* By events to which there is a right, as far as the row asks. */
static void reach(struct core *c, uint8_t state, int row, int completes)
{
    core_initialise(c, core_recommended_readings());
    if (state == BINDING_UNBOUND) {
        return;
    }
    must(c, ENTER_BIND, NO_STATUS);
    must(c, OPEN_ADAPTER_CALL, NO_STATUS);
    if (state == BINDING_OPENING && row == OID_REQUESTS) {
        return; /* AMB-20 c allows them once the open has completed, the table never */
    }
    if (state == BINDING_OPENING && row == BIND_FAILED) {
        must(c, RETURN_OPEN_ADAPTER, RESOURCES);
        must(c, FREE_BINDING_CONTEXT, NO_STATUS);
        return;
    }
    must(c, RETURN_OPEN_ADAPTER, SUCCESS);
    if (state == BINDING_OPENING) {
        return;
    }
    must(c, LEAVE_BIND, SUCCESS);
    if (state == BINDING_RESTARTING || state == BINDING_RUNNING || state == BINDING_PAUSING) {
        must(c, RESTART_ENTER, NO_STATUS);
    }
    if (state == BINDING_RUNNING || state == BINDING_PAUSING) {
        must(c, RESTART_LEAVE, SUCCESS);
    }
    if (state == BINDING_PAUSING) {
        must(c, PAUSE_ENTER, NO_STATUS);
    }
    if (state == BINDING_CLOSING) {
        must(c, REMOVE_ADAPTER, NO_STATUS);
        must(c, ENTER_UNBIND, NO_STATUS);
    }
    if (state == BINDING_CLOSING && row == UNBIND_IS_COMPLETE) {
        must(c, CALL_CLOSE_ADAPTER, NO_STATUS);
        must(c, RETURN_CLOSE_ADAPTER, SUCCESS);
        must(c, FREE_BINDING_CONTEXT, NO_STATUS);
        if (completes) {
            must(c, LEAVE_UNBIND, PENDING);
        }
    }
}

/* Each row once by the return of a callback, and once by the completion function; sends
 * and data, requests that pend and that are answered at once. */
static enum requirement fire(struct core *c, int row, int completes)
{
    switch (row) {
    case BIND: return happens(c, ENTER_BIND, NO_STATUS, 1);
    case BIND_FAILED: return happens(c, completes ? BIND_COMPLETE : LEAVE_BIND, RESOURCES, 1);
    case BIND_IS_COMPLETE:
        return happens(c, completes ? BIND_COMPLETE : LEAVE_BIND, SUCCESS, 1);
    case UNBIND:
        (void)happens(c, REMOVE_ADAPTER, NO_STATUS, 1);
        return happens(c, ENTER_UNBIND, NO_STATUS, 2);
    case UNBIND_IS_COMPLETE:
        return completes ? happens(c, CALL_COMPLETE_UNBIND, NO_STATUS, 1)
                         : happens(c, LEAVE_UNBIND, SUCCESS, 2);
    case PNP_PAUSE: return happens(c, PAUSE_ENTER, NO_STATUS, 1);
    case PAUSE_IS_COMPLETE:
        return happens(c, completes ? PAUSE_COMPLETE : PAUSE_LEAVE, SUCCESS, 1);
    case PNP_RESTART: return happens(c, RESTART_ENTER, NO_STATUS, 1);
    case RESTART_IS_COMPLETE:
        return happens(c, completes ? RESTART_COMPLETE : RESTART_LEAVE, SUCCESS, 1);
    case RESTART_FAILED:
        return happens(c, completes ? RESTART_COMPLETE : RESTART_LEAVE, FAILURE, 1);
    case SEND_AND_RECEIVE: return happens(c, completes ? INDICATE_RECEIVE : CALL_SEND, NO_STATUS, 2);
    default: return happens(c, completes ? SET_FILTER : CALL_OID_REQUEST, NO_STATUS, 2);
    }
}

static uint8_t outcome(uint8_t state, int row, int completes)
{
    struct core c, before;

    reach(&c, state, row, completes);
    assert_int_equal(binding_state(c.binding[CLIENT]), state);
    before = c;
    if (fire(&c, row, completes) != CONFORMING) {
        assert_true(row == UNBIND || memcmp(&before, &c, sizeof c) == 0);
        return INVALID;
    }
    return binding_state(c.binding[CLIENT]);
}

static uint8_t index_of(const char *name, const char *const names[], size_t count)
{
    for (uint8_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return i;
        }
    }
    fail_msg("%s: %s is unknown", TABLE, name);
    return 0;
}

typedef uint8_t table[ROWS][STATES];

static void read_table(table cells)
{
    FILE *in = fopen(TABLE, "r");
    char line[128], *row, *state, *next;
    unsigned read = 0;

    assert_non_null(in);
    memset(cells, UINT8_MAX, sizeof(table));
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "event,state,next_state\n");
    while (fgets(line, sizeof line, in) != NULL) {
        row = strtok(line, ",\n");
        state = strtok(NULL, ",\n");
        next = strtok(NULL, ",\n");
        assert_non_null(next);
        read++;
        cells[index_of(row, rows, ROWS)][index_of(state, states, STATES)] =
            index_of(next, states, STATES + 1);
    }
    fclose(in);
    assert_int_equal(read, ROWS * STATES);
}

/* How many cells are otherwise in the core. Data in Closing is what UNB-17 asks a driver
 * to bear, against the table; a story below has it. */
static unsigned differences(table cells, int say)
{
    unsigned differ = 0;

    for (int row = 0; row < ROWS; row++) {
        for (uint8_t state = 0; state < STATES; state++) {
            for (int completes = 0; completes <= 1; completes++) {
                uint8_t is;

                if (row == SEND_AND_RECEIVE && completes && state == BINDING_CLOSING) {
                    continue;
                }
                is = outcome(state, row, completes);
                if (is != cells[row][state]) {
                    differ++;
                    if (say) {
                        print_error("%s in %s, way %d: %s, not %s\n", rows[row], states[state],
                                    completes, states[is],
                                    cells[row][state] <= INVALID ? states[cells[row][state]]
                                                                 : "a cell");
                    }
                }
            }
        }
    }
    return differ;
}

static void each_cell_of_the_table_holds(void **state)
{
    table cells;

    (void)state;
    read_table(cells);
    assert_int_equal(differences(cells, 1), 0);
}

/* The check must fail: on each table in which one cell is another. */
static void no_cell_may_be_another(void **state)
{
    table cells;

    (void)state;
    read_table(cells);
    for (int row = 0; row < ROWS; row++) {
        for (int from = 0; from < (int)STATES; from++) {
            uint8_t right = cells[row][from];

            for (uint8_t wrong = 0; wrong <= INVALID; wrong++) {
                cells[row][from] = wrong;
                if (wrong != right) {
                    assert_true(differences(cells, 0) > 0);
                }
            }
            cells[row][from] = right;
        }
    }
}

/* ---- stories ---- */

#define B(verb, name, status) "t1 " verb " " name " binding:1.1 " status " PASSIVE\n"
#define T2(verb, name, status) "t2 " verb " " name " binding:1.1 " status " PASSIVE\n"
#define BIND_BEGINS \
    B("enter", "ProtocolBindAdapterEx", "-") B("call", "NdisOpenAdapterEx", "-")
#define OPEN_RETURNS(status) B("return", "NdisOpenAdapterEx", status)
#define OPEN_COMPLETES(status) T2("enter", "ProtocolOpenAdapterCompleteEx", status)
#define BIND_RETURNS(status) B("leave", "ProtocolBindAdapterEx", status)
#define BIND_COMPLETES(status) T2("call", "NdisCompleteBindAdapterEx", status)
#define OPENED BIND_BEGINS OPEN_RETURNS("SUCCESS")
#define PAUSED OPENED BIND_RETURNS("SUCCESS")
#define EVENT_IN(code) B("enter", "ProtocolNetPnPEvent/" code, "-")
#define EVENT_OUT(code, status) B("leave", "ProtocolNetPnPEvent/" code, status)
#define EVENT_DONE(code, status) T2("call", "NdisCompleteNetPnPEvent/" code, status)
#define TOLD(code) EVENT_IN(code) EVENT_OUT(code, "SUCCESS")
#define RUNNING PAUSED TOLD("NetEventRestart")
#define SEND B("call", "NdisCoSendNetBufferLists", "-")
#define SENT B("enter", "ProtocolCoSendNetBufferListsComplete", "-")
#define REQUEST B("call", "NdisOidRequest", "-")
#define DATA B("enter", "ProtocolReceiveNetBufferLists", "-")
#define DATA_BACK B("call", "NdisReturnNetBufferLists", "-")
#define FREE B("do", "FreeProtocolBindingContext", "-")
#define GIVE_UP T2("call", "NdisUnbindAdapter", "-")
#define GIVEN_UP(status) T2("return", "NdisUnbindAdapter", status)
#define REMOVED B("do", "RemoveAdapter", "-")
#define UNBIND_BEGINS B("enter", "ProtocolUnbindAdapterEx", "-")
#define UNBIND_RETURNS(status) B("leave", "ProtocolUnbindAdapterEx", status)
#define CLOSE B("call", "NdisCloseAdapterEx", "-")
#define CLOSED CLOSE B("return", "NdisCloseAdapterEx", "SUCCESS")
#define CLOSING PAUSED REMOVED UNBIND_BEGINS

static const struct story {
    const char *what;
    const char *trace;
    enum requirement answer;
} stories[] = {
    {"open and bind pend",
     BIND_BEGINS OPEN_RETURNS("PENDING") BIND_RETURNS("PENDING") OPEN_COMPLETES("SUCCESS")
     BIND_COMPLETES("SUCCESS"), CONFORMING},
    {"both complete before they have returned",
     BIND_BEGINS OPEN_COMPLETES("SUCCESS") BIND_COMPLETES("SUCCESS") OPEN_RETURNS("PENDING")
     BIND_RETURNS("PENDING"), CONFORMING},
    {"an open that has completed does not succeed too",
     BIND_BEGINS OPEN_COMPLETES("SUCCESS") OPEN_RETURNS("SUCCESS"), BND_18},
    {"an open completes once",
     BIND_BEGINS OPEN_RETURNS("PENDING") OPEN_COMPLETES("SUCCESS") OPEN_COMPLETES("SUCCESS"),
     BND_18},
    {"the parameters are freed while the open pends",
     BIND_BEGINS OPEN_RETURNS("PENDING") B("do", "FreeOpenParameters", "-")
     OPEN_COMPLETES("SUCCESS"), BND_17},
    {"the context is freed while the open pends",
     BIND_BEGINS OPEN_RETURNS("PENDING") FREE, BND_27},
    {"bound while the open pends",
     BIND_BEGINS OPEN_RETURNS("PENDING") BIND_RETURNS("SUCCESS"), BND_16},
    {"opened behind the bind", PAUSED B("call", "NdisOpenAdapterEx", "-"), BND_15},
    {"opened twice", OPENED B("call", "NdisOpenAdapterEx", "-"), BND_22},
    {"the open fails, the bind with another status",
     BIND_BEGINS OPEN_RETURNS("RESOURCES") FREE BIND_RETURNS("FAILURE"), BND_19},
    {"the open fails, the bind with its context held",
     BIND_BEGINS OPEN_RETURNS("RESOURCES") BIND_RETURNS("RESOURCES"), BND_19},
    {"a bind fails with the adapter open", OPENED BIND_RETURNS("FAILURE"), BND_22},
    {"a bind fails with the adapter closed",
     OPENED CLOSED FREE BIND_RETURNS("FAILURE"), CONFORMING},
    {"a bind completes that has not pended", PAUSED BIND_COMPLETES("SUCCESS"), BND_04},
    {"a bind is completed by a return that has pended",
     BIND_BEGINS OPEN_RETURNS("PENDING") BIND_RETURNS("PENDING") OPEN_COMPLETES("SUCCESS")
     BIND_RETURNS("SUCCESS"), BND_20},
    {"a failed bind is completed before its handler returns",
     BIND_BEGINS OPEN_COMPLETES("RESOURCES") FREE BIND_COMPLETES("RESOURCES")
     OPEN_RETURNS("PENDING") BIND_RETURNS("PENDING"), CONFORMING},
    {"and is not opened again",
     BIND_BEGINS OPEN_COMPLETES("RESOURCES") OPEN_RETURNS("PENDING") FREE
     BIND_COMPLETES("RESOURCES") B("call", "NdisOpenAdapterEx", "-"), BND_15},

    {"a send before the restart", PAUSED SEND, BND_24},
    {"a send in Running", RUNNING SEND SENT, CONFORMING},
    {"a send in Pausing", RUNNING EVENT_IN("NetEventPause") SEND SENT, CONFORMING},
    {"a send in Paused", RUNNING TOLD("NetEventPause") SEND, PNP_03},
    {"a send in Closing", RUNNING TOLD("NetEventPause") REMOVED UNBIND_BEGINS SEND, BND_12},
    {"paused with a send outstanding", RUNNING SEND TOLD("NetEventPause"), PNP_01},
    {"paused with data held", RUNNING DATA TOLD("NetEventPause"), PNP_05},
    {"paused when both are back",
     RUNNING SEND DATA EVENT_IN("NetEventPause") EVENT_OUT("NetEventPause", "PENDING") SENT
     DATA_BACK EVENT_DONE("NetEventPause", "SUCCESS"), CONFORMING},
    {"data that is not held", RUNNING DATA_BACK, PNP_05},
    {"a pause fails",
     RUNNING EVENT_IN("NetEventPause") EVENT_OUT("NetEventPause", "FAILURE"), PNP_06},
    {"an event that is not supported",
     PAUSED EVENT_IN("NetEventCancelRemoveDevice")
     EVENT_OUT("NetEventCancelRemoveDevice", "NOT_SUPPORTED"), PNP_09},
    {"a cancellation fails",
     PAUSED EVENT_IN("NetEventCancelRemoveDevice")
     EVENT_OUT("NetEventCancelRemoveDevice", "FAILURE"), PNP_07},
    {"a removal is refused with another status",
     PAUSED EVENT_IN("NetEventQueryRemoveDevice")
     EVENT_OUT("NetEventQueryRemoveDevice", "RESOURCES"), PNP_14},
    {"two events at a time",
     RUNNING EVENT_IN("NetEventQueryRemoveDevice") EVENT_IN("NetEventPause"), PNP_08},
    {"an event is completed twice",
     RUNNING EVENT_IN("NetEventPause") EVENT_DONE("NetEventPause", "SUCCESS")
     EVENT_DONE("NetEventPause", "SUCCESS"), PNP_08},
    {"an event completed before its handler returns",
     RUNNING EVENT_IN("NetEventPause") EVENT_DONE("NetEventPause", "SUCCESS")
     EVENT_OUT("NetEventPause", "PENDING") TOLD("NetEventRestart"), CONFORMING},
    {"the other event is answered",
     RUNNING EVENT_IN("NetEventPause") EVENT_OUT("NetEventRestart", "SUCCESS"), PNP_08},
    {"a send in low power", RUNNING TOLD("NetEventSetPower") SEND, PNP_12},
    {"a request in low power", RUNNING TOLD("NetEventSetPower") REQUEST, PNP_13},
    {"and in full power again",
     RUNNING TOLD("NetEventSetPower") TOLD("NetEventSetPower") SEND REQUEST, CONFORMING},

    {"unbound without a pause", RUNNING REMOVED UNBIND_BEGINS, UNB_04},
    {"a filter is left", OPENED B("call", "NdisOidRequest/set", "-") BIND_RETURNS("SUCCESS")
     REMOVED UNBIND_BEGINS CLOSE, UNB_06},
    {"offloads are left",
     PAUSED EVENT_IN("NetEventRestart") B("call", "NdisOidRequest/set", "-")
     EVENT_OUT("NetEventRestart", "FAILURE") REMOVED UNBIND_BEGINS
     B("call", "NdisOidRequest/clear", "-") CLOSE, UNB_07},
    {"both are withdrawn",
     PAUSED EVENT_IN("NetEventRestart") B("call", "NdisOidRequest/set", "-")
     EVENT_OUT("NetEventRestart", "FAILURE") REMOVED UNBIND_BEGINS
     B("call", "NdisOidRequest/clear", "-") B("call", "NdisOidRequest/withdraw", "-") CLOSED
     FREE UNBIND_RETURNS("SUCCESS"), CONFORMING},
    {"unbound with the adapter open", CLOSING UNBIND_RETURNS("SUCCESS"), UNB_05},
    {"data and status come until the close has completed",
     CLOSING DATA B("enter", "ProtocolStatusEx", "-") B("enter", "ProtocolCoStatusEx", "-") DATA_BACK CLOSED DATA DATA_BACK,
     CONFORMING},
    {"and must not find the context freed", CLOSING CLOSED FREE DATA, UNB_17},
    {"nor does status", CLOSING CLOSED FREE B("enter", "ProtocolStatusEx", "-"), UNB_17},
    {"in neither form", CLOSING CLOSED FREE B("enter", "ProtocolCoStatusEx", "-"), UNB_17},
    {"a context is freed before the close", CLOSING FREE, UNB_08},

    {"a driver unbinds itself",
     PAUSED GIVE_UP GIVEN_UP("SUCCESS") UNBIND_BEGINS CLOSED FREE UNBIND_RETURNS("SUCCESS"),
     CONFORMING},
    {"the unbind begins before the call has returned",
     PAUSED GIVE_UP UNBIND_BEGINS GIVEN_UP("SUCCESS") CLOSED FREE UNBIND_RETURNS("SUCCESS"),
     CONFORMING},
    {"and on its thread",
     PAUSED GIVE_UP T2("enter", "ProtocolUnbindAdapterEx", "-"), UNB_19},
    {"a started unbind cannot have failed to start",
     PAUSED GIVE_UP UNBIND_BEGINS GIVEN_UP("RESOURCES"), UNB_22},
    {"an unbind that could not be started", PAUSED GIVE_UP GIVEN_UP("RESOURCES"), CONFORMING},
    {"does not begin", PAUSED GIVE_UP GIVEN_UP("RESOURCES") UNBIND_BEGINS, UNB_01},
    {"the handle is used behind NdisUnbindAdapter",
     PAUSED GIVE_UP GIVEN_UP("SUCCESS") T2("call", "NdisOidRequest", "-"), UNB_20},
    {"but may be used in the unbind handler",
     PAUSED GIVE_UP GIVEN_UP("SUCCESS") UNBIND_BEGINS REQUEST, CONFORMING},
    {"NdisUnbindAdapter in the bind handler",
     OPENED B("call", "NdisUnbindAdapter", "-"), UNB_18},
    {"a bind that pends fails through NdisUnbindAdapter",
     BIND_BEGINS OPEN_RETURNS("PENDING") BIND_RETURNS("PENDING") OPEN_COMPLETES("SUCCESS")
     GIVE_UP GIVEN_UP("SUCCESS") UNBIND_BEGINS CLOSED FREE BIND_COMPLETES("FAILURE")
     UNBIND_RETURNS("SUCCESS"), CONFORMING},
    {"and the status of the bind is owed",
     BIND_BEGINS OPEN_RETURNS("PENDING") BIND_RETURNS("PENDING") OPEN_COMPLETES("SUCCESS")
     GIVE_UP GIVEN_UP("SUCCESS") UNBIND_BEGINS CLOSED FREE UNBIND_RETURNS("SUCCESS"), BND_20},

    {"an open that returns and was not called",
     B("enter", "ProtocolBindAdapterEx", "-") B("return", "NdisOpenAdapterEx", "SUCCESS"), BND_18},
};

static void stories_get_their_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        FILE *in = tmpfile();
        struct core core;
        struct readings readings;
        struct trace_error error;
        struct event e;
        unsigned long line = 0;
        enum requirement answer = CONFORMING;
        int more;

        assert_non_null(in);
        fputs("closeaf-trace 2\n", in);
        fputs(stories[i].trace, in);
        rewind(in);
        assert_int_equal(trace_read_header(in, &readings, &error), 1);
        core_initialise(&core, readings);
        while ((more = trace_read_event(in, &e, &line, &error)) > 0) {
            if (answer != CONFORMING) {
                fail_msg("%s: line %lu already breaks %s", stories[i].what, line - 1,
                         requirement_id(answer));
            }
            answer = judged(&core, e);
        }
        assert_int_equal(more, 0);
        fclose(in);
        if (answer != stories[i].answer) {
            fail_msg("%s: %s, not %s", stories[i].what, requirement_id(answer),
                     requirement_id(stories[i].answer));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_cell_of_the_table_holds),
        cmocka_unit_test(no_cell_may_be_another),
        cmocka_unit_test(stories_get_their_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
