S6F11 W
<L,3 [L0]
  <U2,1 4 [DataID]>
  <U2,1 301 [Event/Id]>
  <L,2 [Port 1]
    <A,6 "LOT-07" [LotId]>
    <B,2 1 2 [Bits]>
  >
>.
S6F12 <BOOLEAN,1 T [Ok]>.
S1F4 <L[1] [Values] <A,0  [Empty]>>.
