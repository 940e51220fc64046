import NIOCore
import NIOPosix
import Synchronization

/// A server that answers for the world outside.
package struct UpstreamServer: Hashable, Sendable {
    package var address: String
    package var port: Int

    package init(address: String, port: Int = 53) {
        self.address = address
        self.port = port
    }
}

/// Asks the upstream servers, and keeps what they say for a little while.
///
/// Every question goes out from a socket of its own, with a random id and the random port the kernel gives it; an
/// answer counts only when it comes from the server asked, with that id and that question.
final class Forwarder: Sendable {
    private struct State {
        var servers: [UpstreamServer] = []
        /// The server that answered last is asked first.
        var preferred = 0
        var cache = AnswerCache()
    }

    static let maximumServers = 3
    static let timeout = TimeAmount.seconds(2)
    /// How often every server is asked.
    static let rounds = 2

    private let ownAddress: String
    private let ownPort: Int
    private let state = Mutex(State())

    init(ownAddress: String, ownPort: Int) {
        self.ownAddress = ownAddress
        self.ownPort = ownPort
    }

    var hasServers: Bool { state.withLock { !$0.servers.isEmpty } }

    /// Takes other servers. Our own address is left out: questions would go round in circles.
    func use(_ servers: [UpstreamServer]) {
        let others = servers.filter { $0.address != ownAddress || $0.port != ownPort }
        state.withLock { state in
            guard state.servers != Array(others.prefix(Self.maximumServers)) else { return }
            state.servers = Array(others.prefix(Self.maximumServers))
            state.preferred = 0
            state.cache = AnswerCache()
        }
    }

    /// The answer, with the question's id and spelling; `nil` when nobody gave one.
    func ask(_ query: DNSQuery, isStream: Bool) async -> [UInt8]? {
        let key = AnswerCache.Key(query, isStream: isStream)
        let (cached, servers, preferred) = state.withLock { state in
            (state.cache.answer(key, at: .now), state.servers, state.preferred)
        }
        if let cached { return Self.fit(cached, to: query) }
        var lastAnswer: [UInt8]?
        for round in 0..<(Self.rounds * servers.count) where !Task.isCancelled {
            let number = (preferred + round) % servers.count
            guard let answer = await exchange(query, isStream: isStream, with: servers[number]) else { continue }
            lastAnswer = answer
            // A server in trouble says so; another one may know.
            if [ResponseCode.serverFailure, ResponseCode.refused, ResponseCode.notImplemented].contains(answer[3] & 15)
            {
                continue
            }
            state.withLock { state in
                if number < state.servers.count { state.preferred = number }
                state.cache.keep(answer, for: key, at: .now)
            }
            break
        }
        return lastAnswer.map { Self.fit($0, to: query) }
    }

    private static func fit(_ answer: [UInt8], to query: DNSQuery) -> [UInt8] {
        var answer = answer
        answer[0] = UInt8(truncatingIfNeeded: query.id >> 8)
        answer[1] = UInt8(truncatingIfNeeded: query.id)
        let name = query.name.wire
        if answer.count >= 12 + name.count { answer.replaceSubrange(12..<(12 + name.count), with: name) }
        return answer
    }

    private func exchange(_ query: DNSQuery, isStream: Bool, with server: UpstreamServer) async -> [UInt8]? {
        let id = UInt16.random(in: 0 ... .max)
        let message = Self.message(query, id: id)
        do {
            let address = try SocketAddress(ipAddress: server.address, port: server.port)
            let answer = try await UpstreamExchange.datagram(message, query: query, id: id, to: address)
            guard answer[2] & 2 != 0, isStream else { return answer }
            return try await UpstreamExchange.stream(message, query: query, id: id, to: address)
        } catch {
            // No answer is an answer too: the next server is asked, and in the end the client is told.
            return nil
        }
    }

    /// The question in our own words: nothing of the client's message goes out but what is understood.
    private static func message(_ query: DNSQuery, id: UInt16) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: id)
        // Recursion desired, whatever the client said, and its wish for unchecked answers.
        bytes.append(bigEndian: 0x0100 | query.flags & 0x0010)
        bytes += [0, 1, 0, 0, 0, 0, 0, query.extensions == nil ? 0 : 1]
        bytes += query.question
        if let extensions = query.extensions {
            let limit = query.datagramLimit
            bytes += [
                0, 0, 41, UInt8(limit >> 8), UInt8(limit & 255), 0, 0, extensions.wantsDNSSEC ? 0x80 : 0, 0, 0, 0,
            ]
        }
        return bytes
    }
}
