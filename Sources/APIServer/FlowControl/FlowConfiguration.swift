import KubeAPI
import Machinery

/// The kinds that configure flow control, as their keeper sees them.
protocol FlowConfiguration: KubeObject {
    static var mandatory: [Self] { get }
    static var suggested: [Self] { get }

    /// The wanted spec, with what an administrator may change in any object of the present one.
    func spec(keeping present: Self) -> JSON?
}

extension FlowConfiguration {
    /// Says whether the spec follows the release that runs, or is an administrator's.
    static var autoUpdate: String { "apf.kubernetes.io/autoupdate-spec" }

    /// What a start-up object has to become; `nil` when it is as it should be.
    ///
    /// - Parameter isMandatory: whether no annotation keeps the spec from being put back.
    func corrected(to wanted: Self, isMandatory: Bool) -> Self? {
        // Without a word about it, a spec that nobody has touched since its creation is followed.
        let follows = isMandatory || Self.flag(annotations[Self.autoUpdate]) ?? (metadata.generation == 1)
        var object = self
        if Self.flag(annotations[Self.autoUpdate]) != follows {
            object.metadata.annotations[Self.autoUpdate] = follows ? "true" : "false"
        }
        if follows { object.json["spec"] = wanted.spec(keeping: self) }
        return object == self ? nil : object
    }

    /// Whether an object that the running release does not have came from another release.
    var isLeftOver: Bool {
        Self.flag(annotations[Self.autoUpdate]) == true
            && !(Self.mandatory + Self.suggested).contains { $0.name == name }
    }

    /// A Boolean in the spellings that Kubernetes reads.
    private static func flag(_ text: String?) -> Bool? {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        default: nil
        }
    }
}

extension FlowSchema: FlowConfiguration {
    static var mandatory: [FlowSchema] { FlowControlDefaults.mandatorySchemas }
    static var suggested: [FlowSchema] { FlowControlDefaults.suggestedSchemas }

    func spec(keeping present: FlowSchema) -> JSON? { json["spec"] }
}

extension PriorityLevelConfiguration: FlowConfiguration {
    static var mandatory: [PriorityLevelConfiguration] { FlowControlDefaults.mandatoryLevels }
    static var suggested: [PriorityLevelConfiguration] { FlowControlDefaults.suggestedLevels }

    /// How many seats exempt requests count for is an administrator's to say.
    func spec(keeping present: PriorityLevelConfiguration) -> JSON? {
        guard name == "exempt", let exempt = present.spec.exempt else { return json["spec"] }
        var wanted = spec
        wanted.exempt = exempt
        return .object(wanted.json)
    }
}
