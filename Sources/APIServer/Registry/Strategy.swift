import KubeAPI
import Machinery

/// What is particular to one kind; everything else about serving it is derived from its schema.
///
/// A strategy is pure: it looks at objects and changes the one it is given, without I/O. What needs the state of the
/// cluster (addresses, quotas) is admission's or an allocator's work.
package protocol Strategy: Sendable {
    associatedtype Object: KubeObject

    /// Why a name is not one for this kind, in Kubernetes' words; empty when it is.
    func validateName(_ name: String, isPrefix: Bool) -> [String]

    /// Sets defaults that depend on more than one field; constant ones stand in the schema.
    func applyDefaults(_ object: inout Object)

    /// Clears what clients may not set at creation (status, above all).
    func prepareForCreate(_ object: inout Object)
    /// Rules of new objects besides those of `validate`: what older ones may break.
    func validateCreate(_ object: Object) -> [FieldError]
    func validate(_ object: Object) -> [FieldError]

    /// Restores what an ordinary update may not change (status, above all).
    func prepareForUpdate(_ object: inout Object, from old: Object)
    /// Rules of an update besides those of `validate`, which run as well.
    func validateUpdate(_ object: Object, from old: Object) -> [FieldError]

    /// All rules of an update. A kind that lets stand what was wrong before has rules of its own here.
    func validateChange(_ object: Object, from old: Object) -> [FieldError]

    /// Restores what an update of the status subresource may not change: all but the status, and some metadata.
    func prepareForStatusUpdate(_ object: inout Object, from old: Object)
    func validateStatusUpdate(_ object: Object, from old: Object) -> [FieldError]

    /// Texts for the `Warning` header.
    func warnings(for object: Object, from old: Object?) -> [String]

    /// PUT may leave out the resourceVersion, and then replaces whatever is there.
    var allowsUnconditionalUpdate: Bool { get }

    /// PUT of an absent object creates it (as for Leases, Endpoints, Events).
    var allowsCreateOnUpdate: Bool { get }

    /// Fields that field selectors know, besides `metadata.name` and `metadata.namespace`.
    func selectableFields(_ object: Object) -> [(name: String, value: String)]
    /// The names under which clients select by `selectableFields`; a selector with another one is refused.
    var selectableFieldNames: [String] { get }
    /// The name in `selectableFields` of a field that clients of this version call by another.
    func selectableField(named label: String) -> String

    /// Columns of the Table form, and an object's cells in their order.
    var columns: [TableColumn] { get }
    func cells(_ object: Object, now: Timestamp) -> [JSON]

    /// The grace period that deleting the object has; `nil` removes it at once.
    func gracePeriodSeconds(_ object: Object, requested: Int64?) -> Int64?

    /// What still keeps a deleted object alive.
    func pendingFinalizers(_ object: Object) -> [String]
    /// Marks an object whose deletion begins (a Namespace's phase).
    func prepareForDeletion(_ object: inout Object)

    /// DELETE answers with the object rather than with a Status.
    var returnsDeletedObject: Bool { get }

    /// After how many seconds an object written now goes by itself (Events).
    var timeToLiveSeconds: Int64? { get }

    /// What becomes of dependents when the client does not say.
    var defaultPropagation: DeletionPropagation { get }

    /// What a definition in the cluster says of the kind; `nil` for built-in kinds.
    var custom: CustomVersion? { get }
}

package enum DeletionPropagation: String, Sendable {
    case orphan = "Orphan"
    case background = "Background"
    case foreground = "Foreground"
}

extension Strategy {
    package func validateName(_ name: String, isPrefix: Bool) -> [String] {
        Names.dns1123Subdomain(isPrefix ? maskTrailingDash(name) : name)
    }

    package func applyDefaults(_ object: inout Object) {}

    package func prepareForCreate(_ object: inout Object) {
        object.json["status"] = nil
    }

    package func validate(_ object: Object) -> [FieldError] { [] }
    package func validateCreate(_ object: Object) -> [FieldError] { [] }

    package func prepareForUpdate(_ object: inout Object, from old: Object) {
        object.json["status"] = old.json["status"]
    }

    package func validateUpdate(_ object: Object, from old: Object) -> [FieldError] { [] }

    package func validateChange(_ object: Object, from old: Object) -> [FieldError] {
        validate(object) + validateUpdate(object, from: old)
    }

    package func prepareForStatusUpdate(_ object: inout Object, from old: Object) {
        restoreAllButStatus(&object, from: old)
    }

    package func validateStatusUpdate(_ object: Object, from old: Object) -> [FieldError] { [] }
    package func warnings(for object: Object, from old: Object?) -> [String] { [] }
    package var allowsUnconditionalUpdate: Bool { true }
    package var allowsCreateOnUpdate: Bool { false }
    package func selectableFields(_ object: Object) -> [(name: String, value: String)] { [] }
    package var selectableFieldNames: [String] { [] }
    package func selectableField(named label: String) -> String { label }
    package var columns: [TableColumn] { TableColumn.nameAndAge }
    package func cells(_ object: Object, now: Timestamp) -> [JSON] {
        [.string(object.name), TableCell.age(object.metadata.creationTimestamp, now: now)]
    }
    package func gracePeriodSeconds(_ object: Object, requested: Int64?) -> Int64? { nil }
    package func pendingFinalizers(_ object: Object) -> [String] { object.metadata.finalizers }
    package func prepareForDeletion(_ object: inout Object) {}
    package var returnsDeletedObject: Bool { false }
    package var timeToLiveSeconds: Int64? { nil }
    package var defaultPropagation: DeletionPropagation { .background }
    package var custom: CustomVersion? { nil }

    /// A prefix for generated names may end in a dash, as the suffix follows.
    package func maskTrailingDash(_ name: String) -> String {
        name.count > 1 && name.hasSuffix("-") ? String(name.dropLast()) + "a" : name
    }
}

/// The strategy of kinds that have no rules of their own beyond their schema.
package struct PlainStrategy<Object: KubeObject>: Strategy {
    package init() {}
}

/// A column of a Table.
package struct TableColumn: Sendable {
    package let name: String
    package let type: String
    package let format: String
    package let description: String
    /// 0 is always shown, others with `-o wide`.
    package let priority: Int

    package init(
        _ name: String, type: String = "string", format: String = "", description: String = "", priority: Int = 0
    ) {
        self.name = name
        self.type = type
        self.format = format
        self.description = description
        self.priority = priority
    }

    package static let name = TableColumn(
        "Name", format: "name", description: "Name of the object, unique within its namespace and resource.")
    package static let age = TableColumn("Age", description: "Time since the object was created.")
    package static let nameAndAge = [name, age]
}
