// What is shown of the hybrid: one pane of several.

import { byId } from "./canvas.js";

export class Tabs {
  private readonly buttons = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
  /** Which one is open, by its name. */
  open = "hybrid";

  /** `opened` is called when another one is. */
  constructor(private readonly opened: () => void) {
    for (const [i, button] of this.buttons.entries()) {
      button.onclick = () => this.show(button.id.replace("tab-", ""));
      button.onkeydown = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = this.buttons[(i + step + this.buttons.length) % this.buttons.length];
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
    byId("walk-box").hidden = name === "points" || name === "bands";
    this.opened();
  }
}
