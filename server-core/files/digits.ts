/** `5 120`: thousands apart by thin spaces. For whole numbers. */
export function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}
