/* frama_c.h - what Frama-C's C lacks; included before a file that it is to read. */
#define _Static_assert(condition, message) struct frama_c_knows_no_static_assert
