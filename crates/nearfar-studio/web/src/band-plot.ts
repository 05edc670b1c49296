// A plot of how much of each picture the hybrid took, from coarse to fine.

import { element, paint } from "./canvas.js";
import type { Band, Frame } from "./protocol.js";

const HEIGHT = 360;
const LEFT = 34;
const RIGHT = 52;
const TOP = 16;
const BOTTOM = 62;
const NAMES = ["NEAR", "FAR", "NEAR’s details", "FAR’s shapes", "The hybrid"];

export class BandPlot extends HTMLElement {
  private drawn: (() => void) | null = null;

  connectedCallback(): void {
    let width = 0;
    new ResizeObserver(() => {
      if (this.clientWidth > 0 && this.clientWidth !== width) this.drawn?.();
      width = this.clientWidth;
    }).observe(this);
  }

  /** Clears the plot while nothing is known. */
  wait(): void {
    if (!this.firstChild) this.innerHTML = `<p class="quiet">Taking the pictures apart …</p>`;
  }

  /** `side` is the picture's shorter side in pixels. */
  show(bands: Band[], spectra: Frame[], side: number, crossover: number | null): void {
    const pictures = spectra.map((frame, i) => {
      const canvas = element("canvas", { role: "img", ariaLabel: `Spectrum of ${NAMES[i]}` });
      paint(canvas, frame);
      return element("figure", {}, canvas, element("figcaption", {}, NAMES[i] ?? ""));
    });
    this.drawn = () => this.draw(bands, pictures, side, crossover);
    this.drawn();
  }

  /** Draws at the full available width, so that letters keep their size. */
  private draw(bands: Band[], pictures: HTMLElement[], side: number, crossover: number | null): void {
    const WIDTH = Math.max(300, this.clientWidth);
    const sorted = [...bands].sort((a, b) => a.cycles_per_pixel - b.cycles_per_pixel);
    const cycles = sorted.map((band) => band.cycles_per_pixel * side);
    const [low, high] = [Math.min(...cycles), Math.max(...cycles)];
    const strengths = sorted.flatMap((band) => [band.near_rms, band.far_rms, band.hybrid_rms]).filter((v) => v > 1e-4);
    const top = Math.max(...strengths) * 1.3;
    const bottom = Math.max(Math.min(...strengths) / 1.3, top / 1000);
    const x = (c: number) => LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(c / low)) / Math.log(high / low);
    const plot = HEIGHT - TOP - BOTTOM;
    const y = (v: number) => TOP + (plot * Math.log(top / Math.max(v, bottom))) / Math.log(top / bottom);
    const gainY = (v: number) => TOP + plot * (1 - Math.min(1.25, Math.max(0, v)) / 1.25);
    const line = (name: string, f: (band: Band) => number) =>
      `<path class="${name}" d="${sorted.map((band, i) => `${i ? "L" : "M"}${x(cycles[i] as number).toFixed(1)} ${f(band).toFixed(1)}`).join("")}"/>`;
    const ticks = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].filter((c) => c >= low && c <= high);
    const at = crossover === null ? null : x(crossover * side);
    this.innerHTML = `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Strength of NEAR, FAR and the hybrid by spatial frequency, and the share of each that the hybrid took">
      ${ticks.map((c) => `<line class="axis" x1="${x(c)}" x2="${x(c)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${x(c)}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle">${c}</text>`).join("")}
      ${[0, 0.5, 1].map((g) => `<text x="${WIDTH - RIGHT + 8}" y="${gainY(g) + 4}">${g}</text>`).join("")}
      ${at === null ? "" : `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${HEIGHT - BOTTOM}" stroke="currentColor" stroke-dasharray="2 3"/><text x="${at + 5}" y="${TOP + 10}">crossover</text>`}
      <text x="${LEFT}" y="${HEIGHT - 24}">coarse, seen from afar</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 24}" text-anchor="end">fine, seen up close</text>
      <text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">waves across the shorter side</text>
      <text transform="translate(16 ${TOP + plot / 2}) rotate(-90)" text-anchor="middle">strength (log)</text>
      <text transform="translate(${WIDTH - 8} ${TOP + plot / 2}) rotate(-90)" text-anchor="middle">share taken</text>
      ${line("gain near", (b) => gainY(b.near_gain))}${line("gain far", (b) => gainY(b.far_gain))}
      ${line("line near", (b) => y(b.near_rms))}${line("line far", (b) => y(b.far_rms))}${line("line hybrid", (b) => y(b.hybrid_rms))}
    </svg>
    <p class="legend"><span><i style="color:var(--near)"></i>NEAR</span><span><i style="color:var(--far)"></i>FAR</span><span><i style="color:var(--ink)"></i>the hybrid</span>
    <span><i class="dash" style="color:var(--near)"></i>share of NEAR in it</span><span><i class="dash" style="color:var(--far)"></i>share of FAR in it</span></p>
    <p class="quiet">Below: the same as pictures. Waves of a picture lie around its middle, fine ones outside; bright is strong.</p>`;
    this.append(element("div", { className: "spectra" }, ...pictures));
  }
}
customElements.define("band-plot", BandPlot);
