S5F2
<L
  <BOOL T>
  <BO F>
  <BI 0x01>
  <JIS8 "j">
  <W "w">
  <D4 1.5>
  <D8 2.5>
  <u4 1>
  <Boolean 1>
>.
