/* runtime_object.c - the objects of the core's tables as the runtime sees them: where a new
 * one gets its slot, what each stands on, and the contexts that NDIS keeps of it. All under
 * the lock of NDIS. */
#include "runtime_driver.h"

#define LOOKS terminates \true; exits never: \false; assigns \nothing;

/*@ LOOKS */
static int begins_an_object(uint16_t kind)
{
    switch (kind) {
    case OPEN_AF_CALL:
    case SAP_REGISTER_CALL:
    case VC_CREATE_BY_CLIENT_CALL:
    case VC_CREATE_BY_MANAGER_CALL:
    case VC_CREATE_BY_MANAGER_MCM_CALL:
    case PARTY_ADD_CALL:
    case REQUEST_BY_CLIENT_CALL:
    case REQUEST_BY_MANAGER_CALL:
    case REQUEST_BY_MANAGER_MCM_CALL: return 1;
    default: return 0;
    }
}

/* How many slots the table of this kind has, and where its sides begin. */
/*@ LOOKS
    ensures in_bounds: \result <= SIDES;
    ensures exact: \result == (kind == HANDLE_af ? MAX_AF : kind == HANDLE_sap ? MAX_SAP :
      kind == HANDLE_vc ? MAX_VC : kind == HANDLE_party ? MAX_PARTY :
      kind == HANDLE_request ? MAX_REQUEST : 0); */
static uint32_t slots_of(enum handle_kind kind)
{
    switch (kind) {
    case HANDLE_af: return MAX_AF;
    case HANDLE_sap: return MAX_SAP;
    case HANDLE_vc: return MAX_VC;
    case HANDLE_party: return MAX_PARTY;
    case HANDLE_request: return MAX_REQUEST;
    default: return 0;
    }
}

/* The side of an object, or SIDES if it has none. */
/*@ LOOKS
    ensures in_bounds: \result <= SIDES;
    ensures of_request: kind == HANDLE_request && slot < MAX_REQUEST ==> \result == SIDE_OF_REQUEST + slot; */
static uint32_t side_of(enum handle_kind kind, uint32_t slot)
{
    if (slot >= slots_of(kind)) {
        return SIDES;
    }
    switch (kind) {
    case HANDLE_af: return SIDE_OF_AF + slot;
    case HANDLE_sap: return SIDE_OF_SAP + slot;
    case HANDLE_vc: return SIDE_OF_VC + slot;
    case HANDLE_party: return SIDE_OF_PARTY + slot;
    case HANDLE_request: return SIDE_OF_REQUEST + slot;
    default: return SIDES;
    }
}

/* The generation that the slot has. */
/*@ LOOKS */
static uint32_t generation_in(enum handle_kind kind, uint32_t slot)
{
    if (slot >= slots_of(kind)) {
        return 0;
    }
    switch (kind) {
    case HANDLE_af: return core.af[slot].generation;
    case HANDLE_sap: return core.sap[slot].generation;
    case HANDLE_vc: return core.vc[slot].generation;
    case HANDLE_party: return core.party[slot].generation;
    case HANDLE_request: return core.request[slot].generation;
    default: return 0;
    }
}

/*@ LOOKS */
static int is_free(enum handle_kind kind, uint32_t slot)
{
    if (slot >= slots_of(kind) || generation_in(kind, slot) == UINT32_MAX) {
        return 0;
    }
    switch (kind) {
    case HANDLE_af: return af_client_done(core.af[slot]) && af_manager_done(core.af[slot]);
    case HANDLE_sap: return sap_is_free(core.sap[slot]);
    case HANDLE_vc: return vc_is_free(core.vc[slot]);
    case HANDLE_party: return party_is_free(core.party[slot]);
    case HANDLE_request: return request_is_free(core.request[slot]);
    default: return 0;
    }
}

/* The request that is in use at this address; none: a handle that no table has. */
/*@ LOOKS */
static struct handle request_at(const void *address)
{
    struct handle h = {UINT16_MAX, 0};

