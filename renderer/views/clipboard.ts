/**
 * Copying where the browser has no clipboard for the page: a shared window comes over plain HTTP, and so is no secure
 * context. The old way works only in answer to a click or a key, which is when the window copies.
 */
export function copyEverywhere(): void {
  if ('clipboard' in navigator) return;
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copyBySelection } });
}

async function copyBySelection(text: string): Promise<void> {
  const area = document.createElement('textarea');
  area.value = text;
  // A modal dialog makes all outside it inert, and what is inert cannot be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('The browser does not let this page copy');
}
