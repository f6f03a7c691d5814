/* tap_objects.h - part of tap.h: what an AF holds. */
#ifndef CLOSEAF_TAP_OBJECTS_H
#define CLOSEAF_TAP_OBJECTS_H

#define TAP_ENDS_ON_FAILURE(table, status)                                                   \
    ((status) != NDIS_STATUS_SUCCESS && (status) != NDIS_STATUS_PENDING                      \
         ? tap_end_named(&tap.table, o)                                                      \
         : (void)0)

/* An object that the driver makes: the handle is there at the return. */
#define TAP_MAKING_FUNCTION(function, which, table, own, parent, handle, parameters, arguments) \
    static __inline NDIS_STATUS tap_##function parameters                                    \
    {                                                                                        \
        struct tap_entry *e = tap_begin(&tap.table, own, NULL, (parent).name);               \
        const struct tap_object o = tap_object_of(&tap.table, e);                            \
        NDIS_STATUS result;                                                                  \
                                                                                             \
        tap_line("call", #function, which, o, "-");                                          \
        result = function arguments;                                                         \
        if (result != NDIS_STATUS_PENDING) {                                                 \
            tap_given(&tap.table, o, *(handle), result);                                     \
        }                                                                                    \
        tap_line("return", #function, which, o, tap_status(result));                         \
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
        tap_line("enter", #callback, which, o, "-");                                        \
        result = tap_own_##member arguments;                                                 \
        if (result == NDIS_STATUS_SUCCESS && e != NULL) {                                    \
            TAP_WRITE_POINTER(&e->context, *(own));                                          \
        }                                                                                    \
        TAP_ENDS_ON_FAILURE(table, result);                                                  \
        tap_line("leave", #callback, which, o, tap_status(result));                         \
        return result;                                                                       \
    }

#include "tap_client_objects.h"
#include "tap_manager_objects.h"

#endif
