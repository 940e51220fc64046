/// What a node's labels say of its GPUs, under the names of NVIDIA's GPU feature discovery.
package struct GPUFeatures: Sendable {
    /// The file's name in the folder of features.
    package static let file = "gfd"

    private let devices: [GPUDevice]

    package init(_ devices: [GPUDevice]) { self.devices = devices }

    package var labels: [String: String] {
        guard let first = devices.first else { return [:] }
        return [
            "nvidia.com/gpu.present": "true", "nvidia.com/gpu.count": String(devices.count),
            "nvidia.com/gpu.product": Self.labelValue(first.model), "nvidia.com/gpu.memory": String(first.memoryMiB),
            "nvidia.com/gpu.replicas": "1",
        ]
    }

    /// `KEY=VALUE` by lines, as Node Feature Discovery reads it.
    package var text: String {
        labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    }

    /// A label has no spaces: `NVIDIA H100 80GB HBM3` becomes `NVIDIA-H100-80GB-HBM3`.
    private static func labelValue(_ model: String) -> String {
        let allowed = model.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
                ? character : "-"
        }
        return String(String(allowed).prefix(63)).trimmed("-_.")
    }
}

extension String {
    fileprivate func trimmed(_ edges: String) -> String {
        String(drop { edges.contains($0) }.reversed().drop { edges.contains($0) }.reversed())
    }
}
