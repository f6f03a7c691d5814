/* possible.c - see possible.h. */
#include "possible.h"

#include "trace/seen.h"

#include <string.h>

/* ---- One question ---- */

/* What the core was when the questions began; each leaves it so. And the threads that it tells apart:
 * those that its bindings keep, and any other, for which one stands here that they do not keep. */
static struct core before;
static uint8_t kept[4 * MAX_BINDING], other_thread;
static unsigned kept_count;

static void keep_thread(uint8_t thread)
{
    unsigned i = 0;

    while (i < kept_count && kept[i] != thread) {
        i++;
    }
    kept[i] = thread;
    kept_count += i == kept_count;
}

static int is_kept(uint8_t thread) { return memchr(kept, thread, kept_count) != NULL; }

void begin_questions(const struct judge *j)
{
    before = j->core;
    kept_count = 0;
    for (uint32_t slot = 0; slot < MAX_BINDING; slot++) {
        const struct binding *b = &before.binding[slot];

        keep_thread(b->unbind_thread);
        keep_thread(b->pnp.bind_thread);
        keep_thread(b->pnp.unbind_caller);
        keep_thread(b->pnp.close_thread);
    }
    other_thread = UINT8_MAX;
    while (is_kept(other_thread)) { /* there are fewer of them than threads */
        other_thread--;
    }
}

static enum requirement answer_to(struct core *c, struct event e)
{
    const enum requirement answer = core_step(c, e);

    if (answer == CONFORMING) { /* what it refuses changes nothing */
        *c = before;
    }
    return answer;
}

/* On a thread that is none of those that are kept, else on the first of these on which it may be;
 * e->thread says which. */
static enum requirement answer_on_some_thread(struct core *c, struct event *e)
{
    enum requirement refused;

    e->thread = other_thread;
    refused = answer_to(c, *e);
    for (unsigned i = 0; refused != CONFORMING && i < kept_count; i++) {
        e->thread = kept[i];
        if (answer_to(c, *e) == CONFORMING) {
            return CONFORMING;
        }
    }
    return refused;
}

static uint8_t first_status(uint16_t kind) { return event_has_status(kind) ? SUCCESS : NO_STATUS; }
static uint8_t last_status(uint16_t kind)
{
    return event_has_status(kind) ? STATUS_COUNT - 1 : NO_STATUS;
}

static struct event event_of(uint16_t kind, struct handle object, struct handle on)
{
    struct event e = {.kind = kind, .irql = PASSIVE, .object = object, .on = on};

    return e;
}

/* What the object is on, as its events say it. */
static struct handle on_which(struct judge *j, struct object o)
{
    struct object on = holder_of(j, o);

    if (o.kind == AN_AF) { /* its record has the binding's slot alone */
        on.handle.generation = generation_of(&j->core, A_BINDING, on.handle.slot);
    }
    return on.handle;
}

/* ---- Rights ---- */

