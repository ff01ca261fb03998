/** What a person does in the window, and where they look. Things are found by role and name. */
import { type Locator, type Page, expect } from '@playwright/test';

/** Opens the window and waits until a contract can be read in its editor and the workspace's kernels are made. */
export async function openWindow(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(editorLines(page).first()).toBeVisible();
  // The first time it is opened, its contracts are compiled before there are kernels.
  await expect(messages(page).filter({ hasText: 'kernel:create' })).not.toHaveCount(0, { timeout: 60_000 });
}

/** Panels are tabs of the dock, or are brought to the front by the activity bar. */
export const showPanel = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click();

export const editorLines = (page: Page): Locator => page.locator('.monaco-editor .view-line');

export const squiggles = (page: Page): Locator => page.locator('.monaco-editor .squiggly-error');

/** Puts the cursor at the end of the text and enters more, as a paste does: nothing is closed or indented by itself. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^contracts\// }).focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText(text);
}

export const save = (page: Page): Promise<void> => page.keyboard.press('ControlOrMeta+s');

export interface SignalText {
  readonly to: string;
  readonly method: string;
  /** What is typed in the field of each parameter. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Fills the composer's form and sends it. It is delivered then. */
export async function sendSignal(page: Page, signal: SignalText): Promise<void> {
  const form = await askForSignal(page, signal);
  await expect(form.getByRole('status')).toHaveText(/Sent as #\d+/);
}

/** The same for one that a breakpoint may hold back. */
export async function askForSignal(page: Page, signal: SignalText): Promise<Locator> {
  const { to, method, fields = {} } = signal;
  await showPanel(page, 'Signal');
  const form = page.getByRole('form', { name: 'Signal' });
  await form.getByRole('combobox', { name: 'To' }).fill(to);
  await form.getByRole('combobox', { name: 'Method' }).fill(method);
  await page.keyboard.press('Tab');
  for (const [name, text] of Object.entries(fields)) {
    await form.getByRole('textbox', { name, exact: true }).fill(text);
  }
  await form.getByRole('button', { name: 'Send' }).click();
  return form;
}

/** The lines of the timeline. */
export const messages = (page: Page): Locator =>
  page.getByRole('listbox', { name: 'Messages' }).getByRole('option');

/** The line of the timeline that reads like this: `signal → /counter increment(by: 5) ok`. */
export const message = (page: Page, words: string): Locator =>
  page.getByRole('listbox', { name: 'Messages' }).getByRole('option', { name: words });

type Section = 'Call' | 'Outcome' | 'Imports' | 'Changes' | 'Sends' | 'Logs' | 'Environment';

/** A section of the inspector, brought to the front. */
export async function inspect(page: Page, section: Section): Promise<Locator> {
  await showPanel(page, 'Inspector');
  await page
    .getByRole('tablist', { name: 'Message' })
    .getByRole('tab', { name: new RegExp(`^${section}`) })
    .click();
  return page.getByRole('tabpanel', { name: section.toLowerCase(), exact: true });
}
