S6F11 W
<LIST 8
  <UINT4 1 7>
  <ASCII 3 "abc">
  <BINARY 2 0x01 2>
  <INT2 2 -1 5>
  <FLOAT4 1 1.5>
  <BOOLEAN 1 TRUE>
  <LIST 0>
  <uint8[1] 9>
>
.
S6F12 <Binary 0x05>.
S1F3 W <LIST 1 <UINT2 12>>.