#define MOST_WAYS 4
static const struct right {
    enum object_kind kind;
    const char *holder, *what;
    uint16_t ways[MOST_WAYS]; /* the events that it permits; none: the core is asked for the right itself */
} all_rights[] = {
    {AN_AF, "client", "use", {NO_EVENT}},
    {AN_AF, "client", "close", {CALL_CLOSE_AF}},
    {AN_AF, "client", "answer the notification", {CALL_NOTIFY_COMPLETE, LEAVE_CL_NOTIFY_CLOSE_AF}},
    {AN_AF, "client", "free its context", {FREE_CLIENT_AF_CONTEXT}},
    {AN_AF, "call manager", "complete the open", {OPEN_AF_COMPLETE, OPEN_AF_MCM_COMPLETE, OPEN_AF_LEAVE}},
    {AN_AF, "call manager", "notify the client", {CALL_CM_NOTIFY, CALL_MCM_NOTIFY}},
    {AN_AF, "call manager", "complete the close",
     {CALL_CM_CLOSE_AF_COMPLETE, CALL_MCM_CLOSE_AF_COMPLETE, LEAVE_CM_CLOSE_AF}},
    {AN_AF, "call manager", "release its resources", {RELEASE_AF_RESOURCES}},
    {AN_AF, "call manager", "free its context", {FREE_CALL_MGR_AF_CONTEXT}},
    {A_BINDING, "driver", "open the adapter", {OPEN_ADAPTER_CALL}},
    {A_BINDING, "driver", "register its AF", {CALL_CM_REGISTER_AF, CALL_MCM_REGISTER_AF}},
    {A_BINDING, "driver", "send", {CALL_SEND}},
    {A_BINDING, "driver", "request", {CALL_OID_REQUEST, REQUEST_TO_MINIPORT_CALL}},
    {A_BINDING, "driver", "close the adapter", {CALL_CLOSE_ADAPTER}},
    {A_BINDING, "driver", "complete the bind", {BIND_COMPLETE, LEAVE_BIND, LEAVE_INITIALIZE}},
    {A_BINDING, "driver", "complete the unbind", {CALL_COMPLETE_UNBIND, LEAVE_UNBIND, LEAVE_HALT}},
    {A_BINDING, "driver", "free its context", {FREE_BINDING_CONTEXT}},
    {A_SAP, "client", "deregister", {SAP_DEREGISTER_CALL}},
    {A_SAP, "client", "free its context", {FREE_SAP_CONTEXT}},
    {A_SAP, "call manager", "complete the registration",
     {SAP_REGISTER_COMPLETE, SAP_REGISTER_MCM_COMPLETE, SAP_REGISTER_LEAVE}},
    {A_SAP, "call manager", "complete the deregistration",
     {SAP_DEREGISTER_COMPLETE, SAP_DEREGISTER_MCM_COMPLETE, SAP_DEREGISTER_LEAVE}},
    {A_SAP, "call manager", "free its context", {FREE_CALL_MGR_SAP_CONTEXT}},
    {A_VC, "client", "make a call", {VC_MAKE_CALL_CALL}},
    {A_VC, "client", "answer the call", {VC_INCOMING_CALL_COMPLETE, VC_INCOMING_CALL_LEAVE}},
    {A_VC, "client", "send", {VC_SEND_CALL}},
    {A_VC, "client", "close the call", {VC_CLOSE_CALL_CALL, VC_DROP_LAST_PARTY_CALL}},
    {A_VC, "client", "delete", {VC_DELETE_BY_CLIENT_CALL}},
    {A_VC, "client", "free its context", {FREE_CLIENT_VC_CONTEXT}},
    {A_VC, "call manager", "activate", {VC_ACTIVATE_CALL, VC_ACTIVATE_MCM_CALL}},
    {A_VC, "call manager", "deactivate", {VC_DEACTIVATE_CALL, VC_DEACTIVATE_MCM_CALL}},
    {A_VC, "call manager", "complete the call",
     {VC_MAKE_CALL_COMPLETE, VC_MAKE_CALL_MCM_COMPLETE, VC_MAKE_CALL_LEAVE}},
    {A_VC, "call manager", "offer a call", {VC_INCOMING_CALL_CALL, VC_INCOMING_CALL_MCM_CALL}},
    {A_VC, "call manager", "end the call", {VC_INCOMING_CLOSE_CALL, VC_INCOMING_CLOSE_MCM_CALL}},
    {A_VC, "call manager", "complete the close",
     {VC_CLOSE_CALL_COMPLETE, VC_CLOSE_CALL_MCM_COMPLETE, VC_CLOSE_CALL_LEAVE}},
    {A_VC, "call manager", "delete", {VC_DELETE_BY_MANAGER_CALL, VC_DELETE_BY_MANAGER_MCM_CALL}},
    {A_VC, "call manager", "free its context", {FREE_CALL_MGR_VC_CONTEXT}},
    {A_PARTY, "client", "drop", {PARTY_DROP_CALL}},
    {A_PARTY, "client", "free its context", {FREE_CLIENT_PARTY_CONTEXT}},
    {A_PARTY, "call manager", "complete the addition",
     {PARTY_ADD_COMPLETE, PARTY_ADD_MCM_COMPLETE, PARTY_ADD_LEAVE}},
    {A_PARTY, "call manager", "complete the drop",
     {PARTY_DROP_COMPLETE, PARTY_DROP_MCM_COMPLETE, PARTY_DROP_LEAVE}},
    {A_PARTY, "call manager", "tell that it has left",
     {PARTY_INCOMING_DROP_CALL, PARTY_INCOMING_DROP_MCM_CALL}},
    {A_PARTY, "call manager", "free its context", {FREE_CALL_MGR_PARTY_CONTEXT}},
    {A_REQUEST, "client", "complete", {REQUEST_BY_MANAGER_COMPLETE, REQUEST_BY_MANAGER_LEAVE}},
    {A_REQUEST, "client", "free it", {FREE_REQUEST_BY_CLIENT}},
    {A_REQUEST, "call manager", "complete",
     {REQUEST_BY_CLIENT_COMPLETE, REQUEST_BY_CLIENT_MCM_COMPLETE, REQUEST_BY_CLIENT_LEAVE}},
    {A_REQUEST, "call manager", "free it", {FREE_REQUEST_BY_MANAGER}},
};
#define RIGHTS (sizeof all_rights / sizeof *all_rights)

