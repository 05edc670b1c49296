// The knobs and the choice of the method: what somebody wishes, and what is chosen where they wish nothing.

import { byId } from "./canvas.js";
import type { KnobRow } from "./knob-row.js";
import type { Settings, Wish } from "./protocol.js";

/** What a method is, for somebody who has never heard of it. */
const METHODS: Record<Wish["mixer"], string> = {
  descent: "The best picture: every pixel is changed until both are as clear as they can be.",
  fourier: "The classical way: the coarse of one and the fine of the other, added.",
  article: "As the method was first published, step by step; it takes about 20 seconds.",
};

export class Controls {
  private readonly octaves = byId<KnobRow>("octaves");
  private readonly color = byId<KnobRow>("far-color");
  private readonly tone = byId<KnobRow>("far-tone");
  private readonly beside = byId<KnobRow>("beside");
  private readonly detail = byId<KnobRow>("detail-weight");

  /** `changed` is called when another wish is made. */
  constructor(changed: () => void) {
    this.detail.say = (weight) => weight.toFixed(2);
    document.addEventListener("knob", () => changed());
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      radio.onchange = () => {
        this.tellMethod();
        changed();
      };
    }
    this.tellMethod();
  }

  private tellMethod(): void {
    byId("method-note").textContent = METHODS[this.wish.mixer];
  }

  get wish(): Wish {
    const checked = (name: string) => document.querySelector<HTMLInputElement>(`input[name=${name}]:checked`)?.value;
    const strength = (checked("strength") ?? "even") as Wish["share"]["strength"];
    return {
      mixer: (checked("mixer") ?? "descent") as Wish["mixer"],
      octaves: this.octaves.value ?? 0,
      share: { strength, color: this.color.value, tone: this.tone.value, beside: this.beside.value },
      "detail-weight": this.detail.value,
    };
  }

  /** Says what was chosen, and which knobs have an effect. */
  show({ chosen, share, chosenShare, detailWeight, side, face }: Settings): void {
    const { mixer } = this.wish;
    const across = face?.width ?? side;
    this.octaves.say = (octaves) =>
      `${(chosen * 2 ** octaves * across).toFixed(1)} cycles across ${face ? "the face" : "the picture"}`;
    this.octaves.chosen = 0;
    this.color.chosen = chosenShare.color;
    this.tone.chosen = chosenShare.tone;
    this.beside.chosen = chosenShare.focus?.rest ?? 1;
    this.detail.chosen = detailWeight;
    this.color.enabled = share !== null;
    this.tone.enabled = share !== null;
    this.beside.enabled = share?.focus != null;
    this.detail.enabled = mixer === "descent";
  }
}
