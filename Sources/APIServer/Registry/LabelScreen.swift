import Machinery
import Store

/// What labels a selector requires, as marks: objects without them cannot match, and need not be looked at closer.
struct LabelScreen: Sendable {
    private var all = LabelMarks.none
    /// Of each of these one is needed.
    private var choices: [[LabelMarks]] = []

    init(_ selector: Selector) {
        for requirement in selector.requirements {
            switch requirement.operation {
            case .equals, .doubleEquals, .in:
                let marks = requirement.values.map { LabelMarks(key: requirement.key, value: $0) }
                if marks.count == 1 { all = all.union(marks[0]) } else { choices.append(marks) }
            case .exists, .greaterThan, .lessThan: all = all.union(LabelMarks(key: requirement.key))
            case .notEquals, .notIn, .doesNotExist: break
            }
        }
    }

    func lets(_ object: StoredObject) -> Bool {
        let marks = object.labelMarks
        return marks.isSuperset(of: all) && choices.allSatisfy { $0.contains { marks.isSuperset(of: $0) } }
    }
}
