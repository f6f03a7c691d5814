/* fields.c - see fields.h. */
#include "fields.h"

#include <stddef.h>
#include <string.h>

/* The names of the states, kind by kind: words_of_af_phase and the others. */
#define STATES(kind) static const char *const words_of_##kind[] = {
#define STATE(name) #name,
#define END_OF_STATES };
#include "protocol/states.def"
#undef END_OF_STATES
#undef STATE
#undef STATES
static const char *const words_of_flag[] = {"no", "yes"};
static const char *const words_of_request_kind[] = {
    [REQUEST_NONE] = "REQUEST_NONE", [BY_CLIENT] = "BY_CLIENT", [BY_MANAGER] = "BY_MANAGER",
    [AF_CLOSE] = "AF_CLOSE", [TO_MINIPORT] = "TO_MINIPORT"};
static const char *const words_of_unbind_call[] = {
    [UNBIND_CALL_NONE] = "UNBIND_CALL_NONE", [UNBIND_CALL_MADE] = "UNBIND_CALL_MADE",
    [UNBIND_CALL_STARTED] = "UNBIND_CALL_STARTED"};

/* How the value of a field is written; in the words of a table, if it has one. */
enum shown_as { AS_NUMBER, AS_WORD, AS_STATUS, AS_EVENT, AS_AF, AS_BINDING_SLOT, AS_VC };

struct field {
    const char *name;
    size_t offset, size;
    enum shown_as as;
    const char *const *words;
    size_t count;
};

