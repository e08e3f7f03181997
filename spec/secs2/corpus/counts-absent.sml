S1F2
<L
  <A "abc">
  <U4 1 2 3>
  <L>
  <A>
  <U4>
>.
