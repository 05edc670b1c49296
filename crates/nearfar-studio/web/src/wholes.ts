// Pictures at their full size, made by a worker of their own: the page answers meanwhile, and the memory is given back after.

import { Engine, OutOfMemory } from "./engine.js";
import type { FitOptions, Whole, Wish } from "./protocol.js";

export interface Source {
  name: string;
  blob: Blob;
}

/** The shares of the pixels that are tried while memory runs out. */
const SHARES = [1, 0.5, 0.25, 0.125];

export class Wholes {
  private readonly engine: Engine;
  /** Counts how often it was told to rest. */
  private rests = 0;

  constructor(script: string, wasm: () => Promise<ArrayBuffer>) {
    this.engine = new Engine(script, wasm);
  }

  /**
   * The file of a hybrid, a PNG with its recipe; undefined if it was told to rest meanwhile. Where memory runs out it is made of
   * half the pixels, and so on. What is `judged` comes with warnings.
   */
  async make(
    [near, far]: readonly [Source, Source],
    options: FitOptions,
    wish: Wish,
    progress: (share: number) => void,
    judged = false,
  ): Promise<Whole | undefined> {
    const { rests } = this;
    let failure: unknown;
    for (const share of SHARES) {
      const bytes = await Promise.all([near.blob.arrayBuffer(), far.blob.arrayBuffer()]);
      if (rests !== this.rests) return undefined;
      const args = { names: [near.name, far.name] as [string, string], bytes, options, wish, share, judged };
      try {
        return await this.engine.ask("whole", args, { transfer: bytes, progress });
      } catch (error) {
        if (!(error instanceof OutOfMemory)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** Stops what is going on, and gives the memory back. */
  rest(): void {
    this.rests += 1;
    this.engine.stop();
  }
}
