/* tap.h - makes a CoNDIS driver print a trace of what it does to NDIS and NDIS to it.
 *
 * For the driver writer: TAP.md. A driver says what it is (TAP_CLIENT, TAP_CALL_MANAGER or
 * TAP_MCM), includes this after ndis.h, wraps the tables of its handlers (TAP_WRAP_...), and
 * says what no call shows (TAP_DO). Calls of NDIS are renamed by macros at the end.
 *
 * The tap changes nothing that the driver or NDIS sees: the same arguments, the same results,
 * on the same thread at the same IRQL. It allocates nothing, waits for nothing and holds no
 * lock; a line is printed in one call, before the call that it tells of or after the return.
 *
 * A line:  closeaf-tap ROLE[:NAME] SEQUENCE tTHREAD EVENT #SEQUENCE
 * EVENT is an event of TRACE.md without its thread; or, after #, two words of the tap's own. The
 * sequence number stands at both ends, so that a line that is lost, cut or mixed with another is
 * noticed. debugger_output.c makes a trace of such lines. */
#ifndef CLOSEAF_TAP_H
#define CLOSEAF_TAP_H

#if defined(TAP_CLIENT) + defined(TAP_CALL_MANAGER) + defined(TAP_MCM) != 1
#error "define one of TAP_CLIENT, TAP_CALL_MANAGER and TAP_MCM before tap.h"
#endif

#if defined(TAP_CLIENT)
#define TAP_ROLE "client"
#define TAP_SIDE "/client"
#elif defined(TAP_CALL_MANAGER)
#define TAP_ROLE "manager"
#define TAP_SIDE "/manager"
#else
#define TAP_ROLE "mcm"
#define TAP_SIDE "/manager"
#endif
#ifdef TAP_NAME /* a string of letters, digits and _, to tell drivers of a role apart */
#define TAP_PREFIX "closeaf-tap " TAP_ROLE ":" TAP_NAME
#else
#define TAP_PREFIX "closeaf-tap " TAP_ROLE
#endif

#ifdef _WIN32
#include "tap_windows.h"
#else
#include "tap_runtime.h"
#endif

/* The objects that have a handle: which pointer stands for which slot and generation. The
 * tables have a fixed size, and an entry that is done is used again only when each other
 * one is in use; so a handle that is used too late still has its name. */
#ifndef TAP_SLOTS
#define TAP_SLOTS 64
#endif

enum tap_state { TAP_UNUSED, TAP_TAKEN, TAP_LIVE, TAP_DONE };

struct tap_name {
    unsigned long slot, generation;
};

struct tap_entry {
    tap_number volatile state;
    tap_number volatile generation;
    tap_number volatile done; /* the sequence number at which it was done */
    void *volatile handle;    /* NDIS's */
    void *volatile context;   /* the driver's */
    void *volatile operation; /* BindContext, UnbindContext */
    void *volatile variable;  /* for the handle, as long as NdisOpenAdapterEx may fill it in */
    tap_number volatile event; /* the PnP event that NDIS told it of last */
    struct tap_name on; /* of a SAP, a VC, a request: the AF; of a party: the VC; of a request
                         * to the miniport: the binding */
};

struct tap_table {
    const char *kind, *on_kind; /* in the words of the trace */
    struct tap_entry entry[TAP_SLOTS];
};

/* What a line says of its object. */
struct tap_object {
    const char *kind, *on_kind; /* on_kind is "" where the line ends with the IRQL */
    struct tap_name name, on;
};

/* TAP_SHARED: the driver has several files, and one of them, which defines TAP_DEFINE as
 * well, holds the state for all. */
struct tap {
    tap_number volatile sequence;
    struct tap_table binding, af, sap, vc, party, request, to_miniport, af_close;
};
#define TAP_INITIALIZER                                                                      \
    {.binding = {.kind = "binding", .on_kind = ""}, .af = {.kind = "af", .on_kind = ""},     \
     .sap = {.kind = "sap", .on_kind = "af"}, .vc = {.kind = "vc", .on_kind = "af"},         \
     .party = {.kind = "party", .on_kind = "vc"},                                            \
     .request = {.kind = "request", .on_kind = "af"},                                        \
     .to_miniport = {.kind = "request", .on_kind = ""},                                      \
     .af_close = {.kind = "request", .on_kind = ""}}
