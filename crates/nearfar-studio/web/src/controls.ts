// The knobs and the choice of the method: what the user sets, and the values that are chosen for all that is not set.

import { byId } from "./canvas.js";
import type { KnobRow } from "./knob-row.js";
import type { Knobs, Settings } from "./protocol.js";

/** An explanation of each method for newcomers. */
const METHODS: Record<Knobs["mixer"], string> = {
  descent: "The best picture: every pixel is changed until both are as clear as they can be.",
  fourier: "The classical way: coarse shapes of one plus fine details of the other.",
  article: "As the method was first published, step by step; it takes about 20 seconds.",
};

export class Controls {
  private readonly octaves = byId<KnobRow>("octaves");
  private readonly color = byId<KnobRow>("far-color");
  private readonly tone = byId<KnobRow>("far-tone");
  private readonly relight = byId<KnobRow>("relight");
  private readonly beside = byId<KnobRow>("beside");
  private readonly detail = byId<KnobRow>("detail-weight");

  /** Earlier positions of the knobs, for undo, and the current one. */
  private readonly past: Knobs[] = [];
  private last: Knobs;

  /** `changed` is called when a knob is turned. */
  constructor(private readonly changed: () => void) {
    this.detail.say = (weight) => weight.toFixed(2);
    document.addEventListener("knob", (event) => this.turned((event as CustomEvent<{ ended: boolean }>).detail.ended));
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[type=radio]")) radio.onchange = () => this.turned(true);
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z") return;
      // Points and text fields have an undo of their own.
      if (event.defaultPrevented || (event.target as Element).closest("points-editor, dialog")) return;
      event.preventDefault();
      this.goBack();
    });
    this.last = this.knobs;
    this.tellMethod();
  }

  /** Resets the knobs: their values for the last pair do not apply to a new one. */
  reset(): void {
    this.octaves.value = null;
    this.color.value = null;
    this.tone.value = null;
    this.relight.value = null;
    this.beside.value = null;
    this.detail.value = null;
    this.past.length = 0;
    this.last = this.knobs;
  }

  private turned(ended: boolean): void {
    this.tellMethod();
    const { knobs } = this;
    if (ended && JSON.stringify(knobs) !== JSON.stringify(this.last)) {
      this.past.push(this.last);
      this.last = knobs;
    }
    this.changed();
  }

  private goBack(): void {
    const knobs = this.past.pop();
    if (!knobs) return;
    const check = (name: string, value: string) => {
      const radio = document.querySelector<HTMLInputElement>(`input[name=${name}][value=${value}]`);
      if (radio) radio.checked = true;
    };
    check("mixer", knobs.mixer);
    check("strength", knobs.share.strength);
    this.octaves.value = knobs.octaves || null;
    this.color.value = knobs.share.color;
    this.tone.value = knobs.share.tone;
    this.relight.value = knobs.share.relight;
    this.beside.value = knobs.share.beside;
    this.detail.value = knobs["detail-weight"];
    this.last = this.knobs;
    this.tellMethod();
    this.changed();
  }

  private tellMethod(): void {
    byId("method-note").textContent = METHODS[this.knobs.mixer];
  }

  get knobs(): Knobs {
    const checked = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value;
    const strength = (checked("strength") ?? "even") as Knobs["share"]["strength"];
    return {
      mixer: (checked("mixer") ?? "descent") as Knobs["mixer"],
      octaves: this.octaves.value ?? 0,
      share: {
        strength,
        color: this.color.value,
        tone: this.tone.value,
        relight: this.relight.value,
        beside: this.beside.value,
      },
      "detail-weight": this.detail.value,
    };
  }

  /** Shows the chosen values, and which knobs have an effect. */
  show({ chosen, share, chosenShare, detailWeight, side, face }: Settings): void {
    const { mixer } = this.knobs;
    const across = face?.width ?? side;
    this.octaves.say = (octaves) =>
      `${(chosen * 2 ** octaves * across).toFixed(1)} cycles across ${face ? "the face" : "the picture"}`;
    this.octaves.chosen = 0;
    this.color.chosen = chosenShare.color;
    this.tone.chosen = chosenShare.tone;
    this.relight.chosen = chosenShare.relight;
    this.beside.chosen = chosenShare.focus?.rest ?? 1;
    this.detail.chosen = detailWeight;
    this.color.enabled = share !== null;
    this.tone.enabled = share !== null;
    this.relight.enabled = share !== null;
    this.beside.enabled = share?.focus != null;
    this.detail.enabled = mixer === "descent";
  }
}
