* Heads of lists that are closed, with the items behind them
S2F49 W
<L,2 []>
  <A,5 "START" [RCMD]>
  <L,1 [Params]
    <L,2 []>
      <A,4 "PORT" [CPNAME]>
      <U1,1 2 [CPVAL]>
    >
  >
>.
S1F4
<L[2]
  <L[2]>
    <U1 1>
    <L[0]>
  <U1 3>
>.
