import APIServer
import Machinery

extension ClusterSettings {
    /// What requests are written down, and where; `nil`: none.
    func audit() throws -> Auditor.Configuration? {
        guard let bytes = try flags.bytes("audit-policy-file") else { return nil }
        let policy = try named("audit-policy-file") { try AuditPolicy(parsing: bytes) }
        var result = Auditor.Configuration(policy: policy)
        if let path = flags["audit-log-path"] { result.log = try auditLog(path) }
        if let config = try kubeconfig("audit-webhook-config-file") { result.webhook = try auditWebhook(config) }
        return result
    }

    private func auditLog(_ path: String) throws -> AuditLogBackend.Configuration {
        var log = AuditLogBackend.Configuration(path: path)
        if let days = try flags.integer("audit-log-maxage") { log.maximumAgeDays = days }
        if let count = try flags.integer("audit-log-maxbackup") { log.maximumBackups = count }
        if let size = try flags.integer("audit-log-maxsize") { log.maximumMegabytes = size }
        if let format = try flags.choice("audit-log-format", AuditLogBackend.Format.self) { log.format = format }
        if let mode = try flags.choice("audit-log-mode", AuditMode.self) { log.mode = mode }
        if let size = try flags.integer("audit-log-batch-buffer-size", minimum: 1) { log.bufferSize = size }
        log.truncation = try truncation("audit-log")
        return log
    }

    private func auditWebhook(_ config: WebhookKubeconfig) throws -> AuditWebhookBackend.Configuration {
        var webhook = AuditWebhookBackend.Configuration(config)
        if let mode = try flags.choice("audit-webhook-mode", AuditMode.self) { webhook.mode = mode }
        if let wait = try flags.duration("audit-webhook-initial-backoff") { webhook.initialBackoff = wait }
        let prefix = "audit-webhook-batch"
        if let size = try flags.integer("\(prefix)-buffer-size", minimum: 1) { webhook.batching.bufferSize = size }
        if let size = try flags.integer("\(prefix)-max-size", minimum: 1) { webhook.batching.maximumSize = size }
        if let wait = try flags.duration("\(prefix)-max-wait") { webhook.batching.maximumWait = wait }
        if let throttles = try flags.bool("\(prefix)-throttle-enable") { webhook.batching.throttles = throttles }
        if let rate = try flags.number("\(prefix)-throttle-qps") { webhook.batching.requestsPerSecond = rate }
        if let burst = try flags.integer("\(prefix)-throttle-burst", minimum: 1) { webhook.batching.burst = burst }
        webhook.truncation = try truncation("audit-webhook")
        return webhook
    }

    private func truncation(_ prefix: String) throws -> AuditTruncation {
        var result = AuditTruncation()
        if let isEnabled = try flags.bool("\(prefix)-truncate-enabled") { result.isEnabled = isEnabled }
        if let size = try flags.integer("\(prefix)-truncate-max-batch-size", minimum: 1) {
            result.maximumBatchBytes = size
        }
        if let size = try flags.integer("\(prefix)-truncate-max-event-size", minimum: 1) {
            result.maximumEventBytes = size
        }
        guard result.maximumBatchBytes >= result.maximumEventBytes else {
            throw CommandFailure(
                "invalid \(prefix) truncate max batch size \(result.maximumBatchBytes), must be greater than max event "
                    + "size (\(result.maximumEventBytes))")
        }
        return result
    }
}
