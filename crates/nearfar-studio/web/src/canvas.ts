// Helpers for elements, canvases and distances.

import type { Frame } from "./protocol.js";

export function paint(canvas: HTMLCanvasElement, frame: Frame): void {
  if (canvas.width !== frame.width || canvas.height !== frame.height) {
    canvas.width = frame.width;
    canvas.height = frame.height;
  }
  canvas.getContext("2d")?.putImageData(new ImageData(frame.rgba, frame.width, frame.height), 0, 0);
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`there is no #${id}`);
  return found as T;
}

/** A distance as text. */
export function metres(distance: number): string {
  if (distance < 1) return `${Math.round(100 * distance)} cm`;
  return `${distance < 10 ? distance.toFixed(1) : Math.round(distance)} m`;
}
