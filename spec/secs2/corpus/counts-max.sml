S1F2 = onLineData OUTPUT
<L [2]
  <A [MAX 32] "MDLN"> = Mdln
  <A[max 32]> = SoftRev
>.