#if !defined(TAP_SHARED)
static struct tap tap = TAP_INITIALIZER;
#else
extern struct tap tap;
#if defined(TAP_DEFINE)
struct tap tap = TAP_INITIALIZER;
#endif
#endif

/* Lines. */

static __inline const char *tap_status(NDIS_STATUS status)
{
    switch ((unsigned long)status & 0xFFFFFFFFul) {
    case 0x00000000ul: return "SUCCESS";
    case 0x00000103ul: return "PENDING";
    case 0x00010003ul: return "NOT_ACCEPTED";
    case 0xC000009Aul: return "RESOURCES";
    case 0xC0010015ul: return "INVALID_DATA";
    case 0xC0010002ul: return "CLOSING";
    case 0xC00000BBul: return "NOT_SUPPORTED";
    default: return "FAILURE";
    }
}

/* An event. The sequence number is taken at once, so that it stands for this moment. */
static __inline void tap_line(const char *verb, const char *name, const char *which,
                              struct tap_object o, const char *status)
{
    const unsigned long sequence = (unsigned long)TAP_NEXT(&tap.sequence) & 0xFFFFFFFFul;
    const unsigned long thread = (unsigned long)TAP_THREAD();
    const char *irql = TAP_IS_PASSIVE() ? "PASSIVE" : "DISPATCH";

    if (o.on_kind[0] == '\0') {
        TAP_PRINT(TAP_PREFIX " %lu t%lu %s %s%s %s:%lu.%lu %s %s #%lu\n", sequence, thread, verb,
                  name, which, o.kind, o.name.slot, o.name.generation, status, irql, sequence);
    } else {
        TAP_PRINT(TAP_PREFIX " %lu t%lu %s %s%s %s:%lu.%lu %s %s %s:%lu.%lu #%lu\n", sequence,
                  thread, verb, name, which, o.kind, o.name.slot, o.name.generation, status, irql,
                  o.on_kind, o.on.slot, o.on.generation, sequence);
    }
}

/* What the vocabulary has no line for, and what the tap has to say of itself. */
static __inline void tap_remark(const char *what, const char *of)
{
    const unsigned long sequence = (unsigned long)TAP_NEXT(&tap.sequence) & 0xFFFFFFFFul;

    TAP_PRINT(TAP_PREFIX " %lu t%lu # %s %s #%lu\n", sequence, (unsigned long)TAP_THREAD(), what,
              of, sequence);
}

/* Names. */

static __inline struct tap_object tap_object_of(struct tap_table *t, struct tap_entry *e)
{
    struct tap_object o;

    o.kind = t->kind;
    o.on_kind = t->on_kind;
    o.name.slot = TAP_SLOTS; /* which no table has: a handle that nobody has given out */
    o.name.generation = 0;
    o.on = o.name;
    if (e != NULL) {
        o.name.slot = (unsigned long)(e - t->entry);
        o.name.generation = (unsigned long)TAP_READ(&e->generation);
        o.on = e->on;
    }
    return o;
}

enum tap_key { TAP_BY_HANDLE = 1, TAP_BY_CONTEXT = 2, TAP_BY_OPERATION = 4, TAP_BY_ANY = 7 };

static __inline int tap_has(struct tap_entry *e, int key, void *pointer)
{
    return ((key & TAP_BY_HANDLE) != 0 && TAP_READ_POINTER(&e->handle) == pointer) ||
           ((key & TAP_BY_CONTEXT) != 0 && TAP_READ_POINTER(&e->context) == pointer) ||
           ((key & TAP_BY_OPERATION) != 0 && TAP_READ_POINTER(&e->operation) == pointer);
}

