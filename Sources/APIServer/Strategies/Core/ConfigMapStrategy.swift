import KubeAPI
import Machinery

struct ConfigMapStrategy: Strategy {
    func validate(_ map: ConfigMap) -> [FieldError] { ConfigurationValidation.validate(map) }
    func validateUpdate(_ map: ConfigMap, from old: ConfigMap) -> [FieldError] {
        ConfigurationValidation.validateUpdate(map, from: old)
    }

    var columns: [TableColumn] { [.name, .number("Data", "How many entries it has."), .age] }
    func cells(_ map: ConfigMap, now: Timestamp) -> [JSON] {
        let count = [map.json["data"], map.json["binaryData"]].reduce(0) { $0 + ($1?.objectValue?.count ?? 0) }
        return [.string(map.name), .int(Int64(count)), TableCell.age(map.metadata.creationTimestamp, now: now)]
    }
}
