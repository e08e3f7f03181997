#define TWICE 1
#define TWICE 2
S1F2 = who INPUT <A [MAX NOBODY] "x">.
S1F4 <U1[TWICE] 1 2>.
