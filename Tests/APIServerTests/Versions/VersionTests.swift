import APIServer
import Machinery
import Testing

@Suite("Several versions of one kind", .timeLimit(.minutes(1)))
struct VersionTests {
    static let first = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers"
    static let second = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers"

    static let old =
        #"{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"a"},"spec":{"#
        + #""maxReplicas":5,"targetCPUUtilizationPercentage":60,"#
        + #""scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}"#
    static let new =
        #"{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"b"},"spec":{"#
        + #""maxReplicas":5,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"},"#
        + #""behavior":{"scaleDown":{"stabilizationWindowSeconds":60}},"metrics":["#
        + #"{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}},"#
        + #"{"type":"Pods","pods":{"metric":{"name":"hits"},"target":{"type":"AverageValue","averageValue":"10"}}}]}}"#

    @Test("what one version wrote the other reads", arguments: Route.allCases)
    func crossReading(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let made = try await cluster.send("POST", Self.first, Self.old).expect(201).json
            #expect(made.at("apiVersion").stringValue == "autoscaling/v1")
            #expect(made.at("spec.targetCPUUtilizationPercentage").intValue == 60)
            #expect(made.at("spec.minReplicas").intValue == 1)
            let seen = try await cluster.send("GET", Self.second + "/a").expect(200).json
            #expect(seen.at("apiVersion").stringValue == "autoscaling/v2")
            #expect(seen.at("spec.metrics.0.resource.target.averageUtilization").intValue == 60)
            #expect(seen.at("spec.targetCPUUtilizationPercentage") == .null)

            try await cluster.send("POST", Self.second, Self.new).expect(201)
            let flat = try await cluster.send("GET", Self.first + "/b").expect(200).json
            #expect(flat.at("spec.targetCPUUtilizationPercentage").intValue == 50)
            let annotations = try #require(flat.at("metadata.annotations").objectValue)
            #expect(annotations.string("autoscaling.alpha.kubernetes.io/metrics")?.contains("hits") == true)
            #expect(annotations.string("autoscaling.alpha.kubernetes.io/behavior")?.contains("ScaleDown") == true)
            let list = try await cluster.send("GET", Self.first).expect(200)
            #expect(list.json.at("kind").stringValue == "HorizontalPodAutoscalerList")
            #expect(list.json.at("apiVersion").stringValue == "autoscaling/v1")
            #expect(list.items.allSatisfy { $0.at("apiVersion").stringValue == "autoscaling/v1" })
        }
    }

    @Test("an update by the lesser version loses nothing")
    func roundTrip() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.second, Self.new).expect(201)
            var flat = try #require(try await cluster.send("GET", Self.first + "/b").expect(200).json.objectValue)
            flat["spec"]?.setMember("maxReplicas", 9)
            let body = String(decoding: flat.encoded(), as: UTF8.self)
            try await cluster.send("PUT", Self.first + "/b", body).expect(200)
            let seen = try await cluster.send("GET", Self.second + "/b").expect(200).json
            #expect(seen.at("spec.maxReplicas").intValue == 9)
            #expect(seen.at("spec.metrics").arrayValue?.count == 2)
            #expect(seen.at("spec.behavior.scaleDown.stabilizationWindowSeconds").intValue == 60)
            #expect(seen.at("metadata.annotations") == .null)
        }
    }

    @Test("patches and apply speak the version of their path, and managers keep theirs")
    func ownership() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.second + "?fieldManager=maker", Self.new).expect(201)
            try await cluster.send(
                "PATCH", Self.first + "/b?fieldManager=old", #"{"spec":{"targetCPUUtilizationPercentage":70}}"#,
                type: PatchTests.merge
            ).expect(200)
            let seen = try await cluster.send("GET", Self.second + "/b").expect(200).json
            #expect(
                seen.at("spec.metrics").arrayValue?.compactMap {
                    $0.at("resource.target.averageUtilization").intValue
                } == [70])
            let managers = seen.at("metadata.managedFields").arrayValue ?? []
            let versions = Dictionary(
                managers.map { ($0.at("manager").stringValue ?? "", $0.at("apiVersion").stringValue ?? "") }
            ) { first, _ in first }
            #expect(versions == ["maker": "autoscaling/v2", "old": "autoscaling/v1"])
            let applied =
                #"{"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"b"},"#
                + #""spec":{"maxReplicas":7}}"#
            try await cluster.send(
                "PATCH", Self.first + "/b?fieldManager=other", applied, type: PatchTests.apply
            ).expect(409, "Conflict", "conflict with \"maker\" using autoscaling/v2")
            let forced = try await cluster.send(
                "PATCH", Self.first + "/b?fieldManager=other&force=true", applied, type: PatchTests.apply)
            #expect(forced.expect(200).json.at("spec.maxReplicas").intValue == 7)
        }
    }

    @Test("watches and tables are of the version asked for", arguments: Route.allCases)
    func watching(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let watch = try await cluster.watch(Self.first + "?watch=true")
            try await cluster.send("POST", Self.second, Self.new).expect(201)
            let event = try #require(try await watch.next())
            #expect(event.summary == "ADDED b")
            #expect(event.object.at("apiVersion").stringValue == "autoscaling/v1")
            #expect(event.object.at("spec.targetCPUUtilizationPercentage").intValue == 50)
            watch.cancel()
            let table = try await cluster.send(
                "GET", Self.first + "?includeObject=Object",
                accept: "application/json;as=Table;g=meta.k8s.io;v=v1")
            let row = table.expect(200).json.at("rows.0")
            #expect(row.at("object.apiVersion").stringValue == "autoscaling/v1")
            #expect(row.at("cells.2").stringValue == "cpu: <unknown>/50%, <unknown>/10")
        }
    }

    @Test("events have two homes, and the newer is stricter")
    func events() async throws {
        try await TestCluster.run { cluster in
            let core = "/api/v1/namespaces/default/events"
            let group = "/apis/events.k8s.io/v1/namespaces/default/events"
            try await cluster.send(
                "POST", core,
                #"{"apiVersion":"v1","kind":"Event","metadata":{"name":"a"},"message":"m","reason":"R","type":"Normal","#
                    + #""involvedObject":{"kind":"Pod","name":"p","namespace":"default"}}"#
            ).expect(201)
            let seen = try await cluster.send("GET", group + "/a").expect(200).json
            #expect(seen.at("apiVersion").stringValue == "events.k8s.io/v1")
            #expect(seen.at("note").stringValue == "m")
            #expect(seen.at("regarding.name").stringValue == "p")
            let found = try await cluster.send("GET", group + "?fieldSelector=regarding.name%3Dp").expect(200)
            #expect(found.itemNames == ["a"])
            try await cluster.send("GET", group + "?fieldSelector=involvedObject.name%3Dp").expect(400, "BadRequest")
            let refused = try await cluster.send(
                "POST", group,
                #"{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"b"},"type":"Normal"}"#)
            #expect(refused.expect(422, "Invalid").causes.contains("eventTime"))
            try await cluster.send(
                "POST", group,
                #"{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"c"},"type":"Normal","#
                    + #""eventTime":"2026-01-01T00:00:00.000000Z","reportingController":"x.io/c","action":"A","#
                    + #""reportingInstance":"i","reason":"R","regarding":{"kind":"Pod","namespace":"default"}}"#
            ).expect(201)
        }
    }

    @Test("versions that are not stable are off until they are asked for")
    func runtimeConfig() async throws {
        let path = "/apis/networking.k8s.io/v1beta1/servicecidrs"
        let range =
            #"{"apiVersion":"networking.k8s.io/v1beta1","kind":"ServiceCIDR","metadata":{"name":"a"},"#
            + #""spec":{"cidrs":["10.1.0.0/16"]}}"#
        try await TestCluster.run { cluster in
            try await cluster.send("GET", path).expect(404)
        }
        let apis = try ServedAPIs(runtimeConfig: "networking.k8s.io/v1beta1=true", gates: FeatureGates())
        try await TestCluster.run(apis: apis) { cluster in
            try await cluster.send("POST", path, range).expect(201)
            let stable = try await cluster.send("GET", "/apis/networking.k8s.io/v1/servicecidrs/a").expect(200).json
            #expect(stable.at("apiVersion").stringValue == "networking.k8s.io/v1")
            let group = try await cluster.send("GET", "/apis/networking.k8s.io").expect(200).json
            #expect(group.at("preferredVersion.version").stringValue == "v1")
            #expect(group.at("versions").arrayValue?.count == 2)
        }
    }
}
