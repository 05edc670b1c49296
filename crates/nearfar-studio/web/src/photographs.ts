// The two photographs: read by the worker, shown in their slots and in the editor of points.

import { byId } from "./canvas.js";
import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import { areSame } from "./files.js";
import type { PhotoSlot } from "./photo-slot.js";
import type { PointsEditor } from "./points-editor.js";
import type { PhotoInfo, Side } from "./protocol.js";
import { toast } from "./toast.js";

export interface Photograph {
  name: string;
  blob: Blob;
  info: PhotoInfo;
}

export class Photographs {
  private readonly slots = [byId<PhotoSlot>("near"), byId<PhotoSlot>("far")] as const;
  private readonly both: [Photograph | null, Photograph | null] = [null, null];

  /** `took` is called with files for one side. */
  constructor(
    private readonly engine: Engine,
    private readonly points: PointsEditor,
    took: (files: File[], side: Side) => void,
  ) {
    for (const slot of this.slots) {
      slot.addEventListener("files", (event) => took((event as CustomEvent<File[]>).detail, slot.side));
    }
  }

  /** NEAR and FAR; null while one is missing. */
  get pair(): [Photograph, Photograph] | null {
    const [near, far] = this.both;
    return near && far ? [near, far] : null;
  }

  get near(): Photograph | null {
    return this.both[0];
  }

  /** Whether NEAR and FAR are the same file. */
  async areSame(): Promise<boolean> {
    const [near, far] = this.both;
    return near !== null && far !== null && areSame(near.blob, far.blob);
  }

  /** The side that is still free, or else NEAR. */
  get free(): Side {
    return this.both[0] && !this.both[1] ? 1 : 0;
  }

  /** Reads a file for one side; false if that failed. */
  async put(side: Side, blob: Blob, name: string): Promise<boolean> {
    const slot = this.slots[side];
    slot.wait("Reading …");
    try {
      const bytes = await blob.arrayBuffer();
      const info = await this.engine.ask("load", { side, name, bytes }, { transfer: [bytes] });
      if (!info) return false;
      this.both[side] = { name, blob, info };
      this.points.forget();
      this.show(side);
      for (const note of info.notes) toast(`${name}: ${note}`);
      return true;
    } catch (error) {
      fail(error, name);
      return false;
    } finally {
      slot.wait(null);
    }
  }

  /** Swaps NEAR and FAR, and their points. */
  async swap(): Promise<void> {
    const swapped = this.engine.ask("swap", null);
    const pairs = this.points.points.map(({ near, far }) => ({ near: far, far: near }));
    this.both.reverse();
    this.points.forget();
    for (const side of [0, 1] as const) this.show(side);
    await swapped;
    this.points.restore(pairs);
  }

  /** Sends the pictures to a new worker. */
  async again(): Promise<void> {
    for (const [side, photograph] of this.both.entries()) {
      if (!photograph) continue;
      const { name, blob } = photograph;
      const bytes = await blob.arrayBuffer();
      await this.engine.ask("load", { side: side as Side, name, bytes }, { transfer: [bytes] }).catch(() => undefined);
    }
  }

  private show(side: Side): void {
    const photograph = this.both[side];
    if (!photograph) return;
    const { name, blob, info } = photograph;
    this.slots[side].show(name, info);
    this.points.picture(side, info.thumb, blob, info.width, info.height);
  }
}
