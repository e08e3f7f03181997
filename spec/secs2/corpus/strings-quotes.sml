S1F2
<L
  <A "it's">
  <A 'say "hi"'>
  <A "it's" ' "quoted"'>
  <A "">
  <A "<L[2]> // no comment /* here */">
>.
