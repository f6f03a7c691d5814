/* reached.c - which events a search has come to. By reached.h each printf of the model ends
 * here. At the end of the search each event is printed once with each of its statuses:
 * "reached", the number of transitions that made it, and the model's own line. */
#include "reached.h"

#include <stdlib.h>

enum { EVENTS = 1024, STATUSES = 16 };

extern int readtrail; /* pan repeats one path, and is to print it */

static struct {
    long transitions;
    int numbers; /* in its line; 0: it has not happened */
    int number[8];
} reached[EVENTS][STATUSES];

static void print_reached(void)
{
    for (int event = 0; event < EVENTS; event++) {
        for (int status = 0; status < STATUSES; status++) {
            if (reached[event][status].numbers > 0) {
                printf("reached %ld @", reached[event][status].transitions);
                for (int i = 0; i < reached[event][status].numbers; i++) {
                    printf(" %d", reached[event][status].number[i]);
                }
                printf("\n");
            }
        }
    }
}

/* A line of the trace, "@ THREAD EVENT SLOT GENERATION STATUS IRQL [ON ITS-GENERATION]"; where
 * the model has a constant it may stand in the format. */
int note_event(const char *format, va_list arguments)
{
    static int begun;
    int number[8], numbers = 0;

    if (readtrail) {
        return vfprintf(stdout, format, arguments);
    }
    if (!begun) {
        begun = 1;
        atexit(print_reached);
    }
    if (format[0] != '@' || format[1] != ' ') {
        return 0;
    }
    for (const char *at = format + 2; *at != '\0' && numbers < 8; at++) {
        if (*at == '%') {
            number[numbers++] = va_arg(arguments, int);
            at += 2;
        } else {
            number[numbers] = 0;
            while (*at >= '0' && *at <= '9') {
                number[numbers] = 10 * number[numbers] + (*at++ - '0');
            }
            numbers++;
        }
    }
    if (numbers < 6 || number[1] < 0 || number[1] >= EVENTS || number[4] < 0 ||
        number[4] >= STATUSES) {
        fprintf(stderr, "reached.c: no event, or it has no room for it: %s", format);
        exit(1);
    }
    reached[number[1]][number[4]].transitions++;
    if (reached[number[1]][number[4]].numbers == 0) {
        reached[number[1]][number[4]].numbers = numbers;
        for (int i = 0; i < numbers; i++) {
            reached[number[1]][number[4]].number[i] = number[i];
        }
    }
    return 0;
}
