/* opening.c - see opening.h. */
#include "opening.h"

/*@ requires new: generation > 0;
    LOOKS_ONLY
    ensures new: is_newly_asked_for(\result, generation, client);
    ensures nothing_of_the_manager: \result.manager_context == 0 && \result.resources == 0 &&
      \result.miniport == 0 && \result.served_by == 0;
    ensures not_open: \result.phase == AF_FREE;
    ensures over: \result.opening == forgotten_operation(\result.opening); */
static struct address_family newly_asked_for(uint32_t generation, uint32_t client)
{
    struct address_family a = {0};

    a.generation = generation;
    a.client = client;
    a.client_context = 1;
    return a;
}

struct address_family opening_begun(uint32_t generation, uint32_t client)
{
    struct address_family a = newly_asked_for(generation, client);

    a.phase = AF_OPENING;
    a.opening = operation_begun();
    return a;
}

enum requirement opening_enter(struct address_family *a, struct association s)
{
    if (s.served == 0) {
        return AF_OP_20;
    }
    if (!operation_takes(a->opening, STEP_ENTER, NO_STATUS)) {
        return AF_OP_10;
    }
    a->opening = operation_after(a->opening, STEP_ENTER, NO_STATUS);
    a->miniport = s.miniport;
    a->served_by = s.manager;
    return CONFORMING;
}

/*@ LOOKS_ONLY
    ensures AF_OP_15: (\result != 0) <==> open_awaits_manager(a); */
static int open_awaits_manager(struct address_family a)
{
    return a.opening.server == SERVER_INSIDE || a.opening.server == SERVER_PENDED;
}

/*@ LOOKS_ONLY
    ensures AF_OP_20: (\result != 0) <==> still_joined(a, s); */
static int still_joined(struct address_family a, struct association s)
{
    return s.joined != 0 && s.manager == a.served_by && s.miniport == a.miniport;
}

enum requirement opening_store_context(struct address_family *a, struct association s)
{
    if (!open_awaits_manager(*a)) {
        return AF_OP_18;
    }
    if (!still_joined(*a, s)) {
        return AF_OP_20;
    }
    a->manager_context = 1;
    a->resources = 1;
    return CONFORMING;
}

enum requirement opening_answer(struct address_family *a, struct association s, uint8_t step,
                                uint8_t status)
{
    if (!operation_takes(a->opening, step, status)) {
        return a->miniport == 1 ? AF_OP_16 : AF_OP_15;
    }
    if (status == SUCCESS) {
        if (a->manager_context == 0 || a->resources == 0) {
            return AF_OP_13;
        }
        if (!still_joined(*a, s)) {
            return AF_OP_20;
        }
        a->phase = AF_OPEN;
    } else if (status == PENDING) {
        if (open_awaits_manager(*a) && !still_joined(*a, s)) {
            return AF_OP_20;
        }
    } else {
        if (a->manager_context != 0 || a->resources != 0) {
            return step == STEP_LEAVE ? AF_OP_14 : AF_OP_17;
        }
        a->phase = AF_FAILED;
    }
    a->opening = operation_after(a->opening, step, status);
    return CONFORMING;
}

enum requirement opening_tell(struct address_family *a, uint8_t step, uint8_t status)
{
    if (!operation_takes(a->opening, step, status)) {
        return step == STEP_OWN ? AF_OP_06 : AF_OP_07;
    }
    a->opening = operation_after(a->opening, step, status);
    return CONFORMING;
}

/* NDIS answers by itself, and the function returns. */
/*@ requires owed: server_may_be_called(a->opening);
    STEP_OF(af, a)
    behavior AF_OP_10_must_be_forwarded:
      assumes s.refusable == 0;
      ensures AF_OP_10: \result == AF_OP_10;
    behavior AF_OP_20_refused:
      assumes s.refusable != 0;
      ensures CONFORMING: \result == CONFORMING;
      ensures moved_on: *a ==
        {\old(*a) \with .phase = (uint8_t)AF_FAILED,
          .opening = after(answered(\old(a->opening), FAILURE), STEP_RETURN, FAILURE)};
    complete behaviors;
    disjoint behaviors; */
static enum requirement refuse(struct address_family *a, struct association s)
{
    if (s.refusable == 0) {
        return AF_OP_10;
    }
    a->phase = AF_FAILED;
    a->opening = operation_after(operation_answered(FAILURE), STEP_RETURN, FAILURE);
    return CONFORMING;
}

enum requirement opening_return(struct address_family *a, struct association s,
                                uint8_t status)
{
    if (a->opening.server == SERVER_OWED && status == FAILURE) {
        return refuse(a, s);
    }
    return opening_tell(a, STEP_RETURN, status);
}

enum requirement opening_step(struct address_family *a, struct association s, struct event e)
{
    enum requirement broken = NOT_AN_EVENT;

    if (e.status >= STATUS_COUNT) {
        return NOT_AN_EVENT;
    }
    switch (e.kind) {
    case OPEN_AF_ENTER: broken = opening_enter(a, s); break;
    case STORE_CALL_MGR_AF_CONTEXT: broken = opening_store_context(a, s); break;
    case OPEN_AF_LEAVE: broken = opening_answer(a, s, STEP_LEAVE, e.status); break;
    case OPEN_AF_COMPLETE:
        broken = a->miniport == 1 ? AF_OP_16 : opening_answer(a, s, STEP_COMPLETE, e.status);
        break;
    case OPEN_AF_MCM_COMPLETE:
        broken = a->miniport == 1 ? opening_answer(a, s, STEP_COMPLETE, e.status) : AF_OP_15;
        break;
    case OPEN_AF_DELIVER: broken = opening_tell(a, STEP_DELIVER, e.status); break;
    case RETURN_OPEN_AF: broken = opening_return(a, s, e.status); break;
    case OPEN_AF_OWN: broken = opening_tell(a, STEP_OWN, e.status); break;
    default: break;
    }
    return broken;
}

enum requirement opening_owes(struct address_family a)
{
    if (a.opening.caller == CALLER_NONE) {
        return a.phase == AF_FAILED && a.client_context != 0 ? AF_OP_21 : CONFORMING;
    }
    if (a.opening.caller == CALLER_ANSWERED) {
        return AF_OP_06;
    }
    if (a.opening.server == SERVER_OWED) {
        return AF_OP_10;
    }
    if (open_awaits_manager(a)) {
        return a.miniport == 1 ? AF_OP_16 : AF_OP_15;
    }
    return AF_OP_07;
}
