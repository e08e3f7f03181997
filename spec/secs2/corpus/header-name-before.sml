AreYouThere:'S1F1'W.
On Line Data: S1F2 <L>.
report: S6F11 W
<L[3] <U4 1> <U4 2> <L[0]>>.
Bare:'S1F1'W
