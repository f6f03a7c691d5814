/* tap_objects.h - part of tap.h: what an AF holds. In the short form only its numbers have
 * lines: one more, or one fewer, on the AF. */
#ifndef CLOSEAF_TAP_OBJECTS_H
#define CLOSEAF_TAP_OBJECTS_H

/* The AF that a SAP, a VC or a request is on. */
static __inline struct tap_object tap_af_of(struct tap_object o)
{
    struct tap_object af = o;

    if (o.on_kind[0] != '\0') {
        af.kind = "af";
        af.name = o.on;
        af.on_kind = "";
    }
    return af;
}

/* One that counts, in either form; its status only in the full one. */
static __inline void tap_count(const char *verb, const char *name, const char *which,
                               struct tap_object o, const char *status)
{
    if (TAP_IS_SHORT) {
        tap_line(verb, name, "", tap_af_of(o), "-");
    } else {
        tap_line(verb, name, which, o, status);
    }
}

/* "how" is tap_count or tap_full_line. */
#define TAP_PART_FUNCTION(how, function, which, object, end, parameters, arguments)          \
    static __inline NDIS_STATUS tap_##function parameters                                    \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        how("call", #function, which, o, "-");                                               \
        result = function arguments;                                                         \
        end;                                                                                 \
        tap_full_line("return", #function, which, o, tap_status(result));                    \
        return result;                                                                       \
    }

#define TAP_PART_VOID_FUNCTION(function, which, object, status, end, parameters, arguments)  \
    static __inline void tap_##function parameters                                           \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
                                                                                             \
        tap_full_line("call", #function, which, o, status);                                  \
        end;                                                                                 \
        function arguments;                                                                  \
        tap_remark("returned", #function);                                                   \
    }

#define TAP_PART_HANDLER(member, type, callback, which, object, end, parameters, arguments)      \
    TAP_OWN_HANDLER(member, type)                                                            \
    static NDIS_STATUS tap_##member parameters                                               \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_full_line("enter", #callback, which, o, "-");                                        \
        result = tap_own_##member arguments;                                                 \
        end;                                                                                 \
        tap_full_line("leave", #callback, which, o, tap_status(result));                         \
        return result;                                                                       \
    }

#define TAP_PART_VOID_HANDLER(member, type, callback, which, object, status, end, parameters,    \
                              arguments)                                                     \
    TAP_OWN_HANDLER(member, type)                                                            \
    static void tap_##member parameters                                                      \
    {                                                                                        \
        const struct tap_object o = object;                                                  \
                                                                                             \
        tap_full_line("enter", #callback, which, o, status);                                     \
        end;                                                                                 \
        tap_own_##member arguments;                                                          \
        tap_remark("left", #callback);                                                           \
    }

#define TAP_ENDS_ON_FAILURE(table, status)                                                   \
    ((status) != NDIS_STATUS_SUCCESS && (status) != NDIS_STATUS_PENDING                      \
         ? tap_end_named(&tap.table, o)                                                      \
         : (void)0)

/* An object that the driver makes: the handle is there at the return. */
#define TAP_MAKING_FUNCTION(how, function, which, table, own, parent, handle, parameters,    \
                            arguments)                                                       \
    static __inline NDIS_STATUS tap_##function parameters                                    \
    {                                                                                        \
        struct tap_entry *e = tap_begin(&tap.table, own, NULL, (parent).name);               \
        const struct tap_object o = tap_object_of(&tap.table, e);                            \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        how("call", #function, which, o, "-");                                               \
        result = function arguments;                                                         \
        if (result == NDIS_STATUS_SUCCESS) {                                                 \
            tap_set_handle(&tap.table, e, *(handle));                                        \
        }                                                                                    \
        TAP_ENDS_ON_FAILURE(table, result);                                                  \
        tap_full_line("return", #function, which, o, tap_status(result));                    \
        return result;                                                                       \
    }

/* An object that NDIS tells of: the driver's context is there when it has answered. */
#define TAP_MADE_HANDLER(member, type, callback, which, table, parent, handle, own, parameters,  \
                         arguments)                                                          \
    TAP_OWN_HANDLER(member, type)                                                            \
    static NDIS_STATUS tap_##member parameters                                               \
    {                                                                                        \
        struct tap_entry *e = tap_begin(&tap.table, NULL, handle, (parent).name);            \
        const struct tap_object o = tap_object_of(&tap.table, e);                            \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_full_line("enter", #callback, which, o, "-");                                        \
        result = tap_own_##member arguments;                                                 \
        if (result == NDIS_STATUS_SUCCESS && e != NULL) {                                    \
            TAP_WRITE_POINTER(&e->context, *(own));                                          \
        }                                                                                    \
        TAP_ENDS_ON_FAILURE(table, result);                                                  \
        tap_full_line("leave", #callback, which, o, tap_status(result));                         \
        return result;                                                                       \
    }

#include "tap_client_objects.h"
#include "tap_manager_objects.h"

#endif
