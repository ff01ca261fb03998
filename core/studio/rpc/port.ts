/** What carries the protocol: a worker, a MessagePort, a WebSocket. Values arrive in order or not at all. */
export interface Port {
  post(message: unknown): void;
  /** One listener; what arrived before it is kept for it. */
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, however it ended. */
  onClose(listener: () => void): void;
  close(): void;
}
