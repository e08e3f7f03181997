S5F1 W, S5F1 - Alarm Report - ALID 12. Lid(Open) [SystemByte = 77]
<L,0>.
S5F2  S5F2 - Alarm Acknowledge (ARA) [SystemByte = 77]
<B,1 0>.
S1F14  Establish Communications Acknowledge [SystemByte = 78]
<L,0>.
S1F3 W Ask for Status (SSR)
<L>.
S2F18:
<A "2026010203040500">
