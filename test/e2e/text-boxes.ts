/** What a person could not read or reach on a page: text and buttons that are cut off, run out of the window, or lie on others. */
import type { Page } from 'playwright-core';

/** One sentence for each; empty when all can be read. */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(findUnreadable);
}

/** Runs in the page, so it holds all that it needs. */
function findUnreadable(): string[] {
  /** Shorter overlaps than this are air of a line, not ink. */
  const SLACK = 3;
  /** Narrower than this nothing is told. */
  const LEAST = 8;
  interface Box {
    readonly text: string;
    readonly element: Element;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const problems: string[] = [];
  const boxes: Box[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const element = node.parentElement;
    if (text === '' || !element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      continue;
    if (element.closest('.spoken, [aria-hidden="true"], option')) continue;
    if (getComputedStyle(element).fontSize === '0px') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const seen = clipped(element, rect, text);
      if (seen) boxes.push(seen);
    }
  }

  /** The part of a line that its ancestors let through; says so when one cuts it without a sign of it. */
  function clipped(element: Element, rect: DOMRect, text: string): Box | undefined {
    let { left, right, top, bottom } = rect;
    let isMarked = false;
    let isScrolled = false;
    for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.textOverflow === 'ellipsis') isMarked = true;
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const box = up.getBoundingClientRect();
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) isScrolled = true;
      else if (!isMarked && !isScrolled && (left < box.left - SLACK || right > box.right + SLACK)) {
        problems.push(`"${text}" is cut off by .${up.className}`);
      }
      left = Math.max(left, box.left);
      right = Math.min(right, box.right);
      top = Math.max(top, box.top);
      bottom = Math.min(bottom, box.bottom);
    }
    // An ellipsis stands for a part, not for the whole.
    if (isMarked && !isScrolled && rect.width > LEAST && right - left < LEAST) {
      problems.push(`"${text}" is squeezed to nothing`);
    }
    if (right - left < 1 || bottom - top < 1) return undefined;
    if (left < -SLACK || right > innerWidth + SLACK || top < -SLACK || bottom > innerHeight + SLACK) {
      problems.push(`"${text}" runs out of the window`);
    }
    return { text, element, left, right, top, bottom };
  }

  for (const button of document.querySelectorAll('button')) {
    if (!button.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { left, right } = button.getBoundingClientRect();
    const isWithin = left >= -SLACK && right <= innerWidth + SLACK;
    if (right - left < 1 || isWithin || isInScroller(button)) continue;
    problems.push(`The button "${button.ariaLabel ?? button.textContent}" runs out of the window`);
  }

  function isInScroller(element: Element): boolean {
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  }

  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (a.element === b.element) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > SLACK && height > SLACK) problems.push(`"${a.text}" lies on "${b.text}"`);
    }
  }
  return [...new Set(problems)];
}
