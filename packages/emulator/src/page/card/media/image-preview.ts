import { type ComponentChild, type ComponentChildren, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../../parts/page-context.ts";
import { CardImage } from "./card-image.ts";

export interface ImagePreviewProps {
  imageKey: string;
  alt: string;
  className: string;
  style?: Record<string, string | undefined>;
  children?: ComponentChildren;
}

/** Draws a picture that a click shows in the size of the window. */
export function ImagePreview({
  imageKey,
  alt,
  className,
  style,
  children,
}: ImagePreviewProps): ComponentChild {
  const { texts } = usePage();
  const [isOpen, setOpen] = useState(false);
  return [
    h(
      "button",
      {
        type: "button",
        class: `image-button ${className}`,
        style: style ?? {},
        "aria-label": alt === "" ? texts.preview : `${texts.preview}: ${alt}`,
        onClick: (event: Event) => {
          // Stopped here, because the picture may stand in a container that has a click of its own.
          event.stopPropagation();
          setOpen(true);
        },
      },
      children,
    ),
    isOpen && h(Lightbox, { imageKey, alt, onClose: () => setOpen(false) }),
  ];
}

function Lightbox({
  imageKey,
  alt,
  onClose,
}: {
  imageKey: string;
  alt: string;
  onClose(): void;
}): ComponentChild {
  const { texts } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return h(
    "dialog",
    {
      ref: dialog,
      class: "lightbox",
      "aria-label": texts.preview,
      onClose,
      onClick: () => dialog.current?.close(),
    },
    h(CardImage, { imageKey, alt, className: "lightbox-image" }),
  );
}
