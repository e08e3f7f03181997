S6F11 W
<L,4 [L0]
  <A,6 LOT-07 [LotId]>
  <A,7 A >> B  [Flow]>
  <A,0  [Empty]>
  <A,4 [ab]>
>.
