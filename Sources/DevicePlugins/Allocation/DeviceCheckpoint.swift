import Glibc
import Machinery

/// What the agent must know of devices when it starts anew: which pod has which, and what its driver answered.
///
/// A JSON file, written as a whole beside the old one and put in its place, so that a crash leaves one or the other.
struct DeviceCheckpoint: Sendable {
    /// A file that cannot be written or understood.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let version: Int64 = 1

    let path: String

    func write(_ table: DeviceTable) throws(Failure) {
        var grants: [JSON] = []
        for (pod, holding) in table.holdings.sorted(by: { $0.key < $1.key }) {
            for (container, list) in holding.grants.sorted(by: { $0.key < $1.key }) {
                // What no driver has agreed to is nobody's yet.
                for grant in list where grant.response != nil {
                    grants.append(
                        .object([
                            "pod": .string(pod), "container": .string(container), "resource": .string(grant.resource),
                            "devices": .array(grant.devices.map { .string($0) }), "passedOn": .bool(grant.isPassedOn),
                            "response": .object(grant.response?.json ?? [:]),
                        ]))
                }
            }
        }
        let resources = table.resources.keys.sorted().map { name -> JSON in
            let count = table.count(name)
            return .object([
                "name": .string(name), "capacity": .int(Int64(count?.capacity ?? 0)),
                "allocatable": .int(Int64(count?.allocatable ?? 0)),
            ])
        }
        let document = JSON.object([
            "version": .int(Self.version), "resources": .array(resources), "grants": .array(grants),
        ])
        try replace(Array(document.description.utf8))
    }

    /// What is in the file; an empty table where there is none.
    func read() throws(Failure) -> DeviceTable {
        var table = DeviceTable()
        guard let bytes = try contents() else { return table }
        let document: JSON
        do {
            document = try JSON(parsing: bytes)
        } catch {
            throw Failure(description: "\(path): \(error)")
        }
        guard document["version"]?.intValue == Self.version else {
            throw Failure(description: "\(path) is of another version")
        }
        for entry in document["resources"]?.arrayValue ?? [] {
            guard let name = entry["name"]?.stringValue, let capacity = entry["capacity"]?.intValue,
                let allocatable = entry["allocatable"]?.intValue
            else { throw Failure(description: "\(path): a resource without name or number") }
            table.remember(name, DeviceCount(capacity: Int(capacity), allocatable: Int(allocatable)))
        }
        for entry in document["grants"]?.arrayValue ?? [] {
            guard let pod = entry["pod"]?.stringValue, let container = entry["container"]?.stringValue,
                let resource = entry["resource"]?.stringValue, let devices = entry["devices"]?.arrayValue
            else { throw Failure(description: "\(path): a grant without pod, container, resource or devices") }
            var grant = DeviceGrant(
                resource: resource, devices: devices.compactMap(\.stringValue),
                isPassedOn: entry["passedOn"]?.boolValue ?? false, response: nil)
            if case .object(let response)? = entry["response"] {
                grant.response = DevicePluginV1beta1.ContainerAllocateResponse(json: response)
            }
            table.restore(pod, container: container, grant)
        }
        return table
    }

    private func contents() throws(Failure) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("open")
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &space, space.count)
            if count < 0 { throw failure("read") }
            if count == 0 { return bytes }
            bytes += space.prefix(count)
        }
    }

    private func replace(_ bytes: [UInt8]) throws(Failure) {
        let fresh = path + ".new"
        let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("open") }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write") }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw failure("fsync") }
        guard rename(fresh, path) == 0 else { throw failure("rename") }
    }

    private func failure(_ action: String) -> Failure {
        Failure(description: "\(action) \(path): \(String(cString: strerror(errno)))")
    }
}
