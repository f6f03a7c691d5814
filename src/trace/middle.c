/* middle.c - see middle.h. */
#include "middle.h"

#include "supposed.h"
#include "trace.h"

#include <string.h>

/* A step of a life. IN_USE stands where the object is as it is most of the time. */
struct step {
    uint16_t kind;
    uint8_t status;
};
#define IN_USE {NO_EVENT, SUCCESS}
#define THE_END {NO_EVENT, NO_STATUS}
#define LONGEST_LIFE 32

/* What several lives have in common. */
#define BOUND_AND_RESTARTED                                                                \
    {ENTER_BIND, NO_STATUS}, {OPEN_ADAPTER_CALL, NO_STATUS},                               \
    {RETURN_OPEN_ADAPTER, SUCCESS}, {LEAVE_BIND, SUCCESS},                                 \
    {RESTART_ENTER, NO_STATUS}, {RESTART_LEAVE, SUCCESS}
#define END_OF_A_CALL                                                                      \
    {VC_CLOSE_CALL_CALL, NO_STATUS}, {VC_CLOSE_CALL_ENTER, NO_STATUS},                     \
    {VC_CLOSE_CALL_LEAVE, PENDING}, {VC_CLOSE_CALL_RETURN, PENDING},                       \
    {VC_DEACTIVATE_CALL, NO_STATUS}, {VC_DEACTIVATE_ENTER, NO_STATUS},                     \
    {VC_DEACTIVATE_LEAVE, PENDING}, {VC_DEACTIVATE_RETURN, PENDING},                       \
    {VC_DEACTIVATE_COMPLETE, SUCCESS}, {VC_DEACTIVATE_DELIVER, SUCCESS},                   \
    {VC_CLOSE_CALL_COMPLETE, SUCCESS}, {VC_CLOSE_CALL_DELIVER, SUCCESS}

/* A step that the core refuses is left out: of the two kinds of call manager, and of bindings, each
 * has its own. What may go in several ways has several lives; the first is the most usual. */
