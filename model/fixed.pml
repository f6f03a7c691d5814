/* fixed.pml - what a configuration fixes, and what a recorded trace tells instead: there
 * accept.pml has the same names. */

/* Numbers of the state, no larger than a search needs. */
#define GENERATION   byte
#define COUNT(name)  unsigned name : 3

/* The threads on which NDIS enters a driver (AF-CL-14, CAD-15, UNB-18), and on which none of its
 * drivers calls NdisUnbindAdapter (UNB-19): always the same ones, so that they need not be part
 * of the state. */
#define unbind_thread(b)             (2 + 2 * (b))
#define is_unbind_caller(thread, b)  (thread != unbind_thread(b))
#define is_bind_thread(thread, b)    (thread == SYSTEM)
#define is_close_thread(thread, b)   (thread == NDIS_WORKER)

/* Whose each object is: client s has SAP s, the first client all VCs and parties, and of the
 * requests each AF has one of a kind. */
#define af_of_sap(s)        (s)
#define af_of_vc(v)         0
#define made_by_manager(v)  (v >= CALLS)
#define vc_of_party(p)      0
#define ALL_REQUESTS        (4 * AFS)
#define af_of(r)            ((r) % AFS)
#define client_of(r)        (af_of(r) + 1)        /* its binding */
#define is_by_client(r)     ((r) / AFS == 0)
#define is_by_manager(r)    ((r) / AFS == 1)
#define is_af_close(r)      ((r) / AFS == 2)
#define is_to_miniport(r)   ((r) / AFS == 3)

#define stack_is_traced     IF_PNP(true) UNLESS_PNP(false)
#define sap_takes_calls     IF_SAPS((sap[0].phase == SAP_REGISTERED)) UNLESS_SAPS(true)
#define sap_is_going        IF_SAPS((sap[0].phase == SAP_DEREGISTERING)) UNLESS_SAPS(false)
#define vcs_left(i) \
    IF_VCS((i == 0 && AMB_24 == READING_A && vc[0].manager_context + vc[VCS - 1].manager_context > 0)) UNLESS_VCS(false)
#define need_sap_of_its_own(s)        need_no_other_holder(s)
#define is_dropping_last(v, whether)  true
#define drop_of_last_is(v, whether)   skip

/* One line of the trace: thread, event, object, status, IRQL (TRACE.md). The worker of
 * the call manager runs at DISPATCH_LEVEL, all others at PASSIVE_LEVEL. */
#define af_line(thread, event, i, status) \
    printf("@ %d %d %d %d %d %d\n", thread, event, i, af[i].generation, status, level(thread)); mind(thread, event)
#define binding_line(thread, event, b, status) \
    printf("@ %d %d %d %d %d %d\n", thread, event, b, binding[b].generation, status, level(thread)); mind(thread, event)
#define object_line(thread, event, slot, its_generation, status, i) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, slot, its_generation, status, level(thread), i, af[i].generation); mind(thread, event)
#define line_on_vc(thread, event, slot, its_generation, status) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, slot, its_generation, status, level(thread), \
           0, vc[0].generation); mind(thread, event)
#define open_line(thread, event, i, status, b) \
    printf("@ %d %d %d %d %d %d %d %d\n", thread, event, i, af[i].generation, status, 0, b, binding[b].generation); mind(thread, event)

/* The right to an event; its absence is named by the requirement that it breaks. The adversary
 * goes on to its next cell. */
IF_ADVERSARY(bit refused;)         /* there was no right to an event */
inline need(condition, requirement)
{
    if
    :: (condition)
    IF_CELL_AFTER_CELL(:: else -> refused = 1)
    UNLESS_CELL_AFTER_CELL(:: else -> printf("@! %d\n", requirement); assert(false))
    fi
}
