// A magnifier over a picture, with every pixel of its file if the browser can decode it.

import { element } from "./canvas.js";

/** Diameter in CSS pixels, and magnification relative to the screen. */
const LOUPE = 124;
const TIMES = 4;
/** The most pixels kept of a file, at four bytes each. */
const MOST_PIXELS = 16e6;

/** A picture to magnify: on the screen, and its file. */
export class Sight {
  private whole: ImageBitmap | null = null;
  private blob: Blob | null = null;

  /** `width` and `height` are those of the file when upright. */
  constructor(
    readonly canvas: HTMLCanvasElement,
    public width = 1,
    public height = 1,
  ) {}

  /** Replaces the picture. */
  take(blob: Blob, width: number, height: number): void {
    this.rest();
    Object.assign(this, { blob, width, height });
  }

  /** Decodes the file if that is not done yet; until then, or if the browser cannot, the picture on the screen is used. */
  async read(): Promise<void> {
    const { blob, width, height } = this;
    if (!blob || this.whole) return;
    const share = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
    const size = share < 1 ? { resizeWidth: Math.round(width * share), resizeHeight: Math.round(height * share) } : {};
    const whole = await createImageBitmap(blob, size).catch(() => null);
    // A different shape means that the browser does not rotate the file as nearfar does.
    const isAlike = whole && Math.abs(whole.width / whole.height / (width / height) - 1) < 0.01;
    if (isAlike && blob === this.blob && !this.whole) this.whole = whole;
    else whole?.close();
  }

  /** Releases the memory. */
  rest(): void {
    this.whole?.close();
    this.whole = null;
  }

  get source(): HTMLCanvasElement | ImageBitmap {
    return this.whole ?? this.canvas;
  }
}

export class Loupe {
  readonly canvas = element("canvas", { className: "loupe", hidden: true });

  constructor() {
    this.canvas.width = this.canvas.height = 2 * LOUPE;
    this.canvas.style.width = this.canvas.style.height = `${LOUPE}px`;
  }

  hide(): void {
    this.canvas.hidden = true;
  }

  /** Shows the surroundings of a point, given in pixels of the file, above the finger at `event`. */
  show(sight: Sight, [x, y]: [number, number], event: PointerEvent): void {
    const context = this.canvas.getContext("2d");
    const frame = this.canvas.parentElement?.getBoundingClientRect();
    if (!context || !frame) return;
    const { source } = sight;
    const scale = source.width / sight.width;
    const sees = (LOUPE / TIMES) * (source.width / sight.canvas.getBoundingClientRect().width);
    const [left, top] = [(x + 0.5) * scale - sees / 2, (y + 0.5) * scale - sees / 2];
    const side = this.canvas.width;
    context.imageSmoothingEnabled = sees > side;
    context.fillStyle = "#808080";
    context.fillRect(0, 0, side, side);
    context.drawImage(source, left, top, sees, sees, 0, 0, side, side);
    const [middle, arm] = [side / 2, 28];
    for (const [color, width] of [["#000", 6], ["#fff", 3]] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(middle, middle - arm);
      context.lineTo(middle, middle + arm);
      context.moveTo(middle - arm, middle);
      context.lineTo(middle + arm, middle);
      context.stroke();
    }
    // Above the finger, or below it near the top of the screen.
    const above = event.clientY > LOUPE + 50;
    this.canvas.style.left = `${Math.min(frame.width - LOUPE, Math.max(0, event.clientX - frame.left - LOUPE / 2))}px`;
    this.canvas.style.top = `${event.clientY - frame.top + (above ? -LOUPE - 34 : 40)}px`;
    this.canvas.hidden = false;
  }
}
