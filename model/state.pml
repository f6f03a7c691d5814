/* state.pml - what NDIS keeps of every AF and of every binding. */

/* The phases and stages are those of src/protocol/states.def. */

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
