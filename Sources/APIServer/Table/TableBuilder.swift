import Machinery

/// Builds `meta.k8s.io/v1` Tables, the form that `kubectl get` prints.
struct TableBuilder {
    private enum Include {
        case none
        case metadata
        case object
    }

    private let strategy: any Strategy
    private let now: Timestamp
    private let include: Include

    init(_ registry: Registry, now: Timestamp, include: String?) throws(StatusError) {
        try self.init(registry.strategy, now: now, include: include)
    }

    init(_ strategy: any Strategy, now: Timestamp, include: String?) throws(StatusError) {
        self.strategy = strategy
        self.now = now
        switch include ?? "" {
        case "", "Metadata": self.include = .metadata
        case "None": self.include = .none
        case "Object": self.include = .object
        case let other:
            throw StatusError.invalid(
                group: "meta.k8s.io", kind: "TableOptions", name: "",
                [
                    .notSupported(FieldPath("includeObject"), other, supported: ["", "Metadata", "None", "Object"])
                ])
        }
    }

    /// - Parameter withColumns: watches send the columns with their first event only.
    func table(_ objects: [TableSubject], metadata: JSONObject, withColumns: Bool = true) -> JSONObject {
        [
            "kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": .object(metadata),
            "columnDefinitions": withColumns ? .array(strategy.columns.map(definition)) : .null,
            "rows": .array(objects.map(row)),
        ]
    }

    private func definition(_ column: TableColumn) -> JSON {
        [
            "name": .string(column.name), "type": .string(column.type), "format": .string(column.format),
            "description": .string(column.description), "priority": .int(Int64(column.priority)),
        ]
    }

    private func row(_ object: TableSubject) -> JSON {
        var row: JSONObject = ["cells": .array(strategy.objectCells(object.working, now: now))]
        switch include {
        case .none: break
        case .metadata: row["object"] = .object(PartialMetadata.make(object.served))
        case .object: row["object"] = .object(object.served)
        }
        return .object(row)
    }
}

/// An object that becomes a row: cells are made of its working form, clients get the one served.
struct TableSubject {
    let working: JSONObject
    let served: JSONObject
}

extension Registry {
    /// - Parameter object: in any version.
    func tableSubject(_ object: JSONObject) async throws(StatusError) -> TableSubject {
        guard let versions else { return TableSubject(working: object, served: object) }
        return TableSubject(
            working: try await versions.convert(object, to: working.gvk.groupVersion),
            served: try await servedForm(object))
    }

    /// The same without waiting; `nil` where a converter has to be asked.
    func tableSubjectNow(_ object: JSONObject) throws(StatusError) -> TableSubject? {
        guard let versions else { return TableSubject(working: object, served: object) }
        guard let working = try versions.convertNow(object, to: working.gvk.groupVersion),
            let served = try versions.convertNow(object, to: resource.gvk.groupVersion)
        else { return nil }
        return TableSubject(working: working, served: served)
    }
}
