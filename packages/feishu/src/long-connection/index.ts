export {
  type FeishuLongConnection,
  type FeishuLongConnectionOptions,
  feishuLongConnection,
} from "./feishu-long-connection.ts";
