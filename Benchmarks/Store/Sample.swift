import Store

/// Objects like Pods: 5 kB of JSON, some labels and fields.
enum Sample {
    static let objectBytes = 5_000

    static func key(_ index: Int) -> StoreKey {
        StoreKey(bucket: "pods", namespace: "ns-\(index % 20)", name: "pod-\(100_000 + index)-x7k2p")
    }

    static func write(_ index: Int) -> ObjectWrite {
        let start = Array(#"{"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":""#.utf8)
        let filler = [UInt8](repeating: UInt8(ascii: "x"), count: objectBytes - start.count - 5)
        let header = ObjectHeader(
            uid: "6f1b2c3d-0000-4000-8000-\(100_000_000_000 + index)",
            labels: [
                LabelPair(key: "app.kubernetes.io/name", value: "web-\(index % 50)"),
                LabelPair(key: "pod-template-hash", value: "6d4cf56db6"),
            ],
            fields: [
                FieldPair(name: "spec.nodeName", value: "node-\(index % 1_000)"),
                FieldPair(name: "status.phase", value: "Running"),
            ])
        return ObjectWrite(
            header: header, bytes: start + Array(#""}""#.utf8) + filler + Array("}}".utf8),
            revisionOffset: start.count)
    }
}
