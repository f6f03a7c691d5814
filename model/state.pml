/* state.pml - what NDIS keeps of every AF and of every binding. */

/* Phases and stages, in the words of src/core/address_family.h and src/core/binding.h. */
#define AF_FREE     0
#define AF_OPEN     1
#define AF_CLOSING  2
#define AF_CLOSED   3

#define CLOSE_CALL_NONE       0
#define CLOSE_CALL_INSIDE     1
#define CLOSE_CALL_PENDED     2
#define CLOSE_CALL_SUCCEEDED  3
#define CLOSE_CALL_FAILED     4

#define MANAGER_CLOSE_NONE              0
#define MANAGER_CLOSE_OWED              1
#define MANAGER_CLOSE_INSIDE            2
#define MANAGER_CLOSE_COMPLETED_INSIDE  3
#define MANAGER_CLOSE_PENDED            4
#define MANAGER_CLOSE_COMPLETED         5
#define MANAGER_CLOSE_SUCCEEDED         6
#define MANAGER_CLOSE_REFUSED           7
#define MANAGER_CLOSE_REJECTED          8

#define NOTIFICATION_NONE      0
#define NOTIFICATION_OWED      1
#define NOTIFICATION_INSIDE    2
#define NOTIFICATION_PENDED    3
#define NOTIFICATION_FINISHED  4

#define REPORT_NONE       0
#define REPORT_OWED       1
#define REPORT_DELIVERED  2

#define NEVER_NOTIFIED         0
#define NOTIFIED               1
#define NOTIFIED_WITH_SUCCESS  2

#define UNBOUND        0
#define BINDING        1
#define BOUND          2
#define UNBINDING      3
#define UNBIND_PENDED  4

#define ADAPTER_NONE                    0
#define ADAPTER_OPEN                    1
#define ADAPTER_CLOSE_INSIDE            2
#define ADAPTER_CLOSE_COMPLETED_INSIDE  3
#define ADAPTER_CLOSE_PENDED            4
#define ADAPTER_CLOSED                  5

typedef AddressFamily {
    GENERATION generation;
    byte client;                  /* the client's binding */
    unsigned phase : 2;
    unsigned close_call : 3;
    unsigned manager_close : 4;
    bit notify_call;
    unsigned notification : 3;
    unsigned report : 2;
    unsigned answer : 4;
    unsigned notified : 2;
    bit client_context;
    bit manager_context;
    bit resources;
    COUNT(calls);
    COUNT(saps);
    COUNT(requests)
}

typedef Binding {
    GENERATION generation;
    bit miniport;
    unsigned phase : 3;
    unsigned adapter : 3;
    bit unbind_owed;
    bit unbind_completed;
    bit context;
    bit registered;
    bit offer_owed;
    COUNT(sends);
    COUNT(requests)
}

AddressFamily af[AFS];
Binding binding[BINDINGS];
