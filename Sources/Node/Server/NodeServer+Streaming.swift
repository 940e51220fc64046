import HTTPClient
import HTTPCore
import NIOCore
import RemoteCommand

extension NodeServer {
    /// `/exec/<namespace>/<pod>[/<uid>]/<container>?command=…&input=1&output=1&error=1&tty=1`
    func exec(
        _ container: ContainerReference, _ words: NodeRequest, _ request: HTTPRequest
    ) async throws -> HTTPResponse {
        let command = words.values("command")
        guard !command.isEmpty else { throw NodeServerError(.badRequest, "you must specify at least 1 command") }
        return try await stream("exec", container, words, request) { options in
            try await backend.execURL(
                container, command: command, stdin: options.stdin, stdout: options.stdout, stderr: options.stderr,
                tty: options.tty)
        }
    }

    /// `/attach/<namespace>/<pod>[/<uid>]/<container>?input=1&output=1&error=1&tty=1`
    func attach(
        _ container: ContainerReference, _ words: NodeRequest, _ request: HTTPRequest
    ) async throws -> HTTPResponse {
        try await stream("attach", container, words, request) { options in
            try await backend.attachURL(
                container, stdin: options.stdin, stdout: options.stdout, stderr: options.stderr, tty: options.tty)
        }
    }

    /// `/portForward/<namespace>/<pod>[/<uid>]`
    func portForward(_ words: NodeRequest, _ request: HTTPRequest) async throws -> HTTPResponse {
        let (namespace, pod) = (words.segments[1], words.segments[2])
        let server = try PortForwardServer(
            request: request.headers, ports: words.values("port") + words.values("ports"))
        try await backend.checkPod(
            namespace: namespace, pod: pod, uid: words.segments.count > 3 ? words.segments[3] : nil)
        return HTTPResponse(
            body: .upgrade(protocol: server.upgradeProtocol, headers: server.responseHeaders) { client in
                do {
                    try await server.serve(client, pod: "\(namespace)/\(pod)") { port in
                        try await backend.dial(namespace: namespace, pod: pod, port: port)
                    }
                } catch let gone as ClientGone where !gone.isViolation {
                    // Hanging up is how port-forward ends.
                } catch {
                    report("port-forward to \(namespace)/\(pod): \(error)")
                }
            })
    }

    /// Connects to the runtime before the client is answered, so that what goes wrong there is an answer with a status.
    private func stream(
        _ verb: String, _ container: ContainerReference, _ words: NodeRequest, _ request: HTTPRequest,
        url: (RemoteCommandOptions) async throws -> String
    ) async throws -> HTTPResponse {
        let options = try RemoteCommandOptions(
            stdin: words.flag("input", "stdin"), stdout: words.flag("output", "stdout"),
            stderr: words.flag("error", "stderr"), tty: words.flag("tty"))
        let server = try RemoteCommandServer(request: request.headers, options: options)
        let runtime = try await connect(to: try await url(options))
        return HTTPResponse(
            body: .upgrade(protocol: server.upgradeProtocol, headers: server.responseHeaders) { client in
                do {
                    try await server.serve(client) { session in
                        try await RemoteCommandClient(runtime, options: options).run(session)
                    }
                } catch let gone as ClientGone where !gone.isViolation {
                    // A client may stop watching a command at any time, as kubectl cp does.
                } catch {
                    report("\(verb) in \(container.namespace)/\(container.pod)/\(container.container): \(error)")
                }
                await runtime.close()
            })
    }

    private func connect(to url: String) async throws -> any ByteDuplex {
        do {
            let request = try HTTPClientRequest(method: .post, url: url, headers: RemoteCommandClient.requestHeaders)
            return try await runtimeClient.upgrade(request, deadline: .now + .seconds(30)).1
        } catch let error as HTTPClientError {
            throw NodeServerError(.internalServerError, "container runtime: \(error)")
        }
    }
}
