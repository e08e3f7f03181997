S5F2
<L
  <B 0A ff 10 0b>
  <B 0x0A 0b1010>
>.
