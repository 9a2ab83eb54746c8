import { card, column, columns, header, markdown, plain } from "../card-parts.ts";
import type { Chapter } from "../chapter.ts";

export const media: Chapter = {
  name: "图片与人员",
  cards: ({ images, people }) => [
    card(
      [
        { tag: "img", img_key: images.wide, alt: plain("湖边的日落"), title: plain("按宽度裁成 16:9") },
        {
          tag: "img",
          img_key: images.tall,
          alt: plain("高山"),
          scale_type: "crop_top",
          size: "large",
          corner_radius: "8px",
        },
        columns("none", [
          column([
            {
              tag: "img",
              img_key: images.square,
              alt: plain("方形"),
              scale_type: "fit_horizontal",
              corner_radius: "12px",
            },
          ]),
          column([
            {
              tag: "img",
              img_key: images.tall,
              alt: plain("竖图"),
              scale_type: "fit_horizontal",
              preview: false,
            },
          ]),
        ]),
        markdown(`文字中间的图片：\n\n![日落](${images.wide})\n\n图片之后的文字。`),
      ],
      header("图片", "orange"),
    ),
    card([
      {
        tag: "img_combination",
        combination_mode: "triple",
        corner_radius: "8px",
        img_list: [{ img_key: images.wide }, { img_key: images.square }, { img_key: images.tall }],
      },
      {
        tag: "img_combination",
        combination_mode: "trisect",
        img_list: [images.square, images.wide, images.tall, images.square, images.wide, images.tall].map(
          (img_key) => ({ img_key }),
        ),
      },
    ]),
    card(
      [
        { tag: "person", user_id: people[0] ?? "", size: "large", show_name: true },
        { tag: "person", user_id: people[1] ?? "", show_name: true, style: "capsule" },
        { tag: "person_list", persons: [...people, "ou_nobody"].map((id) => ({ id })), show_name: true },
        {
          tag: "person_list",
          persons: [...people, ...people].map((id) => ({ id })),
          show_name: false,
          size: "medium",
        },
      ],
      header("人员", "green"),
    ),
    card([
      {
        tag: "chart",
        aspect_ratio: "2:1",
        chart_spec: { type: "bar", title: { text: "每周运行次数" }, data: { values: [] } },
      },
      { tag: "audio", file_key: "file_v2_gallery" },
    ]),
  ],
};
