/** Addresses as they are typed: what is wrong with one, and what it could be completed to. */

const name = /^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,64}$/;

/** What is wrong with the address, or `null`. */
export function addressProblem(text: string): string | null {
  if (text === '/') return null;
  if (text === '') return 'an address is missing: for example /bank/alice';
  if (!text.startsWith('/')) return 'an address begins with /';
  if (text.length > 1024) return 'an address has at most 1024 characters';
  const wrong = text
    .slice(1)
    .split('/')
    .find((segment) => !name.test(segment));
  if (wrong === undefined) return null;
  if (wrong === '') return 'an address has no empty names, and no / at its end';
  return `${JSON.stringify(wrong)} is no name: names are of A-Z a-z 0-9 _ . - and up to 64 characters`;
}

/** The kernel whose children complete the text, and what their names begin with. */
export function completionOf(text: string): { readonly parent: string; readonly start: string } {
  const at = text.lastIndexOf('/');
  return { parent: at <= 0 ? '/' : text.slice(0, at), start: text.slice(at + 1) };
}
