import Machinery

/// What a schema may say of the identity of list elements.
enum ListRules {
    /// `x-kubernetes-list-type`, `-list-map-keys` and `-map-type` fit together and fit the type.
    static func types(_ schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let (listPlace, typePlace) = (path.child("x-kubernetes-list-type"), path.child("type"))
        if let mapType = schema.mapType {
            errors += demands("object", schema, typePlace, "x-kubernetes-map-type")
            if !["atomic", "granular"].contains(mapType) {
                errors.append(
                    .notSupported(
                        path.child("x-kubernetes-map-type"), mapType, supported: ["atomic", "granular"]))
            }
        }
        if let listType = schema.listType {
            errors += demands("array", schema, typePlace, "x-kubernetes-list-type")
            if !["atomic", "set", "map"].contains(listType) {
                errors.append(.notSupported(listPlace, listType, supported: ["atomic", "set", "map"]))
            }
        }
        if !schema.listMapKeys.isEmpty {
            let detail = "must be map if x-kubernetes-list-map-keys is non-empty"
            if let listType = schema.listType {
                if listType != "map" { errors.append(.invalid(listPlace, listType, detail)) }
            } else {
                errors.append(.required(listPlace, detail))
            }
        }
        return schema.listType == "map" ? errors + map(schema, path) : errors
    }

    private static func demands(
        _ type: String, _ schema: StructuralSchema, _ place: FieldPath, _ name: String
    ) -> [FieldError] {
        guard schema.type != type else { return [] }
        let detail = "must be \(type) if \(name) is specified"
        return [schema.type.isEmpty ? .required(place, detail) : .invalid(place, schema.type, detail)]
    }

    private static func map(_ schema: StructuralSchema, _ path: FieldPath) -> [FieldError] {
        let keysPlace = path.child("x-kubernetes-list-map-keys")
        var errors: [FieldError] = []
        if schema.listMapKeys.isEmpty {
            errors.append(.required(keysPlace, "must not be empty if x-kubernetes-list-type is map"))
        }
        guard let items = schema.items else {
            return errors + [.required(path.child("items"), "must have a schema if x-kubernetes-list-type is map")]
        }
        guard items.type == "object" else {
            return errors + [
                .invalid(
                    path.child("items").child("type"), items.type,
                    "must be object if parent array's x-kubernetes-list-type is map")
            ]
        }
        let keys = JSON.array(schema.listMapKeys.map(JSON.string))
        var seen: Set<String> = []
        for key in schema.listMapKeys {
            if let property = items.property(key) {
                if ["array", "object"].contains(property.type) {
                    errors.append(
                        .invalid(
                            path.child("items").child("properties").key(key).child("type"), items.type,
                            "must be a scalar type if parent array's x-kubernetes-list-type is map"))
                }
            } else {
                errors.append(.invalid(keysPlace, keys, "entries must all be names of item properties"))
            }
            if !seen.insert(key).inserted {
                errors.append(.invalid(keysPlace, keys, "must not contain duplicate entries"))
            }
        }
        return errors
    }

    /// Elements of sets are compared as a whole.
    static func sets(_ schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        guard schema.listType == "set", schema.type == "array", let items = schema.items else { return [] }
        let detail = "must be atomic as item of a list with x-kubernetes-list-type=set"
        switch items.type {
        case "array":
            guard let listType = items.listType, listType != "atomic" else { return [] }
            return [.invalid(path.child("items").child("x-kubernetes-list-type"), listType, detail)]
        case "object":
            guard items.mapType != "atomic" else { return [] }
            return [
                .invalid(
                    path.child("items").child("x-kubernetes-map-type"), items.listType.map(JSON.string) ?? .null, detail
                )
            ]
        default: return []
        }
    }

    /// What identifies an element is there, and is not null.
    static func keys(_ schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        guard let items = schema.items, let listType = schema.listType, ["set", "map"].contains(listType) else {
            return []
        }
        var errors: [FieldError] = []
        if items.isNullable {
            errors.append(
                .forbidden(
                    path.child("items").child("nullable"),
                    "cannot be nullable when x-kubernetes-list-type is \(listType)"))
        }
        guard listType == "map" else { return errors }
        for key in schema.listMapKeys {
            guard let property = items.property(key) else { continue }
            let place = path.child("items").child("properties").key(key)
            if !items.values.required.contains(key), property.defaultValue == nil {
                errors.append(
                    .required(
                        place.child("default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required "
                            + "property"))
            }
            if property.isNullable {
                errors.append(
                    .forbidden(
                        place.child("nullable"),
                        "this property is in x-kubernetes-list-map-keys, so it cannot be nullable"))
            }
        }
        return errors
    }
}
