// Written by `npm run api` from docs/reference/openapi.json; do not edit.

export interface paths {
    "/api/v1/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version and state of this hub */
        get: operations["about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done, newest first */
        get: operations["auditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the chain of hashes through the whole log */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bundles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imported recordings, latest first */
        get: operations["bundles"];
        put?: never;
        /** Import a recording, a .zip or .tar.gz */
        post: operations["importBundle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bundles/{digest}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The archive of a recording, as it was imported */
        get: operations["bundleFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which clusters are watched, and how well */
        get: operations["clusters"];
        put?: never;
        /** Register a cluster and watch it */
        post: operations["registerCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try to reach a cluster and to read from it, without registering it */
        post: operations["checkCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace the address and what opens a registered cluster */
        put: operations["replaceCluster"];
        post?: never;
        /** Forget a registered cluster, what opens it and its audit webhook; its history is kept for its time */
        delete: operations["removeCluster"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{name}/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For API servers: deliver audit events, an EventList of audit.k8s.io/v1 */
        post: operations["deliverAuditEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{name}/audit-webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a token by which the API server may deliver audit events; ends the last one */
        put: operations["openAuditWebhook"];
        post?: never;
        /** End the token of the audit webhook */
        delete: operations["closeAuditWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clusters/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Of which times something is known */
        get: operations["clusterHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drill/troubles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Troubles that can be put into the simulated cluster, and those that are in
         * @description NotFound unless the hub runs with one, as ./bw demo does.
         */
        get: operations["troubles"];
        put?: never;
        /** Put trouble into the simulated cluster, now, where it can be felt */
        post: operations["causeTrouble"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drill/troubles/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take trouble out again; what follows may need a while to mend */
        delete: operations["cureTrouble"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What exists, filtered, searched and ordered */
        get: operations["entities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many there are, by type and namespace */
        get: operations["entitySummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entity, with what it is related to */
        get: operations["entity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entity/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last known API object, trimmed and with suspicious values masked */
        get: operations["entityObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entity/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the containers of a pod or a workload are seen as now, and why */
        get: operations["entityProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/happenings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Changes, lifecycles, events and changes of health, newest first */
        get: operations["happenings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents, those that are open first, then latest onset first */
        get: operations["incidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One incident with its evidence and charts */
        get: operations["incident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The situation report the incident is part of, as a file */
        get: operations["report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is */
        get: operations["job"];
        put?: never;
        post?: never;
        /** Cancel an import; a running one ends at its next step */
        delete: operations["cancelJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log-patterns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What log lines say, by the statement that wrote them
         * @description Patterns with lines in that time. Lines are counted within a quarter of a minute after they came in. Attributes are not looked at.
         */
        get: operations["logPatterns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Log lines, newest first */
        get: operations["logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/histogram": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many lines there were when */
        get: operations["logHistogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/logs/tail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Log lines as they come
         * @description Server-sent events named lines, at most 200 lines a second; what is more is counted. The stream ends after ten minutes; who asks again with Last-Event-ID goes on from there. from and to are not looked at.
         */
        get: operations["tailLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An entity and its causal neighbours, at most 150 nodes; the rest is counted */
        get: operations["map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/exemplars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Single measurements of a metric, with the traces in which they were made
         * @description Of each series and minute the newest four are kept; in all 500000, the oldest minutes go first.
         */
        get: operations["metricExemplars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A question about metrics, on a grid of times */
        post: operations["queryMetrics"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/metrics/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One metric of an entity, ready to draw
         * @description A level is averaged over a step, a count becomes a rate, a histogram its quantiles; the lines of the highest mean are told.
         */
        get: operations["metricSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pipeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How telemetry comes in, and what is not kept */
        get: operations["pipeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pipeline/ingest-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a token by which senders push telemetry; ends the last one */
        put: operations["openIngest"];
        post?: never;
        /** End the token by which senders push telemetry */
        delete: operations["closeIngest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pipeline/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is scraped, and how each target does */
        get: operations["scrapeTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where pods of a size fit by requests, labels and taints
         * @description Affinities, volumes and priorities are not looked at.
         */
        get: operations["placement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Nodes by pool, with what they have and what is asked */
        get: operations["pools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept, since when, and in how much room */
        get: operations["retention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holidays, pay days, sales and windows, by which policies keep replicas */
        get: operations["businessCalendar"];
        /** Another calendar; policies that keep replicas by a calendar follow it at once */
        put: operations["setBusinessCalendar"];
        post?: never;
        /** No calendar; days are told apart by their load */
        delete: operations["resetBusinessCalendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a workload received and was: requests, errors, latency, replicas, CPU */
        get: operations["scalingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/learned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policies that were learned, newest first */
        get: operations["scalingLearned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/learning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far learning a workload has come, and what was learned of it last */
        get: operations["scalingLearning"];
        put?: never;
        /**
         * Learn a policy from a workload's history; takes from seconds to minutes
         * @description One job a workload. What is learned is kept and changes nothing in the cluster.
         */
        post: operations["learnScaling"];
        /** Cancel learning a workload */
        delete: operations["cancelScalingLearning"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/metrics-api": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who serves custom and external metrics in a cluster, and how ours get there */
        get: operations["scalingMetricsApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans, the newest first */
        get: operations["scalingPlans"];
        put?: never;
        /** Make a plan of a policy: the API server tries it and says what would change */
        post: operations["planScaling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One plan */
        get: operations["scalingPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/plans/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a plan up */
        post: operations["cancelScalingPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/plans/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Apply a plan; its state tells what came of it
         * @description Nothing is applied if the policy, the autoscaler or who else scales the workload changed since the plan was made.
         */
        post: operations["confirmScalingPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scaling policies: those set here, and those that stand in the clusters */
        get: operations["scalingPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a policy; a new one begins by observing, a known one keeps its mode */
        put: operations["setScalingPolicy"];
        post?: never;
        /** Forget a policy; an autoscaler that was applied stays in the cluster */
        delete: operations["removeScalingPolicy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/policy/mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move a policy one mode on, as the evidence allows or for a reason, or back
         * @description Auto is not offered: plans are confirmed by a person.
         */
        put: operations["setScalingMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What scaling did in a month, beside the default and constant replicas */
        get: operations["scalingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/report/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a Markdown file */
        get: operations["scalingReportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/shadow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a policy in shadow decided, and its effect beside what is in force */
        get: operations["scalingShadow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/shadow/replicas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replicas over time, in force and in shadow */
        get: operations["scalingShadowReplicas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether changes of a workload's replicas were needed, in time and enough */
        get: operations["scalingVerdicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/waves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** In which order similar workloads would get a policy: a pilot, then waves */
        get: operations["scalingWaves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workload: each gap with what helps, who else scales it, its policy and plans */
        get: operations["scalableWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scaling/workloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Workloads, how ready each is to be autoscaled, and its policy */
        get: operations["scalableWorkloads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scorecards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scorecards of drills, the latest first */
        get: operations["scorecards"];
        put?: never;
        /** Keep a scorecard as the drill wrote it; the same one twice is one */
        post: operations["addScorecard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scorecards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One scorecard with all its runs */
        get: operations["scorecard"];
        put?: never;
        post?: never;
        /** Remove a scorecard */
        delete: operations["removeScorecard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in */
        get: operations["currentSession"];
        put?: never;
        /** Log in; sets the cookie bw_session */
        post: operations["login"];
        /** Log out */
        delete: operations["logout"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's own password; ends one's other sessions */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which signals there are of an entity, or at all */
        get: operations["signals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who runs how much, and asks for how much */
        get: operations["teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spans, newest first; of each trace its root */
        get: operations["traces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/traces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A trace: its spans and its log lines */
        get: operations["trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is kept of a transaction: its traces and its log lines, by serial number */
        get: operations["transaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How transactions are named, and where their serial numbers stand */
        get: operations["transactionRules"];
        /** Other rules, for what comes from now on */
        put: operations["setTransactionRules"];
        post?: never;
        /** Back to the usual rules */
        delete: operations["resetTransactionRules"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everyone who may log in */
        get: operations["users"];
        put?: never;
        /** Add a user with a generated password */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a user and end their sessions */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        About: {
            build: string;
            demo: boolean;
            drill: components["schemas"]["AboutDrill"] | null;
            java: string;
            /** @description id of the incident that a demonstration opens on */
            openIncident: string | null;
            /** Format: date-time */
            startedAt: string;
            version: string;
        };
        /** @description by which thing customers come in: where a look around begins */
        AboutDrill: {
            cluster: string;
            name: string;
            namespace: string;
            type: string;
        };
        AddedUser: {
            /** @description generated, shown only here; to be changed at first login */
            initialPassword: string;
            user: components["schemas"]["User"];
        };
        /** @description what an attribute has to be like; one that is absent is the empty text */
        AttributeFilter: {
            attribute: string;
            /**
             * @description one-of, none-of, like and unlike a regular expression
             * @enum {string}
             */
            test: "one-of" | "none-of" | "like" | "unlike";
            /** @description one expression for like and unlike */
            values: string[];
        };
        AttributeSpread: {
            attribute: string;
            /** Format: int32 */
            values: number;
        };
        AuditEntry: {
            /** @enum {string} */
            action: "LOGIN" | "LOGIN_FAILED" | "LOGIN_THROTTLED" | "LOGOUT" | "PASSWORD_CHANGED" | "PASSWORD_CHANGE_FAILED" | "USER_ADDED" | "USER_REMOVED" | "BUNDLE_UPLOADED" | "BUNDLE_IMPORTED" | "BUNDLE_IMPORT_FAILED" | "BUNDLE_IMPORT_CANCELLED" | "CLUSTER_REGISTERED" | "CLUSTER_REPLACED" | "CLUSTER_REMOVED" | "CLUSTER_CHECKED" | "AUDIT_WEBHOOK_OPENED" | "AUDIT_WEBHOOK_CLOSED" | "BUNDLE_DOWNLOADED" | "INGEST_OPENED" | "INGEST_CLOSED" | "TRANSACTION_RULES_CHANGED" | "BUSINESS_CALENDAR_CHANGED" | "SCORECARD_ADDED" | "SCORECARD_REMOVED" | "TROUBLE_CAUSED" | "TROUBLE_CURED" | "SCALING_POLICY_SET" | "SCALING_POLICY_REMOVED" | "SCALING_MODE_CHANGED" | "SCALING_LEARNING_BEGUN" | "SCALING_LEARNING_CANCELLED" | "SCALING_LEARNED" | "SCALING_PLANNED" | "SCALING_PLAN_CANCELLED" | "SCALING_PLAN_CONFIRMED" | "SCALING_APPLIED" | "SCALING_NOT_APPLIED";
            address: string;
            detail: string;
            /** Format: date-time */
            time: string;
            user: string;
        };
        /** @description audit.k8s.io/v1 EventList */
        AuditEvents: {
            items?: {
                [key: string]: unknown;
            }[] | null;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            next: string | null;
            /** Format: int64 */
            total: number;
        };
        AuditTaken: {
            /**
             * Format: int64
             * @description items that are no audit events
             */
            rejected: number;
            /**
             * Format: int32
             * @description requests that changed something
             */
            taken: number;
        };
        AuditVerification: {
            /** Format: int64 */
            entries: number;
            /**
             * Format: int64
             * @description number of the first entry that was tampered with, counted from 1
             */
            firstBroken: number | null;
            intact: boolean;
        };
        /** @description where the API server may send its audit events */
        AuditWebhook: {
            /** @example /api/v1/clusters/prod/audit-events */
            path: string;
            /** @description bearer token, shown only here */
            token: string;
        };
        /** @description how the values lay before the onset: median, 5th and 95th percentile */
        Before: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            median: number;
        };
        BrokenPolicy: {
            cluster: string;
            error: string;
            name: string;
            namespace: string;
            /** @enum {string} */
            source: "HUB" | "CLUSTER";
        };
        Bundle: {
            /** @description SHA-256 of the archive */
            digest: string;
            /** Format: date-time */
            importedAt: string;
            /** Format: int32 */
            incidents: number;
            name: string;
            rejections: components["schemas"]["Rejection"][];
            /** Format: int64 */
            sizeBytes: number;
            window: components["schemas"]["Window"];
        };
        BundlePage: {
            items: components["schemas"]["Bundle"][];
            next: string | null;
            /** Format: int64 */
            total: number;
        };
        /** @description what a business knows of its days; replicas are kept by it */
        BusinessCalendarForm: {
            /** @description what happens each day at the same local time */
            daily: components["schemas"]["DailyWindowForm"][];
            /** @description what happens once, each time by itself */
            events: components["schemas"]["BusinessEventForm"][];
            /** @description days that are off besides */
            holidays: string[];
            /**
             * Format: int32
             * @description working days at the end of a month that are apart; 0 for none
             */
            monthEndDays: number;
            /** @description days of the month, 1 to 31; one that is off moves to the working day before */
            payDays: number[];
            /** @description days of a weekend that are worked, in exchange for a holiday */
            swapped: string[];
            /** @description whether nobody has set it; what is sent does not count */
            usual?: boolean | null;
            /** @description days of the week that are off */
            weekend: ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[];
            /**
             * @description in which days begin
             * @example Asia/Shanghai
             */
            zone: string;
        };
        BusinessEventForm: {
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            kind: "FLASH_SALE" | "BATCH_WINDOW" | "MARKET_OPEN" | "OTHER";
            /**
             * @description the same for each time it happens
             * @example flash sale
             */
            name: string;
            /** Format: date-time */
            to: string;
        };
        Calibration: {
            bins: components["schemas"]["CalibrationBin"][];
            /** Format: int32 */
            claims: number;
            /** Format: double */
            error: number | null;
        };
        CalibrationBin: {
            /** Format: int32 */
            claims: number;
            /** Format: double */
            confidence: number;
            /** Format: double */
            from: number;
            /** Format: double */
            right: number;
            /** Format: double */
            to: number;
        };
        CallMap: {
            edges: components["schemas"]["MapEdge"][];
            nodes: components["schemas"]["MapNode"][];
        };
        Cause: {
            /** Format: double */
            confidence: number;
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            evidence: components["schemas"]["Evidence"][];
            kind: string;
            kindText: string;
            layer: string;
            name: string;
            path: components["schemas"]["Entity"][];
            /** Format: int32 */
            rank: number;
            type: string;
        };
        Chart: {
            before: components["schemas"]["Before"] | null;
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            id: string;
            name: string;
            /** Format: date-time */
            onset: string;
            /** @description [milliseconds since 1970-01-01T00:00Z, value]; a null value is a gap; at most 600 points that keep the lowest and highest of what they stand for */
            points: (number | null)[][];
            signal: string;
            /** @description UCUM; empty if not stated */
            unit: string;
        };
        Claim: {
            /** Format: double */
            confidence: number;
            right: boolean;
        };
        Cluster: {
            apiUrl: string;
            /**
             * Format: date-time
             * @description how new what is known of it is
             */
            asOf: string | null;
            /** @description whether there is a token by which its API server delivers audit events */
            auditWebhook: boolean;
            counts: components["schemas"]["ClusterCounts"];
            /** @description what was seen and what helps; empty while all is well */
            detail: string;
            kinds: components["schemas"]["KindState"][];
            name: string;
            pipeline: components["schemas"]["Pipeline"];
            /**
             * @description PascalCase word; empty while all is well
             * @example Unauthorized
             */
            reason: string;
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            source: "KUBECONFIG" | "IN_CLUSTER" | "REGISTERED";
            /** @enum {string} */
            state: "CONNECTING" | "SYNCING" | "LIVE" | "DOWN" | "UNAVAILABLE";
            /**
             * Format: int32
             * @description entities that are degraded or failing, containers aside
             */
            troubles: number;
        };
        ClusterCheck: {
            /** @description kinds that the cluster does not let us read */
            denied: string[];
            error: string | null;
            reachable: boolean;
            readable: string[];
            /** @example v1.36.2 */
            version: string | null;
        };
        ClusterCollection: {
            cluster: string;
            /** Format: int32 */
            failing: number;
            /** @description why targets fail */
            failures: components["schemas"]["ReasonCount"][];
            /** @description what asks to be scraped and is not, or not so */
            issues: components["schemas"]["ReasonCount"][];
            podLogs: components["schemas"]["PodLogs"] | null;
            /**
             * Format: int64
             * @description samples of each one's last page, together
             */
            samples: number;
            /**
             * Format: int32
             * @description pages that are scraped
             */
            targets: number;
        };
        ClusterCounts: {
            /** Format: int32 */
            namespaces: number;
            /** Format: int32 */
            nodes: number;
            /** Format: int32 */
            pods: number;
            /** Format: int32 */
            services: number;
            /** Format: int32 */
            workloads: number;
        };
        ClusterHistory: {
            /** Format: int32 */
            retentionDays: number;
            /** @description when the cluster was heard, oldest first */
            stretches: components["schemas"]["Window"][];
        };
        ClusterList: {
            items: components["schemas"]["Cluster"][];
        };
        /** @description a cluster and what opens it: a token, or a client certificate and its key; none of it is ever given back */
        ClusterRegistration: {
            /** @example https://10.0.0.1:6443 */
            apiUrl: string;
            /** @description PEM; without it what the machine trusts */
            certificateAuthority?: string | null;
            /** @description PEM */
            clientCertificate?: string | null;
            /** @description PEM */
            clientKey?: string | null;
            name: string;
            token?: string | null;
        };
        /** @description how many there are; at least so many where they were not all counted */
        Counted: {
            /** Format: int64 */
            count: number;
            exact: boolean;
        };
        DailyWindowForm: {
            /**
             * @description local time
             * @example 22:00
             */
            from: string;
            /** @enum {string} */
            kind: "FLASH_SALE" | "BATCH_WINDOW" | "MARKET_OPEN" | "OTHER";
            /** @example end-of-day batch */
            name: string;
            /**
             * @description local time; on the next day unless it is later
             * @example 02:00
             */
            to: string;
            workingDaysOnly: boolean;
        };
        DrillPast: {
            /**
             * Format: date-time
             * @description when the history of the cluster's metrics begins
             */
            from: string;
            /**
             * Format: date-time
             * @description up to which time it is there
             */
            reached: string;
            /** @enum {string} */
            state: "WRITING" | "WRITTEN" | "FAILED";
            /**
             * Format: date-time
             * @description when it ends, before the watch began
             */
            to: string;
        };
        Entity: {
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            name: string;
            type: string;
        };
        EntityDetail: {
            /** Format: date-time */
            asOf: string;
            /** @description of a pod */
            containers: components["schemas"]["EntityRow"][];
            entity: components["schemas"]["EntityRow"];
            relations: components["schemas"]["Relations"];
            /** @description when its cluster was heard, oldest first */
            stretches: components["schemas"]["Window"][];
        };
        /** @description an entity in few words */
        EntityHead: {
            cluster: string;
            health: components["schemas"]["HealthState"];
            /** @example pod/shop/cart-7f9 */
            id: string;
            kind: string | null;
            name: string;
            namespace: string | null;
            pod: string | null;
            type: string;
            typeText: string;
        };
        EntityPage: {
            /**
             * Format: date-time
             * @description how new the answer is; the oldest where several clusters answer
             */
            asOf: string | null;
            items: components["schemas"]["EntityRow"][];
            next: string | null;
            /**
             * Format: int64
             * @description how many match in all
             */
            total: number;
        };
        /** @description what the containers of something are seen as, and why */
        EntityProfile: {
            /** @description the annotation that decides instead of the evidence */
            annotation: string;
            containers: components["schemas"]["SeenContainer"][];
            /** @description the pod they were looked at in: the thing itself, or the first of its pods; null where there is none */
            pod: string | null;
        };
        /** @description what exists: identity, health, and all that is known of it */
        EntityRow: {
            application: string | null;
            /** @description OpenTelemetry attributes, identifying and descriptive */
            attributes: {
                [key: string]: string;
            };
            cluster: string;
            /** Format: date-time */
            created: string | null;
            health: components["schemas"]["HealthState"];
            /** @example pod/shop/cart-7f9 */
            id: string;
            /**
             * @description of an object without a type of its own
             * @example Kafka.kafka.strimzi.io
             */
            kind: string | null;
            name: string;
            namespace: string | null;
            /** @description of a container */
            pod: string | null;
            team: string | null;
            /** @example pod */
            type: string;
            /** @example Pod */
            typeText: string;
        };
        EntitySummary: {
            /** Format: date-time */
            asOf: string | null;
            /** @description those with most trouble first, at most 200 */
            namespaces: components["schemas"]["NamespaceCount"][];
            /** Format: int64 */
            total: number;
            types: components["schemas"]["TypeCount"][];
        };
        /** @description 95 of 100 resamples of the seeds lie from low to high; null with one seed */
        Estimate: {
            /** Format: double */
            high: number | null;
            /** Format: double */
            low: number | null;
            /** Format: double */
            value: number;
        };
        Evidence: {
            /** @description id of a chart */
            chart?: string;
            /** @example LevelShift */
            code: string;
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            name: string;
            sample?: string;
            sentence: string;
            signal: string;
            signalType: string;
            /** Format: date-time */
            since: string;
            type: string;
            /** @description UCUM */
            unit?: string;
            values: {
                [key: string]: number;
            };
            /** Format: double */
            weight: number;
        };
        /** @description a single measurement, and the trace in which it was made */
        ExemplarPoint: {
            /** @description of its series */
            attributes: {
                [key: string]: string;
            };
            /** @description what its sender says of it besides */
            labels: {
                [key: string]: string;
            };
            /** @description empty if only the trace is known */
            spanId: string;
            /** Format: date-time */
            time: string;
            /** @description the trace may be one that was not chosen to be kept */
            traceId: string;
            /**
             * Format: double
             * @description in the unit of what was measured, which a rate is not
             */
            value: number;
        };
        Exemplars: {
            /** @description newest first */
            items: components["schemas"]["ExemplarPoint"][];
            /** @description whether there are older ones that are not told */
            more: boolean;
        };
        /** @description a cluster of OpenSearch, as of some seconds ago */
        ExternalStore: {
            address: string;
            /** Format: date-time */
            asOf: string;
            /** @enum {string} */
            health: "UNKNOWN" | "GREEN" | "YELLOW" | "RED" | "UNREACHABLE";
            /** @description records that it will never take, since the start */
            rejected: components["schemas"]["ReasonCount"][];
            /**
             * Format: int64
             * @description records that were sent to it again, since the start
             */
            retried: number;
            /** @description why it cannot be asked; null if it can */
            trouble: string | null;
            /** @description of OpenSearch; empty if it is not known */
            version: string;
        };
        FaultOutcome: {
            /**
             * Format: double
             * @description in the likeliest cause, 0 to 1
             */
            confidence: number | null;
            /**
             * Format: double
             * @description null if it was missed
             */
            detectedAfterSeconds: number | null;
            /**
             * Format: double
             * @description until the right cause was first and stayed so; null if it never was
             */
            diagnosedAfterSeconds: number | null;
            /** Format: int32 */
            incidents: number;
            kindRight: boolean;
            layer: string;
            layerRight: boolean;
            /**
             * Format: int32
             * @description of the right cause; null if it is not among the causes
             */
            rank: number | null;
        };
        Flow: {
            /** Format: date-time */
            last: string | null;
            rejected: components["schemas"]["ReasonCount"][];
            /** @enum {string} */
            signal: "SAMPLES" | "SPANS" | "LOGS";
            /** @example scrape */
            source: string;
            /**
             * Format: int64
             * @description records kept since the start
             */
            taken: number;
        };
        HappeningPage: {
            items: components["schemas"]["HappeningRow"][];
            next: string | null;
        };
        /** @description something that happened; what does not apply is null */
        HappeningRow: {
            author: string | null;
            /**
             * Format: int64
             * @description how often an event was seen
             */
            count: number | null;
            /** @description which fields differ, a line each */
            diff: string | null;
            entity: components["schemas"]["EntityHead"];
            /** Format: int32 */
            exitCode: number | null;
            health: components["schemas"]["HealthState"] | null;
            healthBefore: string | null;
            id: string;
            /**
             * @description of a change
             * @enum {string|null}
             */
            kind: "deploy" | "rollback" | "commit" | "config" | "flag" | "scale" | "hpa" | "restart" | "node" | "delete" | "infra" | "other" | null;
            kindText: string | null;
            /** @description field manager or user agent of a change */
            manager: string | null;
            message: string | null;
            reason: string | null;
            /** @description component that reported an event */
            reporter: string | null;
            sentence: string;
            /**
             * @description of a pod's or container's life
             * @enum {string|null}
             */
            stage: "created" | "scheduled" | "pulling" | "pulled" | "started" | "ready" | "unready" | "terminated" | "restarted" | "evicted" | "deleting" | "gone" | null;
            stageText: string | null;
            summary: string | null;
            /** Format: date-time */
            time: string;
            /** @description by the audit log */
            user: string | null;
            /** @description whether an event is a warning */
            warning: boolean | null;
            /** @enum {string} */
            what: "change" | "lifecycle" | "event" | "health";
        };
        HealthState: {
            message: string;
            /** @example CrashLoopBackOff */
            reason: string;
            /** Format: date-time */
            since: string | null;
            /** @enum {string} */
            state: "healthy" | "completed" | "suspended" | "unknown" | "progressing" | "degraded" | "failing";
        };
        ImportAccepted: {
            job: string;
        };
        Incident: {
            bundle: string;
            /** @description SHA-256 of the archive of the bundle */
            bundleDigest: string;
            causes: components["schemas"]["Cause"][];
            charts: components["schemas"]["Chart"][];
            id: string;
            /** Format: date-time */
            importedAt: string;
            insufficientEvidence: components["schemas"]["InsufficientEvidence"] | null;
            live: components["schemas"]["LiveIncident"] | null;
            map: components["schemas"]["CallMap"];
            /** Format: date-time */
            onset: string;
            ruledOut: components["schemas"]["RuledOut"][];
            /** @enum {string} */
            status: "RECORDED" | "OPEN" | "CLOSED";
            symptoms: components["schemas"]["Symptom"][];
            timeline: components["schemas"]["TimelineEntry"][];
            title: string;
            window: components["schemas"]["Window"];
        };
        IncidentPage: {
            items: components["schemas"]["IncidentSummary"][];
            next: string | null;
            /** Format: int64 */
            total: number;
        };
        IncidentSummary: {
            bundle: string;
            id: string;
            /** Format: date-time */
            importedAt: string;
            /** @description the diagnosis says that evidence is missing */
            insufficient: boolean;
            live: components["schemas"]["LiveIncident"] | null;
            /** Format: date-time */
            onset: string;
            /** @enum {string} */
            status: "RECORDED" | "OPEN" | "CLOSED";
            /** Format: int32 */
            symptoms: number;
            title: string;
            topCause: components["schemas"]["TopCause"] | null;
        };
        IngestToken: {
            /** @description bearer token, shown only here */
            token: string;
        };
        InsufficientEvidence: {
            missing: ("HISTORY_BEFORE_ONSET" | "SAMPLES_AFTER_ONSET" | "TRACES" | "LOGS" | "TOPOLOGY" | "KUBERNETES_OBJECTS" | "DISTINCT_CAUSE")[];
            sentence: string;
        };
        Job: {
            error: components["schemas"]["JobError"] | null;
            id: string;
            incidents: string[];
            /** Format: double */
            progress: number;
            rejections: components["schemas"]["Rejection"][];
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            step: "READ" | "DIAGNOSE" | "STORE";
        };
        JobError: {
            detail: string;
            reason: string;
        };
        KeyMetric: {
            /** @description as exporters spell it; a histogram's without its suffix */
            metric: string;
            /** @description names under which it comes in; empty where it does not */
            names: string[];
            /** @enum {string} */
            tells: "AVAILABILITY" | "ERRORS" | "LATENCY" | "SATURATION" | "TRAFFIC";
        };
        KindEvidence: {
            /** @example pg_up */
            found: string;
            /** @enum {string} */
            source: "IMAGE" | "PORT" | "COMMAND" | "ENVIRONMENT" | "METRIC" | "ANNOTATION";
            /**
             * Format: double
             * @description how sure it makes alone, 0 to 1
             */
            weight: number;
        };
        /** @description how well one kind of objects can be heard */
        KindState: {
            detail: string;
            reason: string;
            /** @example deployments.apps */
            resource: string;
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            state: "CONNECTING" | "SYNCING" | "LIVE" | "DOWN" | "UNAVAILABLE";
        };
        LayerTotals: {
            /** Format: double */
            detected: number;
            /** Format: int32 */
            faults: number;
            /** Format: double */
            layerRight: number;
            /** Format: double */
            rightAt1: number;
            /** Format: double */
            rightAt3: number;
        };
        /** @description how it goes, of all clusters, since the hub was started */
        Learning: {
            /**
             * Format: int32
             * @description patterns that are known
             */
            patterns: number;
            /**
             * Format: int64
             * @description lines whose count could not be kept
             */
            uncounted: number;
            /**
             * Format: int64
             * @description lines that belong to none because there are as many as may be
             */
            withoutRoom: number;
        };
        LiveIncident: {
            /**
             * Format: date-time
             * @description when it was taken to be over; null while it is open
             */
            closedAt: string | null;
            /** @description in which it was found while it was watched */
            cluster: string;
            /**
             * Format: date-time
             * @description a diagnosis that found it; later ones may have
             */
            lastSeenAt: string;
            /**
             * Format: date-time
             * @description when it was told first
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description when what is told was written
             */
            updatedAt: string;
        };
        /** @description a step with lines in it */
        LogBucket: {
            /** @description by severity; those without lines are left out */
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            start: string;
        };
        LogHistogram: {
            buckets: components["schemas"]["LogBucket"][];
            /** Format: date-time */
            from: string;
            /** Format: double */
            stepSeconds: number;
            /** Format: date-time */
            to: string;
            /** Format: int64 */
            total: number;
        };
        LogLine: {
            attributes: {
                [key: string]: string;
            };
            body: string;
            /**
             * @description since 1970-01-01T00:00Z
             * @example 1772368200000000000
             */
            epochNanos: string;
            resource: {
                [key: string]: string;
            };
            /** @enum {string} */
            severity: "UNSPECIFIED" | "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
            /** @description empty if the line belongs to no span */
            spanId: string;
            /** Format: date-time */
            time: string;
            /** @description empty if the line belongs to no trace */
            traceId: string;
        };
        LogPage: {
            exact: boolean;
            items: components["schemas"]["LogLine"][];
            next: string | null;
            /**
             * Format: int64
             * @description lines that match in all; at least so many where exact is false
             */
            total: number;
        };
        LogPatternPage: {
            /** Format: date-time */
            from: string;
            items: components["schemas"]["LogPatternRow"][];
            learning: components["schemas"]["Learning"];
            /**
             * Format: int64
             * @description lines of all of them in that time
             */
            lines: number;
            next: string | null;
            /**
             * Format: double
             * @description of one place of a trend
             */
            stepSeconds: number;
            /** Format: date-time */
            to: string;
            /**
             * Format: int32
             * @description patterns that match in all
             */
            total: number;
        };
        /** @description one statement as a source writes it */
        LogPatternRow: {
            /** @description by severity; those without lines are left out */
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            firstSeen: string;
            id: string;
            /** Format: date-time */
            lastSeen: string;
            /**
             * Format: int64
             * @description in that time
             */
            lines: number;
            /** @description the first line first */
            samples: components["schemas"]["LogPatternSample"][];
            /** @description what finds its lines when given as q to /logs; empty if nothing does */
            search: string;
            /**
             * @description the highest it was written at
             * @enum {string}
             */
            severity: "UNSPECIFIED" | "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
            /** @description the workload, service and container that write it */
            source: {
                [key: string]: string;
            };
            /**
             * @description with <*> for what varies
             * @example order <*> paid
             */
            text: string;
            /** @description lines in each step of that time, oldest first */
            trend: number[];
        };
        LogPatternSample: {
            body: string;
            /** @description who wrote it, down to the pod and node where they are known */
            resource: {
                [key: string]: string;
            };
            /** @enum {string} */
            severity: "UNSPECIFIED" | "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
            /** Format: date-time */
            time: string;
        };
        /** @description the data of an event named lines */
        LogTail: {
            /** @description oldest first */
            items: components["schemas"]["LogLine"][];
            /**
             * Format: int64
             * @description lines that came too but are not told, because there were too many
             */
            skipped: number;
        };
        Login: {
            password: string;
            username: string;
        };
        MapEdge: {
            from: string;
            to: string;
            type: string;
        };
        MapNode: {
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            id: string;
            layer: string;
            name: string;
            /** @enum {string} */
            role: "cause" | "symptom" | "on-path" | "affected" | "neighbour";
            /** Format: double */
            severity: number;
            type: string;
        };
        /** @description one metric, ready to draw */
        MetricChart: {
            /** Format: date-time */
            from: string;
            /** @description those of the highest mean, highest first */
            lines: components["schemas"]["MetricLine"][];
            metric: string;
            /**
             * Format: int32
             * @description lines that are not among these
             */
            more: number;
            /**
             * Format: int32
             * @description series that were read
             */
            series: number;
            /** @description attributes that all series have in common */
            shared: {
                [key: string]: string;
            };
            /** @description attributes by which the series differ; those with few values first */
            spread: components["schemas"]["AttributeSpread"][];
            /** Format: double */
            stepSeconds: number;
            /** Format: int32 */
            times: number;
            /** @description of the values: UCUM; a rate is per second */
            unit: string;
            /**
             * @description what the values are
             * @enum {string}
             */
            view: "level" | "rate" | "quantiles";
            /** @description what else they could be */
            views: string[];
        };
        /** @description select, rate, increase and over-time read a metric; aggregate and histogram-quantile work on of, ratio divides of by per */
        MetricExpression: {
            /** @description of aggregate: attributes by which to split */
            by?: string[] | null;
            /** @enum {string} */
            kind: "select" | "rate" | "increase" | "over-time" | "aggregate" | "histogram-quantile" | "ratio";
            /** @description of those that read; all metrics if not given */
            metric?: string | null;
            of?: components["schemas"]["MetricExpression"] | null;
            per?: components["schemas"]["MetricExpression"] | null;
            /**
             * Format: double
             * @description 0 to 1; of histogram-quantile, and where the reduction is quantile
             */
            quantile?: number | null;
            /**
             * @description of over-time and aggregate; last only over time
             * @enum {string|null}
             */
            reduction?: "sum" | "average" | "minimum" | "maximum" | "count" | "last" | "quantile" | null;
            /** @description of those that read: all must hold */
            where?: components["schemas"]["AttributeFilter"][] | null;
            /**
             * Format: double
             * @description of rate, increase and over-time
             */
            windowSeconds?: number | null;
        };
        MetricInfo: {
            /** @enum {string} */
            kind: "GAUGE" | "DELTA" | "CUMULATIVE";
            /** @example container.cpu.time */
            name: string;
            /** Format: int64 */
            series: number;
            /**
             * @description why it matters of what is asked of; null if it is not among what matters
             * @enum {string|null}
             */
            tells: "AVAILABILITY" | "ERRORS" | "LATENCY" | "SATURATION" | "TRAFFIC" | null;
            /**
             * @description UCUM; empty if not stated
             * @example s
             */
            unit: string;
        };
        MetricLine: {
            attributes: {
                [key: string]: string;
            };
            /** @description empty where several came to one */
            metric: string;
            /** @description one for each time; null where unknown */
            values: (number | null)[];
        };
        /** @description a question about metrics, and the times at which it is asked */
        MetricQueryRequest: {
            /**
             * Format: date-time
             * @description the first time
             */
            from: string;
            /**
             * Format: int32
             * @description more series are refused; 1 to 10000, 1000 if not given
             */
            mostSeries?: number | null;
            query: components["schemas"]["MetricExpression"];
            /**
             * Format: double
             * @description from one time to the next
             */
            stepSeconds: number;
            /**
             * Format: date-time
             * @description no time is later
             */
            to: string;
        };
        MetricResult: {
            /** Format: date-time */
            from: string;
            lines: components["schemas"]["MetricLine"][];
            /** Format: double */
            stepSeconds: number;
            /** Format: int32 */
            times: number;
        };
        MetricWay: {
            /** @description in the language that was asked for */
            text: string;
            /** @description what is written for it, YAML; null for nothing */
            yaml: string | null;
        };
        /** @description how an owner that is not ours gets the metric, through a Prometheus */
        MetricsAlternative: {
            /** @description rule of prometheus-adapter, YAML */
            adapterRule: string;
            /** @description trigger of a KEDA ScaledObject, YAML */
            kedaTrigger: string;
            /** @description path of the page, read with the ingest token */
            page: string;
            /** @description job of a Prometheus that reads it, YAML */
            prometheusJob: string;
        };
        MetricsGroup: {
            /** @description whether the API server reaches it */
            available: boolean;
            /** @description why it is not known; null if it is */
            error: string | null;
            /** @example external.metrics.k8s.io */
            group: string;
            /** @description whether that is this product's */
            ours: boolean;
            /**
             * @description namespace and name of the service behind it; null if nobody serves it
             * @example keda/keda-operator-metrics-apiserver
             */
            owner: string | null;
            version: string;
        };
        ModeRequirement: {
            met: boolean;
            /** @enum {string} */
            rule: "READINESS_GAPS" | "DAYS_IN_MODE" | "SHADOW_DECISIONS" | "HURT_SHARE_ADDED" | "POD_HOURS_RATIO" | "JUDGED_EVENTS" | "GOOD_SHARE" | "REVERTED_EVENTS" | "PILOTS_MISSING";
            /**
             * Format: double
             * @description null where it was not measured
             */
            seen: number | null;
            /** @description in the language that was asked for */
            title: string;
            /** Format: double */
            wanted: number;
        };
        ModeStep: {
            /** @enum {string} */
            from: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO";
            /** @description whether the evidence allows it */
            granted: boolean;
            requirements: components["schemas"]["ModeRequirement"][];
            /**
             * @description null where there is none further
             * @enum {string|null}
             */
            to: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO" | null;
        };
        /** @description neighbours that are not on the map */
        More: {
            /** Format: int32 */
            in: number;
            /** Format: int32 */
            out: number;
        };
        NamespaceCount: {
            cluster: string;
            namespace: string;
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            troubles: number;
        };
        NeighbourMap: {
            /** Format: date-time */
            asOf: string;
            /** @description whether something was left out because there is too much of it */
            cut: boolean;
            edges: components["schemas"]["MapEdge"][];
            nodes: components["schemas"]["NeighbourNode"][];
        };
        NeighbourNode: {
            entity: components["schemas"]["EntityHead"] | null;
            health: components["schemas"]["HealthState"];
            /**
             * @description goes into expand
             * @example pod/shop/cart-7f9
             */
            id: string;
            layer: string;
            more: components["schemas"]["More"];
            name: string;
            namespace: string | null;
            /**
             * Format: int32
             * @description how many entities the node stands for; 1 for one
             */
            size: number;
            type: string;
            typeText: string;
        };
        NewScalingLearning: {
            /**
             * Format: double
             * @description requests a second that one replica serves; measured unless given
             */
            capacity?: number | null;
            /** @description name; need not be given while there is only one */
            cluster?: string | null;
            /**
             * Format: int32
             * @description of history to learn from, 1 to 60; 14 unless given
             */
            days?: number | null;
            /**
             * Format: int32
             * @description the policy's, the autoscaler's or what there is room for, unless given
             */
            maxReplicas?: number | null;
            /**
             * Format: int32
             * @description the policy's or the autoscaler's, unless given; where there is none, so many that one may be lost in quiet hours
             */
            minReplicas?: number | null;
            /**
             * Format: double
             * @description share of the requests that may be hurt, 0 to 1; unless given, the policy is to beat what is in force, or where nothing is, what is usual
             */
            mostHurt?: number | null;
            namespace: string;
            /**
             * @description what may be lost without anyone noticing; one replica unless given
             * @enum {string|null}
             */
            reserve?: "NOTHING" | "REPLICA" | "ZONE" | null;
            /**
             * Format: int32
             * @description until a new replica serves; measured unless given
             */
            startSeconds?: number | null;
            /** @enum {string} */
            targetKind: "Deployment" | "StatefulSet";
            targetName: string;
        };
        NewScalingMode: {
            /** @enum {string} */
            mode: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO";
            /** @description why to go on without the evidence that is missing; noted in the audit log. Not taken where somebody else scales the workload too. */
            reason?: string | null;
        };
        NewScalingPlan: {
            /** @description name; need not be given while there is only one */
            cluster?: string | null;
            namespace: string;
            /** @description name of the policy */
            policy: string;
        };
        NewScalingPolicy: {
            /** @description as autoscaling/v2 has it */
            behavior?: {
                [key: string]: unknown;
            } | null;
            /** @description name; need not be given while there is only one */
            cluster?: string | null;
            downstreams?: components["schemas"]["ScalingDownstream"][] | null;
            /** @description of the autoscaler; the policy's unless given */
            hpaName?: string | null;
            /** Format: int32 */
            maxReplicas: number;
            /** @description as autoscaling/v2 has them; CPU at 80 % of the requests unless given */
            metrics?: {
                [key: string]: unknown;
            }[] | null;
            /**
             * Format: int32
             * @description 1 unless given
             */
            minReplicas?: number | null;
            /** @description the target's unless given */
            name?: string | null;
            namespace: string;
            pilot?: boolean | null;
            /** @enum {string} */
            targetKind: "Deployment" | "StatefulSet";
            targetName: string;
        };
        NewTrouble: {
            /**
             * @description id of its kind
             * @example disk-slow
             */
            kind: string;
        };
        NewUser: {
            /** @enum {string} */
            role: "ADMIN" | "OPERATOR" | "AUDITOR";
            username: string;
        };
        OtherScalerFound: {
            /** @description whether it keeps a policy from being applied */
            blocking: boolean;
            /**
             * @description kind and name, or a field manager
             * @example ScaledObject cart
             */
            owner: string;
            /** @description what it does, in the language that was asked for */
            text: string;
        };
        OwnMetrics: {
            /**
             * Format: int64
             * @description samples kept since the start
             */
            kept: number;
            /**
             * Format: int64
             * @description samples that could not be kept
             */
            lost: number;
            /**
             * Format: int64
             * @description spans whose other side was not waited for, because too many waited
             */
            settledEarly: number;
            /**
             * Format: int32
             * @description samples that the store refused and that are tried again
             */
            waiting: number;
        };
        OwnedField: {
            /** @example .spec.maxReplicas */
            field: string;
            /**
             * @description field manager
             * @example kubectl
             */
            owner: string;
        };
        /** @description what belongs to one team, application or namespace */
        Owner: {
            cluster: string;
            limits: components["schemas"]["Resources"];
            /** @description empty for what belongs to none */
            name: string;
            /**
             * Format: int32
             * @description that its pods run on
             */
            nodes: number;
            /** Format: int32 */
            pods: number;
            requests: components["schemas"]["Resources"];
            /**
             * Format: int32
             * @description workloads and bare pods in trouble
             */
            troubled: number;
            /**
             * Format: int32
             * @description pods that do not ask for CPU or not for memory
             */
            unrequested: number;
        };
        OwnerList: {
            /** Format: date-time */
            asOf: string | null;
            items: components["schemas"]["Owner"][];
        };
        PasswordChange: {
            current: string;
            next: string;
        };
        PhaseTime: {
            phase: string;
            /** Format: double */
            seconds: number;
        };
        /** @description what was heard since the hub began to listen, and what became of it */
        Pipeline: {
            /** Format: int64 */
            changes: number;
            /**
             * Format: double
             * @description from hearing to knowing
             */
            lagSeconds: number;
            /** Format: int64 */
            observed: number;
            /** Format: int32 */
            queueCapacity: number;
            /** Format: int32 */
            queued: number;
            /** Format: int64 */
            rejected: number;
            rejections: components["schemas"]["Rejected"][];
            /** @description why what is known cannot be kept at present; null if it can */
            storeTrouble: string | null;
        };
        Placement: {
            /** Format: date-time */
            asOf: string | null;
            /**
             * Format: int64
             * @description how many such pods fit in all
             */
            fits: number;
            items: components["schemas"]["PoolPlacement"][];
        };
        PlannedChange: {
            /** @description null where it is not set any more */
            after: string | null;
            /** @description null where it is not set */
            before: string | null;
            /** @example spec.maxReplicas */
            field: string;
        };
        PodLogs: {
            failures: components["schemas"]["ReasonCount"][];
            /** Format: int32 */
            followed: number;
            /** Format: int64 */
            lines: number;
            /**
             * Format: int32
             * @description containers that are not followed for want of room
             */
            waiting: number;
        };
        /** @description how long pods took to be ready, measured over 30 days */
        PodStarts: {
            /**
             * Format: int32
             * @description created and never ready
             */
            neverReady: number;
            /** @description in their order, the whole last; those that were seen */
            phases: components["schemas"]["StartPhase"][];
            /**
             * Format: int32
             * @description seen from created to ready
             */
            pods: number;
        };
        /** @description nodes that belong together, and what runs on them */
        Pool: {
            allocatable: components["schemas"]["Resources"];
            capacity: components["schemas"]["Resources"];
            cluster: string;
            limits: components["schemas"]["Resources"];
            /** @description empty for nodes that carry no such value */
            name: string;
            /** Format: int32 */
            nodes: number;
            /** Format: int32 */
            pods: number;
            /**
             * Format: int32
             * @description nodes that are healthy and take pods
             */
            readyNodes: number;
            requests: components["schemas"]["Resources"];
            /**
             * Format: int32
             * @description workloads and bare pods in trouble
             */
            troubled: number;
            /**
             * Format: int32
             * @description pods that do not ask for CPU or not for memory
             */
            unrequested: number;
        };
        PoolList: {
            /** Format: date-time */
            asOf: string | null;
            items: components["schemas"]["Pool"][];
        };
        PoolPlacement: {
            cluster: string;
            /**
             * Format: int64
             * @description how many such pods fit
             */
            fits: number;
            /** @description what the roomiest nodes have left */
            largest: components["schemas"]["Resources"];
            /**
             * Format: int32
             * @description nodes that take at least one
             */
            nodes: number;
            /** @description empty for nodes that carry no such value */
            pool: string;
            /** @description why the other nodes take none */
            refusals: components["schemas"]["Refusal"][];
        };
        /** @description a check from end to end, and its last run */
        ProbeState: {
            /**
             * Format: date-time
             * @description null before the first run has ended
             */
            at: string | null;
            /**
             * Format: date-time
             * @description when the server's certificate expires; null if it showed none
             */
            certificateExpires: string | null;
            /** @description what was seen; null if the answer was right */
            detail: string | null;
            /** @description null if the answer was right */
            failure: string | null;
            name: string;
            phases: components["schemas"]["PhaseTime"][];
        };
        Problem: {
            detail: string;
            instance: string;
            /**
             * @description PascalCase word that programs can rely on
             * @example BadCredentials
             */
            reason: string;
            /** Format: int32 */
            status: number;
            title: string;
            type: string;
        };
        ReadinessCheck: {
            /** @enum {string} */
            criterion: "REQUESTS" | "READINESS_PROBE" | "METRICS" | "METRICS_SERVED" | "SHUTDOWN" | "START_TIME" | "DOWNSTREAM" | "ONE_SCALER" | "ROOM";
            gaps: components["schemas"]["ReadinessGapShown"][];
            met: boolean;
            /** @description in the language that was asked for */
            title: string;
            /**
             * Format: int32
             * @description share of the score
             */
            weight: number;
        };
        ReadinessGapShown: {
            /** @description what was seen, in the language that was asked for */
            evidence: string;
            /** @description what helps, in the language that was asked for */
            fix: string;
        };
        ReasonCount: {
            /** Format: int64 */
            count: number;
            reason: string;
        };
        Refusal: {
            /** Format: int32 */
            nodes: number;
            /** @example TooLittleCpu */
            reason: string;
            reasonText: string;
        };
        RegisteredCluster: {
            apiUrl: string;
            /** @enum {string} */
            credential: "token" | "client-certificate";
            name: string;
            /** Format: date-time */
            registeredAt: string;
            registeredBy: string;
        };
        Rejected: {
            /** Format: int64 */
            count: number;
            detail: string;
            /** Format: date-time */
            last: string;
            /** @example NotAnObject */
            reason: string;
            /** @example pods */
            subject: string;
        };
        Rejection: {
            /** Format: int64 */
            count: number;
            file: string;
            /** @example metrics.jsonl.gz:17 */
            firstAt: string;
            /** @example TimeOutsideRange */
            reason: string;
        };
        RelatedEntity: {
            entity: components["schemas"]["EntityHead"];
            /** @example runs-on */
            type: string;
            /** @example runs on */
            typeText: string;
        };
        RelationList: {
            /** @description at most 200 */
            items: components["schemas"]["RelatedEntity"][];
            /**
             * Format: int32
             * @description how many there are in all
             */
            total: number;
        };
        Relations: {
            in: components["schemas"]["RelationList"];
            out: components["schemas"]["RelationList"];
        };
        ReportedIncident: {
            causes: components["schemas"]["Cause"][];
            id: string;
            insufficientEvidence: components["schemas"]["InsufficientEvidence"] | null;
            map: components["schemas"]["CallMap"];
            /** Format: date-time */
            onset: string;
            ruledOut: components["schemas"]["RuledOut"][];
            symptoms: components["schemas"]["Symptom"][];
            timeline: components["schemas"]["TimelineEntry"][];
            title: string;
        };
        Resources: {
            /**
             * Format: double
             * @description cores
             */
            cpu: number;
            /**
             * Format: double
             * @description bytes
             */
            memory: number;
            /** Format: double */
            pods: number;
        };
        RetainedKind: {
            /** Format: int64 */
            bytes: number;
            /** @description whether it takes room in another system, not on the hub's disk */
            external: boolean;
            /**
             * Format: date-time
             * @description until when it was given up for want of room
             */
            givenUp: string | null;
            /** Format: int32 */
            keepDays: number;
            /** @enum {string} */
            kind: "HAPPENINGS" | "TOPOLOGY" | "METRICS" | "LOGS" | "SPANS" | "RECORDINGS";
            /** Format: date-time */
            oldest: string | null;
        };
        Retention: {
            /**
             * Format: date-time
             * @description when it was looked at last
             */
            asOf: string;
            /**
             * Format: int64
             * @description that all together may take; null if there is no limit
             */
            budgetBytes: number | null;
            kept: components["schemas"]["RetainedKind"][];
            /**
             * Format: int64
             * @description that is to stay free on the disk
             */
            leastUsableBytes: number;
            /** @description what could not be done about the room */
            trouble: string | null;
            /**
             * Format: int64
             * @description free on the disk
             */
            usableBytes: number;
        };
        RuledOut: {
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            name: string;
            /** @enum {string} */
            reason: "EXPLAINED_BY_DEPENDENCY" | "NO_PATH_TO_SYMPTOM" | "STARTED_AFTER_SYMPTOM" | "TOO_SMALL" | "CHANGE_WITHOUT_EFFECT";
            sentence: string;
            type: string;
        };
        /** @description why a trace was kept while not all were */
        Sampled: {
            /** @enum {string} */
            reason: "failed" | "slow" | "rare" | "exemplar" | "sampled";
            /**
             * Format: double
             * @description how many traces of its sort it stands for when they are counted
             */
            weight: number;
        };
        SampledCount: {
            /** @enum {string} */
            reason: "failed" | "slow" | "rare" | "exemplar" | "sampled" | "not-sampled";
            /** Format: int64 */
            spans: number;
            /** Format: int64 */
            traces: number;
        };
        ScalableWorkload: {
            /** @description autoscalers in force */
            autoscalers: string[];
            cluster: string;
            /**
             * Format: int32
             * @description what is missing, how many
             */
            gaps: number;
            /** @example Deployment */
            kind: string;
            /**
             * @description of its policy; null without one
             * @enum {string|null}
             */
            mode: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO" | null;
            name: string;
            namespace: string;
            /** @description others that scale it too, by name */
            otherScalers: string[];
            /** @description name of its policy; null without one */
            policy: string | null;
            /** Format: int32 */
            replicas: number;
            /**
             * Format: int32
             * @description readiness to be autoscaled, 0 to 100
             */
            score: number;
        };
        ScalableWorkloadDetail: {
            /** @description each criterion, in their order */
            checks: components["schemas"]["ReadinessCheck"][];
            conflicts: components["schemas"]["OtherScalerFound"][];
            next: components["schemas"]["ModeStep"] | null;
            /** @description of its policy, the newest first, at most 20 */
            plans: components["schemas"]["ScalingPlanShown"][];
            policy: components["schemas"]["ScalingPolicyShown"] | null;
            room: components["schemas"]["ScalingRoom"];
            starts: components["schemas"]["PodStarts"];
            /** @description metrics of its policy that an autoscaler would not get */
            unservedMetrics: components["schemas"]["UnservedMetricShown"][];
            workload: components["schemas"]["ScalableWorkload"];
        };
        ScalableWorkloads: {
            /** @description by namespace and name */
            items: components["schemas"]["ScalableWorkload"][];
            /**
             * Format: int32
             * @description that fit, shown or not
             */
            total: number;
        };
        ScalingCalibrationGap: {
            /** @description with its numbers, in technical words */
            detail: string;
            /** @example KneeNotSeen */
            gap: string;
            /** @example HIGHER_LOAD_PER_REPLICA */
            remedy: string;
        };
        /** @description what the history tells of how a replica serves */
        ScalingCalibrationShown: {
            /**
             * Format: double
             * @description highest load of a replica that was seen without trouble
             */
            atLeast: number | null;
            capacity: components["schemas"]["ScalingInterval"] | null;
            cpuPerRequest: components["schemas"]["ScalingInterval"] | null;
            /** @description latency by load of a replica, fitted */
            curve: components["schemas"]["ScalingKneePoint"][];
            /** @description which latency the curve is of; null without a curve */
            curveOf: string | null;
            /** @description what could not be told, and what would help */
            gaps: components["schemas"]["ScalingCalibrationGap"][];
            /**
             * Format: int32
             * @description by which CPU follows the load
             */
            metricLagSeconds: number | null;
            /** @description mean latency by load of a replica, as it was seen */
            points: components["schemas"]["ScalingKneePoint"][];
            serviceSeconds: components["schemas"]["ScalingInterval"] | null;
        };
        ScalingComparedPolicy: {
            effect: components["schemas"]["ScalingEffectShown"];
            /** @enum {string} */
            kind: "LEARNED" | "USUAL" | "IN_FORCE" | "RECORDED" | "STATIC" | "PERFECT";
            /**
             * @description in technical words
             * @example cpu 80%, down 300s
             */
            name: string;
            /** @description that served, at the end of each step */
            ready: number[];
            /** @description asked for, at the end of each step of the load */
            replicas: number[];
        };
        ScalingDownstream: {
            /**
             * Format: double
             * @description of all of it, such as connections
             */
            capacity?: number | null;
            /**
             * @description what is called
             * @example orders-db
             */
            name: string;
            /**
             * Format: double
             * @description what one replica may take of it
             */
            perReplica?: number | null;
        };
        ScalingEffectShown: {
            /**
             * Format: double
             * @description pod-hours by those of replicas that are always busy
             */
            cost: number;
            /**
             * Format: int32
             * @description changes against the direction of the one before
             */
            flaps: number;
            /** Format: double */
            hours: number;
            /**
             * Format: double
             * @description share of the requests that waited too long, 0 to 1
             */
            hurtShare: number;
            /** Format: double */
            minutesAtMax: number;
            /**
             * Format: double
             * @description with more replicas than what they call bears
             */
            minutesOverloading: number;
            /**
             * Format: double
             * @description with fewer replicas than the load needed
             */
            minutesShort: number;
            /**
             * Format: double
             * @description in which more than 5 % of the requests were hurt
             */
            minutesViolated: number;
            /** Format: double */
            podHours: number;
            /** Format: double */
            requests: number;
            /** Format: int32 */
            rescales: number;
            /** Format: double */
            timeToCapacityP95Seconds: number;
            /** Format: double */
            violationSeconds: number;
            /**
             * Format: double
             * @description share of the requests of the worst minute that were hurt
             */
            worstMinuteShare: number;
        };
        /** @description what a workload received and was, step by step */
        ScalingHistory: {
            /** Format: date-time */
            from: string;
            /** @description those that were seen */
            signals: components["schemas"]["ScalingSignal"][];
            /** Format: int32 */
            stepSeconds: number;
            /** Format: int32 */
            steps: number;
        };
        /** @description a value and between what it lies at 95 % confidence */
        ScalingInterval: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            value: number;
        };
        ScalingKept: {
            /** Format: int32 */
            replicas: number;
            scenario: components["schemas"]["ScalingScenarioName"];
        };
        ScalingKneePoint: {
            /**
             * Format: double
             * @description requests a second of one replica
             */
            load: number;
            /** Format: double */
            seconds: number;
        };
        ScalingLearnedList: {
            /** @description the newest first */
            items: components["schemas"]["ScalingLearnedSummary"][];
        };
        ScalingLearnedPolicy: {
            calibration: components["schemas"]["ScalingCalibrationShown"];
            /** @enum {string} */
            capacityFrom: "GIVEN" | "KNEE" | "CPU" | "AT_LEAST";
            /** @description share of the steps in which each signal was seen, 0 to 1 */
            completeness: {
                [key: string]: number;
            };
            /** @description why the autoscaler in force is not among the policies; null if it is, or there is none */
            inForceUnknown: string | null;
            kept: components["schemas"]["ScalingKept"] | null;
            /** @description of the stretch that the policies' replicas are told of */
            load: components["schemas"]["ScalingLoad"];
            /** @description the whole autoscaling/v2 object */
            manifest: {
                [key: string]: unknown;
            };
            plant: components["schemas"]["ScalingPlant"];
            /** @description the same load under each, the learned one first */
            policies: components["schemas"]["ScalingComparedPolicy"][];
            /** @description metrics and behavior for a policy, as autoscaling/v2 has them */
            rules: {
                [key: string]: unknown;
            };
            scenarios: components["schemas"]["ScalingScenarios"] | null;
            settled: components["schemas"]["ScalingRulesShown"];
            /** @enum {string} */
            startFrom: "GIVEN" | "MEASURED" | "ASSUMED";
            /** Format: int32 */
            stepSeconds: number;
            summary: components["schemas"]["ScalingLearnedSummary"];
            triggers: components["schemas"]["ScalingTriggers"] | null;
        };
        ScalingLearnedSummary: {
            /**
             * Format: double
             * @description requests a second that one replica serves
             */
            capacity: number;
            cluster: string;
            expected: components["schemas"]["ScalingEffectShown"];
            /** Format: date-time */
            from: string;
            /** @example Deployment */
            kind: string;
            /** Format: date-time */
            learnedAt: string;
            learnedBy: string;
            name: string;
            namespace: string;
            /**
             * Format: double
             * @description replicas needed now; null where nothing is known
             */
            needed: number | null;
            /** @description the operating point, in technical words */
            title: string;
            /** Format: date-time */
            to: string;
        };
        ScalingLearningJob: {
            cluster: string;
            /** Format: date-time */
            endedAt: string | null;
            id: string;
            kind: string;
            /** @description what went wrong and what helps; empty if nothing did */
            message: string;
            name: string;
            namespace: string;
            /**
             * Format: double
             * @description 0 to 1
             */
            progress: number;
            /** @description word for what went wrong; empty if nothing did */
            reason: string;
            /** Format: date-time */
            startedAt: string;
            startedBy: string;
            /** @enum {string} */
            state: "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
        };
        ScalingLearningShown: {
            job: components["schemas"]["ScalingLearningJob"] | null;
            learned: components["schemas"]["ScalingLearnedPolicy"] | null;
        };
        ScalingLoad: {
            /** Format: date-time */
            from: string;
            /** @description requests a second; null where they were not seen */
            perSecond: (number | null)[];
            /** Format: int32 */
            stepSeconds: number;
        };
        /** @description how much of a rise is provided for, as logarithms of factors */
        ScalingMargin: {
            /**
             * Format: double
             * @description usual errors of the forecast that are added to what it expects
             */
            errors: number;
            /** Format: double */
            leastRise: number;
            /**
             * Format: double
             * @description null for any
             */
            mostRise: number | null;
            /** @description whether such days have a margin of their own */
            own: boolean;
        };
        ScalingMetricAsked: {
            /** @description why it asked for nothing; empty if it did not fail */
            error: string;
            /** @description pods that did not count as they are */
            leftOut: components["schemas"]["ScalingPodsLeftOut"][];
            metric: string;
            /**
             * Format: double
             * @description of usage to target
             */
            ratio: number | null;
            /**
             * Format: double
             * @description the same with pods made up for that are missing or not ready
             */
            ratioWithOthers: number | null;
            /**
             * Format: int32
             * @description null where it asked for nothing
             */
            replicas: number | null;
        };
        ScalingMetricsShown: {
            alternative: components["schemas"]["MetricsAlternative"];
            cluster: string;
            groups: components["schemas"]["MetricsGroup"][];
            /** @description whether this hub serves them to the cluster's API server */
            served: boolean;
        };
        ScalingMonth: {
            /** @description by application, workloads of none last */
            applications: components["schemas"]["ScalingMonthApplication"][];
            /** @example 2026-11 */
            month: string;
        };
        ScalingMonthApplication: {
            /** @description empty for workloads of none that is known */
            application: string;
            sum: components["schemas"]["ScalingMonthSum"];
            workloads: components["schemas"]["ScalingMonthWorkload"][];
        };
        ScalingMonthEffect: {
            /** Format: int32 */
            flaps: number;
            /**
             * Format: double
             * @description share of the requests, 0 to 1; null where nothing was asked
             */
            hurtShare: number | null;
            /**
             * Format: double
             * @description with fewer replicas than the load needed
             */
            minutesShort: number;
            /**
             * Format: double
             * @description in which more than 5 % of the requests were hurt
             */
            minutesViolated: number;
            /** Format: double */
            podHours: number;
            /** Format: int32 */
            rescales: number;
        };
        ScalingMonthSum: {
            /** @description each day's fewest constant replicas that hurt at most 0.1 % */
            constant: components["schemas"]["ScalingMonthEffect"];
            /**
             * Format: int32
             * @description of which enough was seen
             */
            days: number;
            /** Format: int32 */
            daysUnseen: number;
            /** Format: int32 */
            enough: number;
            /**
             * Format: int32
             * @description changes of the replicas that were judged
             */
            events: number;
            /**
             * Format: int32
             * @description needed, in time, enough and not reverted
             */
            good: number;
            /** Format: int32 */
            inTime: number;
            /**
             * Format: int32
             * @description of these
             */
            needed: number;
            /**
             * Format: int32
             * @description by a person
             */
            reverted: number;
            /** @description an autoscaler on CPU at 80 %, replayed */
            usual: components["schemas"]["ScalingMonthEffect"];
            was: components["schemas"]["ScalingMonthEffect"];
        };
        ScalingMonthWorkload: {
            cluster: string;
            /** @example Deployment */
            kind: string;
            name: string;
            namespace: string;
            sum: components["schemas"]["ScalingMonthSum"];
        };
        /** @description load of a replica at which others are asked for */
        ScalingOperatingLoad: {
            /** @enum {string} */
            basis: "LATENCY" | "CPU_BOUND" | "SEEN";
            /**
             * Format: double
             * @description at which users begin to suffer
             */
            kneeLoad: number;
            /**
             * Format: double
             * @description by which factor it rises when one is lost
             */
            loss: number;
            /** @enum {string} */
            lossOf: "REPLICA" | "ZONE";
            /**
             * Format: double
             * @description requests a second
             */
            perReplica: number;
            /**
             * Format: double
             * @description by which factor load may rise until new replicas serve
             */
            rise: number;
        };
        ScalingPlanList: {
            /** @description the newest first */
            items: components["schemas"]["ScalingPlanShown"][];
        };
        ScalingPlanShown: {
            /** @description what the API server says would change, field by field */
            changes: components["schemas"]["PlannedChange"][];
            cluster: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /** Format: date-time */
            decidedAt: string | null;
            decidedBy: string | null;
            id: string;
            /** @description what is applied */
            manifest: {
                [key: string]: unknown;
            };
            /** @description what went wrong and what helps; empty if nothing did */
            message: string;
            namespace: string;
            /** @description fields that others own with another value */
            owners: components["schemas"]["OwnedField"][];
            policy: string;
            /** @description word for what went wrong; empty if nothing did */
            reason: string;
            /** @enum {string} */
            state: "PLANNED" | "CONFLICTED" | "REFUSED" | "APPLYING" | "APPLIED" | "STALE" | "FAILED" | "CANCELLED";
            /** @description metrics that the autoscaler would not get, when it was planned */
            unservedMetrics: components["schemas"]["UnservedMetricShown"][];
        };
        /** @description what was replayed in */
        ScalingPlant: {
            /**
             * Format: double
             * @description requests a second that one replica serves
             */
            capacity: number;
            /**
             * Format: int32
             * @description replicas that what they call bears; null where that is not known
             */
            downstreamReplicas: number | null;
            /**
             * Format: double
             * @description a request that waits longer is hurt
             */
            hurtSeconds: number;
            /**
             * Format: double
             * @description of a request that waits for nothing
             */
            serviceSeconds: number;
            /** Format: int32 */
            startSeconds: number;
            /**
             * Format: double
             * @description of what a request costs on a new replica at first, beside the usual
             */
            warmExcess: number;
            /**
             * Format: int32
             * @description after that, until a new replica serves as much as others
             */
            warmSeconds: number;
        };
        ScalingPodsLeftOut: {
            /** @description the first ten */
            names: string[];
            /** Format: int32 */
            pods: number;
            /** @enum {string} */
            why: "DELETED" | "FAILED" | "PENDING" | "UNREADY" | "NO_SAMPLE";
        };
        ScalingPolicyList: {
            /** @description that cannot be read */
            broken: components["schemas"]["BrokenPolicy"][];
            items: components["schemas"]["ScalingPolicyShown"][];
        };
        ScalingPolicyShown: {
            /** @description null for one of the cluster */
            changedBy: string | null;
            cluster: string;
            downstreams: components["schemas"]["ScalingDownstream"][];
            hpaName: string;
            /** @description the autoscaling/v2 object that it becomes */
            manifest: {
                [key: string]: unknown;
            };
            /** Format: int32 */
            maxReplicas: number;
            /** Format: int32 */
            minReplicas: number;
            /** @enum {string} */
            mode: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO";
            /**
             * Format: date-time
             * @description null where it is not known
             */
            modeSince: string | null;
            name: string;
            namespace: string;
            /** @description whether it goes before similar workloads */
            pilot: boolean;
            /**
             * @description where it is kept and changed
             * @enum {string}
             */
            source: "HUB" | "CLUSTER";
            /** @example Deployment */
            targetKind: string;
            targetName: string;
        };
        ScalingRoom: {
            /**
             * Format: int32
             * @description replicas that there is room for, with those there are
             */
            largest: number;
            /**
             * Format: int32
             * @description further ones that fit on nodes
             */
            moreByNodes: number;
            /** Format: int32 */
            moreByQuota: number | null;
            /**
             * Format: int32
             * @description nodes that take such pods
             */
            nodes: number;
            /** @description name of the quota that allows the fewest; null if none limits them */
            quota: string | null;
            /** @example requests.cpu */
            quotaResource: string | null;
        };
        /** @description what was settled before a policy was learned */
        ScalingRulesShown: {
            /**
             * @description what raises replicas that are at their capacity, beside the forecast and where that is gone
             * @enum {string}
             */
            guard: "CPU" | "REQUESTS" | "CONCURRENCY" | "NONE";
            /**
             * Format: double
             * @description of the guard, at the capacity of a replica: percent of its CPU request, requests a second or requests at a time; null without a guard
             */
            guardAt: number | null;
            /** Format: int32 */
            maxReplicas: number;
            /** Format: int32 */
            minReplicas: number;
            /** @enum {string} */
            reserve: "NOTHING" | "REPLICA" | "ZONE";
            /**
             * Format: int32
             * @description over which it is spread; null unless one may be lost
             */
            zones: number | null;
        };
        ScalingScenario: {
            /**
             * Format: double
             * @description its pod-hours there by those that the load needed
             */
            cost: number;
            /**
             * Format: double
             * @description share of the time in which the floor alone would have been enough on days that it was not learned from, 0 to 1
             */
            enough: number;
            /**
             * Format: int32
             * @description by how much earlier an event's first slot begins
             */
            leadSeconds: number;
            margin: components["schemas"]["ScalingMargin"] | null;
            name: components["schemas"]["ScalingScenarioName"];
            /**
             * Format: double
             * @description requests a second, median of the days' highest
             */
            peakPerSecond: number;
            /** @description of each slot since midnight, or since the event's begin */
            replicas: number[];
            /** @description days that it was learned from */
            restsOn: string[];
            /** Format: int32 */
            slotMinutes: number;
        };
        /** @description a day of the calendar, an event, or days that are alike by their load */
        ScalingScenarioName: {
            /** @enum {string|null} */
            day: "PAY_DAY" | "MONTH_END" | "HOLIDAY" | "WEEKEND" | "WORKDAY" | null;
            event: string | null;
            /** @enum {string|null} */
            eventKind: "FLASH_SALE" | "BATCH_WINDOW" | "MARKET_OPEN" | "OTHER" | null;
            /**
             * Format: date
             * @description a day of that kind; null unless recognised by load
             */
            example: string | null;
            /**
             * Format: int32
             * @description number of the kind; null unless recognised by load
             */
            group: number | null;
            /** @description days of the week of that kind; none unless recognised by load */
            weekdays: ("MONDAY" | "TUESDAY" | "WEDNESDAY" | "THURSDAY" | "FRIDAY" | "SATURDAY" | "SUNDAY")[];
        };
        ScalingScenarioUnlearned: {
            name: components["schemas"]["ScalingScenarioName"];
            /** @description days on which it was seen */
            seen: string[];
            /** Format: int32 */
            wanted: number;
        };
        /** @description kinds of days and events, and the replicas that are kept for them */
        ScalingScenarios: {
            calendar: components["schemas"]["BusinessCalendarForm"] | null;
            learned: components["schemas"]["ScalingScenario"][];
            /**
             * Format: double
             * @description share of the days whose load is provided for, 0 to 1
             */
            quantile: number;
            /** @description seen too seldom */
            unlearned: components["schemas"]["ScalingScenarioUnlearned"][];
            /** @description whether the policy keeps them; false where it did no better with them in its history */
            used: boolean;
            /** @description in which days begin */
            zone: string;
        };
        /** @description one that was another than the last */
        ScalingShadowDecision: {
            /** @description of metrics that failed; empty if none did */
            error: string;
            /**
             * Format: int32
             * @description replicas asked for by whoever is in force
             */
            inForce: number;
            /**
             * @description why it was cut, in the words of Kubernetes; empty if it was not
             * @example ScaleUpLimit
             */
            limitedBy: string;
            /** @description what each asked for; empty where none was looked at */
            metrics: components["schemas"]["ScalingMetricAsked"][];
            /**
             * Format: int32
             * @description before stabilisation; null where no metric was looked at
             */
            recommended: number | null;
            /**
             * Format: int32
             * @description after stabilisation
             */
            stabilised: number | null;
            /**
             * Format: date-time
             * @description when the recommendation was made that held it; null if none did
             */
            stabilisedBy: string | null;
            /** Format: date-time */
            time: string;
            /**
             * Format: date-time
             * @description when it had decided last, where that was longer ago than all of its windows, so that it began anew; null otherwise
             */
            unseenSince: string | null;
            /** Format: int32 */
            wanted: number;
            /** @description the metric that asked for most; empty if none did */
            winner: string;
        };
        ScalingShadowEffect: {
            /** Format: date-time */
            from: string;
            inForce: components["schemas"]["ScalingEffectShown"];
            own: components["schemas"]["ScalingEffectShown"];
            /** Format: date-time */
            to: string;
        };
        /** @description replicas that were asked for, the most within each step */
        ScalingShadowReplicas: {
            /** Format: date-time */
            from: string;
            /** @description by whoever is in force; null where it was not told */
            inForce: (number | null)[];
            /** @description by the policy in shadow; null where it was not told */
            shadow: (number | null)[];
            /** Format: int32 */
            stepSeconds: number;
        };
        /** @description a policy beside what is in force */
        ScalingShadowShown: {
            /** @description of the workload's policy, those of 90 days, the newest first */
            decisions: components["schemas"]["ScalingShadowDecision"][];
            effect: components["schemas"]["ScalingShadowEffect"] | null;
            /** @description name of the metric that keeps all of its numbers */
            metric: string;
            /** @description cursor of what is older; null at the end */
            next: string | null;
        };
        ScalingSignal: {
            /**
             * Format: double
             * @description share of the steps in which it was seen, 0 to 1
             */
            completeness: number;
            /** @enum {string} */
            signal: "REQUESTS" | "ERROR_SHARE" | "LATENCY_MEAN" | "LATENCY_P95" | "IN_FLIGHT" | "READY" | "REPLICAS" | "CPU" | "MEMORY" | "NETWORK" | "QUEUE" | "POOL";
            /** @description a number for each step; null where it was not seen */
            values: (number | null)[];
        };
        ScalingTrigger: {
            /**
             * Format: double
             * @description share of the steps in which it was seen, 0 to 1
             */
            completeness: number;
            /**
             * Format: double
             * @description with load per replica, -1 to 1; null where that was not seen
             */
            correlation: number | null;
            /** @description with its numbers, in technical words; empty where it may trigger */
            detail: string;
            /**
             * Format: double
             * @description median by which it told trouble beforehand; null without trouble
             */
            leadSeconds: number | null;
            /** @enum {string} */
            metric: "CPU" | "MEMORY" | "IN_FLIGHT" | "REQUESTS" | "NETWORK" | "QUEUE" | "POOL" | "LATENCY";
            /** @description value of a replica by replicas, at like load */
            points: components["schemas"]["ScalingTriggerPoint"][];
            /**
             * Format: int32
             * @description 1 for the best; null where it may not trigger
             */
            rank: number | null;
            /**
             * @description why it may not trigger; null where it may
             * @example DoesNotFall
             */
            refusal: string | null;
            relief: components["schemas"]["ScalingInterval"] | null;
            /**
             * Format: double
             * @description of a replica, in the metric's unit; null where it is not known
             */
            threshold: number | null;
            /**
             * Format: int32
             * @description of the request; null where none is set
             */
            utilizationPercent: number | null;
        };
        ScalingTriggerPoint: {
            /** Format: int32 */
            replicas: number;
            /**
             * Format: int32
             * @description steps it is the median of
             */
            steps: number;
            /** Format: double */
            value: number;
        };
        /** @description which metrics may trigger scaling, and beyond which load */
        ScalingTriggers: {
            /** Format: int32 */
            downWindowSeconds: number | null;
            /** Format: int32 */
            maxReplicas: number | null;
            /** @description those that may by rank, then the others */
            metrics: components["schemas"]["ScalingTrigger"][];
            /**
             * Format: int32
             * @description null where nothing is known of a replica's capacity
             */
            minReplicas: number | null;
            operating: components["schemas"]["ScalingOperatingLoad"] | null;
        };
        ScalingVerdictAwaited: {
            /**
             * Format: date-time
             * @description when it can be judged, if its load was seen until then
             */
            due: string;
            /** Format: int32 */
            from: number;
            /** Format: date-time */
            time: string;
            /** Format: int32 */
            to: number;
        };
        ScalingVerdictList: {
            /** @description the newest first */
            items: components["schemas"]["ScalingVerdictShown"][];
            /** @description whether changes are judged at all: only where a policy was learned of the workload is it known what a replica serves */
            judged: boolean;
            /** @description cursor of what is older; null at the end */
            next: string | null;
            /** @description changes of the last two hours without a verdict, the newest first */
            waiting: components["schemas"]["ScalingVerdictAwaited"][];
        };
        /** @description whether a change of the replicas was right */
        ScalingVerdictShown: {
            /** @enum {string} */
            by: "AUTOSCALER" | "PERSON" | "OTHER";
            enough: boolean;
            /** Format: int32 */
            from: number;
            good: boolean;
            inTime: boolean;
            needed: boolean;
            /** @description by a person */
            reverted: boolean;
            /** Format: date-time */
            time: string;
            /** Format: int32 */
            to: number;
            /** @description user or field manager; empty if unknown */
            who: string;
            /** @description what was, replayed */
            with: components["schemas"]["ScalingEffectShown"];
            /** @description what would have been without it */
            without: components["schemas"]["ScalingEffectShown"];
        };
        /** @description workloads that are similar enough to share what one of them teaches */
        ScalingWaveGroup: {
            pilot: components["schemas"]["WaveMember"];
            /** @description such as java; empty if unknown */
            platform: string;
            /** @description in their order, after the pilot */
            waves: components["schemas"]["WaveMember"][][];
        };
        ScalingWaveGroups: {
            items: components["schemas"]["ScalingWaveGroup"][];
        };
        Scorecard: {
            /** @description by layer, such as node */
            byLayer: {
                [key: string]: components["schemas"]["LayerTotals"];
            };
            calibration: components["schemas"]["Calibration"];
            /**
             * Format: int32
             * @description 1 at present
             */
            format: number;
            runs: components["schemas"]["ScoredRun"][];
            /** Format: date-time */
            scoredAt: string;
            seeds: number[];
            suite: string;
            totals: components["schemas"]["ScorecardTotals"];
            /** @description of what was scored */
            version: string;
        };
        ScorecardHead: {
            /**
             * Format: double
             * @description expected calibration error, 0 to 1; null without claims
             */
            calibrationError: number | null;
            /** @description the same for the same scorecard */
            id: string;
            /** Format: date-time */
            scoredAt: string;
            seeds: number[];
            suite: string;
            totals: components["schemas"]["ScorecardTotals"];
            version: string;
        };
        ScorecardList: {
            items: components["schemas"]["ScorecardHead"][];
        };
        /** @description shares are of all faults, 0 to 1; what cannot be told is null */
        ScorecardTotals: {
            detected: components["schemas"]["Estimate"] | null;
            falsePerDay: components["schemas"]["Estimate"] | null;
            /** Format: int32 */
            faults: number;
            incidentsPerFault: components["schemas"]["Estimate"] | null;
            kindRight: components["schemas"]["Estimate"] | null;
            layerRight: components["schemas"]["Estimate"] | null;
            medianDetectionSeconds: components["schemas"]["Estimate"] | null;
            medianDiagnosisSeconds: components["schemas"]["Estimate"] | null;
            /** Format: int32 */
            quietRuns: number;
            rightAt1: components["schemas"]["Estimate"] | null;
            rightAt3: components["schemas"]["Estimate"] | null;
            rightAt5: components["schemas"]["Estimate"] | null;
            strayPerDay: components["schemas"]["Estimate"] | null;
        };
        ScoredRun: {
            claims: components["schemas"]["Claim"][];
            /** Format: int32 */
            falseIncidents: number;
            /** @description of the fault, the look-alike or the clean day */
            name: string;
            outcome: components["schemas"]["FaultOutcome"] | null;
            /** Format: int64 */
            seed: number;
            /** Format: double */
            simulatedSeconds: number;
        };
        SeenContainer: {
            /** @enum {string} */
            chosen: "BY_EVIDENCE" | "BY_ANNOTATION" | "ANNOTATION_UNKNOWN";
            container: string;
            /** @description programs before what they run on, the surest first; may be empty */
            seen: components["schemas"]["SeenKind"][];
            /** @description metrics that matter of it: what to look at first stands first */
            signals: components["schemas"]["KeyMetric"][];
        };
        SeenKind: {
            /**
             * Format: double
             * @description 0 to 1
             */
            confidence: number;
            /** @description the strongest first */
            evidence: components["schemas"]["KindEvidence"][];
            /**
             * @description as the annotation has it
             * @example postgresql
             */
            kind: string;
            /** @example PostgreSQL */
            title: string;
        };
        Session: {
            /** @description goes into X-CSRF-Token of every call that changes something */
            csrfToken: string;
            /** @description the password is the generated one and should be changed */
            initialPassword: boolean;
            roles: ("ADMIN" | "OPERATOR" | "AUDITOR")[];
            username: string;
        };
        /** @description which signals there are of something */
        Signals: {
            /** Format: date-time */
            from: string;
            logs: components["schemas"]["Counted"];
            /** @description those that matter first, then by name, at most 500; also those without a sample in that time */
            metrics: components["schemas"]["MetricInfo"][];
            /**
             * Format: int32
             * @description how many metrics there are in all
             */
            metricsTotal: number;
            spans: components["schemas"]["Counted"];
            /** Format: date-time */
            to: string;
        };
        SituationReport: {
            bundle: string;
            engine: string;
            /** @example bridgewatch.situation-report/v1 */
            format: string;
            incidents: components["schemas"]["ReportedIncident"][];
            parent?: string;
            window: components["schemas"]["Window"];
        };
        SpanPage: {
            exact: boolean;
            items: components["schemas"]["SpanRow"][];
            next: string | null;
            /**
             * Format: int64
             * @description spans that match in all; at least so many where exact is false
             */
            total: number;
        };
        SpanRow: {
            /** Format: double */
            durationMillis: number;
            failed: boolean;
            /** @enum {string} */
            kind: "UNSPECIFIED" | "INTERNAL" | "SERVER" | "CLIENT" | "PRODUCER" | "CONSUMER";
            name: string;
            /** @description empty for a root */
            parentSpanId: string;
            sampled: components["schemas"]["Sampled"] | null;
            /** @description empty if not stated */
            service: string;
            spanId: string;
            /** Format: date-time */
            start: string;
            traceId: string;
        };
        StartPhase: {
            /** Format: double */
            longestSeconds: number;
            /** Format: double */
            p50Seconds: number;
            /** Format: double */
            p90Seconds: number;
            /** @enum {string} */
            phase: "SCHEDULING" | "PULLING" | "STARTING" | "WARMING" | "TOTAL";
            /** Format: int32 */
            pods: number;
        };
        Symptom: {
            /** @description id of a chart */
            chart?: string;
            code: string;
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            layer: string;
            name: string;
            sample?: string;
            sentence: string;
            /** Format: double */
            severity: number;
            signal: string;
            signalType: string;
            /** Format: date-time */
            since: string;
            type: string;
            /** @description UCUM */
            unit?: string;
            values: {
                [key: string]: number;
            };
        };
        Target: {
            address: string;
            cluster: string;
            /** @description what happened; null if it brought a page */
            detail: string | null;
            /** @description null if the last scrape brought a page */
            failure: string | null;
            id: string;
            /** Format: double */
            intervalSeconds: number;
            /**
             * Format: date-time
             * @description null before the first scrape has ended
             */
            lastScrape: string | null;
            rejected: components["schemas"]["ReasonCount"][];
            /** Format: int32 */
            samples: number;
            /** Format: double */
            tookSeconds: number;
        };
        TargetPage: {
            items: components["schemas"]["Target"][];
            next: string | null;
            /** Format: int64 */
            total: number;
        };
        TelemetryPipeline: {
            /** @description metrics that the hub makes of calls */
            calls: components["schemas"]["OwnMetrics"];
            clusters: components["schemas"]["ClusterCollection"][];
            flows: components["schemas"]["Flow"][];
            /**
             * Format: int32
             * @description where OTLP over gRPC is listened for; null if it is not
             */
            grpcPort: number | null;
            /** @description whether senders have a token */
            ingestOpen: boolean;
            /**
             * Format: int32
             * @description beyond which senders are refused
             */
            mostUnderWay: number;
            probes: components["schemas"]["ProbeState"][];
            sampling: components["schemas"]["TraceSampling"];
            store: components["schemas"]["ExternalStore"] | null;
            /** @description metrics that the hub makes of business transactions */
            transactions: components["schemas"]["TransactionMetrics"];
            /**
             * Format: int32
             * @description records that are being kept at present
             */
            underWay: number;
            /** @description messages that could not be read as a whole, by reason */
            unreadable: components["schemas"]["ReasonCount"][];
        };
        TimelineEntry: {
            code: string;
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            name: string;
            sentence: string;
            signal: string;
            /** Format: date-time */
            time: string;
            type: string;
        };
        TopCause: {
            /** Format: double */
            confidence: number;
            /** @example container.cpu */
            kind: string;
            /** @example CPU saturation */
            kindText: string;
            name: string;
            type: string;
        };
        Trace: {
            /** Format: double */
            durationMillis: number;
            /** @description the lines of this trace, oldest first, at most 200 */
            logs: components["schemas"]["LogLine"][];
            /** @description how many lines there are; at least so many where exact is false */
            logsTotal: components["schemas"]["Counted"];
            sampled: components["schemas"]["Sampled"] | null;
            /** @description by their start, at most 5000 */
            spans: components["schemas"]["TraceSpan"][];
            /**
             * Format: int32
             * @description how many there are in all
             */
            spansTotal: number;
            /** Format: date-time */
            start: string;
            traceId: string;
        };
        /** @description which traces are kept */
        TraceSampling: {
            /** @description traces that were decided about since the start */
            decided: components["schemas"]["SampledCount"][];
            /**
             * Format: int64
             * @description traces decided about early, because too many spans waited
             */
            early: number;
            /**
             * Format: double
             * @description spans a second that came of late
             */
            flow: number;
            /** @description whether traces are chosen at present, because more come */
            gathering: boolean;
            /**
             * Format: int64
             * @description spans that came after their trace was not chosen
             */
            late: number;
            /**
             * Format: double
             * @description share of ordinary traces that is kept at present, 0 to 1
             */
            ordinaryRate: number;
            /**
             * Format: double
             * @description share of remarkable traces that is kept at present, 0 to 1
             */
            remarkableRate: number;
            /**
             * Format: int32
             * @description spans a second that may be kept; 0 for all
             */
            spansPerSecond: number;
            /**
             * Format: int64
             * @description spans kept since the start without choosing, because few came
             */
            unchosenSpans: number;
            /**
             * Format: int32
             * @description spans that wait for a decision
             */
            waiting: number;
        };
        TraceSpan: {
            attributes: {
                [key: string]: string;
            };
            /** Format: double */
            durationMillis: number;
            failed: boolean;
            /** @enum {string} */
            kind: "UNSPECIFIED" | "INTERNAL" | "SERVER" | "CLIENT" | "PRODUCER" | "CONSUMER";
            name: string;
            /**
             * Format: double
             * @description from the trace's start
             */
            offsetMillis: number;
            /**
             * Format: double
             * @description of the duration, what no child covers
             */
            ownMillis: number;
            /** @description empty for a root; it may be a span that is not kept */
            parentSpanId: string;
            resource: {
                [key: string]: string;
            };
            service: string;
            spanId: string;
        };
        /** @description what is kept of a transaction, by its serial number */
        Transaction: {
            /** Format: date-time */
            from: string;
            /** @description lines with the number, oldest first, at most 200 */
            logs: components["schemas"]["LogLine"][];
            logsTotal: components["schemas"]["Counted"];
            /** @description as it is kept: the number, or a digest where it could be a card's */
            serial: string;
            /** Format: date-time */
            to: string;
            /** @description newest first, at most 20 */
            traces: components["schemas"]["TransactionTrace"][];
            /**
             * Format: int32
             * @description traces that are not among these
             */
            tracesMore: number;
            /** @description traces that log lines name and of which no span is kept */
            tracesNotKept: string[];
        };
        TransactionMetrics: {
            /**
             * Format: int64
             * @description samples kept since the start
             */
            kept: number;
            /**
             * Format: int64
             * @description samples that could not be kept
             */
            lost: number;
            /**
             * Format: int64
             * @description transactions counted without their name: there are too many names
             */
            overflowed: number;
            /**
             * Format: int32
             * @description samples that the store refused and that are tried again
             */
            waiting: number;
        };
        TransactionRuleForm: {
            /** @description the name of the header or the attribute; not given otherwise */
            field?: string | null;
            /** @enum {string} */
            kind: "name" | "serial";
            /** @description of kind name: the transaction's name, with $1 to $9 for the pattern's groups */
            name?: string | null;
            /** @description regular expression to be found; of kind serial its first group is the number */
            pattern: string;
            /**
             * @description body only of kind serial
             * @enum {string}
             */
            source: "route" | "header" | "attribute" | "body";
        };
        /** @description how transactions are named, and where their serial numbers stand */
        TransactionRules: {
            /** @description the first that fits counts, at most 100 */
            rules: components["schemas"]["TransactionRuleForm"][];
            /** @description whether these are the usual ones, which nobody changed */
            usual?: boolean | null;
        };
        TransactionTrace: {
            /** Format: double */
            durationMillis: number;
            /**
             * Format: int32
             * @description spans that failed
             */
            failed: number;
            /** @description the transaction's name; empty if no rule named it */
            name: string;
            operation: string;
            sampled: components["schemas"]["Sampled"] | null;
            /** @description of the trace's first span */
            service: string;
            /** Format: int32 */
            spans: number;
            /** Format: date-time */
            start: string;
            traceId: string;
        };
        TroubleIn: {
            /** @description id of its kind */
            kind: string;
            /** Format: date-time */
            since: string;
            /**
             * @description where it was put in
             * @example node-3
             */
            target: string;
        };
        TroubleKind: {
            /** @enum {string} */
            group: "BUSINESS" | "JVM" | "CONTAINER" | "KUBERNETES" | "NETWORK" | "HARDWARE" | "TRAFFIC" | "HARMLESS";
            /** @example disk-slow */
            id: string;
            /** @description in the language that was asked for */
            title: string;
        };
        Troubles: {
            /**
             * Format: double
             * @description of its clock behind this hub's; more than a few tell of a slow machine
             */
            behindSeconds: number;
            /** @description name of the simulated cluster */
            cluster: string;
            /** @description what is in now, the latest first */
            in: components["schemas"]["TroubleIn"][];
            /** @description what can be put in */
            kinds: components["schemas"]["TroubleKind"][];
            past: components["schemas"]["DrillPast"] | null;
        };
        TypeCount: {
            /** @description by health's state */
            health: {
                [key: string]: number;
            };
            /** Format: int64 */
            total: number;
            type: string;
            typeText: string;
        };
        /** @description a metric of a policy that its autoscaler would not get, or may not */
        UnservedMetricShown: {
            /** @example external.metrics.k8s.io */
            group: string;
            /** @example bridgewatch-replicas-needed */
            metric: string;
            /**
             * @description namespace and name of the service that serves the group; null if nobody does, or it is not known
             * @example keda/keda-operator-metrics-apiserver
             */
            owner: string | null;
            /** @enum {string} */
            reason: "NOBODY" | "OURS_UNREACHABLE" | "NOT_OF_OURS" | "OWNER_UNREACHABLE" | "NOT_OF_OWNER" | "OWNER_UNKNOWN";
            /** @description what is so, in the language that was asked for */
            text: string;
            /** @description what helps, the best first */
            ways: components["schemas"]["MetricWay"][];
        };
        Upload: {
            /**
             * Format: binary
             * @description a recording: .zip, .tar.gz or .tgz
             */
            file: string;
        };
        User: {
            /** Format: date-time */
            createdAt: string;
            initialPassword: boolean;
            /** @enum {string} */
            role: "ADMIN" | "OPERATOR" | "AUDITOR";
            username: string;
        };
        UserList: {
            items: components["schemas"]["User"][];
        };
        WaveMember: {
            kind: string;
            /** @enum {string|null} */
            mode: "OBSERVE" | "SHADOW" | "APPROVE" | "AUTO" | null;
            name: string;
            namespace: string;
            /** Format: int32 */
            replicas: number;
            /**
             * Format: int32
             * @description readiness, 0 to 100
             */
            score: number;
        };
        Window: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    about: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["About"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auditEntries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                action?: "LOGIN" | "LOGIN_FAILED" | "LOGIN_THROTTLED" | "LOGOUT" | "PASSWORD_CHANGED" | "PASSWORD_CHANGE_FAILED" | "USER_ADDED" | "USER_REMOVED" | "BUNDLE_UPLOADED" | "BUNDLE_IMPORTED" | "BUNDLE_IMPORT_FAILED" | "BUNDLE_IMPORT_CANCELLED" | "CLUSTER_REGISTERED" | "CLUSTER_REPLACED" | "CLUSTER_REMOVED" | "CLUSTER_CHECKED" | "AUDIT_WEBHOOK_OPENED" | "AUDIT_WEBHOOK_CLOSED" | "BUNDLE_DOWNLOADED" | "INGEST_OPENED" | "INGEST_CLOSED" | "TRANSACTION_RULES_CHANGED" | "BUSINESS_CALENDAR_CHANGED" | "SCORECARD_ADDED" | "SCORECARD_REMOVED" | "TROUBLE_CAUSED" | "TROUBLE_CURED" | "SCALING_POLICY_SET" | "SCALING_POLICY_REMOVED" | "SCALING_MODE_CHANGED" | "SCALING_LEARNING_BEGUN" | "SCALING_LEARNING_CANCELLED" | "SCALING_LEARNED" | "SCALING_PLANNED" | "SCALING_PLAN_CANCELLED" | "SCALING_PLAN_CONFIRMED" | "SCALING_APPLIED" | "SCALING_NOT_APPLIED";
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bundles: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BundlePage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importBundle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Upload"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportAccepted"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bundleFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description SHA-256 of the archive */
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clusters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerCluster: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterRegistration"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredCluster"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkCluster: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterRegistration"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterCheck"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterRegistration"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredCluster"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deliverAuditEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuditEvents"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditTaken"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openAuditWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditWebhook"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeAuditWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clusterHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterHistory"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    troubles: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Troubles"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    causeTrouble: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTrouble"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TroubleIn"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cureTrouble: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entities: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                /** @description such as pod; several with commas */
                type?: string;
                namespace?: string;
                /** @description words that must all occur, each in the name, the namespace, a label's value, an image, an address or the node's name */
                q?: string;
                /** @description such as failing; several with commas */
                health?: string;
                node?: string;
                team?: string;
                application?: string;
                /** @description key=value; several with commas */
                label?: string[];
                /** @description the order; by cluster, type, namespace and name if not given */
                sort?: "name" | "-name" | "restarts" | "-restarts" | "created" | "-created" | "health" | "-health";
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
                /** @description 1 to 500 */
                limit?: number;
                cursor?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entitySummary: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                namespace?: string;
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntitySummary"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entity: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                type: string;
                namespace?: string;
                name: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityDetail"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entityObject: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                type: string;
                namespace?: string;
                name: string;
                /** @description of an object without a type of its own */
                kind?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entityProfile: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                type: string;
                namespace?: string;
                name: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityProfile"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    happenings: {
        parameters: {
            query?: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description change, lifecycle, event, health, several with commas; all if not given */
                what?: string;
                /** @description only changes of these kinds, such as deploy,rollback */
                change?: string;
                /** @description words that must all occur, each in the name, the namespace, a reason, a message, a summary or who did it */
                q?: string;
                /**
                 * @description only what happened to this entity or near it
                 * @example deployment/shop/cart
                 */
                near?: string;
                /** @description how many relations away still counts as near, 0 to 3 */
                hops?: number;
                /** @description true: of events only warnings */
                warning?: boolean;
                /** @description 1 to 200 */
                limit?: number;
                cursor?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HappeningPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    incidents: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
                /** @description occurs in the title, the id, the bundle or the top cause */
                q?: string;
                /** @description name of the bundle */
                bundle?: string;
                /** @description whether it goes on */
                status?: "RECORDED" | "OPEN" | "CLOSED";
                /** @description name of the cluster that it was found in while it was watched */
                cluster?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    incident: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SituationReport"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logPatterns: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description words that must all occur in the text */
                q?: string;
                /** @description such as error; several with commas */
                severity?: string;
                /** @description RFC 3339: only patterns that were first seen then or later */
                newSince?: string;
                /** @description most lines first, or those first seen last */
                sort?: "lines" | "first-seen";
                /** @description 1 to 200 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPatternPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logs: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description words that must all occur in the line; words in double quotes one after the other */
                q?: string;
                /** @description such as error; several with commas */
                severity?: string;
                /** @description only lines of this trace */
                trace?: string;
                /** @description 1 to 200 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logHistogram: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description words that must all occur in the line; words in double quotes one after the other */
                q?: string;
                /** @description such as error; several with commas */
                severity?: string;
                /** @description only lines of this trace */
                trace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogHistogram"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tailLogs: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description words that must all occur in the line; words in double quotes one after the other */
                q?: string;
                /** @description such as error; several with commas */
                severity?: string;
                /** @description only lines of this trace */
                trace?: string;
                /** @description RFC 3339: lines of that time or later, at most a minute back; now if not given */
                since?: string;
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LogTail"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    map: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                type: string;
                namespace?: string;
                name: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description ids of nodes of an earlier map whose neighbours are wanted too */
                expand?: string[];
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeighbourMap"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metricExemplars: {
        parameters: {
            query: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                metric: string;
                /** @description the newest so many are told, 1 to 1000 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exemplars"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    queryMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MetricQueryRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricResult"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metricSeries: {
        parameters: {
            query: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                metric: string;
                /** @description as the metric's kind suggests if not given */
                view?: "level" | "rate" | "quantiles";
                /** @description attributes by which to split, several with commas; - for one line in all; each series a line if not given */
                by?: string;
                /** @description how series come to one line; sum of rates, average of levels */
                reduction?: "sum" | "average" | "minimum" | "maximum";
                /** @description lines that are told, 1 to 50 */
                top?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricChart"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pipeline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelemetryPipeline"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openIngest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestToken"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeIngest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scrapeTargets: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                /** @description true for those whose last scrape failed, false for the others */
                failing?: boolean;
                /** @description occurs in the id or the address */
                q?: string;
                /** @description 1 to 500 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placement: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                /** @description cores, such as 0.5 or 500m */
                cpu?: string;
                /** @description bytes, such as 512Mi */
                memory?: string;
                /** @description labels that a node must have: key=value; several with commas */
                nodeSelector?: string[];
                /** @description such as arm64 */
                arch?: string;
                /** @description keys of taints that the pods bear; several with commas; * for all */
                tolerate?: string;
                by?: "pool" | "arch" | "zone" | "node-label";
                /** @description the node label of by=node-label */
                label?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Placement"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pools: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                by?: "pool" | "arch" | "zone" | "node-label";
                /** @description the node label of by=node-label */
                label?: string;
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    businessCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessCalendarForm"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setBusinessCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BusinessCalendarForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessCalendarForm"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetBusinessCalendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessCalendarForm"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingHistory: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                kind: "Deployment" | "StatefulSet";
                name: string;
                /** @description RFC 3339; a day before the end unless given */
                from?: string;
                /** @description RFC 3339; now unless given */
                to?: string;
                /** @description 15 to 3600; 60 unless given */
                stepSeconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingHistory"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingLearned: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingLearnedList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingLearning: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                kind: "Deployment" | "StatefulSet";
                name: string;
                /** @description seconds to wait for the job's end, 0 to 30 */
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingLearningShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    learnScaling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScalingLearning"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingLearningJob"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelScalingLearning: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                kind: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingMetricsApi: {
        parameters: {
            query?: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingMetricsShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingPlans: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                namespace?: string;
                /** @description name of the policy */
                policy?: string;
                state?: "PLANNED" | "CONFLICTED" | "REFUSED" | "APPLYING" | "APPLIED" | "STALE" | "FAILED" | "CANCELLED";
                /** @description 1 to 500 */
                limit?: number;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPlanList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planScaling: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScalingPlan"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPlanShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingPlan: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPlanShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelScalingPlan: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPlanShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmScalingPlan: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPlanShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPolicyList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setScalingPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScalingPolicy"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPolicyShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeScalingPolicy: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setScalingMode: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScalingMode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingPolicyShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingReport: {
        parameters: {
            query?: {
                /** @description such as 2026-11, of UTC; the present one unless given */
                month?: string;
                /** @description name; all clusters if not given */
                cluster?: string;
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingMonth"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingReportFile: {
        parameters: {
            query?: {
                /** @description such as 2026-11, of UTC; the present one unless given */
                month?: string;
                /** @description name; all clusters if not given */
                cluster?: string;
                namespace?: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingShadow: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                /** @description name of the policy */
                name: string;
                /** @description next of the answer before; the newest unless given */
                cursor?: string;
                /** @description 1 to 500 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingShadowShown"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingShadowReplicas: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                /** @description name of the policy */
                name: string;
                /** @description RFC 3339; a day before the end unless given */
                from?: string;
                /** @description RFC 3339; now unless given */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingShadowReplicas"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingVerdicts: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                kind: "Deployment" | "StatefulSet";
                name: string;
                /** @description RFC 3339; all that are kept unless given */
                from?: string;
                /** @description next of the answer before; the newest unless given */
                cursor?: string;
                /** @description 1 to 500 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingVerdictList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalingWaves: {
        parameters: {
            query?: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalingWaveGroups"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalableWorkload: {
        parameters: {
            query: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace: string;
                kind: "Deployment" | "StatefulSet";
                name: string;
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalableWorkloadDetail"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scalableWorkloads: {
        parameters: {
            query?: {
                /** @description name; need not be given while there is only one */
                cluster?: string;
                namespace?: string;
                /** @description words that must all occur in the name or the namespace */
                q?: string;
                /** @description 1 to 500 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScalableWorkloads"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scorecards: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addScorecard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Scorecard"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScorecardHead"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scorecard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeScorecard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    currentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signals: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description words that must all occur in the name of a metric */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signals"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams: {
        parameters: {
            query?: {
                /** @description name; all clusters if not given */
                cluster?: string;
                by?: "team" | "application" | "namespace";
                /** @description RFC 3339; what was at that time instead of what is now */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    traces: {
        parameters: {
            query?: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description exact */
                service?: string;
                /** @description exact */
                operation?: string;
                /** @description milliseconds it took at least */
                atLeast?: number;
                /** @description true: only failed ones; false: only others */
                failed?: boolean;
                /** @description root: only spans without a parent; any: all */
                spans?: "root" | "any";
                /** @description 1 to 200 */
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpanPage"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trace"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transaction: {
        parameters: {
            query: {
                /** @description name; of an entity it need not be given while there is only one */
                cluster?: string;
                /** @description of an entity, such as pod; everything if not given */
                type?: string;
                namespace?: string;
                /** @description of an entity; wanted where its type is given */
                name?: string;
                /** @description of an object without a type of its own */
                kind?: string;
                /** @description of a container */
                pod?: string;
                /** @description name=value or name!=value; given several times, all must hold; an attribute that is absent has the empty value */
                attribute?: string[];
                /** @description RFC 3339, inclusive; an hour before to if not given */
                from?: string;
                /** @description RFC 3339, exclusive; now if not given */
                to?: string;
                /** @description as senders give it */
                serial: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transaction"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transactionRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionRules"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setTransactionRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransactionRules"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionRules"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetTransactionRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionRules"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedUser"];
                };
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description a problem, RFC 9457 */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
