// The progress bar.

import { byId } from "./canvas.js";

/** Shows a share of the work, 0 to 1; null hides the bar. */
export function progress(share: number | null): void {
  const bar = byId("progress");
  bar.classList.toggle("on", share !== null);
  bar.style.backgroundSize = `${100 * (share ?? 1)}% 100%`;
  bar.setAttribute("aria-valuenow", String(Math.round(100 * (share ?? 1))));
}
