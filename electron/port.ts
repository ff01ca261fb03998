import type { MessagePortMain } from 'electron';
import { createInbox } from '../core/studio/rpc/inbox';
import type { Port } from '../core/studio/rpc/port';

/** The main process's end of a message channel. */
export function mainPort(port: MessagePortMain): Port {
  const inbox = createInbox();
  port.on('message', ({ data }) => inbox.deliver(data));
  port.on('close', inbox.end);
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close() {
      inbox.end();
      port.close();
    },
  };
}
