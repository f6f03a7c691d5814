/* chart.h - draws a trace as a sequence chart: one column for each actor. */
#ifndef CLOSEAF_CHART_H
#define CLOSEAF_CHART_H

#include "trace/trace.h"

enum chart_style {
    CHART_TEXT,    /* for a terminal */
    CHART_MSC,     /* input of mscgen */
    CHART_MERMAID, /* a sequence diagram of Mermaid's */
    CHART_SVG      /* a picture */
};

/* Draws the trace in a file that can be rewound. What breaks a requirement is marked
 * in the chart. 0, or -1 with the error. */
int chart_draw(FILE *in, enum chart_style style, FILE *out, struct trace_error *error);

#endif
