import Client
import Machinery

/// What gateway and books say of models: how many requests wait, and which GPUs serve nobody.
struct ServingReader: Sendable {
    private static let queueMetric = "inference_extension_flow_control_queue_size"

    private let client: Client

    init(_ client: Client) { self.client = client }

    func read() async -> (queues: [String: Int], heldGPUs: [HeldGPUs], gaps: [PictureReader.Gap]) {
        var gaps: [PictureReader.Gap] = []
        var queues: [String: Int] = [:]
        var held: [HeldGPUs] = []
        do throws(StatusError) {
            let answer = try await client.transport.send(APIRequest(method: "GET", path: "/metrics"))
            guard answer.isSuccess else { throw StatusError(response: answer) }
            queues = Self.queues(String(decoding: answer.body, as: UTF8.self))
        } catch {
            gaps.append(PictureReader.Gap(resource: "metrics", reason: error.message))
        }
        do throws(StatusError) {
            held = Self.held(
                try await client.get(path: ["gantry", "v1", "cost"], query: [(name: "since", value: "1m")]))
        } catch {
            // A server that runs no controllers keeps no books.
            if !error.isNotFound { gaps.append(PictureReader.Gap(resource: "cost", reason: error.message)) }
        }
        return (queues, held, gaps)
    }

    /// Lines such as `inference_extension_flow_control_queue_size{name="ml/chat"} 3`.
    static func queues(_ metrics: String) -> [String: Int] {
        var queues: [String: Int] = [:]
        for line in metrics.split(separator: "\n") where line.hasPrefix(queueMetric + "{") {
            let parts = line.split(separator: "\"")
            guard parts.count == 3, let value = parts[2].split(separator: " ").last.flatMap({ Double($0) }) else {
                continue
            }
            queues[String(parts[1])] = Int(value)
        }
        return queues
    }

    static func held(_ report: JSONObject) -> [HeldGPUs] {
        report.values("heldIdle").compactMap(\.objectValue).map { held in
            HeldGPUs(
                pod: ObjectName("Pod", held.string("namespace") ?? "", held.string("pod") ?? ""),
                gpus: Int(held.double("gpus") ?? 0), since: held.string("since") ?? "")
        }
    }
}
