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
        strategy = registry.strategy
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
    func table(_ objects: [JSONObject], metadata: JSONObject, withColumns: Bool = true) -> JSONObject {
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

    private func row(_ object: JSONObject) -> JSON {
        var row: JSONObject = ["cells": .array(strategy.objectCells(object, now: now))]
        switch include {
        case .none: break
        case .metadata: row["object"] = .object(PartialMetadata.make(object))
        case .object: row["object"] = .object(object)
        }
        return .object(row)
    }
}