    /*@ loop invariant in_bounds: 0 <= i <= MAX_REQUEST;
        loop assigns i, h;
        loop variant MAX_REQUEST - i; */
    for (uint32_t i = 0; i < MAX_REQUEST; i++) {
        if (!request_is_free(core.request[i]) && object_side[SIDE_OF_REQUEST + i].what == address) {
            h.slot = i;
            h.generation = core.request[i].generation;
        }
    }
    return h;
}

/* The binding whose request to the miniport is at this address. */
/*@ LOOKS */
static struct handle request_to_miniport_at(const void *address)
{
    struct handle h = {UINT16_MAX, 0};

    /*@ loop invariant in_bounds: 0 <= i <= MAX_BINDING;
        loop assigns i, h;
        loop variant MAX_BINDING - i; */
    for (uint32_t i = 0; i < MAX_BINDING; i++) {
        if (!request_is_free(core.to_miniport[i]) && binding_side[i].request == address) {
            h = core.to_miniport[i].on;
        }
    }
    return h;
}

/* A request of which the memory is in use already keeps its slot: the core refuses it
 * (OID-04). */
/*@ requires valid: \valid(e) && APART(e);
    terminates \true;
    exits never: \false;
    assigns e->object; */
static int find_slot(struct event *e, const void *address)
{
    const enum handle_kind kind = object_of(e->kind);
    const struct handle used = kind == HANDLE_request ? request_at(address) : e->object;

    if (kind == HANDLE_request && used.slot < MAX_REQUEST && used.generation < UINT32_MAX) {
        e->object = used;
        e->object.generation = used.generation + 1;
        return 1;
    }
    /*@ loop invariant in_bounds: 0 <= i <= SIDES;
        loop assigns i;
        loop variant SIDES - i; */
    for (uint32_t i = 0; i < slots_of(kind); i++) {
        if (is_free(kind, i)) {
            e->object.slot = i;
            e->object.generation = generation_in(kind, i) + 1;
            return 1;
        }
    }
    return 0;
}

/* The binding on which an AF was opened. */
/*@ LOOKS */
static struct handle binding_of(struct handle af)
{
    struct handle h = {UINT16_MAX, 0};

    if (af.slot < MAX_AF && core.af[af.slot].client < MAX_BINDING) {
        h.slot = core.af[af.slot].client;
        h.generation = core.binding[h.slot].generation;
    }
    return h;
}

/* What the object stands on, as the core remembers it. */
/*@ LOOKS */
static struct handle on_of(struct event e)
{
    const enum handle_kind kind = object_of(e.kind);

    if (e.kind == RETURN_OPEN_AF && e.on.generation == 0) {
        return binding_of(e.object);
    }
    if (e.object.slot >= slots_of(kind)) {
        return e.on;
    }
    switch (kind) {
    case HANDLE_sap: return core.sap[e.object.slot].af;
    case HANDLE_vc: return core.vc[e.object.slot].af;
    case HANDLE_party: return core.party[e.object.slot].vc;
    case HANDLE_request: return core.request[e.object.slot].on;
    default: return e.on;
    }
}

int find_object(struct event *e, const struct arguments *a)
{
    if (e->kind == DRIVER_REGISTER_CALL || e->kind == SET_OPTIONS_MCM_ENTER) {
        e->object = driver_loaded_by(e->thread); /* it has no handle yet */
        return 1;
    }
    if (begins_an_object(e->kind)) {
        if (!find_slot(e, a->what)) {
            return 0;
        }
        choose(e);
        return 1;
    }
    if (e->object.slot >= UINT16_MAX && a->what != NULL) {
        e->object = object_of(e->kind) == HANDLE_request ? request_at(a->what)
                    : e->kind == REQUEST_TO_MINIPORT_COMPLETE
                        ? request_to_miniport_at(a->what)
                        : e->object;
    }
    e->on = on_of(*e);
    return 1;
}

