S1F2
<L[5]
  <A[9] "abc">
  <U4[1] 1 2 3>
  <A[MAX 2] "abc">
>.
S1F4
L[4]
  A[1] "abc"
.
