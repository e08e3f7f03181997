S1F2
<L
  <A[3] ABC>
  <A[5] A B  >
  <A  spaced out  >
  <A[2] 12 >
>.
