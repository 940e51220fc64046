/// Labels of all nodes by key: a number for each value, in one array over the nodes' slots.
///
/// A column is made when a rule first asks for its key and kept up to date from then on, so that filters compare
/// numbers and spreading adds up by them. The number 0 stands for a node without the label.
package struct LabelColumns: Sendable {
    package struct Column: Sendable {
        package let key: String
        /// By slot.
        package fileprivate(set) var ids: [Int32]
        /// By number; the first is no value.
        package fileprivate(set) var values: [String] = [""]
        fileprivate var numbers: [String: Int32] = [:]

        /// How many numbers there are, that of "none" included.
        package var width: Int { values.count }

        package func id(of value: String) -> Int32? { numbers[value] }

        fileprivate mutating func number(_ value: String) -> Int32 {
            if let number = numbers[value] { return number }
            let number = Int32(values.count)
            values.append(value)
            numbers[value] = number
            return number
        }
    }

    /// Above this, columns are made anew.
    private static let maximumColumns = 256

    package private(set) var columns: [Column] = []
    private var places: [String: Int] = [:]

    package init() {}

    package subscript(column: Int) -> Column {
        _read { yield columns[column] }
    }

    func place(of key: String) -> Int? { places[key] }

    /// Takes room for a column when there are too many; to be called between decisions only.
    mutating func trim(slots: Int) {
        let isCrowded = columns.count > Self.maximumColumns
        guard isCrowded || columns.contains(where: { $0.width > 2 * slots + 1024 }) else { return }
        columns = []
        places = [:]
    }

    mutating func add(_ key: String, slots: Int, _ value: (Int) -> String?) -> Int {
        var column = Column(key: key, ids: [Int32](repeating: 0, count: slots))
        for slot in 0..<slots {
            if let text = value(slot) { column.ids[slot] = column.number(text) }
        }
        columns.append(column)
        places[key] = columns.count - 1
        return columns.count - 1
    }

    mutating func addSlot() {
        for index in columns.indices { columns[index].ids.append(0) }
    }

    mutating func update(slot: Int, _ labels: [String: String]) {
        for index in columns.indices {
            columns[index].ids[slot] = labels[columns[index].key].map { columns[index].number($0) } ?? 0
        }
    }
}
