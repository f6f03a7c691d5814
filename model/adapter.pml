/* adapter.pml - what every protocol driver does to give its binding up, and the NDIS
 * worker that completes what NDIS has pended. */

bit completes_in_callback[BINDINGS];  /* the unbind pends and ends in the callback (SEQ-14) */
bit adapter_is_closed[BINDINGS];      /* the callback ran while the handler waits (SEQ-15) */

/* NDIS closes no adapter under an indication of received data. */
#define may_close_at_once(b)  (binding[b].adapter == ADAPTER_CLOSE_INSIDE && pnp[b].held == 0)

/* NDIS may complete the close before the call returns (INSIDE). */
inline complete_before_return(thread, b)
{
    if
    :: atomic { may_close_at_once(b) -> enter_close_adapter_complete(thread, b) };
        ProtocolCloseAdapterCompleteEx(thread, b)
    :: skip
    fi
}
#define complete_inside_the_call(thread, b)  IF_INSIDE(complete_before_return(thread, b))

/* The end of ProtocolUnbindAdapterEx, or of MiniportHaltEx. NdisCloseAdapterEx succeeds or
 * pends as NDIS likes; the driver waits for the completion or leaves the rest to it. */
inline close_the_adapter(thread, b, for_miniport)
{
    if
    :: for_miniport ->
        NdisMSleep(thread, LONGEST_SLEEP);
        free_binding_context(thread, b);
        leave_unbind(thread, b, for_miniport, ST_SUCCESS)
    :: else ->
        if
        :: completes_in_callback[b] = 1
        :: skip
        fi;
        give_up_binding(thread, b);
        call_close_adapter(thread, b);
        complete_inside_the_call(thread, b);
        if
        :: atomic { may_close_at_once(b) ->
                    return_close_adapter(thread, b, ST_SUCCESS) };
            completes_in_callback[b] = 0;
            free_binding_context(thread, b);
            end_failed_bind(thread, b);
            leave_unbind(thread, b, for_miniport, ST_SUCCESS)
        :: return_close_adapter(thread, b, ST_PENDING);
            if
            :: completes_in_callback[b] -> leave_unbind(thread, b, for_miniport, ST_PENDING)
            :: else ->
                wait_for(thread, adapter_is_closed[b], adapter_is_closed[b] = 0);     /* THR-06 */
                free_binding_context(thread, b);
                end_failed_bind(thread, b);
                leave_unbind(thread, b, for_miniport, ST_SUCCESS)
            fi
        fi
    fi
}

inline free_context_and_complete_unbind(thread, b)
{
    free_binding_context(thread, b);
    call_complete_unbind(thread, b)
}
#define complete_the_unbind(thread, b) \
    IF_PNP(complete_unbind(thread, b)) UNLESS_PNP(free_context_and_complete_unbind(thread, b))

/* ProtocolCloseAdapterCompleteEx; it copies UnbindContext, frees the binding context and
 * completes the unbind last (AMB-30), or just wakes the handler (CAD-17). */
inline ProtocolCloseAdapterCompleteEx(thread, b)
{
    if
    :: completes_in_callback[b] ->
        complete_the_unbind(thread, b)
    :: else -> adapter_is_closed[b] = 1
    fi
}

#define close_is_pended(b) \
    ((binding[b].adapter == ADAPTER_CLOSE_PENDED || \
      (binding[b].adapter == ADAPTER_CLOSE_INSIDE && AMB_29 == READING_B)) && \
     (AMB_17 != READING_A || af[(b > 0 -> b - 1 : 0)].phase == AF_CLOSED))
