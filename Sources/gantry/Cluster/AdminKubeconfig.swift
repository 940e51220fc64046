import PKI

/// The administrator's kubeconfig, kept beside the data for `gantry kubeconfig` and scripts.
enum AdminKubeconfig {
    static func write(_ data: DataFolder, _ settings: ClusterSettings, _ credentials: Credentials) throws {
        let text = Kubeconfig.text(
            server: "https://127.0.0.1:\(settings.port)", authority: credentials.authorityPEM, user: "gantry-admin",
            pair: try credentials.administrator())
        try SecureFile.write(text, to: data.adminKubeconfig)
    }
}
