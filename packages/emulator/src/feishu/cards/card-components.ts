// Components of card JSON 2.0 and their properties. Source: the component pages under
// https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/component-json-v2-overview

const EVERY = "tag element_id margin";
const BOX = "direction padding horizontal_spacing horizontal_align vertical_spacing vertical_align";
const ACT = "name required disabled disabled_tips hover_tips behaviors confirm value width";
const SELECT = `${ACT} type placeholder options`;

/** Properties of each component, by tag. */
export const componentProperties: ReadonlyMap<string, ReadonlySet<string>> = properties({
  // Containers.
  column_set: "columns flex_mode background_style horizontal_spacing horizontal_align action",
  column: `${BOX} elements width weight background_style action`,
  form: `${BOX} elements name confirm`,
  interactive_container: `${BOX} ${ACT} elements height background_style has_border border_color corner_radius`,
  collapsible_panel: `${BOX} elements expanded header border background_color`,
  // Display.
  div: "text icon width",
  markdown: "content i18n_content text_align text_size text_color icon",
  img: "img_key i18n_img_key alt title corner_radius scale_type size transparent preview",
  img_combination: "img_list combination_mode combination_transparent corner_radius",
  person: "user_id size show_avatar show_name style",
  person_list: "persons size lines show_avatar show_name drop_invalid_user_id icon ud_icon",
  chart: "chart_spec aspect_ratio color_theme preview height",
  table: "columns rows page_size row_height row_max_height freeze_first_column header_style",
  hr: "",
  audio: "file_key audio_id show_time style width fallback",
  // Interactive. A button may have three properties of schema 1.0, because the platform's own sample has them.
  button: `${ACT} type size text icon form_action_type action_type url multi_url complex_interaction`,
  input: `${ACT} placeholder default_value max_length input_type show_icon rows auto_resize max_rows label label_position`,
  overflow: `${ACT} options`,
  select_static: `${SELECT} initial_option initial_index`,
  multi_select_static: `${SELECT} selected_values`,
  select_person: `${SELECT} initial_option`,
  multi_select_person: `${SELECT} selected_values`,
  date_picker: `${ACT} placeholder initial_date`,
  picker_time: `${ACT} placeholder initial_time`,
  picker_datetime: `${ACT} placeholder initial_datetime`,
  select_img: `${ACT} options style multi_select layout aspect_ratio can_preview`,
  checker: `${ACT} checked text overall_checkable button_area checked_style padding`,
});

const TEXT = "content i18n_content text_size text_color text_align lines";

/** Properties of each text object, by tag. Titles, labels and `div`s hold text objects. A panel's title may also be `markdown`. */
export const textProperties: ReadonlyMap<string, ReadonlySet<string>> = properties({
  plain_text: TEXT,
  lark_md: TEXT,
});

/** Properties of a header's tags, by tag. */
export const headerTagProperties = properties({ text_tag: "text color" });

/** Properties of icons, by tag. */
export const iconProperties = properties({
  standard_icon: "token color size",
  custom_icon: "img_key color size",
});

/** Properties of the parts of a card that have no tag, by part. */
export const partProperties = {
  card: words("schema config header body card_link"),
  config: words(
    "streaming_mode streaming_config summary locales update_multi width_mode use_custom_translation enable_forward enable_forward_interaction style",
  ),
  header: words("title subtitle text_tag_list i18n_text_tag_list template icon padding"),
  body: words(`${BOX} elements`),
  panelHeader: words(
    "title background_color width vertical_align padding position icon icon_position icon_expanded_angle",
  ),
  confirm: words("title text"),
} as const satisfies Record<string, ReadonlySet<string>>;

/** Tags of schema 1.0 that 2.0 no longer has. */
export const retiredTags: ReadonlySet<string> = words("note action");

/** Tags of components that can stand only at the root of the body. */
export const rootOnlyTags: ReadonlySet<string> = words("form table");

/** Tags of components that count as a level of nesting. */
export const nestingTags: ReadonlySet<string> = words(
  "column_set form interactive_container collapsible_panel",
);

/** Names of properties that hold a text object. */
export const textSlots: ReadonlySet<string> = words(
  "text title subtitle placeholder label alt disabled_tips hover_tips",
);
/** Names of properties that hold an icon. */
export const iconSlots: ReadonlySet<string> = words("icon ud_icon");

function properties(table: Record<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(table).map(([tag, names]) => [tag, words(`${EVERY} ${names}`)]));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" ").filter((word) => word !== ""));
}
