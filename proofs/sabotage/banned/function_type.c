/* expect: function pointer */
typedef int CALLBACK(int);
int call(CALLBACK *callback);
int call(CALLBACK *callback) { return callback(1); }