static const struct step lives[][LONGEST_LIFE] = {
    {{ENTER_BIND, NO_STATUS}, {OPEN_ADAPTER_CALL, NO_STATUS}, {RETURN_OPEN_ADAPTER, SUCCESS},
     {CALL_CM_REGISTER_AF, NO_STATUS}, {REGISTER_AF_RETURN, SUCCESS}, {LEAVE_BIND, SUCCESS},
     {ENTER_AF_REGISTER_NOTIFY, NO_STATUS}, {RESTART_ENTER, NO_STATUS}, {RESTART_LEAVE, SUCCESS},
     IN_USE,
     {PAUSE_ENTER, NO_STATUS}, {PAUSE_LEAVE, PENDING}, {PAUSE_COMPLETE, SUCCESS},
     {REMOVE_BINDING, NO_STATUS}, {ENTER_UNBIND, NO_STATUS}, {CALL_CLOSE_ADAPTER, NO_STATUS},
     {RETURN_CLOSE_ADAPTER, PENDING},
     {ENTER_CLOSE_ADAPTER_COMPLETE, NO_STATUS}, {FREE_BINDING_CONTEXT, NO_STATUS},
     {LEAVE_UNBIND, PENDING}, THE_END},
    {{ENTER_BIND, NO_STATUS}, {OPEN_ADAPTER_CALL, NO_STATUS}, {RETURN_OPEN_ADAPTER, PENDING},
     {OPEN_ADAPTER_DELIVER, SUCCESS}, {LEAVE_BIND, PENDING}, {BIND_COMPLETE, SUCCESS},
     {ENTER_AF_REGISTER_NOTIFY, NO_STATUS}, {RESTART_ENTER, NO_STATUS}, {RESTART_LEAVE, PENDING},
     {RESTART_COMPLETE, SUCCESS}, IN_USE, {CALL_SEND, NO_STATUS}, THE_END},
    {BOUND_AND_RESTARTED, IN_USE,
     {PAUSE_ENTER, NO_STATUS}, {PAUSE_LEAVE, PENDING}, {PAUSE_COMPLETE, SUCCESS},
     {REMOVE_BINDING, NO_STATUS}, {ENTER_UNBIND, NO_STATUS}, {LEAVE_UNBIND, PENDING}, THE_END},
    {BOUND_AND_RESTARTED, IN_USE,
     {INDICATE_RECEIVE, NO_STATUS}, THE_END},
    {BOUND_AND_RESTARTED, IN_USE,
     {CALL_OID_REQUEST, NO_STATUS}, THE_END},
    {{ENTER_INITIALIZE, NO_STATUS}, {CALL_MCM_REGISTER_AF, NO_STATUS},
     {REGISTER_AF_MCM_RETURN, SUCCESS}, {LEAVE_INITIALIZE, SUCCESS}, IN_USE,
     {REMOVE_ADAPTER, NO_STATUS}, {ENTER_HALT, NO_STATUS}, THE_END},
    {{OPEN_AF_CALL, NO_STATUS}, {OPEN_AF_ENTER, NO_STATUS}, {STORE_CALL_MGR_AF_CONTEXT, NO_STATUS},
     {OPEN_AF_LEAVE, SUCCESS}, {RETURN_OPEN_AF, SUCCESS}, {OPEN_AF_OWN, SUCCESS}, IN_USE,
     {CALL_CLOSE_AF, NO_STATUS}, {ENTER_CM_CLOSE_AF, NO_STATUS}, {LEAVE_CM_CLOSE_AF, PENDING},
     {RETURN_CLOSE_AF, PENDING}, {RELEASE_AF_RESOURCES, NO_STATUS},
     {CALL_CM_CLOSE_AF_COMPLETE, SUCCESS}, {ENTER_CL_CLOSE_AF_COMPLETE, SUCCESS},
     {FREE_CLIENT_AF_CONTEXT, NO_STATUS}, THE_END},
    {{OPEN_AF_CALL, NO_STATUS}, {OPEN_AF_ENTER, NO_STATUS}, {STORE_CALL_MGR_AF_CONTEXT, NO_STATUS},
     {OPEN_AF_LEAVE, PENDING}, {RETURN_OPEN_AF, PENDING}, {OPEN_AF_COMPLETE, SUCCESS},
     {OPEN_AF_DELIVER, SUCCESS}, IN_USE,
     {CALL_CM_NOTIFY, NO_STATUS}, {ENTER_CL_NOTIFY_CLOSE_AF, NO_STATUS},
     {LEAVE_CL_NOTIFY_CLOSE_AF, PENDING}, {RETURN_CM_NOTIFY, PENDING}, {CALL_CLOSE_AF, NO_STATUS},
     {ENTER_CM_CLOSE_AF, NO_STATUS}, {LEAVE_CM_CLOSE_AF, PENDING}, {RETURN_CLOSE_AF, PENDING},
     {RELEASE_AF_RESOURCES, NO_STATUS}, {CALL_CM_CLOSE_AF_COMPLETE, SUCCESS},
     {ENTER_CL_CLOSE_AF_COMPLETE, SUCCESS}, {CALL_NOTIFY_COMPLETE, SUCCESS},
     {ENTER_CM_NOTIFY_COMPLETE, SUCCESS}, THE_END},
    {{OPEN_AF_CALL, NO_STATUS}, {OPEN_AF_ENTER, NO_STATUS}, {STORE_CALL_MGR_AF_CONTEXT, NO_STATUS},
     {OPEN_AF_LEAVE, SUCCESS}, {RETURN_OPEN_AF, SUCCESS}, {OPEN_AF_OWN, SUCCESS}, IN_USE,
     {CALL_CLOSE_AF, NO_STATUS}, {ENTER_CM_CLOSE_AF, NO_STATUS}, {RELEASE_AF_RESOURCES, NO_STATUS},
     {LEAVE_CM_CLOSE_AF, SUCCESS}, {RETURN_CLOSE_AF, SUCCESS}, {OWN_CLOSE_AF_COMPLETE, SUCCESS},
     {FREE_CLIENT_AF_CONTEXT, NO_STATUS}, THE_END},
    {{SAP_REGISTER_CALL, NO_STATUS}, {SAP_REGISTER_ENTER, NO_STATUS}, {SAP_REGISTER_LEAVE, SUCCESS},
     {SAP_REGISTER_RETURN, SUCCESS}, {SAP_REGISTER_OWN, SUCCESS}, IN_USE,
     {SAP_DEREGISTER_CALL, NO_STATUS}, {SAP_DEREGISTER_ENTER, NO_STATUS},
     {SAP_DEREGISTER_LEAVE, PENDING}, {SAP_DEREGISTER_RETURN, PENDING},
     {SAP_DEREGISTER_COMPLETE, SUCCESS}, THE_END},
    {{SAP_REGISTER_CALL, NO_STATUS}, {SAP_REGISTER_ENTER, NO_STATUS}, {SAP_REGISTER_LEAVE, PENDING},
     {SAP_REGISTER_RETURN, PENDING}, {SAP_REGISTER_COMPLETE, SUCCESS},
     {SAP_REGISTER_DELIVER, SUCCESS}, IN_USE, THE_END},
    {{VC_CREATE_BY_CLIENT_CALL, NO_STATUS}, {MINIPORT_CREATE_VC_LEAVE, SUCCESS},
     {VC_CREATE_BY_CLIENT_ENTER, NO_STATUS}, {VC_CREATE_BY_CLIENT_LEAVE, SUCCESS},
     {VC_CREATE_BY_CLIENT_RETURN, SUCCESS}, {VC_MAKE_CALL_CALL, NO_STATUS},
     {VC_MAKE_CALL_ENTER, NO_STATUS}, {VC_MAKE_CALL_LEAVE, PENDING}, {VC_MAKE_CALL_RETURN, PENDING},
     {VC_ACTIVATE_CALL, NO_STATUS}, {VC_MAKE_CALL_COMPLETE, SUCCESS},
     {VC_MAKE_CALL_DELIVER, SUCCESS}, IN_USE,
     END_OF_A_CALL,
     {VC_DELETE_BY_CLIENT_CALL, NO_STATUS}, {VC_DELETE_BY_CLIENT_ENTER, NO_STATUS},
     {VC_DELETE_BY_CLIENT_LEAVE, SUCCESS}, THE_END},
    {{VC_CREATE_BY_MANAGER_CALL, NO_STATUS}, {MINIPORT_CREATE_VC_LEAVE, SUCCESS},
     {VC_CREATE_BY_MANAGER_ENTER, NO_STATUS}, {VC_CREATE_BY_MANAGER_LEAVE, SUCCESS},
     {VC_CREATE_BY_MANAGER_RETURN, SUCCESS}, {VC_ACTIVATE_CALL, NO_STATUS},
     {VC_INCOMING_CALL_CALL, NO_STATUS}, {VC_INCOMING_CALL_ENTER, NO_STATUS},
     {VC_INCOMING_CALL_LEAVE, PENDING}, {VC_INCOMING_CALL_RETURN, PENDING},
     {VC_INCOMING_CALL_COMPLETE, SUCCESS}, {VC_INCOMING_CALL_DELIVER, SUCCESS}, IN_USE,
     END_OF_A_CALL,
     {VC_DELETE_BY_MANAGER_CALL, NO_STATUS}, {VC_DELETE_BY_MANAGER_ENTER, NO_STATUS}, THE_END},
    {{VC_CREATE_BY_CLIENT_CALL, NO_STATUS}, {MINIPORT_CREATE_VC_LEAVE, SUCCESS},
     {VC_CREATE_BY_CLIENT_ENTER, NO_STATUS}, {VC_CREATE_BY_CLIENT_LEAVE, SUCCESS},
     {VC_CREATE_BY_CLIENT_RETURN, SUCCESS}, {VC_MAKE_CALL_CALL, NO_STATUS},
     {VC_MAKE_CALL_ENTER, NO_STATUS}, {VC_ACTIVATE_CALL, NO_STATUS}, {VC_MAKE_CALL_LEAVE, SUCCESS},
     {VC_MAKE_CALL_RETURN, SUCCESS}, {VC_MAKE_CALL_OWN, SUCCESS}, IN_USE,
     {VC_SEND_CALL, NO_STATUS}, THE_END},
    {{PARTY_ADD_CALL, NO_STATUS}, {PARTY_ADD_ENTER, NO_STATUS}, {PARTY_ADD_LEAVE, PENDING},
     {PARTY_ADD_RETURN, PENDING}, {PARTY_ADD_COMPLETE, SUCCESS}, {PARTY_ADD_DELIVER, SUCCESS},
     IN_USE,
     {PARTY_DROP_CALL, NO_STATUS}, {PARTY_DROP_ENTER, NO_STATUS}, {PARTY_DROP_LEAVE, PENDING},
     {PARTY_DROP_RETURN, PENDING}, {PARTY_DROP_COMPLETE, SUCCESS}, THE_END},
    {{REQUEST_BY_CLIENT_CALL, NO_STATUS}, {REQUEST_BY_CLIENT_ENTER, NO_STATUS},
     {REQUEST_BY_CLIENT_LEAVE, PENDING}, {REQUEST_BY_CLIENT_RETURN, PENDING}, IN_USE,
     {REQUEST_BY_CLIENT_COMPLETE, SUCCESS}, {REQUEST_BY_CLIENT_DELIVER, SUCCESS}, THE_END},
    {{REQUEST_BY_MANAGER_CALL, NO_STATUS}, {REQUEST_BY_MANAGER_ENTER, NO_STATUS},
     {REQUEST_BY_MANAGER_LEAVE, PENDING}, {REQUEST_BY_MANAGER_RETURN, PENDING}, IN_USE,
     {REQUEST_BY_MANAGER_COMPLETE, SUCCESS}, {REQUEST_BY_MANAGER_DELIVER, SUCCESS}, THE_END},
};
#define LIVES (sizeof lives / sizeof lives[0])

