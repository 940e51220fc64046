import KubeAPI
import Machinery

extension TableCell {
    /// A text, or `<none>` in place of an empty one.
    static func text(_ value: String?) -> JSON {
        guard let value, !value.isEmpty else { return "<none>" }
        return .string(value)
    }

    /// Labels as `a=b,c=d`, in the order of their keys.
    static func labels(_ labels: [String: String]) -> JSON {
        text(labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ","))
    }

    /// A label selector in the form that `-l` takes.
    static func selector(_ selector: LabelSelector?) -> JSON {
        guard let selector else { return "<none>" }
        do {
            return text(try Selector(labelSelector: selector.json).description)
        } catch {
            return "<error>"
        }
    }

    /// The first three of a list and how many more there are; `empty` stands for none.
    static func few(_ values: [String], empty: String) -> JSON {
        if values.isEmpty { return .string(empty) }
        let shown = values.prefix(3).joined(separator: ",")
        return .string(values.count > 3 ? "\(shown) + \(values.count - 3) more..." : shown)
    }

    static func containerNames(_ template: PodTemplateSpec?) -> JSON {
        .string(template?.spec.containers.map(\.name).joined(separator: ",") ?? "")
    }

    static func containerImages(_ template: PodTemplateSpec?) -> JSON {
        .string(template?.spec.containers.map { $0.image ?? "" }.joined(separator: ",") ?? "")
    }
}

extension TableColumn {
    /// What workloads show of their pods with `-o wide`.
    static let template = [
        TableColumn("Containers", description: "Names of the containers of the pods.", priority: 1),
        TableColumn("Images", description: "Images of the containers of the pods.", priority: 1),
        TableColumn("Selector", description: "The labels of the pods that belong to it.", priority: 1),
    ]

    static func number(_ name: String, _ description: String, priority: Int = 0) -> TableColumn {
        TableColumn(name, type: "integer", description: description, priority: priority)
    }
}
