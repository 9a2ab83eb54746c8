export type Theme = "light" | "dark";

const KEY = "theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** Reads the theme that the person chose, or else that of the system. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemTheme();
}

/** Chooses a theme. The choice of the system's own theme makes the page follow the system again. */
export function chooseTheme(theme: Theme): void {
  if (theme === systemTheme()) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  applyTheme();
}

/** Follows the system's theme while the person has chosen none. @returns a function that stops following. */
export function followTheme(onChange: () => void): () => void {
  const follow = (): void => {
    applyTheme();
    onChange();
  };
  systemIsDark.addEventListener("change", follow);
  return () => systemIsDark.removeEventListener("change", follow);
}

/** Applies the current theme to the document. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}

function systemTheme(): Theme {
  return systemIsDark.matches ? "dark" : "light";
}
