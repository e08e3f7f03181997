S1F1 [W].
S1F2 [W] <L>.
S2F41 [ W ] H->E HostCommand
<L>.
S6F11 W H<-E.
