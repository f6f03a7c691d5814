/* report.h - writes what closeaf check finds: text, JSON or SARIF. */
#ifndef CLOSEAF_REPORT_H
#define CLOSEAF_REPORT_H

#include "contested.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_SARIF };

struct check_report {
    enum report_format format;
    int colours; /* 1: text for a terminal that has them */
    FILE *out;
    unsigned long files, findings, outstanding; /* written so far; the last two of this file */
    int is_brief;                /* 1: a line for each finding, in text */
    int conforms;                /* of --reading=any: 1 by conforms_by, -1 by none, 0 not asked */
    struct readings conforms_by;
    int asks_for_rest;           /* 1: of this file it was asked how it comes to rest */
    long steps_to_rest;          /* -1: no way was found */
    unsigned char seen[REQUIREMENT_COUNT]; /* the rules that a SARIF report has to list */
};

/* A breach is of a MUST, by every reading; advice is of a SHOULD or MAY;
 * an observation is of the recording, and accuses nobody. */
enum finding_level { BREACH, CONTESTED, ADVICE, OBSERVATION, NO_VERDICT, LEVEL_COUNT };

enum finding_level finding_level(const struct kept_finding *f);

/* The words of --fail-on: 1, or 0 if there is no such level. */
int finding_level_of(const char *name, enum finding_level *level);

/* The words of --format: 1, or 0 if there is no such format. */
int report_format_of(const char *name, enum report_format *format);

/* In this order: begin, for each file begin, any findings, one end; end. */
void report_begin(struct check_report *r);
void report_begin_file(struct check_report *r, const char *path);
void report_finding(struct check_report *r, const char *path, const struct kept_finding *f);

/* With what waits behind it, in words; "" if nothing does. */
void report_outstanding(struct check_report *r, const char *path, const struct outstanding *o,
                        const char *behind);

/* The thread waits, in these calls and callbacks, against the rule (CONFORMING: none). */
void report_wait(struct check_report *r, const char *path, const struct nesting *n, unsigned thread,
                 enum requirement rule);

/* How many steps would bring the trace to rest, and the first; kind NO_EVENT: no way was found. */
void report_way(struct check_report *r, const char *path, unsigned steps, struct event first);

/* Readings by which all of the trace conforms; null: none of so many that were tried. */
void report_conforming(struct check_report *r, const char *path, const struct readings *found,
                       unsigned tried);

/* A suppression, which stands at this line of its file, suppresses nothing. */
void report_useless(struct check_report *r, const char *path, unsigned long line);

/* Something that an expectation of the file names was not found. */
void report_lacking(struct check_report *r, const char *path, enum requirement requirement,
                    unsigned long line);

/* The file cannot be opened: there is nothing else to report of it. */
void report_not_opened(struct check_report *r, const char *path);

/* What was counted of a file. */
struct file_figures {
    unsigned long events, objects[OBJECT_KIND_COUNT];
    unsigned long of_level[LEVEL_COUNT];  /* findings */
    unsigned long suppressed, not_selected; /* findings that are not among these */
    unsigned long not_judged; /* events about a driver as a whole, which the core does not judge */
    unsigned long first_not_judged; /* the line of the first of these */
    unsigned long unknown; /* events with a name that the vocabulary does not have */
    uint16_t first_unknown; /* kind of the first of these; of each such name, as its kind is numbered: */
    unsigned long unknown_times[MOST_UNKNOWN], unknown_first[MOST_UNKNOWN];
    int ended;     /* 1: before the end of the trace, at a bound */
    int not_contested; /* 1: the findings were not judged by other readings */
    int is_silent; /* 1: no summary */
    unsigned long unclear; /* lines of which nobody can tell whether they are wrong */
    unsigned long lack_memory; /* findings that say only that nothing was freed, released or stored */
    int tells_of_memory; /* 1: the trace has frees */
    int given_up;  /* 1: so many breaches that it was not searched any more what follows from what */
};

/* How the file was judged: an exit status; by which readings; the error, if it is no trace, else null. A path of
 * a file that could not be opened has no error, and nothing was counted. */
void report_end_file(struct check_report *r, const char *path, int status,
                     const struct file_figures *counted, struct readings used,
                     const struct trace_error *error);
void report_end(struct check_report *r);

#endif
