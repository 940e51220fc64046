import CRI
import KubeSchemas
import Machinery
import Testing

@Suite struct MessageTests {
    @Test func sandboxConfigSurvivesTheWire() throws {
        var metadata = RuntimeV1.PodSandboxMetadata()
        metadata.name = "web"
        metadata.namespace = "default"
        metadata.uid = "u-1"
        metadata.attempt = 3
        var config = RuntimeV1.PodSandboxConfig()
        config.metadata = metadata
        config.labels = ["app": "web", "tier": "front"]
        config.linux = RuntimeV1.LinuxPodSandboxConfig()
        config.linux?.cgroupParent = "/gantry/kubepods/podu-1"
        config.linux?.sysctls = ["net.core.somaxconn": "128"]
        let bytes = try config.json.protobuf(RuntimeV1.PodSandboxConfig.schema)
        let read = RuntimeV1.PodSandboxConfig(
            json: try JSONObject(protobuf: bytes, schema: RuntimeV1.PodSandboxConfig.schema))
        #expect(read.metadata.name == "web")
        #expect(read.metadata.attempt == 3)
        #expect(read.labels == ["app": "web", "tier": "front"])
        #expect(read.linux?.cgroupParent == "/gantry/kubepods/podu-1")
        #expect(read.linux?.sysctls == ["net.core.somaxconn": "128"])
    }

    /// Bytes as protoc's encoder writes them: field numbers are what the wire knows.
    @Test func knownBytesAreRead() throws {
        // message Version: version=1 "0.1.0", runtime_name=2 "containerd"
        let bytes: [UInt8] = [0x0A, 5] + Array("0.1.0".utf8) + [0x12, 10] + Array("containerd".utf8)
        let version = RuntimeV1.VersionResponse(
            json: try JSONObject(protobuf: bytes, schema: RuntimeV1.VersionResponse.schema))
        #expect(version.version == "0.1.0")
        #expect(version.runtimeName == "containerd")
        #expect(version.runtimeApiVersion == "")
    }

    @Test func everyMessageHasItsSchema() {
        #expect(MessageSchemas.runtimeV1.order.count > 100)
        for name in MessageSchemas.runtimeV1.order {
            let schema = MessageSchemas.runtimeV1.schema(definition: name)
            #expect(schema?.fields.allSatisfy { !$0.protobufPath.isEmpty } == true, "\(name)")
        }
    }
}
