#define MAX_TEXT   12
#define LINES      2   * that many
#define FIRST_ID   1001
#define MODEL      "ETCHER"
#define SAME       FIRST_ID

S1F3 = ask OUTPUT W
<L [LINES]
  <U4 [1] FIRST_ID>
  <U4 [1] SAME>
>.
S1F2 = who INPUT
<L,LINES
  <A [MAX MAX_TEXT] MODEL>
  <A [0..MAX_TEXT] 'x'>
>.
#DEFINE SLOTS      (25)
# define LOT       "LOT-1";   // as in C
#define GUARD
S2F42 = slots <L <U1 SLOTS> <A [MAX SLOTS] LOT>>.
