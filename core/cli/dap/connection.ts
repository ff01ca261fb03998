/** The Debug Adapter Protocol over a pair of streams: requests are read, checked and answered in order of arrival. */
import type { Readable, Writable } from 'node:stream';
import { Event, Response } from '@vscode/debugadapter';
import { ProtocolServer } from '@vscode/debugadapter/lib/protocol.js';
import { z } from 'zod';
import { type Fault, fault, faultToText } from '../../base/fault';
import { type Result, err, ok } from '../../base/result';
import { type Arguments, type Bodies, type Command, requests } from './requests';

export interface Answer<Body> {
  readonly body: Body;
  /** What to do once it was sent. */
  readonly after?: () => void | Promise<void>;
}

export type Handled<Body> = Result<Answer<Body>, Fault>;

/** What answers each request. Expected failures are returned; what is thrown is a bug. */
export type Handlers = {
  readonly [C in Command]: (args: Arguments<C>) => Handled<Bodies[C]> | Promise<Handled<Bodies[C]>>;
};

export interface Connection {
  send(event: string, body?: object): void;
  /** Sends nothing more. */
  close(): void;
}

export interface ConnectionOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly handlers: (connection: Connection) => Handlers;
  /** The client went away. */
  readonly onClose: () => void;
  /** A line for whoever looks into what the adapter writes to standard error. */
  readonly complain: (line: string) => void;
}

const envelope = z.object({
  seq: z.int(),
  type: z.literal('request'),
  command: z.string(),
  arguments: z.unknown().optional(),
});

/** Answers until the input ends. What is no message of the protocol is told of and dropped. */
export function connect({ input, output, handlers: create, onClose, complain }: ConnectionOptions): void {
  const server = new ProtocolServer();
  let isOpen = true;
  const handlers = create({
    send(event, body) {
      if (isOpen) server.sendEvent(new Event(event, body));
    },
    close: () => (isOpen = false),
  });

  server.handleMessage = (message) => {
    const request = envelope.safeParse(message);
    if (request.success) void answer(request.data);
    else complain(`a message was dropped: ${z.prettifyError(request.error)}`);
  };
  server.on('error', ({ body }: Event & { body?: unknown }) => complain(String(body)));
  server.on('close', onClose);
  server.start(input, output);

  async function answer({ seq, command, arguments: given }: z.infer<typeof envelope>): Promise<void> {
    const handled = await handle(command, given ?? {});
    if (!isOpen) return;
    const response = new Response({ seq, type: 'request', command });
    if (!handled.ok) {
      server.sendResponse(refuse(response, handled.error));
      return;
    }
    const { body, after } = handled.value;
    server.sendResponse(body === undefined ? response : Object.assign(response, { body }));
    try {
      await after?.();
    } catch (error) {
      complain(bugToText(error));
      server.sendEvent(new Event('terminated'));
    }
  }

  async function handle(command: string, given: unknown): Promise<Handled<object | undefined>> {
    if (!isCommand(command)) {
      return err(fault('not-supported', `there is no request ${JSON.stringify(command)} here`));
    }
    const parsed = requests[command].safeParse(given);
    if (!parsed.success) {
      return err(fault('bad-arguments', `${command}: ${z.prettifyError(parsed.error)}`));
    }
    try {
      return await (handlers[command] as Handler)(parsed.data);
    } catch (error) {
      complain(bugToText(error));
      return err(fault('bug', `${command}: ${error instanceof Error ? error.message : String(error)}`));
    }
  }
}

const bugToText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

type Handler = (args: unknown) => Handled<object | undefined> | Promise<Handled<object | undefined>>;

const isCommand = (name: string): name is Command => Object.hasOwn(requests, name);

/** What a person asked for. Of others, as of what is hovered over, a failure is shown in its place alone. */
const shown: ReadonlySet<string> = new Set(['launch', 'restart']);

/** `message` is what programs read, the format what people do. */
function refuse(response: Response, problem: Fault): Response {
  const format = faultToText(problem);
  const message = problem.code === 'notStopped' ? problem.code : format;
  return Object.assign(response, {
    success: false,
    message,
    body: { error: { id: 1, format, showUser: shown.has(response.command) } },
  });
}

/** An answer without a body. */
export const done = (after?: () => void | Promise<void>) =>
  ok({ body: undefined, ...(after === undefined ? {} : { after }) });
