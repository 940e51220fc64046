// swift-tools-version: 6.2
import PackageDescription

/// Set by `scripts/fuzz`: modules are built fast and with coverage, which libFuzzer is guided by.
let isFuzzing = Context.environment["GANTRY_FUZZ"] != nil

let strict: [SwiftSetting] =
    [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
    + (isFuzzing ? [.unsafeFlags(["-O", "-sanitize=fuzzer", "-parse-as-library"])] : [])

/// The released program needs no Swift on the machine that it runs on; what it links besides is listed behind, as
/// archives are searched in that order. Its calls of the runtime are direct ones.
let alone: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-lFoundation", "-lCoreFoundation", "-lFoundationInternationalization",
            "-lFoundationEssentials", "-l_FoundationCollections", "-l_FoundationCShims", "-l_FoundationICU",
        ], .when(configuration: .release)),
    .linkedLibrary("stdc++", .when(configuration: .release)),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A module of Debian's C libraries.
func library(_ name: String) -> Target {
    .systemLibrary(name: name)
}

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioSockets: [Target.Dependency] = [
    nioCore,
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
    .product(name: "NIOHPACK", package: "swift-nio-http2"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "gantry",
    products: [
        .executable(name: "gantry", targets: ["gantry"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Leaves.
        library("COpenSSL"),
        library("CSQLite"),
        library("CZlib"),
        room("PKI", ["COpenSSL"]),
        room("Metrics"),
        room("Machinery", [.product(name: "Yams", package: "Yams")]),
        room("CEL", ["Machinery"]),
        room("KubeSchemas", ["Machinery"]),
        room("KubeAPI", ["Machinery", "KubeSchemas"]),
        room("FlowControl", ["KubeAPI", "Machinery"]),
        room("AdmissionRules", ["KubeAPI", "Machinery"]),
        room("Store", ["CSQLite"]),

        // The one HTTP stack.
        room(
            "HTTPCore",
            [
                nioCore, .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        room("HTTPServing", ["HTTPCore"] + nioSockets),
        room("HTTPClient", ["HTTPCore"] + nioSockets),
        room("EtcdStore", ["HTTPClient", "HTTPCore", "Machinery", "Store"]),
        room("Encryption", ["COpenSSL", "HTTPClient", "HTTPCore", "Machinery", "Store"]),
        room("RemoteCommand", ["HTTPCore", "HTTPClient", "Machinery", "CZlib", nioCore]),

        // Clients, and the API server they speak to.
        room("Client", ["KubeAPI", "Machinery", "Metrics"]),
        room("RemoteClient", ["Client", "HTTPClient", "HTTPCore", "Machinery", "PKI", nioCore]),
        room(
            "APIServer",
            [
                "AdmissionRules", "CEL", "CZlib", "Client", "FlowControl", "HTTPClient", "HTTPCore", "HTTPServing",
                "KubeAPI", "KubeSchemas", "Machinery", "Metrics", "PKI", "Store", nioCore,
            ]),

        // The loops: each only a client of the API.
        room("ServiceProxy", ["Client", "KubeAPI", "LinuxHost", "Machinery"]),
        room(
            "ClusterDNS",
            ["Client", "KubeAPI", "Machinery", nioCore, .product(name: "NIOPosix", package: "swift-nio")]),
        room("Inference", ["KubeAPI"]),
        room("ModelServing", ["Client", "Inference", "KubeAPI", "Machinery"]),
        room("Cost", ["AdmissionRules", "Client", "Inference", "KubeAPI", "Machinery", "Metrics"]),
        room(
            "InferenceGateway",
            [
                "Client", "HTTPClient", "HTTPCore", "HTTPServing", "Inference", "KubeAPI", "Machinery", "Metrics",
                "PKI",
                nioCore,
            ]),
        room("FakeNodes", ["Client", "KubeAPI", "Machinery"]),
        room("Scheduler", ["CEL", "Client", "KubeAPI", "Machinery", "Metrics"]),
        room("Doctor", ["Client", "Inference", "KubeAPI", "Machinery"]),
        room("Readiness", ["Client", "Inference", "KubeAPI", "Machinery"]),
        room("Controllers", ["AdmissionRules", "Client", "KubeAPI", "KubeSchemas", "Machinery", "PKI"]),
        room("CRI", ["HTTPClient", "HTTPCore", "KubeSchemas", "Machinery"]),
        room("PodNetwork", ["Client", "KubeAPI", "LinuxHost", "Machinery"]),
        .target(name: "CMemory", linkerSettings: [.linkedLibrary("jemalloc")]),
        .target(name: "CNode"),
        room("LinuxHost", ["CNode", "Machinery"]),
        room("DevicePlugins", ["HTTPClient", "HTTPCore", "HTTPServing", "KubeSchemas", "Machinery"]),
        room("GPU", ["DevicePlugins", "HTTPCore", "HTTPServing", "LinuxHost", "Machinery", "Metrics"]),
        room(
            "Node",
            [
                "CNode", "CRI", "Client", "DevicePlugins", "HTTPClient", "HTTPCore", "HTTPServing", "KubeAPI",
                "KubeSchemas", "LinuxHost", "Machinery", "Metrics", "PKI", "PodNetwork", "RemoteCommand",
            ] + nioSockets),

        .executableTarget(
            name: "gantry",
            dependencies: [
                "APIServer", "AdmissionRules", "CMemory", "CNode", "CRI", "Client", "ClusterDNS", "Controllers", "Cost",
                "Doctor", "Encryption", "EtcdStore", "FakeNodes", "FlowControl", "GPU", "HTTPClient", "HTTPCore",
                "HTTPServing", "Inference", "InferenceGateway", "KubeAPI", "LinuxHost", "Machinery", "Metrics",
                "ModelServing", "Node", "PKI", "PodNetwork", "Readiness", "RemoteClient", "Scheduler", "ServiceProxy",
                "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                nioCore, .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict, linkerSettings: alone),
        .executableTarget(name: "SchemaGenerator", dependencies: ["Machinery", "KubeSchemas"], swiftSettings: strict),
        .executableTarget(
            name: "StoreBenchmark", dependencies: ["Store"], path: "Benchmarks/Store", swiftSettings: strict),
        .executableTarget(
            name: "APIBenchmark",
            dependencies: [
                "HTTPClient", "HTTPCore", "Machinery", nioCore,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/API", swiftSettings: strict),
        .executableTarget(
            name: "GatewayBenchmark",
            dependencies: [
                "HTTPClient", "HTTPCore", "HTTPServing", "HTTPTestSupport", "Inference", "InferenceGateway", "KubeAPI",
                "Machinery", "PKI", nioCore, .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Gateway", swiftSettings: strict),
        .executableTarget(
            name: "SchedulingBenchmark", dependencies: ["Client", "Machinery", "RemoteClient"],
            path: "Benchmarks/Scheduling", swiftSettings: strict),

        // Tests mirror the rooms.
        .target(
            name: "ClientTestSupport", dependencies: ["Client", "KubeAPI", "KubeSchemas", "Machinery"],
            path: "Tests/ClientTestSupport", swiftSettings: strict),
        .target(
            name: "HTTPTestSupport", dependencies: ["HTTPClient", "HTTPCore", "HTTPServing", nioCore],
            path: "Tests/HTTPTestSupport", swiftSettings: strict),
        .target(
            name: "DeviceTestSupport", dependencies: ["DevicePlugins", "HTTPCore"], path: "Tests/DeviceTestSupport",
            swiftSettings: strict),
        .target(
            name: "HostTestSupport", dependencies: ["CNode"], path: "Tests/HostTestSupport", swiftSettings: strict),
        .target(
            name: "EtcdTestSupport", dependencies: ["EtcdStore", "HTTPClient", "LinuxHost", "Store"],
            path: "Tests/EtcdTestSupport", swiftSettings: strict),
        tests("MachineryTests", ["Machinery"]),
        tests("CELTests", ["CEL", "Machinery"]),
        tests("KubeAPITests", ["KubeAPI", "KubeSchemas", "Machinery"]),
        tests("PKITests", ["PKI"]),
        tests(
            "StoreTests",
            ["CSQLite", "EtcdStore", "EtcdTestSupport", "HTTPClient", "HTTPCore", "Machinery", "Store", nioCore]),
        tests(
            "EncryptionTests",
            [
                "Encryption", "EtcdStore", "EtcdTestSupport", "HTTPClient", "HTTPCore", "HTTPServing",
                "HTTPTestSupport", "Machinery", "Store", nioCore,
            ]),
        tests("AdmissionRulesTests", ["AdmissionRules", "KubeAPI", "Machinery"]),
        tests("FlowControlTests", ["ClientTestSupport", "FlowControl", "KubeAPI", "Machinery"]),
        tests("HTTPServingTests", ["HTTPClient", "HTTPCore", "HTTPServing", "HTTPTestSupport"] + nioSockets),
        tests("HTTPClientTests", ["HTTPClient", "HTTPCore", "HTTPServing", "HTTPTestSupport"] + nioSockets),
        tests("RemoteCommandTests", ["HTTPCore", "Machinery", "RemoteCommand", nioCore]),
        tests("ClientTests", ["Client", "ClientTestSupport", "KubeAPI", "Machinery", "Metrics"]),
        tests("ControllersTests", ["Client", "ClientTestSupport", "Controllers", "KubeAPI", "Machinery"]),
        tests(
            "APIServerTests",
            [
                "APIServer", "AdmissionRules", "CZlib", "Client", "EtcdStore", "EtcdTestSupport", "FlowControl",
                "HTTPClient", "HTTPCore", "HTTPServing", "HTTPTestSupport", "KubeAPI", "KubeSchemas", "Machinery",
                "Metrics", "PKI", "Store", nioCore,
            ]),
        tests("MetricsTests", ["Metrics"]),
        tests("CRITests", ["CRI", "KubeSchemas", "Machinery"]),
        tests("LinuxHostTests", ["HostTestSupport", "LinuxHost", "Machinery"]),
        tests(
            "PodNetworkTests", ["Client", "ClientTestSupport", "KubeAPI", "LinuxHost", "Machinery", "PodNetwork"]),
        tests(
            "RemoteClientTests",
            [
                "Client", "ClientTestSupport", "Controllers", "HTTPClient", "HTTPCore", "HTTPTestSupport", "KubeAPI",
                "Machinery", "PKI", "RemoteClient", "Scheduler", nioCore,
            ]),
        tests("DevicePluginsTests", ["DevicePlugins", "DeviceTestSupport", "HTTPClient", "HTTPCore"]),
        tests("ReadinessTests", ["KubeAPI", "Machinery", "Readiness"]),
        tests("DoctorTests", ["Doctor", "KubeAPI", "Machinery"]),
        tests(
            "GPUTests",
            ["DevicePlugins", "GPU", "HTTPClient", "HTTPCore", "HTTPTestSupport", "Machinery", "Metrics"]),
        tests(
            "NodeTests",
            [
                "CRI", "Client", "ClientTestSupport", "DevicePlugins", "DeviceTestSupport", "HTTPClient", "HTTPCore",
                "HTTPServing", "KubeAPI", "LinuxHost", "Machinery", "Metrics", "Node", "RemoteCommand",
            ] + nioSockets),
        tests(
            "ServiceProxyTests",
            ["Client", "ClientTestSupport", "HostTestSupport", "KubeAPI", "LinuxHost", "Machinery", "ServiceProxy"]),
        tests(
            "ClusterDNSTests",
            ["Client", "ClientTestSupport", "ClusterDNS", "KubeAPI", "Machinery"] + nioSockets),
        tests("SchedulerTests", ["Client", "ClientTestSupport", "KubeAPI", "Machinery", "Metrics", "Scheduler"]),
        tests("InferenceTests", ["Inference", "KubeAPI"]),
        tests(
            "ModelServingTests",
            ["Client", "ClientTestSupport", "Controllers", "Inference", "KubeAPI", "Machinery", "ModelServing"]),
        tests("CostTests", ["Client", "Cost", "Inference", "KubeAPI", "Machinery", "Metrics"]),
        tests(
            "InferenceGatewayTests",
            [
                "Client", "ClientTestSupport", "HTTPClient", "HTTPCore", "HTTPServing", "HTTPTestSupport", "Inference",
                "InferenceGateway", "KubeAPI", "Machinery", "Metrics", "PKI", nioCore,
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests("FakeNodesTests", ["Client", "ClientTestSupport", "FakeNodes", "KubeAPI", "Machinery"]),
        tests("TidyTests", []),
        .testTarget(name: "ClusterTests", path: "Tests/Cluster", swiftSettings: strict),
    ]
)

if isFuzzing {
    // A library: the program's main function is libFuzzer's.
    package.products.append(.library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"]))
    package.targets.append(
        .target(
            name: "FuzzTargets",
            dependencies: ["CEL", "HTTPCore", "KubeSchemas", "Machinery", "RemoteCommand", nioCore],
            path: "Fuzz", exclude: ["Corpus", "Dictionaries"], swiftSettings: strict))
}
