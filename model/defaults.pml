/* defaults.pml - the bounds and answers that a configuration does not name. */
#ifndef REFUSALS
#define REFUSALS 0           /* how often the call manager refuses to close an AF */
#endif
#ifndef WORK
#define WORK 0               /* 1: the first client begins with a call and a SAP; others may */
#endif
#ifndef BY_ITSELF
#define BY_ITSELF 0          /* 1: a client may also close of its own accord */
#endif
#ifndef EARLY_CLOSE
#define EARLY_CLOSE 0        /* 1: and may then close before it has torn down */
#endif
#ifndef FAIL_NOTIFICATION
#define FAIL_NOTIFICATION 0  /* 1: a client may fail a notification (AMB-12) */
#endif
#ifndef SENDS
#define SENDS 0              /* 1: a send and a request are outstanding on binding 1 */
#endif
#ifndef FAIL_BIND
#define FAIL_BIND 0          /* 1: client 0's first bind fails after the open (CAD-08) */
#endif
#ifndef ROUNDS
#define ROUNDS 1             /* 2: everything is bound and opened once more */
#endif
#ifndef SAPS
#define SAPS 0               /* so many clients may register a SAP each */
#endif
#ifndef REDUNDANT
#define REDUNDANT 0          /* 1: a client repeats what it has asked for, and NDIS refuses */
#endif
#ifndef CLIENT_REQUESTS
#define CLIENT_REQUESTS 0    /* 1: the first client sends its call manager a request */
#endif
#ifndef MANAGER_REQUESTS
#define MANAGER_REQUESTS 0   /* 1: the call manager sends the first client a request */
#endif
#ifndef MINIPORT_REQUESTS
#define MINIPORT_REQUESTS 0  /* 1: the first client sends the miniport a request; the NIC may be reset */
#endif
#ifndef AF_CLOSE_OID
#define AF_CLOSE_OID 0       /* 1: the call manager asks by OID_CO_AF_CLOSE, and does not notify */
#endif
#ifndef BOTH_ROLES
#define BOTH_ROLES 0         /* 1: the call manager is its own first client, and one thread unbinds both (THR-11) */
#endif
#ifndef DISCIPLINE
#define DISCIPLINE 0         /* 1: waits, spin locks and levels are checked (THR) */
#endif
#define REQUESTS  (CLIENT_REQUESTS + MANAGER_REQUESTS + MINIPORT_REQUESTS + AF_CLOSE_OID)
#ifndef OPENING
#define OPENING 0            /* 1: opening an AF in full, from the offer on */
#endif
#ifndef PROXY
#define PROXY 0              /* 1: the client is a call manager for a client of its own (AMB-39) */
#endif
#ifndef STAYS
#define STAYS 0              /* 1: in the last round nobody leaves */
#endif
#ifndef REGISTRATION
#define REGISTRATION 0       /* 1: drivers register themselves, their handlers and their AF, and are unloaded */
#endif
#ifndef AF_SLOTS
#define AF_SLOTS 1           /* 2: the only client may have two AFs on its binding (AMB-41) */
#endif
#ifndef RESETS
#define RESETS 0             /* 1: the miniport is reset once (AF-OP-23) */
#endif

#ifndef CALLS
#define CALLS 0              /* 1: the first client makes a call on a VC of its own */
#endif
#ifndef OFFERS
#define OFFERS 0             /* 1: it is offered a call on a VC of the call manager */
#endif
#ifndef CALL_ATTEMPTS
#define CALL_ATTEMPTS 1      /* how many calls it makes, on the same VC or the next */
#endif
#ifndef PARTIES
#define PARTIES 0            /* 1: its call is a multipoint one, with a second party */
#endif
#ifndef REMOTE_CLOSES
#define REMOTE_CLOSES 0      /* 1: the other side may end the call */
#endif
#ifndef CALL_SENDS
#define CALL_SENDS 0         /* 1: the client sends on the call */
#endif
#ifndef CLOSE_FAILURES
#define CLOSE_FAILURES 0     /* how often the call manager fails to close a call (CALL-25) */
#endif
#ifndef CLOSE_DATA
#define CLOSE_DATA 0         /* 1: the client tries to send data with the close (CALL-18) */
#endif

#ifndef PNP
#define PNP 0                /* 1: the first client's binding is paused, restarted and removed in every way */
#endif
#ifndef RECEIVES
#define RECEIVES 0           /* 1: data and status are indicated on it */
#endif
#ifndef RECEIVE_WHILE_CLOSING
#define RECEIVE_WHILE_CLOSING 1  /* data too until the adapter is closed (UNB-17); 0: as the table (BND-12) */
#endif
#ifndef POWER
#define POWER 0              /* 1: the adapter goes to low power, its removal is queried */
#endif
#ifndef UNBIND_BY_ITSELF
#define UNBIND_BY_ITSELF 0   /* 1: the client may call NdisUnbindAdapter at any time */
#endif
#ifndef SESSION_ENDS
#define SESSION_ENDS 0       /* 1: the call manager notifies outside its unbind (HLT-09) */
#endif
#ifndef ADVERSARY
#define ADVERSARY 0          /* 1: every event of binding_states.csv in every state, and nothing else */
#endif

#define VCS    (CALLS + OFFERS)
#define USERS  (SAPS + VCS + REQUESTS)        /* a client that uses its AF has a thread of its own for that */
