import KubeAPI
import Machinery

/// A pod, or a template of pods, as the checks look at it.
package struct PodSecuritySubject: Sendable {
    let annotations: [String: String]
    let spec: PodSpec
    /// Of all three kinds: initial, main, ephemeral.
    let containers: [Container]

    package init(annotations: [String: String], spec: PodSpec) {
        self.annotations = annotations
        self.spec = spec
        containers = spec.initContainers + spec.containers + spec.ephemeralContainers.map { Container(json: $0.json) }
    }

    /// The names of the containers of which something is so.
    func names(where isBad: (Container) -> Bool) -> [String] { containers.filter(isBad).map(\.name) }

    var isWindows: Bool { spec.os?.name == "windows" }
    var hasOwnUsers: Bool { spec.hostUsers == false }
}

/// What is wrong with a pod.
package struct PodSecurityViolation: Hashable, Sendable {
    package let reason: String
    package let detail: String
}

/// One rule of the standards, as it was at first and as later versions have changed it.
struct PodSecurityCheck: Sendable {
    typealias Rule = @Sendable (PodSecuritySubject) -> PodSecurityViolation?

    let name: String
    let level: PodSecurityLevel
    /// The rule of baseline that this one, being stricter, stands for.
    let overrides: String?
    /// From which minor version on which rule holds, in order.
    private let rules: [(since: Int, rule: Rule)]

    init(
        _ name: String, _ level: PodSecurityLevel, overrides: String? = nil, _ rules: [(since: Int, rule: Rule)]
    ) {
        self.name = name
        self.level = level
        self.overrides = overrides
        self.rules = rules
    }

    /// The last version that changed this rule.
    var lastChange: Int { rules.last?.since ?? 0 }

    func rule(at minor: Int) -> Rule? { rules.last { $0.since <= minor }?.rule }
}

/// The words of violations.
enum PodSecurityWords {
    static func quoted(_ items: [String]) -> String { items.map { "\"\($0)\"" }.joined(separator: ", ") }

    static func plural(_ noun: String, _ count: Int) -> String { count == 1 ? noun : noun + "s" }

    /// `container "a"`, `containers "a", "b"`
    static func named(_ noun: String, _ names: [String]) -> String {
        "\(plural(noun, names.count)) \(quoted(names))"
    }

    /// `pod and container "a"`: who has said something forbidden.
    static func setters(pod: Bool, containers: [String]) -> [String] {
        (pod ? ["pod"] : []) + (containers.isEmpty ? [] : [named("container", containers)])
    }
}
