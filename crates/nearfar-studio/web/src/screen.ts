// Pixel density of this screen.

import { byId } from "./canvas.js";

const KEY = "nearfar-studio-ppi";
/** A bank card, ISO/IEC 7810 ID-1, in inches: horizontal, or vertical if the screen is narrower than a card is long. */
const LYING = 85.6 / 25.4;
const UPRIGHT = 53.98 / 25.4;
/** Default densities in CSS pixels per inch: 96 on desks by definition, about 160 on phones. */
const DESK = 96;
const PHONE = 160;

export class ScreenSize {
  private measured: number | null = null;

  constructor(private readonly changed: () => void) {
    try {
      const kept = Number(localStorage.getItem(KEY));
      if (kept >= 40 && kept <= 500) this.measured = kept;
    } catch {
      // A page opened from a file may have no storage.
    }
    byId("calibrate").onclick = () => this.ask();
  }

  /** CSS pixels per inch of the screen. */
  get ppi(): number {
    return this.measured ?? (matchMedia("(pointer: coarse) and (max-width: 600px)").matches ? PHONE : DESK);
  }

  get isMeasured(): boolean {
    return this.measured !== null;
  }

  private ask(): void {
    const dialog = byId<HTMLDialogElement>("screen");
    const slider = byId<HTMLInputElement>("card-width");
    const number = byId<HTMLInputElement>("ppi");
    const card = byId("card");
    const isUpright = innerWidth < 600;
    const inches = isUpright ? UPRIGHT : LYING;
    card.classList.toggle("upright", isUpright);
    byId("card-how").textContent = isUpright ? "Hold a bank card upright" : "Hold a bank card";
    const show = (ppi: number) => {
      card.style.width = `${inches * ppi}px`;
    };
    dialog.showModal();
    slider.max = String(Math.min(900, card.parentElement?.clientWidth ?? innerWidth));
    slider.value = String(inches * this.ppi);
    number.value = this.ppi.toFixed(1);
    show(this.ppi);
    slider.oninput = () => {
      number.value = (slider.valueAsNumber / inches).toFixed(1);
      show(slider.valueAsNumber / inches);
    };
    number.oninput = () => {
      if (!number.checkValidity() || !number.value) return;
      slider.value = String(inches * number.valueAsNumber);
      show(number.valueAsNumber);
    };
    dialog.onclose = () => {
      if (dialog.returnValue !== "ok" || !number.value) return;
      this.measured = number.valueAsNumber;
      try {
        localStorage.setItem(KEY, number.value);
      } catch {
        // The density is kept until the page is closed.
      }
      this.changed();
    };
    dialog.returnValue = "";
  }
}
