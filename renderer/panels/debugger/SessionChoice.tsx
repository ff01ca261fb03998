import { useActions, useStudio } from '../../store/context';

/** Which of the open sessions is in front; nothing when there is no other. */
export function SessionChoice() {
  const sessions = useStudio(({ debugSessions }) => debugSessions);
  const front = useStudio(({ debugStop }) => debugStop?.session);
  const { showSession } = useActions();
  if (sessions.length < 2) return null;
  return (
    <select
      aria-label="Session"
      className="debugger-sessions"
      value={front}
      onChange={(event) => showSession(Number(event.target.value))}
    >
      {sessions.map(({ session, receipt, message }) => (
        <option key={session} value={session}>
          {`${receipt === null ? 'waiting' : `#${receipt}`} ${message.method}`}
        </option>
      ))}
    </select>
  );
}
