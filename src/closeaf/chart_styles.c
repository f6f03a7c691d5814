/* chart_styles.c - see chart_styles.h. No name of the vocabulary has a character that one
 * of the styles would have to escape. */
#include "chart_styles.h"

#include <string.h>

static uint32_t column_count(const struct columns *c)
{
    return NDIS_COLUMN + 1 + c->clients + (c->has_unknown ? 1 : 0);
}

static void name_column(const struct columns *c, uint32_t column, char *name, size_t size)
{
    if (column == MANAGER_COLUMN || column == NDIS_COLUMN) {
        (void)snprintf(name, size, "%s",
                       column == MANAGER_COLUMN ? "call manager" : "NDIS");
    } else if (column - NDIS_COLUMN > c->clients) {
        (void)snprintf(name, size, "client ?");
    } else {
        (void)snprintf(name, size, "client %u", (unsigned)(column - NDIS_COLUMN));
    }
}

static int is_answer(struct event e)
{
    return strcmp(event_verb(e.kind), "return") == 0 ||
           strcmp(event_verb(e.kind), "leave") == 0;
}

static void write_label(FILE *out, struct event e)
{
    fprintf(out, "%s(%s:%lu.%lu", event_name(e.kind), event_object(e.kind),
            (unsigned long)e.object.slot, (unsigned long)e.object.generation);
    if (strcmp(event_on(e.kind), "af") == 0) {
        fprintf(out, " af:%lu.%lu", (unsigned long)e.on.slot, (unsigned long)e.on.generation);
    }
    if (e.by != 0) {
        fprintf(out, " by:%u", (unsigned)e.by - 1);
    }
    fputc(')', out);
    if (e.status != NO_STATUS) {
        fprintf(out, " %s%s", is_answer(e) ? "returns " : "", status_name(e.status));
    }
}

/* Text: the arrows at the left, each column of the same width, the label after them. */

#define WIDTH 14u

static void text_head(FILE *out, const struct columns *c)
{
    char name[32];

    fprintf(out, "%6s ", "line");
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out, "%*s%-*s", (int)((WIDTH - strlen(name)) / 2), "",
                (int)(WIDTH - (WIDTH - strlen(name)) / 2), name);
    }
    fputc('\n', out);
}

static char text_cell(uint32_t from, uint32_t to, uint32_t place, int answer)
{
    uint32_t low = (from < to ? from : to) * WIDTH + WIDTH / 2;
    uint32_t high = (from < to ? to : from) * WIDTH + WIDTH / 2;

    if (from == to && place == low) {
        return '*';
    }
    if (place % WIDTH == WIDTH / 2 && (place <= low || place >= high)) {
        return '|';
    }
    if (place <= low || place >= high) {
        return ' ';
    }
    if (place == high - 1 && from < to) {
        return '>';
    }
    if (place == low + 1 && from > to) {
        return '<';
    }
    return answer && place % 2 == 0 ? ' ' : '-';
}

static void text_begin(FILE *out, const struct columns *c, const struct row_of_chart *row)
{
    fprintf(out, "%6lu ", row->line);
    for (uint32_t i = 0; i < column_count(c) * WIDTH; i++) {
        fputc(text_cell(row->from, row->to, i, is_answer(row->event)), out);
    }
    write_label(out, row->event);
}

static void text_breach(FILE *out, const char *id) { fprintf(out, "  <== breaks %s", id); }

static void text_end(FILE *out, const struct columns *c, const struct row_of_chart *row,
                     int is_broken)
{
    (void)c;
    (void)row;
    (void)is_broken;
    fputc('\n', out);
}

static void text_remark(FILE *out, const struct columns *c, unsigned long row,
                        const char *place, const char *remark, const char *id)
{
    (void)c;
    (void)row;
    fprintf(out, "%6s %s%s\n", place, remark, id);
}

/* mscgen. */

static void msc_head(FILE *out, const struct columns *c)
{
    char name[32];

    /* mscgen divides one width among the actors; the longest label needs 0.8 each. */
    fprintf(out, "msc {\n  hscale=\"%.1f\";\n  ", 0.8 * column_count(c));
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out, "%sa%u [label=\"%s\"]", i == 0 ? "" : ", ", (unsigned)i, name);
    }
    fprintf(out, ";\n");
}

static void msc_begin(FILE *out, const struct columns *c, const struct row_of_chart *row)
{
    (void)c;
    fprintf(out, "  a%u %s a%u [label=\"", (unsigned)row->from,
            row->from == row->to     ? "box"
            : is_answer(row->event) ? ">>"
                                    : "=>",
            (unsigned)row->to);
    write_label(out, row->event);
}

static void msc_breach(FILE *out, const char *id) { fprintf(out, "\\nbreaks %s", id); }

static void msc_end(FILE *out, const struct columns *c, const struct row_of_chart *row,
                    int is_broken)
{
    (void)c;
    (void)row;
    fprintf(out, "\"%s];\n",
            is_broken ? ", linecolour=\"red\", textcolour=\"red\"" : "");
}

