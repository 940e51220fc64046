import KubeAPI
import Machinery

package enum AdmissionOperation: String, Sendable, CaseIterable {
    case create = "CREATE"
    case update = "UPDATE"
    case delete = "DELETE"
    case connect = "CONNECT"

    /// Its place among all.
    var index: Int {
        switch self {
        case .create: 0
        case .update: 1
        case .delete: 2
        case .connect: 3
        }
    }
}

/// A write on its way to the store, as admission plugins see it.
package struct AdmissionAttributes: Sendable {
    package let operation: AdmissionOperation
    package let resource: GroupVersionResource
    package let kind: GroupVersionKind
    package let subresource: String
    package let namespace: String
    package let name: String
    /// The object to be stored, in version `objectVersion`; for subresources that take another kind, that body. `nil`
    /// when deleting.
    package var object: JSONObject?
    package let oldObject: JSONObject?
    package let user: User
    /// The verb of the request, which may differ from what comes of it: `patch` and `update` can create.
    package let requestVerb: String
    package let isDryRun: Bool
    package let warnings: WarningCollector
    /// The version in which the objects are here. `kind` and `resource` are the request's, which may differ; who needs
    /// the objects in the request's version, or another, converts them with `versions`.
    package let objectVersion: GroupVersion
    /// The kind's versions; `nil` when it has only one.
    package let versions: VersionFamily?
    /// Whether the objects are of the resource's own kind, not bodies of a subresource (Scale, Binding, PodExecOptions).
    let isWholeObject: Bool
    /// What serves the resource.
    let registry: Registry
    /// The request, as far as its writes are concerned.
    let write: WriteOptions
    /// How to delete, when deleting.
    let deletion: DeleteOptions?
    var reinvocation = Reinvocation()
    /// Webhooks or policies changed the object, so what clients may not set has to be set right once more.
    var isChanged = false
}

/// A plugin that may change what is to be stored. Plugins run in order, each seeing the changes of those before.
package protocol MutatingAdmission: Sendable {
    var name: String { get }
    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError)
}

/// A plugin that may refuse what is to be stored, after all changes were made.
package protocol ValidatingAdmission: Sendable {
    var name: String { get }
    func validate(_ attributes: AdmissionAttributes) async throws(StatusError)
}

/// The plugins in the order in which they run.
package struct AdmissionChain: Sendable {
    package let mutating: [any MutatingAdmission]
    package let validating: [any ValidatingAdmission]

    let metrics: AdmissionMetrics
    private let mutatingTimes: [AdmissionMetrics.Times]
    private let validatingTimes: [AdmissionMetrics.Times]
    private let admitTimes: AdmissionMetrics.Times
    private let validateTimes: AdmissionMetrics.Times

    package init(
        mutating: [any MutatingAdmission] = [], validating: [any ValidatingAdmission] = [],
        metrics: AdmissionMetrics = AdmissionMetrics()
    ) {
        self.mutating = mutating
        self.validating = validating
        self.metrics = metrics
        mutatingTimes = mutating.map { metrics.times(of: $0.name, "admit") }
        validatingTimes = validating.map { metrics.times(of: $0.name, "validate") }
        admitTimes = metrics.times(ofStep: "admit")
        validateTimes = metrics.times(ofStep: "validate")
    }

    /// Lets all change the object; a second time, when the last ones did: what they made may need completing.
    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        let begin = ContinuousClock.now
        var end = try await mutate(&attributes, since: begin)
        if attributes.reinvocation.isNeeded {
            attributes.reinvocation.beginSecondRound()
            end = try await mutate(&attributes, since: end)
        }
        admitTimes.note(attributes.operation, rejected: false, from: begin, to: end)
        Span.current?.add("Mutating admission", from: begin, to: end)
    }

    /// One round; returns when it was over.
    private func mutate(
        _ attributes: inout AdmissionAttributes, since begin: ContinuousClock.Instant
    ) async throws(StatusError) -> ContinuousClock.Instant {
        var time = begin
        for index in mutating.indices {
            let outcome = await Self.outcome(of: mutating[index], &attributes)
            let now = ContinuousClock.now
            mutatingTimes[index].note(attributes.operation, rejected: outcome != nil, from: time, to: now)
            time = now
            if let outcome {
                admitTimes.note(attributes.operation, rejected: true, from: begin, to: time)
                throw outcome
            }
        }
        return time
    }

    private static func outcome(
        of plugin: any MutatingAdmission, _ attributes: inout AdmissionAttributes
    ) async -> StatusError? {
        do throws(StatusError) {
            try await plugin.admit(&attributes)
            return nil
        } catch {
            return error
        }
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        let begin = ContinuousClock.now
        var time = begin
        for index in validating.indices {
            let outcome = await Self.outcome(of: validating[index], attributes)
            let now = ContinuousClock.now
            validatingTimes[index].note(attributes.operation, rejected: outcome != nil, from: time, to: now)
            time = now
            if let outcome {
                validateTimes.note(attributes.operation, rejected: true, from: begin, to: time)
                throw outcome
            }
        }
        validateTimes.note(attributes.operation, rejected: false, from: begin, to: time)
        Span.current?.add("Validating admission", from: begin, to: time)
    }

    private static func outcome(
        of plugin: any ValidatingAdmission, _ attributes: AdmissionAttributes
    ) async -> StatusError? {
        do throws(StatusError) {
            try await plugin.validate(attributes)
            return nil
        } catch {
            return error
        }
    }
}