/* The entry with this pointer: the living one, or else the one that was done last. */
static __inline struct tap_entry *tap_find(struct tap_table *t, int key, void *pointer)
{
    struct tap_entry *found = NULL;
    unsigned i;

    for (i = 0; pointer != NULL && i < TAP_SLOTS; i++) {
        struct tap_entry *e = &t->entry[i];
        const tap_number state = TAP_READ(&e->state);

        if (state == TAP_UNUSED || state == TAP_TAKEN || !tap_has(e, key, pointer)) {
            continue;
        }
        if (state == TAP_LIVE) {
            return e;
        }
        if (found == NULL || TAP_READ(&e->done) - TAP_READ(&found->done) > 0) {
            found = e;
        }
    }
    return found;
}

static __inline struct tap_object tap_by_handle(struct tap_table *t, void *handle)
{
    return tap_object_of(t, tap_find(t, TAP_BY_HANDLE, handle));
}

static __inline struct tap_object tap_by_context(struct tap_table *t, void *context)
{
    return tap_object_of(t, tap_find(t, TAP_BY_CONTEXT, context));
}

/* The object is gone: its handle may be given out again for another one. */
static __inline void tap_end(struct tap_entry *e)
{
    if (e != NULL) {
        TAP_WRITE(&e->done, TAP_READ(&tap.sequence));
        TAP_WRITE(&e->state, TAP_DONE);
    }
}

/* The entry of what a line has named; NULL if that is another object's by now. */
static __inline struct tap_entry *tap_named(struct tap_table *t, struct tap_object o)
{
    return o.name.slot < TAP_SLOTS && (unsigned long)TAP_READ(&t->entry[o.name.slot].generation) ==
                                          o.name.generation
               ? &t->entry[o.name.slot]
               : NULL;
}

static __inline void tap_end_named(struct tap_table *t, struct tap_object o)
{
    tap_end(tap_named(t, o));
}

#define TAP_STAYS ((void)0)
#define TAP_ENDS_ON_SUCCESS(table, status)                                                   \
    ((status) == NDIS_STATUS_SUCCESS ? tap_end_named(&tap.table, o) : (void)0)

/* NDIS gives out a handle: whatever had the same value before is gone. */
static __inline void tap_set_handle(struct tap_table *t, struct tap_entry *e, void *handle)
{
    unsigned i;

    for (i = 0; i < TAP_SLOTS; i++) {
        if (&t->entry[i] != e && TAP_READ(&t->entry[i].state) == TAP_LIVE && handle != NULL &&
            TAP_READ_POINTER(&t->entry[i].handle) == handle) {
            tap_end(&t->entry[i]);
        }
    }
    if (e != NULL) {
        TAP_WRITE_POINTER(&e->handle, handle);
    }
}

/* The same at the end of what has made the object, whatever that was: after a failure too the
 * driver speaks of the object by what stands in its variable. */
static __inline void tap_given(struct tap_table *t, struct tap_object o, void *handle,
                               NDIS_STATUS status)
{
    struct tap_entry *e = tap_named(t, o);

    if (status == NDIS_STATUS_SUCCESS) {
        tap_set_handle(t, e, handle);
    } else if (e != NULL) {
        TAP_WRITE_POINTER(&e->handle, handle);
        tap_end(e);
    }
}

/* Nothing outlives what it is on: a VC is gone with its AF, deleted or not. */
static __inline int tap_is_over(const struct tap_table *t, struct tap_entry *e,
                                tap_number state)
{
    struct tap_table *parents = t->on_kind[0] == 'a' ? &tap.af : &tap.vc;

    return state == TAP_DONE ||
           (state == TAP_LIVE && t->on_kind[0] != '\0' && e->on.slot < TAP_SLOTS &&
            (TAP_READ(&parents->entry[e->on.slot].state) != TAP_LIVE ||
             (unsigned long)TAP_READ(&parents->entry[e->on.slot].generation) !=
                 e->on.generation));
}

