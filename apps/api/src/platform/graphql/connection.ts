import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { parse } from '../refusal/parse.js';
import { Refusal } from '../refusal/refusal.js';

/** Relay paging, and an offset for screens with page numbers. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: 25, description: '1 to 100' })
  first: number = 25;

  @Field(() => String, { nullable: true, description: 'endCursor of the page before' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'Rows to pass over, instead of a cursor; at most 100000' })
  offset?: number | null;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** Where a page begins: the sort key and the id of the row before it. */
export interface Cursor {
  key: string;
  id: string;
}

export interface Page {
  /** Rows to ask for: one more than the page, to know whether another follows. */
  take: number;
  skip: number;
  after: Cursor | null;
}

export interface ConnectionOf<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: number;
}

const pageArgs = z.object({
  first: z.int().min(1, 'first is 1 to 100').max(100, 'first is 1 to 100'),
  offset: z.int().min(0).max(100_000).nullish(),
});
const cursor = z.tuple([z.string(), z.uuid()]);

function encodeCursor({ key, id }: Cursor): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

function decodeCursor(text: string): Cursor {
  try {
    const [key, id] = cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { key, id };
  } catch {
    throw new Refusal('INVALID_INPUT', 'This is not a cursor of this list', ['after']);
  }
}

/** @throws Refusal `INVALID_INPUT` for a page out of bounds or a foreign cursor. */
export function pageOf(args: ConnectionArgs): Page {
  const { first, offset } = parse(pageArgs, { first: args.first, offset: args.offset }, 'page');
  return { take: first + 1, skip: offset ?? 0, after: args.after ? decodeCursor(args.after) : null };
}

/** Prisma `where` of the rows that follow a cursor in (field, id) order; empty without one. */
export function keysetWhere<F extends string>(
  field: F,
  direction: 'asc' | 'desc',
  after: Cursor | null,
  convert: (key: string) => unknown = (key) => key,
): Record<string, unknown> {
  if (!after) return {};
  const op = direction === 'asc' ? 'gt' : 'lt';
  const key = convert(after.key);
  return { OR: [{ [field]: { [op]: key } }, { [field]: key, id: { [op]: after.id } }] };
}

/** @param rows up to `page.take` rows in order; the one over the page only says that there is more. */
export function toConnection<T>(
  rows: readonly T[],
  page: Page,
  totalCount: number,
  cursorOf: (row: T) => Cursor,
): ConnectionOf<T> {
  const nodes = rows.slice(0, page.take - 1);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(cursorOf(node)), node }));
  return {
    edges,
    nodes,
    totalCount,
    pageInfo: {
      hasNextPage: rows.length >= page.take,
      hasPreviousPage: page.skip > 0 || page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The connection type of a node: `@ObjectType() export class XConnection extends connectionType(X) {}`. */
export function connectionType<T>(node: Type<T>): abstract new () => ConnectionOf<T> {
  @ObjectType(`${node.name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(() => node)
    node!: T;
  }

  @ObjectType({ isAbstract: true })
  abstract class Connection implements ConnectionOf<T> {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => [node])
    nodes!: T[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int)
    totalCount!: number;
  }
  return Connection;
}
