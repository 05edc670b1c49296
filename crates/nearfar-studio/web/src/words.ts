// The library's words, for somebody who has no command line.

const HERE: [RegExp, string][] = [
  [/--points says where/, "the points say where"],
  [/say with --points where/, "say with points where"],
  [/; --edges extend or --align center keeps all of it/, ""],
];

export function sentence(text: string): string {
  const plain = HERE.reduce((said, [flag, word]) => said.replace(flag, word), text);
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
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