#define PLACE(record, member) offsetof(struct record, member), sizeof(((struct record *)0)->member)
#define WORD(record, name, member, kind)                                    \
    {name, PLACE(record, member), AS_WORD, words_of_##kind,                 \
     sizeof words_of_##kind / sizeof *words_of_##kind},
#define OTHER(record, name, member, as) {name, PLACE(record, member), as, NULL, 0},
#define OF_OPERATION(record, name, member)                                  \
    WORD(record, name " caller", member.caller, caller)                     \
    WORD(record, name " server", member.server, server)                     \
    WORD(record, name " delivered", member.delivered, flag)                 \
    OTHER(record, name " status", member.status, AS_STATUS)

static const struct field af_fields[] = {
    WORD(address_family, "phase", phase, af_phase)
    OTHER(address_family, "client", client, AS_BINDING_SLOT)
    WORD(address_family, "call manager is an MCM", miniport, flag)
    WORD(address_family, "close call", close_call, close_call)
    WORD(address_family, "close at the call manager", manager_close, manager_close)
    WORD(address_family, "inside the notify call", notify_call, flag)
    WORD(address_family, "notification", notification, notification)
    WORD(address_family, "report", report, report)
    OTHER(address_family, "answer to the notification", answer, AS_STATUS)
    WORD(address_family, "notified", notified, notified)
    WORD(address_family, "notification withheld", withheld, flag)
    WORD(address_family, "client's context", client_context, flag)
    WORD(address_family, "call manager's context", manager_context, flag)
    WORD(address_family, "resources", resources, flag)
    OF_OPERATION(address_family, "open:", opening)};

static const struct field binding_fields[] = {
    WORD(binding, "phase", phase, binding_phase)
    WORD(binding, "state", pnp.bound_state, binding_state)
    WORD(binding, "adapter of an MCM", miniport, flag)
    WORD(binding, "adapter", adapter, adapter)
    WORD(binding, "open of the adapter", pnp.opening, adapter_opening)
    OTHER(binding, "open has failed", pnp.open_failed, AS_STATUS)
    WORD(binding, "parameters of the open", pnp.open_parameters, flag)
    WORD(binding, "bind handler", pnp.bind, bind_handler)
    WORD(binding, "unbind owed", unbind_owed, flag)
    WORD(binding, "unbind completed", unbind_completed, flag)
    WORD(binding, "call of NdisUnbindAdapter", pnp.unbind_call, unbind_call)
    WORD(binding, "given up", pnp.given_up, flag)
    WORD(binding, "context", context, flag)
    WORD(binding, "AF registered", registered, flag)
    WORD(binding, "offer owed", offer_owed, flag)
    OTHER(binding, "sends", sends, AS_NUMBER)
    OTHER(binding, "requests", requests, AS_NUMBER)
    OTHER(binding, "receives held", pnp.held, AS_NUMBER)
    OTHER(binding, "PnP event", pnp.event, AS_EVENT)
    WORD(binding, "answer to the PnP event", pnp.event_phase, event_phase)
    WORD(binding, "restarted", pnp.restarted, flag)
    WORD(binding, "low power", pnp.low_power, flag)
    WORD(binding, "filter set", pnp.filter, flag)
    WORD(binding, "offloads", pnp.offloads, flag)};

static const struct field sap_fields[] = {
    WORD(sap, "phase", phase, sap_phase)
    OTHER(sap, "on", af, AS_AF)
    WORD(sap, "deregistering", deregistering, flag)
    WORD(sap, "deregistered again", again, flag)
    WORD(sap, "client's context", client_context, flag)
    WORD(sap, "call manager's context", manager_context, flag)
    OF_OPERATION(sap, "operation:", operation)};

static const struct field vc_fields[] = {
    WORD(vc, "phase", phase, vc_phase)
    OTHER(vc, "on", af, AS_AF)
    WORD(vc, "made by the call manager", made_by_manager, flag)
    OTHER(vc, "answer", answer, AS_STATUS)
    WORD(vc, "activity", activity, activity)
    WORD(vc, "call", call, call)
    WORD(vc, "client's context", client_context, flag)
    WORD(vc, "call manager's context", manager_context, flag)
    WORD(vc, "miniport's context", miniport_context, flag)
    WORD(vc, "call parameters", parameters, flag)
    WORD(vc, "hung up by the other side", hung_up, flag)
    OTHER(vc, "sends", sends, AS_NUMBER)
    WORD(vc, "drops its last party", drops_last_party, flag)
    OF_OPERATION(vc, "make call:", make_call)
    OF_OPERATION(vc, "incoming call:", incoming_call)
    OF_OPERATION(vc, "close call:", close_call)
    OF_OPERATION(vc, "deactivation:", deactivation)};

static const struct field party_fields[] = {
    WORD(party, "phase", phase, party_phase)
    OTHER(party, "on", vc, AS_VC)
    WORD(party, "client's context", client_context, flag)
    WORD(party, "call manager's context", manager_context, flag)
    WORD(party, "dropped by the other side", remote_drop, flag)
    OF_OPERATION(party, "operation:", operation)};

static const struct field request_fields[] = {
    WORD(request, "kind", kind, request_kind)
    OTHER(request, "on", on, AS_AF)
    WORD(request, "in memory", in_memory, flag)
    WORD(request, "in a close", in_closing, flag)
    OF_OPERATION(request, "operation:", operation)};

/* The requests that an AF and a binding may have besides: one at a time. */
static const struct field af_close_fields[] = {
    WORD(request, "OID_CO_AF_CLOSE in memory", in_memory, flag)
    OF_OPERATION(request, "OID_CO_AF_CLOSE:", operation)};
static const struct field to_miniport_fields[] = {
    WORD(request, "request to the miniport in memory", in_memory, flag)
    OF_OPERATION(request, "request to the miniport:", operation)};

static const struct field stack_fields[] = {
    WORD(stack, "level", level, stack_level)
    WORD(stack, "resetting", resetting, flag)};

/* A table of the core, and what a second one has of the same objects. */
static const struct table {
    size_t offset, size;
    const struct field *fields;
    size_t count;
    size_t more_offset, more_size;
    const struct field *more;
    size_t more_count;
} tables[OBJECT_KIND_COUNT] = {
#define COUNT(list) (sizeof(list) / sizeof *(list))
#define TABLE(record, table, fields) \
    offsetof(struct core, table), sizeof(struct record), fields, COUNT(fields)
#define WITH_MORE(table, fields) \
    offsetof(struct core, table), sizeof(struct request), fields, COUNT(fields)
#define NO_MORE 0, 0, NULL, 0
    [AN_AF] = {TABLE(address_family, af, af_fields), WITH_MORE(af_close, af_close_fields)},
    [A_BINDING] = {TABLE(binding, binding, binding_fields),
                   WITH_MORE(to_miniport, to_miniport_fields)},
    [A_SAP] = {TABLE(sap, sap, sap_fields), NO_MORE},
    [A_VC] = {TABLE(vc, vc, vc_fields), NO_MORE},
    [A_PARTY] = {TABLE(party, party, party_fields), NO_MORE},
    [A_REQUEST] = {TABLE(request, request, request_fields), NO_MORE},
};

static const char *record_in(const struct core *c, enum object_kind kind, uint32_t slot)
{
    return (const char *)c + tables[kind].offset + slot * tables[kind].size;
}

static const char *more_in(const struct core *c, enum object_kind kind, uint32_t slot)
{
    return (const char *)c + tables[kind].more_offset + slot * tables[kind].more_size;
}

int fields_differ(const struct core *a, const struct core *b, enum object_kind kind, uint32_t slot)
{
    const struct table *t = &tables[kind];

    return memcmp(record_in(a, kind, slot), record_in(b, kind, slot), t->size) != 0 ||
           memcmp(more_in(a, kind, slot), more_in(b, kind, slot), t->more_size) != 0;
}

static unsigned long value_of(const struct field *f, const char *record)
{
    uint8_t byte;
    uint16_t half;
    uint32_t whole;

    switch (f->size) {
    case sizeof byte: memcpy(&byte, record + f->offset, sizeof byte); return byte;
    case sizeof half: memcpy(&half, record + f->offset, sizeof half); return half;
    default: memcpy(&whole, record + f->offset, sizeof whole); return whole;
    }
}

static void write_handle(FILE *out, const char *kind, const char *at)
{
    struct handle h;

    memcpy(&h, at, sizeof h);
    fprintf(out, "\"%s:%lu.%lu\"", kind, (unsigned long)h.slot, (unsigned long)h.generation);
}

static void write_field(FILE *out, const struct field *f, const char *record)
{
    const unsigned long value = value_of(f, record);

    fprintf(out, "\"%s\":", f->name);
    switch (f->as) {
    case AS_WORD: fprintf(out, "\"%s\"", value < f->count ? f->words[value] : "?"); break;
    case AS_STATUS: fprintf(out, "\"%s\"", status_name((uint8_t)value)); break;
    case AS_EVENT: fprintf(out, "\"%s\"", event_name((uint16_t)value)); break;
    case AS_BINDING_SLOT: fprintf(out, "\"binding:%lu\"", value); break;
    case AS_AF: write_handle(out, "af", record + f->offset); break;
    case AS_VC: write_handle(out, "vc", record + f->offset); break;
    case AS_NUMBER: fprintf(out, "%lu", value); break;
    }
}

static void write_all(FILE *out, const struct field *fields, size_t count, const char *record,
                      int first_always)
{
    const char *before = "";

    for (size_t i = 0; i < count; i++) {
        if (value_of(&fields[i], record) != 0 || fields[i].as == AS_AF || fields[i].as == AS_VC ||
            (first_always && i == 0)) {
            fputs(first_always ? before : ",", out);
            write_field(out, &fields[i], record);
            before = ",";
        }
    }
}

void write_fields(FILE *out, const struct core *c, enum object_kind kind, uint32_t slot)
{
    const struct table *t = &tables[kind];

    fputc('{', out);
    write_all(out, t->fields, t->count, record_in(c, kind, slot), 1);
    write_all(out, t->more, t->more_count, more_in(c, kind, slot), 0);
    fputc('}', out);
}

int stack_differs(const struct core *a, const struct core *b)
{
    return memcmp(&a->stack, &b->stack, sizeof a->stack) != 0;
}

void write_stack(FILE *out, const struct core *c)
{
    fputc('{', out);
    write_all(out, stack_fields, COUNT(stack_fields), (const char *)&c->stack, 1);
    fputc('}', out);
}