void remember(struct event e, const struct arguments *a)
{
    const struct object_side nothing = {0};
    const enum driver driver = driver_of(e.kind);
    const uint32_t side = side_of(object_of(e.kind), e.object.slot);

    if (side < SIDES) {
        if (begins_an_object(e.kind)) {
            object_side[side] = nothing;
        }
        if (a->what != NULL && (begins_an_object(e.kind) || e.kind == OID_CO_AF_CLOSE_CALL ||
                                e.kind == OID_CO_AF_CLOSE_MCM_CALL)) {
            object_side[side].what = a->what;
        }
        if (a->context != NULL) {
            object_side[side].context[driver] = a->context;
        }
        if (a->party_context != NULL) {
            object_side[side].party_context[driver] = a->party_context;
        }
    } else if (object_of(e.kind) != HANDLE_driver && e.object.slot < MAX_BINDING) {
        if (a->context != NULL) {
            binding_side[e.object.slot].binding_context = a->context;
        }
        if (e.kind == REQUEST_TO_MINIPORT_CALL) {
            binding_side[e.object.slot].request = a->what;
        }
    }
}

/* This driver's context for what a handle names; NULL, if that is gone. */
/*@ LOOKS */
static NDIS_HANDLE context_of(NDIS_HANDLE handle, enum driver driver)
{
    const enum handle_kind named = kind_of(handle);
    const enum handle_kind kind = named == PARTY_OF_VC ? HANDLE_vc : named;
    const struct handle h = decode(named, handle);
    const uint32_t side = side_of(kind, h.slot);

    if (side >= SIDES || driver >= DRIVERS || h.generation != generation_in(kind, h.slot)) {
        return NULL;
    }
    return named == PARTY_OF_VC ? object_side[side].party_context[driver]
                                : object_side[side].context[driver];
}

/* The driver of a client, of the call manager, of a binding or of the miniport. */
/*@ LOOKS */
static struct adapter_side driver_at(enum driver driver, struct handle af, uint32_t binding)
{
    const struct adapter_side nobody = {0};

    switch (driver) {
    case DRIVER_client:
        return af.slot < MAX_AF && core.af[af.slot].client < MAX_BINDING
                   ? binding_side[core.af[af.slot].client]
                   : nobody;
    case DRIVER_manager: return binding_side[MANAGER_BINDING];
    case DRIVER_owner: return binding < MAX_BINDING ? binding_side[binding] : nobody;
    default: return miniport_side;
    }
}

/* The AF of an event: its object, or what that stands on. */
/*@ LOOKS */
static struct handle af_of(struct event e)
{
    switch (object_of(e.kind)) {
    case HANDLE_af: return e.object;
    case HANDLE_party: return e.on.slot < MAX_VC ? core.vc[e.on.slot].af : e.on;
    default: return e.on;
    }
}

void take_moment(struct event e, struct moment *m)
{
    const struct moment nothing = {0};
    const struct arguments passed = m->arguments;
    const enum driver driver = driver_of(e.kind);
    const enum handle_kind kind = object_of(e.kind);
    const struct handle af = af_of(e);
    const uint32_t side = side_of(kind, e.object.slot);

    *m = nothing;
    m->event = e;
    m->events_accepted = events_accepted;
    m->arguments = passed;
    m->arguments.context = NULL; /* kept, if it was to be */
    m->arguments.party_context = NULL;
    m->driver = driver_at(driver, af, e.object.slot);
    m->af_context = context_of(encode(HANDLE_af, af), driver);
    m->other_context = context_of(passed.other, driver);
    m->party_context = context_of(passed.party, driver);
    if (side < SIDES) {
        m->context = object_side[side].context[driver];
        m->what = object_side[side].what;
    } else if (e.object.slot < MAX_BINDING) {
        m->context = m->driver.binding_context;
        m->what = binding_side[e.object.slot].request;
    }
    if (kind == HANDLE_party) {
        m->vc_context = context_of(encode(HANDLE_vc, e.on), driver);
    }
    if (kind == HANDLE_vc && e.object.slot < MAX_VC) {
        m->vc = core.vc[e.object.slot];
    }
}
