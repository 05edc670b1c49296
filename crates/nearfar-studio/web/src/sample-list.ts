// The sample pairs of the page.

import { byId, element } from "./canvas.js";
import { type Picture, samples } from "./inside.js";

/** `chose` is called with a pair, NEAR first. */
export function offerSamples(chose: (near: Picture, far: Picture) => void): void {
  const picture = ({ name, blob }: Picture) =>
    element("img", { src: URL.createObjectURL(blob), alt: "", title: name, loading: "lazy" });
  for (const { title, near, far } of samples()) {
    const button = element(
      "button",
      { type: "button" },
      element("span", { className: "pics" }, picture(near), picture(far)),
      element("span", { className: "title" }, title),
    );
    button.onclick = () => chose(near, far);
    byId("samples").append(element("li", {}, button));
  }
}