static int is_permitted(struct core *c, const struct right *r, struct handle object,
                        struct handle on)
{
    if (r->ways[0] == NO_EVENT) {
        return af_right_to_use(c->af[object.slot]) == CONFORMING;
    }
    for (unsigned i = 0; i < MOST_WAYS && r->ways[i] != NO_EVENT; i++) {
        struct event e = event_of(r->ways[i], object, on);

        for (e.status = first_status(e.kind); e.status <= last_status(e.kind); e.status++) {
            if (answer_on_some_thread(c, &e) == CONFORMING) {
                return 1;
            }
        }
    }
    return 0;
}

rights rights_to(struct judge *j, struct object o)
{
    const struct handle on = on_which(j, o);
    rights held = 0;
    unsigned bit = 0;

    for (size_t i = 0; i < RIGHTS; i++) {
        if (all_rights[i].kind == o.kind) {
            held |= (rights)is_permitted(&j->core, &all_rights[i], o.handle, on) << bit++;
        }
    }
    return held;
}

void write_rights(FILE *out, enum object_kind kind, rights held)
{
    const char *holder = "";
    unsigned bit = 0;

    fputc('{', out);
    for (size_t i = 0; i < RIGHTS; i++) {
        if (all_rights[i].kind != kind || (held >> bit++ & 1) == 0) {
            continue;
        }
        if (strcmp(all_rights[i].holder, holder) == 0) {
            fprintf(out, ",\"%s\"", all_rights[i].what);
        } else {
            fprintf(out, "%s\"%s\":[\"%s\"", holder[0] == '\0' ? "" : "],", all_rights[i].holder,
                    all_rights[i].what);
            holder = all_rights[i].holder;
        }
    }
    fputs(holder[0] == '\0' ? "}" : "]}", out);
}

/* ---- What comes next ---- */

void write_driver(FILE *out, struct judge *j, struct event e)
{
    const char *driver = event_driver(e.kind);
    struct object o = object_of_event(e);

    if (strcmp(driver, "system") == 0 || strcmp(driver, "manager") == 0 || event_is_unknown(e)) {
        fputs(driver[0] == 'm' ? "call manager" : "system", out);
        return;
    }
    if (strcmp(driver, "client") == 0) {
        for (o = said_holder(j, e); o.kind != A_BINDING && o.kind != NO_OBJECT;) {
            o = holder_of(j, o);
        }
    }
    if (o.kind == NO_OBJECT) {
        fputs("client ?", out);
    } else if (o.handle.slot == MANAGER_BINDING) {
        fputs(strcmp(driver, "client") == 0 ? "client ?" : "call manager", out);
    } else {
        fprintf(out, "client %lu", (unsigned long)o.handle.slot);
    }
}

