import KubeAPI
import Machinery

struct ServiceAccountStrategy: Strategy {
    var returnsDeletedObject: Bool { true }

    var columns: [TableColumn] { [.name, .number("Secrets", "How many secrets its pods may use."), .age] }
    func cells(_ account: ServiceAccount, now: Timestamp) -> [JSON] {
        [
            .string(account.name), .int(Int64(account.secrets.count)),
            TableCell.age(account.metadata.creationTimestamp, now: now),
        ]
    }
}
