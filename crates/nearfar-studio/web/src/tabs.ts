// The views of the hybrid, one pane at a time.

import { byId } from "./canvas.js";

export class Tabs {
  private readonly buttons = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
  /** Name of the open pane. */
  open = "hybrid";

  /** `opened` is called when another pane is opened. */
  constructor(private readonly opened: () => void) {
    for (const [i, button] of this.buttons.entries()) {
      button.onclick = () => this.show(button.id.replace("tab-", ""));
      button.onkeydown = (event) => {
        const last = this.buttons.length - 1;
        const to = { ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const next = this.buttons[to];
        next?.focus();
        next?.click();
      };
    }
  }

  private show(name: string): void {
    this.open = name;
    for (const button of this.buttons) {
      const here = button.id === `tab-${name}`;
      button.setAttribute("aria-selected", String(here));
      button.tabIndex = here ? 0 : -1;
      byId(button.getAttribute("aria-controls") ?? "").hidden = !here;
    }
    // A picture stays beside the knobs while the page scrolls, if there is room; points and spectra are too large for that.
    byId("stage").classList.toggle("sticks", name === "hybrid" || name === "compare");
    byId("walk-box").hidden = name === "points" || name === "bands";
    this.opened();
  }
}
