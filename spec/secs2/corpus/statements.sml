hello: S1F1 W.
ack.1: S6F12 <B 0>.
Go (now): S2F41 W <L <A "GO"> <L>>.
if (S6F11) ack.1.
if (S6F11 (3)==<U4 77>) Go (now).
if (S6F11 ( 3 ) = <A "x > y">)hello.
if S6F11 wait 5 hello.
every 10 send hello.
EVERY 2 SEND "hello".
