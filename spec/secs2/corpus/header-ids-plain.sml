S1F1 W DevId:0 SysBytes:2
S1F2 DevId:1 SysBytes:0x0000000A
<L <A "x">>
S1F13 W
<L>
DevId:3 SysBytes:4
.
