/* Runs before the first paint: the reader's own type size, so that the page does not jump. */
try {
  if (localStorage.getItem("yizhou.type") === "large") document.documentElement.dataset.type = "large";
} catch { /* storage switched off: keep the normal size */ }