/* Where a life is played. */
static struct core played;

/* The record goes from one core to the other. */
static void take_record(struct core *to, const struct core *from, struct supposed_object o)
{
    const uint32_t slot = o.object.slot;

    if (strcmp(o.kind, "binding") == 0) {
        to->binding[slot] = from->binding[slot];
    } else if (strcmp(o.kind, "af") == 0) {
        to->af[slot] = from->af[slot];
    } else if (strcmp(o.kind, "sap") == 0) {
        to->sap[slot] = from->sap[slot];
    } else if (strcmp(o.kind, "vc") == 0) {
        to->vc[slot] = from->vc[slot];
    } else if (strcmp(o.kind, "party") == 0) {
        to->party[slot] = from->party[slot];
    } else {
        to->request[slot] = from->request[slot];
    }
}

static uint32_t *generation_in(struct core *c, struct supposed_object o)
{
    const uint32_t slot = o.object.slot;

    return strcmp(o.kind, "binding") == 0 && slot < MAX_BINDING   ? &c->binding[slot].generation
           : strcmp(o.kind, "af") == 0 && slot < MAX_AF           ? &c->af[slot].generation
           : strcmp(o.kind, "sap") == 0 && slot < MAX_SAP         ? &c->sap[slot].generation
           : strcmp(o.kind, "vc") == 0 && slot < MAX_VC           ? &c->vc[slot].generation
           : strcmp(o.kind, "party") == 0 && slot < MAX_PARTY     ? &c->party[slot].generation
           : strcmp(o.kind, "request") == 0 && slot < MAX_REQUEST ? &c->request[slot].generation
                                                                  : NULL;
}

