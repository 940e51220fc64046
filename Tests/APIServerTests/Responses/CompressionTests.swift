import APIServer
import CZlib
import HTTPCore
import Machinery
import Testing

@Suite("Compressed answers", .timeLimit(.minutes(2)))
struct CompressionTests {
    private static let loopbackToo: @Sendable (inout ControlPlane.Configuration) -> Void = {
        $0.compression.sparesLoopback = false
    }

    /// More than the threshold in one object; and in a list of three.
    private func fill(_ cluster: TestCluster) async throws {
        let data = String(repeating: "gantry ", count: 25_000)
        for name in ["a", "b", "c"] {
            try await cluster.send("POST", Path.configMaps, Manifest.configMap(name, data: #"{"k":"\#(data)"}"#))
                .expect(201)
        }
        try await cluster.send("POST", Path.services, Manifest.service("small")).expect(201)
    }

    private func get(_ cluster: TestCluster, _ target: String, encoding: String = "gzip") async throws -> Answer {
        let token = try cluster.plane.tokens.issue(
            user: TestCluster.admin.name, groups: TestCluster.admin.groups, seconds: 600
        ).token
        return try await cluster.raw(
            "GET", target, headers: ["authorization": "Bearer \(token)", "accept-encoding": encoding])
    }

    @Test("a long object and a long list go out as gzip, and are the same when unpacked")
    func compresses() async throws {
        try await TestCluster.run(.socket, adjust: Self.loopbackToo) { cluster in
            try await fill(cluster)
            for target in [Path.configMaps + "/a", Path.configMaps] {
                let plain = try await get(cluster, target, encoding: "identity").expect(200)
                #expect(plain.headers["content-encoding"] == nil)
                let packed = try await get(cluster, target, encoding: "br, gzip;q=0.5").expect(200)
                #expect(packed.headers["content-encoding"] == "gzip")
                #expect(packed.headers.contains("vary", token: "Accept-Encoding"))
                #expect(packed.body.count < plain.body.count / 10)
                #expect(try Gunzip.bytes(packed.body) == plain.body)
            }
        }
    }

    @Test("short bodies, tables of few rows, and clients that refuse gzip get plain bytes")
    func leavesPlain() async throws {
        try await TestCluster.run(.socket, adjust: Self.loopbackToo) { cluster in
            try await fill(cluster)
            for (target, encoding) in [
                (Path.services, "gzip"), (Path.configMaps, "gzip;q=0"), (Path.configMaps, "deflate"),
                (Path.configMaps + "/a", ""),
            ] {
                let answer = try await get(cluster, target, encoding: encoding).expect(200)
                #expect(answer.headers["content-encoding"] == nil, "\(target) \(encoding)")
            }
        }
    }

    @Test("clients on this machine are spared it")
    func sparesLoopback() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await fill(cluster)
            #expect(try await get(cluster, Path.configMaps).expect(200).headers["content-encoding"] == nil)
        }
    }
}

/// Undoes gzip.
enum Gunzip {
    struct Malformed: Error {}

    static func bytes(_ packed: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        guard CZlib_gunzipInit(&stream) == Z_OK else { throw Malformed() }
        defer { inflateEnd(&stream) }
        var input = packed
        var result: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 64 * 1024)
        return try input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = uInt(input.count)
            while true {
                let code = space.withUnsafeMutableBufferPointer { space -> Int32 in
                    stream.next_out = space.baseAddress
                    stream.avail_out = uInt(space.count)
                    return inflate(&stream, Z_NO_FLUSH)
                }
                guard code == Z_OK || code == Z_STREAM_END else { throw Malformed() }
                result += space[..<(space.count - Int(stream.avail_out))]
                if code == Z_STREAM_END { return result }
            }
        }
    }
}
