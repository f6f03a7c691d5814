/* reached.h - included before pan.c, so that each printf of the model is a line for reached.c. */
#include <stdarg.h>
#include <stdio.h>
#define PRINTF
#define vprintf note_event
int note_event(const char *format, va_list arguments);
