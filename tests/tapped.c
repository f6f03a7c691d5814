/* tapped.c - runs the reference drivers on the runtime with the tap around them: what the
 * tap prints goes to a file, what the runtime records to standard output.
 *
 * usage: tapped SEED CLIENTS EVENTS FILE        threads as the system runs them
 *        tapped SEED CLIENTS EVENTS FILE -      one at a time, the usual one going on
 *        tapped SEED CLIENTS EVENTS FILE N:M..  the same, departing from it at these choices
 *
 * record.c is compiled with one name changed: NdisUnbindAdapter, which it calls for the drivers. */
#include "tapped.h"

#include "closeaf/record.h"
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

FILE *tap_file;

NDIS_STATUS tapped_unbind(NDIS_HANDLE NdisBindingHandle);

NDIS_STATUS tapped_unbind(NDIS_HANDLE NdisBindingHandle)
{
    const struct handle manager = runtime_binding(MANAGER_BINDING);

    return NdisBindingHandle == runtime_binding_handle(manager)
               ? tapped_unbind_call_manager(NdisBindingHandle)
               : tapped_unbind_client(NdisBindingHandle);
}

static void close_file(void)
{
    (void)fflush(tap_file);
}

int main(int argc, char **argv)
{
    struct figures figures;
    struct recording recording = {.miniport = TAPPED_MCM, .out = stdout, .fails = close_file};
    int result;

    if (argc != 5 && argc != 6) {
        fputs("usage: tapped SEED CLIENTS EVENTS FILE [- | SCHEDULE]\n", stderr);
        return 2;
    }
    recording.seed = (unsigned)strtoul(argv[1], NULL, 10);
    recording.clients = (unsigned)strtoul(argv[2], NULL, 10);
    recording.events = strtoul(argv[3], NULL, 10);
    recording.scheduled = argc == 6;
    tap_file = fopen(argv[4], "w");
    if (tap_file == NULL) {
        perror(argv[4]);
        return 2;
    }
    if (recording.scheduled && strcmp(argv[5], "-") == 0) {
        schedule_search(0);
    } else if (recording.scheduled && !schedule_repeat(argv[5])) {
        fputs("tapped: not a schedule\n", stderr);
        return 2;
    }
    if (recording.scheduled) {
        schedule_begin();
    }
    result = record(&recording, &figures);
    if (recording.scheduled) {
        schedule_end();
    }
    if (fclose(tap_file) != 0) {
        perror(argv[4]);
        return 2;
    }
    return result;
}
