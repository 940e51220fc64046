import Machinery

/// Where traces go and how many of them: Kubernetes' `TracingConfiguration` of `apiserver.config.k8s.io`.
package struct TracingConfiguration: Hashable, Sendable {
    package struct Flaw: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    private static let versions = ["v1", "v1beta1", "v1alpha1"].map { "apiserver.config.k8s.io/\($0)" }

    /// `HOST:PORT` of a collector that takes OTLP over gRPC, without TLS as in Kubernetes.
    package var endpoint = "localhost:4317"
    /// Of a million requests that belong to no trace yet, how many begin one.
    package var samplingRatePerMillion: Int64 = 0

    package init() {}

    /// Reads the file of `--tracing-config-file`.
    package init(parsing bytes: [UInt8]) throws(Flaw) {
        let object: JSONObject
        do {
            guard let value = try YAMLParser.parse(bytes).value.objectValue else {
                throw Flaw(description: "it is no object")
            }
            object = value
        } catch let error as Flaw {
            throw error
        } catch {
            throw Flaw(description: "\(error)")
        }
        guard Self.versions.contains(object.string("apiVersion") ?? ""), object.string("kind") == "TracingConfiguration"
        else {
            throw Flaw(
                description: "it is \(object.string("apiVersion") ?? "") \(object.string("kind") ?? ""), not "
                    + "\(Self.versions[0]) TracingConfiguration")
        }
        for member in object.members
        where !["apiVersion", "kind", "endpoint", "samplingRatePerMillion"].contains(member.key) {
            throw Flaw(description: "unknown field \(GoQuote.quote(member.key))")
        }
        if let rate = object["samplingRatePerMillion"], !rate.isNull {
            guard let number = rate.intValue, (0...1_000_000).contains(number) else {
                throw Flaw(
                    description: "samplingRatePerMillion: Invalid value: \(rate): must be between 0 and 1000000")
            }
            samplingRatePerMillion = number
        }
        if let given = object["endpoint"], !given.isNull {
            guard let text = given.stringValue, Self.parts(text) != nil else {
                throw Flaw(description: "endpoint: Invalid value: \(given): must be HOST:PORT")
            }
            endpoint = text
        }
    }

    /// Host and port of the endpoint.
    var place: (host: String, port: Int) { Self.parts(endpoint) ?? ("localhost", 4317) }

    private static func parts(_ text: String) -> (host: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.isEmpty || host.contains("/") ? nil : (host, port)
    }
}
