// What is seen from where, and how the pictures were brought into register, in words.

import { byId, element, metres } from "./canvas.js";
import type { FitReport, Percept } from "./protocol.js";
import { NEAREST } from "./walk-back.js";
import { SAME, sentence } from "./words.js";

/** Shows that a new pair is being fitted. */
export function tellFinding(isSame: boolean): void {
  tell(isSame ? "NEAR and FAR are the same picture" : "Finding how the two fit …");
  reasons(null, [], isSame);
}

/** The pair is in register; percepts follow with the final hybrid. */
export function tellFitted(report: FitReport, isSame: boolean): void {
  if (!isSame) tell("They fit. Making the hybrid …");
  reasons(report, [], isSame);
}

export function tellVerdict(percept: Percept, report: FitReport | null, isSame: boolean): void {
  byId("verdict").replaceChildren(
    ...distances(percept),
    element("small", {}, "Seen on this screen, by a model of the eye. Move the slider, or get up and walk back."),
  );
  // Advice for making two pictures flip does not apply to one picture with itself.
  reasons(report, isSame ? [] : percept.warnings, isSame);
}

function tell(text: string): void {
  if (byId("verdict").textContent !== text) byId("verdict").textContent = text;
}

function reasons(report: FitReport | null, warnings: string[], isSame: boolean): void {
  const words = (report?.words ?? []).map((text) => element("p", {}, sentence(text)));
  const warned = (isSame ? [SAME, ...warnings] : warnings).map((text) => element("p", { className: "warn" }, sentence(text)));
  byId("words").replaceChildren(...warned, ...words);
}

function distances({ near, even, far }: Percept): (Node | string)[] {
  const part = (className: string, text: string) => element("span", { className }, text);
  // The slider starts here, and nobody reads a screen from any nearer.
  const closest = `closer than ${metres(NEAREST)}`;
  const upTo = (at: number) => part("n", at < NEAREST ? `NEAR only ${closest}` : `NEAR up to ${metres(at)}`);
  const from = (at: number) => part("f", at < NEAREST ? "FAR from any distance" : `FAR from ${metres(at)}`);
  if (near && far) return [upTo(near), ", ", from(far)];
  if (far) return [from(far), ...(far < NEAREST ? [] : [", nearer neither is clear"])];
  if (near) return [upTo(near), ", farther neither is clear"];
  if (even) return ["It changes ", part("f", even < NEAREST ? closest : `at ${metres(even)}`), ", but neither is clear"];
  return ["It does not change as you walk away"];
}
