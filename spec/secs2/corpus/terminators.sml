S1F1 W
S1F2
<L
  <A "x">
>
S1F1 W .
S1F2 <L>
.
.
S5F1 W <L>. S5F2 <B 0x00>.S6F0
