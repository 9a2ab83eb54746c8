export {
  type ContractRule,
  type DriverContractOptions,
  driverContract,
  type ReadCard,
} from "./driver-contract.ts";
export { ManualClock } from "./manual-clock.ts";
export {
  type RecordedCard,
  type RecordedFault,
  RecordingDriver,
  type RecordingDriverOptions,
} from "./recording-driver.ts";
export { type ScriptStep, scriptedSource } from "./scripted-source.ts";
