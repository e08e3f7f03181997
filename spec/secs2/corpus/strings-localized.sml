S10F3 W
<L
  <C2 UTF-8 "日本">
  <C2 UCS-2 "日本">
  <C2 Shift-JIS "日" 0x96 0x7B>
  <W "wide">
  <W 13 "中文">
  <C2 7 0x41>
  <C2>
  <C2 RAW 0x41>
>.
