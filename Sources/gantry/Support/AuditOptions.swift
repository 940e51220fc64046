import ArgumentParser

/// What requests are written down, and where: Kubernetes' own flags.
struct AuditOptions: ParsableArguments {
    @Option(help: "Which requests are written down, and how much of them: an audit.k8s.io/v1 Policy.")
    var auditPolicyFile: String?

    @Option(help: "The file events are written to; - is standard output.")
    var auditLogPath: String?

    @Option(name: .customLong("audit-log-maxage"), help: "How many days old files are kept; 0 for ever.")
    var auditLogMaxAge: String?

    @Option(name: .customLong("audit-log-maxbackup"), help: "How many old files are kept; 0 all.")
    var auditLogMaxBackup: String?

    @Option(name: .customLong("audit-log-maxsize"), help: "Megabytes after which a file is set aside; 0 never.")
    var auditLogMaxSize: String?

    @Option(help: "json or legacy.")
    var auditLogFormat: String?

    @Option(help: "batch, blocking or blocking-strict.")
    var auditLogMode: String?

    @Option(help: "How many events may wait to be written.")
    var auditLogBatchBufferSize: String?

    @Option(help: "Whether large events lose their bodies: true or false.")
    var auditLogTruncateEnabled: String?

    @Option(help: "The largest batch, in bytes.")
    var auditLogTruncateMaxBatchSize: String?

    @Option(help: "The largest event, in bytes.")
    var auditLogTruncateMaxEventSize: String?

    @Option(help: "The service events are sent to, as a kubeconfig.")
    var auditWebhookConfigFile: String?

    @Option(help: "batch, blocking or blocking-strict.")
    var auditWebhookMode: String?

    @Option(help: "How long to wait before the first new try.")
    var auditWebhookInitialBackoff: String?

    @Option(help: "How many events may wait to be sent.")
    var auditWebhookBatchBufferSize: String?

    @Option(help: "How many events are sent together at most.")
    var auditWebhookBatchMaxSize: String?

    @Option(help: "How long events wait for others.")
    var auditWebhookBatchMaxWait: String?

    @Option(help: "Whether the number of batches per second is limited: true or false.")
    var auditWebhookBatchThrottleEnable: String?

    @Option(help: "How many batches per second.")
    var auditWebhookBatchThrottleQps: String?

    @Option(help: "How many at once after a pause.")
    var auditWebhookBatchThrottleBurst: String?

    @Option(help: "Whether large events lose their bodies: true or false.")
    var auditWebhookTruncateEnabled: String?

    @Option(help: "The largest batch, in bytes.")
    var auditWebhookTruncateMaxBatchSize: String?

    @Option(help: "The largest event, in bytes.")
    var auditWebhookTruncateMaxEventSize: String?

    /// Takes over what was given; what is already set stays where nothing was.
    func apply(to settings: inout ClusterSettings) throws {
        var flags = settings.flags
        flags.take("audit-policy-file", file: auditPolicyFile)
        flags.take("audit-log-path", file: auditLogPath)
        flags.take("audit-log-maxage", auditLogMaxAge)
        flags.take("audit-log-maxbackup", auditLogMaxBackup)
        flags.take("audit-log-maxsize", auditLogMaxSize)
        flags.take("audit-log-format", auditLogFormat)
        flags.take("audit-log-mode", auditLogMode)
        flags.take("audit-log-batch-buffer-size", auditLogBatchBufferSize)
        flags.take("audit-log-truncate-enabled", auditLogTruncateEnabled)
        flags.take("audit-log-truncate-max-batch-size", auditLogTruncateMaxBatchSize)
        flags.take("audit-log-truncate-max-event-size", auditLogTruncateMaxEventSize)
        flags.take("audit-webhook-config-file", file: auditWebhookConfigFile)
        flags.take("audit-webhook-mode", auditWebhookMode)
        flags.take("audit-webhook-initial-backoff", auditWebhookInitialBackoff)
        flags.take("audit-webhook-batch-buffer-size", auditWebhookBatchBufferSize)
        flags.take("audit-webhook-batch-max-size", auditWebhookBatchMaxSize)
        flags.take("audit-webhook-batch-max-wait", auditWebhookBatchMaxWait)
        flags.take("audit-webhook-batch-throttle-enable", auditWebhookBatchThrottleEnable)
        flags.take("audit-webhook-batch-throttle-qps", auditWebhookBatchThrottleQps)
        flags.take("audit-webhook-batch-throttle-burst", auditWebhookBatchThrottleBurst)
        flags.take("audit-webhook-truncate-enabled", auditWebhookTruncateEnabled)
        flags.take("audit-webhook-truncate-max-batch-size", auditWebhookTruncateMaxBatchSize)
        flags.take("audit-webhook-truncate-max-event-size", auditWebhookTruncateMaxEventSize)
        settings.flags = flags
        // A mistake is told at once rather than by a process in the background.
        _ = try settings.audit()
    }
}
