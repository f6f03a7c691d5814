/* settings.pml - made by model/settings from settings.table. */
#define READING_A 1
#define READING_B 2
#define READING_C 3
#define READING_D 4
#define READING_A_SUCCESS 5
#define READING_ANY 6
#define READING_B_UNCLAIMED 7
#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef STAYS
#define STAYS 0
#endif
#ifndef REFUSALS
#define REFUSALS 0
#endif
#ifndef WORK
#define WORK 0
#endif
#ifndef BY_ITSELF
#define BY_ITSELF 0
#endif
#ifndef EARLY_CLOSE
#define EARLY_CLOSE 0
#endif
#ifndef FAIL_NOTIFICATION
#define FAIL_NOTIFICATION 0
#endif
#ifndef FAIL_BIND
#define FAIL_BIND 0
#endif
#ifndef SENDS
#define SENDS 0
#endif
#ifndef REDUNDANT
#define REDUNDANT 0
#endif
#ifndef BOTH_ROLES
#define BOTH_ROLES 0
#endif
#ifndef DISCIPLINE
#define DISCIPLINE 0
#endif
#ifndef PROXY
#define PROXY 0
#endif
#ifndef REGISTRATION
#define REGISTRATION 0
#endif
#ifndef OPENING
#define OPENING 0
#endif
#ifndef AF_SLOTS
#define AF_SLOTS 1
#endif
#ifndef RESETS
#define RESETS 0
#endif
#ifndef SAPS
#define SAPS 0
#endif
#ifndef CLIENT_REQUESTS
#define CLIENT_REQUESTS 0
#endif
#ifndef MANAGER_REQUESTS
#define MANAGER_REQUESTS 0
#endif
#ifndef MINIPORT_REQUESTS
#define MINIPORT_REQUESTS 0
#endif
#ifndef AF_CLOSE_OID
#define AF_CLOSE_OID 0
#endif
#ifndef CALLS
#define CALLS 0
#endif
#ifndef OFFERS
#define OFFERS 0
#endif
#ifndef CALL_ATTEMPTS
#define CALL_ATTEMPTS 1
#endif
#ifndef PARTIES
#define PARTIES 0
#endif
#ifndef REMOTE_CLOSES
#define REMOTE_CLOSES 0
#endif
#ifndef CALL_SENDS
#define CALL_SENDS 0
#endif
#ifndef CLOSE_FAILURES
#define CLOSE_FAILURES 0
#endif
#ifndef CLOSE_DATA
#define CLOSE_DATA 0
#endif
#ifndef PNP
#define PNP 0
#endif
#ifndef RECEIVES
#define RECEIVES 0
#endif
#ifndef RECEIVE_WHILE_CLOSING
#define RECEIVE_WHILE_CLOSING 1
#endif
#ifndef POWER
#define POWER 0
#endif
#ifndef UNBIND_BY_ITSELF
#define UNBIND_BY_ITSELF 0
#endif
#ifndef SESSION_ENDS
#define SESSION_ENDS 0
#endif
#ifndef ADVERSARY
#define ADVERSARY 0
#endif
#ifndef AMB_01
#define AMB_01 READING_B
#endif
#ifndef AMB_01_CLIENT
#define AMB_01_CLIENT AMB_01
#endif
#ifndef AMB_02
#define AMB_02 READING_B
#endif
#ifndef AMB_03
#define AMB_03 READING_A
#endif
#ifndef AMB_03_CLIENT
#define AMB_03_CLIENT READING_A
#endif
#ifndef AMB_04
#define AMB_04 READING_A
#endif
#ifndef AMB_05
#define AMB_05 READING_A
#endif
#ifndef AMB_05_CLIENT
#define AMB_05_CLIENT AMB_05
#endif
#ifndef AMB_06
#define AMB_06 READING_B
#endif
#ifndef AMB_07
#define AMB_07 READING_B
#endif
#ifndef AMB_07_SUCCESS
#define AMB_07_SUCCESS AMB_07
#endif
#ifndef AMB_08
#define AMB_08 READING_B
#endif
#ifndef AMB_09
#define AMB_09 READING_C
#endif
#ifndef AMB_10
#define AMB_10 READING_C
#endif
#ifndef AMB_10_CLIENT
#define AMB_10_CLIENT READING_C
#endif
#ifndef AMB_11
#define AMB_11 READING_B
#endif
#ifndef AMB_12
#define AMB_12 READING_D
#endif
#ifndef AMB_13
#define AMB_13 READING_A
#endif
#ifndef AMB_13_MANAGER
#define AMB_13_MANAGER AMB_13
#endif
#ifndef AMB_14
#define AMB_14 READING_B
#endif
#ifndef AMB_14_CONTEXT
#define AMB_14_CONTEXT READING_B
#endif
#ifndef AMB_15
#define AMB_15 READING_ANY
#endif
#ifndef AMB_16
#define AMB_16 READING_B
#endif
#ifndef AMB_17
#define AMB_17 READING_C
#endif
#ifndef AMB_18
#define AMB_18 READING_A
#endif
#ifndef AMB_19
#define AMB_19 READING_A
#endif
#ifndef AMB_19_MANAGER
#define AMB_19_MANAGER READING_A
#endif
#ifndef AMB_20
#define AMB_20 READING_C
#endif
#ifndef AMB_21
#define AMB_21 READING_B
#endif
#ifndef AMB_22
#define AMB_22 READING_C
#endif
#ifndef AMB_22_OFFER
#define AMB_22_OFFER READING_A
#endif
#ifndef AMB_22_PENDED
#define AMB_22_PENDED READING_A
#endif
#ifndef AMB_23
#define AMB_23 READING_B
#endif
#ifndef AMB_23_CALLS
#define AMB_23_CALLS READING_A
#endif
#ifndef AMB_24
#define AMB_24 READING_A
#endif
#ifndef AMB_24_CLIENT
#define AMB_24_CLIENT AMB_24
#endif
#ifndef AMB_24_OFFERED
#define AMB_24_OFFERED READING_A
#endif
#ifndef AMB_25
#define AMB_25 READING_A
#endif
#ifndef AMB_26
#define AMB_26 READING_B
#endif
#ifndef AMB_26_MANAGER
#define AMB_26_MANAGER READING_B
#endif
#ifndef AMB_27
#define AMB_27 READING_A
#endif
#ifndef AMB_28
#define AMB_28 READING_A
#endif
#ifndef AMB_28_SERVER
#define AMB_28_SERVER READING_B
#endif
#ifndef AMB_29
#define AMB_29 READING_B
#endif
#ifndef AMB_29_CLIENT
#define AMB_29_CLIENT READING_B
#endif
#ifndef AMB_29_MANAGER
#define AMB_29_MANAGER AMB_29
#endif
#ifndef AMB_30
#define AMB_30 READING_A
#endif
#ifndef AMB_31
#define AMB_31 READING_B
#endif
#ifndef AMB_31_BIND
#define AMB_31_BIND READING_B
#endif
#ifndef AMB_32
#define AMB_32 READING_B
#endif
#ifndef AMB_32_PENDED
#define AMB_32_PENDED READING_A
#endif
#ifndef AMB_33
#define AMB_33 READING_A
#endif
#ifndef AMB_34
#define AMB_34 READING_B
#endif
#ifndef AMB_34_CONTEXT
#define AMB_34_CONTEXT READING_B
#endif
#ifndef AMB_35
#define AMB_35 READING_B
#endif
#ifndef AMB_36
#define AMB_36 READING_A
#endif
#ifndef AMB_36_MANAGER
#define AMB_36_MANAGER READING_A
#endif
#ifndef AMB_37
#define AMB_37 READING_B
#endif
#ifndef AMB_38
#define AMB_38 READING_A
#endif
#ifndef AMB_38_MANAGER
#define AMB_38_MANAGER READING_A
#endif
#ifndef AMB_39
#define AMB_39 READING_A
#endif
#ifndef AMB_40
#define AMB_40 READING_B
#endif
#ifndef AMB_41
#define AMB_41 READING_A
#endif
#ifndef AMB_41_CLIENT
#define AMB_41_CLIENT READING_B
#endif
#ifndef AMB_42
#define AMB_42 READING_B
#endif
