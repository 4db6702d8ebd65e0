/** What the hub's HTTP API says (`schema.ts`, written from its OpenAPI document), under short names. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Language = 'zh' | 'en';

/** Attributes of an entity: OpenTelemetry names to values. */
export type Attributes = Record<string, string>;

/** Numbers of a fact by their names in the report; what is there depends on the fact's code. */
export type Values = Record<string, number>;

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export type Session = Schemas['Session'];
export type About = Schemas['About'];
export type IncidentSummary = Schemas['IncidentSummary'];
export type LiveIncident = Schemas['LiveIncident'];
export type IncidentState = IncidentSummary['status'];
export type Symptom = Schemas['Symptom'];
export type Evidence = Schemas['Evidence'];
export type Cause = Schemas['Cause'];
export type RuledOut = Schemas['RuledOut'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type MapNode = Schemas['MapNode'];
export type MapEdge = Schemas['MapEdge'];
export type CallMap = Schemas['CallMap'];
export type Role = MapNode['role'];
export type Rejection = Schemas['Rejection'];
export type Job = Schemas['Job'];
export type JobState = Job['state'];
export type ImportedBundle = Schemas['Bundle'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditVerification = Schemas['AuditVerification'];
export type ScorecardList = Schemas['ScorecardList'];
export type ScorecardHead = Schemas['ScorecardHead'];
export type Scorecard = Schemas['Scorecard'];
export type ScoredRun = Schemas['ScoredRun'];
export type FaultOutcome = Schemas['FaultOutcome'];
export type Estimate = Schemas['Estimate'];

/** Epoch milliseconds and the value; null where nothing was seen. OpenAPI 3.1 loses the pair. */
export type Point = [time: number, value: number | null];
export type Chart = Omit<Schemas['Chart'], 'points'> & { points: Point[] };
export type Incident = Omit<Schemas['Incident'], 'charts'> & { charts: Chart[] };

export type HealthState = Schemas['HealthState'];
export type Health = HealthState['state'];
export type Cluster = Schemas['Cluster'];
export type KindState = Schemas['KindState'];
export type TelemetryPipeline = Schemas['TelemetryPipeline'];
export type TargetPage = Schemas['TargetPage'];
export type ScrapeTarget = Schemas['Target'];
export type TelemetryFlow = Schemas['Flow'];
export type ReasonCount = Schemas['ReasonCount'];
export type ClusterCollection = Schemas['ClusterCollection'];
export type IngestToken = Schemas['IngestToken'];
export type Retention = Schemas['Retention'];
export type ClusterRegistration = Schemas['ClusterRegistration'];
export type ClusterCheck = Schemas['ClusterCheck'];
export type ClusterHistory = Schemas['ClusterHistory'];
export type AuditWebhook = Schemas['AuditWebhook'];
export type RegisteredCluster = Schemas['RegisteredCluster'];
export type Stretch = Schemas['Window'];
export type EntityHead = Schemas['EntityHead'];
export type EntityRow = Schemas['EntityRow'];
export type EntityPage = Schemas['EntityPage'];
export type EntitySummary = Schemas['EntitySummary'];
export type EntityDetail = Schemas['EntityDetail'];
export type EntityProfile = Schemas['EntityProfile'];
export type SeenContainer = Schemas['SeenContainer'];
export type SeenKind = Schemas['SeenKind'];
export type KeyMetric = Schemas['KeyMetric'];
export type RelationList = Schemas['RelationList'];
export type Happening = Schemas['HappeningRow'];
export type HappeningPage = Schemas['HappeningPage'];
export type NeighbourMap = Schemas['NeighbourMap'];
export type NeighbourNode = Schemas['NeighbourNode'];
export type Pool = Schemas['Pool'];
export type Owner = Schemas['Owner'];
export type Resources = Schemas['Resources'];
export type Placement = Schemas['Placement'];
export type Signals = Schemas['Signals'];
export type MetricInfo = Schemas['MetricInfo'];
/** OpenAPI 3.1 loses that a value may be null in a list. */
export type MetricLine = Omit<Schemas['MetricLine'], 'values'> & { values: (number | null)[] };
export type MetricChart = Omit<Schemas['MetricChart'], 'lines'> & { lines: MetricLine[] };
export type Exemplars = Schemas['Exemplars'];
export type ExemplarPoint = Schemas['ExemplarPoint'];
export type LogLine = Schemas['LogLine'];
export type LogPage = Schemas['LogPage'];
export type LogHistogram = Schemas['LogHistogram'];
export type LogPattern = Schemas['LogPatternRow'];
export type LogPatternPage = Schemas['LogPatternPage'];
export type LogTail = Schemas['LogTail'];
export type Severity = LogLine['severity'];
export type SpanRow = Schemas['SpanRow'];
export type SpanPage = Schemas['SpanPage'];
export type Sampled = Schemas['Sampled'];
export type Trace = Schemas['Trace'];
export type Transaction = Schemas['Transaction'];
export type TransactionRule = Schemas['TransactionRuleForm'];
export type TransactionRules = Schemas['TransactionRules'];
export type TraceSpan = Schemas['TraceSpan'];
export type Troubles = Schemas['Troubles'];
export type DrillPast = Schemas['DrillPast'];
export type TroubleKind = Schemas['TroubleKind'];
export type TroubleIn = Schemas['TroubleIn'];

export type ScalableWorkloads = Schemas['ScalableWorkloads'];
export type ScalableWorkload = Schemas['ScalableWorkload'];
export type ScalableWorkloadDetail = Schemas['ScalableWorkloadDetail'];
export type ReadinessCheck = Schemas['ReadinessCheck'];
export type StartPhase = Schemas['StartPhase'];
export type ScalingPolicy = Schemas['ScalingPolicyShown'];
export type ScalingMode = ScalingPolicy['mode'];
export type NewScalingPolicy = Schemas['NewScalingPolicy'];
export type ModeStep = Schemas['ModeStep'];
export type ScalingLearning = Schemas['ScalingLearningShown'];
export type NewLearning = Schemas['NewScalingLearning'];
export type LearningJob = Schemas['ScalingLearningJob'];
export type ReserveFor = NonNullable<Schemas['NewScalingLearning']['reserve']>;
export type LearnedPolicy = Schemas['ScalingLearnedPolicy'];
export type ComparedPolicy = Schemas['ScalingComparedPolicy'];
export type ScalingCalibration = Schemas['ScalingCalibrationShown'];
export type BusinessCalendar = Schemas['BusinessCalendarForm'];
export type ScalingWaves = Schemas['ScalingWaveGroups'];
export type ScalingWaveGroup = Schemas['ScalingWaveGroup'];
export type WaveMember = Schemas['WaveMember'];
export type ScalingPlan = Schemas['ScalingPlanShown'];
export type UnservedMetric = Schemas['UnservedMetricShown'];
export type PlannedChange = Schemas['PlannedChange'];
export type OwnedField = Schemas['OwnedField'];
export type ScalingEffect = Schemas['ScalingEffectShown'];
export type ScalingShadow = Schemas['ScalingShadowShown'];
export type ShadowDecision = Schemas['ScalingShadowDecision'];
export type MetricAsked = Schemas['ScalingMetricAsked'];
export type ShadowReplicas = Schemas['ScalingShadowReplicas'];
export type ScalingVerdicts = Schemas['ScalingVerdictList'];
export type ScalingVerdict = Schemas['ScalingVerdictShown'];
export type AwaitedVerdict = Schemas['ScalingVerdictAwaited'];
export type ScalingMonth = Schemas['ScalingMonth'];
export type MonthOfApplication = Schemas['ScalingMonthApplication'];
export type MonthSum = Schemas['ScalingMonthSum'];
