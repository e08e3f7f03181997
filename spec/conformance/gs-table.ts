/** States of HSMS-GS with the sessions 1 and 2. */
export const gsStates: Readonly<Record<'active' | 'passive', readonly string[]>> = {
  active: [
    ...['off', 'N', 'S1', 'S2', 'S12', 'N+sel1', 'S1+sel1', 'S2+sel1', 'S1+sel2'],
    ...['S1+des1', 'S12+des1', 'S2+des1', 'N+des1', 'S1+lnk', 'S1+lnk!'],
    ...['S2+sel1?', 'S1+des1?', 'S2+des1?', 'N+sel1+des1?', 'N+sel1+des2?'],
  ],
  passive: [
    'off',
    'N',
    'S1',
    'S2',
    'S12',
    'S1+des1',
    'S12+des1',
    'S2+des1',
    'N+des1',
    'S1+des1?',
    'S2+des1?',
    'S1+lnk',
    'S1+lnk!',
  ],
};

/** What the select command does depends on the side (P-22). */
export const gsSelectCommand = {
  active: `
# select 1 (P-22, P-31)
off -> = : new:notConnected
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> =+sel1* : >Select.req T6+new
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> = : new:done
`,
  passive: `
# select 1 (P-22, P-31)
off -> = : new:notConnected
N* S2 S2+des1 S2+des1? -> = : new:passive
S1 S12 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> = : new:done
`,
} as const;

