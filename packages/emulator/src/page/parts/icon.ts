import { type ComponentChild, h } from "preact";

// Paths of strokes in a square of 24 units.
const PATHS = {
  chat: "M4 5h16v11H12l-5 4v-4H4z",
  send: "M4 12 20 4l-5 16-4-7zM11 13l9-9",
  back: "M15 5l-7 7 7 7",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  mention: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1",
  reply: "M10 5 4 11l6 6v-4c5 0 8 1.5 10 5 0-6-3.5-9-10-9z",
  recall: "M4 9h10a5.5 5.5 0 0 1 0 11H8M4 9l4-4M4 9l4 4",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  toEnd: "M12 5v13M6 12l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  time: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.5v.5",
  warning: "M12 4 2.5 20h19zM12 10v4M12 16.5v.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1-4 4-6 8-6s7 2 8 6",
  robot: "M6 8h12v10H6zM12 4v4M9.5 12v1.5M14.5 12v1.5M3 12v3M21 12v3",
  star: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.9-5.2 2.9 1-5.9-4.3-4.1 5.9-.8z",
  refresh: "M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5",
  stop: "M7 7h10v10H7z",
  play: "M8 5l11 7-11 7z",
  more: "M5 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM12 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4zM19 11.3a.7.7 0 1 0 0 1.4.7.7 0 0 0 0-1.4z",
  thumb: "M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.5 3H19c1 0 1.5 1 1.3 2l-1.5 6.5c-.2 1-1 1.5-2 1.5H7",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  inspect: "M4 5h16v14H4zM14 5v14M8 10l-2 2 2 2",
  chart: "M4 20h16M7 20v-7M12 20V6M17 20v-10",
  audio: "M5 10v4M9 7v10M13 4v16M17 8v8M21 11v2",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  thread: "M4 5h16v9H9l-5 4zM9 9.5h7",
  dot: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
} as const;

export type IconName = keyof typeof PATHS;

/** Draws an icon. @param size width and height in pixels. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }): ComponentChild {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" },
    h("path", { d: PATHS[name] }),
  );
}
