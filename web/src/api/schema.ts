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
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents, latest onset first */
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
            java: string;
            /** @description id of the incident that a demonstration opens on */
            openIncident: string | null;
            /** Format: date-time */
            startedAt: string;
            version: string;
        };
        AddedUser: {
            /** @description generated, shown only here; to be changed at first login */
            initialPassword: string;
            user: components["schemas"]["User"];
        };
        AuditEntry: {
            /** @enum {string} */
            action: "LOGIN" | "LOGIN_FAILED" | "LOGIN_THROTTLED" | "LOGOUT" | "PASSWORD_CHANGED" | "PASSWORD_CHANGE_FAILED" | "USER_ADDED" | "USER_REMOVED" | "BUNDLE_UPLOADED" | "BUNDLE_IMPORTED" | "BUNDLE_IMPORT_FAILED" | "BUNDLE_IMPORT_CANCELLED";
            address: string;
            detail: string;
            /** Format: date-time */
            time: string;
            user: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            next: string | null;
            /** Format: int64 */
            total: number;
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
        /** @description how the values lay before the onset: median, 5th and 95th percentile */
        Before: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            median: number;
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
        Entity: {
            /** @description OpenTelemetry attributes */
            entity: {
                [key: string]: string;
            };
            name: string;
            type: string;
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
        ImportAccepted: {
            job: string;
        };
        Incident: {
            bundle: string;
            causes: components["schemas"]["Cause"][];
            charts: components["schemas"]["Chart"][];
            id: string;
            /** Format: date-time */
            importedAt: string;
            insufficientEvidence: components["schemas"]["InsufficientEvidence"] | null;
            map: components["schemas"]["CallMap"];
            /** Format: date-time */
            onset: string;
            ruledOut: components["schemas"]["RuledOut"][];
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
            /** Format: date-time */
            onset: string;
            /** Format: int32 */
            symptoms: number;
            title: string;
            topCause: components["schemas"]["TopCause"] | null;
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
        NewUser: {
            /** @enum {string} */
            role: "ADMIN" | "OPERATOR" | "AUDITOR";
            username: string;
        };
        PasswordChange: {
            current: string;
            next: string;
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
        Rejection: {
            /** Format: int64 */
            count: number;
            file: string;
            /** @example metrics.jsonl.gz:17 */
            firstAt: string;
            /** @example TimeOutsideRange */
            reason: string;
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
        Session: {
            /** @description goes into X-CSRF-Token of every call that changes something */
            csrfToken: string;
            /** @description the password is the generated one and should be changed */
            initialPassword: boolean;
            roles: ("ADMIN" | "OPERATOR" | "AUDITOR")[];
            username: string;
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
                action?: "LOGIN" | "LOGIN_FAILED" | "LOGIN_THROTTLED" | "LOGOUT" | "PASSWORD_CHANGED" | "PASSWORD_CHANGE_FAILED" | "USER_ADDED" | "USER_REMOVED" | "BUNDLE_UPLOADED" | "BUNDLE_IMPORTED" | "BUNDLE_IMPORT_FAILED" | "BUNDLE_IMPORT_CANCELLED";
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
    incidents: {
        parameters: {
            query?: {
                /** @description zh or en; as Accept-Language prefers unless given, else en */
                lang?: "zh" | "en";
                /** @description occurs in the title, the id, the bundle or the top cause */
                q?: string;
                /** @description name of the bundle */
                bundle?: string;
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
