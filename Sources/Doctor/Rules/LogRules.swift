/// What programs say about their own end.
enum LogRules {
    private struct Sign {
        let cause: Cause
        /// All words of one of these stand in a line.
        let texts: [[String]]
        let summary: String
        let next: [String]
    }

    private static let signs: [Sign] = [
        Sign(
            cause: .gpuMemory, texts: [["CUDA out of memory"], ["OutOfMemoryError", "CUDA"], ["hipErrorOutOfMemory"]],
            summary: "needs more GPU memory than there is: a smaller model, shorter context, or more GPUs.",
            next: ["kubectl get nodes -L nvidia.com/gpu.product,nvidia.com/gpu.memory"]),
        Sign(
            cause: .gpuRuntime,
            texts: [
                ["CUDA driver version is insufficient"], ["CUDA error"], ["NVML", "Driver/library version mismatch"],
                ["no CUDA-capable device"], ["Found no NVIDIA driver"], ["NCCL error"],
            ], summary: "cannot use its GPU.", next: ["kubectl describe nodes -l nvidia.com/gpu.present=true"]),
        Sign(
            cause: .modelUnauthorized,
            texts: [["gated repo"], ["Access to model", "is restricted"], ["huggingface", "401 Client Error"]],
            summary: "may not read its model.", next: []),
        Sign(
            cause: .modelNotFound,
            texts: [
                ["Repository Not Found"], ["does not appear to have a file named config.json"],
                ["is not a local folder and is not a valid model identifier"], ["failed to load model"],
                ["No such file or directory", ".safetensors"], ["No such file or directory", ".gguf"],
            ], summary: "does not find its model.", next: []),
        Sign(
            cause: .forbidden, texts: [["is forbidden: User", "system:serviceaccount:"]],
            summary: "asks the API for what its service account may not do.", next: []),
        Sign(
            cause: .nameResolution,
            texts: [
                ["no such host"], ["Temporary failure in name resolution"], ["could not resolve host"],
                ["Could not resolve host"], ["Name or service not known"], ["NXDOMAIN"], ["bad address '"],
                ["getaddrinfo", "ENOTFOUND"], ["getaddrinfo", "EAI_AGAIN"],
            ], summary: "asks for a name that nobody knows.", next: ["kubectl get services -A"]),
    ]

    static func finding(_ facts: ContainerFacts, _ evidence: [Evidence], next: String) -> Finding? {
        let lines = facts.log.reversed()
        for sign in signs {
            let line = lines.first { line in
                sign.texts.contains { words in words.allSatisfy { line.contains($0) } }
            }
            guard let line else { continue }
            return Finding(
                sign.cause, facts.subject, "Container \(facts.name) \(sign.summary)",
                evidence: [Evidence("log of \(facts.name)", line)] + evidence,
                next: commands(sign, facts) + [next])
        }
        return nil
    }

    private static func commands(_ sign: Sign, _ facts: ContainerFacts) -> [String] {
        guard sign.cause == .forbidden else { return sign.next }
        let account = facts.pod.spec.serviceAccountName ?? "default"
        return [
            facts.subject.kubectl("auth can-i --list --as=system:serviceaccount:\(facts.pod.namespace):\(account)")
        ]
    }
}
