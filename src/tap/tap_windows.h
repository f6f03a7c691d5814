/* tap_windows.h - what tap.h needs of Windows. Each of these may be used at DISPATCH_LEVEL. */
#ifndef CLOSEAF_TAP_WINDOWS_H
#define CLOSEAF_TAP_WINDOWS_H

typedef LONG tap_number;

#define TAP_NEXT(number) InterlockedIncrement(number)
#define TAP_REPLACE(number, old, new) (InterlockedCompareExchange(number, new, old) == (old))
#define TAP_READ(number) InterlockedCompareExchange(number, 0, 0)
#define TAP_WRITE(number, value) ((void)InterlockedExchange(number, value))
#define TAP_READ_POINTER(pointer) InterlockedCompareExchangePointer(pointer, NULL, NULL)
#define TAP_WRITE_POINTER(pointer, value) ((void)InterlockedExchangePointer(pointer, value))

#define TAP_THREAD() ((ULONG)(ULONG_PTR)PsGetCurrentThreadId())

/* APC_LEVEL is no PASSIVE_LEVEL: what asks for that one is broken there. */
#define TAP_IS_PASSIVE() (KeGetCurrentIrql() == PASSIVE_LEVEL)

/* One line in one call. Errors of this component are printed unless somebody has asked
 * for less; IRQLs up to DIRQL, as nothing in a line is Unicode. */
#define TAP_PRINT(...) ((void)DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, __VA_ARGS__))

#endif
