S6F11 W
L:3
  U4:1 5
  U4[1] 6
  L[1]
    L[2]
      A[3] "abc"
      <L[2]
        <BOOLEAN T>
        F4:2 1.5 -2
      >
.
S1F2
L[2]
  A "MDLN"
  A:3 '1.0'
S2F41 W <L[2]
  <A "GO">
  L,0
>.
