/** States of HSMS-SS. Those with an open Select.req are of the active side only: a passive one never selects (P-22). */
export const ssStates: Readonly<Record<'active' | 'passive', readonly string[]>> = {
  active: [
    ...['off', 'N', 'N+sel', 'S+sel', 'S', 'S+des', 'N+des'],
    ...['S+lnk', 'S+lnk!', 'S+lnk.f1', 'S.f1', 'N+lnk!', 'S+sel+lnk'],
    ...['N+sel?', 'S+sel?', 'N+des?', 'S+des?', 'N+sel+des?', 'N+des?+sel', 'S+sel+des?'],
  ],
  passive: [
    'off',
    'N',
    'S',
    'S+des',
    'N+des',
    'N+des?',
    'S+des?',
    'S+lnk',
    'S+lnk!',
    'S+lnk.f1',
    'S.f1',
    'N+lnk!',
  ],
};

/** What the select command does depends on the side (P-22). */
export const ssSelectCommand = {
  active: `
# select (P-22)
off -> = : new:notConnected
N* -> =+sel* : >Select.req T6+new
S* -> = : new:done
`,
  passive: `
# select (P-22)
off -> = : new:notConnected
N* -> = : new:passive
S* -> = : new:done
`,
} as const;

/** HSMS-SS, both sides: every event in every state. See `notation.ts`. */
export const ssTable = `
# connected (P-24; a link that was never reported gone is gone, P-43)
off -> N : T7+
N -> N : T7- T7+
N+sel N+sel? -> N : T7- sel=notConnected T7+
N+sel+des? -> N : T7- sel=notConnected des=notConnected T7+
N+des?+sel -> N : T7- des=notConnected sel=notConnected T7+
S+sel S+sel? -> N : T7- sel=notConnected off:close T7+
S+sel+des? -> N : T7- sel=notConnected des=notConnected off:close T7+
S+sel+lnk -> N : T7- sel=notConnected lnk=notConnected off:close T7+
S S.f1 -> N : T7- off:close T7+
S+des S+des? -> N : T7- des=notConnected off:close T7+
N+des N+des? -> N : T7- des=notConnected T7+
S+lnk S+lnk! S+lnk.f1 -> N : T7- lnk=notConnected off:close T7+
N+lnk! -> N : T7- lnk=notConnected T7+

# disconnected (P-43)
off -> = :
N -> off : T7-
N+sel N+sel? -> off : T7- sel=notConnected
N+sel+des? -> off : T7- sel=notConnected des=notConnected
N+des?+sel -> off : T7- des=notConnected sel=notConnected
S+sel S+sel? -> off : T7- sel=notConnected off:close
S+sel+des? -> off : T7- sel=notConnected des=notConnected off:close
S+sel+lnk -> off : T7- sel=notConnected lnk=notConnected off:close
S S.f1 -> off : T7- off:close
S+des S+des? -> off : T7- des=notConnected off:close
N+des N+des? -> off : T7- des=notConnected
S+lnk S+lnk! S+lnk.f1 -> off : T7- lnk=notConnected off:close
N+lnk! -> off : T7- lnk=notConnected

# Select.req (P-22, P-23, P-27)
off -> = :
N* -> S~ : alive T7- on >Select.rsp/0
S* -> ~ : alive >Select.rsp/1

# Select.req session 5 (P-21)
off -> = :
N* -> S~ : alive T7- on >Select.rsp/0
S* -> ~ : alive >Select.rsp/1

# Select.req with a body (P-22, P-30)
off -> = :
* -> = : >Reject/1

# Select.req PType 1 (P-28)
off -> = :
* -> = : >Reject/2

# Select.rsp 0 (P-22, P-28)
off -> = :
*-sel -> = : >Reject/3
N+sel -> S : alive T7- on sel=done
S+sel -> S : alive sel=done
N+sel? -> N : alive sel=notSelected
S+sel? -> S : alive sel=notSelected
N+sel+des? -> S+des : alive T7- on sel=done
N+des?+sel -> S+des? : alive T7- on sel=done
S+sel+des? -> S+des? : alive sel=done
S+sel+lnk -> S+lnk! : alive sel=done

# Select.rsp 0 session 5 (P-21)
off -> = :
*-sel -> = : >Reject/3
N+sel -> S : alive T7- on sel=done
S+sel -> S : alive sel=done
N+sel? -> N : alive sel=notSelected
S+sel? -> S : alive sel=notSelected
N+sel+des? -> S+des : alive T7- on sel=done
N+des?+sel -> S+des? : alive T7- on sel=done
S+sel+des? -> S+des? : alive sel=done
S+sel+lnk -> S+lnk! : alive sel=done

# Select.rsp 1 (P-22)
off -> = :
*-sel -> = : >Reject/3
N+sel N+sel? -> N : alive sel=refused/1 close:selectRefused/1
N+sel+des? N+des?+sel -> N+des? : alive sel=refused/1 close:selectRefused/1
S+sel S+sel? -> S : alive sel=done
S+sel+des? -> S+des? : alive sel=done
S+sel+lnk -> S+lnk! : alive sel=done

# Select.rsp 2 (P-22)
off -> = :
*-sel -> = : >Reject/3
N+sel N+sel? -> N : alive sel=refused/2 close:selectRefused/2
N+sel+des? N+des?+sel -> N+des? : alive sel=refused/2 close:selectRefused/2
S+sel S+sel? -> S : alive sel=refused/2 close:selectRefused/2
S+sel+des? -> S+des? : alive sel=refused/2 close:selectRefused/2
S+sel+lnk -> S+lnk! : alive sel=refused/2 close:selectRefused/2

# Select.rsp 3 (P-22)
off -> = :
*-sel -> = : >Reject/3
N+sel N+sel? -> N : alive sel=refused/3 close:selectRefused/3
N+sel+des? N+des?+sel -> N+des? : alive sel=refused/3 close:selectRefused/3
S+sel S+sel? -> S : alive sel=refused/3 close:selectRefused/3
S+sel+des? -> S+des? : alive sel=refused/3 close:selectRefused/3
S+sel+lnk -> S+lnk! : alive sel=refused/3 close:selectRefused/3

# Select.rsp 0 foreign (P-22, P-28)
off -> = :
* -> = : >Reject/3

# Select.rsp 0 with a body (P-30)
off -> = :
* -> = : >Reject/1

# Select.rsp 0 system bytes of our Deselect (P-28)
off -> = :
* -> = : >Reject/3

# Deselect.req (P-24, P-25)
off -> = :
N* -> ~ : alive >Deselect.rsp/1
S* -> N~ : alive >Deselect.rsp/0 off:deselect T7+

# Deselect.req with a body (P-30)
off -> = :
* -> = : >Reject/1

# Deselect.rsp 0 (P-24, P-25)
off -> = :
*-des -> = : >Reject/3
S+des -> N : alive off:deselect T7+ des=done
S+des? -> S : alive des=done
N+des N+des? -> N : alive des=done
N+sel+des? N+des?+sel -> N+sel : alive des=done
S+sel+des? -> S+sel : alive des=done

# Deselect.rsp 1 (P-25: the peer knows of no session, and so do we then)
off -> = :
*-des -> = : >Reject/3
S+des -> N : alive off:deselect T7+ des=done
S+des? -> S : alive des=done
N+des N+des? -> N : alive des=done
N+sel+des? N+des?+sel -> N+sel : alive des=done
S+sel+des? -> S+sel : alive des=done

# Deselect.rsp 2 (P-25: busy)
off -> = :
*-des -> = : >Reject/3
S+des S+des? -> S : alive des=refused/2
S+sel+des? -> S+sel : alive des=refused/2
N+des N+des? -> N : alive des=refused/2
N+sel+des? N+des?+sel -> N+sel : alive des=refused/2

# Deselect.rsp 0 foreign (P-28)
off -> = :
* -> = : >Reject/3

# Linktest.req (P-27)
off -> = :
* -> ~ : alive >Linktest.rsp

# Linktest.req with a body (P-30)
off -> = :
* -> = : >Reject/1

# Linktest.rsp (P-27, P-28)
off -> = :
*-lnk -> = : >Reject/3
S+lnk S+lnk! S+lnk.f1 -> S : alive lnk=done
N+lnk! -> N : alive lnk=done
S+sel+lnk -> S+sel : alive lnk=done

# Linktest.rsp, byte 3 of 2 (P-27: it means nothing)
off -> = :
*-lnk -> = : >Reject/3
S+lnk S+lnk! S+lnk.f1 -> S : alive lnk=done
N+lnk! -> N : alive lnk=done
S+sel+lnk -> S+sel : alive lnk=done

# Linktest.rsp foreign (P-27: no sign of life, P-28)
off -> = :
* -> = : >Reject/3

# Linktest.rsp with a body (P-27, P-30)
off -> = :
* -> = : >Reject/1

# Reject of our Select (P-22, P-29)
off -> = :
*-sel -> ~ : alive rejected
N+sel N+sel? -> N : alive sel=rejected/1 close:selectRefused/r1
N+sel+des? N+des?+sel -> N+des? : alive sel=rejected/1 close:selectRefused/r1
S+sel S+sel? -> S : alive sel=rejected/1 close:selectRefused/r1
S+sel+des? -> S+des? : alive sel=rejected/1 close:selectRefused/r1
S+sel+lnk -> S+lnk! : alive sel=rejected/1 close:selectRefused/r1

# Reject of our Select for its PType, byte 2 of 7 (P-29)
off -> = :
*-sel -> ~ : alive rejected
N+sel N+sel? -> N : alive sel=rejected/2 close:selectRefused/r2
N+sel+des? N+des?+sel -> N+des? : alive sel=rejected/2 close:selectRefused/r2
S+sel S+sel? -> S : alive sel=rejected/2 close:selectRefused/r2
S+sel+des? -> S+des? : alive sel=rejected/2 close:selectRefused/r2
S+sel+lnk -> S+lnk! : alive sel=rejected/2 close:selectRefused/r2

# Reject of our Select, byte 2 of 0 (P-29)
off -> = :
*-sel -> ~ : alive rejected
N+sel N+sel? -> N : alive sel=rejected/1 close:selectRefused/r1
N+sel+des? N+des?+sel -> N+des? : alive sel=rejected/1 close:selectRefused/r1
S+sel S+sel? -> S : alive sel=rejected/1 close:selectRefused/r1
S+sel+des? -> S+des? : alive sel=rejected/1 close:selectRefused/r1
S+sel+lnk -> S+lnk! : alive sel=rejected/1 close:selectRefused/r1

# Reject of our Select, byte 2 of 0, for data (P-29: our Select is not what it names)
off -> = :
* -> ~ : alive rejected

# Reject of our Deselect (P-29)
off -> = :
*-des -> ~ : alive rejected
S+des S+des? -> S : alive des=rejected/1
S+sel+des? -> S+sel : alive des=rejected/1
N+des N+des? -> N : alive des=rejected/1
N+sel+des? N+des?+sel -> N+sel : alive des=rejected/1

# Reject of our Linktest (P-27, P-29)
off -> = :
*-lnk -> ~ : alive rejected
S+lnk S+lnk! S+lnk.f1 -> S : alive lnk=rejected/1
N+lnk! -> N : alive lnk=rejected/1
S+sel+lnk -> S+sel : alive lnk=rejected/1

# Reject of data (P-28, P-29)
off -> = :
* -> ~ : alive rejected

# Reject of nothing (P-28)
off -> = :
* -> ~ : alive rejected

# Reject with a body (P-28, P-30)
off -> = :
* -> ~ : alive rejected

# Reject PType 1 (P-28)
off -> = :
* -> ~ : alive rejected

# Reject of our Linktest.rsp, system bytes of our Select (P-29: our Select is not what it names)
off -> = :
* -> ~ : alive rejected

# Reject of our data reply, system bytes of our Deselect (P-29: our Deselect is not what it names)
off -> = :
* -> ~ : alive rejected

# Separate.req (P-26)
off -> = :
N* -> ~ : alive
S* -> N~ : alive off:separate T7+ close:separate

# Separate.req with a body (P-30)
off -> = :
* -> = : >Reject/1

# data (P-23, P-28)
off -> = :
N* -> = : >Reject/4
S* -> ~ : alive data

# data reply, session 5 (P-28, P-46: whose data it is, is not for the procedures to judge)
off -> = :
N* -> = : >Reject/4
S* -> ~ : alive data

# data PType 1 (P-28)
off -> = :
* -> = : >Reject/2

# SType 8 (P-28)
off -> = :
* -> = : >Reject/1

# SType 10 (P-28)
off -> = :
* -> = : >Reject/1

# SType 255 with a body (P-28)
off -> = :
* -> = : >Reject/1

# SType 8 PType 1 (P-28: PType first)
off -> = :
* -> = : >Reject/2

# deselect (P-25)
off -> = : new:notConnected
N* -> = : new:notSelected
S* -> =+des* : >Deselect.req T6+new

# linktest (P-22, P-27)
off -> = : new:notConnected
N* -> = : new:notSelected
S* -> =+lnk* : >Linktest.req T6+new

# separate (P-26)
off N* -> = :
S* -> N=? : >Separate.req off:separate T7+ close:local

# t6 of Select (P-22)
off *-sel -> = :
N+sel N+sel? -> N : sel=t6 close:t6/select
N+sel+des? N+des?+sel -> N+des? : sel=t6 close:t6/select
S+sel S+sel? -> S : sel=t6 close:t6/select
S+sel+des? -> S+des? : sel=t6 close:t6/select
S+sel+lnk -> S+lnk : sel=t6 close:t6/select

# t6 of Deselect (P-20, P-25)
off *-des -> = :
S+des S+des? -> S : des=t6 close:t6/deselect
S+sel+des? -> S+sel : des=t6 close:t6/deselect
N+des N+des? -> N : des=t6 close:t6/deselect
N+sel+des? N+des?+sel -> N+sel : des=t6 close:t6/deselect

# t6 of Linktest, 1 failure closes (P-27)
off *-lnk -> = :
S+lnk -> S.f1 : lnk=t6 close:linktest/1
S+lnk.f1 -> S.f2 : lnk=t6 close:linktest/2
S+lnk! -> S : lnk=t6
N+lnk! -> N : lnk=t6
S+sel+lnk -> S+sel.f1 : lnk=t6 close:linktest/1

# t6 of Linktest, 2 failures close (P-27)
off *-lnk -> = :
S+lnk -> S.f1 : lnk=t6
S+lnk.f1 -> S.f2 : lnk=t6 close:linktest/2
S+lnk! -> S : lnk=t6
N+lnk! -> N : lnk=t6
S+sel+lnk -> S+sel.f1 : lnk=t6

# t6 of nothing
off * -> = :

# t7 (P-24)
off S* -> = :
N* -> = : close:t7
`;
