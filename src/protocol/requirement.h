/* requirement.h - what the core answers: CONFORMING, or the requirement broken. */
#ifndef CLOSEAF_REQUIREMENT_H
#define CLOSEAF_REQUIREMENT_H

enum requirement {
    CONFORMING, /* the event is allowed; the state has moved on */
#define REQUIREMENT(identifier, id, priority, actor, text, source) identifier,
#include "requirements.def"
#undef REQUIREMENT
    BOUND_REACHED, /* no breach: a count, a table or a generation is used up */
    NOT_AN_EVENT,  /* no breach: the event, its object or its status does not exist */
    REQUIREMENT_COUNT
};

#endif
