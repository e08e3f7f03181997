S2F42Accepted: 'S2F42' <L[2] <B[1] 0x00> <L[0]>>.
s5f2_quittung: S5F2 <B 0>.
S1F3_Status(FIRST,2): S1F3 W
<L[1]
  <U4[1]9>
>
.
S1F3__Status_Err(10~19): S1F3 W <L[0] >.
S6F15.report/one-two: S6F15 W <U4[1] 100>.
S1F2: S1F2 <L[0]>.
S1F79Online: S1F79
.
Read clock, again: "S2F17" W.
