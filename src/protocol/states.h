/* states.h - the states of the records of the core: the enumerations of states.def. */
#ifndef CLOSEAF_STATES_H
#define CLOSEAF_STATES_H

#define STATES(kind) enum kind {
#define STATE(name) name,
#define END_OF_STATES };
#include "states.def"
#undef END_OF_STATES
#undef STATE
#undef STATES

#endif
