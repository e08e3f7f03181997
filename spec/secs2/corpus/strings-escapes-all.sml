S1F2
<L
  <A "a\tb\r\n">
  <A "\x41\u0042\0">
  <A "C:\RECIPE">
>.
