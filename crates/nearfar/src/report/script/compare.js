
// Two pictures side by side in one frame.
const pictures = [...document.querySelectorAll("[data-name]")];
const wipe = document.querySelector(".wipe");
for (const [side, first, target] of [["wipe-left", 1, "wipe-above"], ["wipe-right", 0, "wipe-below"]]) {
  const select = find(side);
  for (const [i, picture] of pictures.entries()) select.add(new Option(picture.dataset.name, i));
  select.selectedIndex = first;
  const change = () => {
    find(target).src = pictures[select.value].src;
    find(target).alt = `${side === "wipe-left" ? "Left" : "Right"}: ${select.selectedOptions[0].text}`;
  };
  select.addEventListener("change", change);
  change();
}
find("cut").addEventListener("input", (event) => wipe.style.setProperty("--cut", `${event.target.value}%`));

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = find(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent);
      find("copied").textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(text);
      find("copied").textContent = "Selected: copy it with the keyboard.";
    }
  });
}
