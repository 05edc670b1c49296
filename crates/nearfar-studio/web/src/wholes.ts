// Pictures at their full size, made by a worker of their own: the page answers meanwhile, and the memory is given back after.

import { Engine } from "./engine.js";
import type { FitOptions, Wish } from "./protocol.js";

export interface Source {
  name: string;
  blob: Blob;
}

export class Wholes {
  private readonly engine: Engine;

  constructor(script: string, wasm: () => Promise<ArrayBuffer>) {
    this.engine = new Engine(script, wasm);
  }

  /** The file of a hybrid, a PNG with its recipe; undefined if it was told to rest meanwhile. */
  async make(
    [near, far]: readonly [Source, Source],
    options: FitOptions,
    wish: Wish,
    progress: (share: number) => void,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await Promise.all([near.blob.arrayBuffer(), far.blob.arrayBuffer()]);
    const args = { names: [near.name, far.name] as [string, string], bytes, options, wish };
    return this.engine.ask("whole", args, { transfer: bytes, progress });
  }

  /** Stops what is going on, and gives the memory back. */
  rest(): void {
    this.engine.stop();
  }
}
