import Foundation
import PKI

/// The file that tells kubectl where the cluster is and who its user is.
enum Kubeconfig {
    static func text(server: String, authority: String, user: String, pair: Credentials.Pair) -> String {
        func base64(_ text: String) -> String { Base64.standard.encode(Array(text.utf8)) }
        return """
            apiVersion: v1
            kind: Config
            clusters:
            - name: gantry
              cluster:
                server: \(server)
                certificate-authority-data: \(base64(authority))
            users:
            - name: \(user)
              user:
                client-certificate-data: \(base64(pair.certificate))
                client-key-data: \(base64(pair.key))
            contexts:
            - name: gantry
              context:
                cluster: gantry
                user: \(user)
            current-context: gantry

            """
    }
}
