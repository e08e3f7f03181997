import { A, B, BOOLEAN, L, S, U4, type Item, type SecsMessage } from '../../../src/secs2';
import type { HostBetween, HostDefect, WrongAnswer } from './host-bed';

type Wrong = WrongAnswer | ((message: SecsMessage, between: HostBetween) => WrongAnswer);
type Made = SecsMessage | 'drop' | undefined;

const answers = (name: string, wrong: Wrong): HostDefect => ({
  answers: (message, between) =>
    message.name !== name ? undefined : typeof wrong === 'function' ? wrong(message, between) : wrong,
});

const asks = (name: string, made: (message: SecsMessage, between: HostBetween) => Made): HostDefect => ({
  asks: (message, between) => (message.name === name ? made(message, between) : undefined),
});

/** Answers what wants no reply. */
const answersAll = (name: string, answer: SecsMessage): HostDefect =>
  answers(name, (message, between) => {
    if (!message.wBit) between.toTool(answer);
    return undefined;
  });

/** Goes deaf where a request of its own ends like this. */
const deafAfter = (fits: (reply: SecsMessage | string) => boolean): HostDefect => ({
  heard: (reply, _asked, between) => {
    if (between.links >= 2 && fits(reply)) between.isDeaf = true;
  },
});

/** Enables nothing from this link on. */
const enablesNothing = (link: number): HostDefect =>
  asks('S2F37', ({ item }, { links }) =>
    links >= link && item?.at(0)?.equals(BOOLEAN(true)) === true ? 'drop' : undefined,
  );

const isUnknown = (item: Item | undefined): boolean => item?.at(1)?.equals(U4(4_294_967_001)) === true;
const anything = L(A('x'), A('x'));
const defining = S(2, 33).w(L(U4(1), L(L(U4(9), L(U4(2001))))));

/** For each rule a defect of a host with which it must fail. */
export const HOST_DEFECTS: Readonly<Record<string, HostDefect>> = {
  'G-110a': answers('S1F13', L(B(1), L())),
  'G-110b': answers('S1F13', L(B(0), anything)),
  'G-110c': answers('S1F1', anything),
  'G-110d': answers('S2F17', A('noon')),
  'G-78': answers('S2F25', B(0)),
  'G-79': answers('S99F1', 'S9F5'),
  'G-114a': answers('S6F11', B(1)),
  'G-114b': answers('S6F11', ({ item }) => (isUnknown(item) ? 'abort' : undefined)),
  'G-114c': answersAll('S6F11', S(6, 12, B(0))),
  'G-114d': answers('S6F11', (_message, between) => (between.times('S6F11') === 9 ? 'silence' : undefined)),
  'G-115a': answers('S5F1', B(1)),
  'G-115b': answersAll('S5F1', S(5, 2, B(0))),
  'G-118a': answers('S7F3', L()),
  'G-118b': answers('S7F5', anything),
  'G-119a': answers('S10F1', B(1)),
  'G-119b': answers('S6F1', 'silence'),
  'G-119c': answers('S6F5', B(1)),
  'G-110e': answers('S1F13', (_message, { links }) => (links === 2 ? 'silence' : undefined)),
  'G-110f': asks('S1F13', (_message, between) =>
    between.times(`S1F13 on ${between.links}`) > 1 ? 'drop' : undefined,
  ),
  'G-110g': deafAfter(
    (reply) => typeof reply !== 'string' && reply.name === 'S1F18' && reply.item?.equals(B(1)) === true,
  ),
  'G-110h': {
    asks: ({ name, item }, between) => {
      if (name === 'S2F37' && item?.at(0)?.equals(BOOLEAN(true)) === true) return 'drop';
      if (name === 'S2F35') between.ahead(S(2, 37).w(L(BOOLEAN(true), L(U4(100), U4(101)))));
      return undefined;
    },
  },
  'G-110i': asks('S2F33', ({ item }) => S(2, 33, item as Item)),
  'G-110j': deafAfter((reply) => reply === 't3'),
  'G-110k': deafAfter((reply) => reply === 'stream9'),
  'G-110l': deafAfter((reply) => reply === 'aborted'),
  'G-112a': enablesNothing(2),
  'G-112b': enablesNothing(3),
  'G-112c': answers('S1F1', (_message, between) => {
    between.ahead(defining);
    return undefined;
  }),
  'G-113a': enablesNothing(2),
  'G-113b': enablesNothing(2),
  'G-116': asks('S6F23', (_message, between) => {
    if (between.links === 2 && between.times('S6F23') === 1) between.ahead(defining);
    return undefined;
  }),
};
