S1F4 = status INPUT
<V> = Values.
S2F14 =constants INPUT
< v >=Values.
S1F3 = ask OUTPUT W
<L [1]
  <U4 [1]> = SvId
>.
S2F15 W <L <L[2] <U4 ECID> <A "x">> ...>.
S6F11 W <L[n] <U4 1 ...>>.
S1F4 <V[1]>.
S1F4 <L <V [MAX 3]> <V SvValue>>.
S2F41 W <L <A ${rcmd}> <L <A {0}> <A <LotId>> <U4 $SLOT %d ?> <A %lot%>>>.
