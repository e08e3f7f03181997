S1F3 = statusRequest OUTPUT W
<L [1]
  <U4 [1] 7>
>.
S2F37 OUTPUT = enable W <L>.
S6F11 W = event INPUT <L>.
S1F4 =status INPUT <L [1]
  <A [MAX 32] "IDLE"> = ControlState
> = Everything.
