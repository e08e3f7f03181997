S10F3 W
<L
  <B 0>
  <A "开始" 0x0A "stop">
>.
