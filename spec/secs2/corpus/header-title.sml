S1F1 W, Are You There Request [SystemByte = 15]
S1F2, On Line Data (D) [SystemByte = 15]
<L[2]
  <A[4] "MDLN">
  <A[0]>
>
S1F13 W, No ids here
<L[0]>
S1F3, W
<L[0]>.
S1F11, W, Status Names.
<L[0]>.
