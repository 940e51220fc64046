import Machinery
import Testing

/// Definitions that tests create, and where their objects are.
enum Custom {
    static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    static let widgets = "/apis/example.com/v1/namespaces/default/widgets"

    static func widgets(_ version: String) -> String { "/apis/example.com/\(version)/namespaces/default/widgets" }

    /// A definition of widgets.
    ///
    /// - Parameters:
    ///   - properties: of the spec.
    ///   - version: more members of the one version.
    static func definition(
        properties: String = #"{"size":{"type":"integer"}}"#, spec: String = "", version: String = ""
    ) -> String {
        definition(
            versions: #"[{"name":"v1","served":true,"storage":true\#(version),"schema":{"openAPIV3Schema":"#
                + #"{"type":"object","properties":{"spec":{"type":"object","properties":\#(properties)\#(spec)},"#
                + #""status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]"#)
    }

    static func definition(
        versions: String, conversion: String = "", names: String = "", plural: String = "widgets",
        kind: String = "Widget", scope: String = "Namespaced"
    ) -> String {
        #"{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","#
            + #""metadata":{"name":"\#(plural).example.com"},"spec":{"group":"example.com","scope":"\#(scope)","#
            + #""names":{"plural":"\#(plural)","kind":"\#(kind)"\#(names)},"versions":\#(versions)\#(conversion)}}"#
    }

    static func widget(_ name: String, spec: String = "{}", version: String = "v1", more: String = "") -> String {
        #"{"apiVersion":"example.com/\#(version)","kind":"Widget","metadata":{"name":"\#(name)"},"#
            + #""spec":\#(spec)\#(more)}"#
    }
}

extension TestCluster {
    /// Creates a definition and waits until it is established.
    @discardableResult
    func establish(_ definition: String, _ name: String = "widgets.example.com") async throws -> Answer {
        try await send("POST", Custom.definitions, definition).expect(201)
        try await untilDefinition(name) { $0.condition("Established") == "True" }
        return try await send("GET", Custom.definitions + "/" + name)
    }
}

extension TestCluster {
    /// Waits until a definition is as wanted; `null` stands for one that is gone.
    func untilDefinition(_ name: String, _ condition: (JSON) -> Bool) async throws {
        let watch = try await watch(
            Custom.definitions + "?watch=true&fieldSelector=metadata.name%3D" + name)
        defer { watch.cancel() }
        if try await send("GET", Custom.definitions + "/" + name).status == 404, condition(.null) { return }
        while let event = try await watch.next() {
            if condition(event.type == "DELETED" ? .null : event.object) { return }
        }
    }
}

extension JSON {
    /// The status of a condition, or another of its members.
    func condition(_ type: String, _ member: String = "status") -> String? {
        (at("status.conditions").arrayValue ?? []).first { $0["type"]?.stringValue == type }?[member]?.stringValue
    }
}
