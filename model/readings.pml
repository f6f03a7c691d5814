/* readings.pml - how the documents are read where they contradict each other. Each
 * switch is the letter of a reading; the default is the recommended one. AMB_nn is what
 * NDIS does and holds its drivers to; AMB_nn_CLIENT or AMB_nn_MANAGER is what that driver
 * believes, where the two are worth telling apart. model/readings says what follows. */
#define READING_A 1
#define READING_B 2
#define READING_C 3
#define READING_D 4
#define READING_ANY 5
#define READING_D 4
#define READING_A_SUCCESS 5
#define READING_B_UNCLAIMED 6

#ifndef AMB_01
#define AMB_01 READING_B   /* the dead handle may still answer a notification; 'a': it may not; 'c': it answers before the close; 'd': it dies when the close has completed */
#endif
#ifndef AMB_01_CLIENT
#define AMB_01_CLIENT AMB_01   /* what the client believes; 'b': it answers all the same */
#endif
#ifndef AMB_02
#define AMB_02 READING_B   /* a refused close makes the handle valid again; 'a': it stays dead; 'c': NDIS closes all the same */
#endif
#ifndef AMB_03
#define AMB_03 READING_A   /* NDIS passes NOT_ACCEPTED through; 'b': it makes it FAILURE; 'c': no close is refused */
#endif
#ifndef AMB_03_CLIENT
#define AMB_03_CLIENT READING_A  /* all but success is failure; 'b': all but FAILURE is success; 'c': it ignores what it does not know */
#endif
#ifndef AMB_04
#define AMB_04 READING_A   /* a pended close ends in success; 'b': in any status; 'c': NDIS may make failure of it */
#endif
#ifndef AMB_05
#define AMB_05 READING_A   /* the client runs its completion unless the close pends; 'b': only after success; 'c': NDIS runs it after failure */
#endif
#ifndef AMB_05_CLIENT
#define AMB_05_CLIENT AMB_05   /* what the client believes; 'a': it runs its completion all the same */
#endif
#ifndef AMB_06
#define AMB_06 READING_B   /* a close with work left is forwarded; 'a': NDIS rejects it; 'c': it releases the SAPs by itself */
#endif
#ifndef AMB_07
#define AMB_07 READING_B   /* the call manager's handle is dead at the completion call; 'a': an MCM's when it returns, and after success at no moment */
#endif
#ifndef AMB_07_SUCCESS
#define AMB_07_SUCCESS AMB_07  /* after success from ProtocolCmCloseAf; 'b': dead when it returns */
#endif
#ifndef AMB_08
#define AMB_08 READING_B   /* the call manager's context outlives the notification; 'a': only the close; 'c': NDIS reports to no closed AF */
#endif
#ifndef AMB_09
#define AMB_09 READING_C   /* the client's context outlives close and notification; 'a': the close call; 'b': the close */
#endif
#ifndef AMB_22
#define AMB_22 READING_C   /* a call manager that leaves refuses opens by itself; 'a': NDIS does from its unbind on, 'b': from NdisCloseAdapterEx on */
#endif
#ifndef AMB_22_PENDED
#define AMB_22_PENDED READING_A  /* pended opens are completed before the notifications (i); 'b': they may be notified (ii) */
#endif
#ifndef AMB_22_OFFER
#define AMB_22_OFFER READING_A   /* clients are told when the AF is registered; 'b': when the bind has succeeded */
#endif
#ifndef AMB_14
#define AMB_14 READING_B   /* the unbind handler may wait for its AFs; 'a': it returns PENDING */
#endif
#ifndef AMB_14_CONTEXT
#define AMB_14_CONTEXT READING_B  /* its context lasts until NdisCompleteUnbindAdapterEx (ii); 'a': until it returns (i) */
#endif
#ifndef AMB_15
#define AMB_15 READING_ANY /* the unbinds run in parallel or in either order; 'a' in either order, 'b' in parallel, 'c' clients first, 'd' manager first */
#endif
#ifndef AMB_17
#define AMB_17 READING_C   /* NdisCloseAdapterEx with AFs open is undefined; 'a': it pends; 'b': it tears them down */
#endif
#ifndef AMB_18
#define AMB_18 READING_A   /* the MCM notifies AFs that are still open at the halt; 'b': AFs outlive the unbind; 'c': it notifies before the unbinds */
#endif
#ifndef AMB_20
#define AMB_20 READING_C   /* OID requests from the open to the close of the adapter; 'a': as the table; 'b': not in Closing */
#endif
#ifndef AMB_27
#define AMB_27 READING_A   /* after a deregistration that did not pend the client runs that completion; 'b': the other one; 'c': none */
#endif
#ifndef AMB_28
#define AMB_28 READING_A   /* a SAP handle is dead at NdisClDeregisterSap; 'b': when it completes */
#endif
#ifndef AMB_28_SERVER
#define AMB_28_SERVER READING_B  /* the call manager frees a SAP when it is gone (ii); 'a': before it returns (i) */
#endif
#ifndef AMB_13
#define AMB_13 READING_A   /* a call manager may end the close before the notification has returned; 'b': it may not */
#endif
#ifndef AMB_13_MANAGER
#define AMB_13_MANAGER AMB_13   /* what the call manager believes; 'a': it ends the close all the same */
#endif
#ifndef AMB_37
#define AMB_37 READING_B   /* NDIS enters a callback at any level of its range; 'a': at the level of what caused it */
#endif
#ifndef AMB_21
#define AMB_21 READING_B   /* OID_CO_AF_CLOSE belongs to older call managers; 'a': each chooses; 'c': both are sent */
#endif
#ifndef AMB_33
#define AMB_33 READING_A   /* a client closes when it holds no request; 'b': completes it later; 'c': NDIS does */
#endif
#ifndef AMB_32
#define AMB_32 READING_B   /* a failed open unbinds if no AF is left on the binding; 'a': always */
#endif
#ifndef AMB_32_PENDED
#define AMB_32_PENDED READING_A  /* an unbind waits for a pending open (i); 'b': it proceeds (ii) */
#endif
#ifndef AMB_39
#define AMB_39 READING_A   /* a proxy notifies its clients and waits, then closes its own AF; 'b': the other way round; 'c': interleaved */
#endif
#ifndef AMB_41
#define AMB_41 READING_A   /* a reconfiguration unbinds and rebinds the client too; 'b': only the call manager */
#endif
#ifndef AMB_34
#define AMB_34 READING_B   /* a party handle is dead at NdisClDropParty; 'a': when the other side has left */
#endif
#ifndef AMB_34_CONTEXT
#define AMB_34_CONTEXT READING_B  /* the client frees its party when the drop is completed (ii); 'a': when the other side has left (i) */
#endif
#ifndef AMB_19
#define AMB_19 READING_A   /* in a paused binding nobody sends; 'b': only clients do not; 'c': it is not paused yet */
#endif
#ifndef AMB_19_MANAGER
#define AMB_19_MANAGER READING_A  /* the call manager ends a call by itself; 'b': with the network's answer */
#endif
#ifndef AMB_23
#define AMB_23 READING_B   /* the client waits until all is gone; 'a': until all is asked for; 'c': as b, in any order */
#endif
#ifndef AMB_23_CALLS
#define AMB_23_CALLS READING_A  /* a client that closes its AF takes no calls; 'b': it does */
#endif
#ifndef AMB_24
#define AMB_24 READING_A   /* an AF closes when its VCs are gone; 'b': when its calls are */
#endif
#ifndef AMB_24_CLIENT
#define AMB_24_CLIENT AMB_24   /* the client deletes its VCs; 'b': it does not */
#endif
#ifndef AMB_24_OFFERED
#define AMB_24_OFFERED READING_A  /* the client waits for the call manager's VCs (i); 'b': it ignores them (ii) */
#endif
#ifndef AMB_26
#define AMB_26 READING_B   /* NDIS calls no MCM back after NdisMCmDeactivateVc; 'a': it does */
#endif
#ifndef AMB_26_MANAGER
#define AMB_26_MANAGER READING_B  /* the MCM goes on at once; 'a': it waits to be called back */
#endif
#ifndef AMB_38
#define AMB_38 READING_A   /* the client waits for a pended call; 'b': it closes it; 'c': it ignores it */
#endif
#ifndef AMB_38_MANAGER
#define AMB_38_MANAGER READING_A  /* the call manager completes what it pended; 'b': only if the other side answers */
#endif
#ifndef AMB_25
#define AMB_25 READING_A   /* a VC is inactive when its close is completed; 'b': deactivated afterwards */
#endif
#ifndef AMB_35
#define AMB_35 READING_B   /* a VC handle outlives a deletion that fails; 'a': it is dead */
#endif
#ifndef AMB_30
#define AMB_30 READING_A   /* nothing is left at NdisCompleteUnbindAdapterEx; 'b': the binding context is */
#endif
#ifndef AMB_31
#define AMB_31 READING_B   /* after NdisUnbindAdapter the handle lives for the unbind handler; 'a': for nobody */
#endif
#ifndef AMB_31_BIND
#define AMB_31_BIND READING_B  /* a pended bind counts as Paused (ii); 'a': it is Opening (i) */
#endif
#ifndef AMB_40
#define AMB_40 READING_B   /* a pause is answered when the sends are back; 'a': at once */
#endif
#ifndef AMB_42
#define AMB_42 READING_B   /* notifications anywhere at PASSIVE_LEVEL; 'a': in unbind and halt only */
#endif
#ifndef AMB_41_CLIENT
#define AMB_41_CLIENT READING_B  /* a client has more than one AF on a binding; 'a': one */
#endif
#ifndef AMB_10
#define AMB_10 READING_C   /* a notification that meets a close is delivered; 'a': it fails; 'a-success': it succeeds; 'b': NDIS pends it and ends it with the close */
#endif
#ifndef AMB_10_CLIENT
#define AMB_10_CLIENT READING_C  /* it answers when its close has completed; 'a': it closes again */
#endif
#ifndef AMB_11
#define AMB_11 READING_B   /* success of a notification: the AF is closed; 'a': its close has begun */
#endif
#ifndef AMB_12
#define AMB_12 READING_D   /* after a failed notification the call manager notifies again, and a client fails once; 'a': it goes on; 'b': it notifies again and again; 'c': it waits for the client's own unbind */
#endif
#ifndef AMB_16
#define AMB_16 READING_B   /* an unbind closes what nobody closes; 'a': what is not closed yet; 'b-unclaimed': what no notification closes, and that what no unbind closes */
#endif
#ifndef AMB_29
#define AMB_29 READING_B   /* a completion may come before the return of PENDING; 'a': it may not */
#endif
#ifndef AMB_29_MANAGER
#define AMB_29_MANAGER AMB_29  /* what the call manager is ready for; 'a': it misses what comes early */
#endif
#ifndef AMB_29_CLIENT
#define AMB_29_CLIENT READING_B  /* what the client is ready for; 'a': it writes to what came early has freed */
#endif
#ifndef AMB_36
#define AMB_36 READING_A   /* a notification reaches one client; 'b': all of them */
#endif
#ifndef AMB_36_MANAGER
#define AMB_36_MANAGER READING_A  /* it notifies each client; 'b': one for all */
#endif
