S1F2
<L
  <A "C:\new\">
  <A '\\server'>
>.
