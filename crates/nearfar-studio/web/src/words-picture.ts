// Words as a picture, to be seen from afar.

import { byId } from "./canvas.js";

export const WORDS_FILE = "words.png";

/** Between black and white, which would take more light and dark from the near picture than words need. */
const [INK, PAPER] = ["#464646", "#bababa"];
/** The part of width and height that the words may fill, and the distance of lines, in heights of a letter. */
const [ACROSS, DOWN, LINE] = [0.86, 0.7, 1.1];
/** Most pixels along the longer side, and most lines. */
const [LONGEST, MOST_LINES] = [4096, 4];

/** The words in as many lines as make them largest, in the shape of the given size. */
export async function wordsPicture(words: string, width: number, height: number): Promise<File> {
  const factor = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * factor), Math.round(height * factor));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot draw text");
  const font = (em: number) => `800 ${em}px system-ui, sans-serif`;
  const fitted = (lines: string[]) => {
    context.font = font(100);
    const widest = Math.max(...lines.map((line) => context.measureText(line).width));
    const em = 100 * Math.min((ACROSS * canvas.width) / widest, (DOWN * canvas.height) / (100 * LINE * lines.length));
    return { lines, em };
  };
  const ways = Array.from({ length: MOST_LINES }, (_, i) => fitted(broken(words, i + 1)));
  const { lines, em } = ways.reduce((best, way) => (way.em > best.em ? way : best));
  context.fillStyle = PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  Object.assign(context, { fillStyle: INK, font: font(em), textAlign: "center", textBaseline: "middle" });
  for (const [i, line] of lines.entries()) {
    const middle = canvas.height / 2 + LINE * em * (i - (lines.length - 1) / 2);
    context.fillText(line, canvas.width / 2, middle);
  }
  return new File([await canvas.convertToBlob({ type: "image/png" })], WORDS_FILE, { type: "image/png" });
}

/** Words in at most `count` lines of about equal length. */
function broken(text: string, count: number): string[] {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines[lines.length - 1] ?? "";
    const isFull = lines.length < count && last.length + word.length / 2 > text.length / count;
    if (last === "" || !isFull) lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Asks for words where the page offers it; `said` is called with them. */
export function offerWords(said: (words: string) => void): void {
  const dialog = byId<HTMLDialogElement>("words-dialog");
  const input = byId<HTMLInputElement>("words-input");
  for (const link of document.querySelectorAll<HTMLElement>("[data-words]")) {
    link.onclick = () => {
      dialog.returnValue = "";
      dialog.showModal();
      input.select();
    };
  }
  dialog.onclose = () => {
    const words = input.value.trim();
    if (dialog.returnValue === "ok" && words) said(words);
  };
}
