// Full-size pictures, made by a worker of their own: the page stays responsive, and the memory is released afterwards.

import { Engine, OutOfMemory } from "./engine.js";
import type { FitOptions, Knobs, Whole } from "./protocol.js";

export interface Source {
  name: string;
  blob: Blob;
}

/** Shares of the pixels to try when memory runs out. */
const SHARES = [1, 0.5, 0.25, 0.125];

export class Wholes {
  private readonly engine: Engine;
  /** Counts calls of rest. */
  private rests = 0;

  constructor(script: string, wasm: () => Promise<ArrayBuffer>) {
    this.engine = new Engine(script, wasm);
  }

  /**
   * The file of a hybrid, a PNG with its recipe; undefined if told to rest in the meantime. If memory runs out, it is made
   * with half the pixels, and so on. If `judged`, it comes with warnings.
   */
  async make(
    [near, far]: readonly [Source, Source],
    options: FitOptions,
    knobs: Knobs,
    progress: (share: number) => void,
    judged = false,
  ): Promise<Whole | undefined> {
    const { rests } = this;
    let failure: unknown;
    for (const share of SHARES) {
      const bytes = await Promise.all([near.blob.arrayBuffer(), far.blob.arrayBuffer()]);
      if (rests !== this.rests) return undefined;
      const args = { names: [near.name, far.name] as [string, string], bytes, options, knobs, share, judged };
      try {
        return await this.engine.ask("whole", args, { transfer: bytes, progress });
      } catch (error) {
        if (!(error instanceof OutOfMemory)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** Stops the work, and releases the memory. */
  rest(): void {
    this.rests += 1;
    this.engine.stop();
  }
}
