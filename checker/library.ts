/**
 * The checker as a library, for your own protocol: `sprite-check/checker`.
 *
 *   A protocol is made of cells (`cell`), a specification of protocols, variants and properties
 *   (`defineSpecification`); `instanceOf` boots one. Then each function does one thing with a
 *   protocol and returns plain data: every state (`exploreProtocol`), walks (`walkProtocol`), one
 *   story (`replayStory`, `shrinkStory`, `certifyStory`), two protocols (`compareProtocols`).
 *   No function prints, and the only callback is `onProgress`.
 */
export { cell, type CellParts } from './specification/cell.ts';
export type { FactsOf, Given, Held, Observed, StateOf } from './specification/event-types.ts';
export { effect, lookAt, type See, type Send } from './specification/typed-names.ts';
export {
  defineSpecification,
  type Culprit,
  type ScenarioBase,
  type Specification,
  type Variant,
} from './specification/specification.ts';
export type { Covering } from './specification/covering.ts';
export type {
  Cell,
  Deadlock,
  Effect,
  Event,
  Local,
  Look,
  Observe,
  Protocol,
  Start,
  Step,
  Story,
  View,
} from './specification/protocol.ts';
export {
  claimsOf,
  equal,
  firstOf,
  witnessesOf,
  type Claim,
  type ClaimKind,
  type Finding,
  type Property,
  type Removal,
  type StepClaim,
  type StepTaken,
  type Witness,
} from './specification/property.ts';
export { seesSteps, type Observer, type TakenStep } from './specification/observer.ts';
export { ModelFault } from './specification/specification-error.ts';
export { NO_DEADLOCK } from './claims/deadlock.ts';
export { refinement, type Refinement } from './claims/refinement.ts';
export { EVERY_EVENT_IS_SPECIFIED } from './claims/unspecified-event.ts';
export type { Json } from './text/json.ts';

export { instanceOf, type Instance, type InstanceNames } from './library/instance.ts';
export type { FoundStory, StoryOfProperty } from './library/found-story.ts';
export {
  exploreProtocol,
  type ExploredProtocol,
  type ExploreProtocolOptions,
} from './library/explore-protocol.ts';
export {
  walkProtocol,
  type WalkedProtocol,
  type WalkProtocolOptions,
} from './library/walk-protocol.ts';
export {
  certifyStory,
  replayStory,
  shrinkStory,
  type CertifiedStory,
  type ReplayedStory,
  type ShrunkStory,
  type ReplayedStep,
} from './library/stories.ts';
export { compareProtocols, type CompareOptions } from './library/compare-protocols.ts';
