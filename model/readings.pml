/* readings.pml - how the documents are read where they contradict each other. Each
 * switch is the letter of a reading; the default is the recommended one. */
#define READING_A 1
#define READING_B 2
#define READING_C 3

#ifndef AMB_01
#define AMB_01 READING_B   /* the dead handle may still answer a notification; 'a': it may not */
#endif
#ifndef AMB_03
#define AMB_03 READING_A   /* NDIS passes NOT_ACCEPTED through; 'b': it makes it FAILURE */
#endif
#ifndef AMB_06
#define AMB_06 READING_B   /* a close with work left is forwarded; 'a': NDIS rejects it */
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
#ifndef AMB_10
#define AMB_10 READING_C   /* a notification that meets a close is delivered; 'a': it fails */
#endif