/* One step, by the function of this kind of call manager. */
static void play(struct supposed_object o, struct step s)
{
    struct event e = {0};

    e.kind = s.kind;
    e.status = s.status;
    e.object = o.object;
    e.on = o.on;
    e.irql = PASSIVE;
    if (core_step(&played, e) != CONFORMING && twin_of(s.kind) != s.kind) {
        e.kind = twin_of(s.kind);
        (void)core_step(&played, e);
    }
}

static unsigned first_life(struct supposed_object o)
{
    unsigned which = 0;

    while (which < LIVES && (strcmp(event_object(lives[which][0].kind), o.kind) != 0 ||
                             (o.is_mcm && strcmp(o.kind, "binding") == 0 &&
                              o.object.slot == MANAGER_BINDING &&
                              lives[which][0].kind != ENTER_INITIALIZE))) {
        which++;
    }
    return which;
}

static int is_in_use(struct step s) { return s.kind == NO_EVENT && s.status == SUCCESS; }

/* What the object hangs on, as c knows it: of an AF the client's binding, of others its on. */
static struct supposed_object holder_of(const struct core *c, struct supposed_object o)
{
    struct supposed_object holder = {"binding", {MANAGER_BINDING, 1}, {0, 0}, o.is_mcm};

    if (strcmp(o.kind, "party") == 0) {
        holder.kind = "vc";
        holder.object = o.on;
        holder.on = o.on.slot < MAX_VC ? c->vc[o.on.slot].af : holder.on;
    } else if (strcmp(o.kind, "af") == 0) {
        holder.object = o.on;
    } else if (strcmp(o.kind, "binding") != 0) {
        const uint32_t client = o.on.slot < MAX_AF ? c->af[o.on.slot].client : MANAGER_BINDING;

        holder.kind = "af";
        holder.object = o.on;
        holder.on.slot = client;
        holder.on.generation = client < MAX_BINDING && c->binding[client].generation > 0
                                   ? c->binding[client].generation
                                   : 1;
    }
    return holder;
}

