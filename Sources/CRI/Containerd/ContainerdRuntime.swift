import HTTPClient
import HTTPCore
import KubeSchemas
import Machinery

/// containerd, reached by CRI v1 and, for events and views of images, by its own services, over its unix socket.
package struct ContainerdRuntime: ContainerRuntime {
    static let runtimeService = "/runtime.v1.RuntimeService/"
    static let imageService = "/runtime.v1.ImageService/"
    /// What any call may take that does not say how long it will.
    static let timeout: Duration = .seconds(120)
    /// Making a sandbox includes the network; on a loaded machine it takes its time.
    static let sandboxTimeout: Duration = .seconds(240)
    static let pullTimeout: Duration = .seconds(3600)
    /// The namespace in which containerd's CRI plugin keeps everything.
    static let namespace = "k8s.io"

    let connection: GRPCConnection
    /// Events of a stream that never ends: no deadline, a connection of its own so that calls do not share its fate.
    let events: GRPCConnection

    package init(socket: String) {
        connection = GRPCConnection(.unix(path: socket), maxMessageBytes: 32 << 20)
        events = GRPCConnection(.unix(path: socket))
    }

    /// Closes the connections; calls under way fail.
    package func shutDown() {
        connection.shutDown()
        events.shutDown()
    }

    func call<Request: MessageView, Response: MessageView>(
        _ path: String, _ request: Request, metadata: HTTPHeaders = HTTPHeaders(),
        timeout: Duration = ContainerdRuntime.timeout
    ) async throws(CRIError) -> Response {
        let message = try MessageCodec.encode(request)
        let answer: [UInt8]
        do {
            answer = try await connection.unary(path, message, metadata: metadata, deadline: .now + timeout)
        } catch {
            throw CRIError(error)
        }
        return try MessageCodec.decode(answer)
    }

    func runtime<Request: MessageView, Response: MessageView>(
        _ method: String, _ request: Request, timeout: Duration = ContainerdRuntime.timeout
    ) async throws(CRIError) -> Response {
        try await call(Self.runtimeService + method, request, timeout: timeout)
    }

    func image<Request: MessageView, Response: MessageView>(
        _ method: String, _ request: Request, timeout: Duration = ContainerdRuntime.timeout
    ) async throws(CRIError) -> Response {
        try await call(Self.imageService + method, request, timeout: timeout)
    }
}

extension CRIError {
    init(_ error: GRPCError) {
        self.init(code: Code(grpc: error.code.rawValue), message: error.message)
    }
}
