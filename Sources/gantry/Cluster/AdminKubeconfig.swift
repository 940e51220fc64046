import PKI
import RemoteClient

/// The administrator's kubeconfig, kept beside the data for `gantry kubeconfig` and scripts.
enum AdminKubeconfig {
    static func write(_ data: DataFolder, _ settings: ClusterSettings, _ credentials: Credentials) throws {
        try write(data, settings, credentials, try credentials.key(for: .administrator))
    }

    static func write(
        _ data: DataFolder, _ settings: ClusterSettings, _ credentials: Credentials, _ key: CertifiedKey
    ) throws {
        let text = Kubeconfig.text(
            server: "https://127.0.0.1:\(settings.port)", authority: credentials.authorityPEM, user: "gantry-admin",
            key: (key.chainPEM, try key.keyPEM))
        try SecureFile.write(text, to: data.adminKubeconfig)
    }
}
