/* core.h - the protocol as a pure transition function over one fixed-size struct.
 *
 * An event goes in, an answer comes out: CONFORMING, and the state has moved on, or
 * the requirement that the event breaks, and the state is as it was. The core
 * judges both sides: what a driver does and what NDIS does. Whatever NDIS still
 * owes stands in the state (…_OWED); the runtime reads it there and pays it.
 *
 * Binding slot 0 is the call manager's: its binding, or the adapter of an MCM. */
#ifndef CLOSEAF_CORE_H
#define CLOSEAF_CORE_H

#include "address_family.h"
#include "binding.h"

#ifndef MAX_AF
#define MAX_AF 8
#endif
#ifndef MAX_BINDING
#define MAX_BINDING 9
#endif

#define MANAGER_BINDING 0u

struct core {
    struct readings readings;
    struct binding binding[MAX_BINDING];
    struct address_family af[MAX_AF];
};

/* The readings recommended in the register of ambiguities. */
struct readings core_recommended_readings(void);

/* Nothing bound, nothing open, no handle ever given out. */
void core_initialise(struct core *c, struct readings readings);

/* One step. */
enum requirement core_step(struct core *c, struct event e);

/* The first requirement that the state still owes at the end of a trace; CONFORMING
 * when everything begun has ended (AF-CL-24, NTF-40, CAD-20, UNB-26). */
enum requirement core_unmet(const struct core *c);

/* The slot and the generation that the next open would get; slot MAX_AF: table full. */
struct handle core_next_af(const struct core *c);

#endif
