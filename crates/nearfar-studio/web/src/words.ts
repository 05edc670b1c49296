// The library's words, as sentences, and errors with what to do about them in a browser.

export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What went wrong, and what to do about it. */
export function explained(text: string, name?: string): string {
  const where = name ? `${name}: ` : "";
  if (/HEIC/.test(text)) {
    return `${where}this browser cannot read HEIC. Save the photograph as JPEG first; an iPhone takes JPEGs if Settings, Camera, Formats says Most Compatible.`;
  }
  if (/files cannot be read|no picture in a known format/.test(text)) {
    return `${where}this is no picture that can be read here. PNG, JPEG and WebP can.`;
  }
  return `${where}${text}`;
}
