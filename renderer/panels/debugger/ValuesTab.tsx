/** The calls that are on, and below them the values of the chosen one. */
import { CallStack } from './CallStack';
import { ValuesTree } from './ValuesTree';

export const ValuesTab = () => (
  <div className="debugger-split">
    <CallStack />
    <ValuesTree />
  </div>
);
