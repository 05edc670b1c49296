// Reading and saving files.

/** The files that may be pictures, by type or by name, since not every system gives a type. */
export function picturesOf(files: File[]): File[] {
  const named = /\.(png|jpe?g|jpe|webp|gif|bmp|avif|heic|heif|tiff?|qoi|pnm|ppm|pgm|jxl)$/i;
  return files.filter((file) => file.type.startsWith("image/") || named.test(file.name));
}

/** Whether two files are equal, byte for byte. */
export async function areSame(one: Blob, other: Blob): Promise<boolean> {
  if (one.size !== other.size) return false;
  const [a, b] = [new Uint8Array(await one.arrayBuffer()), new Uint8Array(await other.arrayBuffer())];
  return a.every((byte, i) => byte === b[i]);
}

export function save(content: Uint8Array<ArrayBuffer> | Blob | string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A file name like those that `nearfar mix` gives its hybrids. */
export function fileName(names: [string, string], ending: string): string {
  return names.map((name) => name.replace(/\.[^.]*$/, "")).join("-") + ending;
}
