S1F2
<L
  <A "say \"hi\"">
  <A 'it\'s'>
  <A "C:\RECIPE\new">
  <A "\\server">
>.
