import Inference
import KubeAPI
import Machinery

extension PriceSheet {
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Reads a sheet of YAML or JSON; what is misspelt or negative is no price.
    package init(text: [UInt8]) throws(Failure) {
        let value: JSON
        do throws(YAMLError) {
            value = try YAMLParser.parse(text).value
        } catch {
            throw Failure(description: "\(error)")
        }
        guard case .object(let object) = value else { throw Failure(description: "no YAML or JSON object") }
        let version = InferenceNames.group + "/v1alpha1"
        guard object.string("apiVersion") == version, object.string("kind") == "PriceSheet" else {
            throw Failure(description: "not of apiVersion \(version) and kind PriceSheet")
        }
        self.init()
        for member in object.members { try take(member.key, member.value) }
    }

    private mutating func take(_ name: String, _ value: JSON) throws(Failure) {
        switch name {
        case "apiVersion", "kind": return
        case "currency":
            guard let text = value.stringValue, !text.isEmpty else { throw Failure(description: "currency: no text") }
            currency = text
        case "cpuCoreHour": coreHour = try Self.price(name, value)
        case "memoryGiBHour": gibHour = try Self.price(name, value)
        case "gpuHour": gpuHour = try Self.price(name, value)
        case "gpus":
            guard case .object(let models) = value else { throw Failure(description: "gpus: no object") }
            for member in models.members { gpus[member.key] = try Self.price("gpus.\(member.key)", member.value) }
        case "nodes":
            guard case .array(let nodes) = value else { throw Failure(description: "nodes: no list") }
            for (index, node) in nodes.enumerated() { machines.append(try Self.machine("nodes[\(index)]", node)) }
        default: throw Failure(description: "unknown field \(GoQuote.quote(name))")
        }
    }

    private static func price(_ name: String, _ value: JSON?) throws(Failure) -> Double {
        guard let price = value?.doubleValue, price >= 0, price.isFinite else {
            throw Failure(description: "\(name): must be a number that is not negative")
        }
        return price
    }

    private static func machine(_ place: String, _ value: JSON) throws(Failure) -> Machine {
        guard case .object(let object) = value else { throw Failure(description: "\(place): no object") }
        for key in object.keys where !["instanceType", "labels", "hour"].contains(key) {
            throw Failure(description: "unknown field \(GoQuote.quote("\(place).\(key)"))")
        }
        var labels = object.stringMap("labels")
        if let type = object.string("instanceType") { labels[instanceTypeLabel] = type }
        guard !labels.isEmpty else { throw Failure(description: "\(place): neither instanceType nor labels") }
        return Machine(labels: labels, hour: try price("\(place).hour", object["hour"]))
    }
}
