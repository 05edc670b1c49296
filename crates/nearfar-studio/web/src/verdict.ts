// What is seen from where, and how the pictures came to fit, in words.

import { byId, element, metres } from "./canvas.js";
import type { FitReport, Percept } from "./protocol.js";
import { sentence } from "./words.js";

export function tellVerdict(percept: Percept, report: FitReport | null): void {
  byId("verdict").replaceChildren(
    ...distances(percept),
    element("small", {}, "Seen on this screen, by a model of the eye. Move the slider, or get up and walk back."),
  );
  const words = (report?.words ?? []).map((text) => element("p", {}, sentence(text)));
  const warnings = percept.warnings.map((text) => element("p", { className: "warn" }, sentence(text)));
  byId("words").replaceChildren(...words, ...warnings);
}

function distances({ near, even, far }: Percept): (Node | string)[] {
  const part = (className: string, text: string) => element("span", { className }, text);
  if (near && far) return [part("n", `NEAR up to ${metres(near)}`), ", ", part("f", `FAR from ${metres(far)}`)];
  if (far) return [part("f", `FAR from ${metres(far)}`), ", nearer neither is clear"];
  if (near) return [part("n", `NEAR up to ${metres(near)}`), ", farther neither is clear"];
  if (even) return ["It changes at ", part("f", metres(even)), ", but neither is clear"];
  return ["It does not change as you walk away"];
}