static void msc_remark(FILE *out, const struct columns *c, unsigned long row,
                       const char *place, const char *remark, const char *id)
{
    (void)c;
    (void)row;
    (void)place;
    fprintf(out, "  --- [label=\"%s%s\", textcolour=\"red\"];\n", remark, id);
}

/* Mermaid. */

static void mermaid_head(FILE *out, const struct columns *c)
{
    char name[32];

    fputs("sequenceDiagram\n", out);
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out, "    participant a%u as %s\n", (unsigned)i, name);
    }
}

static void mermaid_begin(FILE *out, const struct columns *c, const struct row_of_chart *row)
{
    (void)c;
    if (row->from == row->to) {
        fprintf(out, "    Note over a%u: ", (unsigned)row->from);
    } else {
        fprintf(out, "    a%u%sa%u: ", (unsigned)row->from,
                is_answer(row->event) ? "-->>" : "->>", (unsigned)row->to);
    }
    write_label(out, row->event);
}

static void mermaid_breach(FILE *out, const char *id)
{
    fprintf(out, "<br/>breaks %s", id);
}

static void mermaid_remark(FILE *out, const struct columns *c, unsigned long row,
                           const char *place, const char *remark, const char *id)
{
    (void)row;
    (void)place;
    fprintf(out, "    Note over a0,a%u: %s%s\n", (unsigned)column_count(c) - 1, remark, id);
}

/* SVG: columns of one width, the labels after them. */

#define SVG_COLUMN 110u
#define SVG_LABEL 760u
#define SVG_ROW 20u
#define SVG_HEAD 50u

static uint32_t svg_x(uint32_t column) { return column * SVG_COLUMN + SVG_COLUMN / 2 + 50; }
static unsigned long svg_y(unsigned long row) { return SVG_HEAD + row * SVG_ROW; }
static uint32_t svg_lanes(const struct columns *c) { return svg_x(column_count(c)) - 40; }

static void svg_head(FILE *out, const struct columns *c)
{
    const unsigned width = (unsigned)(svg_lanes(c) + SVG_LABEL);
    const unsigned long height = svg_y(c->rows + 1);
    char name[32];

    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%lu\""
            " viewBox=\"0 0 %u %lu\">\n"
            "<style>text{font:12px sans-serif}.n{text-anchor:middle;font-weight:bold}"
            ".l{text-anchor:end;fill:#666}path{stroke:#000;fill:none}.c{stroke:#aaa}"
            ".a{stroke-dasharray:4 3}text.b{fill:#c00}path.b{stroke:#c00}</style>\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            width, height, width, height);
    for (uint32_t i = 0; i < column_count(c); i++) {
        name_column(c, i, name, sizeof name);
        fprintf(out,
                "<text class=\"n\" x=\"%u\" y=\"20\">%s</text>"
                "<path class=\"c\" d=\"M%u 28V%lu\"/>\n",
                (unsigned)svg_x(i), name, (unsigned)svg_x(i), height - SVG_ROW / 2);
    }
}

static void svg_begin(FILE *out, const struct columns *c, const struct row_of_chart *row)
{
    fprintf(out, "<text class=\"l\" x=\"36\" y=\"%lu\">%lu</text><text x=\"%u\" y=\"%lu\">",
            svg_y(row->number) + 4, row->line, (unsigned)svg_lanes(c),
            svg_y(row->number) + 4);
    write_label(out, row->event);
}

static void svg_breach(FILE *out, const char *id)
{
    fprintf(out, " <tspan fill=\"#c00\">breaks %s</tspan>", id);
}

static void svg_end(FILE *out, const struct columns *c, const struct row_of_chart *row,
                    int is_broken)
{
    const unsigned long y = svg_y(row->number);
    const unsigned from = (unsigned)svg_x(row->from), to = (unsigned)svg_x(row->to);
    const char *broken = is_broken ? " b" : "";

    (void)c;
    fputs("</text>", out);
    if (from == to) {
        fprintf(out, "<path class=\"d%s\" d=\"M%u %luh8v8h-8z\"/>\n", broken, from - 4, y - 4);
        return;
    }
    fprintf(out, "<path class=\"%s%s\" d=\"M%u %luH%u\"/><path class=\"h%s\" d=\"M%u %lul%s4M%u %lul%s-4\"/>\n",
            is_answer(row->event) ? "a" : "k", broken, from, y, to, broken, to, y,
            from < to ? "-8 " : "8 ", to, y, from < to ? "-8 " : "8 ");
}

static void svg_remark(FILE *out, const struct columns *c, unsigned long row,
                       const char *place, const char *remark, const char *id)
{
    (void)place;
    fprintf(out, "<text class=\"b\" x=\"%u\" y=\"%lu\">%s%s</text>\n",
            (unsigned)svg_lanes(c), svg_y(row) + 4, remark, id);
}

const struct chart_writer chart_writers[] = {
    {text_head, text_begin, text_breach, text_end, text_remark, ""},
    {msc_head, msc_begin, msc_breach, msc_end, msc_remark, "}\n"},
    {mermaid_head, mermaid_begin, mermaid_breach, text_end, mermaid_remark, ""},
    {svg_head, svg_begin, svg_breach, svg_end, svg_remark, "</svg>\n"},
};
