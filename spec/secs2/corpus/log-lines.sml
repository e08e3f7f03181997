@2026/03/04 05:06:07.890^INFO^SECS_II^SEND
TransactionTime : 2026/03/04 05:06:07.890 S6F11 W, S6F11 - Event Report [SystemByte = 15]
<L,0>.

@2026/03/04 05:06:07.899^INFO^SECS_II^RECV
TransactionTime : 2026/03/04 05:06:07.899 S6F12  S6F12 - Acknowledge [SystemByte = 15]
<B,1 0>.
2026-03-04 05:06:08,001 [7] INFO  Host.Secs - --> [0x0000001F] 'S1F1' W
2026-03-04 05:06:08,017 [9] INFO  Host.Secs - <-- [0x0000001F] OnLine:'S1F2'
    <L [2]
        <A [1] 'M'>
        <A [0]>
    >
[05:06:09.5] RECV S5F1 W <L[0]>.
--> [32] S1F13 W
<L[0]>
<-- [32] S1F14
<L[0]>.
SEND S2F17 W SystemBytes=33.
[RX] S2F18 <A "2026">.
04/03/2026 05:06:10 SND S1F1 W.
Mar  4 05:06:11 host secs[12]: RECV S1F2 <L>.