/* An unused entry, or else the one that has been done longest; NULL if all are in use. */
static __inline struct tap_entry *tap_choose(struct tap_table *t)
{
    struct tap_entry *chosen = NULL;
    unsigned i;

    for (i = 0; i < TAP_SLOTS; i++) {
        struct tap_entry *e = &t->entry[i];
        const tap_number state = TAP_READ(&e->state);

        if (state == TAP_UNUSED) {
            return e;
        }
        if (tap_is_over(t, e, state) &&
            (chosen == NULL || TAP_READ(&chosen->done) - TAP_READ(&e->done) > 0)) {
            chosen = e;
        }
    }
    return chosen;
}

/* A new object, with a generation that was never given out for its slot. NULL, and a remark,
 * if the table is full. */
static __inline struct tap_entry *tap_begin(struct tap_table *t, void *context, void *handle,
                                            struct tap_name on)
{
    struct tap_entry *e = tap_choose(t);

    while (e != NULL) {
        const tap_number state = TAP_READ(&e->state);

        if ((state == TAP_UNUSED || tap_is_over(t, e, state)) &&
            TAP_REPLACE(&e->state, state, TAP_TAKEN)) {
            (void)TAP_NEXT(&e->generation);
            e->on = on;
            TAP_WRITE_POINTER(&e->operation, NULL);
            TAP_WRITE_POINTER(&e->variable, NULL);
            TAP_WRITE_POINTER(&e->context, context);
            tap_set_handle(t, e, handle);
            TAP_WRITE(&e->state, TAP_LIVE);
            return e;
        }
        e = tap_choose(t); /* another thread was faster */
    }
    tap_remark("overflow", t->kind);
    return NULL;
}

/* The forms that most functions and handlers have. The object is looked up before the call:
 * afterwards the pointer may stand for another one. Where it ends, "end" is
 * TAP_ENDS_ON_SUCCESS(table, status), elsewhere TAP_STAYS. */

#define TAP_STATUS_FUNCTION(function, which, object, end, parameters, arguments)             \
    static __inline NDIS_STATUS tap_##function parameters                                    \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_line("call", #function, which, o, "-");                                          \
        result = function arguments;                                                         \
        end;                                                                                 \
        tap_line("return", #function, which, o, tap_status(result));                         \
        return result;                                                                       \
    }

/* A call of the caller's that completes something: ended by it, before NDIS goes on. */
#define TAP_VOID_FUNCTION(function, which, object, status, end, parameters, arguments)       \
    static __inline void tap_##function parameters                                           \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
                                                                                             \
        tap_line("call", #function, which, o, status);                                       \
        end;                                                                                 \
        function arguments;                                                                  \
        tap_remark("returned", #function);                                                   \
    }

/* A handler: the driver's own is kept in tap_own_MEMBER, and the table gets the tap's. */
#define TAP_OWN_HANDLER(member, type)                                                        \
    static type *tap_own_##member;                                                           \
    static type tap_##member;                                                                \
    static __inline void tap_wrap_##member(type **handler)                                   \
    {                                                                                        \
        if (*handler != NULL && *handler != tap_##member) {                                  \
            tap_own_##member = *handler;                                                     \
            *handler = tap_##member;                                                         \
        }                                                                                    \
    }

#define TAP_STATUS_HANDLER(member, type, callback, which, object, end, parameters, arguments)    \
    TAP_OWN_HANDLER(member, type)                                                            \
    static NDIS_STATUS tap_##member parameters                                               \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_line("enter", #callback, which, o, "-");                                             \
        result = tap_own_##member arguments;                                                 \
        end;                                                                                 \
        tap_line("leave", #callback, which, o, tap_status(result));                              \
        return result;                                                                       \
    }

#define TAP_VOID_HANDLER(member, type, callback, which, object, status, end, parameters,         \
                         arguments)                                                          \
    TAP_OWN_HANDLER(member, type)                                                            \
    static void tap_##member parameters                                                      \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
                                                                                             \
        tap_line("enter", #callback, which, o, status);                                          \
        end;                                                                                 \
        tap_own_##member arguments;                                                          \
        tap_remark("left", #callback);                                                           \
    }

#include "tap_bindings.h"
#include "tap_families.h"
#include "tap_objects.h"
#include "tap_names.h"

#endif
