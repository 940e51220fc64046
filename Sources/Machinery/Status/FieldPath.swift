/// Where in an object a value stands, built from the outside in: `spec.containers[0].ports[1].name`.
///
/// Building one costs an allocation a step; its text is made only when an error needs it.
package struct FieldPath: Sendable {
    private final class Node: Sendable {
        enum Step: Sendable {
            case child(String)
            case index(Int)
            case key(String)
        }

        let parent: Node?
        let step: Step

        init(parent: Node?, step: Step) {
            self.parent = parent
            self.step = step
        }
    }

    private let node: Node?

    private init(node: Node?) {
        self.node = node
    }

    /// The object itself; its text is `<nil>` as in Kubernetes, its children have plain names.
    package static let root = FieldPath(node: nil)

    package init(_ name: String) {
        node = Node(parent: nil, step: .child(name))
    }

    package func child(_ name: String) -> FieldPath { FieldPath(node: Node(parent: node, step: .child(name))) }

    package func child(_ names: String...) -> FieldPath {
        names.reduce(self) { $0.child($1) }
    }

    package func index(_ index: Int) -> FieldPath { FieldPath(node: Node(parent: node, step: .index(index))) }
    package func key(_ key: String) -> FieldPath { FieldPath(node: Node(parent: node, step: .key(key))) }
}

extension FieldPath: CustomStringConvertible {
    package var description: String {
        guard let node else { return "<nil>" }
        var steps: [Node.Step] = []
        var current: Node? = node
        while let visited = current {
            steps.append(visited.step)
            current = visited.parent
        }
        var text = ""
        for step in steps.reversed() {
            switch step {
            case .child(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += "[\(key)]"
            }
        }
        return text
    }
}

extension FieldPath: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(value) }
}