/* The answers to one event, status by status: those accepted, then each requirement that refuses. */
static void write_answers(FILE *out, struct judge *j, struct event e)
{
    enum requirement answer[STATUS_COUNT];
    uint8_t thread[STATUS_COUNT];
    const uint8_t first = first_status(e.kind), last = last_status(e.kind);
    const char *before = "";

    for (uint8_t s = first; s <= last; s++) {
        e.status = s;
        answer[s] = answer_on_some_thread(&j->core, &e);
        thread[s] = e.thread;
    }
    fprintf(out, "{\"next\":\"%s\",\"name\":\"%s\",\"object\":\"%s:%lu.%lu\"", event_verb(e.kind),
            event_name(e.kind), event_object(e.kind), (unsigned long)e.object.slot,
            (unsigned long)e.object.generation);
    fputs(",\"driver\":\"", out);
    write_driver(out, j, e);
    fputs("\",\"accepted\":[", out);
    for (uint8_t s = first; s <= last; s++) {
        if (answer[s] == CONFORMING) {
            fprintf(out, "%s\"%s\"", before, status_name(s));
            before = ",";
        }
    }
    fputs("],\"refused\":{", out);
    before = "";
    for (uint8_t s = first; s <= last; s++) {
        const char *comma = "";
        uint8_t earlier = first;

        while (earlier < s && answer[earlier] != answer[s]) {
            earlier++;
        }
        if (answer[s] == CONFORMING || earlier < s) {
            continue;
        }
        fprintf(out, "%s\"%s\":[", before, requirement_id(answer[s]));
        for (uint8_t other = s; other <= last; other++) {
            if (answer[other] == answer[s]) {
                fprintf(out, "%s\"%s\"", comma, status_name(other));
                comma = ",";
            }
        }
        fputc(']', out);
        before = ",";
    }
    fputc('}', out);
    for (uint8_t s = first; s <= last; s++) {
        if (answer[s] == CONFORMING && thread[s] != other_thread) {
            fprintf(out, ",\"thread\":%u", (unsigned)thread[s]);
            break;
        }
    }
    fputs("}\n", out);
}

static void write_answers_of(FILE *out, struct judge *j, enum object_kind kind,
                             struct handle object, struct handle on, int begins)
{
    for (uint16_t k = NO_EVENT + 1; k < EVENT_KIND_COUNT; k++) {
        if (object_kind_of(event_object(k)) == kind && begins_its_object(k) == begins) {
            write_answers(out, j, event_of(k, object, on));
        }
    }
}

/* A handle that was never given out: of the first slot in which nothing was ever. */
static int never_used(struct judge *j, enum object_kind kind, struct handle *h)
{
    h->slot = 0;
    while (h->slot < table_size(kind) && generation_of(&j->core, kind, h->slot) != 0) {
        h->slot++;
    }
    h->generation = 1;
    return h->slot < table_size(kind);
}

/* What an object of this kind is made on. */
static enum object_kind made_on(enum object_kind kind)
{
    return kind == AN_AF      ? A_BINDING
           : kind == A_PARTY   ? A_VC
           : kind == A_BINDING ? NO_OBJECT
                               : AN_AF;
}

static void write_beginnings(FILE *out, struct judge *j, enum object_kind kind)
{
    const enum object_kind beneath = made_on(kind);
    const struct handle nothing = {0, 0};
    struct handle object;

    if (!never_used(j, kind, &object)) {
        return;
    }
    if (beneath == NO_OBJECT) {
        write_answers_of(out, j, kind, object, nothing, 1);
        return;
    }
    for (uint32_t slot = kind == AN_AF ? 1 : 0; slot < table_size(beneath); slot++) {
        const struct handle on = {slot, generation_of(&j->core, beneath, slot)};

        if (on.generation != 0) {
            write_answers_of(out, j, kind, object, on, 1);
        }
    }
}

void write_possible(FILE *out, struct judge *j)
{
    begin_questions(j);
    for (enum object_kind kind = AN_AF; kind < A_DRIVER; kind = (enum object_kind)(kind + 1)) {
        for (uint32_t slot = 0; slot < table_size(kind) && !ferror(out); slot++) {
            const struct object o = {kind, {slot, generation_of(&j->core, kind, slot)}};

            if (o.handle.generation != 0) {
                write_answers_of(out, j, kind, o.handle, on_which(j, o), 0);
            }
        }
        write_beginnings(out, j, kind);
    }
}
