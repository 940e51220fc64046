import KubeAPI

/// What the kernel's table holds, and the transactions that take it from one state to the next.
///
/// Several Services may claim the same element (an external address and port, an endpoint's hairpin): the first by
/// name has it, and when it gives up the next one gets it in the same transaction.
struct ServiceTable {
    let frame: TableFrame
    private var services: [ObjectKey: ServiceRules] = [:]
    private var claims: [RuleElement: [ObjectKey: String]] = [:]

    init(frame: TableFrame) {
        self.frame = frame
    }

    /// Takes new rules (`nil` for a Service that is gone) and returns the script for the kernel; `nil` when nothing
    /// changes.
    mutating func update(_ changes: [ObjectKey: ServiceRules?]) -> String? {
        var script = Transaction(table: TableFrame.name)
        var touched: Set<RuleElement> = []
        var before: [RuleElement: String] = [:]
        for (key, rules) in changes.sorted(by: { $0.key < $1.key }) {
            let old = services[key] ?? ServiceRules()
            let new = rules ?? ServiceRules()
            services[key] = rules
            guard old != new else { continue }
            script.replace(old, by: new)
            for element in Set(old.elements.keys).union(new.elements.keys)
            where old.elements[element] != new.elements[element] {
                if touched.insert(element).inserted { before[element] = holder(element) }
                claims[element, default: [:]][key] = new.elements[element]
                if claims[element]?.isEmpty == true { claims[element] = nil }
            }
        }
        for element in touched.sorted(by: { ($0.container.rawValue, $0.key) < ($1.container.rawValue, $1.key) }) {
            script.move(element, from: before[element], to: holder(element))
        }
        return script.text
    }

    /// The script that replaces whatever table there is by this one, at once.
    func replacement() -> String {
        var script = Transaction(table: TableFrame.name)
        for (_, rules) in services.sorted(by: { $0.key < $1.key }) { script.replace(ServiceRules(), by: rules) }
        for element in claims.keys.sorted(by: { ($0.container.rawValue, $0.key) < ($1.container.rawValue, $1.key) }) {
            script.move(element, from: nil, to: holder(element))
        }
        return frame.text + (script.text ?? "")
    }

    private func holder(_ element: RuleElement) -> String? {
        claims[element]?.min { $0.key < $1.key }?.value
    }
}

/// A script in the making. The kernel takes it whole or not at all; the order matters only for what refers to what.
private struct Transaction {
    let table: String
    private var added: [String] = []
    private var removedElements: [RuleElement.Container: [String]] = [:]
    private var addedElements: [RuleElement.Container: [String]] = [:]
    private var rules: [String] = []
    private var flushed: [String] = []
    private var removed: [String] = []

    init(table: String) {
        self.table = table
    }

    mutating func replace(_ old: ServiceRules, by new: ServiceRules) {
        for (name, declaration) in new.sets.sorted(by: { $0.key < $1.key }) where old.sets[name] == nil {
            added.append("add set ip \(table) \(name) { \(declaration) }")
        }
        for (name, lines) in new.chains.sorted(by: { $0.key < $1.key }) where old.chains[name] != lines {
            if old.chains[name] == nil {
                added.append("add chain ip \(table) \(name)")
            } else {
                rules.append("flush chain ip \(table) \(name)")
            }
            rules += lines.map { "add rule ip \(table) \(name) \($0)" }
        }
        for name in old.chains.keys.sorted() where new.chains[name] == nil {
            flushed.append("flush chain ip \(table) \(name)")
            removed.append("delete chain ip \(table) \(name)")
        }
        removed += old.sets.keys.sorted().filter { new.sets[$0] == nil }.map { "delete set ip \(table) \($0)" }
    }

    mutating func move(_ element: RuleElement, from old: String?, to new: String?) {
        guard old != new else { return }
        if let old { removedElements[element.container, default: []].append(line(element, old)) }
        if let new { addedElements[element.container, default: []].append(line(element, new)) }
    }

    private func line(_ element: RuleElement, _ value: String) -> String {
        value.isEmpty ? element.key : "\(element.key) : \(value)"
    }

    var text: String? {
        func elements(_ verb: String, _ all: [RuleElement.Container: [String]]) -> [String] {
            all.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\(verb) element ip \(table) \($0.rawValue) { \($1.joined(separator: ", ")) }" }
        }
        // Chains that are to go are emptied first: they may refer to each other.
        let lines =
            added + elements("delete", removedElements) + rules + elements("add", addedElements) + flushed
            + removed.filter { $0.hasPrefix("delete chain") } + removed.filter { !$0.hasPrefix("delete chain") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n") + "\n"
    }
}
