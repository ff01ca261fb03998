/** A fault as `--json` writes it. Apart from the schemas of all documents, which take longer to load than most commands run. */
import type { Fault } from '../base/fault';
import type { Value } from '../base/value';

export const faultToValue = ({ code, message, position, remedy }: Fault): Value => ({
  code,
  message,
  ...(position === undefined ? {} : { position: { ...position } }),
  ...(remedy === undefined ? {} : { remedy }),
});