/* A world in which the object can begin: what it hangs on is in use there, whatever has become of it
 * since; before that the call manager's binding. */
static int prepare(const struct core *c, struct supposed_object o)
{
    struct supposed_object manager = {"binding", {MANAGER_BINDING, 1}, {0, 0}, o.is_mcm};

    core_initialise(&played, c->readings);
    if (strcmp(o.kind, "binding") == 0) {
        return o.object.slot == MANAGER_BINDING || suppose_object(&played, manager, NULL);
    }
    if (strcmp(o.kind, "af") == 0) {
        if (c->binding[MANAGER_BINDING].generation > 0) { /* an AF keeps by which it is served */
            manager.object.generation = c->binding[MANAGER_BINDING].generation;
            manager.is_mcm = c->binding[MANAGER_BINDING].miniport;
        }
        if (!suppose_object(&played, manager, NULL)) {
            return 0;
        }
        if (o.on.slot == MANAGER_BINDING) {
            return 1;
        }
    }
    return suppose_object(&played, holder_of(c, o), NULL);
}

void earlier_ones_were_before(struct core *c, struct supposed_object o)
{
    uint32_t *generation = generation_in(c, o);

    if (generation != NULL && *generation == 0 && o.object.generation > 0) {
        *generation = o.object.generation - 1;
    }
}

void vc_was_on(struct core *c, struct handle vc, struct handle af) { c->vc[vc.slot].af = af; }

#define MOST_HOLDERS 6

int suppose_object(struct core *c, struct supposed_object o, const struct event *e)
{
    static struct core before[MOST_HOLDERS], best[MOST_HOLDERS], trial; /* of each holder */
    static unsigned depth;
    const uint32_t *generation = generation_in(c, o);
    struct core *own, *kept;
    int found = 0;

    if (generation == NULL || o.object.generation == 0 || depth == MOST_HOLDERS ||
        first_life(o) == LIVES) {
        return 0;
    }
    own = &before[depth];
    kept = &best[depth];
    *kept = *c; /* c may be the core in which the lives are played */
    depth++;
    if (!prepare(kept, o)) {
        depth--;
        return 0;
    }
    depth--;
    *generation_in(&played, o) = o.object.generation - 1;
    *own = played;
    /* In use, and then anywhere: as late as it can be, when what was called has returned. */
    for (int round = 0; !found && round < 2; round++) {
        for (unsigned l = first_life(o); !found && l < LIVES; l++) {
            if (strcmp(event_object(lives[l][0].kind), o.kind) != 0) {
                continue;
            }
            played = *own;
            for (unsigned i = 0; (!found || round == 1) && i < LONGEST_LIFE &&
                                 (lives[l][i].kind != NO_EVENT || is_in_use(lives[l][i])); i++) {
                if (lives[l][i].kind != NO_EVENT) {
                    play(o, lives[l][i]);
                }
                if (round == 0 && !is_in_use(lives[l][i])) {
                    continue;
                }
                trial = *kept;
                take_record(&trial, &played, o);
                if (*generation_in(&trial, o) == o.object.generation &&
                    (e == NULL || (core_left_undone(&trial, *e) == CONFORMING &&
                                   core_step(&trial, *e) == CONFORMING))) {
                    take_record(kept, &played, o);
                    found = 1;
                }
            }
        }
    }
    *c = *kept;
    return found;
}
