import type { Bare, ListNode, Node, OptionalNode } from './nodes/nodes.js';
import type { ExactOf, Fields, InOf, OutOf, TypedNode } from './nodes/types.js';

/**
 * The body of a message as its definition has it: a list of fields, one that may be the empty list, or one named thing, as
 * in `{ svids: listOf(SVID) }`.
 */
export type Body = TypedNode | Fields;

/** @internal The body as it is worked with. */
export type BodyNode = ListNode | OptionalNode | SingleNode;

/** A body that is one thing, with a name for it. */
interface SingleNode {
  readonly kind: 'single';
  readonly name: string;
  readonly of: Node;
}

/** @internal */
export function bodyNode(body: Body | undefined): BodyNode | undefined {
  if (body === undefined) return undefined;
  if (typeof (body as Partial<Node>).kind === 'string') return body as ListNode | OptionalNode;
  const [name = '', of] = Object.entries(body as Fields)[0] ?? [];
  return { kind: 'single', name, of: of as Node };
}

/** All fields missing: a body that may be the empty list, and is. */
type Nothing<R> = { readonly [K in keyof R]?: undefined };

type IsNode<B> = B extends { readonly kind: string } ? true : false;
type InOrNothing<R> = undefined extends R ? R | Nothing<Exclude<R, undefined>> : R;
type OrNothing<R> = undefined extends R ? Exclude<R, undefined> | Nothing<Exclude<R, undefined>> : R;

/** A body without the codes of its item. */
export type BareBody<B extends Body | undefined> = B extends { readonly kind: string } | undefined
  ? B
  : { readonly [K in keyof B]: Bare<B[K]> };

/** What `read` gives: an object of the fields. Without a body an empty one. */
export type BodyOut<B extends Body | undefined> = B extends undefined
  ? Readonly<Record<never, never>>
  : IsNode<B> extends true
    ? OrNothing<OutOf<Extract<B, TypedNode>>>
    : { readonly [K in keyof B]: OutOf<Extract<B[K], TypedNode>> };

/** What `read` gives where values stay items. */
export type BodyExact<B extends Body | undefined> = B extends undefined
  ? Readonly<Record<never, never>>
  : IsNode<B> extends true
    ? OrNothing<ExactOf<Extract<B, TypedNode>>>
    : { readonly [K in keyof B]: ExactOf<Extract<B[K], TypedNode>> };

/** What `build` takes: an object of the fields; of a body that is one thing also that thing alone. */
export type BodyIn<B extends Body | undefined> = B extends undefined
  ? undefined | Readonly<Record<never, never>>
  : IsNode<B> extends true
    ? InOrNothing<InOf<Extract<B, TypedNode>>>
    : { readonly [K in keyof B]: InOf<Extract<B[K], TypedNode>> } | InOf<Extract<B[keyof B], TypedNode>>;
