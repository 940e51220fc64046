import KubeAPI
import Machinery

struct PriorityClassStrategy: Strategy {
    func applyDefaults(_ priorityClass: inout PriorityClass) {
        if priorityClass.preemptionPolicy == nil { priorityClass.preemptionPolicy = "PreemptLowerPriority" }
        if priorityClass.value == nil { priorityClass.value = 0 }
    }

    func prepareForCreate(_ priorityClass: inout PriorityClass) { priorityClass.metadata.generation = 1 }
    func validate(_ priorityClass: PriorityClass) -> [FieldError] { PriorityClassValidation.validate(priorityClass) }
    func validateUpdate(_ priorityClass: PriorityClass, from old: PriorityClass) -> [FieldError] {
        PriorityClassValidation.validateUpdate(priorityClass, from: old)
    }

    /// Not for clients to select by: pods of no class look for the default one.
    func selectableFields(_ priorityClass: PriorityClass) -> [(name: String, value: String)] {
        priorityClass.globalDefault == true ? [(ObjectLookup.defaultMark, "true")] : []
    }

    var columns: [TableColumn] {
        [
            .name, .number("Value", "The priority of pods of the class."),
            TableColumn("Global-Default", type: "boolean", description: "Whether pods of no class get it."), .age,
            TableColumn("PreemptionPolicy", description: "Whether its pods take others' places."),
        ]
    }

    func cells(_ priorityClass: PriorityClass, now: Timestamp) -> [JSON] {
        [
            .string(priorityClass.name), .int(Int64(priorityClass.value ?? 0)),
            .bool(priorityClass.globalDefault ?? false),
            TableCell.age(priorityClass.metadata.creationTimestamp, now: now),
            .string(priorityClass.preemptionPolicy ?? ""),
        ]
    }
}

struct RuntimeClassStrategy: Strategy {
    var allowsCreateOnUpdate: Bool { true }
    var allowsUnconditionalUpdate: Bool { false }

    func validate(_ runtimeClass: RuntimeClass) -> [FieldError] { RuntimeClassValidation.validate(runtimeClass) }
    func validateUpdate(_ runtimeClass: RuntimeClass, from old: RuntimeClass) -> [FieldError] {
        RuntimeClassValidation.validateUpdate(runtimeClass, from: old)
    }
    func warnings(for runtimeClass: RuntimeClass, from old: RuntimeClass?) -> [String] {
        RuntimeClassValidation.warnings(runtimeClass)
    }

    var columns: [TableColumn] { [.name, TableColumn("Handler", description: "What the runtime calls it."), .age] }
    func cells(_ runtimeClass: RuntimeClass, now: Timestamp) -> [JSON] {
        [
            .string(runtimeClass.name), .string(runtimeClass.handler),
            TableCell.age(runtimeClass.metadata.creationTimestamp, now: now),
        ]
    }
}
