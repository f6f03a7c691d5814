/* discipline.pml - threads and IRQL: where a driver may wait, what it holds while it calls
 * NDIS, and at which level a callback is entered. The drivers say where they wait, and take
 * and release their spin locks inside the steps that these locks stand for; every line of
 * a trace is checked against what its thread holds, and where it is.
 *
 * A wait is modelled as a wait anyway: one that blocks its own thread is a deadlock. Here
 * it is found for what it is, also where it happens to end. */

#if DISCIPLINE == 0
#define level(thread)            (thread == MANAGER_WORKER)
#define mind(thread, event)      skip
#define acquire(thread, lock)    skip
#define release(thread, lock)    skip
#define wait_for(thread, condition, and_then)           atomic { condition -> and_then }
#define wait_for_close(thread, i, condition, and_then)  atomic { condition -> and_then }
#else

#define THREADS  16

/* Each driver has two spin locks and takes the one of its list first. Driver 0 is the call
 * manager, driver i + 1 is client i. */
#define LIST_LOCK(driver)     (2 * (driver))
#define CONTEXT_LOCK(driver)  (2 * (driver) + 1)
#define driver_of(lock)       ((lock) / 2)

byte holder[2 * BINDINGS];        /* the thread, plus 1, that holds the lock */
byte locks_of[THREADS];
byte callbacks[THREADS];          /* inside which the thread is, and which may be entered at DISPATCH_LEVEL */
bit waits[THREADS];

/* AMB-37 a: what NDIS delivers inherits the level at which it was completed. The rest of an
 * adapter's sends, and an open, are completed at DISPATCH_LEVEL. */
#define runs_at_dispatch(thread)  (thread == MANAGER_WORKER || (thread == NDIS_WORKER && AMB_37 == READING_A))
#define level(thread)             (runs_at_dispatch(thread) || locks_of[thread] > 0)

#define driver_of_thread(thread) \
    (thread < NDIS_WORKER -> 0 : (thread < CLIENT_USER(0) -> (thread - 2) / 2 : thread - CLIENT_USER(0) + 1))

#define thread_line(thread, event, driver) \
    printf("@ %d %d %d %d %d %d\n", thread, event, driver, 1, 0, level(thread))

#define is_notify(event)  (event == EV_CALL_CM_NOTIFY || event == EV_CALL_MCM_NOTIFY)

/* Part of the step of every event: is this thread free to make it, at this level? */
inline mind(thread, event)
{
    need(!is_notify(event) || locks_of[thread] == 0, RQ_NTF_35);
    need(!is_call(event) || locks_of[thread] == 0, RQ_THR_07);
    need(!is_passive_callback(event) || !level(thread), RQ_THR_09);
    if
    :: is_callback_with_status(event) -> callbacks[thread]++
    :: is_end_of_callback(event) -> callbacks[thread]--
    :: else
    fi
}

/* ---- waiting ---- */

/* A driver that is client and call manager does not wait as the one for what it still has
 * to do as the other (THR-11). */
#define must_close_own_af  (client_references[0] > 0 && !claimed[0])

inline need_right_to_wait(thread)
{
    need(!runs_at_dispatch(thread), RQ_THR_04);
    need(thread != MANAGER_UNBIND || locks_of[thread] == 0, RQ_THR_10);
    need(locks_of[thread] == 0, RQ_THR_04);
    need(AMB_37 == READING_A || callbacks[thread] == 0, RQ_THR_05);
    need(!BOTH_ROLES || thread != MANAGER_UNBIND || !must_close_own_af, RQ_THR_11)
}

inline begin_to_wait(thread)
{
    d_step {
        thread_line(thread, EV_WAIT, driver_of_thread(thread));
        need_right_to_wait(thread);
        waits[thread] = 1
    }
}

/* For the end of the close that the client itself has begun: in its unbind it may (AMB-14 b),
 * in the notification it would wait for what only its own return allows (THR-02), elsewhere
 * it should leave the thread to others (THR-01). */
inline need_right_to_wait_for_close(thread, i)
{
    d_step {
        need(af[i].notification != NOTIFICATION_INSIDE || callbacks[thread] == 0, RQ_THR_02);
        need(thread == CLIENT_UNBIND(i), RQ_THR_01)
    }
}

#define wait_for(thread, condition, and_then) \
    begin_to_wait(thread); atomic { condition -> waits[thread] = 0; and_then }
#define wait_for_close(thread, i, condition, and_then) \
    need_right_to_wait_for_close(thread, i); wait_for(thread, condition, and_then)

/* ---- spin locks ---- */

/* A lock that its own thread holds has been taken by a driver that was entered again
 * beneath itself. */
inline acquire(thread, lock)
{
    need(holder[lock] != thread + 1, RQ_NTF_35);
    need((lock) % 2 == 1 || holder[lock + 1] != thread + 1, RQ_THR_08);
    holder[lock] == 0;
    holder[lock] = thread + 1;
    locks_of[thread]++;
    thread_line(thread, EV_ACQUIRE_SPIN_LOCK, driver_of(lock))
}

inline release(thread, lock)
{
    need(holder[lock] == thread + 1, RQ_THR_08);
    need((lock) % 2 == 1 || holder[lock + 1] != thread + 1, RQ_THR_08);
    thread_line(thread, EV_RELEASE_SPIN_LOCK, driver_of(lock));
    holder[lock] = 0;
    locks_of[thread]--
}

/* ---- sleeping, as a miniport does while its hardware settles ---- */

#define LONGEST_SLEEP  30         /* seconds */

inline NdisMSleep(thread, seconds)
{
    d_step {
        thread_line(thread, EV_SLEEP, 0);
        need(!level(thread), RQ_THR_04);
        need(seconds <= LONGEST_SLEEP, RQ_THR_12)
    }
}

/* ---- who closes, and who unbinds ---- */

byte closer[AFS];                 /* the thread, plus 1, that last began to close */
byte unbind_caller[BINDINGS];     /* the thread, plus 1, that called NdisUnbindAdapter */

/* Once one thread closes, and unless that fails, no other decides to close (AF-CL-28). */
inline need_one_closer(thread, i)
{
    need((af[i].phase == AF_OPEN && af[i].close_call == CLOSE_CALL_NONE) || closer[i] == thread + 1, RQ_AF_CL_28);
    closer[i] = thread + 1
}

inline need_work_item(thread, b)
{
    need(unbind_caller[b] != thread + 1, RQ_THR_13);
    unbind_caller[b] = 0
}
#endif
