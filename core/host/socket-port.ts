import type { WebSocket } from 'ws';
import { readMessage } from '../studio/rpc/carriers';
import { createInbox } from '../studio/rpc/inbox';
import { messageToBytes } from '../studio/rpc/message-bytes';
import type { Port } from '../studio/rpc/port';

/** The serving end of a WebSocket. A peer that sends anything but messages is cut off. */
export function socketPort(socket: WebSocket): Port {
  const inbox = createInbox();
  socket.on('message', (data, isBinary) => {
    const message = isBinary && data instanceof Uint8Array ? readMessage(data) : undefined;
    if (message === undefined) socket.close(unsupportedData, 'messages are CBOR in binary frames');
    else inbox.deliver(message);
  });
  socket.on('close', inbox.end);
  // What follows an error is always a close.
  socket.on('error', () => socket.terminate());
  return {
    post(message) {
      if (socket.readyState === socket.OPEN) socket.send(messageToBytes(message));
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close() {
      inbox.end();
      socket.close();
    },
  };
}

/** The code that RFC 6455 gives it. */
const unsupportedData = 1003;
