import APIServer
import ArgumentParser
import Client
import Foundation
import KubeAPI
import Machinery
import PKI
import RemoteClient

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes tokens for joining nodes and for clients.",
        subcommands: [CreateTokenCommand.self])
}

struct CreateTokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Prints a new token: for joining a node, or with --user for a client.")

    @OptionGroup var options: DataOptions

    @Option(help: "The user the token is for; without it, the token lets a node join.")
    var user: String?

    @Option(help: "A group of that user; may be given several times.")
    var group: [String] = []

    @Option(help: "How many hours the token is good for.")
    var hours: Int = 24

    @Option(help: "text or json.")
    var output = OutputFormat.text

    func run() async throws {
        guard hours > 0, hours <= 24 * 3650 else { throw ValidationError("--hours must be between 1 and 87600") }
        let issued =
            if let user { try clientToken(user) } else { try await joinToken() }
        switch output {
        case .text:
            print(issued.token)
            // Not part of what a script takes from the output.
            if user == nil { FileHandle.standardError.write(Data(try joinHint(issued.token).utf8)) }
        case .json:
            print(
                JSON.object([
                    "token": .string(issued.token), "expirationTimestamp": issued.expiration.json,
                ]))
        }
    }

    private func joinHint(_ token: String) throws -> String {
        let settings = try ClusterSettings.load(options.folder)
        return """

            On the machine that is to join, as root:
              gantry agent --server https://\(settings.address):\(settings.port) --token \(token)

            """
    }

    private func clientToken(_ user: String) throws -> ServiceAccountTokens.Issued {
        let credentials = try Credentials(existing: options.folder)
        let settings = try ClusterSettings.load(options.folder)
        let tokens = ServiceAccountTokens(
            issuer: settings.issuer, audiences: settings.audiences, key: credentials.accountKey,
            clock: SystemWallClock())
        return try tokens.issue(user: user, groups: group, seconds: Int64(hours) * 3600)
    }

    private func joinToken() async throws -> ServiceAccountTokens.Issued {
        let client = try AdminClient.make(options.folder, agent: "gantry-token")
        let id = SecureRandom.text(length: 6)
        let secret = SecureRandom.text(length: 16)
        let expiration = SystemWallClock().now.advanced(by: .seconds(hours * 3600)).inSeconds
        var object = Secret(name: "bootstrap-token-\(id)", namespace: "kube-system")
        object.type = "bootstrap.kubernetes.io/token"
        func encoded(_ text: String) -> String { Base64.standard.encode(Array(text.utf8)) }
        object.data = [
            "token-id": encoded(id), "token-secret": encoded(secret),
            "expiration": encoded(expiration.json.stringValue ?? ""),
            "usage-bootstrap-authentication": encoded("true"), "usage-bootstrap-signing": encoded("true"),
        ]
        _ = try await client.create(object)
        let pin = try AuthorityPin(Credentials(existing: options.folder).authority.certificate)
        return ServiceAccountTokens.Issued(
            token: JoinToken(id: id, secret: secret, pin: pin).text, expiration: expiration)
    }
}
