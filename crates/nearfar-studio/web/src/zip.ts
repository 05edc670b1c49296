// Many files as one. Pictures are packed already, so they are stored as they are.

import { Zip, ZipPassThrough } from "fflate";

export async function zipped(files: { name: string; blob: Blob }[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const taken = new Map<string, number>();
  for (const { name, blob } of files) {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const entry = new ZipPassThrough(count === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${count}$1`));
    zip.add(entry);
    entry.push(new Uint8Array(await blob.arrayBuffer()), true);
  }
  zip.end();
  return new Blob(parts, { type: "application/zip" });
}
