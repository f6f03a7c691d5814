/* operation.pml - an operation: a function of NDIS that a driver calls and that may pend.
 * Opening an AF, registering a SAP, making a call, an OID request: all have this shape.
 *
 *   the caller calls the function           begin
 *   NDIS enters the server's callback       enter
 *   the callback answers, or pends          leave
 *   the server completes what it pended     complete, perhaps before its leave (AMB-29)
 *   NDIS enters the caller's completion     deliver, perhaps before the return (AMB-29)
 *   the function returns                    return
 *   the caller runs its own completion      own, exactly if the return was not PENDING
 *
 * Each inline is part of the d_step of an event of the object that it belongs to, which
 * names the requirement that a step without a right breaks. */

typedef Operation {
    unsigned caller : 2;
    unsigned server : 3;
    bit delivered;
    unsigned status : 4
}

#define is_over(an_operation)  (an_operation.caller == CALLER_NONE)
#define completion_is_owed(an_operation) \
    (an_operation.server == SERVER_INSIDE || an_operation.server == SERVER_PENDED)
#define was_completed(an_operation) \
    (an_operation.server == SERVER_COMPLETED || an_operation.server == SERVER_COMPLETED_INSIDE)

inline forget_operation(an_operation)
{
    an_operation.caller = CALLER_NONE;
    an_operation.server = SERVER_NONE;
    an_operation.delivered = 0;
    an_operation.status = 0
}

inline settle_operation(an_operation)
{
    if
    :: an_operation.caller == CALLER_PENDED && an_operation.delivered &&
       an_operation.server == SERVER_COMPLETED -> forget_operation(an_operation)
    :: else
    fi
}

inline begin_operation(an_operation)
{
    an_operation.caller = CALLER_INSIDE;
    an_operation.server = SERVER_OWED
}

/* NDIS answers by itself and disturbs no server. */
inline answer_operation(an_operation, with_status)
{
    an_operation.caller = CALLER_INSIDE;
    an_operation.server = SERVER_ANSWERED;
    an_operation.status = with_status
}

inline enter_operation(an_operation, requirement)
{
    need(an_operation.server == SERVER_OWED, requirement);
    an_operation.server = SERVER_INSIDE
}

inline leave_operation(an_operation, with_status, requirement)
{
    need(an_operation.server == SERVER_INSIDE ||
         (an_operation.server == SERVER_COMPLETED_INSIDE && with_status == ST_PENDING), requirement);
    if
    :: with_status != ST_PENDING ->
        an_operation.server = SERVER_ANSWERED;
        an_operation.status = with_status
    :: with_status == ST_PENDING && an_operation.server == SERVER_INSIDE ->
        an_operation.server = SERVER_PENDED
    :: else ->
        an_operation.server = SERVER_COMPLETED;
        settle_operation(an_operation)
    fi
}

inline complete_operation(an_operation, with_status, requirement)
{
    need(completion_is_owed(an_operation) && with_status != ST_PENDING, requirement);
    an_operation.status = with_status;
    if
    :: an_operation.server == SERVER_INSIDE -> an_operation.server = SERVER_COMPLETED_INSIDE
    :: else -> an_operation.server = SERVER_COMPLETED
    fi
}

inline deliver_operation(an_operation, with_status, requirement)
{
    need(was_completed(an_operation) && !an_operation.delivered &&
         with_status == an_operation.status, requirement);
    an_operation.delivered = 1;
    settle_operation(an_operation)
}

/* What the function returns; 0 while it cannot return yet. */
#define operation_result(an_operation) \
    (an_operation.caller != CALLER_INSIDE -> 0 : \
    (an_operation.server == SERVER_ANSWERED -> an_operation.status : \
    (an_operation.server == SERVER_PENDED || an_operation.server == SERVER_COMPLETED -> ST_PENDING : 0)))

inline return_operation(an_operation, with_status, requirement)
{
    expected = operation_result(an_operation);
    need(with_status != 0 && with_status == expected, requirement);
    expected = 0;
    if
    :: with_status == ST_PENDING ->
        an_operation.caller = CALLER_PENDED;
        settle_operation(an_operation)
    :: else -> an_operation.caller = CALLER_ANSWERED
    fi
}

inline own_operation(an_operation, with_status, requirement)
{
    need(an_operation.caller == CALLER_ANSWERED && with_status == an_operation.status, requirement);
    forget_operation(an_operation)
}
