export type Theme = "light" | "dark";

const KEY = "theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

/** The theme that the person chose; that of the system if they chose none. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemTheme();
}

/** Chooses a theme. Choosing the system's own follows the system again. */
export function chooseTheme(theme: Theme): void {
  if (theme === systemTheme()) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  applyTheme();
}

/** Follows the system's theme while the person chose none. @returns a function that ends it. */
export function followTheme(onChange: () => void): () => void {
  const follow = (): void => {
    applyTheme();
    onChange();
  };
  systemIsDark.addEventListener("change", follow);
  return () => systemIsDark.removeEventListener("change", follow);
}

/** Puts the theme in force. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}

function systemTheme(): Theme {
  return systemIsDark.matches ? "dark" : "light";
}
