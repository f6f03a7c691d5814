/* readings.pml - how the documents are read where they contradict each other. Each
 * switch is the letter of a reading; the default is the recommended one. */
#ifndef AMB_01
#define AMB_01 'b'   /* the dead handle may still answer a notification; 'a': it may not */
#endif
#ifndef AMB_03
#define AMB_03 'a'   /* NDIS passes NOT_ACCEPTED through; 'b': it makes it FAILURE */
#endif
#ifndef AMB_06
#define AMB_06 'b'   /* a close with work left is forwarded; 'a': NDIS rejects it */
#endif
#ifndef AMB_10
#define AMB_10 'c'   /* a notification that meets a close is delivered; 'a': it fails */
#endif
