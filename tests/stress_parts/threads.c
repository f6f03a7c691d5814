/* usage: threads SEED EVENTS CLIENTS stand-alone|miniport
 *
 * Records that many events of the example drivers' threads on standard output. The last
 * line on standard error: events, rounds, and how many threads there were at once.
 * Exit status: 0 good, 1 a failure, with a message; 2 bad usage. */
#include "closeaf/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct recording recording = {.out = stdout};
    struct figures figures;

    if (argc != 5) {
        fputs("threads: needs SEED EVENTS CLIENTS stand-alone|miniport\n", stderr);
        return 2;
    }
    recording.seed = (unsigned)strtoul(argv[1], NULL, 10);
    recording.events = strtoul(argv[2], NULL, 10);
    recording.clients = (unsigned)strtoul(argv[3], NULL, 10);
    recording.miniport = strcmp(argv[4], "miniport") == 0;
    if (record(&recording, &figures) != 0) {
        return 1;
    }
    fprintf(stderr, "%lu events %lu rounds %u threads\n", figures.events, figures.rounds,
            figures.threads);
    return 0;
}
