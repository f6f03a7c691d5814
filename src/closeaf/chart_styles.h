/* chart_styles.h - how a chart is written: text, mscgen, Mermaid, SVG. */
#ifndef CLOSEAF_CHART_STYLES_H
#define CLOSEAF_CHART_STYLES_H

#include "chart.h"

/* The columns: the call manager, NDIS, the clients by their binding's slot and, after the
 * last of them, a client whose AF the trace has not opened. */
struct columns {
    uint32_t clients; /* highest slot of a client's binding */
    int has_unknown;
    unsigned long rows; /* events and remarks */
};

#define MANAGER_COLUMN 0u
#define NDIS_COLUMN 1u

/* One row: an arrow between two columns, or what an actor does by itself if they are one. */
struct row_of_chart {
    struct event event;
    unsigned long line;
    uint32_t from, to;
    unsigned long number; /* of the row, from 0 */
};

/* In this order: head; for each event begin, any breaches, end; remarks between them; tail. */
struct chart_writer {
    void (*head)(FILE *out, const struct columns *c);
    void (*begin)(FILE *out, const struct columns *c, const struct row_of_chart *row);
    void (*breach)(FILE *out, const char *id);
    void (*end)(FILE *out, const struct columns *c, const struct row_of_chart *row,
                int is_broken);
    void (*remark)(FILE *out, const struct columns *c, unsigned long row, const char *place,
                   const char *remark, const char *id);
    const char *tail;
};

extern const struct chart_writer chart_writers[]; /* by enum chart_style */

#endif
