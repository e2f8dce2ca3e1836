/** As it may stand in a URI: bytes that are not visible ASCII are percent-encoded (RFC 3986 §2.1). One char is one byte. */
export function uriText(text: string): string {
  return text.replace(
    /[^\x21-\x7e]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
