/** How the protocol is declared: a table of calls and events, each with the schemas of what crosses. */
import { z } from 'zod';

export interface CallDeclaration<Params extends z.ZodType, Result extends z.ZodType> {
  readonly kind: 'call';
  readonly doc: string;
  readonly params: Params;
  readonly result: Result;
}

export interface EventDeclaration<Payload extends z.ZodType> {
  readonly kind: 'event';
  readonly doc: string;
  readonly payload: Payload;
}

/** A protocol: what may cross, by name. Own keys only; anything else is refused. */
export type Protocol = Readonly<
  Record<string, CallDeclaration<z.ZodType, z.ZodType> | EventDeclaration<z.ZodType>>
>;

export type CallNames<P extends Protocol> = {
  [Name in keyof P]: P[Name]['kind'] extends 'call' ? Name : never;
}[keyof P] &
  string;

export type EventNames<P extends Protocol> = Exclude<keyof P, CallNames<P>> & string;

export type Params<P extends Protocol, Name extends CallNames<P>> =
  P[Name] extends CallDeclaration<infer S, z.ZodType> ? z.infer<S> : never;

export type Returns<P extends Protocol, Name extends CallNames<P>> =
  P[Name] extends CallDeclaration<z.ZodType, infer S> ? z.infer<S> : never;

export type Payload<P extends Protocol, Name extends EventNames<P>> =
  P[Name] extends EventDeclaration<infer S> ? z.infer<S> : never;

export const call = <P extends z.ZodType, R extends z.ZodType>(
  doc: string,
  params: P,
  result: R,
): CallDeclaration<P, R> => ({ kind: 'call', doc, params, result });

export const event = <S extends z.ZodType>(doc: string, payload: S): EventDeclaration<S> => ({
  kind: 'event',
  doc,
  payload,
});

/** A page of a list: its rows from `start`, and how many there are in all. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ start: z.int(), total: z.int(), rows: z.array(row) }).readonly();

export interface Page<Row> {
  readonly start: number;
  readonly total: number;
  readonly rows: readonly Row[];
}

/** The most rows that one answer holds. */
export const pageSize = 100;

/** Which rows are asked for. */
export const range = { start: z.int().min(0), count: z.int().min(1).max(pageSize) };
