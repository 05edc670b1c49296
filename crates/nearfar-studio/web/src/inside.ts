// The contents of the page: the module, the worker's script, the sample pictures.

declare const WORKER_SCRIPT: string;

export const workerScript: string = WORKER_SCRIPT;

function text(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export function wasm(): Promise<ArrayBuffer> {
  const packed = new Blob([bytes(text("wasm"))]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(packed).arrayBuffer();
}

export interface Picture {
  name: string;
  blob: Blob;
}

export function samples(): { title: string; near: Picture; far: Picture }[] {
  const stored = JSON.parse(text("sample-data")) as {
    files: Record<string, string>;
    pairs: { title: string; near: string; far: string }[];
  };
  const blobs = Object.entries(stored.files).map(
    ([name, data]) => [name, new Blob([bytes(data)], { type: "image/jpeg" })] as const,
  );
  const all = new Map(blobs);
  const picture = (name: string): Picture => ({ name, blob: all.get(name) as Blob });
  return stored.pairs.map(({ title, near, far }) => ({ title, near: picture(near), far: picture(far) }));
}