/** HSMS-GS, both sides: every event in every state. See `notation.ts`. */
export const gsTable = `
# connected (P-24; a link that was never reported gone is gone, P-43)
off -> N : T7+
N -> N : T7- T7+
S1 -> N : T7- off1:close T7+
S2 -> N : T7- off2:close T7+
S12 -> N : T7- off1:close off2:close T7+
N+sel1 -> N : T7- sel=notConnected T7+
S1+sel1 S1+sel2 -> N : T7- sel=notConnected off1:close T7+
S2+sel1 S2+sel1? -> N : T7- sel=notConnected off2:close T7+
S1+des1 S1+des1? -> N : T7- des=notConnected off1:close T7+
S12+des1 -> N : T7- des=notConnected off1:close off2:close T7+
S2+des1 S2+des1? -> N : T7- des=notConnected off2:close T7+
N+des1 -> N : T7- des=notConnected T7+
N+sel1+des1? N+sel1+des2? -> N : T7- sel=notConnected des=notConnected T7+
S1+lnk S1+lnk! -> N : T7- lnk=notConnected off1:close T7+

# disconnected (P-31, P-43)
off -> = :
N -> off : T7-
S1 -> off : T7- off1:close
S2 -> off : T7- off2:close
S12 -> off : T7- off1:close off2:close
N+sel1 -> off : T7- sel=notConnected
S1+sel1 S1+sel2 -> off : T7- sel=notConnected off1:close
S2+sel1 S2+sel1? -> off : T7- sel=notConnected off2:close
S1+des1 S1+des1? -> off : T7- des=notConnected off1:close
S12+des1 -> off : T7- des=notConnected off1:close off2:close
S2+des1 S2+des1? -> off : T7- des=notConnected off2:close
N+des1 -> off : T7- des=notConnected
N+sel1+des1? N+sel1+des2? -> off : T7- sel=notConnected des=notConnected
S1+lnk S1+lnk! -> off : T7- lnk=notConnected off1:close

# Select.req 1 (P-22, P-31)
off -> = :
N* -> S1~ : alive T7- on1 >Select.rsp/0
S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> S12~ : alive on1 >Select.rsp/0
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> ~ : alive >Select.rsp/6

# Select.req 1, no such entity (P-31)
off -> = :
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> ~ : alive >Select.rsp/4
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> ~ : alive >Select.rsp/6

# Select.req 1, in use elsewhere (P-31)
off -> = :
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> ~ : alive >Select.rsp/5
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> ~ : alive >Select.rsp/6

# Select.req 1 with a body (P-22, P-30)
off -> = :
* -> = : >Reject/1

# Select.rsp 1 status 0 (P-22, P-28, P-31)
off -> = :
*-sel S1+sel2 -> = : >Reject/3
N+sel1 -> S1 : alive T7- on1 sel=done
S1+sel1 -> S1 : alive sel=done
S2+sel1 -> S12 : alive on1 sel=done
S2+sel1? -> S2 : alive sel=notSelected
N+sel1+des1? -> S1+des1 : alive T7- on1 sel=done
N+sel1+des2? -> S1+des2? : alive T7- on1 sel=done

# Select.rsp 2 status 0 (P-31)
off -> = :
*-sel N+sel1 S1+sel1 S2+sel1 S2+sel1? N+sel1+des1? N+sel1+des2? -> = : >Reject/3
S1+sel2 -> S12 : alive on2 sel=done

# Select.rsp 1 status 2 (P-31: the other sessions go on)
off -> = :
*-sel S1+sel2 -> = : >Reject/3
N+sel1 -> N : alive sel=refused/2
S1+sel1 -> S1 : alive sel=refused/2
S2+sel1 S2+sel1? -> S2 : alive sel=refused/2
N+sel1+des1? -> N+des1? : alive sel=refused/2
N+sel1+des2? -> N+des2? : alive sel=refused/2

# Select.rsp 1 status 4 (P-31)
off -> = :
*-sel S1+sel2 -> = : >Reject/3
N+sel1 -> N : alive sel=refused/4
S1+sel1 -> S1 : alive sel=refused/4
S2+sel1 S2+sel1? -> S2 : alive sel=refused/4
N+sel1+des1? -> N+des1? : alive sel=refused/4
N+sel1+des2? -> N+des2? : alive sel=refused/4

# Select.rsp 1 status 5 (P-31)
off -> = :
*-sel S1+sel2 -> = : >Reject/3
N+sel1 -> N : alive sel=refused/5
S1+sel1 -> S1 : alive sel=refused/5
S2+sel1 S2+sel1? -> S2 : alive sel=refused/5
N+sel1+des1? -> N+des1? : alive sel=refused/5
N+sel1+des2? -> N+des2? : alive sel=refused/5

# Select.rsp 1 status 6 (P-22, P-31)
off -> = :
*-sel S1+sel2 -> = : >Reject/3
N+sel1 -> N : alive sel=refused/6
S1+sel1 -> S1 : alive sel=done
S2+sel1 S2+sel1? -> S2 : alive sel=refused/6
N+sel1+des1? -> N+des1? : alive sel=refused/6
N+sel1+des2? -> N+des2? : alive sel=refused/6

# Select.rsp 1 status 0 foreign (P-28)
off -> = :
* -> = : >Reject/3

# Deselect.req 1 (P-24, P-25, P-31)
off -> = :
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> ~ : alive >Deselect.rsp/1
S1 S1+sel1 S1+sel2 S1+des1 S1+des1? S1+lnk S1+lnk! -> N~ : alive >Deselect.rsp/0 off1:deselect T7+
S12 S12+des1 -> S2~ : alive >Deselect.rsp/0 off1:deselect

# Deselect.req 2 (P-25, P-31)
off -> = :
N* S1 S1+sel1 S1+sel2 S1+des1 S1+des1? S1+lnk S1+lnk! -> ~ : alive >Deselect.rsp/1
S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> N~ : alive >Deselect.rsp/0 off2:deselect T7+
S12 S12+des1 -> S1~ : alive >Deselect.rsp/0 off2:deselect

# Deselect.rsp 1 status 0 (P-24, P-25, P-31)
off -> = :
*-des -> = : >Reject/3
S1+des1 -> N : alive off1:deselect T7+ des=done
S12+des1 -> S2 : alive off1:deselect des=done
S1+des1? -> S1 : alive des=done
S2+des1 S2+des1? -> S2 : alive des=done
N+des1 -> N : alive des=done
N+sel1+des1? -> N+sel1 : alive des=done
N+sel1+des2? -> = : >Reject/3

# Deselect.rsp 1 status 2 (P-25)
off -> = :
*-des -> = : >Reject/3
S1+des1 S1+des1? -> S1 : alive des=refused/2
S12+des1 -> S12 : alive des=refused/2
S2+des1 S2+des1? -> S2 : alive des=refused/2
N+des1 -> N : alive des=refused/2
N+sel1+des1? -> N+sel1 : alive des=refused/2
N+sel1+des2? -> = : >Reject/3

# Deselect.rsp 2 status 0, system bytes of our Deselect of 1 (P-28, P-31)
off -> = :
*-des N+des1 S1+des1 S1+des1? S12+des1 S2+des1 S2+des1? N+sel1+des1? -> = : >Reject/3
N+sel1+des2? -> N+sel1 : alive des=done

# Linktest.req (P-27)
off -> = :
* -> ~ : alive >Linktest.rsp

# Linktest.rsp (P-27, P-28)
off -> = :
*-lnk -> = : >Reject/3
S1+lnk S1+lnk! -> S1 : alive lnk=done

# Reject of our Select (P-29, P-31: the other sessions go on)
off -> = :
*-sel -> ~ : alive rejected
N+sel1 -> N : alive sel=rejected/1
S1+sel1 S1+sel2 -> S1 : alive sel=rejected/1
S2+sel1 S2+sel1? -> S2 : alive sel=rejected/1
N+sel1+des1? -> N+des1? : alive sel=rejected/1
N+sel1+des2? -> N+des2? : alive sel=rejected/1

# Reject of our Linktest.rsp, system bytes of our Select (P-29: our Select is not what it names)
off -> = :
* -> ~ : alive rejected

# Reject of nothing (P-28)
off -> = :
* -> ~ : alive rejected

# Separate.req 1 (P-26, P-31: ends that session only)
off -> = :
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> ~ : alive
S1 S1+sel1 S1+sel2 S1+des1 S1+des1? S1+lnk S1+lnk! -> N~ : alive off1:separate T7+
S12 S12+des1 -> S2~ : alive off1:separate

# data 1 (P-28, P-31)
off -> = :
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> = : >Reject/4
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> ~ : alive data

# data 2 (P-28, P-31)
off -> = :
N* S1 S1+sel1 S1+sel2 S1+des1 S1+des1? S1+lnk S1+lnk! -> = : >Reject/4
S2 S12 S2+sel1 S2+sel1? S2+des1 S2+des1? S12+des1 -> ~ : alive data

# SType 8 (P-28)
off -> = :
* -> = : >Reject/1

# SType 8 PType 1 (P-28: PType first)
off -> = :
* -> = : >Reject/2

# deselect 1 (P-25, P-31)
off -> = : new:notConnected
N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> = : new:notSelected
S1 S12 S1+sel1 S1+sel2 S1+des1 S1+des1? S12+des1 S1+lnk S1+lnk! -> =+des1* : >Deselect.req T6+new

# linktest (P-22, P-27)
off -> = : new:notConnected
N* -> = : new:notSelected
S* -> =+lnk* : >Linktest.req T6+new

# separate 1 (P-26, P-31)
off N* S2 S2+sel1 S2+sel1? S2+des1 S2+des1? -> = :
S1 S1+sel1 S1+sel2 S1+des1 S1+des1? S1+lnk S1+lnk! -> N=? : >Separate.req off1:separate T7+
S12 S12+des1 -> S2=? : >Separate.req off1:separate

# t6 of Select (P-22)
off *-sel -> = :
N+sel1 -> N : sel=t6 close:t6/select
S1+sel1 S1+sel2 -> S1 : sel=t6 close:t6/select
S2+sel1 S2+sel1? -> S2 : sel=t6 close:t6/select
N+sel1+des1? -> N+des1? : sel=t6 close:t6/select
N+sel1+des2? -> N+des2? : sel=t6 close:t6/select

# t6 of Deselect (P-20, P-25)
off *-des -> = :
S1+des1 S1+des1? -> S1 : des=t6 close:t6/deselect
S12+des1 -> S12 : des=t6 close:t6/deselect
S2+des1 S2+des1? -> S2 : des=t6 close:t6/deselect
N+des1 -> N : des=t6 close:t6/deselect
N+sel1+des1? N+sel1+des2? -> N+sel1 : des=t6 close:t6/deselect

# t6 of Linktest, 2 failures close (P-27)
off *-lnk -> = :
S1+lnk -> S1.f1 : lnk=t6
S1+lnk! -> S1 : lnk=t6

# t7 (P-24, P-31: while no session at all is selected)
off S* -> = :
N* -> = : close:t7
`;
