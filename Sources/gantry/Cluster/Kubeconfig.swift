import Foundation
import PKI

/// The file that tells kubectl where the cluster is and who its user is.
enum Kubeconfig {
    /// - Parameter key: the user's certificate and its key, as PEM text.
    static func text(
        server: String, authority: String, user: String, key: (certificate: String, privateKey: String)
    ) -> String {
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
                client-certificate-data: \(base64(key.certificate))
                client-key-data: \(base64(key.privateKey))
            contexts:
            - name: gantry
              context:
                cluster: gantry
                user: \(user)
            current-context: gantry

            """
    }
}
