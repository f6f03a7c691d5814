/* tap_runtime.h - what tap.h needs in user mode: a file, and thread and IRQL of the
 * runtime. */
#ifndef CLOSEAF_TAP_RUNTIME_H
#define CLOSEAF_TAP_RUNTIME_H

#include "oid_request.h"
#include "runtime/runtime.h"
#include "runtime/runtime_thread.h"

#include <stdio.h>

typedef int tap_number;

#define TAP_NEXT(number) __atomic_add_fetch(number, 1, __ATOMIC_SEQ_CST)
#define TAP_REPLACE(number, old, new)                                                        \
    __atomic_compare_exchange_n(number, &(tap_number){old}, new, 0, __ATOMIC_SEQ_CST,        \
                                __ATOMIC_SEQ_CST)
#define TAP_READ(number) __atomic_load_n(number, __ATOMIC_SEQ_CST)
#define TAP_WRITE(number, value) __atomic_store_n(number, value, __ATOMIC_SEQ_CST)
#define TAP_READ_POINTER(pointer) __atomic_load_n(pointer, __ATOMIC_SEQ_CST)
#define TAP_WRITE_POINTER(pointer, value) __atomic_store_n(pointer, value, __ATOMIC_SEQ_CST)

#define TAP_THREAD() ((ULONG)thread_number())
#define TAP_IS_PASSIVE() (thread_irql() == PASSIVE)

/* One line in one call, which the library keeps whole. The program defines the file. */
extern FILE *tap_file;
#define TAP_PRINT(...) ((void)fprintf(tap_file, __VA_ARGS__))

#endif
