/* evidence.h - what make evidence has written down of a requirement. */
#ifndef CLOSEAF_EVIDENCE_H
#define CLOSEAF_EVIDENCE_H

/* Where make evidence leaves the records, and the logs that they rest on, from the top of the tree. */
#define EVIDENCE "build/evidence/bundle"

/* Prints each record that speaks of the requirement: what was checked, verdict, bound, figures, the
 * command that repeats it and the raw log. An exit status: UNREADABLE, with a message, if there are no
 * records. */
int show_evidence(const char *requirement);

#endif
