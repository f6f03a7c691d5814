/* proxy.pml - a driver that is client and call manager on the same binding (AMB-39). Client
 * 0 is this proxy: its AF leads upstream to the MCM, and on it runs the call of a client of
 * its own, downstream, to whom it offers an AF. Of that AF the model has only what bears on
 * the order in which the two are closed. */
#if PROXY > 0

#define DOWNSTREAM_NONE  0
#define DOWNSTREAM_OPEN  1
#define DOWNSTREAM_TOLD  2       /* the proxy has notified */
byte downstream;

/* A trace has one call manager, here the MCM, and the downstream AF is none of its AFs: its
 * events are those of the two drivers. */
#define THE_PROXY   1
#define ITS_CLIENT  2
#define downstream_line(thread, event, driver)  printf("@ %d %d %d 1 0 0\n", thread, event, driver)

inline open_downstream(thread)
{
    d_step {
        downstream_line(thread, EV_DOWNSTREAM_OPEN_CALL, ITS_CLIENT);
        downstream = DOWNSTREAM_OPEN
    };
    NdisClMakeCall_whole(thread, 0)
}

/* The notification never waits (THR-02, THR-11): the client downstream closes on a thread
 * of its own. */
inline tell_downstream(thread)
{
    d_step {
        if
        :: downstream == DOWNSTREAM_OPEN ->
            downstream_line(thread, EV_DOWNSTREAM_NOTIFY_CALL, THE_PROXY);
            downstream = DOWNSTREAM_TOLD
        :: else
        fi
    }
}

/* Its call is closed through the proxy, which must still have one upstream for that; then
 * its AF. */
inline close_downstream(thread)
{
    atomic { af[0].calls > 0 -> NdisClCloseCall_whole(thread, 0) };
    d_step {
        downstream_line(thread, EV_DOWNSTREAM_CLOSE_CALL, ITS_CLIENT);
        downstream = DOWNSTREAM_NONE
    }
}

inline close_calls_upstream(thread, i)
{
    do
    :: atomic { af[i].calls > 0 -> NdisClCloseCall_whole(thread, i) }
    :: else -> break
    od
}

inline wait_until_upstream_may_close(thread)
{
    tell_downstream(thread);
    d_step { need(upstream_may_close || thread != MANAGER_UNBIND, RQ_THR_02) };
    upstream_may_close
}

#define DOWNSTREAM_CLIENT  17

proctype downstream_client()
{
end:
    do
    :: downstream == DOWNSTREAM_TOLD -> close_downstream(DOWNSTREAM_CLIENT)
    od
}

/* The proxy is a call manager too: its clients are gone before its adapter is closed. */
inline need_no_downstream(b)
{
    need(b != 1 || downstream == DOWNSTREAM_NONE, RQ_UNB_24)
}

inline wait_for_downstream(thread)
{
    tell_downstream(thread);
    downstream == DOWNSTREAM_NONE
}
#endif
